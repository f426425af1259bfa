"""`routekaart signaleer` and the night run, as others call them."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from routekaart.personen.models import Jongere
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.beurt import beurt
from routekaart.signalen.models import Detectie, Signaal
from tests import fabrieken
from tests.fabrieken import Gebied
from tests.signalen.conftest import signalen

pytestmark = pytest.mark.usefixtures("op_dinsdag")

BELOOFD = {
    "absoluut-verzuim", "vsv-dreigend", "vsv-nieuw", "vsv-oud", "thuiszitter", "uitschrijving-zonder-vervolg",
    "uitval-zonder-melding", "overstap-1-oktober", "oud-vsv-jaarlijks", "jikp", "jongeren-in-beeld", "leeftijdsgrens",
    "verhuisd", "verzuimpatroon",
}  # fmt: skip


def roep(*args: str) -> str:
    uit = io.StringIO()
    call_command("signaleer", *args, stdout=uit)
    return uit.getvalue()


def vraag(*args: str) -> dict[str, Any]:
    antwoord: dict[str, Any] = json.loads(roep("--json", *args))
    return antwoord


def test_alle_beloofde_soorten_staan_in_het_antwoord(gebied: Gebied, thuis: Jongere) -> None:
    antwoord = vraag("--peildatum", "2026-11-16")
    assert antwoord["peildatum"] == "2026-11-16"
    assert BELOOFD <= set(antwoord["signalen"]) == set(SIGNAALREGELS)
    assert antwoord["signalen"]["absoluut-verzuim"] == {"totaal": 1, "gemeenten": {gebied.gemeente.code: 1}}
    assert antwoord["signalen"]["vsv-oud"] == {"totaal": 0, "gemeenten": {}}


def test_een_andere_dag_dan_vandaag_schrijft_niets(gebied: Gebied, thuis: Jongere) -> None:
    vraag("--peildatum", "2026-11-16")
    roep("--peildatum", "2030-01-01")
    assert not signalen() and not Detectie.objects.exists()


def test_vandaag_schrijft_en_telt_wat_openstaat(gebied: Gebied, thuis: Jongere, oud: Jongere) -> None:
    assert vraag("--peildatum", "2026-11-17") == vraag()
    assert vraag()["signalen"]["absoluut-verzuim"]["totaal"] == 1
    Signaal.objects.alles(reden="proef").filter(soort="absoluut-verzuim").update(
        stand=Signaal.Stand.WEGGELEGD, reden="Verhuist morgen.", gesloten_op=fabrieken.NU
    )
    assert vraag()["signalen"]["absoluut-verzuim"] == {"totaal": 0, "gemeenten": {}}


def test_de_feiten_gelden_zoals_ze_op_de_dag_waren(gebied: Gebied, thuis: Jongere) -> None:
    assert vraag("--peildatum", "2025-07-31", "--soort", "absoluut-verzuim")["signalen"] == {
        "absoluut-verzuim": {"totaal": 0, "gemeenten": {}}
    }
    aantallen = [
        vraag("--peildatum", dag, "--soort", "absoluut-verzuim")["signalen"]["absoluut-verzuim"]["totaal"]
        for dag in ("2021-03-31", "2025-08-01", "2034-03-03", "2034-03-04")
    ]
    assert aantallen == [0, 1, 1, 0]


def test_voor_mensen_staat_er_per_gemeente_hoeveel(gebied: Gebied, thuis: Jongere) -> None:
    tekst = roep()
    assert "2 nieuw, 0 vervallen." in tekst
    assert "  absoluut-verzuim: 1 (Gemeente 1-1 1)" in tekst
    assert "  vsv-oud: 0\n" in tekst


@pytest.mark.parametrize(
    "opties", [["--soort", "onzin"], ["--vsv-telling", "2022-2023", "--soort", "jikp"]], ids=["soort", "samen"]
)
def test_weigert_wat_er_niet_is_of_niet_samengaat(gebied: Gebied, opties: list[str]) -> None:
    with pytest.raises(CommandError) as fout:
        roep(*opties)
    assert fout.value.returncode == 2


def test_weigert_zonder_regio(db: Any) -> None:
    with pytest.raises(CommandError) as fout:
        vraag()
    assert fout.value.returncode == 1


def test_weigert_als_het_ergens_anders_al_loopt(gebied: Gebied) -> None:
    with beurt(f"signaleer:{gebied.regio.pk}"), pytest.raises(CommandError, match="andere computer") as fout:
        roep()
    assert fout.value.returncode == 1


def test_telt_de_startpopulatie_en_weigert_een_jaar_zonder_definitie(gebied: Gebied, oud: Jongere) -> None:
    antwoord = json.loads(roep("--json", "--vsv-telling", "2022-2023"))
    assert antwoord == {"schooljaar": "2022-2023", "gemeenten": {gebied.gemeente.code: [1, 1]}}
    assert "1 jongere, 1 nieuwe vsv'er" in roep("--vsv-telling", "2022-2023")
    with pytest.raises(CommandError, match="nog geen definitie"):
        roep("--vsv-telling", "2030-2031")


def test_de_nacht_zoekt_signalen_en_laat_wat_elders_loopt(gebied: Gebied, thuis: Jongere) -> None:
    def nacht() -> dict[str, Any]:
        uit = io.StringIO()
        call_command("nacht", "--json", stdout=uit)
        verslag: dict[str, Any] = json.loads(uit.getvalue())
        return verslag

    with beurt(f"signaleer:{gebied.regio.pk}"):
        verslag = nacht()
    assert (verslag["signalen_nieuw"], len(verslag["bezet"])) == (0, 1)
    verslag = nacht()
    assert (verslag["signalen_nieuw"], verslag["bezet"]) == (2, [])
    assert nacht()["signalen_nieuw"] == 0
