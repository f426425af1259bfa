"""The doelgroepwijzer: fill in facts, see the doelgroep and why; nothing is stored."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from routekaart.basis.parameters import STANDAARD, parameters
from routekaart.meldingen.doelgroep import feiten as feiten_van
from routekaart.personen.models import Jongere
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.forms_wijzer import Wijzerinvoer
from routekaart.werkplek.wijzer import bepaal, feiten_uit, invoer_van, vergelijk


@vereist(Recht.WIJZER)
@require_http_methods(["GET", "HEAD", "POST"])
def doelgroepwijzer(request: Verzoek) -> HttpResponse:
    """The form and the decision. `?jongere=<uuid>` begins with the facts of somebody in scope."""
    jongere = _jongere(request)
    context: dict[str, Any] = {"jongere": jongere}
    if request.method == "POST":
        context |= _beantwoord(request)
    elif jongere is not None:
        feiten = feiten_van(jongere, op=timezone.localdate(nu()))
        context |= {"invoer": invoer_van(feiten), "uitkomst": bepaal(feiten)}
    else:
        context["invoer"] = _leeg(request)
    return render(request, "werkplek/doelgroepwijzer.html", context)


def _jongere(request: Verzoek) -> Jongere | None:
    """The person whose facts are asked for; 404 outside the scope. That they are shown is logged."""
    gevraagd = request.GET.get("jongere", "")
    if not gevraagd:
        return None
    try:
        sleutel = uuid.UUID(gevraagd)
    except ValueError:
        raise Http404 from None
    jongere: Jongere = haal(Jongere.objects.select_related("gemeente"), request, sleutel)
    onderwerp = f"personen.jongere:{jongere.sleutel}"
    request.inzage.noteer("wijzer.bekeken", jongere_id=jongere.pk, onderwerp=onderwerp)
    return jongere


def _beantwoord(request: Verzoek) -> dict[str, Any]:
    """The decision on what was sent; a button that adds or takes away a row only gives the form back."""
    veranderd = Wijzerinvoer.veranderd(request.POST, request.POST.get("doe", ""))
    if veranderd is not None:
        return {"invoer": veranderd}
    invoer = Wijzerinvoer.ingevuld(request.POST)
    if not invoer.klopt():
        return {"invoer": invoer}
    feiten = feiten_uit(invoer)
    uitkomst = bepaal(feiten)
    tweede = invoer.form.cleaned_data["vergelijk"]
    return {
        "invoer": invoer,
        "uitkomst": uitkomst,
        "vergelijking": vergelijk(feiten, uitkomst, tweede) if tweede else None,
    }


def _leeg(request: Verzoek) -> Wijzerinvoer:
    """An empty form for today, with what the region chose."""
    op = timezone.localdate(nu())
    regio_id = request.toegang.regio_id
    eigen = parameters(regio_id, op=op) if regio_id else {code: s.waarde for code, s in STANDAARD.items()}
    waarden = {"peildatum": op, **{code: eigen[code] for code in ("bovengrens", "baan_telt", "baan_uren")}}
    return Wijzerinvoer.begin(waarden, {"inschrijvingen": [{}]})
