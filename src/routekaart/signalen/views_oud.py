"""The oud-vsv'ers whom we know, and the list that goes along to an overleg."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from routekaart.basis.berichten import waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.basis.taal import meervoud
from routekaart.delen.models import Verstrekking
from routekaart.signalen.aangevinkt import aangevinkte_jongeren
from routekaart.signalen.acties_overleg import KANAAL, MEESTE, lijst_van, neem_mee
from routekaart.signalen.forms import OverlegFormulier
from routekaart.signalen.oudlijst import Vraag, maak_beeld
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht


def _kruimels(*verder: Kruimel) -> list[Kruimel]:
    return [Kruimel("Signalen", reverse("signalen:lijst")), *verder]


@vereist(Recht.SIGNALEN_ZIEN)
@require_safe
def oud(request: Verzoek) -> HttpResponse:
    """Who they are, when they were last approached, what was tried, and who has the regie."""
    vraag = Vraag.lees(request.GET)
    request.inzage.noteer("oud-vsv.bekeken", inhoud={"toon": vraag.toon})
    context = {
        "beeld": maak_beeld(vraag, toegang=request.toegang, op=timezone.localdate(nu())),
        "mag_meenemen": request.toegang.mag(Recht.DOSSIER_WERKEN),
        "kruimels": _kruimels(),
    }
    return render(request, "signalen/oud.html", context)


@vereist(Recht.DOSSIER_WERKEN)
@require_POST
def overleg(request: Verzoek) -> HttpResponse:
    """First the page that names who goes along and asks for ground and purpose; then the list itself."""
    gekozen = aangevinkte_jongeren(request, "jongeren", hoogstens=MEESTE, deur="signalen.overleg")
    if not gekozen:
        waarschuw(request, "Vink eerst aan om wie het gaat.")
        return redirect("signalen:oud")
    form = OverlegFormulier(
        request.POST if "overleg" in request.POST else None,
        op=timezone.localdate(nu()),
        initial={"jongeren": ",".join(str(een.sleutel) for een in gekozen)},
    )
    if form.is_bound and form.is_valid():
        velden: dict[str, Any] = {naam: form.cleaned_data[naam] for naam in ("overleg", "doel", "grondslag")}
        try:
            eerste = neem_mee(gekozen, **velden, toegang=request.toegang, nu=nu())[0]
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            return redirect("signalen:overleglijst", sleutel=eerste.sleutel)
    request.inzage.noteer("oud-vsv.bekeken", inhoud={"selectie": [str(een.sleutel) for een in gekozen]})
    context = {
        "form": form,
        "mee": [een.naam for een in gekozen if not een.geheimhouding],
        "blijft": meervoud(sum(bool(een.geheimhouding) for een in gekozen), "jongere", "jongeren"),
        "blijven": any(een.geheimhouding for een in gekozen),
        "kruimels": _kruimels(Kruimel("Oud-vsv’ers", reverse("signalen:oud"))),
    }
    return render(request, "signalen/overleg.html", context)


@vereist(Recht.DOSSIER_WERKEN)
def overleglijst(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The list as it goes along: what was kept, and nothing more."""
    eerste: Verstrekking = haal(Verstrekking.objects.filter(kanaal=KANAAL), request, sleutel)
    samen = lijst_van(eerste, toegang=request.toegang)
    request.inzage.noteer("overleg.lijst-bekeken", onderwerp=f"delen.verstrekking:{eerste.sleutel}",
                          inhoud={"personen": [str(een.jongere.sleutel) for een in samen]})  # fmt: skip
    context = {"eerste": eerste, "samen": samen, "kruimels": _kruimels(Kruimel("Oud-vsv’ers", reverse("signalen:oud")))}
    return render(request, "signalen/overleglijst.html", context)
