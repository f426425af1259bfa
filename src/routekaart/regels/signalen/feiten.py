"""What a detection rule looks at and what it answers: the facts of one person, the frame of the day, and the hit.

The facts are handed over whole; each rule leaves out by itself what is dated after the peildatum. A rule sees no
database and no clock, and says nothing about what a colleague did with an earlier signal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from routekaart.regels.doelgroep import Besluit, Feiten, Regio, beslis
from routekaart.regels.grenzen import Grenzen
from routekaart.regels.leeftijd import Geboortedatum, leeftijd_op
from routekaart.regels.leerplicht import Leerplichtoordeel, leerplicht_op
from routekaart.regels.loopbaan import Diploma, Inschrijving, Periode, Vaststelling, Werk
from routekaart.regels.startkwalificatie import startkwalificatie_op
from routekaart.regels.uitleg import Gronden, Uitleg
from routekaart.regels.werkdagen import TERMIJNENWET, Kalender


class Eigenaar(StrEnum):
    """Who looks after a rule and its list (REG-06)."""

    DOORSTROOMCOACH = "doorstroomcoach"
    LEERPLICHTAMBTENAAR = "leerplichtambtenaar"
    ADMINISTRATIE = "administratie"


class Werksoort(StrEnum):
    """Whose work a signal is."""

    LEERPLICHT = "leerplicht"
    DOORSTROOMPUNT = "doorstroompunt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schoolinschrijving(Inschrijving):
    """An enrolment with the school it is at; `school` is the key by which the caller knows it."""

    school: int = 0
    schoolnaam: str = "een school die we niet kennen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verzuimdag:
    """Absence on one day."""

    datum: date
    geoorloofd: bool = False


class Melding(NamedTuple):
    """One report about the person. `van` and `tot` are the absence it speaks of; `klaar_op` is when it was closed or
    withdrawn, None while it is open.
    """

    ontvangen_op: date
    soort: str
    verzuim: bool
    school: int | None = None
    van: date | None = None
    tot: date | None = None
    alle_lessen: bool | None = None
    voorgenomen_uitschrijving: bool = False
    klaar_op: date | None = None
    ingetrokken: bool = False
    dagen: tuple[Verzuimdag, ...] = ()

    def open_op(self, dag: date) -> bool:
        return self.ontvangen_op <= dag and (self.klaar_op is None or self.klaar_op > dag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lijstvermelding:
    """The person stands on one monthly list of the Inlichtingenbureau (`maand`: 2024-02)."""

    maand: str
    werk_uren: int | None = None
    uitkering: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitstroomvermelding:
    """A school of vo, pro or vso expects the person to leave at the end of this schooljaar (2023-2024)."""

    schooljaar: str
    school: int
    schoolnaam: str = "een school die we niet kennen"
    bestemming: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Werkproces:
    """The handling that runs or ran; `gemeente` and `gemeentenaam` are those at its start."""

    soort: str
    leerplicht: bool
    gemeente: str
    gestart_op: date
    gemeentenaam: str = ""
    afgesloten_op: date | None = None

    def open_op(self, dag: date) -> bool:
        return self.gestart_op <= dag and (self.afgesloten_op is None or self.afgesloten_op > dag)


class Persoon(NamedTuple):
    """Everything that any rule looks at. What a rule does not name in `nodig` may be left empty for it."""

    geboortedatum: Geboortedatum
    overleden_op: date | None = None
    vertrokken_op: date | None = None
    in_nederland_sinds: date | None = None
    in_gemeente_sinds: date | None = None
    gemeente: str = ""
    gemeentenaam: str = ""
    in_regio: bool = True
    inschrijvingen: tuple[Schoolinschrijving, ...] = ()
    diplomas: tuple[Diploma, ...] = ()
    vastgesteld: Vaststelling | None = None
    werk: tuple[Werk, ...] = ()
    vrijstellingen: tuple[Periode, ...] = ()
    meldingen: tuple[Melding, ...] = ()
    lijsten: tuple[Lijstvermelding, ...] = ()
    uitstroom: tuple[Uitstroomvermelding, ...] = ()
    werkprocessen: tuple[Werkproces, ...] = ()
    benaderd: tuple[date, ...] = ()  # the days on which somebody tried to reach or met the person

    def is_inwoner(self, dag: date) -> bool:
        """Lives in the region on the day: did not die, did not depart, had come."""
        overleden, vertrokken, komst = self.overleden_op, self.vertrokken_op, self.in_nederland_sinds
        return (
            self.in_regio
            and (overleden is None or overleden > dag)
            and (vertrokken is None or vertrokken > dag)
            and (komst is None or komst <= dag)
        )

    def lopend(self, dag: date) -> tuple[Schoolinschrijving, ...]:
        return tuple([een for een in self.inschrijvingen if een.loopt_op(dag)])

    def laatste_school(self, dag: date) -> Schoolinschrijving | None:
        """The enrolment that ended last, of those that began by the day; None where one runs or none began."""
        begonnen = [een for een in self.inschrijvingen if een.van <= dag]
        einden = [een.tot for een in begonnen if een.tot is not None and een.tot < dag]
        if not begonnen or len(einden) < len(begonnen):
            return None
        einde = max(einden)
        laatst = [een for een in begonnen if een.tot == einde]
        if len(laatst) == 1:
            return laatst[0]
        return max(laatst, key=lambda een: (een.van, een.onderwijssoort.value, een.school))

    def volgende_school(self, dag: date) -> Schoolinschrijving | None:
        """The first enrolment that is known already and begins after the day."""
        komend = [een for een in self.inschrijvingen if een.van > dag]
        return min(komend, key=lambda een: (een.van, een.school)) if komend else None

    def vrijgesteld(self, dag: date) -> bool:
        return any(vrij.loopt_op(dag) for vrij in self.vrijstellingen)

    def jonger_dan_op(self, leeftijd: int, dag: date) -> bool:
        """Whether the person is surely or possibly younger than this on the day."""
        return leeftijd_op(self.geboortedatum.laatste, dag) < leeftijd


@dataclass(frozen=True, slots=True, kw_only=True)
class Kader:
    """The day, the limits of the law, and what the region set: `normen` by the name of the setting.

    `maand` is the newest list of the Inlichtingenbureau that was in on the day; empty where there is none. `terug`:
    this is another day than today, on which somebody lives where the history says.
    """

    op: date
    grenzen: Grenzen
    normen: Mapping[str, object]
    regio: Regio = field(default_factory=Regio)
    maand: str = ""
    kalender: Kalender = TERMIJNENWET
    terug: bool = False

    def norm(self, naam: str) -> int:
        """A setting that is a whole number."""
        waarde = self.normen[naam]
        if not isinstance(waarde, int):
            raise TypeError(f"De instelling {naam} is geen heel getal")
        return int(waarde)

    def plicht(self, persoon: Persoon) -> Leerplichtoordeel:
        """Leerplicht or kwalificatieplicht on the day, by the one rule of the house."""
        return leerplicht_op(
            self.op,
            geboortedatum=persoon.geboortedatum,
            diplomas=persoon.diplomas,
            vastgesteld=persoon.vastgesteld,
            grenzen=self.grenzen,
            kalender=self.kalender,
        )

    def heeft_startkwalificatie(self, persoon: Persoon, dag: date | None = None) -> bool:
        houdt = startkwalificatie_op(
            dag or self.op, diplomas=persoon.diplomas, vastgesteld=persoon.vastgesteld, grenzen=self.grenzen
        )
        return houdt is not None

    def doelgroep(self, persoon: Persoon) -> Besluit:
        """The target-group decision on the day, by the one rule of the house."""
        open_ = [melding for melding in persoon.meldingen if melding.open_op(self.op)]
        feiten = Feiten(
            peildatum=self.op,
            geboortedatum=persoon.geboortedatum,
            regio=self.regio,
            overleden_op=persoon.overleden_op,
            vertrokken_op=persoon.vertrokken_op,
            in_nederland_sinds=persoon.in_nederland_sinds,
            startkwalificatie_vastgesteld=persoon.vastgesteld,
            diplomas=persoon.diplomas or (() if persoon.inschrijvingen else None),
            inschrijvingen=persoon.inschrijvingen or None,
            werk=persoon.werk or None,
            verzuimmelding=True in [melding.verzuim for melding in open_],
            voorgenomen_uitschrijving=True in [melding.voorgenomen_uitschrijving for melding in open_],
        )
        return beslis(feiten, grenzen=self.grenzen)


class Treffer(NamedTuple):
    """A rule wants this person on the list. `aanleiding` is the key of the occasion: the same as long as nothing new
    happened. Without `werksoort` the age decides whose work it is; without `gemeente` where the person lives.
    """

    aanleiding: str
    gronden: Gronden
    sinds: date | None = None
    school: int | None = None
    werksoort: Werksoort | None = None
    gemeente: str = ""

    @property
    def uitleg(self) -> tuple[Uitleg, ...]:
        """The grounds in words: what decided comes first."""
        return self.gronden.uitleg()


type Zoek = Callable[[Persoon, Kader], Treffer | None]


@dataclass(frozen=True, kw_only=True)
class Signaalregel:
    """One named detection, with where it comes from, from when to when it holds, and who looks after its list.

    `nodig`: the facts it reads. `meldingsoort`: what a melding made of it is; empty where none fits. `zonder_school`:
    what it is instead for who is on no school, where that differs. `werkprocessen`:
    the soorten werkproces that handle it; while one of them runs, or shortly after (`rust`), there is no signal.
    `per_schooljaar`: what is set aside comes back with the next schooljaar.
    """

    code: str
    naam: str
    wat: str
    nummer: str
    bron: str
    eigenaar: Eigenaar
    zoek: Zoek
    nodig: frozenset[str]
    parameters: tuple[str, ...] = ()
    werkprocessen: tuple[str, ...] = ()
    rust: str = ""
    kanaal: str = "C.I"
    meldingsoort: str = "vsv"
    zonder_school: str = ""
    per_schooljaar: bool = False
    vanaf: date | None = None
    tot: date | None = None

    def geldt_op(self, dag: date) -> bool:
        return (self.vanaf is None or self.vanaf <= dag) and (self.tot is None or dag <= self.tot)

    def toets(self, persoon: Persoon, kader: Kader) -> Treffer | None:
        """The hit, explained, or None."""
        return self.zoek(persoon, kader) if self.geldt_op(kader.op) else None
