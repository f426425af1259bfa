"""`routekaart werker`: takes large deliveries in, beside the website. `start` and `demo` start one by themselves."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from routekaart.leveringen.acties_rij import neem_volgende, nieuwe_houder, verwerk

RUST = 2.0  # seconds between two looks


class Command(BaseCommand):
    help = "Leest grote leveringen in, naast de website. Wat halverwege stopte, gaat verder."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eenmalig", action="store_true", help="Stop als er niets meer wacht")
        parser.add_argument("--bij", type=int, default=0, help="Stop als dit proces er niet meer is")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _stop)
        houder = nieuwe_houder()
        while not options["bij"] or os.getppid() == options["bij"]:
            try:
                levering = neem_volgende(houder, nu=timezone.now())
                if levering is not None:
                    self.stdout.write(f"{levering.bestandsnaam}: {levering.get_taak_display()}")
                    verwerk(levering, nu=timezone.now())
                    levering.refresh_from_db()
                    self.stdout.write(f"{levering.bestandsnaam}: {levering.get_stand_display()}")
                    continue
            except (DatabaseError, InterfaceError) as fout:
                # the database is away for a moment: the delivery waits for whoever finds it without a beat
                self.stderr.write(f"De database antwoordt niet: {fout}")
                connection.close()
                if options["eenmalig"]:
                    raise
            if options["eenmalig"]:
                return
            close_old_connections()
            time.sleep(RUST)


def _stop(signaal: int, frame: object) -> None:
    """A request to stop ends the transaction that runs: nothing half, and the next worker goes on with it."""
    raise SystemExit(0)
