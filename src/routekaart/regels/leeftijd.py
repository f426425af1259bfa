"""Age in full years on a date, also where the birth date is incomplete.

Who was born on 29 February reaches an age on 1 March in other years. Ages are always asked on a date and
never stored. Source: DOS-08; BW 1:1 and the BRP practice of dates with unknown day or month.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_GESCHREVEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def jaren_later(dag: date, jaren: int) -> date:
    """The same day so many years on; 29 February becomes 1 March where that year has none."""
    jaar = dag.year + jaren
    if (dag.month, dag.day) == (2, 29) and not calendar.isleap(jaar):
        return date(jaar, 3, 1)
    return dag.replace(year=jaar)


def wordt(geboren: date, leeftijd: int) -> date:
    """The day on which this age is reached."""
    return jaren_later(geboren, leeftijd)


def leeftijd_op(geboren: date, dag: date) -> int:
    """Age in full years on the day; negative before the birth."""
    al_jarig = (dag.month, dag.day) >= (geboren.month, geboren.day)
    return dag.year - geboren.year - (0 if al_jarig else 1)


@dataclass(frozen=True, slots=True)
class Geboortedatum:
    """A birth date of which the day, or the month and the day, may be unknown (None)."""

    jaar: int
    maand: int | None = None
    dag: int | None = None

    def __post_init__(self) -> None:
        if self.maand is None and self.dag is not None:
            raise ValueError("Een geboortedatum met een dag heeft ook een maand.")
        date(self.jaar, self.maand or 1, self.dag or 1)  # ValueError where that day never was

    @classmethod
    def van(cls, dag: date) -> Self:
        return cls(dag.year, dag.month, dag.day)

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """Reads `2004-05-06`, `2004-05-00` or `2004-00-00`; ValueError for anything else."""
        gelezen = _GESCHREVEN.fullmatch(tekst)
        if gelezen is None:
            raise ValueError(f"{tekst!r} is geen geboortedatum.")
        jaar, maand, dag = map(int, gelezen.groups())
        return cls(jaar, maand or None, dag or None)

    @property
    def volledig(self) -> bool:
        return self.dag is not None

    @property
    def eerste(self) -> date:
        """The first day that it can be."""
        return date(self.jaar, self.maand or 1, self.dag or 1)

    @property
    def laatste(self) -> date:
        """The last day that it can be."""
        maand = self.maand or 12
        return date(self.jaar, maand, self.dag or calendar.monthrange(self.jaar, maand)[1])

    def __str__(self) -> str:
        return f"{self.jaar:04}-{self.maand or 0:02}-{self.dag or 0:02}"
