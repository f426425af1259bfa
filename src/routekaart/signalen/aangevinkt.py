"""Who was ticked in a list, and meldingen of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from routekaart.basis.berichten import meld, waarschuw
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.taal import meervoud
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.toegang.deuren import Verzoek


def aangevinkte_jongeren(request: Verzoek, veld: str, *, hoogstens: int, deur: str) -> list[Jongere]:
    """The young persons of this field, by name; keys may stand in one value with commas.

    404 where one of them is not within reach; the log remembers that `deur` was asked.
    """
    sleutels = set()
    for tekst in ",".join(request.POST.getlist(veld)).split(",")[:hoogstens]:
        try:
            sleutels.add(uuid.UUID(tekst))
        except ValueError:
            continue
    rijen = Jongere.objects.voor(request.toegang).select_related("gemeente").filter(sleutel__in=sleutels)
    gevonden = list(rijen.order_by("zoeknaam", "pk")) if sleutels else []
    if len(gevonden) != len(sleutels):
        request.inzage.weiger(deur)
        raise Http404
    return gevonden


def maak_meldingen(
    request: Verzoek, jongeren: Sequence[Jongere], maak: Callable[[], Sequence[Melding]], *, terug: str
) -> HttpResponse:
    """Makes them of who was ticked, or of nobody, says what happened, and goes back."""
    if not jongeren:
        waarschuw(request, "Vink eerst aan om wie het gaat.")
        return redirect(terug)
    try:
        gemaakt = maak()
    except Geweigerd as reden:
        waarschuw(request, reden.boodschap)
    else:
        meld(request, f"{meervoud(len(gemaakt), 'melding', 'meldingen')} gemaakt. Beoordeel ze bij Meldingen.")
    return redirect(terug)
