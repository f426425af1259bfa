"""Who is a jongere in een kwetsbare positie, and on which ground."""

from __future__ import annotations

from datetime import date

import pytest

from routekaart.regels.jikp import Jikpgrond, jikp
from routekaart.regels.loopbaan import Inschrijving, Onderwijssoort, Onderwijsstand

DAG = date(2024, 2, 1)


def inschrijving(wat: str, van: str, tot: str | None = None) -> Inschrijving:
    soort, _, niveau = wat.partition(" ")
    return Inschrijving(
        onderwijssoort=Onderwijssoort(soort),
        niveau=int(niveau) if niveau else None,
        van=date.fromisoformat(van),
        tot=date.fromisoformat(tot) if tot else None,
    )


def grond(*inschrijvingen: Inschrijving, leeftijd: int = 19, vertrekt: bool = False) -> Jikpgrond | None:
    gevonden = jikp(
        Onderwijsstand.op(inschrijvingen, DAG), leeftijd=leeftijd, leeftijdsgrens=23, voorgenomen_uitschrijving=vertrekt
    )
    return gevonden.grond if gevonden else None


@pytest.mark.parametrize("herkomst", ["vso", "pro", "vmbo-bb", "leerwerktraject"])
def test_van_een_kwetsbare_plek_naar_mbo_2(herkomst: str) -> None:
    eerst = inschrijving(herkomst, "2018-08-01", "2020-07-31")
    assert grond(eerst, inschrijving("mbo 2", "2023-08-01")) is Jikpgrond.DOORSTROOM_MBO_2
    assert grond(eerst, inschrijving("mbo 3", "2023-08-01")) is None
    assert grond(eerst, inschrijving("mbo", "2023-08-01")) is None
    tussen = inschrijving("vmbo-kb", "2020-08-01", "2022-07-31")
    assert grond(eerst, tussen, inschrijving("mbo 2", "2023-08-01")) is None


@pytest.mark.parametrize("herkomst", ["vso", "pro", "vmbo-bb", "leerwerktraject", "mbo 1"])
def test_uit_het_onderwijs_vanaf_een_kwetsbare_plek(herkomst: str) -> None:
    assert grond(inschrijving(herkomst, "2020-08-01", "2023-07-31")) is Jikpgrond.UIT_ONDERWIJS


@pytest.mark.parametrize("herkomst", ["vmbo", "vmbo-kb", "havo", "so", "isk", "mbo 2", "mbo", "vavo", "overig"])
def test_uit_het_onderwijs_vanaf_een_andere_plek(herkomst: str) -> None:
    assert grond(inschrijving(herkomst, "2020-08-01", "2023-07-31")) is None


def test_entree_telt_nu_en_later() -> None:
    entree = inschrijving("mbo 1", "2021-08-01", "2022-07-31")
    assert grond(inschrijving("mbo 1", "2023-08-01")) is Jikpgrond.ENTREE
    assert grond(entree, inschrijving("mbo 4", "2022-08-01")) is Jikpgrond.ENTREE
    assert grond(entree, inschrijving("mbo 4", "2022-08-01", "2023-07-31")) is Jikpgrond.ENTREE


def test_entree_die_nog_moet_beginnen_telt_niet() -> None:
    assert grond(inschrijving("mbo 1", "2024-02-02")) is None


@pytest.mark.parametrize("soort", ["pro", "vso"])
def test_gaat_pro_of_vso_verlaten(soort: str) -> None:
    assert grond(inschrijving(soort, "2018-08-01")) is None
    assert grond(inschrijving(soort, "2018-08-01"), vertrekt=True) is Jikpgrond.VERLAAT_PRO_VSO


def test_voorgenomen_uitschrijving_elders_telt_niet() -> None:
    assert grond(inschrijving("vmbo-bb", "2018-08-01"), vertrekt=True) is None
    assert grond(inschrijving("havo", "2018-08-01", "2023-07-31"), vertrekt=True) is None


def test_de_inschrijving_die_het_laatst_begon_beslist() -> None:
    vso, mbo = inschrijving("vso", "2018-08-01"), inschrijving("mbo 3", "2023-08-01")
    assert grond(vso, mbo, vertrekt=True) is None
    assert grond(inschrijving("mbo 3", "2017-08-01"), vso, vertrekt=True) is Jikpgrond.VERLAAT_PRO_VSO


def test_alles_wat_op_dezelfde_dag_begint_is_het_vervolg() -> None:
    pro = inschrijving("pro", "2018-08-01", "2022-07-31")
    vervolg = [inschrijving("mbo 2", "2022-08-01"), inschrijving("isk", "2022-08-01", "2022-09-01")]
    assert grond(pro, *vervolg) is Jikpgrond.DOORSTROOM_MBO_2
    assert grond(*reversed(vervolg), pro) is Jikpgrond.DOORSTROOM_MBO_2


def test_tegelijk_begonnen_is_niet_doorgestroomd() -> None:
    assert grond(inschrijving("pro", "2022-08-01", "2023-07-31"), inschrijving("mbo 2", "2022-08-01")) is None


@pytest.mark.parametrize(("leeftijd", "is_jikp"), [(17, True), (22, True), (23, False), (26, False)])
def test_alleen_onder_de_leeftijdsgrens(leeftijd: int, is_jikp: bool) -> None:
    alle = [
        grond(inschrijving("mbo 1", "2023-08-01"), leeftijd=leeftijd),
        grond(inschrijving("pro", "2018-08-01", "2023-07-31"), leeftijd=leeftijd),
        grond(inschrijving("vso", "2018-08-01"), leeftijd=leeftijd, vertrekt=True),
    ]
    assert [gevonden is not None for gevonden in alle] == [is_jikp] * 3


def test_zonder_inschrijving_geen_jikp() -> None:
    assert grond(vertrekt=True) is None
