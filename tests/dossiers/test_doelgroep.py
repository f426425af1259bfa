"""Confirming the doelgroep, or deviating from the proposal with a motivation; moving to another route."""

from __future__ import annotations

from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import stel_doelgroep_vast, zet_op_route
from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.dossiers.stand import is_verzuim, routestand
from tests import fabrieken


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


def stel_vast(werkproces: Werkproces, door: Any, **velden: Any) -> None:
    waarden = {"doelgroep": "dreigend-vsv", "voorstel": "dreigend-vsv", "uitleg": {"reden": None, "uitleg": []}}
    stel_doelgroep_vast(werkproces, toegang=fabrieken.toegang(door), nu=fabrieken.NU, **(waarden | velden))


def test_bevestigt_het_voorstel(werkproces: Werkproces, coach: Any) -> None:
    stel_vast(werkproces, coach, kenmerken=["jikp"])
    assert (werkproces.doelgroep, werkproces.doelgroep_voorstel) == ("dreigend-vsv", "dreigend-vsv")
    assert werkproces.doelgroep_op == fabrieken.VANDAAG
    assert werkproces.kenmerken == ["jikp"]
    assert Gebeurtenis.objects.alles(reden="test").get().code == "doelgroep.vastgesteld"


def test_afwijken_bewaart_voorstel_en_motivatie(werkproces: Werkproces, coach: Any) -> None:
    stel_vast(werkproces, coach, doelgroep="jikp", motivatie="Yara wil terug, school houdt haar plek vrij.")
    assert (werkproces.doelgroep, werkproces.doelgroep_voorstel) == ("jikp", "dreigend-vsv")
    assert werkproces.doelgroep_motivatie.startswith("Yara wil terug")


@pytest.mark.parametrize("motivatie", ["", "   "])
def test_weigert_afwijken_zonder_motivatie(werkproces: Werkproces, coach: Any, motivatie: str) -> None:
    with pytest.raises(Geweigerd) as fout:
        stel_vast(werkproces, coach, doelgroep="jikp", motivatie=motivatie)
    assert fout.value.veld == "doelgroep_motivatie"
    werkproces.refresh_from_db()
    assert werkproces.doelgroep == ""
    assert not Gebeurtenis.objects.alles(reden="test").exists()


def test_een_ander_doelgroep_gaat_naar_zijn_route(werkproces: Werkproces, coach: Any) -> None:
    stel_vast(werkproces, coach, doelgroep="verzuim-18-plus", voorstel="verzuim-18-plus")
    assert is_verzuim(werkproces)
    stand = routestand(werkproces, op=fabrieken.VANDAAG)
    assert stand.andere_route is not None
    assert stand.andere_route.route == "mas-18-plus"
    zet_op_route(werkproces, route="mas-18-plus", op=fabrieken.VANDAAG)
    assert werkproces.route == "mas-18-plus"
    assert routestand(werkproces, op=fabrieken.VANDAAG).andere_route is None
