"""The pages for what is not there, not allowed or broken: in Dutch, with a way on, and without a query."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _pagina(naam: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(naam), status=status)


def onbegrepen(request: HttpRequest, exception: Any) -> HttpResponse:
    return _pagina("400.html", 400)


def geweigerd(request: HttpRequest, exception: Any) -> HttpResponse:
    return _pagina("403.html", 403)


def niet_gevonden(request: HttpRequest, exception: Any) -> HttpResponse:
    return _pagina("404.html", 404)


def storing(request: HttpRequest) -> HttpResponse:
    return _pagina("500.html", 500)
