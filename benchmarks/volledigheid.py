"""How long it takes to count per school what was reported, and to show it: the night, a second night, the two pages.

    python benchmarks/volledigheid.py [--personen 100000]

The people, schools and enrolments are those of benchmarks/signalen.py, with a report of the school about one in three
who left. Works on ROUTEKAART_DATABASE_URL (an empty PostgreSQL database), else on SQLite in a temporary folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import resource
import time
from collections.abc import Callable
from typing import Any

import signalen as decor  # beside this file; sets Django up
from django.core.management import call_command
from django.db import connection

from routekaart.basis.models import Gemeente, Regio
from routekaart.loopbaan.models import Inschrijving, Instelling
from routekaart.meldingen.models import Melding
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.acties_volledigheid import kandidaten, tel_meldgedrag
from routekaart.signalen.models import Meldaanleiding, Schooltelling
from routekaart.signalen.volledigheid import BESPREKEN, alle_scholen, gevallen, uitkomsten_van, verloop
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import SoortWerk
from routekaart.toegang.rechten import Rol

REDEN = "meting"


def meld(regio: Regio) -> int:
    """A report about every third who left in these four schooljaren, one to thirty days later."""
    weg = Inschrijving.objects.alles(reden=REDEN).filter(tot__gte=dt.date(2023, 8, 1), tot__lt=decor.VANDAAG)
    rijen = weg.order_by("pk").values_list("pk", "jongere_id", "instelling_id", "tot", "jongere__gemeente_id")
    meldingen = [
        Melding(
            regio=regio, gemeente_id=gemeente, jongere_id=jongere, instelling_id=school, kanaal="A.I", soort="vsv",
            soort_werk=SoortWerk.DOORSTROOMPUNT, melder_soort="duo", termijn=tot,
            ontvangen_op=dt.datetime.combine(tot, dt.time(9), tzinfo=dt.UTC) + dt.timedelta(days=1 + pk % 30),
        )
        for pk, jongere, school, tot, gemeente in rijen.iterator(chunk_size=10_000)
        if pk % 3 == 0
    ]  # fmt: skip
    Melding.objects.bulk_create(meldingen, batch_size=2000)
    return len(meldingen)


def duur(wat: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    uit = wat()
    return time.perf_counter() - begin, uit


def main() -> None:
    """Fills the database, then one line per thing that was measured."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--personen", type=int, default=100_000)
    gekozen = opties.parse_args()
    call_command("migrate", verbosity=0)
    call_command("inrichten", regio=38, stdout=io.StringIO())
    regio = Regio.objects.get(nummer=38)
    decor.vul(gekozen.personen, regio)
    meldingen = meld(regio)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{connection.vendor}, {gekozen.personen:,} personen, {meldingen:,} meldingen")
    vanaf = Schooljaar.van(decor.VANDAAG).vorige.vorige.vorige.begin
    kaal, aantal = duur(lambda: sum(rij.count() for rij in kandidaten(regio.pk, vanaf=vanaf, op=decor.VANDAAG)))
    print(f"kale vraag: {kaal:.2f} s, {aantal:,} kandidaten")
    for naam in ("eerste", "tweede"):
        nacht, anders = duur(lambda: tel_meldgedrag(regio.pk, nu=decor.NU))
        print(f"{naam} nacht: {nacht:.2f} s, {anders:,} rijen anders, {nacht / kaal:.1f} keer de kale vraag")
    rijen = Meldaanleiding.objects.alles(reden=REDEN).count()
    print(f"{rijen:,} aanleidingen, {Schooltelling.objects.count():,} tellingen van leerlingen")
    gemeenten = frozenset(Gemeente.objects.filter(regio=regio).values_list("pk", flat=True))
    coach = Toegang(
        gebruiker_id=1, naam="Noor", regio_id=regio.pk, rollen=frozenset({Rol.COORDINATOR}),
        gebied={str(soort): gemeenten for soort in SoortWerk},
    )  # fmt: skip
    jaar, school = Schooljaar.van(decor.VANDAAG).vorige, Instelling.objects.order_by("pk")[0]
    for naam, wat in (
        ("lijst van alle scholen", lambda: len(alle_scholen(coach, jaar))),
        ("cijfers van een school", lambda: len(verloop(coach, school, op=decor.VANDAAG))),
        ("uitkomsten van een school", lambda: len(uitkomsten_van(coach, school, jaar))),
        ("leerlingen van een school", lambda: gevallen(coach, school, jaar, BESPREKEN).aantal),
    ):
        wat()
        tijd, aantal = duur(wat)
        print(f"{naam}: {tijd * 1000:.0f} ms ({aantal})")
    print(f"piek {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
