"""Schools by number: those that a delivery brought without a name, and the way to give them one."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from routekaart.basis.berichten import meld
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Filter
from routekaart.basis.taal import getal
from routekaart.leveringen.acties_scholen import vul_school_aan, zelfde_school
from routekaart.leveringen.forms_scholen import SchoolFormulier
from routekaart.leveringen.paginas import getal_uit, kruimels
from routekaart.leveringen.selecties import PER_PAGINA
from routekaart.loopbaan.models import Instelling
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht

ALLE = "alle"


@vereist(Recht.LEVERINGEN)
def scholen(request: Verzoek) -> HttpResponse:
    """The schools that wait for a name; with `?school=` one of them as a form. All others can be looked up too."""
    toon = ALLE if request.GET.get("toon") == ALLE else ""
    zoek = request.GET.get("q", "").strip()[:60]
    na = getal_uit(request, "na")
    adres = reverse("leveringen:scholen")
    wachtend: QuerySet[Instelling] = Instelling.objects.filter(aanvullen=True)
    rijen = Instelling.objects.all() if toon else wachtend
    if zoek:
        rijen = rijen.filter(Q(naam__icontains=zoek) | Q(brin__istartswith=zoek) | Q(plaats__icontains=zoek))
    blad = list(rijen.filter(pk__gt=na).order_by("pk")[: PER_PAGINA + 1])
    gekozen = _gekozen(request)
    form = None
    if gekozen is not None:
        zelfde = zelfde_school(gekozen) if gekozen.aanvullen else None
        form = SchoolFormulier(request.POST or None, school=gekozen, zelfde=zelfde)
        if request.method == "POST" and form.is_valid():
            try:
                vul_school_aan(gekozen, **form.cleaned_data, toegang=request.toegang, nu=nu())
            except Geweigerd as reden:
                form.geweigerd(reden)
            else:
                meld(request, f"{gekozen.brin} heet nu {gekozen.naam}.")
                return redirect(f"{adres}?toon={toon}" if toon else adres)
    request.inzage.noteer("leveringen.bekeken", inhoud={"soort": "scholen", "toon": toon, "q": zoek})
    keuze = {naam: waarde for naam, waarde in (("toon", toon), ("q", zoek)) if waarde}
    aantal = wachtend.count()
    context = {
        "rijen": blad[:PER_PAGINA],
        "wachtend": aantal,
        "gekozen": gekozen,
        "form": form,
        "toon": toon,
        "zoek": zoek,
        "vraag": urlencode(keuze),
        "filters": [
            Filter("Zonder naam", adres, getal(aantal), gekozen=not toon),
            Filter("Alle scholen", f"{adres}?toon={ALLE}", gekozen=bool(toon)),
        ],
        "volgende": f"?{urlencode({**keuze, 'na': blad[PER_PAGINA - 1].pk})}" if len(blad) > PER_PAGINA else "",
        "kruimels": kruimels(),
    }
    return render(request, "leveringen/scholen.html", context)


def _gekozen(request: Verzoek) -> Instelling | None:
    """The school of the address; None without one. Raises Http404 for one that is not there."""
    tekst = request.GET.get("school", "")
    if not tekst:
        return None
    try:
        return Instelling.objects.get(sleutel=uuid.UUID(tekst))
    except (ValueError, Instelling.DoesNotExist):
        raise Http404 from None
