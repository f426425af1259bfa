"""How long taking in a delivery takes, beside a bare bulk load of the same rows into the same tables and indexes.

    python benchmarks/leveringen.py [--rijen 100000] [--soort brp --soort inschrijvingen …] [--profiel] [--anders]

`--anders` then takes the file in once more with something else in every row.

Works on a database of its own in a temporary folder, or on ROUTEKAART_DATABASE_URL where that is set to an empty one.
The bare load takes the very rows that the delivery wrote, out of the tables and back in again: `executemany` on SQLite,
COPY on PostgreSQL, in one transaction, with all indexes and constraints in place, into tables as empty as those that
the delivery found. `werk` is the same factor in work of the processor (of Python, and of the process of PostgreSQL that
serves it), which other work on the machine changes less. Merges have a measurement of their own: samenvoegen.py.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import itertools
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
os.environ.setdefault("ROUTEKAART_VAR", tempfile.mkdtemp(prefix="routekaart-meting-"))

import django

django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from routekaart.basis.models import Gemeente, Regio
from routekaart.leveringen.acties import neem_levering_in
from routekaart.logboek import wachters
from routekaart.toegang.bereik import systeem_toegang
from routekaart.toegang.models import SoortWerk, Team

NAMEN = ("Veldkamp", "Öztürk", "de Wit", "Jansen", "El Amrani", "Bakker", "Nowak", "Visser", "Peters", "Smits")
VOORNAMEN = ("Sanne", "Youssef", "Daan", "Zeynep", "Milan", "Julia", "Finn", "Amira", "Tess", "Ayoub")
# which tables a kind fills, in the order in which they may be filled; each with the tables that hold its traces
TABELLEN = {
    "brp": ("personen.Jongere", "personen.Persoonsnummer"),
    "inschrijvingen": ("loopbaan.Inschrijving",),
    "diplomas": ("loopbaan.Diploma",),
    "vrijstellingen": ("loopbaan.Vrijstelling",),
    "duo-vsv": ("loopbaan.Vsvopgave",),
    "inlichtingenbureau": ("loopbaan.Inlichting",),
    "uitstroomlijst": ("loopbaan.Uitstroom",),
    "brp-relaties": ("personen.Verzorger",),
    "koppelbestand": ("personen.Persoonsnummer",),
    "duo-verzuim": (
        "dossiers.Werkproces", "meldingen.Melding", "meldingen.Meldingversie", "meldingen.Verzuimregel",
        "dossiers.Gebeurtenis", "dossiers.Taak", "logboek.Logregel",
    ),
}  # fmt: skip


# of which rows of a table the delivery wrote some, where others stood in it before
WAAR = {"koppelbestand": "soort = 'onderwijsnummer'"}


def onderwijsnummer(plek: int) -> str:
    """A number that satisfies the test of onderwijsnummers: it begins with 10 and leaves 5."""
    for kern in range(10_000_000 + 2 * plek, 10_000_002 + 2 * plek):
        cijfers = [int(teken) for teken in str(kern)]
        rest = (sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), cijfers, strict=True)) - 5) % 11
        if rest < 10:
            return f"{kern}{rest}"
    raise AssertionError("of two in a row one has a last figure")


def bsns(aantal: int) -> list[str]:
    """So many different test numbers that satisfy the eleven-test and begin with 9."""
    gevonden = []
    for kern in itertools.count(90_000_000):
        cijfers = [int(teken) for teken in str(kern)]
        rest = sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), cijfers, strict=True)) % 11
        if rest < 10:
            gevonden.append(f"{kern}{rest}")
        if len(gevonden) == aantal:
            return gevonden
    raise AssertionError("the count never ends")


def rijen_van(soort: str, aantal: int, gemeenten: list[str]) -> Iterator[dict[str, str]]:
    """So many rows of a kind, the same ones each time. Kinds about a person name two for each."""
    rng = random.Random(7)
    een_per_rij = soort in {"brp", "koppelbestand"}
    nummers = bsns(aantal if een_per_rij else (aantal + 1) // 2)
    for i in range(aantal):
        pgn = nummers[i] if een_per_rij else nummers[i // 2]
        dag = dt.date(2018, 8, 1) + dt.timedelta(days=(i % 2) * 700 + i % 400)
        if soort == "brp":
            geboren = dt.date(2001, 1, 1) + dt.timedelta(days=rng.randrange(6500))
            yield {
                "bsn": pgn, "achternaam": rng.choice(NAMEN), "voorvoegsel": "", "voornamen": rng.choice(VOORNAMEN),
                "geboortedatum": geboren.isoformat(), "geslacht": rng.choice("MV"), "straat": f"Dorpsstraat {i % 977}",
                "huisnummer": str(i % 300), "postcode": f"{6000 + i % 99}AB", "woonplaats": "Veldermeer",
                "gemeentecode": rng.choice(gemeenten), "adres_sinds": "2015-06-01", "geheimhouding": "0",
            }  # fmt: skip
        elif soort == "inschrijvingen":
            yield {
                "pgn": pgn, "brin": f"{10 + i % 40}AB0{i % 3}", "onderwijssoort": "mbo", "niveau": str(1 + i % 4),
                "leerweg": "bol", "opleidingscode": f"25{i % 500:03d}", "leerjaar": "1", "van": dag.isoformat(),
                "tot": (dag + dt.timedelta(days=300)).isoformat() if i % 2 == 0 else "", "uitschrijfreden": "",
            }  # fmt: skip
        elif soort == "diplomas":
            yield {"pgn": pgn, "soort": "mbo", "niveau": str(1 + i % 4), "behaald_op": dag.isoformat(),
                   "brin": f"{10 + i % 40}AB00"}  # fmt: skip
        elif soort == "vrijstellingen":
            yield {"pgn": pgn, "soort": "vrijstelling", "grond": "artikel 5 onder a", "van": dag.isoformat(), "tot": ""}
        elif soort == "duo-vsv":
            yield {"pgn": pgn, "schooljaar": f"{2018 + i % 2}-{2019 + i % 2}", "rapportage": "A01",
                   "leverdatum": "2024-02-01", "brin": f"{10 + i % 40}AB00", "niveau": "2",
                   "uitgeschreven_op": dag.isoformat()}  # fmt: skip
        elif soort == "inlichtingenbureau":
            yield {"bsn": pgn, "maand": f"2024-0{1 + i % 2}", "werk_uren": "", "inkomen_klasse": "laag",
                   "uitkering": "nee"}  # fmt: skip
        elif soort == "uitstroomlijst":
            yield {"pgn": pgn, "brin": f"{10 + i % 40}AB00", "schooljaar": f"{2018 + i % 2}-{2019 + i % 2}",
                   "bestemming": "mbo entree", "getuigschrift": "ja", "advies": "", "contact_school": ""}  # fmt: skip
        elif soort == "brp-relaties":
            yield {"bsn": pgn, "relatie": "ouder", "relatie_bsn": "", "naam": f"{VOORNAMEN[i % 10]} {NAMEN[i % 7]}",
                   "straat": f"Dorpsstraat {i % 977}", "huisnummer": str(i % 300), "postcode": f"{6000 + i % 99}AB",
                   "woonplaats": "Veldermeer", "gezag": "ja", "van": "2007-03-04", "tot": ""}  # fmt: skip
        elif soort == "koppelbestand":
            yield {"bsn": pgn, "onderwijsnummer": onderwijsnummer(i)}
        elif soort == "duo-verzuim":
            dag = dt.date(2026, 9, 1) + dt.timedelta(days=i % 30)
            yield {
                "meldingsnummer": f"{7_000_000 + i}", "versie": "1", "pgn": pgn, "brin": f"{10 + i % 40}AB00",
                "soort": ("16-uur", "maand", "luxe", "overig")[i % 4], "berichtcode": "V4",
                "begindatum": dag.isoformat(), "reden": f"Komt sinds week {i % 40} niet meer opdagen",
                "ondernomen_actie": "De mentor belde twee keer en sprak een ouder", "gewenste_actie": "Een gesprek",
                "contact_naam": f"{VOORNAMEN[i % 10]} Slot", "contact_functie": "mentor",
                "contact_telefoon": "0475000000", "contact_email": "mentor@school.example", "niveau": "2",
                "uren": f"{dag}:3;{dag + dt.timedelta(days=1)}:heel", "status": "nieuw",
                "gemeld_op": f"{dag}T09:30:00",
            }  # fmt: skip


# what `--anders` changes in every row of a kind
ANDERS = {
    "brp": {"straat": "Nieuwstraat"},
    "inschrijvingen": {"leerjaar": "2"},
    "diplomas": {"brin": "99ZZ"},
    "vrijstellingen": {"grond": "artikel 5 onder b"},
    "duo-vsv": {"uitgeschreven_op": "2024-01-15", "leverdatum": "2024-03-01"},
    "inlichtingenbureau": {"inkomen_klasse": "midden"},
    "uitstroomlijst": {"bestemming": "werk"},
    "brp-relaties": {"gezag": "nee"},
    "duo-verzuim": {"versie": "2", "status": "gewijzigd", "reden": "Is ziek", "uren": "2026-09-07:4"},
}


def schrijf_bestand(
    pad: Path, soort: str, aantal: int, gemeenten: list[str], anders: Mapping[str, str] | None = None
) -> None:
    """The rows as CSV with `;`; `anders`: with these values in every row."""
    rijen = (rij | (anders or {}) for rij in rijen_van(soort, aantal, gemeenten))
    eerste = next(rijen)
    with pad.open("w", newline="", encoding="utf-8") as bestand:
        schrijver = csv.DictWriter(bestand, list(eerste), delimiter=";")
        schrijver.writeheader()
        schrijver.writerow(eerste)
        schrijver.writerows(rijen)


def maak_gebied() -> tuple[Regio, list[str]]:
    """A region with its gemeenten, and teams that serve them all."""
    call_command("migrate", verbosity=0)
    call_command("inrichten", regio=38, stdout=io.StringIO())
    regio = Regio.objects.get(nummer=38)
    gemeenten = list(Gemeente.objects.filter(regio=regio).values_list("code", flat=True))
    for werk in SoortWerk:
        team, _ = Team.objects.get_or_create(
            regio=regio, naam=f"Team {werk.label}", defaults={"soorten_werk": [werk.value]}
        )
        team.gemeenten.set(Gemeente.objects.filter(regio=regio))
    return regio, gemeenten


def lees_in(soort: str, pad: Path, regio: Regio) -> dict[str, int]:
    """Takes the file in, as the command does."""
    uitkomst = neem_levering_in(soort, pad, regio=regio, toegang=systeem_toegang(regio.pk), nu=timezone.now())
    return uitkomst.telling.als_velden()


class Klok:
    """Seconds by the clock, and seconds of the processor: of Python and of the process of PostgreSQL that serves it."""

    def __init__(self) -> None:
        self._tijd, self._werk = time.perf_counter(), self._gewerkt()

    def stop(self) -> tuple[float, float]:
        return time.perf_counter() - self._tijd, self._gewerkt() - self._werk

    @staticmethod
    def _gewerkt() -> float:
        werk = time.process_time()
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            stand = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
            if stand.exists():  # it is on this machine
                werk += int(stand.read_text().split()[0]) / 1e9
        return werk


def kaal(namen: tuple[str, ...], waar: str = "") -> tuple[float, float]:
    """Seconds and work of a bare bulk load of what now stands in these tables, or the part of it that `waar` says; they
    hold the same rows afterwards.
    """
    modellen = [apps.get_model(naam) for naam in namen]
    waar = f" WHERE {waar}" if waar else ""
    inhoud: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
    with connection.cursor() as cursor:
        for model in modellen:
            tabel = model._meta.db_table
            kolommen = [veld.column for veld in model._meta.concrete_fields]
            cursor.execute(f"SELECT {', '.join(kolommen)} FROM {tabel}{waar}")
            inhoud[tabel] = kolommen, cursor.fetchall()
    maak_leeg(list(inhoud), waar, bewaakt="logboek.Logregel" in namen)
    klok = Klok()
    with transaction.atomic(), connection.cursor() as cursor:
        for tabel, (kolommen, rijen) in inhoud.items():
            laad_kaal(cursor, tabel, kolommen, rijen)
    return klok.stop()


def maak_leeg(tabellen: Sequence[str], waar: str, *, bewaakt: bool) -> None:
    """As before the delivery: nothing of the rows is left behind in tables and indexes."""
    heel = connection.vendor == "postgresql" and not waar
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys=ON")
        # the log forbids emptying it: its guards step aside, and are back for the load
        for opdracht in wachters.opruimen(connection.vendor) if bewaakt else ():
            cursor.execute(opdracht)
        if heel:  # what refers to these rows holds nothing yet
            cursor.execute(f"TRUNCATE {', '.join(tabellen)} CASCADE")
        for tabel in () if heel else reversed(tabellen):
            cursor.execute(f"DELETE FROM {tabel}{waar}")
        for opdracht in wachters.opdrachten(connection.vendor) if bewaakt else ():
            cursor.execute(opdracht)
    if connection.vendor == "postgresql" and not heel:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {', '.join(tabellen)}")


def laad_kaal(cursor: Any, tabel: str, kolommen: Sequence[str], rijen: Sequence[tuple[Any, ...]]) -> None:
    """Within a transaction."""
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {tabel} ({', '.join(kolommen)}) FROM STDIN") as kopie:
            for rij in rijen:
                kopie.write_row(rij)
        return
    plaatsen = ", ".join("?" * len(kolommen))
    cursor.cursor.executemany(f"INSERT INTO {tabel} ({', '.join(kolommen)}) VALUES ({plaatsen})", rijen)


def main() -> None:
    """One line per kind: first reading, the bare load, the factor, and a second reading of the same file."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--rijen", type=int, default=100_000)
    opties.add_argument("--soort", action="append", choices=list(TABELLEN))
    opties.add_argument("--profiel", action="store_true")
    opties.add_argument("--anders", action="store_true")
    gekozen = opties.parse_args()
    regio, gemeenten = maak_gebied()
    soorten = [soort for soort in TABELLEN if not gekozen.soort or soort in {"brp", *gekozen.soort}]
    print(f"{connection.vendor}, {gekozen.rijen:,} rijen per soort")
    print(
        f"{'soort':<18}{'inlezen':>10}{'kaal':>9}{'factor':>8}{'werk':>7}{'nog eens':>10}{'anders':>10}{'piek MB':>9}"
    )
    with tempfile.TemporaryDirectory() as map_:
        for soort in soorten:
            pad = Path(map_) / f"{soort}.csv"
            schrijf_bestand(pad, soort, gekozen.rijen, gemeenten)
            klok = Klok()
            if gekozen.profiel and (not gekozen.soort or soort in gekozen.soort):
                import cProfile
                import pstats

                meter = cProfile.Profile()
                telling = meter.runcall(lees_in, soort, pad, regio)
                pstats.Stats(meter, stream=sys.stderr).sort_stats("tottime").print_stats(35)
            else:
                telling = lees_in(soort, pad, regio)
            duur, werk = klok.stop()
            if telling["nieuw"] != gekozen.rijen:
                raise SystemExit(f"{soort}: niet alles was nieuw: {telling}")
            piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            klok = Klok()
            opnieuw = lees_in(soort, pad, regio)
            weer, _ = klok.stop()
            if opnieuw["ongewijzigd"] != gekozen.rijen:
                raise SystemExit(f"{soort}: een tweede lezing veranderde iets: {opnieuw}")
            bare, bare_werk = kaal(TABELLEN[soort], WAAR.get(soort, ""))
            laatst = f"{'-':>10}"
            if gekozen.anders and soort in ANDERS:
                schrijf_bestand(pad, soort, gekozen.rijen, gemeenten, ANDERS[soort])
                klok = Klok()
                telling = lees_in(soort, pad, regio)
                laatst = f"{klok.stop()[0]:>9.2f}s"
                if telling["gewijzigd"] != gekozen.rijen:
                    raise SystemExit(f"{soort}: niet alles was gewijzigd: {telling}")
            factoren = f"{duur / bare:>8.1f}{werk / bare_werk:>7.1f}"
            print(f"{soort:<18}{duur:>9.2f}s{bare:>8.2f}s{factoren}{weer:>9.2f}s{laatst}{piek:>9}", flush=True)


if __name__ == "__main__":
    main()
