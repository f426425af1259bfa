"""Deliveries in the browser: what came in, look first, take in, see what could not be taken, and tell DUO."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.taal import getal, meervoud
from routekaart.leveringen.acties import Aanpak, bekijk_levering, houd_vast, lees_proef_in, verwerp_proef
from routekaart.leveringen.acties_rij import GROOT_BYTES, GROOT_REGELS, zet_in_de_rij
from routekaart.leveringen.forms import InleesFormulier
from routekaart.leveringen.herstel import lijsten_op
from routekaart.leveringen.inlezen import KolommenPassenNiet
from routekaart.leveringen.models import Levering
from routekaart.leveringen.omzetten import omzetting_van
from routekaart.leveringen.paginas import adres_van, als_bestand, eigen_regio_van, haal_levering, kruimels
from routekaart.leveringen.selecties import (
    PER_PAGINA,
    Uitvalbeeld,
    gemeentenamen,
    leveringen_van,
    omvang,
    opnieuw_ingelezen,
    partijen,
    regels_van_partij,
    soortnaam,
    uitvalbeeld,
    vermisten,
    vorige_leveringen,
)
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import NUMMERKOLOMMEN, PERSOON_ONBEKEND
from routekaart.leveringen.terugmelden import KOLOMMEN, meld_terug, rij_van, wachtende_meldingen
from routekaart.leveringen.uitvoer import als_csv
from routekaart.leveringen.views_bezig import bezig_van
from routekaart.leveringen.voorstellen import Voorsteller
from routekaart.loopbaan.models import Instelling
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

TOON_VERMIST = 10
PERIODEN: dict[str, tuple[str, int]] = {
    "week": ("Laatste 7 dagen", 7),
    "maand": ("Laatste 31 dagen", 31),
    "jaar": ("Laatste jaar", 366),
}


@vereist(Recht.LEVERINGEN)
def lijst(request: Verzoek) -> HttpResponse:
    """All deliveries, newest first; those that were only looked at stand on top."""
    alle = leveringen_van(request.toegang)
    soort = request.GET.get("soort", "")
    gelezen = alle.filter(stand=Levering.Stand.INGELEZEN)
    periode = request.GET.get("periode", "")
    if soort in SOORTEN:
        gelezen = gelezen.filter(soort=soort)
    if periode in PERIODEN:
        gelezen = gelezen.filter(gestart_op__gte=nu() - dt.timedelta(days=PERIODEN[periode][1]))
    if vanaf := alle.filter(nummer=request.GET.get("na", "")).first():
        gelezen = gelezen.filter(pk__lt=vanaf.pk)
    rijen = list(gelezen[: PER_PAGINA + 1])
    volgende = ""
    if len(rijen) > PER_PAGINA:
        volgende = _vraag(soort, periode, na=rijen[PER_PAGINA - 1].nummer)
    namen = gemeentenamen(request.toegang.regio_id or 0)
    open_uitval = sum(levering.open_uitval for levering in rijen[:PER_PAGINA])  # type: ignore[attr-defined]
    request.inzage.noteer("leveringen.bekeken", inhoud={"soort": soort, "periode": periode})
    return render(
        request,
        "leveringen/lijst.html",
        {
            "leveringen": [
                (levering, soortnaam(levering.soort), omvang(levering, namen)) for levering in rijen[:PER_PAGINA]
            ],
            "proeven": [
                (proef, soortnaam(proef.soort) or "nog niet bekend", omvang(proef, namen))
                for proef in alle.exclude(stand=Levering.Stand.INGELEZEN)
            ],
            "filters": _soortfilters(soort, periode, set(alle.values_list("soort", flat=True).order_by())),
            "periodes": _periodefilters(soort, periode),
            "gefilterd": soort in SOORTEN or periode in PERIODEN,
            "open_uitval": open_uitval,
            "zonder_naam": Instelling.objects.filter(aanvullen=True).count(),
            "wacht_op_duo": len(wachtende_meldingen(request.toegang.regio_id or 0)),
            "volgende": volgende,
            "op": timezone.localdate(nu()),
        },
    )


def _vraag(soort: str, periode: str, **verder: Any) -> str:
    """The address of the list with these choices."""
    keuze = {"soort": soort if soort in SOORTEN else "", "periode": periode if periode in PERIODEN else "", **verder}
    return f"?{urlencode({naam: waarde for naam, waarde in keuze.items() if waarde})}"


def _soortfilters(gekozen: str, periode: str, gezien: Collection[str]) -> list[Filter]:
    """The kinds of which something came in, and the one that was asked for."""
    bekend = [soort for soort in SOORTEN.values() if soort.code in gezien or soort.code == gekozen]
    return [
        Filter("Alle", _vraag("", periode), gekozen=gekozen not in SOORTEN),
        *(Filter(soort.naam, _vraag(soort.code, periode), gekozen=gekozen == soort.code) for soort in bekend),
    ]


def _periodefilters(soort: str, gekozen: str) -> list[Filter]:
    return [
        Filter("Altijd", _vraag(soort, ""), gekozen=gekozen not in PERIODEN),
        *(Filter(naam, _vraag(soort, code), gekozen=gekozen == code) for code, (naam, _) in PERIODEN.items()),
    ]


@vereist(Recht.LEVERINGEN)
def inlezen(request: Verzoek) -> HttpResponse:
    """Choose a file. It is looked at first; the next page shows what it would change."""
    eigen = Gemeente.objects.geldig_op(timezone.localdate(nu())).filter(regio_id=request.toegang.regio_id or 0)
    gemeenten = list(eigen.order_by("naam"))
    form = InleesFormulier(request.POST or None, request.FILES or None, gemeenten=gemeenten)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_neem_aan(request, form.cleaned_data))
        except Geweigerd as reden:
            form.geweigerd(reden)
    context = {"form": form, "kruimels": kruimels(), "soorten": SOORTEN.values(), "terug": reverse("leveringen:lijst")}
    return render(request, "leveringen/inlezen.html", context)


def _neem_aan(request: Verzoek, data: dict[str, Any]) -> str:
    """Looks at the file, or keeps it: a large one until it is looked at, one with other columns until somebody says
    which is which. Gives the address to go on to. Raises Geweigerd.
    """
    aanpak = Aanpak(herkomst=Levering.Herkomst.BROWSER)
    if data["aard"] == Levering.Aard.VOLLEDIG:
        dag = data["peildatum"] or timezone.localdate(nu())
        aanpak = replace(aanpak, aard=data["aard"], peildatum=dag, gebied=data["gebied"])
    bestand = data["bestand"]
    wie = {"naam": bestand.name, "regio": eigen_regio_van(request), "toegang": request.toegang, "nu": nu()}
    if bestand.size > GROOT_BYTES:
        return adres_van(houd_vast(data["soort"], bestand.chunks(), aanpak=aanpak, taak=Levering.Taak.BEKIJKEN, **wie))
    try:
        return adres_van(bekijk_levering(data["soort"], bestand.chunks(), aanpak=aanpak, **wie))
    except KolommenPassenNiet:
        te_koppelen = houd_vast(data["soort"], bestand.chunks(), aanpak=aanpak, **wie)
        return reverse("leveringen:koppelen", args=[te_koppelen.sleutel])


@vereist(Recht.LEVERINGEN)
def levering(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One delivery: the counts that add up, the columns, and the rows that could not be taken."""
    gevonden = haal_levering(request, sleutel)
    if gevonden.stand in {Levering.Stand.WACHT, Levering.Stand.BEZIG}:
        return render(request, "leveringen/bezig.html", bezig_van(gevonden))
    if gevonden.stand == Levering.Stand.KOPPELEN:
        return redirect("leveringen:koppelen", sleutel=gevonden.sleutel)
    kolom = request.GET.get("kolom")
    na = request.GET.get("na", "")
    vanaf = int(na) if na.isascii() and na.isdigit() and len(na) < 10 else 0
    beeld = uitvalbeeld(gevonden, kolom=kolom, na=vanaf)
    request.inzage.noteer(
        "levering.bekeken", onderwerp=f"leveringen.levering:{gevonden.sleutel}", inhoud={"kolom": kolom or ""}
    )
    keuze = {} if kolom is None else {"kolom": kolom}
    volgende = f"?{urlencode({**keuze, 'na': beeld.volgende})}" if beeld.volgende is not None else ""
    naam = soortnaam(gevonden.soort)
    voorsteller = Voorsteller(SOORTEN[gevonden.soort], lijsten_op(nu())) if gevonden.soort in SOORTEN else None
    groep = beeld.grootste
    bedoeld = voorsteller.eerste(groep.kolom, groep.waarde) if voorsteller and groep else None
    van_welke = next((naam for naam, _ in beeld.per_kolom if naam and naam not in NUMMERKOLOMMEN), "")
    omzetting = omzetting_van(gevonden, kolom or van_welke, voorsteller) if voorsteller else None
    if omzetting and groep and groep.aantal > omzetting.aantal:
        omzetting = None
    context = {
        "levering": gevonden,
        "soort": naam,
        "omvang": omvang(gevonden, gemeentenamen(gevonden.regio_id)),
        "proef": gevonden.stand == Levering.Stand.PROEF,
        "te_zien": gevonden.stand != Levering.Stand.PROEF or gevonden.regels < GROOT_REGELS,
        "rijen": [
            (rij, voorsteller.eerste(rij.kolom, rij.waarde), voorsteller.vraag(rij.kolom, rij.waarde))
            if voorsteller
            else (rij, None, "")
            for rij in beeld.rijen
        ],
        "bedoeld": bedoeld,
        "omzetting": omzetting,
        "omzetknop": f"Verbeter {meervoud(omzetting.aantal, 'rij', 'rijen')}" if omzetting else "",
        "onbekend": gevonden.onbekende_kolommen,
        "onbekend_meer": len(gevonden.onbekende_kolommen) - 8,
        "alle_wachten": _alle_wachten(beeld),
        "groepsknop": groep.knop(bedoeld.toon if bedoeld else "") if groep else "",
        "niets_goed": gevonden.regels and gevonden.regels == gevonden.uitval,
        "neem_aan": _neem_aan_knop(gevonden, beeld),
        "lees_in": f"Lees {meervoud(gevonden.regels - gevonden.uitval, 'rij', 'rijen')} in",
        "aandeel": 100 * gevonden.uitval / gevonden.regels if gevonden.regels else None,
        "beeld": beeld,
        "na": vanaf,
        "van_tot": f"Vanaf rij {getal(beeld.rijen[0].rij)}" if beeld.rijen else "",
        "eerste": f"?{urlencode(keuze)}" if vanaf else "",
        "filters": _kolomfilters(gevonden, kolom, beeld.per_kolom, beeld.totaal),
        "volgende": volgende,
        "vorige": vorige_leveringen(gevonden),
        "opnieuw": opnieuw_ingelezen(gevonden),
        "vermisten": vermisten(gevonden, request.toegang)[:TOON_VERMIST] if gevonden.vermist else (),
        "grootte": _grootte(gevonden),
        "kruimels": kruimels(Kruimel(naam, f"{reverse('leveringen:lijst')}?soort={gevonden.soort}")),
    }
    return render(request, "leveringen/levering.html", context)


def _neem_aan_knop(levering: Levering, beeld: Uitvalbeeld) -> str:
    """What to do with a file of which no row can be taken as it is."""
    if _alle_wachten(beeld):
        return f"Neem het aan en laat {meervoud(levering.uitval, 'rij', 'rijen')} wachten"
    return f"Neem het aan en verbeter {meervoud(levering.uitval, 'rij', 'rijen')}"


def _alle_wachten(beeld: Uitvalbeeld) -> bool:
    """Whether every row waits for a person, so that nobody has to do anything."""
    samen = beeld.grootste is None or beeld.grootste.aantal == beeld.totaal
    return bool(beeld.rijen) and samen and all(rij.reden == PERSOON_ONBEKEND for rij in beeld.rijen)


def _grootte(levering: Levering) -> str:
    """How large the kept file is, in words; empty where it is gone."""
    try:
        return filesizeformat(levering.bestand.size)
    except (OSError, ValueError):
        return ""


def _kolomfilters(levering: Levering, gekozen: str | None, per_kolom: Any, totaal: int) -> list[Filter]:
    adres = adres_van(levering)
    return [
        Filter("Alle", adres, getal(totaal), gekozen=gekozen is None),
        *(
            Filter(
                kolom or "hele rij", f"{adres}?{urlencode({'kolom': kolom})}", getal(aantal), gekozen=gekozen == kolom
            )
            for kolom, aantal in per_kolom
        ),
    ]


@vereist(Recht.LEVERINGEN)
@require_POST
def levering_inlezen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Takes in what was looked at."""
    proef = haal_levering(request, sleutel)
    try:
        if proef.stand == Levering.Stand.GEWEIGERD or proef.regels >= GROOT_REGELS:
            zet_in_de_rij(proef, toegang=request.toegang, nu=nu())
            return redirect(adres_van(proef))
        uitkomst = lees_proef_in(proef, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect(adres_van(proef))
    telling = uitkomst.telling.als_velden()
    zin = f"{meervoud(telling['regels'] - telling['uitval'], 'rij is', 'rijen zijn')} ingelezen."
    if telling["uitval"] == telling["regels"]:
        zin = f"Het bestand is aangenomen. {meervoud(telling['uitval'], 'rij wacht', 'rijen wachten')} op jou."
    if uitkomst.opgelost:
        zin += f" {meervoud(uitkomst.opgelost, 'rij die wachtte, is', 'rijen die wachtten, zijn')} nu ook ingelezen."
    meld(request, zin)
    return redirect(adres_van(proef))


@vereist(Recht.LEVERINGEN)
@require_POST
def levering_verwerpen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Throws away what was looked at and not taken in."""
    proef = haal_levering(request, sleutel)
    try:
        verwerp_proef(proef, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect(adres_van(proef))
    meld(request, f"{proef.bestandsnaam} is weggegooid. Er is niets ingelezen.")
    return redirect("leveringen:lijst")


@vereist(Recht.LEVERINGEN)
def terugmelden(request: Verzoek) -> HttpResponse:
    """What waits to go back to the schools through DUO, and what went."""
    regio = eigen_regio_van(request)
    if request.method == "POST":
        gestuurd = meld_terug(regio=regio, toegang=request.toegang, nu=nu())
        if not gestuurd:
            waarschuw(request, "Er hoeft nu niets terug naar DUO.")
            return redirect("leveringen:terugmelden")
        meld(request, f"Bestand {gestuurd[0].partij} staat klaar. Haal het op en zet het in Mijn DUO.")
        return redirect("leveringen:terugmelden")
    wachtend = wachtende_meldingen(regio.pk)
    context = {"wachtend": len(wachtend), "partijen": partijen(regio.pk), "kruimels": kruimels()}
    request.inzage.noteer("leveringen.bekeken", inhoud={"soort": "terugmelden"})
    return render(request, "leveringen/terugmelden.html", context)


@vereist(Recht.LEVERINGEN)
def terugmelding(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One file that goes back to DUO, made again from what was recorded."""
    regels = regels_van_partij(sleutel, request.toegang.regio_id or 0)
    if not regels:
        request.inzage.weiger(f"leveringen.terugmelding:{sleutel}")
        raise Http404
    partij = regels[0].partij
    request.inzage.noteer("terugmelding.opgehaald", onderwerp=partij, inhoud={"regels": len(regels)})
    for jongere_id in sorted({regel.melding.jongere_id for regel in regels if regel.melding.jongere_id}):
        request.inzage.noteer("terugmelding.opgehaald", jongere_id=jongere_id, onderwerp=partij)
    return als_bestand(f"duo-terugmelding-{partij}.csv", als_csv(KOLOMMEN, map(rij_van, regels)))
