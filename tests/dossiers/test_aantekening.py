"""A note in the dossier: what kind of content it is, and where it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.aantekeningen import schrijf_aantekening
from routekaart.dossiers.models import Aantekening, Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.logboek.models import Logregel
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

Als = Callable[[Any], Client]
TEKST = "Yara vertelt dat de bus niet rijdt voor zeven uur."


@pytest.fixture(autouse=True)
def op_dinsdag() -> Iterator[None]:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


def adres(werkproces: Werkproces, naam: str = "aantekening") -> str:
    return reverse(f"dossiers:{naam}", args=[werkproces.jongere.sleutel])


def alle() -> list[Aantekening]:
    return list(Aantekening.objects.alles(reden="test"))


def test_een_aantekening_staat_op_de_tijdlijn_met_haar_soort(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    assert adres(werkproces) in browser.get(adres(werkproces, "route")).text
    antwoord = browser.post(adres(werkproces), {"aard": "uitspraak", "tekst": TEKST, "op": "16-11-2026"})
    assert antwoord.headers["Location"] == adres(werkproces, "geschiedenis")
    (aantekening,) = alle()
    assert (aantekening.aard, aantekening.op, aantekening.door) == ("uitspraak", dt.date(2026, 11, 16), coach)
    assert aantekening.werkproces == werkproces
    (dag,) = browser.get(adres(werkproces, "geschiedenis")).context["dagen"]
    assert dag.kop == "maandag 16 november 2026"
    (regel,) = dag.regels
    assert (regel.wat, regel.toelichting) == ("Aantekening: woorden van de jongere", TEKST)
    assert regel.wie == coach.naam and regel.later_vastgelegd


def test_het_formulier_vraagt_de_soort_en_zegt_wie_het_leest(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    pagina = browser.get(adres(werkproces)).text
    for soort in codelijst("aantekening-soorten").waarden:
        assert soort.label in pagina
    assert "Wie leest dit?" in pagina and "Geen diagnose" in pagina
    antwoord = browser.post(adres(werkproces), {"tekst": TEKST, "op": "16-11-2026"})
    assert antwoord.status_code == 200 and TEKST in antwoord.text
    assert alle() == []


@pytest.mark.parametrize(
    ("velden", "veld"),
    [({"aard": "diagnose"}, "aard"), ({"tekst": "  "}, "tekst"), ({"op": VANDAAG + dt.timedelta(days=1)}, "op")],
)
def test_weigert_een_diagnose_niets_en_morgen(
    werkproces: Werkproces, coach: Any, velden: dict[str, Any], veld: str
) -> None:
    goed = {"aard": "observatie", "tekst": TEKST, "op": VANDAAG}
    with pytest.raises(Geweigerd) as geweigerd:
        schrijf_aantekening(werkproces.jongere, toegang=fabrieken.toegang(coach), nu=NU, **(goed | velden))
    assert geweigerd.value.veld == veld
    assert alle() == []


def test_ook_zonder_werkproces_en_na_het_afsluiten(gebied: fabrieken.Gebied, als: Als, coach: Any) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    url = reverse("dossiers:aantekening", args=[jongere.sleutel])
    assert als(coach).post(url, {"aard": "observatie", "tekst": TEKST, "op": "17-11-2026"}).status_code == 302
    assert alle()[0].werkproces is None
    tijdlijn = als(coach).get(reverse("dossiers:geschiedenis", args=[jongere.sleutel])).text
    assert TEKST in tijdlijn


def test_het_logboek_weet_dat_er_is_geschreven_en_niet_wat(werkproces: Werkproces, coach: Any) -> None:
    schrijf_aantekening(
        werkproces.jongere, aard="afspraak", tekst=TEKST, op=VANDAAG, toegang=fabrieken.toegang(coach), nu=NU
    )
    regel = Logregel.objects.get(code="aantekening.geschreven")
    assert regel.jongere_id == werkproces.jongere_id
    assert TEKST not in (regel.inhoud or "")


def test_wie_alleen_kijkt_schrijft_niet(als: Als, administratie: Any, werkproces: Werkproces) -> None:
    assert als(administratie).get(adres(werkproces)).status_code == 404
