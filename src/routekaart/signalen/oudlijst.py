"""The oud-vsv'ers whom we know: last approached, what was tried before, who has the regie; overdue first (OUD-01..06).

Ten queries, however many there are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.http import QueryDict
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.adresvraag import Adresvraag
from routekaart.basis.onderdelen import Filter
from routekaart.begeleiding.models import Regie, Traject
from routekaart.dossiers.actielinks import dossier_url
from routekaart.dossiers.models import Contactmoment, Werkproces
from routekaart.inhoud.codelijsten import label
from routekaart.loopbaan.models import Hulp
from routekaart.meldingen.bladeren import blader
from routekaart.personen.models import Jongere
from routekaart.signalen.models import Signaal
from routekaart.toegang.bereik import Toegang

OUD, JAARLIJKS = "vsv-oud", "oud-vsv-jaarlijks"
DOELGROEP, HERBEOORDELING = "oud-vsv", "herbeoordeling"
PER_PAGINA = 50
OVER_TIJD, NOOIT, ZONDER_REGIE = "over-tijd", "nooit", "zonder-regie"
TOON = {
    "": "Allemaal",
    OVER_TIJD: "Een jaar niet benaderd",
    NOOIT: "Nog nooit benaderd",
    ZONDER_REGIE: "Nog geen regie",
    HERBEOORDELING: "Loopt nu",
}


@dataclass(frozen=True)
class Vraag(Adresvraag):
    """What the address asks."""

    PAGINA = "signalen:oud"

    toon: str = ""
    pagina: str = ""

    @classmethod
    def lees(cls, adres: QueryDict) -> Vraag:
        """Reads the address; what it does not know, it leaves out."""
        toon = adres.get("toon", "")
        return cls(toon=toon if toon in TOON else "", pagina=adres.get("pagina", "")[:50])


@dataclass(frozen=True)
class Rij:
    """One oud-vsv'er as she is shown."""

    sleutel: str
    naam: str
    url: str
    leeftijd: int
    gemeente: str
    benaderd: str
    over_tijd: bool
    regie: str
    eerder: Sequence[str]
    werkproces: str


@dataclass(frozen=True)
class Beeld:
    """The whole page."""

    filters: Sequence[Filter]
    rijen: Sequence[Rij]
    totaal: int
    vorige: str
    volgende: str


def oud_vsvers(toegang: Toegang, toon: str = "") -> Any:
    """Who is oud-vsv'er by an open signal or by a running werkproces; of these, those that `toon` names."""
    signalen = Signaal.objects.voor(toegang).openstaand()
    lopend = Werkproces.objects.voor(toegang).open().filter(Q(doelgroep=DOELGROEP) | Q(soort=HERBEOORDELING))
    alle = Jongere.objects.voor(toegang).filter(overleden_op__isnull=True)
    if toon == OVER_TIJD:
        return alle.filter(pk__in=signalen.filter(soort=JAARLIJKS).values("jongere"))
    if toon == NOOIT:
        bekend = Werkproces.objects.voor(toegang).values("jongere")  # the yearly rule counts its end as approached
        return alle.filter(pk__in=signalen.filter(soort=OUD).values("jongere")).exclude(pk__in=bekend)
    if toon == HERBEOORDELING:
        return alle.filter(pk__in=lopend.values("jongere"))
    if toon == ZONDER_REGIE:
        met = Regie.objects.voor(toegang).filter(tot__isnull=True).values("werkproces")
        return alle.filter(pk__in=lopend.exclude(pk__in=met).values("jongere"))
    van_signaal = signalen.filter(soort__in=(OUD, JAARLIJKS)).values("jongere")
    return alle.filter(Q(pk__in=van_signaal) | Q(pk__in=lopend.values("jongere")))


def maak_beeld(vraag: Vraag, *, toegang: Toegang, op: dt.date) -> Beeld:
    """Finished values for the page."""
    aantallen = {toon: oud_vsvers(toegang, toon).count() for toon in TOON}
    gekozen = oud_vsvers(toegang, vraag.toon).select_related("gemeente")
    pagina = blader(gekozen, vraag.pagina, veld="zoeknaam", aflopend=False, per=PER_PAGINA)
    return Beeld(
        filters=[
            Filter(
                tekst,
                Vraag(toon=code).adres(),
                aantallen[code],
                gekozen=code == vraag.toon,
                gevaar=code in {OVER_TIJD, NOOIT} and bool(aantallen[code]),
            )
            for code, tekst in TOON.items()
        ],
        rijen=_rijen(pagina.rijen, toegang=toegang, op=op),
        totaal=aantallen[""],
        vorige=vraag.adres(pagina=pagina.vorige) if pagina.vorige else "",
        volgende=vraag.adres(pagina=pagina.volgende) if pagina.volgende else "",
    )


def _rijen(jongeren: Sequence[Jongere], *, toegang: Toegang, op: dt.date) -> list[Rij]:
    ids = [een.pk for een in jongeren]
    laatst = _laatst_benaderd(ids, toegang)
    over_tijd = set(
        Signaal.objects.voor(toegang)
        .openstaand()
        .filter(soort=JAARLIJKS, jongere__in=ids)
        .values_list("jongere_id", flat=True)
    )
    lopend = Werkproces.objects.voor(toegang).open().filter(jongere__in=ids)
    soorten = dict(lopend.order_by("pk").values_list("jongere_id", "soort"))
    regies = dict(
        Regie.objects.voor(toegang)
        .filter(werkproces__jongere__in=ids, werkproces__afgesloten_op__isnull=True, tot__isnull=True)
        .values_list("werkproces__jongere_id", "houder")
    )
    eerder = _eerder(ids, toegang)
    return [
        Rij(
            sleutel=str(een.sleutel),
            naam=een.naam,
            url=dossier_url("dossiers:overzicht", een.sleutel),
            leeftijd=een.leeftijd(op=op),
            gemeente=een.gemeente.naam,
            benaderd=taal.datum_kort(laatst[een.pk], op=op, weekdag=False) if een.pk in laatst else "nog niet",
            over_tijd=een.pk in over_tijd,
            regie=regies.get(een.pk, ""),
            eerder=eerder.get(een.pk, []),
            werkproces=label("soorten-werkproces", soorten[een.pk]) if een.pk in soorten else "",
        )
        for een in jongeren
    ]


def _laatst_benaderd(ids: Collection[int], toegang: Toegang) -> dict[int, dt.date]:
    """When we last tried to reach them, whatever came of it."""
    rijen = Contactmoment.objects.voor(toegang).filter(
        werkproces__jongere__in=ids, ingetrokken_op__isnull=True, met__in=("jongere", "verzorger")
    )
    gedaan = rijen.exclude(resultaat="").values_list("werkproces__jongere_id").annotate(laatst=Max("moment"))
    return {sleutel: timezone.localdate(moment) for sleutel, moment in gedaan.order_by()}


def _eerder(ids: Collection[int], toegang: Toegang) -> Mapping[int, list[str]]:
    """What was tried before and what came of it, newest first, as far as this user may read it (OUD-03)."""
    gevonden: defaultdict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    trajecten = Traject.objects.voor(toegang).filter(werkproces__jongere__in=ids).select_related("werkproces")
    for rij in trajecten:
        stand = label("status-vervolgtraject", rij.stand, anders=rij.stand).lower()
        gevonden[rij.werkproces.jongere_id].append((rij.start_op, f"{rij.wat} ({rij.start_op.year}): {stand}"))
    for hulp in Hulp.objects.voor(toegang).filter(jongere__in=ids):
        effect = f": {hulp.effect}" if hulp.effect else ""
        gevonden[hulp.jongere_id].append((hulp.van, f"{hulp.waarvoor}, {hulp.aanbieder} ({hulp.van.year}){effect}"))
    return {sleutel: [tekst for _, tekst in sorted(paren, reverse=True)] for sleutel, paren in gevonden.items()}
