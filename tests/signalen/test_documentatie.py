"""The docs name every rule and setting as the program has them."""

from __future__ import annotations

from pathlib import Path

from routekaart.signalen.beschrijving import BEGIN, EINDE, als_markdown

DOCUMENT = Path(__file__).parents[2] / "docs" / "ontwikkelen" / "signalen.md"


def test_de_tabel_in_de_documentatie_is_die_van_het_programma() -> None:
    tekst = DOCUMENT.read_text(encoding="utf-8")
    assert tekst.count(BEGIN) == tekst.count(EINDE) == 1
    staat_er = tekst[tekst.index(BEGIN) : tekst.index(EINDE) + len(EINDE)]
    assert staat_er == als_markdown(), f"zet de uitvoer van als_markdown() in {DOCUMENT.name}"
