"""What the jongere agreed to, and everything that was shared (PRV-02, PRV-10)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from routekaart.basis.onderdelen import Etiket
from routekaart.delen.acties import trek_toestemming_in, vraag_toestemming, zeggenschap
from routekaart.delen.forms import IntrekkenFormulier, ToestemmingFormulier
from routekaart.delen.models import Toestemming, Verstrekking
from routekaart.delen.selecties import laatste_antwoorden, toestemmingen_van, verstrekkingen_van
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import codelijst
from routekaart.toegang.deuren import Verzoek, haal, vereist
from routekaart.toegang.rechten import Recht


@dataclass(frozen=True)
class Regel:
    """One answer as it is shown."""

    rij: Toestemming
    etiket: Etiket
    geldt: bool
    intrekken: str


@dataclass(frozen=True)
class Gedeeld:
    """One disclosure as it is shown: the texts that went out."""

    rij: Verstrekking
    teksten: list[str]


@vereist(Recht.DOSSIER_ZIEN)
def delen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """With whom something may be shared, and what was shared with whom, when and why."""
    dossier = open_dossier(request, sleutel, tab="delen")
    alle = toestemmingen_van(dossier.jongere, toegang=request.toegang)
    nu_geldig = laatste_antwoorden(alle)
    eerder = [rij for rij in alle if rij not in nu_geldig]
    return render(
        request,
        "delen/delen.html",
        {
            "dossier": dossier,
            "regels": [_regel(dossier, rij) for rij in nu_geldig],
            "eerder": [_regel(dossier, rij) for rij in eerder],
            "gedeeld": [_gedeeld(rij) for rij in verstrekkingen_van(dossier.jongere, toegang=request.toegang)],
            "beslist": zeggenschap(dossier.jongere, op=dossier.op),
            "vragen": dossier.url("delen:toestemming") if dossier.kan_werken else "",
            "denkstappen": [(str(stap["kort"]), stap.label) for stap in codelijst("denkstappen").waarden],
        },
    )


def _regel(dossier: Dossier, rij: Toestemming) -> Regel:
    geldt = rij.geldt(op=dossier.op)
    if not rij.gegeven:
        etiket = Etiket("nee")
    elif geldt:
        etiket = Etiket("ja", "goed")
    else:
        etiket = Etiket("ingetrokken" if rij.ingetrokken_op else "verlopen", "lijn")
    kan = geldt and dossier.mag_werken and rij.werkproces_id is not None
    return Regel(rij, etiket, geldt, dossier.url("delen:intrekken", rij.sleutel) if kan else "")


def _gedeeld(rij: Verstrekking) -> Gedeeld:
    teksten = [str(rij.inhoud[naam]) for naam in ("tekst", "brief") if rij.inhoud.get(naam)]
    return Gedeeld(rij, teksten)


@vereist(Recht.DOSSIER_WERKEN)
def toestemming(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Ask the jongere one question, and record the answer."""
    dossier = open_dossier(request, sleutel, tab="delen")
    werkproces = dossier.eis_werkproces()
    beslist = zeggenschap(dossier.jongere, op=dossier.op)
    form = ToestemmingFormulier(request.POST or None, request.FILES or None, initial={"op": dossier.op})
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: vraag_toestemming(
            werkproces,
            form.antwoord_van(beslist.door),
            op=form.cleaned_data["op"],
            verklaring=form.verklaring(),
            toegang=request.toegang,
            nu=dossier.nu,
        ),
        klaar="Het antwoord is vastgelegd.",
        naar=dossier.url("delen:delen"),
    )
    return antwoord or render(
        request,
        "delen/toestemming.html",
        {
            "dossier": dossier,
            "form": form,
            "beslist": beslist,
            "annuleer": dossier.url("delen:delen"),
            "verklaring": dossier.url("correspondentie:brief-schrijven", "toestemmingsverklaring"),
        },
    )


@vereist(Recht.DOSSIER_WERKEN)
def intrekken(request: Verzoek, sleutel: uuid.UUID, toestemming: uuid.UUID) -> HttpResponse:
    """The jongere takes a yes back."""
    dossier = open_dossier(request, sleutel, tab="delen")
    rij = haal(Toestemming.objects.select_related("werkproces"), request, toestemming)
    if rij.jongere_id != dossier.jongere.pk or not rij.gegeven:
        raise Http404
    form = IntrekkenFormulier(request.POST or None, initial={"op": dossier.op})
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: trek_toestemming_in(rij, op=form.cleaned_data["op"], toegang=request.toegang, nu=dossier.nu),
        klaar=f"De toestemming voor {rij.ontvanger} is ingetrokken.",
        naar=dossier.url("delen:delen"),
    )
    context = {"dossier": dossier, "form": form, "rij": rij, "annuleer": dossier.url("delen:delen")}
    return antwoord or render(request, "delen/intrekken.html", context)
