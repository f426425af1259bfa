"""What to mind in a phase, per doelgroep (CL-12; DGR-15); shown at the step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from routekaart.inhoud.codelijsten import codelijst
from routekaart.inhoud.laden import Fouten, Lezer, lees_toml, map_van


@dataclass(frozen=True, slots=True)
class Aandachtspunt:
    """One point; an empty `doelgroepen` holds for everybody."""

    code: str
    fase: int
    doelgroepen: tuple[str, ...]
    tekst: str
    paragraaf: str
    bron: str
    geldig_van: date | None = None
    geldig_tot: date | None = None

    @property
    def algemeen(self) -> bool:
        return not self.doelgroepen

    def geldig_op(self, op: date) -> bool:
        na_begin = self.geldig_van is None or self.geldig_van <= op
        return na_begin and (self.geldig_tot is None or op <= self.geldig_tot)


def lees_aandachtspunten(pad: Traversable) -> tuple[Aandachtspunt, ...]:
    """Read the file; raises InhoudFout with every problem in it."""
    fouten = Fouten(pad.name)
    lezer = Lezer(lees_toml(pad, fouten), "", fouten)
    punten = tuple(_lees_punt(punt) for punt in lezer.tabellen("punten", "punt", verplicht=True))
    lezer.klaar()
    codes = [punt.code for punt in punten]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        lezer.meld(f"code '{code}' komt twee keer voor")
    fouten.gooi()
    return punten


def _lees_punt(lezer: Lezer) -> Aandachtspunt:
    punt = Aandachtspunt(
        code=lezer.tekst("code"),
        fase=lezer.getal("fase"),
        doelgroepen=lezer.teksten("doelgroepen"),
        tekst=lezer.tekst("tekst"),
        paragraaf=lezer.tekst("paragraaf"),
        bron=lezer.tekst("bron"),
        geldig_van=lezer.misschien_datum("geldig_van"),
        geldig_tot=lezer.misschien_datum("geldig_tot"),
    )
    if str(punt.fase) not in codelijst("fasen"):
        lezer.meld(f"veld 'fase': fase {punt.fase} bestaat niet")
    for doelgroep in punt.doelgroepen:
        if doelgroep not in codelijst("doelgroepen"):
            lezer.meld(f"doelgroep '{doelgroep}' is onbekend")
    lezer.klaar()
    return punt


@cache
def _alle() -> tuple[Aandachtspunt, ...]:
    return lees_aandachtspunten(map_van("aandachtspunten.toml"))


def aandachtspunten(*, fase: int, doelgroep: str | None = None, op: date | None = None) -> tuple[Aandachtspunt, ...]:
    """The points for a phase: first those of the doelgroep, then those for everybody."""
    geldig = [p for p in _alle() if p.fase == fase and (op is None or p.geldig_op(op))]
    eigen = [punt for punt in geldig if doelgroep in punt.doelgroepen]
    return (*eigen, *(punt for punt in geldig if punt.algemeen))
