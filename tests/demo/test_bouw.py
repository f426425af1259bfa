"""The demo region: invented, alive on the day it is built, and the same for the same day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from routekaart.basis.models import Regio
from routekaart.begeleiding.models import Kijkmoment
from routekaart.delen.models import Verstrekking
from routekaart.demo.bouw import bouw
from routekaart.demo.gebied import MENSEN
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.leveringen.models import Levering, Uitgave
from routekaart.loopbaan.models import Jikpopgave, Vsvopgave
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Dubbel, Jongere, Persoonsnummer
from routekaart.personen.nummers import ontsleutel
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.models import (
    Meldaanleiding,
    Onderzoek,
    Schoolgesprek,
    Screeningsbrief,
    Screeningsfeit,
    Signaal,
    Vertrekker,
)
from routekaart.toegang.models import Gebruiker

VANDAAG = dt.date(2026, 11, 17)
REDEN = "test van de demo"


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    settings.VAR = tmp_path
    return tmp_path


class _Terug(Exception):
    """Rolls a build back."""


def afdruk() -> list[tuple[Any, ...]]:
    """What makes one build the same as another: who, where on the route, when."""
    werk = Werkproces.objects.alles(reden=REDEN).order_by("pk")
    return [
        *Jongere.objects.alles(reden=REDEN).order_by("pk").values_list("zoeknaam", "geboortedatum", "postcode"),
        *werk.values_list("nummer", "doelgroep", "stap", "gestart_op"),
        *Gebeurtenis.objects.alles(reden=REDEN).order_by("pk").values_list("code", "op", "vastgelegd_op"),
    ]


@pytest.mark.django_db(transaction=True)
def test_de_regio_leeft_en_is_voor_dezelfde_dag_dezelfde(var: Path) -> None:
    with pytest.raises(_Terug), transaction.atomic():
        bouw(vandaag=VANDAAG)
        eerste = afdruk()
        raise _Terug
    assert not Regio.objects.exists()
    assert bouw(vandaag=VANDAAG) >= 270
    assert afdruk() == eerste
    controleer_werk()
    controleer_mensen(var)
    controleer_signalen()
    controleer_volgen()
    controleer_scholen()
    controleer_screening()


def controleer_scholen() -> None:
    """One school that reports late, one that misses reports, and a talk with both."""
    rijen = Meldaanleiding.objects.alles(reden=REDEN).filter(schooljaar="2026-2027")
    laat = rijen.filter(instelling__naam="Vakcollege Brinkhoven", soort="verzuim")
    assert laat.count() >= 3
    assert not laat.exclude(op_tijd=False).exists()
    assert rijen.filter(instelling__naam="ROC De Waarden, locatie Haven", stand="ontbreekt").count() >= 3
    vroeger = Meldaanleiding.objects.alles(reden=REDEN).filter(schooljaar="2024-2025")
    assert vroeger.filter(instelling__naam="ROC De Waarden, locatie Haven", stand="ontbreekt").exists()
    assert Schoolgesprek.objects.count() == 2


def controleer_screening() -> None:
    """Every step and every outcome of a season can be seen."""
    rijen = Vertrekker.objects.alles(reden=REDEN).filter(schooljaar="2025-2026")
    stappen, staten = (set(rijen.values_list(veld, flat=True)) for veld in ("stap", "staat"))
    assert {"enquete", "wacht", "telefoon", "huisbezoek", "melding", "uitslag", "geen"} <= stappen
    assert {"ingeschreven", "gekwalificeerd", "werk", "geplaatst", "begeleiding", "onbevestigd"} <= staten
    assert Screeningsbrief.objects.alles(reden=REDEN).count() >= 5
    assert Screeningsfeit.objects.alles(reden=REDEN).filter(soort="geen-brief").count() == 1
    portaal = Levering.objects.get(herkomst="portaal")
    assert (portaal.soort, portaal.regels) == ("uitstroomlijst", 2)


def controleer_signalen() -> None:
    """Every rule finds somebody, and of one kind there is more than goes in at once."""
    rijen = Signaal.objects.alles(reden=REDEN).openstaand()
    soorten = Counter(rijen.values_list("soort", flat=True))
    assert set(soorten) == set(SIGNAALREGELS)
    assert rijen.filter(soort="jikp", in_voorraad_op__isnull=False).count() == 5 < soorten["jikp"]
    assert soorten["vsv-oud"] < 20  # who has a werkproces is not found again


def controleer_volgen() -> None:
    """Looks at who is kept in view, a list of DUO that differs from ours, and research that is due."""
    gekeken = Kijkmoment.objects.alles(reden=REDEN).filter(extra_aandacht__isnull=False)
    assert gekeken.filter(uitstroomgesprek=True).exists() and gekeken.filter(schoolhulp="nee").exists()
    assert Vsvopgave.objects.alles(reden=REDEN).filter(rapportage="NenR", leverdatum__isnull=False).count() > 2
    portaal = Jikpopgave.objects.alles(reden=REDEN)
    assert portaal.exclude(jongere__werkprocessen__soort="jikp").count() >= 3 < portaal.count()
    uitgave = Uitgave.objects.get()
    assert Verstrekking.objects.alles(reden=REDEN).filter(kanaal="uitwisseling").count() == uitgave.personen > 2
    assert Onderzoek.objects.filter(volgende_op__lte=VANDAAG, eigenaar__naam="Noor Haverkamp").exists()


def controleer_werk() -> None:
    """All target groups, every step, and work that is late, for today and for later."""
    werk = Werkproces.objects.alles(reden=REDEN)
    doelgroepen = Counter(werk.values_list("doelgroep", flat=True))
    assert set(doelgroepen) == {"", "verzuim-18-plus", "dreigend-vsv", "nieuwe-vsv", "oud-vsv", "jikp"}
    stappen = Counter(werk.filter(afgesloten_op__isnull=True).values_list("stap", flat=True))
    assert {2, 3, 4, 5, 6, 7, 8, 9, 10} <= set(stappen)
    assert {12, 13} <= set(werk.filter(afgesloten_op__isnull=False).values_list("stap", flat=True))
    assert werk.filter(afgesloten_op__isnull=False, stap__isnull=True).exists()
    noor = Gebruiker.objects.get(naam="Noor Haverkamp")
    taken = Taak.objects.alles(reden=REDEN).open().filter(eigenaar=noor)
    assert taken.filter(due__lt=VANDAAG).exists()
    assert taken.filter(due=VANDAAG).exists()
    assert taken.filter(due__gt=VANDAAG).exists()
    assert Melding.objects.alles(reden=REDEN).te_beoordelen().filter(jongere__isnull=True).count() == 2


def controleer_mensen(var: Path) -> None:
    """An account per role, test numbers only, and a delivery to try."""
    assert Gebruiker.objects.count() == len(MENSEN)
    nummers = [ontsleutel(rij.cijfertekst) for rij in Persoonsnummer.objects.alles(reden=REDEN)]
    # of one the school gave no number: that is the second dossier of somebody who is in it already
    assert len(set(nummers)) == Jongere.objects.alles(reden=REDEN).count() - 1
    assert Dubbel.objects.alles(reden=REDEN).count() == 1
    assert all(nummer.startswith("9") for nummer in nummers)
    assert b"880001" in (var / "proef" / "duo-verzuim.csv").read_bytes()
