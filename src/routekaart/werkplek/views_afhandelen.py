"""Afhandelen: one form for the talk with the school, the uitkomst, what DUO hears, the feedback and the aftercare."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.basis.parameters import parameters
from routekaart.basis.taal import datum_kort
from routekaart.begeleiding.acties import handel_melding_af
from routekaart.begeleiding.acties.afhandelen import (
    Afgehandeld,
    uit_eigen_onderzoek,
    uitkomsten_na_gesprek,
    voorgestelde_nazorg,
    voorgestelde_uitkomst,
)
from routekaart.begeleiding.gevolg import Gevolg, gekozen_gevolg
from routekaart.meldingen.detail import Detail, maak_detail
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.acties import SCHOOL, bereid_voor, soort_ontvanger
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.forms_afhandelen import GEEN_ACTIE, VOORGESTELD, AfhandelFormulier

ERBIJ = ("jongere__gemeente", "gemeente", "instelling", "werkproces__jongere", "oordeel_door", "overdracht_gemeente")
# who reported → with which party the talk was
PARTIJ = {"duo": "school", "school": "school", "jongere": "jongere", "verzorger": "verzorger"}


@vereist(Recht.MELDINGEN_BEOORDELEN)
def afhandelen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The form, filled with what is likely. Who comes too late reads what a colleague decided."""
    melding: Melding = haal(Melding.objects.select_related(*ERBIJ), request, sleutel)
    onderwerp = f"meldingen.melding:{melding.sleutel}"
    request.inzage.noteer("melding.bekeken", jongere_id=melding.jongere_id, onderwerp=onderwerp)
    moment = nu()
    op = timezone.localdate(moment)
    detail = maak_detail(melding, toegang=request.toegang, op=op)
    context: dict[str, Any] = {"detail": detail, "terug": reverse("meldingen:lijst"), "kruimels": _kruimels(detail)}
    if request.method != "POST" and (not detail.te_beoordelen or melding.jongere is None):
        return render(request, "werkplek/afhandelen_niet.html", context)
    form = _formulier(request, detail, nu=moment)
    if request.method == "POST" and form.is_valid():
        try:
            uitslag = handel_melding_af(
                melding,
                gesprek=form.gesprek(met=_partij(melding)),
                uitkomst=form.cleaned_data["uitkomst"],
                terugkoppeling=form.bericht(),
                duo_afsluitreden=form.cleaned_data.get("duo_afsluitreden"),
                duo_opmerking=form.cleaned_data.get("duo_opmerking"),
                nazorg_op=form.cleaned_data.get("nazorg_op"),
                toegang=request.toegang,
                nu=moment,
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, _gedaan(detail, uitslag, op=op))
            return redirect("meldingen:lijst")
    gekozen = str(form["uitkomst"].value() or "")
    context |= {"form": form, "gevolg": _gevolg(melding, gekozen, op=op), "anders": _anders(form, melding)}
    return render(request, "werkplek/afhandelen.html", context)


@vereist(Recht.MELDINGEN_BEOORDELEN)
def gevolg(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The part of the page that says what the uitkomst in the address sets in motion; about nobody in particular."""
    melding: Melding = haal(Melding.objects.select_related("werkproces", "jongere"), request, sleutel)
    op = timezone.localdate(nu())
    context = {"gevolg": _gevolg(melding, request.GET.get("uitkomst", ""), op=op), "meteen": True}
    return render(request, "begeleiding/_gevolg.html", context)


def _kruimels(detail: Detail) -> list[Kruimel]:
    return [
        Kruimel("Meldingen", reverse("meldingen:lijst")),
        Kruimel(detail.naam, reverse("meldingen:melding", args=[detail.melding.sleutel])),
        Kruimel("Afhandelen"),
    ]


def _partij(melding: Melding) -> str:
    return PARTIJ.get(melding.melder_soort, "ketenpartner")


def _formulier(request: Verzoek, detail: Detail, *, nu: dt.datetime) -> AfhandelFormulier:
    melding = detail.melding
    lokaal = timezone.localtime(nu)
    klaar = bereid_voor(melding.werkproces, melding)
    keuzes = uitkomsten_na_gesprek(melding, op=lokaal.date())
    voorstel = voorgestelde_uitkomst(keuzes, detail.voorstel.besluit if detail.voorstel else None)
    return AfhandelFormulier(
        request.POST or None,
        op=lokaal.date(),
        uitkomsten=keuzes,
        met_duo=melding.duo_nummer is not None,
        met_werkproces=melding.werkproces is not None and melding.werkproces.open,
        soort_ontvanger=klaar.soort_ontvanger,
        iemand_wacht=not uit_eigen_onderzoek(melding),
        gevolg_url=reverse("werkplek:afhandelen-gevolg", args=[melding.sleutel]),
        initial={
            "met_naam": melding.melder_naam,
            "datum": lokaal.date(),
            "tijd": lokaal.time().replace(second=0, microsecond=0),
            "verslag": GEEN_ACTIE if voorstel == VOORGESTELD else "",
            "uitkomst": voorstel,
            "kanaal": klaar.kanaal,
            "ontvanger": klaar.ontvanger,
            "nazorg_op": voorgestelde_nazorg(melding.regio_id, op=lokaal.date()),
        },
    )


def _gevolg(melding: Melding, code: str, *, op: dt.date) -> Gevolg | None:
    maanden = parameters(melding.regio_id, op=op)["nazorg_maanden"]
    keuzes = uitkomsten_na_gesprek(melding, op=op)
    heeft_duo = melding.duo_nummer is not None
    gevonden = gekozen_gevolg(
        keuzes,
        code,
        maanden=maanden[:1] if melding.werkproces_id else [],
        duo=heeft_duo,
        overleden=melding.jongere is not None and melding.jongere.overleden_op is not None,
        op=op,
    )
    if gevonden is None or soort_ontvanger(melding) == SCHOOL:
        return gevonden
    return replace(gevonden, school="")


def _anders(form: AfhandelFormulier, melding: Melding) -> bool:
    """Whether the part about another way of feedback stands open: there is no DUO, or something in it was refused."""
    in_dit_deel = {"kanaal", "ontvanger", "adres", "tekst", "gecontroleerd"}
    if melding.duo_nummer is None or "kanaal" not in form.fields:
        return True
    return bool(in_dit_deel & set(form.errors)) or form["kanaal"].value() != "duo"


def _gedaan(detail: Detail, uitslag: Afgehandeld, *, op: dt.date) -> str:
    en = "" if uitslag.terugkoppeling is None else " en teruggekoppeld"
    zin = f"De melding over {detail.naam} is afgehandeld{en}."
    if uitslag.nazorg_op is not None:
        return f"{zin} Nazorg op {datum_kort(uitslag.nazorg_op, op=op)}."
    return f"{zin} Het werkproces loopt door: er is nog een melding." if uitslag.werkproces_loopt else zin
