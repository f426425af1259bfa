"""Aftercare: what was heard at each moment, and the form for now."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from routekaart.basis.onderdelen import Etiket
from routekaart.begeleiding.acties import heropen_uit_nazorg, leg_nazorgmoment_vast
from routekaart.begeleiding.forms_nazorg import NazorgFormulier
from routekaart.begeleiding.models import Nazorgmoment
from routekaart.begeleiding.selecties_vervolg import nazorg_van
from routekaart.begeleiding.submenu import submenu
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import uitkomst
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht

CHECKS = (("op_school", "onderwijs"), ("aan_werk", "werk"), ("in_zorg", "zorg of hulp"))


@dataclass(frozen=True)
class Momentregel:
    """A moment that was held, with what was known of each check."""

    rij: Nazorgmoment
    checks: Sequence[Etiket]
    gepland: bool


@vereist(Recht.DOSSIER_ZIEN)
def nazorg(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The moments that were, the moments to come, and the form; empty while the werkproces runs."""
    dossier = open_dossier(request, sleutel, tab="plan")
    werkproces = dossier.werkproces
    if werkproces is None:
        return render(request, "begeleiding/geen_werkproces.html", {"dossier": dossier, "titel": "Nazorg"})
    momenten = nazorg_van(werkproces, toegang=request.toegang)
    gepland = [moment for moment in momenten if moment.gehouden_op is None]
    gehouden = [moment for moment in momenten if moment.gehouden_op is not None]
    context = {
        "dossier": dossier,
        "gehouden": [_regel(moment) for moment in reversed(gehouden)],
        "submenu": submenu(dossier, "begeleiding:nazorg"),
        "afsluiten": dossier.url("begeleiding:afsluiten"),
    }
    if werkproces.open and request.method != "POST":
        return render(request, "begeleiding/nazorg_later.html", context)
    form = _formulier(request, dossier, gepland)
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: _leg_vast(request, dossier, form),
        klaar="Het nazorgmoment is vastgelegd.",
        naar=dossier.url("begeleiding:nazorg"),
    )
    if antwoord:
        return antwoord
    context |= {
        "form": form,
        "gepland": gepland,
        "uitkomst": uitkomst(werkproces.soort, werkproces.uitkomst).label if werkproces.uitkomst else "",
    }
    return render(request, "begeleiding/nazorg.html", context)


def _formulier(request: Verzoek, dossier: Dossier, gepland: Sequence[Nazorgmoment]) -> NazorgFormulier:
    route = dossier.stand.route if dossier.stand else None
    opnieuw = [fase for fase in route.fases if fase.opnieuw_tot is not None] if route else []
    fases = [
        (str(fase.nummer), f"Ja, open het werkproces bij fase {fase.nummer}: {fase.naam.lower()}") for fase in opnieuw
    ]
    return NazorgFormulier(
        request.POST or None,
        gepland=gepland,
        fases=fases or [("2", "Ja, open het werkproces weer")],
        op=dossier.op,
        initial={"gehouden_op": dossier.op},
    )


def _leg_vast(request: Verzoek, dossier: Dossier, form: NazorgFormulier) -> None:
    werkproces = dossier.eis_werkproces()
    wie: dict[str, Any] = {"moment": form.gekozen, "toegang": request.toegang, "nu": dossier.nu}
    if form.fase is None:
        volgende_op = form.cleaned_data["volgende_op"]
        leg_nazorgmoment_vast(werkproces, form.bevinding(), volgende_op=volgende_op, **wie)
        return
    bevinding = form.bevinding()
    heropen_uit_nazorg(werkproces, bevinding, motivatie=bevinding.tekst, fase=form.fase, **wie)


def _regel(moment: Nazorgmoment) -> Momentregel:
    checks = []
    for veld, woord in CHECKS:
        waarde = getattr(moment, veld)
        if waarde is not None:
            checks.append(Etiket(woord if waarde else f"geen {woord}", "goed" if waarde else "rustig"))
    return Momentregel(moment, checks, gepland=moment.gepland_op != moment.gehouden_op)
