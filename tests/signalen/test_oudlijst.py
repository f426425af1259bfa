"""Oud-vsv'ers: overdue ones, what was tried, who has the regie, and a list that shares no more than it may (OUD)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.begeleiding.models import Regie, Traject
from routekaart.delen.models import Verstrekking
from routekaart.dossiers.acties import leg_contact_vast
from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.conftest import tekst, wie, zoek

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
PAGINA = "/signalen/oud-vsv/"
OVERLEG = "/signalen/oud-vsv/overleg/"
LANG = VANDAAG - dt.timedelta(days=500)


def oud_vsver(gebied: Gebied, naam: str, **velden: Any) -> Jongere:
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2005-03-04", voornamen=naam, **velden)
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2022, 8, 1), tot=dt.date(2023, 5, 20))
    return jongere


@pytest.fixture
def drie(gebied: Gebied, coach: Any) -> dict[str, Jongere]:
    """Anna whom nobody knows yet, Bas who heard nothing for over a year, Cas with a werkproces and geheimhouding."""
    jongeren = {"Anna": oud_vsver(gebied, "Anna"), "Bas": oud_vsver(gebied, "Bas")}
    jongeren["Cas"] = oud_vsver(gebied, "Cas", geheimhouding=7)
    eerder = fabrieken.maak_werkproces(jongeren["Bas"], behandelaar=coach)
    Traject.objects.create(
        werkproces=eerder, domein="werk", wat="Werkplaats Veldermeer", start_op=LANG, stand="gestopt", gestopt_op=LANG
    )
    loopt = fabrieken.maak_werkproces(jongeren["Cas"], behandelaar=coach)
    oud = Werkproces.objects.alles(reden="proef")
    oud.filter(pk=eerder.pk).update(gestart_op=LANG, afgesloten_op=LANG, uitkomst="reageert-niet", doelgroep="oud-vsv")
    oud.filter(pk=loopt.pk).update(doelgroep="oud-vsv")
    leg_contact_vast(
        loopt, met="jongere", kanaal="telefoon", moment=NU - dt.timedelta(days=2), resultaat="geen-contact",
        toegang=fabrieken.toegang(coach), nu=NU,
    )  # fmt: skip
    zoek(gebied)
    return jongeren


def test_elk_getal_leidt_naar_wie_het_zijn(drie: Any, coach: Any, als: Als) -> None:
    venster = als(coach)
    pagina = tekst(venster, PAGINA)
    assert "We kennen 3 oud-vsv’ers." in pagina and wie(pagina) == {"Anna", "Bas", "Cas"}
    assert wie(tekst(venster, f"{PAGINA}?toon=over-tijd")) == {"Bas"}
    assert wie(tekst(venster, f"{PAGINA}?toon=nooit")) == {"Anna"}
    assert wie(tekst(venster, f"{PAGINA}?toon=herbeoordeling")) == {"Cas"}
    assert wie(tekst(venster, f"{PAGINA}?toon=zonder-regie")) == {"Cas"}
    assert "Werkplaats Veldermeer" in pagina and "te lang" in pagina and "15 nov" in pagina


def test_met_regie_staat_er_wie_haar_heeft(drie: dict[str, Jongere], coach: Any, als: Als) -> None:
    werkproces = Werkproces.objects.alles(reden="proef").get(jongere=drie["Cas"])
    Regie.objects.create(werkproces=werkproces, houder="Wouter Blom", van=VANDAAG)
    assert not wie(tekst(als(coach), f"{PAGINA}?toon=zonder-regie"))
    assert "Wouter Blom" in tekst(als(coach), PAGINA)


def test_een_lijst_voor_een_overleg_vraagt_doel_en_grond_en_deelt_niet_meer(
    drie: dict[str, Jongere], coach: Any, als: Als
) -> None:
    venster = als(coach)
    keuze = {"jongeren": [str(een.sleutel) for een in drie.values()]}
    vraag = unescape(venster.post(OVERLEG, keuze).content.decode())
    assert "2 jongeren gaan mee" in vraag and "1 jongere met geheimhouding" in vraag
    samen = {"jongeren": ",".join(keuze["jongeren"]), "overleg": "wijkronde", "grondslag": "wettelijke-taak"}
    assert "is nog leeg" in unescape(venster.post(OVERLEG, samen).content.decode())
    assert not Verstrekking.objects.alles(reden="proef").exists()
    lijst = venster.post(OVERLEG, samen | {"doel": "Afspreken wie wie opzoekt"})["Location"]
    pagina = tekst(venster, lijst)
    assert "wijkronde" in pagina and "Afspreken wie wie opzoekt" in pagina and "Wettelijke taak" in pagina
    assert drie["Anna"].naam in pagina and drie["Cas"].naam not in pagina and "Werkplaats" not in pagina
    bewaard = Verstrekking.objects.alles(reden="proef")
    assert {rij.jongere.voornamen for rij in bewaard} == {"Anna", "Bas"}
    assert {naam for rij in bewaard for naam in rij.inhoud} == {"naam", "leeftijd", "gemeente"}
    assert Logregel.objects.filter(code="overleg.meegenomen", jongere_id=drie["Anna"].pk).count() == 1


def test_wie_buiten_bereik_is_kan_niet_mee(drie: dict[str, Jongere], ambtenaar: Any, als: Als) -> None:
    assert als(ambtenaar).post(OVERLEG, {"jongeren": str(drie["Anna"].sleutel)}).status_code == 404
    assert als(ambtenaar).post(OVERLEG, {}).status_code == 302


def test_de_lijst_stelt_evenveel_vragen_hoeveel_het_er_ook_zijn(
    gebied: Gebied, drie: Any, coach: Any, als: Als
) -> None:
    venster = als(coach)

    def vragen() -> int:
        with CaptureQueriesContext(connection) as teller:
            tekst(venster, PAGINA)
        return len(teller)

    eerst = vragen()
    for _ in range(5):
        oud_vsver(gebied, "Dirk")
    zoek(gebied)
    assert vragen() == eerst
