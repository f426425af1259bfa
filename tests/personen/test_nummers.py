"""BSN and onderwijsnummer: checked, unreadable at rest, found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as stdnum_bsn
from stdnum.nl import onderwijsnummer as stdnum_onderwijsnummer

from routekaart.basis.fouten import Geweigerd
from routekaart.personen.models import Persoonsnummer
from routekaart.personen.nummers import blinde_index, gemaskeerd, lees_nummer, ontsleutel, versleutel, zonder_nummers
from tests.fabrieken import test_bsn as bsn_met_volgnummer

BSN, ONDERWIJSNUMMER = Persoonsnummer.Soort.BSN, Persoonsnummer.Soort.ONDERWIJSNUMMER


@pytest.mark.parametrize(
    ("tekst", "soort", "cijfers"),
    [
        ("123456782", BSN, "123456782"),
        ("111222333", BSN, "111222333"),
        (" 1234.56.782 ", BSN, "123456782"),
        ("123-456-782", BSN, "123456782"),
        ("12345672", BSN, "012345672"),
        ("101222331", ONDERWIJSNUMMER, "101222331"),
    ],
)
def test_leest_een_nummer_zoals_mensen_het_schrijven(tekst: str, soort: str, cijfers: str) -> None:
    assert lees_nummer(tekst) == (soort, cijfers)


@pytest.mark.parametrize(
    "tekst", ["", "123456789", "000000000", "00000000", "1234567", "1234567820", "12345678a", "١٢٣٤٥٦٧٨٢", "101222330"]
)
def test_weigert_wat_geen_nummer_is(tekst: str) -> None:
    with pytest.raises(Geweigerd):
        lees_nummer(tekst)


@given(st.one_of(st.integers(1, 999_999_999), st.integers(100_000_000, 109_999_999)).map(lambda getal: f"{getal:09d}"))
def test_een_nummer_geldt_precies_als_het_volgens_python_stdnum_geldt(cijfers: str) -> None:
    bsn, onderwijsnummer = stdnum_bsn.is_valid(cijfers), stdnum_onderwijsnummer.is_valid(cijfers)
    try:
        soort, gelezen = lees_nummer(cijfers)
    except Geweigerd:
        assert not bsn and not onderwijsnummer
    else:
        assert gelezen == cijfers
        assert soort == (BSN if bsn else ONDERWIJSNUMMER)
        assert bsn or onderwijsnummer


def test_versleuteld_is_een_nummer_onleesbaar_en_elke_keer_anders() -> None:
    eerste, tweede = versleutel("123456782"), versleutel("123456782")
    assert eerste != tweede and b"123456782" not in eerste
    assert ontsleutel(eerste) == ontsleutel(memoryview(tweede)) == "123456782"


def test_de_vinger_van_een_nummer_verschilt_per_soort_en_hangt_aan_de_sleutel(settings: object) -> None:
    vinger = blinde_index("bsn", "123456782")
    assert vinger == blinde_index("bsn", "123456782")
    assert vinger != blinde_index("onderwijsnummer", "123456782")
    settings.NUMMERSLEUTEL = "ab" * 32  # type: ignore[attr-defined]
    assert vinger != blinde_index("bsn", "123456782")


def test_een_gemaskeerd_nummer_toont_de_laatste_drie_cijfers() -> None:
    assert gemaskeerd("123456782") == "••••••782"


@pytest.mark.parametrize("tekst", ["123456782", "1234.56.782", "123456782|99VA00|havo", "bel over 12345678 terug"])
def test_een_nummer_tussen_andere_tekst_is_ook_gemaskeerd(tekst: str) -> None:
    assert "••••••" in zonder_nummers(tekst) and "3456" not in zonder_nummers(tekst)


@pytest.mark.parametrize(
    "tekst", ["2022-08-01", "20220801", "1-8-2022", "01.08.2022", "0475-123456", "700009", "6041 AB 12"]
)
def test_een_datum_of_telefoonnummer_is_geen_nummer_van_een_persoon(tekst: str) -> None:
    assert zonder_nummers(tekst) == tekst


def test_de_nummers_van_de_tests_zijn_allemaal_geldig_en_anders() -> None:
    nummers = {lees_nummer(bsn_met_volgnummer(volgnummer)) for volgnummer in range(1, 500)}
    assert len(nummers) == 499
