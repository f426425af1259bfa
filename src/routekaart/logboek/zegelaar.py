"""Sealing the log once a minute for as long as the website runs (ontwerp.md, section 2).

Every node may run one: who comes while another node seals, or has just sealed, leaves it at that.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.utils import timezone

from routekaart.logboek import wachtrij
from routekaart.logboek.acties import verzegel

log = logging.getLogger(__name__)
TUSSEN = dt.timedelta(minutes=1)
# clocks of nodes differ a little, and so does the moment at which a thread wakes
SPELING = dt.timedelta(seconds=5)


@contextmanager
def met_zegelaar(tussen: dt.timedelta = TUSSEN) -> Iterator[None]:
    """Seals what is open every `tussen`, from a thread of its own, until the body ends; then once more.

    Begins with what waits to be entered since the website stopped.
    """
    klaar = threading.Event()

    def houd_gaande() -> None:
        try:
            _voer_in()
            while not klaar.wait(tussen.total_seconds()):
                verzegel_nu(tussen)
        finally:
            connection.close()

    draad = threading.Thread(target=houd_gaande, name="zegelaar", daemon=True)
    draad.start()
    try:
        yield
    finally:
        klaar.set()
        draad.join()
        verzegel_nu(dt.timedelta(0))
        connection.close()


def verzegel_nu(tussen: dt.timedelta) -> bool:
    """Seals now, unless a node sealed less than `tussen` ago. False where it did nothing, also where the database is
    away for a moment: the lines wait, and the next minute tries again.
    """
    try:
        return verzegel(nu=timezone.now(), niet_binnen=max(dt.timedelta(0), tussen - SPELING)) is not None
    except DatabaseError as fout:
        log.warning("Verzegelen lukt nu niet: %s", fout)
        return False
    finally:
        connection.close()


def _voer_in() -> None:
    try:
        wachtrij.voer_in_als_het_kan()
    except DatabaseError as fout:
        log.warning("Wat op het logboek wacht, kan er nu niet in: %s", fout)
