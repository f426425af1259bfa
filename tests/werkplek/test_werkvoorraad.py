"""The werkvoorraad: the order is the message, every row can be acted on, and it does not grow slower with the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.begeleiding.models import Afspraak, Plan
from routekaart.dossiers.acties import zet_doelgroep
from routekaart.dossiers.models import Contactmoment
from routekaart.logboek.models import Logregel
from routekaart.meldingen.models import Melding
from routekaart.toegang.models import Lidmaatschap
from routekaart.werkplek.voorraadbeeld import eerstvolgende, groepen, groet, in_woorden, zijkolom
from routekaart.werkplek.werkvoorraad import Voorraad, haal_werkvoorraad
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
MaakTaak = Callable[..., Any]
HOOGSTENS = 10  # queries of a list page (ontwerp.md, section 8)
VRIJDAG, GISTEREN, MORGEN = dt.date(2026, 11, 13), dt.date(2026, 11, 16), dt.date(2026, 11, 18)
VOLGENDE_WEEK = dt.date(2026, 11, 24)


def voorraad(gebruiker: Any) -> Voorraad:
    return haal_werkvoorraad(fabrieken.toegang(gebruiker), nu=NU)


def titels(gebruiker: Any, toon: str = "alles") -> list[str]:
    return [groep.titel for groep in groepen(voorraad(gebruiker), toon)]


def aantal_queries(browser: Client, adres: str) -> int:
    """Statements to the database of one page; savepoints of the test itself do not count."""
    with CaptureQueriesContext(connection) as teller:
        assert browser.get(adres).status_code == 200
    return sum("SAVEPOINT" not in vraag["sql"] for vraag in teller.captured_queries)


def test_de_volgorde_is_te_laat_vandaag_meldingen_deze_week(
    gebied: fabrieken.Gebied, coach: Any, als: Als, taak: MaakTaak
) -> None:
    taak(due=MORGEN)
    taak(due=VANDAAG)
    taak(due=VRIJDAG)
    fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied))
    tekst = als(coach).get("/").content.decode()
    plaatsen = [tekst.index(f'<h2 id="{sleutel}">') for sleutel in ("te-laat", "vandaag", "meldingen", "week")]
    assert plaatsen == sorted(plaatsen)


def test_binnen_te_laat_staat_het_oudste_bovenaan(coach: Any, taak: MaakTaak) -> None:
    taak(due=GISTEREN, voornamen="Iris")
    taak(due=VRIJDAG, voornamen="Ruben")
    (groep,) = groepen(voorraad(coach), "te-laat")
    assert [regel.naam.split()[0] for regel in groep.regels] == ["Ruben", "Iris"]
    assert [regel.wanneer for regel in groep.regels] == ["2 werkdagen te laat", "1 werkdag te laat"]
    assert groep.regels[0].sinds == "sinds vr 13 nov"


def test_een_regel_zegt_wie_wat_waarom_wanneer_en_wat_je_doet(coach: Any, taak: MaakTaak) -> None:
    van = taak(due=VANDAAG, tijd=dt.time(15, 30), wat="Ga op huisbezoek", waarom="De vorige keer: niet thuis")
    zet_doelgroep(van.werkproces, doelgroep="dreigend-vsv", voorstel="dreigend-vsv", uitleg={}, op=VANDAAG)
    ((regel,),) = [groep.regels for groep in groepen(voorraad(coach), "alles")]
    assert regel.naam == van.jongere.naam
    assert regel.onder == "19 · Gemeente 1-1 · dreigend vsv’er"
    assert regel.wat == "Ga op huisbezoek om 15:30"
    assert regel.waarom == "De vorige keer: niet thuis"
    assert (regel.wanneer, regel.sinds) == ("vandaag 15:30", "sinds ma 9 nov")
    assert regel.doe is not None and regel.ook is not None
    assert regel.doe.tekst == "Leg huisbezoek vast"
    assert regel.doe.url.startswith(f"/jongeren/{van.jongere.sleutel}/contact/?")
    assert f"werkproces={van.werkproces.sleutel}" in regel.doe.url
    assert "kanaal=huisbezoek" in regel.doe.url
    assert regel.ook.tekst == "Geprobeerd, geen gehoor"


def test_een_gepland_moment_dat_voorbij_is_vraagt_om_de_uitkomst(coach: Any, taak: MaakTaak) -> None:
    taak(due=VRIJDAG, wat="Ga op huisbezoek")
    ((regel,),) = [groep.regels for groep in groepen(voorraad(coach), "alles")]
    assert regel.wat == "Leg de uitkomst van het huisbezoek vast"
    assert regel.waarom.endswith("Het was vr 13 nov")


def test_alleen_de_bovenste_regel_heeft_de_hoofdknop(
    gebied: fabrieken.Gebied, coach: Any, als: Als, taak: MaakTaak
) -> None:
    taak(due=VRIJDAG)
    taak(due=VANDAAG)
    fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied))
    regels = [regel for groep in groepen(voorraad(coach), "alles") for regel in groep.regels]
    assert [regel.doe.soort for regel in regels if regel.doe] == ["primair", "tweede", "tweede"]
    assert als(coach).get("/").content.decode().count("utrecht-button--primary-action") == 1


def test_een_stap_zegt_wat_er_nog_mist(coach: Any, taak: MaakTaak) -> None:
    taak(
        soort="stap",
        herkomst="stap:2:1",
        wat="Leg contact met school vast",
        waarom="Stap 2, dossier. Spreek school: er is verzuim, dan hoort dat altijd.",
    )
    ((regel,),) = [groep.regels for groep in groepen(voorraad(coach), "alles")]
    assert regel.wat == "Spreek school: er is verzuim, dan hoort dat altijd"
    assert regel.waarom == "Stap 2, dossier"
    assert regel.doe is not None and "met=school" in regel.doe.url
    assert regel.ook is None, "geen gehoor gaat over de jongere, niet over school"


def test_een_gepland_moment_staat_er_een_keer(coach: Any, taak: MaakTaak) -> None:
    """The planned call stands for the task of the step that it belongs to."""
    gepland = taak(due=MORGEN)
    taak(werkproces=gepland.werkproces, soort="stap", herkomst="stap:2:1", due=VRIJDAG)
    assert titels(coach) == ["Deze week"]


def test_een_melding_staat_voor_de_stap_waarin_je_haar_beoordeelt(
    gebied: fabrieken.Gebied, coach: Any, taak: MaakTaak
) -> None:
    stap = taak(soort="stap", herkomst="stap:2:1")
    stap.werkproces.stap = 2
    stap.werkproces.save()
    fabrieken.maak_melding(gebied, jongere=stap.jongere, werkproces=stap.werkproces)
    assert titels(coach) == ["Meldingen om te beoordelen"]
    stap.werkproces.stap = 7  # a further melding in a werkproces that is under way does not hide its step
    stap.werkproces.save()
    assert titels(coach) == ["Vandaag", "Meldingen om te beoordelen"]


def test_een_melding_toont_de_klok_en_of_de_informatie_compleet_is(gebied: fabrieken.Gebied, coach: Any) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    informatie = {"reden": "Werkt veel", "partneracties": "Gesprek", "reactie_jongere": "Wil door"}
    fabrieken.maak_melding(
        gebied, jongere=jongere, melder_organisatie="ROC De Waarden", termijn=VANDAAG,
        ontvangen_op=dt.datetime(2026, 11, 10, 9, 0, tzinfo=dt.UTC), verwachte_inzet="Bel", **informatie,
    )  # fmt: skip
    ((regel,),) = [groep.regels for groep in groepen(voorraad(coach), "alles")]
    assert regel.wat == "Beoordeel de melding van ROC De Waarden"
    assert regel.waarom.endswith("Verzuimoverzicht ontbreekt")
    assert regel.klok is not None and (regel.klok.over, regel.klok.zegt) == (0, "laatste dag")
    assert regel.sinds == "binnen di 10 nov"
    assert regel.doe is not None and regel.doe.url.startswith("/meldingen/?melding=")


def test_een_melding_die_te_laat_is_staat_bij_te_laat_en_bij_de_meldingen(gebied: fabrieken.Gebied, coach: Any) -> None:
    fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied), termijn=GISTEREN)
    assert titels(coach) == ["Te laat"]
    assert titels(coach, "meldingen") == ["Meldingen om te beoordelen"]


@pytest.mark.parametrize("van", ["collega", "niemand"])
def test_de_melding_van_een_collega_staat_er_niet_die_van_niemand_wel(
    gebied: fabrieken.Gebied, coach: Any, collega: Any, van: str
) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    werkproces = fabrieken.maak_werkproces(jongere, behandelaar=collega if van == "collega" else None)
    fabrieken.maak_melding(gebied, jongere=jongere, werkproces=werkproces)
    assert bool(voorraad(coach).meldingen) == (van == "niemand")
    assert voorraad(coach).bij_collegas == (1 if van == "collega" else 0)
    assert voorraad(coach).te_beoordelen == 1


def test_een_taak_van_niemand_is_van_het_team(
    gebied: fabrieken.Gebied, coach: Any, collega: Any, taak: MaakTaak
) -> None:
    taak(eigenaar=None)
    taak(eigenaar=collega)
    (groep,) = groepen(voorraad(coach), "alles")
    assert [regel.waarom for regel in groep.regels] == ["Nog van niemand. De vorige keer: geen contact"]
    ander = fabrieken.maak_gebruiker(gebied, "leerplicht", "leerplichtambtenaar", team=gebied.leerplicht)
    assert groepen(voorraad(ander), "alles") == []


def test_filters_tellen_en_staan_in_het_adres(gebied: fabrieken.Gebied, coach: Any, als: Als, taak: MaakTaak) -> None:
    taak(due=VRIJDAG)
    taak(due=VANDAAG)
    taak(due=MORGEN)
    fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied))
    antwoord = als(coach).get("/?toon=vandaag")
    filters = {filter.tekst: (filter.aantal, filter.gekozen) for filter in antwoord.context["filters"]}
    assert filters == {
        "Alles": (4, False), "Te laat": (1, False), "Vandaag": (1, True), "Meldingen": (1, False),
        "Deze week": (1, False),
    }  # fmt: skip
    assert [groep.titel for groep in antwoord.context["groepen"]] == ["Vandaag"]
    assert als(coach).get("/?toon=onzin").context["toon"] == "alles"


def test_een_lange_week_wordt_ingekort_met_een_weg_naar_alles(coach: Any, taak: MaakTaak) -> None:
    for _ in range(7):
        taak(due=MORGEN)
    (groep,) = groepen(voorraad(coach), "alles")
    assert (len(groep.regels), groep.aantal) == (5, 7)
    assert groep.meer is not None and (groep.meer.tekst, groep.meer.url) == ("Toon alle 7", "?toon=week")
    (alles,) = groepen(voorraad(coach), "week")
    assert len(alles.regels) == 7 and alles.meer is None


def test_wat_na_deze_week_komt_is_te_vinden(coach: Any, als: Als, taak: MaakTaak) -> None:
    taak(due=VOLGENDE_WEEK)
    assert titels(coach) == []
    assert titels(coach, "later") == ["Na deze week"]
    assert "Na deze week: 1 ding" in als(coach).get("/").content.decode()


@pytest.mark.parametrize(
    ("laat", "nu", "zin"),
    [
        (2, 4, "Twee dingen zijn te laat, vier moeten vandaag."),
        (1, 1, "Een ding is te laat, één moet vandaag."),
        (0, 2, "Twee dingen moeten vandaag."),
        (1, 0, "Een ding is te laat."),
        (0, 0, "Vandaag hoeft er niets meer."),
    ],
)
def test_de_stand_in_woorden(coach: Any, taak: MaakTaak, laat: int, nu: int, zin: str) -> None:
    for due, aantal in ((VRIJDAG, laat), (VANDAAG, nu)):
        for _ in range(aantal):
            taak(due=due)
    assert in_woorden(voorraad(coach)).replace("Eén", "Een") == zin


@pytest.mark.parametrize(("uur", "begin"), [(8, "Goedemorgen"), (13, "Goedemiddag"), (19, "Goedenavond")])
def test_de_groet_volgt_de_klok_van_hier(uur: int, begin: str) -> None:
    moment = dt.datetime(2026, 11, 17, uur - 1, 30, tzinfo=dt.UTC)
    assert groet("Noor", nu=moment) == f"{begin} Noor."


def test_lege_werkvoorraad_zegt_dat_je_bij_bent_en_wat_er_komt(coach: Any, als: Als, taak: MaakTaak) -> None:
    taak(due=MORGEN, tijd=dt.time(10, 0), soort="intake", wat="Intake met Yara", actie="contact-vastleggen")
    tekst = als(coach).get("/").content.decode()
    assert "Je bent bij. Vandaag hoeft er niets meer." in tekst
    assert eerstvolgende(voorraad(coach)).startswith("Intake met Yara Dekkers")
    assert eerstvolgende(voorraad(coach)).endswith(", morgen om 10:00")
    assert "Bekijk deze week" in tekst


def test_zonder_enig_werk_is_de_pagina_ook_heel(coach: Any, als: Als) -> None:
    tekst = als(coach).get("/").content.decode()
    assert "Je bent bij. Vandaag hoeft er niets meer." in tekst
    assert "Je begeleidt 0 werkprocessen." in tekst
    assert "Bekijk de jongeren in je gebied" in tekst
    assert "Er staat vandaag niets op een vaste tijd." in tekst


def test_lege_werkvoorraad_wijst_op_meldingen_van_een_collega(
    gebied: fabrieken.Gebied, coach: Any, collega: Any, als: Als
) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    werkproces = fabrieken.maak_werkproces(jongere, behandelaar=collega)
    fabrieken.maak_melding(gebied, jongere=jongere, werkproces=werkproces)
    assert "Help een collega: 1 melding wacht op een oordeel" in als(coach).get("/").content.decode()


def test_agenda_van_vandaag_op_tijd(coach: Any, taak: MaakTaak) -> None:
    taak(tijd=dt.time(15, 30), wat="Ga op huisbezoek", voornamen="Femke")
    taak(tijd=dt.time(9, 30), soort="intake", wat="Intake met Noa", voornamen="Noa", waarom="Kantoor, kamer 2")
    taak(due=MORGEN, tijd=dt.time(9, 0))
    zij = zijkolom(voorraad(coach))
    assert [(regel.wanneer, regel.tekst.rstrip("0123456789")) for regel in zij.agenda] == [
        ("09:30", "Intake met Noa Dekkers"), ("15:30", "Ga op huisbezoek: Femke Dekkers"),
    ]  # fmt: skip
    assert zij.agenda[0].onder == "Kantoor, kamer 2"


def test_meldingen_staan_op_kortste_tijd_en_die_van_jou_eerst(gebied: fabrieken.Gebied, coach: Any) -> None:
    for naam, termijn, van in (("Anna", MORGEN, None), ("Bas", MORGEN, coach), ("Cas", VANDAAG, None)):
        jongere = fabrieken.maak_jongere(gebied, voornamen=naam)
        werkproces = fabrieken.maak_werkproces(jongere, behandelaar=van)
        fabrieken.maak_melding(gebied, jongere=jongere, werkproces=werkproces, termijn=termijn)
    (groep,) = groepen(voorraad(coach), "alles")
    assert [regel.naam.split()[0] for regel in groep.regels] == ["Cas", "Bas", "Anna"]


def test_nazorg_van_deze_week_staat_aan_de_zijkant(coach: Any, taak: MaakTaak) -> None:
    nazorg = taak(due=MORGEN, soort="nazorg", wat="Bel voor de nazorg", actie="nazorg")
    nazorg.werkproces.uitkomst, nazorg.werkproces.afgesloten_op = "werk", dt.date(2026, 8, 17)
    nazorg.werkproces.save()
    stand = voorraad(coach)
    assert stand.week == []
    (regel,) = zijkolom(stand).nazorg
    assert (regel.tekst, regel.onder, regel.wanneer) == (nazorg.jongere.naam, "3 maanden na afsluiten", "wo 18 nov")
    nazorg.due = VANDAAG
    nazorg.save()
    ((rij,),) = [groep.regels for groep in groepen(voorraad(coach), "alles")]
    assert (rij.wat, rij.waarom) == ("Bel voor de nazorg", "3 maanden na afsluiten")


def test_je_wacht_op_anderen(gebied: fabrieken.Gebied, coach: Any, als: Als, taak: MaakTaak) -> None:
    wacht = taak(due=MORGEN)
    plan = Plan.objects.create(werkproces=wacht.werkproces, op=VRIJDAG)
    Afspraak.objects.create(plan=plan, wat="Stuur het advies", wie="Hanneke Prins", voor=VRIJDAG)
    Afspraak.objects.create(plan=plan, wat="Later", wie="Hanneke Prins", voor=MORGEN)
    Afspraak.objects.create(plan=plan, wat="Wij zelf", wie="Noor", van_ons=True, voor=VRIJDAG)
    Afspraak.objects.create(plan=plan, wat="Klaar", wie="Hanneke Prins", voor=VRIJDAG, gedaan_op=VRIJDAG)
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_melding(gebied, jongere=jongere, stand=Melding.Stand.WACHT)
    stand = voorraad(coach)
    assert zijkolom(stand).wacht == [
        ("Reactie van een jongere", "?toon=wacht-jongere", 1),
        ("Afspraken van anderen", "?toon=wacht-partner", 1),
        ("Informatie van een melder", "?toon=wacht-melder", 1),
    ]
    assert stand.meldingen == []
    for toon, wat in (
        ("wacht-jongere", "Bel opnieuw"),
        ("wacht-partner", "Stuur het advies"),
        ("wacht-melder", "Wacht op antwoord van Karin Slot"),
    ):
        ((regel,),) = [groep.regels for groep in groepen(stand, toon)]
        assert regel.wat == wat
        assert als(coach).get(f"/?toon={toon}").status_code == 200
    assert zijkolom(stand).begeleidt == "Je begeleidt 1 werkproces."


def test_geprobeerd_geen_gehoor_is_een_klik_en_kan_terug(coach: Any, als: Als, taak: MaakTaak) -> None:
    gepland = taak(due=VRIJDAG)
    browser = als(coach)
    ((regel,),) = [groep.regels for groep in groepen(voorraad(coach), "alles")]
    assert regel.ook is not None and regel.ook.post
    antwoord = browser.post(regel.ook.url, dict(regel.ook.velden), follow=True)
    assert antwoord.redirect_chain[-1][0] == "/"
    poging = Contactmoment.objects.alles(reden="proef").get()
    assert (poging.kanaal, poging.resultaat, poging.werkproces) == ("telefoon", "geen-contact", gepland.werkproces)
    assert voorraad(coach).te_laat == []
    assert "Maak ongedaan" in antwoord.content.decode()
    terug = next(bericht.extra_tags.removeprefix("ongedaan ").split()[0] for bericht in antwoord.context["messages"])
    assert browser.post(terug, follow=True).redirect_chain[-1][0] == "/"
    assert Contactmoment.objects.alles(reden="proef").get().ingetrokken_op is not None
    assert len(voorraad(coach).te_laat) == 1


def test_lezen_verandert_niets_en_staat_een_keer_in_het_logboek(coach: Any, als: Als, taak: MaakTaak) -> None:
    van = taak()
    browser = als(coach)
    for adres in ("/", "/?toon=vandaag"):
        eerder = Logregel.objects.count()
        browser.get(adres)
        (regel,) = list(Logregel.objects.order_by("pk"))[eerder:]
        assert (regel.code, regel.doel, regel.gebruiker_id) == ("werkvoorraad.bekeken", "werkvoorraad", coach.pk)
        assert '"toon"' in (regel.inhoud or "")
    van.refresh_from_db()
    assert van.gedaan_op is None
    assert browser.post("/").status_code == 405


def test_een_buitenstaander_ziet_niemand(
    gebied: fabrieken.Gebied, buitenstaander: Any, als: Als, taak: MaakTaak
) -> None:
    van = taak()
    fabrieken.maak_melding(gebied, jongere=van.jongere)
    stand = voorraad(buitenstaander)
    assert (stand.alles, stand.te_beoordelen, stand.werkprocessen) == (0, 0, 0)
    assert van.jongere.achternaam not in als(buitenstaander).get("/").content.decode()


def test_de_leerplichtambtenaar_ziet_haar_eigen_soort_werk(
    gebied: fabrieken.Gebied, ambtenaar: Any, coach: Any
) -> None:
    kind = fabrieken.maak_jongere(gebied, geboortedatum="2011-05-01", voornamen="Milan")
    fabrieken.maak_melding(gebied, jongere=kind)
    assert len(voorraad(ambtenaar).meldingen) == 1
    assert voorraad(coach).meldingen == []


@pytest.mark.parametrize("toon", ["alles", "meldingen", "wacht-jongere", "wacht-partner", "wacht-melder", "later"])
def test_het_aantal_vragen_aan_de_database_staat_vast(
    gebied: fabrieken.Gebied, coach: Any, als: Als, taak: MaakTaak, toon: str
) -> None:
    def maak(aantal: int) -> None:
        for nummer in range(aantal):
            van = taak(due=VANDAAG + dt.timedelta(days=nummer % 9 - 2), tijd=dt.time(9, 0))
            plan = Plan.objects.create(werkproces=van.werkproces, op=VRIJDAG)
            Afspraak.objects.create(plan=plan, wat="Stuur het advies", wie="Hanneke", voor=VRIJDAG)
            for stand in (Melding.Stand.TE_BEOORDELEN, Melding.Stand.WACHT):
                jongere = fabrieken.maak_jongere(gebied)
                fabrieken.maak_melding(gebied, jongere=jongere, stand=stand)

    browser = als(coach)
    maak(3)
    browser.get("/")
    drie = aantal_queries(browser, f"/?toon={toon}")
    maak(27)
    dertig = aantal_queries(browser, f"/?toon={toon}")
    assert drie == dertig
    assert dertig <= HOOGSTENS


def test_wie_ook_coordinator_is_kiest_wiens_werk(gebied: fabrieken.Gebied, coach: Any, als: Als) -> None:
    Lidmaatschap.objects.create(gebruiker=coach, team=gebied.doorstroompunt, rol="coordinator", van=dt.date(2020, 1, 1))
    browser = als(coach)
    assert [keuze.tekst for keuze in browser.get("/").context["keuzes"]] == ["Mijn werk", "Het team"]
    assert "Werk van het team" in browser.get("/?voor=team").content.decode()
