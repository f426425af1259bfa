"""What a colleague adds to the loopbaan by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.acties import leg_hulp_vast, leg_werk_vast, stel_startkwalificatie_vast
from routekaart.loopbaan.models import Diploma, Hulp, Vaststelling, Werk
from routekaart.loopbaan.selecties import alle_feiten, naam_diploma, naam_inschrijving
from routekaart.meldingen.doelgroep import bepaal
from routekaart.personen.models import Jongere
from tests import fabrieken

SINDS = dt.date(2026, 9, 1)


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Jongere:
    return fabrieken.maak_jongere(gebied)


def door(wie: Any) -> dict[str, Any]:
    return {"toegang": fabrieken.toegang(wie), "nu": fabrieken.NU}


def test_werk_telt_mee_bij_de_doelgroep(jongere: Jongere, coach: Any) -> None:
    fabrieken.maak_inschrijving(jongere, van=dt.date(2021, 8, 1), tot=dt.date(2023, 7, 1))
    voor = bepaal(jongere, op=fabrieken.VANDAAG, toegang=fabrieken.toegang(coach))
    leg_werk_vast(jongere, van=SINDS, uren=32, werkgever="Bakkerij", bron="Yara", **door(coach))
    na = bepaal(jongere, op=fabrieken.VANDAAG, toegang=fabrieken.toegang(coach))
    assert (voor.doelgroep.value, na.doelgroep.value) == ("oud-vsv", "geen")


def test_hulp_alleen_als_de_jongere_het_goed_vindt(jongere: Jongere, coach: Any) -> None:
    velden = {"van": SINDS, "aanbieder": "Stadsbank", "waarvoor": "schulden", "bron": "Yara"}
    with pytest.raises(Geweigerd) as fout:
        leg_hulp_vast(jongere, met_toestemming=False, **velden, **door(coach))
    assert fout.value.veld == "met_toestemming"
    assert not Hulp.objects.alles(reden="test").exists()
    leg_hulp_vast(jongere, met_toestemming=True, **velden, **door(coach))
    assert Hulp.objects.alles(reden="test").get().aanbieder == "Stadsbank"


def test_een_startkwalificatie_buiten_duo_om(jongere: Jongere, coach: Any) -> None:
    stel_startkwalificatie_vast(jongere, op=dt.date(2026, 6, 1), bewijs="diploma uit Polen", bron="Yara", **door(coach))
    besluit = bepaal(jongere, op=fabrieken.VANDAAG, toegang=fabrieken.toegang(coach))
    assert besluit.reden is not None and besluit.reden.value == "startkwalificatie"
    with pytest.raises(Geweigerd, match="toekomst"):
        stel_startkwalificatie_vast(jongere, op=dt.date(2027, 1, 1), bewijs="x", bron="Yara", **door(coach))
    assert Vaststelling.objects.alles(reden="test").count() == 1


def test_weigert_een_einde_voor_het_begin(jongere: Jongere, coach: Any) -> None:
    with pytest.raises(Geweigerd) as fout:
        leg_werk_vast(jongere, van=SINDS, tot=SINDS - dt.timedelta(days=1), bron="Yara", **door(coach))
    assert fout.value.veld == "tot"
    assert not Werk.objects.alles(reden="test").exists()
    assert not Logregel.objects.filter(code="loopbaan.vastgelegd").exists()


def test_alle_feiten_op_volgorde_en_in_woorden(jongere: Jongere, coach: Any) -> None:
    assert alle_feiten(jongere, toegang=fabrieken.toegang(coach)).leeg
    fabrieken.maak_inschrijving(jongere, van=dt.date(2025, 8, 1), opleiding="Techniek")
    fabrieken.maak_inschrijving(
        jongere, van=dt.date(2021, 8, 1), tot=dt.date(2025, 7, 1), onderwijssoort="vmbo-kb", niveau=0
    )
    feiten = alle_feiten(jongere, toegang=fabrieken.toegang(coach))
    assert [naam_inschrijving(rij) for rij in feiten.inschrijvingen] == ["Vmbo kader", "mbo 2 Techniek"]
    assert not feiten.leeg


@pytest.mark.parametrize(("soort", "niveau", "naam"), [("mbo", 2, "Diploma mbo 2"), ("havo", 0, "Diploma havo")])
def test_een_diploma_in_woorden(jongere: Jongere, soort: str, niveau: int, naam: str) -> None:
    assert naam_diploma(Diploma(jongere=jongere, soort=soort, niveau=niveau, behaald_op=SINDS, bron="DUO")) == naam
