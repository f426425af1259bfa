"""The explanation of a decision."""

from __future__ import annotations

from datetime import date

import pytest

from routekaart.regels.uitleg import in_woorden, leg_uit, opsomming

OP = date(2024, 2, 1)


def test_uitleg_als_gegevens_houdt_de_volgorde_en_schrijft_datums_voluit() -> None:
    uitleg = leg_uit("DGR-05", "Een zin.", bron="000", op=OP, teldatum=date(2023, 10, 1), werk=False, uren=None)
    assert uitleg.op == OP
    assert uitleg.als_gegevens() == {
        "regel": "DGR-05",
        "tekst": "Een zin.",
        "bron": "000",
        "feiten": {"teldatum": "2023-10-01", "werk": False, "uren": None},
    }
    assert list(uitleg.als_gegevens()) == ["regel", "tekst", "bron", "feiten"]


def test_datum_in_woorden() -> None:
    assert in_woorden(date(2023, 10, 1)) == "1 oktober 2023"
    assert [in_woorden(date(2024, maand, 1)).split()[1][:3] for maand in (1, 3, 12)] == ["jan", "maa", "dec"]


@pytest.mark.parametrize(("delen", "tekst"), [(["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")])
def test_opsomming(delen: list[str], tekst: str) -> None:
    assert opsomming(delen) == tekst
    assert opsomming(delen, voegwoord="of") == tekst.replace(" en ", " of ")
