"""The talk about privacy: held, with every yes and no of it, or nothing at all."""

from __future__ import annotations

from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import houd_privacygesprek
from routekaart.begeleiding.models import Privacygesprek
from routekaart.delen.acties import Antwoord
from routekaart.delen.models import Toestemming
from routekaart.dossiers.models import Werkproces
from tests import fabrieken
from tests.begeleiding.stappen import EEN_DAG, feiten
from tests.fabrieken import NU, VANDAAG


def gesprek(werkproces: Werkproces, door: Any, *antwoorden: Antwoord, **velden: Any) -> Privacygesprek:
    waarden = {"op": VANDAAG, "antwoorden": antwoorden} | velden
    return houd_privacygesprek(werkproces, toegang=fabrieken.toegang(door), nu=NU, **waarden)


def test_ja_en_nee_worden_allebei_vastgelegd(werkproces: Werkproces, coach: Any) -> None:
    gesprek(werkproces, coach, Antwoord("ROC", "verzuim", True), Antwoord("Huisarts", "gezondheid", False))
    antwoorden = Toestemming.objects.alles(reden="test").order_by("pk").values_list("ontvanger", "gegeven")
    assert list(antwoorden) == [("ROC", True), ("Huisarts", False)]
    (feit,) = feiten(werkproces, "privacy.besproken")
    assert feit.herkomst.startswith("privacygesprek:")


def test_een_gesprek_zonder_toestemming_is_ook_een_gesprek(werkproces: Werkproces, coach: Any) -> None:
    gesprek(werkproces, coach, besproken="We delen alleen met school wat over het verzuim gaat")
    assert feiten(werkproces, "privacy.besproken")
    assert not Toestemming.objects.alles(reden="test").exists()


def test_een_papier_hoort_bij_alle_antwoorden(werkproces: Werkproces, coach: Any) -> None:
    antwoorden = [Antwoord(wie, "verzuim", True, vorm="schriftelijk") for wie in ("ROC", "Wijkteam")]
    gesprek(werkproces, coach, *antwoorden, verklaring=b"%PDF-1.7")
    documenten = {rij.document_id for rij in Toestemming.objects.alles(reden="test")}
    assert len(documenten) == 1 and None not in documenten


def test_klopt_een_antwoord_niet_dan_staat_er_niets(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd):
        gesprek(werkproces, coach, Antwoord("ROC", "verzuim", True), Antwoord("Bank", " ", True))
    assert not Toestemming.objects.alles(reden="test").exists()
    assert not Privacygesprek.objects.alles(reden="test").exists()
    assert not feiten(werkproces)


def test_weigert_een_dag_die_nog_komt(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="toekomst"):
        gesprek(werkproces, coach, op=VANDAAG + EEN_DAG)
