"""People around a jongere: added, changed, and two colleagues at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.logboek.models import Logregel
from routekaart.netwerk.acties import leg_betrokkene_vast, leg_verzorger_vast, wijzig_betrokkene, wijzig_verzorger
from routekaart.netwerk.selecties import betrokkenen, verzorgers
from routekaart.personen.models import Jongere, Verzorger
from tests import fabrieken

GISTEREN = fabrieken.VANDAAG - dt.timedelta(days=1)


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Jongere:
    return fabrieken.maak_jongere(gebied)


def door(wie: Any) -> dict[str, Any]:
    return {"toegang": fabrieken.toegang(wie), "nu": fabrieken.NU}


def test_legt_een_betrokkene_vast(jongere: Jongere, coach: Any) -> None:
    karin = leg_betrokkene_vast(jongere, naam="Karin Slot", rol="mentor", **door(coach))
    assert betrokkenen(jongere, toegang=fabrieken.toegang(coach), op=fabrieken.VANDAAG) == [karin]
    assert Logregel.objects.get(code="betrokkene.vastgelegd").jongere_id == jongere.pk


def test_wie_gestopt_is_staat_er_niet_meer_bij_maar_blijft_bewaard(jongere: Jongere, coach: Any) -> None:
    karin = leg_betrokkene_vast(jongere, naam="Karin Slot", rol="mentor", **door(coach))
    wijzig_betrokkene(karin, versie=1, velden={"gestopt_op": GISTEREN}, **door(coach))
    assert betrokkenen(jongere, toegang=fabrieken.toegang(coach), op=fabrieken.VANDAAG) == []
    assert betrokkenen(jongere, toegang=fabrieken.toegang(coach)) == [karin]


def test_verzorgers_met_gezag_eerst_en_alleen_van_nu(jongere: Jongere, coach: Any) -> None:
    sinds = dt.date(2007, 3, 4)
    leg_verzorger_vast(jongere, naam="Aad", relatie="vader", gezag=Verzorger.Gezag.NEE, van=sinds, **door(coach))
    leg_verzorger_vast(jongere, naam="Petra", relatie="moeder", gezag=Verzorger.Gezag.JA, van=sinds, **door(coach))
    leg_verzorger_vast(jongere, naam="Bo", relatie="pleegouder", van=sinds, tot=GISTEREN, **door(coach))
    assert [
        verzorger.naam for verzorger in verzorgers(jongere, toegang=fabrieken.toegang(coach), op=fabrieken.VANDAAG)
    ] == ["Petra", "Aad"]
    assert len(verzorgers(jongere, toegang=fabrieken.toegang(coach))) == 3


def test_weigert_een_einde_voor_het_begin(jongere: Jongere, coach: Any) -> None:
    with pytest.raises(Geweigerd) as fout:
        leg_verzorger_vast(jongere, naam="Bo", van=fabrieken.VANDAAG, tot=GISTEREN, **door(coach))
    assert fout.value.veld == "tot"
    assert verzorgers(jongere, toegang=fabrieken.toegang(coach)) == []


def test_de_tweede_hoort_wat_er_veranderde_en_er_gaat_niets_verloren(
    jongere: Jongere, coach: Any, collega: Any
) -> None:
    petra = leg_verzorger_vast(jongere, naam="Petra", van=fabrieken.VANDAAG, telefoon="0611", **door(coach))
    begin = {"telefoon": "0611", "toelichting": ""}
    wijzig_verzorger(petra, versie=1, velden={"telefoon": "0622", "toelichting": ""}, begin=begin, **door(coach))
    with pytest.raises(Tussentijds) as fout:
        wijzig_verzorger(petra, versie=1, velden={"telefoon": "0633", "toelichting": ""}, begin=begin, **door(collega))
    assert [(w.label, w.was, w.nu) for w in fout.value.wijzigingen] == [("Telefoon", "0611", "0622")]
    petra.refresh_from_db()
    assert petra.telefoon == "0622"
    wijzig_verzorger(
        petra, versie=fout.value.versie, velden={"telefoon": "0633", "toelichting": ""}, begin=begin, **door(collega)
    )
    petra.refresh_from_db()
    assert petra.telefoon == "0633"
