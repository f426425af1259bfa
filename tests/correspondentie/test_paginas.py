"""The pages of letters: what there is, writing one with an example beside it, sending one, fetching a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from routekaart.correspondentie.acties import maak_brief
from routekaart.correspondentie.models import Brief
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud import brieven
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Verzorger
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU

Als = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def nu() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    coach.telefoon = "06 11 22 33 44"
    coach.save()
    jongere = fabrieken.maak_jongere(
        gebied, straat="Kade", huisnummer="12", postcode="1234 AB", woonplaats="Veldermeer"
    )
    return fabrieken.maak_werkproces(jongere, behandelaar=coach)


def adres(werkproces: Werkproces, naam: str = "brieven", *args: Any) -> str:
    return reverse(f"correspondentie:{naam}", args=[werkproces.jongere.sleutel, *args])


def schrijf(werkproces: Werkproces, door: Any, code: str = "niet-thuis") -> Brief:
    vorm = brieven.brief(code)
    return maak_brief(
        werkproces, sjabloon=code, aan="Yara", onderwerp=vorm.onderwerp, tekst=vorm.tekst,
        toegang=fabrieken.toegang(door), nu=NU,
    )  # fmt: skip


def ingevuld(code: str, **velden: str) -> dict[str, str]:
    vorm = brieven.brief(code)
    return {"aan": "Yara", "onderwerp": vorm.onderwerp, "tekst": vorm.tekst} | velden


def test_noemt_welke_brief_je_kunt_schrijven(als: Als, coach: Any, werkproces: Werkproces) -> None:
    pagina = als(coach).get(adres(werkproces)).text
    assert "Er zijn nog geen brieven." in pagina
    assert "Uitnodiging voor een gesprek" in pagina and "Terugkoppeling" in pagina
    assert "geen ouder of verzorger bij wie Yara nu woont" in pagina


def test_opent_met_wat_bekend_is(als: Als, coach: Any, werkproces: Werkproces) -> None:
    stappen.intake_plannen(werkproces, coach, plaats="Markt 1")
    pagina = als(coach).get(adres(werkproces, "brief-schrijven", "uitnodiging-jongere"))
    form = pagina.context["form"]
    assert form["adres"].value() == "Kade 12\n1234 AB Veldermeer"
    assert form["plaats"].value() == "Markt 1"
    assert "woensdag 18 november 2026 om 10:00" in pagina.text
    assert pagina.context["voorbeeld"].mist == 0


def test_het_voorbeeld_merkt_wat_nog_mist(als: Als, coach: Any, werkproces: Werkproces) -> None:
    url = adres(werkproces, "brief-schrijven", "uitnodiging-jongere")
    browser = als(coach)
    assert browser.get(url).context["voorbeeld"].mist == 3
    data = ingevuld("uitnodiging-jongere", doe="voorbeeld", datum="24-11-2026", tekst="Kom op {datum} om {tijd}. {gek}")
    pagina = browser.post(url, data)
    assert "dinsdag 24 november 2026" in pagina.text
    assert pagina.context["voorbeeld"].mist == 2
    assert not Brief.objects.alles(reden="test").exists()


def test_maakt_de_pdf(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = ingevuld("uitnodiging-jongere", datum="24-11-2026", tijd="10.00", plaats="Markt 1")
    antwoord = als(coach).post(adres(werkproces, "brief-schrijven", "uitnodiging-jongere"), data)
    assert antwoord.status_code == 302
    brief = Brief.objects.alles(reden="test").get()
    assert "op dinsdag 24 november 2026 om 10:00" in brief.tekst and brief.verzonden_op is None


def test_een_weigering_houdt_de_tekst(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = ingevuld("uitnodiging-jongere", tekst="Mijn eigen tekst op {datum}")
    pagina = als(coach).post(adres(werkproces, "brief-schrijven", "uitnodiging-jongere"), data).text
    assert "Vul nog in: dag van de afspraak." in pagina and "Mijn eigen tekst op {datum}" in pagina


def test_brief_aan_ouders_kiest_uit_wie_de_jongere_in_huis_heeft(als: Als, coach: Any, werkproces: Werkproces) -> None:
    Verzorger.objects.create(jongere=werkproces.jongere, naam="Petra Dekkers", van=dt.date(2010, 1, 1))
    Verzorger.objects.create(jongere=werkproces.jongere, naam="Kees Elders", van=dt.date(2010, 1, 1), thuis=False)
    pagina = als(coach).get(adres(werkproces, "brief-schrijven", "informatie-ouders"))
    assert [naam for naam, _ in pagina.context["form"].fields["aan"].choices] == ["Petra Dekkers"]
    vel = pagina.text.split('class="rk-vel"')[1]
    assert "Yara" not in vel and "Kade 12" not in vel


@pytest.mark.parametrize("code", ["bestaat-niet", "terugkoppeling-school"])
def test_een_brief_die_hier_niet_hoort_is_er_niet(als: Als, coach: Any, werkproces: Werkproces, code: str) -> None:
    assert als(coach).get(adres(werkproces, "brief-schrijven", code)).status_code == 404


def test_versturen_noemt_wie_hem_krijgt_en_vraagt_het_eerst(als: Als, coach: Any, werkproces: Werkproces) -> None:
    brief = schrijf(werkproces, coach)
    url = adres(werkproces, "versturen", brief.sleutel)
    browser = als(coach)
    vraag = browser.get(url).text
    assert "<b>Yara</b>" in vraag and "Ja, de brief is verstuurd" in vraag
    brief.refresh_from_db()
    assert brief.verzonden_op is None
    assert browser.post(url).status_code == 302
    brief.refresh_from_db()
    assert brief.verzonden_op == NU
    assert "is al verstuurd" in browser.get(url).text


def test_een_document_komt_als_bijlage_en_wordt_gelogd(als: Als, coach: Any, werkproces: Werkproces) -> None:
    brief = schrijf(werkproces, coach)
    assert brief.document is not None
    antwoord = als(coach).get(adres(werkproces, "document", brief.document.sleutel))
    assert antwoord.content.startswith(b"%PDF-")
    kop = antwoord.headers
    assert kop["Content-Type"] == "application/pdf" and kop["X-Content-Type-Options"] == "nosniff"
    assert kop["Content-Disposition"].startswith("attachment; filename=") and "no-store" in kop["Cache-Control"]
    regels = Logregel.objects.filter(code="document.opgehaald", jongere_id=werkproces.jongere_id)
    assert regels.get().onderwerp == f"document:{brief.document.sleutel}"


def test_een_veranderd_bestand_gaat_de_deur_niet_uit(als: Als, coach: Any, werkproces: Werkproces) -> None:
    brief = schrijf(werkproces, coach)
    assert brief.document is not None
    pad = Path(brief.document.bestand.path)
    pad.write_bytes(b"%PDF-iets anders")
    browser = als(coach)
    antwoord = browser.get(adres(werkproces, "document", brief.document.sleutel), follow=True)
    assert "niet meer zoals het is opgeslagen" in antwoord.text
    pad.unlink()
    antwoord = browser.get(adres(werkproces, "document", brief.document.sleutel), follow=True)
    assert "niet meer zoals het is opgeslagen" in antwoord.text


def test_een_document_van_een_ander_dossier_is_er_niet(
    als: Als, coach: Any, buitenstaander: Any, werkproces: Werkproces, gebied: fabrieken.Gebied
) -> None:
    brief = schrijf(werkproces, coach)
    assert brief.document is not None
    assert als(buitenstaander).get(adres(werkproces, "document", brief.document.sleutel)).status_code == 404
    ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    assert als(coach).get(adres(ander, "document", brief.document.sleutel)).status_code == 404
    assert als(coach).get(adres(ander, "versturen", brief.sleutel)).status_code == 404


def test_administratie_leest_en_haalt_op_maar_schrijft_niet(
    als: Als, administratie: Any, coach: Any, werkproces: Werkproces
) -> None:
    brief = schrijf(werkproces, coach)
    assert brief.document is not None
    browser = als(administratie)
    assert "Schrijf een brief" not in browser.get(adres(werkproces)).text
    assert browser.get(adres(werkproces, "document", brief.document.sleutel)).status_code == 200
    assert browser.get(adres(werkproces, "brief-schrijven", "niet-thuis")).status_code == 404
    assert browser.post(adres(werkproces, "versturen", brief.sleutel)).status_code == 404


def test_het_aantal_zoekvragen_groeit_niet(
    als: Als, coach: Any, gebied: fabrieken.Gebied, django_assert_max_num_queries: Any
) -> None:
    coach.telefoon = "06 1"
    coach.save()
    tellingen = []
    for keer in (1, 5):
        werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
        for _ in range(keer):
            schrijf(werkproces, coach)
        browser = als(coach)
        browser.get(adres(werkproces))
        with django_assert_max_num_queries(20) as gezien:
            browser.get(adres(werkproces))
        tellingen.append(len(gezien))
    assert tellingen[0] == tellingen[1]
