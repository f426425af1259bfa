"""How long a koppelbestand takes that makes people one, beside the same changes as bare statements.

    python benchmarks/samenvoegen.py [--rijen 100000] [--samen 10000]

So many rows, of which `samen` make two persons one; of the others one half is one person already, and one half names
nobody whom we know. Works on a database of its own, as leveringen.py does. Who vanishes has a number and a fact. The
bare changes load the rows that the delivery wrote (merges, their steps, lines of the log, uitval) once more, move the
same rows from the one person to the other and write all those persons again.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import leveringen as meting
from django.apps import apps
from django.db import connection, transaction

from routekaart.basis.lading import verzet
from routekaart.personen.models import Jongere, Samenvoegregel
from routekaart.personen.relaties import rijen_van

GESCHREVEN = ("personen.Samenvoeging", "personen.Samenvoegregel", "logboek.Logregel", "leveringen.Uitvalrij")
WAAR = {"logboek.Logregel": "code = 'jongere.samengevoegd'"}


def schrijf(pad: Path, rijen: Iterator[dict[str, str]]) -> None:
    """As CSV with `;`."""
    eerste = next(rijen)
    with pad.open("w", newline="", encoding="utf-8") as bestand:
        schrijver = csv.DictWriter(bestand, list(eerste), delimiter=";")
        schrijver.writeheader()
        schrijver.writerow(eerste)
        schrijver.writerows(rijen)


def koppelrijen(aantal: int, samen: int) -> Iterator[dict[str, str]]:
    """The merges stand between the others."""
    nummers = meting.bsns(2 * aantal)
    om_de = aantal // samen
    for i in range(aantal):
        if not i % om_de and i // om_de < samen:
            yield {"bsn": nummers[i], "onderwijsnummer": meting.onderwijsnummer(aantal + i)}
        elif i % 2:
            yield {"bsn": nummers[i], "onderwijsnummer": meting.onderwijsnummer(i)}
        else:
            yield {"bsn": nummers[aantal + i], "onderwijsnummer": meting.onderwijsnummer(2 * aantal + i)}


def kaal() -> tuple[float, float]:
    """Seconds and work of the bare changes. The rows stand as they stood afterwards."""
    stappen: defaultdict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    regels = rijen_van(Samenvoegregel).filter(wat="verhuisd").values_list("model", "veld", "rij", "was", "wordt")
    for model, veld, rij, was, wordt in regels:
        stappen[model, veld].append((rij, was, wordt))
    for (model, veld), rijen in stappen.items():
        verzet(apps.get_model(model), veld, [(rij, was) for rij, was, _ in rijen])
    ids = list(rijen_van(Samenvoegregel).filter(model="personen.Jongere").values_list("rij", flat=True).distinct())
    jongere = Jongere._meta
    kolommen = [veld.column for veld in jongere.concrete_fields if veld.column != "id"]
    inhoud, uit = {}, []
    with connection.cursor() as cursor:
        for naam in GESCHREVEN:
            tabel = apps.get_model(naam)._meta
            waar = f" WHERE {WAAR[naam]}" if naam in WAAR else ""
            namen = [veld.column for veld in tabel.concrete_fields]
            cursor.execute(f"SELECT {', '.join(namen)} FROM {tabel.db_table}{waar}")
            inhoud[tabel.db_table] = namen, cursor.fetchall()
            uit.append((tabel.db_table, waar))
        cursor.execute(f"SELECT id, {', '.join(kolommen)} FROM {jongere.db_table}")
        gezocht = set(ids)
        personen = [rij for rij in cursor.fetchall() if rij[0] in gezocht]
    for tabel, waar in reversed(uit):
        meting.maak_leeg([tabel], waar or " WHERE id > 0", bewaakt=tabel == "logboek_logregel")
    klok = meting.Klok()
    with transaction.atomic(), connection.cursor() as cursor:
        for tabel, (namen, rijen) in inhoud.items():
            meting.laad_kaal(cursor, tabel, namen, rijen)
        for (model, veld), rijen in stappen.items():
            verzet(apps.get_model(model), veld, [(rij, wordt) for rij, _, wordt in rijen])
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TEMPORARY TABLE wordt ON COMMIT DROP AS SELECT * FROM {jongere.db_table} LIMIT 0")
            meting.laad_kaal(cursor, "wordt", ["id", *kolommen], personen)
            gelijk = ", ".join(f"{naam} = wordt.{naam}" for naam in kolommen)
            cursor.execute(f"UPDATE {jongere.db_table} SET {gelijk} FROM wordt WHERE {jongere.db_table}.id = wordt.id")
        else:
            gelijk = ", ".join(f"{naam} = ?" for naam in kolommen)
            opdracht = f"UPDATE {jongere.db_table} SET {gelijk} WHERE id = ?"
            cursor.cursor.executemany(opdracht, [(*rij[1:], rij[0]) for rij in personen])
    return klok.stop()


def main() -> None:
    """One line."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--rijen", type=int, default=100_000)
    opties.add_argument("--samen", type=int, default=10_000)
    gekozen = opties.parse_args()
    aantal, samen = gekozen.rijen, gekozen.samen
    regio, gemeenten = meting.maak_gebied()
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "rijen.csv"
        meting.schrijf_bestand(pad, "brp", aantal, gemeenten)
        meting.lees_in("brp", pad, regio)
        rijen = list(koppelrijen(aantal, samen))
        om_de = aantal // samen
        bekend = [rij for i, rij in enumerate(rijen) if i % 2 and i % om_de]
        schrijf(pad, iter(bekend))
        meting.lees_in("koppelbestand", pad, regio)
        weg = [rijen[i * om_de]["onderwijsnummer"] for i in range(samen)]
        schrijf(pad, (
            {"pgn": nummer, "brin": "99VA00", "schooljaar": "2023-2024", "bestemming": "werk", "achternaam": "Visser",
             "geboortedatum": f"2005-{1 + i % 12:02d}-{1 + i % 28:02d}", "gemeentecode": gemeenten[0]}
            for i, nummer in enumerate(weg)
        ))  # fmt: skip
        meting.lees_in("uitstroomlijst", pad, regio)
        schrijf(pad, iter(rijen))
        klok = meting.Klok()
        telling = meting.lees_in("koppelbestand", pad, regio)
        duur, werk = klok.stop()
    if telling["gewijzigd"] != samen:
        raise SystemExit(f"niet alles ging samen: {telling}")
    bare, bare_werk = kaal()
    print(f"{connection.vendor}, {aantal:,} rijen: {samen:,} samen, {telling['ongewijzigd']:,} al een, "
          f"{telling['uitval']:,} onbekend")  # fmt: skip
    print(f"inlezen {duur:.2f}s, kaal {bare:.2f}s, factor {duur / bare:.1f}, in werk {werk / bare_werk:.1f}")


if __name__ == "__main__":
    main()
