"""A database of its own per trial, a process that dies at the N-th statement, and what is in the tables afterwards.

Works on both databases: on SQLite a state is a file that is copied, on PostgreSQL a database that is a template.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import signal
import sqlite3
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import typst
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from tests.deuren.bron import eigen_modellen

DOOD = 137
# Typst keeps threads that do not live on in a fork: a child would wait for them where its parent printed before
PDF = b"%PDF-1.7\n%%EOF\n"
# differs at every run and says nothing about the state
TOEVAL = {
    "sleutel",
    "created",
    "updated",
    "zout",
    "inhoud_vinger",
    "vinger",
    "cijfertekst",
    "sha256",
    "bestand",
    "verzoek",
}
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
Stand = dict[str, list[tuple[str, ...]]]


@dataclass(frozen=True)
class Afloop:
    """How a child process ended: it died where asked, or came to the end with this many statements and this answer.

    `beelden`: the states that a power cut would have left, one for each statement after which the files were different.
    """

    dood: bool
    opdrachten: int = 0
    antwoord: Any = None
    beelden: tuple[str, ...] = ()


class Proef:
    """The databases of one test session: an empty migrated one, and named states that came from it."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.postgres = connection.vendor == "postgresql"
        self.voorvoegsel = f"schade_{os.getpid()}"
        self._gemaakt: set[str] = set()

    # -- states

    def leeg(self) -> str:
        """The migrated database without rows; made once."""
        if "leeg" not in self._gemaakt:
            self._maak("leeg")
            self.doe("leeg", lambda: call_command("migrate", verbosity=0))
        return "leeg"

    def kopie(self, van: str, naar: str) -> str:
        """A new state that begins as another one; replaces what had that name."""
        if self.postgres:
            self._maak(naar, van)
        else:
            self._weg(naar)
            shutil.copyfile(self._pad(van), self._pad(naar))
            self._gemaakt.add(naar)
        return naar

    def ruim_op(self) -> None:
        for naam in list(self._gemaakt):
            self._weg(naam)

    def _pad(self, naam: str) -> Path:
        return self.map / f"{naam}.sqlite3"

    def _naam(self, naam: str) -> str:
        return f"{self.voorvoegsel}_{naam}"

    def _maak(self, naam: str, van: str | None = None) -> None:
        self._weg(naam)
        if self.postgres:
            opdracht = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(self._naam(naam)), sql.Identifier(self._naam(van) if van else "template0")
            )
            self._beheer(opdracht)
        self._gemaakt.add(naam)

    def _weg(self, naam: str) -> None:
        self._gemaakt.discard(naam)
        if self.postgres:
            self._beheer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self._naam(naam))))
            return
        for staart in ("", "-wal", "-shm"):
            self.map.joinpath(f"{naam}.sqlite3{staart}").unlink(missing_ok=True)

    def _verbind(self, databank: str) -> psycopg.Connection[Any]:
        wens = connection.settings_dict
        return psycopg.connect(
            dbname=databank,
            user=wens["USER"],
            password=wens["PASSWORD"] or None,
            host=wens["HOST"] or None,
            port=wens["PORT"] or None,
            autocommit=True,
        )

    def _beheer(self, opdracht: sql.Composed) -> None:
        with self._verbind("postgres") as verbinding:
            verbinding.execute(opdracht)

    # -- what is in a state

    def stand(self, naam: str) -> Stand:
        """Every row of every table of the house, without what is chance."""
        uitslag: Stand = {}
        bron = self._verbind(self._naam(naam)) if self.postgres else sqlite3.connect(self._pad(naam))
        try:
            if self.postgres:  # one moment for all tables, also where the server still works for a client that died
                bron.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for model in eigen_modellen():
                tabel = model._meta.db_table
                kolommen = [veld.column for veld in model._meta.local_concrete_fields if veld.column not in TOEVAL]
                lees = ", ".join(f'"{kolom}"' for kolom in kolommen)
                rijen = bron.execute(f'SELECT {lees} FROM "{tabel}" ORDER BY "{model._meta.pk.column}"').fetchall()  # type: ignore[arg-type,union-attr]
                uitslag[tabel] = [tuple(UUID.sub("‹sleutel›", str(waarde)) for waarde in rij) for rij in rijen]
        finally:
            bron.close()
        return uitslag

    def hier(self, naam: str, werk: Callable[[], Any]) -> None:
        """Runs the work in this process: what it reads from files once, its children need not read again."""
        ouders = connections["default"]
        connections["default"] = self._verbinding(naam)
        try:
            werk()
        finally:
            connections["default"].close()
            connections["default"] = ouders

    # -- work in a process of its own

    def _verbinding(self, naam: str) -> BaseDatabaseWrapper:
        wens = {**connection.settings_dict, "NAME": self._naam(naam) if self.postgres else str(self._pad(naam))}
        if not self.postgres:
            wens["TEST"] = {**wens.get("TEST", {}), "NAME": wens["NAME"]}
        eigen = connections.create_connection("default")
        eigen.settings_dict = wens
        return eigen

    def doe(
        self, naam: str, werk: Callable[[], Any], *, sterf_na: int | None = None, fotografeer: bool = False
    ) -> Afloop:
        """Runs the work in a child process on this state. `sterf_na`: it dies right after so many statements.

        `fotografeer`: after every statement the files are looked at, and kept where they changed. That is what a
        process that dies there leaves. On SQLite only; PostgreSQL has no files that one can look at.
        """
        return self.wacht(self.begin(naam, werk, sterf_na=sterf_na, fotografeer=fotografeer))

    def begin(
        self, naam: str, werk: Callable[[], Any], *, sterf_na: int | None = None, fotografeer: bool = False
    ) -> tuple[int, int]:
        """Starts the child; `wacht` collects it. So that many can work at once."""
        lees, schrijf = os.pipe()
        kind = os.fork()
        if kind == 0:
            os.close(lees)
            self._kind(naam, werk, _Teller(sterf_na, self._fotograaf(naam) if fotografeer else None), schrijf)
        os.close(schrijf)
        return kind, lees

    def wacht(self, begonnen: tuple[int, int]) -> Afloop:
        """How the child ended. Raises AssertionError with its traceback where it failed."""
        kind, lees = begonnen
        with os.fdopen(lees, "rb") as pijp:
            inhoud = pijp.read()
        _, status = os.waitpid(kind, 0)
        code = os.waitstatus_to_exitcode(status)
        if code in {DOOD, -signal.SIGKILL}:
            return Afloop(dood=True)
        assert code == 0, f"het kind eindigde met {code}:\n{inhoud.decode(errors='replace')}"
        opdrachten, antwoord, beelden = pickle.loads(inhoud)
        self._gemaakt.update(beelden)
        return Afloop(dood=False, opdrachten=opdrachten, antwoord=antwoord, beelden=beelden)

    def _fotograaf(self, naam: str) -> _Fotograaf | None:
        return None if self.postgres else _Fotograaf(self._pad(naam))

    def _kind(self, naam: str, werk: Callable[[], Any], teller: _Teller, schrijf: int) -> None:
        """Never returns: nothing of the parent (its connection, its test run) may be touched on the way out."""
        signal.alarm(60)
        typst.compile = lambda *_, **__: PDF
        try:
            ouders = connections["default"]
            eigen = self._verbinding(naam)
            connections["default"] = eigen
            with eigen.execute_wrapper(teller):
                teller.begin()
                antwoord = werk()
            teller.einde()
            os.write(schrijf, pickle.dumps((teller.aantal, antwoord, teller.beelden)))
            eigen.close()
            assert ouders is not eigen
            os._exit(0)
        except BaseException:
            os.write(schrijf, traceback.format_exc().encode())
            os._exit(1)


class _Teller:
    """Counts the statements of the child and ends the process, as a power cut does, right after the N-th."""

    def __init__(self, sterf_na: int | None, fotograaf: _Fotograaf | None = None) -> None:
        self.sterf_na = sterf_na
        self.fotograaf = fotograaf
        self.aantal = 0

    @property
    def beelden(self) -> tuple[str, ...]:
        return tuple(self.fotograaf.beelden) if self.fotograaf else ()

    def begin(self) -> None:
        if self.sterf_na == 0:
            os._exit(DOOD)

    def einde(self) -> None:
        """The work is done; what it committed last is seen too."""
        if self.fotograaf is not None:
            self.fotograaf.kijk()

    def __call__(self, execute: Any, opdracht: str, params: Any, many: bool, context: Any) -> Any:
        uitslag = execute(opdracht, params, many, context)
        self.aantal += 1
        if self.aantal == self.sterf_na:
            os._exit(DOOD)
        if self.fotograaf is not None:
            self.fotograaf.kijk()
        return uitslag


class _Fotograaf:
    """Keeps what a database file and its log hold whenever that is something else than the last time."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self.beelden: list[str] = []
        self._laatste: tuple[bytes, ...] = self._inhoud()

    def kijk(self) -> None:
        inhoud = self._inhoud()
        if inhoud == self._laatste:
            return
        self._laatste = inhoud
        naam = f"{self.pad.stem}-beeld-{len(self.beelden)}"
        for staart, bytes_ in zip(("", "-wal"), inhoud, strict=True):
            self.pad.with_name(f"{naam}.sqlite3{staart}").write_bytes(bytes_)
        self.beelden.append(naam)

    def _inhoud(self) -> tuple[bytes, ...]:
        paden = (self.pad, self.pad.with_name(f"{self.pad.name}-wal"))
        return tuple(pad.read_bytes() if pad.exists() else b"" for pad in paden)
