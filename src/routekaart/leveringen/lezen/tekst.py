"""CSV as it comes from the field: `;`, `,`, tab or `|`, quoted fields with newlines, broken rows that harm no other."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from routekaart.leveringen.lezen.herkenning import herken_codering
from routekaart.leveringen.lezen.tabel import (
    ZOEK_KOP,
    OnleesbaarBestand,
    Rij,
    Tabel,
    is_vol,
    kopregel,
    maak_rij,
    plek_van_kop,
    vindplaats,
)

SCHEIDINGEN = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "verticale streep"}
MAX_REGEL = 1_000_000
MAX_DOORLOPEND = 100
AANHALING = "De aanhalingstekens in deze rij kloppen niet"
CODERINGEN = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}


class _Kapot(ValueError):
    """A record whose quotes are wrong."""


class _Loopt(ValueError):
    """A record with a quoted field that goes on in the next line."""


@dataclass(slots=True)
class _Regels:
    """The lines of a text, with the possibility to put lines back."""

    bron: Iterator[str]
    terug: deque[str]

    def volgende(self) -> str | None:
        return self.terug.popleft() if self.terug else next(self.bron, None)


def lees_tekst(pad: Path) -> Tabel:
    """Opens a text file and reads its header. Raises OnleesbaarBestand."""
    codering = herken_codering(pad)
    kop = _kop(pad, codering)
    kolommen = kopregel(kop.cellen)
    naamloos = len(kop.cellen) - len(kolommen)

    def rijen() -> Iterator[Rij]:
        regels = _Regels(_lees_regels(pad, codering), deque())
        for _ in range(kop.nummer):
            regels.volgende()
        yield from _rijen(regels, kop.scheiding, breedte=len(kolommen), naamloos=naamloos, nummer=kop.nummer)

    vorm = f"CSV, {CODERINGEN[codering]}, gescheiden door {SCHEIDINGEN[kop.scheiding]}"
    return Tabel(kolommen, vorm + vindplaats(kop.plek, kop.nummer), rijen)


def _lees_regels(pad: Path, codering: str) -> Iterator[str]:
    """The lines with their line ends. Raises OnleesbaarBestand for one of more than a million signs."""
    try:
        with pad.open(encoding=codering, newline="") as bestand:
            while regel := bestand.readline(MAX_REGEL):
                if len(regel) == MAX_REGEL:
                    raise OnleesbaarBestand("Dit is geen tabel: er staat een regel in van meer dan een miljoen tekens.")
                yield regel
    except UnicodeDecodeError:
        raise OnleesbaarBestand("Dit bestand veranderde terwijl we het lazen. Lees het opnieuw in.") from None


@dataclass(frozen=True, slots=True)
class _Kop:
    """The header: its separator, its cells, the number of lines up to and including it, and what stood above it."""

    scheiding: str
    cellen: list[str]
    nummer: int
    plek: int


def _kop(pad: Path, codering: str) -> _Kop:
    """Raises OnleesbaarBestand where there is nothing to be a header."""
    vast, regels = _eerste_regels(pad, codering)
    if not regels:
        raise OnleesbaarBestand("Dit bestand is leeg.")
    gevonden: list[_Kop] = []
    vol = [teken for teken in SCHEIDINGEN if is_vol(_probeer(regels[0][1], teken))]
    for teken in [vast] if vast else vol or SCHEIDINGEN:
        gelezen = [(nummer, _probeer(kaal, teken)) for nummer, kaal in regels]
        gelezen = [(nummer, cellen) for nummer, cellen in gelezen if not cellen or any(cel.strip() for cel in cellen)]
        if gelezen:
            plek = plek_van_kop([cellen for _, cellen in gelezen])
            nummer, cellen = gelezen[plek]
            gevonden.append(_Kop(teken, cellen, nummer, plek))
    if not gevonden:
        raise OnleesbaarBestand("Dit bestand is leeg.")
    kop = max(gevonden, key=lambda een: len(een.cellen))
    if not kop.cellen:
        raise OnleesbaarBestand("De kopregel van dit bestand is niet te lezen: de aanhalingstekens kloppen niet.")
    return kop


def _eerste_regels(pad: Path, codering: str) -> tuple[str, list[tuple[int, str]]]:
    """The separator that the file itself names, and its first filled lines with their number."""
    vast, regels = "", []
    for nummer, regel in enumerate(_lees_regels(pad, codering), start=1):
        kaal = regel.rstrip("\r\n")
        if nummer == 1 and len(kaal) == 5 and kaal.lower().startswith("sep=") and kaal[4] in SCHEIDINGEN:
            vast = kaal[4]  # Excel writes the separator in a line of its own
        elif kaal.strip():
            regels.append((nummer, kaal))
        if len(regels) == ZOEK_KOP:
            break
    return vast, regels


def _probeer(kaal: str, scheiding: str) -> list[str]:
    try:
        return _ontleed(kaal, scheiding)
    except (_Kapot, _Loopt):
        return []


def _ontleed(tekst: str, scheiding: str) -> list[str]:
    """The fields of one record. Raises _Loopt where a quoted field is still open, _Kapot for other wrong quotes."""
    if '"' not in tekst:
        return tekst.split(scheiding)
    try:
        return next(csv.reader([tekst], delimiter=scheiding, strict=True), [])
    except csv.Error as fout:
        raise (_Loopt if "unexpected end of data" in str(fout) else _Kapot)(AANHALING) from None


def _rijen(regels: _Regels, scheiding: str, *, breedte: int, naamloos: int, nummer: int) -> Iterator[Rij]:
    """Each line is one row, but for a quoted field that goes on; a row with wrong quotes swallows no other row."""
    while (regel := regels.volgende()) is not None:
        nummer += 1
        kaal = regel.rstrip("\r\n")
        try:
            cellen = _ontleed(kaal, scheiding)
        except _Kapot:
            yield Rij(nummer, tuple(kaal.split(scheiding)), AANHALING)
            continue
        except _Loopt:
            vervolg = _loop_door(regels, regel, scheiding, {breedte, breedte + naamloos})
            if vervolg is None:
                yield Rij(nummer, tuple(kaal.split(scheiding)), AANHALING)
                continue
            cellen = vervolg
        rij = maak_rij(nummer, cellen, breedte=breedte, naamloos=naamloos)
        if rij is not None:
            yield rij


def _loop_door(regels: _Regels, regel: str, scheiding: str, breedtes: set[int]) -> list[str] | None:
    """The record that begins in this line and closes its quotes in a later one, at the right width.

    None where it does not: then the later lines are put back, so that only the first one is lost.
    """
    stuk = regel
    erbij: list[str] = []
    while len(erbij) < MAX_DOORLOPEND and len(stuk) < MAX_REGEL and (volgende := regels.volgende()) is not None:
        erbij.append(volgende)
        stuk += volgende
        if volgende.count('"') % 2 == 0:
            continue
        try:
            cellen = _ontleed(stuk.rstrip("\r\n"), scheiding)
        except _Loopt:
            continue
        except _Kapot:
            break
        if len(cellen) in breedtes:
            return cellen
        break
    regels.terug.extendleft(reversed(erbij))
    return None
