"""Aftercare: each moment with its three checks, one in between, nobody reached, and a relapse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import Bevinding, heropen_uit_nazorg, leg_nazorgmoment_vast
from routekaart.begeleiding.acties.nazorg import geplande_nazorg, nazorgdagen
from routekaart.begeleiding.models import Nazorgmoment
from routekaart.dossiers.models import Werkproces
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG

DAG = dt.timedelta(days=1)
LATER = NU + dt.timedelta(minutes=5)
ALLES: dict[str, Any] = {"reden": "test"}
GOED = Bevinding(gehouden_op=VANDAAG, op_school=True, aan_werk=False, tekst="Gaat elke dag")


@pytest.fixture
def afgesloten(werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    stappen.tot_en_met_plan(werkproces, coach, gebied)
    stappen.afsluiten(werkproces, coach, uitleg={9: "Zelf gevonden", 10: "Niets te volgen"})
    return werkproces


def leg_vast(werkproces: Werkproces, door: Any, bevinding: Bevinding = GOED, **velden: Any) -> Nazorgmoment:
    return leg_nazorgmoment_vast(werkproces, bevinding, toegang=fabrieken.toegang(door), nu=LATER, **velden)


def val_terug(werkproces: Werkproces, door: Any, **velden: Any) -> None:
    waarden: dict[str, Any] = {"motivatie": "Gestopt met werk", "toegang": fabrieken.toegang(door), "nu": LATER}
    heropen_uit_nazorg(werkproces, Bevinding(gehouden_op=VANDAAG, aan_werk=False), **(waarden | velden))


class TestVastleggen:
    def test_een_gepland_moment_is_gehouden(self, afgesloten: Werkproces, coach: Any) -> None:
        eerste = geplande_nazorg(afgesloten)[0]
        moment = leg_vast(afgesloten, coach, moment=eerste)
        assert moment == eerste
        assert (moment.gehouden_op, moment.op_school, moment.aan_werk, moment.in_zorg) == (VANDAAG, True, False, None)
        assert [feit.op for feit in stappen.feiten(afgesloten, "nazorg.moment")] == [VANDAAG]

    def test_de_andere_momenten_blijven_op_de_lijst(self, afgesloten: Werkproces, coach: Any) -> None:
        gepland = geplande_nazorg(afgesloten)
        leg_vast(afgesloten, coach, moment=gepland[0])
        assert geplande_nazorg(afgesloten) == gepland[1:]
        dagen = [taak.due for taak in stappen.taken(afgesloten, "nazorg")]
        assert dagen == [moment.gepland_op for moment in gepland[1:]]

    def test_tussendoor_telt_ook_en_laat_de_planning_staan(self, afgesloten: Werkproces, coach: Any) -> None:
        leg_vast(afgesloten, coach)
        assert len(geplande_nazorg(afgesloten)) == 3
        assert Nazorgmoment.objects.alles(**ALLES).exclude(gehouden_op=None).get().gepland_op == VANDAAG

    def test_een_extra_moment_verlengt_de_nazorg(self, afgesloten: Werkproces, coach: Any) -> None:
        leg_vast(afgesloten, coach, volgende_op=dt.date(2027, 9, 1))
        assert afgesloten.nazorg_tot == dt.date(2027, 9, 1)
        assert stappen.taken(afgesloten, "nazorg")[-1].due == dt.date(2027, 9, 1)

    def test_niemand_bereikt_vraagt_tekst_en_een_volgend_moment(self, afgesloten: Werkproces, coach: Any) -> None:
        leeg = Bevinding(gehouden_op=VANDAAG, tekst="Geen gehoor")
        with pytest.raises(Geweigerd) as fout:
            leg_vast(afgesloten, coach, leeg)
        assert fout.value.veld == "op_school"
        leg_vast(afgesloten, coach, leeg, moment=geplande_nazorg(afgesloten)[0], volgende_op=VANDAAG + 7 * DAG)
        assert geplande_nazorg(afgesloten)[0].gepland_op == VANDAAG + 7 * DAG

    def test_het_laatste_moment_laat_niets_op_de_lijst(self, afgesloten: Werkproces, coach: Any) -> None:
        for moment in geplande_nazorg(afgesloten):
            leg_vast(afgesloten, coach, moment=moment)
        assert stappen.taken(afgesloten, "nazorg") == []

    def test_een_collega_was_eerder(self, afgesloten: Werkproces, coach: Any, collega: Any) -> None:
        eerste = geplande_nazorg(afgesloten)[0]
        zelfde = geplande_nazorg(afgesloten)[0]
        leg_vast(afgesloten, collega, moment=eerste)
        with pytest.raises(Geweigerd, match="collega"):
            leg_vast(afgesloten, coach, Bevinding(gehouden_op=VANDAAG, op_school=False), moment=zelfde)
        eerste.refresh_from_db()
        assert eerste.op_school is True
        assert len(stappen.feiten(afgesloten, "nazorg.moment")) == 1

    @pytest.mark.parametrize(
        ("gehouden_op", "volgende_op", "veld"),
        [
            (VANDAAG + DAG, None, "gehouden_op"),
            (VANDAAG - DAG, None, "gehouden_op"),
            (VANDAAG, VANDAAG - DAG, "volgende_op"),
        ],
    )
    def test_weigert_een_dag_die_niet_kan(
        self, afgesloten: Werkproces, coach: Any, gehouden_op: dt.date, volgende_op: dt.date | None, veld: str
    ) -> None:
        bevinding = Bevinding(gehouden_op=gehouden_op, op_school=True)
        with pytest.raises(Geweigerd) as fout:
            leg_vast(afgesloten, coach, bevinding, volgende_op=volgende_op)
        assert fout.value.veld == veld

    def test_weigert_zolang_het_werkproces_loopt(self, werkproces: Werkproces, coach: Any) -> None:
        with pytest.raises(Geweigerd, match="loopt nog"):
            leg_vast(werkproces, coach)


class TestTerugval:
    def test_opent_het_werkproces_in_fase_2(self, afgesloten: Werkproces, coach: Any) -> None:
        val_terug(afgesloten, coach, moment=geplande_nazorg(afgesloten)[0])
        assert afgesloten.open and (afgesloten.ronde, afgesloten.stap) == (2, 4)
        codes = [feit.code for feit in stappen.feiten(afgesloten)][-3:]
        assert codes == ["nazorg.moment", "werkproces.heropend", "fase.opnieuw"]

    def test_of_in_fase_3(self, afgesloten: Werkproces, coach: Any) -> None:
        val_terug(afgesloten, coach, fase=3)
        assert (afgesloten.ronde, afgesloten.stap) == (2, 8)

    def test_de_geplande_nazorg_vervalt(self, afgesloten: Werkproces, coach: Any) -> None:
        val_terug(afgesloten, coach)
        assert geplande_nazorg(afgesloten) == [] == stappen.taken(afgesloten, "nazorg")
        assert afgesloten.nazorg_tot is None

    def test_na_een_vroeg_einde_begint_fase_2_voor_het_eerst(
        self, werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any
    ) -> None:
        stappen.melding(werkproces, gebied)
        stappen.dossier(werkproces, coach)
        stappen.oordeel(werkproces, coach)
        stappen.afsluiten(werkproces, coach, uitkomst="geen-dienstverlening", afweging="Wil niet", resultaatdomeinen=[])
        val_terug(werkproces, coach)
        assert werkproces.open and (werkproces.ronde, werkproces.stap) == (1, 4)

    def test_weigert_zonder_uitleg_en_laat_alles_zoals_het_was(self, afgesloten: Werkproces, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            val_terug(afgesloten, coach, motivatie=" ")
        assert fout.value.veld == "motivatie"
        afgesloten.refresh_from_db()
        assert not afgesloten.open and len(geplande_nazorg(afgesloten)) == 3

    def test_weigert_als_er_al_een_ander_werkproces_loopt(self, afgesloten: Werkproces, coach: Any) -> None:
        fabrieken.maak_werkproces(afgesloten.jongere, behandelaar=coach)
        with pytest.raises(Geweigerd, match="ander werkproces"):
            val_terug(afgesloten, coach)
        assert not stappen.feiten(afgesloten, "nazorg.moment")

    def test_opnieuw_sluiten_plant_nieuwe_nazorg(self, afgesloten: Werkproces, coach: Any) -> None:
        val_terug(afgesloten, coach)
        uitleg = dict.fromkeys((4, 5, 7, 8, 9, 10), "Zie de vorige ronde")
        stappen.afsluiten(afgesloten, coach, uitleg=uitleg)
        assert len(geplande_nazorg(afgesloten)) == 3 == len(stappen.taken(afgesloten, "nazorg"))


class TestDagen:
    def test_in_het_weekend_wordt_maandag(self) -> None:
        zaterdag = dt.date(2026, 12, 19)
        assert nazorgdagen(dt.date(2026, 11, 19), [1], vandaag=VANDAAG) == [zaterdag + 2 * DAG]

    def test_geen_maanden_geen_dagen(self) -> None:
        assert nazorgdagen(VANDAAG, [], vandaag=VANDAAG) == []
