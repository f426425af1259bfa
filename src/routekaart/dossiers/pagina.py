"""A page of a dossier that does one act from one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from routekaart.basis.berichten import meld
from routekaart.basis.formulieren import Formulier
from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.views import eis_werken
from routekaart.toegang.deuren import Verzoek


def toont_formulier(request: Verzoek, dossier: Dossier) -> bool:
    """Whether the form is on the page: as long as one can work here, and after sending it in any case, so that what
    was typed stays when a colleague closed the werkproces meanwhile.
    """
    return dossier.kan_werken or (request.method == "POST" and dossier.mag_werken)


def verwerk(
    request: Verzoek,
    dossier: Dossier,
    form: Formulier,
    doe: Callable[[], Any],
    *,
    klaar: str,
    naar: str,
) -> HttpResponse | None:
    """Does the act of a form that was sent and is right, and leads on to `naar`; None shows the form (again).

    A refusal stands in the form, with everything that was typed.
    """
    if request.method != "POST":
        return None
    eis_werken(request, dossier)
    if not form.is_valid():
        return None
    try:
        doe()
    except Geweigerd as reden:
        form.geweigerd(reden)
        return None
    meld(request, klaar)
    return redirect(naar)
