"""DUO meldingen as files: rows become meldingen, versions change them, a school may withdraw."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.dossiers.models import Taak
from routekaart.leveringen.models import Uitvalrij
from routekaart.meldingen.models import Melding, Meldingversie, Verzuimregel
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.leveringen.hulp import Inlezer, melding, persoon


@pytest.fixture
def met_personen(inlezer: Inlezer) -> Inlezer:
    """Two persons are known."""
    inlezer("brp", [persoon(1), persoon(2)])
    return inlezer


def meldingen() -> list[Any]:
    return list(Melding.objects.alles(reden="test").order_by("duo_nummer"))


def test_een_rij_wordt_een_melding_in_het_meldpunt(met_personen: Inlezer) -> None:
    rij = melding(
        uren="2026-11-02:3;2026-11-03:heel", alle_lessen_gemist="N", ondernomen_actie="Mentor belde",
        gewenste_actie="Een gesprek", contact_naam="K. Slot", contact_functie="mentor", niveau="2", leerweg="bol",
        contact_telefoon="0475-000000", contact_email="slot@school.example", startkwalificatie="nee",
        gemeld_op="2026-11-12T09:30:00",
    )  # fmt: skip
    uitkomst = met_personen("duo-verzuim", [rij])
    assert uitkomst.telling.als_velden()["nieuw"] == 1
    (gevonden,) = meldingen()
    assert gevonden.jongere == met_personen.jongere(persoon()["bsn"])
    assert gevonden.instelling.brin == "99VA00"
    assert (gevonden.soort, gevonden.berichtcode, gevonden.reden) == ("16-uur", "V4", "Komt niet opdagen")
    assert gevonden.duo_gemeld_op == dt.datetime(2026, 11, 12, 8, 30, tzinfo=dt.UTC)
    assert gevonden.overig["alle_lessen_gemist"] is False
    assert uitkomst.levering is not None and gevonden.levering_id == uitkomst.levering.pk
    dagen = Verzuimregel.objects.alles(reden="test").order_by("datum").values_list("datum", "minuten", "hele_dag")
    assert list(dagen) == [(dt.date(2026, 11, 2), 180, False), (dt.date(2026, 11, 3), None, True)]


def test_een_onbekende_berichtcode_blijft_staan_zoals_hij_kwam(met_personen: Inlezer) -> None:
    assert met_personen.tel("duo-verzuim", [melding(berichtcode="ZZ9")]) == (1, 0, 0, 0)
    assert meldingen()[0].berichtcode == "ZZ9"


def test_hetzelfde_bestand_nog_eens_verandert_niets(met_personen: Inlezer) -> None:
    rijen = [melding(), melding(2, meldingsnummer="700002"), melding(meldingsnummer="700003", soort="spijbelen")]
    assert met_personen.tel("duo-verzuim", rijen) == (2, 0, 0, 1)
    assert met_personen.tel("duo-verzuim", rijen) == (0, 0, 2, 1)


def test_een_hogere_versie_wijzigt_en_de_eerdere_blijft(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [melding()])
    assert met_personen.tel("duo-verzuim", [melding(versie="2", reden="Nog steeds weg")]) == (0, 1, 0, 0)
    assert meldingen()[0].reden == "Nog steeds weg"
    assert Meldingversie.objects.alles(reden="test").count() == 2


def test_een_oudere_versie_overschrijft_nooit_een_nieuwere(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [melding(versie="3", reden="De derde")])
    assert met_personen.tel("duo-verzuim", [melding(versie="2", reden="De tweede")]) == (0, 0, 1, 0)
    assert meldingen()[0].reden == "De derde"


def test_versies_in_een_bestand_tellen_alsof_ze_een_voor_een_kwamen(met_personen: Inlezer) -> None:
    rijen = [melding(versie="2", reden="twee"), melding(versie="1", reden="een"), melding(versie="3", reden="drie")]
    assert met_personen.tel("duo-verzuim", rijen) == (1, 1, 1, 0)
    assert meldingen()[0].reden == "drie"
    assert Meldingversie.objects.alles(reden="test").count() == 3
    assert met_personen.tel("duo-verzuim", rijen) == (0, 0, 3, 0)


def test_zonder_versie_telt_het_moment_van_melden(met_personen: Inlezer) -> None:
    later = melding(versie="", gemeld_op="2026-11-13", reden="later")
    eerder = melding(versie="", gemeld_op="2026-11-12", reden="eerder")
    assert met_personen.tel("duo-verzuim", [later, eerder]) == (1, 0, 1, 0)
    assert meldingen()[0].reden == "later"
    assert met_personen.tel("duo-verzuim", [eerder]) == (0, 0, 1, 0)


def test_een_ingetrokken_melding_blijft_bestaan(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [melding()])
    assert met_personen.tel("duo-verzuim", [melding(versie="2", status="ingetrokken")]) == (0, 1, 0, 0)
    (gevonden,) = meldingen()
    assert gevonden.ingetrokken_op == fabrieken.NU
    assert gevonden.werkproces is not None


def test_een_volgende_melding_over_dezelfde_jongere_komt_in_het_lopende_werkproces(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [melding(), melding(meldingsnummer="700002", begindatum="2026-11-09")])
    eerste, tweede = meldingen()
    assert eerste.werkproces == tweede.werkproces


def test_wie_we_niet_kennen_is_uitval_tenzij_de_rij_naam_en_geboortedatum_brengt(met_personen: Inlezer) -> None:
    rijen = [
        melding(3, meldingsnummer="700001"),
        melding(4, meldingsnummer="700002", achternaam="Bos", voornamen="Sem", geboortedatum="2006-05-00"),
        melding(5, meldingsnummer="700003", achternaam="Bos"),
        melding(4, meldingsnummer="700004"),
    ]
    kolommen = dict.fromkeys(naam for rij in rijen for naam in rij)
    rijen = [{naam: rij.get(naam, "") for naam in kolommen} for rij in rijen]
    assert met_personen.tel("duo-verzuim", rijen) == (2, 0, 0, 2)
    assert list(Uitvalrij.objects.order_by("rij").values_list("rij", "reden")) == [
        (2, "persoon onbekend"),
        (4, "persoon onbekend"),
    ]
    nieuw = met_personen.jongere(persoon(4)["bsn"])
    assert (nieuw.naam, nieuw.geboortedatum) == ("Sem Bos", "2006-05-00")
    assert {gevonden.jongere for gevonden in meldingen()} == {nieuw}


def test_een_nieuwe_persoon_woont_waar_de_rij_zegt_en_anders_voorlopig_in_de_eerste_gemeente(inlezer: Inlezer) -> None:
    nieuw = {"achternaam": "Bos", "geboortedatum": "2006-05-06"}
    rijen = [
        melding(1, meldingsnummer="1", gemeentecode="9102", **nieuw),
        melding(2, meldingsnummer="2", gemeentecode="", **nieuw),
        melding(3, meldingsnummer="3", gemeentecode="0518", **nieuw),
    ]
    assert inlezer.tel("duo-verzuim", rijen) == (3, 0, 0, 0)
    codes = [inlezer.jongere(persoon(nummer)["bsn"]).gemeente.code for nummer in (1, 2, 3)]
    assert codes == ["9102", "9101", "0518"]


def test_zonder_gemeente_geldt_voorlopig_die_van_de_school(inlezer: Inlezer) -> None:
    fabrieken.maak_instelling(brin="99VB00", naam="ROC", plaats="gemeente 1-2")
    nieuw = {"achternaam": "Bos", "geboortedatum": "2006-05-06"}
    inlezer(
        "duo-verzuim", [melding(2, brin="99VB00", **nieuw), melding(3, meldingsnummer="3", gemeentecode="", **nieuw)]
    )
    assert [inlezer.jongere(persoon(nummer)["bsn"]).gemeente.code for nummer in (2, 3)] == ["9102", "9101"]


def test_wie_zonder_gemeente_binnenkomt_is_een_vraag_in_de_werkvoorraad(inlezer: Inlezer) -> None:
    nieuw = {"achternaam": "Bos", "geboortedatum": "2006-05-06"}
    rijen = [melding(1, gemeentecode="9102", **nieuw), melding(2, meldingsnummer="2", gemeentecode="", **nieuw)]
    for _ in range(2):
        inlezer("duo-verzuim", rijen)
    taken = Taak.objects.alles(reden="test").filter(herkomst__startswith="gemeente:")
    assert [(taak.jongere, taak.soort) for taak in taken] == [(inlezer.jongere(persoon(2)["bsn"]), "melding")]
    assert "Gemeente 1-1" in taken[0].waarom and "welke gemeente" in taken[0].wat


def test_de_brp_vult_later_aan_wie_met_een_melding_binnenkwam(inlezer: Inlezer) -> None:
    inlezer("duo-verzuim", [melding(achternaam="Bos", geboortedatum="2007-03-04")])
    assert inlezer.tel("brp", [persoon()]) == (0, 1, 0, 0)
    assert Jongere.objects.alles(reden="test").get().adres == "Dorpsstraat 12"


def test_een_einddatum_voor_de_begindatum_is_uitval(met_personen: Inlezer) -> None:
    assert met_personen.tel("duo-verzuim", [melding(einddatum="2026-11-01")]) == (0, 0, 0, 1)
    assert Uitvalrij.objects.get().kolom == "einddatum"


def test_wat_het_meldpunt_weigert_is_uitval_van_die_rij(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [melding()])
    rijen = [melding(2, versie="2"), melding(2, meldingsnummer="700002")]
    assert met_personen.tel("duo-verzuim", rijen) == (1, 0, 0, 1)
    rij = Uitvalrij.objects.get()
    assert (rij.kolom, rij.waarde) == ("meldingsnummer", "700001")
    assert rij.reden == "Deze melding gaat bij ons over iemand anders. Kijk welke van de twee klopt"
