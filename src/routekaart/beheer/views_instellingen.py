"""Limits, terms and norms of the region, in the browser: dated, explained, and changed from a day on."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.basis.parameters import STANDAARD, parameters
from routekaart.beheer import instellingen as alle
from routekaart.beheer.acties_instellingen import naar_standaard, stel_in
from routekaart.beheer.forms_instellingen import (
    STANDAARD_WEER,
    ZETTEN,
    InstellingFormulier,
    StandaardFormulier,
    als_invoer,
)
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

type Form = InstellingFormulier | StandaardFormulier


@vereist(Recht.BEHEER)
@require_safe
def instellingen(request: Verzoek) -> HttpResponse:
    """All settings with their value today, since when, and what is planned."""
    groepen = alle.overzicht(request.toegang.regio_id or 0, op=timezone.localdate(nu()))
    eigen = sum(een.eigen for _, rijen in groepen for een in rijen)
    return render(request, "beheer/instellingen.html", {"groepen": groepen, "eigen": eigen, "totaal": len(STANDAARD)})


@vereist(Recht.BEHEER)
@require_http_methods(["GET", "POST"])
def instelling(request: Verzoek, code: str) -> HttpResponse:
    """One setting: what it means, what it was, and the form to change it."""
    if code not in STANDAARD:
        raise Http404
    moment = nu()
    op, regio_id = timezone.localdate(moment), request.toegang.regio_id or 0
    rijen = list(alle.rijen_van(regio_id, code))
    stand = alle.stand_van(rijen)
    doet = request.POST.get("doe", "")
    waarde = als_invoer(code, parameters(regio_id, op=op)[code])
    form = InstellingFormulier(
        request.POST if doet == ZETTEN else None,
        code=code,
        initial={"doe": ZETTEN, "stand": stand, "van": op, "waarde": waarde},
    )
    terug = StandaardFormulier(
        request.POST if doet == STANDAARD_WEER else None,
        auto_id="id_standaard_%s",
        initial={"doe": STANDAARD_WEER, "stand": stand, "van": op},
    )
    gestuurd: Form | None = next((een for een in (form, terug) if een.is_bound), None)
    if gestuurd is not None and gestuurd.is_valid() and _bewaar(request, code, gestuurd):
        meld(request, "De instelling is bewaard.")
        return redirect("beheer:instelling", code=code)
    context = {
        "instelling": alle.instelling(regio_id, code, op=op),
        "landelijk": alle.in_woorden(code, STANDAARD[code].waarde),
        "geschiedenis": alle.geschiedenis(rijen, op=op),
        "form": form,
        "terug": terug if any(rij.tot is None or rij.tot >= op for rij in rijen) else None,
        "kruimels": [Kruimel("Instellingen", reverse("beheer:instellingen"))],
    }
    return render(request, "beheer/instelling.html", context)


def _bewaar(request: Verzoek, code: str, form: Form) -> bool:
    gegeven = form.cleaned_data
    wat = {"van": gegeven["van"], "toelichting": gegeven["toelichting"], "stand": gegeven["stand"]}
    try:
        if isinstance(form, InstellingFormulier):
            stel_in(code, waarde=form.waarde(), **wat, toegang=request.toegang, nu=nu())
        else:
            naar_standaard(code, **wat, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        form.geweigerd(reden)
        data = form.data.copy()  # type: ignore[attr-defined]
        data["stand"] = alle.stand_van(list(alle.rijen_van(request.toegang.regio_id or 0, code)))
        form.data = data
        return False
    return True
