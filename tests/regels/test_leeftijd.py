"""Age in full years, 29 February, and birth dates that are not whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.regels.leeftijd import Geboortedatum, jaren_later, leeftijd_op, wordt
from tests.regels.strategieen import BELOFTE, data


@pytest.mark.parametrize(
    ("geboren", "dag", "leeftijd"),
    [
        (date(2004, 5, 6), date(2022, 5, 5), 17),
        (date(2004, 5, 6), date(2022, 5, 6), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2000, 2, 29), date(2100, 3, 1), 100),
        (date(2004, 5, 6), date(2004, 5, 6), 0),
        (date(2004, 5, 6), date(2004, 5, 5), -1),
        (date(2004, 12, 31), date(2023, 1, 1), 18),
    ],
)
def test_leeftijd_in_hele_jaren(geboren: date, dag: date, leeftijd: int) -> None:
    assert leeftijd_op(geboren, dag) == leeftijd


@pytest.mark.parametrize(
    ("geboren", "leeftijd", "dag"),
    [
        (date(2004, 5, 6), 18, date(2022, 5, 6)),
        (date(2004, 2, 29), 18, date(2022, 3, 1)),
        (date(2004, 2, 29), 20, date(2024, 2, 29)),
        (date(2004, 2, 28), 18, date(2022, 2, 28)),
    ],
)
def test_de_dag_waarop_iemand_een_leeftijd_bereikt(geboren: date, leeftijd: int, dag: date) -> None:
    assert wordt(geboren, leeftijd) == dag


@BELOFTE
@given(data, st.integers(0, 40))
def test_leeftijd_begint_op_de_dag_dat_iemand_het_wordt(geboren: date, leeftijd: int) -> None:
    jarig = wordt(geboren, leeftijd)
    assert leeftijd_op(geboren, jarig) == leeftijd
    assert leeftijd_op(geboren, jarig - timedelta(days=1)) == leeftijd - 1


def test_een_jaar_na_29_februari_is_1_maart() -> None:
    assert jaren_later(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert jaren_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert jaren_later(date(2024, 2, 28), 1) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("tekst", "eerste", "laatste"),
    [
        ("2004-05-06", date(2004, 5, 6), date(2004, 5, 6)),
        ("2004-05-00", date(2004, 5, 1), date(2004, 5, 31)),
        ("2004-02-00", date(2004, 2, 1), date(2004, 2, 29)),
        ("2005-02-00", date(2005, 2, 1), date(2005, 2, 28)),
        ("2004-00-00", date(2004, 1, 1), date(2004, 12, 31)),
    ],
)
def test_geboortedatum_kent_de_eerste_en_de_laatste_dag(tekst: str, eerste: date, laatste: date) -> None:
    geboortedatum = Geboortedatum.lees(tekst)
    assert (geboortedatum.eerste, geboortedatum.laatste) == (eerste, laatste)
    assert geboortedatum.volledig == (eerste == laatste)
    assert str(geboortedatum) == tekst


@pytest.mark.parametrize("tekst", ["2004-00-06", "2004-13-00", "2003-02-29", "0000-00-00", "2004-05", "04-05-06", ""])
def test_weigert_wat_geen_geboortedatum_kan_zijn(tekst: str) -> None:
    with pytest.raises(ValueError):
        Geboortedatum.lees(tekst)


def test_weigert_een_dag_zonder_maand() -> None:
    with pytest.raises(ValueError, match="ook een maand"):
        Geboortedatum(2004, None, 6)


def test_geboortedatum_van_een_dag_is_volledig() -> None:
    assert Geboortedatum.van(date(2004, 5, 6)) == Geboortedatum(2004, 5, 6)
