"""Letter templates: one TOML file per letter, in our own words, filled from a fixed list of placeholders.

    brief("uitnodiging-jongere").tekst           -> "Beste {voornaam}, …"
    vul("Beste {voornaam}", {"voornaam": "Yara"}) -> "Beste Yara"
    terugkoppelzin("vsv", "werk")                 -> "… werkt nu …"

A letter is text, never a program: `{naam}` is replaced where the name stands in `PLAATSHOUDERS`, and everything
else stays as it was typed. A letter to parents may only use what says nothing about the jongere (CON-04).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from routekaart.inhoud.codelijsten import codelijst as _codelijst
from routekaart.inhoud.codelijsten import lijsten, uitkomsten
from routekaart.inhoud.laden import Fouten, InhoudFout, Lezer, lees_toml, map_van

ONTVANGERS = frozenset({"jongere", "verzorger", "school", "partner"})
# what says nothing about the jongere to somebody who reported them, but does to anybody else
VAN_DE_MELDING = frozenset({"melding_datum", "melding_nummer"})
VOORWAARDEN = frozenset({"", "thuiswonend"})
# where a letter is written: on the page with letters, or only as part of an act that records more than the letter
VIA = frozenset({"", "terugkoppelen", "screening"})
PLAATSHOUDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Plaatshouder:
    """One name that may stand between braces. `persoonlijk` says something about the jongere; `vraag` is the label
    of the field where the colleague fills it in, empty where the system knows it."""

    wat: str
    persoonlijk: bool = False
    vraag: str = ""


PLAATSHOUDERS: Mapping[str, Plaatshouder] = {
    "aan": Plaatshouder("naam van wie de brief krijgt"),
    "voornaam": Plaatshouder("voornaam van de jongere", persoonlijk=True),
    "naam": Plaatshouder("naam van de jongere", persoonlijk=True),
    "school": Plaatshouder("school van de jongere", persoonlijk=True),
    "melding_datum": Plaatshouder("dag waarop de melding kwam", persoonlijk=True),
    "melding_nummer": Plaatshouder("nummer van de melding", persoonlijk=True),
    "besluit": Plaatshouder("wat school mag weten over de uitkomst", persoonlijk=True),
    "ontvangers": Plaatshouder("met wie je wilt delen en waarvoor", persoonlijk=True, vraag="Met wie, en waarvoor?"),
    "antwoord_voor": Plaatshouder("dag waarop je graag antwoord hebt"),
    "datum": Plaatshouder("dag van de afspraak", vraag="Datum"),
    "tijd": Plaatshouder("tijd van de afspraak", vraag="Tijd"),
    "plaats": Plaatshouder("plaats van de afspraak", vraag="Waar"),
    "collega": Plaatshouder("jouw naam"),
    "functie": Plaatshouder("jouw functie"),
    "telefoon": Plaatshouder("telefoonnummer van jou of je team"),
    "email": Plaatshouder("e-mailadres van jou of je team"),
    "team": Plaatshouder("naam van je team"),
}


@dataclass(frozen=True, slots=True)
class Briefsjabloon:
    """One letter. `tekst` has paragraphs between blank lines, lists as lines that begin with "- ".

    `handtekening` prints lines to sign on; `strook` is what the receiver ticks or fills in and sends back, where a line
    that ends in `?` or `:` has room to write; `voorwaarde` says for whom it is meant; `wanneer` when you use it.
    """

    code: str
    versie: str
    naam: str
    ontvanger: str
    wanneer: str
    bron: str
    onderwerp: str
    tekst: str
    voorwaarde: str = ""
    via: str = ""
    handtekening: bool = False
    strook: tuple[str, ...] = ()

    @property
    def plaatshouders(self) -> tuple[str, ...]:
        """The names used in subject and text, in order of appearance."""
        gevonden = PLAATSHOUDER.findall(f"{self.onderwerp} {self.tekst}")
        return tuple(dict.fromkeys(gevonden))

    @property
    def vragen(self) -> tuple[str, ...]:
        """The names that the colleague fills in."""
        return tuple(naam for naam in self.plaatshouders if PLAATSHOUDERS[naam].vraag)

    @property
    def mag_persoonlijk(self) -> bool:
        """Whether anything about the jongere may stand in it: not for parents or other melders (CON-04, TKP-05)."""
        return self.ontvanger not in {"verzorger", "partner"}

    def mag(self, naam: str) -> bool:
        """Whether this placeholder may stand in it."""
        if self.mag_persoonlijk or not PLAATSHOUDERS[naam].persoonlijk:
            return True
        return self.ontvanger == "partner" and naam in VAN_DE_MELDING


def lees_brief(pad: Traversable) -> Briefsjabloon:
    """Reads one letter; raises InhoudFout with every problem in the file."""
    fouten = Fouten(f"brieven/{pad.name}")
    lezer = Lezer(lees_toml(pad, fouten), "", fouten)
    if not lezer.tabel:
        fouten.gooi()
    code = lezer.tekst("code")
    if code and pad.name != f"{code}.toml":
        lezer.meld(f"code '{code}' hoort in een bestand {code}.toml")
    sjabloon = Briefsjabloon(
        code=code,
        versie=lezer.tekst("versie"),
        naam=lezer.tekst("naam"),
        ontvanger=lezer.keuze("ontvanger", ONTVANGERS),
        wanneer=lezer.tekst("wanneer"),
        bron=lezer.tekst("bron"),
        onderwerp=lezer.tekst("onderwerp"),
        tekst=_alineas(lezer),
        voorwaarde=lezer.keuze("voorwaarde", VOORWAARDEN, standaard=""),
        via=lezer.keuze("via", VIA, standaard=""),
        handtekening=lezer.ja_nee("handtekening", standaard=False),
        strook=lezer.teksten("strook"),
    )
    for naam in PLAATSHOUDER.findall(f"{sjabloon.onderwerp} {sjabloon.tekst}"):
        if naam not in PLAATSHOUDERS:
            lezer.meld(f"'{{{naam}}}' is onbekend; kies uit {', '.join(PLAATSHOUDERS)}")
        elif not sjabloon.mag(naam):
            lezer.meld(
                f"'{{{naam}}}' zegt iets over de jongere en hoort niet in een brief aan een {sjabloon.ontvanger}"
            )
    lezer.klaar()
    fouten.gooi()
    return sjabloon


def _alineas(lezer: Lezer) -> str:
    """The text with its paragraphs; within one, a line break in the file is a space, but a list keeps its lines."""
    lezer.gevraagd.add("tekst")
    ruw = lezer.tabel.get("tekst")
    if not isinstance(ruw, str) or not ruw.strip():
        lezer.meld("veld 'tekst' ontbreekt of is leeg")
        return ""
    return "\n\n".join(_alinea(deel) for deel in re.split(r"\n\s*\n", ruw.strip()))


def _alinea(deel: str) -> str:
    regels: list[str] = []
    for regel in (regel.strip() for regel in deel.splitlines()):
        los = regel.startswith(("- ", "{")) or not regels or regels[-1].startswith("{")
        if los:
            regels.append(regel)
        else:
            regels[-1] = f"{regels[-1]} {regel}"
    return "\n".join(regels)


@cache
def codes() -> tuple[str, ...]:
    """The letters that are shipped."""
    namen = [pad.name for pad in map_van("brieven").iterdir() if pad.name.endswith(".toml")]
    return tuple(sorted(naam.removesuffix(".toml") for naam in namen if not naam.startswith("_")))


@cache
def brief(code: str) -> Briefsjabloon:
    """The shipped letter; raises InhoudFout when there is none."""
    if code not in codes():
        raise InhoudFout(f"brief '{code}' bestaat niet; wel: {', '.join(codes())}")
    return lees_brief(map_van("brieven", f"{code}.toml"))


def onbekende(tekst: str) -> tuple[str, ...]:
    """Names between braces that are no placeholder."""
    return tuple(naam for naam in dict.fromkeys(PLAATSHOUDER.findall(tekst)) if naam not in PLAATSHOUDERS)


def leeg(tekst: str, waarden: Mapping[str, str]) -> tuple[str, ...]:
    """Placeholders in the text for which there is no value yet."""
    namen = dict.fromkeys(PLAATSHOUDER.findall(tekst))
    return tuple(naam for naam in namen if naam in PLAATSHOUDERS and not waarden.get(naam, "").strip())


def vul(tekst: str, waarden: Mapping[str, str]) -> str:
    """The text with every placeholder that has a value replaced, once; values are never read as placeholders."""

    def vervang(treffer: re.Match[str]) -> str:
        naam = treffer[1]
        waarde = waarden.get(naam, "") if naam in PLAATSHOUDERS else ""
        return waarde or treffer[0]

    return PLAATSHOUDER.sub(vervang, tekst)


@cache
def _terugkoppelzinnen() -> Mapping[str, Mapping[str, str]]:
    """Per soort werkproces and uitkomst what a school may be told; complete, or InhoudFout names what is missing."""
    fouten = Fouten("brieven/_terugkoppeling.toml")
    tabel = lees_toml(map_van("brieven", "_terugkoppeling.toml"), fouten)
    zinnen: dict[str, Mapping[str, str]] = {}
    for waarde in _codelijst("soorten-werkproces").waarden:
        if waarde["uitkomsten"] is None:
            continue
        eigen = tabel.get(waarde.code)
        if not isinstance(eigen, dict):
            fouten.meld(waarde.code, "deze soort werkproces ontbreekt")
            continue
        bekend = {uitkomst.code for uitkomst in uitkomsten(waarde.code)}
        for code in sorted(bekend - set(eigen)):
            fouten.meld(waarde.code, f"uitkomst '{code}' heeft geen zin")
        for code in sorted(set(eigen) - bekend):
            fouten.meld(waarde.code, f"uitkomst '{code}' bestaat niet")
        zinnen[waarde.code] = {code: str(zin) for code, zin in eigen.items()}
    fouten.gooi()
    return zinnen


def terugkoppelzin(soort: str, uitkomst: str) -> str:
    """What a school may be told of this uitkomst: about the absence or the leaving, nothing about help (PRV-11)."""
    return _terugkoppelzinnen()[soort][uitkomst]


def valideer() -> list[str]:
    """Every problem in the letters, as lines; empty when all is well."""
    regels: list[str] = []
    for naam in codes():
        try:
            brief(naam)
        except InhoudFout as fout:
            regels += str(fout).splitlines()
    if "soorten-werkproces" in lijsten():
        try:
            _terugkoppelzinnen()
        except InhoudFout as fout:
            regels += str(fout).splitlines()
    return regels
