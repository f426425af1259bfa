"""Life domains and Big 5: every reading stays, none is mandatory, and done is what somebody says is done."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import leg_big5_vast, rond_leefdomeinen_af
from routekaart.begeleiding.models import Big5stand, Doel, Leefdomeinbeeld
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from tests import fabrieken
from tests.begeleiding.stappen import EEN_DAG, feiten, leefdomein, plan
from tests.fabrieken import NU, VANDAAG


def beelden(werkproces: Werkproces) -> list[Leefdomeinbeeld]:
    return list(Leefdomeinbeeld.objects.alles(reden="test").filter(werkproces=werkproces).order_by("pk"))


def test_elke_stand_blijft_staan(werkproces: Werkproces, coach: Any) -> None:
    leefdomein(werkproces, coach, stand=1, op=VANDAAG - dt.timedelta(days=90), besproken=False)
    leefdomein(werkproces, coach, stand=3, besproken=False)
    assert [(beeld.domein, beeld.stand) for beeld in beelden(werkproces)] == [("financien", 1), ("financien", 3)]
    assert not feiten(werkproces)


@pytest.mark.parametrize("domein", sorted(codelijst("leefdomeinen").codes))
def test_elk_van_de_dertien_mag_als_enige(werkproces: Werkproces, coach: Any, domein: str) -> None:
    leefdomein(werkproces, coach, domein=domein)
    (feit,) = feiten(werkproces, "leefdomeinen.besproken")
    assert feit.toelichting == "1 van 13 besproken"


def test_een_stand_mag_leeg_zijn_en_een_tekst_ook(werkproces: Werkproces, coach: Any) -> None:
    alleen_tekst = leefdomein(werkproces, coach, stand=None, tekst="“Het gaat wel”", aard="woorden")
    alleen_stand = leefdomein(werkproces, coach, stand=4, tekst="", aard="feit")
    assert (alleen_tekst.stand, alleen_tekst.aard) == (None, "woorden")
    assert (alleen_stand.stand, alleen_stand.aard) == (4, "")


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"domein": "humeur"}, "domein"),
        ({"stand": 0}, "stand"),
        ({"stand": 6}, "stand"),
        ({"stand": None}, "tekst"),
        ({"tekst": "Schulden", "aard": ""}, "aard"),
        ({"tekst": "Schulden", "aard": "diagnose"}, "aard"),
        ({"op": VANDAAG + EEN_DAG}, "op"),
    ],
)
def test_weigert_wat_niet_kan(werkproces: Werkproces, coach: Any, velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(Geweigerd) as weigering:
        leefdomein(werkproces, coach, **velden)
    assert weigering.value.veld == veld
    assert not beelden(werkproces) and not feiten(werkproces)


def rond_af(werkproces: Werkproces, door: Any) -> None:
    rond_leefdomeinen_af(werkproces, op=VANDAAG, toegang=fabrieken.toegang(door), nu=NU)


def test_besproken_kan_pas_als_er_iets_staat(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="minstens één leefdomein"):
        rond_af(werkproces, coach)
    leefdomein(werkproces, coach, besproken=False)
    leefdomein(werkproces, coach, domein="gezin", besproken=False)
    leefdomein(werkproces, coach, domein="gezin", stand=5, besproken=False)
    rond_af(werkproces, coach)
    assert feiten(werkproces, "leefdomeinen.besproken")[0].toelichting == "2 van 13 besproken"


def test_een_doel_van_het_plan_hoort_bij_een_domein(werkproces: Werkproces, coach: Any) -> None:
    doel = plan(werkproces, coach).doelen.alles(reden="test").get()
    leefdomein(werkproces, coach, doel=doel)
    doel.refresh_from_db()
    assert doel.leefdomein == "financien"


def test_een_doel_van_een_oud_plan_niet(werkproces: Werkproces, coach: Any) -> None:
    eerst = plan(werkproces, coach)
    doel = eerst.doelen.alles(reden="test").get()
    plan(werkproces, coach, versie=eerst.versie)
    with pytest.raises(Geweigerd, match="hoort niet meer bij het plan"):
        leefdomein(werkproces, coach, doel=doel)


def test_een_doel_van_een_ander_niet(werkproces: Werkproces, coach: Any, gebied: fabrieken.Gebied) -> None:
    ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    doel = plan(ander, coach).doelen.alles(reden="test").get()
    with pytest.raises(Geweigerd) as weigering:
        leefdomein(werkproces, coach, doel=doel)
    assert weigering.value.veld == "doel"
    assert not Doel.objects.alles(reden="test").filter(leefdomein="financien").exists()


def big5(werkproces: Werkproces, door: Any, standen: dict[str, tuple[str, str]], **velden: Any) -> list[Big5stand]:
    return leg_big5_vast(
        werkproces, standen=standen, toegang=fabrieken.toegang(door), nu=NU, **({"op": VANDAAG} | velden)
    )


def test_big5_bewaart_alleen_wat_gezegd_is(werkproces: Werkproces, coach: Any) -> None:
    big5(werkproces, coach, {"wonen": ("deels", "Slaapt bij een vriend"), "inkomen": ("", ""), "support": ("ja", "")})
    rijen = Big5stand.objects.alles(reden="test").order_by("principe")
    assert [(rij.principe, rij.stand) for rij in rijen] == [("support", "ja"), ("wonen", "deels")]


@pytest.mark.parametrize("standen", [{}, {"wonen": ("", "Bij een vriend")}])
def test_big5_zonder_antwoord_is_niets(werkproces: Werkproces, coach: Any, standen: dict[str, tuple[str, str]]) -> None:
    with pytest.raises(Geweigerd, match="minstens één punt"):
        big5(werkproces, coach, standen)


@pytest.mark.parametrize("standen", [{"geluk": ("ja", "")}, {"wonen": ("misschien", "")}])
def test_big5_weigert_wat_niet_bestaat(werkproces: Werkproces, coach: Any, standen: dict[str, tuple[str, str]]) -> None:
    with pytest.raises(Geweigerd):
        big5(werkproces, coach, standen)
    assert not Big5stand.objects.alles(reden="test").exists()
