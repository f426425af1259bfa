"""Excel: the first sheet of an .xlsx, cell by cell as text. No macros, no zip bombs."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import openpyxl

from routekaart.leveringen.lezen.tabel import MAX_KOLOMMEN, OnleesbaarBestand, Rij, Tabel, kopregel, maak_rij

MAX_UITGEPAKT = 1 << 30  # bytes; a full sheet of a million rows is some 300 MB
MAX_TEKSTEN = 200 << 20  # bytes; the shared texts are held in memory
VERDACHT_VANAF = 50 << 20  # bytes
MAX_RIJEN = 1 << 20  # as many as a sheet can have; a row that says to be further on would never be reached
MAX_VERHOUDING = 100  # unpacked against packed; real sheets stay around 10
FORMULE = "In deze rij staat een formule zonder uitkomst. Open het bestand in Excel, bewaar het en lees het opnieuw in"
STUK = 1 << 20
_EEN_FORMULE = re.compile(rb"<(?:\w+:)?f[ />]")
BESCHADIGD = "Dit Excel-bestand is beschadigd. Open het in Excel, bewaar het opnieuw en lees het dan in."


def lees_werkblad(pad: Path) -> Tabel:
    """Opens the first sheet and reads its header. Raises OnleesbaarBestand."""
    _keur(pad)
    met_formules = _heeft_formules(pad)
    for nummer, cellen, _ in _cellen(pad, breedte=MAX_KOLOMMEN):
        if not any(cel.strip() for cel in cellen):
            continue
        kolommen = kopregel(cellen)

        def rijen(kop: int = nummer, breedte: int = len(kolommen)) -> Iterator[Rij]:
            for nummer_, cellen_, onbekend in _cellen(pad, breedte=breedte, met_formules=met_formules):
                if nummer_ > kop and (rij := _rij(nummer_, cellen_, breedte)) is not None:
                    yield Rij(nummer_, rij.cellen, rij.fout or FORMULE) if onbekend else rij

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


def _heeft_formules(pad: Path) -> bool:
    """Whether any sheet has a formula; then what was typed is laid beside what Excel made of it."""
    try:
        with zipfile.ZipFile(pad) as ingepakt:
            for deel in ingepakt.infolist():
                if deel.filename.startswith("xl/worksheets/") and _staat_in(ingepakt, deel):
                    return True
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        raise OnleesbaarBestand(BESCHADIGD) from None
    return False


def _staat_in(ingepakt: zipfile.ZipFile, deel: zipfile.ZipInfo) -> bool:
    rest = b""
    with ingepakt.open(deel) as inhoud:
        while stuk := inhoud.read(STUK):
            if _EEN_FORMULE.search(rest + stuk):
                return True
            rest = stuk[-32:]
    return False


def _cellen(pad: Path, *, breedte: int, met_formules: bool = False) -> Iterator[tuple[int, list[str], bool]]:
    """The rows of the first sheet: number, cells as text (`breedte`, or more where there is something beside the
    table), and whether a formula has no outcome.
    """
    with ExitStack() as open_:
        waarden = _regels(pad, open_, data_only=True)
        formules = _regels(pad, open_, data_only=False) if met_formules else None
        for nummer, cellen in enumerate(waarden, start=1):
            if nummer > MAX_RIJEN:
                raise OnleesbaarBestand(BESCHADIGD)
            getypt = next(formules, ()) if formules is not None else ()
            onbekend = any(
                waarde is None and formule is not None for waarde, formule in zip(cellen, getypt, strict=False)
            )
            # counted and cut without a loop: a sheet may have a million rows, each padded to hundreds of cells
            leeg_ernaast = cellen[breedte:].count(None) == len(cellen[breedte:])
            yield nummer, [_tekst(waarde) for waarde in (cellen[:breedte] if leeg_ernaast else cellen)], onbekend


def _regels(pad: Path, open_: ExitStack, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    """The rows of the first sheet: the outcome of formulas, or the formulas themselves. Raises OnleesbaarBestand."""
    # opened here: openpyxl looks at the name of a path, and a name says nothing
    bestand = open_.enter_context(pad.open("rb"))
    try:
        boek = openpyxl.load_workbook(bestand, read_only=True, data_only=data_only, keep_links=False)
    except Exception:
        # openpyxl raises whatever its XML and its own types raise; all of it means the same
        raise OnleesbaarBestand(BESCHADIGD) from None
    open_.callback(boek.close)
    if not boek.worksheets:
        raise OnleesbaarBestand("Dit Excel-bestand heeft geen werkblad.")
    blad = boek.worksheets[0]
    try:
        blad.reset_dimensions()
        yield from blad.iter_rows(values_only=True, max_col=MAX_KOLOMMEN + 1)
    except Exception:
        raise OnleesbaarBestand(BESCHADIGD) from None


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
