"""Rows that could not be taken: fetch them, mend one, mend many at once, or set them aside with a reason."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.basis.taal import meervoud
from routekaart.leveringen.acties_koppelen import onthoud_waarde
from routekaart.leveringen.forms_uitval import MAX_CEL, GroepFormulier, RijFormulier, VervalFormulier
from routekaart.leveringen.herstel import (
    Herstel,
    Rijfouten,
    geleverd,
    groep_van,
    herstel_elk,
    herstel_groep,
    herstel_rij,
    kan_als_groep,
    laat_vallen,
    lijsten_op,
    pak_weer_op,
    rijen_van_kolom,
    soort_van,
)
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.naasten import Naaste, kolom_van_wie, naasten_van, nummer_van
from routekaart.leveringen.omzetten import omzetting_van
from routekaart.leveringen.paginas import adres_van, als_bestand, als_excel, haal_levering, kruimels_van
from routekaart.leveringen.selecties import later_ingelezen
from routekaart.leveringen.uitvalrijen import inhoud_van, personen_in, wijziging_van
from routekaart.leveringen.uitvoer import als_csv
from routekaart.leveringen.voorstellen import Voorsteller
from routekaart.personen.models import Jongere
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht

VOORBEELDEN = 20


def _haal_rij(request: Verzoek, levering: Levering, sleutel: uuid.UUID) -> Uitvalrij:
    """A row of this delivery; else 404, and the log remembers that it was asked."""
    rijen = Uitvalrij.objects.filter(levering=levering).select_related("levering", "opgelost_door")
    rij = rijen.filter(sleutel=sleutel).first()
    if rij is None:
        request.inzage.weiger(f"leveringen.uitvalrij:{sleutel}")
        raise Http404
    return rij


def _noteer(request: Verzoek, code: str, levering: Levering, rijen: list[Uitvalrij]) -> None:
    """The page, and each young person whom we know that the rows are about."""
    onderwerp = f"leveringen.levering:{levering.sleutel}"
    request.inzage.noteer(code, onderwerp=onderwerp, inhoud={"rijen": [rij.rij for rij in rijen]})
    for jongere_id in personen_in(levering, rijen):
        request.inzage.noteer(code, jongere_id=jongere_id, onderwerp=onderwerp)


@vereist(Recht.LEVERINGEN)
def uitval(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The rows that still wait, as they were delivered, with column and reason in front: to mend and read in again."""
    levering = haal_levering(request, sleutel)
    rijen = list(Uitvalrij.objects.filter(levering=levering, opgelost_op=None).order_by("rij"))
    _noteer(request, "levering.uitval-opgehaald", levering, rijen)
    inhoud = [(rij, *inhoud_van(rij)) for rij in rijen]
    kop = ("rij", "fout_in", "waarom", *next((kolommen for _, kolommen, _ in inhoud if kolommen), []))
    regels = ((rij.rij, rij.kolom, rij.reden, *cellen) for rij, _, cellen in inhoud)
    naam = f"uitval-{levering.nummer or 'proef'}"
    if request.GET.get("vorm") == "xlsx":
        return als_excel(f"{naam}.xlsx", kop, regels)
    return als_bestand(f"{naam}.csv", als_csv(kop, regels))


@vereist(Recht.LEVERINGEN)
def rij(request: Verzoek, sleutel: uuid.UUID, rij: uuid.UUID) -> HttpResponse:
    """One row as a form, with the reason at the wrong cell. What is still wrong comes back; nothing is lost."""
    levering = haal_levering(request, sleutel)
    gevonden = _haal_rij(request, levering, rij)
    voorsteller = Voorsteller(soort_van(levering), lijsten_op(nu()))
    herstellen = request.method == "POST" and "herstel" in request.POST
    overnemen = request.method == "POST" and ("voorstel" in request.POST or "wie" in request.POST)
    vallen = request.method == "POST" and not herstellen and not overnemen
    form = RijFormulier(gevonden, voorsteller, request.POST if herstellen else None)
    verval = VervalFormulier(request.POST if vallen else None, prefix="verval")
    if overnemen:
        try:
            herstel = _neem_over(request, gevonden)
        except Rijfouten as fouten:
            form = RijFormulier.gevuld(gevonden, voorsteller, _voorgesteld(request, gevonden))
            form.toon(fouten)
        except Geweigerd as reden:
            waarschuw(request, reden.boodschap)
        else:
            meld(request, _zin(herstel, f"Rij {gevonden.rij}"))
            return redirect(adres_van(levering))
    elif herstellen and form.is_valid():
        try:
            herstel = herstel_rij(
                gevonden, form.waarden, versie=form.cleaned_data["versie"], toegang=request.toegang, nu=nu()
            )
        except Rijfouten as fouten:
            form.toon(fouten)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, _zin(herstel, f"Rij {gevonden.rij}"))
            return redirect(adres_van(levering))
    elif vallen and verval.is_valid():
        try:
            laat_vallen([gevonden], verval.cleaned_data["motivatie"], toegang=request.toegang, nu=nu())
        except Geweigerd as reden:
            verval.geweigerd(reden)
        else:
            meld(request, f"Rij {gevonden.rij} wacht niet meer.", ongedaan=_terug_adres(levering, gevonden))
            return redirect(adres_van(levering))
    _noteer(request, "levering.rij-bekeken", levering, [gevonden])
    context = {
        "levering": levering,
        "rij": gevonden,
        "voorstellen": voorsteller.voor(gevonden.kolom, gevonden.waarde) if gevonden.opgelost_op is None else [],
        "naasten": _naasten(request, levering, gevonden),
        "form": form,
        "verval": verval,
        "groep": groep_van(gevonden).count() if gevonden.opgelost_op is None else 0,
        "wijzigingen": wijziging_van(gevonden),
        "ruw": _ruw(gevonden),
        "later": later_ingelezen(levering),
        "terug": adres_van(levering),
        "kruimels": kruimels_van(levering, Kruimel(f"rij {gevonden.rij}")),
    }
    return render(request, "leveringen/rij.html", context)


def _naasten(request: Verzoek, levering: Levering, rij: Uitvalrij) -> list[Naaste]:
    """Who may be meant; each of them was shown, so each is in the log."""
    naasten = naasten_van(rij, toegang=request.toegang)
    onderwerp = f"leveringen.levering:{levering.sleutel}"
    for naaste in naasten:
        request.inzage.noteer("levering.rij-bekeken", jongere_id=naaste.jongere.pk, onderwerp=onderwerp)
    return naasten


def _voorgesteld(request: Verzoek, rij: Uitvalrij) -> dict[str, str]:
    """What was taken over, as it may be shown again: the value of a suggestion, never a number of a person."""
    return {rij.kolom: request.POST["voorstel"][:MAX_CEL]} if "voorstel" in request.POST else {}


def _neem_over(request: Verzoek, rij: Uitvalrij) -> Herstel:
    """Takes a suggestion over: a value for the wrong cell, or the number of who was meant. Raises Geweigerd."""
    waarden = _voorgesteld(request, rij)
    if not waarden:
        kolom = kolom_van_wie(rij)
        try:
            sleutel = uuid.UUID(request.POST["wie"])
        except ValueError:
            raise Geweigerd("Kies iemand uit de lijst.") from None
        jongere: Jongere = haal(Jongere.objects.all(), request, sleutel)
        waarden = {kolom: nummer_van(jongere, kolom, toegang=request.toegang)}
    versie = request.POST.get("versie", "")
    eigen = int(versie) if versie.isascii() and versie.isdigit() and len(versie) < 10 else 0
    return herstel_rij(rij, waarden, versie=eigen, toegang=request.toegang, nu=nu())


def _ruw(rij: Uitvalrij) -> int:
    """Of a row that as a whole is out of place: how many cells it had; 0 for others."""
    return 0 if rij.kolom else len(inhoud_van(rij)[1])


@vereist(Recht.LEVERINGEN)
def rijgroep(request: Verzoek, sleutel: uuid.UUID, rij: uuid.UUID) -> HttpResponse:
    """All rows with the same reason as this one: one value for all of them, or all set aside. With `elk`: all rows of
    that column, each with its own value that we know.
    """
    levering = haal_levering(request, sleutel)
    eerste = _haal_rij(request, levering, rij)
    if "elk" in request.GET:
        return _omzetten(request, levering, eerste.kolom)
    samen = groep_van(eerste)
    kan = kan_als_groep(eerste)
    herstellen = request.method == "POST" and "herstel" in request.POST
    vallen = request.method == "POST" and not herstellen
    form = None
    if kan:
        soort = soort_van(levering)
        voorsteller = Voorsteller(soort, lijsten_op(nu()))
        data = request.POST if herstellen else None
        form = GroepFormulier(soort.kolom(eerste.kolom), voorsteller, eerste.waarde, data)
    verval = VervalFormulier(request.POST if vallen else None, prefix="verval")
    if form is not None and herstellen and form.is_valid():
        try:
            herstel = _herstel_en_onthoud(request, eerste, form)
        except Rijfouten as fouten:
            form.toon(fouten)
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, _zin(herstel, ""))
            return redirect(adres_van(levering))
    elif vallen and verval.is_valid():
        try:
            aantal = laat_vallen(list(samen), verval.cleaned_data["motivatie"], toegang=request.toegang, nu=nu())
        except Geweigerd as reden:
            verval.geweigerd(reden)
        else:
            zin = f"{meervoud(aantal, 'rij wacht', 'rijen wachten')} niet meer."
            meld(request, zin, ongedaan=_terug_adres(levering, eerste))
            return redirect(adres_van(levering))
    voorbeelden = list(samen[:VOORBEELDEN])
    _noteer(request, "levering.rij-bekeken", levering, voorbeelden)
    context: dict[str, Any] = {
        "levering": levering,
        "rij": eerste,
        "aantal": samen.count(),
        "nummers": [een.rij for een in voorbeelden],
        "form": form,
        "verval": verval,
        "later": later_ingelezen(levering),
        "terug": adres_van(levering),
        "kruimels": kruimels_van(levering, Kruimel("dezelfde fout")),
    }
    context |= {
        "verbeter": f"Verbeter {meervoud(context['aantal'], 'rij', 'rijen')}",
        "laat_vallen": f"Laat {meervoud(context['aantal'], 'rij', 'rijen')} vallen",
    }
    return render(request, "leveringen/rijgroep.html", context)


def _omzetten(request: Verzoek, levering: Levering, kolom: str) -> HttpResponse:
    """What would stand in each row instead, to look at; and then all of it at once."""
    voorsteller = Voorsteller(soort_van(levering), lijsten_op(nu()))
    if request.method == "POST":
        try:
            herstel = herstel_elk(levering, kolom, voorsteller.zeker, toegang=request.toegang, nu=nu())
        except Geweigerd as reden:
            waarschuw(request, reden.boodschap)
        else:
            meld(request, _zin(herstel, "") or "Deze rijen zijn al verbeterd.")
        return redirect(adres_van(levering))
    omzetting = omzetting_van(levering, kolom, voorsteller)
    _noteer(request, "levering.rij-bekeken", levering, list(rijen_van_kolom(levering, kolom)[:VOORBEELDEN]))
    context = {
        "levering": levering,
        "omzetting": omzetting,
        "verbeter": f"Verbeter {meervoud(omzetting.aantal, 'rij', 'rijen')}" if omzetting else "",
        "later": later_ingelezen(levering),
        "terug": adres_van(levering),
        "kruimels": kruimels_van(levering, Kruimel("in één keer verbeteren")),
    }
    return render(request, "leveringen/omzetten.html", context)


def _herstel_en_onthoud(request: Verzoek, rij: Uitvalrij, form: GroepFormulier) -> Herstel:
    """Mends the group; where it was asked also from now on, before it reaches anybody."""
    kolom, waarde = rij.kolom, form.cleaned_data["waarde"]
    was = geleverd(rij)[kolom]
    with transaction.atomic():
        herstel = herstel_groep(rij, waarde, toegang=request.toegang, nu=nu())
        if form.cleaned_data["onthoud"]:
            onthoud_waarde(rij.levering, kolom, was, waarde, toegang=request.toegang, nu=nu())
    return herstel


@vereist(Recht.LEVERINGEN)
@require_POST
def rij_terug(request: Verzoek, sleutel: uuid.UUID, rij: uuid.UUID) -> HttpResponse:
    """Puts what was set aside back among the rows that wait."""
    levering = haal_levering(request, sleutel)
    gevonden = _haal_rij(request, levering, rij)
    try:
        aantal = pak_weer_op(gevonden, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, f"{meervoud(aantal, 'rij wacht', 'rijen wachten')} weer op jou.")
    return redirect(adres_van(levering))


def _terug_adres(levering: Levering, rij: Uitvalrij) -> str:
    return reverse("leveringen:rij-terug", args=[levering.sleutel, rij.sleutel])


def _zin(herstel: Herstel, een: str) -> str:
    """What mending did, in words."""
    zinnen = []
    if herstel.ingelezen:
        zinnen.append(f"{een} is ingelezen." if een else f"{meervoud(herstel.ingelezen, 'rij', 'rijen')} ingelezen.")
    if herstel.wacht:
        wie = een or meervoud(herstel.wacht, "rij", "rijen")
        wachten = "wacht" if een or herstel.wacht == 1 else "wachten"
        zinnen.append(f"{wie} {wachten} nog op de persoon. Zodra die er is, lezen we dat vanzelf in.")
    if herstel.nog_fout:
        zinnen.append(f"Bij {meervoud(herstel.nog_fout, 'rij', 'rijen')} klopt nog iets anders niet.")
    if herstel.opgelost:
        zin = meervoud(herstel.opgelost, "rij die daarop wachtte, is", "rijen die daarop wachtten, zijn")
        zinnen.append(f"{zin} ook ingelezen.")
    return " ".join(zinnen)
