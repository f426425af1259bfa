"""`routekaart logboek controleer|verzegel|kop`: is the log as it was written?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from routekaart.logboek import acties


class Command(BaseCommand):
    help = "Controleer of verzegel het logboek, of toon de kop van de keten om elders te bewaren."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wat", choices=["controleer", "verzegel", "kop"])
        parser.add_argument("--json", action="store_true", help="Uitvoer voor een ander programma")
        parser.add_argument(
            "--kop",
            action="append",
            default=[],
            metavar="KOP",
            help="Een kop die je eerder bewaarde: zo zie je of het einde van het logboek is afgeknipt",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["wat"] == "kop":
            self.stdout.write(acties.kop())
            return
        if options["wat"] == "verzegel":
            zegel = acties.verzegel(nu=timezone.now())
            self.stdout.write(f"{zegel.aantal} regels verzegeld" if zegel else "Niets te verzegelen")
            return
        uitslag = acties.controleer(koppen=options["kop"])
        if options["json"]:
            self.stdout.write(json.dumps({**vars(uitslag), "klopt": uitslag.klopt}, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{uitslag.regels} regels, {uitslag.zegels} zegels, {uitslag.open} nog niet verzegeld, "
                f"{uitslag.gewist} gewist. Kop van de keten: {uitslag.kop}"
            )
            if uitslag.wacht:
                self.stdout.write(
                    f"Van {uitslag.wacht} pagina's wachten de regels, omdat er nu een ander in de database schrijft."
                )
            for fout in uitslag.fouten:
                self.stderr.write(fout)
        if not uitslag.klopt:
            raise CommandError("Het logboek klopt niet.", returncode=1)
