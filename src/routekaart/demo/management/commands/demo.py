"""`routekaart demo`: from a bare clone to a filled, working system in one command."""

from __future__ import annotations

import shutil
import socket
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from routekaart.basis.models import Regio
from routekaart.basis.opdrachten import DAGVORM, dag
from routekaart.demo.bouw import bouw
from routekaart.demo.gebied import MENSEN, REGIONUMMER, WACHTWOORD
from routekaart.leveringen.werkers import met_werker
from routekaart.logboek import wachtrij
from routekaart.logboek.zegelaar import met_zegelaar
from routekaart.toegang.rechten import Rol


class Command(BaseCommand):
    help = "Bouwt een gevulde proefregio met verzonnen mensen en start de website."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--zonder-server", action="store_true", help="Stop na het bouwen")
        parser.add_argument("--poort", type=int, default=8000, help="Poort van de website (standaard 8000)")
        parser.add_argument("--opnieuw", action="store_true", help="Gooi een eerdere demo weg en bouw hem opnieuw")
        parser.add_argument("--vandaag", type=dag, metavar=DAGVORM, help="Bouw alsof het deze dag is")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("De demo draait alleen met ROUTEKAART_DEMO=ja.", returncode=1)
        if options["vandaag"] and options["vandaag"] > timezone.localdate():
            raise CommandError("--vandaag ligt in de toekomst.", returncode=1)
        if not options["zonder_server"]:
            self._eis_vrije_poort(options["poort"])
        if options["opnieuw"]:
            self._gooi_weg()
        call_command("migrate", verbosity=0)
        begin = time.monotonic()
        if Regio.objects.filter(nummer=REGIONUMMER).exists():
            self.stdout.write("De demo staat er al. Met --opnieuw bouw je hem opnieuw, met de datums van vandaag.")
        elif Regio.objects.exists():
            raise CommandError(
                "Deze database is al in gebruik. Kies voor de demo een andere map: zet ROUTEKAART_VAR.", returncode=1
            )
        else:
            self.stdout.write("De proefregio Veldermeer wordt gebouwd …")
            aantal = bouw(vandaag=options["vandaag"] or timezone.localdate())
            self.stdout.write(f"{aantal} verzonnen jongeren in {time.monotonic() - begin:.0f} seconden.")
        self._toon_toegang(options["poort"])
        if not options["zonder_server"]:
            self._serveer(options["poort"])

    def _gooi_weg(self) -> None:
        """Only an SQLite file of a demo: nothing that could be anybody's real data."""
        database = settings.DATABASES["default"]
        if "sqlite" not in database["ENGINE"]:
            raise CommandError("--opnieuw kan alleen met de ingebouwde database.", returncode=1)
        from django.db import OperationalError, connection

        try:
            vreemd = Regio.objects.exclude(nummer=REGIONUMMER).filter(gebruikers__isnull=False).exists()
        except OperationalError:  # nothing there yet
            vreemd = False
        if vreemd:
            raise CommandError("In deze database werkt een echte regio. Die gooien we niet weg.", returncode=1)
        connection.close()
        for achtervoegsel in ("", "-wal", "-shm"):
            bestand = settings.VAR / f"{database['NAME'].name}{achtervoegsel}"
            bestand.unlink(missing_ok=True)
        if wacht := wachtrij.map_():
            shutil.rmtree(wacht, ignore_errors=True)

    def _toon_toegang(self, poort: int) -> None:
        self.stdout.write(f"\nOpen http://localhost:{poort}/ en meld je aan. Het wachtwoord is steeds {WACHTWOORD}\n\n")
        for naam, adres, rol, _, _ in MENSEN:
            self.stdout.write(f"  {f'{adres}@veldermeer.example':36} {naam:20} {Rol(rol).label}\n")
        self.stdout.write(f"\nBestanden om zelf in te lezen staan in {settings.VAR / 'proef'}\n")
        self.stdout.flush()

    def _eis_vrije_poort(self, poort: int) -> None:
        with socket.socket() as proef:
            proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                proef.bind(("127.0.0.1", poort))
            except OSError:
                raise CommandError(f"Poort {poort} is bezet. Kies een andere met --poort.", returncode=1) from None

    def _serveer(self, poort: int) -> None:
        from granian import Granian
        from granian.constants import Interfaces

        self.stdout.write("\nStoppen kan met Ctrl-C.\n")
        sys.stdout.flush()
        server = Granian(
            "routekaart.project.wsgi:application",
            address="127.0.0.1",
            port=poort,
            interface=Interfaces.WSGI,
            blocking_threads=4,
            log_level="warning",  # type: ignore[arg-type]
        )
        with met_zegelaar(), met_werker():
            server.serve()
