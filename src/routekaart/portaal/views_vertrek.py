"""Who leaves the own school: about whom we ask, and what the school answers per pupil (SCR-01).

The page shows a name, a birth date and what the school itself told. Nothing of what a pupil or another school said.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter
from routekaart.loopbaan.models import Instelling, Uitstroom
from routekaart.meldingen.bladeren import blader
from routekaart.meldingen.detail import geboren_in_woorden
from routekaart.portaal.forms_vertrek import DIPLOMA_ALS, VertrekFormulier
from routekaart.portaal.selecties import contact_van, scholen_van
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import seizoen
from routekaart.signalen.models import Vertrekker
from routekaart.signalen.schoolvraag import BESTEMMINGEN, beantwoord, eigen_opgaven, gevraagd, ontleed
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

PER_PAGINA = 25
STANDEN = {"open": "Wacht op u", "klaar": "Beantwoord"}


@dataclass(frozen=True)
class Leerling:
    """One pupil as the school sees it: only what the school knows already."""

    naam: str
    geboren: str
    school: str
    zei: str
    diploma: str
    url: str


def _leerling(rij: Vertrekker, opgave: Uitstroom | None, *, met_school: bool) -> Leerling:
    keuze, wat = ontleed(opgave.bestemming) if opgave is not None else ("", "")
    diploma = {True: "ja", False: "nee", None: "niet bekend"}[opgave.getuigschrift if opgave is not None else None]
    return Leerling(
        naam=rij.jongere.naam,
        geboren=geboren_in_woorden(rij.jongere.geboren),
        school=rij.instelling.naam if met_school else "",
        zei=": ".join(deel for deel in (BESTEMMINGEN.get(keuze, ""), wat) if deel),
        diploma=diploma if opgave is not None else "",
        url=reverse("portaal:vertrek-leerling", args=[rij.sleutel]),
    )


def _eigen(request: Verzoek, jaar: Schooljaar) -> tuple[Any, Sequence[Instelling]]:
    """About whom we ask the schools of this user."""
    scholen = list(scholen_van(request.toegang))
    return gevraagd(request.toegang.regio_id or 0, scholen, jaar), scholen


@vereist(Recht.PORTAAL_SCHOOL)
def vertrek(request: Verzoek) -> HttpResponse:
    """The pupils about whom we ask, those without an answer first."""
    jaar = seizoen(timezone.localdate(nu()))
    stand = request.GET.get("stand", "open")
    stand = stand if stand in STANDEN else "open"
    rijen, scholen = _eigen(request, jaar)
    tellers = rijen.aggregate(
        open=Count("pk", filter=Q(beantwoord=False)), klaar=Count("pk", filter=Q(beantwoord=True))
    )
    gekozen = rijen.filter(beantwoord=stand == "klaar").select_related("jongere", "instelling")
    blad = blader(gekozen, request.GET.get("pagina", "")[:60], veld="jongere__zoeknaam", aflopend=False, per=PER_PAGINA)
    opgaven = eigen_opgaven(blad.rijen)
    request.inzage.noteer("portaal.bekeken", inhoud={"vertrek": stand, "schooljaar": str(jaar)})
    for rij in blad.rijen:
        request.inzage.noteer("portaal.bekeken", jongere_id=rij.jongere_id)
    context = {
        "hier": "vertrek",
        "contact": contact_van(request.toegang),
        "jaar": jaar,
        "stand": stand,
        "zin": _zin(tellers),
        "leerlingen": [_leerling(rij, opgaven.get(rij.jongere_id), met_school=len(scholen) > 1) for rij in blad.rijen],
        "filters": [
            Filter(tekst, f"?stand={code}", tellers[code], gekozen=code == stand) for code, tekst in STANDEN.items()
        ],
        "vorige": f"?stand={stand}&pagina={blad.vorige}" if blad.vorige else "",
        "volgende": f"?stand={stand}&pagina={blad.volgende}" if blad.volgende else "",
    }
    return render(request, "portaal/vertrek.html", context)


def _zin(tellers: dict[str, int]) -> str:
    if tellers["open"]:
        wie = taal.meervoud(tellers["open"], "leerling", "leerlingen")
        return f"Wij vragen u nog naar {wie}: waar gaan zij naartoe? Vul in wat u weet."
    return "U heeft alles beantwoord. Dank u wel." if tellers["klaar"] else "Er is nu niemand over wie wij iets vragen."


@vereist(Recht.PORTAAL_SCHOOL)
def leerling(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """What the school says of one of its pupils."""
    moment = nu()
    jaar = seizoen(timezone.localdate(moment))
    rijen, scholen = _eigen(request, jaar)
    rij = rijen.filter(sleutel=sleutel).select_related("jongere", "instelling").first()
    if rij is None:
        request.inzage.weiger(f"signalen.vertrekker:{sleutel}")
        raise Http404
    request.inzage.noteer("portaal.bekeken", jongere_id=rij.jongere_id, onderwerp=f"signalen.vertrekker:{sleutel}")
    opgave = eigen_opgaven([rij]).get(rij.jongere_id)
    contact = contact_van(request.toegang)
    form = VertrekFormulier(request.POST if request.method == "POST" else None, initial=_begin(opgave))
    if request.method == "POST" and form.is_valid():
        antwoord = replace(form.antwoord, contact=str(contact.naam if contact is not None else request.user.naam))
        try:
            beantwoord(rij, antwoord, toegang=request.toegang, nu=moment)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"Dank u wel. Uw antwoord over {rij.jongere.naam} staat erbij.")
            return redirect("portaal:vertrek")
    context = {
        "hier": "vertrek",
        "contact": contact,
        "form": form,
        "jaar": jaar,
        "leerling": _leerling(rij, opgave, met_school=len(scholen) > 1),
        "terug": reverse("portaal:vertrek"),
    }
    return render(request, "portaal/vertrek_leerling.html", context)


def _begin(opgave: Uitstroom | None) -> dict[str, str]:
    if opgave is None:
        return {}
    bestemming, wat = ontleed(opgave.bestemming)
    return {"bestemming": bestemming, "wat": wat, "diploma": DIPLOMA_ALS[opgave.getuigschrift]}
