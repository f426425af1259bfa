"""The docs say what the program does: the tables of columns are made from the declarations."""

from __future__ import annotations

from pathlib import Path

from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.beschrijving import BEGIN, EINDE, als_markdown

DOCUMENT = Path(__file__).parents[2] / "docs" / "beheer" / "leveringen.md"


def test_de_tabellen_in_de_documentatie_zijn_die_van_het_programma() -> None:
    tekst = DOCUMENT.read_text(encoding="utf-8")
    assert tekst.count(BEGIN) == tekst.count(EINDE) == 1
    staat_er = tekst[tekst.index(BEGIN) : tekst.index(EINDE) + len(EINDE)]
    assert staat_er == als_markdown(), f"zet de uitvoer van als_markdown() in {DOCUMENT.name}"


def test_elke_soort_en_elke_kolom_staat_erin() -> None:
    tekst = als_markdown()
    for soort in SOORTEN.values():
        assert f"### `{soort.code}`" in tekst
        assert all(f"| `{kolom.naam}` |" in tekst for kolom in soort.kolommen)
