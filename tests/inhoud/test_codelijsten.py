"""Code lists: what is shipped, how it is read, and the errors that a badly written list gives."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from routekaart.inhoud import codelijsten
from routekaart.inhoud.codelijsten import (
    codelijst,
    label,
    lees_codelijst,
    lijsten,
    soort_werkproces_voor,
    uitkomst,
    uitkomsten,
)
from routekaart.inhoud.laden import InhoudFout
from routekaart.inhoud.valideren import valideer

VANDAAG = date(2026, 11, 17)
# how many values each list has in the catalogue of requirements (CL-nn) or in the law
AANTALLEN = {
    "meldingskanalen": 10,
    "minimale-informatie": 7,
    "outreachende-methoden": 3,
    "doelgroepen": 6,
    "herkomst-jikp": 6,
    "fasen": 5,
    "leefdomeinen": 13,
    "leefdomein-niveaus": 5,
    "intakevragen": 11,
    "minimaal-inzicht": 5,
    "onderdelen-plan": 5,
    "contactkanalen": 9,
    "contactresultaten": 5,
    "big5": 5,
    "big5-003": 5,
    "denkstappen": 4,
    "vervolgdomeinen": 3,
    "uitschrijfsituaties": 10,
    "status-vervolgtraject": 6,
    "resultaatdomeinen": 6,
    "evaluatievragen": 6,
    "leermethoden": 5,
    "overlegvormen": 13,
    "uitkomsten-absoluut-verzuim": 6,
    "uitkomsten-relatief-verzuim": 11,
    "uitkomsten-zorg-preventie": 6,
    "uitkomsten-verzuim-18-plus": 11,
    "uitkomsten-jib": 12,
    "uitkomsten-vsv": 14,
    "soorten-verzuim": 4,
    "duo-verzuimsoorten": 4,
    "duo-afsluitredenen": 7,
    "duo-afsluitopmerkingen": 3,
    "onderwijssoorten": 21,
    "diplomasoorten": 8,
}
MET_DUO = ("verzuim-18-plus", "relatief-verzuim", "vsv")


@pytest.mark.parametrize(("lijst", "aantal"), AANTALLEN.items())
def test_elke_lijst_is_volledig(lijst: str, aantal: int) -> None:
    assert len(codelijst(lijst).waarden) == aantal
    assert codelijst(lijst).bron


def test_elk_bestand_is_een_leesbare_lijst() -> None:
    assert len(lijsten()) >= len(AANTALLEN)
    for code in lijsten():
        assert codelijst(code).code == code


@pytest.mark.parametrize(
    ("lijst", "code", "verwacht"),
    [
        ("uitkomsten-verzuim-18-plus", "leeftijd-verhuisd-overleden", "23 jr / verhuisd / overleden"),
        ("uitkomsten-verzuim-18-plus", "geen-actie-na-school", "Na afstemming met school geen actie nodig"),
        ("uitkomsten-verzuim-18-plus", "werkproces-vsv", "Werkproces VSV (reeds uitgeschreven)"),
        ("uitkomsten-vsv", "particulier", "Particuliere opleiding/thuisstudie/onderwijs buitenland"),
        ("uitkomsten-relatief-verzuim", "geen-actie-na-school", "Na contact school, geen actie LPA"),
        ("uitkomsten-jib", "geen-uitstroom-ib", "Geen uitstroom inlichtingen bureau"),
        ("duo-afsluitredenen", "7", "geen verzuim, legitiem afwezig"),
        ("doelgroepen", "dreigend-vsv", "Dreigend vsv'er"),
        ("gebeurtenissen", "plan.herzien", "Het plan van aanpak is herzien"),
    ],
)
def test_labels_staan_zoals_de_bron_ze_heeft(lijst: str, code: str, verwacht: str) -> None:
    assert label(lijst, code) == verwacht


def test_de_uitkomsten_zijn_die_van_het_jaarverslag() -> None:
    """Every label of the published tables is in its list, but for the states of what was still open."""
    tabellen = {
        "02-absoluut": "absoluut-verzuim",
        "03-relatief": "relatief-verzuim",
        "07-zorg": "zorg-preventie",
        "09-verzuim18plus": "verzuim-18-plus",
        "12-vsv": "vsv",
        "13-jongeren": "jib",
    }
    for tabel, soort in tabellen.items():
        eigen = [u.label for u in uitkomsten(soort)]
        assert eigen == _labels_van(tabel), tabel


def _labels_van(tabel: str) -> list[str]:
    """The outcome labels as the report prints them (source 003), kept beside the tests."""
    pad = Path(__file__).parent / "uitkomsten_jaarverslag.csv"
    with pad.open(encoding="utf-8", newline="") as bestand:
        return [rij["label"] for rij in csv.DictReader(bestand, delimiter=";") if rij["tabel"] == tabel]


@pytest.mark.parametrize("soort", codelijst("soorten-werkproces").codes & {"jikp", "jib", "vsv", "verzuim-18-plus"})
def test_verhuisd_en_onterecht_eindigen_de_route_en_geven_geen_nazorg(soort: str) -> None:
    """NAZ-04: geen doelgroep, verhuisd, overleden and onterecht exclude nazorg."""
    for u in uitkomsten(soort):
        if any(woord in u.label.lower() for woord in ("onterecht", "verhui", "overleden", "geen doelgroep")):
            assert u.eindigt_route_vroeg
            assert not u.nazorg


def test_een_resultaat_legt_overgeslagen_stappen_niet_uit() -> None:
    assert not uitkomst("vsv", "werk").eindigt_route_vroeg
    assert uitkomst("vsv", "werk").nazorg
    assert uitkomst("verzuim-18-plus", "geen-actie-na-school").eindigt_route_vroeg
    assert uitkomst("verzuim-18-plus", "geen-actie-na-school").nazorg


@pytest.mark.parametrize(
    "code", [("verzuim-18-plus", "onbereikbaar"), ("vsv", "reageert-niet"), ("jib", "geen-reactie")]
)
def test_afsluiten_zonder_contact_vraagt_een_afweging(code: tuple[str, str]) -> None:
    assert uitkomst(*code).afweging


@pytest.mark.parametrize(
    ("soort", "code", "reden"),
    [
        ("verzuim-18-plus", "gesprek-afspraken", 1),
        ("verzuim-18-plus", "waarschuwingsbrief", 1),
        ("verzuim-18-plus", "andere-opleiding", 2),
        ("verzuim-18-plus", "leeftijd-verhuisd-overleden", 4),
        ("relatief-verzuim", "halt", 1),
        ("relatief-verzuim", "overdracht-gemeente", 4),
        ("relatief-verzuim", "uitschrijving-brp", 4),
        ("vsv", "werk", 3),
        ("vsv", "nieuwe-inschrijving", 2),
        ("verzuim-18-plus", "onterecht", None),
    ],
)
def test_het_voorstel_voor_duo(soort: str, code: str, reden: int | None) -> None:
    """Handboek section 10; where only the colleague can know (ill, or there after all) nothing is proposed."""
    assert uitkomst(soort, code).duo_afsluitreden == reden


def test_voorstellen_voor_duo_staan_alleen_waar_duo_een_melding_had() -> None:
    for soort in codelijst("soorten-werkproces").waarden:
        if soort["uitkomsten"] and soort.code not in MET_DUO:
            assert all(u.duo_afsluitreden is None for u in uitkomsten(soort.code))
        assert soort["duo"] == (soort.code in MET_DUO)


@pytest.mark.parametrize(
    ("doelgroep", "soort"),
    [
        ("verzuim-18-plus", "verzuim-18-plus"),
        ("dreigend-vsv", "vsv"),
        ("nieuwe-vsv", "vsv"),
        ("oud-vsv", "vsv"),
        ("jikp", "jikp"),
        ("geen", None),
    ],
)
def test_een_doelgroep_leidt_tot_een_soort_werkproces(doelgroep: str, soort: str | None) -> None:
    assert soort_werkproces_voor(doelgroep) == soort


def test_de_lijst_voor_jikp_is_een_aanname() -> None:
    assert codelijst("uitkomsten-jikp").aanname
    assert not codelijst("uitkomsten-vsv").aanname


def test_een_soort_zonder_lijst_zegt_dat() -> None:
    with pytest.raises(InhoudFout, match="soort 'verlof' heeft nog geen uitkomstenlijst"):
        uitkomsten("verlof")


def test_een_onbekende_code_of_lijst_is_een_fout() -> None:
    with pytest.raises(InhoudFout, match="codelijst doelgroepen: code 'zomaar' bestaat niet"):
        label("doelgroepen", "zomaar")
    with pytest.raises(InhoudFout, match=r"codelijsten/zomaar\.toml: dit bestand bestaat niet"):
        codelijst("zomaar")
    with pytest.raises(InhoudFout, match="uitkomst 'zomaar' bestaat niet"):
        uitkomst("vsv", "zomaar")
    assert label("duo-berichtcodes", "X9", anders="X9") == "X9"


# --- geldigheid en fouten, met een eigen lijst

KOP = 'code = "kleuren"\nnaam = "Kleuren"\nbron = "zelf bedacht"\n'


def schrijf(tmp_path: Path, inhoud: str) -> Path:
    pad = tmp_path / "kleuren.toml"
    pad.write_text(KOP + inhoud, encoding="utf-8")
    return pad


def test_een_waarde_geldt_tot_en_met_haar_laatste_dag(tmp_path: Path) -> None:
    lijst = lees_codelijst(
        schrijf(
            tmp_path,
            'waarden = [{code="rood", label="Rood", geldig_tot=2026-11-17},'
            ' {code="blauw", label="Blauw", geldig_van=2026-11-18}]',
        )
    )

    assert lijst.keuzes(op=VANDAAG) == [("rood", "Rood")]
    assert lijst.keuzes(op=date(2026, 11, 18)) == [("blauw", "Blauw")]
    assert lijst.waarde("rood").label == "Rood"


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ("", "veld 'waarden' ontbreekt"),
        ("waarden = []", "veld 'waarden' is leeg"),
        ('waarden = [{code="rood"}]', "waarde rood: veld 'label' ontbreekt"),
        ('waarden = [{code="rood", label="Rood"}, {code="rood", label="Rood"}]', "code 'rood' komt twee keer voor"),
        ('waarden = [{code="rood", label="Rood", warm=true}]', "waarde rood: veld 'warm' is onbekend"),
        ('waarden = [{code="rood", label="Rood"}]\n[velden]\nwarm = "ja-nee"', "waarde rood: veld 'warm' ontbreekt"),
        (
            'waarden = [{code="rood", label="Rood", warm="ja"}]\n[velden]\nwarm = "ja-nee"',
            "veld 'warm' moet true of false zijn",
        ),
        (
            'waarden = [{code="rood", label="Rood", warm=true}]\n[velden]\nwarm = "getal"',
            "veld 'warm' moet een heel getal zijn",
        ),
        ('waarden = [{code="rood", label="Rood"}]\n[velden]\nwarm = "kleur"', "velden.warm: soort 'kleur' is onbekend"),
        (
            'waarden = [{code="rood", label="Rood", is=3}]\n[velden]\nis = "code:kleuren"',
            "veld 'is' moet een code zijn",
        ),
        (
            'waarden = [{code="rood", label="Rood", geldig_van=2026-02-01, geldig_tot=2026-01-01}]',
            "ligt voor geldig_van",
        ),
        ('waarden = ["rood"]', "waarde 1: moet een tabel zijn"),
        ('waarden = "rood"', "veld 'waarden' moet een lijst tabellen zijn"),
        ('waarden = [{code="rood", label="Rood"}]\nmooi = true', "veld 'mooi' is onbekend"),
        ('waarden = [{code="rood", label="Rood"}]\nvelden = 3', "veld 'velden' moet een tabel zijn"),
    ],
)
def test_een_fout_noemt_bestand_waarde_en_veld(tmp_path: Path, inhoud: str, melding: str) -> None:
    with pytest.raises(InhoudFout) as fout:
        lees_codelijst(schrijf(tmp_path, inhoud))

    assert melding in str(fout.value)
    assert str(fout.value).startswith("codelijsten/kleuren.toml: ")


def test_een_lijst_heet_zoals_haar_bestand(tmp_path: Path) -> None:
    pad = tmp_path / "tinten.toml"
    pad.write_text(KOP + 'waarden = [{code="rood", label="Rood"}]', encoding="utf-8")

    with pytest.raises(InhoudFout, match=r"code 'kleuren' hoort in een bestand kleuren\.toml"):
        lees_codelijst(pad)


def test_een_verwijzing_naar_een_code_die_er_niet_is_wordt_gevonden(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pad = schrijf(
        tmp_path,
        'waarden = [{code="rood", label="Rood", lijkt_op="groen"}]\n'
        '[velden]\nlijkt_op = "code:kleuren"\nvan = "code:tinten?"',
    )
    gelezen = lees_codelijst(pad)
    monkeypatch.setattr("routekaart.inhoud.valideren.lijsten", lambda: ("kleuren",))
    monkeypatch.setattr("routekaart.inhoud.valideren.codelijst", lambda code: gelezen)

    assert valideer() == [
        "codelijsten/kleuren.toml: waarde rood: veld 'lijkt_op': code 'groen' staat niet in codelijst kleuren",
        "codelijsten/kleuren.toml: velden.van: codelijst 'tinten' bestaat niet",
    ]


def test_een_kapotte_lijst_komt_in_de_controle_bij_de_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def kapot(code: str) -> codelijsten.Codelijst:
        return lees_codelijst(schrijf(tmp_path, ""))

    monkeypatch.setattr("routekaart.inhoud.valideren.lijsten", lambda: ("kleuren",))
    monkeypatch.setattr("routekaart.inhoud.valideren.codelijst", kapot)

    assert valideer() == ["codelijsten/kleuren.toml: veld 'waarden' ontbreekt"]
