"""Enrolments and diplomas: one row per natural key, changes and removals leave a trace."""

from __future__ import annotations

import datetime as dt

import pytest

from routekaart.leveringen.models import Feitwijziging, Uitvalrij
from routekaart.loopbaan.models import Diploma, Inschrijving, Instelling
from routekaart.personen.acties import geef_persoonsnummer
from routekaart.personen.models import Persoonsnummer
from tests.leveringen.hulp import Inlezer, diploma, inschrijving, persoon


@pytest.fixture
def met_personen(inlezer: Inlezer) -> Inlezer:
    """Two persons are known."""
    inlezer("brp", [persoon(1), persoon(2)])
    return inlezer


def inschrijvingen() -> list[Inschrijving]:
    return list(Inschrijving.objects.alles(reden="test").order_by("pk"))  # type: ignore[arg-type]


def test_een_inschrijving_komt_bij_de_jongere_en_een_onbekende_school_wacht_op_haar_naam(met_personen: Inlezer) -> None:
    rij = inschrijving(leerweg="bol", opleidingscode="25190", leerjaar="2", onderwijssoort="mbo", niveau="4")
    assert met_personen.tel("inschrijvingen", [rij]) == (1, 0, 0, 0)
    (gevonden,) = inschrijvingen()
    assert gevonden.jongere == met_personen.jongere(persoon()["bsn"])
    assert (gevonden.niveau, gevonden.leerweg, gevonden.leerjaar, gevonden.tot) == (4, "bol", "2", None)
    school = Instelling.objects.get()
    assert (school.brin, school.naam, school.aanvullen) == ("99VA00", "99VA00", True)


def test_een_bekende_school_blijft_zoals_zij_was(met_personen: Inlezer) -> None:
    Instelling.objects.create(brin="99VA00", naam="Lyceum Veldermeer")
    met_personen("inschrijvingen", [inschrijving()])
    assert Instelling.objects.get().naam == "Lyceum Veldermeer"


def test_iedere_rij_met_een_andere_sleutel_is_een_eigen_inschrijving(met_personen: Inlezer) -> None:
    rijen = [
        inschrijving(),
        inschrijving(2),
        inschrijving(brin="99VA01"),
        inschrijving(onderwijssoort="vwo"),
        inschrijving(niveau="2"),
        inschrijving(van="2022-08-01"),
    ]
    assert met_personen.tel("inschrijvingen", rijen) == (6, 0, 0, 0)
    assert met_personen.tel("inschrijvingen", rijen) == (0, 0, 6, 0)


def test_een_wijziging_bewaart_hoe_het_was(met_personen: Inlezer) -> None:
    met_personen("inschrijvingen", [inschrijving()])
    uitkomst = met_personen("inschrijvingen", [inschrijving(tot="2024-07-31", uitschrijfreden="verhuisd")])
    assert uitkomst.telling.als_velden()["gewijzigd"] == 1
    (gevonden,) = inschrijvingen()
    assert (gevonden.tot, gevonden.uitschrijfreden, gevonden.versie) == (dt.date(2024, 7, 31), "verhuisd", 2)
    spoor = Feitwijziging.objects.alles(reden="test").get()
    assert (spoor.was["tot"], spoor.wordt["tot"]) == (None, "2024-07-31")
    assert spoor.was["onderwijssoort"] == "havo"
    assert spoor.levering == uitkomst.levering


def test_een_verwijderde_inschrijving_gaat_weg_en_blijft_na_te_lezen(met_personen: Inlezer) -> None:
    met_personen("inschrijvingen", [inschrijving(), inschrijving(2)])
    weg = [inschrijving(mutatie="verwijderd")]
    assert met_personen.tel("inschrijvingen", weg) == (0, 1, 0, 0)
    assert [rij.jongere for rij in inschrijvingen()] == [met_personen.jongere(persoon(2)["bsn"])]
    spoor = Feitwijziging.objects.alles(reden="test").get()
    assert (spoor.was["van"], spoor.wordt) == ("2023-08-01", {})
    assert met_personen.tel("inschrijvingen", weg) == (0, 0, 1, 0)


def test_verwijderen_van_wat_er_niet_is_verandert_niets_en_maakt_geen_school(met_personen: Inlezer) -> None:
    assert met_personen.tel("inschrijvingen", [inschrijving(mutatie="verwijderd")]) == (0, 0, 1, 0)
    assert not Instelling.objects.exists()


@pytest.mark.parametrize("mutatie", ["toegevoegd", "gewijzigd", "Toegevoegd"])
def test_toegevoegd_en_gewijzigd_zeggen_allebei_hoe_het_nu_is(met_personen: Inlezer, mutatie: str) -> None:
    assert met_personen.tel("inschrijvingen", [inschrijving(mutatie=mutatie)]) == (1, 0, 0, 0)


def test_toegevoegd_en_daarna_verwijderd_in_een_bestand_komt_op_niets_uit(met_personen: Inlezer) -> None:
    rijen = [inschrijving(mutatie="toegevoegd"), inschrijving(mutatie="verwijderd")]
    assert met_personen.tel("inschrijvingen", rijen) == (0, 0, 2, 0)
    assert not inschrijvingen()


def test_een_kolom_die_ontbreekt_laat_de_waarde_staan(met_personen: Inlezer) -> None:
    met_personen("inschrijvingen", [inschrijving(tot="2024-07-31", leerweg="bol")])
    kort = {naam: inschrijving()[naam] for naam in ("pgn", "brin", "onderwijssoort", "van")}
    assert met_personen.tel("inschrijvingen", [kort]) == (0, 0, 1, 0)


def test_wie_we_niet_kennen_is_uitval_met_een_gemaskeerd_nummer(met_personen: Inlezer) -> None:
    assert met_personen.tel("inschrijvingen", [inschrijving(3)]) == (0, 0, 0, 1)
    rij = Uitvalrij.objects.get()
    assert (rij.rij, rij.kolom, rij.reden) == (2, "pgn", "persoon onbekend")
    bsn = inschrijving(3)["pgn"]
    assert rij.waarde == f"••••••{bsn[-3:]}"
    assert bsn not in str(rij.inhoud)


def test_twee_nummers_van_een_persoon_zijn_een_persoon(met_personen: Inlezer) -> None:
    jongere = met_personen.jongere(persoon()["bsn"])
    geef_persoonsnummer(jongere, "101222331")
    rijen = [inschrijving(), inschrijving(pgn="101222331")]
    assert met_personen.tel("inschrijvingen", rijen) == (1, 0, 1, 0)
    assert Persoonsnummer.objects.alles(reden="test").filter(jongere=jongere).count() == 2


def test_een_diploma_telt_per_persoon_soort_niveau_en_dag(met_personen: Inlezer) -> None:
    rijen = [diploma(), diploma(), diploma(niveau="3"), diploma(soort="havo", niveau=""), diploma(2)]
    assert met_personen.tel("diplomas", rijen) == (4, 0, 1, 0)
    assert met_personen.tel("diplomas", rijen) == (0, 0, 5, 0)


def test_een_school_bij_een_diploma_is_een_wijziging(met_personen: Inlezer) -> None:
    met_personen("diplomas", [diploma()])
    assert met_personen.tel("diplomas", [diploma(brin="99VA00")]) == (0, 1, 0, 0)
    gevonden = Diploma.objects.alles(reden="test").get()
    assert gevonden.instelling is not None and gevonden.instelling.brin == "99VA00"
    zonder_kolom = {naam: waarde for naam, waarde in diploma().items() if naam != "brin"}
    assert met_personen.tel("diplomas", [zonder_kolom]) == (0, 0, 1, 0)


def test_een_bestand_in_stukken_telt_als_een_geheel(met_personen: Inlezer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routekaart.leveringen.inlezen.STUK", 3)
    rijen = [inschrijving(van=f"20{jaar:02}-08-01") for jaar in range(10, 20)]
    rijen += [inschrijving(van="2010-08-01", tot="2011-07-31"), inschrijving(9)]
    assert met_personen.tel("inschrijvingen", rijen) == (10, 1, 0, 1)
    assert met_personen.tel("inschrijvingen", rijen) == (0, 0, 11, 1)
