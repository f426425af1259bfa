"""Pages that explain: help, accessibility, and what we record about who looks. Open to everybody; nothing personal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart.toegang.deuren import openbaar


@openbaar("Uitleg over het werken met Routekaart; er staat niets persoonlijks op.")
@require_safe
def hulp(request: HttpRequest) -> HttpResponse:
    """How one begins, and whom to ask."""
    return render(request, "werkplek/hulp.html")


@openbaar("Een toegankelijkheidsverklaring hoort iedereen te kunnen lezen.")
@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """What works for everybody, how that is checked, and where to tell that something does not."""
    return render(request, "werkplek/toegankelijkheid.html")


@openbaar("Ook wie niet is aangemeld, mag weten wat wij vastleggen.")
@require_safe
def wat_wij_vastleggen(request: HttpRequest) -> HttpResponse:
    """That reading is logged: what stands in a line, who reads it, and how it is guarded."""
    return render(request, "werkplek/wat_wij_vastleggen.html")
