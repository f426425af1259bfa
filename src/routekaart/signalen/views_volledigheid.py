"""What schools report and what not: all schools, one school with its pupils, and the talks about it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, NoReturn

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.parameters import parameters
from routekaart.loopbaan.models import Instelling
from routekaart.regels import meldgedrag
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.acties_volledigheid import leg_gesprek_vast, meld_aan_inspectie, trek_gesprek_in
from routekaart.signalen.forms_volledigheid import GesprekFormulier, InspectieFormulier
from routekaart.signalen.models import Schoolgesprek
from routekaart.signalen.volledigheid import (
    BESPREKEN,
    KEUZES,
    alle_scholen,
    alleen_getallen,
    gesprekken_met,
    geteld_op,
    gevallen,
    is_bereikbaar,
    schooljaren,
    uitkomsten_van,
    verloop,
)
from routekaart.signalen.volledigheid_beeld import (
    GROF,
    PRECIES,
    SORTERINGEN,
    gevallen_in_woorden,
    kerncijfers,
    regels,
    spiegel,
    verloopbeeld,
)
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

PER_PAGINA = 100
WOORDEN = {
    BESPREKEN: "Om te bespreken",
    "zonder": "Geen melding",
    "laat": "Later gemeld",
    "op-tijd": "Op tijd gemeld",
    "loopt": "Te vroeg om te zeggen",
    "verwacht": "Verwacht",
    "gemeld": "Gemeld",
    "ontvangen": "Ontvangen",
}
ALTIJD = (BESPREKEN, "zonder", "laat", "op-tijd", "ontvangen")
KOPPEN = (
    ("", "Leerlingen"),
    ("", "Verwacht"),
    ("", "Geen melding"),
    ("zonder", "Aandeel geen melding"),
    ("dagen", "Werkdagen tot melding"),
    ("op-tijd", "Binnen de termijn"),
    ("ontvangen", "Ontvangen"),
)


def _vandaag() -> dt.date:
    return timezone.localdate(nu())


def _gekozen_jaar(request: Verzoek, op: dt.date) -> Schooljaar:
    """The schooljaar of the address; else this one, and until 1 October the one before: it is too early then."""
    jaren = {str(jaar): jaar for jaar in schooljaren(op)}
    dit = Schooljaar.van(op)
    return jaren.get(request.GET.get("schooljaar", ""), dit if op >= dit.teldatum else dit.vorige)


def _jaarfilters(jaar: Schooljaar, op: dt.date, rest: str = "", *, adres: str = "") -> list[Filter]:
    return [
        Filter(str(een), f"{adres}?schooljaar={een}{rest}", gekozen=een == jaar) for een in reversed(schooljaren(op))
    ]


def _definitie(request: Verzoek, op: dt.date) -> dict[str, Any]:
    """What 'hoe is dit geteld' needs. Two queries."""
    telling = geteld_op(request.toegang)
    return {
        "telling": telling,
        "definitie": meldgedrag.DEFINITIE,
        "geldig_vanaf": meldgedrag.GELDIG_VANAF,
        "normen": parameters(request.toegang.regio_id or 0, op=op),
    }


@vereist(Recht.SCHOLEN_TELLEN)
def scholen(request: Verzoek) -> HttpResponse:
    """All schools with their numbers, the worst first; who may only see counts gets coarse ones without links."""
    op = _vandaag()
    jaar = _gekozen_jaar(request, op)
    sorteer = request.GET.get("sorteer", "")
    sorteer = sorteer if sorteer in SORTERINGEN else "zonder"
    alles = request.GET.get("toon") == "alle"
    pagina = _paginanummer(request)
    request.inzage.noteer(
        "scholen.bekeken", inhoud={"schooljaar": str(jaar), "sorteer": sorteer, "alle": alles, "pagina": pagina}
    )
    zicht = GROF if alleen_getallen(request.toegang) else PRECIES
    standen = alle_scholen(request.toegang, jaar)
    actief = [stand for stand in standen if stand.nu.verwacht or stand.nu.ontvangen or stand.nu.loopt]
    rijen = regels(standen if alles else actief, jaar=str(jaar), sorteer=sorteer, zicht=zicht)
    begin = (pagina - 1) * PER_PAGINA
    adres = f"?schooljaar={jaar}&sorteer={sorteer}" + ("&toon=alle" if alles else "")
    context = {
        "rijen": rijen[begin : begin + PER_PAGINA],
        "koppen": [
            (tekst, f"?schooljaar={jaar}&sorteer={code}" + ("&toon=alle" if alles else "") if code else "",
             code == sorteer)
            for code, tekst in KOPPEN
        ],
        "op_naam": (f"?schooljaar={jaar}&sorteer=naam" + ("&toon=alle" if alles else ""), sorteer == "naam"),
        "jaar": jaar,
        "jaarfilters": _jaarfilters(jaar, op, f"&sorteer={sorteer}"),
        "toonfilters": [
            Filter("Met verzuim of uitval", f"?schooljaar={jaar}&sorteer={sorteer}", len(actief), not alles),
            Filter("Alle scholen", f"?schooljaar={jaar}&sorteer={sorteer}&toon=alle", len(standen), alles),
        ],
        "met_gemis": sum(bool(stand.nu.gemist) for stand in actief),
        "scholen": len(actief),
        "zonder": zicht.aantal(sum(stand.nu.gemist or 0 for stand in actief)),
        "grof": zicht.is_grof,
        "vorige": f"{adres}&pagina={pagina - 1}" if pagina > 1 else "",
        "volgende": f"{adres}&pagina={pagina + 1}" if begin + PER_PAGINA < len(rijen) else "",
        "kruimels": [] if zicht.is_grof else [Kruimel("Signalen", reverse("signalen:lijst"))],
        **_definitie(request, op),
    }  # fmt: skip
    return render(request, "signalen/scholen.html", context)


def _paginanummer(request: Verzoek) -> int:
    tekst = request.GET.get("pagina", "")
    return max(1, int(tekst)) if tekst.isascii() and tekst.isdigit() and len(tekst) < 5 else 1


def _haal_school(request: Verzoek, sleutel: uuid.UUID) -> Instelling:
    """A school with pupils or meldingen in the scope of the user; else 404, and the log remembers that it was asked."""
    school = Instelling.objects.filter(sleutel=sleutel).first()
    if school is None or not is_bereikbaar(request.toegang, school):
        _weiger(request, sleutel)
    return school


def _weiger(request: Verzoek, sleutel: uuid.UUID) -> NoReturn:
    request.inzage.weiger(f"loopbaan.instelling:{sleutel}")
    raise Http404


def _toon(
    request: Verzoek,
    school: Instelling,
    *,
    gesprek_form: GesprekFormulier | None = None,
    inspectie_form: InspectieFormulier | None = None,
) -> HttpResponse:
    op = _vandaag()
    jaar = _gekozen_jaar(request, op)
    toon = request.GET.get("toon", "")
    toon = toon if toon in {BESPREKEN, *KEUZES} else BESPREKEN
    druk = request.GET.get("vorm") == "druk"
    toegang = request.toegang
    cijfers = verloop(toegang, school, op=op)
    if not any(een.bekend or een.ontvangen or een.verwacht or een.loopt for een in cijfers.values()):
        _weiger(request, school.sleutel)
    request.inzage.noteer(
        "school.bekeken",
        onderwerp=f"loopbaan.instelling:{school.sleutel}",
        inhoud={"schooljaar": str(jaar), "toon": toon, "druk": druk},
    )
    lijst = gevallen(toegang, school, jaar, toon)
    dit = cijfers[str(jaar)]
    was = cijfers.get(str(jaar.vorige), meldgedrag.tel((), ontvangen=0, bekend=False))
    adres = reverse("signalen:school", args=[school.sleutel])
    gesprekken = gesprekken_met(toegang, school)
    heeft_gesprek = any(een.soort == "gesprek" and een.ingetrokken_op is None for een in gesprekken)
    begin = {"op": op}
    context = {
        "school": school,
        "jaar": jaar,
        "vorig": jaar.vorige,
        "is_dit_jaar": jaar == Schooljaar.van(op),
        "dit": dit,
        "kern": kerncijfers(dit, was, zicht=PRECIES, adres=f"{adres}?schooljaar={jaar}"),
        "verloop": verloopbeeld(cijfers),
        "spiegel": spiegel(uitkomsten_van(toegang, school, jaar)),
        "lijst": lijst,
        "gevallen": gevallen_in_woorden(lijst.rijen, lijst.werk),
        "toon": toon,
        "toonfilters": [
            Filter(WOORDEN[een], f"{adres}?schooljaar={jaar}&toon={een}#leerlingen", aantal, een == toon)
            for een in WOORDEN
            if (aantal := lijst.tellers[een.replace("-", "_")]) is not None
            and (een in ALTIJD or een == toon or (een == "loopt" and aantal))
        ],
        "jaarfilters": _jaarfilters(jaar, op, f"&toon={toon}", adres=adres),
        "gesprekken": gesprekken,
        "mag_bespreken": toegang.mag(Recht.SCHOLEN_BESPREKEN) and not druk,
        "mag_inspectie": toegang.mag(Recht.SCHOLEN_INSPECTIE) and not druk,
        "heeft_gesprek": heeft_gesprek,
        "gesprek_form": gesprek_form or GesprekFormulier(initial=begin),
        "inspectie_form": inspectie_form or InspectieFormulier(initial=begin, prefix="inspectie"),
        "druk": druk,
        "druk_adres": f"{adres}?schooljaar={jaar}&toon={toon}&vorm=druk",
        "adres": adres,
        "kruimels": []
        if druk
        else [Kruimel("Signalen", reverse("signalen:lijst")), Kruimel("Scholen", reverse("signalen:scholen"))],
        **_definitie(request, op),
    }
    return render(request, "signalen/school.html", context)


@vereist(Recht.SIGNALEN_ZIEN)
def school(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One school: its numbers over the years, what became of its meldingen, its pupils, and what was agreed."""
    deze = Instelling.objects.filter(sleutel=sleutel).first()
    if deze is None:
        _weiger(request, sleutel)
    return _toon(request, deze)


def _cijfers_nu(request: Verzoek, school: Instelling, op: dt.date) -> dict[str, Any]:
    """The numbers of this schooljaar as they lie on the table: counts only."""
    jaar = str(Schooljaar.van(op))
    dit = verloop(request.toegang, school, op=op)[jaar]
    return {
        "schooljaar": jaar,
        "verwacht": dit.verwacht,
        "zonder": dit.gemist,
        "mediaan": dit.mediaan,
        "op_tijd": dit.op_tijd,
        "met_dagen": dit.met_dagen,
    }


@vereist(Recht.SCHOLEN_BESPREKEN)
@require_POST
def gesprek(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Records a talk with the school."""
    deze = _haal_school(request, sleutel)
    form = GesprekFormulier(request.POST)
    if form.is_valid():
        moment = nu()
        try:
            vast = leg_gesprek_vast(
                deze,
                op=form.cleaned_data["op"],
                met_wie=form.cleaned_data["met"],
                afspraak=form.cleaned_data["afspraak"],
                cijfers=_cijfers_nu(request, deze, timezone.localdate(moment)),
                toegang=request.toegang,
                nu=moment,
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            return _klaar(request, deze, vast, "Het gesprek staat erbij.")
    return _toon(request, deze, gesprek_form=form)


@vereist(Recht.SCHOLEN_INSPECTIE)
@require_POST
def inspectie(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Records that the inspectie was told."""
    deze = _haal_school(request, sleutel)
    form = InspectieFormulier(request.POST, prefix="inspectie")
    if form.is_valid():
        moment = nu()
        try:
            vast = meld_aan_inspectie(
                deze,
                op=form.cleaned_data["op"],
                reden=form.cleaned_data["afspraak"],
                cijfers=_cijfers_nu(request, deze, timezone.localdate(moment)),
                toegang=request.toegang,
                nu=moment,
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            return _klaar(request, deze, vast, "De melding aan de inspectie staat erbij.")
    return _toon(request, deze, inspectie_form=form)


def _klaar(request: Verzoek, school: Instelling, vast: Schoolgesprek, zin: str) -> HttpResponse:
    terug = reverse("signalen:schoolgesprek-intrekken", args=[school.sleutel, vast.sleutel])
    meld(request, zin, ongedaan=terug)
    return redirect(reverse("signalen:school", args=[school.sleutel]) + "#gesprekken")


@vereist(Recht.SCHOLEN_BESPREKEN)
@require_POST
def intrekken(request: Verzoek, sleutel: uuid.UUID, gesprek: uuid.UUID) -> HttpResponse:
    """Takes back what was recorded by mistake."""
    deze = _haal_school(request, sleutel)
    regio_id = request.toegang.regio_id or 0
    rij = Schoolgesprek.objects.filter(sleutel=gesprek, instelling=deze, regio_id=regio_id).first()
    if rij is None or (rij.soort == Schoolgesprek.Soort.INSPECTIE and not request.toegang.mag(Recht.SCHOLEN_INSPECTIE)):
        request.inzage.weiger(f"signalen.schoolgesprek:{gesprek}")
        raise Http404
    try:
        trek_gesprek_in(rij, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, "Ingetrokken. Het blijft leesbaar, met een streep erdoor.")
    return redirect(reverse("signalen:school", args=[deze.sleutel]) + "#gesprekken")
