"""`routekaart nacht`: all that must happen daily; started by a timer."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from routekaart.werkplek.nachtwerk import nacht


class Command(BaseCommand):
    help = (
        "Doet het dagelijkse werk: de leveringenmap ingelezen, wie 18 werd gaat over, werkprocessen nagerekend, "
        "signalen gezocht, bestanden opgeruimd die nergens bij horen, het logboek verzegeld."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Uitvoer voor een ander programma")

    def handle(self, *args: Any, **options: Any) -> None:
        verslag = nacht(nu=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(vars(verslag), ensure_ascii=False))
            return
        self.stdout.write(
            f"{verslag.werkprocessen} werkprocessen nagerekend, {verslag.achttien} jongeren werden 18, "
            f"{verslag.dubbelen} paren zijn misschien één persoon, "
            f"{verslag.signalen_nieuw} signalen zijn nieuw, {verslag.signalen_vervallen} vervielen, "
            f"{verslag.verzegeld} logregels verzegeld."
        )
        for levering in verslag.leveringen:
            self.stdout.write(levering)
        if verslag.bestanden_opgeruimd:
            self.stdout.write(f"Opgeruimd: {verslag.bestanden_opgeruimd} bestanden die nergens bij hoorden.")
        for zin in verslag.bestanden:
            self.stdout.write(zin)
        for bezet in verslag.bezet:
            self.stdout.write(f"Overgeslagen: {bezet}")
        for verschil in verslag.verschillen:
            self.stdout.write(f"Verschil: {verschil}")
