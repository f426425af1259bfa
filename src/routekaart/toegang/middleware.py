"""Puts the scope on the request, writes what was read before the page leaves, and lets no reader wait for a writer."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from routekaart.basis.schrijfbeurt import EenAnderSchrijft, zonder_wachten
from routekaart.toegang.bereik import NIEMAND, Toegang, toegang_van
from routekaart.toegang.inzage import Inzage
from routekaart.toegang.models import Gebruiker

Antwoord = Callable[[HttpRequest], HttpResponse]


class SessieMiddleware(SessionMiddleware):
    """The session, which a page that is only read does not wait to save.

    All that reading changes in the session of who is signed in, is that a message was shown. Where somebody else writes
    the database just then, the next page shows the message once more.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        leest = request.method in {"GET", "HEAD"} and request.session.modified and SESSION_KEY in request.session
        if not leest:
            return super().process_response(request, response)
        try:
            with zonder_wachten():
                return super().process_response(request, response)
        except EenAnderSchrijft:
            return response


class ToegangMiddleware:
    """`request.toegang`: loaded at first use, once per request."""

    def __init__(self, antwoord: Antwoord) -> None:
        self.antwoord = antwoord

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def laad() -> Toegang:
            if not isinstance(request.user, Gebruiker):
                return NIEMAND
            return toegang_van(request.user, op=timezone.localdate())

        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
            raise BadRequest("Een nulteken hoort in geen adres; PostgreSQL kan er niet mee zoeken")
        request.toegang = SimpleLazyObject(laad)  # type: ignore[attr-defined]
        response = self.antwoord(request)
        if isinstance(request.user, Gebruiker):
            # at school and in the wijkteam people share a computer: nothing about persons stays behind in it
            response.setdefault("Cache-Control", "private, no-store")
        return response


class InzageMiddleware:
    """`request.inzage`: what the page read, written to the log before the page leaves."""

    def __init__(self, antwoord: Antwoord) -> None:
        self.antwoord = antwoord

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inzage = request.inzage = Inzage()  # type: ignore[attr-defined]
        response = self.antwoord(request)
        # what is not logged does not leave: when this raises, the visitor gets the page for a failure
        inzage.schrijf(request.toegang, nu=timezone.now())  # type: ignore[attr-defined]
        return response
