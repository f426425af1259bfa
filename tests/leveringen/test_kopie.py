"""What is read is a copy of our own: the file may change, grow or go while it is read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from routekaart.leveringen import inlezen
from routekaart.leveringen.models import Levering
from routekaart.leveringen.opslag import kopie_van, stukken_van
from routekaart.personen.models import Jongere
from tests.leveringen.hulp import Inlezer, persoon, tekst


@pytest.fixture(autouse=True)
def eigen_map(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "bestanden"


@pytest.mark.parametrize("wat", ["anders", "langer", "weg"])
def test_een_bestand_dat_verandert_terwijl_we_lezen_geeft_wat_er_eerst_stond(
    inlezer: Inlezer, monkeypatch: pytest.MonkeyPatch, wat: str
) -> None:
    """Changed as soon as the first row was read, by whoever may write there."""
    bestand = inlezer.pad / "levering.csv"
    echt = inlezen.lees

    def lees_en_verander(pad: Path) -> Any:
        tabel = echt(pad)
        next(tabel.rijen())
        if wat == "weg":
            bestand.unlink(missing_ok=True)
        else:
            rest = bestand.read_text() if wat == "langer" else ""
            bestand.write_text(rest + tekst([persoon(9)]))
        return tabel

    monkeypatch.setattr(inlezen, "lees", lees_en_verander)
    inhoud = tekst([persoon(1), persoon(2)])
    assert inlezer.tel("brp", inhoud) == (2, 0, 0, 0)
    assert Jongere.objects.alles(reden="test").count() == 2
    levering = Levering.objects.get()
    assert levering.sha256 == hashlib.sha256(inhoud.encode()).hexdigest()
    assert default_storage.open(levering.bestand.name).read().decode() == inhoud


def test_de_som_is_die_van_wat_we_overnamen_ook_als_het_daarbij_veranderde(tmp_path: Path) -> None:
    bestand = tmp_path / "groeit.csv"
    bestand.write_bytes(b"a" * (1 << 20) + b"b" * (1 << 20))

    def stukken() -> Any:
        for nummer, stuk in enumerate(stukken_van(bestand)):
            yield stuk
            if nummer == 0:
                with bestand.open("r+b") as doel:
                    doel.write(b"c" * (2 << 20))

    with kopie_van(stukken(), naam="groeit.csv") as kopie:
        assert kopie.sha256 == hashlib.sha256(kopie.pad.read_bytes()).hexdigest()
