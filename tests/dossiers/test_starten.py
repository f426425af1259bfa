"""Opening a werkproces: one open per soort, on the newest route, with a number that is never given twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import geef_nummer, lopend
from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from routekaart.toegang.models import Bereik, SoortWerk
from tests import fabrieken


def test_opent_op_de_nieuwste_route_van_die_dag(gebied: fabrieken.Gebied) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    werkproces = fabrieken.maak_werkproces(jongere)
    assert (werkproces.route, werkproces.route_versie) == ("doorstroompunt", "2023-1")
    assert werkproces.schooljaar == "2026-2027"
    assert werkproces.team == gebied.doorstroompunt
    assert werkproces.open


def test_een_oude_dag_krijgt_de_route_van_toen(gebied: fabrieken.Gebied) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    werkproces = fabrieken.maak_werkproces(jongere, op=dt.date(2022, 9, 1))
    assert werkproces.route_versie == "2020-1"
    assert werkproces.schooljaar == "2022-2023"


def test_nummers_lopen_door_per_jaar(gebied: fabrieken.Gebied) -> None:
    eerste = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
    tweede = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
    vorig_jaar = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), op=dt.date(2025, 3, 1))
    assert (eerste.nummer, tweede.nummer, vorig_jaar.nummer) == ("2026-000001", "2026-000002", "2025-000001")


def test_een_nummer_wordt_maar_een_keer_gegeven(gebied: fabrieken.Gebied) -> None:
    werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
    eerste = werkproces.nummer
    geef_nummer(werkproces)
    assert werkproces.nummer == eerste


def test_weigert_een_tweede_van_dezelfde_soort(gebied: fabrieken.Gebied) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    eerste = fabrieken.maak_werkproces(jongere)
    with pytest.raises(Geweigerd, match="loopt al"):
        fabrieken.maak_werkproces(jongere)
    assert lopend(jongere, "vsv") == eerste
    assert lopend(jongere, "verzuim-18-plus") is None
    assert Werkproces.objects.alles(reden="test").count() == 1


def test_een_andere_soort_mag_ernaast(gebied: fabrieken.Gebied) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_werkproces(jongere)
    tweede = fabrieken.maak_werkproces(jongere, soort="verzuim-18-plus", route="mas-18-plus")
    assert tweede.route == "mas-18-plus"


def test_een_team_van_andere_soort_werk_krijgt_bereik(gebied: fabrieken.Gebied, ambtenaar: Any, coach: Any) -> None:
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2010-01-01")
    assert jongere.soort_werk == SoortWerk.LEERPLICHT
    werkproces = fabrieken.maak_werkproces(jongere)
    bereik = Bereik.objects.get(jongere_id=jongere.pk)
    assert bereik.team == gebied.doorstroompunt
    assert Logregel.objects.get(code="toegang.bereik").jongere_id == jongere.pk
    assert Werkproces.objects.voor(fabrieken.toegang(coach)).get() == werkproces


def test_de_start_staat_in_het_logboek(gebied: fabrieken.Gebied) -> None:
    werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
    regel = Logregel.objects.get(code="werkproces.gestart")
    assert regel.jongere_id == werkproces.jongere_id
    assert str(werkproces.sleutel) in regel.onderwerp
