"""The werkvoorraad says how many signals were let in, and leads to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from routekaart.personen.models import Jongere
from routekaart.signalen.acties import wijs_toe
from routekaart.signalen.models import Instroom
from routekaart.werkplek.werkvoorraad import haal_werkvoorraad
from tests import fabrieken
from tests.fabrieken import NU, Gebied
from tests.signalen.conftest import signaal, zoek

pytestmark = pytest.mark.usefixtures("op_dinsdag")


def aantal(gebruiker: Any) -> int:
    return haal_werkvoorraad(fabrieken.toegang(gebruiker), nu=NU).signalen


def test_telt_wat_is_ingelaten_en_van_mij_of_van_niemand_is(
    gebied: Gebied, oud: Jongere, coach: Any, collega: Any, als: Callable[[Any], Client]
) -> None:
    zoek(gebied, soort="vsv-oud")
    assert aantal(coach) == 1
    pagina = als(coach).get("/").content.decode()
    assert '<a href="/signalen/">1 signaal wacht</a>' in pagina
    wijs_toe(signaal("vsv-oud"), aan=collega, toegang=fabrieken.toegang(coach), nu=NU)
    assert aantal(coach) == 0
    assert aantal(collega) == 1
    assert "signaal wacht" not in als(coach).get("/").content.decode()


def test_wat_op_ruimte_wacht_telt_niet_mee(gebied: Gebied, oud: Jongere, coach: Any) -> None:
    Instroom.objects.create(team=gebied.doorstroompunt, soort="vsv-oud", per_week=0)
    zoek(gebied, soort="vsv-oud")
    assert aantal(coach) == 0
