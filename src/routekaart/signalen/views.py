"""Signals in the browser: what is open, one case with its reasons, what one does with it, and the controls."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.basis.taal import meervoud
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.acties import haal_terug, leg_samen_weg, maak_melding, stel_instroom_in, wijs_toe
from routekaart.signalen.beeld import collegas_voor, maak_beeld, maak_controles, ook_open
from routekaart.signalen.forms import (
    MELDING,
    TEAM,
    TERUGHALEN,
    TOEWIJZEN,
    WEGLEGGEN,
    Doeformulier,
    InstroomFormulier,
    MeldingFormulier,
    ToewijsFormulier,
    WeglegFormulier,
)
from routekaart.signalen.lijst import MIJN, OPEN, VOOR_MIJ, WACHT, Vraag, maak_gevallen, maak_overzicht
from routekaart.signalen.models import Instroom, Signaal
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.models import Gebruiker, Team
from routekaart.toegang.rechten import Recht

ERBIJ = ("jongere", "gemeente", "instelling", "behandelaar", "melding")
HOOGSTENS = 100
BEWERKBAAR = (OPEN, VOOR_MIJ, MIJN, WACHT)


def _kruimels(*verder: Kruimel) -> list[Kruimel]:
    return [Kruimel("Signalen", reverse("signalen:lijst")), *verder]


def _vandaag() -> dt.date:
    return timezone.localdate(nu())


@vereist(Recht.SIGNALEN_ZIEN)
def lijst(request: Verzoek) -> HttpResponse:
    """The overview per rule and gemeente, or with `soort` the cases of one rule."""
    vraag = Vraag.lees(request.GET)
    request.inzage.noteer("signalen.bekeken", inhoud=vraag.als_inhoud)
    if not vraag.soort:
        context = {"overzicht": maak_overzicht(request.toegang), "mag_instellen": request.toegang.mag(Recht.TOEWIJZEN),
                   "mag_zoek_nu": request.toegang.mag(Recht.SIGNALEN_ZOEKEN)}  # fmt: skip
        return render(request, "signalen/overzicht.html", context)
    gevallen = maak_gevallen(vraag, toegang=request.toegang, op=_vandaag())
    context = {
        "vraag": vraag,
        "gevallen": gevallen,
        "mag_werken": request.toegang.mag(Recht.SIGNALEN_WERKEN) and vraag.toon in BEWERKBAAR,
        "kruimels": _kruimels(),
    }
    return render(request, "signalen/gevallen.html", context)


@dataclass
class Formulieren:
    """The three things one can do with these signals; a refused one keeps what was typed."""

    request: Verzoek
    signalen: Sequence[Signaal]
    selectie: str = ""

    def __post_init__(self) -> None:
        gestuurd = self.request.POST.get("doe", "")
        collegas = list(collegas_voor(self.signalen, op=_vandaag()))
        ik = self.request.toegang.gebruiker_id
        self.collegas = {str(collega.sleutel): collega for collega in collegas}
        namen = sorted(collegas, key=lambda collega: (collega.pk != ik, collega.naam))
        keuzes = [(str(een.sleutel), f"{een.naam} (ik)" if een.pk == ik else een.naam) for een in namen]

        def data(doet: str) -> Any:
            return self.request.POST if gestuurd == doet else None

        regel = SIGNAALREGELS.get(self.signalen[0].soort)
        self.melding = MeldingFormulier(data(MELDING), selectie=self.selectie) if regel and regel.meldingsoort else None
        self.toewijzen = ToewijsFormulier(data(TOEWIJZEN), selectie=self.selectie, collegas=keuzes)
        een = self.signalen[0]
        andere = [] if self.selectie else ook_open(een, toegang=self.request.toegang)
        self.wegleggen = WeglegFormulier(data(WEGLEGGEN), selectie=self.selectie, soort=een.soort, andere=andere)

    @property
    def gestuurd(self) -> Doeformulier | None:
        """The form that was sent, where one of them was."""
        alle = (self.melding, self.toewijzen, self.wegleggen)
        return next((form for form in alle if form is not None and form.is_bound), None)

    def doe(self) -> str:
        """Does it to all of them, or to none; gives the sentence about it, empty where the form is not right."""
        form = self.gestuurd
        if form is None or not form.is_valid():
            return ""
        try:
            with transaction.atomic():
                for signaal in self.signalen:
                    self._een(signaal, form)
        except Geweigerd as reden:
            form.geweigerd(reden)
            return ""
        erbij = len(self.wegleggen.gekozen) if form is self.wegleggen else 0
        aantal = meervoud(len(self.signalen) + erbij, "signaal", "signalen")
        wat = {MELDING: "melding gemaakt van", TOEWIJZEN: "toegewezen:", WEGLEGGEN: "weggelegd:"}[form.doet]
        return f"{wat[:1].upper()}{wat[1:]} {aantal}."

    def _een(self, signaal: Signaal, form: Doeformulier) -> None:
        velden, wie = form.cleaned_data, {"toegang": self.request.toegang, "nu": nu()}
        try:
            if form.doet == MELDING:
                maak_melding(signaal, toelichting=velden["toelichting"], **wie)
            elif form.doet == TOEWIJZEN:
                aan: Gebruiker | None = None if velden["aan"] == TEAM else self.collegas[velden["aan"]]
                wijs_toe(signaal, aan=aan, **wie)
            else:
                weg = (signaal, *self.wegleggen.gekozen)
                leg_samen_weg(weg, reden=velden["reden"], tot=velden["tot"], **wie)
        except Geweigerd as reden:
            if len(self.signalen) == 1:
                raise
            raise Geweigerd(f"Bij {signaal.jongere.naam}: {reden.boodschap}", veld=reden.veld) from None


def _eis_werken(request: Verzoek) -> None:
    """404 for who may look at signals but do nothing with them."""
    if not request.toegang.mag(Recht.SIGNALEN_WERKEN):
        request.inzage.weiger(Recht.SIGNALEN_WERKEN)
        raise Http404


@vereist(Recht.SIGNALEN_ZIEN)
def signaal(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One signal: why it is there, and what one does with it."""
    een: Signaal = haal(Signaal.objects.select_related(*ERBIJ), request, sleutel)
    hier = reverse("signalen:signaal", args=[een.sleutel])
    formulieren = None
    if request.method == "POST":
        _eis_werken(request)
        if request.POST.get("doe") == TERUGHALEN:
            return _haal_terug(request, een, hier)
    if een.staat_open and request.toegang.mag(Recht.SIGNALEN_WERKEN):
        formulieren = Formulieren(request, [een])
        if request.method == "POST" and (zin := formulieren.doe()):
            meld(request, zin)
            return redirect(_na(request, een) or hier)
    elif request.method == "POST":
        waarschuw(request, f"Dit signaal is al {een.get_stand_display()}.")
        return redirect(hier)
    onderwerp = f"signalen.signaal:{een.sleutel}"
    request.inzage.noteer("signaal.bekeken", jongere_id=een.jongere_id, onderwerp=onderwerp)
    beeld = maak_beeld(een, toegang=request.toegang, op=_vandaag())
    context = {
        "beeld": beeld,
        "formulieren": formulieren,
        "mag_dossier": request.toegang.mag(Recht.DOSSIER_ZIEN),
        "mag_meldingen": request.toegang.mag(Recht.MELDINGEN_ZIEN),
        "mag_terughalen": een.stand == Signaal.Stand.WEGGELEGD and request.toegang.mag(Recht.SIGNALEN_WERKEN),
        "kruimels": _kruimels(Kruimel(beeld.titel, Vraag(soort=een.soort).adres())),
    }
    return render(request, "signalen/signaal.html", context)


def _haal_terug(request: Verzoek, een: Signaal, hier: str) -> HttpResponse:
    try:
        haal_terug(een, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, "Het signaal staat weer open.")
    return redirect(hier)


def _na(request: Verzoek, een: Signaal) -> str:
    """After making a melding one goes on to that melding, to judge it."""
    if een.melding is None or een.stand != Signaal.Stand.MELDING or not request.toegang.mag(Recht.MELDINGEN_ZIEN):
        return ""
    return reverse("meldingen:melding", args=[een.melding.sleutel])


@vereist(Recht.SIGNALEN_WERKEN)
@require_POST
def selectie(request: Verzoek) -> HttpResponse:
    """Something done to all signals that were ticked: first the page that names them, then the act."""
    gekozen = _gekozen(request)
    if not gekozen:
        waarschuw(request, "Vink eerst aan om wie het gaat.")
        return redirect("signalen:lijst")
    terug = Vraag(soort=gekozen[0].soort).adres()
    formulieren = Formulieren(request, gekozen, selectie=",".join(str(een.sleutel) for een in gekozen))
    if zin := formulieren.doe():
        meld(request, zin)
        return redirect(terug)
    request.inzage.noteer("signalen.bekeken", inhoud={"selectie": [str(een.sleutel) for een in gekozen]})
    regel = SIGNAALREGELS.get(gekozen[0].soort)
    context = {
        "gekozen": [(een.jongere.naam, een.gemeente.naam, reverse("signalen:signaal", args=[een.sleutel]))
                    for een in gekozen],
        "aantal": meervoud(len(gekozen), "signaal", "signalen"),
        "soort": regel.naam if regel else gekozen[0].soort,
        "formulieren": formulieren,
        "hier": reverse("signalen:selectie"),
        "terug": terug,
        "kruimels": _kruimels(Kruimel(regel.naam if regel else gekozen[0].soort, terug)),
    }  # fmt: skip
    return render(request, "signalen/selectie.html", context)


def _gekozen(request: Verzoek) -> list[Signaal]:
    """The open signals of one kind that were ticked. 404 where one of them is not within reach."""
    sleutels = set()
    for tekst in ",".join(request.POST.getlist("signaal")).split(",")[:HOOGSTENS]:
        try:
            sleutels.add(uuid.UUID(tekst))
        except ValueError:
            continue
    rijen = Signaal.objects.voor(request.toegang).select_related(*ERBIJ).filter(sleutel__in=sleutels)
    gevonden = list(rijen.order_by("jongere__zoeknaam", "pk")) if sleutels else []
    if len(gevonden) != len(sleutels):
        request.inzage.weiger("signalen.selectie")
        raise Http404
    return [een for een in gevonden if een.soort == gevonden[0].soort and een.staat_open]


@vereist(Recht.SIGNALEN_ZIEN)
def controles(request: Verzoek) -> HttpResponse:
    """Every control procedure with its source, its owner, its last run and what is open of it (REG-06)."""
    alle = maak_controles(request.toegang, op=_vandaag())
    request.inzage.noteer("signalen.bekeken", inhoud={"toon": "controles"})
    laatst = max((controle.laatst for controle in alle if controle.laatst), default=None)
    return render(request, "signalen/controles.html", {"controles": alle, "laatst": laatst, "kruimels": _kruimels()})


@vereist(Recht.TOEWIJZEN)
def instroom(request: Verzoek) -> HttpResponse:
    """How many signals of a kind a team lets into the werkvoorraad per week."""
    teams = [
        team
        for team in Team.objects.filter(regio_id=request.toegang.regio_id or 0).order_by("naam")
        if team.soorten_werk
    ]
    form = InstroomFormulier(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        team = next(team for team in teams if str(team.sleutel) == form.cleaned_data["team"])
        soort, per_week = form.cleaned_data["soort"], form.cleaned_data["per_week"]
        try:
            stel_instroom_in(team, soort=soort, per_week=per_week, toegang=request.toegang, nu=nu())
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "De instroom is ingesteld.")
            return redirect("signalen:instroom")
    gesteld = Instroom.objects.filter(team__in=teams).select_related("team").order_by("team__naam", "soort")
    context = {
        "form": form,
        "gesteld": [(rij.team.naam, SIGNAALREGELS[rij.soort].naam, rij.per_week) for rij in gesteld
                    if rij.soort in SIGNAALREGELS],
        "kruimels": _kruimels(),
    }  # fmt: skip
    return render(request, "signalen/instroom.html", context)
