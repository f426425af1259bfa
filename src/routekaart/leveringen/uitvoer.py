"""CSV that leaves the house: no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r")


def veilig(waarde: object) -> str:
    """The text of a cell; what a spreadsheet would run gets a quote in front, which our own reader takes off again."""
    tekst = "" if waarde is None else str(waarde)
    return f"'{tekst}" if tekst.startswith(GEVAARLIJK) else tekst


def als_csv(kop: Sequence[str], rijen: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV with `;`, header first, as a stream."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";")
    for rij in chain([kop], rijen):
        schrijver.writerow([veilig(cel) for cel in rij])
        yield _leeg(uit)


def _leeg(uit: io.StringIO) -> str:
    tekst = uit.getvalue()
    uit.seek(0)
    uit.truncate()
    return tekst
