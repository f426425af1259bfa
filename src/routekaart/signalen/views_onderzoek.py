"""Own research: what is due, who does it, what was found, and planning it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from routekaart.basis import taal
from routekaart.basis.berichten import meld
from routekaart.basis.formulieren import Formulier
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.signalen.acties_onderzoek import plan, rond_af, stop
from routekaart.signalen.forms_onderzoek import GedaanFormulier, PlanFormulier
from routekaart.signalen.models import Onderzoek, Onderzoekbeurt
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.models import Gebruiker, Lidmaatschap
from routekaart.toegang.rechten import RECHTEN, Recht

PLAN, GEDAAN, STOP = "plan", "gedaan", "stop"
WAAR = {
    Onderzoek.Soort.DUO_VSV: "signalen:duo-vsv",
    Onderzoek.Soort.DUO_MELDINGEN: "meldingen:lijst",
    Onderzoek.Soort.JIKP: "signalen:jikp-portaal",
    Onderzoek.Soort.INLICHTINGENBUREAU: "signalen:lijst",
    Onderzoek.Soort.SCHOLEN: "signalen:scholen",
}


@dataclass(frozen=True)
class Regel:
    """One recurring check as it is shown."""

    onderzoek: Onderzoek
    wanneer: str
    aan_de_beurt: bool
    waar: str
    laatst: str
    form: GedaanFormulier | None


@vereist(Recht.SIGNALEN_ZIEN)
@require_http_methods(["GET", "POST"])
def onderzoek(request: Verzoek) -> HttpResponse:
    """Every check with its owner, when it is due and what was found last; and the forms."""
    moment = nu()
    op = timezone.localdate(moment)
    beurten = Prefetch("beurten", Onderzoekbeurt.objects.select_related("door").order_by("-op", "-pk"))
    rijen = list(
        Onderzoek.objects.filter(regio_id=request.toegang.regio_id or 0, gestopt_op__isnull=True)
        .select_related("eigenaar")
        .prefetch_related(beurten)
        .order_by("volgende_op", "pk")
    )
    mag_plannen, mag_werken = request.toegang.mag(Recht.TOEWIJZEN), request.toegang.mag(Recht.SIGNALEN_WERKEN)
    collegas = _collegas(request) if mag_plannen else {}
    doe = request.POST.get("doe", "")
    begin = {"doe": PLAN, "eerst_op": op, "elke_weken": 4}
    planform = PlanFormulier(request.POST if doe == PLAN else None, collegas=collegas, initial=begin)
    gedaan = {een.pk: _gedaan(request, een, doe) for een in rijen} if mag_werken else {}
    if request.method == "POST":
        if not (mag_plannen if doe in {PLAN, STOP} else mag_werken):
            request.inzage.weiger(Recht.TOEWIJZEN if doe in {PLAN, STOP} else Recht.SIGNALEN_WERKEN)
            raise Http404
        if _doe(request, doe, planform, collegas, rijen, gedaan):
            return redirect("signalen:onderzoek")
    context = {
        "regels": [_regel(een, gedaan.get(een.pk), op=op) for een in rijen],
        "planform": planform if mag_plannen else None,
        "te_doen": sum(een.volgende_op <= op for een in rijen),
        "kruimels": [Kruimel("Signalen", reverse("signalen:lijst"))],
    }
    return render(request, "signalen/onderzoek.html", context)


def _gedaan(request: Verzoek, een: Onderzoek, doe: str) -> GedaanFormulier:
    gestuurd = doe == GEDAAN and request.POST.get("onderzoek") == str(een.sleutel)
    begin = {"doe": GEDAAN, "onderzoek": een.sleutel, "versie": een.versie}
    return GedaanFormulier(request.POST if gestuurd else None, auto_id=f"id_{een.soort}_%s", initial=begin)


def _doe(
    request: Verzoek,
    doe: str,
    planform: PlanFormulier,
    collegas: dict[str, Gebruiker],
    rijen: list[Onderzoek],
    gedaan: dict[int, GedaanFormulier],
) -> bool:
    wie: dict[str, Any] = {"toegang": request.toegang, "nu": nu()}
    een = next((rij for rij in rijen if str(rij.sleutel) == request.POST.get("onderzoek")), None)
    form: Formulier = planform if doe == PLAN else gedaan[een.pk] if een and doe == GEDAAN else planform
    try:
        if doe == PLAN and planform.is_valid():
            velden = dict(planform.cleaned_data)
            eigenaar = collegas.get(velden["eigenaar"])
            plan(
                velden["soort"], elke_weken=velden["elke_weken"], eerst_op=velden["eerst_op"], eigenaar=eigenaar, **wie
            )
            meld(request, "Het onderzoek is gepland.")
            return True
        if doe == GEDAAN and een is not None and form.is_valid():
            gegeven = form.cleaned_data
            rond_af(een, bevinding=gegeven["bevinding"], versie=gegeven["versie"], **wie)
            meld(request, f"Vastgelegd. Weer op {taal.datum_voluit(een.volgende_op)}.")
            return True
        if doe == STOP and een is not None:
            stop(een, **wie)
            meld(request, "Dit onderzoek komt niet meer terug.")
            return True
    except Geweigerd as reden:
        form.geweigerd(reden)
    return False


def _collegas(request: Verzoek) -> dict[str, Gebruiker]:
    """Who works with signals in this region, by name. One query."""
    leden = Lidmaatschap.objects.geldig_op(timezone.localdate(nu())).filter(
        team__regio=request.toegang.regio_id or 0,
        rol__in=RECHTEN[Recht.SIGNALEN_WERKEN],
        gebruiker__is_active=True,
    )
    rijen = Gebruiker.objects.filter(pk__in=leden.values("gebruiker")).order_by("naam", "pk")
    return {str(een.sleutel): een for een in rijen}


def _regel(een: Onderzoek, form: GedaanFormulier | None, *, op: Any) -> Regel:
    beurt = next(iter(een.beurten.all()), None)
    laatst = "nog niet gedaan"
    if beurt is not None:
        laatst = f"{taal.datum_kort(beurt.op, op=op, weekdag=False)}, {beurt.door or 'Routekaart'}: {beurt.bevinding}"
    aan_de_beurt = een.volgende_op <= op
    waar = reverse(WAAR[Onderzoek.Soort(een.soort)])
    if een.soort == Onderzoek.Soort.INLICHTINGENBUREAU:
        waar += "?soort=jongeren-in-beeld"
    return Regel(
        een, taal.datum_kort(een.volgende_op, op=op), aan_de_beurt, waar, laatst, form if aan_de_beurt else None
    )
