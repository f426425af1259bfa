"""The shape of a route: phases, steps, what fulfils a step, and where step 3 branches.

Plain data without behaviour of its own; `routekaart.inhoud.routes` builds it from TOML and checks it, and
`routekaart.regels.route` reads it beside the facts of a werkproces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

# When a requirement or a question applies. "" is always.
VOORWAARDEN = frozenset({"", "verzuim", "geen-verzuim"})
# What becomes of an open step when an uitkomst ends the route early.
NA_EINDE = frozenset({"vervalt", "blijft", "vrij"})
EENHEDEN = frozenset({"werkdagen", "dagen", "weken", "maanden"})


def geldt(als: str, *, verzuim: bool) -> bool:
    """Whether a condition of VOORWAARDEN holds."""
    return als == "" or (als == "verzuim") == verzuim


@dataclass(frozen=True, slots=True)
class Eis:
    """One thing a step needs: all of `codes`, or (`alle` false) any of them.

    `naam` names it in a sentence ("contact met de jongere"), `mist` says what to do when it is missing.
    With `blijft` the facts of an earlier round keep counting when the phase is done again.
    """

    naam: str
    mist: str
    codes: tuple[str, ...]
    alle: bool
    als: str = ""
    blijft: bool = False


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is asked at least in a step; `kort` is its short name beside the answer."""

    code: str
    tekst: str
    kort: str
    als: str = ""


@dataclass(frozen=True, slots=True)
class Actie:
    """An act that makes sense in a step: its code, the text of its button, the facts it brings."""

    code: str
    knop: str
    geeft: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Termijn:
    """A term: so many `eenheid` after the first (or the last) fact with one of the codes in `na`.

    With an `instelling` the region's own number replaces `aantal`; `{aantal}` in `tekst` becomes the number.
    """

    aantal: int
    eenheid: str
    na: tuple[str, ...]
    laatste: bool
    tekst: str
    bron: str
    aanname: bool = False
    instelling: str = ""


@dataclass(frozen=True, slots=True)
class Stap:
    """A step. `sluit` marks the one that closes the werkproces.

    `niet_overslaan` and `niet_heropenen` are the sentences with which skipping or reopening is refused;
    empty means that it may, with an explanation.
    """

    nummer: int
    code: str
    fase: int
    titel: str
    naam: str
    paragraaf: str
    uitleg: str
    bron: str
    vervuld_door: tuple[Eis, ...]
    gevraagd: tuple[Vraag, ...] = ()
    acties: tuple[Actie, ...] = ()
    termijn: Termijn | None = None
    sluit: bool = False
    na_einde: str = "vervalt"
    niet_overslaan: str = ""
    niet_heropenen: str = ""

    def eisen(self, *, verzuim: bool) -> tuple[Eis, ...]:
        """The requirements that apply."""
        return tuple(eis for eis in self.vervuld_door if geldt(eis.als, verzuim=verzuim))

    def vragen(self, *, verzuim: bool) -> tuple[Vraag, ...]:
        """The questions that apply."""
        return tuple(vraag for vraag in self.gevraagd if geldt(vraag.als, verzuim=verzuim))


@dataclass(frozen=True, slots=True)
class Fase:
    """A phase with its question. `opnieuw_tot` is the last step that is walked again when the phase is
    done again; None where that is not possible."""

    nummer: int
    naam: str
    vraag: str
    opnieuw_tot: int | None = None


@dataclass(frozen=True, slots=True)
class Vertakking:
    """One branch of the doelgroep step: where somebody of this doelgroep goes on.

    `redenen` (of geen doelgroep) and `kenmerk` narrow it; the first branch that fits decides.
    """

    doelgroep: str
    route: str
    fase: int
    stap: int
    tekst: str
    bron: str
    redenen: tuple[str, ...] = ()
    kenmerk: str = ""

    def past(self, doelgroep: str, reden: str | None, kenmerken: Collection[str]) -> bool:
        if doelgroep != self.doelgroep or (self.redenen and reden not in self.redenen):
            return False
        return not self.kenmerk or self.kenmerk in kenmerken


@dataclass(frozen=True, slots=True)
class Route:
    """One version of a route. Steps are numbered from 1 without gaps and stand in the order of phases."""

    code: str
    versie: str
    naam: str
    beschrijving: str
    bron: str
    geldig_vanaf: date
    vertakt_na: int
    fases: tuple[Fase, ...]
    stappen: tuple[Stap, ...]
    vervolg: tuple[Vertakking, ...] = ()

    def __iter__(self) -> Iterator[Stap]:
        return iter(self.stappen)

    def stap(self, nummer: int) -> Stap | None:
        """The step with this number, None when the route has no such step."""
        return self.stappen[nummer - 1] if 1 <= nummer <= len(self.stappen) else None

    def stap_met_code(self, code: str) -> Stap | None:
        """The step with this lasting name ("terugkoppelen"), whatever its number in this route."""
        return next((stap for stap in self.stappen if stap.code == code), None)

    def fase(self, nummer: int) -> Fase | None:
        return next((fase for fase in self.fases if fase.nummer == nummer), None)

    def stappen_van(self, fase: int) -> tuple[Stap, ...]:
        return tuple(stap for stap in self.stappen if stap.fase == fase)

    @property
    def sluitstap(self) -> Stap:
        """The step that closes the werkproces; every route has exactly one."""
        return next(stap for stap in self.stappen if stap.sluit)

    def vertakking(
        self, doelgroep: str | None, *, reden: str | None = None, kenmerken: Collection[str] = ()
    ) -> Vertakking | None:
        """The branch for this doelgroep, or None when it is not known yet or this route has no branch."""
        if not doelgroep:
            return None
        return next((tak for tak in self.vervolg if tak.past(doelgroep, reden, kenmerken)), None)
