"""The list of young persons: filters in the address, pages by key, counts that stop, and no slower with more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.logboek.models import Logregel
from routekaart.werkplek import jongerenlijst
from routekaart.werkplek.jongerenlijst import Lijst, Vraag, maak_lijst
from tests import fabrieken
from tests.fabrieken import VANDAAG

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
HOOGSTENS = 10


def lijst(gebruiker: Any, adres: str = "") -> Lijst:
    return maak_lijst(Vraag.lees(QueryDict(adres)), toegang=fabrieken.toegang(gebruiker), op=VANDAAG)


def namen(gebruiker: Any, adres: str = "") -> list[str]:
    return [rij.naam for rij in lijst(gebruiker, adres).rijen]


@pytest.fixture
def drie(gebied: fabrieken.Gebied, coach: Any) -> dict[str, Any]:
    """Anna runs with the coach, Bas runs with nobody elsewhere, Cas is closed; Dex has no werkproces."""
    mensen = {
        naam: fabrieken.maak_jongere(gebied, voornamen=naam, achternaam="Test", gemeente=gemeente)
        for naam, gemeente in (
            ("Anna", gebied.gemeente), ("Bas", gebied.andere_gemeente), ("Cas", gebied.gemeente),
            ("Dex", gebied.gemeente),
        )
    }  # fmt: skip
    werk = {naam: fabrieken.maak_werkproces(mensen[naam]) for naam in ("Anna", "Bas", "Cas")}
    anna, bas, cas = werk["Anna"], werk["Bas"], werk["Cas"]
    anna.behandelaar, anna.doelgroep, anna.stap = coach, "dreigend-vsv", 7
    bas.stap = 2
    cas.behandelaar, cas.uitkomst, cas.afgesloten_op = coach, "werk", dt.date(2026, 10, 12)
    for werkproces in (anna, bas, cas):
        werkproces.save()
    school = fabrieken.maak_instelling(naam="Vakcollege Brinkhoven", brin="99VK00")
    fabrieken.maak_inschrijving(mensen["Anna"], instelling=school)
    fabrieken.maak_inschrijving(mensen["Bas"])
    return mensen


def test_op_achternaam_en_dan_op_voornaam(gebied: fabrieken.Gebied, coach: Any) -> None:
    mensen = (
        ("Zoë", "", "Abels"), ("Ali", "", "Zwart"), ("Demi", "van den", "Heuvel"), ("Bo", "van den", "Heuvel"),
        ("Emre", "", "Öztürk"), ("Cas", "", "Pol"),
    )  # fmt: skip
    for voornamen, voorvoegsel, achternaam in mensen:
        jongere = fabrieken.maak_jongere(gebied, voornamen=voornamen, voorvoegsel=voorvoegsel, achternaam=achternaam)
        fabrieken.maak_werkproces(jongere)
    volgorde = ["Zoë Abels", "Bo van den Heuvel", "Demi van den Heuvel", "Emre Öztürk", "Cas Pol", "Ali Zwart"]
    assert namen(coach) == volgorde


@pytest.mark.parametrize(
    ("adres", "verwacht"),
    [
        ("", ["Anna Test", "Bas Test"]),
        ("stand=afgesloten", ["Cas Test"]),
        ("stand=zonder", ["Dex Test"]),
        ("stand=onzin", ["Anna Test", "Bas Test"]),
        ("gemeente=9102", ["Bas Test"]),
        ("stand=zonder&gemeente=9102", []),
        ("doelgroep=dreigend-vsv", ["Anna Test"]),
        ("doelgroep=onbekend", ["Bas Test"]),
        ("doelgroep=onzin", ["Anna Test", "Bas Test"]),
        ("plaats=s7", ["Anna Test"]),
        ("plaats=f1", ["Bas Test"]),
        ("plaats=f2", ["Anna Test"]),
        ("behandelaar=ik", ["Anna Test"]),
        ("behandelaar=geen", ["Bas Test"]),
        ("school=vakcollege", ["Anna Test"]),
        ("school=99vk", ["Anna Test"]),
        ("behandelaar=ik&plaats=f1", []),
    ],
)
def test_elk_filter_doet_wat_het_zegt(drie: Any, coach: Any, adres: str, verwacht: list[str]) -> None:
    assert namen(coach, adres) == verwacht


def test_filter_op_een_collega(drie: Any, coach: Any, collega: Any) -> None:
    assert namen(collega, f"behandelaar={coach.sleutel}") == ["Anna Test"]
    assert (str(coach.sleutel), "Coach") in lijst(collega).keuzes.behandelaars
    assert [tekst for _, tekst in lijst(collega).keuzes.gemeenten] == ["Gemeente 1-1", "Gemeente 1-2"]


def test_een_rij_zegt_wie_waar_en_bij_wie(drie: Any, coach: Any) -> None:
    anna, bas = lijst(coach).rijen
    assert (anna.leeftijd, anna.gemeente, anna.doelgroep) == (19, "Gemeente 1-1", "dreigend vsv’er")
    assert anna.plaats == "Fase 2, stap 7: vooronderzoek"
    assert (anna.behandelaar, anna.school, anna.sinds) == ("Coach", "Vakcollege Brinkhoven", "2 nov")
    assert (bas.doelgroep, bas.behandelaar) == ("nog onbekend", "nog niemand")
    (cas,) = lijst(coach, "stand=afgesloten").rijen
    assert cas.plaats == "Afgesloten op 12 okt"


def test_de_pagina_bewaart_de_keuze_in_het_adres(drie: Any, coach: Any, als: Als) -> None:
    tekst = als(coach).get("/jongeren/?gemeente=9102&school=roc").content.decode()
    assert '<option value="9102" selected>' in tekst
    assert 'value="roc"' in tekst
    assert "?stand=afgesloten&amp;gemeente=9102&amp;school=roc" in tekst
    assert "Wis keuze" in tekst


def test_bladeren_gaat_op_sleutel_vooruit_en_terug(
    gebied: fabrieken.Gebied, coach: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jongerenlijst, "PER_PAGINA", 2)
    for naam in ("Anna", "Bas", "Cas", "Dex", "Eef"):
        fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied, voornamen=naam, achternaam="Gelijk"))
    pagina, gezien, adres = lijst(coach), [], ""
    assert pagina.vorige == ""
    while True:
        pagina = lijst(coach, adres)
        gezien.append([rij.naam.split()[0] for rij in pagina.rijen])
        if not pagina.volgende:
            break
        adres = pagina.volgende.removeprefix("?")
    assert gezien == [["Anna", "Bas"], ["Cas", "Dex"], ["Eef"]]
    terug = lijst(coach, pagina.vorige.removeprefix("?"))
    assert [rij.naam.split()[0] for rij in terug.rijen] == ["Cas", "Dex"]
    begin = lijst(coach, terug.vorige.removeprefix("?"))
    assert [rij.naam.split()[0] for rij in begin.rijen] == ["Anna", "Bas"]
    assert begin.vorige == ""
    assert pagina.getoond == "1 van 5"


def test_zonder_werkproces_bladert_ook(gebied: fabrieken.Gebied, coach: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jongerenlijst, "PER_PAGINA", 1)
    for naam in ("Anna", "Bas"):
        fabrieken.maak_jongere(gebied, voornamen=naam, achternaam="Los")
    eerste = lijst(coach, "stand=zonder")
    assert "stand=zonder" in eerste.volgende
    assert namen(coach, eerste.volgende.removeprefix("?")) == ["Bas Los"]


def test_twee_met_dezelfde_naam_vallen_niet_tussen_twee_paginas(
    gebied: fabrieken.Gebied, coach: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jongerenlijst, "PER_PAGINA", 1)
    for _ in range(3):
        fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied, voornamen="Jan", achternaam="Bakker"))
    sleutels, adres = [], ""
    for _ in range(3):
        pagina = lijst(coach, adres)
        sleutels += [rij.sleutel for rij in pagina.rijen]
        adres = pagina.volgende.removeprefix("?")
    assert len(set(sleutels)) == 3
    assert adres == ""


@pytest.mark.parametrize("na", ["geen-sleutel", "00000000-0000-0000-0000-000000000000"])
def test_een_sleutel_die_er_niet_is_leidt_naar_de_eerste_pagina(drie: Any, coach: Any, als: Als, na: str) -> None:
    antwoord = als(coach).get(f"/jongeren/?na={na}&behandelaar=ik", follow=True)
    assert [rij.naam for rij in antwoord.context["lijst"].rijen] == ["Anna Test"]


def test_tellen_stopt_bij_duizend(drie: Any, coach: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (lijst(coach).aantal, lijst(coach).zin) == ("2", "2 werkprocessen lopen in jouw gebied.")
    monkeypatch.setattr(jongerenlijst, "TELT_TOT", 1)
    assert lijst(coach).aantal == "1+"


def test_lege_lijst_wijst_de_weg(coach: Any, als: Als) -> None:
    assert "Hier staat nog niemand." in als(coach).get("/jongeren/").content.decode()
    assert "Bij deze keuze hoort niemand." in als(coach).get("/jongeren/?behandelaar=ik").content.decode()


def test_wie_elders_werkt_ziet_hier_niemand(drie: Any, buitenstaander: Any, ambtenaar: Any, als: Als) -> None:
    for wie in (buitenstaander, ambtenaar):
        for stand in ("lopend", "afgesloten", "zonder"):
            assert namen(wie, f"stand={stand}") == []
    assert "Test" not in als(buitenstaander).get("/jongeren/").content.decode()


@pytest.mark.parametrize("rol", ["beleid", "privacy", "beheerder", "schoolcontact"])
def test_wie_geen_dossiers_mag_zien_vindt_hier_geen_pagina(gebied: fabrieken.Gebied, als: Als, rol: str) -> None:
    browser = als(fabrieken.maak_gebruiker(gebied, "iemand", rol))
    assert browser.get("/jongeren/").status_code == 404
    assert browser.get("/zoeken/?q=test").status_code == 404


def test_de_lijst_staat_een_keer_in_het_logboek_met_de_vraag(drie: Any, coach: Any, als: Als) -> None:
    browser = als(coach)
    eerder = Logregel.objects.count()
    browser.get("/jongeren/?gemeente=9102")
    (regel,) = list(Logregel.objects.order_by("pk"))[eerder:]
    assert regel.code == "jongeren.bekeken"
    assert '"gemeente": "9102"' in (regel.inhoud or "")
    assert browser.post("/jongeren/").status_code == 405


@pytest.mark.parametrize("adres", ["", "?stand=zonder", "?gemeente=9101&school=roc&plaats=f1&behandelaar=geen"])
def test_de_lijst_wordt_niet_trager(gebied: fabrieken.Gebied, coach: Any, als: Als, adres: str) -> None:
    def maak(aantal: int) -> None:
        for _ in range(aantal):
            jongere = fabrieken.maak_jongere(gebied)
            fabrieken.maak_inschrijving(jongere)
            fabrieken.maak_werkproces(jongere)
            fabrieken.maak_jongere(gebied)

    def queries() -> int:
        with CaptureQueriesContext(connection) as teller:
            assert browser.get(f"/jongeren/{adres}").status_code == 200
        return sum("SAVEPOINT" not in vraag["sql"] for vraag in teller.captured_queries)

    browser = als(coach)
    maak(3)
    browser.get("/jongeren/")
    drie_rijen = queries()
    maak(27)
    assert drie_rijen == queries() <= HOOGSTENS
