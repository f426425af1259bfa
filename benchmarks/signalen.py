"""How long each detection takes beside its bare set query, over a region as large as you like.

    python benchmarks/signalen.py [--personen 100000] [--bewaar] [--duckdb]

Works on ROUTEKAART_DATABASE_URL (PostgreSQL) where that names an empty database, else on SQLite in a temporary folder.
Everybody lives in one region with all its gemeenten; each has about three enrolments. `kaal` is the count of the
rule's own candidate selections, in the database and nothing else; the nights are runs that fetch the facts, let the
rule decide and write the signals; `factor` is the second night against the bare query. `--duckdb` puts beside it how
long DuckDB itself takes to find possible absoluut verzuim in the same rows as Parquet.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
os.environ.setdefault("ROUTEKAART_VAR", tempfile.mkdtemp(prefix="routekaart-meting-"))

import django

django.setup()

import duckdb
from django.core.management import call_command
from django.db import connection, transaction

from routekaart.basis.lading import laad
from routekaart.basis.models import Gemeente, Regio
from routekaart.loopbaan.models import Diploma, Inschrijving, Instelling
from routekaart.personen.models import Jongere
from routekaart.regels.leeftijd import leeftijd_op
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.detectie import gekozen_regels
from routekaart.signalen.kader import maak_kader
from routekaart.signalen.kandidaten import KANDIDATEN

NU = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
VANDAAG = NU.date()
PER_KEER = 50_000
JONGERE = (
    "id", "regio_id", "gemeente_id", "soort_werk", "achternaam", "voornamen", "zoeknaam", "geboortedatum",
    "geboren_vanaf", "geboren_tot",
)  # fmt: skip
INSCHRIJVING = ("jongere_id", "instelling_id", "onderwijssoort", "niveau", "van", "tot", "bron")
DIPLOMA = ("jongere_id", "soort", "niveau", "behaald_op", "bron")


def persoon(i: int, gemeenten: list[int], regio_id: int) -> tuple[Any, ...]:
    """Somebody of 5 to 27; everything follows from the number."""
    geboren = dt.date(1999, 12, 1) + dt.timedelta(days=i * 7919 % 7950)
    soort = "doorstroompunt" if leeftijd_op(geboren, VANDAAG) >= 18 else "leerplicht"
    dag = geboren.isoformat()
    return (
        i,
        regio_id,
        gemeenten[i % len(gemeenten)],
        soort,
        f"Naam{i % 9973}",
        f"V{i % 991}",
        f"v naam{i}",
        dag,
        geboren,
        geboren,
    )


def loopbaan(i: int, geboren: dt.date) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Enrolments and diplomas: nearly everybody of school age is at school, one in twelve adults left without."""
    po = (i, "po", 0, dt.date(geboren.year + 4, 8, 1), dt.date(geboren.year + 12, 7, 31))
    vo = (i, "vmbo-kb" if i % 2 else "havo", 0, dt.date(geboren.year + 12, 8, 1), dt.date(geboren.year + 16, 7, 31))
    mbo = (i, "mbo", 1 + i % 4, dt.date(geboren.year + 16, 8, 1), dt.date(geboren.year + 20, 7, 31))
    jaren = [rij for rij in (po, vo, mbo) if rij[3] <= VANDAAG]
    weg = i % 250 == 0 or (i % 12 == 0 and leeftijd_op(geboren, VANDAAG) >= 18)
    if weg and jaren:  # left in the middle of the last one
        laatste = jaren[-1]
        einde = laatste[3] + dt.timedelta(days=60 + i % 300)
        return [*jaren[:-1], (*laatste[:4], min(einde, VANDAAG))], []
    op = [(*rij[:4], None if rij[4] > VANDAAG else rij[4]) for rij in jaren]
    klaar = [rij for rij in op if rij[1] in {"havo", "mbo"} and rij[4] is not None]
    return op, [(i, rij[1], rij[2] if rij[1] == "mbo" else 0, rij[4]) for rij in klaar]


def vul(aantal: int, regio: Regio) -> None:
    """So many persons with their enrolments and diplomas."""
    gemeenten = list(Gemeente.objects.filter(regio=regio).values_list("pk", flat=True))
    scholen = [
        Instelling.objects.create(brin=f"{10 + n % 90}{'ABCDEFGH'[n // 90]}A", naam=f"School {n}").pk
        for n in range(700)
    ]
    for begin in range(0, aantal, PER_KEER):
        personen = [persoon(i, gemeenten, regio.pk) for i in range(begin + 1, min(begin + PER_KEER, aantal) + 1)]
        paren = [loopbaan(rij[0], rij[8]) for rij in personen]
        inschrijvingen = (
            (i, scholen[i * (1 + nr) % 700], soort, niveau if soort == "mbo" else 0, van, tot, "DUO")
            for rijen, _ in paren
            for nr, (i, soort, niveau, van, tot) in enumerate(rijen)
        )
        with transaction.atomic():
            laad(Jongere, JONGERE, personen, nu=NU)
            laad(Inschrijving, INSCHRIJVING, inschrijvingen, nu=NU)
            laad(Diploma, DIPLOMA, ((*rij, "DUO") for _, rijen in paren for rij in rijen), nu=NU)


def kaal(regio_id: int) -> Iterator[tuple[str, float, int]]:
    """Per rule the seconds of its candidate selections as counts, and how many candidates."""
    kader = maak_kader(regio_id, op=VANDAAG)
    for regel in gekozen_regels():
        begin = time.perf_counter()
        aantal = sum(selectie.count() for selectie in KANDIDATEN[regel.code](regio_id, kader))
        yield regel.code, time.perf_counter() - begin, aantal


def met_duckdb(map_: Path) -> float:
    """Seconds in which DuckDB finds who is of school age, lives here and has no running enrolment, in Parquet."""
    with duckdb.connect() as duck, connection.cursor() as cursor:
        for naam, velden in (
            ("personen_jongere", "id, geboren_vanaf"),
            ("loopbaan_inschrijving", "jongere_id, van, tot"),
        ):
            csv = map_ / f"{naam}.csv"
            with csv.open("wb") as bestand:
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY (SELECT {velden} FROM {naam}) TO STDOUT (FORMAT csv, HEADER)") as kopie:
                        bestand.writelines(kopie)
                else:
                    cursor.execute(f"SELECT {velden} FROM {naam}")
                    bestand.write(velden.replace(" ", "").encode() + b"\n")
                    for rij in cursor:
                        bestand.write(
                            (",".join("" if waarde is None else str(waarde) for waarde in rij) + "\n").encode()
                        )
            duck.execute(f"COPY (FROM read_csv('{csv}')) TO '{map_ / naam}.parquet' (FORMAT parquet)")
        begin = time.perf_counter()
        duck.execute(
            f"""SELECT count(*) FROM '{map_}/personen_jongere.parquet' j
                WHERE geboren_vanaf BETWEEN DATE '2008-11-17' AND DATE '2021-11-17' AND NOT EXISTS (
                    SELECT 1 FROM '{map_}/loopbaan_inschrijving.parquet' i WHERE i.jongere_id = j.id
                    AND van <= DATE '2026-11-17' AND (tot IS NULL OR tot >= DATE '2026-11-17'))"""
        ).fetchone()
        return time.perf_counter() - begin


def main() -> None:
    """Fills the database, then one line per rule: the bare query, the first night, a second night."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--personen", type=int, default=100_000)
    opties.add_argument("--duckdb", action="store_true")
    gekozen = opties.parse_args()
    call_command("migrate", verbosity=0)
    call_command("inrichten", regio=38, stdout=io.StringIO())
    regio = Regio.objects.get(nummer=38)
    begin = time.perf_counter()
    vul(gekozen.personen, regio)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}, {gekozen.personen:,} personen, gevuld in {time.perf_counter() - begin:.0f} s")
    bare = {code: (duur, aantal) for code, duur, aantal in kaal(regio.pk)}
    nachten = [signaleer(regio.pk, nu=NU), signaleer(regio.pk, nu=NU + dt.timedelta(hours=1))]
    print(f"{'regel':<32}{'kaal':>9}{'kandidaten':>12}{'treffers':>10}{'eerste':>9}{'tweede':>9}{'factor':>8}")
    for eerste, tweede in zip(*(nacht.regels for nacht in nachten), strict=True):
        duur, aantal = bare[eerste.soort]
        print(
            f"{eerste.soort:<32}{duur:>8.2f}s{aantal:>12,}{eerste.treffers:>10,}{eerste.duur_ms / 1000:>8.2f}s"
            f"{tweede.duur_ms / 1000:>8.2f}s{tweede.duur_ms / 1000 / max(duur, 0.01):>8.1f}"
        )
    for naam, nacht in zip(("eerste", "tweede"), nachten, strict=True):
        print(f"de {naam} nacht: {sum(regel.duur_ms for regel in nacht.regels) / 1000:.1f} s")
    print(f"piek {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    if gekozen.duckdb:
        with tempfile.TemporaryDirectory() as map_:
            print(f"DuckDB op Parquet, absoluut verzuim: {met_duckdb(Path(map_)):.2f} s")


if __name__ == "__main__":
    main()
