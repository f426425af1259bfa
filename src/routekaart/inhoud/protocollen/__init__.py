"""Contactprotocollen: a regional, versioned list of steps to get in touch (CON-01; CL-08).

    protocol("westelijke-mijnstreek").stappen[0].kanalen    -> ("brief",)

A protocol proposes; a coach may deviate with a reason. What counts before closing without contact
(`min_huisbezoeken` in all, `looptijd_weken` at most) stands with the protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from routekaart.inhoud.codelijsten import codelijst
from routekaart.inhoud.laden import Fouten, InhoudFout, Lezer, lees_toml, map_van


@dataclass(frozen=True, slots=True)
class Protocolstap:
    """One step: through which channels, to whom, how long after the step before, with which letters.

    `na_dagen` are calendar days after the step before it.
    `na_resultaat` limits the step to these results of the attempt before. `pogingen` is how often it is done.
    """

    nummer: int
    titel: str
    uitleg: str
    kanalen: tuple[str, ...]
    aan: tuple[str, ...]
    na_dagen: int
    na_resultaat: tuple[str, ...]
    brieven: tuple[str, ...]
    pogingen: int
    ander_dagdeel: bool
    verzorger_alleen_thuiswonend: bool
    sluit: bool


@dataclass(frozen=True, slots=True)
class Protocol:
    """A contactprotocol in one version. Terms that a source does not give are None."""

    code: str
    versie: str
    naam: str
    beschrijving: str
    bron: str
    geldig_vanaf: date
    oppakken_werkdagen: int | None
    looptijd_weken: int | None
    min_huisbezoeken: int
    stappen: tuple[Protocolstap, ...]


def lees_protocol(pad: Traversable) -> Protocol:
    """Read one protocol; raises InhoudFout with every problem in the file."""
    fouten = Fouten(f"protocollen/{pad.name}")
    lezer = Lezer(lees_toml(pad, fouten), "", fouten)
    if not lezer.tabel:
        fouten.gooi()
    code = lezer.tekst("code")
    if code and pad.name != f"{code}.toml":
        lezer.meld(f"code '{code}' hoort in een bestand {code}.toml")
    protocol = Protocol(
        code=code,
        versie=lezer.tekst("versie"),
        naam=lezer.tekst("naam"),
        beschrijving=lezer.tekst("beschrijving"),
        bron=lezer.tekst("bron"),
        geldig_vanaf=lezer.datum("geldig_vanaf"),
        oppakken_werkdagen=lezer.misschien_getal("oppakken_werkdagen"),
        looptijd_weken=lezer.misschien_getal("looptijd_weken"),
        min_huisbezoeken=lezer.getal("min_huisbezoeken"),
        stappen=tuple(_lees_stap(stap) for stap in lezer.tabellen("stappen", "stap", verplicht=True)),
    )
    nummers = [stap.nummer for stap in protocol.stappen]
    if nummers != list(range(1, len(nummers) + 1)):
        lezer.meld(f"de stappen moeten doorlopen vanaf 1, niet {nummers}")
    lezer.klaar()
    fouten.gooi()
    return protocol


def _lees_stap(lezer: Lezer) -> Protocolstap:
    stap = Protocolstap(
        nummer=lezer.getal("nummer"),
        titel=lezer.tekst("titel"),
        uitleg=lezer.tekst("uitleg"),
        kanalen=lezer.teksten("kanalen"),
        aan=lezer.teksten("aan"),
        na_dagen=lezer.getal("na_dagen", standaard=0),
        na_resultaat=lezer.teksten("na_resultaat"),
        brieven=lezer.teksten("brieven"),
        pogingen=lezer.getal("pogingen", standaard=1),
        ander_dagdeel=lezer.ja_nee("ander_dagdeel", standaard=False),
        verzorger_alleen_thuiswonend=lezer.ja_nee("verzorger_alleen_thuiswonend", standaard=False),
        sluit=lezer.ja_nee("sluit", standaard=False),
    )
    for veld, codes, lijst in (
        ("kanalen", stap.kanalen, "contactkanalen"),
        ("aan", stap.aan, "contactpartijen"),
        ("na_resultaat", stap.na_resultaat, "contactresultaten"),
    ):
        for code in codes:
            if code not in codelijst(lijst):
                lezer.meld(f"veld '{veld}': '{code}' staat niet in codelijst {lijst}")
    if not stap.kanalen and not stap.sluit:
        lezer.meld("een stap heeft kanalen, of sluit af")
    lezer.klaar()
    return stap


@cache
def codes() -> tuple[str, ...]:
    """The protocols that are shipped."""
    namen = [pad.name for pad in map_van("protocollen").iterdir() if pad.name.endswith(".toml")]
    return tuple(sorted(naam.removesuffix(".toml") for naam in namen))


@cache
def protocol(code: str) -> Protocol:
    """The shipped protocol; raises InhoudFout when there is none."""
    if code not in codes():
        raise InhoudFout(f"protocol '{code}' bestaat niet; wel: {', '.join(codes())}")
    return lees_protocol(map_van("protocollen", f"{code}.toml"))
