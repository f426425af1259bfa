"""Puts the scope on the request and writes what was read before the page leaves."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from routekaart.toegang.bereik import NIEMAND, Toegang, toegang_van
from routekaart.toegang.inzage import Inzage
from routekaart.toegang.models import Gebruiker

Antwoord = Callable[[HttpRequest], HttpResponse]


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
