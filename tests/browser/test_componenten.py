"""The example page in a real browser: accessible, whole at every width, and useful without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import fabrieken
from tests.browser.conftest import BREED, SMAL, TELEFOON

pytestmark = pytest.mark.django_db(transaction=True)

ADRES = "/beheer/componenten/"


@pytest.fixture
def beheerder(gebied: fabrieken.Gebied) -> Any:
    """Somebody who may see the example page, and persons too: only then there is a search box."""
    return fabrieken.maak_gebruiker(gebied, "beheerder", "beheerder", "doorstroomcoach")


@pytest.mark.parametrize("breed", [BREED, 1024, 768, TELEFOON, SMAL])
def test_is_toegankelijk_en_past_op_elk_scherm(
    open_als: Callable[..., Page],
    beheerder: Any,
    axe: Callable[[Page], None],
    past_in_beeld: Callable[[Page], None],
    breed: int,
) -> None:
    pagina = open_als(beheerder, breed=breed)
    pagina.goto(ADRES)
    expect(pagina.get_by_role("heading", level=1, name="Onderdelen en staten")).to_be_visible()
    past_in_beeld(pagina)
    axe(pagina)


def test_menu_en_uitleg_opengeklapt_zijn_ook_toegankelijk(
    open_als: Callable[..., Page], beheerder: Any, axe: Callable[..., None], past_in_beeld: Callable[[Page], None]
) -> None:
    pagina = open_als(beheerder, breed=SMAL)
    pagina.goto(ADRES)
    pagina.locator(".rk-menuknop summary").click()
    expect(pagina.get_by_role("navigation", name="Menu", exact=True)).to_be_visible()
    axe(pagina, binnen=".rk-menuknop")
    past_in_beeld(pagina)
    pagina.keyboard.press("Escape")
    expect(pagina.get_by_role("navigation", name="Menu", exact=True)).to_be_hidden()
    pagina.locator(".rk-dossier summary").click()
    axe(pagina)
    past_in_beeld(pagina)


def test_pagina_heeft_geen_inline_stijl_of_script(open_als: Callable[..., Page], beheerder: Any) -> None:
    pagina = open_als(beheerder)
    antwoord = pagina.goto(ADRES)
    assert antwoord is not None
    assert "'unsafe-inline'" not in antwoord.headers["content-security-policy"]
    assert pagina.locator("[style], style, script:not([src])").count() == 0


def test_lettertype_en_stijl_zijn_er_echt(open_als: Callable[..., Page], beheerder: Any) -> None:
    pagina = open_als(beheerder)
    pagina.goto(ADRES)
    assert pagina.evaluate("document.fonts.ready.then(() => document.fonts.check('14px \"Noto Sans Variable\"'))")
    knop = pagina.locator(".utrecht-button--primary-action").first
    assert knop.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(15, 93, 102)"
    assert knop.evaluate("e => e.getBoundingClientRect().height") == 36


def test_knoppen_zijn_op_een_telefoon_groot_genoeg(open_als: Callable[..., Page], beheerder: Any) -> None:
    pagina = open_als(beheerder, breed=TELEFOON)
    pagina.goto(ADRES)
    hoogten = pagina.locator(".utrecht-button:visible").evaluate_all("lijst => lijst.map(e => e.offsetHeight)")
    assert len(hoogten) > 20
    assert min(hoogten) >= 44


def test_schuine_streep_en_ctrl_k_gaan_naar_zoeken(open_als: Callable[..., Page], beheerder: Any) -> None:
    pagina = open_als(beheerder)
    pagina.goto(ADRES)
    zoek = pagina.get_by_role("searchbox", name="Zoek een jongere")
    pagina.locator("body").press("/")
    expect(zoek).to_be_focused()
    zoek.press("/")
    expect(zoek).to_have_value("/")
    pagina.locator("#id_notitie").focus()
    pagina.keyboard.press("Control+k")
    expect(zoek).to_be_focused()


def test_fout_krijgt_de_aandacht_en_wat_je_typte_staat_er_nog(
    open_als: Callable[..., Page], beheerder: Any, axe: Callable[[Page], None]
) -> None:
    pagina = open_als(beheerder)
    pagina.goto(ADRES)
    formulier = pagina.locator("#contact")
    formulier.get_by_label("Datum").fill("31-02-2026")
    formulier.get_by_label("Wat zag of hoorde je?").fill("Niemand deed open.")
    formulier.get_by_text("App", exact=True).click()
    formulier.get_by_role("button", name="Leg vast en plan bezoek").click()
    overzicht = pagina.get_by_role("alert").filter(has_text="Twee dingen kloppen nog niet").first
    expect(overzicht).to_be_focused()
    expect(formulier.get_by_label("Wat zag of hoorde je?")).to_have_value("Niemand deed open.")
    expect(formulier.get_by_label("App", exact=True)).to_be_checked()
    overzicht.get_by_role("link", name="Deze datum bestaat niet").click()
    expect(formulier.get_by_label("Datum")).to_be_focused()
    axe(pagina)


def test_formulier_werkt_zonder_javascript(open_als: Callable[..., Page], beheerder: Any) -> None:
    pagina = open_als(beheerder, javascript=False, breed=TELEFOON)
    pagina.goto(ADRES)
    pagina.locator(".rk-menuknop summary").click()
    expect(pagina.get_by_role("navigation", name="Menu", exact=True)).to_be_visible()
    formulier = pagina.locator("#contact")
    formulier.get_by_label("Huisbezoek").check()
    formulier.get_by_label("Datum").fill("17 nov 2026")
    formulier.get_by_label("Niet thuis").check()
    formulier.get_by_role("button", name="Leg vast en plan bezoek").click()
    expect(pagina.get_by_text("Alles klopt.")).to_be_visible()


def test_getypte_tekst_gaat_niet_zomaar_verloren(open_als: Callable[..., Page], beheerder: Any) -> None:
    pagina = open_als(beheerder)
    pagina.goto(ADRES)
    gevraagd: list[str] = []

    def antwoord(vraag: Any) -> None:
        gevraagd.append(vraag.type)
        vraag.dismiss()

    pagina.on("dialog", antwoord)
    pagina.locator("#contact").get_by_label("Wat zag of hoorde je?").press_sequentially("Niemand")
    pagina.evaluate("setTimeout(() => { location.href = '/beheer/componenten/?weg' })")
    pagina.wait_for_timeout(300)
    assert gevraagd == ["beforeunload"]
    assert "?weg" not in pagina.url
    expect(pagina.locator("#contact").get_by_label("Wat zag of hoorde je?")).to_have_value("Niemand")


def test_vraag_om_bevestiging_komt_ter_plekke_en_gaat_weer_dicht(
    open_als: Callable[..., Page], beheerder: Any, axe: Callable[[Page], None]
) -> None:
    pagina = open_als(beheerder)
    pagina.goto(ADRES)
    knop = pagina.get_by_role("link", name="Stel de vraag hier")
    knop.click()
    venster = pagina.get_by_role("dialog", name="Stuur je deze brief aan 2 mensen?")
    expect(venster.get_by_role("button", name="Verstuur 2 brieven")).to_be_visible()
    axe(pagina)
    venster.get_by_role("link", name="Nog niet").click()
    expect(venster).to_have_count(0)
    expect(knop).to_be_focused()
    knop.click()
    pagina.keyboard.press("Escape")
    expect(venster).to_have_count(0)


def test_ongedaan_balk_gaat_na_tien_tellen_weg_maar_wacht_als_je_hem_aanwijst(
    open_als: Callable[..., Page], beheerder: Any
) -> None:
    pagina = open_als(beheerder)
    pagina.clock.install()
    pagina.goto(ADRES)
    pagina.evaluate(
        """() => {
            const balk = document.createElement("div");
            balk.dataset.ongedaan = "";
            balk.className = "rk-ongedaan";
            balk.innerHTML = "<span>Vastgelegd.</span><button>Proef ongedaan</button>";
            document.querySelector("#inhoud").prepend(balk);
            document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: document.body } }));
        }"""
    )
    knop = pagina.get_by_role("button", name="Proef ongedaan")
    pagina.clock.run_for(9_000)
    expect(knop).to_be_visible()
    knop.focus()
    pagina.clock.run_for(30_000)
    expect(knop).to_be_visible()
    pagina.locator("#zoek").focus()
    pagina.clock.run_for(9_000)
    expect(knop).to_be_visible()
    pagina.clock.run_for(2_000)
    expect(knop).to_have_count(0)


def test_alles_is_met_het_toetsenbord_te_bereiken(open_als: Callable[..., Page], beheerder: Any) -> None:
    pagina = open_als(beheerder)
    pagina.goto(ADRES)
    # an example error summary takes the focus; start where a visitor of an ordinary page starts
    pagina.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    pagina.locator(".rk-naar-inhoud").focus()
    expect(pagina.locator(".rk-naar-inhoud")).to_be_in_viewport()
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#inhoud")).to_be_focused()
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.querySelector('#inhoud').contains(document.activeElement)")


def test_collega_zonder_recht_ziet_de_pagina_niet(open_als: Callable[..., Page], coach: Any) -> None:
    pagina = open_als(coach)
    antwoord = pagina.goto(ADRES)
    assert antwoord is not None
    assert antwoord.status == 404
    expect(pagina.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()
