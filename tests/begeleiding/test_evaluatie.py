"""Step 13: the look back with six questions, and lessons that name nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import NieuwVerbeterpunt
from routekaart.begeleiding.models import Evaluatie, Verbeterpunt
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import Verzorger
from tests.begeleiding import stappen
from tests.fabrieken import VANDAAG


def punt(tekst: str) -> list[NieuwVerbeterpunt]:
    return [NieuwVerbeterpunt("Overdracht", tekst)]


def test_bewaart_antwoorden_en_deelnemers(werkproces: Werkproces, coach: Any) -> None:
    antwoorden = {vraag.code: f"Antwoord {nummer}" for nummer, vraag in enumerate(codelijst("evaluatievragen").waarden)}
    evaluatie = stappen.evalueren(werkproces, coach, antwoorden=antwoorden, deelnemers="Karin Slot, Wouter Blom")
    assert len(evaluatie.antwoorden) == 6
    assert (evaluatie.deelnemers, evaluatie.door) == ("Karin Slot, Wouter Blom", coach)
    assert [feit.op for feit in stappen.feiten(werkproces, "evaluatie.gehouden")] == [VANDAAG]


def test_lege_antwoorden_blijven_weg(werkproces: Werkproces, coach: Any) -> None:
    evaluatie = stappen.evalueren(werkproces, coach, antwoorden={"goed": " Snel gebeld ", "opgelost": "  "})
    assert evaluatie.antwoorden == {"goed": "Snel gebeld"}


def test_een_verbeterpunt_heeft_een_eigenaar_en_geen_jongere(werkproces: Werkproces, gebied: Any, coach: Any) -> None:
    stappen.evalueren(werkproces, coach, verbeterpunten=[NieuwVerbeterpunt("Overdracht", "Eerder warm overdragen", 8)])
    les = Verbeterpunt.objects.get()
    assert (les.regio, les.thema, les.stap, les.stand) == (gebied.regio, "Overdracht", 8, "open")
    assert les.eigenaar == coach
    naar_personen = [veld.name for veld in Verbeterpunt._meta.fields if veld.is_relation]
    assert naar_personen == ["regio", "eigenaar"]


def test_ook_na_het_afsluiten(werkproces: Werkproces, gebied: Any, coach: Any) -> None:
    stappen.melding(werkproces, gebied)
    stappen.afsluiten(werkproces, coach, uitkomst="verhuisd")
    stappen.evalueren(werkproces, coach)
    assert Evaluatie.objects.alles(reden="test").count() == 1


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"deelnemers": " "}, "deelnemers"),
        ({"op": VANDAAG + dt.timedelta(days=1)}, "op"),
        ({"antwoorden": {"goed": " "}}, None),
        ({"verbeterpunten": punt(" ")}, "verbeterpunt"),
        ({"verbeterpunten": [NieuwVerbeterpunt("", "Eerder bellen")]}, "thema"),
    ],
)
def test_weigert_wat_ontbreekt(werkproces: Werkproces, coach: Any, velden: dict[str, Any], veld: str | None) -> None:
    with pytest.raises(Geweigerd) as fout:
        stappen.evalueren(werkproces, coach, **velden)
    assert fout.value.veld == veld
    assert not Evaluatie.objects.alles(reden="test").exists() and not Verbeterpunt.objects.exists()


@pytest.mark.parametrize("wie", ["Yara", "yara", "dekkers", "Blom", "Petra"])
def test_een_verbeterpunt_noemt_niemand(werkproces: Werkproces, coach: Any, wie: str) -> None:
    jongere = werkproces.jongere
    jongere.achternaam = "Dekkers"
    jongere.save()
    Betrokkene.objects.create(jongere=jongere, naam="Wouter Blom", rol="schuldhulp")
    Verzorger.objects.create(jongere=jongere, naam="Petra Dekkers", relatie="moeder", gezag="ja", van=VANDAAG)
    with pytest.raises(Geweigerd, match="zonder namen") as fout:
        stappen.evalueren(werkproces, coach, verbeterpunten=punt(f"Bel {wie} eerder."))
    assert fout.value.veld == "verbeterpunt"


def test_een_woord_dat_op_een_naam_lijkt_mag(werkproces: Werkproces, coach: Any) -> None:
    werkproces.jongere.roepnaam = "Roos"
    werkproces.jongere.save()
    stappen.evalueren(werkproces, coach, verbeterpunten=punt("Maak een rooster met vaste momenten."))
    assert Verbeterpunt.objects.count() == 1
