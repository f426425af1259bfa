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
from routekaart.toegang.models import Bereik
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


def tabel(browser: Client, jongere: Jongere) -> list[tuple[str, str]]:
    """(wanneer, wat) of the whole table."""
    adres = reverse("loopbaan:loopbaan", args=[jongere.sleutel])
    return [(regel.wanneer, regel.wat) for regel in browser.get(adres, {"tabel": "alles"}).context["beeld"].regels]


def test_wat_registers_en_lijsten_zeggen_staat_in_de_tabel(als: Als, coach: Any, werkproces: Werkproces) -> None:
    jongere = werkproces.jongere
    fabrieken.maak_vsvopgave(jongere, uitgeschreven_op=dt.date(2026, 3, 15))
    fabrieken.maak_jikpopgave(jongere, schooljaar="2024-2025")
    fabrieken.maak_inlichting(jongere, maand="2026-09", werk_uren=12)
    fabrieken.maak_inlichting(jongere, werk_uren=0, uitkering=False, inkomen_klasse="tot 500")
    school = fabrieken.maak_instelling(naam="De Brink")
    fabrieken.maak_uitstroom(
        jongere, instelling=school, bestemming="mbo 1", getuigschrift=True, advies="Rustig beginnen"
    )
    regels = dict(tabel(als(coach), jongere))
    assert "In rapportage A01 van DUO over 2025-2026: uitschrijvingen zonder startkwalificatie" in regels.values()
    assert regels["2024-2025"] == "In de rapportage van het JIKP-portaal over 2024-2025. Herkomst: praktijkonderwijs"
    assert regels["2025-2026"] == "De Brink, gaat naar mbo 1, met getuigschrift. Advies: Rustig beginnen"
    lijst = "Op de lijst van het Inlichtingenbureau, 2 maanden. Laatst: 0 uur werk, inkomen tot 500, zonder uitkering"
    assert lijst in regels.values()


def test_een_vrijstelling_ziet_alleen_wie_leerplicht_doet(
    gebied: fabrieken.Gebied, als: Als, coach: Any, ambtenaar: Any
) -> None:
    """Its ground may say something about health (DOS-10)."""
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2012-05-01")
    fabrieken.maak_vrijstelling(jongere, grond="5a")
    Bereik.objects.create(
        gebruiker=coach, jongere_id=jongere.pk, grond=Bereik.Grond.VERHUISD, doel="proef", van=dt.date(2026, 1, 1)
    )
    assert ("1 aug tot 31 jul", "Vrijstelling, grond 5a") in tabel(als(ambtenaar), jongere)
    assert tabel(als(coach), jongere) == []
