"""Deviating from the route, handing the werkproces over, and opening it again; each with a motivation that stays."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from routekaart.basis.berichten import meld
from routekaart.basis.formulieren import Formulier
from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import doe_fase_opnieuw, heropen, heropen_stap, sla_stap_over, wijs_toe
from routekaart.dossiers.collegas import collegas_voor
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.forms import FaseFormulier, MotivatieFormulier, ToewijzenFormulier
from routekaart.regels.route import Stapstand
from routekaart.regels.route_acties import Antwoord, mag_fase_opnieuw, mag_heropenen, mag_overslaan
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht


def _toon(
    request: Verzoek,
    dossier: Dossier,
    form: Formulier,
    doe: Callable[[], Any],
    *,
    titel: str,
    zin: str,
    knop: str,
    klaar: str,
    naar: str = "dossiers:route",
    uitleg: str = "",
    nee: Antwoord | None = None,
) -> HttpResponse:
    """One form on a page of its own: show it, do the act, or say why it is not possible now."""
    if request.method == "POST" and form.is_valid():
        try:
            doe()
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, klaar)
            return redirect(dossier.url(naar))
    return render(
        request,
        "dossiers/formulier.html",
        {
            "dossier": dossier, "form": form, "titel": titel, "zin": zin, "knop": knop, "uitleg": uitleg,
            "terug": dossier.url(naar), "nee": nee.reden if nee is not None else "",
        },
    )  # fmt: skip


def _stap(dossier: Dossier, nummer: int) -> Stapstand:
    dossier.eis_werkproces()
    stap = dossier.stand.stap(nummer) if dossier.stand else None
    if stap is None:
        raise Http404
    return stap


@vereist(Recht.DOSSIER_WERKEN)
def stap_overslaan(request: Verzoek, sleutel: uuid.UUID, nummer: int) -> HttpResponse:
    """Skip a step and explain why."""
    dossier = open_dossier(request, sleutel, tab="route")
    stap = _stap(dossier, nummer)
    werkproces, stand = dossier.eis_werkproces(), dossier.stand
    form = MotivatieFormulier(request.POST or None)
    return _toon(
        request,
        dossier,
        form,
        lambda: sla_stap_over(
            werkproces, stap=nummer, motivatie=form.cleaned_data["motivatie"], toegang=request.toegang, nu=dossier.nu
        ),
        titel=f"Sla stap {nummer} over en leg uit",
        zin=f"{stap.stap.naam}: {stap.stap.titel}.",
        knop=f"Sla stap {nummer} over",
        klaar=f"Stap {nummer} is overgeslagen. Je uitleg staat op de route.",
        uitleg="Je uitleg blijft zichtbaar op de route. Blijkt de stap later toch nodig, dan kun je hem alsnog doen.",
        nee=mag_overslaan(stand, nummer) if stand else None,
    )


@vereist(Recht.DOSSIER_WERKEN)
def stap_heropenen(request: Verzoek, sleutel: uuid.UUID, nummer: int) -> HttpResponse:
    """Do a step after all, or once more."""
    dossier = open_dossier(request, sleutel, tab="route")
    stap = _stap(dossier, nummer)
    werkproces, stand = dossier.eis_werkproces(), dossier.stand
    form = MotivatieFormulier(request.POST or None)
    return _toon(
        request,
        dossier,
        form,
        lambda: heropen_stap(
            werkproces, stap=nummer, motivatie=form.cleaned_data["motivatie"], toegang=request.toegang, nu=dossier.nu
        ),
        titel=f"Doe stap {nummer} alsnog",
        zin=f"{stap.stap.naam}: {stap.stap.titel}.",
        knop=f"Open stap {nummer}",
        klaar=f"Stap {nummer} staat weer open.",
        uitleg="Wat er eerder in deze stap gebeurde, blijft bewaard als eerdere ronde.",
        nee=mag_heropenen(stand, nummer) if stand else None,
    )


@vereist(Recht.DOSSIER_WERKEN)
def fase_opnieuw(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Go through phase 2 or 3 once more (RKT-13)."""
    dossier = open_dossier(request, sleutel, tab="route")
    werkproces, stand = dossier.eis_werkproces(), dossier.stand
    if stand is None:
        raise Http404
    fases = [fase.fase for fase in stand.fases if mag_fase_opnieuw(stand, fase.fase.nummer)]
    nee = None if fases else Antwoord(False, "Er is nog geen fase die je opnieuw kunt doen.")
    form = FaseFormulier(
        request.POST or None, fases=[(str(fase.nummer), f"Fase {fase.nummer}: {fase.naam}") for fase in fases]
    )
    return _toon(
        request,
        dossier,
        form,
        lambda: doe_fase_opnieuw(
            werkproces,
            fase=form.cleaned_data["fase"],
            motivatie=form.cleaned_data["motivatie"],
            toegang=request.toegang,
            nu=dossier.nu,
        ),
        titel="Doe een fase opnieuw",
        zin="Loopt het traject vast, dan kun je terug naar fase 2 of 3.",
        knop="Begin de fase opnieuw",
        klaar="De fase staat weer open. De vorige ronde is bewaard.",
        uitleg="De vorige ronde blijft zichtbaar op de route. Het gesprek over privacy en de regie gelden nog.",
        nee=nee,
    )


@vereist(Recht.DOSSIER_WERKEN)
def toewijzen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Give the werkproces to a colleague or back to the team (ROL-09)."""
    dossier = open_dossier(request, sleutel, tab="overzicht")
    werkproces = dossier.eis_werkproces()
    form = ToewijzenFormulier(
        request.POST or None, collegas=collegas_voor(werkproces, op=dossier.op), werkproces=werkproces
    )
    return _toon(
        request,
        dossier,
        form,
        lambda: wijs_toe(
            werkproces, behandelaar=form.cleaned_data["behandelaar"], toegang=request.toegang, nu=dossier.nu
        ),
        titel="Geef aan een collega",
        zin=f"Nu is {werkproces.behandelaar or 'nog niemand'} de behandelaar.",
        knop="Geef over",
        klaar="Het werkproces en de open taken hebben een andere behandelaar.",
        naar="dossiers:overzicht",
        uitleg="De open taken gaan mee. De collega ziet ze meteen in de werkvoorraad.",
        nee=None if werkproces.open else Antwoord(False, "Dit werkproces is afgesloten. Heropen het eerst."),
    )


@vereist(Recht.DOSSIER_WERKEN)
def heropenen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Open a closed werkproces again, with its history intact (CON-16)."""
    dossier = open_dossier(request, sleutel, tab="route")
    werkproces = dossier.eis_werkproces()
    form = MotivatieFormulier(request.POST or None)
    return _toon(
        request,
        dossier,
        form,
        lambda: heropen(werkproces, motivatie=form.cleaned_data["motivatie"], toegang=request.toegang, nu=dossier.nu),
        titel="Heropen het werkproces",
        zin=f"Werkproces {werkproces.nummer}.",
        knop="Heropen",
        klaar="Het werkproces is weer open.",
        uitleg="Alles wat er gebeurde blijft staan. De uitkomst vervalt, en de geplande nazorg ook.",
        nee=Antwoord(False, "Dit werkproces is al open.") if werkproces.open else None,
    )
