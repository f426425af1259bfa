"""`routekaart terugmelden --uit PAD`: what goes back to the schools through DUO, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.terugmelden import meld_terug
from routekaart.toegang.bereik import systeem_toegang
from routekaart.toegang.inrichten import eigen_regio


class Command(BaseCommand):
    help = "Schrijft een bestand met wat via DUO teruggaat naar de scholen. Wat al verstuurd is, gaat niet nog eens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--uit", type=Path, required=True, metavar="PAD", help="Waar het CSV-bestand komt")
        parser.add_argument("--json", action="store_true", help="Uitvoer voor een ander programma")
        parser.add_argument("--regio", type=int, help="Nummer van de regio, als er meer zijn ingericht")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            regio = eigen_regio(options["regio"])
            toegang = systeem_toegang(regio.pk)
            gestuurd = meld_terug(regio=regio, toegang=toegang, nu=timezone.now(), uit=options["uit"])
        except Geweigerd as fout:
            raise CommandError(fout.boodschap, returncode=1) from None
        partij = gestuurd[0].partij if gestuurd else None
        if options["json"]:
            self.stdout.write(json.dumps({"partij": partij, "regels": len(gestuurd)}))
        elif gestuurd:
            self.stdout.write(f"{len(gestuurd)} meldingen staan in {options['uit']} (partij {partij}).")
        else:
            self.stdout.write(f"Er hoeft niets terug. In {options['uit']} staat alleen de kopregel.")
