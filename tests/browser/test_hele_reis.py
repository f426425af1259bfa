"""One young person from the file of DUO to the evaluation, through all thirteen steps, in the browser.

With ROUTEKAART_SCHERMAFDRUKKEN set to a folder, every step leaves its picture there; the docs are made of these.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.netwerk.models import Ketenpartner
from tests import fabrieken

pytestmark = pytest.mark.django_db(transaction=True)

WACHTWOORD = "een-lang-wachtwoord"
VANDAAG = dt.date.today()


def nl(dag: dt.date) -> str:
    return dag.strftime("%d-%m-%Y")


class Wandeling:
    """A browser window of one colleague, with words for what a person does in it."""

    def __init__(self, page: Page, basis: str) -> None:
        self.page = page
        self.basis = basis
        self.afdruk = 0

    def meld_aan(self, email: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto(self.basis)
        self.page.get_by_label(re.compile("e-mail", re.I)).fill(email)
        self.page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
        self.page.get_by_role("button", name=re.compile("meld je aan|aanmelden", re.I)).click()

    def druk_af(self, naam: str) -> None:
        """Keeps a picture of the page, where a folder was given for it."""
        self.afdruk += 1
        if folder := os.environ.get("ROUTEKAART_SCHERMAFDRUKKEN"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{self.afdruk:02}-{naam}.png", full_page=True)

    def vul(self, **velden: str) -> None:
        for naam, waarde in velden.items():
            self.page.locator(f"main [name={naam}]").first.fill(waarde)

    def kies(self, **velden: str) -> None:
        for naam, waarde in velden.items():
            self.page.locator(f"main [name={naam}][value='{waarde}']").check()

    def vink(self, *namen: str) -> None:
        for naam in namen:
            self.page.locator(f"main [name={naam}]").check()

    def knop(self, tekst: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=tekst).first.click()

    def link(self, tekst: str) -> None:
        self.page.get_by_role("link", name=tekst).first.click()

    def nu(self) -> str:
        """The name of the step that the map shows as now."""
        self.page.get_by_role("link", name="Route", exact=True).click()
        return self.page.locator("[aria-current=step]").first.inner_text()


@pytest.fixture
def proefbestand(tmp_path: Path) -> Path:
    """What DUO sends: 20 hours of absence in four weeks."""
    dagen = [VANDAAG - dt.timedelta(days=terug) for terug in (24, 17, 10, 3)]
    rij = {
        "meldingsnummer": "880001", "versie": "1", "pgn": fabrieken.test_bsn(77), "brin": "99RC00", "soort": "16-uur",
        "berichtcode": "V4", "begindatum": dagen[0].isoformat(), "reden": "Komt niet meer; één keer gebeld",
        "ondernomen_actie": "De mentor belde en stuurde een brief", "gewenste_actie": "Een gesprek samen met school",
        "contact_naam": "Karin Slot", "contact_functie": "mentor", "contact_telefoon": "06 0000 0000",
        "achternaam": "Veenstra", "uren": ";".join(f"{dag.isoformat()}:5" for dag in dagen), "status": "nieuw",
        "gemeld_op": VANDAAG.isoformat(),
    }  # fmt: skip
    pad = tmp_path / "duo-verzuim.csv"
    with pad.open("w", encoding="cp1252", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, list(rij), delimiter=";")
        schrijver.writeheader()
        schrijver.writerow(rij)
    return pad


@pytest.fixture
def wandeling(page: Page, live_server: Any, gebied: fabrieken.Gebied) -> Wandeling:
    for naam, heel, rol, team in (
        ("noor", "Noor Haverkamp", "doorstroomcoach", gebied.doorstroompunt),
        ("bram", "Bram Oosting", "administratie", gebied.alles),
    ):
        gebruiker = fabrieken.maak_gebruiker(gebied, naam, rol, team=team)
        gebruiker.naam = heel
        gebruiker.save()
    gebied.gemeente.naam = "Veldermeer"
    gebied.gemeente.save()
    school = fabrieken.maak_instelling(brin="99RC00", naam="ROC De Waarden", plaats="Veldermeer")
    Ketenpartner.objects.create(regio=gebied.regio, naam=school.naam, soort="school", instelling=school)
    geboren = VANDAAG.replace(year=VANDAAG.year - 19, day=1)
    luuk = fabrieken.maak_jongere(
        gebied, achternaam="Veenstra", voornamen="Luuk", geboortedatum=geboren.isoformat(), bsn=fabrieken.test_bsn(77)
    )
    fabrieken.maak_inschrijving(luuk, instelling=school, van=dt.date(VANDAAG.year - 2, 8, 1))
    page.set_default_timeout(10_000)
    return Wandeling(page, live_server.url)


def test_van_het_bestand_van_duo_tot_de_evaluatie(wandeling: Wandeling, proefbestand: Path) -> None:
    lees_in(wandeling, proefbestand)
    wandeling.meld_aan("noor@veldermeer.example")
    beoordeel(wandeling)
    plan_en_houd_intake(wandeling)
    bespreek_privacy(wandeling)
    rond_vooronderzoek_af(wandeling)
    maak_plan(wandeling)
    voer_uit(wandeling)
    sluit_af(wandeling)
    koppel_terug(wandeling)
    evalueer(wandeling)
    controleer()


def lees_in(w: Wandeling, bestand: Path) -> None:
    """The administration tries the file and takes it in; the melding starts a werkproces (step 1)."""
    w.meld_aan("bram@veldermeer.example")
    w.page.goto(f"{w.basis}/leveringen/inlezen/")
    w.page.locator("main [name=soort]").select_option("duo-verzuim")
    w.page.locator("main [name=bestand]").set_input_files(bestand)
    w.knop("Bekijk wat er verandert")
    w.knop("Lees 1 rij in")
    w.druk_af("inlezen")


def beoordeel(w: Wandeling) -> None:
    """The coach asks school, Luuk and a partner (step 2), and judges (step 3)."""
    w.druk_af("werkvoorraad")
    w.link("Luuk Veenstra")
    assert "Dossier" in w.nu()
    w.druk_af("route-stap-2")
    for met, naam, verslag in (
        ("school", "Karin Slot", "De mentor belde drie keer en stuurde een brief."),
        ("jongere", "", "Luuk wil wel praten, liefst na zijn werk."),
        ("ketenpartner", "Marleen Vos", "Het wijkteam kent het gezin. Er loopt nu geen hulp."),
    ):
        w.page.get_by_role("link", name="Contact", exact=True).click()
        w.kies(met=met, kanaal="telefoon", resultaat="contact")
        w.vul(verslag=verslag, **({"met_naam": naam} if naam else {}))
        if met == "jongere":
            w.druk_af("stap-2-contact")
        w.knop("Leg vast")
    assert "Doelgroep" in w.nu()
    w.page.locator("#nu").get_by_role("link").first.click()
    w.druk_af("stap-3-melding")
    w.link("Ja, start de route")
    w.vul(motivatie="School komt er alleen niet meer uit en Luuk wil geholpen worden.")
    if w.page.locator("main [name=onvolledig_omdat]").count():
        w.vul(onvolledig_omdat="Luuk vertelde de rest zelf.")
    w.druk_af("stap-3-oordeel")
    w.knop("Start de route")


def plan_en_houd_intake(w: Wandeling) -> None:
    """Step 4 and 5: the talk is planned for today, held, and the life domains are talked about."""
    w.page.goto(f"{w.basis}/zoeken/?q=Veenstra")
    w.link("Luuk Veenstra")
    assert "Intake" in w.nu()
    w.page.locator("#nu").get_by_role("link", name="Plan de intake").click()
    w.vul(datum=nl(VANDAAG), tijd="23:30", plaats="Kantoor, kamer 2", wens="Zijn oom")
    w.vink("wens_gevraagd")
    w.druk_af("stap-4-intake-plannen")
    w.knop("Plan de intake")
    w.page.get_by_role("link", name="Intake", exact=True).click()
    w.vul(
        deelnemers="Luuk, zijn oom en Noor Haverkamp",
        ondersteuningsvraag="Ik wil leren en werken tegelijk.",
        onderliggende_vraag="Wie helpt me met de brieven over geld?",
    )
    w.druk_af("stap-5-intake")
    w.knop("Leg de intake vast")
    w.link("Leefdomeinen")
    w.kies(stand="2", aard="woorden")
    w.vul(tekst="Ik mis vooral de eerste uren, want ik werk laat.")
    w.knop("Bewaar stand")
    w.druk_af("stap-5-leefdomeinen")
    w.knop("besproken")
    assert "Privacy" in w.nu()


def bespreek_privacy(w: Wandeling) -> None:
    w.page.locator("#nu").get_by_role("link").first.click()
    w.vul(besproken="Eerst bellen, dan pas iets delen.", ontvanger_0="ROC De Waarden", doel_0="school en verzuim")
    w.kies(antwoord_0="ja")
    w.druk_af("stap-6-privacy")
    w.knop("Leg het gesprek vast")
    assert "Vooronderzoek" in w.nu()


def rond_vooronderzoek_af(w: Wandeling) -> None:
    """Step 7: every point of insight, one after the other."""
    w.page.locator("#nu").get_by_role("link").first.click()
    for volgnummer in range(8):
        w.vul(tekst="Verkeerde studiekeuze, en werken gaat voor.", bron="Gesprek met Luuk", op=nl(VANDAAG))
        soort = w.page.locator("main [name=redencode]")
        if soort.count():
            soort.select_option(index=1)
        if volgnummer == 1:
            w.druk_af("stap-7-inzicht")
        w.knop("Leg het inzicht vast")
        if not w.page.locator("main [name=tekst]").count():
            break
    assert "Plan" in w.nu()


def maak_plan(w: Wandeling) -> None:
    w.page.locator("#nu").get_by_role("link").first.click()
    w.vul(doel_0="Elke week drie dagen naar de werkplaats", doel_0_klaar=nl(VANDAAG + dt.timedelta(days=60)))
    w.vul(wat_0="Twee open dagen kiezen", wie_0="Luuk", voor_0=nl(VANDAAG + dt.timedelta(days=14)))
    w.vul(houder="Marleen Vos", organisatie="Wijkteam", keuze="Zij kent ons al")
    w.kies(domeinen="onderwijs")
    w.vink("akkoord", "gevraagd")
    w.druk_af("stap-8-plan")
    w.knop("Stel het plan vast")
    assert "Uitvoeren" in w.nu()


def voer_uit(w: Wandeling) -> None:
    """Step 9 and 10: the path starts, and it goes well."""
    w.page.locator("#nu").get_by_role("link").first.click()
    w.kies(domein="onderwijs")
    w.vul(wat="Leerbaan in de techniek", aanbieder="Werkplein", start_op=nl(VANDAAG))
    w.druk_af("stap-9-uitvoering")
    w.knop("Leg de start vast")
    assert "Monitoren" in w.nu()
    w.page.locator("#nu").get_by_role("link").first.click()
    w.kies(stand="geslaagd", regie_opgepakt="ja")
    w.vul(tekst="Luuk is begonnen en komt elke dag.", op=nl(VANDAAG), volgende_op="")
    w.druk_af("stap-10-voortgang")
    w.knop("Leg de voortgang vast")
    assert "Afsluiten" in w.nu()


def sluit_af(w: Wandeling) -> None:
    w.page.locator("#nu").get_by_role("link").first.click()
    w.page.locator("main [name=uitkomst]").select_option("gesprek-afspraken")
    w.kies(resultaatdomeinen="onderwijs")
    w.vul(afsluiting="Luuk leert en werkt, en komt elke dag.")
    w.druk_af("stap-11-afsluiten")
    w.knop("Sluit af")
    assert "Terugkoppelen" in w.nu()


def koppel_terug(w: Wandeling) -> None:
    w.page.locator("#nu").get_by_role("link").first.click()
    w.druk_af("stap-12-terugkoppelen")
    w.knop("Koppel terug")
    assert "Evalueren" in w.nu()


def evalueer(w: Wandeling) -> None:
    w.page.locator("#nu").get_by_role("link").first.click()
    w.page.locator("main textarea").first.fill("Ja, er is een passende plek gevonden.")
    w.vul(deelnemers="Mentor en wijkteam")
    w.druk_af("stap-13-evaluatie")
    w.knop("Leg de evaluatie vast")
    w.page.get_by_role("link", name="Route", exact=True).click()
    expect(w.page.locator("[aria-current=step]")).to_have_count(0)
    w.druk_af("route-klaar")


def controleer() -> None:
    """What is stored is what was done: closed with an uitkomst, and a fact for every step."""
    werkproces = Werkproces.objects.alles(reden="test").get()
    assert (werkproces.uitkomst, werkproces.stap) == ("gesprek-afspraken", None)
    codes = set(Gebeurtenis.objects.alles(reden="test").values_list("code", flat=True))
    assert {
        "melding.ontvangen", "contact.school", "contact.jongere", "contact.ketenpartner", "doelgroep.vastgesteld",
        "oordeel.gegeven", "intake.gepland", "intake.gehouden", "leefdomeinen.besproken", "privacy.besproken",
        "inzicht.compleet", "plan.vastgesteld", "regie.belegd", "uitvoering.gestart", "voortgang.besproken",
        "werkproces.afgesloten", "nazorg.gestart", "terugkoppeling.verzonden", "evaluatie.gehouden",
    } <= codes  # fmt: skip
