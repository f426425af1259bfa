"""The outside form: the example of the contract, strict reading, and one answer per line whatever comes in."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.doelgroep import Regio
from routekaart.regels.doelgroep_feiten import Antwoord, Fout, beantwoord_regel, filter_regels, lees_vraag
from tests.regels import doelgroeptabel
from tests.regels.strategieen import BELOFTE, diplomas, json_waarden, vragen

VOORBEELD = (
    '{"id": "a1", "peildatum": "2024-02-01", "geboortedatum": "2004-05-06",'
    ' "regio": {"bovengrens": 23, "baan_telt": true, "baan_uren": 12},'
    ' "overleden_op": null, "vertrokken_op": null, "in_nederland_sinds": null,'
    ' "startkwalificatie_vastgesteld": null,'
    ' "diplomas": [{"soort": "mbo", "niveau": 1, "behaald_op": "2022-07-01"}],'
    ' "inschrijvingen": [{"onderwijssoort": "mbo", "niveau": 1, "van": "2021-08-01", "tot": "2022-07-31"},'
    ' {"onderwijssoort": "mbo", "niveau": 2, "van": "2022-08-01", "tot": "2023-03-15"}],'
    ' "werk": [{"van": "2021-05-01", "tot": "2021-09-30", "uren": 8}],'
    ' "verzuimmelding": false, "voorgenomen_uitschrijving": false}'
)
DOCUMENT = doelgroeptabel.DOCUMENT.read_text(encoding="utf-8")
KORT = {"id": "k", "peildatum": "2024-02-01", "geboortedatum": "2004-05-06"}


def vraag(**velden: Any) -> dict[str, Any]:
    return {**KORT, **velden}


def antwoord(gegevens: Any) -> dict[str, Any]:
    """The answer to one question, as the outside reads it."""
    regel = gegevens if isinstance(gegevens, str) else json.dumps(gegevens)
    return dict(json.loads(beantwoord_regel(regel, grenzen=laad_grenzen()).regel))


def veld_van_de_fout(gegevens: Any) -> str | None:
    gelezen = antwoord(gegevens)
    assert set(gelezen) == {"id", "fout"} and set(gelezen["fout"]) == {"veld", "melding"}
    veld: str | None = gelezen["fout"]["veld"]
    return veld


def test_voorbeeld_van_het_contract() -> None:
    gelezen = antwoord(VOORBEELD)
    assert list(gelezen) == ["id", "doelgroep", "reden", "kenmerken", "onbekend", "vervolg", "uitleg"]
    uitleg = gelezen.pop("uitleg")
    assert gelezen == {
        "id": "a1",
        "doelgroep": "nieuwe-vsv",
        "reden": None,
        "kenmerken": ["jikp"],
        "onbekend": [],
        "vervolg": {"route": "doorstroompunt", "fase": 2, "stap": 4},
    }
    assert uitleg[0]["regel"] == "DGR-05"
    assert uitleg[0]["bron"].startswith("000, Doelgroepen")
    assert uitleg[0]["feiten"] == {"teldatum": "2023-10-01"}
    assert all(list(deel) == ["regel", "tekst", "bron", "feiten"] for deel in uitleg)


def test_document_toont_het_voorbeeld() -> None:
    vraag_in_document, antwoord_in_document = (
        json.loads(DOCUMENT.split(f"<!-- {wat} -->\n```json\n")[1].split("```")[0]) for wat in ("vraag", "antwoord")
    )
    gelezen = antwoord(vraag_in_document)
    assert vraag_in_document == json.loads(VOORBEELD)
    assert len(gelezen["uitleg"]) == 7
    assert {**gelezen, "uitleg": gelezen["uitleg"][:1]} == antwoord_in_document


def test_alleen_drie_velden_zijn_verplicht() -> None:
    assert antwoord(KORT)["onbekend"] == ["diplomas", "inschrijvingen", "werk"]
    for veld in KORT:
        zonder = {naam: waarde for naam, waarde in KORT.items() if naam != veld}
        assert veld_van_de_fout(zonder) == veld
        assert veld_van_de_fout({**KORT, veld: None}) == veld


@pytest.mark.parametrize(
    "veld", ["regio", "overleden_op", "diplomas", "verzuimmelding", "startkwalificatie_vastgesteld"]
)
def test_leeg_is_hetzelfde_als_ontbreekt(veld: str) -> None:
    assert antwoord(vraag(**{veld: None})) == antwoord(KORT)


def test_regio_zonder_velden_is_de_standaard() -> None:
    assert lees_vraag(vraag(regio={})).feiten.regio == Regio()
    regio = {"bovengrens": None, "baan_telt": None, "baan_uren": None}
    assert lees_vraag(vraag(regio=regio)).feiten.regio == Regio()


INSCHRIJVING = {"onderwijssoort": "mbo", "niveau": 2, "van": "2022-08-01", "tot": "2023-03-15"}
WERK = {"van": "2022-08-01", "tot": "2023-03-15", "uren": 12}
DIPLOMA = {"soort": "mbo", "niveau": 1, "behaald_op": "2022-07-01"}


def inschrijvingen(**velden: Any) -> dict[str, Any]:
    return vraag(inschrijvingen=[INSCHRIJVING, {**INSCHRIJVING, **velden}])


def werk(**velden: Any) -> dict[str, Any]:
    return vraag(werk=[{**WERK, **velden}])


def diploma(**velden: Any) -> dict[str, Any]:
    return vraag(diplomas=[{**DIPLOMA, **velden}])


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        (vraag(geboortedag="2004-05-06"), "geboortedag"),
        (vraag(regio={"bovengrenzen": 27}), "regio.bovengrenzen"),
        (inschrijvingen(brin="99VC00"), "inschrijvingen[1].brin"),
        (diploma(naam="x"), "diplomas[0].naam"),
        (werk(werkgever="x"), "werk[0].werkgever"),
        (vraag(startkwalificatie_vastgesteld={"op": "2024-01-01", "wie": "x"}), "startkwalificatie_vastgesteld.wie"),
    ],
)
def test_weigert_onbekend_veld(gegevens: dict[str, Any], veld: str) -> None:
    assert veld_van_de_fout(gegevens) == veld


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        (inschrijvingen(onderwijssoort="gymnastiek"), "inschrijvingen[1].onderwijssoort"),
        (inschrijvingen(onderwijssoort="MBO"), "inschrijvingen[1].onderwijssoort"),
        (inschrijvingen(onderwijssoort=None), "inschrijvingen[1].onderwijssoort"),
        (inschrijvingen(onderwijssoort=["mbo"]), "inschrijvingen[1].onderwijssoort"),
        (inschrijvingen(niveau=0), "inschrijvingen[1].niveau"),
        (inschrijvingen(niveau=5), "inschrijvingen[1].niveau"),
        (inschrijvingen(niveau="2"), "inschrijvingen[1].niveau"),
        (inschrijvingen(niveau=2.0), "inschrijvingen[1].niveau"),
        (inschrijvingen(niveau=True), "inschrijvingen[1].niveau"),
        (diploma(soort="leerwerktraject"), "diplomas[0].soort"),
        (diploma(niveau=-1), "diplomas[0].niveau"),
        (werk(uren=-1), "werk[0].uren"),
        (werk(uren=169), "werk[0].uren"),
        (werk(uren="12"), "werk[0].uren"),
        (werk(uren=True), "werk[0].uren"),
        (vraag(verzuimmelding=1), "verzuimmelding"),
        (vraag(verzuimmelding="nee"), "verzuimmelding"),
        (vraag(voorgenomen_uitschrijving=0), "voorgenomen_uitschrijving"),
        (vraag(regio={"bovengrens": "27"}), "regio.bovengrens"),
        (vraag(regio={"bovengrens": 27.5}), "regio.bovengrens"),
        (vraag(regio={"bovengrens": True}), "regio.bovengrens"),
        (vraag(regio={"baan_telt": "ja"}), "regio.baan_telt"),
        (vraag(regio={"baan_uren": -12}), "regio.baan_uren"),
        (vraag(startkwalificatie_vastgesteld={"op": "2024-01-01", "bron": 3}), "startkwalificatie_vastgesteld.bron"),
        (vraag(id=True), "id"),
        (vraag(id=1.5), "id"),
        (vraag(id=["k"]), "id"),
    ],
)
def test_weigert_onbekende_waarde(gegevens: dict[str, Any], veld: str) -> None:
    assert veld_van_de_fout(gegevens) == veld


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        (vraag(regio=[]), "regio"),
        (vraag(regio="38"), "regio"),
        (vraag(diplomas={}), "diplomas"),
        (vraag(inschrijvingen="mbo"), "inschrijvingen"),
        (vraag(inschrijvingen=[None]), "inschrijvingen[0]"),
        (vraag(werk=[WERK, 3]), "werk[1]"),
        (vraag(startkwalificatie_vastgesteld="2024-01-01"), "startkwalificatie_vastgesteld"),
        (vraag(startkwalificatie_vastgesteld={}), "startkwalificatie_vastgesteld.op"),
        (inschrijvingen(van=None), "inschrijvingen[1].van"),
        (vraag(inschrijvingen=[{"onderwijssoort": "mbo"}]), "inschrijvingen[0].van"),
        (werk(van=None), "werk[0].van"),
        (diploma(behaald_op=None), "diplomas[0].behaald_op"),
        (diploma(soort=None), "diplomas[0].soort"),
    ],
)
def test_weigert_verkeerde_vorm(gegevens: dict[str, Any], veld: str) -> None:
    assert veld_van_de_fout(gegevens) == veld


GEEN_DATUM = (
    "2023-02-29",
    "2024-02-30",
    "2024-13-01",
    "2024-00-10",
    "2024-05-00",
    "0000-01-01",
    "20240501",
    "2024-W05-4",
    "01-05-2024",
    "2024-5-1",
    "2024-05-01T00:00:00",
    " 2024-05-01",
    "2024-05-01 ",
    "",
    "٢٠٢٤-05-01",
    20240501,
    True,
)


@pytest.mark.parametrize("datum", GEEN_DATUM)
def test_weigert_datum_die_niet_bestaat(datum: Any) -> None:
    assert veld_van_de_fout(vraag(peildatum=datum)) == "peildatum"
    assert veld_van_de_fout(vraag(overleden_op=datum)) == "overleden_op"
    assert veld_van_de_fout(inschrijvingen(tot=datum)) == "inschrijvingen[1].tot"
    assert veld_van_de_fout(vraag(startkwalificatie_vastgesteld={"op": datum})) == "startkwalificatie_vastgesteld.op"


@pytest.mark.parametrize("datum", ["2004-00-06", "2004-13-00", "0000-00-00", "2004", "2004-05", "2003-02-29", 2004])
def test_weigert_geboortedatum_die_niet_kan(datum: Any) -> None:
    assert veld_van_de_fout(vraag(geboortedatum=datum)) == "geboortedatum"


@pytest.mark.parametrize("datum", ["2004-05-00", "2004-00-00", "2004-02-29", "2004-02-00"])
def test_leest_onvolledige_geboortedatum(datum: str) -> None:
    onbekend = antwoord(vraag(geboortedatum=datum))["onbekend"]
    assert ("geboortedatum" in onbekend) == datum.endswith("00")


def test_weigert_einde_voor_begin() -> None:
    assert veld_van_de_fout(inschrijvingen(tot="2022-07-31")) == "inschrijvingen[1].tot"
    assert veld_van_de_fout(werk(tot="2022-07-31")) == "werk[0].tot"
    assert "fout" not in antwoord(inschrijvingen(tot="2022-08-01"))


def test_weigert_peildatum_voorbij_de_kalender() -> None:
    assert veld_van_de_fout(vraag(peildatum="9999-12-31")) == "peildatum"
    assert "fout" not in antwoord(vraag(peildatum="9990-12-31"))
    assert "fout" not in antwoord(inschrijvingen(tot="9999-12-31"))
    assert "fout" not in antwoord(vraag(peildatum="0001-01-01"))


def test_weigert_veld_dat_er_twee_keer_staat() -> None:
    dubbel = '{"id": "k", "peildatum": "2024-02-01", "geboortedatum": "2004-05-06", "peildatum": "2024-02-02"}'
    assert veld_van_de_fout(dubbel) == "peildatum"
    binnen = json.dumps(inschrijvingen()).replace('"niveau": 2', '"niveau": 2, "niveau": 3', 1)
    assert veld_van_de_fout(binnen) == "inschrijvingen[0].niveau"


def test_fout_houdt_de_id() -> None:
    assert antwoord(vraag(id="x9", regio=3))["id"] == "x9"
    assert antwoord(vraag(id=17, regio=3))["id"] == 17
    assert antwoord(vraag(id=17))["id"] == 17
    assert antwoord({"id": {"a": 1}})["id"] is None


@pytest.mark.parametrize("uren", [0, 0.5, 168, None])
def test_leest_uren_van_nul_tot_een_hele_week(uren: float | None) -> None:
    assert "fout" not in antwoord(werk(uren=uren))
    assert "fout" not in antwoord(vraag(regio={"baan_uren": uren}))


def test_uren_en_niveau_die_ontbreken_zijn_onbekend() -> None:
    zonder = vraag(werk=[{"van": "2022-08-01"}], inschrijvingen=[{"onderwijssoort": "mbo", "van": "2022-08-01"}])
    feiten = lees_vraag(zonder).feiten
    assert feiten.werk is not None and feiten.werk[0].uren is None and feiten.werk[0].tot is None
    assert feiten.inschrijvingen is not None and feiten.inschrijvingen[0].niveau is None
    assert antwoord(zonder)["onbekend"] == ["diplomas", "werk.uren"]


def test_lees_vraag_noemt_veld_en_melding() -> None:
    with pytest.raises(Fout) as gevangen:
        lees_vraag(inschrijvingen(tot="2022-07-31"))
    assert gevangen.value.veld == "inschrijvingen[1].tot"
    assert gevangen.value.melding == "De laatste dag (2022-07-31) ligt voor de eerste dag (2022-08-01)."
    assert str(gevangen.value).startswith("inschrijvingen[1].tot: ")


def test_melding_haalt_een_lange_waarde_kort_aan() -> None:
    melding = antwoord(inschrijvingen(onderwijssoort="x" * 5000))["fout"]["melding"]
    assert melding.startswith('"xxx') and "…" in melding and len(melding) < 500


def test_filter_antwoordt_op_elke_regel_in_dezelfde_volgorde() -> None:
    regels = [json.dumps(vraag(id="1")), "", "  \n", "geen json", json.dumps(vraag(id="2")) + "\r\n", "[1]", "null"]
    uitvoer, had_fout = filter_regels(regels, grenzen=laad_grenzen())
    gelezen = [json.loads(regel) for regel in uitvoer]
    assert [(deel["id"], "fout" in deel) for deel in gelezen] == [
        ("1", False),
        (None, True),
        ("2", False),
        (None, True),
        (None, True),
    ]
    assert had_fout
    assert gelezen[1]["fout"] == {"veld": None, "melding": "Deze regel is geen JSON."}


def test_filter_zonder_fouten_zegt_dat() -> None:
    assert filter_regels([VOORBEELD, "\n"], grenzen=laad_grenzen())[1] is False
    assert filter_regels([], grenzen=laad_grenzen()) == ([], False)


ONLEESBAAR = {
    "halve accolade": "{",
    "te veel accolades": "{}}",
    "geen getal": "NaN",
    "geen getal als id": '{"id": NaN}',
    "oneindig": '{"id": "k", "x": Infinity}',
    "te diep": "[" * 100_000,
    "te lang getal": "1" * 10_000,
    "te lang getal als id": f'{{"id": {"9" * 5000}}}',
    "tekst": '"a"',
    "waarde": "true",
    "enkele aanhalingstekens": "{'id': 1}",
    "geen utf-8": "\udce9",
    "geen utf-8 in de id": '{"id": "caf\udce9"}',
    "nulteken": "\x00",
}


@pytest.mark.parametrize("regel", ONLEESBAAR.values(), ids=ONLEESBAAR)
def test_onleesbare_regel_wordt_een_fout(regel: str) -> None:
    uitvoer, had_fout = filter_regels([regel], grenzen=laad_grenzen())
    assert [set(json.loads(deel)) for deel in uitvoer] == [{"id", "fout"}]
    assert had_fout


def test_bom_aan_het_begin_stoort_niet() -> None:
    assert filter_regels(["\ufeff\n"], grenzen=laad_grenzen()) == ([], False)
    assert "fout" not in json.loads(filter_regels(["\ufeff" + VOORBEELD], grenzen=laad_grenzen())[0][0])


@pytest.mark.parametrize("sleutel", ["é", "\ud800", "a\u2028b", "regel\neen", '"', "\x85", "🙂"])
def test_id_komt_heel_terug_op_een_regel(sleutel: str) -> None:
    uitvoer = beantwoord_regel(json.dumps(vraag(id=sleutel)), grenzen=laad_grenzen()).regel
    assert json.loads(uitvoer)["id"] == sleutel
    assert uitvoer.encode("utf-8") and len(uitvoer.splitlines()) == 1
    assert ("é" in uitvoer) == (sleutel == "é")


@BELOFTE
@given(vragen(diplomas))
def test_elke_goede_vraag_krijgt_een_heel_antwoord(gegevens: dict[str, Any]) -> None:
    regel = json.dumps(gegevens)
    eerste = beantwoord_regel(regel, grenzen=laad_grenzen())
    assert not eerste.is_fout, eerste.regel
    assert beantwoord_regel(regel, grenzen=laad_grenzen()) == eerste
    assert json.loads(eerste.regel)["id"] == gegevens["id"]


def is_antwoord(uitvoer: Antwoord) -> bool:
    """Whether it is one of the two shapes of the contract, on one line."""
    gelezen = json.loads(uitvoer.regel)
    vorm = (
        {"id", "fout"}
        if uitvoer.is_fout
        else {"id", "doelgroep", "reden", "kenmerken", "onbekend", "vervolg", "uitleg"}
    )
    return set(gelezen) == vorm and "\n" not in uitvoer.regel


@BELOFTE
@given(json_waarden)
def test_willekeurige_json_geeft_altijd_een_antwoord(waarde: Any) -> None:
    assert is_antwoord(beantwoord_regel(json.dumps(waarde), grenzen=laad_grenzen()))


@BELOFTE
@given(st.text())
def test_willekeurige_tekst_geeft_altijd_een_antwoord(tekst: str) -> None:
    assert is_antwoord(beantwoord_regel(tekst, grenzen=laad_grenzen()))


@BELOFTE
@given(vragen(diplomas), st.data())
def test_een_kapot_veld_geeft_een_fout_of_een_antwoord(gegevens: dict[str, Any], trek: st.DataObject) -> None:
    kapot = copy.deepcopy(gegevens)
    plekken = [(kapot, naam) for naam in kapot]
    for lijst in ("diplomas", "inschrijvingen", "werk"):
        plekken += [(deel, naam) for deel in kapot.get(lijst) or [] for naam in deel]
    waar, naam = trek.draw(st.sampled_from(plekken))
    waar[naam] = trek.draw(json_waarden)
    assert is_antwoord(beantwoord_regel(json.dumps(kapot), grenzen=laad_grenzen()))
