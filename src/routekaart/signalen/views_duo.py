"""DUO's vsv lists beside our own, and meldingen of who is only on theirs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from routekaart.basis.berichten import waarschuw
from routekaart.basis.onderdelen import Kruimel
from routekaart.signalen.aangevinkt import aangevinkte_jongeren, maak_meldingen
from routekaart.signalen.duovergelijk import ALLEEN_DUO, TOON, Vraag, lijsten_van, maak_beeld, meld
from routekaart.signalen.vergelijk import PER_PAGINA
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.SIGNALEN_ZIEN)
@require_safe
def duo_vsv(request: Verzoek) -> HttpResponse:
    """The three groups per gemeente, and the cases of the one that is chosen."""
    vraag = Vraag.lees(request.GET)
    request.inzage.noteer("duo-vsv.bekeken", inhoud=vraag.als_inhoud)
    beeld = maak_beeld(vraag, toegang=request.toegang, op=timezone.localdate(nu()))
    context = {
        "beeld": beeld,
        "groepen": list(TOON.values()),
        "keuze": TOON[vraag.toon],
        "mag_melden": request.toegang.mag(Recht.MELDINGEN_AANNEMEN) and vraag.toon == ALLEEN_DUO,
        "kruimels": [Kruimel("Signalen", reverse("signalen:lijst"))],
    }
    return render(request, "signalen/duo_vsv.html", context)


@vereist(Recht.MELDINGEN_AANNEMEN)
@require_POST
def duo_vsv_melden(request: Verzoek) -> HttpResponse:
    """Makes a melding of everybody who was ticked, or of nobody."""
    lijst = next((een for een in lijsten_van(request.toegang) if een.code == request.POST.get("lijst")), None)
    jongeren = aangevinkte_jongeren(request, "jongere", hoogstens=PER_PAGINA, deur="signalen.duo-vsv")
    if lijst is None:
        waarschuw(request, "Kies eerst een lijst van DUO.")
        return redirect(reverse("signalen:duo-vsv"))
    return maak_meldingen(
        request,
        jongeren,
        lambda: meld(lijst, jongeren, toegang=request.toegang, nu=nu()),
        terug=Vraag(lijst=lijst.code).adres(),
    )
