"""The jongeren in een kwetsbare positie who are kept in view: counts, and the cases behind each number."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from routekaart.basis.onderdelen import Kruimel
from routekaart.signalen.jikplijst import AANDACHT, Vraag, maak_beeld
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.SIGNALEN_ZIEN)
@require_safe
def jikp(request: Verzoek) -> HttpResponse:
    """Counts by origin, destination and attention; the list is what the address asks for (JKP-08)."""
    vraag = Vraag.lees(request.GET)
    request.inzage.noteer("jikp.bekeken-lijst", inhoud=vraag.als_inhoud)
    context = {
        "beeld": maak_beeld(vraag, toegang=request.toegang, op=timezone.localdate(nu())),
        "koppen": ["Totaal", *AANDACHT.values()],
        "kruimels": [Kruimel("Signalen", reverse("signalen:lijst"))],
    }
    return render(request, "signalen/jikp.html", context)
