"""Reading is logged before the page leaves: one line per page, and without the line no page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import NIEMAND
from routekaart.toegang.inzage import Inzage
from tests.fabrieken import NU, Gebied, maak_jongere

Als = Callable[[Any], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def jongere(gebied: Gebied) -> Jongere:
    return maak_jongere(gebied, achternaam="Dekkers")


def test_een_pagina_geeft_een_regel(coach: Any, jongere: Jongere, als: Als) -> None:
    antwoord = als(coach).get(reverse("dossiers:netwerk", args=[jongere.sleutel]))
    assert antwoord.status_code == 200
    (regel,) = Logregel.objects.all()
    assert (regel.soort, regel.gebruiker_id, regel.jongere_id) == ("lezen", coach.pk, jongere.pk)
    assert regel.rol == "doorstroomcoach"
    assert regel.doel
    assert regel.regio_id == coach.regio_id


@pytest.mark.django_db(transaction=True)
def test_wat_niet_in_het_logboek_kan_gaat_het_huis_niet_uit(coach: Any, jongere: Jongere, als: Als) -> None:
    client = als(coach)
    client.raise_request_exception = False
    with mock.patch("routekaart.toegang.inzage.noteer_gelezen", side_effect=DatabaseError("de schijf is vol")):
        antwoord = client.get(reverse("dossiers:netwerk", args=[jongere.sleutel]))
    assert antwoord.status_code == 500
    assert "Dekkers" not in antwoord.content.decode()
    assert not Logregel.objects.exists()


def test_een_geweigerde_vraag_staat_er_ook(buitenstaander: Any, jongere: Jongere, als: Als) -> None:
    assert als(buitenstaander).get(reverse("dossiers:netwerk", args=[jongere.sleutel])).status_code == 404
    (regel,) = Logregel.objects.all()
    assert (regel.code, regel.gebruiker_id) == ("toegang.geweigerd", buitenstaander.pk)
    assert regel.onderwerp == f"personen.jongere:{jongere.sleutel}"
    assert regel.jongere_id is None


def test_een_pagina_zonder_personen_geeft_geen_regel(coach: Any, als: Als) -> None:
    als(coach).get(reverse("account_change_password"))
    assert not Logregel.objects.exists()


def test_te_laat_opschrijven_kan_niet(db: Any) -> None:
    """A page that streams writes its line before the stream begins; afterwards it would be lost in silence."""
    inzage = Inzage()
    inzage.noteer("dossier.bekeken", jongere_id=1)
    inzage.schrijf(NIEMAND, nu=NU)
    with pytest.raises(RuntimeError, match="al weg"):
        inzage.noteer("dossier.bekeken", jongere_id=2)
    assert Logregel.objects.count() == 1


def test_alle_regels_van_een_pagina_of_geen(db: Any) -> None:
    inzage = Inzage()
    inzage.noteer("dossier.bekeken", jongere_id=1)
    inzage.noteer("bestaat.niet", jongere_id=2)
    with pytest.raises(ValueError, match="heeft geen zin"):
        inzage.schrijf(NIEMAND, nu=NU)
    assert not Logregel.objects.exists()
