"""`routekaart start`: the web server for production, behind a proxy that does https."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Start de website voor productie, achter een proxy."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--poort", type=int, default=8000)
        parser.add_argument("--adres", default="127.0.0.1", help="Adres waarop de server luistert")
        parser.add_argument("--processen", type=int, default=2, help="Aantal processen")

    def handle(self, *args: Any, **options: Any) -> None:
        from granian import Granian
        from granian.constants import Interfaces

        Granian(
            "routekaart.project.wsgi:application",
            address=options["adres"],
            port=options["poort"],
            interface=Interfaces.WSGI,
            workers=options["processen"],
            blocking_threads=4,
            backpressure=64,
        ).serve()
