"""Letters and documents: what there is, writing one, sending one, fetching a file."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from routekaart.basis import taal
from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.correspondentie.acties import afzender, maak_brief, markeer_verstuurd, mogelijke_verzorgers, waarden
from routekaart.correspondentie.forms import BriefFormulier
from routekaart.correspondentie.models import Brief
from routekaart.correspondentie.pdf import Afzender
from routekaart.correspondentie.selecties import brieven_van, documenten_van, losse_brieven_van
from routekaart.correspondentie.voorbeeld import Voorbeeld, voorbeeld_van
from routekaart.dossiers.documenten import Veranderd, bestandsnaam, lees_document
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.models import Document, Taak
from routekaart.dossiers.views import eis_werken
from routekaart.inhoud import brieven as sjablonen
from routekaart.inhoud.brieven import Briefsjabloon
from routekaart.personen.models import Verzorger
from routekaart.toegang.deuren import Verzoek, haal, vereist
from routekaart.toegang.rechten import Recht

log = logging.getLogger(__name__)
# which planned task gives the letter its date and time
TAAK_BIJ = {"uitnodiging-jongere": "intake", "aankondiging-huisbezoek": "contact"}


@dataclass(frozen=True)
class Keuze:
    """A letter that can be written now, or why it cannot."""

    naam: str
    wanneer: str
    url: str
    kan_niet: str = ""


@vereist(Recht.DOSSIER_ZIEN)
def brieven(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Letters and documents of this dossier, and which letter can be written."""
    dossier = open_dossier(request, sleutel, tab="brieven")
    rijen = brieven_van(dossier.jongere, toegang=request.toegang)
    return render(
        request,
        "correspondentie/brieven.html",
        {
            "dossier": dossier,
            "brieven": rijen,
            "wachten": sum(1 for brief in rijen if brief.verzonden_op is None),
            "los": losse_brieven_van(dossier.jongere, toegang=request.toegang),
            "documenten": documenten_van(dossier.jongere, toegang=request.toegang),
            "keuzes": _keuzes(dossier) if dossier.mag_werken and dossier.werkproces else [],
        },
    )


def _keuzes(dossier: Dossier) -> list[Keuze]:
    """The letters in the order of the search for contact, then the others."""
    verzorgers = mogelijke_verzorgers(dossier.jongere, op=dossier.op, toegang=dossier.toegang)
    volgorde = ("uitnodiging-jongere", "informatie-ouders", "aankondiging-huisbezoek", "niet-thuis")
    codes = sorted(sjablonen.codes(), key=lambda code: (volgorde.index(code) if code in volgorde else 9, code))
    keuzes = []
    for code in codes:
        vorm = sjablonen.brief(code)
        if vorm.via:
            continue
        dicht = vorm.voorwaarde == "thuiswonend" and not verzorgers
        naam = dossier.jongere.aanspreeknaam or "de jongere"
        keuzes.append(
            Keuze(
                vorm.naam,
                vorm.wanneer,
                dossier.url("correspondentie:brief-schrijven", code),
                f"Er staat geen ouder of verzorger bij wie {naam} nu woont." if dicht else "",
            )
        )
    naar_school = "Je laat school of de melder weten wat er met de melding is gedaan."
    keuzes.append(Keuze("Terugkoppeling", naar_school, dossier.url("samenwerking:terugkoppelen")))
    return keuzes


@vereist(Recht.DOSSIER_WERKEN)
def brief_schrijven(request: Verzoek, sleutel: uuid.UUID, sjabloon: str) -> HttpResponse:
    """Fill a letter in, see how it will look, and make the PDF."""
    dossier = open_dossier(request, sleutel, tab="brieven")
    werkproces = dossier.eis_werkproces()
    if sjabloon not in sjablonen.codes() or sjablonen.brief(sjabloon).via:
        raise Http404
    vorm = sjablonen.brief(sjabloon)
    verzorgers = (
        mogelijke_verzorgers(dossier.jongere, op=dossier.op, toegang=dossier.toegang)
        if vorm.ontvanger == "verzorger"
        else []
    )
    wie = afzender(werkproces, toegang=request.toegang)
    form = BriefFormulier(
        request.POST or None, vorm=vorm, verzorgers=verzorgers, initial=_begin(dossier, vorm, verzorgers)
    )
    if request.method == "POST" and form.is_valid() and request.POST.get("doe") != "voorbeeld":
        try:
            maak_brief(
                werkproces,
                sjabloon=sjabloon,
                aan=form.cleaned_data["aan"],
                adres=form.cleaned_data["adres"],
                onderwerp=form.cleaned_data["onderwerp"],
                tekst=form.cleaned_data["tekst"],
                gegevens=form.gegevens(form.cleaned_data),
                toegang=request.toegang,
                nu=dossier.nu,
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "De brief staat klaar als pdf. Verstuur hem en leg dat hier vast.")
            return redirect(dossier.url("correspondentie:brieven"))
    return render(
        request,
        "correspondentie/brief_schrijven.html",
        {
            "dossier": dossier,
            "form": form,
            "vorm": vorm,
            "voorbeeld": _voorbeeld(dossier, form, wie),
            "annuleer": dossier.url("correspondentie:brieven"),
        },
    )


def _begin(dossier: Dossier, vorm: Briefsjabloon, verzorgers: list[Verzorger]) -> dict[str, Any]:
    """What is known already: the receiver with the address, and the day and time that were planned."""
    jongere = dossier.jongere
    begin: dict[str, Any] = {"onderwerp": vorm.onderwerp, "tekst": vorm.tekst}
    if vorm.ontvanger == "jongere":
        begin["aan"] = jongere.naam
        begin["adres"] = "\n".join(
            regel for regel in (jongere.adres, f"{jongere.postcode} {jongere.woonplaats}") if regel.strip()
        )
    elif verzorgers:
        begin |= {"aan": verzorgers[0].naam, "adres": verzorgers[0].adres}
    if "ontvangers" in vorm.vragen and dossier.school is not None:
        begin["ontvangers"] = f"- {dossier.school.instelling.naam}: school en verzuim"
    soort = TAAK_BIJ.get(vorm.code, "")
    taak = _geplande_taak(dossier, soort) if soort else None
    if taak is not None:
        begin |= {"datum": taak.due, "tijd": taak.tijd, "plaats": taak.waarom if soort == "intake" else ""}
    return begin


def _geplande_taak(dossier: Dossier, soort: str) -> Taak | None:
    rijen = Taak.objects.voor(dossier.toegang).open()
    eerste: Taak | None = rijen.filter(werkproces=dossier.werkproces, soort=soort, due__gte=dossier.op).first()
    return eerste


def _voorbeeld(dossier: Dossier, form: BriefFormulier, wie: Afzender) -> Voorbeeld:
    """The letter as it stands in the form now, what is missing marked."""
    bron: dict[str, Any] = dict(form.initial)
    if form.is_bound:
        bron = {naam: form[naam].value() or "" for naam in form.fields} | getattr(form, "cleaned_data", {})
    bekend = waarden(form.vorm, dossier.jongere, wie, aan=str(bron.get("aan", "")), extra=form.gegevens(bron))
    return voorbeeld_van(form.vorm, bron, bekend, wie=wie, datum=taal.datum_voluit(dossier.op))


@vereist(Recht.DOSSIER_WERKEN)
def versturen(request: Verzoek, sleutel: uuid.UUID, brief: uuid.UUID) -> HttpResponse:
    """Say that the letter went out: who gets it is named once more, for it cannot be taken back."""
    dossier = open_dossier(request, sleutel, tab="brieven")
    rij = haal(Brief.objects.select_related("werkproces__jongere", "document"), request, brief)
    if rij.werkproces.jongere_id != dossier.jongere.pk:
        raise Http404
    terug = dossier.url("correspondentie:brieven")
    if request.method == "POST":
        eis_werken(request, dossier)
        try:
            markeer_verstuurd(rij, toegang=request.toegang, nu=dossier.nu)
        except Geweigerd as reden:
            waarschuw(request, reden.boodschap)
        else:
            meld(request, f"Vastgelegd: de brief aan {rij.aan} is verstuurd.")
        return redirect(terug)
    return render(request, "correspondentie/versturen.html", {"dossier": dossier, "brief": rij, "terug": terug})


@vereist(Recht.DOSSIER_ZIEN)
def document(request: Verzoek, sleutel: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """A file of the dossier, exactly as it was stored; fetching it is logged."""
    rij = haal(Document.objects.select_related("jongere"), request, document)
    if rij.jongere.sleutel != sleutel:
        request.inzage.weiger(f"document:{document}")
        raise Http404
    request.inzage.noteer("document.opgehaald", jongere_id=rij.jongere_id, onderwerp=f"document:{rij.sleutel}")
    try:
        inhoud = lees_document(rij)
    except (Veranderd, OSError):
        log.exception("Document %s is niet zoals het is opgeslagen", rij.sleutel)
        waarschuw(
            request,
            "We laten dit bestand niet zien: het is niet meer zoals het is opgeslagen. Meld dit bij je beheerder.",
        )
        return redirect("correspondentie:brieven", sleutel)
    antwoord = HttpResponse(inhoud, content_type=rij.mime)
    antwoord["Content-Disposition"] = _bijlage(bestandsnaam(rij))
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def _bijlage(naam: str) -> str:
    """Always a download, never shown in the page; the name in ASCII and whole (RFC 6266)."""
    return f"attachment; filename=\"{naam.encode('ascii', 'ignore').decode()}\"; filename*=UTF-8''{quote(naam)}"
