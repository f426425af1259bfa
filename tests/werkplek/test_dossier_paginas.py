"""Every page of a dossier: opens for who may see it, shows what it is for, and does not grow slower."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.dossiers.acties import leg_contact_vast
from routekaart.dossiers.dossier import TABS
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.werkplek.vullen import vul

Als = Callable[[Any], Client]
EIGEN = {
    "overzicht": "dossiers:overzicht",
    "route": "dossiers:route",
    "over-de-route": "dossiers:over-de-route",
    "loopbaan": "loopbaan:loopbaan",
    "contact": "dossiers:contact",
    "netwerk": "dossiers:netwerk",
    "geschiedenis": "dossiers:geschiedenis",
    "doelgroep": "dossiers:doelgroep",
}
HOOGSTENS = 20  # queries of a dossier page (ontwerp.md, section 8)


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Jongere:
    nieuw = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(nieuw, tot=dt.date(2026, 10, 9))
    return nieuw


@pytest.fixture
def werkproces(jongere: Jongere, coach: Any) -> Werkproces:
    nieuw = fabrieken.maak_werkproces(jongere, behandelaar=coach)
    leg_contact_vast(
        nieuw, met="jongere", kanaal="telefoon", moment=fabrieken.NU, resultaat="contact", verslag="Yara wil verder.",
        toegang=fabrieken.toegang(coach), nu=fabrieken.NU,
    )  # fmt: skip
    return nieuw


def queries(browser: Client, adres: str) -> int:
    with CaptureQueriesContext(connection) as teller:
        assert browser.get(adres).status_code == 200
    # the marks around the line of the log ask the database nothing
    return sum("SAVEPOINT" not in vraag["sql"] for vraag in teller.captured_queries)


@pytest.mark.parametrize("naam", EIGEN)
def test_opent_voor_de_coach_met_kop_en_tabs(als: Als, coach: Any, werkproces: Werkproces, naam: str) -> None:
    pagina = als(coach).get(reverse(EIGEN[naam], args=[werkproces.jongere.sleutel]))
    assert pagina.status_code == 200
    assert pagina.text.count("<h1") == 1
    assert f"<h1>{werkproces.jongere.naam}</h1>" in pagina.text
    for label, _ in TABS.values():
        assert f">{label}" in pagina.text
    assert Logregel.objects.filter(code="dossier.bekeken", jongere_id=werkproces.jongere_id).count() == 1


@pytest.mark.parametrize("naam", EIGEN)
def test_buitenstaander_krijgt_404(als: Als, buitenstaander: Any, werkproces: Werkproces, naam: str) -> None:
    adres = reverse(EIGEN[naam], args=[werkproces.jongere.sleutel])
    assert als(buitenstaander).get(adres).status_code == 404
    assert als(buitenstaander).get(reverse(EIGEN[naam], args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize("naam", [naam for naam in EIGEN if naam not in {"doelgroep", "over-de-route"}])
def test_opent_ook_zonder_werkproces(als: Als, coach: Any, jongere: Jongere, naam: str) -> None:
    pagina = als(coach).get(reverse(EIGEN[naam], args=[jongere.sleutel]))
    assert pagina.status_code == 200


@pytest.mark.parametrize("naam", EIGEN)
def test_get_verandert_niets(als: Als, coach: Any, werkproces: Werkproces, naam: str) -> None:
    voor = (
        werkproces.versie,
        Gebeurtenis.objects.alles(reden="test").count(),
        Taak.objects.alles(reden="test").count(),
    )
    als(coach).get(reverse(EIGEN[naam], args=[werkproces.jongere.sleutel]))
    werkproces.refresh_from_db()
    na = (werkproces.versie, Gebeurtenis.objects.alles(reden="test").count(), Taak.objects.alles(reden="test").count())
    assert voor == na


@pytest.mark.parametrize("naam", EIGEN)
def test_wordt_niet_trager_met_het_dossier(
    gebied: fabrieken.Gebied, als: Als, coach: Any, werkproces: Werkproces, naam: str
) -> None:
    browser, adres = als(coach), reverse(EIGEN[naam], args=[werkproces.jongere.sleutel])
    vul(gebied, werkproces, 3)
    met_drie = queries(browser, adres)
    Taak.objects.alles(reden="test").filter(soort="afspraak").delete()
    vul(gebied, werkproces, 30)
    assert queries(browser, adres) == met_drie
    assert met_drie <= HOOGSTENS


@pytest.mark.parametrize("naam", [naam for _, naam in TABS.values()])
def test_elke_tab_heeft_een_adres(jongere: Jongere, naam: str) -> None:
    assert reverse(naam, args=[jongere.sleutel]).startswith(f"/jongeren/{jongere.sleutel}/")


def test_een_eerder_werkproces_is_te_kiezen_en_blijft_gekozen(als: Als, coach: Any, werkproces: Werkproces) -> None:
    jongere = werkproces.jongere
    Werkproces.objects.alles(reden="test").filter(pk=werkproces.pk).update(
        uitkomst="werk", afgesloten_op=fabrieken.VANDAAG
    )
    nieuw = fabrieken.maak_werkproces(jongere, behandelaar=coach)
    browser, adres = als(coach), reverse("dossiers:route", args=[jongere.sleutel])
    assert browser.get(adres).context["dossier"].werkproces == nieuw
    pagina = browser.get(adres, {"werkproces": str(werkproces.sleutel)})
    assert pagina.context["dossier"].werkproces == werkproces
    assert f"/geschiedenis/?werkproces={werkproces.sleutel}" in pagina.text
    assert browser.get(adres, {"werkproces": str(uuid.uuid4())}).status_code == 404
    assert browser.get(adres, {"werkproces": "geen-sleutel"}).status_code == 404


def test_merken_staan_bovenaan(als: Als, coach: Any, jongere: Jongere) -> None:
    Jongere.objects.alles(reden="test").filter(pk=jongere.pk).update(
        geheimhouding=1, niet_alleen=True, vertrokken_op=dt.date(2026, 9, 1)
    )
    tekst = als(coach).get(reverse("dossiers:overzicht", args=[jongere.sleutel])).text
    for merk in ("Geheimhouding: deel het adres niet", "Ga niet alleen op bezoek", "Vertrokken uit Nederland"):
        assert merk in tekst


def test_wie_alleen_kijkt_ziet_geen_handelingen(als: Als, administratie: Any, werkproces: Werkproces) -> None:
    browser = als(administratie)
    for naam in ("overzicht", "route", "netwerk", "loopbaan", "geschiedenis"):
        tekst = browser.get(reverse(EIGEN[naam], args=[werkproces.jongere.sleutel])).text
        assert "Leg contact vast" not in tekst
        for handeling in ("Schrijf een aantekening", "Wijzig contactgegevens", "Sluit af met een uitkomst"):
            assert handeling not in tekst
        assert "Trek in" not in tekst
    assert browser.get(reverse("dossiers:doelgroep", args=[werkproces.jongere.sleutel])).status_code == 404


def test_het_overzicht_toont_het_laatste_gesprek_en_wat_er_te_doen_is(
    als: Als, coach: Any, werkproces: Werkproces
) -> None:
    pagina = als(coach).get(reverse("dossiers:overzicht", args=[werkproces.jongere.sleutel]))
    beeld = pagina.context["beeld"]
    assert beeld.gesprek.verslag == "Yara wil verder."
    assert [regel.wat for regel in beeld.acties] == ["Lees het dossier"]
    assert "ROC De Waarden" in pagina.text
    assert werkproces.nummer in pagina.text


def test_de_geschiedenis_houdt_wat_ingetrokken_is(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser, adres = als(coach), reverse("dossiers:geschiedenis", args=[werkproces.jongere.sleutel])
    assert "ingetrokken" not in browser.get(adres).text
    moment = werkproces.contactmomenten.alles(reden="test").get()
    intrekken = reverse("dossiers:contact-intrekken", args=[werkproces.jongere.sleutel, moment.sleutel])
    antwoord = browser.post(f"{intrekken}?terug=geschiedenis")
    assert antwoord.headers["Location"] == adres
    tekst = browser.get(adres).text
    assert "ingetrokken" in tekst
    assert "Yara wil verder." in tekst
