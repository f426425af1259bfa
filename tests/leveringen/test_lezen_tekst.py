"""Reading CSV: whatever the encoding, separator and quotes, and refusing what is no table."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from routekaart.leveringen.lezen import OnleesbaarBestand, Rij, lees
from tests.leveringen.hulp import zet_neer


def gelezen(pad: Path, inhoud: str | bytes) -> tuple[tuple[str, ...], list[Rij]]:
    tabel = lees(zet_neer(pad, inhoud))
    return tabel.kolommen, list(tabel.rijen())


@pytest.mark.parametrize("scheiding", [";", ",", "\t", "|"])
@pytest.mark.parametrize("regeleinde", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_leest_elke_codering_scheiding_en_elk_regeleinde(
    tmp_path: Path, scheiding: str, regeleinde: str, codering: str
) -> None:
    inhoud = regeleinde.join([scheiding.join(rij) for rij in (["pgn", "naam"], ["1", "Zoë"], ["2", "Öcal"])])
    kolommen, rijen = gelezen(tmp_path, inhoud.encode(codering))
    assert kolommen == ("pgn", "naam")
    assert [rij.cellen for rij in rijen] == [("1", "Zoë"), ("2", "Öcal")]
    assert [rij.nummer for rij in rijen] == [2, 3]


def test_zegt_hoe_het_bestand_gelezen_is(tmp_path: Path) -> None:
    assert lees(zet_neer(tmp_path, "a,b\n1,é\n".encode("cp1252"))).vorm == "CSV, Windows-1252, gescheiden door komma"


def test_een_veld_tussen_aanhalingstekens_mag_scheiding_en_regeleinde_bevatten(tmp_path: Path) -> None:
    _, rijen = gelezen(tmp_path, 'pgn;reden\n1;"Komt niet; één keer\ngebeld, ""geen"" gehoor"\n2;ok\n')
    assert [rij.cellen for rij in rijen] == [("1", 'Komt niet; één keer\ngebeld, "geen" gehoor'), ("2", "ok")]


def test_een_aanhalingsteken_midden_in_een_veld_is_gewoon_tekst(tmp_path: Path) -> None:
    _, rijen = gelezen(tmp_path, 'pgn;reden\n1;fiets van 28" gestolen\n2;ok\n')
    assert [rij.cellen[1] for rij in rijen] == ['fiets van 28" gestolen', "ok"]


def test_een_vergeten_aanhalingsteken_slokt_geen_andere_rij_op(tmp_path: Path) -> None:
    _, rijen = gelezen(tmp_path, 'pgn;reden\n1;"komt niet\n2;ok\n3;"ook ok"\n4;goed\n')
    assert [(rij.nummer, bool(rij.fout)) for rij in rijen] == [(2, True), (3, False), (4, False), (5, False)]
    assert "aanhalingstekens" in rijen[0].fout


def test_tekst_na_een_gesloten_aanhalingsteken_maakt_alleen_die_rij_onleesbaar(tmp_path: Path) -> None:
    _, rijen = gelezen(tmp_path, 'pgn;reden\n1;"komt" niet\n2;ok\n')
    assert [bool(rij.fout) for rij in rijen] == [True, False]


def test_een_rij_met_te_weinig_of_te_veel_velden_is_onleesbaar_en_zegt_waarom(tmp_path: Path) -> None:
    _, rijen = gelezen(tmp_path, "a;b;c\n1;2\n1;2;3;4\n1;2;3\n")
    assert "2 velden, minder dan de 3" in rijen[0].fout
    assert "4 velden, meer dan de 3" in rijen[1].fout
    assert not rijen[2].fout


def test_naamloze_lege_kolommen_aan_het_eind_tellen_niet_mee(tmp_path: Path) -> None:
    kolommen, rijen = gelezen(tmp_path, "a;b;;\n1;2;;\n3;4\n5;6;7;\n")
    assert kolommen == ("a", "b")
    assert [bool(rij.fout) for rij in rijen] == [False, False, True]


def test_lege_regels_zijn_geen_rijen_maar_tellen_mee_voor_het_rijnummer(tmp_path: Path) -> None:
    _, rijen = gelezen(tmp_path, "\n\na;b\n\n1;2\n;\n   \n3;4\n\n")
    assert [(rij.nummer, rij.cellen) for rij in rijen] == [(5, ("1", "2")), (8, ("3", "4"))]


def test_de_regel_waarin_excel_de_scheiding_noemt_is_geen_kopregel(tmp_path: Path) -> None:
    kolommen, rijen = gelezen(tmp_path, "sep=;\na;b\n1;2,3\n")
    assert (kolommen, rijen[0].cellen) == (("a", "b"), ("1", "2,3"))


def test_een_cel_die_bij_het_downloaden_is_beveiligd_krijgt_haar_eigen_waarde_terug(tmp_path: Path) -> None:
    _, rijen = gelezen(tmp_path, "telefoon;naam\n'+31612345678;'t Hart\n")
    assert rijen[0].cellen == ("+31612345678", "'t Hart")


def test_een_tabel_kan_opnieuw_gelezen_worden(tmp_path: Path) -> None:
    tabel = lees(zet_neer(tmp_path, "a;b\n1;2\n3;4\n"))
    assert list(tabel.rijen()) == list(tabel.rijen())


def _zip(pad: Path, deel: str) -> bytes:
    with zipfile.ZipFile(pad / "a.zip", "w") as ingepakt:
        ingepakt.writestr(deel, "a;b\n1;2\n")
    return (pad / "a.zip").read_bytes()


ONLEESBAAR: dict[str, tuple[bytes, str]] = {
    "leeg": (b"", "leeg"),
    "alleen een bom": (b"\xef\xbb\xbf", "leeg"),
    "alleen regeleinden": (b"\r\n\r\n  \n", "leeg"),
    "pdf": (b"%PDF-1.7\n1 0 obj\n", "pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "afbeelding"),
    "jpeg": (b"\xff\xd8\xff\xe0", "afbeelding"),
    "parquet": (b"PAR1\x15\x04", "Parquet-bestand is beschadigd"),
    "oud office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Office"),
    "gzip": (gzip.compress(b"a;b\n1;2\n"), "gzip"),
    "kapotte zip": (b"PK\x03\x04nietecht", "beschadigd"),
    "webpagina": (b"<html><body>storing</body></html>", "webpagina"),
    "json": (b'[{"pgn": "1"}]', "JSON"),
    "utf-32": ("a;b\n1;2\n".encode("utf-32"), "UTF-32"),
    "halve utf-16": ("a;b\n1;2\n".encode("utf-16")[:-1], "beschadigd"),
    "nulbytes": (b"a;b\n1;\x002\n", "geen tekst"),
    "geen codering": (b"a;b\n1;\x81\n", "geen leesbare tekst"),
    "gemengde codering": ("a;b\n1;Öztürk\n".encode() + b"2;Z\xeb\n", "deels UTF-8"),
    "kop met open aanhalingsteken": (b'"a;b\n1;2\n', "kopregel"),
    "een regel zonder eind": (b"a;b\n" + b"x" * 1_100_000, "miljoen tekens"),
    "te veel kolommen": (";".join(f"k{i}" for i in range(900)).encode() + b"\n", "900 kolommen"),
}


@pytest.mark.parametrize("geval", ONLEESBAAR)
def test_weigert_wat_geen_tabel_is_en_zegt_wat_het_wel_is(tmp_path: Path, geval: str) -> None:
    inhoud, zin = ONLEESBAAR[geval]
    pad = zet_neer(tmp_path, inhoud)
    with pytest.raises(OnleesbaarBestand, match=zin):
        list(lees(pad).rijen())


@pytest.mark.parametrize(
    ("deel", "zin"),
    [("lijst.csv", "zip-bestand"), ("content.xml", "LibreOffice"), ("word/document.xml", "Word-document")],
)
def test_weigert_een_zip_die_csv_heet_en_zegt_wat_het_is(tmp_path: Path, deel: str, zin: str) -> None:
    with pytest.raises(OnleesbaarBestand, match=zin):
        lees(zet_neer(tmp_path, _zip(tmp_path, deel)))


@pytest.mark.parametrize(
    "erboven",
    [
        "Overzicht inschrijvingen\n\n",
        "Overzicht, peildatum 1-10-2022;;;\n;;;\n",
        "Lijst;van 1-10-2022;;\n",
        "Leerling;;Periode;\n",
    ],
)
def test_een_titel_of_groepsregel_boven_de_kopregel_is_niet_de_kopregel(tmp_path: Path, erboven: str) -> None:
    tabel = lees(zet_neer(tmp_path, erboven + "pgn;school naam;van;tot\n123456782;Lyceum;2022-08-01;\n"))
    kop = erboven.count("\n") + 1
    assert tabel.kolommen == ("pgn", "school naam", "van", "tot")
    assert tabel.vorm.endswith(f"de kopregel staat op rij {kop}")
    assert [rij.nummer for rij in tabel.rijen()] == [kop + 1]


@pytest.mark.parametrize(
    "inhoud",
    ["a;b\n1;2;3;4\nx1;y;2022-01-01;z\n", "pgn\n123456782;x;y\n", "a;;c\n1;2;3\n", "a;b\nc;d\n", "2023;2024\na;b\n"],
)
def test_een_kopregel_zonder_iets_erboven_blijft_de_kopregel(tmp_path: Path, inhoud: str) -> None:
    assert "kopregel" not in lees(zet_neer(tmp_path, inhoud)).vorm


def test_een_bestand_dat_tijdens_het_lezen_verandert_wordt_geweigerd(tmp_path: Path) -> None:
    pad = zet_neer(tmp_path, "a;b\n1;Zoë\n")
    tabel = lees(pad)
    pad.write_bytes(b"a;b\n1;Zo\xeb\n")
    with pytest.raises(OnleesbaarBestand, match="veranderde"):
        list(tabel.rijen())
