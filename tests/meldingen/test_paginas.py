"""What can be done with one melding in the browser: fill in, ask, say who it is, judge, close."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.basis.models import Gemeente, Regio
from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.logboek.models import Logregel
from routekaart.meldingen.acties import DuoMelding, Informatie, Opgave, geef_oordeel, neem_duo_melding_aan
from routekaart.meldingen.models import Informatievraag, Melding
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}
SEM = Opgave(achternaam="Rooij", voorvoegsel="van", voornamen="Sem", geboortedatum="2008-06-03", adres="Lindelaan 14")
HALF = Informatie(reden="Mist uren", partneracties="Gebeld", verwachte_inzet="Gesprek")


@pytest.fixture(autouse=True)
def vandaag() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


def adres(naam: str, melding: Melding, *rest: str) -> str:
    return reverse(f"meldingen:{naam}", args=[melding.sleutel, *rest])


def de_melding() -> Melding:
    melding: Melding = Melding.objects.alles(**ALLES).get()
    return melding


class TestDetail:
    def test_zegt_wie_wat_en_hoelang(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere)
        pagina = als(coach).get(adres("melding", melding)).text
        for tekst in (
            jongere.naam,
            "Directe melding van ROC De Waarden (a II)",
            melding.nummer,
            "nog 5 dagen",
            "Voorstel doelgroep: verzuim 18+",
            "Waarom?",
            "Ja, start de route",
        ):
            assert tekst in pagina

    def test_laat_zien_wat_ontbreekt_en_wat_is_gevraagd(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere, informatie=HALF)
        browser = als(coach)
        pagina = browser.get(adres("melding", melding)).text
        assert "2 van 7 ontbreken" in pagina
        assert "Vraag deze 2 punten aan Karin Slot" in pagina
        assert "Omdat twee punten ontbreken vragen we je waarom." in pagina
        browser.post(adres("vragen", melding), {"punt": ["reactie-jongere", "verzuimoverzicht"]})
        assert Informatievraag.objects.alles(**ALLES).count() == 2
        pagina = browser.get(adres("melding", melding)).text
        assert "Gevraagd op di 17 nov" in pagina
        assert "Vraag deze" not in pagina

    def test_hooguit_twintig_queries_hoe_vol_het_dossier_ook_is(
        self, als: Any, coach: Any, ontvang: Any, jongere: Any
    ) -> None:
        melding = ontvang(jongere)
        browser = als(coach)

        def tel() -> int:
            with CaptureQueriesContext(connection) as vragen:
                browser.get(adres("melding", melding))
            return len([vraag for vraag in vragen if "SAVEPOINT" not in vraag["sql"]])

        tel()
        leeg = tel()
        for jaar in range(2015, 2025):
            fabrieken.maak_inschrijving(
                jongere,
                van=VANDAAG.replace(year=jaar),
                tot=VANDAAG.replace(year=jaar + 1),
                instelling=melding.instelling,
            )
            ontvang(jongere)
        assert tel() == leeg <= 20

    def test_een_regel_in_het_logboek(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere)
        als(coach).get(adres("melding", melding))
        regel = Logregel.objects.get(soort="lezen")
        assert (regel.code, regel.jongere_id) == ("melding.bekeken", jongere.pk)

    def test_een_ingetrokken_melding_zegt_dat(
        self, als: Any, coach: Any, gebied: Any, jongere: Any, school: Any
    ) -> None:
        duo = DuoMelding(
            meldingsnummer="77", versie=1, soort="maand", begindatum=VANDAAG, berichtcode="ZZ9", status="ingetrokken"
        )
        neem_duo_melding_aan(
            duo, jongere=jongere, instelling=school, gemeente=gebied.gemeente, toegang=fabrieken.systeem(gebied), nu=NU
        )
        pagina = als(coach).get(adres("melding", de_melding())).text
        assert "School trok deze melding in" in pagina
        assert "ZZ9" in pagina
        assert "Ja, start de route" not in pagina


class TestAanvullen:
    def test_vult_aan(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere, informatie=HALF)
        browser = als(coach)
        form = browser.get(adres("aanvullen", melding)).context["form"]
        invoer = {**form.initial, "reactie_jongere": "Wil wel"}
        assert browser.post(adres("aanvullen", melding), invoer).url == adres("melding", melding)
        assert (de_melding().reactie_jongere, de_melding().partneracties) == ("Wil wel", "Gebeld")

    def test_twee_tegelijk_de_tweede_ziet_wat_er_nu_staat_en_houdt_wat_hij_typte(
        self, als: Any, coach: Any, collega: Any, ontvang: Any, jongere: Any
    ) -> None:
        melding = ontvang(jongere, informatie=HALF)
        eerste, tweede = als(coach), als(collega)
        invoer = dict(eerste.get(adres("aanvullen", melding)).context["form"].initial)
        eerste.post(adres("aanvullen", melding), {**invoer, "reden": "Slaapt slecht"})
        antwoord = tweede.post(adres("aanvullen", melding), {**invoer, "reden": "Werkt te veel"})
        assert antwoord.status_code == 200
        assert "Slaapt slecht" in antwoord.text
        assert "Werkt te veel" in antwoord.text
        assert de_melding().reden == "Slaapt slecht"
        nieuwe_versie = antwoord.context["form"]["versie"].value()
        opnieuw = tweede.post(
            adres("aanvullen", melding), {**invoer, "versie": nieuwe_versie, "reden": "Slaapt slecht en werkt veel"}
        )
        assert opnieuw.status_code == 302
        assert de_melding().reden == "Slaapt slecht en werkt veel"

    def test_vraagt_alleen_wat_van_toepassing_is(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere, kanaal="C.I", soort="vsv")
        form = als(coach).get(adres("aanvullen", melding)).context["form"]
        assert "verzuimoverzicht" not in form.fields
        assert "verwachte_inzet" not in form.fields


class TestWie:
    @pytest.fixture
    def rooy(self, gebied: Any) -> Any:
        return fabrieken.maak_jongere(
            gebied, voornamen="Sem", voorvoegsel="van", achternaam="Rooy", geboortedatum="2008-06-03",
            straat="Lindelaan", huisnummer="14",
        )  # fmt: skip

    def test_mogelijke_dubbele_staat_ernaast_met_het_verschil(
        self, als: Any, coach: Any, ontvang: Any, rooy: Any
    ) -> None:
        melding = ontvang(None, opgave=SEM)
        pagina = als(coach).get(adres("melding", melding)).text
        assert "Kennen we Sem al?" in pagina
        assert '<b class="rk-letop">Sem van Rooy</b>' in pagina
        assert re.search(r"eindigt op \d{3}<", pagina)
        assert "Voorstel doelgroep, als dit Sem van Rooy is" in pagina

    def test_dit_is_dezelfde_jongere(self, als: Any, coach: Any, ontvang: Any, rooy: Any) -> None:
        melding = ontvang(None, opgave=SEM)
        als(coach).post(adres("koppelen", melding), {"jongere": str(rooy.sleutel)})
        assert de_melding().jongere == rooy
        assert Werkproces.objects.alles(**ALLES).get().jongere == rooy

    def test_nee_iemand_anders(self, als: Any, coach: Any, ontvang: Any, rooy: Any) -> None:
        melding = ontvang(None, opgave=SEM)
        als(coach).post(adres("nieuwe-jongere", melding))
        assert de_melding().jongere not in (None, rooy)

    def test_zonder_geboortedatum_vraagt_de_pagina_die(self, als: Any, coach: Any, ontvang: Any) -> None:
        melding = ontvang(None, opgave=Opgave(achternaam="Rooij"))
        browser = als(coach)
        assert browser.post(adres("nieuwe-jongere", melding)).url == adres("wie", melding)
        browser.post(adres("wie", melding), {"achternaam": "Rooij", "voornamen": "Sem", "geboortedatum": "3-6-2008"})
        jongere = de_melding().jongere
        assert jongere is not None
        assert (jongere.naam, jongere.geboortedatum) == ("Sem Rooij", "2008-06-03")

    def test_zoekt_in_het_register(self, als: Any, coach: Any, ontvang: Any, rooy: Any) -> None:
        melding = ontvang(None, opgave=Opgave(achternaam="X"))
        pagina = als(coach).get(adres("wie", melding), {"q": "rooij"}).text
        assert "Sem van Rooy" in pagina
        assert Logregel.objects.filter(code="melding.gezocht", jongere_id=rooy.pk).exists()

    def test_iemand_van_een_ander_team_kun_je_niet_kiezen(
        self, als: Any, coach: Any, ontvang: Any, gebied: Any
    ) -> None:
        gebied.doorstroompunt.gemeenten.remove(gebied.andere_gemeente)
        elders = fabrieken.maak_jongere(gebied, gemeente=gebied.andere_gemeente)
        melding = ontvang(None, opgave=SEM)
        antwoord = als(coach).post(adres("koppelen", melding), {"jongere": str(elders.sleutel)})
        assert antwoord.status_code == 404
        assert de_melding().jongere is None

    def test_een_bsn_van_iemand_buiten_bereik_verraadt_niets(
        self, als: Any, coach: Any, ontvang: Any, gebied: Any
    ) -> None:
        bsn = fabrieken.test_bsn(777)
        gebied.doorstroompunt.gemeenten.remove(gebied.andere_gemeente)
        fabrieken.maak_jongere(
            gebied, gemeente=gebied.andere_gemeente, bsn=bsn, geboortedatum="2008-06-03", achternaam="Verborgen"
        )
        melding = ontvang(None, opgave=SEM, toegang=fabrieken.toegang(coach))
        browser = als(coach)
        invoer = {"achternaam": "Rooij", "geboortedatum": "3-6-2008", "nummer": bsn}
        antwoord = browser.post(adres("wie", melding), invoer, follow=True)
        assert antwoord.redirect_chain == [("/meldingen/", 302)]
        assert f"Melding {melding.nummer} is vastgelegd. Een collega kijkt ernaar." in antwoord.text
        assert "Verborgen" not in antwoord.text
        assert Jongere.objects.alles(**ALLES).count() == 1

    @pytest.mark.parametrize("nummer", ["123456789", "12", "000000000", "abc"])
    def test_een_ongeldig_nummer_wordt_geweigerd(self, als: Any, coach: Any, ontvang: Any, nummer: str) -> None:
        melding = ontvang(None, opgave=SEM)
        invoer = {"achternaam": "Rooij", "geboortedatum": "3-6-2008", "nummer": nummer}
        antwoord = als(coach).post(adres("wie", melding), invoer)
        assert antwoord.status_code == 200
        assert antwoord.context["form"].errors
        assert not Jongere.objects.alles(**ALLES).exists()


class TestOordeel:
    def test_ja_start_de_route(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere)
        browser = als(coach)
        form = browser.get(adres("oordeel", melding, "ja")).context["form"]
        assert form["doelgroep"].value() == "verzuim-18-plus"
        assert "onvolledig_omdat" not in form.fields
        invoer = {"doelgroep": "verzuim-18-plus", "motivatie": "Blijft weg", "gedaan": ["melder"]}
        verder = browser.post(adres("oordeel", melding, "ja"), invoer)
        assert verder.url.startswith(f"/jongeren/{jongere.sleutel}/route/")
        assert browser.get(verder.url).status_code == 200
        assert de_melding().oordeel == "directe-actie"
        assert Werkproces.objects.alles(**ALLES).get().doelgroep == "verzuim-18-plus"
        assert Gebeurtenis.objects.alles(**ALLES).filter(code="contact.school").exists()

    def test_afwijken_zonder_uitleg_komt_bij_het_veld_en_het_getypte_blijft(
        self, als: Any, coach: Any, ontvang: Any, jongere: Any
    ) -> None:
        melding = ontvang(jongere)
        invoer = {"doelgroep": "oud-vsv", "motivatie": "Dit typte ik"}
        antwoord = als(coach).post(adres("oordeel", melding, "ja"), invoer)
        assert list(antwoord.context["form"].errors) == ["doelgroep_motivatie"]
        assert "Dit typte ik" in antwoord.text
        assert de_melding().oordeel == ""

    def test_onvolledig_vraagt_waarom_nu_al(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere, informatie=HALF)
        browser = als(coach)
        invoer = {"doelgroep": "verzuim-18-plus", "motivatie": "x"}
        antwoord = browser.post(adres("oordeel", melding, "ja"), invoer)
        assert list(antwoord.context["form"].errors) == ["onvolledig_omdat"]
        browser.post(adres("oordeel", melding, "ja"), {**invoer, "onvolledig_omdat": "School is dicht"})
        assert de_melding().onvolledig_omdat == "School is dicht"

    def test_nee_stelt_de_gewone_uitkomst_voor(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere)
        browser = als(coach)
        form = browser.get(adres("oordeel", melding, "nee")).context["form"]
        assert form["uitkomst"].value() == "geen-actie-na-school"
        invoer = {"doelgroep": "verzuim-18-plus", "motivatie": "School lost het op", "uitkomst": "geen-actie-na-school"}
        verder = browser.post(adres("oordeel", melding, "nee"), invoer).url
        assert verder.startswith(f"/jongeren/{jongere.sleutel}/terugkoppelen/")
        assert browser.get(verder).status_code == 200
        assert (de_melding().oordeel, de_melding().uitkomst) == ("geen-actie", "geen-actie-na-school")

    def test_nee_zonder_uitkomst_vraagt_erom(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere)
        invoer = {"doelgroep": "verzuim-18-plus", "motivatie": "x", "uitkomst": ""}
        antwoord = als(coach).post(adres("oordeel", melding, "nee"), invoer)
        assert list(antwoord.context["form"].errors) == ["uitkomst"]
        assert de_melding().oordeel == ""

    def test_onterecht_van_duo_vraagt_de_reden_voor_duo(
        self, als: Any, coach: Any, gebied: Any, jongere: Any, school: Any
    ) -> None:
        neem_duo_melding_aan(
            DuoMelding(meldingsnummer="1", versie=1, soort="16-uur", begindatum=VANDAAG),
            jongere=jongere, instelling=school, gemeente=gebied.gemeente, toegang=fabrieken.systeem(gebied), nu=NU,
        )  # fmt: skip
        melding = de_melding()
        browser = als(coach)
        antwoord = browser.post(adres("oordeel", melding, "onterecht"), {"motivatie": "Was ziek"})
        assert list(antwoord.context["form"].errors) == ["duo_afsluitreden"]
        browser.post(adres("oordeel", melding, "onterecht"), {"motivatie": "Was ziek", "duo_afsluitreden": "6"})
        assert (de_melding().duo_status, de_melding().duo_afsluitreden) == ("G", 6)

    def test_onterecht_buiten_duo_vraagt_dat_niet(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        form = als(coach).get(adres("oordeel", ontvang(jongere), "onterecht")).context["form"]
        assert "duo_afsluitreden" not in form.fields

    def test_draagt_over(self, als: Any, coach: Any, ontvang: Any, jongere: Any, gebied: Any) -> None:
        elders = Gemeente.objects.create(
            code="9999", naam="Elders", regio=Regio.objects.create(nummer=9, naam="R"), van=VANDAAG
        )
        melding = ontvang(jongere, soort="vsv", voorgenomen_uitschrijving=True)
        browser = als(coach)
        keuzes = browser.get(adres("oordeel", melding, "overdracht")).context["form"].fields["gemeente"].queryset
        assert list(keuzes) == [elders]
        browser.post(adres("oordeel", melding, "overdracht"), {"motivatie": "Verhuisd", "gemeente": elders.pk})
        assert (de_melding().oordeel, de_melding().uitkomst) == ("overdracht", "verhuisd")

    def test_wie_te_laat_is_ziet_wat_er_besloten_is_en_wat_hij_typte(
        self, als: Any, coach: Any, collega: Any, ontvang: Any, jongere: Any
    ) -> None:
        melding = ontvang(jongere)
        browser = als(collega)
        browser.get(adres("oordeel", melding, "onterecht"))
        geef_oordeel(melding, directe_actie=True, motivatie="Eerst", toegang=fabrieken.toegang(coach), nu=NU)
        antwoord = browser.post(adres("oordeel", melding, "onterecht"), {"motivatie": "Mijn eigen woorden"})
        assert antwoord.status_code == 200
        for tekst in ("Coach gaf al een oordeel", "directe actie nodig", "Mijn eigen woorden"):
            assert tekst in antwoord.text
        assert de_melding().oordeel_motivatie == "Eerst"

    def test_zonder_bekende_jongere_zegt_de_pagina_wat_eerst_moet(self, als: Any, coach: Any, ontvang: Any) -> None:
        melding = ontvang(None, opgave=SEM)
        pagina = als(coach).get(adres("oordeel", melding, "ja"))
        assert "Zeg eerst over wie deze melding gaat" in pagina.text

    def test_een_weg_die_er_niet_is_geeft_404(self, als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
        assert als(coach).get(adres("oordeel", ontvang(jongere), "misschien")).status_code == 404

    @pytest.mark.parametrize("weg", ["ja", "nee", "onterecht", "overdracht"])
    def test_get_verandert_niets(self, als: Any, coach: Any, ontvang: Any, jongere: Any, weg: str) -> None:
        melding = ontvang(jongere)
        als(coach).get(adres("oordeel", melding, weg), {"motivatie": "x", "doelgroep": "verzuim-18-plus"})
        assert de_melding().oordeel == ""

    def test_administratie_oordeelt_niet(self, als: Any, administratie: Any, ontvang: Any, jongere: Any) -> None:
        melding = ontvang(jongere)
        browser = als(administratie)
        assert browser.get(adres("oordeel", melding, "ja")).status_code == 404
        assert browser.post(adres("oordeel", melding, "ja"), {"motivatie": "x"}).status_code == 404
        assert "Ja, start de route" not in browser.get(adres("melding", melding)).text
        assert de_melding().oordeel == ""


class TestLeerplicht:
    def test_onder_18_heeft_geen_doelgroep_en_sluit_zelf(
        self, als: Any, gebied: Any, ambtenaar: Any, coach: Any, ontvang: Any
    ) -> None:
        melding = ontvang(fabrieken.maak_jongere(gebied, geboortedatum="2011-05-05"))
        assert als(coach).get(adres("melding", melding)).status_code == 404
        browser = als(ambtenaar)
        assert "doelgroep" not in browser.get(adres("oordeel", melding, "ja")).context["form"].fields
        browser.post(adres("oordeel", melding, "ja"), {"motivatie": "Gesprek nodig"})
        assert "Sluit de melding af" in browser.get(adres("melding", melding)).text
        browser.post(adres("sluiten", melding), {"uitkomst": "gesprek", "motivatie": "Gesproken met ouders"})
        assert de_melding().uitkomst == "gesprek"
        assert "Gesprek met afspraken/waarschuwingsbrief" in browser.get(adres("melding", melding)).text


@pytest.mark.parametrize("naam", ["vragen", "koppelen", "nieuwe-jongere"])
def test_wat_iets_verandert_gaat_niet_met_get(als: Any, coach: Any, ontvang: Any, jongere: Any, naam: str) -> None:
    assert als(coach).get(adres(naam, ontvang(jongere))).status_code == 405


@pytest.mark.parametrize("naam", ["melding", "aanvullen", "wie", "sluiten"])
def test_buitenstaander_krijgt_404(als: Any, buitenstaander: Any, ontvang: Any, jongere: Any, naam: str) -> None:
    assert als(buitenstaander).get(adres(naam, ontvang(jongere))).status_code == 404


@pytest.mark.parametrize("naam", ["vragen", "koppelen", "nieuwe-jongere", "aanvullen", "wie", "sluiten"])
def test_buitenstaander_verandert_niets(als: Any, buitenstaander: Any, ontvang: Any, jongere: Any, naam: str) -> None:
    melding = ontvang(jongere, informatie=HALF)
    antwoord = als(buitenstaander).post(adres(naam, melding), {"punt": "reden", "jongere": str(jongere.sleutel)})
    assert antwoord.status_code == 404
    assert not Informatievraag.objects.alles(**ALLES).exists()
