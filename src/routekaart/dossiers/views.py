"""Contact with the jongere: the search beside the protocol, recording, taking back; and reading the dossier."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import kanaal_van, leg_contact_vast, leg_dossieronderzoek_vast, trek_contact_in
from routekaart.dossiers.contactbeeld import Contactbeeld, contactbeeld, contactmomenten, gespreksregels
from routekaart.dossiers.contactprotocol import stap_voor
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.forms import ContactFormulier, DossieronderzoekFormulier
from routekaart.dossiers.models import Contactmoment, Taak
from routekaart.inhoud.protocollen import protocol
from routekaart.toegang.deuren import Verzoek, haal, vereist
from routekaart.toegang.rechten import Recht


def eis_werken(request: Verzoek, dossier: Dossier) -> None:
    """404 for who may look at this dossier but not work in it."""
    if not dossier.mag_werken:
        request.inzage.weiger(f"{Recht.DOSSIER_WERKEN}:{dossier.jongere.sleutel}")
        raise Http404


def open_contactbeeld(dossier: Dossier) -> Contactbeeld:
    """The search for contact of this dossier. Two queries: the moments and the planned task."""
    werkproces = dossier.eis_werkproces()
    gekozen = protocol(dossier.instellingen["contactprotocol"])
    gepland = Taak.objects.voor(dossier.toegang).open()
    return contactbeeld(
        gekozen,
        contactmomenten(werkproces, toegang=dossier.toegang),
        gepland=gepland.filter(werkproces=werkproces, soort="contact").first(),
        nu=dossier.nu,
    )


@vereist(Recht.DOSSIER_ZIEN)
def contact(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The search for contact, and the form that records a moment with the next one."""
    dossier = open_dossier(request, sleutel, tab="contact")
    if dossier.werkproces is None:
        return render(request, "dossiers/contact_leeg.html", {"dossier": dossier})
    beeld = open_contactbeeld(dossier)
    form = ContactFormulier(
        request.POST or None,
        op=dossier.op,
        aan=dossier.jongere.aanspreeknaam,
        initial=_begin(request, beeld, nu=dossier.nu),
    )
    if request.method == "POST":
        eis_werken(request, dossier)
        if form.is_valid() and (antwoord := _leg_vast(request, dossier, beeld, form)):
            return antwoord
    context = {
        "dossier": dossier,
        "beeld": beeld,
        "form": form,
        "regels": gespreksregels(beeld.momenten),
        "annuleer": dossier.url("dossiers:route"),
    }
    return render(request, "dossiers/contact.html", context)


def _begin(request: Verzoek, beeld: Contactbeeld, *, nu: dt.datetime) -> dict[str, Any]:
    """What the form opens with: now, who the link named, and the next moment that the protocol proposes."""
    lokaal = timezone.localtime(nu)
    begin: dict[str, Any] = {
        "met": request.GET.get("met", "jongere"),
        "kanaal": request.GET.get("kanaal", ""),
        "datum": lokaal.date(),
        "tijd": lokaal.time().replace(second=0, microsecond=0),
    }
    if beeld.gepland is not None and beeld.gepland.due <= lokaal.date():
        begin["datum"] = beeld.gepland.due
        begin["tijd"] = beeld.gepland.tijd or begin["tijd"]
        begin["kanaal"] = begin["kanaal"] or kanaal_van(beeld.gepland.wat)
    voorstel = beeld.voorstel
    if voorstel is not None and begin["met"] == "jongere":
        moment = timezone.make_aware(voorstel.moment)
        begin |= {
            "volgend_kanaal": voorstel.kanaal,
            "volgende_datum": voorstel.moment.date(),
            "volgende_tijd": voorstel.moment.time(),
            "voorstel": moment.isoformat(),
        }
    return begin


def _leg_vast(request: Verzoek, dossier: Dossier, beeld: Contactbeeld, form: ContactFormulier) -> HttpResponse | None:
    """Records the moment; None when the act refused, with the refusal in the form."""
    velden = form.velden_van_handeling()
    nu_stap = beeld.tocht.nu
    try:
        moment = leg_contact_vast(
            dossier.eis_werkproces(),
            **velden,
            protocolstap=stap_voor(beeld.tocht.protocol, velden["kanaal"], nu=nu_stap.nummer if nu_stap else None),
            toegang=request.toegang,
            nu=dossier.nu,
        )
    except Geweigerd as reden:
        form.geweigerd(reden)
        return None
    meld(
        request,
        "Het contactmoment is vastgelegd.",
        ongedaan=dossier.url("dossiers:contact-intrekken", moment.sleutel),
    )
    return redirect(dossier.url("dossiers:contact"))


@vereist(Recht.DOSSIER_WERKEN)
@require_POST
def geen_gehoor(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Tried by telephone, no answer: one click. The next moment is the one that the protocol proposes."""
    dossier = open_dossier(request, sleutel, tab="contact")
    beeld = open_contactbeeld(dossier)
    nu_stap = beeld.tocht.nu
    volgend = beeld.na_poging("telefoon", nu=dossier.nu)
    try:
        moment = leg_contact_vast(
            dossier.eis_werkproces(),
            met="jongere",
            kanaal="telefoon",
            moment=dossier.nu,
            resultaat="geen-contact",
            protocolstap=stap_voor(beeld.tocht.protocol, "telefoon", nu=nu_stap.nummer if nu_stap else None),
            volgende=timezone.make_aware(volgend.moment) if volgend else None,
            volgend_kanaal=volgend.kanaal if volgend else "",
            toegang=request.toegang,
            nu=dossier.nu,
        )
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(
            request,
            f"Poging bij {dossier.jongere.aanspreeknaam} vastgelegd: geen gehoor.",
            ongedaan=dossier.url("dossiers:contact-intrekken", moment.sleutel, terug=request.POST.get("terug", "")),
        )
    return _terug(request, dossier, request.POST.get("terug", ""))


@vereist(Recht.DOSSIER_WERKEN)
@require_POST
def contact_intrekken(request: Verzoek, sleutel: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    """Takes a contactmoment back; it stays in the history."""
    moment = haal(Contactmoment.objects.select_related("werkproces__jongere"), request, contact)
    if moment.werkproces.jongere.sleutel != sleutel:
        request.inzage.weiger(f"contactmoment:{contact}")
        raise Http404
    try:
        trek_contact_in(moment, toegang=request.toegang, nu=timezone.now())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, "Het contactmoment is ingetrokken. Het staat nog wel in de geschiedenis.")
    dossier = open_dossier(request, sleutel, tab="contact")
    return _terug(request, dossier, request.GET.get("terug", ""))


def _terug(request: Verzoek, dossier: Dossier, waarheen: str) -> HttpResponse:
    """Back to where the button was."""
    plaatsen = {"werkvoorraad": "/", "geschiedenis": dossier.url("dossiers:geschiedenis")}
    return redirect(plaatsen.get(waarheen, dossier.url("dossiers:contact")))


@vereist(Recht.DOSSIER_WERKEN)
def dossieronderzoek(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Step 2: what is known already, with whom to check it."""
    dossier = open_dossier(request, sleutel, tab="route")
    werkproces = dossier.eis_werkproces()
    form = DossieronderzoekFormulier(request.POST or None, initial={"op": dossier.op})
    if request.method == "POST" and form.is_valid():
        try:
            leg_dossieronderzoek_vast(werkproces, **form.cleaned_data, toegang=request.toegang, nu=dossier.nu)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "Je dossieronderzoek is vastgelegd.")
            return redirect(dossier.url("dossiers:route"))
    return render(
        request,
        "dossiers/dossieronderzoek.html",
        {"dossier": dossier, "form": form, "terug": dossier.url("dossiers:route")},
    )
