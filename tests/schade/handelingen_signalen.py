"""The acts on signals, their settings and the search, for the power cuts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from routekaart.beheer.acties_instellingen import stel_in
from routekaart.loopbaan.models import Instelling
from routekaart.personen.acties import maak_jongere
from routekaart.signalen.acties import haal_terug, leg_weg, maak_melding, stel_instroom_in, wijs_toe
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.acties_zoeken import vraag_aan
from routekaart.signalen.models import Signaal
from tests import fabrieken
from tests.fabrieken import VANDAAG
from tests.schade.spel import Doen, Spel


def oud_vsvers(s: Spel) -> None:
    """Three who left mbo 3 long ago, and the run that finds them; which dies in test_signalen_werk.py."""
    for naam in ("Anna", "Bas", "Cas"):
        opgave = {"achternaam": naam, "voornamen": "Sem", "geboortedatum": "2006-03-04"}
        jongere = maak_jongere(gemeente=s.jongere.gemeente, **opgave, **s.wie)
        periode = {"van": dt.date(2022, 8, 1), "tot": dt.date(2023, 5, 20)}
        fabrieken.maak_inschrijving(jongere, niveau=3, instelling=Instelling.objects.earliest("pk"), **periode)
    signaleer(s.jongere.regio_id, nu=s.nu)


def met_signaal(doen: Any, **velden: Any) -> Doen:
    return lambda s: doen(s.signaal, **velden, **s.wie)


def vrije_instroom(s: Spel) -> None:
    team = s.coach.lidmaatschappen.first().team
    stel_instroom_in(team, soort="vsv-oud", per_week=5, **s.wie)


def selectie_wegleggen(s: Spel) -> None:
    """Something done to all that were ticked, as the page does it: to all of them or to none."""
    with transaction.atomic():
        for signaal in Signaal.objects.alles(reden="de schadeproef leest wat zij zelf maakte").filter(stand="open"):
            leg_weg(signaal, reden="Schooljaar klopt niet", **s.wie)


SIGNALEN: dict[str, Doen] = {
    "oud-vsvers": oud_vsvers,
    "signaal toewijzen": lambda s: wijs_toe(s.signaal, aan=s.collega, **s.wie),
    "signaal terug naar het team": met_signaal(wijs_toe, aan=None),
    "signaal wegleggen": met_signaal(leg_weg, reden="Zit op school in Duitsland", tot=VANDAAG + dt.timedelta(days=60)),
    "signaal terughalen": met_signaal(haal_terug),
    "instroom instellen": vrije_instroom,
    "melding van een signaal": met_signaal(maak_melding, toelichting="Belde met de mentor"),
    "selectie wegleggen": selectie_wegleggen,
    "zoeken vragen": lambda s: vraag_aan(peildatum=VANDAAG - dt.timedelta(days=365), **s.wie),
    "instelling wijzigen": lambda s: stel_in(
        "signaal_rust_dagen", waarde=90, van=VANDAAG, toelichting="Overleg", **s.wie
    ),
    "instelling nog eens": lambda s: stel_in(
        "signaal_rust_dagen", waarde=60, van=VANDAAG + dt.timedelta(days=7), toelichting="Overleg", **s.wie
    ),
}
