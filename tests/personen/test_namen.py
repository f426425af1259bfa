"""Names as they are searched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.personen.namen import klank, zoeknaam, zonder_accenten


@pytest.mark.parametrize(
    ("naam", "kaal"),
    [
        ("Zoë", "zoe"),
        ("Öztürk", "ozturk"),
        ("Yılmaz", "yilmaz"),
        ("İbrahim", "ibrahim"),
        ("Łukasz", "lukasz"),
        ("Đorđević", "dordevic"),
        ("Søren Æbelø", "soren aebelo"),
        ("Groß", "gross"),
        ("'t Hart", "t hart"),
        ("O’Brien", "obrien"),
        ("El-Amrani ", "el amrani"),
        ("d\u00e9  J o\u0308ng", "de j ong"),
        ("李", ""),
    ],
)
def test_een_naam_zonder_accenten_hoofdletters_en_tekens(naam: str, kaal: str) -> None:
    assert zonder_accenten(naam) == kaal


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("de rooij", "de rooy"),
        ("janssen", "jansen"),
        ("dijkstra", "dykstra"),
        ("meijer", "meyer"),
        ("cremers", "kremers"),
        ("zwart", "swart"),
        ("phillips", "fillips"),
        ("bouwman", "bauwman"),
    ],
)
def test_namen_die_hetzelfde_klinken_zijn_hetzelfde(een: str, ander: str) -> None:
    assert klank(een) == klank(ander)


@pytest.mark.parametrize(("een", "ander"), [("bakker", "bekker"), ("de wit", "de witte"), ("smit", "schmidt")])
def test_namen_die_anders_klinken_blijven_anders(een: str, ander: str) -> None:
    assert klank(een) != klank(ander)


def test_de_zoeknaam_heeft_alle_woorden_en_daarna_hun_klank() -> None:
    naam = zoeknaam(voornamen="Noor Maria", voorvoegsel="de", achternaam="Rooij", roepnaam="Noortje")
    assert naam == "rooij noortje noor maria de | nortje nor maria de roy"


NAAM = st.text(max_size=200)


@given(NAAM, st.text(max_size=20), NAAM, st.text(max_size=100))
def test_elke_naam_past_en_de_achternaam_blijft_erin(voor: str, tussen: str, achter: str, roep: str) -> None:
    naam = zoeknaam(voornamen=voor, voorvoegsel=tussen, achternaam=achter, roepnaam=roep)
    assert len(naam) <= 420
    woorden = naam.partition(" | ")[0]
    assert woorden.startswith(zonder_accenten(achter)[:200].strip())
    assert len(woorden) <= 200


def test_van_een_te_lange_naam_vallen_de_laatste_voornamen_weg() -> None:
    naam = zoeknaam(voornamen="Abcdefghij " * 18, voorvoegsel="van den", achternaam="Broek", roepnaam="Ab")
    assert naam.startswith("broek ab abcdefghij") and " van den | " in naam
