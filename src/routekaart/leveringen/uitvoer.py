"""Tables that leave the house: no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r")
# signs that XML, and so a workbook, cannot hold
ONLEESBAAR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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


def als_werkblad(kop: Iterable[object], rijen: Iterable[Iterable[object]]) -> bytes:
    """An .xlsx of one sheet, every cell text: a number keeps its zeros and nothing is a formula."""
    boek = Workbook(write_only=True)
    blad = boek.create_sheet("Uitval")
    for rij in chain([kop], rijen):
        cellen = []
        for waarde in rij:
            cel = WriteOnlyCell(blad, ONLEESBAAR.sub("", veilig(waarde)))
            cel.data_type = "s"
            cellen.append(cel)
        blad.append(cellen)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _leeg(uit: io.StringIO) -> str:
    tekst = uit.getvalue()
    uit.seek(0)
    uit.truncate()
    return tekst
