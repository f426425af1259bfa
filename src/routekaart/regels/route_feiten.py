"""Facts of a werkproces, and how they fall into rounds per step.

A fact that lies after a reset (fase.opnieuw, stap.heropend, werkproces.heropend) belongs to the new round;
what lies before it stays listed in the earlier one. The order is that of what happened: the day of the fact,
and within a day the moment of recording. Withdrawn facts never happened; facts after the peildatum have not
happened yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from routekaart.regels.route_definitie import Eis, Route, Stap

STAP_OVERGESLAGEN = "stap.overgeslagen"
STAP_HEROPEND = "stap.heropend"
FASE_OPNIEUW = "fase.opnieuw"
WERKPROCES_HEROPEND = "werkproces.heropend"
# Codes that move the route itself; no route may name them as what fulfils a step.
STANDCODES = frozenset({STAP_OVERGESLAGEN, STAP_HEROPEND, FASE_OPNIEUW, WERKPROCES_HEROPEND})
HERSTART = frozenset({STAP_HEROPEND, FASE_OPNIEUW, WERKPROCES_HEROPEND})


@dataclass(frozen=True, slots=True)
class Feit:
    """One recorded fact. `op` is the day of the fact, `vastgelegd_op` (with time zone) when it was recorded.

    `stap` belongs to stap.overgeslagen, stap.heropend (that step) and fase.opnieuw (first step of the phase).
    """

    code: str
    op: date
    vastgelegd_op: datetime
    stap: int | None = None
    toelichting: str = ""
    door: str = ""
    ingetrokken: bool = False

    @property
    def moment(self) -> tuple[date, datetime]:
        """The place of this fact in the course of events."""
        return (self.op, self.vastgelegd_op)


@dataclass(frozen=True, slots=True)
class Ronde:
    """An earlier walk through a step, kept as it was: its facts, its explanation, what ended it."""

    nummer: int
    vervuld: bool
    feiten: tuple[Feit, ...]
    overgeslagen: Feit | None
    beeindigd_door: Feit


@dataclass(frozen=True, slots=True)
class Weging:
    """What the facts say of the requirements of a step: proof, what is missing, since when it is whole."""

    bewijs: tuple[tuple[Eis, tuple[Feit, ...]], ...]
    mist: tuple[Eis, ...]
    sinds: date | None

    @property
    def feiten(self) -> tuple[Feit, ...]:
        """The proving facts, each once, in order."""
        return tuple(sorted({feit for _, feiten in self.bewijs for feit in feiten}, key=_sleutel))


@dataclass(frozen=True, slots=True)
class Stapfeiten:
    """Everything the facts say of one step: this round, the earlier ones, the explanations."""

    weging: Weging
    overgeslagen: Feit | None
    uitleg: tuple[Feit, ...]
    eerder: tuple[Ronde, ...]
    laatste_herstart: Feit | None
    verwacht_op: date | None

    @property
    def ronde(self) -> int:
        return len(self.eerder) + 1


def _sleutel(feit: Feit) -> tuple[date, datetime, str, int, str, str]:
    return (feit.op, feit.vastgelegd_op, feit.code, feit.stap or 0, feit.toelichting, feit.door)


def geldige(feiten: Iterable[Feit]) -> tuple[Feit, ...]:
    """The facts that were not withdrawn, in the order in which they happened."""
    return tuple(sorted({feit for feit in feiten if not feit.ingetrokken}, key=_sleutel))


def herstarts(route: Route, stap: Stap, feiten: Sequence[Feit]) -> tuple[Feit, ...]:
    """The facts that begin a new round of this step, at most one per moment."""
    per_moment = {feit.moment: feit for feit in reversed(feiten) if _raakt(route, stap, feit)}
    return tuple(per_moment[moment] for moment in sorted(per_moment))


def _raakt(route: Route, stap: Stap, feit: Feit) -> bool:
    if feit.code == WERKPROCES_HEROPEND:
        return stap.nummer >= route.sluitstap.nummer
    if feit.code == STAP_HEROPEND:
        return feit.stap == stap.nummer
    if feit.code != FASE_OPNIEUW or feit.stap is None:
        return False
    eerste = route.stap(feit.stap)
    fase = route.fase(eerste.fase) if eerste else None
    if fase is None or fase.opnieuw_tot is None or all(eis.blijft for eis in stap.vervuld_door):
        return False
    return feit.stap <= stap.nummer <= fase.opnieuw_tot


def weeg(eisen: Iterable[Eis], feiten: Sequence[Feit], *, eerder: Sequence[Feit] = ()) -> Weging:
    """Weigh requirements against facts. `eerder` are older facts that count for requirements that stay."""
    bewijs: list[tuple[Eis, tuple[Feit, ...]]] = []
    mist: list[Eis] = []
    sinds: date | None = None
    for eis in eisen:
        bron = [*eerder, *feiten] if eis.blijft else feiten
        eerste = {feit.code: feit for feit in reversed(bron) if feit.code in eis.codes}
        gevonden = tuple(sorted(eerste.values(), key=_sleutel))
        if gevonden:
            bewijs.append((eis, gevonden if eis.alle else gevonden[:1]))
        if not gevonden or (eis.alle and len(gevonden) < len(set(eis.codes))):
            mist.append(eis)
            continue
        klaar = gevonden[-1].op if eis.alle else gevonden[0].op
        sinds = klaar if sinds is None else max(sinds, klaar)
    return Weging(tuple(bewijs), tuple(mist), None if mist else sinds)


def lees_stap(route: Route, stap: Stap, feiten: Sequence[Feit], *, verzuim: bool, op: date) -> Stapfeiten:
    """What the facts (all of them, in order) say of one step on a day."""
    tot_nu = [feit for feit in feiten if feit.op <= op]
    eisen = stap.eisen(verzuim=verzuim)
    codes = {code for eis in eisen for code in eis.codes}
    eigen = [feit for feit in tot_nu if feit.code in codes or _is_overgeslagen(feit, stap)]
    grenzen = herstarts(route, stap, tot_nu)
    eerder: list[Ronde] = []
    vanaf = 0
    for grens in grenzen:
        tot = sum(1 for feit in eigen if feit.moment <= grens.moment)
        if tot > vanaf:
            eerder.append(_ronde(len(eerder) + 1, eisen, eigen[vanaf:tot], stap, grens))
        vanaf = tot
    hard = [grens.moment for grens in grenzen if grens.code != FASE_OPNIEUW]
    blijvend = [feit for feit in eigen[:vanaf] if not hard or feit.moment > hard[-1]]
    nu = eigen[vanaf:]
    weging = weeg(eisen, [feit for feit in nu if feit.code in codes], eerder=blijvend)
    komend = [feit for feit in feiten if feit.op > op]
    mist_codes = {code for eis in weging.mist for code in eis.codes}
    return Stapfeiten(
        weging=weging,
        overgeslagen=_laatste_uitleg(nu, stap),
        uitleg=tuple(feit for feit in eigen if _is_overgeslagen(feit, stap)),
        eerder=tuple(eerder),
        laatste_herstart=grenzen[-1] if grenzen else None,
        verwacht_op=min((feit.op for feit in komend if feit.code in mist_codes), default=None),
    )


def _is_overgeslagen(feit: Feit, stap: Stap) -> bool:
    """Skipping counts only with an explanation (pas toe of leg uit)."""
    return feit.code == STAP_OVERGESLAGEN and feit.stap == stap.nummer and bool(feit.toelichting.strip())


def _laatste_uitleg(feiten: Sequence[Feit], stap: Stap) -> Feit | None:
    return next((feit for feit in reversed(feiten) if _is_overgeslagen(feit, stap)), None)


def _ronde(nummer: int, eisen: tuple[Eis, ...], feiten: Sequence[Feit], stap: Stap, grens: Feit) -> Ronde:
    weging = weeg(eisen, feiten)
    return Ronde(
        nummer=nummer,
        vervuld=not weging.mist,
        feiten=tuple(feit for feit in feiten if not _is_overgeslagen(feit, stap)),
        overgeslagen=_laatste_uitleg(feiten, stap),
        beeindigd_door=grens,
    )
