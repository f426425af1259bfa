"""Who has died, left or lives at a secret address: it shows at once, wherever the name stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routekaart.personen.models import Jongere
from tests.fabrieken import Gebied, maak_jongere, maak_melding, maak_werkproces

Als = Callable[[Any], Client]


@pytest.fixture
def jongere(gebied: Gebied, coach: Any) -> Jongere:
    """Somebody with work under way, whom the BRP has just said something about."""
    wie = maak_jongere(
        gebied, achternaam="Bakker", voornamen="Noor", geheimhouding=7, overleden_op=dt.date(2026, 11, 1)
    )
    werkproces = maak_werkproces(wie, behandelaar=coach, team=gebied.doorstroompunt)
    werkproces.termijn = dt.date(2026, 11, 2)
    werkproces.save()
    maak_melding(gebied, jongere=wie, werkproces=werkproces)
    return wie


PAGINAS = {
    "werkvoorraad": ("werkplek:werkvoorraad", "?toon=meldingen"),
    "jongeren": ("werkplek:jongeren", ""),
    "meldingen": ("meldingen:lijst", ""),
    "zoeken": ("werkplek:zoeken", "?q=Bakker"),
    "nieuwe melding": ("meldingen:nieuw", "?q=Bakker"),
}


@pytest.mark.parametrize("pagina", PAGINAS)
def test_staat_bij_de_naam_in_elke_lijst(jongere: Jongere, coach: Any, als: Als, pagina: str) -> None:
    naam, vraag = PAGINAS[pagina]
    html = als(coach).get(reverse(naam) + vraag).content.decode()
    assert "Noor Bakker" in html
    assert "overleden" in html and "adres geheim" in html


@pytest.mark.parametrize("pagina", ["dossiers:overzicht", "dossiers:netwerk", "correspondentie:brieven"])
def test_staat_boven_elke_pagina_van_het_dossier(jongere: Jongere, coach: Any, als: Als, pagina: str) -> None:
    html = als(coach).get(reverse(pagina, args=[jongere.sleutel])).content.decode()
    assert "Overleden op 1 november 2026" in html and "Geheimhouding: deel het adres niet" in html


def test_wie_leeft_en_geen_geheim_heeft_krijgt_geen_merk(gebied: Gebied, coach: Any, als: Als) -> None:
    wie = maak_jongere(gebied, achternaam="Bakker", voornamen="Noor", overleden_op=None)
    maak_werkproces(wie, behandelaar=coach)
    html = als(coach).get(reverse("werkplek:jongeren")).content.decode()
    assert "Noor Bakker" in html
    assert "overleden" not in html and "adres geheim" not in html
