"""Schooljaar and teldatum."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from routekaart.regels.schooljaar import Schooljaar, teldatum_na
from tests.regels.strategieen import BELOFTE, data


@pytest.mark.parametrize(
    ("dag", "schooljaar"),
    [
        (date(2026, 7, 31), "2025-2026"),
        (date(2026, 8, 1), "2026-2027"),
        (date(2026, 12, 31), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
        (date(2024, 2, 29), "2023-2024"),
    ],
)
def test_schooljaar_loopt_van_augustus_tot_en_met_juli(dag: date, schooljaar: str) -> None:
    assert str(Schooljaar.van(dag)) == schooljaar


def test_begin_einde_en_teldatum() -> None:
    schooljaar = Schooljaar.lees("2026-2027")
    assert (schooljaar.begin, schooljaar.einde) == (date(2026, 8, 1), date(2027, 7, 31))
    assert schooljaar.teldatum == date(2026, 10, 1)


def test_volgende_vorige_en_volgorde() -> None:
    schooljaar = Schooljaar(2026)
    assert (str(schooljaar.vorige), str(schooljaar.volgende)) == ("2025-2026", "2027-2028")
    assert schooljaar.vorige < schooljaar < schooljaar.volgende
    assert schooljaar.volgende.begin - schooljaar.einde == timedelta(days=1)


@pytest.mark.parametrize(
    "tekst", ["2026", "2026-2026", "2026-2028", "2027-2026", "26-27", "2026/2027", " 2026-2027", ""]
)
def test_weigert_wat_geen_schooljaar_is(tekst: str) -> None:
    with pytest.raises(ValueError, match="geen schooljaar"):
        Schooljaar.lees(tekst)


@BELOFTE
@given(data)
def test_elke_dag_valt_in_precies_een_schooljaar(dag: date) -> None:
    schooljaar = Schooljaar.van(dag)
    assert dag in schooljaar
    assert dag not in schooljaar.vorige and dag not in schooljaar.volgende
    assert Schooljaar.lees(str(schooljaar)) == schooljaar


@pytest.mark.parametrize(
    ("dag", "teldatum"),
    [
        (date(2023, 9, 30), date(2023, 10, 1)),
        (date(2023, 10, 1), date(2024, 10, 1)),
        (date(2023, 10, 2), date(2024, 10, 1)),
        (date(2023, 12, 31), date(2024, 10, 1)),
        (date(2024, 2, 29), date(2024, 10, 1)),
    ],
)
def test_teldatum_is_de_eerste_1_oktober_erna(dag: date, teldatum: date) -> None:
    assert teldatum_na(dag) == teldatum
