"""The page of the signals: what is open per rule and gemeente, and behind each number its cases.

The question stands in the address. Four queries at most, whatever there is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from routekaart.basis import taal
from routekaart.basis.adresvraag import Adresvraag
from routekaart.basis.onderdelen import Filter
from routekaart.meldingen.bladeren import blader
from routekaart.regels.signalen import SIGNAALREGELS, Signaalregel
from routekaart.signalen.models import Signaal
from routekaart.signalen.selecties import OPENSTAAND
from routekaart.toegang.bereik import Toegang

PER_PAGINA = 50
OPEN, MIJN, WACHT, WEGGELEGD, MELDING, VERVALLEN = "open", "mijn", "wacht", "weggelegd", "melding", "vervallen"
VOOR_MIJ = "voor-mij"
TOON = {
    OPEN: "Open",
    VOOR_MIJ: "In mijn werkvoorraad",
    MIJN: "Van mij",
    WACHT: "Wacht op ruimte",
    WEGGELEGD: "Weggelegd",
    MELDING: "Melding geworden",
    VERVALLEN: "Vervallen",
}


@dataclass(frozen=True)
class Vraag(Adresvraag):
    """What the address asks; without `soort` the overview is shown."""

    PAGINA = "signalen:lijst"

    soort: str = ""
    gemeente: str = ""
    toon: str = OPEN
    pagina: str = ""

    @classmethod
    def lees(cls, adres: QueryDict) -> Vraag:
        """Reads the address; what it does not know, it leaves out."""
        soort, toon = adres.get("soort", ""), adres.get("toon", "")
        return cls(
            soort=soort if soort in SIGNAALREGELS else "",
            gemeente=adres.get("gemeente", "")[:4],
            toon=toon if toon in TOON else OPEN,
            pagina=adres.get("pagina", "")[:50],
        )


@dataclass(frozen=True)
class Getal:
    """A number that leads to its cases; no link where there are none."""

    aantal: int
    url: str
    bij: str


@dataclass(frozen=True)
class Soortrij:
    """One rule of the overview: how many in all and per gemeente, and how many of these wait for room."""

    regel: Signaalregel
    totaal: Getal
    per_gemeente: Sequence[Getal]
    wacht: Getal


@dataclass(frozen=True)
class Overzicht:
    """The table of the overview. `leeg` are the rules that found nobody in this scope."""

    gemeenten: Sequence[str]
    rijen: Sequence[Soortrij]
    leeg: Sequence[Signaalregel]
    totaal: int
    zin: str


@dataclass(frozen=True)
class Rij:
    """One case."""

    signaal: Signaal
    naam: str
    url: str
    leeftijd: int
    gemeente: str
    school: str
    sinds: str
    gezien: str
    stand: str


@dataclass(frozen=True)
class Gevallen:
    """The cases of one rule."""

    regel: Signaalregel
    rijen: Sequence[Rij]
    toon: Sequence[Filter]
    gemeenten: Sequence[tuple[str, str]]
    aantal: int
    zin: str
    vorige: str
    volgende: str


def maak_overzicht(toegang: Toegang) -> Overzicht:
    """What is open, per rule and gemeente. One query."""
    geteld = list(
        Signaal.objects.voor(toegang)
        .openstaand()
        .values_list("soort", "gemeente__code", "gemeente__naam")
        .annotate(aantal=Count("pk"), wacht=Count("pk", filter=Q(in_voorraad_op__isnull=True)))
        .order_by("gemeente__naam")
    )
    gemeenten = list(dict.fromkeys((code, naam) for _, code, naam, _, _ in geteld))
    aantallen = {(soort, code): aantal for soort, code, _, aantal, _ in geteld}
    rijen, leeg = [], []
    for regel in SIGNAALREGELS.values():
        totaal = sum(aantal for soort, _, _, aantal, _ in geteld if soort == regel.code)
        if not totaal:
            leeg.append(regel)
            continue
        wacht = sum(wacht for soort, _, _, _, wacht in geteld if soort == regel.code)
        vraag = Vraag(soort=regel.code)
        per = [
            Getal(aantallen.get((regel.code, code), 0), vraag.adres(gemeente=code), f"{regel.naam} in {naam}")
            for code, naam in gemeenten
        ]
        rijen.append(
            Soortrij(
                regel,
                Getal(totaal, vraag.adres(), regel.naam),
                per,
                Getal(wacht, vraag.adres(toon=WACHT), f"{regel.naam}, wacht op ruimte"),
            )
        )
    totaal = sum(rij.totaal.aantal for rij in rijen)
    return Overzicht([naam for _, naam in gemeenten], rijen, leeg, totaal, _zin(totaal, len(rijen)))


def _zin(totaal: int, soorten: int) -> str:
    if not totaal:
        return "Er staat niets open. Vannacht kijken we opnieuw."
    signalen = taal.meervoud(totaal, "signaal staat", "signalen staan")
    waar = "" if soorten == 1 else f", van {taal.telwoord(soorten)} soorten"
    return f"{signalen} open{waar}. Elke nacht kijken we opnieuw."


def maak_gevallen(vraag: Vraag, *, toegang: Toegang, op: dt.date) -> Gevallen:
    """The cases of one rule: the counts, and one page of rows. At most three queries."""
    regel = SIGNAALREGELS[vraag.soort]
    alle = Signaal.objects.voor(toegang).filter(soort=regel.code)
    geteld = list(
        alle.values_list("gemeente__code", "gemeente__naam")
        .annotate(**{_naam(code): Count("pk", filter=_stand(code, toegang)) for code in TOON})
        .order_by("gemeente__naam")
        .values("gemeente__code", "gemeente__naam", *map(_naam, TOON))
    )
    gekozen = [rij for rij in geteld if vraag.gemeente in ("", rij["gemeente__code"])]
    aantallen = {code: sum(rij[_naam(code)] for rij in gekozen) for code in TOON}
    rijen = alle.filter(_stand(vraag.toon, toegang))
    if vraag.gemeente:
        rijen = rijen.filter(gemeente__code=vraag.gemeente)
    erbij = rijen.select_related("jongere", "gemeente", "instelling", "behandelaar")
    pagina = blader(erbij, vraag.pagina, veld="eerst_gezien_op", aflopend=vraag.toon == VERVALLEN, per=PER_PAGINA)
    return Gevallen(
        regel=regel,
        rijen=[_rij(signaal, op=op) for signaal in pagina.rijen],
        toon=[
            Filter(tekst, vraag.adres(toon=code, pagina=""), taal.getal(aantallen[code]), gekozen=code == vraag.toon)
            for code, tekst in TOON.items()
        ],
        gemeenten=[(rij["gemeente__code"], rij["gemeente__naam"]) for rij in geteld],
        aantal=aantallen[vraag.toon],
        zin=regel.wat,
        vorige=vraag.adres(pagina=pagina.vorige) if pagina.vorige else "",
        volgende=vraag.adres(pagina=pagina.volgende) if pagina.volgende else "",
    )


def _naam(toon: str) -> str:
    """The choice as the name of a column."""
    return toon.replace("-", "_")


def _stand(toon: str, toegang: Toegang) -> Q:
    openstaand = Q(stand__in=OPENSTAAND)
    return {
        OPEN: openstaand,
        # as the counter of the werkvoorraad: let in, and mine or nobody's
        VOOR_MIJ: openstaand
        & Q(in_voorraad_op__isnull=False)
        & (Q(behandelaar=toegang.gebruiker_id) | Q(behandelaar__isnull=True)),
        MIJN: openstaand & Q(behandelaar=toegang.gebruiker_id),
        WACHT: openstaand & Q(in_voorraad_op__isnull=True),
        WEGGELEGD: Q(stand=Signaal.Stand.WEGGELEGD),
        MELDING: Q(stand=Signaal.Stand.MELDING),
        VERVALLEN: Q(stand=Signaal.Stand.VERVALLEN),
    }[toon]


def _rij(signaal: Any, *, op: dt.date) -> Rij:
    return Rij(
        signaal=signaal,
        naam=signaal.jongere.naam,
        url=reverse("signalen:signaal", args=[signaal.sleutel]),
        leeftijd=signaal.jongere.leeftijd(op=op),
        gemeente=signaal.gemeente.naam,
        school=signaal.instelling.naam if signaal.instelling else "",
        sinds=taal.datum_kort(signaal.sinds, op=op, weekdag=False) if signaal.sinds else taal.NIET_BEKEND,
        gezien=taal.datum_kort(signaal.eerst_gezien_op, op=op, weekdag=False),
        stand=stand_in_woorden(signaal, op=op),
    )


def stand_in_woorden(signaal: Signaal, *, op: dt.date) -> str:
    """Where a signal is, in a few words."""
    if signaal.stand == Signaal.Stand.TOEGEWEZEN:
        return f"bij {signaal.behandelaar}"
    if signaal.stand == Signaal.Stand.OPEN:
        return "nog van niemand" if signaal.in_voorraad_op else "wacht op ruimte in de werkvoorraad"
    if signaal.stand == Signaal.Stand.WEGGELEGD:
        tot = f" tot {taal.datum_voluit(signaal.weggelegd_tot)}" if signaal.weggelegd_tot else ""
        return f"weggelegd{tot}: {signaal.reden}"
    wanneer = taal.datum_kort(signaal.gesloten_op, op=op) if signaal.gesloten_op else ""
    return f"{signaal.get_stand_display()} op {wanneer}"
