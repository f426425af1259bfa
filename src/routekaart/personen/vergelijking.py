"""Two dossiers side by side: what is the same, what differs, how sure we are, and what would move along."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket
from routekaart.personen.beelden import beeld_van
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Dubbel, Jongere, Persoonsnummer, Samenvoegregel
from routekaart.personen.nummers import gemaskeerd, ontsleutel
from routekaart.personen.relaties import tel_rijen
from routekaart.regels.dubbelen import Vergelijking, vergelijk
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.toegang.bereik import Toegang

ONBEKEND = "niet bekend"


@dataclass(frozen=True)
class Rij:
    """One line of the comparison; `waarom` is what the rule says about it."""

    wat: str
    een: str
    ander: str
    waarom: str = ""

    @property
    def anders(self) -> bool:
        return self.een != self.ander


@dataclass(frozen=True)
class Lijstregel:
    """One pair in the list: who, how sure, and what differs."""

    dubbel: Dubbel
    zeker: Etiket
    verschil: str


@dataclass(frozen=True)
class Vergelijkbeeld:
    """The whole page of one pair."""

    zeker: Etiket
    punten: int
    rijen: list[Rij]
    merken: tuple[list[Etiket], list[Etiket]]


def zeker(punten: int, *, mogelijk: bool, waarschijnlijk: bool) -> Etiket:
    """How sure the rule is, in a word."""
    if waarschijnlijk:
        return Etiket("waarschijnlijk dezelfde", "letop")
    return Etiket("misschien dezelfde" if mogelijk else "lijken niet op elkaar", "rustig")


def lijstregel(dubbel: Dubbel) -> Lijstregel:
    """The pair as it stands in the list; reads nothing."""
    uitkomst = vergelijk(beeld_van(dubbel.een), beeld_van(dubbel.ander))
    anders = [deel.waarom for deel in uitkomst.delen if not deel.gelijk]
    tekst = ". ".join(dict.fromkeys(anders)) or "Alles wat we vergelijken is gelijk"
    return Lijstregel(dubbel, _zeker(uitkomst), f"{tekst}.")


def vergelijkbeeld(dubbel: Dubbel, *, toegang: Toegang, op: dt.date) -> Vergelijkbeeld:
    """Both dossiers, field by field. Two queries."""
    een, ander = dubbel.een, dubbel.ander
    nummers, leesbaar = _nummers(een, ander, toegang)
    uitkomst = vergelijk(beeld_van(een, nummers[een.pk]), beeld_van(ander, nummers[ander.pk]))
    waarom = {deel.wat: deel.waarom for deel in uitkomst.delen}
    telling = tel_rijen([een.pk, ander.pk])
    paren = [
        ("Achternaam", _achternaam(een), _achternaam(ander), waarom["achternaam"]),
        ("Voornamen", een.voornamen, ander.voornamen, waarom["voornaam"]),
        ("Roepnaam", een.roepnaam, ander.roepnaam, ""),
        ("Geboren", geboren(een.geboren), geboren(ander.geboren), waarom["geboortedatum"]),
        ("Geslacht", een.get_geslacht_display(), ander.get_geslacht_display(), waarom["geslacht"]),
        ("Adres", adres(een), adres(ander), waarom["adres"]),
        ("Gemeente", str(een.gemeente), str(ander.gemeente), ""),
        *((soort, leesbaar[een.pk, soort], leesbaar[ander.pk, soort], "") for soort in ("BSN", "onderwijsnummer")),
        ("Telefoon", een.telefoon, ander.telefoon, ""),
        ("E-mail", een.email, ander.email, ""),
        ("In het dossier", *(_in_dossier(telling.get(wie.pk, Counter())) for wie in (een, ander)), ""),
    ]
    rijen = [
        Rij(taal.hoofdletter(wat), links or ONBEKEND, rechts or ONBEKEND, reden) for wat, links, rechts, reden in paren
    ]
    return Vergelijkbeeld(
        _zeker(uitkomst), uitkomst.punten, rijen, (merken_kort(een, op=op), merken_kort(ander, op=op))
    )


def _zeker(uitkomst: Vergelijking) -> Etiket:
    return zeker(uitkomst.punten, mogelijk=uitkomst.mogelijk, waarschijnlijk=uitkomst.waarschijnlijk)


def _nummers(
    een: Jongere, ander: Jongere, toegang: Toegang
) -> tuple[dict[int, set[tuple[str, str]]], defaultdict[tuple[int, str], str]]:
    """The numbers for the rule, and the last three figures of them for the page. One query."""
    voor_regel: dict[int, set[tuple[str, str]]] = {een.pk: set(), ander.pk: set()}
    leesbaar: defaultdict[tuple[int, str], str] = defaultdict(str)
    for nummer in Persoonsnummer.objects.voor(toegang).filter(jongere__in=[een.pk, ander.pk]):
        voor_regel[nummer.jongere_id].add((nummer.soort, nummer.blinde_index))
        leesbaar[nummer.jongere_id, nummer.get_soort_display()] = gemaskeerd(ontsleutel(nummer.cijfertekst))
    return voor_regel, leesbaar


def _achternaam(jongere: Jongere) -> str:
    return f"{jongere.voorvoegsel} {jongere.achternaam}".strip()


def adres(jongere: Jongere) -> str:
    """The address on one line."""
    return ", ".join(filter(None, [jongere.adres, f"{jongere.postcode} {jongere.woonplaats}".strip()]))


def geboren(datum: Geboortedatum) -> str:
    """'4 maart 2007', 'maart 2007' or '2007'."""
    delen = [str(datum.dag) if datum.dag else "", taal.MAANDEN[datum.maand - 1] if datum.maand else ""]
    return " ".join(filter(None, [*delen, str(datum.jaar)]))


def _in_dossier(telling: Counter[str]) -> str:
    if not telling:
        return "nog niets"
    return ", ".join(f"{aantal} × {wat}" for wat, aantal in sorted(telling.items()))


# what a person would miss where it differed: names, address, and what we wrote down ourselves
TE_MISSEN = (
    "roepnaam", "voornamen", "voorvoegsel", "achternaam", "geboortedatum", "straat", "huisnummer", "postcode",
    "woonplaats", "telefoon", "email", "verblijfadres",
)  # fmt: skip


def stond_er_anders(regels: Iterable[Samenvoegregel], blijft: Jongere) -> list[tuple[str, str]]:
    """What the one who vanished had and the one who stayed has otherwise: (field, value). It is kept, not lost."""
    eerder: dict[str, Any] = next((regel.was["fields"] for regel in regels if regel.wat == Samenvoegregel.Wat.LEEG), {})
    return [
        (naam, str(eerder[naam])) for naam in TE_MISSEN if eerder.get(naam) and eerder[naam] != getattr(blijft, naam)
    ]
