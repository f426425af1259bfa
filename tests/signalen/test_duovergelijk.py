"""DUO's vsv lists beside our own: numbers lead to their cases, and who is only on theirs becomes a melding (MEL-26)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.fabrieken import Gebied
from tests.signalen.conftest import tekst, wie

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
PAGINA = "/signalen/duo-vsv/"
LIJST = "2025-2026:NenR"


@pytest.fixture
def drie(gebied: Gebied, coach: Any) -> dict[str, Jongere]:
    """Anna only on DUO's list, Bas on both, Cas only with us."""
    jongeren = {naam: fabrieken.maak_jongere(gebied, voornamen=naam) for naam in ("Anna", "Bas", "Cas")}
    for naam in ("Anna", "Bas"):
        fabrieken.maak_vsvopgave(jongeren[naam], rapportage="NenR", leverdatum=dt.date(2026, 10, 15))
    for naam in ("Bas", "Cas"):
        eigen = fabrieken.maak_werkproces(jongeren[naam], behandelaar=coach)
        Werkproces.objects.alles(reden="proef").filter(pk=eigen.pk).update(gestart_op=dt.date(2026, 3, 2))
    fabrieken.maak_vsvopgave(jongeren["Cas"], rapportage="A05")  # a report about something else
    return jongeren


def test_elk_getal_leidt_naar_wie_het_zijn(drie: Any, coach: Any, als: Als) -> None:
    venster = als(coach)
    pagina = tekst(venster, PAGINA)
    assert "2025-2026, namen en nummers van de definitieve vsv'ers (NenR), geleverd 15 oktober 2026" in pagina
    assert wie(pagina) == {"Anna"}
    assert 'aria-label="1: Bij ons, niet bij DUO, Gemeente 1-1"' in pagina
    assert wie(tekst(venster, f"{PAGINA}?lijst={LIJST}&toon=alleen-ons&gemeente=9101")) == {"Cas"}
    assert wie(tekst(venster, f"{PAGINA}?toon=beide")) == {"Bas"}
    assert not wie(tekst(venster, f"{PAGINA}?toon=beide&gemeente=9102"))


def test_wie_alleen_bij_duo_staat_wordt_een_melding_uit_eigen_onderzoek(
    drie: dict[str, Jongere], coach: Any, als: Als
) -> None:
    venster, wat = als(coach), {"lijst": LIJST, "jongere": str(drie["Anna"].sleutel)}
    assert venster.post(f"{PAGINA}melden/", wat).status_code == 302
    melding = Melding.objects.alles(reden="proef").get()
    assert (melding.jongere, melding.kanaal, melding.soort) == (drie["Anna"], "C.I", "vsv")
    assert "lijst van DUO over 2025-2026" in melding.reden
    assert not wie(tekst(venster, PAGINA)), "zij is nu bij ons bekend"
    venster.post(f"{PAGINA}melden/", wat)  # sent twice
    assert Melding.objects.alles(reden="proef").count() == 1


def test_zonder_keuze_of_buiten_bereik_gebeurt_er_niets(
    gebied: Gebied, drie: dict[str, Jongere], coach: Any, als: Als
) -> None:
    elders = fabrieken.maak_jongere(fabrieken.maak_gebied(nummer=2, naam="Regio Elders"))
    assert als(coach).post(f"{PAGINA}melden/", {"lijst": LIJST}).status_code == 302
    vreemd = {"lijst": LIJST, "jongere": str(elders.sleutel)}
    assert als(coach).post(f"{PAGINA}melden/", vreemd).status_code == 404
    assert not Melding.objects.alles(reden="proef").exists()


def test_zonder_lijst_staat_er_wat_te_doen(gebied: Gebied, coach: Any, als: Als) -> None:
    assert "Er is nog geen vsv-lijst van DUO ingelezen." in tekst(als(coach), PAGINA)
