"""The work of every role says how many signals wait, by kind, and leads to exactly these; a dossier shows its own."""

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

Als = Callable[[Any], Client]
VOOR_MIJ = "/signalen/?soort=vsv-oud&amp;toon=voor-mij"


def aantal(gebruiker: Any) -> int:
    return haal_werkvoorraad(fabrieken.toegang(gebruiker), nu=NU).signalen.get("vsv-oud", 0)


def pagina(venster: Client, adres: str) -> str:
    antwoord = venster.get(adres)
    assert antwoord.status_code == 200
    return str(antwoord.content.decode())


def test_telt_wat_is_ingelaten_en_van_mij_of_van_niemand_is(
    gebied: Gebied, oud: Jongere, coach: Any, collega: Any, als: Als
) -> None:
    zoek(gebied, soort="vsv-oud")
    assert aantal(coach) == 1
    assert f'<a href="{VOOR_MIJ}">Mogelijk oud-vsv’er</a><b>1</b>' in pagina(als(coach), "/")
    assert oud.naam in pagina(als(coach), VOOR_MIJ.replace("&amp;", "&"))
    wijs_toe(signaal("vsv-oud"), aan=collega, toegang=fabrieken.toegang(coach), nu=NU)
    assert (aantal(coach), aantal(collega)) == (0, 1)
    assert VOOR_MIJ not in pagina(als(coach), "/")
    assert oud.naam not in pagina(als(coach), VOOR_MIJ.replace("&amp;", "&"))


def test_wat_op_ruimte_wacht_telt_niet_mee(gebied: Gebied, oud: Jongere, coach: Any, als: Als) -> None:
    Instroom.objects.create(team=gebied.doorstroompunt, soort="vsv-oud", per_week=0)
    zoek(gebied, soort="vsv-oud")
    assert aantal(coach) == 0
    assert oud.naam not in pagina(als(coach), VOOR_MIJ.replace("&amp;", "&"))


def test_de_administratie_en_de_coordinator_zien_hun_getallen(gebied: Gebied, oud: Jongere, als: Als) -> None:
    zoek(gebied)
    administratie = fabrieken.maak_gebruiker(gebied, "admin", "administratie")
    assert f'<a href="{VOOR_MIJ}">Mogelijk oud-vsv’er</a><b>1</b>' in pagina(als(administratie), "/")
    coordinator = fabrieken.maak_gebruiker(gebied, "coordinator", "coordinator")
    assert 'href="/signalen/?soort=vsv-oud" aria-label="1: Mogelijk oud-vsv’er"' in pagina(als(coordinator), "/")


@pytest.mark.parametrize("tab", ["", "route/"])
def test_een_dossier_laat_zien_wat_er_opviel_en_wat_je_kunt_doen(
    gebied: Gebied, oud: Jongere, coach: Any, ambtenaar: Any, als: Als, tab: str
) -> None:
    zoek(gebied, soort="vsv-oud")
    adres, hier = f"/jongeren/{oud.sleutel}/{tab}", f"/signalen/{signaal('vsv-oud').sleutel}/"
    tekst = pagina(als(coach), adres)
    assert "Dit viel op" in tekst and "20 mei 2023" in tekst
    for anker in ("#doe-melding", "#doe-toewijzen", "#doe-wegleggen"):
        assert f'href="{hier}{anker}"' in tekst and f'id="{anker[1:]}"' in pagina(als(coach), hier)
    kijker = fabrieken.maak_gebruiker(gebied, "kwaliteit", "kwaliteit")
    tekst = pagina(als(kijker), adres)
    assert "Dit viel op" in tekst and "#doe-melding" not in tekst
    assert als(ambtenaar).get(adres).status_code == 404
