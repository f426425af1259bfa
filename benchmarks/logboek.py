"""How long writing, sealing and verifying the log takes: `python benchmarks/logboek.py [number of lines]`.

Works on a database of its own in a temporary folder, or on ROUTEKAART_DATABASE_URL where that is set to an empty one.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
os.environ.setdefault("ROUTEKAART_VAR", tempfile.mkdtemp(prefix="routekaart-meting-"))

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from routekaart.logboek import acties

PER_ZEGEL = 1_000
NU = dt.datetime(2026, 11, 17, 9, tzinfo=dt.UTC)


def meet(wat: str, aantal: int, begin: float) -> None:
    """Prints one measurement."""
    duur = time.perf_counter() - begin
    print(f"{wat:<28}{duur:8.1f} s   {aantal / duur:10,.0f} regels/s")


def main(aantal: int) -> None:
    """Writes so many lines, seals them per thousand as the sealer does every minute, and verifies all."""
    call_command("migrate", verbosity=0)
    begin = time.perf_counter()
    zegelen = 0.0
    for zegel in range(aantal // PER_ZEGEL):
        with transaction.atomic():
            for nummer in range(PER_ZEGEL):
                acties.noteer(
                    "contact.vastgelegd",
                    nu=NU + dt.timedelta(seconds=zegel),
                    gebruiker_id=nummer % 40,
                    rol="doorstroomcoach",
                    doel="dossier-werken",
                    jongere_id=nummer,
                    onderwerp="dossiers.werkproces:2f1c0a52-0d7c-4a57-9a55-0d6f1c1f9a10",
                    inhoud={"nummer": nummer},
                )
        tussen = time.perf_counter()
        acties.verzegel(nu=NU + dt.timedelta(minutes=zegel))
        zegelen += time.perf_counter() - tussen
    meet("schrijven", aantal, begin + zegelen)
    meet("verzegelen", aantal, time.perf_counter() - zegelen)
    begin = time.perf_counter()
    uitslag = acties.controleer()
    meet("controleren", aantal, begin)
    if not uitslag.klopt or uitslag.regels < aantal:
        raise SystemExit(f"Het logboek klopt niet: {uitslag}")
    print(f"{connection.vendor}: {uitslag.regels} regels, {uitslag.zegels} zegels")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
