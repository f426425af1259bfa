"""Leerplicht per date, with its edges: fifth birthday, end of the schooljaar of sixteen, eighteen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.leeftijd import Geboortedatum, leeftijd_op
from routekaart.regels.leerplicht import Leerplichtoordeel, Leerplichtstatus, leerplicht_op, leerplichtduur
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Vaststelling
from routekaart.regels.werkdagen import Kalender
from tests.regels.strategieen import BELOFTE, data

NIET, LEERPLICHTIG = Leerplichtstatus.NIET_LEERPLICHTIG, Leerplichtstatus.LEERPLICHTIG
KWALIFICATIEPLICHTIG, BOVEN = Leerplichtstatus.KWALIFICATIEPLICHTIG, Leerplichtstatus.BOVENLEERPLICHTIG


def oordeel(dag: str, geboren: str, **feiten: Any) -> Leerplichtoordeel:
    return leerplicht_op(
        date.fromisoformat(dag), geboortedatum=Geboortedatum.lees(geboren), grenzen=laad_grenzen(), **feiten
    )


def behaald(soort: str, dag: str = "2023-07-01", niveau: int | None = None) -> Diploma:
    return Diploma(soort=Diplomasoort(soort), niveau=niveau, behaald_op=date.fromisoformat(dag))


@pytest.mark.parametrize(
    ("dag", "geboren", "status"),
    [
        ("2024-01-31", "2019-01-31", NIET),  # five today, duty from February
        ("2024-02-01", "2019-01-31", LEERPLICHTIG),
        ("2024-02-29", "2019-02-01", NIET),  # turned five on the first: the month after
        ("2024-03-01", "2019-02-01", LEERPLICHTIG),
        ("2024-09-01", "2019-08-15", NIET),  # a Sunday is no school day
        ("2024-09-02", "2019-08-15", LEERPLICHTIG),
        ("2025-01-01", "2019-12-15", NIET),  # nor is New Year's Day
        ("2025-01-02", "2019-12-15", LEERPLICHTIG),
        ("2025-03-31", "2020-02-29", NIET),  # five on 1 March, so from April
        ("2025-04-01", "2020-02-29", LEERPLICHTIG),
        ("2024-07-31", "2008-07-31", LEERPLICHTIG),  # sixteen on the last day of the schooljaar
        ("2024-08-01", "2008-07-31", KWALIFICATIEPLICHTIG),
        ("2025-07-31", "2008-08-01", LEERPLICHTIG),  # sixteen a day later: a year longer
        ("2025-08-01", "2008-08-01", KWALIFICATIEPLICHTIG),
        ("2024-05-05", "2006-05-06", KWALIFICATIEPLICHTIG),
        ("2024-05-06", "2006-05-06", BOVEN),
        ("2022-02-28", "2004-02-29", KWALIFICATIEPLICHTIG),
        ("2022-03-01", "2004-02-29", BOVEN),
        ("2024-05-06", "2024-05-06", NIET),
        ("2023-05-06", "2024-05-06", NIET),
    ],
)
def test_status_per_datum(dag: str, geboren: str, status: Leerplichtstatus) -> None:
    assert oordeel(dag, geboren).status is status


@pytest.mark.parametrize(
    "diploma", [behaald("havo"), behaald("mbo", niveau=2), behaald("pro-getuigschrift"), behaald("vso")]
)
def test_vrij_van_kwalificatieplicht(diploma: Diploma) -> None:
    assert oordeel("2024-02-01", "2006-05-06", diplomas=[diploma]).status is NIET
    assert oordeel("2022-09-01", "2006-05-06", diplomas=[diploma]).status is KWALIFICATIEPLICHTIG


@pytest.mark.parametrize("soort", ["havo", "pro-getuigschrift", "vso"])
def test_een_diploma_geldt_vanaf_de_dag_zelf(soort: str) -> None:
    diplomas = [behaald(soort, "2024-02-01")]
    assert oordeel("2024-02-01", "2006-05-06", diplomas=diplomas).status is NIET
    assert oordeel("2024-01-31", "2006-05-06", diplomas=diplomas).status is KWALIFICATIEPLICHTIG


@pytest.mark.parametrize("diploma", [behaald("vmbo"), behaald("vmbo-bb"), behaald("mbo", niveau=1), behaald("mbo")])
def test_niet_vrij_van_kwalificatieplicht(diploma: Diploma) -> None:
    assert oordeel("2024-02-01", "2006-05-06", diplomas=[diploma]).status is KWALIFICATIEPLICHTIG


def test_een_diploma_maakt_geen_einde_aan_de_volledige_leerplicht() -> None:
    assert oordeel("2024-02-01", "2008-05-06", diplomas=[behaald("havo")]).status is LEERPLICHTIG


def test_vastgestelde_startkwalificatie_telt() -> None:
    vastgesteld = Vaststelling(op=date(2024, 2, 1), bron="IDW")
    assert oordeel("2024-02-01", "2006-05-06", vastgesteld=vastgesteld).status is NIET
    assert oordeel("2024-01-31", "2006-05-06", vastgesteld=vastgesteld).status is KWALIFICATIEPLICHTIG


def test_met_vakanties_van_de_schoolregio_begint_het_na_de_zomer() -> None:
    zuid = Kalender(schoolregio="Zuid")
    assert oordeel("2024-08-16", "2019-07-10", kalender=zuid).status is NIET
    assert oordeel("2024-08-19", "2019-07-10", kalender=zuid).status is LEERPLICHTIG
    assert oordeel("2024-08-01", "2019-07-10").status is LEERPLICHTIG


@pytest.mark.parametrize(
    ("dag", "geboren", "status"),
    [
        ("2024-03-01", "2019-02-00", LEERPLICHTIG),
        ("2024-02-01", "2019-00-00", LEERPLICHTIG),  # the first day: yes, the last: no
        ("2024-06-01", "2006-00-00", KWALIFICATIEPLICHTIG),  # the first day: 18, the last: 17
        ("2024-09-01", "2008-00-00", KWALIFICATIEPLICHTIG),  # both a duty: that of the earlier
        ("2025-01-01", "2006-00-00", BOVEN),
    ],
)
def test_onvolledige_geboortedatum_een_plicht_gaat_voor(dag: str, geboren: str, status: Leerplichtstatus) -> None:
    besluit = oordeel(dag, geboren)
    assert besluit.status is status
    assert besluit.uitleg[-1].regel == "DOS-08"


def test_uitleg_noemt_de_dagen_en_de_wet() -> None:
    besluit = oordeel("2024-02-01", "2008-05-06")
    assert [uitleg.tekst for uitleg in besluit.uitleg] == [
        "De volledige leerplicht loopt van 3 juni 2013 tot en met 31 juli 2024, het einde van een schooljaar."
    ]
    assert besluit.uitleg[0].bron.startswith("Leerplichtwet 1969, art. 3")
    assert besluit.duur.leerplicht_tot == date(2024, 7, 31)
    vrij = oordeel("2024-02-01", "2006-05-06", diplomas=[behaald("vso", "2023-07-01")])
    assert "een diploma vso sinds 1 juli 2023" in vrij.uitleg[0].tekst


def test_uitleg_noemt_wat_het_eerst_vrij_maakte() -> None:
    diplomas = [behaald("vso", "2023-07-01"), behaald("pro-getuigschrift", "2023-06-30")]
    vrij = oordeel("2024-02-01", "2006-05-06", diplomas=diplomas)
    assert "een getuigschrift praktijkonderwijs sinds 30 juni 2023" in vrij.uitleg[0].tekst


@BELOFTE
@given(data)
def test_plicht_loopt_aaneen_van_vijf_tot_achttien(geboren: date) -> None:
    duur = leerplichtduur(geboren, op=date(2024, 2, 1), grenzen=laad_grenzen())
    assert leeftijd_op(geboren, duur.leerplicht_van) == 5
    assert leeftijd_op(geboren, duur.leerplicht_tot) in {16, 17}
    assert leeftijd_op(geboren, duur.kwalificatieplicht_tot) == 17
    assert duur.leerplicht_van < duur.leerplicht_tot < duur.kwalificatieplicht_tot
