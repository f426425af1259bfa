"""What is a startkwalificatie, and since when somebody holds one."""

from __future__ import annotations

from datetime import date

import pytest

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Vaststelling
from routekaart.regels.startkwalificatie import Startkwalificatie, startkwalificatie_op

DAG = date(2024, 2, 1)


def diploma(soort: str, niveau: int | None = None, behaald_op: date = date(2023, 7, 1)) -> Diploma:
    return Diploma(soort=Diplomasoort(soort), niveau=niveau, behaald_op=behaald_op)


def op(dag: date, *diplomas: Diploma, vastgesteld: Vaststelling | None = None) -> Startkwalificatie | None:
    return startkwalificatie_op(dag, diplomas=diplomas, vastgesteld=vastgesteld, grenzen=laad_grenzen())


@pytest.mark.parametrize(
    "diploma", [diploma("havo"), diploma("vwo"), diploma("ho"), *(diploma("mbo", n) for n in (2, 3, 4))]
)
def test_is_een_startkwalificatie(diploma: Diploma) -> None:
    assert op(DAG, diploma) is not None


@pytest.mark.parametrize(
    "diploma",
    [diploma(soort) for soort in ("pro-getuigschrift", "vso", "vmbo-bb", "vmbo", "mbo")] + [diploma("mbo", 1)],
)
def test_is_geen_startkwalificatie(diploma: Diploma) -> None:
    assert op(DAG, diploma) is None


def test_niveau_telt_alleen_bij_mbo() -> None:
    assert op(DAG, diploma("vmbo", 4)) is None


def test_elk_soort_diploma_is_beoordeeld() -> None:
    wel = {soort for soort in Diplomasoort if op(DAG, Diploma(soort=soort, niveau=4, behaald_op=DAG))}
    assert wel == {Diplomasoort.HAVO, Diplomasoort.VWO, Diplomasoort.HO, Diplomasoort.MBO}
    assert len(Diplomasoort) == 8


def test_geldt_vanaf_de_dag_zelf_en_de_eerste_telt() -> None:
    diplomas = (diploma("mbo", 3, date(2023, 7, 1)), diploma("havo", None, date(2021, 7, 1)))
    assert op(date(2021, 6, 30), *diplomas) is None
    assert op(date(2021, 7, 1), *diplomas) == Startkwalificatie(date(2021, 7, 1), "diploma havo")
    assert op(DAG, *diplomas) == op(DAG, *reversed(diplomas)) == Startkwalificatie(date(2021, 7, 1), "diploma havo")


def test_vaststelling_buiten_duo_om() -> None:
    vastgesteld = Vaststelling(op=date(2024, 2, 1), bron="IDW")
    assert op(date(2024, 1, 31), vastgesteld=vastgesteld) is None
    assert op(DAG, vastgesteld=vastgesteld) == Startkwalificatie(DAG, "vastgesteld (IDW)")
    assert op(DAG, vastgesteld=Vaststelling(op=DAG)) == Startkwalificatie(DAG, "vastgesteld (bron onbekend)")
