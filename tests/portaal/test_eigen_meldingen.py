"""A school sees its own meldingen and their status, and nothing else (MEL-23)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.logboek.models import Logregel
from routekaart.meldingen.acties import Informatie, Melder, geef_oordeel, ontvang_melding, vraag_informatie
from routekaart.meldingen.models import Melding
from routekaart.netwerk.models import Contactpersoon
from routekaart.portaal.selecties import PER_PAGINA, eigen_meldingen, schoollijst
from routekaart.samenwerking.models import Terugkoppeling
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG
from tests.portaal.conftest import maak_contact

pytestmark = pytest.mark.django_db
PORTAAL = "/portaal/"
# in everything that is written inside, and nowhere else
GEHEIM = "kanarie-binnen"


@pytest.fixture(autouse=True)
def vandaag() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def melding(gebied: fabrieken.Gebied, school: Any, coach: Any) -> Melding:
    """A melding of the school about somebody whose dossier is full of what stays inside."""
    jongere = fabrieken.maak_jongere(gebied, voornamen="Yara", achternaam="Dekkers")
    fabrieken.maak_inschrijving(jongere, instelling=school, niveau=3)
    return ontvang_melding(
        kanaal="A.II",
        soort="16-uur",
        melder=Melder(soort="school", naam="Karin", instelling=school),
        jongere=jongere,
        informatie=Informatie(**dict.fromkeys(Informatie.__dataclass_fields__, GEHEIM)),
        toegang=fabrieken.toegang(coach),
        nu=NU,
    )


def test_school_ziet_haar_melding_met_de_stand(als: Any, karin: Any, melding: Melding) -> None:
    pagina = als(karin).get(PORTAAL)
    assert "Yara Dekkers" in pagina.text
    assert melding.nummer in pagina.text
    assert "ontvangen" in pagina.text


def test_een_andere_school_ziet_niets(als: Any, piet: Any, melding: Melding) -> None:
    browser = als(piet)
    assert "Dekkers" not in browser.get(PORTAAL).text
    for naam in ("ontvangen", "aanvullen"):
        assert browser.get(reverse(f"portaal:{naam}", args=[melding.sleutel])).status_code == 404
    assert Logregel.objects.filter(code="toegang.geweigerd").count() == 2


def test_niets_van_wat_binnen_is_geschreven(als: Any, karin: Any, melding: Melding, coach: Any) -> None:
    geef_oordeel(
        melding,
        directe_actie=True,
        motivatie=GEHEIM,
        doelgroep="dreigend-vsv",
        doelgroep_motivatie=GEHEIM,
        toegang=fabrieken.toegang(coach),
        nu=NU,
    )
    Melding.objects.alles(reden="test").update(onvolledig_omdat=GEHEIM)
    pagina = als(karin).get(PORTAAL).text
    assert "loopt" in pagina
    assert "Uw contact bij ons is Coach." in pagina
    for woord in (GEHEIM, "dreigend", "Dreigend vsv"):
        assert woord not in pagina


def test_wat_een_partner_meldde_hoort_niet_bij_de_school(als: Any, karin: Any, gebied: Any, school: Any) -> None:
    jongere = fabrieken.maak_jongere(gebied, achternaam="Stil")
    for soort in ("partner", "jongere", "verzorger", "overleg", "onderzoek"):
        fabrieken.maak_melding(gebied, jongere=jongere, melder_soort=soort, instelling=school)
    assert "Stil" not in als(karin).get(PORTAAL).text
    fabrieken.maak_melding(gebied, jongere=jongere, melder_soort="duo", instelling=school)
    assert "Stil" in als(karin).get(PORTAAL).text


def test_dezelfde_jongere_bij_twee_scholen_ieder_de_eigen_melding(
    als: Any, karin: Any, piet: Any, gebied: Any, school: Any, andere_school: Any
) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    een = fabrieken.maak_melding(gebied, jongere=jongere, instelling=school)
    twee = fabrieken.maak_melding(gebied, jongere=jongere, instelling=andere_school)
    assert list(eigen_meldingen(fabrieken.toegang(karin))) == [een]
    assert list(eigen_meldingen(fabrieken.toegang(piet))) == [twee]


def test_een_andere_regio_met_dezelfde_school_ziet_niets(gebied: Any, school: Any, melding: Melding) -> None:
    ander = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    assert list(eigen_meldingen(fabrieken.toegang(maak_contact(ander, school, "elders")))) == []


def test_wie_geen_contactpersoon_meer_is_ziet_niets(karin: Any, melding: Melding) -> None:
    assert eigen_meldingen(fabrieken.toegang(karin)).count() == 1
    Contactpersoon.objects.all().delete()
    assert eigen_meldingen(fabrieken.toegang(karin)).count() == 0


def test_terugkoppeling_staat_bij_de_eigen_melding(
    als: Any, karin: Any, piet: Any, melding: Melding, coach: Any
) -> None:
    for aan, tekst in (("school", "Yara volgt weer alle lessen."), ("partner", GEHEIM)):
        Terugkoppeling.objects.create(
            werkproces=melding.werkproces, melding=melding, regio=melding.regio, gemeente=melding.gemeente,
            soort_werk=melding.soort_werk, ontvanger="x", soort_ontvanger=aan, kanaal="e-mail", tekst=tekst, op=NU,
        )  # fmt: skip
    pagina = als(karin).get(PORTAAL).text
    assert "Terugkoppeling, 17 nov" in pagina
    assert "Yara volgt weer alle lessen." in pagina
    assert GEHEIM not in pagina


@pytest.mark.parametrize(
    ("velden", "status"),
    [
        ({}, "ontvangen"),
        ({"opgepakt_op": NU}, "opgepakt"),
        ({"stand": "wacht-op-melder"}, "wacht op u"),
        ({"oordeel": "directe-actie", "oordeel_op": NU}, "loopt"),
        ({"oordeel": "onterecht", "oordeel_op": NU}, "afgerond"),
        ({"oordeel": "geen-actie", "oordeel_op": NU, "uitkomst": "geen-actie-na-school"}, "afgerond"),
        ({"ingetrokken_op": NU}, "ingetrokken"),
    ],
)
def test_status_in_woorden(gebied: Any, karin: Any, school: Any, velden: dict[str, Any], status: str) -> None:
    fabrieken.maak_melding(gebied, instelling=school, **velden)
    [regel] = schoollijst(fabrieken.toegang(karin), stand="alle", plaats="", op=VANDAAG).regels
    assert regel.status == status


def test_filters_en_tellers(als: Any, karin: Any, gebied: Any, school: Any) -> None:
    for velden in ({}, {"stand": "wacht-op-melder"}, {"oordeel": "onterecht", "oordeel_op": NU}):
        fabrieken.maak_melding(gebied, instelling=school, **velden)
    lijst = als(karin).get(PORTAAL).context["lijst"]
    assert lijst.tellers == {"alle": 3, "u": 1, "open": 1, "klaar": 1}
    for stand, aantal in (("u", 1), ("open", 1), ("klaar", 1), ("onzin", 3)):
        assert len(als(karin).get(PORTAAL, {"stand": stand}).context["lijst"].regels) == aantal


def test_bladert_zonder_iets_te_missen(als: Any, karin: Any, gebied: Any, school: Any) -> None:
    for uur in range(2 * PER_PAGINA + 1):
        fabrieken.maak_melding(gebied, instelling=school, ontvangen_op=NU - dt.timedelta(hours=uur))
    browser, adres, gezien = als(karin), PORTAAL, []
    for _ in range(3):
        pagina = browser.get(adres)
        gezien += [regel.nummer for regel in pagina.context["lijst"].regels]
        adres = PORTAAL + pagina.context["volgende"]
    assert len(gezien) == len(set(gezien)) == 2 * PER_PAGINA + 1


def test_het_aantal_queries_groeit_niet(als: Any, karin: Any, gebied: Any, school: Any) -> None:
    browser = als(karin)

    def tel() -> int:
        with CaptureQueriesContext(connection) as vragen:
            browser.get(PORTAAL)
        buiten = ("SAVEPOINT", "logboek_logregel")  # the log has a line per person on the page
        return len([vraag for vraag in vragen if not any(woord in vraag["sql"] for woord in buiten)])

    for _ in range(3):
        fabrieken.maak_melding(gebied, instelling=school)
    tel()
    met_drie = tel()
    for _ in range(27):
        fabrieken.maak_melding(gebied, instelling=school)
    assert tel() == met_drie
    assert met_drie <= 20


def test_iedere_jongere_op_de_pagina_staat_in_het_logboek(als: Any, karin: Any, melding: Melding) -> None:
    als(karin).get(PORTAAL)
    regels = Logregel.objects.filter(code="portaal.bekeken", gebruiker_id=karin.pk)
    assert set(regels.values_list("jongere_id", flat=True)) == {None, melding.jongere_id}


@pytest.mark.parametrize("rol", ["doorstroomcoach", "administratie", "beleid", "privacy", "ketenpartner", "jongere"])
def test_andere_rollen_hebben_geen_portaal(als: Any, gebied: Any, rol: str) -> None:
    browser = als(fabrieken.maak_gebruiker(gebied, rol, rol))
    assert browser.get(PORTAAL).status_code == 404
    assert browser.get("/portaal/melden/").status_code == 404


def test_schoolcontact_heeft_geen_toegang_tot_het_meldpunt(als: Any, karin: Any, melding: Melding) -> None:
    assert als(karin).get("/meldingen/").status_code == 404
    assert als(karin).get(reverse("meldingen:melding", args=[melding.sleutel])).status_code == 404
    assert list(Melding.objects.voor(fabrieken.toegang(karin))) == []


def test_zonder_meldingen_nodigt_de_pagina_uit(als: Any, karin: Any) -> None:
    assert "Uw school heeft dit schooljaar nog niets gemeld." in als(karin).get(PORTAAL).text


class TestAanvullen:
    """The school answers what we asked, and sees nothing of what stands there."""

    @pytest.fixture
    def gevraagd(self, melding: Melding, coach: Any) -> Melding:
        Melding.objects.alles(reden="test").update(reactie_jongere="", hulptrajecten=GEHEIM)
        melding.refresh_from_db()
        vraag_informatie(melding, punten=["reactie-jongere", "hulptrajecten"], toegang=fabrieken.toegang(coach), nu=NU)
        return melding

    def test_vraag_staat_op_de_lijst_en_het_antwoord_komt_bij_de_melding(
        self, als: Any, karin: Any, gevraagd: Melding
    ) -> None:
        browser = als(karin)
        pagina = browser.get(PORTAAL).text
        assert "Wij missen nog twee dingen." in pagina
        adres = reverse("portaal:aanvullen", args=[gevraagd.sleutel])
        assert GEHEIM not in browser.get(adres).text
        antwoord = browser.post(
            adres, {"reactie-jongere": "Wil verder leren", "hulptrajecten": "Schoolmaatschappelijk werk"}
        )
        assert antwoord.url == PORTAAL
        gevraagd.refresh_from_db()
        assert gevraagd.reactie_jongere == "Wil verder leren"
        assert gevraagd.hulptrajecten == f"{GEHEIM}\nSchoolmaatschappelijk werk"
        assert gevraagd.stand == "te-beoordelen"

    def test_leeg_antwoord_verandert_niets(self, als: Any, karin: Any, gevraagd: Melding) -> None:
        adres = reverse("portaal:aanvullen", args=[gevraagd.sleutel])
        antwoord = als(karin).post(adres, {"reactie-jongere": " "})
        assert "Vul minstens één antwoord in." in antwoord.text
        gevraagd.refresh_from_db()
        assert gevraagd.stand == "wacht-op-melder"

    def test_zonder_open_vraag_valt_er_niets_aan_te_vullen(self, als: Any, karin: Any, melding: Melding) -> None:
        adres = reverse("portaal:aanvullen", args=[melding.sleutel])
        assert als(karin).get(adres).url == PORTAAL
        als(karin).post(adres, {"reden": "overschreven"})
        melding.refresh_from_db()
        assert melding.reden == GEHEIM
