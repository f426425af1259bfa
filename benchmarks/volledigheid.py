"""How long it takes to count per school what was reported, and to show it: the night, a second night, the two pages.

    python benchmarks/volledigheid.py [--personen 100000]

The bare queries are those for the candidates and for the pupils of this schooljaar and the one before; the first night
counts two schooljaren more. The people, schools, enrolments and meldingen are those of benchmarks/bevolking.py. Works
on ROUTEKAART_DATABASE_URL (an empty PostgreSQL database), else on SQLite in a temporary folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import resource
import tempfile
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
os.environ.setdefault("ROUTEKAART_VAR", tempfile.mkdtemp(prefix="routekaart-meting-"))

import django

django.setup()

import bevolking as decor  # beside this file
from django.core.management import call_command
from django.db import connection

from routekaart.basis.models import Gemeente, Regio
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.acties_volledigheid import kandidaten, leerlingen, tel_meldgedrag
from routekaart.signalen.models import Meldaanleiding, Schooltelling
from routekaart.signalen.volledigheid import BESPREKEN, alle_scholen, gevallen, schooljaren, uitkomsten_van, verloop
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import SoortWerk
from routekaart.toegang.rechten import Rol

REDEN = "meting"


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
    meldingen = Melding.objects.alles(reden=REDEN).count()
    print(f"{connection.vendor}, {gekozen.personen:,} personen, {meldingen:,} meldingen")
    vanaf = Schooljaar.van(decor.VANDAAG).vorige.vorige.vorige.begin
    kaal, aantal = duur(lambda: sum(rij.count() for rij in kandidaten(regio.pk, vanaf=vanaf, op=decor.VANDAAG)))
    leerlingen_, _ = duur(lambda: [leerlingen(regio.pk, jaar) for jaar in schooljaren(decor.VANDAAG)[:2]])
    print(f"kale vragen: {kaal:.2f} s voor {aantal:,} kandidaten, {leerlingen_:.2f} s voor de leerlingen van twee jaar")
    kaal += leerlingen_
    for dag, naam in enumerate(("eerste", "tweede")):
        nacht, anders = duur(lambda na=dag: tel_meldgedrag(regio.pk, nu=decor.NU + dt.timedelta(days=na)))
        print(f"{naam} nacht: {nacht:.2f} s, {anders:,} rijen anders, {nacht / kaal:.1f} keer de kale vragen")
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
