"""Giving a werkproces to somebody else, with what is still to do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import heropen, leg_contact_vast, wijs_toe, zet_uitkomst
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from tests import fabrieken


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    nieuw = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    leg_contact_vast(
        nieuw, met="jongere", kanaal="telefoon", moment=fabrieken.NU, resultaat="contact",
        volgende=fabrieken.NU + dt.timedelta(days=1), toegang=fabrieken.toegang(coach), nu=fabrieken.NU,
    )  # fmt: skip
    return nieuw


def sluit(werkproces: Werkproces, door: Any) -> None:
    with handeling(werkproces, "werkproces.toegewezen", toegang=fabrieken.toegang(door), nu=fabrieken.NU) as h:
        zet_uitkomst(h.werkproces, uitkomst="werk", op=h.vandaag, afsluiting="Werkt nu.", domeinen=["werk"])
        h.feit("werkproces.afgesloten")
        h.taak("nazorg:1", soort="nazorg", wat="Bel over nazorg", due=h.vandaag)


def open_taken() -> list[Taak]:
    return list(Taak.objects.alles(reden="test").open().order_by("pk"))


def test_de_taken_gaan_mee(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    assert {taak.eigenaar for taak in open_taken()} == {coach}
    wijs_toe(werkproces, behandelaar=collega, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert werkproces.behandelaar == collega
    assert len(open_taken()) == 2
    assert {taak.eigenaar for taak in open_taken()} == {collega}
    feit = Gebeurtenis.objects.alles(reden="test").get(code="behandelaar.gewijzigd")
    assert feit.toelichting == "Collega"


def test_terug_naar_het_team(werkproces: Werkproces, coach: Any) -> None:
    wijs_toe(werkproces, behandelaar=None, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert werkproces.behandelaar is None
    assert {taak.eigenaar for taak in open_taken()} == {None}


def test_een_collega_neemt_het_niet_ongevraagd_over(werkproces: Werkproces, collega: Any) -> None:
    with pytest.raises(Geweigerd, match="Coach heeft dit werkproces"):
        wijs_toe(werkproces, behandelaar=collega, toegang=fabrieken.toegang(collega), nu=fabrieken.NU)


def test_wat_van_niemand_is_neemt_een_collega_zelf(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    wijs_toe(werkproces, behandelaar=None, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    wijs_toe(werkproces, behandelaar=collega, toegang=fabrieken.toegang(collega), nu=fabrieken.NU)
    assert werkproces.behandelaar == collega


def test_de_coordinator_verdeelt_opnieuw(gebied: fabrieken.Gebied, werkproces: Werkproces, collega: Any) -> None:
    coordinator = fabrieken.maak_gebruiker(gebied, "coordinator", "coordinator", team=gebied.doorstroompunt)
    wijs_toe(werkproces, behandelaar=collega, toegang=fabrieken.toegang(coordinator), nu=fabrieken.NU)
    assert werkproces.behandelaar == collega


def test_weigert_wie_het_dossier_niet_kan_zien(werkproces: Werkproces, coach: Any, ambtenaar: Any) -> None:
    with pytest.raises(Geweigerd) as fout:
        wijs_toe(werkproces, behandelaar=ambtenaar, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert fout.value.veld == "behandelaar"


def test_weigert_toewijzen_van_een_afgesloten_werkproces(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    sluit(werkproces, coach)
    with pytest.raises(Geweigerd, match="afgesloten"):
        wijs_toe(werkproces, behandelaar=collega, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    werkproces.refresh_from_db()
    assert werkproces.behandelaar == coach


def test_heropenen_met_motivatie_houdt_de_geschiedenis(werkproces: Werkproces, coach: Any) -> None:
    sluit(werkproces, coach)
    assert not werkproces.open
    voor = Gebeurtenis.objects.alles(reden="test").count()
    heropen(werkproces, motivatie="De baan stopte.", toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert werkproces.open and werkproces.uitkomst == ""
    assert Gebeurtenis.objects.alles(reden="test").count() == voor + 1
    assert not Taak.objects.alles(reden="test").open().filter(soort="nazorg").exists()


@pytest.mark.parametrize("motivatie", ["", " "])
def test_weigert_heropenen_zonder_motivatie(werkproces: Werkproces, coach: Any, motivatie: str) -> None:
    sluit(werkproces, coach)
    with pytest.raises(Geweigerd) as fout:
        heropen(werkproces, motivatie=motivatie, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert fout.value.veld == "motivatie"
    werkproces.refresh_from_db()
    assert not werkproces.open


def test_weigert_heropenen_van_wat_open_is(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="al open"):
        heropen(werkproces, motivatie="Toch.", toegang=fabrieken.toegang(coach), nu=fabrieken.NU)


def test_weigert_heropenen_naast_een_ander_van_dezelfde_soort(werkproces: Werkproces, coach: Any) -> None:
    sluit(werkproces, coach)
    fabrieken.maak_werkproces(werkproces.jongere)
    with pytest.raises(Geweigerd, match="Werk daarin verder"):
        heropen(werkproces, motivatie="De baan stopte.", toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
