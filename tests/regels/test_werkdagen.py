"""Working days: weekends, the public holidays of the Algemene termijnenwet, and school holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.regels.werkdagen import TERMIJNENWET, Kalender, eerste_schooldag, feestdagen, tel_op, verschil
from tests.regels.strategieen import BELOFTE, data

OVERAL_VRIJ_2026 = {
    date(2026, 1, 1),
    date(2026, 4, 5),
    date(2026, 4, 6),
    date(2026, 4, 27),
    date(2026, 5, 14),
    date(2026, 5, 24),
    date(2026, 5, 25),
    date(2026, 12, 25),
    date(2026, 12, 26),
}
GOEDE_VRIJDAG_2026, BEVRIJDINGSDAG_2026 = date(2026, 4, 3), date(2026, 5, 5)
NIET_OP_DIE_TWEE = Kalender(goede_vrijdag=False, bevrijdingsdag="lustrum")


def test_feestdagen_van_de_algemene_termijnenwet() -> None:
    assert feestdagen(2026) == OVERAL_VRIJ_2026 | {GOEDE_VRIJDAG_2026, BEVRIJDINGSDAG_2026}


def test_goede_vrijdag_en_bevrijdingsdag_zijn_een_instelling() -> None:
    assert feestdagen(2026, NIET_OP_DIE_TWEE) == OVERAL_VRIJ_2026
    assert feestdagen(2026, Kalender(goede_vrijdag=False)) == OVERAL_VRIJ_2026 | {BEVRIJDINGSDAG_2026}
    assert feestdagen(2026, Kalender(bevrijdingsdag="nooit")) == OVERAL_VRIJ_2026 | {GOEDE_VRIJDAG_2026}


def test_bevrijdingsdag_in_een_lustrumjaar() -> None:
    vijf_mei = date(2025, 5, 5)
    assert not TERMIJNENWET.is_werkdag(vijf_mei)
    assert not NIET_OP_DIE_TWEE.is_werkdag(vijf_mei)
    assert Kalender(bevrijdingsdag="nooit").is_werkdag(vijf_mei)


def test_koningsdag_op_zondag_valt_een_dag_eerder() -> None:
    assert date(2025, 4, 26) in feestdagen(2025)
    assert date(2025, 4, 27) not in feestdagen(2025)


@pytest.mark.parametrize(
    ("start", "werkdagen", "verwacht"),
    [
        (date(2026, 11, 2), 5, date(2026, 11, 9)),  # Monday to Monday
        (date(2026, 11, 6), 1, date(2026, 11, 9)),  # Friday to Monday
        (date(2026, 11, 7), 1, date(2026, 11, 9)),  # received on a Saturday
        (date(2026, 11, 8), 5, date(2026, 11, 13)),  # received on a Sunday
        (date(2026, 12, 23), 5, date(2026, 12, 31)),  # over Christmas and a weekend
        (date(2026, 12, 30), 2, date(2027, 1, 4)),  # over New Year's Day
        (date(2026, 4, 1), 5, date(2026, 4, 10)),  # over Goede Vrijdag and Easter
        (date(2026, 4, 30), 5, date(2026, 5, 8)),  # over 5 May
        (date(2026, 11, 7), 0, date(2026, 11, 7)),
    ],
)
def test_vijf_werkdagen_na_ontvangst(start: date, werkdagen: int, verwacht: date) -> None:
    assert tel_op(start, werkdagen) == verwacht


def test_zonder_goede_vrijdag_en_vijf_mei_is_de_termijn_korter() -> None:
    assert tel_op(date(2026, 4, 1), 5, kalender=NIET_OP_DIE_TWEE) == date(2026, 4, 9)
    assert tel_op(date(2026, 4, 30), 5, kalender=NIET_OP_DIE_TWEE) == date(2026, 5, 7)


def test_weigert_een_termijn_terug() -> None:
    with pytest.raises(ValueError, match="telt vooruit"):
        tel_op(date(2026, 11, 2), -1)


@pytest.mark.parametrize(
    ("van", "tot", "verwacht"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), 0),
        (date(2026, 11, 2), date(2026, 11, 3), 1),
        (date(2026, 11, 6), date(2026, 11, 8), 0),
        (date(2026, 11, 6), date(2026, 11, 9), 1),
        (date(2026, 11, 9), date(2026, 11, 6), -1),
        (date(2026, 4, 30), date(2026, 5, 8), 5),
    ],
)
def test_verschil_in_werkdagen(van: date, tot: date, verwacht: int) -> None:
    assert verschil(van, tot) == verwacht


@BELOFTE
@given(data, st.integers(0, 40))
def test_verschil_en_tel_op_horen_bij_elkaar(start: date, werkdagen: int) -> None:
    einde = tel_op(start, werkdagen)
    assert verschil(start, einde) == werkdagen
    assert verschil(einde, start) == -werkdagen
    assert werkdagen == 0 or TERMIJNENWET.is_werkdag(einde)


@BELOFTE
@given(data)
def test_een_feestdag_verschuift_een_termijn_nooit_naar_voren(start: date) -> None:
    assert tel_op(start, 5) >= tel_op(start, 5, kalender=NIET_OP_DIE_TWEE) >= start + timedelta(days=5)


def test_eerste_schooldag_is_geen_weekend_of_feestdag() -> None:
    assert eerste_schooldag(date(2026, 2, 1)) == date(2026, 2, 2)
    assert eerste_schooldag(date(2026, 1, 1)) == date(2026, 1, 2)
    assert eerste_schooldag(date(2024, 2, 1)) == date(2024, 2, 1)


def test_eerste_schooldag_na_de_zomervakantie_van_de_schoolregio() -> None:
    zuid = Kalender(schoolregio="Zuid")
    assert eerste_schooldag(date(2024, 8, 1), kalender=zuid) == date(2024, 8, 19)
    assert eerste_schooldag(date(2024, 8, 1)) == date(2024, 8, 1)
    assert zuid.is_werkdag(date(2024, 8, 1)) and not zuid.is_schooldag(date(2024, 8, 1))
    assert eerste_schooldag(date(2024, 8, 1), kalender=Kalender(schoolregio="Midden")) == date(2024, 8, 26)
