"""The page of the privacy officer: who read or changed what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from routekaart.basis.berichten import meld
from routekaart.beheer import logboek as boek
from routekaart.beheer.forms import LogboekVraag
from routekaart.logboek import wachtrij
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.LOGBOEK)
@require_http_methods(["GET", "POST"])
def logboek(request: Verzoek) -> HttpResponse:
    """GET shows lines; POST verifies the whole log, which takes up to a minute for a million lines."""
    if request.method == "POST":
        uitslag = boek.controleer_nu(toegang=request.toegang, nu=nu())
        if uitslag.klopt:
            meld(request, "Het logboek klopt: alle regels staan er zoals ze zijn geschreven.")
        return redirect("beheer:logboek")
    formulier = LogboekVraag(request.GET, gebruikers=boek.gebruikers(request.toegang), codes=boek.soorten_regel())
    vraag = formulier.vraag(vandaag=timezone.localdate())
    wacht = wachtrij.voer_in_als_het_kan()
    rijen, volgende = boek.regels(vraag, toegang=request.toegang)
    request.inzage.noteer("logboek.bekeken", onderwerp="logboek", inhoud=vraag.als_inhoud())
    gegevens = {
        "formulier": formulier,
        "vraag": vraag,
        "rijen": rijen,
        "volgende": volgende,
        "controle": boek.laatste_controle(),
        "wacht": wacht,
    }
    return render(request, "beheer/logboek.html", gegevens)
