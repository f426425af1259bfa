"""The documents do not point at what is not there, and name every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[2]
STUKKEN = [WORTEL / "README.md", *sorted((WORTEL / "docs").rglob("*.md"))]
VERWIJZING = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_er_zijn_stukken() -> None:
    assert len(STUKKEN) >= 10


@pytest.mark.parametrize("stuk", STUKKEN, ids=lambda pad: pad.relative_to(WORTEL).as_posix())
def test_elke_verwijzing_bestaat(stuk: Path) -> None:
    doelen = [doel for doel in VERWIJZING.findall(stuk.read_text()) if not doel.startswith(("http", "mailto:"))]
    weg = [doel for doel in doelen if not (stuk.parent / doel).exists()]
    assert not weg, f"{stuk.name} verwijst naar wat er niet is: {weg}"


def test_de_lees_mij_noemt_de_twee_opdrachten() -> None:
    tekst = (WORTEL / "README.md").read_text()
    assert "uv run routekaart demo" in tekst
    assert "uv run pytest" in tekst


def test_elke_eigen_opdracht_staat_in_de_documenten() -> None:
    opdrachten = {pad.stem for pad in (WORTEL / "src").glob("routekaart/*/management/commands/[a-z]*.py")}
    assert {"demo", "doelgroep", "inlezen", "inrichten", "logboek", "nacht", "start", "terugmelden"} <= opdrachten
    tekst = "\n".join(stuk.read_text() for stuk in STUKKEN)
    weg = sorted(naam for naam in opdrachten if f"routekaart {naam}" not in tekst)
    assert not weg, f"Deze opdrachten staan nergens beschreven: {weg}"
