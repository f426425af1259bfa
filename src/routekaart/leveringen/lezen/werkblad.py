"""Excel: the first sheet of an .xlsx with a table in it, cell by cell as text. No macros, no zip bombs."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from routekaart.leveringen.lezen.tabel import (
    MAX_KOLOMMEN,
    ZOEK_KOP,
    OnleesbaarBestand,
    Rij,
    Tabel,
    kopregel,
    maak_rij,
    plek_van_kop,
    vindplaats,
)

MAX_UITGEPAKT = 1 << 30  # bytes; a full sheet of a million rows is some 300 MB
MAX_TEKSTEN = 200 << 20  # bytes; the shared texts are held in memory
VERDACHT_VANAF = 50 << 20  # bytes
MAX_RIJEN = 1 << 20  # as many as a sheet can have; a row that says to be further on would never be reached
MAX_BLADEN = 5  # in which a table is looked for
ZOEK_RIJEN = 1000  # empty rows above a table, at most
MAX_VERHOUDING = 100  # unpacked against packed; real sheets stay around 10
FORMULE = "In deze rij staat een formule zonder uitkomst. Open het bestand in Excel, bewaar het en lees het opnieuw in"
STUK = 1 << 20
_EEN_FORMULE = re.compile(rb"<(?:\w+:)?f[ />]")
BESCHADIGD = "Dit Excel-bestand is beschadigd. Open het in Excel, bewaar het opnieuw en lees het dan in."


@dataclass(frozen=True, slots=True)
class _Kop:
    """The header of a sheet: which sheet, its cells, their row number, and what stood above it."""

    blad: int
    cellen: list[str]
    nummer: int
    plek: int


def lees_werkblad(pad: Path) -> Tabel:
    """Opens the first sheet that has a table, and reads its header. Raises OnleesbaarBestand."""
    _keur(pad)
    met_formules = _heeft_formules(pad)
    namen, kop = _zoek(pad)
    if kop is None:
        raise OnleesbaarBestand("Het eerste werkblad van dit Excel-bestand is leeg.")
    kolommen = kopregel(kop.cellen)

    def rijen() -> Iterator[Rij]:
        breedte = len(kolommen)
        for nummer, cellen, onbekend in _cellen(pad, kop.blad, breedte=breedte, met_formules=met_formules):
            if nummer > kop.nummer and (rij := _rij(nummer, cellen, breedte)) is not None:
                yield Rij(nummer, rij.cellen, rij.fout or FORMULE) if onbekend else rij

    return Tabel(kolommen, _vorm(namen, kop) + vindplaats(kop.plek, kop.nummer), rijen)


def _zoek(pad: Path) -> tuple[list[str], _Kop | None]:
    """The names of the sheets, and the first header of more than one column; else the first that is there at all."""
    beste: _Kop | None = None
    with ExitStack() as open_:
        boek = _open(pad, open_, data_only=True)
        for blad in range(min(len(boek.worksheets), MAX_BLADEN)):
            gevuld: list[tuple[int, list[str]]] = []
            for nummer, waarden in enumerate(_regels(boek, blad), start=1):
                cellen = [_tekst(waarde) for waarde in waarden]
                if any(cel.strip() for cel in cellen):
                    gevuld.append((nummer, cellen))
                if len(gevuld) == ZOEK_KOP or nummer == ZOEK_RIJEN:
                    break
            if not gevuld:
                continue
            plek = plek_van_kop([cellen for _, cellen in gevuld])
            kop = _Kop(blad, gevuld[plek][1], gevuld[plek][0], plek)
            beste = beste or kop
            if sum(1 for cel in kop.cellen if cel.strip()) > 1:
                return boek.sheetnames, kop
        return boek.sheetnames, beste


def _vorm(namen: list[str], kop: _Kop) -> str:
    """Which sheet was read, and that the others were not."""
    welk = "het eerste werkblad" if kop.blad == 0 else f"werkblad ‘{namen[kop.blad]}’"
    if len(namen) == 1:
        return f"Excel, {welk}"
    ander = "het andere werkblad" if len(namen) == 2 else f"de andere {len(namen) - 1} werkbladen"
    return f"Excel, {welk}; {ander} lezen we niet"


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


def _cellen(pad: Path, blad: int, *, breedte: int, met_formules: bool) -> Iterator[tuple[int, list[str], bool]]:
    """The rows of a sheet: number, cells as text (`breedte`, or more where there is something beside the
    table), and whether a formula has no outcome.
    """
    with ExitStack() as open_:
        waarden = _regels(_open(pad, open_, data_only=True), blad)
        formules = _regels(_open(pad, open_, data_only=False), blad) if met_formules else None
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


def _open(pad: Path, open_: ExitStack, *, data_only: bool) -> Any:
    """The workbook, with the outcome of formulas or the formulas themselves. Raises OnleesbaarBestand."""
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
    return boek


def _regels(boek: Any, blad: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet. Raises OnleesbaarBestand."""
    try:
        werkblad = boek.worksheets[blad]
        werkblad.reset_dimensions()
        yield from werkblad.iter_rows(values_only=True, max_col=MAX_KOLOMMEN + 1)
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
