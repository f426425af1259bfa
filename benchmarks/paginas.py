"""How long pages take while a delivery is published: `python benchmarks/paginas.py [--rijen 100000]`.

Needs ROUTEKAART_DATABASE_URL with an empty PostgreSQL database (on SQLite a page that logs waits for whoever writes).
Builds the demo region in it, takes a delivery in by a process of its own, and meanwhile opens the pages of a coach one
after the other.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
os.environ.setdefault("ROUTEKAART_VAR", tempfile.mkdtemp(prefix="routekaart-meting-"))
os.environ["ROUTEKAART_DEMO"] = "ja"

import django

django.setup()

from django.core.management import call_command
from django.test import Client

from benchmarks.leveringen import schrijf_bestand
from routekaart.basis.models import Gemeente
from routekaart.dossiers.models import Werkproces
from routekaart.toegang.models import Gebruiker

ADRESSEN = ("/", "/meldingen/", "/jongeren/", "/signalen/")


def meet(client: Client, adressen: list[str]) -> list[tuple[float, str]]:
    """Milliseconds per page."""
    tijden = []
    for adres in adressen:
        begin = time.perf_counter()
        antwoord = client.get(adres)
        if antwoord.status_code not in {200, 404}:
            raise SystemExit(f"{adres}: {antwoord.status_code}")
        tijden.append(((time.perf_counter() - begin) * 1000, adres))
    return tijden


def toon(wat: str, tijden: list[tuple[float, str]]) -> None:
    """One line of figures."""
    ms = sorted(duur for duur, _ in tijden)
    if not ms:
        raise SystemExit(f"{wat}: geen enkele pagina gemeten")
    p95 = ms[int(len(ms) * 0.95) - 1]
    midden = statistics.median(ms)
    print(f"{wat:<28}{len(ms):>6} pagina's, midden {midden:.0f} ms, p95 {p95:.0f} ms, hoogste {ms[-1]:.0f} ms")


def main() -> None:
    """Pages alone, and pages beside a delivery."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--rijen", type=int, default=100_000)
    gekozen = opties.parse_args()
    call_command("demo", zonder_server=True)
    coach = Gebruiker.objects.get(email="coach@veldermeer.example")
    client = Client()
    client.force_login(coach)
    sleutels = Werkproces.objects.alles(reden="meting").filter(behandelaar=coach)[:10]
    adressen = [*ADRESSEN, *(f"/jongeren/{rij.jongere.sleutel}/" for rij in sleutels.select_related("jongere"))]
    meet(client, adressen)
    toon("alleen", [tijd for _ in range(3) for tijd in meet(client, adressen)])
    gemeenten = list(Gemeente.objects.filter(regio=coach.regio).values_list("code", flat=True))
    with tempfile.TemporaryDirectory() as map_:
        for soort in ("brp", "inschrijvingen"):
            pad = Path(map_) / f"{soort}.csv"
            schrijf_bestand(pad, soort, gekozen.rijen, gemeenten)
            with subprocess.Popen(
                [Path(sys.executable).with_name("routekaart"), "inlezen", soort, pad], stdout=subprocess.DEVNULL
            ) as bezig:
                tijden = []
                while bezig.poll() is None:
                    tijden += meet(client, adressen)
            if bezig.returncode:
                raise SystemExit(f"{soort}: {bezig.returncode}")
            toon(f"naast {gekozen.rijen:,} {soort}", tijden)


if __name__ == "__main__":
    main()
