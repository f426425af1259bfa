"""Search: forgiving of spelling, straight to the dossier by number, and never a BSN in an address or in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.logboek.models import Logregel
from routekaart.meldingen.models import Melding
from routekaart.werkplek.zoeken import Uitslag, is_geheim, voor_logboek, zoek_jongere
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
HOOGSTENS = 10
BSN = fabrieken.test_bsn(4711)


def zoek(vraag: str, gebruiker: Any) -> Uitslag:
    return zoek_jongere(vraag, toegang=fabrieken.toegang(gebruiker), op=VANDAAG)


@pytest.fixture
def sem(gebied: fabrieken.Gebied, coach: Any) -> Any:
    """Sem van Rooij, with a BSN and a running werkproces of the coach."""
    jongere = fabrieken.maak_jongere(
        gebied, voornamen="Sem", voorvoegsel="van", achternaam="Rooij", geboortedatum="2008-02-29", bsn=BSN
    )
    werkproces = fabrieken.maak_werkproces(jongere, behandelaar=coach)
    werkproces.doelgroep = "dreigend-vsv"
    werkproces.save()
    return jongere


@pytest.mark.parametrize("vraag", ["Sem van Rooij", "rooij", "ROOY", "van rooi", "sem r", "Rooij Sem"])
def test_een_naam_mag_anders_gespeld_zijn(sem: Any, coach: Any, vraag: str) -> None:
    (treffer,) = zoek(vraag, coach).treffers
    assert treffer.naam == "Sem van Rooij"


def test_een_treffer_zegt_wie_het_is_en_waarom_hij_er_staat(sem: Any, coach: Any) -> None:
    (treffer,) = zoek("rooij", coach).treffers
    assert treffer.onder == "18 · Gemeente 1-1 · dreigend vsv’er"
    assert treffer.werkprocessen == "VSV, bij Coach"
    assert treffer.waarom == "Op achternaam"
    assert treffer.url.startswith(f"/jongeren/{sem.sleutel}/route/")
    assert zoek("rooy", coach).treffers[0].waarom == "Klinkt als ‘rooy’"
    assert zoek("sem", coach).treffers[0].waarom == "Op naam"


def test_zonder_werkproces_leidt_de_naam_naar_het_overzicht(gebied: fabrieken.Gebied, coach: Any) -> None:
    jongere = fabrieken.maak_jongere(gebied, achternaam="Zonder")
    (treffer,) = zoek("zonder", coach).treffers
    assert (treffer.werkprocessen, treffer.url) == ("Geen werkproces", f"/jongeren/{jongere.sleutel}/")


def test_een_afgesloten_werkproces_staat_er_als_afgesloten(sem: Any, coach: Any) -> None:
    werkproces = sem.werkprocessen.alles(reden="proef").get()
    werkproces.uitkomst, werkproces.afgesloten_op = "werk", dt.date(2026, 10, 12)
    werkproces.save()
    assert zoek("rooij", coach).treffers[0].werkprocessen == "VSV, afgesloten op 12 okt"


@pytest.mark.parametrize("vraag", ["29-2-2008", "29-02-2008", "2008-02-29", "29022008"])
def test_op_geboortedatum(sem: Any, coach: Any, vraag: str) -> None:
    (treffer,) = zoek(vraag, coach).treffers
    assert treffer.waarom == "Geboren op 29 februari 2008"


@pytest.mark.parametrize("vraag", [BSN, f" {BSN} ", f"{BSN[:3]}.{BSN[3:6]}.{BSN[6:]}"])
def test_een_bsn_brengt_meteen_naar_het_dossier(sem: Any, coach: Any, als: Als, vraag: str) -> None:
    antwoord = als(coach).post("/zoeken/", {"q": vraag})
    assert antwoord.status_code == 302
    assert antwoord["Location"] == f"/jongeren/{sem.sleutel}/"
    assert als(coach).get("/zoeken/", {"q": vraag})["Location"] == f"/jongeren/{sem.sleutel}/"


@pytest.mark.parametrize("met", ["2026-{:06d}", "2026-{:d}", "2026 {:06d}"])
def test_een_werkprocesnummer_brengt_naar_dat_werkproces(sem: Any, coach: Any, als: Als, met: str) -> None:
    werkproces = sem.werkprocessen.alles(reden="proef").get()
    nummer = met.format(int(werkproces.nummer.split("-")[1]))
    antwoord = als(coach).get("/zoeken/", {"q": nummer})
    assert antwoord["Location"] == f"/jongeren/{sem.sleutel}/route/?werkproces={werkproces.sleutel}"


def test_een_meldingsnummer_brengt_naar_de_melding_of_na_het_oordeel_naar_het_dossier(
    gebied: fabrieken.Gebied, sem: Any, coach: Any, als: Als
) -> None:
    werkproces = sem.werkprocessen.alles(reden="proef").get()
    melding = fabrieken.maak_melding(gebied, jongere=sem, werkproces=werkproces, duo_nummer="7654321")
    melding.nummer = "M-2026-000123"
    melding.save()
    browser = als(coach)
    for vraag in ("M-2026-000123", "m-2026-123", "7654321"):
        assert browser.get("/zoeken/", {"q": vraag})["Location"] == f"/meldingen/?melding={melding.sleutel}"
    melding.oordeel, melding.oordeel_op = Melding.Oordeel.ACTIE, NU
    melding.save()
    waar = f"/jongeren/{sem.sleutel}/route/?werkproces={werkproces.sleutel}"
    assert browser.get("/zoeken/", {"q": "M-2026-000123"})["Location"] == waar


def test_een_naam_gaat_naar_het_adres_een_nummer_of_datum_niet(sem: Any, coach: Any, als: Als) -> None:
    browser = als(coach)
    assert browser.post("/zoeken/", {"q": "rooij"})["Location"] == "/zoeken/?q=rooij"
    for geheim in ("123456782", "29-2-2008", "Rooij 29-2-2008"):
        antwoord = browser.post("/zoeken/", {"q": geheim})
        assert antwoord.status_code == 200
        assert geheim not in antwoord.content.decode()


@pytest.mark.parametrize("vraag", ["123456782", "1234.56.782", "10000000"])
def test_een_nummer_staat_niet_op_de_pagina_en_niet_in_een_link(coach: Any, als: Als, vraag: str) -> None:
    tekst = als(coach).get("/zoeken/", {"q": vraag}).content.decode()
    assert vraag not in tekst
    assert "Geen jongere met dit nummer in jouw gebied." in tekst


@pytest.mark.parametrize(
    ("vraag", "geheim", "in_logboek"),
    [
        ("rooij", False, "rooij"),
        ("2026-000123", False, "2026-000123"),
        ("M-2026-000123", False, "M-2026-000123"),
        ("123456782", True, "••••••782"),
        ("123.456.782", True, "••••••782"),
        ("Sem 123456782", True, "Sem ••••••782"),
        ("4-3-2007", True, "(geboortedatum)"),
        ("Dekkers 2007-03-04", True, "Dekkers (geboortedatum)"),
    ],
)
def test_wat_geheim_is_en_hoe_het_logboek_het_bewaart(vraag: str, geheim: bool, in_logboek: str) -> None:
    assert is_geheim(vraag) == geheim
    assert voor_logboek(vraag) == in_logboek


def test_zoeken_staat_een_keer_in_het_logboek_zonder_het_bsn(sem: Any, coach: Any, als: Als) -> None:
    browser = als(coach)
    for vraag in (BSN, "rooij"):
        eerder = Logregel.objects.count()
        browser.get("/zoeken/", {"q": vraag})
        (regel,) = list(Logregel.objects.order_by("pk"))[eerder:]
        assert (regel.code, regel.jongere_id) == ("jongere.gezocht", sem.pk)
        assert BSN not in (regel.inhoud or "")
        assert str(sem.pk) in (regel.inhoud or "")


def test_een_zoekpagina_zonder_vraag_staat_niet_in_het_logboek(coach: Any, als: Als) -> None:
    browser = als(coach)
    eerder = Logregel.objects.count()
    tekst = browser.get("/zoeken/").content.decode()
    assert "Zo zoek je." in tekst
    assert Logregel.objects.count() == eerder


@pytest.mark.parametrize(
    ("vraag", "titel"),
    [
        ("Bestaatniet", "Geen jongere met deze naam in jouw gebied."),
        ("1-1-1999", "Niemand in jouw gebied is op die dag geboren."),
        ("2026-999999", "Dit nummer staat niet in jouw gebied."),
        ("M-2026-999999", "Dit nummer staat niet in jouw gebied."),
    ],
)
def test_niets_gevonden_zegt_hoe_het_verder_kan(coach: Any, als: Als, vraag: str, titel: str) -> None:
    tekst = als(coach).get("/zoeken/", {"q": vraag}).content.decode()
    assert titel in tekst
    assert "rk-leeg" in tekst


def test_een_buitenstaander_vindt_niemand(sem: Any, buitenstaander: Any, als: Als) -> None:
    werkproces = sem.werkprocessen.alles(reden="proef").get()
    browser = als(buitenstaander)
    for vraag in ("rooij", BSN, "29-2-2008", werkproces.nummer):
        antwoord = browser.get("/zoeken/", {"q": vraag})
        assert antwoord.status_code == 200
        assert "Rooij" not in antwoord.content.decode().replace("<i>Rooij</i>", "")


def test_meer_dan_er_op_de_pagina_passen(gebied: fabrieken.Gebied, coach: Any, als: Als) -> None:
    for _ in range(26):
        fabrieken.maak_jongere(gebied, achternaam="Bakker")
    uitslag = zoek("bakker", coach)
    assert (len(uitslag.treffers), uitslag.meer) == (25, True)
    assert "Typ meer van de naam" in uitslag.zin


def test_zoeken_wordt_niet_trager(gebied: fabrieken.Gebied, coach: Any, als: Als) -> None:
    def maak(aantal: int) -> None:
        for _ in range(aantal):
            fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied, achternaam="Bakker"), behandelaar=coach)

    def queries() -> int:
        with CaptureQueriesContext(connection) as teller:
            assert browser.get("/zoeken/", {"q": "bakker"}).status_code == 200
        return sum("SAVEPOINT" not in vraag["sql"] for vraag in teller.captured_queries)

    browser = als(coach)
    maak(3)
    drie = queries()
    maak(21)
    assert drie == queries() <= HOOGSTENS
