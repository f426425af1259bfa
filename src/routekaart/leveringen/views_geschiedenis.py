"""What became of a delivery: its file, what it changed, and whom it did not hold."""

from __future__ import annotations

import uuid
from typing import Any, cast
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.taal import getal
from routekaart.leveringen.acties_vermissing import besluit, inschrijving_van, peildatum_van
from routekaart.leveringen.forms import VermissingFormulier
from routekaart.leveringen.models import Vermissing
from routekaart.leveringen.paginas import haal_levering, kruimels_van
from routekaart.leveringen.selecties import PER_PAGINA, vermisten
from routekaart.leveringen.wijzigingen import wijzigingen_van
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht


def getal_uit(request: Verzoek, naam: str) -> int:
    """A whole number from the address; 0 for anything else."""
    tekst = request.GET.get(naam, "")
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 16 else 0


@vereist(Recht.LEVERINGEN)
def bestand(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The file as it was delivered, byte for byte."""
    levering = haal_levering(request, sleutel)
    try:
        inhoud = levering.bestand.open("rb")
    except (OSError, ValueError):
        raise Http404 from None
    request.inzage.noteer(
        "levering.bestand-opgehaald",
        onderwerp=f"leveringen.levering:{levering.sleutel}",
        inhoud={"sha256": levering.sha256, "rijen": levering.regels},
    )
    antwoord = FileResponse(inhoud, as_attachment=True, filename=levering.bestandsnaam)
    # never shown by a browser, whatever is in it
    antwoord["Content-Type"] = "application/octet-stream"
    antwoord["Cache-Control"] = "no-store"
    return cast(HttpResponse, antwoord)  # streamed: the doors do not look at the body


@vereist(Recht.LEVERINGEN)
def wijzigingen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Whom and what the delivery changed, within the scope of who looks."""
    levering = haal_levering(request, sleutel)
    na = getal_uit(request, "na")
    beeld = wijzigingen_van(levering, request.toegang, toon=request.GET.get("toon", ""), na=na)
    request.inzage.noteer(
        "levering.wijzigingen-bekeken",
        onderwerp=f"leveringen.levering:{levering.sleutel}",
        inhoud={"toon": beeld.gekozen, "na": na},
    )
    adres = reverse("leveringen:wijzigingen", args=[levering.sleutel])
    context: dict[str, Any] = {
        "levering": levering,
        "beeld": beeld,
        "filters": [
            Filter(naam, f"{adres}?toon={code}", getal(aantal), gekozen=code == beeld.gekozen)
            for code, naam, aantal in beeld.aantallen
        ],
        "volgende": f"?{urlencode({'toon': beeld.gekozen, 'na': beeld.volgende})}" if beeld.volgende else "",
        "eerste": f"?toon={beeld.gekozen}" if na else "",
        "kruimels": kruimels_van(levering, Kruimel("wat er veranderde")),
    }
    return render(request, "leveringen/wijzigingen.html", context)


@vereist(Recht.LEVERINGEN)
def vermist(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Who or what was not in a full delivery: still to look at, and what was decided."""
    levering = haal_levering(request, sleutel)
    na = getal_uit(request, "na")
    toon = request.GET.get("toon", "open")
    alle = vermisten(levering, request.toegang)
    klaar = (Vermissing.Besluit.BLIJFT, Vermissing.Besluit.BEEINDIGD)
    gekozen = alle.filter(besluit__in=klaar) if toon == "klaar" else alle.exclude(besluit__in=klaar)
    rijen = list(gekozen.filter(pk__gt=na).order_by("pk")[: PER_PAGINA + 1])
    request.inzage.noteer(
        "levering.wijzigingen-bekeken",
        onderwerp=f"leveringen.levering:{levering.sleutel}",
        inhoud={"toon": f"vermist-{'klaar' if toon == 'klaar' else 'open'}", "na": na},
    )
    adres = reverse("leveringen:vermist", args=[levering.sleutel])
    te_doen, gedaan = alle.exclude(besluit__in=klaar).count(), alle.filter(besluit__in=klaar).count()
    context = {
        "levering": levering,
        "rijen": rijen[:PER_PAGINA],
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


@vereist(Recht.LEVERINGEN)
def vermissing(request: Verzoek, sleutel: uuid.UUID, vermissing: uuid.UUID) -> HttpResponse:
    """One of them: look again later, leave it, or end it."""
    levering = haal_levering(request, sleutel)
    gevonden = haal(
        Vermissing.objects.filter(levering=levering).select_related("jongere", "levering", "besloten_door"),
        request,
        vermissing,
    )
    inschrijving = inschrijving_van(gevonden, request.toegang)
    form = VermissingFormulier(
        request.POST or None, vermissing=gevonden, peildatum=peildatum_van(gevonden), kan_eindigen=bool(inschrijving)
    )
    terug = reverse("leveringen:vermist", args=[levering.sleutel])
    if request.method == "POST" and form.is_valid():
        try:
            besluit(gevonden, **form.cleaned_data, toegang=request.toegang, nu=nu())
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"Vastgelegd: {gevonden.jongere.naam}, {_zegt(form.cleaned_data['besluit'])}.")
            return redirect(terug)
    onderwerp = f"leveringen.levering:{levering.sleutel}"
    request.inzage.noteer("levering.wijzigingen-bekeken", jongere_id=gevonden.jongere_id, onderwerp=onderwerp)
    context = {
        "levering": levering,
        "vermissing": gevonden,
        "form": form,
        "uit_brp": levering.soort == "brp",
        "kan_eindigen": bool(inschrijving),
        "klaar": gevonden.besluit == Vermissing.Besluit.BEEINDIGD,
        "peildatum": peildatum_van(gevonden),
        "terug": terug,
        "kruimels": kruimels_van(levering, Kruimel("niet in het bestand", terug)),
    }
    return render(request, "leveringen/vermissing.html", context)


def _zegt(code: str) -> str:
    return str(Vermissing.Besluit(code).label)
