"""The explanation of a decision."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from functools import partial

import pytest

from routekaart.regels.uitleg import Feitwaarde, Gronden, Uitleg, in_woorden, leg_uit, opsomming

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


def zin(dag: date, school: str, *, niveau: Feitwaarde = 2, bron: str = "000") -> Uitleg:
    return leg_uit("MEL-21", f"{school} schreef uit per {in_woorden(dag)}.", bron=bron, op=OP, niveau=niveau)


def andere_zin(dag: date, school: str) -> Uitleg:
    """The same words about the same, under another rule."""
    return leg_uit("SCR-02", f"{school} schreef uit per {in_woorden(dag)}.", bron="000", op=OP, niveau=2)


GROND = partial(zin, OP, "School 1")


def test_gronden_komen_pas_in_woorden_als_iemand_ze_vraagt() -> None:
    gevraagd: list[date] = []

    def kijk(dag: date) -> Uitleg:
        gevraagd.append(dag)
        return zin(dag, "School 1")

    gronden = Gronden(partial(kijk, OP))
    assert gevraagd == []
    assert [uitleg.tekst for uitleg in gronden.uitleg()] == ["School 1 schreef uit per 1 februari 2024."]
    assert gevraagd == [OP]


def test_gronden_zijn_gelijk_als_ze_hetzelfde_zeggen() -> None:
    ook_zo = Gronden(partial(lambda school: zin(OP, school), "School 1"))
    assert (Gronden(GROND), Gronden(GROND).vinger()) == (ook_zo, ook_zo.vinger())
    assert len({Gronden(GROND), ook_zo}) == 1


@pytest.mark.parametrize(
    "anders",
    [
        Gronden(partial(zin, date(2024, 2, 2), "School 1")),
        Gronden(partial(zin, OP, "School 2")),
        Gronden(partial(zin, OP, "School 1", niveau=3)),
        Gronden(partial(zin, OP, "School 1", niveau="2")),
        Gronden(partial(zin, OP, "School 1", niveau=2.0)),
        Gronden(partial(zin, OP, "School 1", niveau=None)),
        Gronden(partial(zin, OP, "School 1", bron="003")),
        Gronden(partial(andere_zin, OP, "School 1")),
        Gronden(GROND, GROND),
        Gronden(),
    ],
    ids=repr,
)
def test_de_vinger_verandert_met_alles_wat_er_staat(anders: Gronden) -> None:
    assert anders.vinger() != Gronden(GROND).vinger()


def test_de_vinger_hangt_aan_de_volgorde() -> None:
    tweede = partial(zin, OP, "School 2")
    assert Gronden(GROND, tweede).vinger() != Gronden(tweede, GROND).vinger()


def test_de_vinger_is_in_elk_proces_gelijk() -> None:
    """Python gives a text another hash in every process; the fingerprint of a signal must not have that."""
    opdracht = "from tests.regels.test_uitleg import GROND, Gronden; print(Gronden(GROND).vinger())"
    elders = {
        int(
            subprocess.run(
                [sys.executable, "-c", opdracht],
                env=os.environ | {"PYTHONHASHSEED": zaad, "PYTHONPATH": os.pathsep.join(sys.path)},
                check=True,
                capture_output=True,
            ).stdout
        )
        for zaad in ("1", "2")
    }
    assert elders == {Gronden(GROND).vinger()}
    assert -(2**63) <= Gronden(GROND).vinger() < 2**63
