"""Rows that could not be taken wait, masked and encrypted, and are offered again by themselves."""

from __future__ import annotations

import pytest

from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.uitvalrijen import inhoud_van
from routekaart.loopbaan.models import Diploma, Inschrijving
from routekaart.meldingen.models import Melding
from tests import fabrieken
from tests.leveringen.hulp import Inlezer, inschrijving, melding, persoon


def open_rijen() -> int:
    return Uitvalrij.objects.filter(opgelost_op=None).count()


def test_wat_op_een_persoon_wacht_komt_vanzelf_binnen_als_zij_er_is(inlezer: Inlezer) -> None:
    assert inlezer.tel("inschrijvingen", [inschrijving(1), inschrijving(2)]) == (0, 0, 0, 2)
    diploma = {"pgn": persoon(1)["bsn"], "soort": "havo", "behaald_op": "2024-07-01"}
    assert inlezer.tel("diplomas", [diploma]) == (0, 0, 0, 1)
    assert inlezer.tel("duo-verzuim", [melding(1)]) == (0, 0, 0, 1)
    uitkomst = inlezer("brp", [persoon(1)])
    assert uitkomst.opgelost == 3
    assert open_rijen() == 1
    for model in (Inschrijving, Diploma, Melding):
        assert model.objects.alles(reden="test").get().jongere == inlezer.jongere(persoon(1)["bsn"])
    eerste = Levering.objects.order_by("pk").first()
    assert eerste is not None
    assert Inschrijving.objects.alles(reden="test").get().levering_id == eerste.pk
    assert (eerste.regels, eerste.uitval) == (2, 2)
    assert inlezer("brp", [persoon(2)]).opgelost == 1
    assert open_rijen() == 0


def test_een_persoon_die_met_een_melding_komt_lost_ook_wachtende_rijen_op(inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving()])
    assert inlezer("duo-verzuim", [melding(achternaam="Bos", geboortedatum="2007-03-04")]).opgelost == 1


def test_wat_twee_keer_wachtte_komt_een_keer_binnen(inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving()])
    inlezer("inschrijvingen", [inschrijving(), inschrijving(2)])
    assert inlezer("brp", [persoon()]).opgelost == 2
    assert Inschrijving.objects.alles(reden="test").count() == 1


def test_wat_wacht_gaat_mee_als_hetzelfde_bestand_opnieuw_komt(inlezer: Inlezer) -> None:
    for _ in range(3):
        inlezer("inschrijvingen", [inschrijving(1), inschrijving(2)])
    assert open_rijen() == 2
    laatste = Levering.objects.order_by("-pk").first()
    assert laatste is not None
    assert laatste.uitvalrijen.filter(opgelost_op=None).count() == 2
    assert Uitvalrij.objects.count() == 6


def test_een_rij_die_om_iets_anders_niet_kon_blijft_staan(inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium")])
    assert inlezer("brp", [persoon()]).opgelost == 0
    assert open_rijen() == 1


def test_rijen_van_een_andere_regio_wachten_op_haar_eigen_personen(inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving()])
    hier, inlezer.gebied = inlezer.gebied, fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    assert inlezer("brp", [persoon()]).opgelost == 0
    inlezer.gebied = hier
    assert inlezer("brp", [persoon()]).opgelost == 1


def test_de_hele_rij_is_versleuteld_en_terug_te_lezen(inlezer: Inlezer) -> None:
    rij = inschrijving(onderwijssoort="gymnasium", uitschrijfreden="verhuisd naar een ander dorp")
    inlezer("inschrijvingen", [rij])
    bewaard = Uitvalrij.objects.get()
    assert "verhuisd" not in str(bewaard.inhoud) and rij["pgn"] not in str(bewaard.inhoud)
    assert inhoud_van(bewaard) == (list(rij), list(rij.values()))


def test_de_uitval_zegt_rij_kolom_waarde_en_reden(inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium"), inschrijving(niveau="MBO4-BOL")])
    velden = Uitvalrij.objects.order_by("rij").values_list("rij", "kolom", "waarde")
    assert list(velden) == [(2, "onderwijssoort", "gymnasium"), (3, "niveau", "MBO4-BOL")]


def test_een_rij_die_als_geheel_niet_te_lezen_is_bewaart_wat_er_stond(inlezer: Inlezer) -> None:
    inlezer("diplomas", f'pgn;soort;behaald_op\n{persoon()["bsn"]};"havo;2024-07-01\n')
    rij = Uitvalrij.objects.get()
    assert (rij.kolom, rij.waarde) == ("", "")
    assert inhoud_van(rij)[1] == [persoon()["bsn"], '"havo', "2024-07-01"]


def test_wachtende_rijen_gaan_in_stukken(inlezer: Inlezer, monkeypatch: pytest.MonkeyPatch) -> None:
    inlezer("inschrijvingen", [inschrijving(van=f"20{jaar:02}-08-01") for jaar in range(10, 20)])
    monkeypatch.setattr("routekaart.leveringen.inlezen.STUK", 3)
    assert inlezer("brp", [persoon()]).opgelost == 10
