"""The jongeren in een kwetsbare positie who are kept in view, and the report of the JIKP-portaal beside them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from routekaart.basis.berichten import waarschuw
from routekaart.basis.onderdelen import Kruimel
from routekaart.signalen import jikpvergelijk
from routekaart.signalen.aangevinkt import aangevinkte_jongeren, maak_meldingen
from routekaart.signalen.jikplijst import AANDACHT, Vraag, maak_beeld
from routekaart.signalen.vergelijk import PER_PAGINA
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


@vereist(Recht.SIGNALEN_ZIEN)
@require_safe
def portaal(request: Verzoek) -> HttpResponse:
    """Who is in the report, who is with us, and of whom the origin differs, per gemeente and by name (JKP-03)."""
    vraag = jikpvergelijk.Vraag.lees(request.GET)
    request.inzage.noteer("jikp.rapportage-bekeken", inhoud=vraag.als_inhoud)
    alleen_daar = vraag.toon == jikpvergelijk.ALLEEN_PORTAAL
    context = {
        "beeld": jikpvergelijk.maak_beeld(vraag, toegang=request.toegang, op=timezone.localdate(nu())),
        "groepen": list(jikpvergelijk.TOON.values()),
        "koppen": jikpvergelijk.KOLOMMEN,
        "keuze": jikpvergelijk.TOON[vraag.toon],
        "mag_melden": request.toegang.mag(Recht.MELDINGEN_AANNEMEN) and alleen_daar,
        "kruimels": [
            Kruimel("Signalen", reverse("signalen:lijst")),
            Kruimel("JIKP in beeld", reverse("signalen:jikp")),
        ],
    }
    return render(request, "signalen/jikp_portaal.html", context)


@vereist(Recht.MELDINGEN_AANNEMEN)
@require_POST
def portaal_melden(request: Verzoek) -> HttpResponse:
    """Makes a melding of everybody who was ticked, or of nobody."""
    rapportages = jikpvergelijk.rapportages_van(request.toegang)
    gekozen = next((een for een in rapportages if een.code == request.POST.get("lijst")), None)
    jongeren = aangevinkte_jongeren(request, "jongere", hoogstens=PER_PAGINA, deur="signalen.jikp-portaal")
    if gekozen is None:
        waarschuw(request, "Kies eerst een rapportage.")
        return redirect(reverse("signalen:jikp-portaal"))
    return maak_meldingen(
        request,
        jongeren,
        lambda: jikpvergelijk.meld(gekozen, jongeren, toegang=request.toegang, nu=nu()),
        terug=jikpvergelijk.Vraag(lijst=gekozen.code).adres(),
    )
