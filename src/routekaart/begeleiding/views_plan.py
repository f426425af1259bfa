"""The plan van aanpak (step 8): read, made, revised; its agreements; and who holds the casusregie."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from routekaart.basis import taal
from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import beleg_regie, maak_plan, rond_afspraak_af
from routekaart.begeleiding.eerder import eerdere_inzet
from routekaart.begeleiding.forms_plan import PlanFormulier, RegieFormulier, aantallen, begin_plan, regiekeuze
from routekaart.begeleiding.models import Afspraak
from routekaart.begeleiding.selecties import Planbeeld, intake_van, planbeeld
from routekaart.begeleiding.submenu import submenu
from routekaart.dossiers.dossier import Dossier, open_dossier
from routekaart.dossiers.pagina import verwerk
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.toegang.deuren import Verzoek, haal, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.DOSSIER_ZIEN)
def plan(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The plan as it holds; `?herzien=ja` or no plan yet shows the form, `?nummer=` reads an earlier one."""
    dossier = open_dossier(request, sleutel, tab="plan")
    if dossier.werkproces is None:
        return render(request, "begeleiding/geen_werkproces.html", {"dossier": dossier, "titel": "Plan van aanpak"})
    gevraagd = request.GET.get("nummer", "")
    nummer = int(gevraagd) if gevraagd.isdigit() and len(gevraagd) < 5 else None
    beeld = planbeeld(dossier.werkproces, toegang=request.toegang, nummer=nummer)
    if nummer is not None and beeld.plan is None:
        raise Http404
    context: dict[str, Any] = {
        "dossier": dossier,
        "beeld": beeld,
        "oud": beeld.plan is not None and beeld.plan.vervangen_op is not None,
        "submenu": submenu(dossier, "begeleiding:plan"),
        "herzien": dossier.url("begeleiding:plan", herzien="ja"),
        "regie_url": dossier.url("begeleiding:regie"),
        "huidig": dossier.url("begeleiding:plan"),
        "versies": [(ander, dossier.url("begeleiding:plan", nummer=str(ander.nummer))) for ander in beeld.eerder],
    }
    huidige = dossier.stand.huidige if dossier.stand else None
    if huidige is not None and huidige.stap.code == "uitvoeren":
        context["starten"] = dossier.url("begeleiding:uitvoering")
    schrijven = request.method == "POST" or "herzien" in request.GET or beeld.plan is None
    if dossier.kan_werken and schrijven and not context["oud"]:
        eerder = eerdere_inzet(dossier.eis_werkproces(), op=dossier.op, toegang=request.toegang)
        form, alleen_tonen = _formulier(request, dossier, beeld, met_eerder=bool(eerder))
        antwoord = None
        if not alleen_tonen:
            antwoord = verwerk(
                request,
                dossier,
                form,
                lambda: maak_plan(dossier.eis_werkproces(), toegang=request.toegang, nu=dossier.nu, **form.velden()),
                klaar="Het plan is herzien. Het vorige plan is bewaard." if beeld.plan else "Het plan is vastgesteld.",
                naar=dossier.url("begeleiding:plan"),
            )
        if antwoord:
            return antwoord
        context |= {
            "eerder": eerder,
            "form": form,
            "annuleer": dossier.url("begeleiding:plan" if beeld.plan else "dossiers:route"),
        }
    context |= _leesbaar(dossier, beeld)
    return render(request, "begeleiding/plan.html", context)


def _formulier(request: Verzoek, dossier: Dossier, beeld: Planbeeld, *, met_eerder: bool) -> tuple[PlanFormulier, bool]:
    """The form, and whether it is only shown: another row was asked for."""
    naam = dossier.jongere.aanspreeknaam or dossier.jongere.naam
    meer = request.POST.get("meer", "")
    data = request.POST.copy() if request.method == "POST" else None
    doelen, afspraken = aantallen(data, beeld, meer=meer)
    if data is not None:
        data["aantal_doelen"], data["aantal_afspraken"] = str(doelen), str(afspraken)
    intake = intake_van(dossier.eis_werkproces(), toegang=request.toegang) if beeld.plan is None else None
    begin = begin_plan(
        beeld, op=dossier.op, deelnemers=intake.deelnemers if intake else f"{naam}, {request.toegang.naam}"
    )
    form = PlanFormulier(
        data,
        naam=naam,
        doelen=doelen,
        afspraken=afspraken,
        met_regie=beeld.regie is None,
        met_eerder=met_eerder,
        initial=begin,
    )
    if meer:
        form.zonder_controle()
    return form, bool(meer)


def _leesbaar(dossier: Dossier, beeld: Planbeeld) -> dict[str, Any]:
    """The plan in words."""
    if beeld.plan is None:
        return {}
    onderdelen = [
        (str(deel["kort"]), beeld.plan.onderdelen[deel.code])
        for deel in codelijst("onderdelen-plan").waarden
        if beeld.plan.onderdelen.get(deel.code)
    ]
    return {
        "domeinen": taal.opsomming(label("vervolgdomeinen", code, anders=code).lower() for code in beeld.plan.domeinen),
        "onderdelen": onderdelen,
        "doelen": [(doel, _leefdomein(doel.leefdomein)) for doel in beeld.doelen],
        "afspraken": [
            (
                afspraak,
                afspraak.gedaan_op is None and afspraak.voor < dossier.op,
                dossier.url("begeleiding:afspraak-gedaan", afspraak.sleutel),
            )
            for afspraak in beeld.afspraken
        ],
        "zin": _zin(beeld, op=dossier.op),
    }


def _leefdomein(code: str) -> str:
    lijst = codelijst("leefdomeinen")
    return str(lijst.waarde(code)["kort"]) if code in lijst else ""


def _zin(beeld: Planbeeld, *, op: dt.date) -> str:
    """How things stand, in words."""
    open_ = beeld.open_afspraken
    if not beeld.afspraken:
        return ""
    if not open_:
        return "Alle afspraken zijn gedaan."
    te_laat = sum(1 for afspraak in open_ if afspraak.voor < op)
    zin = f"{taal.meervoud(len(open_), 'afspraak staat', 'afspraken staan')} open"
    return f"{zin}, {te_laat} te laat." if te_laat else f"{zin}."


@vereist(Recht.DOSSIER_WERKEN)
@require_POST
def afspraak_gedaan(request: Verzoek, sleutel: uuid.UUID, afspraak: uuid.UUID) -> HttpResponse:
    """What was agreed is done."""
    dossier = open_dossier(request, sleutel, tab="plan")
    rij = haal(Afspraak.objects.select_related("plan__werkproces__jongere"), request, afspraak)
    if rij.plan.werkproces.jongere_id != dossier.jongere.pk:
        raise Http404
    try:
        rond_afspraak_af(rij, op=dossier.op, toegang=request.toegang, nu=dossier.nu)
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, f"Gedaan: {rij.wat}")
    return redirect(dossier.url("begeleiding:plan"))


@vereist(Recht.DOSSIER_WERKEN)
def regie(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Who holds the casusregie, or who takes over; procesregie is always with the behandelaar."""
    dossier = open_dossier(request, sleutel, tab="plan")
    werkproces = dossier.eis_werkproces()
    beeld = planbeeld(werkproces, toegang=request.toegang)
    nu = beeld.regie
    form = RegieFormulier(
        request.POST or None,
        naam=dossier.jongere.aanspreeknaam or "de jongere",
        wissel=nu is not None,
        initial={"versie": nu.versie if nu else 0, "van": dossier.op},
    )
    antwoord = verwerk(
        request,
        dossier,
        form,
        lambda: beleg_regie(
            werkproces,
            regiekeuze(form.cleaned_data),
            van=form.cleaned_data["van"],
            versie=form.cleaned_data["versie"],
            toegang=request.toegang,
            nu=dossier.nu,
        ),
        klaar=f"De casusregie ligt bij {request.POST.get('houder', '').strip()}.",
        naar=dossier.url("begeleiding:plan"),
    )
    return antwoord or render(
        request,
        "begeleiding/regie.html",
        {
            "dossier": dossier,
            "form": form,
            "regie": nu,
            "submenu": submenu(dossier, "begeleiding:plan"),
            "annuleer": dossier.url("begeleiding:plan"),
        },
    )
