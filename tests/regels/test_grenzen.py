"""The dated limits: what is shipped, and that a wrong line refuses with its place."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from routekaart.inhoud.grenzen import NAMEN, laad_grenzen, lees_grenzen
from routekaart.inhoud.laden import InhoudFout, map_van
from routekaart.regels.grenzen import Grensreeks, Grenzen
from routekaart.regels.loopbaan import Onderwijssoort

TOML = map_van("grenzen.toml").read_text(encoding="utf-8")
EEN_GRENS = TOML[TOML.index("[[grens]]") : TOML.index("[[grens]]", TOML.index("[[grens]]") + 1)]


def lees(tekst: str, map_: Path) -> Grenzen:
    pad = map_ / "grenzen.toml"
    pad.write_text(tekst, encoding="utf-8")
    return lees_grenzen(pad)


@pytest.mark.parametrize(
    ("dag", "bovengrens"),
    [(date(1980, 1, 1), 23), (date(2025, 12, 31), 23), (date(2026, 1, 1), 27), (date(2040, 1, 1), 27)],
)
def test_wettelijke_bovengrens_per_datum(dag: date, bovengrens: int) -> None:
    grens = laad_grenzen().doelgroep_bovengrens.op(dag)
    assert grens.waarde == bovengrens
    assert ("Stb. 2025, 210" in grens.bron) == (bovengrens == 27)


def test_wat_vandaag_in_de_regels_staat() -> None:
    grenzen = laad_grenzen()
    waarden = {naam: getattr(grenzen, naam).op(date(2026, 11, 1)).waarde for naam in NAMEN}
    assert waarden == {
        "doelgroep_ondergrens": 18,
        "doelgroep_bovengrens": 27,
        "jikp_leeftijd": 23,
        "baan_uren": 12,
        "startkwalificatie_mbo_niveau": 2,
        "leerplicht_begin": 5,
        "leerplicht_einde": 16,
        "kwalificatieplicht_einde": 18,
        "toestemming_leeftijd": 16,
    }
    assert set(waarden) == {veld.name for veld in fields(Grenzen) if veld.type == Grensreeks.__name__}


def test_elke_grens_noemt_een_bron() -> None:
    for naam in NAMEN:
        assert all(grens.bron for grens in getattr(laad_grenzen(), naam).waarden)


def test_vsv_telt_vo_en_mbo_zonder_pro_en_vso() -> None:
    soorten = laad_grenzen().vsv_definities[0].onderwijssoorten
    assert {Onderwijssoort.HAVO, Onderwijssoort.MBO, Onderwijssoort.VMBO_BB} <= soorten
    assert not soorten & {Onderwijssoort.PRO, Onderwijssoort.VSO, Onderwijssoort.HO, Onderwijssoort.PO}


def test_leest_het_eigen_bestand(tmp_path: Path) -> None:
    assert lees(TOML, tmp_path) == laad_grenzen()


@pytest.mark.parametrize(
    ("was", "wordt", "melding"),
    [
        (EEN_GRENS, "", "grens 'doelgroep_ondergrens' ontbreekt"),
        (EEN_GRENS, EEN_GRENS * 2, "'doelgroep_ondergrens' staat er twee keer"),
        ('naam = "baan_uren"', 'naam = "baanuren"', "'baanuren' is onbekend"),
        ("vanaf = 2026-01-01", "vanaf = 2026-01-02", "sluiten niet aan"),
        ("vanaf = 2026-01-01", "vanaf = 2025-12-31", "sluiten niet aan"),
        ("tot = 2025-12-31\n", "", "sluiten niet aan"),
        ("vanaf = 2026-01-01", "vanaf = 2026-01-01\ntot = 2030-12-31", "anders zijn er dagen zonder grens"),
        ("tot = 2025-12-31", "vanaf = 2000-01-01\ntot = 2025-12-31", "anders zijn er dagen zonder grens"),
        ("waarde = 27", "waarde = 0", "moet groter dan nul zijn"),
        ("waarde = 27", 'waarde = "27"', "moet een heel getal zijn"),
        ("waarde = 27", "waarde = 27\nwaarden = 3", "veld 'waarden' is onbekend"),
        ('bron = "Wet van school naar duurzaam werk (Stb. 2025, 210)"', "", "veld 'bron' ontbreekt"),
        ('"havo"', '"gymnastiek"', "gymnastiek; kies uit po"),
        ("leeftijd_onder = 22", "", "veld 'leeftijd_onder' ontbreekt"),
        ("[[vsv_definitie]]", "[[vsv_definities]]", "veld 'vsv_definities' is onbekend"),
    ],
)
def test_weigert_een_foute_regel(was: str, wordt: str, melding: str, tmp_path: Path) -> None:
    assert was in TOML
    with pytest.raises(InhoudFout, match=re.escape(melding)) as gevangen:
        lees(TOML.replace(was, wordt, 1), tmp_path)
    assert str(gevangen.value).startswith("grenzen.toml: ")


def test_weigert_twee_definities_voor_een_schooljaar(tmp_path: Path) -> None:
    definitie = TOML[TOML.index("[[vsv_definitie]]") :]
    tweede = definitie.replace('"tot-2025"', '"nieuw"').replace("eerste_schooljaar = 2012", "eerste_schooljaar = 2025")
    with pytest.raises(InhoudFout, match="'tot-2025' en 'nieuw' gelden voor hetzelfde schooljaar"):
        lees(TOML + tweede, tmp_path)


def test_weigert_wat_geen_toml_is(tmp_path: Path) -> None:
    with pytest.raises(InhoudFout, match="geen leesbare TOML"):
        lees("[[grens", tmp_path)
