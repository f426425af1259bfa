"""The shipped routes, their branches, and the errors that a badly written route gives."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from routekaart.basis.parameters import STANDAARD
from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import codelijst
from routekaart.inhoud.laden import InhoudFout, map_van
from routekaart.inhoud.valideren import valideer
from routekaart.regels.route_feiten import STANDCODES

# contracten.md section 1, `vervolg`: (doelgroep, reden, kenmerken) → (route, fase, stap)
VERVOLG = [
    ("verzuim-18-plus", None, (), ("mas-18-plus", 2, 4)),
    ("dreigend-vsv", None, (), ("doorstroompunt", 2, 4)),
    ("nieuwe-vsv", None, (), ("doorstroompunt", 2, 4)),
    ("oud-vsv", None, (), ("doorstroompunt", 2, 4)),
    ("dreigend-vsv", None, ("loopbaan-onbekend",), ("doorstroompunt", 1, 2)),
    ("nieuwe-vsv", None, ("jikp", "loopbaan-onbekend"), ("doorstroompunt", 1, 2)),
    ("oud-vsv", None, ("loopbaan-onbekend",), ("doorstroompunt", 1, 2)),
    ("nieuwe-vsv", None, ("werk-verloren",), ("doorstroompunt", 2, 4)),
    ("jikp", None, ("voorgenomen-uitschrijving",), ("doorstroompunt", 2, 4)),
    ("jikp", None, ("extra-aandacht",), ("doorstroompunt", 2, 4)),
    ("jikp", None, (), ("jikp-volgen", 1, 3)),
    ("geen", "onder-18", (), ("leerplicht", 1, 1)),
    ("geen", "werk", (), ("volgen", 1, 3)),
    ("geen", "overleden", (), ("doorstroompunt", 5, 12)),
    ("geen", "vertrokken", (), ("doorstroompunt", 5, 12)),
    ("geen", "bovengrens", ("bovenwettelijk",), ("doorstroompunt", 5, 12)),
    ("geen", "startkwalificatie", (), ("doorstroompunt", 5, 12)),
    ("geen", "ingeschreven", (), ("doorstroompunt", 5, 12)),
    ("geen", "overstap", (), ("doorstroompunt", 5, 12)),
    ("geen", None, (), ("doorstroompunt", 5, 12)),
]
BESLISTABEL = Path(__file__).parents[1] / "regels" / "tabellen" / "doelgroep.csv"
type Schrijf = Callable[..., str]


@pytest.mark.parametrize(("doelgroep", "reden", "kenmerken", "verwacht"), VERVOLG)
@pytest.mark.parametrize("versie", routes.versies("doorstroompunt"))
def test_de_vertakking_van_stap_3_is_die_van_het_contract(
    doelgroep: str, reden: str | None, kenmerken: tuple[str, ...], verwacht: tuple[str, int, int], versie: str
) -> None:
    tak = routes.laad("doorstroompunt", versie).vertakking(doelgroep, reden=reden, kenmerken=kenmerken)

    assert tak is not None
    assert (tak.route, tak.fase, tak.stap) == verwacht


def test_de_vertakking_volgt_elke_rij_van_de_beslistabel() -> None:
    """The rule says where somebody goes, the route as data says it too: they must agree, row by row."""
    route = routes.laad("doorstroompunt")
    with BESLISTABEL.open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.DictReader(bestand, delimiter=";"))
    bekeken = 0
    for rij in rijen:
        kenmerken = {kenmerk for kenmerk in rij["kenmerken"].split(" + ") if kenmerk}
        if rij["doelgroep"] == "jikp" and rij["vervolg"].startswith("doorstroompunt"):
            assert "voorgenomen uitschrijving" in rij["vlaggen"]
            kenmerken.add("voorgenomen-uitschrijving")
        tak = route.vertakking(rij["doelgroep"], reden=rij["reden"] or None, kenmerken=kenmerken)
        assert tak is not None
        assert f"{tak.route} {tak.fase}/{tak.stap}" == rij["vervolg"], rij["geval"]
        bekeken += 1
    assert bekeken >= 40


def test_elke_doelgroep_en_elke_reden_heeft_een_vertakking() -> None:
    route = routes.laad("doorstroompunt")
    for doelgroep in codelijst("doelgroepen").codes:
        assert route.vertakking(doelgroep) is not None
    for reden in codelijst("redenen-geen-doelgroep").codes:
        assert route.vertakking("geen", reden=reden) is not None
    assert route.vertakking(None) is None


@pytest.mark.parametrize("code", ["doorstroompunt", "mas-18-plus"])
def test_de_landelijke_route_heeft_dertien_stappen_in_vijf_fasen(code: str) -> None:
    for versie in routes.versies(code):
        route = routes.laad(code, versie)
        assert [stap.nummer for stap in route] == list(range(1, 14))
        assert [fase.naam for fase in route.fases] == [w.label for w in codelijst("fasen").waarden]
        assert [len(route.stappen_van(fase)) for fase in range(1, 6)] == [3, 4, 1, 3, 2]
        assert route.sluitstap.nummer == 11


def test_de_korte_namen_zijn_die_van_de_kaart() -> None:
    assert [stap.naam for stap in routes.laad("doorstroompunt")] == [
        "Signaal",
        "Dossier",
        "Doelgroep",
        "Intake plannen",
        "Leefdomeinen",
        "Privacy",
        "Vooronderzoek",
        "Plan van aanpak",
        "Uitvoeren",
        "Monitoren",
        "Afsluiten nazorg",
        "Terugkoppelen",
        "Evalueren",
    ]


def test_korte_routes_zijn_kort() -> None:
    for code in ("jikp-volgen", "volgen"):
        assert len(routes.laad(code).stappen) == 5


@pytest.mark.parametrize("code", routes.codes())
def test_dezelfde_stap_heet_in_elke_route_hetzelfde(code: str) -> None:
    """Other apps find a step by its lasting name, whatever its number."""
    landelijk = {stap.code for stap in routes.laad("doorstroompunt")}
    for versie in routes.versies(code):
        route = routes.laad(code, versie)
        assert {stap.code for stap in route} <= landelijk
        terugkoppelen = route.stap_met_code("terugkoppelen")
        assert terugkoppelen is not None and terugkoppelen.na_einde == "blijft"
        assert route.sluitstap.code == "afsluiten"


def test_verzuim_vraagt_bij_het_vooronderzoek_ook_naar_school() -> None:
    vooronderzoek = routes.laad("doorstroompunt").stap(7)

    assert vooronderzoek is not None
    assert [vraag.code for vraag in vooronderzoek.vragen(verzuim=False)] == [
        "redenen",
        "wat-nodig",
        "eerdere-acties",
        "hulpverlening",
    ]
    assert [vraag.code for vraag in vooronderzoek.vragen(verzuim=True)][-1] == "onderwijs"


def test_vanaf_18_jaar_is_er_geen_straf() -> None:
    """DGR-12: Halt, proces-verbaal and penal coercion cannot be chosen at 18 and over."""
    for stap in routes.laad("mas-18-plus"):
        knoppen = " ".join(actie.knop for actie in stap.acties).lower()
        assert not any(woord in knoppen for woord in ("halt", "proces", "dwang", "straf"))
    labels = " ".join(w.label for w in codelijst("uitkomsten-verzuim-18-plus").waarden).lower()
    assert "halt" not in labels and "verbaal" not in labels


def test_een_lopend_werkproces_blijft_op_zijn_versie() -> None:
    oud, nieuw = routes.laad("doorstroompunt", "2020-1"), routes.laad("doorstroompunt")

    assert "RMC-melding" in oud.sluitstap.titel
    assert "doorstroompunt-melding" in nieuw.sluitstap.titel
    assert routes.versies("doorstroompunt") == ("2020-1", "2023-1")


@pytest.mark.parametrize(
    ("op", "versie"),
    [
        (date(2019, 1, 1), "2020-1"),
        (date(2023, 10, 10), "2020-1"),
        (date(2023, 10, 11), "2023-1"),
        (date(2026, 11, 17), "2023-1"),
    ],
)
def test_op_een_dag_geldt_een_versie(op: date, versie: str) -> None:
    assert routes.laad("doorstroompunt", op=op).versie == versie


def test_een_onbekende_route_of_versie_noemt_wat_er_wel_is() -> None:
    with pytest.raises(
        InhoudFout, match="route 'rmc' bestaat niet; wel: doorstroompunt, herbeoordeling, jib, jikp-volgen"
    ):
        routes.laad("rmc")
    with pytest.raises(InhoudFout, match="geen versie '1999-1'; wel: 2020-1, 2023-1"):
        routes.laad("doorstroompunt", "1999-1")


def test_elke_instelling_in_een_termijn_bestaat() -> None:
    termijnen = [
        stap.termijn
        for code in routes.codes()
        for versie in routes.versies(code)
        for stap in routes.laad(code, versie)
        if stap.termijn is not None
    ]

    for termijn in termijnen:
        if termijn.instelling:
            assert STANDAARD[termijn.instelling].waarde == termijn.aantal
        assert ("{aantal}" in termijn.tekst) == bool(termijn.instelling)
    assert any(termijn.instelling for termijn in termijnen)


def test_de_geleverde_inhoud_is_in_orde() -> None:
    assert valideer() == []


# --- fouten in een route


@pytest.fixture
def schrijf(tmp_path: Path) -> Schrijf:
    """Writes the shipped route with something changed in its text, reads it, and gives the errors."""

    def doe(*wijzigingen: tuple[str, str], naam: str = "2023-1.toml") -> str:
        tekst = map_van("routes", "doorstroompunt", "2023-1.toml").read_text(encoding="utf-8")
        for oud, nieuw in wijzigingen:
            assert oud in tekst
            tekst = tekst.replace(oud, nieuw, 1)
        pad = tmp_path / naam
        pad.write_text(tekst, encoding="utf-8")
        with pytest.raises(InhoudFout) as fout:
            routes.lees_route(pad, code="doorstroompunt")
        return str(fout.value)

    return doe


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        (
            'alle = ["contact.jongere"]',
            'alle = ["contact.jongen"]',
            "stap 2: vervuld_door 1: gebeurtenis 'contact.jongen' is onbekend",
        ),
        ('alle = ["contact.jongere"]', 'alle = ["stap.overgeslagen"]', "kan geen stap vervullen"),
        ('alle = ["contact.jongere"],', "", "stap 2: vervuld_door 1: geef óf 'alle' óf 'een_van'"),
        ("nummer = 2\ncode", "nummer = 3\ncode", "stap 3: dit nummer komt twee keer voor"),
        ("nummer = 2\ncode", "nummer = 14\ncode", "stap 2: deze stap ontbreekt: nummers lopen door vanaf 1"),
        ("nummer = 2\ncode", "nummer = 14\ncode", "stappen: de stappen moeten op volgorde van nummer staan"),
        (
            'nummer = 2\ncode = "dossier"\nfase = 1',
            'nummer = 2\ncode = "dossier"\nfase = 6',
            "stap 2: veld 'fase': fase 6 staat niet in deze route",
        ),
        (
            'nummer = 8\ncode = "plan"\nfase = 3',
            'nummer = 8\ncode = "plan"\nfase = 4',
            "fase 3: deze fase heeft geen stappen",
        ),
        (
            'nummer = 8\ncode = "plan"\nfase = 3',
            'nummer = 8\ncode = "plan"\nfase = 1',
            "stap 8: fase 1 kan niet na fase 2 komen",
        ),
        ("opnieuw_tot = 10", "opnieuw_tot = 99", "fase 2: veld 'opnieuw_tot': 99 ligt buiten de route"),
        ("sluit = true", "sluit = false", "precies één stap sluit het werkproces, hier zijn het er 0"),
        ("vertakt_na = 3", "vertakt_na = 33", "veld 'vertakt_na': stap 33 bestaat niet"),
        ('doelgroep = "oud-vsv"', 'doelgroep = "oudste-vsv"', "doelgroep 'oudste-vsv' is onbekend"),
        ("stap = 12\n", "stap = 14\n", "vervolg geen: stap 14 bestaat niet in route doorstroompunt"),
        (
            "fase = 5\nstap = 12\n",
            "fase = 4\nstap = 12\n",
            "vervolg geen: stap 12 van route doorstroompunt hoort bij fase 5, niet 4",
        ),
        ('route = "volgen"', 'route = "zomaar"', "route 'zomaar' is onbekend"),
        ('kenmerk = "extra-aandacht"', 'kenmerk = "extra"', "kenmerk 'extra' is onbekend"),
        ('redenen = ["werk"]', 'redenen = ["baan"]', "reden 'baan' is onbekend"),
        ('naam = "Dossier"', 'name = "Dossier"', "stap 2: veld 'name' is onbekend"),
        ('naam = "Dossier"', "", "stap 2: veld 'naam' ontbreekt"),
        ('naam = "Dossier"', 'naam = " "', "stap 2: veld 'naam' is leeg"),
        ('naam = "Dossier"', "naam = 2", "stap 2: veld 'naam' moet een tekst zijn, niet 2"),
        ('als = "verzuim"', 'als = "ziekte"', "'ziekte' is onbekend; kies uit"),
        ('na_einde = "blijft"', 'na_einde = "soms"', "stap 12: veld 'na_einde': 'soms' is onbekend"),
        ('eenheid = "werkdagen"', 'eenheid = "uren"', "stap 2: termijn: veld 'eenheid': 'uren' is onbekend"),
        ("aantal = 5", "aantal = 0", "stap 2: termijn: veld 'aantal' moet 1 of meer zijn"),
        ("aantal = 5", "aantal = true", "stap 2: termijn: veld 'aantal' moet een heel getal zijn, niet True"),
        (
            'na = ["melding.ontvangen"]',
            'na = ["melding.ontvangen"], na_laatste = ["melding.ontvangen"]',
            "geef óf 'na' óf 'na_laatste'",
        ),
        ('code = "dossier-gelezen"', 'code = "dossier-gegeten"', "actie 'dossier-gegeten' is onbekend"),
        (
            'gevraagd_lijsten = ["minimaal-inzicht"]',
            'gevraagd_lijsten = ["maximaal-inzicht"]',
            "veld 'gevraagd_lijsten'",
        ),
        ('code = "dossier"', 'code = "signaal"', "stappen: code 'signaal' komt twee keer voor"),
        ("geldig_vanaf = 2023-10-11", 'geldig_vanaf = "2023-10-11"', "veld 'geldig_vanaf' moet een datum zijn"),
        ('versie = "2023-1"', 'versie = "2023-2"', "veld 'versie' moet '2023-1' zijn"),
        ('code = "doorstroompunt"', 'code = "rmc"', "veld 'code' moet 'doorstroompunt' zijn"),
        ("vertakt_na = 3", "vertakt_na = = 3", "geen leesbare TOML"),
    ],
)
def test_een_fout_noemt_bestand_stap_en_veld(schrijf: Schrijf, oud: str, nieuw: str, melding: str) -> None:
    fouten = schrijf((oud, nieuw))

    assert melding in fouten
    assert all(regel.startswith("routes/doorstroompunt/2023-1.toml: ") for regel in fouten.splitlines())


def test_alle_fouten_komen_tegelijk(schrijf: Schrijf) -> None:
    fouten = schrijf(('naam = "Dossier"', ""), ("vertakt_na = 3", "vertakt_na = 33"), ("sluit = true", "sluit = 1"))

    assert len(fouten.splitlines()) == 4


def test_een_stap_die_alleen_bij_verzuim_iets_vraagt_wordt_geweigerd(schrijf: Schrijf) -> None:
    fouten = schrijf(('{ alle = ["inzicht.compleet"], naam', '{ alle = ["inzicht.compleet"], als = "verzuim", naam'))

    assert "stap 7: veld 'vervuld_door': minstens één eis moet altijd gelden" in fouten


def test_een_bestand_dat_er_niet_is(tmp_path: Path) -> None:
    with pytest.raises(InhoudFout, match=r"routes/doorstroompunt/1999-1\.toml: dit bestand bestaat niet"):
        routes.lees_route(tmp_path / "1999-1.toml", code="doorstroompunt")


def test_een_leeg_bestand_noemt_wat_ontbreekt(tmp_path: Path) -> None:
    (tmp_path / "1999-1.toml").write_text('code = "doorstroompunt"\n', encoding="utf-8")

    with pytest.raises(InhoudFout) as fout:
        routes.lees_route(tmp_path / "1999-1.toml", code="doorstroompunt")

    for veld in ("versie", "naam", "fases", "stappen", "geldig_vanaf"):
        assert f"veld '{veld}' ontbreekt" in str(fout.value)


def test_een_vervolg_naar_een_stap_van_een_andere_route_moet_bestaan(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The check at start sees what one file alone cannot know."""
    for code in routes.codes():
        map_ = tmp_path / "routes" / code
        map_.mkdir(parents=True)
        for versie in routes.versies(code):
            tekst = map_van("routes", code, f"{versie}.toml").read_text(encoding="utf-8")
            if code == "mas-18-plus":
                tekst = tekst.replace('route = "volgen"\nfase = 1\nstap = 3', 'route = "volgen"\nfase = 1\nstap = 9')
            (map_ / f"{versie}.toml").write_text(tekst, encoding="utf-8")
    monkeypatch.setattr(routes, "map_van", lambda *delen: tmp_path.joinpath(*delen))

    assert routes.valideer_routes() == [
        "routes/mas-18-plus/2023-1.toml: vervolg geen: stap 9 bestaat niet in route volgen",
    ]


def test_geen_route_noemt_een_code_die_de_stand_zelf_verandert() -> None:
    gezien = {code for naam in routes.codes() for code in _codes(naam)}

    assert not gezien & STANDCODES
    assert {"plan.vastgesteld", "contact.jongere", "jikp.bekeken", "situatie.bekeken"} <= gezien


def _codes(naam: str) -> set[str]:
    return {
        code
        for versie in routes.versies(naam)
        for stap in routes.laad(naam, versie)
        for eis in stap.vervuld_door
        for code in eis.codes
    }


def test_de_bestanden_zijn_zo_als_ze_heten() -> None:
    for code in routes.codes():
        for versie in routes.versies(code):
            gelezen: dict[str, Any] = tomllib.loads(
                map_van("routes", code, f"{versie}.toml").read_text(encoding="utf-8")
            )
            assert (gelezen["code"], gelezen["versie"]) == (code, versie)
