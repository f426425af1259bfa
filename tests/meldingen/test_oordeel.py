"""The oordeel: four ways, always with a motivation, and with a reason where information is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente, Regio
from routekaart.dossiers.acties import zet_uitkomst
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.meldingen.acties import (
    Afsluiting,
    DuoMelding,
    Informatie,
    Opgave,
    draag_over,
    geef_oordeel,
    koppel_terug_zonder_actie,
    neem_duo_melding_aan,
    sluit_melding,
    verklaar_onterecht,
)
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import uitkomsten_zonder_actie
from routekaart.toegang.models import Bereik
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}


@pytest.fixture
def wie(coach: Any) -> dict[str, Any]:
    """Who judges, and when."""
    return {"toegang": fabrieken.toegang(coach), "nu": NU}


@pytest.fixture
def elders(db: Any) -> Gemeente:
    regio = Regio.objects.create(nummer=9, naam="Regio Elders")
    return Gemeente.objects.create(code="9999", naam="Elders", regio=regio, van=dt.date(2000, 1, 1))


def feiten() -> list[str]:
    return list(Gebeurtenis.objects.alles(**ALLES).order_by("pk").values_list("code", flat=True))


def stap(werkproces: Werkproces) -> int | None:
    huidige = routestand(werkproces, op=VANDAAG).huidige
    return huidige.nummer if huidige else None


class TestDirecteActie:
    def test_ja_stelt_doelgroep_en_oordeel_vast(self, ontvang: Any, jongere: Any, coach: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        geef_oordeel(melding, directe_actie=True, motivatie="Blijft al weken weg", **wie)
        assert (melding.oordeel, melding.stand, melding.oordeel_door) == ("directe-actie", "beoordeeld", coach)
        assert (melding.oordeel_op, melding.opgepakt_op, melding.uitkomst) == (NU, NU, "")
        werkproces = melding.werkproces
        assert (werkproces.doelgroep, werkproces.doelgroep_voorstel) == ("verzuim-18-plus", "verzuim-18-plus")
        assert (werkproces.route, werkproces.behandelaar) == ("mas-18-plus", coach)
        assert werkproces.doelgroep_uitleg["uitleg"]
        assert feiten() == ["melding.ontvangen", "doelgroep.vastgesteld", "oordeel.gegeven"]

    def test_wat_je_deed_wordt_een_feit_op_de_route(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        geef_oordeel(melding, directe_actie=True, motivatie="x", gedaan=["dossier", "melder", "jongere"], **wie)
        assert set(feiten()) >= {"dossier.gelezen", "contact.school", "contact.jongere"}
        assert stap(melding.werkproces) == 4

    def test_zonder_motivatie_geen_oordeel(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        with pytest.raises(Geweigerd, match="waarom") as fout:
            geef_oordeel(melding, directe_actie=True, motivatie="  ", **wie)
        assert fout.value.veld == "motivatie"
        assert feiten() == ["melding.ontvangen"]
        assert Melding.objects.alles(**ALLES).get().oordeel == ""

    def test_andere_doelgroep_vraagt_een_motivatie(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        with pytest.raises(Geweigerd) as fout:
            geef_oordeel(melding, directe_actie=True, motivatie="x", doelgroep="dreigend-vsv", **wie)
        assert fout.value.veld == "doelgroep_motivatie"
        geef_oordeel(
            melding,
            directe_actie=True,
            motivatie="x",
            doelgroep="dreigend-vsv",
            doelgroep_motivatie="Stopt vrijdag",
            **wie,
        )
        werkproces = melding.werkproces
        assert (werkproces.doelgroep, werkproces.doelgroep_voorstel) == ("dreigend-vsv", "verzuim-18-plus")
        assert (werkproces.doelgroep_motivatie, werkproces.route) == ("Stopt vrijdag", "doorstroompunt")

    def test_onvolledig_vraagt_waarom(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere, informatie=Informatie(reden="Mist uren", partneracties="Gebeld"))
        with pytest.raises(Geweigerd, match="reactie van de jongere, verzuimoverzicht") as fout:
            geef_oordeel(melding, directe_actie=True, motivatie="x", **wie)
        assert fout.value.veld == "onvolledig_omdat"
        geef_oordeel(melding, directe_actie=True, motivatie="x", onvolledig_omdat="Kan niet wachten", **wie)
        assert melding.onvolledig_omdat == "Kan niet wachten"

    def test_eerst_weten_om_wie_het_gaat(self, ontvang: Any, wie: Any) -> None:
        melding = ontvang(None, opgave=Opgave(achternaam="Onbekend"))
        with pytest.raises(Geweigerd, match="over wie"):
            geef_oordeel(melding, directe_actie=True, motivatie="x", **wie)

    def test_geen_doelgroep_start_geen_route(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere, soort="eigen-aanmelding", kanaal="A.III")
        with pytest.raises(Geweigerd, match="geen doelgroep"):
            geef_oordeel(melding, directe_actie=True, motivatie="x", **wie)

    def test_jikp_met_directe_actie_krijgt_extra_aandacht(self, gebied: Any, ontvang: Any, wie: Any) -> None:
        jongere = fabrieken.maak_jongere(gebied)
        fabrieken.maak_inschrijving(jongere, niveau=1, van=dt.date(2026, 8, 1))
        melding = ontvang(jongere, soort="jikp", kanaal="C.I")
        geef_oordeel(melding, directe_actie=True, motivatie="Dreigt vast te lopen", **wie)
        werkproces = melding.werkproces
        assert (werkproces.doelgroep, werkproces.route) == ("jikp", "doorstroompunt")
        assert "extra-aandacht" in werkproces.kenmerken

    def test_wie_al_een_behandelaar_heeft_houdt_die(
        self, ontvang: Any, jongere: Any, coach: Any, collega: Any, wie: Any
    ) -> None:
        geef_oordeel(ontvang(jongere), directe_actie=True, motivatie="x", **wie)
        tweede = ontvang(jongere)
        geef_oordeel(tweede, directe_actie=True, motivatie="y", toegang=fabrieken.toegang(collega), nu=NU)
        assert tweede.werkproces.behandelaar == coach
        assert tweede.oordeel_door == collega

    def test_administratie_wordt_geen_behandelaar(self, gebied: Any, ontvang: Any, jongere: Any) -> None:
        coordinator = fabrieken.maak_gebruiker(gebied, "coordinator", "coordinator")
        melding = ontvang(jongere)
        geef_oordeel(melding, directe_actie=True, motivatie="x", toegang=fabrieken.toegang(coordinator), nu=NU)
        assert melding.werkproces.behandelaar is None

    def test_is_het_werkproces_intussen_dicht_dan_komt_er_een_nieuw(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        oud = melding.werkproces
        zet_uitkomst(oud, uitkomst="andere-opleiding", op=VANDAAG, afsluiting="", domeinen=())
        melding.refresh_from_db()
        geef_oordeel(melding, directe_actie=True, motivatie="Begint opnieuw", **wie)
        assert melding.werkproces != oud
        assert melding.werkproces.nummer == "2026-000002"

    def test_onder_18_kan_een_oordeel_zonder_werkproces(self, gebied: Any, ontvang: Any, ambtenaar: Any) -> None:
        melding = ontvang(fabrieken.maak_jongere(gebied, geboortedatum="2011-05-05"))
        wie = {"toegang": fabrieken.toegang(ambtenaar), "nu": NU}
        geef_oordeel(melding, directe_actie=True, motivatie="Gesprek nodig", **wie)
        assert (melding.oordeel, melding.werkproces) == ("directe-actie", None)
        sluit_melding(melding, afsluiting=Afsluiting(uitkomst="gesprek"), toelichting="Gesproken", **wie)
        assert melding.uitkomst == "gesprek"
        with pytest.raises(Geweigerd, match="al afgesloten"):
            sluit_melding(melding, afsluiting=Afsluiting(uitkomst="gesprek"), toelichting="", **wie)


class TestGeenActie:
    def test_sluit_met_uitkomst_en_laat_de_terugkoppeling_staan(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        koppel_terug_zonder_actie(
            melding, motivatie="School lost het op", afsluiting=Afsluiting(uitkomst="geen-actie-na-school"), **wie
        )
        assert (melding.oordeel, melding.uitkomst, melding.uitkomst_op) == (
            "geen-actie",
            "geen-actie-na-school",
            VANDAAG,
        )
        werkproces = melding.werkproces
        assert (werkproces.uitkomst, werkproces.afsluiting) == ("geen-actie-na-school", "School lost het op")
        assert stap(werkproces) == 12
        taken = Taak.objects.alles(**ALLES).open().order_by("soort").values_list("soort", "actie")
        assert list(taken) == [("nazorg", "nazorg"), ("stap", "terugkoppelen")]

    def test_zonder_uitkomst_kan_het_niet(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        with pytest.raises(Geweigerd, match="uitkomst") as fout:
            koppel_terug_zonder_actie(melding, motivatie="x", **wie)
        assert fout.value.veld == "uitkomst"
        assert Melding.objects.alles(**ALLES).get().oordeel == ""

    def test_alleen_een_uitkomst_die_de_route_vroeg_eindigt(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        keuzes = {keuze.code for keuze in uitkomsten_zonder_actie(melding, op=VANDAAG)}
        assert "geen-actie-na-school" in keuzes
        assert not keuzes & {"onterecht", "gesprek-afspraken"}
        with pytest.raises(Geweigerd, match="uit de lijst"):
            koppel_terug_zonder_actie(
                melding, motivatie="x", afsluiting=Afsluiting(uitkomst="gesprek-afspraken"), **wie
            )

    def test_geen_doelgroep_gaat_naar_de_terugkoppeling_en_blijft_open(
        self, ontvang: Any, jongere: Any, wie: Any
    ) -> None:
        melding = ontvang(jongere, soort="eigen-aanmelding", kanaal="A.III")
        koppel_terug_zonder_actie(melding, motivatie="Volgt onderwijs", gedaan=["melder", "jongere"], **wie)
        assert melding.werkproces.open
        assert (melding.werkproces.doelgroep, stap(melding.werkproces)) == ("geen", 12)

    def test_jikp_blijft_in_beeld(self, gebied: Any, ontvang: Any, wie: Any) -> None:
        jongere = fabrieken.maak_jongere(gebied)
        fabrieken.maak_inschrijving(jongere, niveau=1, van=dt.date(2026, 8, 1))
        melding = ontvang(jongere, soort="jikp", kanaal="C.I")
        koppel_terug_zonder_actie(melding, motivatie="Gaat goed", gedaan=["dossier"], **wie)
        werkproces = melding.werkproces
        assert (werkproces.open, werkproces.doelgroep, werkproces.route) == (True, "jikp", "jikp-volgen")
        assert "jikp.bekeken" in feiten()

    def test_een_lopend_werkproces_blijft_open(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        eerste, tweede = ontvang(jongere), ontvang(jongere)
        geef_oordeel(eerste, directe_actie=True, motivatie="x", **wie)
        koppel_terug_zonder_actie(
            tweede, motivatie="Is bekend", afsluiting=Afsluiting(uitkomst="geen-actie-na-school"), **wie
        )
        assert tweede.werkproces.open
        assert (eerste.uitkomst, tweede.uitkomst) == ("", "geen-actie-na-school")


class TestOnterecht:
    def test_sluit_met_die_uitkomst_en_telt_nog_mee(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        verklaar_onterecht(melding, motivatie="Was ziek gemeld", **wie)
        assert (melding.oordeel, melding.uitkomst, melding.werkproces.uitkomst) == (
            "onterecht",
            "onterecht",
            "onterecht",
        )
        assert Melding.objects.alles(**ALLES).count() == 1

    def test_kan_ook_als_we_niet_weten_wie_het_is(self, ontvang: Any, wie: Any) -> None:
        melding = ontvang(None, opgave=Opgave(achternaam="Onbekend"))
        verklaar_onterecht(melding, motivatie="Verkeerde persoon", **wie)
        assert (melding.oordeel, melding.uitkomst) == ("onterecht", "onterecht")

    def test_vraagt_bij_duo_een_reden(self, gebied: Any, jongere: Any, school: Any, wie: Any) -> None:
        duo = DuoMelding(meldingsnummer="1", versie=1, soort="16-uur", begindatum=VANDAAG)
        neem_duo_melding_aan(
            duo,
            jongere=jongere,
            instelling=school,
            gemeente=gebied.gemeente,
            toegang=fabrieken.systeem(gebied),
            nu=NU,
        )
        melding = Melding.objects.alles(**ALLES).get()
        with pytest.raises(Geweigerd) as fout:
            verklaar_onterecht(melding, motivatie="Was ziek", **wie)
        assert fout.value.veld == "duo_afsluitreden"
        verklaar_onterecht(melding, motivatie="Was ziek", duo_afsluitreden=6, **wie)
        assert (melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking) == ("G", 6, 3)


class TestOverdracht:
    @pytest.mark.parametrize(("soort", "uitkomst"), [("16-uur", "leeftijd-verhuisd-overleden"), ("vsv", "verhuisd")])
    def test_sluit_met_de_uitkomst_van_de_soort(
        self, ontvang: Any, jongere: Any, wie: Any, elders: Gemeente, soort: str, uitkomst: str
    ) -> None:
        melding = ontvang(jongere, soort=soort, voorgenomen_uitschrijving=True)
        draag_over(melding, gemeente=elders, motivatie="Woont nu in Elders", **wie)
        assert (melding.oordeel, melding.uitkomst, melding.overdracht_gemeente) == ("overdracht", uitkomst, elders)
        assert melding.werkproces.uitkomst == uitkomst

    def test_onder_18_heet_het_overdracht_andere_gemeente(
        self, gebied: Any, ontvang: Any, ambtenaar: Any, elders: Gemeente
    ) -> None:
        melding = ontvang(fabrieken.maak_jongere(gebied, geboortedatum="2011-05-05"))
        draag_over(melding, gemeente=elders, motivatie="Verhuisd", toegang=fabrieken.toegang(ambtenaar), nu=NU)
        assert melding.uitkomst == "overdracht-gemeente"

    def test_eigen_gemeente_hoeft_niet(self, gebied: Any, ontvang: Any, jongere: Any, wie: Any) -> None:
        with pytest.raises(Geweigerd, match="eigen regio"):
            draag_over(ontvang(jongere), gemeente=gebied.andere_gemeente, motivatie="x", **wie)

    def test_na_de_overdracht_is_de_jongere_uit_beeld(
        self, gebied: Any, ontvang: Any, wie: Any, elders: Gemeente
    ) -> None:
        melding = ontvang(fabrieken.maak_jongere(gebied, gemeente=elders))
        assert Bereik.objects.filter(tot__isnull=True).exists()
        draag_over(melding, gemeente=elders, motivatie="Woont daar", **wie)
        assert not Bereik.objects.filter(tot__isnull=True).exists()


class TestTweeTegelijk:
    def test_de_tweede_hoort_wat_er_besloten_is(self, ontvang: Any, jongere: Any, collega: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        zelfde = Melding.objects.alles(**ALLES).get(pk=melding.pk)
        geef_oordeel(melding, directe_actie=True, motivatie="x", **wie)
        ander = {"toegang": fabrieken.toegang(collega), "nu": NU + dt.timedelta(minutes=1)}
        with pytest.raises(Geweigerd, match=r"Coach gaf al een oordeel .* di 17 nov, 10:00: directe actie nodig"):
            verklaar_onterecht(zelfde, motivatie="y", **ander)
        assert Melding.objects.alles(**ALLES).get().oordeel_motivatie == "x"

    def test_een_ingetrokken_melding_beoordeel_je_niet(self, ontvang: Any, jongere: Any, wie: Any) -> None:
        melding = ontvang(jongere)
        Melding.objects.alles(**ALLES).update(ingetrokken_op=NU)
        with pytest.raises(Geweigerd, match="ingetrokken"):
            geef_oordeel(melding, directe_actie=True, motivatie="x", **wie)
