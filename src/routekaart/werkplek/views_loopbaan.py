"""The loopbaan of a jongere: the time line, its table, and adding work, help or a startkwalificatie."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from routekaart.basis.berichten import meld
from routekaart.basis.formulieren import Formulier
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter
from routekaart.dossiers.dossier import open_dossier
from routekaart.loopbaan.acties import leg_hulp_vast, leg_werk_vast, stel_startkwalificatie_vast
from routekaart.loopbaan.forms import HulpFormulier, VaststellingFormulier, WerkFormulier
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.loopbaanbeeld import VENSTERS, maak_loopbaanbeeld


@vereist(Recht.DOSSIER_ZIEN)
def loopbaan(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """School, work, help, absence and contact on one axis."""
    dossier = open_dossier(request, sleutel, tab="loopbaan")
    alle_regels = request.GET.get("tabel") == "alles"
    beeld = maak_loopbaanbeeld(dossier, venster=request.GET.get("toon", ""), alle_regels=alle_regels)
    filters = [
        Filter(tekst, dossier.url("loopbaan:loopbaan", toon=code), gekozen=code == beeld.venster)
        for code, tekst in VENSTERS.items()
    ]
    context = {
        "dossier": dossier,
        "beeld": beeld,
        "filters": filters,
        "toon_alle": dossier.url("loopbaan:loopbaan", toon=beeld.venster, tabel="alles") + "#tabel-kop",
        "naar_delen": dossier.url("delen:delen"),
        "werk_nieuw": dossier.url("loopbaan:werk"),
        "hulp_nieuw": dossier.url("loopbaan:hulp"),
        "vaststelling_nieuw": dossier.url("loopbaan:vaststelling"),
    }
    return render(request, "werkplek/loopbaan.html", context)


@vereist(Recht.DOSSIER_WERKEN)
def werk(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Add a job."""
    form = WerkFormulier(request.POST or None)
    return _voeg_toe(request, sleutel, form, leg_werk_vast, "Voeg werk toe")


@vereist(Recht.DOSSIER_WERKEN)
def hulp(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Add help, as far as it may be recorded."""
    form = HulpFormulier(request.POST or None)
    return _voeg_toe(request, sleutel, form, leg_hulp_vast, "Voeg hulp toe")


@vereist(Recht.DOSSIER_WERKEN)
def vaststelling(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Record a startkwalificatie outside DUO."""
    form = VaststellingFormulier(request.POST or None)
    return _voeg_toe(request, sleutel, form, stel_startkwalificatie_vast, "Leg een startkwalificatie vast")


def _voeg_toe(request: Verzoek, sleutel: uuid.UUID, form: Formulier, doe: Any, titel: str) -> HttpResponse:
    dossier = open_dossier(request, sleutel, tab="loopbaan", met_stand=False)
    if request.method == "POST" and form.is_valid():
        try:
            doe(dossier.jongere, **form.cleaned_data, toegang=request.toegang, nu=dossier.nu)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "De loopbaan is aangevuld. Kijk of de doelgroep nog klopt.")
            return redirect(dossier.url("loopbaan:loopbaan"))
    context = {
        "dossier": dossier, "form": form, "titel": titel, "knop": "Leg vast",
        "zin": "Wat DUO levert, verandert hier niet.", "terug": dossier.url("loopbaan:loopbaan"),
    }  # fmt: skip
    return render(request, "dossiers/formulier.html", context)
