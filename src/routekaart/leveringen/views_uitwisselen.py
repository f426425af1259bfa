"""Exchange with other registers in the browser: what was agreed, a look beforehand, and the file (REG-17)."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.db.models import Max, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.delen.gronden import GRONDSLAGEN
from routekaart.leveringen.acties_uitwisselen import (
    VELDEN,
    eis_keuze,
    maak_bestand,
    spreek_af,
    stop_uitwisseling,
)
from routekaart.leveringen.forms_uitwisselen import AfspraakFormulier, KeuzeFormulier
from routekaart.leveringen.models import Uitgave, Uitwisseling
from routekaart.leveringen.paginas import als_stroom, eigen_regio_van, kruimels
from routekaart.leveringen.selecties import koppelingen_van, soortnaam
from routekaart.leveringen.uitwisselen import UITSOORTEN, gemeenten_binnen, tel, voorbeeld
from routekaart.regels.uitwisselen import ONTVANGERS
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

LAATSTE = 25


@vereist(Recht.LEVERINGEN)
@require_safe
def uitwisselen(request: Verzoek) -> HttpResponse:
    """Every agreement that holds, and the files that went out last. Two queries."""
    afspraken = Uitwisseling.objects.filter(regio_id=request.toegang.regio_id or 0, tot=None).annotate(
        laatst=Max("uitgaven__gemaakt_op"), gedeeld=Sum("uitgaven__personen")
    )
    uitgaven = Uitgave.objects.filter(uitwisseling__regio_id=request.toegang.regio_id or 0)
    request.inzage.noteer("uitwisselingen.bekeken")
    context = {
        "afspraken": [
            (een, soortnaam(een.soort), ONTVANGERS[een.ontvangersoort].naam) for een in afspraken.order_by("naam", "pk")
        ],
        "uitgaven": [
            (een, soortnaam(een.uitwisseling.soort))
            for een in uitgaven.select_related("uitwisseling", "door").order_by("-pk")[:LAATSTE]
        ],
        "kruimels": kruimels(),
    }
    return render(request, "leveringen/uitwisselen.html", context)


@vereist(Recht.LEVERINGEN)
def nieuw(request: Verzoek) -> HttpResponse:
    """Agree what goes to whom, why, and under which names."""
    code = request.GET.get("soort", "")
    code = code if code in UITSOORTEN else "inschrijvingen"
    passend = koppelingen_van(request.toegang, op=timezone.localdate(nu())).filter(soort=code)
    form = AfspraakFormulier(code, list(passend), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            afspraak = spreek_af(
                code,
                kolommen=form.kolommen,
                koppeling=form.gekozen_koppeling,
                regio_id=eigen_regio_van(request).pk,
                toegang=request.toegang,
                nu=nu(),
                **{naam: form.cleaned_data[naam] for naam in VELDEN},
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"De afspraak ‘{afspraak.naam}’ is bewaard. Kies nu van wie je gegevens deelt.")
            return redirect("leveringen:uitwisseling", sleutel=afspraak.sleutel)
    context = {
        "form": form,
        "soort": soortnaam(code),
        "filters": [Filter(soortnaam(een), f"?soort={een}", gekozen=een == code) for een in UITSOORTEN],
        "terug": reverse("leveringen:uitwisselen"),
        "kruimels": kruimels(Kruimel("Uitwisselen", reverse("leveringen:uitwisselen"))),
    }
    return render(request, "leveringen/uitwisseling_nieuw.html", context)


@vereist(Recht.LEVERINGEN)
def uitwisseling(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One agreement: choose about whom, and look at what would go before it goes."""
    afspraak = _haal(request, sleutel)
    form = _keuze(request, afspraak, request.GET if request.GET else None)
    request.inzage.noteer(
        "uitwisseling.bekeken",
        onderwerp=f"leveringen.uitwisseling:{afspraak.sleutel}",
        inhoud={"gemeenten": request.GET.getlist("gemeenten")[:50]},
    )
    context: dict[str, Any] = {
        "afspraak": afspraak,
        "soort": soortnaam(afspraak.soort),
        "ontvangersoort": ONTVANGERS[afspraak.ontvangersoort].naam,
        "grondslag": GRONDSLAGEN[afspraak.grondslag],
        "form": form,
        "kruimels": kruimels(Kruimel("Uitwisselen", reverse("leveringen:uitwisselen"))),
    }
    if form.is_bound and form.is_valid():
        try:
            eis_keuze(form.keuze, toegang=request.toegang)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            context["telling"] = tel(afspraak, form.keuze, toegang=request.toegang)
            context["kop"] = [hun for _, hun in afspraak.kolommen]
            context["rijen"] = voorbeeld(afspraak, form.keuze, toegang=request.toegang)
            context["gekozen"] = [
                (naam, waarde) for naam in form.fields for waarde in request.GET.getlist(naam) if waarde
            ]
    return render(request, "leveringen/uitwisseling.html", context)


@vereist(Recht.LEVERINGEN)
@require_POST
def maken(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The file, with a trace of everybody in it; or back, with the reason."""
    afspraak = _haal(request, sleutel)
    form = _keuze(request, afspraak, request.POST)
    try:
        if not form.is_valid():
            raise Geweigerd("Kies eerst van wie je gegevens deelt.")
        gemaakt = maak_bestand(afspraak, form.keuze, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        gekozen = request.POST.copy()
        gekozen.pop("csrfmiddlewaretoken", None)
        pagina = reverse("leveringen:uitwisseling", args=[afspraak.sleutel])
        return redirect(f"{pagina}?{gekozen.urlencode()}" if gekozen else pagina)
    return cast(HttpResponse, als_stroom(gemaakt.naam, gemaakt.bestand))  # streamed: nobody looks at the body


@vereist(Recht.LEVERINGEN)
@require_POST
def stoppen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """From now on nothing goes by this agreement."""
    afspraak = _haal(request, sleutel)
    try:
        stop_uitwisseling(afspraak, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, f"De afspraak ‘{afspraak.naam}’ is gestopt.")
    return redirect("leveringen:uitwisselen")


def _haal(request: Verzoek, sleutel: uuid.UUID) -> Uitwisseling:
    """The agreement of one's own region; else 404, and the log remembers that it was asked."""
    gevonden = Uitwisseling.objects.filter(regio_id=request.toegang.regio_id or 0, sleutel=sleutel).first()
    if gevonden is None:
        request.inzage.weiger(f"leveringen.uitwisseling:{sleutel}")
        raise Http404
    return gevonden


def _keuze(request: Verzoek, afspraak: Uitwisseling, data: Any) -> KeuzeFormulier:
    return KeuzeFormulier(afspraak, gemeenten_binnen(request.toegang), data)
