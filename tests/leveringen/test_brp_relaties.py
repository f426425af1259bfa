"""Parents and guardians: gezag and thuiswonend come in, what colleagues wrote stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.leveringen.models import Feitwijziging
from routekaart.personen.models import Verzorger
from tests import fabrieken
from tests.leveringen.hulp import Inlezer, persoon


@pytest.fixture
def met_kind(inlezer: Inlezer) -> Inlezer:
    """One person is known."""
    inlezer("brp", [persoon()])
    return inlezer


def relatie(**velden: Any) -> dict[str, Any]:
    return {
        "bsn": persoon()["bsn"],
        "relatie": "Ouder",
        "relatie_bsn": fabrieken.test_bsn(70_001),
        "naam": "M. de Bakker",
        "straat": "Dorpsstraat",
        "huisnummer": "12",
        "postcode": "9901AB",
        "woonplaats": "Veldermeer",
        "gezag": "ja",
        "van": "2007-03-04",
        "tot": "",
    } | velden


def verzorger() -> Verzorger:
    return Verzorger.objects.alles(reden="test").get()


def test_een_ouder_komt_erbij_met_gezag_en_adres(met_kind: Inlezer) -> None:
    assert met_kind.tel("brp-relaties", [relatie()]) == (1, 0, 0, 0)
    ouder = verzorger()
    assert (ouder.naam, ouder.relatie, ouder.gezag, ouder.thuis) == ("M. de Bakker", "ouder", "ja", True)
    assert ouder.adres == "Dorpsstraat 12, 9901 AB Veldermeer"
    assert relatie()["relatie_bsn"] not in str(vars(ouder))
    assert met_kind.tel("brp-relaties", [relatie()]) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("postcode", "huisnummer", "thuis"), [("9901 AB", "12", True), ("9901 AB", "14", False), ("9902 ZZ", "12", False)]
)
def test_wie_op_hetzelfde_adres_woont_is_thuis(met_kind: Inlezer, postcode: str, huisnummer: str, thuis: bool) -> None:
    met_kind("brp-relaties", [relatie(postcode=postcode, huisnummer=huisnummer)])
    assert verzorger().thuis is thuis


def test_een_huisletter_hoort_bij_het_huisnummer(met_kind: Inlezer) -> None:
    met_kind("brp", [persoon(huisletter="A", toevoeging="2")])
    met_kind("brp-relaties", [relatie(huisnummer="12 A-2")])
    assert verzorger().thuis is True


@pytest.mark.parametrize("straat", ["Dorpsstraat", "1e Dorpsstraat", "Plein 40-45", ""])
def test_wie_verhuist_woont_niet_meer_bij_deze_ouder_en_wie_terugkomt_wel(met_kind: Inlezer, straat: str) -> None:
    met_kind("brp-relaties", [relatie(straat=straat)])
    met_kind("brp", [persoon(postcode="9902 ZZ", huisnummer="3")])
    assert verzorger().thuis is False
    spoor = Feitwijziging.objects.alles(reden="test").get()
    assert (spoor.was["thuis"], spoor.wordt["thuis"]) == (True, False)
    assert met_kind.tel("brp-relaties", [relatie(straat=straat)]) == (0, 0, 1, 0)
    met_kind("brp", [persoon()])
    assert verzorger().thuis is True


def test_een_verzorger_zonder_adres_blijft_zoals_een_collega_haar_opschreef(met_kind: Inlezer) -> None:
    met_kind("brp-relaties", [relatie(straat="", huisnummer="", postcode="", woonplaats="")])
    jongere = met_kind.jongere(persoon()["bsn"])
    Verzorger.objects.create(jongere=jongere, naam="Oma", van=dt.date(2020, 1, 1), adres="Dorpsstraat 12, 9901 AB")
    met_kind("brp", [persoon(huisnummer="3")])
    assert set(Verzorger.objects.alles(reden="test").values_list("thuis", flat=True)) == {True}


def test_een_wijziging_van_gezag_laat_eigen_gegevens_staan_en_bewaart_wat_was(met_kind: Inlezer) -> None:
    met_kind("brp-relaties", [relatie()])
    Verzorger.objects.alles(reden="test").update(telefoon="06 22222222", toelichting="belt liever 's avonds")
    assert met_kind.tel("brp-relaties", [relatie(gezag="nee", tot="2026-10-01")]) == (0, 1, 0, 0)
    ouder = verzorger()
    assert (ouder.gezag, ouder.tot) == ("nee", dt.date(2026, 10, 1))
    assert (ouder.telefoon, ouder.toelichting) == ("06 22222222", "belt liever 's avonds")
    spoor = Feitwijziging.objects.alles(reden="test").get()
    assert (spoor.was["gezag"], spoor.wordt["gezag"]) == ("ja", "nee")


def test_een_verzorger_die_met_de_hand_is_opgeschreven_is_dezelfde_op_naam(met_kind: Inlezer) -> None:
    jongere = met_kind.jongere(persoon()["bsn"])
    Verzorger.objects.create(jongere=jongere, naam="M. de Bakker", van=dt.date(2020, 1, 1), telefoon="06 33333333")
    met_kind("brp-relaties", [relatie()])
    ouder = verzorger()
    assert (ouder.telefoon, ouder.gezag, ouder.van) == ("06 33333333", "ja", dt.date(2007, 3, 4))
    assert met_kind.tel("brp-relaties", [relatie()]) == (0, 0, 1, 0)


def test_wie_een_rij_precies_noemt_wordt_niet_iemand_anders_met_die_naam(met_kind: Inlezer) -> None:
    jongere = met_kind.jongere(persoon()["bsn"])
    Verzorger.objects.create(jongere=jongere, naam="M. de Bakker", van=dt.date(2007, 3, 4), telefoon="06 33333333")
    rijen = [relatie(relatie_bsn=""), relatie(relatie_bsn="", relatie="voogd", van="2021-01-01")]
    assert met_kind.tel("brp-relaties", rijen) == (1, 1, 0, 0)
    alle = Verzorger.objects.alles(reden="test").order_by("pk").values_list("relatie", "telefoon", "gezag", "versie")
    assert list(alle) == [("ouder", "06 33333333", "ja", 2), ("voogd", "", "ja", 1)]
    assert met_kind.tel("brp-relaties", rijen) == (0, 0, 2, 0)


def test_zonder_naam_staat_er_wie_het_is_en_een_latere_naam_vult_aan(met_kind: Inlezer) -> None:
    met_kind("brp-relaties", [relatie(naam="")])
    assert verzorger().naam == "Ouder"
    assert met_kind.tel("brp-relaties", [relatie()]) == (0, 1, 0, 0)
    assert verzorger().naam == "M. de Bakker"
    assert met_kind.tel("brp-relaties", [relatie(naam="")]) == (0, 0, 1, 0)


def test_zonder_eerste_dag_geldt_de_relatie_vanaf_de_geboorte(met_kind: Inlezer) -> None:
    met_kind("brp-relaties", [relatie(van="", relatie_bsn="")])
    assert verzorger().van == dt.date(2007, 3, 4)


def test_twee_ouders_zijn_twee_verzorgers(met_kind: Inlezer) -> None:
    tweede = relatie(relatie_bsn=fabrieken.test_bsn(70_002), naam="K. Öztürk", gezag="niet-te-bepalen")
    assert met_kind.tel("brp-relaties", [relatie(), tweede, relatie()]) == (2, 0, 1, 0)


def test_een_kind_dat_we_niet_kennen_is_uitval_en_een_onbekend_gezag_ook(met_kind: Inlezer) -> None:
    rijen = [relatie(bsn=persoon(9)["bsn"]), relatie(gezag="gedeeld"), relatie(tot="2000-01-01")]
    assert met_kind.tel("brp-relaties", rijen) == (0, 0, 0, 3)
