"""What was tried before is shown, and doing it again asks why (PVA-11, DOS-06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import NieuwDoel, NieuweAfspraak
from routekaart.begeleiding.eerder import Inzet, eerdere_inzet, herhaald
from routekaart.begeleiding.models import Plan, Traject
from routekaart.dossiers.models import Werkproces
from routekaart.loopbaan.models import Hulp
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG

ALLES: dict[str, Any] = {"reden": "test"}
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def op_dinsdag() -> Iterator[None]:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def klaar_voor_plan(werkproces: Werkproces, coach: Any, gebied: fabrieken.Gebied) -> Werkproces:
    """An oud-vsv'er with an earlier path that stopped, and help that ended."""
    eerder = fabrieken.maak_werkproces(werkproces.jongere, soort="verzuim-18-plus", op=dt.date(2024, 2, 1))
    Traject.objects.create(
        werkproces=eerder, domein="arbeid", wat="Leerwerktraject in de techniek", aanbieder="Werkplein",
        start_op=dt.date(2024, 3, 1), stand="gestopt", gestopt_op=dt.date(2024, 6, 1),
    )  # fmt: skip
    Hulp.objects.create(
        jongere=werkproces.jongere, bron="Yara", van=dt.date(2023, 1, 1), tot=dt.date(2023, 9, 1), aanbieder="Bank",
        waarvoor="Hulp bij schulden", effect="Schulden niet lager",
    )  # fmt: skip
    stappen.melding(werkproces, gebied)
    for doe in (stappen.dossier, stappen.oordeel, stappen.intake_plannen, stappen.intake, stappen.leefdomein,
                stappen.privacy, stappen.inzicht):  # fmt: skip
        doe(werkproces, coach)
    return werkproces


def afspraak(wat: str) -> list[NieuweAfspraak]:
    return [NieuweAfspraak(wat, "Coach", VANDAAG + WEEK)]


def test_wat_er_eerder_was_staat_op_een_rij(klaar_voor_plan: Werkproces, coach: Any) -> None:
    toegang = fabrieken.toegang(coach)
    rijen = eerdere_inzet(klaar_voor_plan, op=VANDAAG, toegang=toegang)
    assert [(rij.wat, rij.effect) for rij in rijen] == [
        ("Leerwerktraject in de techniek", "gestopt"),
        ("Hulp bij schulden", "Schulden niet lager"),
    ]
    stappen.plan(klaar_voor_plan, coach)
    stappen.uitvoering(klaar_voor_plan, coach, wat="Entree horeca")
    assert len(eerdere_inzet(klaar_voor_plan, op=VANDAAG, toegang=toegang)) == 2, "wat nu loopt is niet van eerder"


@pytest.mark.parametrize("wat", ["Start het leerwerktraject technièk", "hulp bij schulden"])
def test_opnieuw_zonder_reden_waarschuwt_het_plan(klaar_voor_plan: Werkproces, coach: Any, wat: str) -> None:
    with pytest.raises(Geweigerd, match="Dit is eerder ingezet") as geweigerd:
        stappen.plan(klaar_voor_plan, coach, afspraken=afspraak(wat))
    assert geweigerd.value.veld == "herhaling_omdat"
    assert not Plan.objects.alles(**ALLES).exists()


def test_met_een_reden_mag_het_en_blijft_de_reden_zichtbaar(klaar_voor_plan: Werkproces, coach: Any) -> None:
    reden = "Yara is nu ouder en vroeg er zelf om"
    stappen.plan(klaar_voor_plan, coach, doelen=[NieuwDoel("Hulp bij mijn schulden")], herhaling_omdat=reden)
    (feit,) = stappen.feiten(klaar_voor_plan, "plan.vastgesteld")
    assert "Hulp bij schulden" in feit.toelichting and reden in feit.toelichting


def test_iets_anders_vraagt_niets(klaar_voor_plan: Werkproces, coach: Any) -> None:
    stappen.plan(klaar_voor_plan, coach, afspraken=afspraak("Bezoek een open dag"))
    assert Plan.objects.alles(**ALLES).count() == 1


def test_ook_bij_de_start_van_een_traject(klaar_voor_plan: Werkproces, coach: Any) -> None:
    stappen.plan(klaar_voor_plan, coach)
    with pytest.raises(Geweigerd, match=r"bij Werkplein, 1 maart 2024 tot 1 juni 2024\. Toen: gestopt"):
        stappen.uitvoering(klaar_voor_plan, coach, wat="Leerwerktraject techniek")
    stappen.uitvoering(klaar_voor_plan, coach, wat="Leerwerktraject techniek", herhaling_omdat="Andere begeleider")
    assert "Andere begeleider" in stappen.feiten(klaar_voor_plan, "uitvoering.gestart")[0].toelichting


@pytest.mark.parametrize("wat", ["", "de en het", "mbo 2"])
def test_woorden_die_niets_zeggen_zijn_geen_herhaling(wat: str) -> None:
    assert herhaald([wat], [Inzet("mbo 2 Techniek", "", "", ""), Inzet("mbo 2", "", "", "")]) == []


def test_het_scherm_toont_het_en_houdt_wat_je_typte(client: Client, klaar_voor_plan: Werkproces, coach: Any) -> None:
    client.force_login(coach)
    adres = reverse("begeleiding:plan", args=[klaar_voor_plan.jongere.sleutel])
    pagina = client.get(adres).text
    assert "Eerder ingezet" in pagina and "Schulden niet lager" in pagina
    invoer = {
        "op": "17-11-2026", "deelnemers": "Yara", "domeinen": ["arbeid"], "akkoord": "on", "versie": "0",
        "aantal_doelen": "1", "aantal_afspraken": "1", "doel_0": "Rust in geld", "wat_0": "Hulp bij schulden",
        "wie_0": "Stadsbank", "voor_0": "24-11-2026", "houder": "Wouter Blom", "gevraagd": "on",
    }  # fmt: skip
    antwoord = client.post(adres, invoer)
    assert list(antwoord.context["form"].errors) == ["herhaling_omdat"]
    assert "Rust in geld" in antwoord.text
    assert client.post(adres, invoer | {"herhaling_omdat": "Nu met budgetbeheer"}).status_code == 302


def test_zonder_iets_van_eerder_staat_de_vraag_er_niet(client: Client, werkproces: Werkproces, coach: Any) -> None:
    client.force_login(coach)
    pagina = client.get(reverse("begeleiding:plan", args=[werkproces.jongere.sleutel])).text
    assert "Eerder ingezet" not in pagina and "Waarom past het nu wel" not in pagina
