"""After signing in everybody lands somewhere that is theirs; the menu and the foot are right on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.meldingen.models import Melding
from tests import fabrieken

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]


@pytest.mark.parametrize(
    ("rol", "naam"),
    [
        ("schoolcontact", "portaal:meldingen"),
        ("kwaliteit", "werkplek:jongeren"),
        ("privacy", "beheer:logboek"),
        ("beheerder", "beheer:instellingen"),
        ("beleid", "werkplek:doelgroepwijzer"),
    ],
)
def test_wie_geen_werkvoorraad_heeft_komt_op_de_eigen_eerste_pagina(
    gebied: fabrieken.Gebied, als: Als, rol: str, naam: str
) -> None:
    browser = als(fabrieken.maak_gebruiker(gebied, "iemand", rol))
    antwoord = browser.get("/")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == reverse(naam)
    assert browser.get(antwoord["Location"]).status_code == 200


@pytest.mark.parametrize("rol", ["ketenpartner", "jongere"])
def test_wie_nog_geen_pagina_heeft_krijgt_uitleg(gebied: fabrieken.Gebied, als: Als, rol: str) -> None:
    antwoord = als(fabrieken.maak_gebruiker(gebied, "iemand", rol)).get("/")
    assert antwoord.status_code == 200
    assert "Voor jouw rol is er nog geen pagina" in antwoord.content.decode()


def test_wie_geen_rol_heeft_leest_wat_er_nu_moet_gebeuren(gebied: fabrieken.Gebied, als: Als) -> None:
    antwoord = als(fabrieken.maak_gebruiker(gebied, "iemand")).get("/")
    assert antwoord.status_code == 200
    tekst = antwoord.content.decode()
    assert "Je account heeft nog geen rol" in tekst
    assert "Vraag de functioneel beheerder" in tekst and "iemand@veldermeer.example" in tekst


@pytest.mark.parametrize("adres", ["/jongeren/", "/meldingen/", "/leveringen/", "/doelgroepwijzer/", "/zoeken/?q=a"])
def test_wie_geen_rol_heeft_ziet_verder_niets(gebied: fabrieken.Gebied, als: Als, adres: str) -> None:
    assert als(fabrieken.maak_gebruiker(gebied, "iemand")).get(adres).status_code == 404


@pytest.mark.parametrize(
    ("rol", "titel"),
    [
        ("doorstroomcoach", "Goede"),
        ("leerplichtambtenaar", "Goede"),
        ("coordinator", "Werk van het team"),
        ("administratie", "Alles is verwerkt."),
    ],
)
def test_de_werkvoorraad_hoort_bij_de_rol(gebied: fabrieken.Gebied, als: Als, rol: str, titel: str) -> None:
    antwoord = als(fabrieken.maak_gebruiker(gebied, "iemand", rol)).get("/")
    assert antwoord.status_code == 200
    assert titel in antwoord.content.decode()


def test_wie_niet_is_aangemeld_meldt_zich_eerst_aan(client: Client, db: Any) -> None:
    assert client.get("/")["Location"].startswith(reverse("account_login"))


def test_het_menu_telt_wat_op_ons_oordeel_wacht(gebied: fabrieken.Gebied, coach: Any, als: Als) -> None:
    for stand in (Melding.Stand.TE_BEOORDELEN, Melding.Stand.TE_BEOORDELEN, Melding.Stand.WACHT):
        fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied), stand=stand)
    for adres in ("/", "/jongeren/", "/doelgroepwijzer/"):
        (punt,) = [punt for punt in als(coach).get(adres).context["menu"] if punt.label == "Meldingen"]
        assert (punt.teller, punt.teller_tekst) == ("2", "te beoordelen"), adres
    assert '2<span class="rk-alleen-lezer"> te beoordelen</span>' in als(coach).get("/").content.decode()


def test_zonder_meldingen_telt_het_menu_niets(coach: Any, als: Als) -> None:
    (punt,) = [punt for punt in als(coach).get("/jongeren/").context["menu"] if punt.label == "Meldingen"]
    assert (punt.teller, punt.teller_tekst) == ("", "")


def test_de_teller_kost_hoogstens_een_vraag_aan_de_database(coach: Any, beleid: Any, als: Als) -> None:
    def meldingvragen(wie: Any, adres: str) -> int:
        browser = als(wie)
        with CaptureQueriesContext(connection) as teller:
            browser.get(adres)
        return sum("meldingen_melding" in vraag["sql"] for vraag in teller.captured_queries)

    assert meldingvragen(coach, "/doelgroepwijzer/") == 1
    assert meldingvragen(coach, "/") == 1, "de werkvoorraad telde ze al"
    assert meldingvragen(beleid, "/doelgroepwijzer/") == 0


@pytest.fixture
def beleid(gebied: fabrieken.Gebied) -> Any:
    return fabrieken.maak_gebruiker(gebied, "beleid", "beleid")


def test_de_voet_noemt_de_regio_en_de_uitleg(coach: Any, als: Als) -> None:
    tekst = als(coach).get("/").content.decode()
    assert "Routekaart · Regio Veldermeer" in tekst
    for naam, titel in (
        ("hulp", "Hulp"),
        ("toegankelijkheid", "Toegankelijkheid"),
        ("wat-wij-vastleggen", "Wat wij vastleggen als u kijkt"),
    ):
        assert f'<a href="{reverse(f"werkplek:{naam}")}">{titel}</a>' in tekst


@pytest.mark.parametrize("naam", ["hulp", "toegankelijkheid", "wat-wij-vastleggen"])
def test_uitleg_is_voor_iedereen_ook_zonder_aanmelden(client: Client, coach: Any, als: Als, naam: str) -> None:
    adres = reverse(f"werkplek:{naam}")
    for browser in (client, als(coach)):
        antwoord = browser.get(adres)
        assert antwoord.status_code == 200
        assert antwoord.content.decode().count("<h1>") == 1
        assert browser.post(adres).status_code == 405


def test_de_zoekbalk_staat_er_alleen_voor_wie_mag_zoeken(coach: Any, beleid: Any, als: Als) -> None:
    assert 'id="zoek"' in als(coach).get("/doelgroepwijzer/").content.decode()
    assert 'id="zoek"' not in als(beleid).get("/doelgroepwijzer/").content.decode()
