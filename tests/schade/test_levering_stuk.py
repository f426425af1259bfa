"""A delivery under bad luck: killed at any moment, the disk full, the database gone, two at once. All or nothing."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen import acties
from routekaart.leveringen.acties import neem_levering_in
from routekaart.leveringen.models import Levering
from tests.leveringen.hulp import persoon, tekst
from tests.schade.proef import Proef, Stand
from tests.schade.spel import Spel, beginstand

AANTAL = 1_500
PERSONEN = [persoon(500 + i) for i in range(AANTAL)]
ANDEREN = [persoon(500 + AANTAL // 2 + i) for i in range(AANTAL)]


def neem_in(rijen: list[dict[str, str]], soort: str = "brp") -> Callable[[], dict[str, int]]:
    """The work of a process: one delivery with these rows."""

    def doe() -> dict[str, int]:
        with tempfile.TemporaryDirectory() as map_:
            bestand = Path(map_) / "levering.csv"
            bestand.write_text(tekst(rijen))
            s = Spel()
            uitkomst = neem_levering_in(soort, bestand, regio=s.jongere.regio, naam="levering.csv", **s.wie)
            return uitkomst.telling.als_velden()

    return doe


def geweigerd(werk: Callable[[], Any]) -> Callable[[], str]:
    """The sentence with which the work was refused."""

    def doe() -> str:
        try:
            werk()
        except Geweigerd as fout:
            return fout.boodschap
        raise AssertionError("er werd niets geweigerd")

    return doe


@pytest.fixture
def begin(proef: Proef) -> Proef:
    """A region with one young person, in state `levering`."""
    proef.kopie(proef.leeg(), "levering")
    proef.doe("levering", beginstand)
    return proef


def zonder_log(stand: Stand) -> Stand:
    return {tabel: rijen for tabel, rijen in stand.items() if not tabel.startswith("logboek_")}


def test_wie_op_welk_moment_ook_wordt_gedood_laat_alles_of_niets_achter(begin: Proef) -> None:
    voor = begin.stand("levering")
    begin.kopie("levering", "heel")
    duur = _klok(lambda: begin.doe("heel", neem_in(PERSONEN)))
    na = begin.stand("heel")
    halverwege = 0
    for deel in range(1, 10):
        begin.kopie("levering", "gedood")
        kind, pijp = begin.begin("gedood", neem_in(PERSONEN))
        time.sleep(duur * deel / 14)
        os.kill(kind, signal.SIGKILL)
        os.close(pijp)
        _, status = os.waitpid(kind, 0)
        halverwege += os.waitstatus_to_exitcode(status) == -signal.SIGKILL
        stand = begin.stand("gedood")
        assert stand in (voor, na), f"na {deel} veertienden is het half"
        begin.doe("gedood", neem_in(PERSONEN))
        assert len(begin.stand("gedood")["personen_jongere"]) == len(na["personen_jongere"])
    assert halverwege >= 3, "de levering was steeds al klaar"


def _klok(doe: Callable[[], object]) -> float:
    begonnen = time.monotonic()
    doe()
    return time.monotonic() - begonnen


def test_een_volle_schijf_weigert_in_woorden_en_laat_geen_bestand_achter(begin: Proef) -> None:
    """No file of this process may grow beyond 64 kB: the system refuses what is written after that."""
    voor = begin.stand("levering")
    kopieen = Path(settings.MEDIA_ROOT) / "tijdelijk"

    def vol() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with tempfile.TemporaryDirectory() as map_:
            bestand = Path(map_) / "levering.csv"
            bestand.write_text(tekst(PERSONEN))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
            s = Spel()
            return geweigerd(lambda: neem_levering_in("brp", bestand, regio=s.jongere.regio, **s.wie))()

    eerder = set(kopieen.glob("*"))
    zin = begin.doe("levering", vol).antwoord
    assert zin.startswith("Het bestand kan niet worden overgenomen: de schijf is vol. Er is niets veranderd.")
    assert begin.stand("levering") == voor
    assert set(kopieen.glob("*")) <= eerder


def test_een_volle_database_weigert_in_woorden(begin: Proef) -> None:
    """On SQLite the database may not grow; a server of PostgreSQL says the same of its own disk."""
    voor = zonder_log(begin.stand("levering"))

    def vol() -> str:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA page_count")
                cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 20}")
            return geweigerd(neem_in(PERSONEN))()
        return geweigerd(_als_de_server_vol_is)()

    zin = begin.doe("levering", vol).antwoord
    assert zin.startswith("De schijf van de database is vol. Er is niets veranderd.")
    assert zonder_log(begin.stand("levering")) == voor


def _als_de_server_vol_is() -> None:
    """What PostgreSQL raises then (53100) comes from a server that we cannot fill here; this is its very error."""
    with acties._vertaald(), connection.cursor() as cursor:
        cursor.execute(
            "DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device'"
            " USING ERRCODE = '53100'; END $$"
        )


def test_twee_leveringen_tegelijk_eindigen_als_na_elkaar(begin: Proef) -> None:
    begonnen = [begin.begin("levering", neem_in(rijen)) for rijen in (PERSONEN, ANDEREN)]
    tellingen = [begin.wacht(een).antwoord for een in begonnen]
    assert sum(telling["nieuw"] for telling in tellingen) == AANTAL + AANTAL // 2
    assert sum(telling["ongewijzigd"] for telling in tellingen) == AANTAL - AANTAL // 2
    stand = begin.stand("levering")
    nummers = begin.doe("levering", lambda: list(Levering.objects.values_list("nummer", flat=True))).antwoord
    assert len(set(nummers)) == 2
    assert len(stand["personen_persoonsnummer"]) >= AANTAL + AANTAL // 2


class Doorgeefluik:
    """A gate between this process and the server, that can be shut: what runs breaks off, what comes is refused."""

    def __init__(self, host: str, poort: int) -> None:
        self.doel = (host, poort)
        self.luister = socket.create_server(("127.0.0.1", 0))
        self.keren_dicht = 0
        self.dicht = False
        self.lopend: list[socket.socket] = []
        threading.Thread(target=self._neem_aan, daemon=True).start()

    @property
    def poort(self) -> int:
        nummer: int = self.luister.getsockname()[1]
        return nummer

    def _neem_aan(self) -> None:
        while True:
            binnen, _ = self.luister.accept()
            if self.dicht:
                binnen.close()
                continue
            buiten = socket.create_connection(self.doel)
            self.lopend += [binnen, buiten]
            for van, naar in ((binnen, buiten), (buiten, binnen)):
                threading.Thread(target=self._geef_door, args=(van, naar), daemon=True).start()

    def _geef_door(self, van: socket.socket, naar: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while deel := van.recv(1 << 16):
                naar.sendall(deel)
        for een in (van, naar):  # closing alone would leave the other thread, and with it the server, waiting
            with contextlib.suppress(OSError):
                een.shutdown(socket.SHUT_RDWR)

    def sluit(self, seconden: float) -> None:
        """Shuts the gate for so long."""
        self.dicht = True
        self.keren_dicht += 1
        for een in self.lopend:
            with contextlib.suppress(OSError):
                een.shutdown(socket.SHUT_RDWR)
        self.lopend.clear()
        threading.Timer(seconden, self._open).start()

    def _open(self) -> None:
        self.dicht = False


@pytest.mark.postgres
def test_een_database_die_even_weg_is_breekt_geen_levering(begin: Proef) -> None:
    """The way to the server is shut in the middle of the delivery and opened ten seconds later."""

    def doe() -> dict[str, int]:
        s = Spel()
        regio, wie = s.jongere.regio, s.wie
        wens = connection.settings_dict
        luik = Doorgeefluik(wens["HOST"] or "127.0.0.1", int(wens["PORT"] or 5432))
        connection.close()
        wens["HOST"], wens["PORT"] = "127.0.0.1", str(luik.poort)

        def voortgang(gedaan: int, regels: int) -> None:
            if not luik.keren_dicht:
                luik.sluit(10)

        with tempfile.TemporaryDirectory() as map_:
            bestand = Path(map_) / "levering.csv"
            bestand.write_text(tekst(PERSONEN))
            uitkomst = neem_levering_in("brp", bestand, regio=regio, naam="levering.csv", voortgang=voortgang, **wie)
        assert luik.keren_dicht == 1
        return uitkomst.telling.als_velden()

    assert begin.doe("levering", doe).antwoord["nieuw"] == AANTAL
    stand = begin.stand("levering")
    assert len(stand["leveringen_levering"]) == 1
    assert len(stand["personen_jongere"]) == AANTAL + 1
