"""Who is who: possible doubles, merging and back, and what goes back to the BRP."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter, Kruimel
from routekaart.basis.taal import getal, meervoud
from routekaart.personen.acties_dubbelen import haal_besluit_weg, leg_verschillend_vast, stel_dubbel_voor, zoek_dubbelen
from routekaart.personen.acties_samenvoegen import bezwaar_tegen, maak_ongedaan, voeg_samen
from routekaart.personen.acties_terugmelden import LOPEND, werk_bij
from routekaart.personen.forms import OngedaanFormulier, SamenvoegFormulier, TweedeFormulier, VerschillendFormulier
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import BrpTerugmelding, Dubbel, Dubbelronde, Jongere, Samenvoeging, Samenvoegregel
from routekaart.personen.selecties import zoek
from routekaart.personen.vergelijking import adres, geboren, lijstregel, stond_er_anders, vergelijkbeeld
from routekaart.toegang.deuren import Verzoek, haal, nu, vereist
from routekaart.toegang.rechten import Recht

PER_PAGINA = 50
OPEN, VERSCHILLEND = "open", "verschillend"
PAREN = ("een__gemeente", "ander__gemeente", "verschillend_door")


def _kruimels(*verder: Kruimel) -> list[Kruimel]:
    return [Kruimel("Dubbelen", reverse("personen:dubbelen")), *verder]


def _filters(gekozen: str) -> list[Filter]:
    """The pages of this desk."""
    lijst = reverse("personen:dubbelen")
    paren = (
        (OPEN, "Mogelijke dubbelen", lijst),
        (VERSCHILLEND, "Niet dezelfde", f"{lijst}?toon={VERSCHILLEND}"),
        ("samengevoegd", "Samengevoegd", reverse("personen:samengevoegd")),
        ("terugmeldingen", "Terugmeldingen BRP", reverse("personen:terugmeldingen")),
    )
    return [Filter(tekst, url, gekozen=code == gekozen) for code, tekst, url in paren]


def _bladzijde(request: Verzoek) -> int:
    tekst = request.GET.get("pagina", "")
    return max(1, int(tekst)) if tekst.isascii() and tekst.isdigit() and len(tekst) < 6 else 1


def _blader(request: Verzoek, rijen: Any, **vraag: str) -> dict[str, Any]:
    """One page of a list by number, with the links to the others. One query."""
    pagina = _bladzijde(request)
    begin = (pagina - 1) * PER_PAGINA
    gelezen = list(rijen[begin : begin + PER_PAGINA + 1])
    rest = "".join(f"&{naam}={waarde}" for naam, waarde in vraag.items())
    return {
        "rijen": gelezen[:PER_PAGINA],
        "vorige": f"?pagina={pagina - 1}{rest}" if pagina > 1 else "",
        "volgende": f"?pagina={pagina + 1}{rest}" if len(gelezen) > PER_PAGINA else "",
        "getoond": f"Vanaf {getal(begin + 1)}",
    }


@vereist(Recht.PERSONEN)
def dubbelen(request: Verzoek) -> HttpResponse:
    """Pairs that may be one person, the surest first; or those of which somebody said that they are two."""
    toon = VERSCHILLEND if request.GET.get("toon") == VERSCHILLEND else OPEN
    rijen = Dubbel.objects.voor(request.toegang).filter(verschillend_op__isnull=toon == OPEN)
    rijen = rijen.select_related(*PAREN).order_by("-punten", "pk")
    blad = _blader(request, rijen, **({"toon": toon} if toon != OPEN else {}))
    request.inzage.noteer("dubbelen.bekeken", inhoud={"toon": toon})
    ronde = Dubbelronde.objects.filter(regio=request.toegang.regio_id).first()
    context = {
        **blad,
        "rijen": [lijstregel(dubbel) for dubbel in blad["rijen"]],
        "toon": toon,
        "filters": _filters(toon),
        "gezocht_op": ronde.gezocht_op if ronde else None,
        "op": timezone.localdate(nu()),
    }
    return render(request, "personen/dubbelen.html", context)


@vereist(Recht.PERSONEN)
@require_POST
def zoeken(request: Verzoek) -> HttpResponse:
    """Looks again, now."""
    verslag = zoek_dubbelen(request.toegang.regio_id or 0, toegang=request.toegang, nu=nu())
    meld(request, f"Gezocht. {meervoud(verslag.nieuw, 'nieuw paar', 'nieuwe paren')} gevonden.")
    return redirect("personen:dubbelen")


@vereist(Recht.PERSONEN)
def dubbel(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Two dossiers side by side; here one merges them, or says that they are two people."""
    paar: Dubbel = haal(Dubbel.objects.select_related(*PAREN), request, sleutel)
    moment = nu()
    op = timezone.localdate(moment)
    form = SamenvoegFormulier(request.POST or None, dubbel=paar)
    if request.method == "POST" and form.is_valid():
        blijft, verdwijnt = form.keuze
        try:
            samenvoeging = voeg_samen(
                blijft, verdwijnt, waarom=form.cleaned_data["waarom"], toegang=request.toegang, nu=moment, op=op
            )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"De dossiers zijn samengevoegd. Alles staat nu bij {blijft.naam}.")
            return redirect("personen:samenvoeging", samenvoeging.sleutel)
    return _dubbelpagina(request, paar, form, VerschillendFormulier())


def _dubbelpagina(
    request: Verzoek, paar: Dubbel, form: SamenvoegFormulier, anders: VerschillendFormulier
) -> HttpResponse:
    op = timezone.localdate(nu())
    for wie in (paar.een, paar.ander):
        request.inzage.noteer("dubbel.bekeken", jongere_id=wie.pk, onderwerp=f"personen.dubbel:{paar.sleutel}")
    context = {
        "dubbel": paar,
        "beeld": vergelijkbeeld(paar, toegang=request.toegang, op=op),
        "bezwaar": "" if paar.verschillend_op else bezwaar_tegen(paar.een, paar.ander),
        "form": form,
        "anders": anders,
        "kruimels": _kruimels(),
    }
    return render(request, "personen/dubbel.html", context)


@vereist(Recht.PERSONEN)
@require_POST
def verschillend(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """These are two people; or, where somebody said so, that decision was wrong."""
    paar: Dubbel = haal(Dubbel.objects.select_related(*PAREN), request, sleutel)
    form = VerschillendFormulier(request.POST)
    try:
        if paar.verschillend_op is not None:
            haal_besluit_weg(paar, toegang=request.toegang, nu=nu())
            meld(request, "Het besluit is weg. Je kunt de dossiers weer vergelijken.")
            return redirect("personen:dubbel", paar.sleutel)
        if not form.is_valid():
            return _dubbelpagina(request, paar, SamenvoegFormulier(dubbel=paar), form)
        leg_verschillend_vast(paar, toelichting=form.cleaned_data["toelichting"], toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
        return redirect("personen:dubbelen")
    meld(request, "Vastgelegd dat dit twee mensen zijn. Ze worden niet meer voorgesteld.")
    return redirect("personen:dubbelen")


@vereist(Recht.PERSONEN)
def tweede(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """Somebody who is double, found by a colleague: look for the other dossier and lay them side by side."""
    jongere: Jongere = haal(Jongere.objects.select_related("gemeente"), request, sleutel)
    if request.method == "POST" and request.POST.get("ander"):
        try:
            ander: Jongere = haal(Jongere.objects.select_related("gemeente"), request, uuid.UUID(request.POST["ander"]))
            paar = stel_dubbel_voor(jongere, ander, toegang=request.toegang, nu=nu())
        except (ValueError, Geweigerd):
            waarschuw(request, "Kies een ander dossier uit de lijst.")
            return redirect("personen:tweede", jongere.sleutel)
        return redirect("personen:dubbel", paar.sleutel)
    form = TweedeFormulier(request.POST or None)
    gevonden: list[Jongere] = []
    if request.method == "POST" and form.is_valid():
        rijen = zoek(form.cleaned_data["q"], toegang=request.toegang).exclude(pk=jongere.pk)
        gevonden = list(rijen.select_related("gemeente")[:PER_PAGINA])
    request.inzage.noteer("dubbel.bekeken", jongere_id=jongere.pk, onderwerp=f"dossier:{jongere.sleutel}")
    for ander in gevonden:
        request.inzage.noteer("dubbel.bekeken", jongere_id=ander.pk, onderwerp=f"dossier:{jongere.sleutel}")
    context = {
        "jongere": jongere,
        "form": form,
        "gezocht": form.is_bound and form.is_valid(),
        "gevonden": [(ander, geboren(ander.geboren), adres(ander)) for ander in gevonden],
        "kruimels": _kruimels(),
    }
    return render(request, "personen/tweede.html", context)


@vereist(Recht.PERSONEN)
def samengevoegd(request: Verzoek) -> HttpResponse:
    """Who were merged, the last first."""
    rijen = Samenvoeging.objects.voor(request.toegang).select_related("blijft", "door").order_by("-pk")
    blad = _blader(request, rijen)
    request.inzage.noteer("samenvoegingen.bekeken", inhoud={"pagina": _bladzijde(request)})
    return render(request, "personen/samengevoegd.html", {**blad, "filters": _filters("samengevoegd")})


@vereist(Recht.PERSONEN)
def samenvoeging(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """One merge: what moved, what was kept, and the way back."""
    rij: Samenvoeging = haal(Samenvoeging.objects.select_related("blijft", "door", "ongedaan_door"), request, sleutel)
    form = OngedaanFormulier(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moment, blijft = nu(), rij.blijft
        try:
            terug = maak_ongedaan(rij, toegang=request.toegang, nu=moment)
            if form.cleaned_data["twee_mensen"]:
                paar = stel_dubbel_voor(blijft, terug, toegang=request.toegang, nu=moment)
                if paar.verschillend_op is None:
                    leg_verschillend_vast(
                        paar, toelichting="Samenvoeging ongedaan gemaakt", toegang=request.toegang, nu=moment
                    )
        except Geweigerd as reden:
            form.geweigerd(reden)
        else:
            meld(request, f"Ongedaan gemaakt. {terug.naam} heeft weer een eigen dossier.")
            return redirect("personen:samengevoegd")
    onderwerp = f"personen.samenvoeging:{rij.sleutel}"
    request.inzage.noteer("samenvoeging.bekeken", jongere_id=rij.blijft_id, onderwerp=onderwerp)
    regels = list(Samenvoegregel.objects.voor(request.toegang).filter(samenvoeging=rij).order_by("pk"))
    context = {
        "samenvoeging": rij,
        "form": form,
        "kruimels": _kruimels(Kruimel("Samengevoegd", reverse("personen:samengevoegd"))),
        "verhuisd": _geteld(regels, Samenvoegregel.Wat.VERHUISD),
        "bewaard": _geteld(regels, Samenvoegregel.Wat.BEWAARD),
        "anders": stond_er_anders(regels, rij.blijft),
        "velden": [_veldnaam(regel.veld) for regel in regels if regel.wat == Samenvoegregel.Wat.VELD],
    }
    return render(request, "personen/samenvoeging.html", context)


def _geteld(regels: list[Samenvoegregel], wat: str) -> list[tuple[str, int]]:
    """How many rows of which table."""
    tabellen: dict[str, int] = {}
    for regel in regels:
        if regel.wat == wat and regel.model not in {"personen.Dubbel", "personen.Jongere"}:
            naam = regel.model.rpartition(".")[2].lower()
            tabellen[naam] = tabellen.get(naam, 0) + 1
    return sorted(tabellen.items())


def _veldnaam(veld: str) -> str:
    return veld.removesuffix("_id").replace("_", " ")


@vereist(Recht.PERSONEN)
def terugmeldingen(request: Verzoek) -> HttpResponse:
    """What colleagues doubt of the BRP: what must be told to the municipality, and what came of the rest."""
    moment = nu()
    rijen = BrpTerugmelding.objects.voor(request.toegang).select_related("jongere__gemeente", "gemeld_door")
    lopend = rijen.filter(stand__in=LOPEND).order_by("stand_op", "pk")
    blad = _blader(request, lopend)
    request.inzage.noteer("brp.terugmeldingen-bekeken", inhoud={"stand": list(LOPEND)})
    op = timezone.localdate(moment)
    context = {
        **blad,
        "rijen": [(rij, merken_kort(rij.jongere, op=op)) for rij in blad["rijen"]],
        "klaar": list(rijen.exclude(stand__in=LOPEND).order_by("-stand_op", "-pk")[:10]),
        "filters": _filters("terugmeldingen"),
        "stand": BrpTerugmelding.Stand,
    }
    return render(request, "personen/terugmeldingen.html", context)


@vereist(Recht.PERSONEN)
@require_POST
def terugmelding(request: Verzoek, sleutel: uuid.UUID) -> HttpResponse:
    """What the municipality did with one."""
    rij: BrpTerugmelding = haal(BrpTerugmelding.objects.select_related("jongere"), request, sleutel)
    try:
        werk_bij(rij, stand=request.POST.get("stand", ""), toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        rij.refresh_from_db(fields=["stand"])
        meld(request, f"Vastgelegd: {rij.get_stand_display()}.")
    return redirect("personen:terugmeldingen")
