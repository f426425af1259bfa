"""The pages of phase 2: what they show, that an act goes through, that nothing typed is lost, and who may not enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from routekaart.begeleiding.models import Big5stand, Intake, Inzicht, Leefdomeinbeeld, Privacygesprek
from routekaart.delen.models import Toestemming
from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from routekaart.netwerk.models import Betrokkene
from tests import fabrieken
from tests.begeleiding import stappen

Als = Callable[[Any], Client]
PAGINAS = ("intake", "intake-plannen", "leefdomeinen", "big5", "privacy", "inzicht")


@pytest.fixture(autouse=True)
def nu() -> Any:
    with time_machine.travel(fabrieken.NU, tick=False):
        yield


def adres(werkproces: Werkproces, naam: str, **vraag: str) -> str:
    query = "&".join(f"{sleutel}={waarde}" for sleutel, waarde in vraag.items())
    return reverse(f"begeleiding:{naam}", args=[werkproces.jongere.sleutel]) + (f"?{query}" if query else "")


@pytest.mark.parametrize("naam", PAGINAS)
def test_elke_pagina_opent_en_wordt_een_keer_gelogd(als: Als, coach: Any, werkproces: Werkproces, naam: str) -> None:
    assert als(coach).get(adres(werkproces, naam)).status_code == 200
    regels = Logregel.objects.filter(soort="lezen", jongere_id=werkproces.jongere_id)
    assert [regel.code for regel in regels] == ["dossier.bekeken"]


@pytest.mark.parametrize("naam", PAGINAS)
def test_wie_buiten_bereik_is_ziet_niets(als: Als, buitenstaander: Any, werkproces: Werkproces, naam: str) -> None:
    assert als(buitenstaander).get(adres(werkproces, naam)).status_code == 404


@pytest.mark.parametrize("naam", PAGINAS)
def test_administratie_verandert_hier_niets(als: Als, administratie: Any, werkproces: Werkproces, naam: str) -> None:
    antwoord = als(administratie).post(adres(werkproces, naam), {"versie": "0"})
    assert antwoord.status_code in {200, 404}
    for model in (Intake, Leefdomeinbeeld, Big5stand, Privacygesprek, Inzicht):
        assert not model.objects.alles(reden="test").exists()


def vul(werkproces: Werkproces, coach: Any, *, keer: int) -> None:
    """Much of everything, `keer` times over."""
    stappen.melding(werkproces, fabrieken_gebied(werkproces))
    stappen.intake(werkproces, coach)
    for nummer in range(keer):
        stappen.leefdomein(werkproces, coach, domein="gezin", besproken=False)
        stappen.leefdomein(werkproces, coach, domein="financien", stand=4, besproken=False)
        stappen.privacy(werkproces, coach)
        Betrokkene.objects.create(
            jongere=werkproces.jongere, naam=f"Helper {nummer}", rol="coach", organisatie=f"H{nummer}"
        )
    stappen.inzicht(werkproces, coach)
    stappen.plan(werkproces, coach)


def fabrieken_gebied(werkproces: Werkproces) -> fabrieken.Gebied:
    leeg: Any = None
    return fabrieken.Gebied(werkproces.regio, werkproces.gemeente, leeg, leeg, leeg, leeg)


@pytest.mark.parametrize("naam", [naam for naam in PAGINAS if naam != "intake-plannen"])
def test_het_aantal_zoekvragen_groeit_niet(
    als: Als, coach: Any, gebied: fabrieken.Gebied, naam: str, django_assert_max_num_queries: Any
) -> None:
    tellingen = []
    for keer in (1, 6):
        werkproces = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
        vul(werkproces, coach, keer=keer)
        browser = als(coach)
        browser.get(adres(werkproces, naam))
        with django_assert_max_num_queries(20) as gezien:
            assert browser.get(adres(werkproces, naam)).status_code == 200
        tellingen.append(len(gezien))
    assert tellingen[0] == tellingen[1]


def planning(**velden: str) -> dict[str, str]:
    return {
        "datum": "24-11-2026", "tijd": "10:00", "plaats": "Markt 1", "wens_gevraagd": "on", "wens": "Haar tante",
        "versie": "0",
    } | velden  # fmt: skip


def test_plant_de_intake(als: Als, coach: Any, werkproces: Werkproces) -> None:
    antwoord = als(coach).post(adres(werkproces, "intake-plannen"), planning())
    assert antwoord.status_code == 302 and antwoord.headers["Location"].endswith("/route/")
    assert Intake.objects.alles(reden="test").get().wens == "Haar tante"


def test_vergeten_vraag_laat_alles_staan_wat_getypt_is(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = planning()
    del data["wens_gevraagd"]
    pagina = als(coach).post(adres(werkproces, "intake-plannen"), data).text
    assert "Vraag altijd wie de jongere erbij wil" in pagina
    assert "Markt 1" in pagina and "Haar tante" in pagina and "24-11-2026" in pagina


def test_school_staat_er_alleen_bij_een_inschrijving(als: Als, coach: Any, werkproces: Werkproces) -> None:
    assert "School doet mee" not in als(coach).get(adres(werkproces, "intake-plannen")).text
    fabrieken.maak_inschrijving(werkproces.jongere)
    pagina = als(coach).get(adres(werkproces, "intake-plannen"))
    assert "staat ingeschreven bij ROC De Waarden" in pagina.text
    assert pagina.context["form"]["school_erbij"].value() is True


def test_een_collega_was_eerder_en_dat_staat_er(als: Als, coach: Any, collega: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    browser.get(adres(werkproces, "intake-plannen"))
    stappen.intake_plannen(werkproces, collega, plaats="School")
    pagina = browser.post(adres(werkproces, "intake-plannen"), planning(plaats="Kantoor"))
    assert "Dit is intussen veranderd." in pagina.text and "School" in pagina.text
    assert 'value="Kantoor"' in pagina.text
    opnieuw = planning(plaats="Kantoor", versie=str(pagina.context["form"].data["versie"]))
    assert browser.post(adres(werkproces, "intake-plannen"), opnieuw).status_code == 302
    assert Intake.objects.alles(reden="test").get().plaats == "Kantoor"


def test_legt_een_geplande_intake_vast_met_wat_bekend_is(als: Als, coach: Any, werkproces: Werkproces) -> None:
    stappen.intake_plannen(werkproces, coach, wens="Haar tante")
    browser = als(coach)
    pagina = browser.get(adres(werkproces, "intake"))
    form = pagina.context["form"]
    assert form["deelnemers"].value() == "Yara, Coach, Haar tante, school"
    assert "wens_gevraagd" not in form.fields
    data = {
        "gehouden_op": "17-11-2026", "deelnemers": "Yara", "ondersteuningsvraag": "Ik wil werken",
        "vraag_thuis": "Bij moeder", "versie": form["versie"].value(),
    }  # fmt: skip
    assert browser.post(adres(werkproces, "intake"), data).status_code == 302
    intake = Intake.objects.alles(reden="test").get()
    assert intake.antwoorden == {"thuis": "Bij moeder"}
    gelezen = browser.get(adres(werkproces, "intake"))
    assert "Ik wil werken" in gelezen.text and "form" not in gelezen.context


def test_toont_wat_over_school_al_bekend_is(als: Als, coach: Any, werkproces: Werkproces) -> None:
    fabrieken.maak_inschrijving(werkproces.jongere, opleiding="Techniek")
    pagina = als(coach).get(adres(werkproces, "intake", vastleggen="ja"))
    assert "Bekend: mbo 2 Techniek bij ROC De Waarden." in pagina.text


def test_bewaart_een_stand_en_gaat_naar_het_volgende_domein(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {"stand": "3", "aard": "woorden", "tekst": "“Het gaat wel”"}
    antwoord = als(coach).post(adres(werkproces, "leefdomeinen", domein="financien"), data)
    assert antwoord.headers["Location"].endswith("?domein=justitie")
    beeld = Leefdomeinbeeld.objects.alles(reden="test").get()
    assert (beeld.domein, beeld.stand, beeld.aard, beeld.tekst) == ("financien", 3, "woorden", "“Het gaat wel”")


def test_het_beeld_toont_begin_en_nu(als: Als, coach: Any, werkproces: Werkproces) -> None:
    stappen.leefdomein(werkproces, coach, stand=1, op=fabrieken.VANDAAG - stappen.EEN_DAG * 90, besproken=False)
    stappen.leefdomein(werkproces, coach, stand=3, besproken=False)
    pagina = als(coach).get(adres(werkproces, "leefdomeinen", domein="financien"))
    assert "start 1, nu 3, beter" in pagina.text
    assert "1 van 13 besproken" in pagina.text
    assert "Bij de start was dit 1." in pagina.text


def test_bij_huiselijke_relaties_staat_de_meldcode(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    assert "Meldcode" in browser.get(adres(werkproces, "leefdomeinen", domein="huiselijke-relaties")).text
    assert "Meldcode" not in browser.get(adres(werkproces, "leefdomeinen", domein="gezin")).text


def test_een_domein_dat_niet_bestaat_is_er_niet(als: Als, coach: Any, werkproces: Werkproces) -> None:
    assert als(coach).get(adres(werkproces, "leefdomeinen", domein="humeur")).status_code == 404


def test_besproken_is_een_eigen_knop(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    antwoord = browser.post(adres(werkproces, "leefdomeinen-besproken"), follow=True)
    assert "minstens één leefdomein" in antwoord.text
    stappen.leefdomein(werkproces, coach, besproken=False)
    assert browser.post(adres(werkproces, "leefdomeinen-besproken")).headers["Location"].endswith("/route/")
    assert len(stappen.feiten(werkproces, "leefdomeinen.besproken")) == 1
    assert browser.get(adres(werkproces, "leefdomeinen-besproken")).status_code == 405


def test_legt_de_big5_vast(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {"op": "17-11-2026", "wonen": "deels", "wonen_toelichting": "Bij een vriend", "support": "ja"}
    browser = als(coach)
    assert browser.post(adres(werkproces, "big5"), data).status_code == 302
    pagina = browser.get(adres(werkproces, "big5"))
    assert "Nog niet op orde: wonen." in pagina.text and "Bij een vriend" in pagina.text


def test_legt_het_gesprek_over_privacy_vast_met_ja_en_nee(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {
        "op": "17-11-2026", "vorm": "schriftelijk", "aantal": "3", "besproken": "Alleen school",
        "ontvanger_0": "ROC", "doel_0": "verzuim", "antwoord_0": "ja",
        "ontvanger_1": "Bank", "doel_1": "geld", "antwoord_1": "nee", "ontvanger_2": "Nog te vragen",
        "bestand": SimpleUploadedFile("verklaring.pdf", b"%PDF-1.7 getekend"),
    }  # fmt: skip
    assert als(coach).post(adres(werkproces, "privacy"), data).status_code == 302
    rijen = Toestemming.objects.alles(reden="test").order_by("pk")
    assert [(rij.ontvanger, rij.gegeven, rij.vorm) for rij in rijen] == [
        ("ROC", True, "schriftelijk"),
        ("Bank", False, "schriftelijk"),
    ]
    assert rijen[0].document is not None


def test_nog_een_regel_houdt_wat_getypt_is_en_legt_niets_vast(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {"doe": "meer", "aantal": "3", "op": "32-13-2026", "ontvanger_0": "Stadsbank", "antwoord_0": "ja"}
    pagina = als(coach).post(adres(werkproces, "privacy"), data)
    assert pagina.status_code == 200
    assert 'value="Stadsbank"' in pagina.text and 'name="ontvanger_3"' in pagina.text
    assert "kloppen nog niet" not in pagina.text and "klopt nog niet" not in pagina.text
    assert not Privacygesprek.objects.alles(reden="test").exists()


def test_een_antwoord_zonder_doel_wordt_gevraagd(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {"op": "17-11-2026", "vorm": "mondeling", "aantal": "3", "ontvanger_0": "ROC", "antwoord_0": "ja"}
    assert "Schrijf op waarvoor" in als(coach).post(adres(werkproces, "privacy"), data).text
    assert not Toestemming.objects.alles(reden="test").exists()


def test_stelt_school_en_betrokkenen_voor(als: Als, coach: Any, werkproces: Werkproces) -> None:
    fabrieken.maak_inschrijving(werkproces.jongere)
    Betrokkene.objects.create(jongere=werkproces.jongere, naam="Wouter", rol="hulp", organisatie="Stadsbank")
    form = als(coach).get(adres(werkproces, "privacy")).context["form"]
    namen = [ontvanger.value() for ontvanger, _, _ in form.regels]
    assert namen[:3] == ["ROC De Waarden", "Stadsbank", ""]


def test_vult_het_inzicht_aan_en_gaat_naar_wat_nog_mist(als: Als, coach: Any, werkproces: Werkproces) -> None:
    data = {"tekst": "Verkeerde keuze", "bron": "Yara", "op": "17-11-2026", "redencode": "studiekeuze", "versie": "0"}
    antwoord = als(coach).post(adres(werkproces, "inzicht", punt="redenen"), data)
    assert antwoord.headers["Location"].endswith("?punt=wat-nodig")
    pagina = als(coach).get(adres(werkproces, "inzicht"))
    assert "1 van 4 inzichten" in pagina.text and "Niet passende studiekeuze" in pagina.text
    assert pagina.context["gekozen"].code == "wat-nodig"


def test_twee_over_hetzelfde_inzicht(als: Als, coach: Any, collega: Any, werkproces: Werkproces) -> None:
    data = {"tekst": "Eerst rust", "bron": "Yara", "op": "17-11-2026", "versie": "0"}
    url = adres(werkproces, "inzicht", punt="wat-nodig")
    als(collega).post(url, data | {"tekst": "Terug naar school"})
    pagina = als(coach).post(url, data)
    assert "Terug naar school" in pagina.text and "Eerst rust" in pagina.text
    assert Inzicht.objects.alles(reden="test").get().tekst == "Terug naar school"


def test_zonder_werkproces_zegt_de_pagina_wat_er_komt(als: Als, coach: Any, gebied: fabrieken.Gebied) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    for naam in PAGINAS:
        pagina = als(coach).get(reverse(f"begeleiding:{naam}", args=[jongere.sleutel]))
        if naam == "intake-plannen":
            assert pagina.status_code == 404
        else:
            assert "Er is nog geen werkproces" in pagina.text
