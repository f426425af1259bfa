"""The page for a database that is away: accessible, within a phone's screen, and what was typed goes with one click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from playwright.sync_api import Page, Request, expect

from routekaart.project.fouten import storing
from tests.browser.conftest import BREED, SMAL

TEKST = "Yara vertelt dat de bus niet rijdt voor zeven uur.\nZij wil wel."


@pytest.mark.parametrize("breed", [BREED, SMAL])
def test_de_pagina_bij_een_storing(
    open_als: Callable[..., Page],
    axe: Callable[[Page], None],
    past_in_beeld: Callable[[Page], None],
    breed: int,
    db: Any,
) -> None:
    try:
        raise OperationalError("server closed the connection unexpectedly")
    except OperationalError:
        antwoord = storing(RequestFactory().post("/stuk/", {"tekst": TEKST, "aard": "uitspraak"}))
    pagina = open_als(breed=breed)
    verstuurd: list[Request] = []

    def speel(route: Any) -> None:
        verstuurd.append(route.request)
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=antwoord.text)

    pagina.route("**/stuk/", speel)
    pagina.goto("/stuk/")
    pagina.get_by_text("Laat zien wat je schreef").click()
    expect(pagina.get_by_text("Zij wil wel.")).to_be_visible()
    past_in_beeld(pagina)
    axe(pagina)
    pagina.get_by_role("button", name="Verstuur het nog een keer").click()
    pagina.wait_for_load_state()
    assert verstuurd[-1].method == "POST" and "aard=uitspraak" in (verstuurd[-1].post_data or "")
