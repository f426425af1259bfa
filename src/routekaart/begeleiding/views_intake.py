"""The intake: planning it, recording it, reading it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Gegeven
from routekaart.begeleiding.acties import houd_intake, plan_intake
from routekaart.begeleiding.acties.intake import lopende
from routekaart.begeleiding.forms_intake import IntakeFormulier, IntakePlannenFormulier
from routekaart.begeleiding.models import Intake
from routekaart.begeleiding.selecties import intake_van
from routekaart.begeleiding.submenu import submenu
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import codelijst
from routekaart.loopbaan.selecties import alle_feiten, naam_diploma, naam_inschrijving
from routekaart.toegang.deuren import Verzoek, vereist
from routekaart.toegang.rechten import Recht


def _school(dossier: Dossier) -> str:
    """The name of the school where the jongere is enrolled now; empty where nowhere."""
    nu = lopende(dossier.inschrijvingen, op=dossier.op)
    return nu.instelling.naam if nu else ""


def _van_ronde(dossier: Dossier, intake: Intake | None) -> Intake | None:
    """The intake, where it is of the round that runs now."""
    ronde = dossier.eis_werkproces().ronde
    return intake if intake is not None and intake.ronde == ronde else None


@vereist(Recht.DOSSIER_WERKEN)
def intake_plannen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Plan the talk with the jongere, or move it (step 4)."""
    dossier = open_dossier(request, sleutel, tab="intake")
    werkproces = dossier.eis_werkproces()
    intake = _van_ronde(dossier, intake_van(werkproces, toegang=request.toegang))
    if intake is not None and intake.gehouden_op is not None:
        return redirect(dossier.url("begeleiding:intake"))
    naam = dossier.jongere.aanspreeknaam or dossier.jongere.naam
    school = _school(dossier)
    form = IntakePlannenFormulier(
        request.POST or None, naam=naam, school=school, initial=_begin_plannen(intake, school=school)
    )
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: plan_intake(werkproces, **form.velden(), toegang=request.toegang, nu=dossier.nu),
        klaar="De intake is gepland. Hij staat in je werkvoorraad.",
        naar=dossier.url("dossiers:route"),
    )
    return antwoord or render(
        request,
        "begeleiding/intake_plannen.html",
        {
            "dossier": dossier,
            "form": form,
            "gepland": intake,
            "school": school,
            "naam": naam,
            "submenu": submenu(dossier, "begeleiding:intake"),
            "annuleer": dossier.url("begeleiding:intake"),
            "brief": dossier.url("correspondentie:brief-schrijven", "uitnodiging-jongere"),
        },
    )


def _begin_plannen(intake: Intake | None, *, school: str) -> dict[str, Any]:
    if intake is None:
        return {"versie": 0, "school_erbij": bool(school)}
    lokaal = timezone.localtime(intake.gepland_op) if intake.gepland_op else None
    return {
        "versie": intake.versie,
        "datum": lokaal.date() if lokaal else None,
        "tijd": lokaal.time() if lokaal else None,
        "plaats": intake.plaats,
        "school_erbij": intake.school_erbij,
        "wens_gevraagd": intake.wens_gevraagd,
        "wens": intake.wens,
    }


@vereist(Recht.DOSSIER_ZIEN)
def intake(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The talk: read back once it was held, else the form for it (step 5)."""
    dossier = open_dossier(request, sleutel, tab="intake")
    if dossier.werkproces is None:
        return render(request, "begeleiding/geen_werkproces.html", {"dossier": dossier, "titel": "Intake"})
    laatste = intake_van(dossier.werkproces, toegang=request.toegang)
    van_ronde = _van_ronde(dossier, laatste)
    gehouden = laatste is not None and laatste.gehouden_op is not None
    schrijven = dossier.kan_werken and _wil_schrijven(request, van_ronde)
    context: dict[str, Any] = {
        "dossier": dossier,
        "intake": laatste,
        "gehouden": gehouden,
        "oud": laatste is not None and van_ronde is None,
        "school": _school(dossier),
        "submenu": submenu(dossier, "begeleiding:intake"),
        "plannen": dossier.url("begeleiding:intake-plannen"),
        "vastleggen": dossier.url("begeleiding:intake", vastleggen="ja"),
        "verder": dossier.url("begeleiding:leefdomeinen"),
    }
    if schrijven:
        form = _formulier(request, dossier, laatste, van_ronde)
        antwoord = verwerk(
            request,
            dossier,
            form,
            lambda: houd_intake(dossier.eis_werkproces(), **form.velden(), toegang=request.toegang, nu=dossier.nu),
            klaar="De intake is vastgelegd.",
            naar=dossier.url("begeleiding:intake"),
        )
        if antwoord:
            return antwoord
        context |= {"form": form, "annuleer": dossier.url("begeleiding:intake" if gehouden else "dossiers:route")}
    if laatste is not None:
        context |= {"gegevens": _gegevens(dossier, laatste), "antwoorden": _antwoorden(laatste)}
    return render(request, "begeleiding/intake.html", context)


def _wil_schrijven(request: Verzoek, van_ronde: Intake | None) -> bool:
    """The form shows for a planned talk, and where it was asked for."""
    gepland = van_ronde is not None and van_ronde.gehouden_op is None
    return request.method == "POST" or gepland or "vastleggen" in request.GET


def _formulier(request: Verzoek, dossier: Dossier, laatste: Intake | None, van_ronde: Intake | None) -> IntakeFormulier:
    """The form, filled with what is known: what was planned, what was written before, what the loopbaan says."""
    naam = dossier.jongere.aanspreeknaam or dossier.jongere.naam
    begin: dict[str, Any] = {"versie": van_ronde.versie if van_ronde else 0, "gehouden_op": dossier.op}
    if van_ronde is not None and van_ronde.gehouden_op is not None:
        begin |= {"gehouden_op": van_ronde.gehouden_op, "deelnemers": van_ronde.deelnemers}
        begin["ondersteuningsvraag"] = van_ronde.ondersteuningsvraag
    else:
        met = [naam, request.toegang.naam, van_ronde.wens if van_ronde else ""]
        if van_ronde is not None and van_ronde.school_erbij:
            met.append(_school(dossier) or "school")
        begin["deelnemers"] = ", ".join(deel for deel in met if deel)
    if laatste is not None:
        begin["onderliggende_vraag"] = laatste.onderliggende_vraag
        begin |= {f"vraag_{code}": tekst for code, tekst in laatste.antwoorden.items()}
    gevraagd = van_ronde is not None and van_ronde.wens_gevraagd
    return IntakeFormulier(request.POST or None, naam=naam, gevraagd=gevraagd, bekend=_bekend(dossier), initial=begin)


def _bekend(dossier: Dossier) -> dict[str, str]:
    """What the dossier already says about a question: shown under it, so that nobody asks twice."""
    feiten = alle_feiten(dossier.jongere, toegang=dossier.toegang, inschrijvingen=dossier.inschrijvingen)
    diplomas = [naam_diploma(rij) for rij in feiten.diplomas]
    scholen = [f"{naam_inschrijving(rij)} bij {rij.instelling.naam}" for rij in feiten.inschrijvingen[-2:]]
    werk = [rij for rij in feiten.werk if rij.tot is None or rij.tot >= dossier.op]
    banen = [" bij ".join(deel for deel in (rij.functie or "werk", rij.werkgever) if deel) for rij in werk]
    gevonden = {"opleidingen": diplomas or scholen, "werk-nu": banen}
    return {code: f"Bekend: {taal.opsomming(wat)}." for code, wat in gevonden.items() if wat}


def _gegevens(dossier: Dossier, intake: Intake) -> list[Gegeven]:
    """Where, when and with whom, as far as it is known."""
    gevonden = []
    if intake.gehouden_op is not None:
        gevonden.append(Gegeven("Gehouden", taal.datum_kort(intake.gehouden_op, op=dossier.op)))
    elif intake.gepland_op is not None:
        gevonden.append(Gegeven("Gepland", taal.datumtijd_kort(intake.gepland_op, op=dossier.op)))
    wens = intake.wens or ("niemand genoemd" if intake.wens_gevraagd else "")
    paren = [("Waar", intake.plaats), ("Wie waren erbij", intake.deelnemers), ("Wie mag erbij zijn", wens)]
    gevonden += [Gegeven(term, waarde) for term, waarde in paren if waarde]
    if intake.gehouden_op is None:
        gevonden.append(Gegeven("School", "doet mee" if intake.school_erbij else "doet niet mee"))
    return gevonden


def _antwoorden(intake: Intake) -> list[tuple[str, str]]:
    """The questions that were answered, with their answer."""
    vragen = codelijst("intakevragen").waarden
    return [
        (str(vraag["kort"]), intake.antwoorden[vraag.code]) for vraag in vragen if intake.antwoorden.get(vraag.code)
    ]
