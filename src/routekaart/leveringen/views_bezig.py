"""A delivery that a process of its own works on: how far it is, how long it takes, and a way to stop it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.taal import getal
from routekaart.leveringen.acties_rij import stop
from routekaart.leveringen.models import Levering
from routekaart.leveringen.paginas import adres_van, haal_levering, kruimels
from routekaart.leveringen.selecties import gemeentenamen, omvang, soortnaam, voor_in_de_rij
from routekaart.leveringen.voortgang import hoever, resttijd
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

STAPPEN = ("Ontvangen", "Lezen", "Verwerken", "Vastleggen")
# this long in line with nothing before it: nobody is there to take it
WACHT_LANG = dt.timedelta(seconds=30)


def bezig_van(levering: Levering) -> dict[str, Any]:
    """What the page of a delivery under way shows. Counts only, no persons."""
    stap = hoever(levering.sleutel) if levering.stand == Levering.Stand.BEZIG else None
    # how many rows there are is known once the file was looked at
    totaal = (stap.totaal if stap else 0) or levering.regels
    rechts, nu_bij = "", 1
    if levering.stand == Levering.Stand.WACHT:
        tekst, totaal, nu_bij = "Staat in de rij", totaal or 1, 0
        if voor := voor_in_de_rij(levering):
            rechts = f"{voor} {'bestand gaat' if voor == 1 else 'bestanden gaan'} eerst"
    elif stap is None:
        tekst = "Het bestand wordt geopend"
    elif not stap.totaal:
        van = f" van {getal(totaal)}" if totaal else ""
        tekst = f"{getal(stap.gedaan)}{van} rijen gelezen"
        rechts = "daarna verwerken we ze"
    elif stap.gedaan < stap.totaal:
        wat = "bekeken" if levering.taak == Levering.Taak.BEKIJKEN else "verwerkt"
        tekst, nu_bij = f"{getal(stap.gedaan)} van {getal(stap.totaal)} rijen {wat}", 2
        rechts = resttijd(stap.over)
    else:
        tekst, nu_bij = f"Alle {getal(stap.totaal)} rijen zijn verwerkt. De uitkomst wordt vastgelegd", 3
    lang = levering.stand == Levering.Stand.WACHT and timezone.now() - levering.updated > WACHT_LANG and not rechts
    return {
        "levering": levering,
        "soort": soortnaam(levering.soort) or "Levering",
        "omvang": omvang(levering, gemeentenamen(levering.regio_id)),
        "gedaan": stap.gedaan if stap else 0,
        "totaal": totaal,
        "tekst": tekst,
        "rechts": rechts,
        "stappen": STAPPEN,
        "nu": nu_bij,
        "niemand": lang,
        "kruimels": kruimels(),
    }


@vereist(Recht.LEVERINGEN)
def voortgang(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The part of the page that is fetched again and again; sends the browser to the delivery when it is done."""
    levering = haal_levering(request, sleutel)
    if levering.stand in {Levering.Stand.WACHT, Levering.Stand.BEZIG}:
        return render(request, "leveringen/_voortgang.html", bezig_van(levering))
    if "HX-Request" not in request.headers:
        return redirect(adres_van(levering))
    antwoord = HttpResponse(status=204)
    antwoord["HX-Redirect"] = adres_van(levering)
    return antwoord


@vereist(Recht.LEVERINGEN)
@require_POST
def stoppen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Takes it out of the line, or asks who works on it to stop; nothing has changed then."""
    levering = haal_levering(request, sleutel)
    try:
        stop(levering, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        stopt = "wordt" if levering.stand == Levering.Stand.BEZIG else "is"
        meld(request, f"{levering.bestandsnaam} {stopt} gestopt. Er verandert niets.")
    return redirect(adres_van(levering))
