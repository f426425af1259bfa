"""What every form of file is read into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

MAX_KOLOMMEN = 500
ZOEK_KOP = 15  # filled rows in which the header may stand, below a title or a line that groups the columns
# a column is called by a word: not by a number, a date, or a line of data that was cut with the wrong separator
_NAAM = re.compile(r"[^\W\d_](?!.*[0-9]{5})(?!.*[0-9][-/.][0-9]).{0,80}", re.DOTALL)


class OnleesbaarBestand(ValueError):
    """The file as a whole cannot be taken; the message is a Dutch sentence that says what to do."""


@dataclass(slots=True)
class Rij:
    """One row, with its number as a spreadsheet shows it (the header is row 1).

    `cellen` are as many as there are columns; where `fout` says why the row cannot be read, they are what stood there.
    Nobody changes one; it is not frozen, because that makes each row cost four times as much.
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


def is_vol(cellen: Sequence[str]) -> bool:
    """Whether this can only be a header: a name in each of three columns or more."""
    namen = [cel for cel in cellen if cel.strip()]
    return len(namen) >= 3 and len(namen) == len(cellen)


def plek_van_kop(rijen: Sequence[Sequence[str]]) -> int:
    """Which of the first filled rows is the header: the first, unless a row below it has at least twice as many names,
    nothing but names, and a row under it. Then what stands above is a title, or groups the columns.
    """
    if is_vol(rijen[0]):
        return 0
    gevuld = [[cel.strip() for cel in cellen if cel.strip()] for cellen in rijen]
    beste = 0
    for plek, namen in enumerate(gevuld[:-1]):
        meer = len(namen) >= 2 * len(gevuld[0]) and len(namen) > len(gevuld[beste])
        if meer and len(rijen[plek]) == len(rijen[plek + 1]) and all(map(_NAAM.fullmatch, namen)):
            beste = plek
    return beste


def vindplaats(plek: int, nummer: int) -> str:
    """Where the header was found, for how a file was read; empty for the first filled row."""
    return f", de kopregel staat op rij {nummer}" if plek else ""


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
