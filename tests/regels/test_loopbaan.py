"""The facts of a career: periods, names, and which enrolment decides on a day."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from routekaart.regels.loopbaan import Diploma, Diplomasoort, Inschrijving, Onderwijssoort, Onderwijsstand, Werk

VAN, TOT = date(2023, 8, 1), date(2024, 1, 31)
DAG = date(2024, 2, 1)


def inschrijving(soort: str, niveau: int | None = None, *, van: date = VAN, tot: date | None = None) -> Inschrijving:
    return Inschrijving(onderwijssoort=Onderwijssoort(soort), niveau=niveau, van=van, tot=tot)


@pytest.mark.parametrize(
    ("dag", "loopt"),
    [(date(2023, 7, 31), False), (VAN, True), (TOT, True), (date(2024, 2, 1), False)],
)
def test_periode_loopt_tot_en_met_de_laatste_dag(dag: date, loopt: bool) -> None:
    assert Werk(van=VAN, tot=TOT).loopt_op(dag) is loopt
    assert Werk(van=VAN).loopt_op(dag) is (dag >= VAN)


def test_namen_zoals_een_coach_ze_zegt() -> None:
    namen = [
        inschrijving(soort, niveau).naam for soort, niveau in (("mbo", 2), ("mbo", None), ("pro", 1), ("havo", None))
    ]
    assert namen == ["mbo niveau 2", "mbo zonder bekend niveau", "praktijkonderwijs", "havo"]
    diplomas = [
        Diploma(soort=soort, niveau=niveau, behaald_op=DAG).naam for soort in Diplomasoort for niveau in (None, 2)
    ]
    assert "mbo niveau 2" in diplomas and "havo" in diplomas and "havo niveau 2" not in diplomas
    assert Diploma(soort=Diplomasoort.MBO, behaald_op=DAG).naam == "mbo"


def test_stand_kent_wat_begonnen_is_en_wat_nog_komt_niet() -> None:
    vandaag, morgen = inschrijving("mbo", 2, van=DAG), inschrijving("mbo", 3, van=date(2024, 2, 2))
    stand = Onderwijsstand.op([morgen, vandaag], DAG)
    assert stand == Onderwijsstand((vandaag,), vandaag, None)


def test_zonder_inschrijving_is_er_niets() -> None:
    assert Onderwijsstand.op([], DAG) == Onderwijsstand((), None, None)


def test_lopende_inschrijving_die_het_laatst_begon_beslist() -> None:
    oud, nieuw = inschrijving("vso", van=date(2018, 8, 1)), inschrijving("mbo", 3, tot=date(2024, 2, 1))
    assert Onderwijsstand.op([oud, nieuw], DAG).lopend == Onderwijsstand.op([nieuw, oud], DAG).lopend == nieuw


def test_laatste_inschrijving_is_die_het_laatst_eindigde() -> None:
    lang = inschrijving("pro", van=date(2018, 8, 1), tot=TOT)
    kort = inschrijving("mbo", 3, tot=date(2024, 1, 30))
    gelijk = inschrijving("mbo", 3, tot=TOT)
    assert Onderwijsstand.op([kort, lang], DAG).laatste == lang
    assert Onderwijsstand.op([gelijk, lang], DAG).laatste == gelijk


def test_bij_gelijke_dagen_beslist_de_kwetsbaarste_en_nooit_de_volgorde() -> None:
    soorten = (("pro", None), ("vmbo-bb", None), ("mbo", 3), ("havo", None))
    for lijst in permutations(soorten):
        lopend = Onderwijsstand.op([inschrijving(*soort) for soort in lijst], DAG).lopend
        laatste = Onderwijsstand.op([inschrijving(*soort, tot=TOT) for soort in lijst], DAG).laatste
        assert lopend and lopend.onderwijssoort is Onderwijssoort.PRO
        assert laatste and laatste.onderwijssoort is Onderwijssoort.PRO
    for lijst in permutations(soorten[1:]):
        lopend = Onderwijsstand.op([inschrijving(*soort) for soort in lijst], DAG).lopend
        assert lopend and lopend.onderwijssoort is Onderwijssoort.VMBO_BB
