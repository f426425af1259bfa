"""What the components of the page are given: plain, finished values. Views fill them, templates show them.

Dates arrive as text that the view made with `basis.taal` (or as `date` where the field says so), so that no
component has to know what day it is. docs/ontwikkelen/onderdelen.md shows how each is called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from routekaart.basis.taal import hoofdletter, initialen, meervoud, opsomming, telwoord

Knopsoort = Literal["primair", "tweede", "derde", "gevaar"]
Kleur = Literal["rustig", "lijn", "accent", "goed", "letop", "gevaar"]
LEEG: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Actie:
    """One thing you can do: a link, or with `post` a button that sends `velden`.

    `bij` completes the name for a screen reader: "Beoordeel" with bij="Sem van Rooij" is read
    "Beoordeel bij Sem van Rooij".
    """

    tekst: str
    url: str
    soort: Knopsoort = "tweede"
    post: bool = False
    velden: Mapping[str, str] = field(default_factory=lambda: LEEG)
    bij: str = ""
    icoon: str = ""


@dataclass(frozen=True, slots=True)
class Etiket:
    """One word of status."""

    tekst: str
    soort: Kleur = "rustig"
    icoon: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the main menu; `teller_tekst` says what is counted ("te beoordelen")."""

    label: str
    url: str
    teller: int | None = None
    teller_tekst: str = ""
    actief: bool = False


@dataclass(frozen=True, slots=True)
class Kruimel:
    """One level above this page; the last has no url."""

    tekst: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A link that narrows a list; the address keeps the choice."""

    tekst: str
    url: str
    aantal: int | str | None = None
    gekozen: bool = False
    gevaar: bool = False


@dataclass(frozen=True, slots=True)
class Klok:
    """Working days left of a term: 4 is "nog 4 dagen", 0 the last day, -2 two days too late."""

    over: int
    totaal: int = 5
    tekst: str = ""

    @property
    def zegt(self) -> str:
        """The words beside the blocks."""
        if self.tekst:
            return self.tekst
        if self.over < 0:
            return f"{meervoud(-self.over, 'werkdag', 'werkdagen')} te laat"
        return "laatste dag" if self.over == 0 else f"nog {meervoud(self.over, 'dag', 'dagen')}"

    @property
    def staat(self) -> str:
        """'' at rest, 'letop' with one day left, 'gevaar' on the last day and after."""
        return "gevaar" if self.over <= 0 else "letop" if self.over == 1 else ""

    @property
    def blokken(self) -> list[bool]:
        """One block per working day; True for a day that is gone."""
        op = max(0, min(self.totaal, self.totaal - self.over))
        return [nummer < op for nummer in range(self.totaal)]


@dataclass(frozen=True, slots=True)
class Werkregel:
    """One row of work: who, what, why, when and since, one act. `ook` is a second, quieter act on the row; `merken`
    is what everybody must see beside the name (has died, secret address).
    """

    naam: str
    url: str
    wat: str
    waarom: str = ""
    onder: str = ""
    wanneer: str = ""
    sinds: str = ""
    te_laat: bool = False
    klok: Klok | None = None
    doe: Actie | None = None
    ook: Actie | None = None
    merken: Sequence[Etiket] = ()


@dataclass(frozen=True, slots=True)
class Werkgroep:
    """A block of the werkvoorraad: te laat, vandaag, meldingen, deze week."""

    sleutel: str
    titel: str
    regels: Sequence[Werkregel]
    aantal: int
    rechts: str = ""
    meer: Actie | None = None
    gevaar: bool = False


class Stand(StrEnum):
    """How a stop on the route is doing."""

    VERVULD = "vervuld"
    OVERGESLAGEN = "overgeslagen"
    NIET_NODIG = "niet-nodig"
    NU = "nu"
    OPEN = "open"


GEDAAN = frozenset({Stand.VERVULD, Stand.OVERGESLAGEN, Stand.NIET_NODIG})


@dataclass(frozen=True, slots=True)
class Uitleg:
    """Why a step was skipped or opened again: always visible under the map."""

    kop: str
    tekst: str
    wie: str = ""
    actie: Actie | None = None


@dataclass(frozen=True, slots=True)
class Halte:
    """One step on the map, with the fact that fulfilled it. `datum` is short text ("12 okt")."""

    nummer: int
    kort: str
    status: Stand | str
    feit: str = ""
    datum: str = ""
    url: str = ""
    uitleg: Uitleg | None = None

    @property
    def klasse(self) -> str:
        """The state as a CSS class."""
        return {
            Stand.VERVULD: "is-klaar",
            Stand.OVERGESLAGEN: "is-over",
            Stand.NIET_NODIG: "is-niet",
            Stand.NU: "is-nu",
            Stand.OPEN: "is-open",
        }[Stand(self.status)]

    @property
    def nu(self) -> bool:
        """Whether this is where the jongere is."""
        return self.status == Stand.NU

    def voorgelezen(self, wie: str) -> str:
        """The state in words, for who does not see the map."""
        return {
            Stand.VERVULD: "vervuld",
            Stand.OVERGESLAGEN: "overgeslagen, met uitleg",
            Stand.NIET_NODIG: "niet nodig",
            Stand.NU: f"hier is {wie} nu" if wie else "hier ben je nu",
            Stand.OPEN: "nog niet begonnen",
        }[Stand(self.status)]


@dataclass(frozen=True, slots=True)
class Fase:
    """One phase of the route with its stops."""

    nummer: int
    naam: str
    haltes: Sequence[Halte]

    @property
    def gedaan(self) -> int:
        """How many stops are behind us."""
        return sum(1 for halte in self.haltes if halte.status in GEDAAN)

    @property
    def stand(self) -> str:
        """'3 van 4', or '3 stappen' where nothing happened yet."""
        if all(halte.status == Stand.NIET_NODIG for halte in self.haltes):
            return "niet nodig"
        if self.gedaan or any(halte.nu for halte in self.haltes):
            return f"{self.gedaan} van {len(self.haltes)}"
        return meervoud(len(self.haltes), "stap", "stappen")

    @property
    def klasse(self) -> str:
        """The state as a CSS class."""
        if self.gedaan == len(self.haltes):
            return "is-klaar"
        return "is-nu" if self.gedaan or any(halte.nu for halte in self.haltes) else "is-open"


@dataclass(frozen=True, slots=True)
class Kaart:
    """The route map. `wie` is the first name, `stand` one sentence, `bron` which route and version it is."""

    fasen: Sequence[Fase]
    wie: str = ""
    stand: str = ""
    bron: str = ""
    bron_actie: Actie | None = None
    titel: str = "Route"

    @property
    def uitleg(self) -> list[Uitleg]:
        """Every motivation on the map, in the order of the steps."""
        return [halte.uitleg for fase in self.fasen for halte in fase.haltes if halte.uitleg]


@dataclass(frozen=True, slots=True)
class Bewijs:
    """One fact under a decision. `klopt` is None where we do not know."""

    tekst: str
    bron: str = ""
    klopt: bool | None = True

    @property
    def icoon(self) -> str:
        """Tick, cross or question mark."""
        return "vraag" if self.klopt is None else "vink" if self.klopt else "kruis"

    @property
    def voorgelezen(self) -> str:
        """The sign in words."""
        return "Onbekend:" if self.klopt is None else "Klopt:" if self.klopt else "Klopt niet:"


@dataclass(frozen=True, slots=True)
class Waarom:
    """A decision that explains itself: facts with their source, the rule, and the way to correct it."""

    feiten: Sequence[Bewijs]
    regel: str = ""
    acties: Sequence[Actie] = ()
    open: bool = False
    kop: str = "Waarom?"


@dataclass(frozen=True, slots=True)
class Padregel:
    """One attempt inside a step of the contact protocol."""

    icoon: str
    wanneer: str
    wat: str
    uitkomst: str = ""
    soort: Literal["", "etiket", "gevaar"] = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Padstap:
    """One step of the contact protocol: klaar, nu or open."""

    nummer: int
    titel: str
    status: Literal["klaar", "nu", "open"]
    onder: str = ""
    etiket: Etiket | None = None
    regels: Sequence[Padregel] = ()


@dataclass(frozen=True, slots=True)
class Raster:
    """Attempts by part of day (rows) and weekday (columns); `voorstel` is (row, column)."""

    rijen: Sequence[tuple[str, Sequence[int]]]
    dagen: Sequence[str] = ("ma", "di", "wo", "do", "vr", "za", "zo")
    voorstel: tuple[int, int] | None = None

    @property
    def cellen(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Per row its label and per cell the count and the words for a screen reader."""

        def zegt(rij: int, kolom: int, aantal: int) -> str:
            poging = meervoud(aantal, "poging", "pogingen") if aantal else "geen"
            return "voorstel" if (rij, kolom) == self.voorstel else poging

        return [
            (label, [(aantal, zegt(rij, kolom, aantal)) for kolom, aantal in enumerate(aantallen)])
            for rij, (label, aantallen) in enumerate(self.rijen)
        ]


@dataclass(frozen=True, slots=True)
class Domein:
    """One life domain: where it stood at the start and now, on the scale 1-5."""

    naam: str
    nu: int | None
    start: int | None = None
    doel: str = ""
    url: str = ""
    gekozen: bool = False

    @property
    def besproken(self) -> bool:
        """Whether there is anything to draw."""
        return self.nu is not None or self.start is not None

    @property
    def beweging(self) -> str:
        """'beter', 'minder' or 'gelijk'."""
        if self.nu is None or self.start is None or self.nu == self.start:
            return "gelijk"
        return "beter" if self.nu > self.start else "minder"

    @property
    def lijn(self) -> tuple[int, int] | None:
        """From where to where the line runs, left to right."""
        if self.nu is None or self.start is None or self.nu == self.start:
            return None
        return min(self.start, self.nu), max(self.start, self.nu)

    @property
    def voorgelezen(self) -> str:
        """The picture in words."""
        if self.start is None:
            return f"nu {self.nu}"
        if self.nu is None:
            return f"start {self.start}"
        return f"start {self.start}, nu {self.nu}, {self.beweging}"


@dataclass(frozen=True, slots=True)
class Puntenbeeld:
    """The life domains at the start and now. No total and no order of merit."""

    domeinen: Sequence[Domein]
    start_op: str
    nu_op: str = ""
    standen: Sequence[str] = (
        "acuut probleem",
        "redt zich niet",
        "redt zich beperkt",
        "redt zich voldoende",
        "redt zich volledig",
    )

    @property
    def besproken(self) -> list[Domein]:
        """The domains with a reading."""
        return [domein for domein in self.domeinen if domein.besproken]

    @property
    def niet_besproken(self) -> str:
        """The names of the others, as a list in words."""
        return opsomming(domein.naam.lower() for domein in self.domeinen if not domein.besproken)


@dataclass(frozen=True, slots=True)
class Persoon:
    """A person with a role, for the side column."""

    naam: str
    onder: str = ""
    extra: str = ""
    url: str = ""
    rol: Etiket | None = None
    ik: bool = False

    @property
    def teken(self) -> str:
        """Initials in the circle."""
        return initialen(self.naam)


@dataclass(frozen=True, slots=True)
class Gegeven:
    """A term and its value; `zacht` follows in grey."""

    term: str
    waarde: str
    zacht: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dossierkop:
    """Who this is and the markers: the same on all pages of a dossier. `meer` folds open under 'Meer acties'."""

    naam: str
    feiten: Sequence[Gegeven] = ()
    etiketten: Sequence[Etiket] = ()
    tabs: Sequence[MenuItem] = ()
    acties: Sequence[Actie] = ()
    meer: Sequence[Actie] = ()


@dataclass(frozen=True, slots=True)
class Fout:
    """One line of the error summary; `anker` is the id of the field, or empty."""

    tekst: str
    anker: str = ""


def telling_in_woorden(aantal: int) -> str:
    """'Eén ding klopt nog niet' or 'Twee dingen kloppen nog niet': the head of an error summary."""
    if aantal == 1:
        return "Eén ding klopt nog niet"
    return f"{hoofdletter(telwoord(aantal))} dingen kloppen nog niet"
