"""What a decision says for itself: the facts it used, the rule, the source and a sentence to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

type Feitwaarde = str | int | float | bool | date | None

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uitleg:
    """One reason: `regel` is the number of the rule, `op` the date on which it was looked at."""

    regel: str
    tekst: str
    bron: str
    op: date
    feiten: tuple[tuple[str, Feitwaarde], ...] = ()

    def als_gegevens(self) -> dict[str, object]:
        """The reason as plain data, with ISO dates (contract of the target-group decision)."""
        return {
            "regel": self.regel,
            "tekst": self.tekst,
            "bron": self.bron,
            "feiten": {
                naam: waarde.isoformat() if isinstance(waarde, date) else waarde for naam, waarde in self.feiten
            },
        }


def leg_uit(regel: str, tekst: str, *, bron: str, op: date, **feiten: Feitwaarde) -> Uitleg:
    """One reason, with the facts by their name."""
    return Uitleg(regel, tekst, bron, op, tuple(feiten.items()))


@lru_cache(maxsize=4096)  # the same few days come by a hundred thousand times a night
def in_woorden(dag: date) -> str:
    """A date as one says it: 1 oktober 2023."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def opsomming(delen: Iterable[str], *, voegwoord: str = "en") -> str:
    """`a`, `a en b`, `a, b en c`."""
    *begin, laatste = delen
    return f"{', '.join(begin)} {voegwoord} {laatste}" if begin else laatste
