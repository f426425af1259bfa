"""Tables that leave the house: no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r")
# signs that XML, and so a workbook, cannot hold
ONLEESBAAR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def veilig(waarde: object) -> str:
    """The text of a cell; what a spreadsheet would run gets a quote in front, which our own reader takes off again."""
    tekst = "" if waarde is None else str(waarde)
    return f"'{tekst}" if tekst.startswith(GEVAARLIJK) else tekst


def als_csv(kop: Sequence[str], rijen: Iterable[Sequence[object]], *, scheiding: str = ";") -> Iterator[str]:
    """The lines of a CSV, header first, as a stream."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=scheiding)
    for rij in chain([kop], rijen):
        schrijver.writerow([veilig(cel) for cel in rij])
        yield _leeg(uit)


def als_werkblad(kop: Iterable[object], rijen: Iterable[Iterable[object]], *, blad: str = "Uitval") -> bytes:
    """An .xlsx as bytes."""
    uit = io.BytesIO()
    schrijf_werkblad(uit, kop, rijen, blad=blad)
    return uit.getvalue()


def schrijf_werkblad(uit: IO[bytes], kop: Iterable[object], rijen: Iterable[Iterable[object]], *, blad: str) -> None:
    """Writes an .xlsx of one sheet, every cell text: a number keeps its zeros and nothing is a formula."""
    boek = Workbook(write_only=True)
    tabel = boek.create_sheet(blad)
    for rij in chain([kop], rijen):
        cellen = []
        for waarde in rij:
            cel = WriteOnlyCell(tabel, ONLEESBAAR.sub("", veilig(waarde)))
            cel.data_type = "s"
            cellen.append(cel)
        tabel.append(cellen)
    boek.save(uit)


def _leeg(uit: io.StringIO) -> str:
    tekst = uit.getvalue()
    uit.seek(0)
    uit.truncate()
    return tekst
