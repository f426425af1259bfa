"""Phase 4: the start of a path (step 9), another day for it, and how it goes (step 10)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket
from routekaart.begeleiding.acties import leg_voortgang_vast, start_uitvoering, verzet_start
from routekaart.begeleiding.acties.handelen import GEPLAND, stand_van
from routekaart.begeleiding.eerder import alle_trajecten, eerdere_inzet
from routekaart.begeleiding.forms_handelen import GAAT_DOOR, UitvoeringFormulier, VerzetFormulier, VoortgangFormulier
from routekaart.begeleiding.models import Plan, Traject, Voortgang
from routekaart.begeleiding.selecties import planbeeld
from routekaart.begeleiding.selecties_vervolg import trajecten_van, voortgang_van
from routekaart.begeleiding.submenu import submenu
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import toont_formulier, verwerk
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.regels.route_acties import mag_fase_opnieuw
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.deuren import Verzoek, haal, vereist
from routekaart.toegang.rechten import Recht

KLEUR = {"loopt": "goed", "geslaagd": "goed", "stagneert": "letop", "gestopt": "letop", "gepland": "accent"}
LEEG = "begeleiding/geen_werkproces.html"


@dataclass(frozen=True)
class Trajectregel:
    """A path as the list shows it. `verzet` is where a start to come is moved."""

    traject: Traject
    domein: str
    stand: Etiket
    wanneer: str
    verzet: str = ""


def trajectregels(dossier: Dossier, trajecten: Sequence[Traject]) -> list[Trajectregel]:
    """The paths with how they stand today."""
    regels = []
    for traject in trajecten:
        stand = stand_van(traject, op=dossier.op)
        verzet = ""
        if stand == GEPLAND and dossier.kan_werken:
            verzet = dossier.url("begeleiding:start-verzetten", traject.sleutel)
        regels.append(
            Trajectregel(
                traject,
                label("vervolgdomeinen", traject.domein, anders=traject.domein),
                _etiket(stand),
                _wanneer(traject, stand, op=dossier.op),
                verzet,
            )
        )
    return regels


def _etiket(stand: str) -> Etiket:
    tekst = label("status-vervolgtraject", stand, anders=stand).lower()
    return Etiket(tekst, KLEUR.get(stand, "rustig"))  # type: ignore[arg-type]


def _wanneer(traject: Traject, stand: str, *, op: dt.date) -> str:
    start = taal.datum_kort(traject.start_op, op=op)
    if stand == GEPLAND:
        return f"Begint op {start}"
    if traject.gestopt_op is not None and traject.gestopt_op < traject.start_op:
        return "Niet doorgegaan"
    einde = f" tot {taal.datum_kort(traject.gestopt_op, op=op)}" if traject.gestopt_op else ""
    return f"Van {start}{einde}" if einde else f"Begonnen op {start}"


@vereist(Recht.DOSSIER_ZIEN)
def uitvoering(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The paths that started, and the form for one that starts."""
    dossier = open_dossier(request, sleutel, tab="plan")
    werkproces = dossier.werkproces
    if werkproces is None:
        return render(request, LEEG, {"dossier": dossier, "titel": "Uitvoering"})
    beeld = planbeeld(werkproces, toegang=request.toegang)
    alle = alle_trajecten(werkproces, toegang=request.toegang)
    eerder = eerdere_inzet(werkproces, op=dossier.op, toegang=request.toegang, trajecten=alle)
    form = UitvoeringFormulier(
        request.POST or None,
        op=dossier.op,
        met_eerder=bool(eerder),
        initial={"start_op": dossier.op, "domein": _domein(beeld.plan)},
    )
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: start_uitvoering(werkproces, **form.cleaned_data, toegang=request.toegang, nu=dossier.nu),
        klaar="De start is vastgelegd.",
        naar=dossier.url("dossiers:route"),
    )
    trajecten = [traject for traject in alle if traject.werkproces_id == werkproces.pk]
    return antwoord or render(
        request,
        "begeleiding/uitvoering.html",
        {
            "dossier": dossier,
            "form": form,
            "toon": toont_formulier(request, dossier),
            "regels": trajectregels(dossier, trajecten),
            "eerder": eerder,
            "beeld": beeld,
            "dagen": dossier.instellingen["eerste_week_contact_dagen"],
            "naar_plan": dossier.url("begeleiding:plan"),
            "terug": dossier.url("dossiers:route"),
            "submenu": submenu(dossier, "begeleiding:uitvoering"),
        },
    )


def _domein(plan: Plan | None) -> str:
    """The domain that the plan is about, where it names one."""
    return plan.domeinen[0] if plan is not None and plan.domeinen else ""


@vereist(Recht.DOSSIER_WERKEN)
def start_verzetten(request: Verzoek, sleutel: uuid.UUID, traject: uuid.UUID) -> HttpResponse:
    """Another day for a start to come, or none."""
    dossier = open_dossier(request, sleutel, tab="plan")
    werkproces = dossier.eis_werkproces()
    gekozen: Traject = haal(Traject.objects.select_related("werkproces"), request, traject)
    if gekozen.werkproces != werkproces:
        raise Http404
    begin = {"versie": gekozen.versie, "gaat_door": GAAT_DOOR, "start_op": gekozen.start_op}
    form = VerzetFormulier(request.POST or None, initial=begin)
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: verzet_start(
            gekozen, start_op=form.dag, versie=form.cleaned_data["versie"], toegang=request.toegang, nu=dossier.nu
        ),
        klaar="De start is aangepast.",
        naar=dossier.url("begeleiding:uitvoering"),
    )
    return antwoord or render(
        request,
        "begeleiding/start_verzetten.html",
        {
            "dossier": dossier,
            "form": form,
            "regel": trajectregels(dossier, [gekozen])[0],
            "terug": dossier.url("begeleiding:uitvoering"),
        },
    )


@dataclass(frozen=True)
class Voortgangregel:
    """One time that it was talked about."""

    rij: Voortgang
    stand: Etiket
    regie: str


@vereist(Recht.DOSSIER_ZIEN)
def voortgang(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """How it goes: what was heard before, and the form for now."""
    dossier = open_dossier(request, sleutel, tab="plan")
    werkproces = dossier.werkproces
    if werkproces is None:
        return render(request, LEEG, {"dossier": dossier, "titel": "Voortgang"})
    beeld = planbeeld(werkproces, toegang=request.toegang)
    trajecten = trajecten_van(werkproces, toegang=request.toegang)
    form = _voortgangformulier(request, dossier, trajecten, beeld.regie.houder if beeld.regie else "")
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: leg_voortgang_vast(werkproces, **form.velden(), toegang=request.toegang, nu=dossier.nu),
        klaar="De voortgang is vastgelegd.",
        naar=dossier.url("dossiers:route"),
    )
    eerder = voortgang_van(werkproces, toegang=request.toegang)
    return antwoord or render(
        request,
        "begeleiding/voortgang.html",
        {
            "dossier": dossier,
            "form": form,
            "toon": toont_formulier(request, dossier),
            "eerder": [Voortgangregel(rij, _etiket(rij.stand), _regie(rij)) for rij in eerder],
            "regels": trajectregels(dossier, trajecten),
            "beeld": beeld,
            "uitvoering": dossier.url("begeleiding:uitvoering"),
            "naar_plan": dossier.url("begeleiding:plan"),
            "terug": dossier.url("dossiers:route"),
            "submenu": submenu(dossier, "begeleiding:voortgang"),
        },
    )


def _voortgangformulier(
    request: Verzoek, dossier: Dossier, trajecten: Sequence[Traject], regiehouder: str
) -> VoortgangFormulier:
    """The form, with the paths that run to choose from, and the next moment that the region has as its rhythm."""
    stand = dossier.stand
    lopend = [traject for traject in trajecten if _loopt(stand_van(traject, op=dossier.op))]
    fases = [fase.fase for fase in stand.fases if mag_fase_opnieuw(stand, fase.fase.nummer)] if stand else []
    weken = int(dossier.instellingen["terugkoppeling_weken"])
    eerste = lopend[0] if lopend else None
    begin = {
        "op": dossier.op,
        "traject": str(eerste.sleutel) if eerste else "",
        "stand": stand_van(eerste, op=dossier.op) if eerste and eerste.stand != GEPLAND else "loopt",
        "volgende_op": tel_op(dossier.op + dt.timedelta(weeks=weken, days=-1), 1),
    }
    return VoortgangFormulier(
        request.POST or None,
        vandaag=dossier.op,
        trajecten=lopend,
        regiehouder=regiehouder,
        fases=[(str(fase.nummer), f"Ja, fase {fase.nummer}: {fase.naam.lower()}") for fase in fases],
        initial=begin,
    )


def _loopt(stand: str) -> bool:
    return stand != GEPLAND and not codelijst("status-vervolgtraject").waarde(stand)["einde"]


def _regie(rij: Voortgang) -> str:
    if rij.regie_opgepakt is None:
        return ""
    return "De regiehouder pakt het op." if rij.regie_opgepakt else "De regiehouder pakt het nog niet op."
