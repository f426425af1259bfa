"""Finding a jongere: search from anywhere, and the list with its filters."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.jongerenlijst import Vraag, maak_lijst
from routekaart.werkplek.zoeken import Uitslag, is_geheim, voor_logboek, zoek_jongere

LANGSTE_VRAAG = 120


@vereist(Recht.DOSSIER_ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def zoeken(request: Verzoek) -> HttpResponse:
    """What was typed in the search box. It comes by POST, so that no BSN or birth date stands in an address; a name
    then moves to the address, where it can be shared and found back. One exact number opens the dossier.
    """
    vraag = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:LANGSTE_VRAAG]
    if request.method == "POST" and vraag and not is_geheim(vraag):
        return redirect(f"{reverse('werkplek:zoeken')}?{urlencode({'q': vraag})}")
    if not vraag:
        return render(request, "werkplek/zoeken.html", {"uitslag": None})
    op = timezone.localdate(nu())
    uitslag = zoek_jongere(vraag, toegang=request.toegang, op=op)
    _noteer(request, vraag, uitslag)
    if uitslag.direct:
        return redirect(uitslag.direct)
    # what is a number goes back into nothing: not into the input, not into a link
    return render(request, "werkplek/zoeken.html", {"uitslag": uitslag, "vraag": "" if is_geheim(vraag) else vraag})


def _noteer(request: Verzoek, vraag: str, uitslag: Uitslag) -> None:
    """One line with the question and everybody who was found."""
    enige = uitslag.jongere_ids[0] if len(uitslag.jongere_ids) == 1 else None
    inhoud = {"vraag": voor_logboek(vraag), "gevonden": list(uitslag.jongere_ids)}
    request.inzage.noteer("jongere.gezocht", jongere_id=enige, inhoud=inhoud)


@vereist(Recht.DOSSIER_ZIEN)
@require_safe
def jongeren(request: Verzoek) -> HttpResponse:
    """Everybody in scope with a werkproces, or without one; filters and place stand in the address."""
    vraag = Vraag.lees(request.GET)
    lijst = maak_lijst(vraag, toegang=request.toegang, op=timezone.localdate(nu()))
    if not lijst.rijen and (vraag.na or vraag.voor):  # the row that the page began at is no longer in this list
        return redirect(f"{reverse('werkplek:jongeren')}{vraag.adres(na='', voor='')}")
    request.inzage.noteer("jongeren.bekeken", inhoud=vraag.als_inhoud)
    return render(request, "werkplek/jongeren.html", {"lijst": lijst})
