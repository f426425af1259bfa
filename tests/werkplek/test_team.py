"""The team page of the coördinator, and the work list of the administration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.logboek.models import Logregel
from routekaart.werkplek.administratie import maak_administratiebeeld
from routekaart.werkplek.teambeeld import Teambeeld, maak_teambeeld
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
MaakTaak = Callable[..., Any]
HOOGSTENS = 10
GISTEREN = dt.date(2026, 11, 16)


def team(gebruiker: Any) -> Teambeeld:
    return maak_teambeeld(fabrieken.toegang(gebruiker), nu=NU)


def aantal_queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as teller:
        assert browser.get("/").status_code == 200
    return sum("SAVEPOINT" not in vraag["sql"] for vraag in teller.captured_queries)


def test_werklast_per_collega_ook_wie_niets_heeft(
    coordinator: Any, coach: Any, collega: Any, ambtenaar: Any, taak: MaakTaak
) -> None:
    eerste = taak(due=GISTEREN)
    taak(werkproces=eerste.werkproces, due=VANDAAG)
    taak(due=dt.date(2026, 11, 20))
    taak(due=dt.date(2026, 12, 20))
    taak(eigenaar=collega, due=VANDAAG)
    rijen = {rij.naam: (rij.open, rij.te_laat, rij.vandaag, rij.week) for rij in team(coordinator).collegas}
    assert rijen == {"Coach": (3, 1, 1, 1), "Collega": (1, 0, 1, 0), "Ambtenaar": (0, 0, 0, 0)}


def test_afgesloten_werk_telt_niet_mee(coordinator: Any, coach: Any, taak: MaakTaak) -> None:
    werkproces = taak(gedaan_op=NU).werkproces
    werkproces.uitkomst, werkproces.afgesloten_op = "werk", VANDAAG
    werkproces.save()
    (rij,) = team(coordinator).collegas
    assert (rij.open, rij.vandaag) == (0, 0)


def test_te_laat_per_soort_en_bij_wie(coordinator: Any, collega: Any, taak: MaakTaak) -> None:
    taak(due=GISTEREN)
    taak(due=GISTEREN)
    taak(due=GISTEREN, eigenaar=collega)
    taak(due=GISTEREN, soort="nazorg", actie="nazorg")
    assert [(regel.soort, regel.aantal, regel.wie) for regel in team(coordinator).soorten] == [
        ("Contactmoment", 3, "Coach 2 en Collega 1"),
        ("Nazorg", 1, "Coach 1"),
    ]


def test_zonder_behandelaar_met_een_weg_om_toe_te_wijzen(gebied: fabrieken.Gebied, coordinator: Any, als: Als) -> None:
    werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
    groep = team(coordinator).groep
    assert groep is not None
    (regel,) = groep.regels
    assert regel.naam == werkproces.jongere.naam
    assert regel.doe is not None and regel.doe.tekst == "Wijs toe"
    assert regel.doe.url == f"/jongeren/{werkproces.jongere.sleutel}/toewijzen/?werkproces={werkproces.sleutel}"
    assert als(coordinator).get(regel.doe.url).status_code == 200
    tekst = als(coordinator).get("/").content.decode()
    assert "één werkproces heeft nog geen behandelaar" in tekst.lower().replace("eén", "één")


def test_alles_op_orde_zegt_dat_ook(coordinator: Any, als: Als) -> None:
    tekst = als(coordinator).get("/").content.decode()
    assert "Niets is te laat en alles heeft een behandelaar." in tekst
    assert "Alles heeft een behandelaar." in tekst
    assert "Er is niets te laat." in tekst


def test_de_coordinator_ziet_alleen_de_eigen_gemeenten_en_regio(
    gebied: fabrieken.Gebied, coordinator: Any, buitenstaander: Any, als: Als
) -> None:
    fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
    gebied.alles.gemeenten.set([gebied.andere_gemeente])
    assert team(coordinator).zonder == []
    elders = fabrieken.maak_gebruiker(gebied, "ver", "coordinator", team=gebied.leerplicht)
    assert team(elders).zonder == []
    assert "Wijs toe" not in als(coordinator).get("/").content.decode()


def test_de_teampagina_leest_een_keer_in_het_logboek_en_verandert_niets(coordinator: Any, als: Als) -> None:
    browser = als(coordinator)
    eerder = Logregel.objects.count()
    browser.get("/")
    (regel,) = list(Logregel.objects.order_by("pk"))[eerder:]
    assert (regel.code, regel.doel) == ("team.bekeken", "werkvoorraad")
    assert browser.post("/").status_code == 405


def test_de_teampagina_wordt_niet_trager(gebied: fabrieken.Gebied, coordinator: Any, als: Als, taak: MaakTaak) -> None:
    def maak(aantal: int) -> None:
        for nummer in range(aantal):
            taak(due=GISTEREN, soort=f"soort{nummer}")
            fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied))
            fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied))

    browser = als(coordinator)
    maak(3)
    browser.get("/")
    drie = aantal_queries(browser)
    maak(27)
    assert drie == aantal_queries(browser) <= HOOGSTENS


# -- administratie


def lever(gebied: fabrieken.Gebied, *, uitval: int, **velden: Any) -> Levering:
    levering = Levering.objects.create(
        **(
            {
                "regio": gebied.regio, "nummer": f"L-2026-{Levering.objects.count() + 1:06d}", "soort": "duo-verzuim",
                "bestandsnaam": "duo.csv", "sha256": "0" * 64, "gestart_op": NU, "regels": uitval, "uitval": uitval,
            }
            | velden
        )
    )  # fmt: skip
    for rij in range(uitval):
        Uitvalrij.objects.create(levering=levering, rij=rij + 1, kolom="pgn", waarde="geheim-99", reden="Geen nummer")
    return levering


def test_de_administratie_ziet_meldingen_zonder_jongere(gebied: fabrieken.Gebied, administratie: Any, als: Als) -> None:
    fabrieken.maak_melding(gebied, opgegeven_achternaam="Rooy", opgegeven_voornamen="Sem")
    fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied))
    beeld = maak_administratiebeeld(fabrieken.toegang(administratie), nu=NU)
    ((regel,),) = [groep.regels for groep in beeld.groepen]
    assert (regel.naam, regel.wat) == ("Sem Rooy", "Zoek uit over wie deze melding gaat")
    assert regel.doe is not None and (regel.doe.tekst, regel.doe.soort) == ("Zoek uit", "primair")
    assert als(administratie).get(regel.doe.url).status_code == 200
    assert beeld.te_beoordelen == 2
    assert beeld.zin.replace("Eén", "Een") == "Een melding heeft nog geen jongere."


def test_de_administratie_ziet_uitval_als_aantal_en_niet_de_inhoud(
    gebied: fabrieken.Gebied, administratie: Any, als: Als
) -> None:
    levering = lever(gebied, uitval=3)
    Uitvalrij.objects.filter(levering=levering, rij=1).update(opgelost_op=NU)
    lever(gebied, uitval=2, stand=Levering.Stand.PROEF)
    (regel,) = maak_administratiebeeld(fabrieken.toegang(administratie), nu=NU).uitval
    assert (regel.wat, regel.aantal) == (f"duo-verzuim, levering {levering.nummer}", 2)
    tekst = als(administratie).get("/").content.decode()
    assert regel.url in tekst
    assert "geheim-99" not in tekst


def test_de_administratie_ziet_scholen_zonder_naam(administratie: Any, als: Als) -> None:
    fabrieken.maak_instelling(brin="88AA00", naam="88AA00", aanvullen=True)
    tekst = als(administratie).get("/").content.decode()
    assert "BRIN 88AA00" in tekst
    assert "school heeft nog geen naam." in tekst


def test_de_administratie_kan_niet_werken_in_een_dossier(
    gebied: fabrieken.Gebied, administratie: Any, als: Als, taak: MaakTaak
) -> None:
    eigen = taak(eigenaar=administratie)
    beeld = maak_administratiebeeld(fabrieken.toegang(administratie), nu=NU)
    ((regel,),) = [groep.regels for groep in beeld.groepen]
    assert regel.ook is None
    assert regel.doe is not None and regel.doe.tekst == "Bekijk"
    assert str(eigen.jongere.sleutel) in regel.doe.url
    assert als(administratie).get(regel.doe.url).status_code == 200


def test_de_pagina_van_de_administratie_wordt_niet_trager(
    gebied: fabrieken.Gebied, administratie: Any, als: Als, taak: MaakTaak
) -> None:
    def maak(aantal: int) -> None:
        for nummer in range(aantal):
            fabrieken.maak_melding(gebied, opgegeven_achternaam="Rooy")
            fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied))
            taak(eigenaar=administratie)
            lever(gebied, uitval=1)
            fabrieken.maak_instelling(aanvullen=True, brin=f"7{nummer:02d}X{aantal:02d}")

    browser = als(administratie)
    maak(3)
    browser.get("/")
    drie = aantal_queries(browser)
    maak(27)
    assert drie == aantal_queries(browser) <= HOOGSTENS
