"""The facts of a school and working career that the rules look at, and how they stand on a date.

Periods are whole days; `tot` is the last day, None is running. A fact that is dated after the day one looks
at does not exist yet. The words are those of the target-group contract.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple, Self

ENTREE = 1  # mbo level 1
BASISBEROEPSOPLEIDING = 2  # mbo level 2


class Onderwijssoort(StrEnum):
    """Kinds of education in which one can be enrolled."""

    PO = "po"
    SBO = "sbo"
    SO = "so"
    VO_ONDERBOUW = "vo-onderbouw"
    VMBO = "vmbo"
    VMBO_BB = "vmbo-bb"
    VMBO_KB = "vmbo-kb"
    VMBO_GL = "vmbo-gl"
    VMBO_TL = "vmbo-tl"
    HAVO = "havo"
    VWO = "vwo"
    PRO = "pro"
    VSO = "vso"
    ISK = "isk"
    LEERWERKTRAJECT = "leerwerktraject"
    MBO = "mbo"
    VAVO = "vavo"
    HO = "ho"
    ONBEKOSTIGD = "onbekostigd"
    BUITENLAND = "buitenland"
    OVERIG = "overig"


class Diplomasoort(StrEnum):
    """Kinds of diploma and getuigschrift."""

    PRO_GETUIGSCHRIFT = "pro-getuigschrift"
    VSO = "vso"
    VMBO_BB = "vmbo-bb"
    VMBO = "vmbo"
    HAVO = "havo"
    VWO = "vwo"
    MBO = "mbo"
    HO = "ho"


PRO_OF_VSO = frozenset({Onderwijssoort.PRO, Onderwijssoort.VSO})
HERKOMST_JIKP = PRO_OF_VSO | {Onderwijssoort.VMBO_BB, Onderwijssoort.LEERWERKTRAJECT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Periode:
    """Whole days from `van` to `tot` inclusive; without `tot` it runs on."""

    van: date
    tot: date | None = None

    def loopt_op(self, dag: date) -> bool:
        return self.van <= dag and (self.tot is None or dag <= self.tot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inschrijving(Periode):
    """One enrolment; `niveau` is the mbo level (1 = entree), None where it is not known."""

    onderwijssoort: Onderwijssoort
    niveau: int | None = None

    def is_mbo(self, niveau: int) -> bool:
        return self.onderwijssoort is Onderwijssoort.MBO and self.niveau == niveau

    @property
    def pro_of_vso(self) -> bool:
        return self.onderwijssoort in PRO_OF_VSO

    @property
    def herkomst_jikp(self) -> bool:
        """One of the origins of a jongere in een kwetsbare positie (000, Doelgroepen 3)."""
        return self.onderwijssoort in HERKOMST_JIKP or self.is_mbo(ENTREE)

    @property
    def naam(self) -> str:
        """As a coach says it: `mbo niveau 2`, `vmbo-kb`."""
        if self.onderwijssoort is Onderwijssoort.MBO:
            return f"mbo niveau {self.niveau}" if self.niveau else "mbo zonder bekend niveau"
        return NAMEN.get(self.onderwijssoort, self.onderwijssoort.value)


NAMEN = {
    Onderwijssoort.VO_ONDERBOUW: "onderbouw vo",
    Onderwijssoort.PRO: "praktijkonderwijs",
    Onderwijssoort.LEERWERKTRAJECT: "een leerwerktraject",
    Onderwijssoort.HO: "hoger onderwijs",
    Onderwijssoort.ONBEKOSTIGD: "onbekostigd onderwijs",
    Onderwijssoort.BUITENLAND: "onderwijs in het buitenland",
    Onderwijssoort.OVERIG: "overig onderwijs",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diploma:
    """One diploma or getuigschrift; `niveau` is the mbo level, None where it is not known."""

    soort: Diplomasoort
    behaald_op: date
    niveau: int | None = None

    @property
    def naam(self) -> str:
        return f"mbo niveau {self.niveau}" if self.soort is Diplomasoort.MBO and self.niveau else self.soort.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Werk(Periode):
    """One job; `uren` a week, None where there are no fixed hours (zzp, zero hours) or none are known."""

    uren: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaststelling:
    """A startkwalificatie that a professional established outside DUO (a foreign diploma), on evidence."""

    op: date
    bron: str | None = None


class Onderwijsstand(NamedTuple):
    """The enrolments as they stand on one day.

    `begonnen` are those that began by then, in order of time. `lopend` is the running one that decides: the
    one that began last. `laatste` is the one that ended last (when equal: that began last), where none runs.
    Where that leaves a choice, the one from a vulnerable origin decides: never the order of the list.
    """

    begonnen: tuple[Inschrijving, ...]
    lopend: Inschrijving | None
    laatste: Inschrijving | None

    @classmethod
    def op(cls, inschrijvingen: Iterable[Inschrijving], dag: date) -> Self:
        begonnen = [een for een in inschrijvingen if een.van <= dag]
        begonnen.sort(key=_van)
        if len({een.van for een in begonnen}) < len(begonnen):  # seldom, and then the choice is made with care
            begonnen.sort(key=_begin_en_einde)
        lopende = [een for een in begonnen if een.tot is None or een.tot >= dag]
        if lopende:
            return cls(tuple(begonnen), lopende[0] if len(lopende) == 1 else max(lopende, key=_laatst_begonnen), None)
        return cls(tuple(begonnen), None, _laatste(begonnen))


type _Voorrang = tuple[bool, bool, str, int]


def _voorrang(inschrijving: Inschrijving) -> _Voorrang:
    soort = inschrijving.onderwijssoort
    return soort in PRO_OF_VSO, inschrijving.herkomst_jikp, soort, inschrijving.niveau or 0


_van = attrgetter("van")


def _laatste(begonnen: list[Inschrijving]) -> Inschrijving | None:
    """The one that ended last. Only where two ended on that day the rest has to be looked at."""
    einde = max([een.tot or date.max for een in begonnen], default=None)
    laatst = [een for een in begonnen if (een.tot or date.max) == einde]
    return laatst[0] if len(laatst) == 1 else max(laatst, key=_laatst_geeindigd, default=None)


def _begin_en_einde(inschrijving: Inschrijving) -> tuple[date, date, _Voorrang]:
    return inschrijving.van, inschrijving.tot or date.max, _voorrang(inschrijving)


def _laatst_begonnen(inschrijving: Inschrijving) -> tuple[date, _Voorrang]:
    return inschrijving.van, _voorrang(inschrijving)


def _laatst_geeindigd(inschrijving: Inschrijving) -> tuple[date, date, _Voorrang]:
    return inschrijving.tot or date.max, inschrijving.van, _voorrang(inschrijving)
