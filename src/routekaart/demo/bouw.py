"""Builds the whole demo region for one day; the same day gives the same region."""

from __future__ import annotations

import datetime as dt
import random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from routekaart.demo.gebied import bouw_gebied
from routekaart.demo.menigte import Menigte
from routekaart.demo.mensen import Volkstelling
from routekaart.demo.namen import Naam
from routekaart.demo.proefbestand import schrijf_proefbestand
from routekaart.demo.proefleveringen import schrijf_proefleveringen
from routekaart.demo.verhalen import Verhalen
from routekaart.logboek.acties import verzegel
from routekaart.personen.models import Jongere

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
    pad = settings.VAR / "proef" / "duo-verzuim.csv"
    schrijf_proefbestand(pad, bekend=bekend, brin=gebied.scholen["ROC De Waarden"].brin, vandaag=vandaag)
    schrijf_proefleveringen(pad.parent, mensen=telling.mensen, gebied=gebied, vandaag=vandaag)
    verzegel(nu=timezone.now())
    return Jongere.objects.alles(reden="telling van de demo").count()


# who is in the register without a werkproces: profile, ages, how many
ACHTERGROND: tuple[tuple[str, tuple[int, ...], int], ...] = (
    ("kind", tuple(range(5, 16)), 40),
    ("leerling", (16, 17), 20),
    ("leerling", (18, 19, 20), 50),
    ("startkwalificatie", (19, 20, 21, 22), 35),
    ("werk", (20, 21, 22, 23), 15),
    ("jikp", (18, 19, 20), 10),
)
