"""The pages from the start of a path to the look back: filled in, refused with what was typed, and read by others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.begeleiding.acties import leg_big5_vast
from routekaart.begeleiding.acties.nazorg import geplande_nazorg
from routekaart.begeleiding.models import Doel, Evaluatie, Kijkmoment, Nazorgmoment, Traject, Verbeterpunt, Voortgang
from routekaart.dossiers.acties import heropen, leg_contact_vast
from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG

Als = Callable[[Any], Client]
ALLES: dict[str, Any] = {"reden": "test"}
HOOGSTENS = 20  # queries of a dossier page (ontwerp.md, section 8)
DAG = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def op_dinsdag() -> Iterator[None]:
    """It is Tuesday 17 November 2026."""
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def op_stap_9(werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    stappen.tot_en_met_plan(werkproces, coach, gebied)
    return werkproces


@pytest.fixture
def loopt(op_stap_9: Werkproces, coach: Any) -> Werkproces:
    stappen.uitvoering(op_stap_9, coach)
    return op_stap_9


@pytest.fixture
def afgesloten(loopt: Werkproces, coach: Any) -> Werkproces:
    stappen.voortgang(loopt, coach)
    stappen.afsluiten(loopt, coach)
    return loopt


@pytest.fixture
def kwaliteit(gebied: fabrieken.Gebied) -> Any:
    """Somebody who may look, and not work."""
    return fabrieken.maak_gebruiker(gebied, "kwaliteit", "kwaliteit", team=gebied.alles)


def adres(werkproces: Werkproces, naam: str, *args: object) -> str:
    return reverse(f"begeleiding:{naam}", args=[werkproces.jongere.sleutel, *args])


def route(werkproces: Werkproces) -> str:
    return reverse("dossiers:route", args=[werkproces.jongere.sleutel])


PAGINAS = ("uitvoering", "voortgang", "nazorg", "evaluatie")


class TestElkePagina:
    @pytest.mark.parametrize("naam", [*PAGINAS, "afsluiten", "in-beeld"])
    def test_hooguit_twintig_queries_en_een_regel_in_het_log(
        self, als: Als, coach: Any, loopt: Werkproces, naam: str
    ) -> None:
        browser = als(coach)
        browser.get(adres(loopt, naam))
        gelezen = Logregel.objects.filter(code="dossier.bekeken").count()
        with CaptureQueriesContext(connection) as teller:
            assert browser.get(adres(loopt, naam)).status_code == 200
        assert len(teller) <= HOOGSTENS, len(teller)
        assert Logregel.objects.filter(code="dossier.bekeken").count() == gelezen + 1

    @pytest.mark.parametrize("naam", ["nazorg", "evaluatie"])
    def test_ook_als_het_dicht_is(self, als: Als, coach: Any, afgesloten: Werkproces, naam: str) -> None:
        browser = als(coach)
        browser.get(adres(afgesloten, naam))
        with CaptureQueriesContext(connection) as teller:
            assert "<form" in browser.get(adres(afgesloten, naam)).text
        assert len(teller) <= HOOGSTENS, len(teller)

    @pytest.mark.parametrize("naam", [*PAGINAS, "in-beeld"])
    def test_wie_alleen_kijkt_krijgt_geen_formulier(
        self, als: Als, kwaliteit: Any, loopt: Werkproces, naam: str
    ) -> None:
        antwoord = als(kwaliteit).get(adres(loopt, naam))
        assert antwoord.status_code == 200 and "<textarea" not in antwoord.text
        assert als(kwaliteit).post(adres(loopt, naam), {}).status_code in (200, 404)
        assert als(kwaliteit).get(adres(loopt, "afsluiten")).status_code == 404

    @pytest.mark.parametrize("naam", PAGINAS)
    def test_zonder_werkproces_zegt_de_pagina_wat_er_eerst_komt(
        self, als: Als, coach: Any, gebied: fabrieken.Gebied, naam: str
    ) -> None:
        jongere = fabrieken.maak_jongere(gebied)
        antwoord = als(coach).get(reverse(f"begeleiding:{naam}", args=[jongere.sleutel]))
        assert "nog geen werkproces" in antwoord.text

    @pytest.mark.parametrize("naam", [*PAGINAS, "afsluiten", "in-beeld"])
    def test_buiten_bereik_bestaat_het_niet(self, als: Als, buitenstaander: Any, loopt: Werkproces, naam: str) -> None:
        assert als(buitenstaander).get(adres(loopt, naam)).status_code == 404


class TestUitvoering:
    def test_legt_de_start_vast_en_gaat_naar_de_route(self, als: Als, coach: Any, op_stap_9: Werkproces) -> None:
        pagina = als(coach).get(adres(op_stap_9, "uitvoering")).text
        assert "Een open dag bezoeken" in pagina and 'value="17-11-2026"' in pagina
        velden = {"domein": "arbeid", "wat": "Leerbaan", "aanbieder": "Bakkerij Brood", "start_op": "1 dec 2026"}
        antwoord = als(coach).post(adres(op_stap_9, "uitvoering"), velden)
        assert antwoord.headers["Location"] == route(op_stap_9)
        traject = Traject.objects.alles(**ALLES).get()
        assert (traject.wat, traject.start_op, traject.stand) == ("Leerbaan", dt.date(2026, 12, 1), "gepland")

    def test_wat_ontbreekt_staat_er_en_wat_er_stond_blijft(self, als: Als, coach: Any, op_stap_9: Werkproces) -> None:
        velden = {"domein": "arbeid", "wat": "", "aanbieder": "Bakkerij Brood", "start_op": "31-2-2026"}
        pagina = als(coach).post(adres(op_stap_9, "uitvoering"), velden).text
        assert "Twee dingen kloppen nog niet" in pagina and "Bakkerij Brood" in pagina
        assert not Traject.objects.alles(**ALLES).exists()

    def test_een_start_die_nog_komt_mist_niet_op_de_route(self, als: Als, coach: Any, op_stap_9: Werkproces) -> None:
        assert "Leg vast wanneer het traject start." in als(coach).get(route(op_stap_9)).text
        stappen.uitvoering(op_stap_9, coach, start_op=dt.date(2026, 12, 1))
        pagina = als(coach).get(route(op_stap_9)).text
        assert "Het staat gepland op di 1 dec." in pagina and "Leg vast wanneer het traject start." not in pagina

    def test_een_geplande_start_kan_worden_verzet(self, als: Als, coach: Any, op_stap_9: Werkproces) -> None:
        traject = stappen.uitvoering(op_stap_9, coach, start_op=dt.date(2026, 12, 1))
        naar = adres(op_stap_9, "start-verzetten", traject.sleutel)
        assert naar in als(coach).get(adres(op_stap_9, "uitvoering")).text
        pagina = als(coach).post(naar, {"versie": 1, "gaat_door": "door", "start_op": ""}).text
        assert "Vul bij ‘Startdatum’ een datum in" in pagina
        antwoord = als(coach).post(naar, {"versie": 1, "gaat_door": "door", "start_op": "8-12-2026"})
        assert antwoord.headers["Location"] == adres(op_stap_9, "uitvoering")
        pagina = als(coach).post(naar, {"versie": 1, "gaat_door": "niet"}).text
        assert "Een collega wijzigde deze start" in pagina
        als(coach).post(naar, {"versie": 2, "gaat_door": "niet"})
        traject.refresh_from_db()
        assert (traject.stand, traject.start_op) == ("gestopt", dt.date(2026, 12, 8))
        assert "Niet doorgegaan" in als(coach).get(adres(op_stap_9, "uitvoering")).text

    def test_een_traject_van_een_ander_is_hier_niet(
        self, als: Als, coach: Any, op_stap_9: Werkproces, gebied: fabrieken.Gebied
    ) -> None:
        ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
        traject = stappen.uitvoering(ander, coach, start_op=dt.date(2026, 12, 1))
        assert als(coach).get(adres(op_stap_9, "start-verzetten", traject.sleutel)).status_code == 404


class TestVoortgang:
    VELDEN: dict[str, str] = {
        "stand": "loopt", "tekst": "Gaat elke dag", "op": "17-11-2026", "volgende_op": "15-12-2026",
        "regie_opgepakt": "ja", "vervolgactie": "",
    }  # fmt: skip

    def test_het_enige_traject_hoeft_niemand_te_kiezen(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        pagina = als(coach).get(adres(loopt, "voortgang")).text
        assert "Over welk traject" not in pagina and 'value="15-12-2026"' in pagina
        assert "Pakt Wouter Blom de casusregie op?" in pagina
        antwoord = als(coach).post(adres(loopt, "voortgang"), self.VELDEN | {"stand": "geslaagd"})
        assert antwoord.headers["Location"] == route(loopt)
        assert Traject.objects.alles(**ALLES).get().stand == "geslaagd"
        assert Voortgang.objects.alles(**ALLES).get().regie_opgepakt is True

    def test_bij_twee_trajecten_kies_je(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        werk = stappen.uitvoering(loopt, coach, domein="arbeid", wat="Bijbaan")
        assert "Over welk traject" in als(coach).get(adres(loopt, "voortgang")).text
        als(coach).post(adres(loopt, "voortgang"), self.VELDEN | {"stand": "geslaagd", "traject": str(werk.sleutel)})
        standen = dict(Traject.objects.alles(**ALLES).values_list("wat", "stand"))
        assert standen == {"mbo 2 Techniek": "loopt", "Bijbaan": "geslaagd"}

    def test_vastgelopen_vraagt_wat_nu_en_houdt_de_tekst(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        pagina = als(coach).post(adres(loopt, "voortgang"), self.VELDEN | {"stand": "stagneert"}).text
        assert "Schrijf op wat je nu doet" in pagina and "Gaat elke dag" in pagina
        assert not Voortgang.objects.alles(**ALLES).exists()

    def test_of_een_fase_opnieuw(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        als(coach).post(adres(loopt, "voortgang"), self.VELDEN | {"stand": "stagneert", "fase": "2", "volgende_op": ""})
        loopt.refresh_from_db()
        assert (loopt.ronde, loopt.stap) == (2, 4)

    def test_eerdere_gesprekken_staan_eronder(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        stappen.voortgang(loopt, coach, tekst="Vorige keer ging het goed", regie_opgepakt=False, vervolgactie="Bel")
        pagina = als(coach).get(adres(loopt, "voortgang")).text
        assert "Vorige keer ging het goed" in pagina and "pakt het nog niet op" in pagina


class TestAfsluiten:
    VELDEN: dict[str, Any] = {
        "uitkomst": "werk", "afgesloten_op": "17-11-2026", "resultaatdomeinen": ["werk"], "afsluiting": "Heeft werk",
    }  # fmt: skip

    def test_sluit_met_wat_er_bereikt_is(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        stappen.voortgang(loopt, coach)
        doel = Doel.objects.alles(**ALLES).get()
        antwoord = als(coach).post(
            adres(loopt, "afsluiten"), self.VELDEN | {"bereikte_doelen": [str(doel.sleutel)], "duo_afsluitreden": "4"}
        )
        assert antwoord.headers["Location"] == route(loopt)
        loopt.refresh_from_db()
        doel.refresh_from_db()
        assert (loopt.uitkomst, loopt.resultaatdomeinen, doel.bereikt_op) == ("werk", ["werk"], VANDAAG)
        assert loopt.meldingen.alles(**ALLES).get().duo_afsluitreden == 4

    def test_toont_de_fouten_zoals_op_het_scherm(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        velden = self.VELDEN | {"uitkomst": "", "afgesloten_op": "1-10-2026"}
        pagina = als(coach).post(adres(loopt, "afsluiten"), velden).text
        assert "Kies een uitkomst" in pagina and "Heeft werk" in pagina
        velden = self.VELDEN | {"afgesloten_op": "1-10-2026", "stap_10": "Nog te kort"}
        pagina = als(coach).post(adres(loopt, "afsluiten"), velden).text
        assert "De datum ligt voor de start van het werkproces op 02-11-2026" in pagina

    def test_open_stappen_vragen_uitleg(self, als: Als, coach: Any, op_stap_9: Werkproces) -> None:
        pagina = als(coach).post(adres(op_stap_9, "afsluiten"), self.VELDEN).text
        assert "Stap 9, uitvoeren" in pagina and "Leg uit waarom je deze stap overslaat" in pagina
        velden = self.VELDEN | {"stap_9": "Vond zelf werk", "stap_10": "Niets te volgen"}
        assert als(coach).post(adres(op_stap_9, "afsluiten"), velden).status_code == 302

    def test_een_stap_die_niet_weg_mag_zegt_waarom(
        self, als: Als, coach: Any, werkproces: Werkproces, gebied: fabrieken.Gebied
    ) -> None:
        stappen.melding(werkproces, gebied)
        pagina = als(coach).get(adres(werkproces, "afsluiten")).text
        assert "Geef eerst je oordeel" in pagina and 'name="stap_3"' not in pagina

    def test_pogingen_staan_naast_de_afweging(
        self, als: Als, coach: Any, werkproces: Werkproces, gebied: fabrieken.Gebied
    ) -> None:
        stappen.melding(werkproces, gebied)
        leg_contact_vast(
            werkproces, met="jongere", kanaal="huisbezoek", moment=NU - DAG, resultaat="niet-thuis",
            toegang=fabrieken.toegang(coach), nu=NU,
        )  # fmt: skip
        pagina = als(coach).get(adres(werkproces, "afsluiten")).text
        assert "Je bent 1 keer langs geweest. Het protocol vraagt 2 huisbezoeken" in pagina
        assert "Huisbezoek" in pagina and "niet thuis" in pagina
        velden = {"uitkomst": "reageert-niet", "afgesloten_op": "17-11-2026", "afweging": "Vijf keer geprobeerd"}
        pagina = als(coach).post(adres(werkproces, "afsluiten"), velden).text
        assert "Ga nog een keer langs, of leg uit waarom dat niet gaat" in pagina and "Vijf keer geprobeerd" in pagina
        velden["geen_huisbezoek_omdat"] = "Het adres klopt niet"
        assert als(coach).post(adres(werkproces, "afsluiten"), velden).status_code == 302

    def test_de_big5_waarschuwt_en_houdt_niet_tegen(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        stappen.voortgang(loopt, coach)
        leg_big5_vast(loopt, standen={"wonen": ("nee", "")}, op=VANDAAG, toegang=fabrieken.toegang(coach), nu=NU)
        assert "nog niet op orde: <b>wonen</b>" in als(coach).get(adres(loopt, "afsluiten")).text
        assert als(coach).post(adres(loopt, "afsluiten"), self.VELDEN).status_code == 302

    def test_zegt_wat_de_uitkomst_in_gang_zet(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        naar = reverse("begeleiding:gevolg", args=[loopt.sleutel])
        aantal = Logregel.objects.count()
        deel = als(coach).get(naar, {"uitkomst": "werk"}).text
        assert "do 17 dec, wo 17 feb, di 18 mei" in deel and "inschrijving beëindigd, werk" in deel
        assert "“De jongere werkt nu. We hebben de melding afgesloten.”" in deel
        assert "Geen nazorg" in als(coach).get(naar, {"uitkomst": "onterecht"}).text
        assert "Kies zelf een reden" in als(coach).get(naar, {"uitkomst": "onterecht"}).text
        assert "Kies een uitkomst" in als(coach).get(naar, {"uitkomst": "bestaat-niet"}).text
        assert loopt.jongere.achternaam not in deel
        assert Logregel.objects.exclude(code__startswith="aanmelden").count() == aantal

    def test_dat_deel_is_er_niet_voor_een_ander(self, als: Als, buitenstaander: Any, loopt: Werkproces) -> None:
        assert als(buitenstaander).get(reverse("begeleiding:gevolg", args=[loopt.sleutel])).status_code == 404

    def test_een_melding_die_nog_wacht_wordt_genoemd(
        self, als: Als, coach: Any, loopt: Werkproces, gebied: fabrieken.Gebied
    ) -> None:
        wacht = stappen.melding(loopt, gebied, oordeel="", oordeel_op=None, duo_nummer="2", stand="te-beoordelen")
        pagina = als(coach).get(adres(loopt, "afsluiten")).text
        assert reverse("meldingen:melding", args=[wacht.sleutel]) in pagina

    def test_wat_al_dicht_is_zegt_met_welke_uitkomst(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        pagina = als(coach).get(adres(afgesloten, "afsluiten")).text
        assert "Dit werkproces is afgesloten" in pagina and "<b>Werk</b>" in pagina
        assert "<textarea" not in pagina


class TestCollegaWasEerder:
    """What a colleague did meanwhile is told, and what was typed stays on the page."""

    def test_bij_het_afsluiten(self, als: Als, coach: Any, collega: Any, loopt: Werkproces) -> None:
        stappen.voortgang(loopt, coach)
        stappen.afsluiten(loopt, collega)
        pagina = als(coach).post(adres(loopt, "afsluiten"), TestAfsluiten.VELDEN | {"afsluiting": "Mijn tekst"}).text
        assert "al afgesloten op 17 november 2026, met ‘Werk’" in pagina and "Mijn tekst" in pagina
        assert len(stappen.feiten(loopt, "werkproces.afgesloten")) == 1

    @pytest.mark.parametrize("naam", ["uitvoering", "voortgang"])
    def test_bij_een_werkproces_dat_intussen_dicht_is(
        self, als: Als, coach: Any, afgesloten: Werkproces, naam: str
    ) -> None:
        velden = TestVoortgang.VELDEN | {"domein": "arbeid", "wat": "Gaat elke dag", "start_op": "17-11-2026"}
        pagina = als(coach).post(adres(afgesloten, naam), velden).text
        assert "Dit werkproces is afgesloten" in pagina and "Gaat elke dag" in pagina
        assert "<textarea" not in als(coach).get(adres(afgesloten, naam)).text

    def test_bij_nazorg_van_een_werkproces_dat_weer_open_is(
        self, als: Als, coach: Any, collega: Any, afgesloten: Werkproces
    ) -> None:
        heropen(afgesloten, motivatie="Terugval", toegang=fabrieken.toegang(collega), nu=NU)
        pagina = als(coach).post(adres(afgesloten, "nazorg"), TestNazorg.VELDEN | {"moment": "tussendoor"}).text
        assert "Gaat elke dag" in pagina and 'role="alert"' in pagina
        assert not stappen.feiten(afgesloten, "nazorg.moment")

    def test_bij_iemand_die_intussen_naar_de_intake_ging(
        self, als: Als, coach: Any, collega: Any, gebied: fabrieken.Gebied
    ) -> None:
        werkproces = fabrieken.maak_werkproces(
            fabrieken.maak_jongere(gebied), behandelaar=coach, soort="jikp", route="jikp-volgen"
        )
        stappen.oordeel(werkproces, coach, "jikp")
        stappen.jikp(werkproces, collega, extra_aandacht=True)
        velden = {
            "extra_aandacht": "nee", "bestemming": "school", "toelichting": "School helpt goed", "op": "17-11-2026",
            "volgende_op": "1-6-2027",
        }  # fmt: skip
        pagina = als(coach).post(adres(werkproces, "in-beeld"), velden).text
        assert "loopt op een andere route" in pagina and "School helpt goed" in pagina


class TestNazorg:
    VELDEN: dict[str, str] = {
        "op_school": "ja", "aan_werk": "nee", "in_zorg": "onbekend", "tekst": "Gaat elke dag", "terugval": "0",
        "gehouden_op": "17-11-2026", "volgende_op": "",
    }  # fmt: skip

    def test_voor_het_afsluiten_zegt_de_pagina_wanneer(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        assert "Nazorg begint na het afsluiten" in als(coach).get(adres(loopt, "nazorg")).text

    def test_het_eerste_geplande_moment_staat_klaar(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        eerste = geplande_nazorg(afgesloten)[0]
        pagina = als(coach).get(adres(afgesloten, "nazorg")).text
        assert "Gepland op do 17 dec" in pagina
        als(coach).post(adres(afgesloten, "nazorg"), self.VELDEN | {"moment": str(eerste.sleutel)})
        eerste.refresh_from_db()
        assert (eerste.gehouden_op, eerste.op_school, eerste.aan_werk, eerste.in_zorg) == (VANDAAG, True, False, None)
        pagina = als(coach).get(adres(afgesloten, "nazorg")).text
        assert "Nazorg tot nu toe" in pagina and "geen werk" in pagina

    def test_tussendoor(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        als(coach).post(adres(afgesloten, "nazorg"), self.VELDEN | {"moment": "tussendoor"})
        assert len(geplande_nazorg(afgesloten)) == 3
        assert Nazorgmoment.objects.alles(**ALLES).exclude(gehouden_op=None).count() == 1

    def test_niets_bekend_wordt_gevraagd(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        velden = self.VELDEN | {"op_school": "onbekend", "aan_werk": "onbekend", "moment": "tussendoor"}
        pagina = als(coach).post(adres(afgesloten, "nazorg"), velden).text
        assert "Kreeg je geen contact?" in pagina and "Gaat elke dag" in pagina

    def test_een_terugval_opent_het_werkproces(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        velden = self.VELDEN | {"moment": "tussendoor", "terugval": "3", "tekst": ""}
        pagina = als(coach).post(adres(afgesloten, "nazorg"), velden).text
        assert "Schrijf op wat er gebeurde" in pagina
        als(coach).post(adres(afgesloten, "nazorg"), velden | {"tekst": "Gestopt met werk"})
        afgesloten.refresh_from_db()
        assert afgesloten.open and (afgesloten.ronde, afgesloten.stap) == (2, 8)

    def test_een_moment_zonder_planning_kan_ook(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        for moment in geplande_nazorg(afgesloten):
            moment.vervallen_op = NU
            moment.save()
        assert "Er staat geen moment meer" in als(coach).get(adres(afgesloten, "nazorg")).text
        als(coach).post(adres(afgesloten, "nazorg"), self.VELDEN | {"volgende_op": "1-3-2027"})
        assert [moment.gepland_op for moment in geplande_nazorg(afgesloten)] == [dt.date(2027, 3, 1)]


class TestEvaluatie:
    VELDEN: dict[str, str] = {"op": "17-11-2026", "deelnemers": "Karin Slot", "vraag_goed": "Snel gebeld"}

    def test_bewaart_antwoorden_en_een_verbeterpunt(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        pagina = als(coach).get(adres(afgesloten, "evaluatie")).text
        assert "Een open dag bezoeken" in pagina and "<b>Werk</b>" in pagina
        les = {"tekst_0": "Eerder bellen", "thema_0": "Samenwerking met school", "stap_0": "2"}
        antwoord = als(coach).post(adres(afgesloten, "evaluatie"), self.VELDEN | les)
        assert antwoord.headers["Location"] == route(afgesloten)
        assert Evaluatie.objects.alles(**ALLES).get().antwoorden == {"goed": "Snel gebeld"}
        assert (Verbeterpunt.objects.get().thema, Verbeterpunt.objects.get().stap) == ("Samenwerking met school", 2)
        assert "Snel gebeld" in als(coach).get(adres(afgesloten, "evaluatie")).text

    def test_een_naam_in_een_verbeterpunt_wordt_geweigerd(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        les = {"tekst_0": "Bel Yara eerder", "thema_0": "Overdracht"}
        pagina = als(coach).post(adres(afgesloten, "evaluatie"), self.VELDEN | les).text
        assert "Schrijf het zonder namen" in pagina and "Bel Yara eerder" in pagina
        assert not Evaluatie.objects.alles(**ALLES).exists()

    def test_een_verbeterpunt_heeft_een_onderwerp(self, als: Als, coach: Any, afgesloten: Werkproces) -> None:
        pagina = als(coach).post(adres(afgesloten, "evaluatie"), self.VELDEN | {"tekst_1": "Eerder bellen"}).text
        assert "Kies een onderwerp bij dit verbeterpunt" in pagina


class TestInBeeld:
    @pytest.fixture
    def kwetsbaar(self, gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
        werkproces = fabrieken.maak_werkproces(
            fabrieken.maak_jongere(gebied), behandelaar=coach, soort="jikp", route="jikp-volgen"
        )
        stappen.oordeel(werkproces, coach, "jikp")
        return werkproces

    def test_bewaart_wat_je_zag(self, als: Als, coach: Any, kwetsbaar: Werkproces) -> None:
        velden = {
            "extra_aandacht": "nee", "bestemming": "entree", "toelichting": "School helpt goed", "op": "17-11-2026",
            "volgende_op": "1-6-2027",
        }  # fmt: skip
        assert 'value="17-11-2027"' in als(coach).get(adres(kwetsbaar, "in-beeld")).text
        antwoord = als(coach).post(adres(kwetsbaar, "in-beeld"), velden)
        assert antwoord.headers["Location"] == route(kwetsbaar)
        assert Kijkmoment.objects.alles(**ALLES).get().bestemming == "entree"
        pagina = als(coach).get(adres(kwetsbaar, "in-beeld")).text
        assert "School helpt goed" in pagina and "gaat goed zo" in pagina

    def test_te_ver_vooruit_wordt_geweigerd(self, als: Als, coach: Any, kwetsbaar: Werkproces) -> None:
        velden = {
            "extra_aandacht": "nee", "bestemming": "entree", "toelichting": "School helpt goed", "op": "17-11-2026",
            "volgende_op": "1-6-2028",
        }  # fmt: skip
        pagina = als(coach).post(adres(kwetsbaar, "in-beeld"), velden).text
        assert "binnen een jaar" in pagina and "School helpt goed" in pagina

    def test_wie_werkt(self, als: Als, coach: Any, gebied: fabrieken.Gebied) -> None:
        werkend = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach, route="volgen")
        stappen.oordeel(werkend, coach, "geen", reden="werk")
        velden = {"werkt": "nee", "toelichting": "Contract gestopt", "op": "17-11-2026", "volgende_op": "17-11-2027"}
        assert als(coach).post(adres(werkend, "in-beeld"), velden).status_code == 302
        assert Kijkmoment.objects.alles(**ALLES).get().werkt is False
        assert stappen.taken(werkend, "doelgroep")

    def test_op_een_andere_route_wijst_de_pagina_de_weg(self, als: Als, coach: Any, loopt: Werkproces) -> None:
        pagina = als(coach).get(adres(loopt, "in-beeld")).text
        assert "andere route" in pagina and route(loopt) in pagina
