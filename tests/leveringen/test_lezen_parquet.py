"""Reading Parquet: typed columns as the text that a CSV would have, from this one file and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from routekaart.leveringen.lezen import OnleesbaarBestand, lees, parquet
from tests.leveringen.hulp import Inlezer, inschrijving, melding, persoon, tekst, zet_neer


def schrijf(pad: Path, vraag: str, *, naam: str = "levering.parquet") -> Path:
    """A Parquet file with the outcome of a query."""
    doel = pad / naam
    duckdb.sql(f"COPY ({vraag}) TO '{doel}' (FORMAT parquet)")
    return doel


def cellen(pad: Path, *kolommen: str) -> list[tuple[str, ...]]:
    """The rows of a file with these columns, as they are read."""
    return [rij.cellen for rij in lees(schrijf(pad, f"SELECT {', '.join(kolommen)}")).rijen()]


@pytest.mark.parametrize(
    ("waarde", "gelezen"),
    [
        ("'Bakker'", "Bakker"),
        ("' Zoë '", "Zoë"),
        ("DATE '2024-10-01'", "2024-10-01"),
        ("TIMESTAMP '2024-10-01 00:00:00'", "2024-10-01"),
        ("TIMESTAMP '2024-10-01 09:30:00'", "2024-10-01T09:30:00"),
        ("TIMESTAMP_NS '2024-10-01 09:30:00'", "2024-10-01T09:30:00"),
        ("TIMESTAMPTZ '2024-10-01 22:00:00+00'", "2024-10-02"),
        ("TIMESTAMPTZ '2024-01-01 09:30:00+00'", "2024-01-01T10:30:00"),
        ("123456782", "123456782"),
        ("12::TINYINT", "12"),
        ("12::UBIGINT", "12"),
        ("7.0::DOUBLE", "7"),
        ("1.5::DOUBLE", "1.5"),
        ("'nan'::DOUBLE", ""),
        ("12.00::DECIMAL(9,2)", "12"),
        ("12.50::DECIMAL(9,2)", "12.50"),
        ("true", "ja"),
        ("false", "nee"),
        ("'V'::ENUM('M', 'V')", "V"),
        ("'957'::BLOB", "957"),
        ("'''=1+1'", "=1+1"),
    ],
)
def test_een_waarde_wordt_de_tekst_die_in_een_csv_staat(tmp_path: Path, waarde: str, gelezen: str) -> None:
    assert cellen(tmp_path, f"{waarde} AS a", "1 AS b") == [(gelezen, "1")]


@pytest.mark.parametrize("soort", ["VARCHAR", "DATE", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP", "DECIMAL(9,2)"])
def test_een_lege_waarde_is_een_lege_cel(tmp_path: Path, soort: str) -> None:
    assert cellen(tmp_path, f"NULL::{soort} AS a", "1 AS b") == [("", "1")]


def test_de_rijen_staan_op_volgorde_en_tellen_als_in_een_werkblad(tmp_path: Path) -> None:
    pad = schrijf(tmp_path, "SELECT nullif(i, 3) AS a FROM range(1, 5001) t(i)")
    tabel = lees(pad)
    assert (tabel.kolommen, tabel.vorm) == (("a",), "Parquet")
    for _ in range(2):
        rijen = list(tabel.rijen())
        assert [(rij.nummer, rij.cellen[0]) for rij in rijen] == [(i + 1, str(i)) for i in range(1, 5001) if i != 3]


def test_kolommen_heten_zoals_in_het_bestand(tmp_path: Path) -> None:
    tabel = lees(schrijf(tmp_path, """SELECT 1 AS "Behaald op", 2 AS "a""b", 3 AS "select" """))
    assert tabel.kolommen == ("Behaald op", 'a"b', "select")
    assert next(iter(tabel.rijen())).cellen == ("1", "2", "3")


def test_een_kolom_die_geen_cel_is_wordt_genoemd(tmp_path: Path) -> None:
    with pytest.raises(OnleesbaarBestand, match=r"kolom uren .* geen gewone kolom"):
        lees(schrijf(tmp_path, "SELECT 1 AS pgn, [1, 2] AS uren"))


def test_te_veel_rijen_worden_geweigerd_voor_er_een_gelezen_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MAX_RIJEN", 10)
    with pytest.raises(OnleesbaarBestand, match="te groot"):
        lees(schrijf(tmp_path, "SELECT i FROM range(11) t(i)"))


@pytest.mark.parametrize("deel", [0.2, 0.5, 0.9, 0.999])
def test_een_half_bestand_wordt_geweigerd(tmp_path: Path, deel: float) -> None:
    heel = schrijf(tmp_path, "SELECT i AS a, 'naam ' || i AS b FROM range(10000) t(i)").read_bytes()
    with pytest.raises(OnleesbaarBestand, match="beschadigd"):
        list(lees(zet_neer(tmp_path, heel[: int(len(heel) * deel)], naam="half.parquet")).rijen())


def test_een_bestand_dat_binnenin_kapot_is_wordt_geweigerd(tmp_path: Path) -> None:
    heel = bytearray(schrijf(tmp_path, "SELECT 'naam ' || i AS b FROM range(10000) t(i)").read_bytes())
    heel[10 : len(heel) // 2] = b"\xff" * (len(heel) // 2 - 10)
    with pytest.raises(OnleesbaarBestand, match="beschadigd"):
        list(lees(zet_neer(tmp_path, bytes(heel), naam="kapot.parquet")).rijen())


def test_duckdb_komt_nergens_anders_bij(tmp_path: Path) -> None:
    pad = schrijf(tmp_path, "SELECT 1 AS a")
    ander = tmp_path / "ander.csv"
    ander.write_text("geheim\n1\n")
    with parquet._verbinding(pad) as db:
        with pytest.raises(duckdb.PermissionException):
            db.execute(f"SELECT * FROM read_csv('{ander}')")
        with pytest.raises(duckdb.PermissionException):
            db.execute(f"COPY (SELECT 1) TO '{tmp_path / 'uit.csv'}'")
        with pytest.raises(duckdb.InvalidInputException):
            db.execute("SET enable_external_access = true")


BALK = """
import sys
from pathlib import Path
import duckdb
from routekaart.leveringen.lezen import parquet
vraag = "SELECT current_setting('enable_progress_bar')"
with parquet._verbinding(Path(sys.argv[1])) as db:
    print(duckdb.connect().execute(vraag).fetchone()[0], db.execute(vraag).fetchone()[0])
"""


def test_duckdb_schrijft_niets_in_het_antwoord_van_de_opdracht(tmp_path: Path) -> None:
    """Its progress bar goes to standard output, where `inlezen --json` answers; by itself it can be on."""
    pad = schrijf(tmp_path, "SELECT 1 AS a")
    klaar = subprocess.run([sys.executable, "-c", BALK, str(pad)], capture_output=True, text=True, check=True)
    assert klaar.stdout.split() == ["True", "False"]


@pytest.mark.parametrize("map_", ["gewoon", "o'brien"])
def test_een_pad_met_een_aanhalingsteken_is_ook_een_pad(tmp_path: Path, map_: str) -> None:
    doel = tmp_path / map_ / "levering.parquet"
    doel.parent.mkdir()
    doel.write_bytes(schrijf(tmp_path, "SELECT 1 AS a").read_bytes())
    assert [rij.cellen for rij in lees(doel).rijen()] == [("1",)]


@pytest.mark.django_db
def test_een_csv_en_hetzelfde_als_parquet_geven_dezelfde_levering(inlezer: Inlezer) -> None:
    """Numbers, dates and empty cells as a program would type them."""
    gevallen = {
        "brp": ([persoon(1), persoon(2, geboortedatum="2004-13-40")], {"geheimhouding": "INT"}),
        "inschrijvingen": ([inschrijving(tot="2024-07-31"), inschrijving(2)], {"van": "DATE", "tot": "DATE"}),
        "duo-verzuim": ([melding(), melding(3)], {"versie": "BIGINT", "begindatum": "DATE", "gemeld_op": "TIMESTAMP"}),
    }
    for code, (rijen, typen) in gevallen.items():
        assert inlezer.tel(code, rijen)[0] > 0
        bron = zet_neer(inlezer.pad, tekst(rijen), naam="bron.csv")
        kolommen = ", ".join(
            f"nullif({naam}, '')::{typen[naam]} AS {naam}" if naam in typen else naam for naam in rijen[0]
        )
        vraag = f"SELECT {kolommen} FROM read_csv('{bron}', all_varchar=true, delim=';')"
        goed = sum(inlezer.tel(code, rijen)[:3])
        inhoud = schrijf(inlezer.pad, vraag).read_bytes()
        assert inlezer.tel(code, inhoud, naam=f"{code}.parquet") == (0, 0, goed, len(rijen) - goed)
