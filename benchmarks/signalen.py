"""How long each detection takes beside its bare set query, over as many people as you like, and the curve over sizes.

    python benchmarks/signalen.py [--personen 100000 350000 1000000 3500000] [--bewaar]

On PostgreSQL (ROUTEKAART_DATABASE_URL) each size gets a database of its own beside the one that is named, and a process
of its own; afterwards that database is dropped, unless with `--bewaar`. Otherwise SQLite in a temporary folder. Who the
people are, and which share of them is a hit: benchmarks/bevolking.py.

`kaal` asks the database for the keys of the candidates of the rule, by the bare SQL on a bare cursor, and does nothing
else; whoever wants to do something with them needs at least these, so only counting them would be too little. The
settings of the database are the same for all. `zoeken` is the detection itself as `signaleer --peildatum` does it:
candidates, their facts, the rule, no writing. `eerste` is the first night, in which everything is new and is written;
`tweede` is a later one, in which hardly anything changed. Of `kaal`, `zoeken` and `tweede` the best of KEREN counts.
The factors are of these to `kaal`. `cpu` is how long this process itself worked while it searched; where other work
runs on the machine that says most, for the waiting for a processor is in all the others. `duckdb` is what DuckDB takes
for the very same query on the same rows as Parquet.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
URL = os.environ.get("ROUTEKAART_DATABASE_URL", "")
# what the candidate queries look at, for DuckDB
PARQUET = {
    "personen_jongere": (
        "id", "regio_id", "gemeente_id", "geboren_vanaf", "geboren_tot", "overleden_op", "vertrokken_op",
        "in_nederland_sinds", "samengevoegd_met_id",
    ),
    "loopbaan_inschrijving": ("id", "jongere_id", "instelling_id", "onderwijssoort", "niveau", "van", "tot"),
    "loopbaan_diploma": ("id", "jongere_id", "soort", "niveau", "behaald_op"),
    "loopbaan_vaststelling": ("id", "jongere_id", "op"),
    "loopbaan_vrijstelling": ("id", "jongere_id", "van", "tot"),
    "loopbaan_werk": ("id", "jongere_id", "van", "tot", "uren"),
    "loopbaan_inlichting": ("id", "jongere_id", "maand"),
    "loopbaan_uitstroom": ("id", "jongere_id", "schooljaar"),
    "dossiers_werkproces": (
        "id", "regio_id", "gemeente_id", "jongere_id", "soort", "soort_werk", "gestart_op", "afgesloten_op",
    ),
    "meldingen_melding": (
        "id", "regio_id", "jongere_id", "soort", "begindatum", "einddatum", "voorgenomen_uitschrijving",
    ),
    "meldingen_verzuimregel": ("id", "melding_id", "datum", "geoorloofd"),
}  # fmt: skip


KEREN = 3


def beste(wat: Any) -> tuple[float, float, Any]:
    """The fewest seconds of KEREN times, of the clock and of the processor, and what came out the last time."""
    duren, werk, uit = [], [], None
    for _ in range(KEREN):
        bezig = time.process_time()
        duur, uit = klok(wat)
        duren.append(duur)
        werk.append(time.process_time() - bezig)
    return min(duren), min(werk), uit


def klok(wat: Any) -> tuple[float, Any]:
    """Seconds, and what came out."""
    begin = time.perf_counter()
    uit = wat()
    return time.perf_counter() - begin, uit


def meet(aantal: int) -> dict[str, Any]:
    """Fills an empty database with so many people and measures every rule in it."""
    import django

    django.setup()
    import bevolking
    from django.core.management import call_command

    from routekaart.basis.models import Regio
    from routekaart.loopbaan.models import Inschrijving
    from routekaart.signalen.acties_detectie import signaleer
    from routekaart.signalen.detectie import Zoektocht, gekozen_regels
    from routekaart.signalen.kader import maak_kader
    from routekaart.signalen.kandidaten import KANDIDATEN
    from routekaart.signalen.kandidaten.laden import Naslag

    call_command("migrate", verbosity=0)
    call_command("inrichten", regio=38, stdout=io.StringIO())
    regio = Regio.objects.get(nummer=38)
    gevuld, _ = klok(lambda: bevolking.vul(aantal, regio))
    inschrijvingen = Inschrijving.objects.alles(reden="meting").count()
    kader, naslag = maak_kader(regio.pk, op=bevolking.VANDAAG), Naslag(regio.pk)
    regels: dict[str, dict[str, Any]] = {}
    for regel in gekozen_regels():
        vragen = [
            selectie.order_by().values("pk").query.sql_with_params()
            for selectie in KANDIDATEN[regel.code](regio.pk, kader)
        ]
        kaal, _, kandidaten = beste(lambda alle=vragen: sum(len(_vraag(sql, params)) for sql, params in alle))

        def zoek(regel: Any = regel) -> int:
            return sum(len(stuk) for stuk in Zoektocht(regel, regio.pk, kader, naslag).stukken())

        zoeken, werk, treffers = beste(zoek)
        regels[regel.code] = {
            "kaal": kaal, "kandidaten": kandidaten, "treffers": treffers, "zoeken": zoeken, "cpu": werk,
        }  # fmt: skip
    nachten = {}
    for nummer in range(1 + KEREN):
        naam = "tweede" if nummer else "eerste"
        bezig = time.process_time()
        nu = bevolking.NU + dt.timedelta(days=min(nummer, 1))
        duur, verslag = klok(lambda moment=nu: signaleer(regio.pk, nu=moment))
        nachten[naam] = min(duur, nachten.get(naam, duur))
        nachten[f"{naam}-cpu"] = time.process_time() - bezig
        for een in verslag.regels:
            van_regel = regels[een.soort]
            van_regel[naam] = min(een.duur_ms / 1000, van_regel.get(naam, een.duur_ms))
            van_regel.setdefault(f"{naam}-nieuw", een.nieuw)
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with tempfile.TemporaryDirectory() as map_:
        for code, duur in met_duckdb(Path(map_), regio.pk, kader).items():
            regels[code]["duckdb"] = duur
    return {
        "personen": aantal, "inschrijvingen": inschrijvingen, "gevuld": gevuld, "piek": piek, "nachten": nachten,
        "regels": regels,
    }  # fmt: skip


def met_duckdb(map_: Path, regio_id: int, kader: Any) -> dict[str, float]:
    """Per rule the seconds that DuckDB takes for its candidates in the same rows as Parquet; the second time asked."""
    import duckdb
    from django.apps import apps
    from django.db import connection

    from routekaart.signalen.kandidaten import KANDIDATEN

    soorten = {"DateField": "DATE", "CharField": "VARCHAR", "BooleanField": "BOOLEAN"}
    duren: dict[str, float] = {}
    with duckdb.connect() as duck:
        for model in apps.get_models():
            tabel = model._meta.db_table
            if tabel not in PARQUET:
                continue
            velden = {
                veld.column: soorten.get(veld.get_internal_type(), "BIGINT") for veld in model._meta.concrete_fields
            }
            csv = map_ / f"{tabel}.csv"
            _naar_csv(connection, tabel, PARQUET[tabel], csv)
            typen = ", ".join(f"'{naam}': '{velden[naam]}'" for naam in PARQUET[tabel])
            parquet = map_ / f"{tabel}.parquet"
            duck.execute(
                f"COPY (FROM read_csv('{csv}', auto_detect=false, delim=',', quote='\"', columns={{{typen}}}))"
                f" TO '{parquet}' (FORMAT parquet)"
            )
            csv.unlink()
            duck.execute(f"CREATE VIEW {tabel} AS FROM '{parquet}'")
        for code, kies in KANDIDATEN.items():
            vragen = [selectie.order_by().values("pk").query.sql_with_params() for selectie in kies(regio_id, kader)]
            for _ in range(2):
                duren[code], _aantal = klok(lambda alle=vragen: sum(_tel(duck, sql, params) for sql, params in alle))
    return duren


def _vraag(sql: str, params: Any) -> list[Any]:
    """The keys that this query gives, and nothing more."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _tel(duck: Any, sql: str, params: Any) -> int:
    waarden = [str(een) if isinstance(een, str) else een for een in params]
    (aantal,) = duck.execute(f"SELECT count(*) FROM ({sql.replace('%s', '?')})", waarden).fetchone()
    return int(aantal)


def _naar_csv(connection: Any, tabel: str, velden: tuple[str, ...], csv: Path) -> None:
    lijst = ", ".join(velden)
    with csv.open("wb") as bestand, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY (SELECT {lijst} FROM {tabel}) TO STDOUT (FORMAT csv)") as kopie:
                bestand.writelines(kopie)
            return
        cursor.execute(f"SELECT {lijst} FROM {tabel}")
        for rij in cursor:
            bestand.write((",".join("" if een is None else str(een) for een in rij) + "\n").encode())


def toon(uit: dict[str, Any]) -> None:
    """The table of one size."""
    print(
        f"\n{uit['personen']:,} personen, {uit['inschrijvingen']:,} inschrijvingen; gevuld in {uit['gevuld']:.0f} s,"
        f" piek {uit['piek']} MB"
    )
    print(
        f"{'regel':<30}{'kaal':>9}{'kandidaten':>12}{'treffers':>10}{'zoeken':>9}{'x':>6}{'eerste':>9}{'x':>6}"
        f"{'tweede':>9}{'x':>6}{'cpu':>9}{'duckdb':>9}"
    )
    totaal = dict.fromkeys(("kaal", "zoeken", "eerste", "tweede", "cpu", "duckdb"), 0.0)
    for code, regel in uit["regels"].items():
        print(f"{code:<30}" + _regel(regel, f"{regel['kandidaten']:>12,}{regel['treffers']:>10,}"))
        for naam in totaal:
            totaal[naam] += regel[naam]
    print(f"{'alle regels':<30}" + _regel(totaal, f"{'':>22}"))
    nachten = uit["nachten"]
    print(
        f"de hele nacht: de eerste {nachten['eerste']:.1f} s, de tweede {nachten['tweede']:.1f} s, waarvan Python"
        f" {nachten['eerste-cpu']:.1f} s en {nachten['tweede-cpu']:.1f} s werkte"
    )


def _regel(duren: dict[str, Any], midden: str) -> str:
    kaal = max(duren["kaal"], 0.001)
    keer = "".join(f"{duren[naam]:>8.2f}s{duren[naam] / kaal:>6.1f}" for naam in ("zoeken", "eerste", "tweede"))
    return f"{duren['kaal']:>8.2f}s{midden}{keer}{duren['cpu']:>8.2f}s{duren['duckdb']:>8.2f}s"


def toon_kromme(alle: list[dict[str, Any]]) -> None:
    """One line per size."""
    print(
        f"\n{'personen':>12}{'inschrijvingen':>16}{'kaal':>9}{'zoeken':>9}{'eerste':>9}{'tweede':>9}{'duckdb':>9}{'piek':>9}"
    )
    for uit in alle:
        totaal = {naam: sum(regel[naam] for regel in uit["regels"].values()) for naam in ("kaal", "zoeken", "duckdb")}
        print(
            f"{uit['personen']:>12,}{uit['inschrijvingen']:>16,}{totaal['kaal']:>8.1f}s{totaal['zoeken']:>8.1f}s"
            f"{uit['nachten']['eerste']:>8.1f}s{uit['nachten']['tweede']:>8.1f}s{totaal['duckdb']:>8.1f}s"
            f"{uit['piek']:>6} MB"
        )


def in_eigen_database(aantal: int, *, bewaar: bool) -> dict[str, Any]:
    """Measures one size in a fresh database and a fresh process."""
    with tempfile.TemporaryDirectory(prefix="routekaart-meting-") as map_:
        omgeving = os.environ | {"ROUTEKAART_VAR": map_}
        opdracht = [sys.executable, __file__, "--meet", str(aantal)]
        if not URL.startswith("postgres"):
            return json.loads(subprocess.run(opdracht, env=omgeving, check=True, capture_output=True).stdout)
        naam = f"{urlsplit(URL).path.strip('/')}_{aantal}"
        with psycopg.connect(URL, autocommit=True) as verbinding:
            verbinding.execute(f'DROP DATABASE IF EXISTS "{naam}"')
            verbinding.execute(f'CREATE DATABASE "{naam}"')
            eigen = urlsplit(URL)._replace(path=f"/{naam}").geturl()
            try:
                klaar = subprocess.run(
                    opdracht, env=omgeving | {"ROUTEKAART_DATABASE_URL": eigen}, check=True, stdout=subprocess.PIPE
                )
            finally:
                if not bewaar:
                    verbinding.execute(f'DROP DATABASE "{naam}"')
        return json.loads(klaar.stdout)


def main() -> None:
    """The table of each size, then the curve."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--personen", type=int, nargs="+", default=[100_000])
    opties.add_argument("--bewaar", action="store_true", help="laat de databases staan")
    opties.add_argument("--meet", type=int, help=argparse.SUPPRESS)
    gekozen = opties.parse_args()
    if gekozen.meet:
        print(json.dumps(meet(gekozen.meet)))
        return
    alle = []
    for aantal in gekozen.personen:
        alle.append(in_eigen_database(aantal, bewaar=gekozen.bewaar))
        toon(alle[-1])
    toon_kromme(alle)


if __name__ == "__main__":
    main()
