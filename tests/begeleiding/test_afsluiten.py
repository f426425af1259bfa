"""Step 11: closing with an uitkomst, what was left out explained, the meldingen along with it, aftercare started."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Parameter
from routekaart.begeleiding.acties import leg_big5_vast
from routekaart.begeleiding.acties.afsluiten import big5_open
from routekaart.begeleiding.models import Doel, Nazorgmoment
from routekaart.dossiers.acties import heropen, leg_contact_vast
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.logboek.models import Logregel
from routekaart.regels.route import Status
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG

DAG = dt.timedelta(days=1)
ALLES: dict[str, Any] = {"reden": "test"}
MOTIVATIE = "Vier keer geprobeerd. Niemand kent een andere ingang."


@pytest.fixture
def gelopen(werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    """Ready to be closed."""
    stappen.tot_en_met_plan(werkproces, coach, gebied)
    stappen.uitvoering(werkproces, coach)
    stappen.voortgang(werkproces, coach)
    return werkproces


def poging(werkproces: Werkproces, door: Any, kanaal: str, dagen: int, resultaat: str = "niet-thuis") -> None:
    leg_contact_vast(
        werkproces, met="jongere", kanaal=kanaal, moment=NU - dagen * DAG, resultaat=resultaat,
        toegang=fabrieken.toegang(door), nu=NU,
    )  # fmt: skip


def weigering(werkproces: Werkproces, door: Any, **velden: Any) -> Geweigerd:
    with pytest.raises(Geweigerd) as fout:
        stappen.afsluiten(werkproces, door, **velden)
    werkproces.refresh_from_db()
    assert werkproces.open and not stappen.feiten(werkproces, "werkproces.afgesloten")
    return fout.value


class TestUitkomst:
    def test_sluit_met_uitkomst_en_resultaat(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach, resultaatdomeinen=["werk", "onderwijs"])
        assert (gelopen.uitkomst, gelopen.afgesloten_op) == ("werk", VANDAAG)
        assert gelopen.resultaatdomeinen == ["onderwijs", "werk"]
        assert gelopen.afsluiting == "Goed op weg"
        assert gelopen.stap == 12

    def test_het_feit_noemt_de_uitkomst(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach, afgesloten_op=VANDAAG - DAG)
        feit = stappen.feiten(gelopen, "werkproces.afgesloten")[0]
        assert (feit.op, feit.toelichting) == (VANDAAG - DAG, "Werk")

    @pytest.mark.parametrize(
        ("velden", "veld"),
        [
            ({"uitkomst": ""}, "uitkomst"),
            ({"uitkomst": "halt"}, "uitkomst"),
            ({"resultaatdomeinen": []}, "resultaatdomeinen"),
            ({"resultaatdomeinen": ["geluk"]}, "resultaatdomeinen"),
            ({"afgesloten_op": VANDAAG + DAG}, "afgesloten_op"),
            ({"afgesloten_op": dt.date(2026, 10, 1)}, "afgesloten_op"),
        ],
    )
    def test_weigert_wat_niet_past(self, gelopen: Werkproces, coach: Any, velden: dict[str, Any], veld: str) -> None:
        assert weigering(gelopen, coach, **velden).veld == veld

    def test_een_uitkomst_die_de_route_vroeg_eindigt_vraagt_geen_resultaat(
        self, gelopen: Werkproces, coach: Any
    ) -> None:
        stappen.afsluiten(gelopen, coach, uitkomst="verhuisd", resultaatdomeinen=[])
        assert gelopen.resultaatdomeinen == []

    def test_twee_keer_sluiten_kan_niet(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach)
        with pytest.raises(Geweigerd, match="afgesloten"):
            stappen.afsluiten(gelopen, coach)

    def test_bereikte_doelen_krijgen_hun_dag(self, gelopen: Werkproces, coach: Any) -> None:
        doel = Doel.objects.alles(**ALLES).get()
        stappen.afsluiten(gelopen, coach, bereikte_doelen=[doel.sleutel])
        doel.refresh_from_db()
        assert doel.bereikt_op == VANDAAG

    def test_wat_er_nog_te_doen_was_is_van_de_lijst(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach)
        open_ = Taak.objects.alles(**ALLES).open().filter(werkproces=gelopen)
        assert set(open_.values_list("soort", flat=True)) == {"nazorg", "stap"}

    def test_een_melding_zonder_oordeel_blijft_wachten(
        self, gelopen: Werkproces, gebied: fabrieken.Gebied, coach: Any
    ) -> None:
        nieuw = stappen.melding(gelopen, gebied, oordeel="", oordeel_op=None, duo_nummer="2", stand="te-beoordelen")
        Taak.objects.create(
            regio=gebied.regio, gemeente=gebied.gemeente, soort_werk="doorstroompunt", werkproces=gelopen,
            jongere=gelopen.jongere, soort="melding", wat="Beoordeel", herkomst="melding:1", vanaf=VANDAAG, due=VANDAAG,
        )  # fmt: skip
        stappen.afsluiten(gelopen, coach)
        nieuw.refresh_from_db()
        assert (nieuw.uitkomst, nieuw.duo_status) == ("", "B")
        assert len(stappen.taken(gelopen, "melding")) == 1


class TestLegUit:
    def test_open_stappen_vragen_elk_om_uitleg(self, werkproces: Werkproces, gebied: Any, coach: Any) -> None:
        stappen.tot_en_met_plan(werkproces, coach, gebied)
        fout = weigering(werkproces, coach)
        assert fout.veld == "stap_9" and "Stap 9, uitvoeren" in fout.boodschap
        assert weigering(werkproces, coach, uitleg={9: "Niet nodig"}).veld == "stap_10"

    def test_de_uitleg_staat_op_de_route(self, werkproces: Werkproces, gebied: Any, coach: Any) -> None:
        stappen.tot_en_met_plan(werkproces, coach, gebied)
        stappen.afsluiten(werkproces, coach, uitleg={9: "Yara vond zelf werk", 10: "Er viel niets te volgen"})
        stap = routestand(werkproces, op=VANDAAG).stap(9)
        assert stap is not None and stap.motivering is not None
        assert (stap.status, stap.motivering.tekst) == (Status.OVERGESLAGEN, "Yara vond zelf werk")

    def test_zonder_doelgroep_kan_alleen_wat_de_route_vroeg_eindigt(
        self, werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any
    ) -> None:
        stappen.melding(werkproces, gebied)
        uitleg = dict.fromkeys(range(1, 11), "Daarom")
        assert weigering(werkproces, coach, uitleg=uitleg).veld == "stap_3"
        stappen.afsluiten(werkproces, coach, uitkomst="verhuisd", resultaatdomeinen=[])
        assert not stappen.feiten(werkproces, "stap.overgeslagen")

    def test_de_uitkomst_zelf_is_dan_de_uitleg(self, werkproces: Werkproces, gebied: Any, coach: Any) -> None:
        stappen.melding(werkproces, gebied)
        stappen.afsluiten(werkproces, coach, uitkomst="verhuisd", afsluiting="Woont in Elders", resultaatdomeinen=[])
        stap = routestand(werkproces, op=VANDAAG).stap(5)
        assert stap is not None and stap.motivering is not None
        assert stap.motivering.tekst == "Verhuisd buiten regio. Woont in Elders"


class TestZonderContact:
    @pytest.fixture
    def onbereikt(self, werkproces: Werkproces, gebied: fabrieken.Gebied) -> Werkproces:
        stappen.melding(werkproces, gebied)
        return werkproces

    def sluit(self, werkproces: Werkproces, door: Any, **velden: Any) -> None:
        stappen.afsluiten(werkproces, door, **({"uitkomst": "reageert-niet", "afsluiting": ""} | velden))

    def test_vraagt_een_afweging(self, onbereikt: Werkproces, coach: Any) -> None:
        assert weigering(onbereikt, coach, uitkomst="reageert-niet").veld == "afweging"

    def test_en_een_herhaald_huisbezoek(self, onbereikt: Werkproces, coach: Any) -> None:
        poging(onbereikt, coach, "telefoon", 9, "geen-contact")
        poging(onbereikt, coach, "huisbezoek", 6)
        fout = weigering(onbereikt, coach, uitkomst="reageert-niet", afweging=MOTIVATIE)
        assert fout.veld == "geen_huisbezoek_omdat" and "1 van 2" in fout.boodschap

    def test_met_twee_bezoeken_is_de_afweging_genoeg(self, onbereikt: Werkproces, coach: Any) -> None:
        poging(onbereikt, coach, "huisbezoek", 9)
        poging(onbereikt, coach, "huisbezoek-onaangekondigd", 2)
        self.sluit(onbereikt, coach, afweging=MOTIVATIE)
        feit = stappen.feiten(onbereikt, "werkproces.afgesloten")[0]
        assert feit.toelichting == f"Reageert niet (meer). {MOTIVATIE}"
        assert onbereikt.afsluiting == MOTIVATIE

    def test_of_de_uitleg_waarom_niet(self, onbereikt: Werkproces, coach: Any) -> None:
        self.sluit(onbereikt, coach, afweging=MOTIVATIE, geen_huisbezoek_omdat="Het adres is onbekend.")
        feit = stappen.feiten(onbereikt, "werkproces.afgesloten")[0]
        assert feit.toelichting.endswith("Geen herhaald huisbezoek: Het adres is onbekend.")

    def test_wie_zelf_nee_zegt_hoeft_geen_huisbezoek(self, onbereikt: Werkproces, coach: Any) -> None:
        poging(onbereikt, coach, "telefoon", 2, "contact")
        self.sluit(
            onbereikt, coach, uitkomst="geen-dienstverlening", afweging="Yara wil geen hulp, nu niet en later niet"
        )
        assert not onbereikt.open

    def test_na_contact_telt_alleen_wat_daarna_gebeurde(self, onbereikt: Werkproces, coach: Any) -> None:
        poging(onbereikt, coach, "huisbezoek", 13)
        poging(onbereikt, coach, "huisbezoek", 12, "contact")
        poging(onbereikt, coach, "telefoon", 2, "geen-contact")
        fout = weigering(onbereikt, coach, uitkomst="reageert-niet", afweging=MOTIVATIE)
        assert fout.veld == "geen_huisbezoek_omdat" and "0 van 2" in fout.boodschap


class TestBig5:
    def leg_vast(self, werkproces: Werkproces, door: Any, **standen: str) -> None:
        paren = {code: (stand, "") for code, stand in standen.items()}
        leg_big5_vast(werkproces, standen=paren, op=VANDAAG, toegang=fabrieken.toegang(door), nu=NU)

    def test_de_laatste_stand_telt(self, gelopen: Werkproces, coach: Any) -> None:
        assert big5_open(gelopen) == []
        self.leg_vast(gelopen, coach, wonen="nee", inkomen="deels", support="ja")
        assert big5_open(gelopen) == ["Wonen", "Inkomen"]
        self.leg_vast(gelopen, coach, wonen="ja")
        assert big5_open(gelopen) == ["Inkomen"]

    def test_houdt_sluiten_niet_tegen_maar_staat_in_het_log(self, gelopen: Werkproces, coach: Any) -> None:
        self.leg_vast(gelopen, coach, wonen="nee")
        stappen.afsluiten(gelopen, coach)
        regel = Logregel.objects.get(code="werkproces.afgesloten")
        assert "Wonen" in str(regel.inhoud)


class TestMeldingen:
    def test_krijgen_de_uitkomst_en_het_voorstel_voor_duo(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach)
        melding = gelopen.meldingen.alles(**ALLES).get()
        assert (melding.uitkomst, melding.uitkomst_op) == ("werk", VANDAAG)
        assert (melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking) == ("G", 3, 3)

    def test_een_eigen_keuze_voor_duo_gaat_voor(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach, duo_afsluitreden=4, duo_opmerking=2)
        melding = gelopen.meldingen.alles(**ALLES).get()
        assert (melding.duo_afsluitreden, melding.duo_opmerking) == (4, 2)

    def test_een_eigen_uitkomst_blijft(self, gelopen: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> None:
        eigen = stappen.melding(
            gelopen, gebied, duo_nummer="77", oordeel="onterecht", uitkomst="onterecht", uitkomst_op=VANDAAG - DAG,
            duo_status="G", duo_afsluitreden=7,
        )  # fmt: skip
        stappen.afsluiten(gelopen, coach)
        eigen.refresh_from_db()
        assert (eigen.uitkomst, eigen.duo_afsluitreden) == ("onterecht", 7)

    def test_zonder_voorstel_kiest_de_coach(self, gelopen: Werkproces, coach: Any) -> None:
        assert weigering(gelopen, coach, uitkomst="onterecht", resultaatdomeinen=[]).veld == "duo_afsluitreden"
        stappen.afsluiten(gelopen, coach, uitkomst="onterecht", resultaatdomeinen=[], duo_afsluitreden=7)
        assert gelopen.meldingen.alles(**ALLES).get().duo_afsluitreden == 7

    def test_een_onbekende_code_gaat_niet_naar_duo(self, gelopen: Werkproces, coach: Any) -> None:
        weigering(gelopen, coach, duo_afsluitreden=9)
        weigering(gelopen, coach, duo_opmerking=9)

    def test_wat_school_introk_blijft_zoals_het_was(self, gelopen: Werkproces, coach: Any) -> None:
        gelopen.meldingen.alles(**ALLES).update(ingetrokken_op=NU)
        stappen.afsluiten(gelopen, coach)
        assert gelopen.meldingen.alles(**ALLES).get().uitkomst == ""

    def test_opnieuw_sluiten_vervangt_de_vorige_uitkomst(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach)
        heropen(gelopen, motivatie="Werk gestopt", toegang=fabrieken.toegang(coach), nu=NU + dt.timedelta(hours=1))
        stappen.afsluiten(gelopen, coach, uitkomst="nieuwe-inschrijving")
        melding = gelopen.meldingen.alles(**ALLES).get()
        assert (melding.uitkomst, melding.duo_afsluitreden) == ("nieuwe-inschrijving", 2)


class TestNazorg:
    def dagen(self, werkproces: Werkproces) -> list[dt.date]:
        rijen = Nazorgmoment.objects.alles(**ALLES).filter(werkproces=werkproces, vervallen_op=None)
        return list(rijen.order_by("gepland_op").values_list("gepland_op", flat=True))

    def test_begint_met_de_momenten_van_de_regio(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach)
        dagen = [dt.date(2026, 12, 17), dt.date(2027, 2, 17), dt.date(2027, 5, 18)]  # 17 May 2027 is Pentecost Monday
        assert self.dagen(gelopen) == dagen == [taak.due for taak in stappen.taken(gelopen, "nazorg")]
        assert gelopen.nazorg_tot == dagen[-1]
        assert [feit.op for feit in stappen.feiten(gelopen, "nazorg.gestart")] == [VANDAAG]

    def test_de_regio_kiest_hoe_lang(self, gelopen: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> None:
        Parameter.objects.create(regio=gebied.regio, code="nazorg_maanden", waarde=[2], van=dt.date(2026, 1, 1))
        stappen.afsluiten(gelopen, coach)
        assert self.dagen(gelopen) == [dt.date(2027, 1, 18)]

    def test_een_regio_zonder_nazorg(self, gelopen: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> None:
        Parameter.objects.create(regio=gebied.regio, code="nazorg_maanden", waarde=[], van=dt.date(2026, 1, 1))
        stappen.afsluiten(gelopen, coach)
        assert self.dagen(gelopen) == [] and gelopen.nazorg_tot is None
        assert not stappen.feiten(gelopen, "nazorg.gestart")

    def test_een_dag_naar_keuze(self, gelopen: Werkproces, coach: Any) -> None:
        stappen.afsluiten(gelopen, coach, nazorg_op=dt.date(2027, 1, 5))
        assert self.dagen(gelopen) == [dt.date(2027, 1, 5)]

    def test_die_dag_komt_na_het_afsluiten(self, gelopen: Werkproces, coach: Any) -> None:
        assert weigering(gelopen, coach, nazorg_op=VANDAAG).veld == "nazorg_op"

    @pytest.mark.parametrize("uitkomst", ["verhuisd", "startkwalificatie"])
    def test_niet_waar_de_uitkomst_haar_uitsluit(self, gelopen: Werkproces, coach: Any, uitkomst: str) -> None:
        stappen.afsluiten(gelopen, coach, uitkomst=uitkomst)
        assert self.dagen(gelopen) == []

    def test_niet_na_overlijden(self, gelopen: Werkproces, coach: Any) -> None:
        gelopen.jongere.overleden_op = VANDAAG
        gelopen.jongere.save()
        stappen.afsluiten(gelopen, coach)
        assert self.dagen(gelopen) == []

    def test_wie_achteraf_sluit_begint_bij_wat_nog_komt(self, gelopen: Werkproces, coach: Any) -> None:
        Werkproces.objects.alles(**ALLES).update(gestart_op=dt.date(2026, 6, 1))
        stappen.afsluiten(gelopen, coach, afgesloten_op=dt.date(2026, 9, 14))
        assert self.dagen(gelopen) == [dt.date(2026, 12, 14), dt.date(2027, 3, 15)]

    def test_is_alles_al_geweest_dan_morgen(self, gelopen: Werkproces, coach: Any) -> None:
        Werkproces.objects.alles(**ALLES).update(gestart_op=dt.date(2026, 1, 5))
        stappen.afsluiten(gelopen, coach, afgesloten_op=dt.date(2026, 3, 2))
        assert self.dagen(gelopen) == [VANDAAG + DAG]

    def test_alles_of_niets(self, gelopen: Werkproces, coach: Any) -> None:
        voor = Gebeurtenis.objects.alles(**ALLES).count()
        weigering(gelopen, coach, nazorg_op=VANDAAG)
        assert Gebeurtenis.objects.alles(**ALLES).count() == voor
        assert gelopen.meldingen.alles(**ALLES).get().uitkomst == ""
