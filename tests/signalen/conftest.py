"""People whom a rule wants, on a fixed day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from routekaart.personen.models import Jongere
from routekaart.signalen.acties_detectie import Verslag, signaleer
from routekaart.signalen.models import Signaal
from tests import fabrieken
from tests.fabrieken import NU, Gebied


@pytest.fixture
def op_dinsdag() -> Iterator[None]:
    """Tuesday 17 November 2026."""
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def thuis(gebied: Gebied) -> Jongere:
    """Ten years old, and on no school since the summer of 2025."""
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2016-03-04", voornamen="Nina")
    fabrieken.maak_inschrijving(
        jongere, onderwijssoort="po", niveau=0, van=dt.date(2020, 8, 1), tot=dt.date(2025, 7, 31)
    )
    return jongere


@pytest.fixture
def oud(gebied: Gebied) -> Jongere:
    """Twenty years old, left mbo 3 in May 2023 without a diploma."""
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2006-03-04", voornamen="Bas")
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2022, 8, 1), tot=dt.date(2023, 5, 20))
    return jongere


def zoek(gebied: Gebied, *, nu: dt.datetime = NU, soort: str = "") -> Verslag:
    return signaleer(gebied.regio.pk, nu=nu, soort=soort)


def signalen(**filter_: Any) -> list[Signaal]:
    return list(Signaal.objects.alles(reden="proef").filter(**filter_).order_by("pk"))


def signaal(soort: str) -> Signaal:
    (een,) = signalen(soort=soort)
    return een


def tekst(venster: Client, adres: str) -> str:
    """What stands on the page, as a reader sees its signs."""
    antwoord = venster.get(adres)
    assert antwoord.status_code == 200
    return unescape(antwoord.content.decode())


def wie(pagina: str) -> set[str]:
    """Who of the three stands on it."""
    return {naam for naam in ("Anna", "Bas", "Cas") if f">{naam} " in pagina}
