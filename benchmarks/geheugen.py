"""How much memory taking in a large delivery takes: the whole `routekaart inlezen` process, at its highest.

    python benchmarks/geheugen.py [--rijen 1000000] [--soort inschrijvingen]
    python benchmarks/geheugen.py --groot 2

The first takes a file in twice and reports the peak of both processes; the second makes a CSV of so many GB and tries
it (`--proef`). Works on a database of its own in a temporary
folder, or on ROUTEKAART_DATABASE_URL where that is set to an empty one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from leveringen import TABELLEN, bsns, lees_in, maak_gebied, schrijf_bestand

MELDINGEN_PER_PERSOON = 2
LANG = "De mentor belde, schreef en sprak de ouders. Er is een gesprek geweest met de zorgcoördinator. " * 20


def inlezen(soort: str, pad: Path, *opties: str) -> tuple[dict[str, object], float, int]:
    """Runs the command; gives its answer, the seconds, and the highest resident memory in MB."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as uit:
        opdracht = [sys.executable, "-m", "django", "inlezen", soort, str(pad), "--json", *opties]
        kind = subprocess.Popen(opdracht, stdout=uit, env=os.environ)
        piek = 0
        while kind.poll() is None:
            piek = max(piek, _hoogste(kind.pid))
            time.sleep(0.05)
        uit.seek(0)
        antwoord: dict[str, object] = json.loads(uit.read().decode().strip().splitlines()[-1])
    return antwoord, time.perf_counter() - begin, piek


def _hoogste(pid: int) -> int:
    """The highest resident memory of a process until now; 0 where it has just ended."""
    try:
        regels = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(regel.split()[1]) // 1024 for regel in regels if regel.startswith("VmHWM")), 0)


def toon(wat: str, uitkomst: tuple[dict[str, object], float, int]) -> None:
    """One line per run."""
    antwoord, duur, piek = uitkomst
    zin = antwoord.get("fout") or {naam: aantal for naam, aantal in antwoord.items() if isinstance(aantal, int)}
    print(f"{wat:<44}{duur:>8.1f}s{piek:>7} MB  {zin}", flush=True)


def groot_bestand(pad: Path, grootte: int, personen: int) -> int:
    """Writes a CSV of so many bytes: enrolments of these persons, with a long text that nobody asked for; gives how
    many rows.
    """
    nummers = bsns(personen)
    aantal = 0
    with pad.open("w", encoding="utf-8") as bestand:
        bestand.write("pgn;brin;onderwijssoort;niveau;van;tot;toelichting\n")
        while bestand.tell() < grootte:
            van = dt.date(1990, 1, 1) + dt.timedelta(days=aantal // personen)
            bestand.writelines(f"{nummer};25LX00;mbo;2;{van};{van};{LANG}\n" for nummer in nummers)
            aantal += personen
    return aantal


def main() -> None:
    """A line per run."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--rijen", type=int, default=1_000_000)
    opties.add_argument("--soort", choices=list(TABELLEN), default="inschrijvingen")
    opties.add_argument("--groot", type=float, help="GB")
    gekozen = opties.parse_args()
    regio, gemeenten = maak_gebied()
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "levering.csv"
        personen = 1000 if gekozen.groot else (gekozen.rijen + 1) // MELDINGEN_PER_PERSOON
        schrijf_bestand(pad, "brp", personen, gemeenten)
        lees_in("brp", pad, regio)
        if gekozen.groot:
            aantal = groot_bestand(pad, int(gekozen.groot * 1e9), personen)
            wat = f"{pad.stat().st_size / 1e9:.1f} GB, {aantal:,} rijen"
            toon(f"{wat}, op proef", inlezen("inschrijvingen", pad, "--proef"))
            return
        schrijf_bestand(pad, gekozen.soort, gekozen.rijen, gemeenten)
        for keer in ("eerste keer", "tweede keer"):
            toon(f"{gekozen.rijen:,} {gekozen.soort}, {keer}", inlezen(gekozen.soort, pad))


if __name__ == "__main__":
    main()
