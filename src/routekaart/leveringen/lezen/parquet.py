"""Parquet, through DuckDB: typed columns become the text that a CSV would have. DuckDB reaches this one file only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from routekaart.leveringen.lezen.tabel import OnleesbaarBestand, Rij, Tabel, kopregel, maak_rij

STUK = 2_000
GEHEUGEN = "512MB"
MAX_RIJEN = 50_000_000
BESCHADIGD = "Dit Parquet-bestand is beschadigd of veel te groot. Vraag het opnieuw aan, of vraag om CSV."
# strings without their mark, as older programs write them, are still strings
BRON = "read_parquet($pad, binary_as_string=true)"

_HEEL = "CASE WHEN {0} = trunc({0}) THEN CAST(CAST({0} AS HUGEINT) AS VARCHAR) ELSE CAST({0} AS VARCHAR) END"
_BREUK = f"CASE WHEN isfinite({{0}}) THEN {_HEEL} WHEN isnan({{0}}) THEN '' ELSE CAST({{0}} AS VARCHAR) END"
_MOMENT = (
    "CASE WHEN {0} = date_trunc('day', {0}) THEN strftime({0}, '%Y-%m-%d') ELSE strftime({0}, '%Y-%m-%dT%H:%M:%S') END"
)
# per type of DuckDB: how a cell is written in a CSV of ours; a moment with a zone is the one on a Dutch clock
_TEKST = {
    "VARCHAR": "{0}",
    "DATE": "CAST({0} AS VARCHAR)",
    "BOOLEAN": "CASE {0} WHEN true THEN 'ja' WHEN false THEN 'nee' END",
    "FLOAT": _BREUK,
    "DOUBLE": _BREUK,
    "TIMESTAMP": _MOMENT,
    "TIMESTAMP_S": _MOMENT.replace("{0}", "CAST({0} AS TIMESTAMP)"),
    "TIMESTAMP_MS": _MOMENT.replace("{0}", "CAST({0} AS TIMESTAMP)"),
    "TIMESTAMP_NS": _MOMENT.replace("{0}", "CAST({0} AS TIMESTAMP)"),
    "TIMESTAMP WITH TIME ZONE": _MOMENT.replace("{0}", "({0} AT TIME ZONE 'Europe/Amsterdam')"),
} | dict.fromkeys(
    (f"{teken}{soort}INT" for teken in ("", "U") for soort in ("", "TINY", "SMALL", "BIG", "HUGE")),
    "CAST({0} AS VARCHAR)",
)
_TEKST["INTEGER"] = _TEKST["UINTEGER"] = _TEKST["BIGINT"]


def lees_parquet(pad: Path) -> Tabel:
    """Opens a Parquet file and reads its columns. Raises OnleesbaarBestand."""
    with _verbinding(pad) as db:
        beschrijving = db.execute(f"DESCRIBE SELECT * FROM {BRON}", {"pad": str(pad)}).fetchall()
        geteld = db.execute(f"SELECT count(*) FROM {BRON}", {"pad": str(pad)}).fetchone()
    if geteld is None or geteld[0] > MAX_RIJEN:
        raise OnleesbaarBestand(BESCHADIGD)
    kolommen = kopregel([naam for naam, *_ in beschrijving])
    cellen = ", ".join(_cel(naam, soort) for naam, soort, *_ in beschrijving)

    def rijen() -> Iterator[Rij]:
        with _verbinding(pad) as db:
            antwoord = db.execute(f"SELECT {cellen} FROM {BRON}", {"pad": str(pad)})
            nummer = 1
            while stuk := antwoord.fetchmany(STUK):
                for waarden in stuk:
                    nummer += 1
                    rij = maak_rij(nummer, [waarde or "" for waarde in waarden], breedte=len(kolommen))
                    if rij is not None:
                        yield rij

    return Tabel(kolommen, "Parquet", rijen)


def _cel(naam: str, soort: str) -> str:
    """The SQL that makes text of a column. Raises OnleesbaarBestand for what is no cell of a table."""
    vorm = _HEEL if soort.startswith("DECIMAL") else _TEKST.get("VARCHAR" if soort.startswith("ENUM") else soort)
    if vorm is None:
        raise OnleesbaarBestand(f"De kolom {naam} van dit Parquet-bestand is geen gewone kolom. Vraag om CSV.")
    veilig = '"' + naam.replace('"', '""') + '"'
    return vorm.format(veilig)


@contextmanager
def _verbinding(pad: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that may read this file only, on one core and with little memory."""
    db = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "memory_limit": GEHEUGEN,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        # it would stand in the answer of `inlezen --json`
        db.execute("SET enable_progress_bar = false")
        veilig = str(pad).replace("'", "''")
        db.execute(f"SET allowed_paths = ['{veilig}']")
        db.execute("SET enable_external_access = false")
        db.execute("SET lock_configuration = true")
        yield db
    except duckdb.Error:
        # whatever is wrong with the file or goes beyond these limits
        raise OnleesbaarBestand(BESCHADIGD) from None
    finally:
        db.close()
