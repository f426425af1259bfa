"""Step 9: a path starts, on a day that was or that is still to come; and step 10: how it goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Parameter
from routekaart.begeleiding.acties import leg_voortgang_vast, verzet_start
from routekaart.begeleiding.acties.handelen import stand_van
from routekaart.begeleiding.models import Traject
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.regels.route import Status
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG

WEEK = dt.timedelta(days=7)
EERSTE = dt.date(2026, 12, 1)


@pytest.fixture
def op_stap_9(werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    stappen.tot_en_met_plan(werkproces, coach, gebied)
    return werkproces


def trajecten_van(werkproces: Werkproces) -> list[Traject]:
    return list(Traject.objects.alles(reden="test").filter(werkproces=werkproces).order_by("start_op"))


def status(werkproces: Werkproces, stap: int, *, op: dt.date = VANDAAG) -> str:
    gevonden = routestand(werkproces, op=op).stap(stap)
    assert gevonden is not None
    return gevonden.status.value


class TestStart:
    def test_vandaag_begonnen_vervult_de_stap(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach, aanbieder="ROC De Waarden")
        assert (traject.stand, traject.ronde, traject.door) == ("loopt", 1, coach)
        assert op_stap_9.stap == 10
        assert [feit.op for feit in stappen.feiten(op_stap_9, "uitvoering.gestart")] == [VANDAAG]

    def test_een_start_die_nog_komt_telt_vanaf_die_dag(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach, start_op=EERSTE)
        assert traject.stand == "gepland"
        assert (op_stap_9.stap, op_stap_9.termijn) == (9, EERSTE)
        assert status(op_stap_9, 9, op=EERSTE) == Status.VERVULD
        assert stand_van(traject, op=EERSTE) == "loopt"

    def test_de_taak_van_de_stap_wacht_op_die_dag(self, op_stap_9: Werkproces, coach: Any) -> None:
        stappen.uitvoering(op_stap_9, coach, start_op=EERSTE)
        taak = stappen.taken(op_stap_9, "stap")[0]
        assert taak.due == EERSTE
        assert taak.waarom == "Stap 9, uitvoeren. Gepland op 1 december 2026."

    def test_in_de_eerste_week_is_er_contact(self, op_stap_9: Werkproces, coach: Any) -> None:
        stappen.uitvoering(op_stap_9, coach, start_op=EERSTE)
        taak = stappen.taken(op_stap_9, "eerste-week")[0]
        assert (taak.due, taak.actie) == (EERSTE + WEEK, "voortgang-vastleggen")
        assert taak.waarom == "mbo 2 Techniek, start op 1 december 2026"

    def test_de_regio_kiest_hoe_snel(self, op_stap_9: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> None:
        Parameter.objects.create(
            regio=gebied.regio, code="eerste_week_contact_dagen", waarde=3, van=dt.date(2026, 1, 1)
        )
        stappen.uitvoering(op_stap_9, coach)
        assert stappen.taken(op_stap_9, "eerste-week")[0].due == VANDAAG + dt.timedelta(days=3)

    def test_een_start_van_lang_geleden_vraagt_geen_eerste_week(self, op_stap_9: Werkproces, coach: Any) -> None:
        stappen.uitvoering(op_stap_9, coach, start_op=VANDAAG - 2 * WEEK)
        assert stappen.taken(op_stap_9, "eerste-week") == []

    def test_school_en_werk_naast_elkaar(self, op_stap_9: Werkproces, coach: Any) -> None:
        stappen.uitvoering(op_stap_9, coach)
        stappen.uitvoering(op_stap_9, coach, domein="arbeid", wat="Leerbaan bij Bakkerij Brood", start_op=EERSTE)
        assert [traject.domein for traject in trajecten_van(op_stap_9)] == ["onderwijs", "arbeid"]
        assert len(stappen.taken(op_stap_9, "eerste-week")) == 2

    @pytest.mark.parametrize(("velden", "veld"), [({"domein": "sport"}, "domein"), ({"wat": " "}, "wat")])
    def test_weigert_zonder_soort_of_omschrijving(
        self, op_stap_9: Werkproces, coach: Any, velden: dict[str, str], veld: str
    ) -> None:
        with pytest.raises(Geweigerd) as fout:
            stappen.uitvoering(op_stap_9, coach, **velden)
        assert fout.value.veld == veld
        assert trajecten_van(op_stap_9) == []

    def test_weigert_als_het_werkproces_dicht_is(self, op_stap_9: Werkproces, coach: Any) -> None:
        stappen.afsluiten(op_stap_9, coach, uitkomst="verhuisd")
        with pytest.raises(Geweigerd, match="afgesloten"):
            stappen.uitvoering(op_stap_9, coach)


class TestVerzetten:
    def verzet(self, traject: Any, door: Any, start_op: dt.date | None, versie: int = 1) -> None:
        verzet_start(traject, start_op=start_op, versie=versie, toegang=fabrieken.toegang(door), nu=NU)

    def test_naar_een_andere_dag(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach, start_op=EERSTE)
        self.verzet(traject, coach, EERSTE + WEEK)
        op_stap_9.refresh_from_db()
        assert (traject.start_op, traject.stand, op_stap_9.termijn) == (EERSTE + WEEK, "gepland", EERSTE + WEEK)
        assert [feit.op for feit in stappen.feiten(op_stap_9, "uitvoering.gestart")] == [EERSTE + WEEK]
        assert [taak.due for taak in stappen.taken(op_stap_9, "eerste-week")] == [EERSTE + 2 * WEEK]

    def test_toch_al_begonnen(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach, start_op=EERSTE)
        self.verzet(traject, coach, VANDAAG)
        op_stap_9.refresh_from_db()
        assert (traject.stand, op_stap_9.stap) == ("loopt", 10)

    def test_gaat_niet_door(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach, start_op=EERSTE)
        self.verzet(traject, coach, None)
        assert (traject.stand, traject.gestopt_op) == ("gestopt", VANDAAG)
        assert stappen.feiten(op_stap_9, "uitvoering.gestart") == []
        assert stappen.taken(op_stap_9, "eerste-week") == []
        assert status(op_stap_9, 9, op=EERSTE) == Status.NU

    def test_een_collega_was_eerder(self, op_stap_9: Werkproces, coach: Any, collega: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach, start_op=EERSTE)
        self.verzet(traject, collega, EERSTE + WEEK)
        with pytest.raises(Geweigerd, match="collega"):
            self.verzet(traject, coach, None)
        assert [feit.op for feit in stappen.feiten(op_stap_9, "uitvoering.gestart")] == [EERSTE + WEEK]

    def test_wat_al_loopt_verzet_je_niet(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach)
        with pytest.raises(Geweigerd):
            self.verzet(traject, coach, EERSTE)


class TestVoortgang:
    def test_vervult_stap_10_en_plant_het_volgende_moment(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach)
        stappen.voortgang(op_stap_9, coach, traject=traject, tekst="Gaat elke dag", volgende_op=EERSTE)
        assert op_stap_9.stap == 11
        taak = stappen.taken(op_stap_9, "voortgang")[0]
        assert (taak.due, taak.waarom) == (EERSTE, "Afgesproken op 17 november 2026")
        assert stappen.taken(op_stap_9, "eerste-week") == []

    def test_de_eerste_week_van_een_ander_traject_blijft_staan(self, op_stap_9: Werkproces, coach: Any) -> None:
        loopt = stappen.uitvoering(op_stap_9, coach)
        stappen.uitvoering(op_stap_9, coach, domein="arbeid", wat="Leerbaan", start_op=EERSTE)
        stappen.voortgang(op_stap_9, coach, traject=loopt)
        assert [taak.due for taak in stappen.taken(op_stap_9, "eerste-week")] == [EERSTE + WEEK]

    def test_een_volgende_keer_vervangt_de_taak(self, op_stap_9: Werkproces, coach: Any) -> None:
        stappen.voortgang(op_stap_9, coach, volgende_op=EERSTE)
        stappen.voortgang(op_stap_9, coach, volgende_op=EERSTE + WEEK)
        assert [taak.due for taak in stappen.taken(op_stap_9, "voortgang")] == [EERSTE + WEEK]

    @pytest.mark.parametrize("stand", ["stagneert", "gestopt"])
    def test_wat_vastloopt_vraagt_om_een_vervolg(self, op_stap_9: Werkproces, coach: Any, stand: str) -> None:
        with pytest.raises(Geweigerd) as fout:
            stappen.voortgang(op_stap_9, coach, stand=stand)
        assert fout.value.veld == "vervolgactie"
        stappen.voortgang(op_stap_9, coach, stand=stand, vervolgactie="Gesprek met de mentor")
        assert stappen.taken(op_stap_9, "voortgang")[0].waarom == "Gesprek met de mentor"

    def test_of_om_een_fase_opnieuw(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach)
        stappen.voortgang(
            op_stap_9, coach, traject=traject, stand="stagneert", volgende_op=None, fase_opnieuw=2,
            tekst="De opleiding past niet",
        )  # fmt: skip
        assert (op_stap_9.ronde, op_stap_9.stap) == (2, 4)
        assert stappen.feiten(op_stap_9, "fase.opnieuw")[0].toelichting == "De opleiding past niet"
        assert [rij.stand for rij in trajecten_van(op_stap_9)] == ["stagneert"]

    def test_een_fase_opnieuw_zonder_uitleg_laat_niets_achter(self, op_stap_9: Werkproces, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            stappen.voortgang(op_stap_9, coach, stand="stagneert", volgende_op=None, fase_opnieuw=2)
        assert fout.value.veld == "tekst"
        assert stappen.feiten(op_stap_9, "voortgang.besproken") == []

    def test_een_regiehouder_die_het_niet_oppakt_vraagt_om_actie(self, op_stap_9: Werkproces, coach: Any) -> None:
        with pytest.raises(Geweigerd, match="regiehouder") as fout:
            stappen.voortgang(op_stap_9, coach, regie_opgepakt=False)
        assert fout.value.veld == "vervolgactie"
        voortgang = stappen.voortgang(op_stap_9, coach, regie_opgepakt=False, vervolgactie="Bel Wouter Blom")
        assert voortgang.regie_opgepakt is False

    def test_zolang_er_iets_loopt_hoort_er_een_volgend_moment(self, op_stap_9: Werkproces, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            stappen.voortgang(op_stap_9, coach, volgende_op=None)
        assert fout.value.veld == "volgende_op"
        stappen.voortgang(op_stap_9, coach, stand="geslaagd", volgende_op=None)
        assert stappen.taken(op_stap_9, "voortgang") == []

    def test_geslaagd_sluit_het_traject(self, op_stap_9: Werkproces, coach: Any) -> None:
        traject = stappen.uitvoering(op_stap_9, coach)
        stappen.voortgang(op_stap_9, coach, traject=traject, stand="geslaagd", volgende_op=None)
        traject.refresh_from_db()
        assert (traject.stand, traject.gestopt_op) == ("geslaagd", VANDAAG)

    @pytest.mark.parametrize(
        ("velden", "veld"),
        [
            ({"op": VANDAAG + WEEK}, "op"),
            ({"stand": "prima"}, "stand"),
            ({"volgende_op": VANDAAG - WEEK}, "volgende_op"),
        ],
    )
    def test_weigert_wat_niet_kan(self, op_stap_9: Werkproces, coach: Any, velden: dict[str, Any], veld: str) -> None:
        with pytest.raises(Geweigerd) as fout:
            stappen.voortgang(op_stap_9, coach, **velden)
        assert fout.value.veld == veld

    def test_een_traject_van_een_ander_werkproces_verandert_niet(
        self, op_stap_9: Werkproces, gebied: fabrieken.Gebied, coach: Any
    ) -> None:
        ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
        elders = stappen.uitvoering(ander, coach)
        leg_voortgang_vast(
            op_stap_9, op=VANDAAG, stand="geslaagd", traject=elders, toegang=fabrieken.toegang(coach), nu=NU
        )
        elders.refresh_from_db()
        assert elders.stand == "loopt"
