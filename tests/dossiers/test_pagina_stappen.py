"""Skipping, reopening, doing a phase again, handing over and opening again: each a page that asks why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routekaart.dossiers.models import Gebeurtenis, Werkproces
from tests import fabrieken

Als = Callable[[Any], Client]
WAAROM = "Yara had al een driegesprek waar ik bij zat."
GEDAAN = ("melding.ontvangen", "contact.jongere", "contact.school", "doelgroep.vastgesteld", "oordeel.gegeven")


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    """At step 4."""
    nieuw = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    for code in GEDAAN:
        Gebeurtenis.objects.create(
            werkproces=nieuw, code=code, op=dt.date(2026, 11, 3), vastgelegd_op=fabrieken.NU, door=coach
        )
    return nieuw


def adres(werkproces: Werkproces, naam: str, *args: object) -> str:
    return reverse(f"dossiers:{naam}", args=[werkproces.jongere.sleutel, *args])


def codes(werkproces: Werkproces) -> list[str]:
    rijen = Gebeurtenis.objects.alles(reden="test").filter(werkproces=werkproces).order_by("pk")
    return list(rijen.values_list("code", flat=True))[len(GEDAAN) :]


def test_overslaan_vraagt_waarom_en_toont_het_op_de_route(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    route = browser.get(adres(werkproces, "route")).text
    assert adres(werkproces, "stap-overslaan", 4) in route
    antwoord = browser.post(adres(werkproces, "stap-overslaan", 4), {"motivatie": WAAROM})
    assert antwoord.headers["Location"] == adres(werkproces, "route")
    route = browser.get(adres(werkproces, "route")).text
    assert "Stap 4 overgeslagen" in route and WAAROM in route
    assert "Doe stap 4 alsnog" in route
    browser.post(adres(werkproces, "stap-heropenen", 4), {"motivatie": "Een intake is toch nodig."})
    route = browser.get(adres(werkproces, "route")).text
    assert "Stap 4 weer open" in route and "Een intake is toch nodig." in route
    assert "Eerdere rondes" in route and WAAROM in route
    assert codes(werkproces) == ["stap.overgeslagen", "stap.heropend"]


def test_zonder_motivatie_gebeurt_er_niets(als: Als, coach: Any, werkproces: Werkproces) -> None:
    antwoord = als(coach).post(adres(werkproces, "stap-overslaan", 4), {"motivatie": ""})
    assert antwoord.status_code == 200
    assert "‘Waarom?’ is nog leeg" in antwoord.text
    assert codes(werkproces) == []


@pytest.mark.parametrize(("nummer", "zin"), [(2, "al gedaan"), (11, "alleen met een uitkomst")])
def test_wat_niet_kan_zegt_waarom_niet(als: Als, coach: Any, werkproces: Werkproces, nummer: int, zin: str) -> None:
    browser = als(coach)
    pagina = browser.get(adres(werkproces, "stap-overslaan", nummer)).text
    assert zin in pagina and "<textarea" not in pagina
    antwoord = browser.post(adres(werkproces, "stap-overslaan", nummer), {"motivatie": WAAROM})
    assert antwoord.status_code == 200
    assert codes(werkproces) == []


def test_een_stap_die_niet_bestaat_is_er_niet(als: Als, coach: Any, werkproces: Werkproces) -> None:
    assert als(coach).get(adres(werkproces, "stap-overslaan", 99)).status_code == 404
    assert als(coach).get(adres(werkproces, "stap-heropenen", 0)).status_code == 404


def test_een_fase_opnieuw_biedt_alleen_wat_kan(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    assert "nog geen fase" in browser.get(adres(werkproces, "fase-opnieuw")).text
    browser.post(adres(werkproces, "stap-overslaan", 4), {"motivatie": WAAROM})
    keuzes = browser.get(adres(werkproces, "fase-opnieuw")).context["form"].fields["fase"].choices
    assert [str(code) for code, _ in keuzes] == ["2"]
    antwoord = browser.post(adres(werkproces, "fase-opnieuw"), {"fase": "2", "motivatie": "Het traject liep vast."})
    assert antwoord.status_code == 302
    werkproces.refresh_from_db()
    assert (werkproces.ronde, werkproces.stap) == (2, 4)
    assert "Fase 2 opnieuw" in browser.get(adres(werkproces, "route")).text


def test_een_andere_fase_wordt_geweigerd_en_de_tekst_blijft(als: Als, coach: Any, werkproces: Werkproces) -> None:
    antwoord = als(coach).post(adres(werkproces, "fase-opnieuw"), {"fase": "1", "motivatie": WAAROM})
    assert antwoord.status_code == 200
    assert codes(werkproces) == []


def test_geeft_aan_een_collega_van_het_team(
    als: Als, coach: Any, collega: Any, ambtenaar: Any, werkproces: Werkproces
) -> None:
    browser = als(coach)
    form = browser.get(adres(werkproces, "toewijzen")).context["form"]
    assert set(form.fields["behandelaar"].queryset) == {coach, collega}
    assert form["behandelaar"].value() == coach.pk
    antwoord = browser.post(adres(werkproces, "toewijzen"), {"behandelaar": collega.pk})
    assert antwoord.headers["Location"] == adres(werkproces, "overzicht")
    werkproces.refresh_from_db()
    assert werkproces.behandelaar == collega
    assert browser.post(adres(werkproces, "toewijzen"), {"behandelaar": ambtenaar.pk}).status_code == 200


def test_wat_een_collega_heeft_neem_je_niet_zomaar_over(als: Als, collega: Any, werkproces: Werkproces) -> None:
    antwoord = als(collega).post(adres(werkproces, "toewijzen"), {"behandelaar": collega.pk})
    assert antwoord.status_code == 200
    assert "Coach heeft dit werkproces" in antwoord.text


def test_heropent_een_afgesloten_werkproces_met_uitleg(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    assert "al open" in browser.get(adres(werkproces, "heropenen")).text
    Werkproces.objects.alles(reden="test").filter(pk=werkproces.pk).update(
        uitkomst="werk", afgesloten_op=fabrieken.VANDAAG
    )
    assert "Heropen het werkproces" in browser.get(adres(werkproces, "overzicht")).text
    assert browser.post(adres(werkproces, "heropenen"), {"motivatie": " "}).status_code == 200
    antwoord = browser.post(adres(werkproces, "heropenen"), {"motivatie": "De baan stopte."})
    assert antwoord.status_code == 302
    werkproces.refresh_from_db()
    assert werkproces.open


@pytest.mark.parametrize(
    ("naam", "args"),
    [("stap-overslaan", [4]), ("stap-heropenen", [2]), ("fase-opnieuw", []), ("toewijzen", []), ("heropenen", [])],
)
def test_alleen_wie_hier_werkt(
    als: Als, administratie: Any, buitenstaander: Any, werkproces: Werkproces, naam: str, args: list[int]
) -> None:
    for wie in (administratie, buitenstaander):
        assert als(wie).get(adres(werkproces, naam, *args)).status_code == 404
        assert als(wie).post(adres(werkproces, naam, *args), {"motivatie": WAAROM}).status_code == 404
    assert codes(werkproces) == []
