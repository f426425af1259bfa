"""The findings that close the analysis: one by one, with their source, complete when the last one is there."""

from __future__ import annotations

from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.begeleiding.acties import leg_inzicht_vast
from routekaart.begeleiding.acties.inzicht import punten
from routekaart.begeleiding.models import Inzicht
from routekaart.dossiers.acties import doe_fase_opnieuw
from routekaart.dossiers.models import Werkproces
from tests import fabrieken
from tests.begeleiding.stappen import EEN_DAG, feiten, inzicht
from tests.fabrieken import NU, VANDAAG

VIER = ["redenen", "wat-nodig", "eerdere-acties", "hulpverlening"]


def leg_vast(werkproces: Werkproces, door: Any, punt: str, **velden: Any) -> Inzicht:
    waarden = {"tekst": "Dit weten we", "bron": "Yara", "op": VANDAAG} | velden
    if punt == "redenen":
        waarden.setdefault("redencode", "studiekeuze")
    return leg_inzicht_vast(werkproces, punt=punt, toegang=fabrieken.toegang(door), nu=NU, **waarden)


def test_zonder_verzuim_zijn_er_vier_punten(werkproces: Werkproces) -> None:
    assert [punt.code for punt in punten(werkproces)] == VIER


def test_bij_verzuim_hoort_ook_wat_er_aan_het_onderwijs_ligt(gebied: fabrieken.Gebied, coach: Any) -> None:
    werkproces = fabrieken.maak_werkproces(
        fabrieken.maak_jongere(gebied), behandelaar=coach, soort="verzuim-18-plus", route="mas-18-plus"
    )
    assert [punt.code for punt in punten(werkproces)] == [*VIER, "onderwijs"]
    for punt in VIER:
        leg_vast(werkproces, coach, punt)
    assert not feiten(werkproces, "inzicht.compleet")
    leg_vast(werkproces, coach, "onderwijs")
    assert len(feiten(werkproces, "inzicht.compleet")) == 1


def test_het_laatste_punt_maakt_het_compleet(werkproces: Werkproces, coach: Any) -> None:
    for punt in VIER[:3]:
        leg_vast(werkproces, coach, punt)
        assert not feiten(werkproces, "inzicht.compleet")
    leg_vast(werkproces, coach, VIER[3])
    assert len(feiten(werkproces, "inzicht.compleet")) == 1
    kort = [feit.toelichting for feit in feiten(werkproces, "inzicht.vastgelegd")]
    assert kort[0] == "Reden van uitval" and len(kort) == 4


def test_verbeteren_maakt_het_niet_nog_eens_compleet(werkproces: Werkproces, coach: Any) -> None:
    inzicht(werkproces, coach)
    rij = Inzicht.objects.alles(reden="test").get(punt="wat-nodig")
    leg_vast(werkproces, coach, "wat-nodig", tekst="Eerst rust", versie=rij.versie)
    assert len(feiten(werkproces, "inzicht.compleet")) == 1
    assert len(feiten(werkproces, "inzicht.vastgelegd")) == 4
    assert Inzicht.objects.alles(reden="test").get(punt="wat-nodig").tekst == "Eerst rust"


def test_een_nieuwe_ronde_vraagt_nieuw_inzicht_en_houdt_het_oude(werkproces: Werkproces, coach: Any) -> None:
    inzicht(werkproces, coach)
    doe_fase_opnieuw(werkproces, fase=2, motivatie="Het liep vast", toegang=fabrieken.toegang(coach), nu=NU)
    leg_vast(werkproces, coach, "redenen")
    assert len(feiten(werkproces, "inzicht.compleet")) == 1
    for punt in VIER[1:]:
        leg_vast(werkproces, coach, punt)
    assert len(feiten(werkproces, "inzicht.compleet")) == 2
    assert Inzicht.objects.alles(reden="test").filter(ronde=1).count() == 4
    assert Inzicht.objects.alles(reden="test").filter(ronde=2).count() == 4


@pytest.mark.parametrize("code", ["", "luiheid"])
def test_de_reden_krijgt_een_code_om_te_tellen(werkproces: Werkproces, coach: Any, code: str) -> None:
    with pytest.raises(Geweigerd, match="soort reden") as weigering:
        leg_vast(werkproces, coach, "redenen", redencode=code)
    assert weigering.value.veld == "redencode"
    assert leg_vast(werkproces, coach, "redenen", redencode="onbekend").redencode == "onbekend"


def test_een_ander_punt_heeft_geen_redencode(werkproces: Werkproces, coach: Any) -> None:
    assert leg_vast(werkproces, coach, "wat-nodig", redencode="persoonlijk").redencode == ""


@pytest.mark.parametrize(
    ("velden", "veld"),
    [({"tekst": " "}, "tekst"), ({"bron": ""}, "bron"), ({"op": VANDAAG + EEN_DAG}, "op")],
)
def test_weigert_een_half_inzicht(werkproces: Werkproces, coach: Any, velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(Geweigerd) as weigering:
        leg_vast(werkproces, coach, "wat-nodig", **velden)
    assert weigering.value.veld == veld


def test_weigert_een_punt_dat_niet_bestaat(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd):
        leg_vast(werkproces, coach, "karakter")


def test_twee_over_hetzelfde_punt_niets_gaat_stil_verloren(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    leg_vast(werkproces, collega, "wat-nodig", tekst="Eerst rust in geldzaken")
    with pytest.raises(Tussentijds) as weigering:
        leg_vast(werkproces, coach, "wat-nodig", tekst="Een andere opleiding")
    assert [(w.label, w.nu) for w in weigering.value.wijzigingen] == [("Inzicht", "Eerst rust in geldzaken")]
    assert Inzicht.objects.alles(reden="test").get().tekst == "Eerst rust in geldzaken"
