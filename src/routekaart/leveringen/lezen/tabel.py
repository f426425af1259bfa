"""What every form of file is read into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAX_KOLOMMEN = 500


class OnleesbaarBestand(ValueError):
    """The file as a whole cannot be taken; the message is a Dutch sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Rij:
    """One row, with its number as a spreadsheet shows it (the header is row 1).

    `cellen` are as many as there are columns; where `fout` says why the row cannot be read, they are what stood there.
    """

    nummer: int
    cellen: tuple[str, ...]
    fout: str = ""


@dataclass(frozen=True, slots=True)
class Tabel:
    """A file with a header. `vorm` says in words how it was read; `rijen()` starts at the first row each time."""

    kolommen: tuple[str, ...]
    vorm: str
    rijen: Callable[[], Iterator[Rij]]


def schoon(cel: str) -> str:
    """The text of a cell: no white space around it, and without the quote that guards a formula in an export."""
    cel = cel.strip()
    if len(cel) > 1 and cel[0] == "'" and cel[1] in "=+-@":
        return cel[1:]
    return cel


def kopregel(cellen: list[str]) -> tuple[str, ...]:
    """The column names; nameless ones at the end fall away. Raises OnleesbaarBestand for what can be no header."""
    namen = [schoon(cel) for cel in cellen]
    while namen and not namen[-1]:
        namen.pop()
    if len(namen) > MAX_KOLOMMEN:
        raise OnleesbaarBestand(f"Dit bestand heeft {len(namen)} kolommen. Meer dan {MAX_KOLOMMEN} lezen we niet.")
    return tuple(namen)


def maak_rij(nummer: int, cellen: list[str], *, breedte: int, naamloos: int = 0) -> Rij | None:
    """The row at the width of the header; None for a row without any text.

    `naamloos` nameless columns at the end of the header may be there, empty. Any other width makes the row unreadable
    as a whole: which value belongs in which column is not known any more.
    """
    waarden = tuple(map(str.strip, cellen))
    tekst = "".join(waarden)
    if not tekst:
        return None
    if "'" in tekst:
        waarden = tuple(map(schoon, waarden))
    if naamloos and len(waarden) == breedte + naamloos and not any(waarden[breedte:]):
        waarden = waarden[:breedte]
    if len(waarden) == breedte:
        return Rij(nummer, waarden)
    wat = "meer" if len(waarden) > breedte else "minder"
    fout = f"Deze rij heeft {len(waarden)} velden, {wat} dan de {breedte} kolommen van de kopregel"
    return Rij(nummer, waarden, fout)
