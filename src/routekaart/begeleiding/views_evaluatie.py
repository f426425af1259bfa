"""Looking back (step 13): what was meant beside what came of it, six questions, and lessons without names."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from routekaart.begeleiding.acties import leg_evaluatie_vast
from routekaart.begeleiding.forms_evaluatie import EvaluatieFormulier
from routekaart.begeleiding.models import Evaluatie
from routekaart.begeleiding.selecties import doelen_van
from routekaart.begeleiding.selecties_vervolg import evaluaties_van
from routekaart.begeleiding.submenu import submenu
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import codelijst, label, uitkomst
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht


@dataclass(frozen=True)
class Terugblik:
    """An earlier look back: question and answer."""

    rij: Evaluatie
    antwoorden: Sequence[tuple[str, str]]


@vereist(Recht.DOSSIER_ZIEN)
def evaluatie(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The form beside goal and result, and the earlier looks back."""
    dossier = open_dossier(request, sleutel, tab="plan")
    werkproces = dossier.werkproces
    if werkproces is None:
        leeg = {"dossier": dossier, "titel": "Evaluatie"}
        return render(request, "begeleiding/geen_werkproces.html", leeg)
    stappen = [(str(stap.nummer), f"Stap {stap.nummer}, {stap.naam.lower()}") for stap in _route(dossier)]
    form = EvaluatieFormulier(request.POST or None, stappen=stappen, initial={"op": dossier.op})
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: _leg_vast(request, dossier, form),
        klaar="De evaluatie is vastgelegd.",
        naar=dossier.url("dossiers:route"),
    )
    if antwoord:
        return antwoord
    eerder = evaluaties_van(werkproces, toegang=request.toegang)
    return render(
        request,
        "begeleiding/evaluatie.html",
        {
            "dossier": dossier,
            "form": form,
            "eerder": [Terugblik(rij, _antwoorden(rij)) for rij in eerder],
            "doelen": doelen_van(werkproces, toegang=request.toegang),
            "naar_plan": dossier.url("begeleiding:plan"),
            "uitkomst": uitkomst(werkproces.soort, werkproces.uitkomst).label if werkproces.uitkomst else "",
            "domeinen": [label("resultaatdomeinen", code, anders=code) for code in werkproces.resultaatdomeinen],
            "terug": dossier.url("dossiers:route"),
            "submenu": submenu(dossier, "begeleiding:evaluatie"),
        },
    )


def _route(dossier: Dossier) -> Sequence[Any]:
    return dossier.stand.route.stappen if dossier.stand else ()


def _leg_vast(request: Verzoek, dossier: Dossier, form: EvaluatieFormulier) -> None:
    leg_evaluatie_vast(dossier.eis_werkproces(), **form.velden(), toegang=request.toegang, nu=dossier.nu)


def _antwoorden(rij: Evaluatie) -> list[tuple[str, str]]:
    """Question and answer in the order of the list; an answer to a question that is no longer asked comes last."""
    vragen = {vraag.code: str(vraag["kort"]) for vraag in codelijst("evaluatievragen").waarden}
    bekend = [(kort, rij.antwoorden[code]) for code, kort in vragen.items() if code in rij.antwoorden]
    return bekend + [(code, tekst) for code, tekst in rij.antwoorden.items() if code not in vragen]
