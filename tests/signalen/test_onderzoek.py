"""Own research is planned, stands in the work of who does it when it is due, and comes back by itself (MEL-26)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from routekaart.logboek.models import Logregel
from routekaart.signalen.models import Onderzoek, Onderzoekbeurt
from tests import fabrieken
from tests.fabrieken import VANDAAG, Gebied

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
PAGINA = "/signalen/onderzoek/"


@pytest.fixture
def coordinator(gebied: Gebied) -> Any:
    return fabrieken.maak_gebruiker(gebied, "coordinator", "coordinator")


def tekst(venster: Client, adres: str = PAGINA) -> str:
    antwoord = venster.get(adres)
    assert antwoord.status_code == 200
    return unescape(antwoord.content.decode())


def plan(venster: Client, eigenaar: Any, **anders: str) -> Any:
    velden = {"doe": "plan", "soort": "duo-vsv", "elke_weken": "4", "eerst_op": "17-11-2026"}
    return venster.post(PAGINA, velden | {"eigenaar": str(eigenaar.sleutel)} | anders)


def test_van_plannen_tot_vanzelf_weer_terug(coach: Any, coordinator: Any, als: Als) -> None:
    assert plan(als(coordinator), coach).status_code == 302
    pagina = tekst(als(coach))
    assert "1 onderzoek is aan de beurt." in pagina and 'href="/signalen/duo-vsv/"' in pagina
    assert f'<a href="{PAGINA}">Onderzoek dat aan de beurt is</a><b>1</b>' in tekst(als(coach), "/")
    rij = Onderzoek.objects.get()
    gedaan = {"doe": "gedaan", "onderzoek": str(rij.sleutel), "versie": "1", "bevinding": "3 gevonden, 3 meldingen"}
    assert als(coach).post(PAGINA, gedaan).status_code == 302
    rij.refresh_from_db()
    assert rij.volgende_op == VANDAAG + dt.timedelta(weeks=4)
    assert "3 gevonden, 3 meldingen" in tekst(als(coach)) and "Je bent bij." in tekst(als(coach))
    assert "aan de beurt is" not in tekst(als(coach), "/")
    assert Logregel.objects.filter(code__startswith="onderzoek.").count() == 2
    # sent twice: the next time stays what it was
    als(coach).post(PAGINA, gedaan)
    assert Onderzoekbeurt.objects.count() == 1


def test_plannen_is_aan_de_coordinator_en_stoppen_ook(coach: Any, coordinator: Any, als: Als) -> None:
    assert plan(als(coach), coach).status_code == 404
    plan(als(coordinator), coach)
    plan(als(coordinator), coach, elke_weken="2")
    rij = Onderzoek.objects.get()
    assert rij.elke_weken == 2
    stop = {"doe": "stop", "onderzoek": str(rij.sleutel)}
    assert als(coach).post(PAGINA, stop).status_code == 404
    assert als(coordinator).post(PAGINA, stop).status_code == 302
    assert "Er is nog niets gepland." in tekst(als(coach))


@pytest.mark.parametrize(("veld", "waarde", "zin"), [("elke_weken", "0", "1"), ("eerst_op", "1-1-2020", "later")])
def test_wat_niet_kan_wordt_uitgelegd(coach: Any, coordinator: Any, als: Als, veld: str, waarde: str, zin: str) -> None:
    pagina = plan(als(coordinator), coach, **{veld: waarde})
    assert pagina.status_code == 200 and zin in pagina.content.decode()
    assert not Onderzoek.objects.exists()
