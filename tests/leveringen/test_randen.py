"""The promises of contracten.md, section 2, for every kind of delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties import VOLLEDIG_MOGELIJK, Aanpak
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.soorten import SOORTEN, velden
from routekaart.loopbaan.models import Instelling
from routekaart.personen.models import Jongere, Persoonsnummer
from tests.leveringen.hulp import (
    Inlezer,
    diploma,
    inlichting,
    inschrijving,
    jikp,
    melding,
    persoon,
    relatie,
    tekst,
    uitstroom,
    vrijstelling,
    vsvopgave,
)

Maker = Callable[..., dict[str, Any]]


def eigen_melding(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """Each person a melding of her own."""
    return melding(volgnummer, **{"meldingsnummer": f"70000{volgnummer}"} | velden)


ALLE: dict[str, Maker] = {
    "brp": persoon,
    "brp-relaties": relatie,
    "inschrijvingen": inschrijving,
    "diplomas": diploma,
    "duo-verzuim": eigen_melding,
    "duo-vsv": vsvopgave,
    "inlichtingenbureau": inlichting,
    "jikp": jikp,
    "uitstroomlijst": uitstroom,
    "vrijstellingen": vrijstelling,
}
MET_PERSONEN = [code for code in ALLE if code != "brp"]
MET_SCHOOL = [code for code in ALLE if SOORTEN[code].herken(["brin"]).plaats]
DATUMS = [
    (code, kolom.naam)
    for code in ALLE
    for kolom in SOORTEN[code].kolommen
    if kolom.lees in (velden.datum, velden.moment, velden.geboortedatum)
]
VERPLICHT = [(code, naam) for code in ALLE for naam in SOORTEN[code].verplicht]


@pytest.fixture
def lees_in(inlezer: Inlezer) -> Inlezer:
    """Persons 1 and 2 are known; a delivery of the BRP is about persons 11 and 12."""
    inlezer("brp", [persoon(1), persoon(2)])
    return inlezer


def rij(code: str, volgnummer: int = 1, **anders: Any) -> dict[str, Any]:
    """A good row of this kind; of the BRP about somebody who is not there yet."""
    return ALLE[code](volgnummer + 10 if code == "brp" else volgnummer, **anders)


def nummerkolom(code: str) -> str:
    return "bsn" if "bsn" in rij(code) else "pgn"


def uitval() -> list[tuple[Any, ...]]:
    """What could not be taken of the last delivery."""
    laatste = Levering.objects.order_by("-pk")[:1]
    rijen = Uitvalrij.objects.filter(levering__in=laatste.values("pk")).order_by("rij")
    return list(rijen.values_list("rij", "kolom", "waarde", "reden"))


def test_elke_soort_die_we_inlezen_staat_hier_of_hangt_aan_een_terugmelding() -> None:
    assert set(ALLE) == set(SOORTEN) - {
        "duo-antwoord",
        "koppelbestand",
    }


@pytest.mark.parametrize("code", ALLE)
def test_hetzelfde_bestand_twee_keer_is_ongewijzigd_met_dezelfde_uitval(lees_in: Inlezer, code: str) -> None:
    kapot = rij(code, 2, **{nummerkolom(code): "123456789"})
    rijen = [rij(code, 1), kapot, rij(code, 2), rij(code, 9) if code != "brp" else kapot]
    assert lees_in.tel(code, rijen) == (2, 0, 0, 2)
    eerst = uitval()
    assert len(eerst) == 2
    for _ in range(2):
        assert lees_in.tel(code, rijen) == (0, 0, 2, 2)
        assert uitval() == eerst


@pytest.mark.parametrize("code", ALLE)
def test_een_rij_die_een_eerdere_herhaalt_is_ongewijzigd(
    lees_in: Inlezer, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where many rows stand in between."""
    monkeypatch.setattr("routekaart.leveringen.inlezen.STUK", 1)
    assert lees_in.tel(code, [rij(code), rij(code, 2), rij(code)]) == (2, 0, 1, 0)


@pytest.mark.parametrize("code", ALLE)
def test_kolommen_die_we_niet_kennen_worden_genoemd(lees_in: Inlezer, code: str) -> None:
    uitkomst = lees_in(code, [{"eigen kolom": "x", **rij(code), "nog een": "y"}])
    assert uitkomst.onbekende_kolommen == ("eigen kolom", "nog een")
    assert uitkomst.telling.als_velden()["nieuw"] == 1


@pytest.mark.parametrize("code", ALLE)
def test_tweehonderd_kolommen_houden_niets_tegen(lees_in: Inlezer, code: str) -> None:
    extra = {f"kolom_{nummer}": str(nummer) for nummer in range(200)}
    uitkomst = lees_in(code, [rij(code) | extra])
    assert (len(uitkomst.onbekende_kolommen), uitkomst.telling.als_velden()["nieuw"]) == (200, 1)


@pytest.mark.parametrize("code", ALLE)
def test_kolommen_staan_in_elke_volgorde(lees_in: Inlezer, code: str) -> None:
    goed = rij(code)
    lees_in(code, [goed])
    andersom = {naam.upper().replace("_", " "): goed[naam] for naam in reversed(goed)}
    assert lees_in.tel(code, [andersom]) == (0, 0, 1, 0)


@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
@pytest.mark.parametrize("code", ALLE)
def test_elk_scheidingsteken_en_elke_codering_is_goed(lees_in: Inlezer, code: str, scheiding: str) -> None:
    lees_in(code, [rij(code)])
    inhoud = tekst([rij(code)]).replace(";", scheiding)
    for codering in ("utf-8", "utf-8-sig", "cp1252"):
        assert lees_in.tel(code, inhoud.encode(codering)) == (0, 0, 1, 0)


@pytest.mark.parametrize("code", MET_SCHOOL)
def test_een_onbekende_school_komt_erbij_met_haar_nummer_als_naam(lees_in: Inlezer, code: str) -> None:
    assert lees_in.tel(code, [rij(code, brin="77zz")]) == (1, 0, 0, 0)
    school = Instelling.objects.get()
    assert (school.brin, school.naam, school.aanvullen) == ("77ZZ", "77ZZ", True)


@pytest.mark.parametrize("code", MET_SCHOOL)
def test_een_rij_die_uitval_is_maakt_geen_school(lees_in: Inlezer, code: str) -> None:
    assert lees_in.tel(code, [rij(code, 9, brin="77ZZ")]) == (0, 0, 0, 1)
    assert lees_in.tel(code, [rij(code, brin="77Z")]) == (0, 0, 0, 1)
    assert uitval()[0][1] == "brin"
    assert not Instelling.objects.exists()


@pytest.mark.parametrize("code", ["brp", "duo-verzuim"])
def test_een_gemeentecode_van_nergens_is_uitval_en_van_buiten_de_regio_niet(lees_in: Inlezer, code: str) -> None:
    wie = {"achternaam": "Bos", "geboortedatum": "2006-05-06"}
    assert lees_in.tel(code, [rij(code, 3, gemeentecode="9999", **wie)]) == (0, 0, 0, 1)
    assert uitval()[0][1:3] == ("gemeentecode", "9999")
    assert lees_in.tel(code, [rij(code, 3, gemeentecode="0518", **wie)]) == (1, 0, 0, 0)
    gevonden = Jongere.objects.alles(reden="test").get(achternaam="Bos")
    assert (gevonden.gemeente.code, gevonden.gemeente.regio) == ("0518", None)
    assert gevonden.regio == lees_in.gebied.regio


@pytest.mark.parametrize("code", MET_PERSONEN)
def test_acht_cijfers_krijgen_een_nul_ervoor(lees_in: Inlezer, code: str) -> None:
    lees_in("brp", [persoon(3, bsn="12345672")])
    assert lees_in.jongere("012345672").achternaam == "Bakker"
    kolom = nummerkolom(code)
    assert lees_in.tel(code, [rij(code, **{kolom: "12345672"}), rij(code, **{kolom: "012345672"})]) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("nummer", "reden"), [("000000000", "nullen"), ("00000000", "nullen"), ("123456789", "controle")]
)
@pytest.mark.parametrize("code", ALLE)
def test_een_nummer_dat_geen_nummer_is_is_uitval(lees_in: Inlezer, code: str, nummer: str, reden: str) -> None:
    assert lees_in.tel(code, [rij(code, **{nummerkolom(code): nummer})]) == (0, 0, 0, 1)
    ((_, kolom, waarde, waarom),) = uitval()
    assert kolom == nummerkolom(code) and reden in waarom
    assert nummer not in waarde


@pytest.mark.parametrize(
    ("code", "van", "tot"),
    [
        ("brp-relaties", "van", "tot"),
        ("inschrijvingen", "van", "tot"),
        ("vrijstellingen", "van", "tot"),
        ("duo-verzuim", "begindatum", "einddatum"),
    ],
)
def test_een_laatste_dag_voor_de_eerste_is_uitval_en_dezelfde_dag_niet(
    lees_in: Inlezer, code: str, van: str, tot: str
) -> None:
    assert lees_in.tel(code, [rij(code, **{van: "2026-09-01", tot: "2026-08-31"})]) == (0, 0, 0, 1)
    assert uitval()[0][1:3] == (tot, "2026-08-31")
    assert lees_in.tel(code, [rij(code, **{van: "2026-09-01", tot: "2026-09-01"})]) == (1, 0, 0, 0)


@pytest.mark.parametrize("cel", ["2023-02-29", "2024-13-01", "01-10-2024", "0001-01-01", "vandaag"])
@pytest.mark.parametrize(("code", "kolom"), DATUMS)
def test_een_datum_die_niet_kan_is_uitval_met_kolom_en_waarde(
    lees_in: Inlezer, code: str, kolom: str, cel: str
) -> None:
    assert lees_in.tel(code, [rij(code) | {kolom: cel}]) == (0, 0, 0, 1)
    assert uitval()[0][:3] == (2, kolom, cel)


@pytest.mark.parametrize(("code", "kolom"), VERPLICHT)
def test_een_lege_verplichte_cel_is_uitval_en_een_kolom_die_ontbreekt_een_weigering(
    lees_in: Inlezer, code: str, kolom: str
) -> None:
    goed = rij(code)
    assert lees_in.tel(code, [goed | {kolom: ""}]) == (0, 0, 0, 1)
    assert uitval()[0][1:] == (kolom, "", "Hier moet iets staan")
    aantal = Levering.objects.count()
    with pytest.raises(Geweigerd, match=f"ontbreken: {kolom}"):
        lees_in(code, [{naam: waarde for naam, waarde in goed.items() if naam != kolom}])
    assert Levering.objects.count() == aantal


@pytest.mark.parametrize("code", MET_PERSONEN)
def test_wie_we_niet_kennen_is_uitval_zonder_dat_haar_nummer_te_lezen_is(lees_in: Inlezer, code: str) -> None:
    assert lees_in.tel(code, [rij(code, 9)]) == (0, 0, 0, 1)
    nummer = rij(code, 9)[nummerkolom(code)]
    assert uitval() == [(2, nummerkolom(code), f"••••••{nummer[-3:]}", "persoon onbekend")]


MET_ONDERWIJSNUMMER = [code for code in MET_PERSONEN if nummerkolom(code) == "pgn"]


@pytest.mark.parametrize("code", MET_ONDERWIJSNUMMER)
def test_iemand_met_alleen_een_onderwijsnummer_is_ook_iemand(inlezer: Inlezer, code: str) -> None:
    inlezer("duo-verzuim", [melding(pgn="101222331", achternaam="Bos", geboortedatum="2006-05-06")])
    nummer = Persoonsnummer.objects.alles(reden="test").get()
    assert (nummer.soort, nummer.jongere.achternaam) == ("onderwijsnummer", "Bos")
    rijen = [rij(code, pgn="101222331", **({"meldingsnummer": "9"} if code == "duo-verzuim" else {}))]
    assert inlezer.tel(code, rijen) == (1, 0, 0, 0)
    assert inlezer.tel(code, rijen) == (0, 0, 1, 0)


@pytest.mark.parametrize("code", [code for code in ALLE if code not in VOLLEDIG_MOGELIJK])
def test_andere_soorten_komen_niet_als_volledig_gebied(lees_in: Inlezer, code: str) -> None:
    with pytest.raises(Geweigerd, match="brp, brp-relaties, inschrijvingen en vrijstellingen"):
        lees_in(code, [rij(code)], aanpak=Aanpak(aard=Levering.Aard.VOLLEDIG))
