"""Finding young persons, forgiving of spelling, and never outside one's scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.personen.models import Jongere
from routekaart.personen.selecties import met_nummer, mogelijke_dubbelen, zoek
from tests import fabrieken
from tests.fabrieken import Gebied, maak_jongere


@pytest.fixture
def mensen(gebied: Gebied) -> dict[str, Jongere]:
    """Four young persons with names that are easily misspelt."""
    maak = {
        "noor": {"achternaam": "Rooij", "voorvoegsel": "de", "voornamen": "Noor Maria", "geboortedatum": "2006-05-04"},
        "zoe": {"achternaam": "Öztürk", "voornamen": "Zoë", "geboortedatum": "2007-00-00"},
        "jan": {"achternaam": "Janssen", "voornamen": "Jan-Willem", "geboortedatum": "2006-05-04"},
        "bo": {"achternaam": "Bos", "voornamen": "Bo", "roepnaam": "Beau", "geboortedatum": "2005-02-03"},
    }
    return {wie: maak_jongere(gebied, **velden) for wie, velden in maak.items()}


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [
        ("rooij", ["noor"]),
        ("de Rooy", ["noor"]),
        ("ROOIJ noor", ["noor"]),
        ("no roo", ["noor"]),
        ("maria", ["noor"]),
        ("ozturk", ["zoe"]),
        ("Oztürk Zoe", ["zoe"]),
        ("jansen", ["jan"]),
        ("willem janssen", ["jan"]),
        ("beau", ["bo"]),
        ("ossen", []),
        ("rooij zoë", []),
        ("", []),
        ("  ?! ", []),
        ("%", []),
        ("_", []),
        ("04-05-2006", ["jan", "noor"]),
        ("4/5/2006", ["jan", "noor"]),
        ("2006-05-04", ["jan", "noor"]),
        ("04052006", ["jan", "noor"]),
        ("jansen 4-5-2006", ["jan"]),
        ("2006-05-04 de rooij", ["noor"]),
        ("31-12-2007", ["zoe"]),
        ("31-02-2006", []),
        ("999999999", []),
    ],
)
def test_vindt_op_naam_en_geboortedatum(
    gebied: Gebied, mensen: dict[str, Jongere], vraag: str, gevonden: list[str]
) -> None:
    uitslag = set(zoek(vraag, toegang=fabrieken.systeem(gebied)))
    assert uitslag == {mensen[wie] for wie in gevonden}


def test_vindt_op_nummer_hoe_het_ook_geschreven_is(gebied: Gebied) -> None:
    bsn = fabrieken.test_bsn(4321)
    jongere = maak_jongere(gebied, bsn=bsn)
    maak_jongere(gebied)
    toegang = fabrieken.systeem(gebied)
    for vraag in (bsn, f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}", f" {bsn} "):
        assert list(zoek(vraag, toegang=toegang)) == [jongere]
        assert met_nummer(vraag, toegang=toegang) == jongere
    assert met_nummer(fabrieken.test_bsn(4322), toegang=toegang) is None
    with pytest.raises(Geweigerd):
        met_nummer("123456789", toegang=toegang)


def test_een_nummer_van_acht_cijfers_gaat_voor_een_datum(gebied: Gebied) -> None:
    jongere = maak_jongere(gebied, bsn="12345672", geboortedatum="2006-05-04")
    assert list(zoek("12345672", toegang=fabrieken.systeem(gebied))) == [jongere]


@pytest.mark.parametrize("vraag", ["rooij", "04-05-2006", "bsn"])
def test_wie_buiten_bereik_is_wordt_niet_gevonden(gebied: Gebied, coach: Any, buitenstaander: Any, vraag: str) -> None:
    bsn = fabrieken.test_bsn(99)
    jongere = maak_jongere(gebied, bsn=bsn, achternaam="Rooij", geboortedatum="2006-05-04")
    vraag = bsn if vraag == "bsn" else vraag
    assert list(zoek(vraag, toegang=fabrieken.toegang(coach))) == [jongere]
    assert not zoek(vraag, toegang=fabrieken.toegang(buitenstaander)).exists()


def test_zoeken_is_een_vraag_op_naam_en_twee_op_nummer(gebied: Gebied, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        maak_jongere(gebied, achternaam="Rooij")
    toegang = fabrieken.systeem(gebied)
    with django_assert_num_queries(1):
        assert len(zoek("rooij", toegang=toegang)) == 5
    with django_assert_num_queries(2):
        list(zoek(fabrieken.test_bsn(1), toegang=toegang))


GEBOREN = dt.date(2006, 5, 4)


def dubbelen(gebied: Gebied, **velden: Any) -> list[Jongere]:
    waarden = {"achternaam": "", "geboortedatum": GEBOREN} | velden
    return mogelijke_dubbelen(toegang=fabrieken.systeem(gebied), **waarden)


def test_dubbel_is_wie_op_dezelfde_dag_geboren_is_en_zo_klinkt_of_zo_heet(
    gebied: Gebied, mensen: dict[str, Jongere]
) -> None:
    assert dubbelen(gebied, achternaam="Rooy") == [mensen["noor"]]
    assert dubbelen(gebied, achternaam="Anders", voornamen="Noor") == [mensen["noor"]]
    assert dubbelen(gebied, achternaam="Rooy", geboortedatum=dt.date(2006, 5, 5)) == []
    assert dubbelen(gebied, achternaam="Ozturk", geboortedatum=dt.date(2007, 9, 9)) == [mensen["zoe"]]


def test_zonder_naam_of_zonder_geboortedatum_is_er_niets_te_vergelijken(
    gebied: Gebied, mensen: dict[str, Jongere]
) -> None:
    assert dubbelen(gebied) == []
    assert dubbelen(gebied, achternaam="李", voornamen="’") == []
    assert dubbelen(gebied, achternaam="Rooy", geboortedatum=None) == []


def test_de_jongere_zelf_is_geen_dubbel_en_het_zijn_er_hoogstens_vijf(
    gebied: Gebied, mensen: dict[str, Jongere]
) -> None:
    assert dubbelen(gebied, achternaam="Rooij", behalve=mensen["noor"].pk) == []
    for _ in range(8):
        maak_jongere(gebied, achternaam="Rooij", geboortedatum="2006-05-04")
    assert len(dubbelen(gebied, achternaam="Rooij")) == 5
