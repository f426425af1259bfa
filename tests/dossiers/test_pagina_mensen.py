"""Contact data and the people around the jongere: added, changed, and two colleagues at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routekaart.logboek.models import Logregel
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import Jongere, Verzorger
from routekaart.personen.selecties import zoek
from tests import fabrieken

Als = Callable[[Any], Client]


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Jongere:
    return fabrieken.maak_jongere(gebied, telefoon="0611")


def adres(jongere: Jongere, naam: str, *args: object) -> str:
    return reverse(f"dossiers:{naam}", args=[jongere.sleutel, *args])


def invoer(pagina: Any, **velden: str) -> dict[str, str]:
    """What the browser sends back: the fields as they stood, what they began with, and what was typed."""
    form = pagina.context["form"]
    data = {}
    for veld in form:
        waarde = veld.value()
        data[veld.html_name] = "" if waarde is None else str(waarde)
        if veld.field.show_hidden_initial:
            data[veld.html_initial_name] = data[veld.html_name]
    return data | velden


def test_wijzigt_contactgegevens_en_vindt_op_roepnaam(als: Als, coach: Any, jongere: Jongere) -> None:
    browser, url = als(coach), adres(jongere, "contactgegevens")
    data = invoer(browser.get(url), roepnaam="Yaar", telefoon="0622", niet_alleen="on")
    assert browser.post(url, data).headers["Location"] == adres(jongere, "overzicht")
    jongere.refresh_from_db()
    assert (jongere.roepnaam, jongere.telefoon, jongere.niet_alleen) == ("Yaar", "0622", True)
    assert list(zoek("yaar", toegang=fabrieken.toegang(coach))) == [jongere]
    assert Logregel.objects.get(code="jongere.gewijzigd").jongere_id == jongere.pk


def test_de_tweede_ziet_wat_er_veranderde_en_houdt_wat_getypt_is(
    als: Als, coach: Any, collega: Any, jongere: Jongere
) -> None:
    url = adres(jongere, "contactgegevens")
    van_coach, van_collega = als(coach), als(collega)
    eerste, tweede = van_coach.get(url), van_collega.get(url)
    van_coach.post(url, invoer(eerste, telefoon="0622"))
    antwoord = van_collega.post(url, invoer(tweede, telefoon="0633", email="yara@post.example"))
    assert antwoord.status_code == 200
    assert "wijzigde dit terwijl jij bezig was" in antwoord.text
    assert "0611" in antwoord.text and "<b>0622</b>" in antwoord.text
    assert 'value="0633"' in antwoord.text and 'value="yara@post.example"' in antwoord.text
    jongere.refresh_from_db()
    assert (jongere.telefoon, jongere.email) == ("0622", "")
    opnieuw = invoer(antwoord, telefoon="0633")
    assert van_collega.post(url, opnieuw).status_code == 302
    jongere.refresh_from_db()
    assert (jongere.telefoon, jongere.email) == ("0633", "yara@post.example")


def test_een_onmogelijk_mailadres_houdt_de_rest(als: Als, coach: Any, jongere: Jongere) -> None:
    browser, url = als(coach), adres(jongere, "contactgegevens")
    antwoord = browser.post(url, invoer(browser.get(url), email="geen adres", telefoon="0644"))
    assert "is geen e-mailadres" in antwoord.text
    assert 'value="0644"' in antwoord.text
    jongere.refresh_from_db()
    assert jongere.telefoon == "0611"


def test_voegt_een_verzorger_toe_en_wijzigt_haar(als: Als, coach: Any, jongere: Jongere) -> None:
    browser, nieuw = als(coach), adres(jongere, "verzorger-nieuw")
    data = invoer(browser.get(nieuw), naam="Petra", relatie="moeder", gezag="ja", van="04-03-2007")
    assert browser.post(nieuw, data).headers["Location"] == adres(jongere, "netwerk")
    petra = Verzorger.objects.alles(reden="test").get()
    assert "Petra" in browser.get(adres(jongere, "netwerk")).text
    url = adres(jongere, "verzorger", petra.sleutel)
    data = invoer(browser.get(url), van="04-03-2007", toelichting="Bel alleen als Yara ja zegt")
    assert browser.post(url, data).status_code == 302
    petra.refresh_from_db()
    assert petra.toelichting == "Bel alleen als Yara ja zegt"


def test_weigert_een_verzorger_die_stopt_voor_ze_begint(als: Als, coach: Any, jongere: Jongere) -> None:
    browser, nieuw = als(coach), adres(jongere, "verzorger-nieuw")
    data = invoer(browser.get(nieuw), naam="Petra", relatie="moeder", gezag="ja", van="04-03-2007", tot="1-1-2007")
    antwoord = browser.post(nieuw, data)
    assert "laatste dag ligt voor de eerste" in antwoord.text and 'value="Petra"' in antwoord.text
    assert not Verzorger.objects.alles(reden="test").exists()


def test_voegt_een_betrokkene_toe_en_die_stopt(als: Als, coach: Any, jongere: Jongere) -> None:
    browser, nieuw = als(coach), adres(jongere, "betrokkene-nieuw")
    browser.post(nieuw, invoer(browser.get(nieuw), naam="Karin Slot", rol="mentor", organisatie="ROC De Waarden"))
    karin = Betrokkene.objects.alles(reden="test").get()
    url = adres(jongere, "betrokkene", karin.sleutel)
    browser.post(url, invoer(browser.get(url), gestopt_op="01-11-2026"))
    tekst = browser.get(adres(jongere, "netwerk")).text
    assert "Karin Slot" in tekst and "niet meer betrokken" in tekst


@pytest.mark.parametrize("naam", ["verzorger", "betrokkene"])
def test_iemand_van_een_ander_dossier_bestaat_niet(
    gebied: fabrieken.Gebied, als: Als, coach: Any, jongere: Jongere, naam: str
) -> None:
    ander = fabrieken.maak_jongere(gebied)
    rij: Verzorger | Betrokkene
    if naam == "verzorger":
        rij = Verzorger.objects.create(jongere=ander, naam="Ander", van=fabrieken.VANDAAG)
    else:
        rij = Betrokkene.objects.create(jongere=ander, naam="Ander", rol="mentor")
    browser = als(coach)
    assert browser.get(adres(jongere, naam, rij.sleutel)).status_code == 404
    assert browser.get(adres(jongere, naam, uuid.uuid4())).status_code == 404
    assert browser.get(adres(ander, naam, rij.sleutel)).status_code == 200


@pytest.mark.parametrize("naam", ["contactgegevens", "verzorger-nieuw", "betrokkene-nieuw"])
def test_alleen_wie_hier_werkt(als: Als, administratie: Any, buitenstaander: Any, jongere: Jongere, naam: str) -> None:
    for wie in (administratie, buitenstaander):
        assert als(wie).get(adres(jongere, naam)).status_code == 404
        assert als(wie).post(adres(jongere, naam), {"naam": "X", "rol": "Y"}).status_code == 404
    assert not Betrokkene.objects.alles(reden="test").exists()
