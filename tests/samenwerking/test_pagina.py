"""The page of the feedback: prepared, per melding, with a second look where a word stands out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.models import Terugkoppeling
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU

Als = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def nu() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


@pytest.fixture
def melding(werkproces: Werkproces, gebied: fabrieken.Gebied) -> Melding:
    return stappen.melding(werkproces, gebied)


def adres(werkproces: Werkproces, melding: Melding | None = None) -> str:
    url = reverse("samenwerking:terugkoppelen", args=[werkproces.jongere.sleutel])
    return f"{url}?melding={melding.sleutel}" if melding else url


def gegeven() -> list[Terugkoppeling]:
    return list(Terugkoppeling.objects.alles(reden="test").order_by("pk"))


def test_opent_met_alles_voorbereid(als: Als, coach: Any, werkproces: Werkproces, melding: Melding) -> None:
    stappen.afsluiten(werkproces, coach, uitkomst="verhuisd")
    pagina = als(coach).get(adres(werkproces))
    form = pagina.context["form"]
    assert form["kanaal"].value() == "duo" and form["duo"].value() == "G4"
    assert form["tekst"].value().startswith("De jongere valt niet meer onder onze regio")
    assert form["ontvanger"].value() == "Karin Slot, ROC De Waarden"
    assert "Eén melder hoorde nog niets." in pagina.text


def test_koppelt_terug_via_duo(als: Als, coach: Any, werkproces: Werkproces, melding: Melding) -> None:
    data = {"kanaal": "duo", "duo": "G1", "duo_opmerking": "3"}
    assert als(coach).post(adres(werkproces), data).headers["Location"].endswith("/route/")
    melding.refresh_from_db()
    assert (melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking) == ("G", 1, 3)


def test_zonder_reden_vraagt_duo_erom(als: Als, coach: Any, werkproces: Werkproces, melding: Melding) -> None:
    pagina = als(coach).post(adres(werkproces), {"kanaal": "duo", "duo": "", "duo_opmerking": ""}).text
    assert "Kies wat school via DUO te horen krijgt." in pagina
    assert not gegeven()


def test_een_opvallend_woord_vraagt_een_vinkje(als: Als, coach: Any, werkproces: Werkproces, melding: Melding) -> None:
    browser = als(coach)
    assert "Ik heb gekeken" not in browser.get(adres(werkproces)).text
    data = {
        "kanaal": "e-mail",
        "ontvanger": "Karin Slot",
        "tekst": "Yara heeft schulden",
        "duo": "",
        "duo_opmerking": "",
    }
    pagina = browser.post(adres(werkproces), data).text
    assert "Kijk nog eens naar: schulden." in pagina and "Ik heb gekeken" in pagina
    assert "Yara heeft schulden" in pagina
    assert not gegeven()
    assert browser.post(adres(werkproces), data | {"gecontroleerd": "on"}).status_code == 302
    assert len(gegeven()) == 1


def test_een_andere_melder_hoort_een_vaste_tekst(
    als: Als, coach: Any, werkproces: Werkproces, gebied: fabrieken.Gebied
) -> None:
    melding = stappen.melding(werkproces, gebied, melder_soort="partner", duo_nummer=None, duo_status="")
    browser = als(coach)
    pagina = browser.get(adres(werkproces, melding))
    assert "De melder is geen school" in pagina.text and "tekst" not in pagina.context["form"].fields
    data = {"kanaal": "telefoon", "ontvanger": "Joris", "tekst": "Yara heeft werk"}
    assert browser.post(adres(werkproces, melding), data).status_code == 302
    assert "Yara" not in gegeven()[0].tekst


def test_gaat_naar_de_volgende_melder_die_wacht(
    als: Als, coach: Any, werkproces: Werkproces, melding: Melding, gebied: fabrieken.Gebied
) -> None:
    tweede = stappen.melding(werkproces, gebied, duo_nummer="9")
    antwoord = als(coach).post(adres(werkproces, melding), {"kanaal": "duo", "duo": "K", "duo_opmerking": ""})
    assert str(tweede.sleutel) in antwoord.headers["Location"]
    assert "teruggekoppeld" in als(coach).get(adres(werkproces)).text


def test_een_melding_van_een_ander_is_er_niet(
    als: Als, coach: Any, werkproces: Werkproces, melding: Melding, gebied: fabrieken.Gebied
) -> None:
    ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    assert als(coach).get(adres(ander, melding)).status_code == 404


def test_administratie_kijkt_alleen(als: Als, administratie: Any, werkproces: Werkproces, melding: Melding) -> None:
    browser = als(administratie)
    assert "Koppel terug aan" not in browser.get(adres(werkproces)).text
    assert browser.post(adres(werkproces), {"kanaal": "duo", "duo": "K", "duo_opmerking": ""}).status_code == 404
    assert not gegeven()


def test_het_aantal_zoekvragen_groeit_niet(
    als: Als, coach: Any, gebied: fabrieken.Gebied, django_assert_max_num_queries: Any
) -> None:
    tellingen = []
    for keer in (1, 6):
        werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
        for nummer in range(keer):
            melding = stappen.melding(werkproces, gebied, duo_nummer=f"{werkproces.pk}-{nummer}")
            stappen.terugkoppelen(werkproces, coach, melding=melding)
        browser = als(coach)
        browser.get(adres(werkproces))
        with django_assert_max_num_queries(20) as gezien:
            browser.get(adres(werkproces))
        tellingen.append(len(gezien))
    assert tellingen[0] == tellingen[1]
