"""What became of a delivery: its file, and what it changed."""

from __future__ import annotations

import uuid
from typing import Any, cast
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from routekaart.basis.berichten import waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.taal import getal
from routekaart.leveringen.acties import kijk_vooraf
from routekaart.leveringen.models import Levering
from routekaart.leveringen.paginas import adres_van, getal_uit, haal_levering, kruimels_van
from routekaart.leveringen.wijzigingen import wijzigingen_van
from routekaart.personen.models import Jongere
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


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
    """Whom and what the delivery changed, within the scope of who looks; of one that was only looked at, what it would
    change: the first of each list.
    """
    levering = haal_levering(request, sleutel)
    toon, na = request.GET.get("toon", ""), getal_uit(request, "na")
    vooraf = levering.stand == Levering.Stand.PROEF
    if vooraf:
        na = 0  # each look numbers what is new afresh
        try:
            beeld = kijk_vooraf(
                levering, lambda zou: wijzigingen_van(zou, request.toegang, toon=toon), toegang=request.toegang, nu=nu()
            )
        except Geweigerd as reden:
            waarschuw(request, reden.boodschap)
            return redirect(adres_van(levering))
    else:
        beeld = wijzigingen_van(levering, request.toegang, toon=toon, na=na)
    jongeren = {regel.jongere.pk for regel in beeld.regels}
    request.inzage.noteer(
        "levering.wijzigingen-bekeken",
        onderwerp=f"leveringen.levering:{levering.sleutel}",
        inhoud={"toon": beeld.gekozen, "na": na},
    )
    adres = reverse("leveringen:wijzigingen", args=[levering.sleutel])
    context: dict[str, Any] = {
        "levering": levering,
        "beeld": beeld,
        "vooraf": vooraf,
        "bekend": set(Jongere.objects.voor(request.toegang).filter(pk__in=jongeren).values_list("pk", flat=True)),
        "filters": [
            Filter(naam, f"{adres}?toon={code}", getal(aantal), gekozen=code == beeld.gekozen)
            for code, naam, aantal in beeld.aantallen
        ],
        "volgende": f"?{urlencode({'toon': beeld.gekozen, 'na': beeld.volgende})}"
        if beeld.volgende and not vooraf
        else "",
        "eerste": f"?toon={beeld.gekozen}" if na else "",
        "kruimels": kruimels_van(levering, Kruimel("wat er zou veranderen" if vooraf else "wat er veranderde")),
    }
    return render(request, "leveringen/wijzigingen.html", context)
