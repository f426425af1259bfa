"""The page of the plan: made, revised, read back, agreements done, and the regie handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from routekaart.begeleiding.models import Afspraak, Doel, Plan, Regie
from routekaart.dossiers.models import Werkproces
from tests import fabrieken
from tests.begeleiding import stappen

Als = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def nu() -> Any:
    with time_machine.travel(fabrieken.NU, tick=False):
        yield


def adres(werkproces: Werkproces, naam: str = "plan", *args: Any, **vraag: str) -> str:
    query = "&".join(f"{sleutel}={waarde}" for sleutel, waarde in vraag.items())
    return reverse(f"begeleiding:{naam}", args=[werkproces.jongere.sleutel, *args]) + (f"?{query}" if query else "")


def ingevuld(**velden: Any) -> dict[str, Any]:
    return {
        "versie": "0", "op": "17-11-2026", "deelnemers": "Yara en Coach", "domeinen": ["onderwijs"], "akkoord": "on",
        "aantal_doelen": "2", "aantal_afspraken": "3", "doel_0": "Twee open dagen", "doel_0_domein": "werk-opleiding",
        "doel_0_klaar": "01-12-2026", "wat_0": "Zoek open dagen", "wie_0": "Coach", "voor_0": "24-11-2026",
        "ons_0": "on", "onderdeel_contact": "Elke maandag een app", "houder": "Wouter Blom", "gevraagd": "on",
    } | velden  # fmt: skip


def test_maakt_het_plan_met_doel_afspraak_en_regie(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    assert "Maak het plan van aanpak" in browser.get(adres(werkproces)).text
    assert browser.post(adres(werkproces), ingevuld()).status_code == 302
    plan = Plan.objects.alles(reden="test").get()
    assert plan.onderdelen == {"contact": "Elke maandag een app"}
    assert Doel.objects.alles(reden="test").get().leefdomein == "werk-opleiding"
    assert Afspraak.objects.alles(reden="test").get().van_ons
    assert Regie.objects.alles(reden="test").get().houder == "Wouter Blom"
    pagina = browser.get(adres(werkproces)).text
    for woord in (
        "Twee open dagen",
        "Zoek open dagen",
        "Wouter Blom",
        "Elke maandag een app",
        "1 afspraak staat open.",
    ):
        assert woord in pagina


def test_een_halve_afspraak_wordt_gevraagd_en_blijft_staan(als: Als, coach: Any, werkproces: Werkproces) -> None:
    pagina = als(coach).post(adres(werkproces), ingevuld(wat_1="Bel de mentor")).text
    assert "Schrijf op wie dit doet" in pagina and "Kies een datum" in pagina
    assert 'value="Bel de mentor"' in pagina and 'value="Twee open dagen"' in pagina
    assert not Plan.objects.alles(reden="test").exists()


@pytest.mark.parametrize(("meer", "naam"), [("doel", "doel_2"), ("afspraak", "wat_3")])
def test_nog_een_rij_houdt_wat_getypt_is(als: Als, coach: Any, werkproces: Werkproces, meer: str, naam: str) -> None:
    pagina = als(coach).post(adres(werkproces), ingevuld(meer=meer, voor_0="geen datum", houder="")).text
    assert f'name="{naam}"' in pagina
    assert 'value="Twee open dagen"' in pagina and 'value="geen datum"' in pagina
    assert "klopt nog niet" not in pagina and "kloppen nog niet" not in pagina
    assert not Plan.objects.alles(reden="test").exists()


def test_herzien_opent_met_wat_nog_openstaat(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    browser.post(adres(werkproces), ingevuld())
    form = browser.get(adres(werkproces, herzien="ja")).context["form"]
    assert form["doel_0"].value() == "Twee open dagen" and form["wat_0"].value() == "Zoek open dagen"
    assert "houder" not in form.fields and form["akkoord"].value() is None
    data = ingevuld(versie=form["versie"].value(), doel_0_uit=str(form["doel_0_uit"].value()))
    assert browser.post(adres(werkproces), data).status_code == 302
    assert [plan.nummer for plan in Plan.objects.alles(reden="test").order_by("pk")] == [1, 2]
    assert "Dit is een eerder plan" in browser.get(adres(werkproces, nummer="1")).text
    assert browser.get(adres(werkproces, nummer="9")).status_code == 404


def test_een_collega_herzag_intussen(als: Als, coach: Any, collega: Any, werkproces: Werkproces) -> None:
    eerst = stappen.plan(werkproces, coach)
    stappen.plan(werkproces, collega, versie=eerst.versie, regie=None)
    pagina = als(coach).post(adres(werkproces), ingevuld(versie=str(eerst.versie))).text
    assert "Collega wijzigde dit" in pagina and "versie 2" in pagina
    assert 'value="Twee open dagen"' in pagina
    assert Plan.objects.alles(reden="test").count() == 2


def test_een_afspraak_is_gedaan_met_een_klik(als: Als, coach: Any, werkproces: Werkproces) -> None:
    stappen.plan(werkproces, coach)
    afspraak = Afspraak.objects.alles(reden="test").get()
    url = adres(werkproces, "afspraak-gedaan", afspraak.sleutel)
    browser = als(coach)
    assert browser.get(url).status_code == 405
    assert "Alle afspraken zijn gedaan." in browser.post(url, follow=True).text
    afspraak.refresh_from_db()
    assert afspraak.gedaan_op == fabrieken.VANDAAG


def test_een_afspraak_van_een_ander_is_er_niet(
    als: Als, coach: Any, werkproces: Werkproces, gebied: fabrieken.Gebied
) -> None:
    ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    stappen.plan(ander, coach)
    afspraak = Afspraak.objects.alles(reden="test").get()
    assert als(coach).post(adres(werkproces, "afspraak-gedaan", afspraak.sleutel)).status_code == 404


def test_de_regie_wisselt_met_een_reden(als: Als, coach: Any, werkproces: Werkproces) -> None:
    stappen.plan(werkproces, coach, op=fabrieken.VANDAAG - stappen.EEN_DAG)
    browser = als(coach)
    form = browser.get(adres(werkproces, "regie")).context["form"]
    data = {"versie": form["versie"].value(), "houder": "Petra", "gevraagd": "on", "van": "17-11-2026"}
    assert "waarom de regie wisselt" in browser.post(adres(werkproces, "regie"), data).text
    data["reden"] = "Wouter is weg"
    assert browser.post(adres(werkproces, "regie"), data).status_code == 302
    pagina = browser.get(adres(werkproces)).text
    assert "Petra" in pagina and "Eerder: Wouter Blom" in pagina


@pytest.mark.parametrize("naam", ["plan", "regie"])
def test_wie_buiten_bereik_is_ziet_niets(als: Als, buitenstaander: Any, werkproces: Werkproces, naam: str) -> None:
    assert als(buitenstaander).get(adres(werkproces, naam)).status_code == 404


def test_administratie_leest_en_schrijft_niet(als: Als, administratie: Any, coach: Any, werkproces: Werkproces) -> None:
    stappen.plan(werkproces, coach)
    browser = als(administratie)
    pagina = browser.get(adres(werkproces, herzien="ja"))
    assert pagina.status_code == 200 and "form" not in pagina.context
    browser.post(adres(werkproces), ingevuld())
    assert Plan.objects.alles(reden="test").count() == 1


def test_het_aantal_zoekvragen_groeit_niet(
    als: Als, coach: Any, gebied: fabrieken.Gebied, django_assert_max_num_queries: Any
) -> None:
    tellingen = []
    for keer in (1, 6):
        werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
        versie = 0
        for _ in range(keer):
            versie = stappen.plan(werkproces, coach, versie=versie, regie=None).versie
        browser = als(coach)
        browser.get(adres(werkproces))
        with django_assert_max_num_queries(20) as gezien:
            browser.get(adres(werkproces))
        tellingen.append(len(gezien))
    assert tellingen[0] == tellingen[1]
