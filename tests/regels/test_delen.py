"""Who decides, how long a yes holds, and which words stand out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.inhoud.codelijsten import codelijst
from routekaart.regels.delen import geldt_tot, vind_woorden, wie_beslist
from routekaart.regels.grenzen import Grens

ZESTIEN = Grens(16, "000 §2.2, AVG")


@given(st.integers(0, 30))
def test_vanaf_de_grens_beslist_de_jongere_zelf(leeftijd: int) -> None:
    assert wie_beslist(leeftijd, grens=ZESTIEN).door == ("jongere" if leeftijd >= 16 else "verzorger")


@pytest.mark.parametrize(
    ("op", "maanden", "tot"),
    [(date(2026, 11, 17), 12, date(2027, 11, 16)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
     (date(2028, 2, 29), 12, date(2029, 2, 28)), (date(2026, 11, 17), None, None)],
)  # fmt: skip
def test_de_laatste_dag_van_een_toestemming(op: date, maanden: int | None, tot: date | None) -> None:
    assert geldt_tot(op, maanden) == tot


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 36))
def test_een_toestemming_geldt_minstens_de_afgesproken_maanden(op: date, maanden: int) -> None:
    tot = geldt_tot(op, maanden)
    assert tot is not None
    assert 28 * maanden - 1 <= (tot - op).days <= 31 * maanden + 1
    assert tot >= op + timedelta(days=27)


def test_vindt_woorden_aan_hun_begin_en_laat_de_rest_met_rust() -> None:
    stammen = ["schuld", "psych"]
    tekst = "Schulden? De Psycholoog zei: onschuldig. schulden."
    assert vind_woorden(tekst, stammen) == ("Schulden", "Psycholoog")


def test_gewone_woorden_van_een_terugkoppeling_vallen_niet_op() -> None:
    stammen = codelijst("gevoelige-woorden").codes
    tekst = "Yara gaat sinds maandag weer naar de les. School belt ons bij verzuim. De melding is afgesloten."
    assert vind_woorden(tekst, stammen) == ()
    assert vind_woorden("Zij krijgt hulpverlening en heeft schulden", stammen) == ("hulpverlening", "schulden")
