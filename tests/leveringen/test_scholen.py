"""A school that a delivery brought by its number alone waits for its name, and gets it in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Instelling
from tests.fabrieken import maak_instelling
from tests.leveringen.hulp import Inlezer, inschrijving, persoon

Als = Callable[[Any], Client]
SCHOLEN = "leveringen:scholen"


@pytest.fixture
def school(inlezer: Inlezer) -> Instelling:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [inschrijving(brin="99VA01")])
    return Instelling.objects.get(brin="99VA01")


def test_een_school_krijgt_haar_naam_en_wacht_niet_meer(school: Instelling, als: Als, administratie: Any) -> None:
    assert (school.naam, school.aanvullen) == ("99VA01", True)
    venster = als(administratie)
    assert "1 school heeft nog geen naam" in venster.get(reverse("leveringen:lijst")).content.decode()
    adres = f"{reverse(SCHOLEN)}?school={school.sleutel}"
    fout = venster.post(adres, {"versie": school.versie, "naam": "99va01", "plaats": ""}).content.decode()
    assert "niet het nummer" in fout
    goed = venster.post(adres, {"versie": school.versie, "naam": "De  Brug", "plaats": "Brinkhoven"}, follow=True)
    assert "99VA01 heet nu De Brug" in goed.content.decode() and "Hier wacht niets" in goed.content.decode()
    school.refresh_from_db()
    assert (school.naam, school.plaats, school.aanvullen) == ("De Brug", "Brinkhoven", False)
    assert Logregel.objects.filter(code="school.aangevuld").count() == 1


def test_een_locatie_krijgt_de_naam_van_haar_school_voorgesteld(
    school: Instelling, als: Als, administratie: Any
) -> None:
    maak_instelling(brin="99VA00", naam="Lyceum De Linde", plaats="Veldermeer")
    pagina = als(administratie).get(reverse(SCHOLEN), {"school": str(school.sleutel)}).content.decode()
    assert 'value="Lyceum De Linde"' in pagina and 'value="Veldermeer"' in pagina


def test_wie_tegelijk_een_naam_gaf_gaat_niet_verloren(school: Instelling, als: Als, administratie: Any) -> None:
    Instelling.objects.filter(pk=school.pk).update(naam="De Brug", versie=2, aanvullen=False)
    adres = f"{reverse(SCHOLEN)}?school={school.sleutel}"
    pagina = als(administratie).post(adres, {"versie": 1, "naam": "De Sluis", "plaats": ""}).content.decode()
    assert "De Brug" in pagina
    school.refresh_from_db()
    assert school.naam == "De Brug"


def test_een_school_die_er_niet_is(als: Als, administratie: Any) -> None:
    assert als(administratie).get(reverse(SCHOLEN), {"school": "x"}).status_code == 404
