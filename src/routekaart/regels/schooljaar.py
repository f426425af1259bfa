"""The schooljaar (1 August - 31 July) and the teldatum (1 October).

Source: BWBR0051614 and BWBR0015560 (schooljaar); Regeling ROD (1 October as reference date for vo and mbo).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

EERSTE_MAAND = 8  # a schooljaar begins on 1 August
TELMAAND = 10  # and is counted on 1 October

_GESCHREVEN = re.compile(r"([0-9]{4})-([0-9]{4})")


@dataclass(frozen=True, slots=True, order=True)
class Schooljaar:
    """One schooljaar, known by the calendar year in which it begins: `Schooljaar(2026)` is 2026-2027."""

    beginjaar: int

    @classmethod
    def van(cls, dag: date) -> Self:
        """The schooljaar that holds this day."""
        return cls(dag.year if dag.month >= EERSTE_MAAND else dag.year - 1)

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """Reads `2026-2027`; ValueError for anything else, also for years that do not follow each other."""
        gelezen = _GESCHREVEN.fullmatch(tekst)
        if gelezen is None or int(gelezen[2]) != int(gelezen[1]) + 1:
            raise ValueError(f"{tekst!r} is geen schooljaar; schrijf het zo: 2026-2027.")
        return cls(int(gelezen[1]))

    @property
    def begin(self) -> date:
        return date(self.beginjaar, EERSTE_MAAND, 1)

    @property
    def einde(self) -> date:
        """The last day, 31 July."""
        return date(self.beginjaar + 1, EERSTE_MAAND - 1, 31)

    @property
    def teldatum(self) -> date:
        """1 October of this schooljaar."""
        return date(self.beginjaar, TELMAAND, 1)

    @property
    def volgende(self) -> Self:
        return type(self)(self.beginjaar + 1)

    @property
    def vorige(self) -> Self:
        return type(self)(self.beginjaar - 1)

    def __contains__(self, dag: date) -> bool:
        return self.begin <= dag <= self.einde

    def __str__(self) -> str:
        return f"{self.beginjaar:04}-{self.beginjaar + 1:04}"


def teldatum_na(dag: date) -> date:
    """The first 1 October after this day; for a 1 October itself that of the next year."""
    dit_jaar = date(dag.year, TELMAAND, 1)
    return dit_jaar if dag < dit_jaar else date(dag.year + 1, TELMAAND, 1)
