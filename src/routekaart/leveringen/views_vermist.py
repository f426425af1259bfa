"""Who or what a full delivery did not hold: the list, one of them, and several at once. Nothing ends by itself."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.taal import getal, meervoud
from routekaart.leveringen.acties_vermissing import (
    BRP,
    Samen,
    besluit,
    besluit_samen,
    kan_eindigen,
    peildatum_van,
)
from routekaart.leveringen.forms_vermissing import SamenFormulier, VermissingFormulier
from routekaart.leveringen.models import Levering, Vermissing
from routekaart.leveringen.paginas import getal_uit, haal_levering, kruimels_van
from routekaart.leveringen.selecties import PER_PAGINA, vermisten
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht

KLAAR = (Vermissing.Besluit.BLIJFT, Vermissing.Besluit.BEEINDIGD)
MEER = "pagina"  # everything on the page, without ticking each


@vereist(Recht.LEVERINGEN)
def vermist(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Who or what was not in a full delivery, and what was decided. About what is ticked one decides at once."""
    levering = haal_levering(request, sleutel)
    na = getal_uit(request, "na")
    toon = request.GET.get("toon", "open")
    alle = vermisten(levering, request.toegang)
    gekozen = alle.filter(besluit__in=KLAAR) if toon == "klaar" else alle.exclude(besluit__in=KLAAR)
    rijen = list(gekozen.filter(pk__gt=na).order_by("pk")[: PER_PAGINA + 1])
    laatste = peildatum_van(rijen[0]) if rijen else None
    form = None
    if toon != "klaar" and laatste is not None:
        form = SamenFormulier(request.POST or None, levering=levering, laatste=laatste)
        if request.method == "POST" and form.is_valid():
            try:
                samen = _besluit_samen(request, levering, form, rijen[:PER_PAGINA])
            except Geweigerd as reden:
                form.geweigerd(reden)
            else:
                _meld(request, samen)
                return redirect("leveringen:vermist", levering.sleutel)
    request.inzage.noteer(
        "levering.wijzigingen-bekeken",
        onderwerp=f"leveringen.levering:{levering.sleutel}",
        inhoud={"toon": f"vermist-{'klaar' if toon == 'klaar' else 'open'}", "na": na},
    )
    adres = reverse("leveringen:vermist", args=[levering.sleutel])
    te_doen, gedaan = alle.exclude(besluit__in=KLAAR).count(), alle.filter(besluit__in=KLAAR).count()
    context: dict[str, Any] = {
        "levering": levering,
        "uit_brp": levering.soort == BRP,
        "rijen": rijen[:PER_PAGINA],
        "gekozen": set(request.POST.getlist("kies")),
        "form": form,
        "te_doen": te_doen,
        "filters": [
            Filter("Te bekijken", adres, getal(te_doen), gekozen=toon != "klaar"),
            Filter("Besloten", f"{adres}?toon=klaar", getal(gedaan), gekozen=toon == "klaar"),
        ],
        "volgende": f"?{urlencode({'toon': toon, 'na': rijen[PER_PAGINA - 1].pk})}" if len(rijen) > PER_PAGINA else "",
        "eerste": f"?{urlencode({'toon': toon})}" if na else "",
        "kruimels": kruimels_van(levering, Kruimel("niet in het bestand")),
    }
    return render(request, "leveringen/vermist.html", context)


def _besluit_samen(request: Verzoek, levering: Levering, form: SamenFormulier, pagina: list[Vermissing]) -> Samen:
    """Decides about what was ticked. Raises Geweigerd."""
    gekozen = []
    for tekst in request.POST.getlist("kies"):
        sleutel, _, versie = tekst.partition(":")
        try:
            gekozen.append((uuid.UUID(sleutel), int(versie)))
        except ValueError:
            continue
    if MEER in request.POST:
        gekozen = [(rij.sleutel, rij.versie) for rij in pagina]
    return besluit_samen(gekozen, form.gekozen, levering_id=levering.pk, toegang=request.toegang, nu=nu())


def _meld(request: Verzoek, samen: Samen) -> None:
    """What was done, and about whom it could not be."""
    if samen.gedaan:
        meld(request, f"Vastgelegd bij {meervoud(samen.gedaan, 'regel', 'regels')}.")
    if samen.niet:
        wie = "; ".join(f"{naam}: {reden}" for naam, reden in samen.niet[:5])
        meer = f" En nog {len(samen.niet) - 5}." if len(samen.niet) > 5 else ""
        waarschuw(request, f"Bij {meervoud(len(samen.niet), 'regel', 'regels')} kon het niet. {wie}{meer}")


@vereist(Recht.LEVERINGEN)
def vermissing(request: Verzoek, sleutel: uuid.UUID, vermissing: uuid.UUID) -> HttpResponse:
    """One of them: look again later, leave it, or end it."""
    levering = haal_levering(request, sleutel)
    gevonden = haal(
        Vermissing.objects.filter(levering=levering).select_related("jongere__gemeente", "levering", "besloten_door"),
        request,
        vermissing,
    )
    kan = kan_eindigen(gevonden, request.toegang)
    form = VermissingFormulier(request.POST or None, vermissing=gevonden, kan_eindigen=kan)
    terug = reverse("leveringen:vermist", args=[levering.sleutel])
    if request.method == "POST" and form.is_valid():
        wat = form.gekozen
        try:
            besluit(gevonden, wat, versie=form.cleaned_data["versie"], toegang=request.toegang, nu=nu())
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"Vastgelegd: {gevonden.jongere.naam}, {Vermissing.Besluit(wat.besluit).label}.")
            return redirect(terug)
    onderwerp = f"leveringen.levering:{levering.sleutel}"
    request.inzage.noteer("levering.wijzigingen-bekeken", jongere_id=gevonden.jongere_id, onderwerp=onderwerp)
    context = {
        "levering": levering,
        "vermissing": gevonden,
        "form": form,
        "uit_brp": levering.soort == BRP,
        "kan_eindigen": kan,
        "klaar": gevonden.besluit == Vermissing.Besluit.BEEINDIGD,
        "peildatum": peildatum_van(gevonden),
        "terug": terug,
        "kruimels": kruimels_van(levering, Kruimel("niet in het bestand", terug)),
    }
    return render(request, "leveringen/vermissing.html", context)
