"""The pages of the werkplek in a real browser: accessible and whole at every width, and useful without JavaScript."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from routekaart.dossiers.models import Contactmoment, Taak
from routekaart.meldingen.models import Melding
from tests import fabrieken
from tests.browser.conftest import BREED, SMAL, TELEFOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def werk(gebied: fabrieken.Gebied, coach: Any) -> Any:
    """Something too late, something for today at a fixed time, aftercare, and meldingen, for the coach."""
    with transaction.atomic():
        return _maak_werk(gebied, coach)


def _maak_werk(gebied: fabrieken.Gebied, coach: Any) -> Any:
    vandaag = timezone.localdate()
    jongere = fabrieken.maak_jongere(gebied, voornamen="Ruben", achternaam="Tersteeg")
    fabrieken.maak_inschrijving(jongere)
    for nummer, (wat, dagen, soort, tijd) in enumerate(
        (
            ("Bel opnieuw", -4, "contact", None),
            ("Ga op huisbezoek", 0, "contact", dt.time(15, 30)),
            ("Bel voor de nazorg", 0, "nazorg", None),
            ("Stuur een brief", 60, "contact", None),
        )
    ):
        wie = jongere if nummer == 0 else fabrieken.maak_jongere(gebied)
        werkproces = fabrieken.maak_werkproces(wie, behandelaar=coach)
        Taak.objects.create(
            regio=gebied.regio, gemeente=wie.gemeente, soort_werk=wie.soort_werk, jongere=wie, werkproces=werkproces,
            soort=soort, wat=wat, waarom="De vorige keer: geen contact", actie="contact-vastleggen", tijd=tijd,
            vanaf=vandaag - dt.timedelta(days=9), due=vandaag + dt.timedelta(days=dagen), eigenaar=coach,
            herkomst=f"proef:{nummer}",
        )  # fmt: skip
    for stand in (Melding.Stand.TE_BEOORDELEN, Melding.Stand.WACHT):
        melding = fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied), stand=stand)
        melding.ontvangen_op, melding.termijn = timezone.now(), vandaag + dt.timedelta(days=5)
        melding.save()
    fabrieken.maak_melding(gebied, opgegeven_achternaam="Rooy", opgegeven_voornamen="Sem")
    fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
    return jongere


PAGINAS = [
    ("doorstroomcoach", "/"),
    ("doorstroomcoach", "/?toon=wacht-melder"),
    ("coordinator", "/"),
    ("administratie", "/"),
    ("doorstroomcoach", "/jongeren/"),
    ("doorstroomcoach", "/jongeren/?stand=zonder&gemeente=9101"),
    ("doorstroomcoach", "/zoeken/?q=dekkers"),
    ("doorstroomcoach", "/zoeken/?q=bestaatniet"),
    ("doorstroomcoach", "/zoeken/"),
    ("doorstroomcoach", "/doelgroepwijzer/"),
    ("doorstroomcoach", "/hulp/"),
    ("doorstroomcoach", "/toegankelijkheid/"),
    ("doorstroomcoach", "/wat-wij-vastleggen/"),
    ("ketenpartner", "/"),
]


@pytest.mark.parametrize("breed", [BREED, TELEFOON, SMAL])
def test_elke_pagina_is_toegankelijk_en_past(
    open_als: Callable[..., Page],
    gebied: fabrieken.Gebied,
    coach: Any,
    werk: Any,
    axe: Callable[..., None],
    past_in_beeld: Callable[[Page], None],
    breed: int,
) -> None:
    vensters: dict[str, Page] = {"doorstroomcoach": open_als(coach, breed=breed)}
    for rol in ("coordinator", "administratie", "ketenpartner"):
        vensters[rol] = open_als(fabrieken.maak_gebruiker(gebied, f"een-{rol}", rol), breed=breed)
    for rol, adres in PAGINAS:
        pagina = vensters[rol]
        antwoord = pagina.goto(adres)
        assert antwoord is not None and antwoord.status == 200, adres
        expect(pagina.locator("h1")).to_have_count(1)
        past_in_beeld(pagina)
        axe(pagina, smal=breed != BREED)


@pytest.mark.parametrize("breed", [BREED, SMAL])
def test_lege_werkvoorraad_is_ook_toegankelijk(
    open_als: Callable[..., Page],
    coach: Any,
    axe: Callable[[Page], None],
    past_in_beeld: Callable[[Page], None],
    breed: int,
) -> None:
    pagina = open_als(coach, breed=breed)
    pagina.goto("/")
    expect(pagina.get_by_role("heading", name="Je bent bij. Vandaag hoeft er niets meer.")).to_be_visible()
    past_in_beeld(pagina)
    axe(pagina)


@pytest.mark.parametrize("javascript", [True, False])
def test_geprobeerd_geen_gehoor_met_een_klik_en_weer_terug(
    open_als: Callable[..., Page], coach: Any, werk: Any, javascript: bool
) -> None:
    pagina = open_als(coach, javascript=javascript)
    pagina.goto("/")
    te_laat = pagina.locator("section", has=pagina.get_by_role("heading", name="Te laat"))
    te_laat.get_by_role("button", name="Geprobeerd, geen gehoor bij Ruben Tersteeg").click()
    expect(pagina.get_by_text("Poging bij Ruben vastgelegd: geen gehoor.")).to_be_visible()
    expect(pagina.get_by_role("heading", name="Te laat")).to_have_count(0)
    assert Contactmoment.objects.alles(reden="proef").filter(ingetrokken_op=None).count() == 1
    pagina.get_by_role("button", name="Maak ongedaan").click()
    expect(pagina.get_by_role("heading", name="Te laat")).to_be_visible()
    assert Contactmoment.objects.alles(reden="proef").filter(ingetrokken_op=None).count() == 0


def test_van_de_rij_naar_de_jongere_en_naar_de_handeling(open_als: Callable[..., Page], coach: Any, werk: Any) -> None:
    pagina = open_als(coach)
    pagina.goto("/")
    pagina.get_by_role("link", name="Ruben Tersteeg", exact=True).click()
    expect(pagina.get_by_role("heading", level=1, name="Ruben Tersteeg")).to_be_visible()
    assert "/route/" in pagina.url
    pagina.goto("/")
    pagina.get_by_role("link", name="Leg contact vast bij Ruben Tersteeg").click()
    assert "/contact/" in pagina.url
    expect(pagina.get_by_label("Telefoon", exact=True).first).to_be_checked()


def test_zoeken_vanaf_elke_pagina_met_de_schuine_streep(open_als: Callable[..., Page], coach: Any, werk: Any) -> None:
    pagina = open_als(coach)
    pagina.goto("/hulp/")
    pagina.keyboard.press("/")
    pagina.keyboard.type("tersteegh ruben")
    pagina.keyboard.press("Enter")
    pagina.get_by_label("Wie zoek je?").fill("tersteg")
    pagina.get_by_role("button", name="Zoek", exact=True).click()
    assert pagina.url.endswith("/zoeken/?q=tersteg")
    pagina.get_by_role("link", name="Ruben Tersteeg").click()
    expect(pagina.get_by_role("heading", level=1, name="Ruben Tersteeg")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_de_wijzer_werkt_zonder_javascript(
    open_als: Callable[..., Page],
    coach: Any,
    axe: Callable[[Page], None],
    past_in_beeld: Callable[[Page], None],
    javascript: bool,
) -> None:
    pagina = open_als(coach, javascript=javascript)
    pagina.goto("/doelgroepwijzer/")
    pagina.get_by_role("textbox", name="Geboortedatum").fill("6-5-2004")
    pagina.get_by_label("Op welke dag kijk je?").fill("1-2-2024")
    pagina.get_by_label("Vergelijk met").fill("1-9-2024")
    pagina.get_by_role("button", name="Voeg inschrijving toe").click()
    for nummer, (niveau, van, tot) in enumerate((("1", "1-8-2021", "31-7-2022"), ("2", "1-8-2022", "15-3-2021"))):
        rij = pagina.get_by_role("group", name=f"inschrijving {nummer + 1}")
        rij.get_by_label("Soort onderwijs").select_option("mbo")
        rij.get_by_label("Niveau").select_option(niveau)
        rij.get_by_label("Eerste dag").fill(van)
        rij.get_by_label("Laatste dag").fill(tot)
    pagina.get_by_label("Laatste dag").last.press("Enter")
    expect(pagina.get_by_role("alert")).to_contain_text("De laatste dag ligt voor de eerste dag, 1 augustus 2022")
    if javascript:
        axe(pagina)
    pagina.get_by_label("Laatste dag").last.fill("15-3-2023")
    pagina.get_by_role("button", name="Bepaal de doelgroep").last.click()
    expect(pagina.get_by_role("heading", name="Nieuwe vsv'er")).to_be_visible()
    expect(pagina.get_by_text("Op 1 september 2024 is anders: doelgroep.")).to_be_visible()
    past_in_beeld(pagina)
    if javascript:
        axe(pagina)
    pagina.get_by_role("button", name="Haal weg inschrijving 1").click()
    expect(pagina.get_by_role("group", name="inschrijving 2")).to_have_count(0)
    expect(pagina.get_by_label("Eerste dag")).to_have_value("1-8-2022")
