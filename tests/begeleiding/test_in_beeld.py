"""Keeping somebody in view: is extra attention needed, is the work still there, and when to look again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.models import Kijkmoment
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import routestand
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import VANDAAG

JUNI = dt.date(2027, 6, 1)
OVER_EEN_JAAR = dt.date(2027, 11, 17)


def kijkmomenten_van(werkproces: Werkproces) -> list[Kijkmoment]:
    return list(Kijkmoment.objects.alles(reden="test").filter(werkproces=werkproces).order_by("-op", "-pk"))


@pytest.fixture
def kwetsbaar(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    """On the route in view, with the doelgroep."""
    werkproces = fabrieken.maak_werkproces(
        fabrieken.maak_jongere(gebied), behandelaar=coach, soort="jikp", route="jikp-volgen"
    )
    stappen.melding(werkproces, gebied)
    stappen.dossier(werkproces, coach)
    stappen.oordeel(werkproces, coach, "jikp")
    return werkproces


@pytest.fixture
def werkend(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    """Somebody who works, looked at again after a year."""
    werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach, route="volgen")
    stappen.melding(werkproces, gebied)
    stappen.dossier(werkproces, coach)
    stappen.oordeel(werkproces, coach, "geen", reden="werk")
    return werkproces


class TestJikp:
    def test_geen_extra_aandacht_houdt_in_beeld(self, kwetsbaar: Werkproces, coach: Any) -> None:
        stappen.jikp(kwetsbaar, coach, bestemming="entree")
        moment = kijkmomenten_van(kwetsbaar)[0]
        assert (moment.extra_aandacht, moment.bestemming, moment.tekst) == (False, "entree", "School helpt goed")
        assert (kwetsbaar.route, kwetsbaar.stap, kwetsbaar.termijn) == ("jikp-volgen", 4, OVER_EEN_JAAR)
        feit = stappen.feiten(kwetsbaar, "jikp.bekeken")[0]
        assert feit.toelichting == "Geen extra aandacht nodig. School helpt goed"

    def test_een_eerder_moment_wordt_een_taak(self, kwetsbaar: Werkproces, coach: Any) -> None:
        stappen.jikp(kwetsbaar, coach, volgende_op=JUNI)
        assert [(taak.due, taak.actie) for taak in stappen.taken(kwetsbaar, "in-beeld")] == [(JUNI, "jikp-bekijken")]
        stappen.jikp(kwetsbaar, coach)
        assert stappen.taken(kwetsbaar, "in-beeld") == []

    def test_over_een_jaar_heeft_de_stap_zelf_een_taak(self, kwetsbaar: Werkproces, coach: Any) -> None:
        stappen.jikp(kwetsbaar, coach, volgende_op=OVER_EEN_JAAR)
        assert stappen.taken(kwetsbaar, "in-beeld") == []
        assert [taak.due for taak in stappen.taken(kwetsbaar, "stap")] == [OVER_EEN_JAAR]

    def test_extra_aandacht_leidt_naar_de_intake(self, kwetsbaar: Werkproces, coach: Any) -> None:
        stappen.jikp(kwetsbaar, coach, extra_aandacht=True, toelichting="School lukt niet meer", volgende_op=JUNI)
        assert (kwetsbaar.route, kwetsbaar.stap) == ("doorstroompunt", 4)
        assert kwetsbaar.kenmerken == ["extra-aandacht"]
        assert stappen.taken(kwetsbaar, "in-beeld") == []
        assert kijkmomenten_van(kwetsbaar)[0].volgende_op is None

    def test_elke_keer_blijft_bewaard(self, kwetsbaar: Werkproces, coach: Any) -> None:
        stappen.jikp(kwetsbaar, coach, bestemming="school", op=VANDAAG - dt.timedelta(days=30))
        stappen.jikp(kwetsbaar, coach, bestemming="werk")
        assert [moment.bestemming for moment in kijkmomenten_van(kwetsbaar)] == ["werk", "school"]

    def test_zonder_doelgroep_geen_andere_route(self, gebied: fabrieken.Gebied, coach: Any) -> None:
        werkproces = fabrieken.maak_werkproces(
            fabrieken.maak_jongere(gebied), behandelaar=coach, soort="jikp", route="jikp-volgen"
        )
        with pytest.raises(Geweigerd, match="doelgroep"):
            stappen.jikp(werkproces, coach, extra_aandacht=True)

    @pytest.mark.parametrize(
        ("velden", "veld"),
        [
            ({"toelichting": " "}, "toelichting"),
            ({"bestemming": "maan"}, "bestemming"),
            ({"op": VANDAAG + dt.timedelta(days=1)}, "op"),
            ({"volgende_op": VANDAAG - dt.timedelta(days=1)}, "volgende_op"),
            ({"volgende_op": OVER_EEN_JAAR + dt.timedelta(days=1)}, "volgende_op"),
        ],
    )
    def test_weigert_wat_niet_kan(self, kwetsbaar: Werkproces, coach: Any, velden: dict[str, Any], veld: str) -> None:
        with pytest.raises(Geweigerd) as fout:
            stappen.jikp(kwetsbaar, coach, **velden)
        assert fout.value.veld == veld
        assert kijkmomenten_van(kwetsbaar) == []

    def test_weigert_op_een_andere_route(self, werkproces: Werkproces, coach: Any) -> None:
        with pytest.raises(Geweigerd, match="andere route"):
            stappen.jikp(werkproces, coach)


class TestVolgen:
    def test_werkt_nog(self, werkend: Werkproces, coach: Any) -> None:
        stappen.situatie(werkend, coach, volgende_op=JUNI)
        assert (werkend.stap, werkend.termijn) == (4, OVER_EEN_JAAR)
        assert stappen.feiten(werkend, "situatie.bekeken")[0].toelichting == "Werkt nog. Yara werkt 32 uur"
        assert [taak.due for taak in stappen.taken(werkend, "in-beeld")] == [JUNI]

    def test_werk_gestopt_vraagt_een_nieuwe_doelgroep(self, werkend: Werkproces, coach: Any) -> None:
        stappen.situatie(werkend, coach, werkt=False, volgende_op=JUNI)
        assert stappen.taken(werkend, "in-beeld") == []
        taak = stappen.taken(werkend, "doelgroep")[0]
        assert (taak.due, taak.waarom) == (dt.date(2026, 11, 24), "Het werk is gestopt")

    def test_weigert_zonder_verslag(self, werkend: Werkproces, coach: Any) -> None:
        with pytest.raises(Geweigerd) as fout:
            stappen.situatie(werkend, coach, toelichting="")
        assert fout.value.veld == "toelichting"

    def test_weigert_na_het_afsluiten(self, werkend: Werkproces, coach: Any) -> None:
        stappen.situatie(werkend, coach)
        stappen.afsluiten(werkend, coach)
        assert routestand(werkend, op=VANDAAG).gesloten
        with pytest.raises(Geweigerd, match="afgesloten"):
            stappen.situatie(werkend, coach)
