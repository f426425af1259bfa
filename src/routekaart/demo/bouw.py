"""Builds the whole demo region for one day; the same day gives the same region."""

from __future__ import annotations

import datetime as dt
import random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from routekaart.demo.dubbelen import bouw_dubbelen
from routekaart.demo.eerder import neem_eerdere_leveringen_in
from routekaart.demo.gebied import Demogebied, bouw_gebied
from routekaart.demo.menigte import Menigte
from routekaart.demo.mensen import Loopbaan, Volkstelling
from routekaart.demo.namen import Naam
from routekaart.demo.opvallend import Opvallend
from routekaart.demo.proefbestand import schrijf_proefbestand
from routekaart.demo.proefleveringen import schrijf_proefleveringen
from routekaart.demo.scholen import Scholen
from routekaart.demo.screening import Screening
from routekaart.demo.uitwisselen import wissel_uit
from routekaart.demo.verhalen import Verhalen
from routekaart.demo.volgen import laat_volgen
from routekaart.logboek.acties import verzegel
from routekaart.personen.models import Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.models import Instroom

ZAAD = 20261117


@transaction.atomic
def bouw(*, vandaag: dt.date) -> int:
    """Makes everything and returns how many young persons there are. One transaction: all of it or nothing."""
    kans = random.Random(ZAAD)
    gebied = bouw_gebied()
    telling = Volkstelling(gebied, vandaag, kans, aantal=600)
    for profiel, leeftijden, aantal in ACHTERGROND:
        for _ in range(aantal):
            telling.maak(profiel, kans.choice(leeftijden))
    bekend = telling.maak("leerling", 18, naam=Naam("Luuk", "", "Veenstra", "M"), gemeente="Veldermeer")
    verhalen = Verhalen(gebied, telling, vandaag, kans)
    verhalen.teken_in()
    menigte = Menigte(gebied, telling, vandaag, kans)
    menigte.teken_in()
    telling.bewaar()
    verhalen.laat_lopen()
    menigte.laat_lopen()
    bouw_dubbelen(gebied, bekend.jongere, vandaag=vandaag)
    pad = settings.VAR / "proef" / "duo-verzuim.csv"
    schrijf_proefbestand(pad, bekend=bekend, brin=gebied.scholen["ROC De Waarden"].brin, vandaag=vandaag)
    schrijf_proefleveringen(pad.parent, mensen=telling.mensen, gebied=gebied, vandaag=vandaag)
    _maak_gemisten(telling, gebied, vandaag)
    scholen = Scholen(gebied, telling, vandaag, kans)
    scholen.teken_in()
    opvallend = Opvallend(gebied, telling, vandaag, kans)
    opvallend.teken_in()
    screening = Screening(gebied, telling, vandaag)
    screening.teken_in()
    telling.bewaar()
    scholen.laat_melden()
    opvallend.laat_lopen()
    neem_eerdere_leveringen_in(telling.mensen, gebied, vandaag=vandaag)
    _zoek_signalen(gebied, vandaag)
    scholen.bespreek()
    screening.laat_lopen()
    laat_volgen(gebied, telling.mensen, vandaag=vandaag)
    wissel_uit(gebied, vandaag=vandaag)
    verzegel(nu=timezone.now())
    return Jongere.objects.alles(reden="telling van de demo").count()


def _maak_gemisten(telling: Volkstelling, gebied: Demogebied, vandaag: dt.date) -> None:
    """Who should be on a list and is not: children who left one school and came at no other, and vsv'ers nobody saw."""
    zomer = Schooljaar.van(vandaag).begin - dt.timedelta(days=1)
    for leeftijd, school, soort, terug in (
        (8, "Basisschool De Linde", "po", 0), (10, "Basisschool De Linde", "po", 400),
        (14, "Lyceum Veldermeer", "vo-onderbouw", 0), (16, "Vakcollege Brinkhoven", "vmbo-kb", 0),
    ):  # fmt: skip
        van = dt.date(vandaag.year - 5, 8, 1)
        inschrijving = {"instelling": gebied.scholen[school], "onderwijssoort": soort, "van": van,
                        "tot": zomer - dt.timedelta(days=terug)}  # fmt: skip
        telling.maak("kind", leeftijd, pad=Loopbaan(inschrijvingen=[inschrijving]))
    for profiel, aantal in (("dreigend-vsv", 2), ("nieuwe-vsv", 3), ("oud-vsv", 7)):
        for _ in range(aantal):
            telling.maak(profiel, 20)
    telling.bewaar()


def _zoek_signalen(gebied: Demogebied, vandaag: dt.date) -> None:
    """What the night run would have found this morning; of one kind more than the team lets in at once."""
    Instroom.objects.create(team=gebied.teams["Doorstroompunt Veldermeer"], soort="jikp", per_week=5)
    signaleer(gebied.regio.pk, nu=timezone.make_aware(dt.datetime.combine(vandaag, dt.time(5, 30))))


# who is in the register without a werkproces: profile, ages, how many
ACHTERGROND: tuple[tuple[str, tuple[int, ...], int], ...] = (
    ("kind", tuple(range(5, 16)), 40),
    ("leerling", (16, 17), 20),
    ("leerling", (18, 19, 20), 50),
    ("startkwalificatie", (19, 20, 21, 22), 35),
    ("werk", (20, 21, 22, 23), 15),
    ("jikp", (18, 19, 20), 10),
)
