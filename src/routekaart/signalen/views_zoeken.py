"""Searching on demand: now, or how it was on another day. Counts only; the work is done beside the website."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from routekaart.basis import taal
from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.onderdelen import Kruimel
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.acties_zoeken import vraag_aan
from routekaart.signalen.forms import DagFormulier
from routekaart.signalen.lijst import Getal, Vraag
from routekaart.signalen.models import Zoekopdracht
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

NU = "nu"
MEESTE = 10
# this long in line with nothing before it: nobody is there to take it
WACHT_LANG = dt.timedelta(seconds=30)


@dataclass(frozen=True)
class Telrij:
    """One rule: how many in all and per gemeente. Only numbers of today lead to cases."""

    naam: str
    totaal: Getal
    per_gemeente: Sequence[Getal]


@dataclass(frozen=True)
class Zoekbeeld:
    """One search as it is shown."""

    opdracht: Zoekopdracht
    titel: str
    tekst: str
    niemand: bool
    gemeenten: Sequence[str]
    rijen: Sequence[Telrij]
    leeg: str

    @property
    def regels(self) -> int:
        return len(SIGNAALREGELS)


@vereist(Recht.SIGNALEN_ZOEKEN)
@require_http_methods(["GET", "POST"])
def zoeken(request: Verzoek) -> HttpResponse:
    """The newest search, or the one of `?zoektocht=`; and the two ways to ask for one. POST asks, and comes back."""
    moment = nu()
    form = DagFormulier(request.POST if "dag" in request.POST else None, initial={"dag": timezone.localdate(moment)})
    if request.method == "POST":
        dag = timezone.localdate(moment) if "doe" in request.POST else None
        if dag is None and form.is_valid():
            dag = form.cleaned_data["dag"]
        if dag is not None:
            try:
                opdracht = vraag_aan(peildatum=dag, toegang=request.toegang, nu=moment)
            except Geweigerd as reden:
                if not form.is_bound:
                    waarschuw(request, reden.boodschap)
                    return redirect("signalen:zoeken")
                form.geweigerd(reden)
            else:
                meld(request, "We zoeken. Je hoeft hier niet te wachten.")
                return redirect(_adres(opdracht))
    alle = Zoekopdracht.objects.filter(regio_id=request.toegang.regio_id or 0).order_by("-gevraagd_op", "-pk")
    eerder = list(alle.select_related("door")[:MEESTE])
    gekozen = _gekozen(request, eerder)
    if "HX-Request" in request.headers and gekozen is not None and not gekozen.loopt:
        # it was looked at while it ran, and is done: the whole page is another one now
        antwoord = HttpResponse(status=204)
        antwoord["HX-Refresh"] = "true"
        return antwoord
    mag_gevallen = request.toegang.mag(Recht.SIGNALEN_ZIEN)
    context = {
        "beeld": _beeld(gekozen, moment=moment, mag_gevallen=mag_gevallen) if gekozen else None,
        "form": form,
        "eerder": [(een, _adres(een), _titel(een)) for een in eerder],
        "loopt": any(een.loopt and een.bewaart for een in eerder),
        "kruimels": [Kruimel("Signalen", reverse("signalen:lijst"))] if mag_gevallen else [],
    }
    return render(request, "signalen/zoeken.html", context)


def _adres(opdracht: Zoekopdracht) -> str:
    return f"{reverse('signalen:zoeken')}?zoektocht={opdracht.sleutel}"


def _gekozen(request: Verzoek, eerder: Sequence[Zoekopdracht]) -> Zoekopdracht | None:
    """The search that the address names, else the newest. 404 for one that is not of this region."""
    tekst = request.GET.get("zoektocht", "")
    if not tekst:
        return eerder[0] if eerder else None
    try:
        sleutel = uuid.UUID(tekst)
    except ValueError:
        raise Http404 from None
    bekend = next((een for een in eerder if een.sleutel == sleutel), None)
    if bekend is not None:
        return bekend
    rijen = Zoekopdracht.objects.select_related("door").filter(regio_id=request.toegang.regio_id or 0)
    if (ouder := rijen.filter(sleutel=sleutel).first()) is None:
        request.inzage.weiger("signalen.zoeken")
        raise Http404
    return ouder


def _titel(opdracht: Zoekopdracht) -> str:
    dag = taal.datum_voluit(opdracht.peildatum)
    return f"Gezocht op {dag}" if opdracht.bewaart else f"Hoe het was op {dag}"


def _beeld(opdracht: Zoekopdracht, *, moment: dt.datetime, mag_gevallen: bool) -> Zoekbeeld:
    namen = dict(Gemeente.objects.filter(regio_id=opdracht.regio_id).order_by("naam").values_list("code", "naam"))
    komt_voor = {code for telling in opdracht.uitslag.values() for code in telling}
    gemeenten = [code for code in namen if code in komt_voor]
    gemeenten += sorted(komt_voor - set(gemeenten))
    linkt = opdracht.bewaart and mag_gevallen
    rijen, leeg = [], []
    for code, regel in SIGNAALREGELS.items():
        if code not in opdracht.uitslag:
            continue
        telling = opdracht.uitslag[code]
        if not telling:
            leeg.append(regel.naam)
            continue
        vraag = Vraag(soort=code)
        rijen.append(
            Telrij(
                regel.naam,
                Getal(sum(telling.values()), vraag.adres() if linkt else "", regel.naam),
                [
                    Getal(
                        telling.get(een, 0),
                        vraag.adres(gemeente=een) if linkt else "",
                        f"{regel.naam} in {namen.get(een, een)}",
                    )
                    for een in gemeenten
                ],
            )
        )
    lang = opdracht.stand == Zoekopdracht.Stand.WACHT and not opdracht.reden
    return Zoekbeeld(
        opdracht=opdracht,
        titel=_titel(opdracht),
        tekst=_tekst(opdracht),
        niemand=lang and moment - opdracht.gevraagd_op > WACHT_LANG,
        gemeenten=[namen.get(een, een) for een in gemeenten],
        rijen=rijen,
        leeg=taal.opsomming(leeg),
    )


def _tekst(opdracht: Zoekopdracht) -> str:
    if opdracht.stand == Zoekopdracht.Stand.WACHT:
        return opdracht.reden or "Staat in de rij"
    if opdracht.stand == Zoekopdracht.Stand.BEZIG:
        return f"We kijken naar: {opdracht.stap}" if opdracht.stap else "We beginnen"
    if opdracht.stand == Zoekopdracht.Stand.MISLUKT:
        return opdracht.reden
    if opdracht.bewaart:
        nieuw = taal.meervoud(opdracht.nieuw, "nieuw signaal", "nieuwe signalen")
        return f"{nieuw}, {taal.getal(opdracht.vervallen)} vervallen. Nu staan er {taal.getal(opdracht.totaal)} open."
    gevonden = taal.meervoud(opdracht.totaal, "keer viel", "keer viel")
    return f"{gevonden} er iets op. Dit zijn alleen aantallen: er is niets bewaard of veranderd."
