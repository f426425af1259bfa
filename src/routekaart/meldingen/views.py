"""The meldpunt: the list with one melding beside it, and what can be done with that melding."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Etiket, Kruimel
from routekaart.basis.taal import meervoud
from routekaart.dossiers.actielinks import actielink
from routekaart.inhoud.codelijsten import uitkomsten
from routekaart.meldingen.acties import (
    draag_over,
    geef_oordeel,
    koppel_jongere,
    koppel_terug_zonder_actie,
    maak_jongere_van_melding,
    sluit_melding,
    verklaar_onterecht,
    vraag_informatie,
    vul_aan,
    zet_over,
)
from routekaart.meldingen.detail import Detail, maak_detail
from routekaart.meldingen.dubbelen import geboren
from routekaart.meldingen.forms import (
    AanvulFormulier,
    JaFormulier,
    NeeFormulier,
    OnterechtFormulier,
    OordeelFormulier,
    OverdrachtFormulier,
    SluitFormulier,
    WieFormulier,
)
from routekaart.meldingen.lijst import VOLGORDES, Vraag, maak_lijst
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import soort_van, uitkomsten_zonder_actie
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Jongere
from routekaart.personen.selecties import zoek
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht

# who judged, and to which gemeente it went, is read where there is such a one: with every table more the database looks
# longer for the best order to join them than it needs for the rows
ERBIJ = ("jongere__gemeente", "gemeente", "werkproces")
OORDELEN = {"ja": "Ja, start de route", "nee": "Nee, koppel terug", "onterecht": "Onterechte melding",
            "overdracht": "Draag over aan andere gemeente"}  # fmt: skip
GEDAAN = {
    "ja": "De route is gestart.",
    "nee": "Het oordeel staat vast. Koppel het nu terug aan de melder.",
    "onterecht": "De melding is afgesloten als onterecht.",
    "overdracht": "De melding is overgedragen en afgesloten.",
}


def _melding(request: Verzoek, sleutel: uuid.UUID) -> Melding:
    melding: Melding = haal(Melding.objects.select_related(*ERBIJ), request, sleutel)
    return melding


def _noteer(request: Verzoek, melding: Melding) -> None:
    onderwerp = f"meldingen.melding:{melding.sleutel}"
    request.inzage.noteer("melding.bekeken", jongere_id=melding.jongere_id, onderwerp=onderwerp)


def _mag(request: Verzoek) -> dict[str, bool]:
    return {
        "mag_aannemen": request.toegang.mag(Recht.MELDINGEN_AANNEMEN),
        "mag_beoordelen": request.toegang.mag(Recht.MELDINGEN_BEOORDELEN),
        "mag_dossier": request.toegang.mag(Recht.DOSSIER_ZIEN),
    }


@vereist(Recht.MELDINGEN_ZIEN)
def lijst(request: Verzoek) -> HttpResponse:
    """The list, with the chosen melding (or the first) beside it. On a phone one of the two is shown."""
    op = timezone.localdate(nu())
    vraag = Vraag.lees(request.GET)
    meldingen = maak_lijst(vraag, toegang=request.toegang, op=op)
    gekozen = meldingen.gekozen
    if gekozen is None and vraag.melding:
        gekozen = _melding(request, _sleutel(vraag.melding))
    detail = maak_detail(gekozen, toegang=request.toegang, op=op) if gekozen is not None else None
    request.inzage.noteer(
        "meldingen.bekeken",
        jongere_id=gekozen.jongere_id if gekozen is not None else None,
        onderwerp=f"meldingen.melding:{gekozen.sleutel}" if gekozen is not None else "",
        inhoud={naam: wat for naam, wat in vars(vraag).items() if wat},
    )
    context = {"lijst": meldingen, "detail": detail, "volgordes": VOLGORDES.items(), "terug": vraag.adres(melding="")}
    return render(request, "meldingen/lijst.html", {**context, **_mag(request)})


def _sleutel(tekst: str) -> uuid.UUID:
    try:
        return uuid.UUID(tekst)
    except ValueError:
        raise Http404 from None


@vereist(Recht.MELDINGEN_ZIEN)
def melding(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One melding on a page of its own."""
    gevonden = _melding(request, sleutel)
    _noteer(request, gevonden)
    detail = maak_detail(gevonden, toegang=request.toegang, op=timezone.localdate(nu()))
    return render(request, "meldingen/melding.html", {"detail": detail, "kruimels": _kruimels(), **_mag(request)})


def _kruimels(*verder: Kruimel) -> list[Kruimel]:
    return [Kruimel("Meldingen", reverse("meldingen:lijst")), *verder]


def _naar(melding: Melding) -> str:
    return reverse("meldingen:melding", args=[melding.sleutel])


def _kruimels_van(detail: Detail, hier: str) -> list[Kruimel]:
    return _kruimels(Kruimel(detail.naam, _naar(detail.melding)), Kruimel(hier))


@vereist(Recht.MELDINGEN_AANNEMEN)
def aanvullen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Fill in what is missing; what a colleague changed meanwhile is shown, not overwritten."""
    gevonden = _melding(request, sleutel)
    _noteer(request, gevonden)
    moment = nu()
    detail = maak_detail(gevonden, toegang=request.toegang, op=timezone.localdate(moment))
    form = AanvulFormulier(request.POST or None, detail=detail)
    if request.method == "POST" and form.is_valid():
        try:
            versie = form.cleaned_data["versie"]
            vul_aan(gevonden, velden=form.velden, versie=versie, toegang=request.toegang, nu=moment)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "De melding is aangevuld.")
            return redirect(_naar(gevonden))
    context = {"detail": detail, "form": form, "terug": _naar(gevonden), "kruimels": _kruimels_van(detail, "Aanvullen")}
    return render(request, "meldingen/aanvullen.html", context)


@vereist(Recht.MELDINGEN_AANNEMEN)
@require_POST
def vragen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Asks the melder for the points that are missing."""
    gevonden = _melding(request, sleutel)
    punten = request.POST.getlist("punt")
    try:
        vraag_informatie(gevonden, punten=punten, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        aan = gevonden.melder_naam or gevonden.melder_organisatie or "de melder"
        wat = meervoud(len(punten), "punt", "punten")
        per_mail = f"{wat} per e-mail gevraagd aan {aan}."
        meld(request, per_mail if gevonden.melder_email else f"{wat} genoteerd. Er is geen e-mailadres: bel {aan}.")
    return redirect(_naar(gevonden))


@vereist(Recht.MELDINGEN_AANNEMEN)
@require_POST
def koppelen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """`Dit is dezelfde jongere`."""
    gevonden = _melding(request, sleutel)
    jongere = haal(Jongere.objects.select_related("gemeente"), request, _sleutel(request.POST.get("jongere", "")))
    try:
        koppel_jongere(gevonden, jongere, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, f"De melding staat nu bij {jongere.naam}.")
    return redirect(_naar(gevonden))


def zoek_jongeren(request: Verzoek, vraag: str) -> list[tuple[Jongere, list[Etiket]]]:
    """Who fits the question, at most twelve, with what must show beside the name; the log remembers the question and
    each person that was shown.
    """
    if not vraag:
        return []
    gezocht: list[Jongere] = list(zoek(vraag, toegang=request.toegang).select_related("gemeente")[:12])
    request.inzage.noteer("melding.gezocht", inhoud={"vraag": vraag})
    for jongere in gezocht:
        request.inzage.noteer("melding.gezocht", jongere_id=jongere.pk)
    op = timezone.localdate(nu())
    return [(jongere, merken_kort(jongere, op=op)) for jongere in gezocht]


@vereist(Recht.MELDINGEN_AANNEMEN)
def wie(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Say who it is: find her in the register, or make a new dossier of what the melder told."""
    gevonden = _melding(request, sleutel)
    if gevonden.jongere_id is not None:
        return redirect(_naar(gevonden))
    moment = nu()
    vraag = request.GET.get("q", "").strip()
    _noteer(request, gevonden)
    detail = maak_detail(gevonden, toegang=request.toegang, op=timezone.localdate(moment))
    dag = geboren(gevonden)
    begin = {
        "achternaam": gevonden.opgegeven_achternaam,
        "voorvoegsel": gevonden.opgegeven_voorvoegsel,
        "voornamen": gevonden.opgegeven_voornamen,
        "geboortedatum": dag.eerste if dag is not None and dag.volledig else None,
    }
    form = WieFormulier(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            opgave, nummer = form.opgave(gevonden), form.cleaned_data["nummer"]
            maak_jongere_van_melding(gevonden, opgave=opgave, nummer=nummer, toegang=request.toegang, nu=moment)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            return _na_wie(request, gevonden)
    gezocht = zoek_jongeren(request, vraag)
    context = {
        "detail": detail,
        "form": form,
        "q": vraag,
        "gezocht": gezocht,
        "kruimels": _kruimels_van(detail, "Om wie gaat het?"),
    }
    return render(request, "meldingen/wie.html", context)


@vereist(Recht.MELDINGEN_AANNEMEN)
@require_POST
def nieuwe_jongere(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """`Nee, iemand anders`: a new dossier of what the melder told, in one click."""
    gevonden = _melding(request, sleutel)
    try:
        maak_jongere_van_melding(gevonden, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect("meldingen:wie", gevonden.sleutel)
    return _na_wie(request, gevonden)


def _na_wie(request: Verzoek, gevonden: Melding) -> HttpResponse:
    """To the melding; where it went to a team that this user does not belong to, to the list with neutral words."""
    if Melding.objects.voor(request.toegang).filter(pk=gevonden.pk, jongere__isnull=False).exists():
        meld(request, "De melding staat nu bij het dossier van deze jongere.")
        return redirect(_naar(gevonden))
    meld(request, f"Melding {gevonden.nummer} is vastgelegd. Een collega kijkt ernaar.")
    return redirect("meldingen:lijst")


@vereist(Recht.MELDINGEN_BEOORDELEN)
def oordeel(request: Verzoek, sleutel: uuid.UUID, weg: str) -> HttpResponse:
    """The oordeel, in one of four ways."""
    gevonden = _melding(request, sleutel)
    _noteer(request, gevonden)
    moment = nu()
    op = timezone.localdate(moment)
    detail = maak_detail(gevonden, toegang=request.toegang, op=op)
    form = _oordeelformulier(request, weg, detail)
    if request.method == "POST" and form.is_valid():
        try:
            _oordeel(weg)(gevonden, **form.gegevens, toegang=request.toegang, nu=moment)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"{detail.naam}: {GEDAAN[weg][:1].lower()}{GEDAAN[weg][1:]}")
            return redirect(_verder(weg, gevonden))
    context = {
        "detail": detail,
        "form": form,
        "weg": weg,
        "kop": OORDELEN[weg],
        "terug": _naar(gevonden),
        "kruimels": _kruimels_van(detail, "Oordeel"),
    }
    return render(request, "meldingen/oordeel.html", context)


def _verder(weg: str, melding: Melding) -> str:
    """After `ja` the route that was started, after `nee` the terugkoppeling; after the other ways the next melding."""
    vervolg = {"ja": "route", "nee": "terugkoppelen"}.get(weg)
    if vervolg is not None and melding.jongere is not None and melding.werkproces is not None:
        return actielink(vervolg, jongere=melding.jongere.sleutel, werkproces=melding.werkproces.sleutel)
    return reverse("meldingen:lijst")


def _oordeelformulier(request: Verzoek, weg: str, detail: Detail) -> OordeelFormulier:
    op = timezone.localdate(nu())
    invoer = request.POST or None
    if weg == "ja":
        return JaFormulier(invoer, detail=detail, op=op)
    if weg == "nee":
        keuzes = uitkomsten_zonder_actie(detail.melding, op=op)
        return NeeFormulier(invoer, detail=detail, op=op, uitkomsten=keuzes)
    if weg == "onterecht":
        return OnterechtFormulier(invoer, detail=detail, op=op)
    if weg == "overdracht":
        return OverdrachtFormulier(invoer, detail=detail, op=op)
    raise Http404


def _oordeel(weg: str) -> Any:
    def ja(melding: Melding, **gegevens: Any) -> None:
        geef_oordeel(melding, directe_actie=True, **gegevens)

    return {"ja": ja, "nee": koppel_terug_zonder_actie, "onterecht": verklaar_onterecht, "overdracht": draag_over}[weg]


@vereist(Recht.MELDINGEN_AANNEMEN)
@require_POST
def verhuizen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The melding goes along with who moved within the region; who sees it then is the team of that gemeente."""
    gevonden = _melding(request, sleutel)
    try:
        gemeente = zet_over(gevonden, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect(_naar(gevonden))
    meld(request, f"De melding staat nu bij {gemeente}.")
    return redirect("meldingen:lijst")


@vereist(Recht.MELDINGEN_BEOORDELEN)
def sluiten(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Closes a judged melding that has no werkproces (under 18)."""
    gevonden = _melding(request, sleutel)
    _noteer(request, gevonden)
    moment = nu()
    op = timezone.localdate(moment)
    detail = maak_detail(gevonden, toegang=request.toegang, op=op)
    keuzes = uitkomsten(soort_van(gevonden), op=op)
    form = SluitFormulier(request.POST or None, detail=detail, op=op, uitkomsten=keuzes)
    if request.method == "POST" and form.is_valid():
        try:
            sluit_melding(gevonden, **form.gegevens, toegang=request.toegang, nu=moment)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "De melding is afgesloten.")
            return redirect(_naar(gevonden))
    context = {"detail": detail, "form": form, "kop": "Sluit de melding af", "terug": _naar(gevonden)}
    return render(request, "meldingen/oordeel.html", {**context, "kruimels": _kruimels_van(detail, "Afsluiten")})
