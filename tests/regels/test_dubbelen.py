"""May two persons be one? The rule explains itself, forgives spelling, and never confuses two numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.regels.dubbelen import MOGELIJK, WAARSCHIJNLIJK, Beeld, kansloos, kern, vergelijk
from routekaart.regels.leeftijd import Geboortedatum

NOOR = Beeld(
    achternaam="Bakker",
    voorvoegsel="de",
    voornamen="Noor Maria",
    geboren=Geboortedatum(2007, 3, 4),
    geslacht="V",
    straat="Dorpsstraat",
    huisnummer="12",
    postcode="9901 AB",
    woonplaats="Veldermeer",
)


def met(**anders: Any) -> Beeld:
    return dataclasses.replace(NOOR, **anders)


ELDERS = {"straat": "Kade", "huisnummer": "3", "postcode": "9902 CD"}
ZELFDE = {
    "accenten": {"voornamen": "Nóór María"},
    "een andere spelling": {"achternaam": "Backer"},
    "twee letters verwisseld": {"achternaam": "Bakekr"},
    "tussenvoegsel in de achternaam": {"achternaam": "de Bakker", "voorvoegsel": ""},
    "zonder tussenvoegsel": {"voorvoegsel": ""},
    "voornamen in een andere volgorde": {"voornamen": "Maria Noor"},
    "voornaam en achternaam verwisseld": {"voornamen": "Bakker", "achternaam": "Noor Maria"},
    "alleen een voorletter": {"voornamen": "N."},
    "een roepnaam": {"voornamen": "Eleonora", "roepnaam": "Noor"},
    "dag en maand verwisseld": {"geboren": Geboortedatum(2007, 4, 3)},
    "een cijfer van de geboortedatum anders": {"geboren": Geboortedatum(2007, 3, 14)},
    "een onvolledige geboortedatum": {"geboren": Geboortedatum(2007, 3)},
    "verhuisd": ELDERS,
    "geen adres bekend": dict.fromkeys(ELDERS, ""),
    "een dubbele achternaam": {"achternaam": "Bakker-Visser"},
    "getrouwd: een heel andere achternaam": {"achternaam": "Oudshoorn", "voorvoegsel": ""},
}


@pytest.mark.parametrize("wat", ZELFDE)
def test_herkent_iemand_ondanks(wat: str) -> None:
    gevonden = vergelijk(NOOR, met(**ZELFDE[wat]))
    assert gevonden.punten >= MOGELIJK, gevonden
    assert gevonden.mogelijk


ANDERS = {
    "een tweeling op hetzelfde adres": {"voornamen": "Tim Jan", "geslacht": "M"},
    "een tweelingzus op hetzelfde adres": {"voornamen": "Isabel"},
    "een zus": {"voornamen": "Isabel", "geboren": Geboortedatum(2009, 8, 21)},
    "een naamgenoot die later geboren is": {"geboren": Geboortedatum(2009, 8, 21)},
    "een buurkind van dezelfde dag": {"voornamen": "Sofie", "achternaam": "Westra", **ELDERS},
}


@pytest.mark.parametrize("wat", ANDERS)
def test_stelt_niet_voor(wat: str) -> None:
    assert not vergelijk(NOOR, met(**ANDERS[wat])).mogelijk


def test_dezelfde_gegevens_zijn_waarschijnlijk_dezelfde() -> None:
    gevonden = vergelijk(NOOR, NOOR)
    assert gevonden.punten == 100
    assert gevonden.waarschijnlijk
    assert all(deel.gelijk for deel in gevonden.delen)


def test_elk_deel_zegt_waarom() -> None:
    gevonden = vergelijk(NOOR, met(achternaam="Backer", geboren=Geboortedatum(2007, 4, 3), **ELDERS))
    assert {deel.wat: deel.waarom for deel in gevonden.delen} == {
        "achternaam": "De achternaam lijkt erop, met een andere spelling",
        "voornaam": "Dezelfde voornaam",
        "geboortedatum": "Dag en maand van de geboorte zijn verwisseld",
        "adres": "Een ander adres",
        "geslacht": "Hetzelfde geslacht",
    }
    assert MOGELIJK <= gevonden.punten < WAARSCHIJNLIJK


def test_twee_bsns_zijn_twee_mensen_hoe_gelijk_ook() -> None:
    gevonden = vergelijk(met(nummers=frozenset({("bsn", "1")})), met(nummers=frozenset({("bsn", "2")})))
    assert gevonden.uitgesloten == "Elk heeft een eigen BSN. Dat zijn twee mensen."
    assert not gevonden.mogelijk and not gevonden.waarschijnlijk and gevonden.punten == 0


def test_een_bsn_en_een_onderwijsnummer_kunnen_van_een_persoon_zijn() -> None:
    gevonden = vergelijk(met(nummers=frozenset({("bsn", "1")})), met(nummers=frozenset({("onderwijsnummer", "2")})))
    assert gevonden.waarschijnlijk


@pytest.mark.parametrize(("naam", "kaal"), [("van der Berg", "berg"), ("’t Hooft", "hooft"), ("De", "de"), ("", "")])
def test_kern_van_de_achternaam(naam: str, kaal: str) -> None:
    assert kern(naam) == kaal


namen = st.sampled_from(
    ["", "Bakker", "de Bakker", "Backer", "Noor", "Noor Maria", "N.", "Çelik", "Celik", "van der Berg", "Berg-Çelik"]
) | st.text(max_size=12)
datums = st.dates(dt.date(2003, 1, 1), dt.date(2006, 12, 31)).map(Geboortedatum.van) | st.sampled_from(
    [Geboortedatum(2004), Geboortedatum(2004, 5), Geboortedatum(2004, 5, 6), Geboortedatum(2004, 6, 5)]
)
beelden = st.builds(
    Beeld,
    achternaam=namen,
    geboren=datums,
    voorvoegsel=st.sampled_from(["", "de", "van der"]),
    voornamen=namen,
    roepnaam=namen,
    geslacht=st.sampled_from("MVO"),
    straat=st.sampled_from(["", "Dorpsstraat", "Dorpstraat"]),
    huisnummer=st.sampled_from(["", "1", "12"]),
    postcode=st.sampled_from(["", "9901 AB", "9901ab", "9902 CD"]),
    nummers=st.frozensets(st.tuples(st.sampled_from(["bsn", "onderwijsnummer"]), st.sampled_from("123")), max_size=2),
)


@given(beelden, beelden)
def test_de_volgorde_maakt_niet_uit(een: Beeld, ander: Beeld) -> None:
    assert vergelijk(een, ander) == vergelijk(ander, een)


@given(beelden, beelden)
def test_niemand_lijkt_meer_op_je_dan_jijzelf(een: Beeld, ander: Beeld) -> None:
    assert vergelijk(een, ander).punten <= vergelijk(een, een).punten <= 100


@given(beelden, beelden)
def test_verschillende_nummers_van_een_soort_worden_nooit_voorgesteld(een: Beeld, ander: Beeld) -> None:
    een = dataclasses.replace(een, nummers=een.nummers | {("bsn", "4")})
    ander = dataclasses.replace(ander, nummers=frozenset({("bsn", "5")}))
    assert not vergelijk(een, ander).mogelijk


@given(beelden, beelden)
def test_wie_kansloos_is_lijkt_niet_echt(een: Beeld, ander: Beeld) -> None:
    """The quick look agrees with the comparison: nobody who is likely the same is passed over."""
    assert kansloos(een, ander) == kansloos(ander, een)
    assert not kansloos(een, een)
    if kansloos(een, ander):
        assert not vergelijk(een, ander).waarschijnlijk


@pytest.mark.parametrize("wat", ZELFDE)
def test_de_snelle_blik_houdt_niemand_tegen_die_we_willen_zien(wat: str) -> None:
    assert not kansloos(NOOR, met(**ZELFDE[wat]))


@given(beelden, beelden)
def test_elk_deel_heeft_een_reden_en_telt_mee(een: Beeld, ander: Beeld) -> None:
    gevonden = vergelijk(een, ander)
    assert all(deel.waarom and 0 <= deel.punten <= deel.van for deel in gevonden.delen)
    if not gevonden.uitgesloten:
        assert gevonden.punten == round(sum(deel.punten for deel in gevonden.delen))
