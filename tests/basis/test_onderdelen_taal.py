"""How dates, numbers and names look on screen."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
import time_machine
from django.template import Context, Template

from routekaart.basis import taal

VANDAAG = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("dag", "tekst"),
    [
        (date(2026, 11, 17), "di 17 nov"),
        (date(2026, 8, 1), "za 1 aug"),
        (date(2027, 3, 5), "vr 5 mrt"),
        (date(2026, 7, 31), "vr 31 jul 2026"),
        (date(2027, 8, 1), "zo 1 aug 2027"),
    ],
)
def test_datum_noemt_het_jaar_alleen_buiten_dit_schooljaar(dag: date, tekst: str) -> None:
    assert taal.datum_kort(dag, op=VANDAAG) == tekst


def test_moment_staat_in_nederlandse_tijd() -> None:
    laat = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    assert taal.datumtijd_kort(laat, op=VANDAAG) == "di 17 nov, 00:30"
    assert taal.tijd(time(9, 5)) == "09:05"


def test_datum_voluit() -> None:
    assert taal.datum_voluit(VANDAAG) == "17 november 2026"
    assert taal.datum_voluit(VANDAAG, weekdag=True) == "dinsdag 17 november 2026"


@pytest.mark.parametrize(
    ("waarde", "decimalen", "tekst"),
    [
        (30246, 0, "30.246"),
        (0, 0, "0"),
        (-5, 0, "\N{MINUS SIGN}5"),
        (Decimal("2.55"), 2, "2,55"),
        (1234567.891, 1, "1.234.567,9"),
        (-0.001, 1, "0,0"),
        (None, 0, "n.b."),
    ],
)
def test_getal(waarde: int | float | Decimal | None, decimalen: int, tekst: str) -> None:
    assert taal.getal(waarde, decimalen) == tekst


def test_verschil_heeft_een_teken_behalve_bij_nul() -> None:
    assert [taal.verschil(n) for n in (7, -5, 0, None)] == ["+7", "\N{MINUS SIGN}5", "0", "n.b."]
    assert taal.procent(Decimal("2.14"), 2) == "2,14%"


def test_woorden_voor_aantallen() -> None:
    assert [taal.meervoud(n, "dag", "dagen") for n in (0, 1, 3)] == ["0 dagen", "1 dag", "3 dagen"]
    assert [taal.telwoord(n) for n in (0, 1, 12, 13)] == ["geen", "één", "twaalf", "13"]
    assert taal.opsomming(["a", "b", "c"]) == "a, b en c"
    assert taal.opsomming(["a"]) == "a"


@pytest.mark.parametrize(
    ("naam", "letters"), [("Noor Haverkamp", "NH"), ("Sem van Rooij", "SR"), ("Élise", "É"), ("", "?")]
)
def test_initialen(naam: str, letters: str) -> None:
    assert taal.initialen(naam) == letters


@time_machine.travel(datetime(2026, 11, 17, 9, tzinfo=UTC))
def test_filters_in_een_sjabloon() -> None:
    sjabloon = Template(
        "{% load taal %}{{ dag|nl_datum }}|{{ oud|nl_dag }}|{{ niets|nl_datum }}|"
        "{% moment op 'datumtijd' %}|{% moment dag 'voluit' %}|"
        "{{ n|nl_getal }}|{{ 3|meervoud:'dag,dagen' }}|{{ niets|nb }}|{{ 0|nb }}|{{ 'één'|hoofdletter }}"
    )
    tekst = sjabloon.render(
        Context(
            {
                "dag": VANDAAG,
                "oud": date(2025, 5, 2),
                "niets": None,
                "op": datetime(2026, 11, 17, 14, 30, tzinfo=UTC),
                "n": 1234,
            }
        )
    )
    assert tekst == (
        "di 17 nov|2 mei 2025|n.b.|"
        '<time datetime="2026-11-17T15:30:00+01:00">di 17 nov, 15:30</time>|'
        '<time datetime="2026-11-17">17 november 2026</time>|1.234|3 dagen|n.b.|0|Eén'
    )
