"""Gemeenten, Doorstroompunt regions and subregions, from CSV and TOML.

    gemeente("0957").regio                       -> 38
    opvolger("0501", op=date(2024, 1, 1)).naam   -> "Voorne aan Zee"

Sources: gemeenten from RvIG table 33 (copy of November 2022, completed with Voorne aan Zee of 1 January 2023);
regions from bijlage 5 of the Regeling regionaal programma en Doorstroompuntfunctie 2026-2029 (BWBR0051614).
A gemeente that ended has no region there; ask its successor.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from routekaart.inhoud.laden import Fouten, InhoudFout, Lezer, lees_toml, map_van

KOLOMMEN_GEMEENTEN = ["code", "naam", "van", "tot", "opvolger", "regio"]
KOLOMMEN_REGIOS = ["nummer", "naam"]


@dataclass(frozen=True, slots=True)
class Gemeente:
    """A gemeente by its CBS code of four digits. `van` is None where the source gives none, `tot` is the last day."""

    code: str
    naam: str
    van: date | None
    tot: date | None
    opvolger: str | None
    regio: int | None

    def geldig_op(self, op: date) -> bool:
        return (self.van is None or self.van <= op) and (self.tot is None or op <= self.tot)


@dataclass(frozen=True, slots=True)
class Regio:
    """A Doorstroompunt region; numbers 1 to 41, 14 is not in use."""

    nummer: int
    naam: str


@dataclass(frozen=True, slots=True)
class Subregio:
    """Part of a region that works and reports by itself."""

    code: str
    naam: str
    regio: int
    gemeenten: tuple[str, ...]
    bron: str


def _rijen(pad: Traversable, kolommen: list[str], fouten: Fouten) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a `;` separated CSV with their line numbers."""
    lezer = csv.DictReader(pad.read_text(encoding="utf-8").splitlines(), delimiter=";")
    if lezer.fieldnames != kolommen:
        fouten.meld("regel 1", f"kolommen moeten {', '.join(kolommen)} zijn, niet {lezer.fieldnames}")
        return
    yield from enumerate(lezer, start=2)


def _datum(tekst: str, plaats: str, fouten: Fouten) -> date | None:
    if not tekst:
        return None
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        fouten.meld(plaats, f"'{tekst}' is geen datum")
        return None


def lees_gemeenten(pad: Traversable) -> dict[str, Gemeente]:
    """Read the gemeenten by code; raises InhoudFout with every problem in the file."""
    fouten = Fouten(f"gebied/{pad.name}")
    gemeenten: dict[str, Gemeente] = {}
    for nummer, rij in _rijen(pad, KOLOMMEN_GEMEENTEN, fouten):
        plaats, code = f"regel {nummer}", rij["code"]
        if not re.fullmatch(r"[0-9]{4}", code):
            fouten.meld(plaats, f"gemeentecode '{code}' heeft geen vier cijfers")
        if code in gemeenten:
            fouten.meld(plaats, f"gemeentecode '{code}' komt twee keer voor")
        if rij["regio"] and not rij["regio"].isdigit():
            fouten.meld(plaats, f"regio '{rij['regio']}' is geen getal")
            continue
        gemeenten[code] = Gemeente(
            code=code,
            naam=rij["naam"],
            van=_datum(rij["van"], plaats, fouten),
            tot=_datum(rij["tot"], plaats, fouten),
            opvolger=rij["opvolger"] or None,
            regio=int(rij["regio"]) if rij["regio"] else None,
        )
    for gevonden in gemeenten.values():
        if gevonden.opvolger and gevonden.opvolger not in gemeenten:
            fouten.meld(f"gemeente {gevonden.code}", f"opvolger '{gevonden.opvolger}' bestaat niet")
    fouten.gooi()
    return gemeenten


def lees_regios(pad: Traversable) -> dict[int, Regio]:
    """Read the regions by number; raises InhoudFout with every problem in the file."""
    fouten = Fouten(f"gebied/{pad.name}")
    regios: dict[int, Regio] = {}
    for nummer, rij in _rijen(pad, KOLOMMEN_REGIOS, fouten):
        if not rij["nummer"].isdigit() or int(rij["nummer"]) in regios:
            fouten.meld(f"regel {nummer}", f"regionummer '{rij['nummer']}' is geen getal of komt twee keer voor")
            continue
        regios[int(rij["nummer"])] = Regio(int(rij["nummer"]), rij["naam"])
    fouten.gooi()
    return regios


def lees_subregios(
    pad: Traversable, *, gemeenten: dict[str, Gemeente], regios: dict[int, Regio]
) -> tuple[Subregio, ...]:
    """Read the subregions; raises InhoudFout where they name a gemeente or region that is not there."""
    fouten = Fouten(f"gebied/{pad.name}")
    lezer = Lezer(lees_toml(pad, fouten), "", fouten)
    gelezen: list[Subregio] = []
    for deel in lezer.tabellen("subregios", "subregio", verplicht=True):
        subregio = Subregio(
            deel.tekst("code"), deel.tekst("naam"), deel.getal("regio"), deel.teksten("gemeenten"), deel.tekst("bron")
        )
        if subregio.regio not in regios:
            deel.meld(f"regio {subregio.regio} bestaat niet")
        for code in subregio.gemeenten:
            if code not in gemeenten:
                deel.meld(f"gemeente '{code}' bestaat niet")
            elif gemeenten[code].regio != subregio.regio:
                deel.meld(f"gemeente '{code}' hoort bij regio {gemeenten[code].regio}, niet {subregio.regio}")
        deel.klaar()
        gelezen.append(subregio)
    lezer.klaar()
    fouten.gooi()
    return tuple(gelezen)


@cache
def gemeenten() -> dict[str, Gemeente]:
    """All gemeenten there are and were, by code."""
    return lees_gemeenten(map_van("gebied", "gemeenten.csv"))


@cache
def regios() -> dict[int, Regio]:
    """The forty Doorstroompunt regions, by number."""
    return lees_regios(map_van("gebied", "regios.csv"))


@cache
def subregios() -> tuple[Subregio, ...]:
    return lees_subregios(map_van("gebied", "subregios.toml"), gemeenten=gemeenten(), regios=regios())


def gemeente(code: str) -> Gemeente:
    """The gemeente with this code, also when it ended; raises InhoudFout when it never existed."""
    try:
        return gemeenten()[code]
    except KeyError:
        raise InhoudFout(f"gemeente '{code}' staat niet in de landelijke lijst") from None


def gemeenten_van(regio: int, *, op: date) -> tuple[Gemeente, ...]:
    """The gemeenten of a region on a day, by name; a gemeente that ended later counts for its successor's region."""
    gevonden = [g for g in gemeenten().values() if g.geldig_op(op) and _regio_van(g) == regio]
    return tuple(sorted(gevonden, key=lambda g: g.naam))


def _regio_van(gemeente_: Gemeente) -> int | None:
    """The region of a gemeente, for one that ended that of the gemeente it went into in the end."""
    while gemeente_.regio is None and gemeente_.opvolger:
        gemeente_ = gemeenten()[gemeente_.opvolger]
    return gemeente_.regio


def opvolger(code: str, *, op: date) -> Gemeente:
    """The gemeente that this one had become on a day, along the chain of herindelingen; itself while it exists."""
    gevonden = gemeente(code)
    while gevonden.tot is not None and gevonden.tot < op and gevonden.opvolger:
        gevonden = gemeente(gevonden.opvolger)
    return gevonden
