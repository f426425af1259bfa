"""Closing a werkproces (step 11): the form, and what the chosen uitkomst sets in motion."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.parameters import parameters
from routekaart.begeleiding.acties import sluit_af
from routekaart.begeleiding.acties.afsluiten import big5_open, duo_meldingen, zoektocht_van
from routekaart.begeleiding.acties.handelen import stand_van
from routekaart.begeleiding.forms_afsluiten import AfsluitFormulier
from routekaart.begeleiding.gevolg import gekozen_gevolg
from routekaart.begeleiding.models import Traject
from routekaart.begeleiding.selecties import doelen_van
from routekaart.begeleiding.selecties_vervolg import trajecten_van
from routekaart.dossiers.actielinks import dossier_url
from routekaart.dossiers.contactbeeld import contactmomenten, gespreksregels
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.models import Contactmoment, Werkproces
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import Uitkomst, label, uitkomsten
from routekaart.meldingen.models import Melding
from routekaart.meldingen.vervolg import begint_vervolg
from routekaart.regels.route import Stapstand
from routekaart.regels.route_acties import mag_overslaan
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht

# kind of path → where the jongere is then (CL-17 → CL-20)
RESULTAAT = {"onderwijs": "onderwijs", "arbeid": "werk", "hulpverlening": "hulpverlening"}
POGINGEN = 6


@vereist(Recht.DOSSIER_WERKEN)
def gevolg(request: Verzoek, werkproces: uuid.UUID) -> HttpResponse:
    """The part of the page that says what the uitkomst in the address sets in motion; about nobody in particular."""
    gevonden: Werkproces = haal(Werkproces.objects.select_related("jongere"), request, werkproces)
    op = timezone.localdate(nu())
    context = {
        "gevolg": gekozen_gevolg(
            uitkomsten(gevonden.soort, op=op),
            request.GET.get("uitkomst", ""),
            maanden=parameters(gevonden.regio_id, op=op)["nazorg_maanden"],
            duo=bool(duo_meldingen(gevonden)),
            overleden=gevonden.jongere.overleden_op is not None,
            op=op,
        )
    }
    return render(request, "begeleiding/_gevolg.html", context)


@vereist(Recht.DOSSIER_WERKEN)
def afsluiten(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The form, beside what the uitkomst sets in motion and what was done to reach the jongere."""
    dossier = open_dossier(request, sleutel, tab="route")
    werkproces = dossier.eis_werkproces()
    if not werkproces.open and request.method != "POST":
        return _al_dicht(request, dossier)
    keuzes = uitkomsten(werkproces.soort, op=dossier.op)
    met_duo = bool(duo_meldingen(werkproces))
    momenten = contactmomenten(werkproces, toegang=request.toegang)
    form = _formulier(request, dossier, keuzes, momenten, met_duo=met_duo)
    gekozen = next((keuze for keuze in keuzes if keuze.code == request.POST.get("uitkomst")), None)
    verder = f" {begint_vervolg(gekozen)}" if gekozen is not None and gekozen.vervolg else ""
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: sluit_af(werkproces, **form.velden(), toegang=request.toegang, nu=dossier.nu),
        klaar=f"Het werkproces is afgesloten. Koppel nu terug aan de melder.{verder}",
        # what goes on elsewhere becomes the first of the dossier; the feedback belongs to this one
        naar=dossier_url("dossiers:route", dossier.jongere.sleutel, werkproces=werkproces.sleutel)
        if verder
        else dossier.url("dossiers:route"),
    )
    if antwoord:
        return antwoord
    met_jongere = [moment for moment in momenten if moment.met == "jongere"]
    return render(
        request,
        "begeleiding/afsluiten.html",
        {
            "dossier": dossier,
            "form": form,
            "gevolg": gekozen_gevolg(
                keuzes,
                str(form["uitkomst"].value() or ""),
                maanden=dossier.instellingen["nazorg_maanden"],
                duo=met_duo,
                overleden=dossier.jongere.overleden_op is not None,
                op=dossier.op,
            ),
            "niet_op_orde": taal.opsomming(punt.lower() for punt in big5_open(werkproces)),
            "pogingen": gespreksregels(met_jongere[:POGINGEN]),
            "meer_pogingen": max(0, len(met_jongere) - POGINGEN),
            "contact": dossier.url("dossiers:contact"),
            "te_beoordelen": _te_beoordelen(werkproces, request),
            "terug": dossier.url("dossiers:route"),
        },
    )


def _al_dicht(request: Verzoek, dossier: Dossier) -> HttpResponse:
    werkproces = dossier.eis_werkproces()
    gekozen = {keuze.code: keuze.label for keuze in uitkomsten(werkproces.soort)}
    return render(
        request,
        "begeleiding/al_afgesloten.html",
        {
            "dossier": dossier,
            "uitkomst": gekozen.get(werkproces.uitkomst, werkproces.uitkomst),
            "domeinen": [label("resultaatdomeinen", code, anders=code) for code in werkproces.resultaatdomeinen],
            "heropenen": dossier.url("dossiers:heropenen"),
            "nazorg": dossier.url("begeleiding:nazorg"),
        },
    )


def _formulier(
    request: Verzoek,
    dossier: Dossier,
    keuzes: Sequence[Uitkomst],
    momenten: Sequence[Contactmoment],
    *,
    met_duo: bool,
) -> AfsluitFormulier:
    werkproces = dossier.eis_werkproces()
    trajecten = trajecten_van(werkproces, toegang=request.toegang)
    doelen = doelen_van(werkproces, toegang=request.toegang)
    adres = reverse("begeleiding:gevolg", args=[werkproces.sleutel])
    return AfsluitFormulier(
        request.POST or None,
        op=dossier.op,
        uitkomsten=keuzes,
        open_stappen=_open_stappen(dossier),
        doelen=[doel for doel in doelen if doel.bereikt_op is None],
        huisbezoek=_huisbezoek(momenten, op=dossier.op, instellingen=dossier.instellingen),
        met_duo=met_duo,
        gevolg_url=adres,
        initial={
            "uitkomst": request.GET.get("uitkomst", ""),
            "afgesloten_op": dossier.op,
            "resultaatdomeinen": _resultaat(trajecten, op=dossier.op),
        },
    )


def _open_stappen(dossier: Dossier) -> list[tuple[Stapstand, str]]:
    """The steps before closing that are still open, each with why it cannot be left out (or nothing)."""
    stand = dossier.stand
    if stand is None:
        return []
    return [(stap, mag_overslaan(stand, stap.nummer).reden) for stap in stand.zonder_uitleg]


def _huisbezoek(momenten: Sequence[Contactmoment], *, op: dt.date, instellingen: Mapping[str, object]) -> str:
    """How many visits were made where more are needed before closing without contact; empty where it is enough."""
    tocht = zoektocht_van(momenten, op=op, instellingen=instellingen)
    if tocht.contact is not None or not tocht.nog_huisbezoeken:
        return ""
    nodig = taal.meervoud(tocht.protocol.min_huisbezoeken, "huisbezoek", "huisbezoeken")
    return f"Je bent {tocht.huisbezoeken} keer langs geweest. Het protocol vraagt {nodig} voordat je stopt."


def _resultaat(trajecten: Sequence[Traject], *, op: dt.date) -> list[str]:
    """Where the jongere is, as far as the paths that run or succeeded tell."""
    goed = [traject for traject in trajecten if stand_van(traject, op=op) in {"loopt", "geslaagd", "herzien"}]
    return [RESULTAAT[domein] for domein in dict.fromkeys(traject.domein for traject in goed) if domein in RESULTAAT]


def _te_beoordelen(werkproces: Werkproces, request: Verzoek) -> Melding | None:
    """A melding of this werkproces that still waits for an oordeel."""
    rijen = Melding.objects.voor(request.toegang).filter(werkproces=werkproces, oordeel="", ingetrokken_op__isnull=True)
    gevonden: Melding | None = rijen.order_by("ontvangen_op", "pk").first()
    return gevonden
