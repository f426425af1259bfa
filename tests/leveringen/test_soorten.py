"""The declared kinds: the columns of the contract, how each value is read, and what makes a row uitval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.lezen import Rij
from routekaart.leveringen.publiceren import PUBLICATIES
from routekaart.leveringen.soorten import SOORTEN, raad_soort, velden
from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.leveringen.soorten.velden import Lijsten, Onleesbaar
from tests.leveringen.hulp import Inlezer, inschrijving, melding, persoon

LIJSTEN = Lijsten(frozenset({"0957", "1711"}), dt.date(2026, 11, 17))

# contracten.md, section 2, word by word; the required columns first
CONTRACT = {
    "brp": (
        "bsn achternaam geboortedatum gemeentecode",
        "voorvoegsel voornamen naamgebruik geslacht straat huisnummer huisletter toevoeging postcode woonplaats "
        "functie_adres adres_sinds in_gemeente_sinds in_nederland_sinds geheimhouding in_onderzoek overleden_op "
        "vertrokken_op land",
    ),
    "brp-relaties": ("bsn relatie gezag", "relatie_bsn naam straat huisnummer postcode woonplaats van tot"),
    "inschrijvingen": (
        "pgn brin onderwijssoort van",
        "niveau leerweg opleidingscode leerjaar tot uitschrijfreden volgnummer mutatie",
    ),
    "diplomas": ("pgn soort behaald_op", "niveau brin"),
    "duo-verzuim": (
        "meldingsnummer pgn brin soort begindatum",
        "versie berichtcode einddatum reden alle_lessen_gemist ondernomen_actie gewenste_actie prioriteit leslocatie "
        "contact_naam contact_functie contact_telefoon contact_email telefoon_deelnemer verblijfadres opleiding niveau "
        "leerweg startkwalificatie achternaam voorvoegsel voornamen geboortedatum geslacht postcode gemeentecode uren "
        "status gemeld_op",
    ),
    "duo-vsv": ("pgn schooljaar rapportage", "leverdatum brin niveau uitgeschreven_op"),
    "inlichtingenbureau": ("bsn maand", "werk_uren inkomen_klasse uitkering"),
    "uitstroomlijst": (
        "brin schooljaar",
        "pgn achternaam geboortedatum bestemming getuigschrift advies contact_school",
    ),
    "vrijstellingen": ("pgn soort van", "grond tot"),
    "koppelbestand": ("bsn onderwijsnummer", ""),
}


@pytest.mark.parametrize("code", CONTRACT)
def test_elke_soort_heeft_de_kolommen_van_het_contract(code: str) -> None:
    verplicht, overig = (set(deel.split()) for deel in CONTRACT[code])
    soort = SOORTEN[code]
    assert set(soort.verplicht) == verplicht
    assert {kolom.naam for kolom in soort.kolommen} == verplicht | overig


def test_elke_soort_wordt_ingelezen() -> None:
    assert set(PUBLICATIES) == set(SOORTEN)
    assert set(CONTRACT) | {"duo-antwoord", "jikp"} == set(SOORTEN)


def test_elke_kolom_van_een_sleutel_bestaat() -> None:
    for soort in SOORTEN.values():
        assert {kolom.naam for kolom in soort.kolommen} >= set(soort.sleutel)
        assert all(kolom.wat for kolom in soort.kolommen)


@pytest.mark.parametrize(
    ("lees", "cel", "waarde"),
    [
        (velden.pgn, "123456782", "123456782"),
        (velden.pgn, "12345672", "012345672"),
        (velden.pgn, "101222331", "101222331"),
        (velden.bsn, "1234.56.782", "123456782"),
        (velden.onderwijsnummer, "101222331", "101222331"),
    ],
)
def test_leest_een_nummer_en_zet_een_nul_voor_acht_cijfers(lees: Callable[..., Any], cel: str, waarde: str) -> None:
    assert lees(cel, LIJSTEN).cijfers == waarde


def test_een_nummer_staat_niet_in_wat_het_programma_over_zichzelf_vertelt() -> None:
    assert "123456782" not in repr(velden.pgn("123456782", LIJSTEN))


@pytest.mark.parametrize(
    ("lees", "cel", "waarde"),
    [
        (velden.datum, "2024-02-29", dt.date(2024, 2, 29)),
        (velden.geboortedatum, "2004-05-06", "2004-05-06"),
        (velden.geboortedatum, "2004-05-00", "2004-05-00"),
        (velden.geboortedatum, "2004-00-00", "2004-00-00"),
        (velden.moment, "2023-11-04", dt.datetime(2023, 11, 4)),
        (velden.moment, "2023-11-04T10:30:00", dt.datetime(2023, 11, 4, 10, 30)),
        (velden.moment, "2023-11-04 10:30", dt.datetime(2023, 11, 4, 10, 30)),
        (velden.brin, "25lx", "25LX"),
        (velden.brin, "25LX00", "25LX00"),
        (velden.gemeentecode, "957", "0957"),
        (velden.postcode, "6041ab", "6041 AB"),
        (velden.postcode, "6041  AB", "6041 AB"),
        (velden.niveau, "Entree", 1),
        (velden.niveau, "0", 0),
        (velden.ja_nee, "N", False),
        (velden.ja_nee, "Ja", True),
        (velden.in_onderzoek, "010000", True),
        (velden.keuze("havo", "vwo"), "HAVO", "havo"),
        (velden.keuze("M", "V", hoofdletters=True), "m", "M"),
        (velden.schooljaar, "2023/2024", "2023-2024"),
        (velden.maand, "2024-02", "2024-02"),
        (velden.tekst(9), "Zoe\u0308", "Zo\u00eb"),
        (velden.uren, "2024-09-02:3;2024-09-03:heel", ((dt.date(2024, 9, 2), 180), (dt.date(2024, 9, 3), None))),
        (velden.uren, "2024-09-03:1,5 ; 2024-09-02:0.25;", ((dt.date(2024, 9, 2), 15), (dt.date(2024, 9, 3), 90))),
        (velden.uren, "2024-09-02:1;2024-09-02:2", ((dt.date(2024, 9, 2), 180),)),
        (velden.uren, "2024-09-02", ((dt.date(2024, 9, 2), None),)),
    ],
)
def test_leest_een_waarde(lees: Callable[..., Any], cel: str, waarde: Any) -> None:
    gelezen = lees(cel, LIJSTEN)
    if lees is velden.uren:
        gelezen = tuple((dag.datum, dag.minuten) for dag in gelezen)
    assert gelezen == waarde


@pytest.mark.parametrize(
    ("lees", "cel", "reden"),
    [
        (velden.pgn, "123456789", "controle"),
        (velden.pgn, "000000000", "nullen"),
        (velden.pgn, "1234567", "negen cijfers"),
        (velden.pgn, "12345678A", "negen cijfers"),
        (velden.bsn, "101222331", "onderwijsnummer"),
        (velden.onderwijsnummer, "123456782", "BSN"),
        (velden.datum, "2024-02-30", "bestaat niet"),
        (velden.datum, "2004-13-40", "bestaat niet"),
        (velden.datum, "2004-05-00", "bestaat niet"),
        (velden.datum, "31-12-2024", "anders geschreven"),
        (velden.datum, "20241231", "anders geschreven"),
        (velden.datum, "2024-W01-1", "geen datum"),
        (velden.datum, "vandaag", "geen datum"),
        (velden.datum, "0024-01-01", "jaar"),
        (velden.datum, "9999-12-31", "jaar"),
        (velden.geboortedatum, "2004-00-05", "bestaat niet"),
        (velden.geboortedatum, "2004-13-00", "bestaat niet"),
        (velden.geboortedatum, "0000-00-00", "bestaat niet"),
        (velden.geboortedatum, "2027-01-01", "toekomst"),
        (velden.moment, "2023-11-04T25:00", "bestaat niet"),
        (velden.moment, "gisteren", "geen datum"),
        (velden.brin, "25L", "geen BRIN"),
        (velden.brin, "25LX000", "geen BRIN"),
        (velden.brin, "LX25", "geen BRIN"),
        (velden.gemeentecode, "9999", "landelijke lijst"),
        (velden.gemeentecode, "Roermond", "landelijke lijst"),
        (velden.niveau, "5", "Onbekend niveau"),
        (velden.niveau, "MBO4-BOL", "Onbekend niveau"),
        (velden.ja_nee, "misschien", "ja of nee"),
        (velden.keuze("havo", "vwo"), "gymnasium", "Wij kennen havo en vwo"),
        (velden.getal(0, 7), "8", "tussen 0 en 7"),
        (velden.getal(0, 7), "-1", "geen heel getal"),
        (velden.getal(0, 7), "zeven", "geen heel getal"),
        (velden.tekst(4), "vijf!", "Te lang"),
        (velden.tekst(40), "Van d\ufffdr Linden", "niet te lezen"),
        (velden.tekst(40), "a\x07b", "niet te lezen"),
        (velden.tekst(40), "#REF!", "niet te lezen"),
        (velden.postcode, "12345678", "Te lang"),
        (velden.schooljaar, "2023-2025", "schooljaar"),
        (velden.maand, "2024-13", "bestaat niet"),
        (velden.maand, "februari", "maand"),
        (velden.uren, "2024-09-31:3", "bestaat niet"),
        (velden.uren, "2024-09-02:lang", "uren"),
        (velden.uren, "2024-09-02:25", "meer uren"),
        (velden.uren, "2024-09-02:20;2024-09-02:5", "meer uren"),
    ],
)
def test_weigert_een_waarde_met_de_reden(lees: Callable[..., Any], cel: str, reden: str) -> None:
    with pytest.raises(Onleesbaar, match=reden):
        lees(cel, LIJSTEN)


def lees_rij(code: str, **cellen: str) -> Gelezen | Uitval:
    soort = SOORTEN[code]
    kolommen = soort.herken(list(cellen))
    return kolommen.lezer(LIJSTEN)(Rij(2, tuple(cellen.values())))


def test_kolommen_worden_herkend_in_elke_volgorde_en_schrijfwijze() -> None:
    kolommen = SOORTEN["diplomas"].herken(["Behaald op", "SOORT", "pgn ", "Niveau", "eigen kolom", ""])
    assert kolommen.plaats == {"behaald_op": 0, "soort": 1, "pgn": 2, "niveau": 3}
    assert kolommen.onbekend == ("eigen kolom", "kolom 6 zonder naam")
    assert not kolommen.ontbreekt


def test_een_lege_verplichte_cel_is_uitval() -> None:
    rij = lees_rij("diplomas", pgn="123456782", soort="", behaald_op="2022-07-01")
    assert isinstance(rij, Uitval)
    assert (rij.kolom, rij.reden) == ("soort", "Hier moet iets staan")


def test_wijst_bij_meer_fouten_ook_de_andere_kolommen_aan() -> None:
    rij = lees_rij("diplomas", pgn="123456789", soort="gymnasium", behaald_op="2022-07-00")
    assert isinstance(rij, Uitval)
    assert rij.kolom == "pgn"
    assert rij.reden.endswith("Kijk ook naar soort, behaald_op")


def test_een_laatste_dag_voor_de_eerste_dag_is_uitval() -> None:
    rij = lees_rij(
        "inschrijvingen", pgn="123456782", brin="25LX", onderwijssoort="havo", van="2023-08-01", tot="2023-07-31"
    )
    assert isinstance(rij, Uitval)
    assert (rij.kolom, rij.waarde) == ("tot", "2023-07-31")


def test_zonder_lijst_met_uitstroom_op_nummer_telt_naam_en_geboortedatum() -> None:
    basis = {"brin": "25LX", "schooljaar": "2023-2024"}
    assert isinstance(lees_rij("uitstroomlijst", achternaam="Bos", geboortedatum="2006-01-02", **basis), Gelezen)
    assert isinstance(lees_rij("uitstroomlijst", achternaam="Bos", geboortedatum="", **basis), Uitval)
    assert SOORTEN["uitstroomlijst"].herken(["brin", "schooljaar", "achternaam"]).ontbreekt == (
        "pgn of achternaam + geboortedatum",
    )


def test_een_relatie_zonder_nummer_en_zonder_naam_is_uitval() -> None:
    rij = lees_rij("brp-relaties", bsn="123456782", relatie="ouder", gezag="ja")
    assert isinstance(rij, Uitval)
    assert "relatie_bsn of naam" in rij.reden


def test_raadt_aan_de_kolommen_wat_voor_bestand_het_is() -> None:
    for code, rij in (("brp", persoon()), ("inschrijvingen", inschrijving()), ("duo-verzuim", melding())):
        geraden = raad_soort(list(rij))
        assert geraden is not None
        assert geraden.code == code
    assert raad_soort(["zomaar", "iets"]) is None


def test_een_bestand_van_de_verkeerde_soort_noemt_wat_ontbreekt_en_waar_het_op_lijkt(inlezer: Inlezer) -> None:
    with pytest.raises(Geweigerd, match=r"ontbreken: bsn, geboortedatum.*lijkt op een levering 'duo-verzuim'"):
        inlezer("brp", [melding(achternaam="Bos", gemeentecode="9101")])


def test_een_kolom_die_er_twee_keer_in_staat_wordt_geweigerd(inlezer: Inlezer) -> None:
    with pytest.raises(Geweigerd, match="twee keer in: soort"):
        inlezer("diplomas", "pgn;soort;Soort;behaald_op\n123456782;havo;vwo;2022-07-01\n")


def test_een_bestand_met_alleen_een_kopregel_wordt_geweigerd(inlezer: Inlezer) -> None:
    with pytest.raises(Geweigerd, match="alleen een kopregel"):
        inlezer("diplomas", "pgn;soort;behaald_op\n")


def test_een_soort_die_niet_bestaat_wordt_geweigerd(inlezer: Inlezer) -> None:
    with pytest.raises(Geweigerd, match="kennen we niet"):
        inlezer("leerlingen", "a;b\n1;2\n")
