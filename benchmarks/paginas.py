"""How long pages take while a delivery is taken in: `python benchmarks/paginas.py [--rijen 100000] [--soort brp …]`.

Works on a database of its own in a temporary folder (SQLite), or on ROUTEKAART_DATABASE_URL where that is set to an
empty one. It goes the real way: builds the demo region, starts the website as in production (`routekaart start`, with
its worker), has the administration upload a file in the browser and take it in, and meanwhile opens the pages of a
coach over http, one after the other without a pause. Beside the times it says of how many pages the lines in the log
waited.
"""

from __future__ import annotations

import argparse
import http.client
import io
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
os.environ.setdefault("ROUTEKAART_VAR", tempfile.mkdtemp(prefix="routekaart-meting-"))
os.environ["ROUTEKAART_DEMO"] = "ja"
os.environ["ROUTEKAART_LOGNIVEAU"] = "ERROR"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks.leveringen import schrijf_bestand
from routekaart.basis.models import Gemeente
from routekaart.dossiers.models import Werkproces
from routekaart.leveringen.models import Levering
from routekaart.logboek import wachtrij
from routekaart.toegang.models import Gebruiker

ADRESSEN = ("/", "/meldingen/", "/jongeren/", "/signalen/")
SOORTEN = ("brp", "inschrijvingen", "duo-verzuim")
GEDULD = 600  # seconds for one delivery
Tijden = list[tuple[float, str]]


class Browser:
    """Somebody who has signed in; every page comes over a connection of its own."""

    def __init__(self, email: str, poort: int) -> None:
        client = Client()
        client.force_login(Gebruiker.objects.get(email=email))
        self.koekjes = {naam: koekje.value for naam, koekje in client.cookies.items()}
        self.poort = poort

    def vraag(
        self, methode: str, adres: str, inhoud: bytes | None = None, soort: str = "", goed: tuple[int, ...] = (200,)
    ) -> http.client.HTTPResponse:
        """One request; its body stands in `tekst`. Stops the measurement where it fails."""
        koppen = {"Cookie": "; ".join(f"{naam}={waarde}" for naam, waarde in self.koekjes.items())}
        if soort:
            koppen["Content-Type"] = soort
        verbinding = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60)
        verbinding.request(methode, adres, inhoud, koppen)
        antwoord = verbinding.getresponse()
        self.tekst = antwoord.read().decode()
        verbinding.close()
        for koekje in antwoord.headers.get_all("Set-Cookie", []):
            naam, _, waarde = koekje.partition(";")[0].partition("=")
            self.koekjes[naam] = waarde
        if antwoord.status not in goed:
            raise SystemExit(f"{methode} {adres}: {antwoord.status}")
        return antwoord

    def haal(self, adres: str) -> float:
        """Milliseconds that a page took, to the last byte."""
        begin = time.perf_counter()
        self.vraag("GET", adres)
        return (time.perf_counter() - begin) * 1000

    def stuur(self, pagina: str, adres: str, velden: Mapping[str, str], bestand: Path | None = None) -> str:
        """Fills in the form of a page; gives the address that it leads to."""
        self.vraag("GET", pagina)
        (csrf,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.tekst))
        alles = {**velden, "csrfmiddlewaretoken": csrf}
        if bestand is None:
            inhoud, soort = urlencode(alles).encode(), "application/x-www-form-urlencoded"
        else:
            rand = secrets.token_hex(12)
            delen = [
                f'--{rand}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n{waarde}\r\n'
                for naam, waarde in alles.items()
            ]
            delen.append(
                f'--{rand}\r\nContent-Disposition: form-data; name="bestand"; filename="{bestand.name}"\r\n'
                "Content-Type: text/csv\r\n\r\n"
            )
            inhoud = "".join(delen).encode() + bestand.read_bytes() + f"\r\n--{rand}--\r\n".encode()
            soort = f"multipart/form-data; boundary={rand}"
        return str(self.vraag("POST", adres, inhoud, soort, goed=(302,)).headers["Location"])


@contextmanager
def website() -> Iterator[int]:
    """The website as in production, with its sealer and its worker; gives the port."""
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort = int(proef.getsockname()[1])
    opdracht = [str(Path(sys.executable).with_name("routekaart")), "start", "--poort", str(poort)]
    with subprocess.Popen(opdracht, stdout=subprocess.DEVNULL) as server:
        try:
            while True:
                time.sleep(0.2)
                if server.poll() is not None:
                    raise SystemExit("de website start niet")
                try:
                    socket.create_connection(("127.0.0.1", poort)).close()
                    break
                except ConnectionRefusedError:
                    continue
            yield poort
        finally:
            server.terminate()


class Lezer(threading.Thread):
    """Opens the pages of a coach, round after round, until it is told to stop."""

    def __init__(self, browser: Browser, adressen: list[str]) -> None:
        super().__init__(daemon=True)
        self.browser, self.adressen = browser, adressen
        self.tijden: Tijden = []
        self.wachtten: set[str] = set()
        self.genoeg = threading.Event()
        self.fout = ""

    def run(self) -> None:
        try:
            while not self.genoeg.is_set():
                for adres in self.adressen:
                    self.tijden.append((self.browser.haal(adres), adres))
                    self.wachtten |= set(wachtrij.namen())
        except SystemExit as fout:
            self.fout = str(fout)
        finally:
            connection.close()


def neem_in(browser: Browser, soort: str, pad: Path) -> tuple[float, float]:
    """Uploads a file and takes it in, as one does in the browser; gives the seconds of looking and of taking in."""
    begin = time.monotonic()
    velden = {"soort": soort, "aard": "mutaties", "peildatum": ""}
    adres = browser.stuur("/leveringen/inlezen/", "/leveringen/inlezen/", velden, pad)
    sleutel = adres.strip("/").split("/")[-1]
    wacht_op(sleutel, Levering.Stand.PROEF)
    bekeken = time.monotonic()
    browser.stuur(adres, f"{adres}inlezen/", {})
    wacht_op(sleutel, Levering.Stand.INGELEZEN)
    return bekeken - begin, time.monotonic() - bekeken


def wacht_op(sleutel: str, stand: str) -> None:
    """Until a delivery stands there."""
    einde = time.monotonic() + GEDULD
    while time.monotonic() < einde:
        nu = Levering.objects.get(sleutel=sleutel)
        if nu.stand == stand:
            return
        if nu.stand not in {Levering.Stand.WACHT, Levering.Stand.BEZIG}:
            raise SystemExit(f"{nu.soort}: {nu.stand}: {nu.reden}")
        time.sleep(0.1)
    raise SystemExit(f"{sleutel}: werd niet {stand}")


def toon(wat: str, lezer: Lezer) -> None:
    """One line of figures, and the slowest pages."""
    if lezer.fout or not lezer.tijden:
        raise SystemExit(lezer.fout or f"{wat}: geen enkele pagina gemeten")
    ms = sorted(duur for duur, _ in lezer.tijden)
    p95 = ms[int(len(ms) * 0.95) - 1]
    print(
        f"{wat:<34}{len(ms):>6} pagina's, midden {statistics.median(ms):.0f} ms, p95 {p95:.0f} ms, "
        f"hoogste {ms[-1]:.0f} ms, {len(lezer.wachtten)} wachtten op het logboek (drukte {os.getloadavg()[0]:.1f})"
    )
    for duur, adres in sorted(lezer.tijden, reverse=True)[:3]:
        print(f"    {duur:.0f} ms {adres}")


def main() -> None:
    """Pages alone, and pages beside a delivery."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--rijen", type=int, default=100_000)
    opties.add_argument("--soort", action="append", choices=SOORTEN)
    gekozen = opties.parse_args()
    print(f"{connection.vendor}, {settings.DATABASES['default']['NAME']}")
    call_command("demo", zonder_server=True, stdout=io.StringIO())
    coach = Gebruiker.objects.get(email="coach@veldermeer.example")
    werk = Werkproces.objects.alles(reden="meting").filter(behandelaar=coach)[:10].select_related("jongere")
    adressen = [*ADRESSEN, *(f"/jongeren/{rij.jongere.sleutel}/" for rij in werk)]
    gemeenten = list(Gemeente.objects.filter(regio=coach.regio).values_list("code", flat=True))
    with tempfile.TemporaryDirectory() as map_, website() as poort:
        browser = Browser(coach.email, poort)
        administratie = Browser("administratie@veldermeer.example", poort)
        for _ in range(3):  # every process has loaded everything
            for adres in adressen:
                browser.haal(adres)
        alleen = Lezer(browser, adressen * 3)
        alleen.genoeg.set()
        for adres in alleen.adressen:
            alleen.tijden.append((browser.haal(adres), adres))
        toon("alleen", alleen)
        for soort in gekozen.soort or SOORTEN:
            pad = Path(map_) / f"{soort}.csv"
            schrijf_bestand(pad, soort, gekozen.rijen, gemeenten)
            lezer = Lezer(browser, adressen)
            lezer.start()
            try:
                bekijken, inlezen = neem_in(administratie, soort, pad)
            finally:
                lezer.genoeg.set()
                lezer.join()
            toon(f"naast {gekozen.rijen:,} {soort} ({bekijken:.0f} + {inlezen:.0f} s)", lezer)


if __name__ == "__main__":
    main()
