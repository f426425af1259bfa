"""`routekaart gebruiker EMAIL --naam NAAM --rol ROL`: an account with a role, for a fresh installation."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.toegang.inrichten import eigen_regio, maak_gebruiker
from routekaart.toegang.rechten import Rol


class Command(BaseCommand):
    help = "Maakt een account met een rol, of geeft een account er een rol bij."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="E-mailadres, daarmee meldt iemand zich aan")
        parser.add_argument("--naam", default="", help="Naam, nodig bij een nieuw account")
        parser.add_argument("--rol", required=True, choices=[str(rol) for rol in Rol])
        parser.add_argument("--team", action="append", default=[], help="Naam van een team; mag vaker")
        parser.add_argument("--telefoon", default="", help="Telefoonnummer, voor op brieven en bij DUO")
        parser.add_argument("--regio", type=int, help="Nummer van de regio, als er meer zijn ingericht")
        parser.add_argument("--wachtwoord-stdin", action="store_true", help="Lees het wachtwoord van de invoer")

    def handle(self, *args: Any, **options: Any) -> None:
        wachtwoord = sys.stdin.readline().rstrip("\r\n") if options["wachtwoord_stdin"] else None
        try:
            gebruiker, nieuw = maak_gebruiker(
                email=options["email"],
                naam=options["naam"],
                rol=Rol(options["rol"]),
                regio=eigen_regio(options["regio"]),
                teams=options["team"],
                telefoon=options["telefoon"],
                wachtwoord=wachtwoord,
                nu=timezone.now(),
            )
        except Geweigerd as fout:
            raise CommandError(fout.boodschap, returncode=1) from None
        wat = "heeft nu een account" if nieuw else "heeft er een rol bij"
        self.stdout.write(f"{gebruiker.naam} {wat}: {Rol(options['rol']).label}.")
        if not gebruiker.has_usable_password():
            self.stdout.write("Er is nog geen wachtwoord. Zet het met dezelfde opdracht en --wachtwoord-stdin.")
