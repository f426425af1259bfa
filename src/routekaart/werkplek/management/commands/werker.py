"""`routekaart werker`: takes large deliveries in and searches for signals on demand, beside the website.

`start` and `demo` start one by themselves.
"""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from routekaart.leveringen import acties_rij as leveringen
from routekaart.signalen import acties_zoeken as zoeken

RUST = 2.0  # seconds between two looks


class Command(BaseCommand):
    help = "Leest grote leveringen in en zoekt op verzoek naar signalen, naast de website. Wat stopte, gaat verder."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eenmalig", action="store_true", help="Stop als er niets meer wacht")
        parser.add_argument("--bij", type=int, default=0, help="Stop als dit proces er niet meer is")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _stop)
        houder = leveringen.nieuwe_houder()
        while not options["bij"] or os.getppid() == options["bij"]:
            try:
                # deliveries first: what is searched then knows what they bring
                if self._levering(houder) or self._zoek(houder):
                    continue
            except (DatabaseError, InterfaceError) as fout:
                # the database is away for a moment: the work waits for whoever finds it without a beat
                self.stderr.write(f"De database antwoordt niet: {fout}")
                connection.close()
                if options["eenmalig"]:
                    raise
            if options["eenmalig"]:
                return
            close_old_connections()
            time.sleep(RUST)

    def _levering(self, houder: str) -> bool:
        levering = leveringen.neem_volgende(houder, nu=timezone.now())
        if levering is None:
            return False
        self.stdout.write(f"{levering.bestandsnaam}: {levering.get_taak_display()}")
        leveringen.verwerk(levering, nu=timezone.now())
        levering.refresh_from_db()
        self.stdout.write(f"{levering.bestandsnaam}: {levering.get_stand_display()}")
        return True

    def _zoek(self, houder: str) -> bool:
        """False also where another node has the turn: this one rests, and looks again."""
        opdracht = zoeken.neem_volgende(houder, nu=timezone.now())
        if opdracht is None:
            return False
        self.stdout.write(f"Signalen, {opdracht}")
        gedaan = zoeken.voer_uit(opdracht, nu=timezone.now())
        opdracht.refresh_from_db()
        self.stdout.write(f"Signalen, {opdracht}: {opdracht.get_stand_display()}")
        return gedaan


def _stop(signaal: int, frame: object) -> None:
    """A request to stop ends the transaction that runs: nothing half, and the next worker goes on with it."""
    raise SystemExit(0)
