"""Excel: the first sheet of an .xlsx, cell by cell as text. No macros, no zip bombs."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from routekaart.leveringen.lezen.tabel import MAX_KOLOMMEN, OnleesbaarBestand, Rij, Tabel, kopregel, maak_rij

MAX_UITGEPAKT = 1 << 30  # bytes; a full sheet of a million rows is some 300 MB
MAX_TEKSTEN = 200 << 20  # bytes; the shared texts are held in memory
VERDACHT_VANAF = 50 << 20  # bytes
MAX_VERHOUDING = 100  # unpacked against packed; real sheets stay around 10
BESCHADIGD = "Dit Excel-bestand is beschadigd. Open het in Excel, bewaar het opnieuw en lees het dan in."


def lees_werkblad(pad: Path) -> Tabel:
    """Opens the first sheet and reads its header. Raises OnleesbaarBestand."""
    _keur(pad)
    for nummer, cellen in _cellen(pad):
        if not any(cel.strip() for cel in cellen):
            continue
        kolommen = kopregel(cellen)

        def rijen(kop: int = nummer, breedte: int = len(kolommen)) -> Iterator[Rij]:
            for nummer_, cellen_ in _cellen(pad):
                if nummer_ > kop and (rij := _rij(nummer_, cellen_, breedte)) is not None:
                    yield rij

        return Tabel(kolommen, "Excel, het eerste werkblad", rijen)
    raise OnleesbaarBestand("Het eerste werkblad van dit Excel-bestand is leeg.")


def _rij(nummer: int, cellen: list[str], breedte: int) -> Rij | None:
    """Excel leaves out empty cells at the end, and keeps empty ones beside the table: neither says anything."""
    while len(cellen) > breedte and not cellen[-1].strip():
        cellen.pop()
    cellen.extend([""] * (breedte - len(cellen)))
    return maak_rij(nummer, cellen, breedte=breedte)


def _keur(pad: Path) -> None:
    """Refuses macros, and a file that unpacks to far more than it is."""
    try:
        with zipfile.ZipFile(pad) as ingepakt:
            delen = ingepakt.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise OnleesbaarBestand(BESCHADIGD) from None
    if any(deel.filename.lower().endswith("vbaproject.bin") for deel in delen):
        raise OnleesbaarBestand("Dit Excel-bestand heeft macro's. Bewaar het als gewone .xlsx en lees het opnieuw in.")
    totaal = sum(deel.file_size for deel in delen)
    teksten = sum(deel.file_size for deel in delen if deel.filename.lower().endswith("sharedstrings.xml"))
    te_dicht = totaal > VERDACHT_VANAF and totaal > MAX_VERHOUDING * max(pad.stat().st_size, 1)
    if totaal > MAX_UITGEPAKT or teksten > MAX_TEKSTEN or te_dicht:
        raise OnleesbaarBestand("Dit Excel-bestand is uitgepakt te groot. Bewaar het als CSV en lees het opnieuw in.")


def _cellen(pad: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet as text, with their numbers."""
    # opened here: openpyxl looks at the name of a path, and a name says nothing
    with pad.open("rb") as bestand:
        try:
            boek = openpyxl.load_workbook(bestand, read_only=True, data_only=True, keep_links=False)
        except Exception:
            # openpyxl raises whatever its XML and its own types raise; all of it means the same
            raise OnleesbaarBestand(BESCHADIGD) from None
        yield from _cellen_van(boek)


def _cellen_van(boek: Workbook) -> Iterator[tuple[int, list[str]]]:
    try:
        if not boek.worksheets:
            raise OnleesbaarBestand("Dit Excel-bestand heeft geen werkblad.")
        blad = boek.worksheets[0]
        blad.reset_dimensions()
        regels = enumerate(blad.iter_rows(values_only=True, max_col=MAX_KOLOMMEN + 1), start=1)
        while True:
            try:
                nummer, waarden = next(regels)
            except StopIteration:
                return
            except Exception:
                raise OnleesbaarBestand(BESCHADIGD) from None
            yield nummer, [_tekst(waarde) for waarde in waarden]
    finally:
        boek.close()


def _tekst(waarde: Any) -> str:
    """A cell as the deliveries write it: dates in ISO, whole numbers without a point, yes and no in Dutch."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, dt.datetime):
        heel = waarde.time() == dt.time()
        return waarde.date().isoformat() if heel else waarde.isoformat(timespec="seconds")
    if isinstance(waarde, dt.date):
        return waarde.isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)
