"""Two schools with a contact each, and meldingen of both."""

from __future__ import annotations

from typing import Any

import pytest

from routekaart.loopbaan.models import Instelling
from routekaart.netwerk.models import Contactpersoon, Ketenpartner
from tests import fabrieken


@pytest.fixture
def school(gebied: fabrieken.Gebied) -> Instelling:
    return fabrieken.maak_instelling(naam="ROC De Waarden", brin="99VA00")


@pytest.fixture
def andere_school(gebied: fabrieken.Gebied) -> Instelling:
    return fabrieken.maak_instelling(naam="Vakcollege Brinkhoven", brin="99VB00")


def maak_contact(gebied: fabrieken.Gebied, school: Instelling, naam: str) -> Any:
    """A user who is contactpersoon of this school."""
    gebruiker = fabrieken.maak_gebruiker(gebied, naam, "schoolcontact")
    partner, _ = Ketenpartner.objects.get_or_create(
        regio=gebied.regio, naam=school.naam, defaults={"soort": "school", "instelling": school}
    )
    Contactpersoon.objects.create(
        ketenpartner=partner, naam=gebruiker.naam, gebruiker=gebruiker, functie="mentor", telefoon="06 0000 0000"
    )
    return gebruiker


@pytest.fixture
def karin(gebied: fabrieken.Gebied, school: Instelling) -> Any:
    """The contact of ROC De Waarden."""
    return maak_contact(gebied, school, "karin")


@pytest.fixture
def piet(gebied: fabrieken.Gebied, andere_school: Instelling) -> Any:
    """The contact of Vakcollege Brinkhoven."""
    return maak_contact(gebied, andere_school, "piet")
