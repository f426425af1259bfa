"""`routekaart inrichten [--regio 38]`: regions, gemeenten and the first teams of a region. Repeatable."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.inrichten import richt_gebied_in
from routekaart.inhoud import gebied
from routekaart.toegang.inrichten import eigen_regio, richt_teams_in


class Command(BaseCommand):
    help = "Zet regio's en gemeenten in de database, en geeft een regio haar eerste teams. Mag je herhalen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regio", type=int, help="Nummer van de regio die hier werkt, bijvoorbeeld 38")

    def handle(self, *args: Any, **options: Any) -> None:
        nummer: int | None = options["regio"]
        if nummer is not None and nummer not in gebied.regios():
            raise CommandError(f"Regio {nummer} bestaat niet. Er zijn regio's 1 tot en met 41.", returncode=1)
        try:
            uitslag = richt_gebied_in()
        except (OperationalError, ProgrammingError):
            raise CommandError("De database is nog niet klaar. Doe eerst `routekaart migrate`.", returncode=1) from None
        self.stdout.write(
            f"{uitslag.regios} regio's, {uitslag.subregios} subregio's en {uitslag.gemeenten} gemeenten "
            "toegevoegd of aangevuld. Wat er al stond, bleef."
        )
        try:
            regio = eigen_regio(nummer)
        except Geweigerd:
            self.stdout.write("Kies een regio met --regio om ook teams te maken.")
            return
        nieuw = richt_teams_in(regio, op=timezone.localdate())
        for team in nieuw:
            self.stdout.write(f"Team {team.naam} gemaakt voor alle gemeenten van {regio}.")
        if not nieuw:
            self.stdout.write(f"{regio} heeft al teams.")
