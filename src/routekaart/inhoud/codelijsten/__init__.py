"""Code lists: one TOML file per list, with validity per value and declared extra fields.

    codelijst("contactkanalen").keuzes(op=vandaag)     -> [("brief", "brief"), …]
    label("uitkomsten-vsv", "werk")                    -> "Werk"
    uitkomsten("vsv", op=vandaag)                      -> (Uitkomst(code="dagbesteding", …), …)

A value that is no longer valid keeps its label: what was once recorded can always be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from routekaart.inhoud.laden import Fouten, InhoudFout, Lezer, lees_toml, map_van

VELDSOORTEN: dict[str, tuple[type, str]] = {
    "tekst": (str, "een tekst"),
    "getal": (int, "een heel getal"),
    "ja-nee": (bool, "true of false"),
    "lijst": (list, "een lijst"),
}


@dataclass(frozen=True, slots=True)
class Waarde:
    """One value of a code list; `extra` holds the fields that this list declares."""

    code: str
    label: str
    volgorde: int
    geldig_van: date | None = None
    geldig_tot: date | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __getitem__(self, veld: str) -> Any:
        """The extra field with this name, None where this value leaves it out."""
        return self.extra.get(veld)

    def geldig_op(self, op: date) -> bool:
        """Whether the value may be chosen on this day; `geldig_tot` is the last day."""
        na_begin = self.geldig_van is None or self.geldig_van <= op
        return na_begin and (self.geldig_tot is None or op <= self.geldig_tot)


@dataclass(frozen=True, slots=True)
class Codelijst:
    """A list with its source. `aanname` says that no source prints this list."""

    code: str
    naam: str
    bron: str
    aanname: bool
    waarden: tuple[Waarde, ...]
    velden: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __contains__(self, code: object) -> bool:
        return any(waarde.code == code for waarde in self.waarden)

    def waarde(self, code: str) -> Waarde:
        """The value with this code, also when no longer valid; raises InhoudFout when it never existed."""
        for waarde in self.waarden:
            if waarde.code == code:
                return waarde
        raise InhoudFout(f"codelijst {self.code}: code '{code}' bestaat niet")

    def keuzes(self, *, op: date) -> list[tuple[str, str]]:
        """(code, label) of what may be chosen on this day, in the order of the list."""
        return [(waarde.code, waarde.label) for waarde in self.waarden if waarde.geldig_op(op)]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(waarde.code for waarde in self.waarden)


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """How a werkproces of one soort can end, and what follows from it.

    `eindigt_route_vroeg`: this uitkomst is itself the motivation for the steps left out.
    `nazorg`: closing with it starts nazorg (NAZ-04). `afweging`: the coach must write why (CON-14).
    `duo_afsluitreden` 1-7 and `duo_opmerking` 1-3 are what is proposed for the terugmelding to DUO; None
    leaves the choice to the colleague. `vervolg` is the soort werkproces that goes on where this one ends; empty
    where nothing follows.
    """

    soort: str
    code: str
    label: str
    eindigt_route_vroeg: bool
    nazorg: bool
    afweging: bool
    duo_afsluitreden: int | None
    duo_opmerking: int | None
    vervolg: str
    geldig_van: date | None
    geldig_tot: date | None

    def geldig_op(self, op: date) -> bool:
        na_begin = self.geldig_van is None or self.geldig_van <= op
        return na_begin and (self.geldig_tot is None or op <= self.geldig_tot)


def lees_codelijst(pad: Traversable, *, bestand: str | None = None) -> Codelijst:
    """Read one list; raises InhoudFout with every problem in the file."""
    fouten = Fouten(bestand or f"codelijsten/{pad.name}")
    lezer = Lezer(lees_toml(pad, fouten), "", fouten)
    if not lezer.tabel:
        fouten.gooi()
    lijst_code = lezer.tekst("code")
    if lijst_code and pad.name != f"{lijst_code}.toml":
        lezer.meld(f"code '{lijst_code}' hoort in een bestand {lijst_code}.toml")
    velden = _lees_velden(lezer)
    waarden: list[Waarde] = []
    gezien: set[str] = set()
    for volgorde, regel in enumerate(lezer.tabellen("waarden", "waarde", verplicht=True), start=1):
        waarde = _lees_waarde(regel, volgorde, velden)
        if waarde.code in gezien:
            regel.meld(f"code '{waarde.code}' komt twee keer voor")
        gezien.add(waarde.code)
        waarden.append(waarde)
    lijst = Codelijst(
        code=lijst_code,
        naam=lezer.tekst("naam"),
        bron=lezer.tekst("bron"),
        aanname=lezer.ja_nee("aanname", standaard=False),
        waarden=tuple(waarden),
        velden=MappingProxyType(velden),
    )
    lezer.tekst("toelichting", standaard="")
    lezer.klaar()
    fouten.gooi()
    return lijst


def _lees_velden(lezer: Lezer) -> dict[str, str]:
    """The extra fields that a list declares: name → soort, with a ? where it may be missing."""
    lezer.gevraagd.add("velden")
    velden = lezer.tabel.get("velden", {})
    if not isinstance(velden, dict):
        lezer.meld("veld 'velden' moet een tabel zijn")
        return {}
    for naam, soort in velden.items():
        kern = soort.removesuffix("?") if isinstance(soort, str) else ""
        if kern not in VELDSOORTEN and not kern.startswith("code:"):
            lezer.meld(f"velden.{naam}: soort {soort!r} is onbekend")
    return {naam: str(soort) for naam, soort in velden.items()}


def _lees_waarde(regel: Lezer, volgorde: int, velden: Mapping[str, str]) -> Waarde:
    code, label = regel.tekst("code"), regel.tekst("label")
    van, tot = regel.misschien_datum("geldig_van"), regel.misschien_datum("geldig_tot")
    if van and tot and tot < van:
        regel.meld(f"geldig_tot {tot} ligt voor geldig_van {van}")
    extra = regel.rest()
    for naam in extra:
        if naam not in velden:
            regel.meld(f"veld '{naam}' is onbekend")
    for naam, soort in velden.items():
        if naam not in extra:
            if not soort.endswith("?"):
                regel.meld(f"veld '{naam}' ontbreekt")
            continue
        kern = soort.removesuffix("?")
        waarde = extra[naam]
        if kern.startswith("code:"):
            if not isinstance(waarde, str):
                regel.meld(f"veld '{naam}' moet een code zijn, niet {waarde!r}")
        elif kern in VELDSOORTEN:
            vorm, wat = VELDSOORTEN[kern]
            if not isinstance(waarde, vorm) or (vorm is int and isinstance(waarde, bool)):
                regel.meld(f"veld '{naam}' moet {wat} zijn, niet {waarde!r}")
        if isinstance(waarde, list):
            extra[naam] = tuple(waarde)
    return Waarde(code, label, volgorde, van, tot, MappingProxyType(extra))


@cache
def codelijst(code: str) -> Codelijst:
    """The shipped list with this code; raises InhoudFout when there is none."""
    return lees_codelijst(map_van("codelijsten", f"{code}.toml"))


@cache
def lijsten() -> tuple[str, ...]:
    """The codes of all shipped lists, in alphabetical order."""
    namen = [pad.name for pad in map_van("codelijsten").iterdir() if pad.name.endswith(".toml")]
    return tuple(sorted(naam.removesuffix(".toml") for naam in namen))


def label(lijst: str, code: str, *, anders: str | None = None) -> str:
    """The label of a code. An unknown code gives `anders`, or raises InhoudFout without it."""
    gevonden = codelijst(lijst)
    if anders is not None and code not in gevonden:
        return anders
    return gevonden.waarde(code).label


@cache
def _uitkomsten(soort: str) -> tuple[Uitkomst, ...]:
    lijst = codelijst("soorten-werkproces").waarde(soort).extra.get("uitkomsten")
    if lijst is None:
        raise InhoudFout(f"codelijst soorten-werkproces: soort '{soort}' heeft nog geen uitkomstenlijst")
    return tuple(
        Uitkomst(
            soort=soort,
            code=waarde.code,
            label=waarde.label,
            eindigt_route_vroeg=waarde.extra["eindigt_route_vroeg"],
            nazorg=waarde.extra["nazorg"],
            afweging=waarde.extra.get("afweging", False),
            duo_afsluitreden=_getal(waarde.extra.get("duo_afsluitreden")),
            duo_opmerking=_getal(waarde.extra.get("duo_opmerking")),
            vervolg=waarde.extra.get("vervolg", ""),
            geldig_van=waarde.geldig_van,
            geldig_tot=waarde.geldig_tot,
        )
        for waarde in codelijst(lijst).waarden
    )


def _getal(code: str | None) -> int | None:
    return None if code is None else int(code)


def uitkomsten(soort: str, *, op: date | None = None) -> tuple[Uitkomst, ...]:
    """The uitkomsten of a soort werkproces, on a day or all there ever were; order as printed."""
    return tuple(u for u in _uitkomsten(soort) if op is None or u.geldig_op(op))


def uitkomst(soort: str, code: str) -> Uitkomst:
    """One uitkomst, also when no longer valid; raises InhoudFout when the soort never had it."""
    for gevonden in _uitkomsten(soort):
        if gevonden.code == code:
            return gevonden
    raise InhoudFout(f"soort werkproces {soort}: uitkomst '{code}' bestaat niet")


def soort_werkproces_voor(doelgroep: str) -> str | None:
    """The soort werkproces that a doelgroep leads to; None where none does (geen doelgroep)."""
    soort: str | None = codelijst("doelgroepen").waarde(doelgroep).extra.get("soort_werkproces")
    return soort
