"""Where the database is away for a moment, or we break something: the page says so, and what was typed is not lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from routekaart.dossiers.models import Aantekening
from tests import fabrieken
from tests.fabrieken import NU

TEKST = "Yara vertelt dat de bus niet rijdt voor zeven uur, en zegt: “<ik> wil wel”."


@pytest.fixture(autouse=True)
def op_dinsdag() -> Iterator[None]:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def browser(coach: Any) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(coach)
    return client


@pytest.fixture
def adres(gebied: fabrieken.Gebied, coach: Any) -> str:
    werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    return reverse("dossiers:aantekening", args=[werkproces.jongere.sleutel])


def weg(execute: Any, sql: str, *rest: Any) -> Any:
    """The database goes away before the first row is written."""
    if sql.startswith("INSERT"):
        raise OperationalError("server closed the connection unexpectedly")
    return execute(sql, *rest)


def stuk(execute: Any, sql: str, *rest: Any) -> Any:
    if sql.startswith("INSERT"):
        raise ZeroDivisionError
    return execute(sql, *rest)


def verborgen(pagina: str) -> dict[str, str]:
    """The form that the page offers to send again."""
    return {naam: html.unescape(waarde) for naam, waarde in re.findall(r'name="([^"]+)" value="([^"]*)"', pagina)}


def typ(browser: Client, adres: str) -> dict[str, str]:
    browser.get(adres)
    token = browser.cookies["csrftoken"].value
    return {"csrfmiddlewaretoken": token, "aard": "uitspraak", "tekst": TEKST, "op": "16-11-2026"}


def test_wat_je_typte_gaat_alsnog_weg_als_de_database_terug_is(browser: Client, adres: str) -> None:
    velden = typ(browser, adres)
    with connection.execute_wrapper(weg):
        antwoord = browser.post(adres, velden)
    assert antwoord.status_code == 503
    assert antwoord["Retry-After"] == "10" and "no-store" in antwoord["Cache-Control"]
    assert "De gegevens zijn even niet bereikbaar" in antwoord.text
    assert not Aantekening.objects.alles(reden="test").exists()

    opnieuw = browser.post(adres, verborgen(antwoord.text))
    assert opnieuw.status_code == 302
    assert Aantekening.objects.alles(reden="test").get().tekst == TEKST


def test_ook_bij_een_fout_van_ons_blijft_wat_je_schreef_te_lezen(browser: Client, adres: str) -> None:
    velden = typ(browser, adres)
    with connection.execute_wrapper(stuk):
        antwoord = browser.post(adres, velden)
    assert antwoord.status_code == 500
    assert verborgen(antwoord.text)["tekst"] == TEKST
    assert html.escape(TEKST) in antwoord.text.split("<details")[1]


def test_een_pagina_die_niet_open_kon_wijst_naar_zichzelf(browser: Client, adres: str) -> None:
    with connection.execute_wrapper(weg):
        antwoord = browser.get(adres + "?terug=route")
    assert antwoord.status_code == 503
    assert f'href="{adres}?terug=route"' in antwoord.text and "<form" not in antwoord.text


def test_een_wachtwoord_komt_nooit_op_een_pagina(adres: str) -> None:
    inloggen = Client(raise_request_exception=False)
    with connection.execute_wrapper(stuk):
        antwoord = inloggen.post(
            reverse("account_login"), {"login": "x@y.example", "password": "geheim-geheim-geheim-geheim"}
        )
    assert antwoord.status_code == 500
    assert "geheim" not in antwoord.text and "x@y.example" not in antwoord.text
