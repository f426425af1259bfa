"""Deviating from the route: skip a step, open it again, do a phase once more; always with a motivation that stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import doe_fase_opnieuw, heropen_stap, sla_stap_over
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.regels.route import Status
from tests import fabrieken

WAAROM = "Yara had al een driegesprek bij Werkplein waar ik bij zat."
LATER = fabrieken.NU + dt.timedelta(minutes=5)
ALLES_TOT_8 = (
    "melding.ontvangen", "contact.jongere", "contact.school", "doelgroep.vastgesteld", "oordeel.gegeven",
    "intake.gehouden", "leefdomeinen.besproken", "privacy.besproken", "inzicht.compleet",
)  # fmt: skip


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    """At step 8: everything before it is a fact."""
    nieuw = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    for nummer, code in enumerate(ALLES_TOT_8):
        Gebeurtenis.objects.create(
            werkproces=nieuw,
            code=code,
            op=dt.date(2026, 11, 2) + dt.timedelta(days=nummer),
            vastgelegd_op=fabrieken.NU - dt.timedelta(days=15 - nummer),
        )
    return nieuw


def doe(handeling: Any, werkproces: Werkproces, door: Any, **velden: Any) -> None:
    waarden = {"motivatie": WAAROM, "nu": fabrieken.NU} | velden
    handeling(werkproces, toegang=fabrieken.toegang(door), **waarden)


def test_overslaan_laat_de_uitleg_zien(werkproces: Werkproces, coach: Any) -> None:
    doe(sla_stap_over, werkproces, coach, stap=8)
    stap = routestand(werkproces, op=fabrieken.VANDAAG).stap(8)
    assert stap is not None and stap.motivering is not None
    assert stap.status is Status.OVERGESLAGEN
    assert (stap.motivering.tekst, stap.motivering.door) == (WAAROM, "Coach")
    assert werkproces.stap == 9


def test_overslaan_vooruit_laat_de_huidige_stap_staan(werkproces: Werkproces, coach: Any) -> None:
    doe(sla_stap_over, werkproces, coach, stap=10)
    assert werkproces.stap == 8


@pytest.mark.parametrize(
    ("stap", "motivatie", "zin"),
    [
        (8, "  ", "Leg uit waarom"),
        (5, WAAROM, "al gedaan"),
        (11, WAAROM, "alleen met een uitkomst"),
        (99, WAAROM, "geen stap 99"),
    ],
)
def test_weigert_overslaan(werkproces: Werkproces, coach: Any, stap: int, motivatie: str, zin: str) -> None:
    voor = Gebeurtenis.objects.alles(reden="test").count()
    with pytest.raises(Geweigerd, match=zin) as fout:
        doe(sla_stap_over, werkproces, coach, stap=stap, motivatie=motivatie)
    assert fout.value.veld == "motivatie"
    assert Gebeurtenis.objects.alles(reden="test").count() == voor


def test_een_overgeslagen_stap_kan_alsnog(werkproces: Werkproces, coach: Any) -> None:
    doe(sla_stap_over, werkproces, coach, stap=8)
    doe(heropen_stap, werkproces, coach, stap=8, motivatie="Er is toch een plan nodig.", nu=LATER)
    stap = routestand(werkproces, op=fabrieken.VANDAAG).stap(8)
    assert stap is not None
    assert stap.status is Status.NU
    assert [feit.toelichting for feit in stap.uitleg] == [WAAROM]
    assert werkproces.stap == 8


def test_een_gedane_stap_heropenen_houdt_de_eerdere_ronde(werkproces: Werkproces, coach: Any) -> None:
    doe(heropen_stap, werkproces, coach, stap=7)
    stap = routestand(werkproces, op=fabrieken.VANDAAG).stap(7)
    assert stap is not None
    assert stap.ronde == 2
    assert [feit.code for feit in stap.eerder[0].feiten] == ["inzicht.compleet"]
    assert werkproces.stap == 7


@pytest.mark.parametrize(("stap", "zin"), [(9, "staat al open"), (1, "melding blijft staan")])
def test_weigert_heropenen(werkproces: Werkproces, coach: Any, stap: int, zin: str) -> None:
    with pytest.raises(Geweigerd, match=zin):
        doe(heropen_stap, werkproces, coach, stap=stap)


def test_een_fase_opnieuw_telt_een_ronde_en_bewaart_de_vorige(werkproces: Werkproces, coach: Any) -> None:
    doe(doe_fase_opnieuw, werkproces, coach, fase=2)
    assert (werkproces.ronde, werkproces.stap) == (2, 4)
    stand = routestand(werkproces, op=fabrieken.VANDAAG)
    assert all(stap.eerder for stap in stand.stappen if stap.nummer in (4, 5, 7))
    privacy = stand.stap(6)
    assert privacy is not None and privacy.status is Status.VERVULD, "het gesprek over privacy blijft staan"


@pytest.mark.parametrize(("fase", "zin"), [(1, "niet als geheel"), (3, "nog geen stap gedaan"), (9, "geen fase 9")])
def test_weigert_een_fase_opnieuw(werkproces: Werkproces, coach: Any, fase: int, zin: str) -> None:
    with pytest.raises(Geweigerd, match=zin):
        doe(doe_fase_opnieuw, werkproces, coach, fase=fase)
    werkproces.refresh_from_db()
    assert werkproces.ronde == 1


def test_de_taak_volgt_de_stap(werkproces: Werkproces, coach: Any) -> None:
    doe(sla_stap_over, werkproces, coach, stap=10)
    taak = Taak.objects.alles(reden="test").open().get(soort="stap")
    assert (taak.actie, taak.herkomst) == ("plan-maken", "stap:8:1")
    doe(sla_stap_over, werkproces, coach, stap=8)
    taak = Taak.objects.alles(reden="test").open().get(soort="stap")
    assert (taak.actie, taak.herkomst) == ("uitvoering-starten", "stap:9:1")
