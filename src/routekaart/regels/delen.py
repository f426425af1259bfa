"""Who says yes to sharing, how long that holds, and which words do not belong in what leaves the house.

Pure: ages, dates, limits and word lists are arguments (000 §2.2 AVG, §5.1; PRV-01, PRV-02, PRV-08, PRV-11).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from routekaart.regels.grenzen import Grens
from routekaart.regels.route import plus_maanden

type Gever = Literal["jongere", "verzorger"]


@dataclass(frozen=True, slots=True)
class Zeggenschap:
    """Who decides about sharing on a day, in a sentence that a colleague can read."""

    door: Gever
    tekst: str
    bron: str


def wie_beslist(leeftijd: int, *, grens: Grens) -> Zeggenschap:
    """From the age of the limit the jongere decides alone; below it somebody with gezag."""
    if leeftijd >= grens.waarde:
        return Zeggenschap("jongere", f"Vanaf {grens.waarde} jaar beslist de jongere zelf.", grens.bron)
    tekst = f"Onder de {grens.waarde} jaar beslist een ouder of voogd met gezag."
    return Zeggenschap("verzorger", tekst, grens.bron)


def geldt_tot(op: date, maanden: int | None) -> date | None:
    """The last day of a consent given on `op`; None where the region sets no term."""
    return None if not maanden else plus_maanden(op, maanden) - timedelta(days=1)


def vind_woorden(tekst: str, stammen: Iterable[str]) -> tuple[str, ...]:
    """The words of the text that begin with one of these stems, as they were typed, each once."""
    lijst = [stam.casefold() for stam in stammen]
    gevonden: dict[str, str] = {}
    for woord in re.findall(r"[\w’'-]+", tekst):
        klein = woord.casefold()
        if any(klein.startswith(stam) for stam in lijst):
            gevonden.setdefault(klein, woord)
    return tuple(gevonden.values())
