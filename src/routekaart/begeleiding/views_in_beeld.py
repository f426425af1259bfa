"""Keeping somebody in view: the short routes jikp-volgen and volgen, each with its own question."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from routekaart.basis.onderdelen import Etiket
from routekaart.begeleiding.acties import bekijk_jikp, bekijk_situatie
from routekaart.begeleiding.acties.volgen import BINNEN_MAANDEN, JIKP_ROUTE, VOLG_ROUTE
from routekaart.begeleiding.forms_in_beeld import JikpFormulier, SituatieFormulier
from routekaart.begeleiding.herkomst import herkomst_van
from routekaart.begeleiding.models import Kijkmoment
from routekaart.begeleiding.selecties_vervolg import kijkmomenten_van
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import toont_formulier, verwerk
from routekaart.inhoud.codelijsten import label
from routekaart.loopbaan.models import Jikpopgave
from routekaart.regels.route import plus_maanden
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht


@dataclass(frozen=True)
class Kijkregel:
    """One look: what was found, and where the jongere was."""

    rij: Kijkmoment
    oordeel: Etiket
    bestemming: str
    school: str


@vereist(Recht.DOSSIER_ZIEN)
def in_beeld(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """How it was each time, and the form for now; on another route, where one should be."""
    dossier = open_dossier(request, sleutel, tab="route")
    werkproces = dossier.eis_werkproces()
    eerder = kijkmomenten_van(werkproces, toegang=request.toegang)
    jikp = werkproces.route == JIKP_ROUTE or "extra_aandacht" in request.POST
    context = {
        "dossier": dossier,
        "toon": toont_formulier(request, dossier),
        "eerder": [_regel(rij) for rij in eerder],
        "terug": dossier.url("dossiers:route"),
        "jikp": jikp,
        "herkomst": _herkomst(request, dossier) if jikp else "",
    }
    if werkproces.route not in {JIKP_ROUTE, VOLG_ROUTE} and request.method != "POST":
        return render(request, "begeleiding/in_beeld_niet.html", context)
    form = _formulier(request, dossier, eerder[0] if eerder else None, jikp=jikp)
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: _leg_vast(request, dossier, form),
        klaar=f"Vastgelegd hoe het nu gaat met {dossier.jongere.aanspreeknaam or 'de jongere'}.",
        naar=dossier.url("dossiers:route"),
    )
    return antwoord or render(request, "begeleiding/in_beeld.html", {**context, "form": form})


def _herkomst(request: Verzoek, dossier: Dossier) -> str:
    """Where the jongere came from, in the words of the list (CL-05), as the enrolments say and else the newest report
    of the JIKP-portaal; empty where neither does.
    """
    code = herkomst_van(dossier.inschrijvingen, op=dossier.op)
    if not code:
        genoemd = Jikpopgave.objects.voor(request.toegang).filter(jongere=dossier.jongere)
        code = genoemd.order_by("-schooljaar").values_list("herkomst", flat=True).first() or ""
    return label("herkomst-jikp", code) if code else ""


def _formulier(
    request: Verzoek, dossier: Dossier, laatste: Kijkmoment | None, *, jikp: bool
) -> JikpFormulier | SituatieFormulier:
    begin = {"op": dossier.op, "volgende_op": plus_maanden(dossier.op, BINNEN_MAANDEN)}
    if jikp:
        begin["bestemming"] = laatste.bestemming if laatste else "onbekend"  # type: ignore[assignment]
        return JikpFormulier(request.POST or None, op=dossier.op, initial=begin)
    return SituatieFormulier(request.POST or None, op=dossier.op, initial=begin)


def _leg_vast(request: Verzoek, dossier: Dossier, form: JikpFormulier | SituatieFormulier) -> None:
    werkproces = dossier.eis_werkproces()
    if isinstance(form, JikpFormulier):
        bekijk_jikp(werkproces, **form.velden(), toegang=request.toegang, nu=dossier.nu)
    else:
        bekijk_situatie(werkproces, **form.velden(), toegang=request.toegang, nu=dossier.nu)


def _regel(rij: Kijkmoment) -> Kijkregel:
    if rij.extra_aandacht is not None:
        oordeel = Etiket("extra aandacht nodig", "letop") if rij.extra_aandacht else Etiket("gaat goed zo", "goed")
    else:
        oordeel = Etiket("werkt", "goed") if rij.werkt else Etiket("werkt niet meer", "letop")
    return Kijkregel(rij, oordeel, label("bestemmingen", rij.bestemming, anders=rij.bestemming), _school(rij))


def _school(rij: Kijkmoment) -> str:
    delen = [f"Helpt wat school doet? {rij.get_schoolhulp_display()}." if rij.schoolhulp else ""]
    if rij.uitstroomgesprek:
        delen.append(f"Uitstroomgesprek met {rij.deelnemers}.")
    elif rij.deelnemers:
        delen.append(f"Met {rij.deelnemers}.")
    return " ".join(filter(None, delen))
