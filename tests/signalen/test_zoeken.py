"""Searching on demand: asked on a page, done beside the website, for today or for any other day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties_rij import nieuwe_houder
from routekaart.personen.models import Jongere
from routekaart.signalen import acties_zoeken
from routekaart.signalen.acties_zoeken import MAX_POGINGEN, neem_volgende, voer_uit, vraag_aan
from routekaart.signalen.beurt import beurt
from routekaart.signalen.models import Signaal, Zoekopdracht
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.conftest import signalen

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
PAGINA = "/signalen/zoeken/"


@pytest.fixture
def beheerder(gebied: Gebied) -> Any:
    return fabrieken.maak_gebruiker(gebied, "beheer", "beheerder")


@pytest.fixture
def coordinator(gebied: Gebied) -> Any:
    return fabrieken.maak_gebruiker(gebied, "coordinator", "coordinator")


def werk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the process beside the website does until nothing waits."""
    monkeypatch.setattr("routekaart.werkplek.management.commands.werker.signal.signal", lambda *_: None)
    call_command("werker", "--eenmalig")


def vraag(gebied: Gebied, dag: dt.date = VANDAAG) -> Zoekopdracht:
    return vraag_aan(peildatum=dag, toegang=fabrieken.systeem(gebied), nu=NU)


def test_zoek_nu_zoekt_en_leidt_naar_de_gevallen(
    oud: Jongere, coordinator: Any, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    venster = als(coordinator)
    assert "Er is nog niet tussendoor gezocht." in venster.get(PAGINA).content.decode()
    adres = venster.post(PAGINA, {"doe": "nu"})["Location"]
    wacht = venster.get(adres).content.decode()
    assert "Staat in de rij" in wacht and 'http-equiv="refresh"' in wacht and "Zoek nu" not in wacht
    werk(monkeypatch)
    assert venster.get(adres, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    klaar = venster.get(adres).content.decode()
    assert "1 nieuw signaal, 0 vervallen. Nu staan er 1 open." in klaar
    assert 'href="/signalen/?soort=vsv-oud&amp;gemeente=9101"' in klaar and "http-equiv" not in klaar
    assert len(signalen(soort="vsv-oud")) == 1


def test_een_andere_dag_telt_en_bewaart_niets(
    oud: Jongere, beheerder: Any, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    venster = als(beheerder)
    adres = venster.post(PAGINA, {"dag": "1-5-2024"})["Location"]
    werk(monkeypatch)
    pagina = venster.get(adres).content.decode()
    assert "Hoe het was op 1 mei 2024" in pagina and "er is niets bewaard of veranderd" in pagina
    opdracht = Zoekopdracht.objects.get()
    assert opdracht.uitslag["vsv-nieuw"] == {"9101": 1} and not opdracht.uitslag["vsv-oud"]
    assert not Signaal.objects.alles(reden="proef").exists()
    assert "/signalen/?soort" not in pagina, "van een andere dag zijn er geen gevallen"


@pytest.mark.parametrize(("dag", "zin"), [("1-1-1990", "hoogstens 10 jaar geleden"), ("1-1-2040", "een jaar vooruit"),
                                          ("vandaag", "Schrijf de datum als dag-maand-jaar"), ("", "Vul")])  # fmt: skip
def test_een_dag_die_niet_kan_wordt_uitgelegd(coordinator: Any, als: Als, dag: str, zin: str) -> None:
    pagina = als(coordinator).post(PAGINA, {"dag": dag})
    assert pagina.status_code == 200 and zin in pagina.content.decode()
    assert not Zoekopdracht.objects.exists()


def test_twee_keer_vragen_is_een_zoektocht(gebied: Gebied) -> None:
    assert vraag(gebied) == vraag(gebied)
    assert Zoekopdracht.objects.count() == 1


def test_wie_bezet_vindt_wacht_en_zoekt_daarna(gebied: Gebied, oud: Jongere) -> None:
    opdracht = vraag(gebied)
    with beurt(f"signaleer:{gebied.regio.pk}"):
        genomen = neem_volgende(nieuwe_houder(), nu=NU)
        assert genomen is not None and not voer_uit(genomen, nu=NU)
    opdracht.refresh_from_db()
    assert (opdracht.stand, opdracht.pogingen) == ("wacht", 0)
    assert opdracht.reden == acties_zoeken.WACHT_OP_ANDER
    genomen = neem_volgende(nieuwe_houder(), nu=NU)
    assert genomen is not None and voer_uit(genomen, nu=NU)
    opdracht.refresh_from_db()
    assert (opdracht.stand, opdracht.nieuw) == ("klaar", 1)


def test_wat_een_dood_proces_liet_liggen_neemt_de_volgende_over(gebied: Gebied) -> None:
    vraag(gebied)
    # process 999999999 of this machine is not there
    dood = nieuwe_houder().split(":")[0] + ":999999999:ab"
    for poging in range(1, MAX_POGINGEN + 2):
        genomen = neem_volgende(dood, nu=NU)
        assert genomen is not None and genomen.pogingen == poging
    assert voer_uit(genomen, nu=NU)
    assert Zoekopdracht.objects.get().reden == acties_zoeken.TE_VAAK


def test_wie_is_overgenomen_schrijft_niets_meer(gebied: Gebied, monkeypatch: pytest.MonkeyPatch) -> None:
    vraag(gebied, VANDAAG - dt.timedelta(days=30))
    genomen = neem_volgende(nieuwe_houder(), nu=NU)
    assert genomen is not None
    Zoekopdracht.objects.update(houder="een-ander:1:x")
    assert voer_uit(genomen, nu=NU)
    assert Zoekopdracht.objects.get().stand == "bezig"


def test_moet_het_proces_weg_dan_gaat_de_volgende_verder(gebied: Gebied, monkeypatch: pytest.MonkeyPatch) -> None:
    def weg(*_: Any, **__: Any) -> None:
        raise SystemExit(0)

    vraag(gebied)
    genomen = neem_volgende(nieuwe_houder(), nu=NU)
    assert genomen is not None
    monkeypatch.setattr(acties_zoeken, "signaleer", weg)
    with pytest.raises(SystemExit):
        voer_uit(genomen, nu=NU)
    assert Zoekopdracht.objects.values_list("stand", "pogingen").get() == ("wacht", 0)


def test_wat_niet_kan_zegt_de_zoektocht(gebied: Gebied, monkeypatch: pytest.MonkeyPatch) -> None:
    def weiger(*_: Any, **__: Any) -> None:
        raise Geweigerd("Dat kan vandaag niet.")

    vraag(gebied)
    monkeypatch.setattr(acties_zoeken, "signaleer", weiger)
    genomen = neem_volgende(nieuwe_houder(), nu=NU)
    assert genomen is not None and voer_uit(genomen, nu=NU)
    assert Zoekopdracht.objects.values_list("stand", "reden").get() == ("mislukt", "Dat kan vandaag niet.")


def test_een_zoektocht_van_een_andere_regio_is_er_niet(coordinator: Any, als: Als) -> None:
    elders = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    opdracht = vraag(elders)
    venster = als(coordinator)
    assert venster.get(f"{PAGINA}?zoektocht={opdracht.sleutel}").status_code == 404
    assert venster.get(f"{PAGINA}?zoektocht=x").status_code == 404
    assert "Er is nog niet tussendoor gezocht." in venster.get(PAGINA).content.decode()
