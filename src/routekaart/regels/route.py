"""Where a werkproces stands on its route: fulfilled by facts, skipped with an explanation, now, or open.

`stand` reads a route definition beside the facts of a werkproces and says of every step how it stands and
why. Steps are fulfilled in any order; now is the first open step that the branch of the doelgroep does not
pass over. Nothing here looks at a clock: the day is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from routekaart.regels.route_definitie import Actie, Eis, Fase, Route, Stap, Termijn, Vertakking
from routekaart.regels.route_feiten import Feit, Ronde, Stapfeiten, geldige, lees_stap
from routekaart.regels.uitleg import Uitleg, in_woorden, leg_uit, opsomming
from routekaart.regels.werkdagen import tel_op

type Werkdagen = Callable[[date, int], date]


class Status(StrEnum):
    """How a step stands."""

    VERVULD = "vervuld"
    OVERGESLAGEN = "overgeslagen"
    NIET_NODIG = "niet-nodig"
    NU = "nu"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Uitkomstfeit:
    """The uitkomst with which a werkproces was closed, as far as the route needs it."""

    code: str
    label: str
    op: date
    eindigt_route_vroeg: bool
    toelichting: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True)
class Motivering:
    """Why a step was left out. `soort`: overgeslagen, uitkomst or vervolg."""

    soort: str
    tekst: str
    op: date | None = None
    door: str = ""


@dataclass(frozen=True, slots=True)
class Termijnstand:
    """The term of a step: its last day, and whether that day has passed."""

    op: date
    voorbij: bool
    tekst: str
    bron: str
    aanname: bool = False


@dataclass(frozen=True, slots=True)
class Stapstand:
    """How one step stands. `sinds` is the day from which it stands so, where the facts tell.

    `feiten` prove it (also in part), `mist` says what to do, `uitleg` are all explanations of skipping ever
    given (kept when a fact fulfils the step after all), `eerder` the earlier rounds.
    """

    stap: Stap
    status: Status
    sinds: date | None
    feiten: tuple[Feit, ...]
    mist: tuple[str, ...]
    waarom: Uitleg
    motivering: Motivering | None
    acties: tuple[Actie, ...]
    termijn: Termijnstand | None
    verwacht_op: date | None
    ronde: int
    eerder: tuple[Ronde, ...]
    uitleg: tuple[Feit, ...]

    @property
    def nummer(self) -> int:
        return self.stap.nummer

    @property
    def afgehandeld(self) -> bool:
        """Fulfilled, skipped with an explanation, or not needed."""
        return self.status in (Status.VERVULD, Status.OVERGESLAGEN, Status.NIET_NODIG)


@dataclass(frozen=True, slots=True)
class Fasestand:
    """The counts of one phase. `klaar` counts what is fulfilled, skipped or not needed."""

    fase: Fase
    totaal: int
    vervuld: int
    overgeslagen: int
    niet_nodig: int
    is_nu: bool

    @property
    def klaar(self) -> int:
        return self.vervuld + self.overgeslagen + self.niet_nodig

    @property
    def status(self) -> str:
        """klaar, nu or open."""
        if self.is_nu:
            return "nu"
        return "klaar" if self.klaar == self.totaal else "open"


@dataclass(frozen=True, slots=True)
class Routestand:
    """Where a werkproces stands on its route on a day."""

    route: Route
    op: date
    stappen: tuple[Stapstand, ...]
    fases: tuple[Fasestand, ...]
    gesloten: bool
    uitkomst: Uitkomstfeit | None
    vertakking: Vertakking | None

    @property
    def huidige(self) -> Stapstand | None:
        """The step that is now; None when the route has been walked to the end."""
        return next((stap for stap in self.stappen if stap.status is Status.NU), None)

    @property
    def klaar(self) -> bool:
        return self.huidige is None

    @property
    def termijn(self) -> Termijnstand | None:
        """The term of the step that is now."""
        return self.huidige.termijn if self.huidige else None

    @property
    def vroeg_geeindigd(self) -> bool:
        return self.uitkomst is not None and self.uitkomst.eindigt_route_vroeg

    @property
    def andere_route(self) -> Vertakking | None:
        """The branch that leads out of this route, when the doelgroep belongs on another one."""
        tak = self.vertakking
        return tak if tak is not None and tak.route != self.route.code else None

    @property
    def zonder_uitleg(self) -> tuple[Stapstand, ...]:
        """Steps before closing that are still open: who closes now must explain each of them, unless the
        uitkomst ends the route early."""
        sluit = self.route.sluitstap.nummer
        return tuple(stap for stap in self.stappen if stap.nummer < sluit and not stap.afgehandeld)

    def stap(self, nummer: int) -> Stapstand | None:
        return self.stappen[nummer - 1] if 1 <= nummer <= len(self.stappen) else None


def stand(
    route: Route,
    feiten: Iterable[Feit],
    *,
    doelgroep: str | None,
    verzuim: bool,
    uitkomst: Uitkomstfeit | None,
    op: date,
    reden: str | None = None,
    kenmerken: Collection[str] = (),
    werkdagen_na: Werkdagen = tel_op,
    instellingen: Mapping[str, object] = MappingProxyType({}),
) -> Routestand:
    """How the werkproces stands on the day `op`; facts of later days do not count yet.

    `doelgroep` is the one that was confirmed, None as long as there is none; `reden` and `kenmerken` come
    with it. `verzuim`: there is an absence report. `uitkomst` is None while the werkproces is open (again).
    `werkdagen_na(day, n)` gives the n-th working day after a day by the calendar of the region, and
    `instellingen` its own number for the terms that name a setting.
    """
    alle = geldige(feiten)
    tot_nu = tuple(feit for feit in alle if feit.op <= op)
    omgeving = _Omgeving(
        route=route,
        feiten=tot_nu,
        lezing={stap.nummer: lees_stap(route, stap, alle, verzuim=verzuim, op=op) for stap in route},
        uitkomst=uitkomst if uitkomst is not None and uitkomst.op <= op else None,
        tak=route.vertakking(doelgroep, reden=reden, kenmerken=kenmerken),
        op=op,
    )
    statussen = {stap.nummer: omgeving.status(stap) for stap in route}
    nu = omgeving.kies_nu(statussen)
    if nu is not None:
        statussen[nu] = Status.NU
    stappen: list[Stapstand] = []
    sinds_vorige: date | None = None
    for stap in route:
        lezing, status = omgeving.lezing[stap.nummer], statussen[stap.nummer]
        open_ = status in (Status.NU, Status.OPEN)
        sinds = omgeving.sinds(stap, status, sinds_vorige)
        if not open_ and sinds is not None:
            sinds_vorige = sinds if sinds_vorige is None else max(sinds, sinds_vorige)
        stappen.append(
            Stapstand(
                stap=stap,
                status=status,
                sinds=sinds,
                feiten=lezing.weging.feiten,
                mist=tuple(eis.mist for eis in lezing.weging.mist) if open_ else (),
                waarom=omgeving.waarom(stap, status),
                motivering=omgeving.motivering(stap, status),
                acties=_op_volgorde(stap.acties, lezing.weging.mist, tot_nu),
                termijn=_termijn(stap.termijn, tot_nu, op, werkdagen_na, instellingen) if open_ else None,
                verwacht_op=lezing.verwacht_op if open_ else None,
                ronde=lezing.ronde,
                eerder=lezing.eerder,
                uitleg=lezing.uitleg,
            )
        )
    return Routestand(
        route=route,
        op=op,
        stappen=tuple(stappen),
        fases=tuple(_tel(fase, stappen) for fase in route.fases),
        gesloten=omgeving.gesloten,
        uitkomst=omgeving.uitkomst,
        vertakking=omgeving.tak,
    )


@dataclass(frozen=True, slots=True)
class _Omgeving:
    """What is needed to judge a step: the facts read per step, the uitkomst and the branch."""

    route: Route
    feiten: tuple[Feit, ...]
    lezing: dict[int, Stapfeiten]
    uitkomst: Uitkomstfeit | None
    tak: Vertakking | None
    op: date

    @property
    def gesloten(self) -> bool:
        return self.uitkomst is not None or not self.lezing[self.route.sluitstap.nummer].weging.mist

    @property
    def sprong(self) -> range:
        """The numbers of the steps between the doelgroep step and where its branch goes on in this route."""
        tak = self.tak
        eind = tak.stap if tak is not None and tak.route == self.route.code else 0
        return range(self.route.vertakt_na + 1, eind)

    def voorbij_vervolg(self, stap: Stap) -> bool:
        """Whether the branch of the doelgroep passes over this step; closing is never passed over."""
        return stap.nummer in self.sprong and not stap.sluit

    def status(self, stap: Stap) -> Status:
        """The status of a step, with now still counted as open. A fact wins over everything."""
        lezing = self.lezing[stap.nummer]
        if not lezing.weging.mist:
            return Status.VERVULD
        if lezing.overgeslagen is not None:
            return Status.OVERGESLAGEN
        if self.voorbij_vervolg(stap) or (self.einde is not None and stap.na_einde != "blijft"):
            return Status.NIET_NODIG
        return Status.OPEN

    @property
    def einde(self) -> Uitkomstfeit | None:
        """The uitkomst, where it ended the route early."""
        return self.uitkomst if self.uitkomst is not None and self.uitkomst.eindigt_route_vroeg else None

    def kies_nu(self, statussen: dict[int, Status]) -> int | None:
        """The first open step. After closing, what comes after closing goes first; and where the branch
        jumps over the closing step, that comes right after the step it jumps to."""
        sluit = self.route.sluitstap.nummer
        volgorde = {nummer: (nummer, 0) for nummer in statussen}
        if self.gesloten:
            volgorde |= {nummer: (nummer - len(statussen), 0) for nummer in statussen if nummer > sluit}
        if sluit in self.sprong:
            volgorde[sluit] = (self.sprong.stop, 1)
        open_ = [nummer for nummer, status in statussen.items() if status is Status.OPEN]
        return min(open_, key=lambda nummer: volgorde[nummer], default=None)

    def sinds(self, stap: Stap, status: Status, sinds_vorige: date | None) -> date | None:
        """From which day the step stands so."""
        lezing = self.lezing[stap.nummer]
        if status is Status.VERVULD:
            return lezing.weging.sinds
        if status is Status.OVERGESLAGEN:
            return lezing.overgeslagen.op if lezing.overgeslagen else None
        if status is Status.NIET_NODIG:
            if self.voorbij_vervolg(stap):
                return self.lezing[self.route.vertakt_na].weging.sinds
            return self.einde.op if self.einde else None
        if status is Status.OPEN:
            return lezing.laatste_herstart.op if lezing.laatste_herstart else None
        begin = self.feiten[0].op if self.feiten else None
        herstart = lezing.laatste_herstart.op if lezing.laatste_herstart else None
        return max((dag for dag in (sinds_vorige or begin, herstart) if dag is not None), default=None)

    def motivering(self, stap: Stap, status: Status) -> Motivering | None:
        """Why a step was left out; None for a step that was not."""
        uitleg = self.lezing[stap.nummer].overgeslagen
        if status is Status.OVERGESLAGEN and uitleg is not None:
            return Motivering("overgeslagen", uitleg.toelichting, uitleg.op, uitleg.door)
        if status is not Status.NIET_NODIG:
            return None
        if self.voorbij_vervolg(stap) and self.tak is not None:
            return Motivering("vervolg", self.tak.tekst, self.sinds(stap, status, None))
        if self.einde is None:
            return None
        tekst = self.einde.label + (f". {self.einde.toelichting}" if self.einde.toelichting else "")
        return Motivering("uitkomst", tekst, self.einde.op, self.einde.door)

    def waarom(self, stap: Stap, status: Status) -> Uitleg:
        """The status in a sentence, with its rule, source and facts."""
        weging = self.lezing[stap.nummer].weging
        feiten = {feit.code: feit.op for feit in reversed(weging.feiten)}
        if status is Status.VERVULD:
            delen = [f"{eis.naam} ({in_woorden(bewijs[-1].op)})" for eis, bewijs in weging.bewijs]
            return leg_uit("RKT-02", f"Vervuld door {opsomming(delen)}.", bron=stap.bron, op=self.op, **feiten)
        motivering = self.motivering(stap, status)
        if motivering is not None and motivering.soort == "overgeslagen":
            wie = f" door {motivering.door}" if motivering.door else ""
            dag = f" op {in_woorden(motivering.op)}" if motivering.op else ""
            tekst = f"Overgeslagen{dag}{wie}, met uitleg: “{motivering.tekst}”"
            return leg_uit("RKT-03", tekst, bron="000 uitgangspunt 5", op=self.op, **feiten)
        if motivering is not None and motivering.soort == "vervolg" and self.tak is not None:
            return leg_uit("DGR-11", self.tak.tekst, bron=self.tak.bron, op=self.op, **feiten)
        if motivering is not None and self.einde is not None:
            tekst = f"Niet meer nodig: afgesloten op {in_woorden(self.einde.op)} met “{self.einde.label}”."
            tekst += " Het mag nog wel." if stap.na_einde == "vrij" else ""
            return leg_uit("RKT-03", tekst, bron="003 bijlage 1, pas toe of leg uit", op=self.op, **feiten)
        begin = "Hier is de route nu." if status is Status.NU else "Nog niet gedaan."
        nodig = opsomming(eis.naam for eis in weging.mist)
        return leg_uit("RKT-17", f"{begin} Nog nodig: {nodig}.", bron=stap.bron, op=self.op, **feiten)


def _op_volgorde(acties: Sequence[Actie], mist: Sequence[Eis], feiten: Sequence[Feit]) -> tuple[Actie, ...]:
    """The acts of a step, first those that bring what is still missing."""
    bekend = {feit.code for feit in feiten}
    nodig = {code for eis in mist for code in eis.codes if not (eis.alle and code in bekend)}
    return tuple(sorted(acties, key=lambda actie: not nodig.intersection(actie.geeft)))


def _termijn(
    termijn: Termijn | None,
    feiten: Sequence[Feit],
    op: date,
    werkdagen_na: Werkdagen,
    instellingen: Mapping[str, object],
) -> Termijnstand | None:
    """The last day of a term, once the fact from which it runs is there."""
    dagen = [feit.op for feit in feiten if termijn is not None and feit.code in termijn.na]
    if termijn is None or not dagen:
        return None
    begin = max(dagen) if termijn.laatste else min(dagen)
    eigen = instellingen.get(termijn.instelling)
    aantal = eigen if isinstance(eigen, int) else termijn.aantal
    uiterlijk = {
        "werkdagen": lambda: werkdagen_na(begin, aantal),
        "dagen": lambda: begin + timedelta(days=aantal),
        "weken": lambda: begin + timedelta(weeks=aantal),
        "maanden": lambda: plus_maanden(begin, aantal),
    }[termijn.eenheid]()
    tekst = termijn.tekst.replace("{aantal}", str(aantal))
    return Termijnstand(uiterlijk, op > uiterlijk, tekst, termijn.bron, termijn.aanname)


def plus_maanden(dag: date, aantal: int) -> date:
    """The same day so many months on; the first of the next month where that month has no such day."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    try:
        return dag.replace(year=jaar, month=maand + 1)
    except ValueError:
        return date(jaar, maand + 2, 1)  # never December, which has 31 days


def _tel(fase: Fase, stappen: Sequence[Stapstand]) -> Fasestand:
    eigen = [stap.status for stap in stappen if stap.stap.fase == fase.nummer]
    return Fasestand(
        fase=fase,
        totaal=len(eigen),
        vervuld=eigen.count(Status.VERVULD),
        overgeslagen=eigen.count(Status.OVERGESLAGEN),
        niet_nodig=eigen.count(Status.NIET_NODIG),
        is_nu=Status.NU in eigen,
    )
