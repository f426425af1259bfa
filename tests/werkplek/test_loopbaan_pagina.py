"""The loopbaan page: one picture and one table of the same facts, and adding to it by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from routekaart.meldingen.models import Verzuimregel
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.werkplek.vullen import vul

Als = Callable[[Any], Client]
WERK = {"werkgever": "Bakkerij", "uren": "16", "van": "01-09-2026", "bron": "Yara"}
HULP = {"aanbieder": "Stadsbank", "waarvoor": "schulden", "van": "1-9-2026", "bron": "Yara", "met_toestemming": "on"}
DIPLOMA = {"op": "01-06-2026", "bewijs": "diploma uit Polen", "bron": "Yara"}


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Jongere:
    nieuw = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(nieuw, tot=dt.date(2026, 10, 9))
    return nieuw


@pytest.fixture
def werkproces(jongere: Jongere, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(jongere, behandelaar=coach)


def test_de_loopbaan_staat_als_beeld_en_als_tabel(
    gebied: fabrieken.Gebied, als: Als, coach: Any, werkproces: Werkproces
) -> None:
    vul(gebied, werkproces, 5)
    browser, adres = als(coach), reverse("loopbaan:loopbaan", args=[werkproces.jongere.sleutel])
    pagina = browser.get(adres)
    assert "<svg" in pagina.text and 'style="' not in pagina.text
    beeld = pagina.context["beeld"]
    assert len(beeld.regels) == 10 < beeld.aantal
    alles = browser.get(adres, {"tabel": "alles", "toon": "alles"}).context["beeld"]
    assert len(alles.regels) == alles.aantal
    assert {regel.baan for regel in alles.regels} == {"School", "Werk", "Hulp", "Verzuim", "Contact"}
    assert alles.lijn.van == min(regel.vanaf for regel in alles.regels)
    assert beeld.lijn.van.year == beeld.lijn.vandaag.year - 4


def test_een_verzuimdag_in_twee_meldingen_telt_een_keer(
    gebied: fabrieken.Gebied, als: Als, coach: Any, werkproces: Werkproces
) -> None:
    dag = dt.date(2026, 11, 3)
    for _ in range(2):
        melding = fabrieken.maak_melding(gebied, jongere=werkproces.jongere, werkproces=werkproces)
        Verzuimregel.objects.create(melding=melding, datum=dag, minuten=180)
        Verzuimregel.objects.create(melding=melding, datum=dag + dt.timedelta(days=1), hele_dag=True)
    regels = als(coach).get(reverse("loopbaan:loopbaan", args=[werkproces.jongere.sleutel])).context["beeld"].regels
    assert [regel.wat for regel in regels if regel.baan == "Verzuim"] == ["11 uur ongeoorloofd"]


@pytest.mark.parametrize(
    ("naam", "data", "model"),
    [
        ("loopbaan:werk", WERK, "werk"),
        ("loopbaan:hulp", HULP, "hulp"),
        ("loopbaan:vaststelling", DIPLOMA, "vaststelling"),
    ],
)
def test_de_loopbaan_aanvullen(als: Als, coach: Any, jongere: Jongere, naam: str, data: Any, model: str) -> None:
    browser, adres = als(coach), reverse(naam, args=[jongere.sleutel])
    assert browser.get(adres).status_code == 200
    antwoord = browser.post(adres, data)
    assert antwoord.status_code == 302, antwoord.context["form"].errors
    assert Logregel.objects.filter(code="loopbaan.vastgelegd", jongere_id=jongere.pk, onderwerp__contains=model)


@pytest.mark.parametrize(
    ("naam", "data", "zin"),
    [
        ("loopbaan:werk", WERK | {"tot": "01-08-2026"}, "laatste dag ligt voor de eerste"),
        ("loopbaan:hulp", {naam: waarde for naam, waarde in HULP.items() if naam != "met_toestemming"}, "goed vindt"),
        ("loopbaan:vaststelling", DIPLOMA | {"op": "01-06-2099"}, "toekomst"),
    ],
)
def test_de_loopbaan_weigert_en_houdt_wat_getypt_is(
    als: Als, coach: Any, jongere: Jongere, naam: str, data: Any, zin: str
) -> None:
    antwoord = als(coach).post(reverse(naam, args=[jongere.sleutel]), data)
    assert antwoord.status_code == 200
    assert zin in antwoord.text
    assert all(f'value="{waarde}"' in antwoord.text for waarde in data.values())
    assert not Logregel.objects.filter(code="loopbaan.vastgelegd").exists()
