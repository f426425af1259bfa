"""A new melding by hand: first about whom it is, then what was reported."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.loopbaan.models import Inschrijving
from routekaart.meldingen.acties import ontvang_melding, ontvang_over_nieuwe
from routekaart.meldingen.dubbelen import Vergelijking, vergelijk
from routekaart.meldingen.forms_nieuw import MELDVORMEN, DubbelKeuze, NieuweJongere, NieuweMelding
from routekaart.meldingen.models import Melding
from routekaart.meldingen.views import zoek_jongeren
from routekaart.personen.models import Jongere
from routekaart.personen.selecties import mogelijke_dubbelen
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.MELDINGEN_AANNEMEN)
def nieuw(request: Verzoek) -> HttpResponse:
    """`?q=` searches, `?jongere=` takes somebody we know, `?nieuw=ja` somebody new; `?melder=` says who reports."""
    if request.GET.get("jongere"):
        jongere = haal(Jongere.objects.select_related("gemeente"), request, _sleutel(request.GET["jongere"]))
        return _formulier(request, jongere)
    if request.GET.get("nieuw"):
        return _formulier(request, None)
    vraag = request.GET.get("q", "").strip()
    context = {"q": vraag, "gezocht": zoek_jongeren(request, vraag), "kruimels": _kruimels()}
    return render(request, "meldingen/nieuw_wie.html", context)


def _sleutel(tekst: str) -> uuid.UUID:
    try:
        return uuid.UUID(tekst)
    except ValueError:
        raise Http404 from None


def _kruimels() -> list[Kruimel]:
    return [Kruimel("Meldingen", reverse("meldingen:lijst")), Kruimel("Nieuwe melding")]


def _formulier(request: Verzoek, jongere: Jongere | None) -> HttpResponse:
    moment = nu()
    melder = request.GET.get("melder", "")
    melder = melder if melder in MELDVORMEN else "school"
    invoer = request.POST or None
    begin = {"instelling": _school(request, jongere, op=timezone.localdate(moment))} if jongere is not None else {}
    form = NieuweMelding(invoer, melder=melder, nu=moment, initial=begin)
    persoon = None if jongere is not None else NieuweJongere(invoer, gemeenten=_gemeenten(request, moment))
    keuze: DubbelKeuze | None = None
    if jongere is not None:
        request.inzage.noteer("melding.gezocht", jongere_id=jongere.pk)
    if request.method == "POST":
        keuze = _dubbelkeuze(request, persoon)
        klaar = form.is_valid() and (persoon is None or persoon.is_valid()) and (keuze is None or keuze.is_valid())
        if klaar:
            try:
                return _ontvang(request, form, jongere or _gekozen(request, keuze), persoon, moment)
            except Geweigerd as reden:
                (persoon if persoon is not None and reden.veld in persoon.fields else form).geweigerd(reden)
    context = {
        "jongere": jongere,
        "form": form,
        "persoon": persoon,
        "keuze": keuze,
        "melders": _melders(request, melder),
        "kruimels": _kruimels(),
    }
    return render(request, "meldingen/nieuw.html", context)


def _melders(request: Verzoek, gekozen: str) -> list[Filter]:
    adres = request.GET.copy()
    filters = []
    for code, vorm in MELDVORMEN.items():
        adres["melder"] = code
        filters.append(Filter(vorm.naam, f"?{adres.urlencode()}", gekozen=code == gekozen))
    return filters


def _gemeenten(request: Verzoek, moment: dt.datetime) -> Any:
    """Those of the own regio first, then the rest of the country: somebody may live elsewhere."""
    rijen = Gemeente.objects.geldig_op(timezone.localdate(moment))
    eigen = Q(regio_id=request.toegang.regio_id)
    return rijen.annotate(elders=~eigen).order_by("elders", "naam")


def _school(request: Verzoek, jongere: Jongere, *, op: dt.date) -> int | None:
    """The school where she is enrolled now, as a start."""
    rijen = Inschrijving.objects.voor(request.toegang).filter(jongere=jongere)
    lopend = rijen.filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op).order_by("-van")
    school: int | None = lopend.values_list("instelling_id", flat=True).first()
    return school


def _dubbelkeuze(request: Verzoek, persoon: NieuweJongere | None) -> DubbelKeuze | None:
    """Asks whether the new person is one of those who look alike; None where nobody does."""
    if persoon is None or not persoon.is_valid():
        return None
    kandidaten = mogelijke_dubbelen(
        achternaam=persoon.cleaned_data["achternaam"],
        voornamen=persoon.cleaned_data["voornamen"],
        geboortedatum=persoon.cleaned_data["geboortedatum"],
        toegang=request.toegang,
    )
    for kandidaat in kandidaten:
        request.inzage.noteer("melding.gezocht", jongere_id=kandidaat.pk)
    vergeleken: list[Vergelijking] = vergelijk(
        Melding(), kandidaten, toegang=request.toegang, op=timezone.localdate(nu())
    )
    return DubbelKeuze(request.POST, kandidaten=vergeleken) if vergeleken else None


def _gekozen(request: Verzoek, keuze: DubbelKeuze | None) -> Jongere | None:
    if keuze is None or keuze.cleaned_data["dubbel"] == DubbelKeuze.NIEUW:
        return None
    gekozen: Jongere = haal(Jongere.objects.select_related("gemeente"), request, _sleutel(keuze.cleaned_data["dubbel"]))
    return gekozen


def _ontvang(
    request: Verzoek, form: NieuweMelding, jongere: Jongere | None, persoon: NieuweJongere | None, moment: dt.datetime
) -> HttpResponse:
    toegang = request.toegang
    if jongere is not None or persoon is None:
        melding = ontvang_melding(jongere=jongere, toegang=toegang, nu=moment, **form.gegevens)
    else:
        melding = ontvang_over_nieuwe(
            opgave=persoon.nieuwe_opgave,
            nummer=persoon.cleaned_data["nummer"],
            gemeente=persoon.cleaned_data["gemeente"],
            toegang=toegang,
            nu=moment,
            **form.gegevens,
        )
    bevestigd = " De melder krijgt een bevestiging." if melding.bevestigd_op else ""
    if Melding.objects.voor(toegang).filter(pk=melding.pk, jongere__isnull=False).exists():
        meld(request, f"Melding {melding.nummer} is binnen.{bevestigd}")
        return redirect("meldingen:melding", melding.sleutel)
    meld(request, f"Melding {melding.nummer} is vastgelegd. Een collega kijkt ernaar.{bevestigd}")
    return redirect("meldingen:lijst")
