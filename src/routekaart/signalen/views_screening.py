"""The screening of leavers per school, for both phases, with the cases behind each number; and the lists of schools."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any, NoReturn

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.parameters import parameters
from routekaart.leveringen.paginas import als_bestand, als_excel
from routekaart.leveringen.uitvoer import als_csv
from routekaart.loopbaan.models import Instelling
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import fase_op
from routekaart.signalen.acties_screening import leg_lijstvraag_vast, trek_lijstvraag_in
from routekaart.signalen.forms_screening import LijstvraagFormulier
from routekaart.signalen.models import Lijstvraag
from routekaart.signalen.screening import (
    HOOGSTENS_MEE,
    MIJ,
    Overzicht,
    Vraag,
    gekozen,
    gekozen_jaar,
    gevallen,
    ingelezen_op,
    is_bereikbaar,
    lijstvragen,
    maak_overzicht,
    seizoenen,
)
from routekaart.signalen.screening_beeld import (
    KOP_LIJST,
    KOPPEN,
    TOON,
    Rij,
    gevallen_in_woorden,
    lijst_in_woorden,
    lijstrijen,
    rij_van,
    schoolrij,
    splitsing,
    stapfilters,
    te_doen_in_woorden,
    zin_van,
)
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

LIJSTVORMEN = {"xlsx": "Haal op voor Excel", "csv": "Haal op als csv"}


def vandaag() -> dt.date:
    """The day of this request."""
    return timezone.localdate(nu())


def kruimels(jaar: Schooljaar, *verder: Kruimel) -> list[Kruimel]:
    """The way up to the overview of this season."""
    return [
        Kruimel("Signalen", reverse("signalen:lijst")),
        Kruimel("Screening", f"{reverse('signalen:screening')}?schooljaar={jaar}"),
        *verder,
    ]


def _overzicht(request: Verzoek, jaar: Schooljaar, op: dt.date, **meer: Any) -> Overzicht:
    normen = parameters(request.toegang.regio_id or 0, op=op)
    return maak_overzicht(request.toegang, jaar, op=op, dagen=normen["screening_lijst_dagen"], **meer)


def _jaarfilters(vraag: Vraag, jaar: Schooljaar, op: dt.date, adres: str = "") -> list[Filter]:
    gemeente = f"&gemeente={vraag.gemeente}" if vraag.gemeente else ""
    return [
        Filter(str(een), f"{adres}?schooljaar={een}{gemeente}", gekozen=een == jaar) for een in reversed(seizoenen(op))
    ]


@vereist(Recht.SIGNALEN_ZIEN)
def overzicht(request: Verzoek) -> HttpResponse:
    """Every school with both phases in numbers; to print, or as a file of counts."""
    op = vandaag()
    vraag = Vraag.lees(request.GET)
    jaar = gekozen_jaar(vraag.schooljaar, op)
    vraag = Vraag(schooljaar=str(jaar), gemeente=vraag.gemeente)
    vorm = request.GET.get("vorm", "")
    request.inzage.noteer("screening.bekeken", inhoud={**vraag.als_inhoud, "vorm": vorm[:10]})
    geteld = _overzicht(request, jaar, op, gemeente=vraag.gemeente)
    fase = fase_op(jaar, op)
    laatst = ingelezen_op(request.toegang) if fase == 2 else None
    rijen = [schoolrij(rij, vraag, op=op) for rij in geteld.rijen]
    totaal = rij_van("Alle scholen", geteld.totaal, geteld.te_doen, vraag)
    if vorm == "csv":
        return als_bestand(f"screening-{jaar}.csv", als_csv(_csvkop(fase), _csvrijen([*rijen, totaal], fase)))
    hier = f"?schooljaar={jaar}" + (f"&gemeente={vraag.gemeente}" if vraag.gemeente else "")
    context = {
        "jaar": jaar,
        "fase": fase,
        "zin": zin_van(geteld, fase=fase),
        "rijen": rijen,
        "totaal": totaal,
        "koppen": KOPPEN,
        "splitsing": splitsing(geteld.totaal, vraag, fase=fase, wie="Alle scholen"),
        "stappen": [
            Filter(tekst, vraag.adres(stap=stap), geteld.stappen[stap])
            for stap, tekst in te_doen_in_woorden(geteld.stappen)
        ],
        "onbevestigd": geteld.onbevestigd,
        "onbevestigd_url": vraag.adres(toon="onbevestigd"),
        "ingelezen_op": laatst,
        "te_oud": fase == 2 and (laatst is None or laatst < jaar.volgende.teldatum),
        "teldatum": jaar.volgende.teldatum,
        "jaarfilters": _jaarfilters(vraag, jaar, op),
        "gemeenten": _gemeenten(request),
        "vraag": vraag,
        "druk": vorm == "druk",
        "hier": hier,
        "te_doen_url": vraag.adres(stap="te-doen"),
        "antwoorden_url": _antwoorden(jaar),
        "druk_url": f"{hier}&vorm=druk",
        "csv_url": f"{hier}&vorm=csv",
        "mag_werken": request.toegang.mag(Recht.SIGNALEN_WERKEN),
        "kruimels": [] if vorm == "druk" else kruimels(jaar)[:1],
    }
    return render(request, "signalen/screening.html", context)


def _antwoorden(jaar: Schooljaar) -> str:
    return f"{reverse('signalen:screening-antwoorden')}?schooljaar={jaar}"


def _gemeenten(request: Verzoek) -> list[tuple[str, str]]:
    if len(request.toegang.gemeente_ids) < 2:
        return []
    eigen = Gemeente.objects.filter(pk__in=request.toegang.gemeente_ids)
    return list(eigen.order_by("naam").values_list("code", "naam"))


def _csvkop(fase: int) -> list[str]:
    kop = ["School", "BRIN en plaats", "Lijst", "Van school gegaan", "Met diploma"]
    kop += [f"Geen vervolg bekend: {deel.lower()}" for deel in KOPPEN]
    if fase == 2:
        kop += [f"Op 1 oktober nergens: {deel.lower()}" for deel in KOPPEN]
    return [*kop, "Te doen"]


def _csvrijen(rijen: list[Rij], fase: int) -> Iterator[list[object]]:
    for rij in rijen:
        lijst = " ".join(deel for deel in (rij.lijst.tekst if rij.lijst else "", rij.lijst_zegt) if deel)
        groepen = [*rij.weg, *rij.mogelijk, *(rij.gemist if fase == 2 else ()), rij.te_doen]
        yield [rij.naam, rij.onder, lijst, *(getal.aantal for getal in groepen)]


@vereist(Recht.SIGNALEN_ZIEN)
def jongeren(request: Verzoek) -> HttpResponse:
    """The leavers of all schools, narrowed by next step, by number, by gemeente, or to one's own."""
    op = vandaag()
    vraag = Vraag.lees(request.GET)
    jaar = gekozen_jaar(vraag.schooljaar, op)
    if (bestand := _als_lijst(request, vraag, jaar)) is not None:
        return bestand
    request.inzage.noteer("screening.bekeken", inhoud={**vraag.als_inhoud, "schooljaar": str(jaar)})
    context = {
        **_lijst(request, vraag, jaar, op),
        "jaar": jaar,
        "zin": _zin_lijst(vraag, jaar),
        "antwoorden_url": _antwoorden(jaar),
        "kruimels": kruimels(jaar),
    }
    return render(request, "signalen/screening_jongeren.html", context)


def _zin_lijst(vraag: Vraag, jaar: Schooljaar) -> str:
    if vraag.toon:
        return f"Schooljaar {jaar}: jongeren {TOON[vraag.toon]}."
    return f"Schooljaar {jaar}: wie van vo, pro of vso gaat, en wat de volgende stap is."


def _lijst(
    request: Verzoek, vraag: Vraag, jaar: Schooljaar, op: dt.date, school: Instelling | None = None
) -> dict[str, Any]:
    """What the list of leavers needs, on its own page or on that of a school."""
    lijst = gevallen(request.toegang, vraag, jaar, school=school)
    blad = lijst.bladzijde
    return {
        "vraag": vraag,
        "gevallen": gevallen_in_woorden(blad.rijen, op=op),
        "aantal": lijst.aantal,
        "stapfilters": stapfilters(vraag, lijst.stappen),
        "wiefilters": [
            Filter("Van iedereen", vraag.adres(wie="", pagina=""), gekozen=vraag.wie != MIJ),
            Filter("Van mij", vraag.adres(wie=MIJ, pagina=""), lijst.van_mij, gekozen=vraag.wie == MIJ),
        ],
        "keuze": TOON.get(vraag.toon, ""),
        "bestanden": [(wat, _met_vorm(vraag, jaar, vorm)) for vorm, wat in LIJSTVORMEN.items()],
        "zonder_keuze": vraag.adres(toon="", pagina=""),
        "gemeenten": lijst.gemeenten,
        "vorige": vraag.adres(pagina=blad.vorige) if blad.vorige else "",
        "volgende": vraag.adres(pagina=blad.volgende) if blad.volgende else "",
        "mag_werken": request.toegang.mag(Recht.SIGNALEN_WERKEN),
        "met_school": school is None,
    }


def _met_vorm(vraag: Vraag, jaar: Schooljaar, vorm: str) -> str:
    adres = vraag.adres(schooljaar=str(jaar), pagina="")
    return f"{adres}{'&' if '?' in adres else '?'}vorm={vorm}"


def _als_lijst(
    request: Verzoek, vraag: Vraag, jaar: Schooljaar, school: Instelling | None = None
) -> HttpResponse | None:
    """The chosen leavers as a file, each of them logged; None where a page is asked, or too many for one file."""
    vorm = request.GET.get("vorm", "")
    if vorm not in LIJSTVORMEN or not request.toegang.mag(Recht.SIGNALEN_WERKEN):
        return None
    rijen = list(gekozen(request.toegang, vraag, jaar, school=school))
    if len(rijen) > HOOGSTENS_MEE:
        waarschuw(request, f"Dit zijn meer dan {HOOGSTENS_MEE} jongeren. Kies een school, een gemeente of een stap.")
        return None
    for rij in rijen:
        request.inzage.noteer("screening.opgehaald", jongere_id=rij.jongere_id)
    request.inzage.noteer("screening.opgehaald", inhoud={**vraag.als_inhoud, "schooljaar": str(jaar), "vorm": vorm})
    naam = "-".join(
        deel for deel in ("screening", str(jaar), school.brin if school else "", vraag.toon, vraag.stap) if deel
    )
    if vorm == "csv":
        return als_bestand(f"{naam}.csv", als_csv(KOP_LIJST, lijstrijen(rijen)))
    return als_excel(f"{naam}.xlsx", KOP_LIJST, lijstrijen(rijen), blad="Screening")


def _haal_school(request: Verzoek, sleutel: uuid.UUID) -> Instelling:
    """A school with pupils or leavers in the scope of the user; else 404, and the log remembers that it was asked."""
    school = Instelling.objects.filter(sleutel=sleutel).first()
    if school is None or not is_bereikbaar(request.toegang, school):
        _weiger(request, f"loopbaan.instelling:{sleutel}")
    return school


def _weiger(request: Verzoek, onderwerp: str) -> NoReturn:
    request.inzage.weiger(onderwerp)
    raise Http404


def _toon_school(request: Verzoek, school: Instelling, form: LijstvraagFormulier | None = None) -> HttpResponse:
    op = vandaag()
    vraag = Vraag.lees(request.GET, school=school.sleutel)
    jaar = gekozen_jaar(vraag.schooljaar, op)
    if form is None and (bestand := _als_lijst(request, vraag, jaar, school)) is not None:
        return bestand
    druk = request.GET.get("vorm") == "druk"
    request.inzage.noteer(
        "screening.school-bekeken",
        onderwerp=f"loopbaan.instelling:{school.sleutel}",
        inhoud={**vraag.als_inhoud, "druk": druk},
    )
    geteld = _overzicht(request, jaar, op, school=school)
    fase = fase_op(jaar, op)
    eigen = Vraag(schooljaar=str(jaar), school=str(school.sleutel))
    adres = reverse("signalen:screening-school", args=[school.sleutel])
    mag_werken = request.toegang.mag(Recht.SIGNALEN_WERKEN)
    stand = geteld.rijen[0] if geteld.rijen else None
    context = {
        **_lijst(request, vraag, jaar, op, school),
        "school": school,
        "jaar": jaar,
        "fase": fase,
        "rij": rij_van(school.naam, geteld.totaal, geteld.te_doen, eigen),
        "koppen": KOPPEN,
        "splitsing": splitsing(geteld.totaal, eigen, fase=fase, wie=school.naam),
        "lijst": lijst_in_woorden(stand.lijst, op=op) if stand is not None else None,
        "lijst_binnen": stand is not None and stand.lijst.binnen,
        "vragen": lijstvragen(request.toegang, jaar, school),
        "lijstvraag_url": f"{reverse('signalen:screening-lijstvraag', args=[school.sleutel])}?schooljaar={jaar}",
        "toon_form": mag_werken and not druk and (form is not None or stand is None or not stand.lijst.binnen),
        "form": form or LijstvraagFormulier(initial={"op": op}),
        "jaarfilters": _jaarfilters(Vraag(), jaar, op, adres),
        "druk": druk,
        "druk_adres": f"{adres}?schooljaar={jaar}&vorm=druk",
        "adres": f"{adres}?schooljaar={jaar}",
        "mag_werken": mag_werken and not druk,
        "kruimels": [] if druk else kruimels(jaar),
    }
    return render(request, "signalen/screening_school.html", context)


@vereist(Recht.SIGNALEN_ZIEN)
def school(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One school: its list, both phases in numbers, and who it is about."""
    return _toon_school(request, _haal_school(request, sleutel))


@vereist(Recht.SIGNALEN_WERKEN)
@require_POST
def lijstvraag(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Records that the school was asked for its list."""
    deze = _haal_school(request, sleutel)
    form = LijstvraagFormulier(request.POST)
    jaar = gekozen_jaar(request.GET.get("schooljaar", ""), vandaag())
    if form.is_valid():
        velden = form.cleaned_data
        try:
            vast = leg_lijstvraag_vast(
                deze, schooljaar=jaar, soort=velden["soort"], op=velden["op"], met=velden["met"],
                toegang=request.toegang, nu=nu(),
            )  # fmt: skip
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            terug = reverse("signalen:screening-lijstvraag-intrekken", args=[deze.sleutel, vast.sleutel])
            meld(request, "Het staat erbij.", ongedaan=terug)
            return redirect(f"{reverse('signalen:screening-school', args=[deze.sleutel])}?schooljaar={jaar}#lijst")
    return _toon_school(request, deze, form)


@vereist(Recht.SIGNALEN_WERKEN)
@require_POST
def lijstvraag_intrekken(request: Verzoek, sleutel: uuid.UUID, vraag: uuid.UUID) -> HttpResponse:
    """Takes back what was recorded by mistake."""
    deze = _haal_school(request, sleutel)
    rij = Lijstvraag.objects.filter(sleutel=vraag, instelling=deze, regio_id=request.toegang.regio_id or 0).first()
    if rij is None:
        _weiger(request, f"signalen.lijstvraag:{vraag}")
    try:
        trek_lijstvraag_in(rij, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, "Ingetrokken. Het blijft leesbaar, met een streep erdoor.")
    adres = reverse("signalen:screening-school", args=[deze.sleutel])
    return redirect(f"{adres}?schooljaar={rij.schooljaar}#lijst")
