"""An uitkomst that says that it goes on elsewhere opens that werkproces, with a link (DGR-14, MON-08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.inhoud.codelijsten import codelijst, uitkomsten
from routekaart.logboek.models import Logregel
from routekaart.meldingen.acties import Afsluiting, koppel_terug_zonder_actie
from routekaart.regels.route import Status
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG

ALLES: dict[str, Any] = {"reden": "test"}


@pytest.fixture(autouse=True)
def op_dinsdag() -> Iterator[None]:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def verzuim(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    """Absence of somebody who is enrolled, up to and with the plan; begun last schooljaar."""
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2025, 8, 1))
    werkproces = fabrieken.maak_werkproces(
        jongere, behandelaar=coach, soort="verzuim-18-plus", route="mas-18-plus",
        op=dt.date(2026, 6, 1),
    )  # fmt: skip
    stappen.melding(werkproces, gebied)
    stappen.dossier(werkproces, coach)
    stappen.oordeel(werkproces, coach, "verzuim-18-plus")
    for doe in (stappen.intake_plannen, stappen.intake, stappen.leefdomein, stappen.privacy, stappen.inzicht):
        doe(werkproces, coach)
    return werkproces


def sluit(werkproces: Werkproces, door: Any, uitkomst: str, **velden: Any) -> Werkproces:
    """Closes with this uitkomst and gives what follows."""
    stappen.afsluiten(werkproces, door, uitkomst=uitkomst, duo_afsluitreden=4, **velden)
    vervolg: Werkproces = Werkproces.objects.alles(**ALLES).get(vervolg_op=werkproces)
    return vervolg


def test_overdracht_naar_het_nieuwe_schooljaar_gaat_daar_verder(verzuim: Werkproces, coach: Any) -> None:
    vervolg = sluit(verzuim, coach, "overdracht-schooljaar")
    assert verzuim.uitkomst == "overdracht-schooljaar"
    assert (vervolg.soort, vervolg.route, vervolg.schooljaar) == ("verzuim-18-plus", "mas-18-plus", "2026-2027")
    assert (vervolg.behandelaar, vervolg.team, vervolg.gestart_op) == (coach, verzuim.team, VANDAAG)
    assert vervolg.open and vervolg.nummer and vervolg.nummer != verzuim.nummer
    assert vervolg.doelgroep == "verzuim-18-plus"
    stand = {stap.nummer: stap for stap in routestand(vervolg, op=VANDAAG).stappen}
    assert all(stand[nummer].status is Status.VERVULD for nummer in (1, 2, 3))
    assert all(stand[nummer].status is Status.OVERGESLAGEN for nummer in (4, 5, 6, 7))
    assert all(verzuim.nummer in stand[nummer].uitleg[-1].toelichting for nummer in (4, 5, 6, 7))
    assert vervolg.stap == 8


def test_wie_in_de_zomer_overdraagt_werkt_verder_in_het_volgende_schooljaar(
    gebied: fabrieken.Gebied, coach: Any
) -> None:
    werkproces = fabrieken.maak_werkproces(
        fabrieken.maak_jongere(gebied), behandelaar=coach, soort="verzuim-18-plus", route="mas-18-plus",
    )  # fmt: skip
    vervolg = sluit(werkproces, coach, "overdracht-schooljaar")
    assert vervolg.schooljaar == "2027-2028"


def test_wie_is_uitgeschreven_krijgt_een_werkproces_vsv(verzuim: Werkproces, coach: Any) -> None:
    inschrijving = verzuim.jongere.inschrijvingen.alles(**ALLES).get()
    inschrijving.tot = dt.date(2026, 10, 30)
    inschrijving.save()
    vervolg = sluit(verzuim, coach, "werkproces-vsv")
    assert (vervolg.soort, vervolg.route) == ("vsv", "doorstroompunt")
    assert (vervolg.doelgroep, vervolg.doelgroep_voorstel) == ("dreigend-vsv", "dreigend-vsv")
    assert vervolg.doelgroep_motivatie == ""
    assert vervolg.stap == 4
    verzuim.refresh_from_db()
    assert verzuim.doelgroep == "verzuim-18-plus"
    assert Logregel.objects.filter(code="werkproces.vervolg", jongere_id=verzuim.jongere_id).count() == 1


def test_loopt_duo_achter_dan_blijven_voorstel_en_afwijking_bewaard(verzuim: Werkproces, coach: Any) -> None:
    vervolg = sluit(verzuim, coach, "werkproces-vsv")
    assert vervolg.doelgroep_voorstel != "dreigend-vsv"
    assert vervolg.doelgroep == "dreigend-vsv"
    assert "Werkproces VSV (reeds uitgeschreven)" in vervolg.doelgroep_motivatie


def test_loopt_er_al_een_werkproces_vsv_dan_komt_er_geen_tweede(verzuim: Werkproces, coach: Any) -> None:
    fabrieken.maak_werkproces(verzuim.jongere, soort="vsv")
    stappen.afsluiten(verzuim, coach, uitkomst="werkproces-vsv", duo_afsluitreden=4)
    assert not Werkproces.objects.alles(**ALLES).filter(vervolg_op=verzuim).exists()
    assert Werkproces.objects.alles(**ALLES).filter(jongere=verzuim.jongere, soort="vsv").count() == 1


def test_andere_uitkomsten_openen_niets(verzuim: Werkproces, coach: Any) -> None:
    stappen.afsluiten(verzuim, coach, uitkomst="waarschuwingsbrief")
    assert Werkproces.objects.alles(**ALLES).count() == 1


def test_ook_bij_het_oordeel_over_de_melding(gebied: fabrieken.Gebied, verzuim: Werkproces, coach: Any) -> None:
    melding = stappen.melding(
        verzuim, gebied, duo_nummer="4455", oordeel="", oordeel_op=None, stand="nieuw", duo_status=""
    )
    verzuim.meldingen.alles(**ALLES).exclude(pk=melding.pk).update(uitkomst="gesprek-afspraken", uitkomst_op=VANDAAG)
    koppel_terug_zonder_actie(
        melding, motivatie="Is uitgeschreven", afsluiting=Afsluiting(uitkomst="werkproces-vsv"),
        onvolledig_omdat="School weet niet meer", toegang=fabrieken.toegang(coach), nu=NU,
    )  # fmt: skip
    vervolg = Werkproces.objects.alles(**ALLES).get(vervolg_op=verzuim)
    assert (vervolg.soort, vervolg.open, bool(vervolg.nummer)) == ("vsv", True, True)


def test_het_scherm_zegt_vooraf_en_achteraf_dat_het_verdergaat(client: Client, verzuim: Werkproces, coach: Any) -> None:
    client.force_login(coach)
    gevolg = client.get(reverse("begeleiding:gevolg", args=[verzuim.sleutel]), {"uitkomst": "werkproces-vsv"}).text
    assert "Er begint een werkproces VSV dat hierop verdergaat." in gevolg
    zonder = client.get(reverse("begeleiding:gevolg", args=[verzuim.sleutel]), {"uitkomst": "waarschuwingsbrief"}).text
    assert "Er begint" not in zonder
    antwoord = client.post(
        reverse("begeleiding:afsluiten", args=[verzuim.jongere.sleutel]),
        {"uitkomst": "werkproces-vsv", "afgesloten_op": "17-11-2026", "duo_afsluitreden": "4", "afsluiting": "x"},
        follow=True,
    )
    assert antwoord.context["dossier"].werkproces == verzuim
    assert "Koppel nu terug aan de melder. Er begint een werkproces VSV" in antwoord.text
    overzicht = client.get(reverse("dossiers:overzicht", args=[verzuim.jongere.sleutel])).text
    assert f"vervolg op {verzuim.nummer}" in overzicht


def test_elke_uitkomst_die_verdergaat_wijst_een_soort_aan_die_er_is() -> None:
    soorten = [rij.code for rij in codelijst("soorten-werkproces").waarden if rij.extra.get("uitkomsten")]
    verder = {(soort, keuze.code): keuze.vervolg for soort in soorten for keuze in uitkomsten(soort) if keuze.vervolg}
    assert verder == {
        ("verzuim-18-plus", "overdracht-schooljaar"): "verzuim-18-plus",
        ("verzuim-18-plus", "werkproces-vsv"): "vsv",
        ("jikp", "werkproces-vsv"): "vsv",
        ("herbeoordeling", "werkproces-vsv"): "vsv",
        ("relatief-verzuim", "overdracht-schooljaar"): "relatief-verzuim",
        ("zorg-preventie", "overdracht-schooljaar"): "zorg-preventie",
    }
