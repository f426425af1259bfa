"""One talk with the school settles a melding: everything in one act, or nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import Bericht, Gesprek, handel_melding_af
from routekaart.begeleiding.acties.afhandelen import (
    NA_GESPREK,
    uitkomsten_na_gesprek,
    voorgestelde_nazorg,
    voorgestelde_uitkomst,
)
from routekaart.begeleiding.models import Nazorgmoment
from routekaart.correspondentie.models import Brief
from routekaart.delen.models import Verstrekking
from routekaart.dossiers.models import Contactmoment, Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.logboek.models import Logregel
from routekaart.meldingen.acties import (
    DuoMelding,
    Informatie,
    Melder,
    Opgave,
    geef_oordeel,
    neem_duo_melding_aan,
    ontvang_melding,
)
from routekaart.meldingen.doelgroep import bepaal
from routekaart.meldingen.models import Melding
from routekaart.regels.route import Status
from routekaart.samenwerking.models import Terugkoppeling
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}
Ontvang = Callable[..., Melding]


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Any:
    """19 years old, enrolled at mbo 3."""
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2025, 8, 1))
    return jongere


@pytest.fixture
def melding(jongere: Any, gebied: fabrieken.Gebied, coach: Any) -> Melding:
    """Absence, reported through DUO; most of the minimum information is not there."""
    school = jongere.inschrijvingen.alles(**ALLES).get().instelling
    neem_duo_melding_aan(
        DuoMelding(meldingsnummer="700009", soort="16-uur", begindatum=dt.date(2026, 11, 9), gemeld_op=NU),
        jongere=jongere,
        instelling=school,
        gemeente=gebied.gemeente,
        toegang=fabrieken.toegang(coach),
        nu=NU,
    )
    gemaakt: Melding = Melding.objects.alles(**ALLES).get()
    return gemaakt


@pytest.fixture
def ontvang(gebied: fabrieken.Gebied, coach: Any) -> Ontvang:
    """A melding taken in by hand, by the school unless said otherwise."""

    def doe(jongere: Any, **velden: Any) -> Melding:
        waarden: dict[str, Any] = {
            "kanaal": "A.II",
            "soort": "16-uur",
            "melder": Melder(soort="school", naam="Karin Slot"),
            "informatie": Informatie(),
            "gemeente": gebied.gemeente,
            "toegang": fabrieken.toegang(coach),
            "nu": NU,
        } | velden
        return ontvang_melding(jongere=jongere, **waarden)

    return doe


def handel_af(melding: Melding, door: Any, **velden: Any) -> Any:
    gesprek = Gesprek(met="school", met_naam="Karin Slot", moment=NU, verslag="Yara is er weer elke dag.")
    waarden: dict[str, Any] = {
        "gesprek": gesprek,
        "uitkomst": "geen-actie-na-school",
        "terugkoppeling": Bericht(kanaal="duo" if melding.duo_nummer else "e-mail", ontvanger="Karin Slot"),
        "toegang": fabrieken.toegang(door),
        "nu": NU,
    } | velden
    return handel_melding_af(melding, **waarden)


def feiten(werkproces: Werkproces) -> list[str]:
    rijen = Gebeurtenis.objects.alles(**ALLES).filter(werkproces=werkproces)
    return list(rijen.order_by("pk").values_list("code", flat=True))


class TestInEenKeer:
    def test_gesprek_oordeel_uitkomst_terugkoppeling_en_nazorg(self, melding: Melding, coach: Any) -> None:
        uitslag = handel_af(melding, coach, nazorg_op=dt.date(2026, 12, 15))
        assert (melding.oordeel, melding.stand, melding.uitkomst) == (
            "geen-actie",
            "beoordeeld",
            "geen-actie-na-school",
        )
        assert (melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking) == ("G", 1, 3)
        werkproces = melding.werkproces
        assert (werkproces.uitkomst, werkproces.afgesloten_op) == ("geen-actie-na-school", VANDAAG)
        assert werkproces.behandelaar == coach
        gesprek = Contactmoment.objects.alles(**ALLES).get()
        assert (gesprek.met, gesprek.met_naam, gesprek.verslag) == ("school", "Karin Slot", "Yara is er weer elke dag.")
        terug = Terugkoppeling.objects.alles(**ALLES).get()
        assert (terug.kanaal, terug.melding, terug) == ("duo", melding, uitslag.terugkoppeling)
        snapshot = Verstrekking.objects.alles(**ALLES).get()
        assert snapshot.grondslag == "wettelijke taak"
        assert snapshot.inhoud["duo"] == {"status": "G", "afsluitreden": 1, "opmerking": 3}
        assert [moment.gepland_op for moment in Nazorgmoment.objects.alles(**ALLES)] == [dt.date(2026, 12, 15)]
        assert uitslag.nazorg_op == werkproces.nazorg_tot == dt.date(2026, 12, 15)
        assert not uitslag.werkproces_loopt

    def test_alles_staat_als_feit_op_de_route(self, melding: Melding, coach: Any) -> None:
        handel_af(melding, coach)
        assert feiten(melding.werkproces) == [
            "melding.ontvangen", "contact.school", "doelgroep.vastgesteld", "oordeel.gegeven",
            "werkproces.afgesloten", "nazorg.gestart", "terugkoppeling.verzonden",
        ]  # fmt: skip
        stand = routestand(melding.werkproces, op=VANDAAG)
        assert stand.klaar and stand.vroeg_geeindigd
        vervuld = [stap.stap.code for stap in stand.stappen if stap.status is Status.VERVULD]
        assert vervuld == ["signaal", "doelgroep", "afsluiten", "terugkoppelen"]

    def test_er_blijft_alleen_nazorg_te_doen(self, melding: Melding, coach: Any) -> None:
        handel_af(melding, coach)
        open_ = Taak.objects.alles(**ALLES).open()
        assert list(open_.order_by("due").values_list("soort", "due")) == [
            ("nazorg", dt.date(2026, 12, 17)),
            ("nazorg", dt.date(2027, 2, 17)),
            ("nazorg", dt.date(2027, 5, 18)),
        ]

    def test_een_regel_in_het_log_zegt_dat_het_een_handeling_was(self, melding: Melding, coach: Any) -> None:
        handel_af(melding, coach)
        regel = Logregel.objects.get(code="melding.afgehandeld")
        assert regel.gebruiker_id == coach.pk and regel.jongere_id == melding.jongere_id

    def test_ontbrekende_informatie_wordt_uitgelegd_door_het_gesprek(self, melding: Melding, coach: Any) -> None:
        handel_af(melding, coach)
        assert melding.onvolledig_omdat == NA_GESPREK

    def test_een_andere_reden_voor_duo_mag(self, melding: Melding, coach: Any) -> None:
        handel_af(melding, coach, duo_afsluitreden=6, duo_opmerking=1)
        assert (melding.duo_afsluitreden, melding.duo_opmerking) == (6, 1)

    def test_een_brief_is_een_pdf_in_het_dossier(self, melding: Melding, coach: Any) -> None:
        coach.telefoon = "0123-456789"
        coach.save()
        handel_af(melding, coach, terugkoppeling=Bericht(kanaal="brief", ontvanger="Karin Slot", adres="Dijk 1"))
        brief = Brief.objects.alles(**ALLES).get()
        assert brief.verzonden_op == NU and brief.document is not None
        assert "geen actie van ons nodig" in brief.tekst
        assert (melding.duo_status, melding.duo_afsluitreden) == ("G", 1)

    def test_een_brief_zonder_telefoonnummer_wijst_een_andere_weg(self, melding: Melding, coach: Any) -> None:
        with pytest.raises(Geweigerd, match="Mail of bel deze keer") as geweigerd:
            handel_af(melding, coach, terugkoppeling=Bericht(kanaal="brief", ontvanger="Karin Slot", adres="Dijk 1"))
        assert geweigerd.value.veld == "kanaal"
        melding.refresh_from_db()
        assert melding.oordeel == ""

    def test_van_wie_is_overleden_hoort_duo_dat(self, melding: Melding, jongere: Any, coach: Any) -> None:
        jongere.overleden_op = VANDAAG
        jongere.save()
        melding.jongere.refresh_from_db()
        handel_af(melding, coach, uitkomst="leeftijd-verhuisd-overleden")
        assert (melding.duo_status, melding.duo_afsluitreden) == ("G", 5)

    def test_van_wie_verhuisde_hoort_duo_een_overige_reden(self, melding: Melding, coach: Any) -> None:
        handel_af(melding, coach, uitkomst="leeftijd-verhuisd-overleden")
        assert melding.duo_afsluitreden == 4


class TestWatSchoolHoort:
    def test_zonder_tekst_de_zin_bij_de_uitkomst(self, ontvang: Ontvang, jongere: Any, coach: Any) -> None:
        handel_af(ontvang(jongere), coach, terugkoppeling=Bericht(kanaal="e-mail", ontvanger="Karin Slot"))
        tekst = Terugkoppeling.objects.alles(**ALLES).get().tekst
        assert tekst == "Na ons gesprek met school is er geen actie van ons nodig. We hebben de melding afgesloten."

    def test_niets_van_het_verslag(self, melding: Melding, coach: Any) -> None:
        gesprek = Gesprek(met="school", moment=NU, verslag="GEHEIM-VERSLAG")
        handel_af(melding, coach, gesprek=gesprek)
        assert "GEHEIM" not in str(Verstrekking.objects.alles(**ALLES).get().inhoud)

    def test_een_woord_over_hulp_wordt_gevraagd(self, ontvang: Ontvang, jongere: Any, coach: Any) -> None:
        bericht = Bericht(kanaal="e-mail", ontvanger="Karin Slot", tekst="Yara heeft nu therapie.")
        with pytest.raises(Geweigerd, match="therapie") as fout:
            handel_af(ontvang(jongere), coach, terugkoppeling=bericht)
        assert fout.value.veld == "gecontroleerd"

    def test_een_andere_melder_hoort_alleen_dat_het_is_afgehandeld(
        self, ontvang: Ontvang, jongere: Any, coach: Any
    ) -> None:
        melding = ontvang(jongere, melder=Melder(soort="partner", naam="Sam Wit", organisatie="Buurtteam"))
        gesprek = Gesprek(met="ketenpartner", met_naam="Sam Wit", moment=NU, verslag="Het gaat weer goed.")
        bericht = Bericht(kanaal="telefoon", tekst="Yara zit thuis")
        handel_af(melding, coach, gesprek=gesprek, terugkoppeling=bericht)
        assert "Yara" not in Terugkoppeling.objects.alles(**ALLES).get().tekst


class TestWeigert:
    def test_wat_een_collega_al_besloot(self, melding: Melding, coach: Any, collega: Any) -> None:
        ander = Melding.objects.alles(**ALLES).get(pk=melding.pk)
        geef_oordeel(
            ander, directe_actie=True, motivatie="Wil een gesprek", onvolledig_omdat="x",
            toegang=fabrieken.toegang(collega), nu=NU,
        )  # fmt: skip
        aantal = Gebeurtenis.objects.alles(**ALLES).count()
        with pytest.raises(Geweigerd, match=r"Collega gaf al een oordeel .*: directe actie nodig"):
            handel_af(melding, coach)
        assert Gebeurtenis.objects.alles(**ALLES).count() == aantal
        assert not Contactmoment.objects.alles(**ALLES).exists()
        assert not Terugkoppeling.objects.alles(**ALLES).exists()

    def test_zonder_verslag(self, melding: Melding, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            handel_af(melding, coach, gesprek=Gesprek(met="school", moment=NU, verslag="  "))
        assert fout.value.veld == "verslag"

    def test_een_gesprek_in_de_toekomst(self, melding: Melding, coach: Any) -> None:
        gesprek = Gesprek(met="school", moment=NU + dt.timedelta(hours=1), verslag="x")
        with pytest.raises(Geweigerd, match="toekomst") as fout:
            handel_af(melding, coach, gesprek=gesprek)
        assert fout.value.veld == "datum"

    @pytest.mark.parametrize("code", ["gesprek-afspraken", "onbereikbaar", "bestaat-niet", ""])
    def test_een_uitkomst_die_een_gesprek_met_school_niet_draagt(self, melding: Melding, coach: Any, code: str) -> None:
        with pytest.raises(Geweigerd) as fout:
            handel_af(melding, coach, uitkomst=code)
        assert fout.value.veld == "uitkomst"

    def test_onterecht_zonder_reden_voor_duo(self, melding: Melding, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            handel_af(melding, coach, uitkomst="onterecht")
        assert fout.value.veld == "duo_afsluitreden"
        melding.refresh_from_db()
        assert not melding.oordeel

    def test_nazorg_in_het_verleden(self, melding: Melding, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            handel_af(melding, coach, nazorg_op=VANDAAG)
        assert fout.value.veld == "nazorg_op"

    def test_over_wie_het_gaat_moet_bekend_zijn(self, ontvang: Ontvang, coach: Any) -> None:
        melding = ontvang(None, opgave=Opgave(achternaam="Onbekend", geboortedatum="2007-01-01"))
        with pytest.raises(Geweigerd, match="over wie"):
            handel_af(melding, coach)

    def test_na_een_weigering_is_er_niets_veranderd(self, melding: Melding, coach: Any) -> None:
        voor = (Logregel.objects.count(), Gebeurtenis.objects.alles(**ALLES).count())
        with pytest.raises(Geweigerd):
            handel_af(melding, coach, terugkoppeling=Bericht(kanaal="postduif"))
        melding.refresh_from_db()
        assert not melding.oordeel and melding.werkproces.open
        assert (Logregel.objects.count(), Gebeurtenis.objects.alles(**ALLES).count()) == voor


class TestAndereGevallen:
    def test_onterecht_zonder_nazorg(self, melding: Melding, coach: Any) -> None:
        uitslag = handel_af(melding, coach, uitkomst="onterecht", duo_afsluitreden=7, nazorg_op=dt.date(2026, 12, 15))
        assert (melding.oordeel, melding.uitkomst, melding.duo_afsluitreden) == ("onterecht", "onterecht", 7)
        assert uitslag.nazorg_op is None
        assert not Nazorgmoment.objects.alles(**ALLES).exists()

    def test_een_andere_melding_houdt_het_werkproces_open(
        self, melding: Melding, ontvang: Ontvang, jongere: Any, coach: Any
    ) -> None:
        ontvang(jongere)
        uitslag = handel_af(melding, coach)
        assert uitslag.werkproces_loopt and uitslag.nazorg_op is None
        assert melding.uitkomst == "geen-actie-na-school" and melding.werkproces.open

    def test_onder_18_zonder_werkproces(self, gebied: fabrieken.Gebied, ontvang: Ontvang, ambtenaar: Any) -> None:
        leerling = fabrieken.maak_jongere(gebied, geboortedatum="2011-05-06")
        melding = ontvang(leerling, toegang=fabrieken.toegang(ambtenaar))
        assert melding.werkproces is None
        codes = {keuze.code for keuze in uitkomsten_na_gesprek(melding, op=VANDAAG)}
        assert {"geen-actie-na-school", "kennisgevingsbrief", "onterecht"} <= codes
        uitslag = handel_af(melding, ambtenaar, nazorg_op=dt.date(2026, 12, 15))
        assert (melding.oordeel, melding.uitkomst) == ("geen-actie", "geen-actie-na-school")
        assert melding.oordeel_motivatie.startswith("Gesprek met Karin Slot op 17 november 2026, 10:00. Yara")
        assert (uitslag.terugkoppeling.werkproces, uitslag.nazorg_op, uitslag.werkproces_loopt) == (None, None, False)
        assert Verstrekking.objects.alles(**ALLES).get().jongere == leerling

    def test_uit_eigen_onderzoek_wacht_niemand_op_antwoord(self, ontvang: Ontvang, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere, kanaal="C.I", melder=Melder(soort="onderzoek"))
        uitslag = handel_af(melding, coach, terugkoppeling=None)
        assert uitslag.terugkoppeling is None and not Verstrekking.objects.alles(**ALLES).exists()
        stap = routestand(melding.werkproces, op=VANDAAG).stap(12)
        assert stap is not None and stap.motivering is not None
        assert stap.motivering.tekst.startswith("De melding kwam uit eigen onderzoek")

    def test_een_melder_krijgt_altijd_antwoord(self, melding: Melding, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            handel_af(melding, coach, terugkoppeling=None)
        assert fout.value.veld == "kanaal"


class TestVoorstel:
    def test_geen_actie_na_school_ligt_voor_de_hand(self, melding: Melding) -> None:
        keuzes = uitkomsten_na_gesprek(melding, op=VANDAAG)
        assert voorgestelde_uitkomst(keuzes, None) == "geen-actie-na-school"

    def test_wie_is_vertrokken_krijgt_die_uitkomst(self, melding: Melding, coach: Any) -> None:
        jongere = melding.jongere
        assert jongere is not None
        jongere.vertrokken_op = VANDAAG
        jongere.save()
        besluit = bepaal(jongere, op=VANDAAG, toegang=fabrieken.toegang(coach))
        keuzes = uitkomsten_na_gesprek(melding, op=VANDAAG)
        assert voorgestelde_uitkomst(keuzes, besluit) == "leeftijd-verhuisd-overleden"

    def test_bij_schoolverlaten_kiest_de_coach(self, ontvang: Ontvang, jongere: Any) -> None:
        keuzes = uitkomsten_na_gesprek(ontvang(jongere, soort="vsv"), op=VANDAAG)
        assert {keuze.code for keuze in keuzes} == {"startkwalificatie", "onterecht"}
        assert voorgestelde_uitkomst(keuzes, None) == ""

    def test_nazorg_op_het_eerste_moment_van_de_regio(self, gebied: fabrieken.Gebied) -> None:
        assert voorgestelde_nazorg(gebied.regio.pk, op=VANDAAG) == dt.date(2026, 12, 17)
