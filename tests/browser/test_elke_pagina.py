"""Every page of the product, with real style and real people in it: accessible, and within the screen of a phone.

The pages come from the table of tests/deuren, so that a new address is looked at by itself. They are served to Chromium
without a web server: fetched by Django's test client of a user who may see the page.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route

from tests.browser.conftest import BREED, SMAL, TELEFOON
from tests.deuren.adressen import adres_van
from tests.deuren.conftest import bezoek, wereld
from tests.deuren.routes import OPENBAAR, ROUTES
from tests.deuren.test_deuren import een_van, wie_mag
from tests.deuren.wereld import Wereld

__all__ = ["bezoek", "wereld"]

BASIS = "http://localhost"
# answers for a machine, and the parts that a form fetches while it is filled in
GEEN_PAGINA = {"gezond:levend", "gezond:klaar", "begeleiding:gevolg", "werkplek:afhandelen-gevolg"}
PAGINAS = [naam for naam, deur in ROUTES.items() if not deur.alleen_post and naam not in GEEN_PAGINA]


def serveer(page: Page, pagina: Any) -> None:
    """Answers what Chromium asks: style and script from the package, and this one page.

    The page was fetched before: within the handler another loop runs, in which the database may not be asked.
    """
    koppen = {naam: waarde for naam, waarde in pagina.headers.items() if naam.lower() != "content-length"}

    def antwoord(route: Route) -> None:
        pad = urlsplit(route.request.url).path
        if not pad.startswith("/static/"):
            route.fulfill(status=pagina.status_code, headers=koppen, body=pagina.content)
            return
        bestand = finders.find(pad.removeprefix("/static/"))
        if not isinstance(bestand, str):
            route.fulfill(status=404)
            return
        soort = mimetypes.guess_type(bestand)[0] or "application/octet-stream"
        route.fulfill(body=Path(bestand).read_bytes(), content_type=soort)

    page.route("**/*", antwoord)


def test_er_zijn_genoeg_paginas() -> None:
    assert len(PAGINAS) >= 60
    assert {"werkplek:werkvoorraad", "dossiers:route", "meldingen:lijst", "account_login"} <= set(PAGINAS)


@pytest.mark.django_db
@pytest.mark.parametrize("naam", PAGINAS)
def test_pagina_is_toegankelijk_en_past(
    page: Page,
    wereld: Wereld,
    bezoek: Callable[[str | None], Client],
    axe: Callable[..., None],
    past_in_beeld: Callable[[Page], None],
    naam: str,
) -> None:
    deur = ROUTES[naam]
    wie = None if naam in OPENBAAR else wie_mag(deur)[0] if deur.recht else "doorstroomcoach"
    persoon = een_van(wereld, wie, deur, naam) if wie and deur.recht else wereld.personen["A"]
    adres = adres_van(naam, persoon)
    pagina: Any = bezoek(wie).get(adres, headers={"host": "localhost"}, follow=True)
    assert pagina.status_code == 200
    if "text/html" not in pagina.headers["content-type"] or "attachment" in pagina.headers.get(
        "content-disposition", ""
    ):
        return  # a file to download
    serveer(page, pagina)
    page.set_viewport_size({"width": BREED, "height": 900})
    page.goto(f"{BASIS}{adres}")
    axe(page)
    for breed in (BREED, TELEFOON, SMAL):
        page.set_viewport_size({"width": breed, "height": 800})
        past_in_beeld(page)
    axe(page, smal=True)
