"""`routekaart signaleer [--peildatum D] [--json]`: runs every detection (contracten.md, section 3)."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente, Regio
from routekaart.basis.opdrachten import DAGVORM, dag, lezer
from routekaart.basis.taal import getal, meervoud
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.acties_vertrek import tel_screening
from routekaart.signalen.acties_volledigheid import tel_meldgedrag
from routekaart.signalen.detectie import tel_op
from routekaart.signalen.telling import tel_openstaand
from routekaart.signalen.vsvtelling import tel_vsv_per_gemeente
from routekaart.toegang.inrichten import eigen_regio

VERKEERD_GEBRUIK = 2
type Tellingen = Mapping[str, Mapping[str, int]]


class Command(BaseCommand):
    help = "Zoekt wie op een lijst hoort en er niet op staat. Voor een andere dag dan vandaag wordt niets bewaard."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--peildatum", type=dag, metavar=DAGVORM, help="Standaard vandaag")
        parser.add_argument("--soort", default="", metavar="CODE", help="Alleen deze regel")
        parser.add_argument("--regio", type=int, help="Nummer van de regio, als er meer zijn ingericht")
        parser.add_argument("--json", action="store_true", help="Uitvoer voor een ander programma")
        parser.add_argument(
            "--vsv-telling", type=lezer(Schooljaar.lees), metavar="2022-2023",
            help="Tel de startpopulatie en de nieuwe vsv'ers van dit schooljaar, en zoek geen signalen",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        soort = options["soort"]
        if soort and soort not in SIGNAALREGELS:
            raise CommandError(
                f"'{soort}' is geen signaal. Kies uit: {', '.join(SIGNAALREGELS)}.", returncode=VERKEERD_GEBRUIK
            )
        if options["vsv_telling"] and (soort or options["peildatum"]):
            zin = "--vsv-telling gaat over een heel schooljaar; zonder --peildatum en --soort."
            raise CommandError(zin, returncode=VERKEERD_GEBRUIK)
        try:
            regio = eigen_regio(options["regio"])
            if options["vsv_telling"]:
                self._tel_vsv(regio, options["vsv_telling"], als_json=options["json"])
                return
            op, tellingen = self._zoek(regio, options["peildatum"], soort, stil=options["json"])
        except Geweigerd as fout:
            if options["json"]:
                self.stdout.write(json.dumps({"fout": fout.boodschap}, ensure_ascii=False))
            raise CommandError(fout.boodschap, returncode=1) from None
        if options["json"]:
            self.stdout.write(json.dumps(als_gegevens(op, tellingen), ensure_ascii=False))
        else:
            self._toon(op, tellingen)

    def _zoek(self, regio: Regio, peildatum: dt.date | None, soort: str, *, stil: bool) -> tuple[dt.date, Tellingen]:
        """Today writes and counts what is open; another day only computes."""
        nu = timezone.now()
        vandaag = timezone.localdate(nu)
        op = peildatum or vandaag
        if op != vandaag:
            return op, tel_op(regio.pk, op=op, soort=soort)
        verslag = signaleer(regio.pk, nu=nu, soort=soort, voortgang=None if stil else self._toon_voortgang)
        if not soort:
            tel_meldgedrag(regio.pk, nu=nu)
            tel_screening(regio.pk, nu=nu)
        if not stil:
            self.stdout.write(f"{getal(verslag.nieuw)} nieuw, {getal(verslag.vervallen)} vervallen.")
        return op, tel_openstaand(regio.pk, soorten=[soort] if soort else list(SIGNAALREGELS))

    def _toon_voortgang(self, naam: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{naam} …")

    def _toon(self, op: dt.date, tellingen: Tellingen) -> None:
        namen = dict(Gemeente.objects.values_list("code", "naam"))
        self.stdout.write(f"Openstaande signalen op {op.isoformat()}:")
        for code, telling in tellingen.items():
            per = ", ".join(f"{namen.get(gemeente, gemeente)} {getal(n)}" for gemeente, n in sorted(telling.items()))
            totaal = sum(telling.values())
            self.stdout.write(f"  {code}: {getal(totaal)}{f' ({per})' if per else ''}")

    def _tel_vsv(self, regio: Regio, schooljaar: Schooljaar, *, als_json: bool) -> None:
        telling = tel_vsv_per_gemeente(regio.pk, schooljaar)
        if als_json:
            gegevens = {"schooljaar": str(schooljaar), "gemeenten": {code: list(n) for code, n in telling.items()}}
            self.stdout.write(json.dumps(gegevens, ensure_ascii=False))
            return
        namen = dict(Gemeente.objects.values_list("code", "naam"))
        self.stdout.write(f"Startpopulatie en nieuwe vsv'ers van {schooljaar}, uit onze eigen inschrijvingen:")
        for code, (start, nieuw) in telling.items():
            vsvers = meervoud(nieuw, "nieuwe vsv'er", "nieuwe vsv'ers")
            self.stdout.write(f"  {namen.get(code, code)}: {meervoud(start, 'jongere', 'jongeren')}, {vsvers}")


def als_gegevens(op: dt.date, tellingen: Tellingen) -> dict[str, Any]:
    """The answer of `--json`, as promised in contracten.md; gemeenten without a signal are left out."""
    return {
        "peildatum": op.isoformat(),
        "signalen": {
            code: {"totaal": sum(telling.values()), "gemeenten": dict(sorted(telling.items()))}
            for code, telling in tellingen.items()
        },
    }
