"""DUO's vsv lists beside our own, and meldingen of who is only on theirs."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from routekaart.basis.berichten import meld as zeg
from routekaart.basis.berichten import waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.onderdelen import Kruimel
from routekaart.basis.taal import meervoud
from routekaart.personen.models import Jongere
from routekaart.signalen.duovergelijk import ALLEEN_DUO, PER_PAGINA, TOON, Vraag, lijsten_van, maak_beeld, meld
from routekaart.toegang.deuren import Verzoek, nu, vereist
from routekaart.toegang.rechten import Recht


@vereist(Recht.SIGNALEN_ZIEN)
@require_safe
def duo_vsv(request: Verzoek) -> HttpResponse:
    """The three groups per gemeente, and the cases of the one that is chosen."""
    vraag = Vraag.lees(request.GET)
    request.inzage.noteer("duo-vsv.bekeken", inhoud={naam: wat for naam, wat in vars(vraag).items() if wat})
    beeld = maak_beeld(vraag, toegang=request.toegang, op=timezone.localdate(nu()))
    context = {
        "beeld": beeld,
        "koppen": list(TOON.values()),
        "keuze": TOON[vraag.toon],
        "mag_melden": request.toegang.mag(Recht.MELDINGEN_AANNEMEN) and vraag.toon == ALLEEN_DUO,
        "kruimels": [Kruimel("Signalen", reverse("signalen:lijst"))],
    }
    return render(request, "signalen/duo_vsv.html", context)


@vereist(Recht.MELDINGEN_AANNEMEN)
@require_POST
def duo_vsv_melden(request: Verzoek) -> HttpResponse:
    """Makes a melding of everybody who was ticked, or of nobody."""
    sleutels = set()
    for tekst in request.POST.getlist("jongere")[:PER_PAGINA]:
        try:
            sleutels.add(uuid.UUID(tekst))
        except ValueError:
            continue
    terug = Vraag(lijst=request.POST.get("lijst", "")[:40]).adres()
    lijst = next((een for een in lijsten_van(request.toegang) if een.code == request.POST.get("lijst")), None)
    if not sleutels or lijst is None:
        waarschuw(request, "Vink eerst aan om wie het gaat.")
        return redirect(terug)
    jongeren = list(Jongere.objects.voor(request.toegang).filter(sleutel__in=sleutels).order_by("zoeknaam", "pk"))
    if len(jongeren) != len(sleutels):
        request.inzage.weiger("signalen.duo-vsv")
        raise Http404
    try:
        gemaakt = meld(lijst, jongeren, toegang=request.toegang, nu=nu())
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        zeg(request, f"{meervoud(len(gemaakt), 'melding', 'meldingen')} gemaakt. Beoordeel ze bij Meldingen.")
    return redirect(terug)
