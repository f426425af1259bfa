"""Deliveries as somebody meets them who never saw the product: a broken file is mended without help, with and without
script, and every page on the way is accessible and fits a phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from routekaart.leveringen.acties_rij import neem_volgende, nieuwe_houder, verwerk
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.voortgang import Bord
from routekaart.loopbaan.models import Inschrijving
from tests.browser.conftest import BREED, SMAL, TELEFOON
from tests.fabrieken import NU
from tests.leveringen.hulp import Inlezer, inschrijving, persoon, tekst, zet_neer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keur(axe: Callable[[Page], None], past_in_beeld: Callable[[Page], None]) -> Callable[[Page, str], None]:
    """`keur(page, title)`: once the page with that title stands there, it is accessible and fits every width.

    The title is waited for, because a click comes back before the next page has come: axe would judge a page that goes.
    """

    def doe(pagina: Page, titel: str) -> None:
        expect(pagina).to_have_title(re.compile(re.escape(titel)))
        pagina.wait_for_load_state()
        axe(pagina)
        for breed in (TELEFOON, SMAL, BREED):
            pagina.set_viewport_size({"width": breed, "height": 800})
            past_in_beeld(pagina)

    return doe


@pytest.fixture
def inlezer(gebied: Any, tmp_path: Path, settings: Any) -> Inlezer:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return Inlezer(gebied, tmp_path)


def kies_bestand(page: Page, pad: Path, soort: str = "") -> None:
    page.goto(reverse("leveringen:inlezen"))
    page.get_by_label("Bestand", exact=True).set_input_files(pad)
    page.get_by_label("Wat staat erin?").select_option(soort)
    page.get_by_role("button", name="Bekijk wat er verandert").click()


def test_van_welke_gemeenten_alles_erin_staat_wordt_pas_gevraagd_als_alles_erin_staat(
    open_als: Any, administratie: Any, inlezer: Inlezer, keur: Callable[[Page, str], None], tmp_path: Path
) -> None:
    inlezer("brp", [persoon(1), persoon(2), persoon(3, gemeentecode="9102")])
    page: Page = open_als(administratie)
    page.goto(reverse("leveringen:inlezen"))
    expect(page.get_by_label("Gemeente 1-1")).to_be_hidden()
    page.get_by_text("Alles op één dag").click()
    keur(page, "Lees een bestand in")
    for naam in ("Gemeente 1-1", "Gemeente 1-2"):
        page.get_by_label(naam).uncheck()
    page.get_by_label("Bestand", exact=True).set_input_files(zet_neer(tmp_path, [persoon(1)]))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("Eén ding klopt nog niet")).to_be_visible()
    keur(page, "Lees een bestand in")
    page.get_by_label("Gemeente 1-1").check()
    page.get_by_label("Bestand", exact=True).set_input_files(zet_neer(tmp_path, [persoon(1)]))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("alles uit Gemeente 1-1 op")).to_be_visible()
    keur(page, "levering.csv")


@pytest.mark.parametrize("javascript", [True, False], ids=["met-script", "zonder-script"])
def test_een_stuk_bestand_wordt_zonder_hulp_hersteld(
    open_als: Any,
    administratie: Any,
    inlezer: Inlezer,
    keur: Callable[[Page, str], None],
    tmp_path: Path,
    javascript: bool,
) -> None:
    inlezer("brp", [persoon(nummer) for nummer in range(1, 6)])
    rijen = [inschrijving(nummer, onderwijssoort="gymnasium") for nummer in (1, 2)]
    rijen += [inschrijving(3, van="2023-02-31"), inschrijving(4), inschrijving(5, pgn="123456789")]
    rijen += [inschrijving(4, van="01-09-2020", tot="2021-07-31")]
    page: Page = open_als(administratie, javascript=javascript)

    def kijk(titel: str) -> None:
        if javascript:
            keur(page, titel)

    kies_bestand(page, zet_neer(tmp_path, rijen))
    kijk("levering.csv")
    page.get_by_role("button", name="Lees 1 rij in").click()
    expect(page.get_by_text("1 rij is ingelezen.")).to_be_visible()
    kijk("L-")

    page.get_by_role("link", name="Koppel aan ‘vwo’").click()
    kijk("Dezelfde fout in")
    page.get_by_label("Zet hier overal").fill("atheneum")
    page.get_by_role("button", name="Verbeter 2 rijen").click()
    expect(page.get_by_text("Eén ding klopt nog niet")).to_be_visible()
    kijk("Dezelfde fout in")
    page.get_by_label("Zet hier overal").fill("vwo")
    page.get_by_role("button", name="Verbeter 2 rijen").click()
    expect(page.get_by_text("2 rijen ingelezen.")).to_be_visible()

    page.get_by_role("button", name=re.compile("Neem voorstel over rij 7")).click()
    expect(page.get_by_text("Rij 7 is ingelezen.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Verbeter rij 4")).click()
    kijk("Rij 4 van")
    page.get_by_label("van", exact=False).first.fill("2023-02-28")
    page.get_by_role("button", name="Lees deze rij in").click()
    expect(page.get_by_text("Rij 4 is ingelezen.")).to_be_visible()

    page.get_by_role("link", name=re.compile("Verbeter rij 6")).click()
    page.get_by_label("Waarom hebben we dit niet nodig?").fill("Staat dubbel in het bestand")
    page.get_by_role("button", name="Laat deze rij vallen").click()
    expect(page.get_by_text("Rij 6 wacht niet meer.")).to_be_visible()
    kijk("L-")
    page.get_by_role("link", name="rij 6").click()
    kijk("Rij 6 van")
    assert Inschrijving.objects.alles(reden="test").count() == 5
    assert not Uitvalrij.objects.filter(opgelost_op=None).exists()


def test_andere_kolommen_kiezen(
    open_als: Any, administratie: Any, inlezer: Inlezer, keur: Callable[[Page, str], None], tmp_path: Path
) -> None:
    inlezer("brp", [persoon()])
    inhoud = f"BSN leerling;School;Soort onderwijs;Begin\n{persoon()['bsn']};99VA00;havo;2023-08-01\n"
    page: Page = open_als(administratie)
    kies_bestand(page, zet_neer(tmp_path, inhoud), "inschrijvingen")
    expect(page.get_by_role("heading", name="Welke kolom is welke?")).to_be_visible()
    keur(page, "Welke kolom is welke?")
    page.get_by_role("button", name="Onthoud dit en bekijk wat er verandert").click()
    expect(page.get_by_role("alert")).to_be_visible()
    keur(page, "Welke kolom is welke?")
    page.get_by_label("Naam van deze bron").fill("ROC De Waarden")
    page.locator("[name=kolom-van]").select_option("Begin")
    page.get_by_role("button", name="Onthoud dit en bekijk wat er verandert").click()
    page.get_by_role("button", name="Lees 1 rij in").click()
    expect(page.get_by_text("1 rij is ingelezen.")).to_be_visible()
    assert Inschrijving.objects.alles(reden="test").count() == 1
    page.goto(reverse("leveringen:koppelingen"))
    keur(page, "Koppelingen van kolommen")
    expect(page.get_by_role("cell", name="ROC De Waarden", exact=True)).to_be_visible()


def test_een_groot_bestand_laat_zien_hoever_het_is_en_gaat_vanzelf_verder(
    open_als: Any,
    administratie: Any,
    inlezer: Inlezer,
    keur: Callable[[Page, str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("routekaart.leveringen.views.GROOT_BYTES", 10)
    page: Page = open_als(administratie)
    kies_bestand(page, zet_neer(tmp_path, tekst([persoon(1), persoon(2)]), naam="groot.csv"))
    expect(page.get_by_text("Staat in de rij")).to_be_visible()
    keur(page, "groot.csv")
    levering = neem_volgende(nieuwe_houder(), nu=NU)
    assert levering is not None
    Bord(levering.sleutel)(78_214, 100_000)
    expect(page.get_by_text("78.214 van 100.000 rijen bekeken")).to_be_visible()
    keur(page, "groot.csv")
    verwerk(levering, nu=NU)
    expect(page.get_by_text("Er is nog niets ingelezen.")).to_be_visible()


def test_een_geweigerd_bestand_zegt_waarom(
    open_als: Any, administratie: Any, gebied: Any, keur: Callable[[Page, str], None]
) -> None:
    levering = Levering.objects.create(
        regio=gebied.regio, soort="brp", bestandsnaam="foto.csv", sha256="0" * 64, gestart_op=NU,
        stand="geweigerd", reden="Dit is een pdf, geen tabel.",
    )  # fmt: skip
    page: Page = open_als(administratie)
    page.goto(reverse("leveringen:levering", args=[levering.sleutel]))
    expect(page.get_by_text("Dit is een pdf, geen tabel.")).to_be_visible()
    keur(page, "foto.csv")
    page.goto(reverse("leveringen:lijst"))
    keur(page, "Leveringen")
