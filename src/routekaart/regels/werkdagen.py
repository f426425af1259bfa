"""Working days and school days: no weekends, no Dutch public holidays, where asked no school holidays.

Which days count as a holiday is a choice, so it is a setting (`Kalender`). The default follows the Algemene
termijnenwet, art. 3: besides Nieuwjaar, Pasen, Koningsdag, Hemelvaart, Pinksteren and Kerst that is Goede
Vrijdag and every 5 May, not only in the lustrum years. An office that works on those two sets them off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import holidays

type Schoolregio = Literal["Noord", "Midden", "Zuid"]

DAG = timedelta(days=1)
ZATERDAG = 5
GOEDE_VRIJDAG = "Goede vrijdag"
BEVRIJDINGSDAG = "Bevrijdingsdag"


@dataclass(frozen=True, slots=True)
class Kalender:
    """Which days are free, on top of the weekend.

    `schoolregio` adds the school holidays of that part of the country, as far as the ministry has set them;
    without it a school day is any working day.
    """

    goede_vrijdag: bool = True
    bevrijdingsdag: Literal["ieder-jaar", "lustrum", "nooit"] = "ieder-jaar"
    schoolregio: Schoolregio | None = None

    def is_werkdag(self, dag: date) -> bool:
        return dag.weekday() < ZATERDAG and dag not in feestdagen(dag.year, self)

    def is_schooldag(self, dag: date) -> bool:
        return self.is_werkdag(dag) and dag not in _schoolvakanties(dag.year, self.schoolregio)


TERMIJNENWET = Kalender()


@lru_cache(maxsize=1024)
def feestdagen(jaar: int, kalender: Kalender = TERMIJNENWET) -> frozenset[date]:
    """The public holidays of a calendar year that count in this calendar, weekends included."""
    officieel = holidays.country_holidays("NL", years=jaar, language="nl")
    lustrum = {dag for dag, naam in officieel.items() if naam == BEVRIJDINGSDAG}
    goede_vrijdag = {dag for dag, naam in officieel.items() if naam == GOEDE_VRIJDAG}
    altijd = set(officieel) - lustrum - goede_vrijdag
    bevrijdingsdag = {"ieder-jaar": {date(jaar, 5, 5)}, "lustrum": lustrum, "nooit": set[date]()}
    return frozenset(
        altijd | bevrijdingsdag[kalender.bevrijdingsdag] | (goede_vrijdag if kalender.goede_vrijdag else set())
    )


@lru_cache(maxsize=1024)
def _schoolvakanties(jaar: int, schoolregio: Schoolregio | None) -> frozenset[date]:
    if schoolregio is None:
        return frozenset()
    return frozenset(holidays.country_holidays("NL", subdiv=schoolregio, years=jaar, categories=("school",)))


def tel_op(start: date, werkdagen: int, *, kalender: Kalender = TERMIJNENWET) -> date:
    """The so-manieth working day after `start`; the day of receipt itself does not count.

    Zero gives `start` itself. ValueError for a negative number.
    """
    if werkdagen < 0:
        raise ValueError("Een termijn telt vooruit: het aantal werkdagen is nul of meer.")
    dag = start
    for _ in range(werkdagen):
        dag = _eerste(dag + DAG, kalender.is_werkdag)
    return dag


def verschil(van: date, tot: date, *, kalender: Kalender = TERMIJNENWET) -> int:
    """How many working days lie after `van` up to and including `tot`; negative where `tot` comes first."""
    if tot < van:
        return -verschil(tot, van, kalender=kalender)
    return sum(kalender.is_werkdag(dag) for dag in _dagen(van + DAG, tot))


def eerste_schooldag(vanaf: date, *, kalender: Kalender = TERMIJNENWET) -> date:
    """The first school day on or after this day."""
    return _eerste(vanaf, kalender.is_schooldag)


def _eerste(dag: date, past: Callable[[date], bool]) -> date:
    while not past(dag):
        dag += DAG
    return dag


def _dagen(van: date, tot: date) -> Iterator[date]:
    for nummer in range((tot - van).days + 1):
        yield van + nummer * DAG
