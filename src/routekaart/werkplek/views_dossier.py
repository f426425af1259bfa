"""The pages of a dossier that show all of it together: overzicht, route, netwerk, geschiedenis, doelgroep."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Actie
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.stand import route_van
from routekaart.inhoud.bronnen import bron_in_woorden
from routekaart.inhoud.codelijsten import label
from routekaart.netwerk.selecties import betrokkenen, verzorgers
from routekaart.regels.route import Routestand
from routekaart.signalen.voorraad import Openstaand, openstaand_over
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.forms import DoelgroepFormulier
from routekaart.werkplek.geschiedenis import geschiedenis_van
from routekaart.werkplek.herzien import herzie_doelgroep, voorstel
from routekaart.werkplek.kaart import eerdere_rondes, maak_kaart, termijn_in_woorden
from routekaart.werkplek.mensen import (
    afspraken,
    open_regie,
    persoon_betrokkene,
    persoon_verzorger,
    toestemmingen,
    wie_is_wie,
)
from routekaart.werkplek.nu import maak_nu, vraagt_oordeel
from routekaart.werkplek.overzicht import maak_overzicht
from routekaart.werkplek.waarom import aandacht, doelgroepbeeld, waarom_van_besluit


@vereist(Recht.DOSSIER_ZIEN)
def overzicht(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The dossier at a glance: last talk, what is still to do, school and care, every werkproces (DOS-01, DOS-02)."""
    dossier = open_dossier(request, sleutel, tab="overzicht", met_stand=False)
    context = {
        "dossier": dossier,
        "beeld": maak_overzicht(dossier),
        "signalen": _signalen(dossier),
        "naar_loopbaan": dossier.url("loopbaan:loopbaan"),
        "naar_gegevens": dossier.url("dossiers:contactgegevens"),
    }
    return render(request, "werkplek/overzicht.html", context)


@vereist(Recht.DOSSIER_ZIEN)
def route(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The map, what is now, why this doelgroep, and who is who."""
    dossier = open_dossier(request, sleutel, tab="route")
    context = {
        "dossier": dossier,
        "mensen": wie_is_wie(dossier),
        "signalen": _signalen(dossier),
        "toestemmingen": toestemmingen(dossier),
        "afspraken": afspraken(dossier),
        "voeg_toe": dossier.url("dossiers:betrokkene-nieuw"),
        "naar_delen": dossier.url("delen:delen"),
        "naar_plan": dossier.url("begeleiding:plan"),
        "naar_geschiedenis": dossier.url("dossiers:geschiedenis"),
    }
    stand = dossier.stand
    if stand is None:
        return render(request, "werkplek/route_leeg.html", context)
    nu = maak_nu(dossier)
    context |= {
        "kaart": maak_kaart(dossier, bekend=nu.bekend if nu else ""),
        "nu": nu,
        "doelgroep": doelgroepbeeld(dossier),
        "andere_route": stand.andere_route,
        "eerder": eerdere_rondes(stand, op=dossier.op),
        **_aandacht(dossier, stand, gevraagd=request.GET.get("aandacht", "")),
    }
    return render(request, "werkplek/route.html", context)


def _signalen(dossier: Dossier) -> list[Openstaand]:
    return openstaand_over(dossier.jongere, toegang=dossier.toegang, op=dossier.op)


def _aandacht(dossier: Dossier, stand: Routestand, *, gevraagd: str) -> dict[str, Any]:
    """What to mind in the phase of now or the one that was asked for, and the next phase that has something."""
    punten = {fase.fase.nummer: aandacht(dossier, fase=fase.fase.nummer) for fase in stand.fases}
    nu = next((fase.fase.nummer for fase in stand.fases if fase.is_nu), 0)
    fase = int(gevraagd) if gevraagd.isdecimal() and int(gevraagd) in punten else nu
    later = [nummer for nummer in punten if nummer > fase and punten[nummer]] or [nu]
    volgende = None
    if later[0] != fase:
        adres = dossier.url("dossiers:route", aandacht=str(later[0]))
        volgende = Actie(f"Toon fase {later[0]}", f"{adres}#let-op")
    return {"aandacht": punten.get(fase), "aandacht_fase": fase, "aandacht_volgende": volgende}


@vereist(Recht.DOSSIER_ZIEN)
def over_de_route(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """What the route is: every step with its explanation, its source, and what fulfils it (RKT-17)."""
    dossier = open_dossier(request, sleutel, tab="route")
    definitie = route_van(dossier.eis_werkproces())
    termijnen = {stap.nummer: termijn_in_woorden(stap.termijn, dossier.instellingen) for stap in definitie}
    fasen = [
        (fase, [(stap, termijnen[stap.nummer]) for stap in definitie.stappen_van(fase.nummer)])
        for fase in definitie.fases
    ]
    context = {"dossier": dossier, "route": definitie, "fasen": fasen, "bron": bron_in_woorden(definitie.bron)}
    return render(request, "werkplek/over_de_route.html", context)


@vereist(Recht.DOSSIER_ZIEN)
def netwerk(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Everybody around the jongere, with how to reach them (DOS-05)."""
    dossier = open_dossier(request, sleutel, tab="netwerk", met_stand=False)
    familie = verzorgers(dossier.jongere, toegang=request.toegang)
    overig = betrokkenen(dossier.jongere, toegang=request.toegang)
    context = {
        "dossier": dossier,
        "verzorgers": [(rij, persoon_verzorger(dossier, rij)) for rij in familie],
        "betrokkenen": [(rij, persoon_betrokkene(dossier, rij)) for rij in overig],
        "regie": open_regie(dossier),
        "verzorger_nieuw": dossier.url("dossiers:verzorger-nieuw"),
        "betrokkene_nieuw": dossier.url("dossiers:betrokkene-nieuw"),
    }
    return render(request, "werkplek/netwerk.html", context)


@vereist(Recht.DOSSIER_ZIEN)
def geschiedenis(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """What happened, newest first, with what was taken back."""
    dossier = open_dossier(request, sleutel, tab="geschiedenis", met_stand=False)
    return render(request, "werkplek/geschiedenis.html", {"dossier": dossier, "dagen": geschiedenis_van(dossier)})


@vereist(Recht.DOSSIER_WERKEN)
def doelgroep(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """What the rule says today beside what was confirmed; confirm it, or choose another with a motivation."""
    dossier = open_dossier(request, sleutel, tab="route")
    werkproces = dossier.eis_werkproces()
    besluit = voorstel(dossier)
    form = DoelgroepFormulier(
        request.POST or None,
        op=dossier.op,
        met_oordeel=vraagt_oordeel(dossier),
        initial={"doelgroep": besluit.doelgroep.value},
    )
    if request.method == "POST" and form.is_valid():
        try:
            herzie_doelgroep(werkproces, **form.cleaned_data, toegang=request.toegang, nu=dossier.nu)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "De doelgroep is vastgelegd. De route volgt daarop.")
            return redirect(dossier.url("dossiers:route"))
    context = {
        "dossier": dossier,
        "form": form,
        "nu_staat": doelgroepbeeld(dossier),
        "voorstel_naam": label("doelgroepen", besluit.doelgroep.value).lower(),
        "waarom": waarom_van_besluit(besluit, op=dossier.op),
        "terug": dossier.url("dossiers:route"),
    }
    return render(request, "werkplek/doelgroep.html", context)
