"""A school reports through the portal: a number at once, and the melding stands at the meldpunt (MEL-04, MEL-10)."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from routekaart.meldingen.models import Melding
from routekaart.netwerk.models import Contactpersoon
from tests import fabrieken
from tests.fabrieken import NU
from tests.portaal.conftest import maak_contact

pytestmark = pytest.mark.django_db
MELDEN = "/portaal/melden/"
ALLES: dict[str, Any] = {"reden": "test"}


@pytest.fixture(autouse=True)
def vandaag() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def ingevuld(gebied: fabrieken.Gebied) -> dict[str, Any]:
    return {
        "wat": "16-uur",
        "voornamen": "Sem",
        "voorvoegsel": "van",
        "achternaam": "Rooij",
        "geboortedatum": "03-06-2008",
        "gemeente": gebied.gemeente.pk,
        "reden": "Mist de eerste uren",
        "verwachte_inzet": "Een gesprek",
        "jongere_weet": "on",
    }


def test_melding_komt_binnen_met_een_nummer(
    als: Any, karin: Any, school: Any, gebied: Any, ingevuld: dict[str, Any], mailoutbox: list[Any]
) -> None:
    browser = als(karin)
    antwoord = browser.post(MELDEN, ingevuld)
    melding = Melding.objects.alles(**ALLES).get()
    assert antwoord.url == reverse("portaal:ontvangen", args=[melding.sleutel])
    pagina = browser.get(antwoord.url).text
    assert melding.nummer in pagina
    assert "24 november 2026" in pagina
    assert (melding.kanaal, melding.soort, melding.melder_soort, melding.instelling) == (
        "A.II",
        "16-uur",
        "school",
        school,
    )
    assert (melding.melder, melding.melder_naam, melding.melder_functie) == (karin, "Karin", "mentor")
    assert (melding.opgegeven_naam, melding.opgegeven_geboortedatum) == ("Sem van Rooij", "2008-06-03")
    assert (melding.jongere, melding.gemeente, melding.bevestigd_op) == (None, gebied.gemeente, NU)
    assert melding.overig == {"jongere_weet": True}


def test_coach_ziet_de_melding_meteen(als: Any, karin: Any, coach: Any, ingevuld: dict[str, Any]) -> None:
    als(karin).post(MELDEN, ingevuld)
    assert "Sem van Rooij" in als(coach).get("/meldingen/").text


@pytest.mark.parametrize(
    ("wat", "soort", "uitschrijven"),
    [("maand", "maand", False), ("overig", "overig", False), ("stoppen", "vsv", True), ("uitgeschreven", "vsv", False)],
)
def test_wat_er_is_bepaalt_de_soort(
    als: Any, karin: Any, ingevuld: dict[str, Any], wat: str, soort: str, uitschrijven: bool
) -> None:
    als(karin).post(MELDEN, {**ingevuld, "wat": wat})
    melding = Melding.objects.alles(**ALLES).get()
    assert (melding.soort, melding.voorgenomen_uitschrijving) == (soort, uitschrijven)


@pytest.mark.parametrize(
    "veld", ["wat", "voornamen", "achternaam", "geboortedatum", "gemeente", "reden", "verwachte_inzet"]
)
def test_wat_nodig_is_wordt_gevraagd_en_wat_er_stond_blijft(
    als: Any, karin: Any, ingevuld: dict[str, Any], veld: str
) -> None:
    antwoord = als(karin).post(MELDEN, {**ingevuld, veld: ""})
    assert antwoord.status_code == 200
    assert list(antwoord.context["form"].errors) == [veld]
    assert ingevuld["reden" if veld != "reden" else "verwachte_inzet"] in antwoord.text
    assert not Melding.objects.alles(**ALLES).exists()


@pytest.mark.parametrize("datum", ["31-02-2008", "gisteren", "2008"])
def test_een_datum_die_niet_bestaat_wordt_geweigerd(als: Any, karin: Any, ingevuld: dict[str, Any], datum: str) -> None:
    antwoord = als(karin).post(MELDEN, {**ingevuld, "geboortedatum": datum})
    assert "geboortedatum" in antwoord.context["form"].errors
    assert not Melding.objects.alles(**ALLES).exists()


def test_een_gemeente_buiten_de_regio_kan_niet_gekozen_worden(als: Any, karin: Any, ingevuld: dict[str, Any]) -> None:
    ander = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    antwoord = als(karin).post(MELDEN, {**ingevuld, "gemeente": ander.gemeente.pk})
    assert "gemeente" in antwoord.context["form"].errors


def test_iedere_vraag_zegt_waarom(als: Any, karin: Any) -> None:
    form = als(karin).get(MELDEN).context["form"]
    zonder = {naam for naam, veld in form.fields.items() if not veld.help_text}
    assert zonder == {"voornamen", "voorvoegsel", "achternaam"}


def test_met_twee_scholen_kies_je_de_school(
    als: Any, gebied: Any, school: Any, andere_school: Any, karin: Any, ingevuld: dict[str, Any]
) -> None:
    maak_contact(gebied, andere_school, "piet")
    Contactpersoon.objects.filter(naam="Piet").update(gebruiker=karin)
    browser = als(karin)
    assert "instelling" in browser.post(MELDEN, ingevuld).context["form"].errors
    browser.post(MELDEN, {**ingevuld, "instelling": andere_school.pk})
    assert Melding.objects.alles(**ALLES).get().instelling == andere_school


def test_zonder_school_kan_er_niet_gemeld_worden(als: Any, gebied: Any, ingevuld: dict[str, Any]) -> None:
    los = fabrieken.maak_gebruiker(gebied, "los", "schoolcontact")
    assert "hoort nog niet bij een school" in als(los).post(MELDEN, ingevuld).text
    assert not Melding.objects.alles(**ALLES).exists()


def test_get_verandert_niets(als: Any, karin: Any, ingevuld: dict[str, Any]) -> None:
    als(karin).get(MELDEN, ingevuld)
    assert not Melding.objects.alles(**ALLES).exists()


def test_het_portaal_zegt_u(als: Any, karin: Any) -> None:
    for adres in ("/portaal/", MELDEN):
        tekst = als(karin).get(adres).text
        assert not {" je ", " jij ", " jouw "} & {f" {woord} " for woord in tekst.split()}
