"""The page about sharing: what holds now, what was shared, asking and taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from routekaart.delen.acties import Antwoord, leg_verstrekking_vast, vraag_toestemming
from routekaart.delen.models import Toestemming
from routekaart.dossiers.models import Werkproces
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

Als = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def nu() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


def adres(werkproces: Werkproces, naam: str = "delen", *args: Any) -> str:
    return reverse(f"delen:{naam}", args=[werkproces.jongere.sleutel, *args])


def vraag(werkproces: Werkproces, door: Any, ontvanger: str = "ROC", gegeven: bool = True) -> Toestemming:
    antwoord = Antwoord(ontvanger, "school en verzuim", gegeven)
    return vraag_toestemming(werkproces, antwoord, op=VANDAAG, toegang=fabrieken.toegang(door), nu=NU)


def deel(werkproces: Werkproces, tekst: str) -> None:
    leg_verstrekking_vast(
        werkproces.jongere, ontvanger="ROC De Waarden", doel="terugkoppeling", grondslag="wettelijke taak",
        kanaal="e-mail", inhoud={"tekst": tekst}, werkproces=werkproces, door_id=None, nu=NU,
    )  # fmt: skip


def test_leeg_zegt_dat_de_wettelijke_taak_geen_toestemming_vraagt(als: Als, coach: Any, werkproces: Werkproces) -> None:
    pagina = als(coach).get(adres(werkproces)).text
    assert "Voor onze wettelijke taak is die niet nodig" in pagina
    assert "nog niets over Yara gedeeld" in pagina


def test_toont_wat_geldt_en_wat_gedeeld_is(als: Als, coach: Any, werkproces: Werkproces) -> None:
    vraag(werkproces, coach)
    vraag(werkproces, coach, "Huisarts", gegeven=False)
    deel(werkproces, "Yara volgt een andere opleiding.")
    pagina = als(coach).get(adres(werkproces)).text
    for woord in ("Huisarts", "Geldt tot en met", "Yara volgt een andere opleiding.", "Grondslag: wettelijke taak"):
        assert woord in pagina


def test_legt_een_antwoord_vast_met_het_papier(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {
        "ontvanger": "Stadsbank", "doel": "voortgang", "antwoord": "ja", "op": "17-11-2026", "vorm": "schriftelijk",
        "bestand": SimpleUploadedFile("getekend.png", b"\x89PNG\r\n\x1a\n...."),
    }  # fmt: skip
    assert als(coach).post(adres(werkproces, "toestemming"), data).status_code == 302
    rij = Toestemming.objects.alles(reden="test").get()
    assert rij.document is not None and rij.document.mime == "image/png"


def test_een_verkeerd_bestand_wordt_geweigerd_en_de_rest_blijft(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {
        "ontvanger": "Stadsbank", "doel": "voortgang", "antwoord": "ja", "op": "17-11-2026", "vorm": "schriftelijk",
        "bestand": SimpleUploadedFile("getekend.pdf", b"<html>"),
    }  # fmt: skip
    pagina = als(coach).post(adres(werkproces, "toestemming"), data).text
    assert "Alleen een pdf, een jpg of een png" in pagina and 'value="Stadsbank"' in pagina
    assert not Toestemming.objects.alles(reden="test").exists()


def test_trekt_een_ja_in(als: Als, coach: Any, werkproces: Werkproces) -> None:
    rij = vraag(werkproces, coach)
    browser = als(coach)
    url = adres(werkproces, "intrekken", rij.sleutel)
    assert "ROC: school en verzuim" in browser.get(url).text
    assert browser.post(url, {"op": "17-11-2026"}).status_code == 302
    assert "Ingetrokken op" in browser.get(adres(werkproces)).text


def test_een_nee_en_een_ja_van_een_ander_trek_je_niet_in(
    als: Als, coach: Any, werkproces: Werkproces, gebied: fabrieken.Gebied
) -> None:
    nee = vraag(werkproces, coach, gegeven=False)
    ander = vraag(fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach), coach)
    for rij in (nee, ander):
        assert als(coach).get(adres(werkproces, "intrekken", rij.sleutel)).status_code == 404


def test_administratie_kijkt_alleen(als: Als, administratie: Any, coach: Any, werkproces: Werkproces) -> None:
    rij = vraag(werkproces, coach)
    browser = als(administratie)
    pagina = browser.get(adres(werkproces))
    assert pagina.status_code == 200 and "Vraag toestemming" not in pagina.text and "Trek in" not in pagina.text
    assert browser.get(adres(werkproces, "toestemming")).status_code == 404
    assert browser.post(adres(werkproces, "intrekken", rij.sleutel), {"op": "17-11-2026"}).status_code == 404


def test_wie_buiten_bereik_is_ziet_niets(als: Als, buitenstaander: Any, werkproces: Werkproces) -> None:
    assert als(buitenstaander).get(adres(werkproces)).status_code == 404


def test_het_aantal_zoekvragen_groeit_niet(
    als: Als, coach: Any, gebied: fabrieken.Gebied, django_assert_max_num_queries: Any
) -> None:
    tellingen = []
    for keer in (1, 8):
        werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
        for nummer in range(keer):
            vraag(werkproces, coach, f"Partner {nummer}")
            vraag(werkproces, coach, f"Partner {nummer}")
            deel(werkproces, "Klaar.")
        browser = als(coach)
        browser.get(adres(werkproces))
        with django_assert_max_num_queries(20) as gezien:
            browser.get(adres(werkproces))
        tellingen.append(len(gezien))
    assert tellingen[0] == tellingen[1]
