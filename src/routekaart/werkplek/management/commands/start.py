"""`routekaart start`: the web server for production, behind a proxy that does https.

Beside it run the sealer of the log and a worker.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from routekaart.leveringen.werkers import met_werker
from routekaart.logboek.zegelaar import met_zegelaar


class Command(BaseCommand):
    help = "Start de website voor productie, achter een proxy."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--poort", type=int, default=8000)
        parser.add_argument("--adres", default="127.0.0.1", help="Adres waarop de server luistert")
        parser.add_argument("--processen", type=int, default=2, help="Aantal processen")
        parser.add_argument(
            "--zonder-werker", action="store_true", help="Start `routekaart werker` elders, voor grote leveringen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from granian import Granian
        from granian.constants import Interfaces

        server = Granian(
            "routekaart.project.wsgi:application",
            address=options["adres"],
            port=options["poort"],
            interface=Interfaces.WSGI,
            workers=options["processen"],
            blocking_threads=4,
            backpressure=64,
        )
        if options["zonder_werker"]:
            with met_zegelaar():
                server.serve()
            return
        with met_zegelaar(), met_werker():
            server.serve()
