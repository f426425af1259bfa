"""`routekaart inlezen SOORT BESTAND [--proef] [--json]`: takes a delivery in (contracten.md, section 2).

`routekaart inlezen --map` takes in every file of the watched folder.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.opdrachten import DAGVORM, dag
from routekaart.basis.taal import opsomming
from routekaart.leveringen.acties import VOLLEDIG_MOGELIJK, Aanpak, Uitkomst, neem_levering_in
from routekaart.leveringen.acties_map import neem_map_in
from routekaart.leveringen.models import Levering
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.uitvalrijen import toonbaar
from routekaart.leveringen.voortgang import Stap, resttijd
from routekaart.toegang.bereik import systeem_toegang
from routekaart.toegang.inrichten import eigen_regio

AARDEN = [str(aard) for aard in Levering.Aard]
VERKEERD_GEBRUIK = 2
TOON_REDENEN = 10


class Command(BaseCommand):
    begonnen = 0.0
    help = "Leest een levering in. Alles of niets; rijen die niet kunnen, blijven als uitval staan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("soort", nargs="?", metavar="SOORT", help=", ".join(SOORTEN))
        parser.add_argument("bestand", nargs="?", type=Path, metavar="BESTAND", help="CSV, Excel (.xlsx) of Parquet")
        parser.add_argument("--proef", action="store_true", help="Laat zien wat er verandert, verander niets")
        parser.add_argument("--json", action="store_true", help="Uitvoer voor een ander programma")
        parser.add_argument("--regio", type=int, help="Nummer van de regio, als er meer zijn ingericht")
        parser.add_argument("--aard", metavar="AARD", help=f"{opsomming(AARDEN, 'of')}; standaard mutaties")
        parser.add_argument("--peildatum", type=dag, metavar=DAGVORM, help="Dag van een volledige levering")
        parser.add_argument(
            "--map", nargs="?", const=settings.LEVERINGEN_MAP, help="Lees elk bestand in de leveringenmap in"
        )
        parser.add_argument("--koppeling", default="", help="Naam van een bewaarde koppeling van kolommen")
        parser.add_argument("--gebied", default="", help="Gemeenten van een volledige levering, met komma's")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["map"] is not None:
            self._lees_map(options)
            return
        if options["soort"] is None or options["bestand"] is None:
            raise CommandError("Noem een SOORT en een BESTAND, of --map.", returncode=VERKEERD_GEBRUIK)
        for keuze, mogelijk in (("soort", SOORTEN), ("aard", AARDEN)):
            if options[keuze] and options[keuze] not in mogelijk:
                zin = f"'{options[keuze]}' is geen {keuze}. Kies uit: {', '.join(mogelijk)}."
                raise CommandError(zin, returncode=VERKEERD_GEBRUIK)
        try:
            if not options["bestand"].is_file():
                raise Geweigerd(f"{options['bestand']} is geen bestand.")
            regio = eigen_regio(options["regio"])
            uitkomst = neem_levering_in(
                options["soort"],
                options["bestand"],
                regio=regio,
                toegang=systeem_toegang(regio.pk),
                nu=timezone.now(),
                proef=options["proef"],
                aanpak=self._aanpak(options),
                voortgang=None if options["json"] else self._toon_voortgang,
            )
        except Geweigerd as fout:
            if options["json"]:
                self._json({"levering": None, "soort": options["soort"], "fout": fout.boodschap})
            raise CommandError(fout.boodschap, returncode=1) from None
        if options["json"]:
            self._json(als_gegevens(uitkomst))
        else:
            self._toon(uitkomst, proef=options["proef"])

    def _lees_map(self, options: dict[str, Any]) -> None:
        """Every file of the watched folder; exit 1 where one was refused."""
        if options["soort"] is not None or options["proef"]:
            raise CommandError("--map leest alles in; zonder SOORT, BESTAND en --proef.", returncode=VERKEERD_GEBRUIK)
        if not options["map"]:
            zin = "Er is geen leveringenmap. Zet ROUTEKAART_LEVERINGEN_MAP, of noem er een achter --map."
            raise CommandError(zin, returncode=VERKEERD_GEBRUIK)
        try:
            regio = eigen_regio(options["regio"])
            voortgang = None if options["json"] else self._toon_voortgang
            verslag = neem_map_in(Path(options["map"]), regio=regio, nu=timezone.now(), voortgang=voortgang)
        except Geweigerd as fout:
            raise CommandError(fout.boodschap, returncode=1) from None
        if options["json"]:
            self._json(vars(verslag))
        for zin in [] if options["json"] else verslag.zinnen or ["Er staat niets klaar in de leveringenmap."]:
            self.stdout.write(zin)
        if verslag.geweigerd:
            raise CommandError("Een of meer bestanden zijn geweigerd.", returncode=1)

    def _aanpak(self, options: dict[str, Any]) -> Aanpak:
        aard = options["aard"] or Levering.Aard.MUTATIES
        if aard == Levering.Aard.VOLLEDIG and options["soort"] not in VOLLEDIG_MOGELIJK:
            mogelijk = opsomming(sorted(VOLLEDIG_MOGELIJK))
            raise CommandError(f"--aard volledig kan alleen bij {mogelijk}.", returncode=VERKEERD_GEBRUIK)
        if aard == Levering.Aard.MUTATIES and (options["peildatum"] or options["gebied"]):
            raise CommandError("--peildatum en --gebied horen bij --aard volledig.", returncode=VERKEERD_GEBRUIK)
        return Aanpak(
            aard=aard,
            peildatum=options["peildatum"],
            gebied=_gemeentecodes(options["gebied"]),
            koppeling=options["koppeling"],
        )

    def _json(self, gegevens: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(gegevens, ensure_ascii=False))

    def _toon_voortgang(self, gedaan: int, regels: int) -> None:
        if not sys.stderr.isatty():
            return
        nu = time.time()
        if not gedaan:
            self.begonnen = nu
        if not regels:
            zin = f"{gedaan} rijen gelezen" if gedaan else "Het bestand wordt gelezen"
        else:
            rest = resttijd(Stap(gedaan, regels, self.begonnen, nu).over) if gedaan < regels else ""
            zin = f"{gedaan} van {regels} rijen verwerkt{f', {rest}' if rest else ''}"
        self.stderr.write(f"\r{zin:<70}", ending="\n" if regels and gedaan == regels else "")
        self.stderr.flush()

    def _toon(self, uitkomst: Uitkomst, *, proef: bool) -> None:
        telling = uitkomst.telling.als_velden()
        wat = "Proef, er is niets veranderd" if proef else f"Levering {uitkomst.levering} is ingelezen"
        self.stdout.write(f"{wat}. Gelezen als {uitkomst.vorm}.")
        self.stdout.write(
            f"{telling['regels']} rijen: {telling['nieuw']} nieuw, {telling['gewijzigd']} gewijzigd, "
            f"{telling['ongewijzigd']} ongewijzigd, {telling['uitval']} uitval."
        )
        if uitkomst.onbekende_kolommen:
            onbekend = ", ".join(uitkomst.onbekende_kolommen)
            self.stdout.write(f"Deze kolommen kennen we niet en bewaren we niet: {onbekend}.")
        if uitkomst.vermist is not None:
            self.stdout.write(f"{uitkomst.vermist} staan niet in het bestand en wel bij ons. Er is niets beëindigd.")
        if uitkomst.opgelost:
            self.stdout.write(f"{uitkomst.opgelost} rijen die op deze personen wachtten, zijn nu ingelezen.")
        for (kolom, reden), aantal in uitkomst.telling.redenen.most_common(TOON_REDENEN):
            eerste = uitkomst.telling.eerste[kolom, reden]
            waarde = f" '{toonbaar(kolom, eerste.waarde)}'" if eerste.waarde else ""
            self.stdout.write(f"  uitval, {aantal} keer, voor het eerst in rij {eerste.rij}: {kolom}{waarde}: {reden}")


def als_gegevens(uitkomst: Uitkomst) -> dict[str, Any]:
    """The answer of `--json`, as promised in contracten.md."""
    gegevens: dict[str, Any] = {
        "levering": uitkomst.levering.nummer if uitkomst.levering else None,
        "soort": uitkomst.soort,
        **uitkomst.telling.als_velden(),
        "onbekende_kolommen": list(uitkomst.onbekende_kolommen),
    }
    if uitkomst.vermist is not None:
        gegevens["vermist"] = uitkomst.vermist
    return gegevens


def _gemeentecodes(gebied: str) -> list[str]:
    """The codes of what was typed: codes or names. Raises Geweigerd for one that is not there."""
    codes = []
    for deel in filter(None, (deel.strip() for deel in gebied.split(","))):
        gevonden = Gemeente.objects.filter(code=deel).first() or Gemeente.objects.filter(naam__iexact=deel).first()
        if gevonden is None:
            raise Geweigerd(f"Gemeente '{deel}' kennen we niet.", veld="gebied")
        codes.append(gevonden.code)
    return codes
