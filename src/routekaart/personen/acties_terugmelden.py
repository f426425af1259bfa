"""A BRP fact that somebody doubts: recorded, told to the municipality, and what came of it (REG-03)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.taal import datum_voluit
from routekaart.personen.models import BrpTerugmelding, Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

REDEN = "terugmeldingen over een jongere die al binnen bereik is"
Wat, Stand = BrpTerugmelding.Wat, BrpTerugmelding.Stand
LOPEND = (Stand.OPEN, Stand.DOORGEGEVEN)


def staat_er(jongere: Jongere, wat: str) -> str:
    """What the BRP says now, as it stands on the page."""
    adres = ", ".join(filter(None, [jongere.adres, f"{jongere.postcode} {jongere.woonplaats}".strip()]))
    naam = " ".join(filter(None, [jongere.voornamen, jongere.voorvoegsel, jongere.achternaam]))
    vertrek = [
        f"{woord} op {datum_voluit(op)}"
        for woord, op in (("overleden", jongere.overleden_op), ("vertrokken", jongere.vertrokken_op))
        if op is not None
    ]
    teksten: dict[str, str] = {
        Wat.ADRES: adres,
        Wat.NAAM: naam,
        Wat.GEBOORTEDATUM: str(jongere.geboren),
        Wat.GESLACHT: jongere.get_geslacht_display(),
        Wat.VERTREK: ", ".join(vertrek),
    }
    return teksten.get(wat, "")[:240]


@transaction.atomic
def meld_terug(
    jongere: Jongere, *, wat: str, volgens_ons: str, waaruit: str, toegang: Toegang, nu: dt.datetime
) -> BrpTerugmelding:
    """Records a doubt. The BRP fact itself does not change; raises Geweigerd where the same doubt is under way."""
    Jongere.objects.alles(reden=REDEN).select_for_update(of=("self",)).get(pk=jongere.pk)
    eerder = BrpTerugmelding.objects.alles(reden=REDEN).filter(jongere=jongere, wat=wat, stand__in=LOPEND).first()
    if eerder is not None:
        raise Geweigerd(
            f"Hierover loopt al een terugmelding van {datum_voluit(eerder.gemeld_op)}. Wacht het antwoord af.",
            veld="wat",
        )
    melding = BrpTerugmelding.objects.create(
        jongere=jongere,
        wat=wat,
        staat_er=staat_er(jongere, wat),
        volgens_ons=volgens_ons,
        waaruit=waaruit,
        gemeld_op=nu,
        gemeld_door_id=toegang.gebruiker_id or None,
    )
    schrijf("brp.teruggemeld", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=melding, inhoud={"wat": wat})
    return melding


@transaction.atomic
def werk_bij(melding: BrpTerugmelding, *, stand: str, toegang: Toegang, nu: dt.datetime) -> None:
    """What the municipality did with it. Raises Geweigerd where it is closed already."""
    eigen = BrpTerugmelding.objects.alles(reden=REDEN).select_for_update(of=("self",)).get(pk=melding.pk)
    if eigen.stand not in LOPEND:
        raise Geweigerd("Deze terugmelding is al afgerond. Ververs de pagina.")
    if stand == eigen.stand or stand not in Stand.values or stand == Stand.OPEN:
        raise Geweigerd("Kies wat er met de terugmelding is gebeurd.")
    eigen.stand, eigen.stand_op, eigen.stand_door_id = stand, nu, toegang.gebruiker_id or None
    eigen.versie += 1
    eigen.save()
    schrijf(
        "brp.terugmelding-bijgewerkt",
        toegang=toegang,
        nu=nu,
        jongere_id=eigen.jongere_id,
        onderwerp=eigen,
        inhoud={"stand": stand},
    )
