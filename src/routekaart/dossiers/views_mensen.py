"""Who it is and who stands around: contact data, verzorgers and betrokkenen; two people may edit at once. And notes."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Basis
from routekaart.dossiers.aantekeningen import schrijf_aantekening
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.forms import (
    AantekeningFormulier,
    BeginFormulier,
    BetrokkeneFormulier,
    ContactgegevensFormulier,
    VerzorgerFormulier,
)
from routekaart.netwerk.acties import leg_betrokkene_vast, leg_verzorger_vast, wijzig_betrokkene, wijzig_verzorger
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.acties import wijzig_contactgegevens
from routekaart.personen.acties_terugmelden import meld_terug
from routekaart.personen.forms import BrpTerugmeldFormulier
from routekaart.personen.models import Jongere, Verzorger
from routekaart.personen.selecties import brp_wijzigingen
from routekaart.toegang.deuren import Verzoek, haal, vereist
from routekaart.toegang.rechten import Recht


def _initieel(form: type[BeginFormulier], ding: Any) -> dict[str, Any]:
    """The values of a row for its form."""
    return {naam: getattr(ding, naam) for naam in form.base_fields}


def _pagina(
    request: Verzoek, dossier: Dossier, form: BeginFormulier, *, titel: str, naar: str, zin: str = ""
) -> HttpResponse:
    context = {
        "dossier": dossier,
        "form": form,
        "titel": titel,
        "zin": zin,
        "knop": "Bewaar",
        "terug": dossier.url(naar),
    }
    return render(request, "dossiers/formulier.html", context)


def _wijzig(form: BeginFormulier, doe: Any, ding: Basis, request: Verzoek, dossier: Dossier) -> bool:
    """Runs a change of an editable row; False when it was refused, with the reason in the form."""
    try:
        doe(
            ding,
            versie=form.cleaned_data["versie"],
            velden=form.velden,
            begin=form.begin,
            toegang=request.toegang,
            nu=dossier.nu,
        )
    except Geweigerd as reden:
        form.geweigerd(reden)
        return False
    return True


@vereist(Recht.DOSSIER_WERKEN)
def contactgegevens(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Our own contact data of the jongere."""
    dossier = open_dossier(request, sleutel, tab="overzicht")
    jongere: Jongere = dossier.jongere
    form = ContactgegevensFormulier(request.POST or None, initial=_initieel(ContactgegevensFormulier, jongere))
    if (
        request.method == "POST"
        and form.is_valid()
        and _wijzig(form, wijzig_contactgegevens, jongere, request, dossier)
    ):
        meld(request, "De contactgegevens zijn bewaard.")
        return redirect(dossier.url("dossiers:overzicht"))
    return _pagina(
        request,
        dossier,
        form,
        titel="Wijzig contactgegevens",
        zin="Adres en geboortedatum komen uit de BRP. Wat hier staat, verandert een levering nooit.",
        naar="dossiers:overzicht",
    )


@vereist(Recht.DOSSIER_WERKEN)
def aantekening(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Writes a note, with what kind of content it is; it stands on the time line."""
    dossier = open_dossier(request, sleutel, tab="geschiedenis")
    form = AantekeningFormulier(request.POST or None, op=dossier.op, initial={"op": dossier.op})
    if request.method == "POST" and form.is_valid():
        try:
            schrijf_aantekening(
                dossier.jongere,
                werkproces=dossier.werkproces,
                **form.cleaned_data,
                toegang=request.toegang,
                nu=dossier.nu,
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "Je aantekening is bewaard.")
            return redirect(dossier.url("dossiers:geschiedenis"))
    terug = dossier.url("dossiers:geschiedenis")
    return render(request, "dossiers/aantekening.html", {"dossier": dossier, "form": form, "terug": terug})


@vereist(Recht.BRP_MELDEN)
def brp_terugmelden(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """A BRP fact that seems wrong: it is not overtyped, the municipality is told (REG-03)."""
    dossier = open_dossier(request, sleutel, tab="overzicht")
    form = BrpTerugmeldFormulier(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meld_terug(dossier.jongere, **form.cleaned_data, toegang=request.toegang, nu=dossier.nu)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, "De administratie geeft dit door aan de gemeente.")
            return redirect(dossier.url("dossiers:overzicht"))
    context = {
        "dossier": dossier,
        "form": form,
        "titel": "Meld een fout in de BRP",
        "zin": "Wij passen de BRP zelf niet aan. De administratie vraagt de gemeente om het na te kijken.",
        "knop": "Meld terug",
        "terug": dossier.url("dossiers:overzicht"),
        "eerder": brp_wijzigingen(dossier.jongere, toegang=request.toegang),
    }
    return render(request, "dossiers/brp.html", context)


@vereist(Recht.DOSSIER_WERKEN)
def verzorger(request: Verzoek, sleutel: uuid.UUID, verzorger: uuid.UUID | None = None) -> HttpResponse:
    """A parent, guardian or foster parent: new, or changed."""
    dossier = open_dossier(request, sleutel, tab="netwerk")
    rij: Verzorger | None = _van_jongere(Verzorger, request, dossier, verzorger)
    initieel = _initieel(VerzorgerFormulier, rij) if rij else {"versie": 0, "thuis": True, "van": dossier.op}
    form = VerzorgerFormulier(request.POST or None, initial=initieel)
    form.fields["gezag"].choices = Verzorger.Gezag.choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        if rij is None:
            gelukt = _voeg_toe(form, leg_verzorger_vast, request, dossier)
        else:
            gelukt = _wijzig(form, wijzig_verzorger, rij, request, dossier)
        if gelukt:
            meld(request, f"{form.cleaned_data['naam']} is bewaard.")
            return redirect(dossier.url("dossiers:netwerk"))
    return _pagina(
        request,
        dossier,
        form,
        titel=f"Wijzig {rij.naam}" if rij else "Voeg een ouder of verzorger toe",
        naar="dossiers:netwerk",
    )


@vereist(Recht.DOSSIER_WERKEN)
def betrokkene(request: Verzoek, sleutel: uuid.UUID, betrokkene: uuid.UUID | None = None) -> HttpResponse:
    """Somebody around the jongere: new, or changed."""
    dossier = open_dossier(request, sleutel, tab="netwerk")
    rij: Betrokkene | None = _van_jongere(Betrokkene, request, dossier, betrokkene)
    form = BetrokkeneFormulier(
        request.POST or None, initial=_initieel(BetrokkeneFormulier, rij) if rij else {"versie": 0}
    )
    if request.method == "POST" and form.is_valid():
        if rij is None:
            gelukt = _voeg_toe(form, leg_betrokkene_vast, request, dossier)
        else:
            gelukt = _wijzig(form, wijzig_betrokkene, rij, request, dossier)
        if gelukt:
            meld(request, f"{form.cleaned_data['naam']} is bewaard.")
            return redirect(dossier.url("dossiers:netwerk"))
    return _pagina(
        request, dossier, form, titel=f"Wijzig {rij.naam}" if rij else "Voeg iemand toe", naar="dossiers:netwerk"
    )


def _voeg_toe(form: BeginFormulier, doe: Any, request: Verzoek, dossier: Dossier) -> bool:
    try:
        doe(dossier.jongere, **form.velden, toegang=request.toegang, nu=dossier.nu)
    except Geweigerd as reden:
        form.geweigerd(reden)
        return False
    return True


def _van_jongere(model: Any, request: Verzoek, dossier: Dossier, sleutel: uuid.UUID | None) -> Any:
    """The row with this key, of this jongere; None for a new one, else 404."""
    if sleutel is None:
        return None
    rij = haal(model.objects, request, sleutel)
    if rij.jongere_id != dossier.jongere.pk:
        request.inzage.weiger(f"{model._meta.label_lower}:{sleutel}")
        raise Http404
    return rij
