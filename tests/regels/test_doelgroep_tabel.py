"""The decision table that people can read is the test; the documentation shows the same table."""

from __future__ import annotations

import json
import re

import pytest

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.doelgroep import Doelgroep, Kenmerk, Reden
from routekaart.regels.doelgroep_feiten import beantwoord_regel
from tests.regels import doelgroeptabel

RIJEN = doelgroeptabel.rijen()
AANTAL = 111


def test_tabel_is_heel() -> None:
    assert len(RIJEN) == AANTAL
    assert len({rij["geval"] for rij in RIJEN}) == AANTAL


@pytest.mark.parametrize("rij", RIJEN, ids=lambda rij: rij["geval"])
def test_besluit_is_dat_van_de_tabel(rij: dict[str, str]) -> None:
    antwoord = beantwoord_regel(json.dumps(doelgroeptabel.vraag(rij)), grenzen=laad_grenzen())
    assert not antwoord.is_fout, antwoord.regel
    verwacht = {kolom: rij[kolom] for kolom in doelgroeptabel.UITKOMST}
    assert doelgroeptabel.uitkomst(json.loads(antwoord.regel)) == verwacht


@pytest.mark.parametrize(("kolom", "waarden"), [("doelgroep", Doelgroep), ("reden", Reden), ("kenmerken", Kenmerk)])
def test_tabel_kent_elke_uitkomst(kolom: str, waarden: type[Doelgroep | Reden | Kenmerk]) -> None:
    gezien = {deel for rij in RIJEN for deel in rij[kolom].split(" + ") if deel}
    assert gezien == {waarde.value for waarde in waarden}


def test_elke_rij_noemt_een_bron() -> None:
    assert all(re.fullmatch(r"(DGR|DOS|REG)-\d\d|Stb\. 2025, 210", rij["bron"]) for rij in RIJEN)


def test_document_toont_dezelfde_tabel() -> None:
    document = doelgroeptabel.DOCUMENT.read_text(encoding="utf-8")
    assert document == doelgroeptabel.met_tabel(document), "draai python -m tests.regels.doelgroeptabel"
    assert document.count("\n| ") >= AANTAL
