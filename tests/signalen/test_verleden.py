"""Another day than today: everybody counts in the gemeente where she lived then, as the deliveries told it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.basis.models import Gemeente
from routekaart.personen.models import BrpWijziging, Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.detectie import tel_op
from routekaart.signalen.vsvtelling import tel_vsv_per_gemeente
from tests import fabrieken
from tests.fabrieken import NU, Gebied
from tests.leveringen.hulp import Inlezer, persoon
from tests.signalen.conftest import signaal

OP, ERNA = dt.date(2026, 3, 1), dt.date(2026, 3, 2)
ABSOLUUT, VERHUISD = "absoluut-verzuim", "verhuisd"
BEGIN, EINDE = dt.date(2022, 10, 1), dt.date(2023, 10, 1)


@pytest.fixture
def buiten(gebied: Gebied) -> Gemeente:
    return Gemeente.objects.create(code="9901", naam="Verweg", van=dt.date(2000, 1, 1))


def verhuis(jongere: Jongere, naar: Gemeente, sinds: dt.date | None) -> None:
    """As a delivery of the BRP writes it."""
    BrpWijziging.objects.create(
        jongere=jongere,
        veld="gemeente",
        was=str(jongere.gemeente),
        wordt=str(naar),
        geldig_vanaf=sinds,
        vastgelegd_op=NU,
    )
    jongere.gemeente, jongere.in_gemeente_sinds = naar, sinds
    jongere.save()


def tel(gebied: Gebied, op: dt.date = OP, soort: str = ABSOLUUT) -> dict[str, int]:
    return dict(tel_op(gebied.regio.pk, op=op, soort=soort)[soort])


def test_wie_daarna_verhuisde_telt_waar_zij_toen_woonde(gebied: Gebied, thuis: Jongere) -> None:
    verhuis(thuis, gebied.andere_gemeente, ERNA)
    assert [tel(gebied, dag) for dag in (OP, ERNA)] == [{gebied.gemeente.code: 1}, {gebied.andere_gemeente.code: 1}]


def test_wie_de_regio_daarna_verliet_telt_nog_mee_en_wie_daarna_kwam_nog_niet(
    gebied: Gebied, thuis: Jongere, buiten: Gemeente
) -> None:
    verhuis(thuis, buiten, ERNA)
    assert [tel(gebied, dag) for dag in (OP, ERNA)] == [{gebied.gemeente.code: 1}, {}]
    verhuis(thuis, gebied.andere_gemeente, later := dt.date(2026, 4, 1))
    assert [tel(gebied, dag) for dag in (OP, ERNA, later)] == [
        {gebied.gemeente.code: 1}, {}, {gebied.andere_gemeente.code: 1},
    ]  # fmt: skip


def test_een_levering_van_de_brp_bewaart_waar_iemand_eerder_woonde(gebied: Gebied, tmp_path: Path) -> None:
    inlezer = Inlezer(gebied, tmp_path)
    for gemeente, sinds in (("9101", "2020-01-01"), ("9102", f"{OP}"), ("0363", f"{ERNA}")):
        jongere = persoon(geboortedatum="2016-03-04", gemeentecode=gemeente, in_gemeente_sinds=sinds)
        assert sum(inlezer.tel("brp", [jongere])[:2]) == 1
    dagen = (OP - dt.timedelta(days=1), OP, ERNA)
    assert [tel(gebied, dag) for dag in dagen] == [{"9101": 1}, {"9102": 1}, {}]


def test_zonder_geschiedenis_of_zonder_dag_telt_de_gemeente_van_nu(gebied: Gebied, thuis: Jongere) -> None:
    Jongere.objects.alles(reden="proef").update(in_gemeente_sinds=ERNA)
    assert tel(gebied) == {gebied.gemeente.code: 1}
    verhuis(thuis, gebied.andere_gemeente, None)
    assert tel(gebied) == {gebied.andere_gemeente.code: 1}


def test_een_gemeente_die_opging_in_een_andere_is_die_andere(gebied: Gebied, thuis: Jongere) -> None:
    """Nobody moved: the gemeente ended, and stands in no region any more."""
    thuis.gemeente = Gemeente.objects.create(
        code="9902", naam="Opgegaan", van=dt.date(2000, 1, 1), tot=OP, opvolger_code=gebied.gemeente.code
    )
    verhuis(thuis, gebied.gemeente, ERNA)
    assert tel(gebied) == {gebied.gemeente.code: 1}


def test_verhuisd_gaat_over_de_verhuizingen_tot_en_met_die_dag(gebied: Gebied, oud: Jongere) -> None:
    """There and back again: in between she lived elsewhere than where her werkproces runs."""
    fabrieken.maak_werkproces(oud, op=dt.date(2025, 9, 1))
    verhuis(oud, gebied.andere_gemeente, OP)
    verhuis(oud, gebied.gemeente, later := dt.date(2026, 5, 1))
    dagen = (OP - dt.timedelta(days=1), OP, later)
    assert [tel(gebied, dag, VERHUISD) for dag in dagen] == [{}, {gebied.gemeente.code: 1}, {}]


def test_vandaag_zoekt_waar_iemand_nu_staat_en_leest_geen_geschiedenis(gebied: Gebied, thuis: Jongere) -> None:
    verhuis(thuis, gebied.andere_gemeente, NU.date() + dt.timedelta(days=3))
    with CaptureQueriesContext(connection) as gevraagd:
        signaleer(gebied.regio.pk, nu=NU)
    assert signaal(ABSOLUUT).gemeente == gebied.andere_gemeente
    assert not [vraag for vraag in gevraagd if BrpWijziging._meta.db_table in vraag["sql"]]


def test_de_geschiedenis_is_een_vraag_voor_velen(gebied: Gebied, thuis: Jongere) -> None:
    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            tel(gebied)
        return len(gevraagd)

    verhuis(thuis, gebied.andere_gemeente, ERNA)
    eerst = vragen()
    for _ in range(5):
        verhuis(fabrieken.maak_jongere(gebied, geboortedatum="2016-03-04"), gebied.andere_gemeente, ERNA)
    assert vragen() == eerst and tel(gebied) == {gebied.gemeente.code: 6}


@pytest.mark.parametrize(
    ("sinds", "naar", "verwacht"),
    [
        (EINDE + dt.timedelta(days=1), "andere", {"hier": (1, 1)}),
        (EINDE, "andere", {"hier": (1, 1)}),  # moved within the region: part of the startpopulatie where she was
        (EINDE, "buiten", {"hier": (1, 1)}),  # a resident of the country still
        (BEGIN, "buiten", {}),
        (BEGIN, "andere", {"andere": (1, 1)}),
    ],
)
def test_de_vsv_telling_gaat_uit_van_de_gemeente_op_1_oktober(
    gebied: Gebied, oud: Jongere, buiten: Gemeente, sinds: dt.date, naar: str, verwacht: dict[str, Any]
) -> None:
    plaatsen = {"hier": gebied.gemeente, "andere": gebied.andere_gemeente, "buiten": buiten}
    verhuis(oud, plaatsen[naar], sinds)
    gevonden = tel_vsv_per_gemeente(gebied.regio.pk, Schooljaar(2022))
    assert gevonden == {plaatsen[waar].code: aantallen for waar, aantallen in verwacht.items()}


def test_wie_na_1_oktober_in_de_regio_kwam_zit_niet_in_de_startpopulatie(
    gebied: Gebied, oud: Jongere, buiten: Gemeente
) -> None:
    oud.gemeente = buiten
    verhuis(oud, gebied.gemeente, BEGIN + dt.timedelta(days=1))
    assert tel_vsv_per_gemeente(gebied.regio.pk, Schooljaar(2022)) == {}
