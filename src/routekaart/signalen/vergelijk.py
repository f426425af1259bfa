"""A list of somebody else beside our own: groups of young persons, counted per gemeente, each number with its cases.

Who is only on theirs becomes a melding of level c (own research). Used for DUO's vsv lists and the JIKP-portaal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from django.db import transaction
from django.db.models import Count
from django.http import QueryDict

from routekaart.basis.adresvraag import Adresvraag
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter
from routekaart.dossiers.actielinks import dossier_url
from routekaart.meldingen.acties import Informatie, Melder, ontvang_melding
from routekaart.meldingen.bladeren import blader
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.signalen.lijst import Getal
from routekaart.toegang.bereik import Toegang

PER_PAGINA = 50
KANAAL = "C.I"

# the young persons of the group with this code, as a queryset in scope
Wie = Callable[[str], Any]


@dataclass(frozen=True)
class Lijstvraag(Adresvraag):
    """What the address asks. A page gives `toon` its first group as default, and `TOON` the groups by code."""

    TOON: ClassVar[Mapping[str, str]]

    lijst: str = ""
    toon: str = ""
    gemeente: str = ""
    pagina: str = ""

    @classmethod
    def lees(cls, adres: QueryDict) -> Self:
        """Reads the address; what it does not know, it leaves out."""
        toon = adres.get("toon", "")
        return cls(
            lijst=adres.get("lijst", "")[:40],
            toon=toon if toon in cls.TOON else cls.toon,
            gemeente=adres.get("gemeente", "")[:4],
            pagina=adres.get("pagina", "")[:50],
        )


@dataclass(frozen=True)
class Rij:
    """One young person; `cellen` are the columns that only one of the lists has."""

    sleutel: str
    naam: str
    url: str
    leeftijd: int
    gemeente: str
    cellen: Sequence[str] = ()


@dataclass(frozen=True)
class Vergelijking:
    """Finished values, but for the rows: the young persons of this page."""

    filters: Sequence[Filter]
    tabel: Sequence[tuple[str, Sequence[Getal]]]
    jongeren: Sequence[Jongere]
    vorige: str
    volgende: str


def vergelijk(vraag: Lijstvraag, wie: Wie) -> Vergelijking:
    """The groups of this question. One query per group, and three for the page."""
    geteld: dict[str, dict[tuple[str, str], int]] = {
        toon: {
            (code, naam): aantal
            for code, naam, aantal in wie(toon)
            .values_list("gemeente__code", "gemeente__naam")
            .annotate(aantal=Count("pk"))
            .order_by()
        }
        for toon in vraag.TOON
    }
    gemeenten = sorted({sleutel for telling in geteld.values() for sleutel in telling}, key=lambda een: een[1])
    rijen = wie(vraag.toon).select_related("gemeente")
    if vraag.gemeente:
        rijen = rijen.filter(gemeente__code=vraag.gemeente)
    pagina = blader(rijen, vraag.pagina, veld="zoeknaam", aflopend=False, per=PER_PAGINA)
    schoon = replace(vraag, gemeente="", pagina="")
    return Vergelijking(
        filters=[
            Filter(
                tekst,
                schoon.adres(toon=toon),
                sum(geteld[toon].values()),
                gekozen=toon == vraag.toon and not vraag.gemeente,
            )
            for toon, tekst in vraag.TOON.items()
        ],
        tabel=[
            (
                naam,
                [
                    Getal(geteld[toon].get((code, naam), 0), schoon.adres(toon=toon, gemeente=code), f"{tekst}, {naam}")
                    for toon, tekst in vraag.TOON.items()
                ],
            )
            for code, naam in gemeenten
        ],
        jongeren=pagina.rijen,
        vorige=vraag.adres(pagina=pagina.vorige) if pagina.vorige else "",
        volgende=vraag.adres(pagina=pagina.volgende) if pagina.volgende else "",
    )


def rij_van(jongere: Jongere, *, op: dt.date, cellen: Sequence[str] = ()) -> Rij:
    """One young person as she is shown."""
    return Rij(
        str(jongere.sleutel),
        jongere.naam,
        dossier_url("dossiers:overzicht", jongere.sleutel),
        jongere.leeftijd(op=op),
        jongere.gemeente.naam,
        cellen,
    )


@transaction.atomic
def meld(
    jongeren: Sequence[Jongere],
    *,
    alleen_daar: Any,
    soort: str,
    reden: Callable[[Jongere], str],
    toegang: Toegang,
    nu: dt.datetime,
) -> list[Melding]:
    """Makes a melding of each of these, who all are in `alleen_daar` still.

    Raises Geweigerd where a colleague was there meanwhile; then nothing is made.
    """
    nog = set(alleen_daar.filter(pk__in=[een.pk for een in jongeren]).values_list("pk", flat=True))
    if any(een.pk not in nog for een in jongeren):
        raise Geweigerd("Een van deze jongeren is intussen bij ons bekend. Kijk opnieuw wie er op de lijst staan.")
    return [
        ontvang_melding(
            kanaal=KANAAL,
            soort=soort,
            melder=Melder(soort="onderzoek", naam=toegang.naam[:120]),
            jongere=een,
            informatie=Informatie(reden=reden(een)),
            toegang=toegang,
            nu=nu,
        )
        for een in jongeren
    ]
