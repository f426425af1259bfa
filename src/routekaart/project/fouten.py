"""The pages for what is not there, not allowed or broken: in Dutch, with a way on, and without a query.

Where something breaks on our side, what somebody typed comes back with the page: it can be sent again, or copied.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

CSRF = "csrfmiddlewaretoken"
NIET_TERUG = ("password", "wachtwoord")  # never written into a page
LEESBAAR_VANAF = 25  # characters: shorter is a choice or a date, which nobody needs to copy
OPNIEUW_NA = 10  # seconds


def _pagina(naam: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(naam), status=status)


def onbegrepen(request: HttpRequest, exception: Any) -> HttpResponse:
    return _pagina("400.html", 400)


def geweigerd(request: HttpRequest, exception: Any) -> HttpResponse:
    return _pagina("403.html", 403)


def niet_gevonden(request: HttpRequest, exception: Any) -> HttpResponse:
    return _pagina("404.html", 404)


def storing(request: HttpRequest) -> HttpResponse:
    """The page for what broke: 503 where the database is away or busy for a moment, else 500."""
    weg = isinstance(sys.exception(), OperationalError | InterfaceError)
    velden = _getypt(request)
    inhoud = {
        "adres": request.get_full_path(),
        "velden": velden,
        "teksten": [waarde for _, waarde in velden if len(waarde) >= LEESBAAR_VANAF],
        "csrf": get_token(request) if velden else "",
        "bestand": bool(velden and request.FILES),
    }
    antwoord = HttpResponse(render_to_string("503.html" if weg else "500.html", inhoud), status=503 if weg else 500)
    antwoord["Cache-Control"] = "private, no-store"
    if weg:
        antwoord["Retry-After"] = str(OPNIEUW_NA)
    return antwoord


def _getypt(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent; none where it cannot be read or holds a password."""
    try:
        velden = [(naam, str(waarde)) for naam, waarden in request.POST.lists() for waarde in waarden if naam != CSRF]
    except (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError, OSError):
        return []
    return [] if any(woord in naam.lower() for naam, _ in velden for woord in NIET_TERUG) else velden
