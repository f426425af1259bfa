"""Aandachtspunten, contactprotocollen and gebied: what is shipped, and the errors of a badly written file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from routekaart.inhoud import gebied, protocollen
from routekaart.inhoud.aandachtspunten import aandachtspunten, lees_aandachtspunten
from routekaart.inhoud.laden import InhoudFout
from routekaart.inhoud.valideren import valideer

VANDAAG = date(2026, 11, 17)


# --- aandachtspunten, CL-12


@pytest.mark.parametrize(
    ("fase", "doelgroep", "aantal"),
    [
        (1, "verzuim-18-plus", 2),
        (1, "jikp", 1),
        (1, "oud-vsv", 0),
        (2, "nieuwe-vsv", 3),
        (2, None, 3),
        (2, "verzuim-18-plus", 7),
        (3, "dreigend-vsv", 3),
        (3, "verzuim-18-plus", 5),
        (3, "oud-vsv", 7),
        (3, "jikp", 5),
        (4, "oud-vsv", 0),
        (5, "oud-vsv", 0),
    ],
)
def test_elke_fase_heeft_de_punten_van_haar_doelgroep(fase: int, doelgroep: str | None, aantal: int) -> None:
    punten = aandachtspunten(fase=fase, doelgroep=doelgroep, op=VANDAAG)

    assert len(punten) == aantal
    assert all(punt.paragraaf and punt.bron.startswith("000") for punt in punten)


def test_de_punten_van_de_doelgroep_staan_voorop() -> None:
    algemeen = [punt.algemeen for punt in aandachtspunten(fase=3, doelgroep="oud-vsv")]

    assert algemeen == sorted(algemeen)
    assert True in algemeen and False in algemeen


def test_een_punt_kan_eindigen(tmp_path: Path) -> None:
    pad = tmp_path / "punten.toml"
    pad.write_text(PUNT + "geldig_van = 2026-01-01\ngeldig_tot = 2026-11-17\n", encoding="utf-8")
    [punt] = lees_aandachtspunten(pad)

    assert punt.geldig_op(VANDAAG)
    assert not punt.geldig_op(date(2026, 11, 18))
    assert not punt.geldig_op(date(2025, 12, 31))


PUNT = '[[punten]]\ncode = "x"\nfase = 1\ndoelgroepen = []\ntekst = "t"\nparagraaf = "1.1"\nbron = "000"\n'


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ("fase = 1", "fase = 7", "punt x: veld 'fase': fase 7 bestaat niet"),
        ("doelgroepen = []", 'doelgroepen = ["leerling"]', "punt x: doelgroep 'leerling' is onbekend"),
        ("doelgroepen = []", 'doelgroepen = [""]', "veld 'doelgroepen' mag alleen niet-lege teksten bevatten"),
        ('tekst = "t"\n', "", "punt x: veld 'tekst' ontbreekt"),
        ('bron = "000"\n', 'bron = "000"\n' + PUNT, "code 'x' komt twee keer voor"),
    ],
)
def test_een_fout_in_een_aandachtspunt(tmp_path: Path, oud: str, nieuw: str, melding: str) -> None:
    pad = tmp_path / "punten.toml"
    pad.write_text(PUNT.replace(oud, nieuw), encoding="utf-8")

    with pytest.raises(InhoudFout) as fout:
        lees_aandachtspunten(pad)
    assert melding in str(fout.value)


# --- contactprotocollen, CL-08


def test_de_drie_protocollen_van_de_routekaart() -> None:
    assert protocollen.codes() == ("algemeen", "utrecht", "westelijke-mijnstreek")


def test_westelijke_mijnstreek_pakt_binnen_vijf_werkdagen_op_in_vier_stappen() -> None:
    protocol = protocollen.protocol("westelijke-mijnstreek")

    assert protocol.oppakken_werkdagen == 5
    assert [stap.titel for stap in protocol.stappen] == [
        "Brief",
        "Bellen, appen of mailen",
        "Aangekondigd huisbezoek",
        "Niet thuis? Laat een brief met folder achter",
    ]
    assert protocol.stappen[0].verzorger_alleen_thuiswonend
    assert protocol.stappen[3].na_resultaat == ("niet-thuis",)


def test_utrecht_gaat_drie_keer_op_huisbezoek_in_vier_weken() -> None:
    protocol = protocollen.protocol("utrecht")

    assert (protocol.looptijd_weken, protocol.min_huisbezoeken) == (4, 3)
    assert protocol.stappen[1].na_dagen == 14
    assert protocol.stappen[-1].sluit


def test_overal_is_een_herhaald_huisbezoek_nodig_voordat_je_afsluit() -> None:
    for code in protocollen.codes():
        assert protocollen.protocol(code).min_huisbezoeken >= 2


def test_een_onbekend_protocol_noemt_wat_er_wel_is() -> None:
    with pytest.raises(InhoudFout, match="protocol 'x' bestaat niet; wel: algemeen, utrecht"):
        protocollen.protocol("x")


PROTOCOL = """code = "p"
versie = "1"
naam = "P"
beschrijving = "P"
bron = "000"
geldig_vanaf = 2026-01-01
min_huisbezoeken = 2
[[stappen]]
nummer = 1
titel = "t"
uitleg = "u"
kanalen = ["brief"]
aan = ["jongere"]
"""


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        (
            'kanalen = ["brief"]',
            'kanalen = ["duif"]',
            "stap 1: veld 'kanalen': 'duif' staat niet in codelijst contactkanalen",
        ),
        ('aan = ["jongere"]', 'aan = ["buurman"]', "veld 'aan': 'buurman' staat niet in codelijst contactpartijen"),
        ('kanalen = ["brief"]', "kanalen = []", "stap 1: een stap heeft kanalen, of sluit af"),
        ("nummer = 1", "nummer = 2", "de stappen moeten doorlopen vanaf 1, niet [2]"),
        ('code = "p"', 'code = "q"', "code 'q' hoort in een bestand q.toml"),
    ],
)
def test_een_fout_in_een_protocol(tmp_path: Path, oud: str, nieuw: str, melding: str) -> None:
    pad = tmp_path / "p.toml"
    pad.write_text(PROTOCOL.replace(oud, nieuw), encoding="utf-8")

    with pytest.raises(InhoudFout) as fout:
        protocollen.lees_protocol(pad)
    assert melding in str(fout.value)


def test_een_protocol_noemt_alleen_brieven_die_er_zijn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routekaart.inhoud.brieven.codes", lambda: ("uitnodiging-jongere", "informatie-ouders"))

    assert "protocollen/utrecht.toml: stap 2: brief 'niet-thuis' bestaat niet" in valideer()


# --- gebied


def test_veertig_regios_zonder_nummer_14() -> None:
    assert set(gebied.regios()) == set(range(1, 42)) - {14}


def test_342_gemeenten_hebben_elk_een_regio() -> None:
    nu = [g for g in gebied.gemeenten().values() if g.geldig_op(VANDAAG)]

    assert len(nu) == 342
    assert all(g.regio in gebied.regios() for g in nu)
    assert sum(len(gebied.gemeenten_van(nummer, op=VANDAAG)) for nummer in gebied.regios()) == 342


def test_limburg_noord_heeft_veertien_gemeenten_waarvan_vier_in_roermond() -> None:
    namen = [g.naam for g in gebied.gemeenten_van(38, op=VANDAAG)]
    [roermond] = [s for s in gebied.subregios() if s.code == "roermond"]

    assert len(namen) == 14
    assert [gebied.gemeente(code).naam for code in roermond.gemeenten] == [
        "Roermond",
        "Echt-Susteren",
        "Roerdalen",
        "Maasgouw",
    ]


def test_een_opgeheven_gemeente_heeft_een_opvolger() -> None:
    brielle = gebied.gemeente("0501")

    assert brielle.tot == date(2022, 12, 31)
    assert gebied.opvolger("0501", op=date(2022, 12, 31)) == brielle
    assert gebied.opvolger("0501", op=VANDAAG).naam == "Voorne aan Zee"


def test_een_keten_van_herindelingen_wordt_gevolgd() -> None:
    """Oosterbroek into Menterwolde, that into Midden-Groningen."""
    assert gebied.opvolger("0033", op=date(2000, 1, 1)).naam == "Menterwolde"
    assert gebied.opvolger("0033", op=VANDAAG).code == "1952"


def test_een_regio_van_vroeger_bestaat_uit_de_gemeenten_van_toen() -> None:
    toen = {g.naam for g in gebied.gemeenten_van(38, op=date(2005, 6, 1))}

    assert {"Swalmen", "Roermond", "Ambt Montfort"} <= toen
    assert "Maasgouw" not in toen


def test_elke_keten_van_opvolgers_eindigt_bij_een_gemeente_van_nu() -> None:
    zonder = [
        code for code, g in gebied.gemeenten().items() if not gebied.opvolger(code, op=VANDAAG).geldig_op(VANDAAG)
    ]

    assert sorted(zonder) == ["1055", "1204"]  # Elten and Tudderen, German again since 1963


def test_een_onbekende_gemeente_is_een_fout() -> None:
    with pytest.raises(InhoudFout, match="gemeente '9999' staat niet in de landelijke lijst"):
        gebied.gemeente("9999")


@pytest.mark.parametrize(
    ("rijen", "melding"),
    [
        ("code;naam", "regel 1: kolommen moeten"),
        ("code;naam;van;tot;opvolger;regio\n12;A;;;;", "regel 2: gemeentecode '12' heeft geen vier cijfers"),
        (
            "code;naam;van;tot;opvolger;regio\n0012;A;;;;\n0012;A;;;;",
            "regel 3: gemeentecode '0012' komt twee keer voor",
        ),
        ("code;naam;van;tot;opvolger;regio\n0012;A;2020-13-01;;;", "regel 2: '2020-13-01' is geen datum"),
        ("code;naam;van;tot;opvolger;regio\n0012;A;;;;x", "regel 2: regio 'x' is geen getal"),
        ("code;naam;van;tot;opvolger;regio\n0012;A;;;0013;", "gemeente 0012: opvolger '0013' bestaat niet"),
    ],
)
def test_een_fout_in_de_gemeenten(tmp_path: Path, rijen: str, melding: str) -> None:
    pad = tmp_path / "gemeenten.csv"
    pad.write_text(rijen + "\n", encoding="utf-8")

    with pytest.raises(InhoudFout) as fout:
        gebied.lees_gemeenten(pad)
    assert melding in str(fout.value)


def test_een_fout_in_de_regios(tmp_path: Path) -> None:
    pad = tmp_path / "regios.csv"
    pad.write_text("nummer;naam\n1;A\n1;B\nx;C\n", encoding="utf-8")

    with pytest.raises(InhoudFout) as fout:
        gebied.lees_regios(pad)
    assert [regel.split(": ")[1] for regel in str(fout.value).splitlines()] == ["regel 3", "regel 4"]


@pytest.mark.parametrize(
    ("regio", "code", "melding"),
    [
        (38, "9999", "gemeente '9999' bestaat niet"),
        (38, "0363", "gemeente '0363' hoort bij regio 21, niet 38"),
        (14, "0957", "regio 14 bestaat niet"),
    ],
)
def test_een_fout_in_een_subregio(tmp_path: Path, regio: int, code: str, melding: str) -> None:
    pad = tmp_path / "subregios.toml"
    pad.write_text(
        f'[[subregios]]\ncode = "s"\nnaam = "S"\nregio = {regio}\ngemeenten = ["{code}"]\nbron = "003"\n',
        encoding="utf-8",
    )

    with pytest.raises(InhoudFout) as fout:
        gebied.lees_subregios(pad, gemeenten=gebied.gemeenten(), regios=gebied.regios())
    assert melding in str(fout.value)


# --- de controle bij de start


def test_de_controle_noemt_ook_fouten_in_gebied_en_protocollen(monkeypatch: pytest.MonkeyPatch) -> None:
    def kapot() -> object:
        raise InhoudFout("gebied/subregios.toml: subregio s: gemeente '9999' bestaat niet")

    monkeypatch.setattr(gebied, "subregios", kapot)

    assert valideer() == ["gebied/subregios.toml: subregio s: gemeente '9999' bestaat niet"]
