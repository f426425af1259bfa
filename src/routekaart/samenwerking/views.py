"""Feedback to who reported (step 12): prepared, looked at, sent and kept."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import label
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.acties import bereid_voor, koppel_terug
from routekaart.samenwerking.forms import TerugkoppelFormulier, begin
from routekaart.samenwerking.models import Terugkoppeling
from routekaart.samenwerking.selecties import meldingen_van, terugkoppelingen_van
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht

WIE = {"school": "school", "jongere": "de jongere", "partner": "de melder"}


@dataclass(frozen=True)
class Regel:
    """One melding with whether who reported it heard something."""

    melding: Melding
    wie: str
    etiket: Etiket
    uitkomst: str
    url: str
    gekozen: bool
    gedaan: bool


@vereist(Recht.DOSSIER_ZIEN)
def terugkoppelen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Tell who reported how it ended. `?melding=` chooses which report; the first one that waits by itself."""
    dossier = open_dossier(request, sleutel, tab="brieven")
    werkproces = dossier.eis_werkproces()
    gegeven = terugkoppelingen_van(werkproces, toegang=request.toegang)
    regels = _regels(request, dossier, meldingen_van(werkproces, toegang=request.toegang), gegeven)
    gekozen = next((regel for regel in regels if regel.gekozen), None)
    melding = gekozen.melding if gekozen else None
    voorbereid = bereid_voor(werkproces, melding)
    form = TerugkoppelFormulier(request.POST or None, voorbereid=voorbereid, initial=begin(voorbereid))
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: koppel_terug(werkproces, melding=melding, toegang=request.toegang, nu=dossier.nu, **form.velden()),
        klaar=f"Vastgelegd wat je {WIE[voorbereid.soort_ontvanger]} vertelde.",
        naar=_verder(dossier, regels),
    )
    return antwoord or render(
        request,
        "samenwerking/terugkoppelen.html",
        {
            "dossier": dossier,
            "form": form,
            "voorbereid": voorbereid,
            "wie": WIE[voorbereid.soort_ontvanger],
            "regels": regels,
            "gegeven": gegeven,
            "gekozen": gekozen,
            "zin": _zin(dossier, regels, gegeven),
            "annuleer": dossier.url("dossiers:route"),
        },
    )


def _regels(request: Verzoek, dossier: Dossier, meldingen: list[Melding], gegeven: list[Terugkoppeling]) -> list[Regel]:
    gehoord = {rij.melding_id for rij in gegeven}
    gevraagd = request.GET.get("melding", "")
    sleutels = {str(melding.sleutel) for melding in meldingen}
    if gevraagd and gevraagd not in sleutels:
        request.inzage.weiger(f"melding:{gevraagd}")
        raise Http404
    wacht = next((melding for melding in meldingen if melding.pk not in gehoord), meldingen[0] if meldingen else None)
    kies = gevraagd or (str(wacht.sleutel) if wacht else "")
    return [
        Regel(
            melding=melding,
            wie=", ".join(deel for deel in (melding.melder_naam, melding.melder_organisatie) if deel)
            or label("meldersoorten", melding.melder_soort, anders=melding.melder_soort),
            etiket=Etiket("teruggekoppeld", "goed") if melding.pk in gehoord else Etiket("wacht", "letop"),
            uitkomst=_uitkomst(melding),
            url=dossier.url("samenwerking:terugkoppelen", melding=str(melding.sleutel)),
            gekozen=str(melding.sleutel) == kies,
            gedaan=melding.pk in gehoord,
        )
        for melding in meldingen
    ]


def _uitkomst(melding: Melding) -> str:
    """Where the melding stands, for us."""
    if melding.duo_terug_op is not None:
        return f"via DUO verstuurd op {melding.duo_terug_op:%d-%m-%Y}"
    if melding.duo_status:
        return f"staat klaar voor DUO: {melding.get_duo_status_display()}"
    return "afgehandeld" if melding.uitkomst else "nog geen uitkomst"


def _verder(dossier: Dossier, regels: list[Regel]) -> str:
    """To the next melding that waits; else back to the route."""
    wacht = [regel for regel in regels if not regel.gedaan and not regel.gekozen]
    return wacht[0].url if wacht else dossier.url("dossiers:route")


def _zin(dossier: Dossier, regels: list[Regel], gegeven: list[Terugkoppeling]) -> str:
    """How things stand, in words."""
    wachten = sum(1 for regel in regels if not regel.gedaan)
    werkproces = dossier.eis_werkproces()
    stand = "Dit werkproces loopt nog." if werkproces.open else "Dit werkproces is afgesloten."
    if not regels:
        return f"{stand} Er is geen melding bij; koppel terug aan wie het moet weten."
    if not wachten:
        return f"{stand} Iedereen die meldde, heeft iets gehoord."
    wie = "melder" if wachten == 1 else "melders"
    return (
        f"{stand} {taal.hoofdletter(taal.telwoord(wachten))} {wie} {'hoorde' if wachten == 1 else 'hoorden'} nog niets."
    )
