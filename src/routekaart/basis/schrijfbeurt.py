"""On SQLite one process writes at a time. Who only reads should not have to wait for that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

GEDULD = 50  # milliseconds
_BEZET = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class EenAnderSchrijft(OperationalError):
    """The database is being written by somebody else, and it was not waited for."""


@contextmanager
def zonder_wachten(geduld: int = GEDULD) -> Iterator[None]:
    """Within this, nothing waits longer than `geduld` milliseconds for whoever writes.

    Raises EenAnderSchrijft instead; then nothing was written. PostgreSQL needs none of this: there, writers do not wait
    for each other's rows.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    # past Django's cursor: this is about the connection, and no statement of the page
    verbinding: sqlite3.Connection = connection.connection
    (gewoon,) = verbinding.execute("PRAGMA busy_timeout").fetchone()
    verbinding.execute(f"PRAGMA busy_timeout = {geduld}")
    try:
        yield
    except OperationalError as fout:
        oorzaak = fout.__cause__
        if isinstance(oorzaak, sqlite3.OperationalError) and oorzaak.sqlite_errorcode & 0xFF in _BEZET:
            raise EenAnderSchrijft(str(fout)) from fout
        raise
    finally:
        verbinding.execute(f"PRAGMA busy_timeout = {gewoon}")
