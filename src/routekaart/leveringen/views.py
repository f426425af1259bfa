"""Deliveries in the browser: what came in, look first, take in, see what could not be taken, and tell DUO."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Regio
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.taal import getal, meervoud
from routekaart.leveringen.acties import Aanpak, bekijk_levering, lees_proef_in, verwerp_proef
from routekaart.leveringen.forms import InleesFormulier
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.selecties import (
    PER_PAGINA,
    leveringen_van,
    opnieuw_ingelezen,
    partijen,
    regels_van_partij,
    soortnaam,
    uitvalbeeld,
    vermisten,
    vorige_leveringen,
)
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.terugmelden import KOLOMMEN, meld_terug, rij_van, wachtende_meldingen
from routekaart.leveringen.uitvalrijen import inhoud_van, personen_in
from routekaart.leveringen.uitvoer import als_csv
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


def _kruimels(*verder: Kruimel) -> list[Kruimel]:
    return [Kruimel("Leveringen", reverse("leveringen:lijst")), *verder]


def _levering(request: Verzoek, sleutel: uuid.UUID) -> Levering:
    """The delivery of one's own region; else 404, and the log remembers that it was asked."""
    gevonden = leveringen_van(request.toegang).select_related("regio").filter(sleutel=sleutel).first()
    if gevonden is None:
        request.inzage.weiger(f"leveringen.levering:{sleutel}")
        raise Http404
    return gevonden


def _regio(request: Verzoek) -> Regio:
    regio = Regio.objects.filter(pk=request.toegang.regio_id or 0).first()
    if regio is None:
        raise Http404
    return regio


def _naar(levering: Levering) -> str:
    return reverse("leveringen:levering", args=[levering.sleutel])


@vereist(Recht.LEVERINGEN)
def lijst(request: Verzoek) -> HttpResponse:
    """All deliveries, newest first; those that were only looked at stand on top."""
    alle = leveringen_van(request.toegang)
    soort = request.GET.get("soort", "")
    gelezen = alle.filter(stand=Levering.Stand.INGELEZEN)
    if soort in SOORTEN:
        gelezen = gelezen.filter(soort=soort)
    if vanaf := alle.filter(nummer=request.GET.get("na", "")).first():
        gelezen = gelezen.filter(pk__lt=vanaf.pk)
    rijen = list(gelezen[: PER_PAGINA + 1])
    volgende = ""
    if len(rijen) > PER_PAGINA:
        vraag = f"?soort={soort}&na=" if soort in SOORTEN else "?na="
        volgende = f"{vraag}{rijen[PER_PAGINA - 1].nummer}"
    open_uitval = sum(levering.open_uitval for levering in rijen[:PER_PAGINA])  # type: ignore[attr-defined]
    request.inzage.noteer("leveringen.bekeken", inhoud={"soort": soort})
    return render(
        request,
        "leveringen/lijst.html",
        {
            "leveringen": [(levering, soortnaam(levering.soort)) for levering in rijen[:PER_PAGINA]],
            "proeven": [(proef, soortnaam(proef.soort)) for proef in alle.filter(stand=Levering.Stand.PROEF)],
            "filters": _soortfilters(soort),
            "open_uitval": open_uitval,
            "wacht_op_duo": len(wachtende_meldingen(request.toegang.regio_id or 0)),
            "volgende": volgende,
            "op": timezone.localdate(nu()),
        },
    )


def _soortfilters(gekozen: str) -> list[Filter]:
    adres = reverse("leveringen:lijst")
    bekend = [soort for soort in SOORTEN.values() if not soort.nog_niet]
    return [
        Filter("Alle", adres, gekozen=gekozen not in SOORTEN),
        *(Filter(soort.naam, f"{adres}?soort={soort.code}", gekozen=gekozen == soort.code) for soort in bekend),
    ]


@vereist(Recht.LEVERINGEN)
def inlezen(request: Verzoek) -> HttpResponse:
    """Choose a file. It is looked at first; the next page shows what it would change."""
    form = InleesFormulier(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            proef = bekijk_levering(
                data["soort"],
                data["bestand"].chunks(),
                naam=data["bestand"].name,
                regio=_regio(request),
                toegang=request.toegang,
                nu=nu(),
                aanpak=Aanpak(aard=data["aard"], peildatum=data["peildatum"]),
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            return redirect(_naar(proef))
    context = {"form": form, "kruimels": _kruimels(), "soorten": SOORTEN.values(), "terug": reverse("leveringen:lijst")}
    return render(request, "leveringen/inlezen.html", context)


@vereist(Recht.LEVERINGEN)
def levering(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One delivery: the counts that add up, the columns, and the rows that could not be taken."""
    gevonden = _levering(request, sleutel)
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
    context = {
        "levering": gevonden,
        "soort": naam,
        "proef": gevonden.stand == Levering.Stand.PROEF,
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
        "vermisten": vermisten(gevonden, request.toegang) if gevonden.vermist else (),
        "kruimels": _kruimels(Kruimel(naam, f"{reverse('leveringen:lijst')}?soort={gevonden.soort}")),
    }
    return render(request, "leveringen/levering.html", context)


def _kolomfilters(levering: Levering, gekozen: str | None, per_kolom: Any, totaal: int) -> list[Filter]:
    adres = _naar(levering)
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
    proef = _levering(request, sleutel)
    try:
        uitkomst = lees_proef_in(proef, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect(_naar(proef))
    telling = uitkomst.telling.als_velden()
    zin = f"{meervoud(telling['regels'] - telling['uitval'], 'rij is', 'rijen zijn')} ingelezen."
    if uitkomst.opgelost:
        zin += f" {meervoud(uitkomst.opgelost, 'rij die wachtte, is', 'rijen die wachtten, zijn')} nu ook ingelezen."
    meld(request, zin)
    return redirect(_naar(proef))


@vereist(Recht.LEVERINGEN)
@require_POST
def levering_verwerpen(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Throws away what was looked at and not taken in."""
    proef = _levering(request, sleutel)
    try:
        verwerp_proef(proef, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect(_naar(proef))
    meld(request, f"{proef.bestandsnaam} is weggegooid. Er is niets ingelezen.")
    return redirect("leveringen:lijst")


@vereist(Recht.LEVERINGEN)
def uitval(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """The rows that still wait, as they were delivered, with column and reason in front: to mend and read in again."""
    gevonden = _levering(request, sleutel)
    rijen = list(Uitvalrij.objects.filter(levering=gevonden, opgelost_op=None).order_by("rij"))
    onderwerp = f"leveringen.levering:{gevonden.sleutel}"
    request.inzage.noteer("levering.uitval-opgehaald", onderwerp=onderwerp, inhoud={"rijen": len(rijen)})
    for jongere_id in personen_in(gevonden, rijen):
        request.inzage.noteer("levering.uitval-opgehaald", jongere_id=jongere_id, onderwerp=onderwerp)
    inhoud = [(rij, *inhoud_van(rij)) for rij in rijen]
    kop = next((kolommen for _, kolommen, _ in inhoud if kolommen), [])
    regels = ((rij.rij, rij.kolom, rij.reden, *cellen) for rij, _, cellen in inhoud)
    naam = f"uitval-{gevonden.nummer or 'proef'}.csv"
    return _bestand(naam, als_csv(("rij", "fout_in", "waarom", *kop), regels))


@vereist(Recht.LEVERINGEN)
def terugmelden(request: Verzoek) -> HttpResponse:
    """What waits to go back to the schools through DUO, and what went."""
    regio = _regio(request)
    if request.method == "POST":
        gestuurd = meld_terug(regio=regio, toegang=request.toegang, nu=nu())
        if not gestuurd:
            waarschuw(request, "Er hoeft nu niets terug naar DUO.")
            return redirect("leveringen:terugmelden")
        meld(request, f"Bestand {gestuurd[0].partij} staat klaar. Haal het op en zet het in Mijn DUO.")
        return redirect("leveringen:terugmelden")
    wachtend = wachtende_meldingen(regio.pk)
    context = {"wachtend": len(wachtend), "partijen": partijen(regio.pk), "kruimels": _kruimels()}
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
    return _bestand(f"duo-terugmelding-{partij}.csv", als_csv(KOLOMMEN, map(rij_van, regels)))


def _bestand(naam: str, regels: Any) -> HttpResponse:
    """A CSV to keep, with a mark that tells Excel that it is UTF-8."""
    antwoord = HttpResponse("\ufeff" + "".join(regels), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    antwoord["Cache-Control"] = "no-store"
    return antwoord
