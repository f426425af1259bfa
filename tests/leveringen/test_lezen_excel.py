"""Reading Excel: the first sheet as text, and what does not belong in a delivery refused."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from routekaart.leveringen.lezen import OnleesbaarBestand, lees, werkblad
from routekaart.leveringen.models import Uitvalrij
from tests.leveringen.hulp import Inlezer, persoon, zet_neer


def werkboek(*bladen: list[list[Any]]) -> bytes:
    boek = openpyxl.Workbook()
    boek.remove(boek.worksheets[0])
    for nummer, rijen in enumerate(bladen or ([],)):
        blad = boek.create_sheet(f"Blad{nummer}")
        for rij in rijen:
            blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def met(inhoud: bytes, naam: str, deel: bytes) -> bytes:
    """The workbook with one more part in it."""
    uit = io.BytesIO(inhoud)
    with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as ingepakt:
        ingepakt.writestr(naam, deel)
    return uit.getvalue()


def test_cellen_worden_tekst_zoals_de_leveringen_haar_schrijven(tmp_path: Path) -> None:
    moment = dt.datetime(2026, 11, 12, 9, 30)
    rijen = [
        ["getal", "datum", "moment", "ja", "deel", "leeg"],
        [123456782, dt.date(2026, 8, 1), moment, True, 1.5, None],
        [7.0, dt.datetime(2026, 8, 1), None, False, "tekst", ""],
    ]
    tabel = lees(zet_neer(tmp_path, werkboek(rijen)))
    assert [rij.cellen for rij in tabel.rijen()] == [
        ("123456782", "2026-08-01", "2026-11-12T09:30:00", "ja", "1.5", ""),
        ("7", "2026-08-01", "", "nee", "tekst", ""),
    ]
    assert tabel.vorm == "Excel, het eerste werkblad"


def test_alleen_het_eerste_werkblad_telt_en_dat_staat_erbij(tmp_path: Path) -> None:
    tabel = lees(zet_neer(tmp_path, werkboek([["a"], [1]], [["b"], [2]])))
    assert (tabel.kolommen, [rij.cellen for rij in tabel.rijen()]) == (("a",), [("1",)])
    assert tabel.vorm == "Excel, het eerste werkblad; het andere werkblad lezen we niet"


def test_een_toelichting_op_het_eerste_werkblad_en_een_titel_boven_de_tabel_horen_er_niet_bij(tmp_path: Path) -> None:
    uitleg, lijst = (
        [["Toelichting"], ["Zie blad 2"]],
        [["Inschrijvingen"], [], ["pgn", "van"], [1, dt.date(2026, 8, 1)]],
    )
    tabel = lees(zet_neer(tmp_path, werkboek(uitleg, lijst)))
    assert (tabel.kolommen, [rij.cellen for rij in tabel.rijen()]) == (("pgn", "van"), [("1", "2026-08-01")])
    assert tabel.vorm == "Excel, werkblad ‘Blad1’; het andere werkblad lezen we niet, de kopregel staat op rij 3"


def test_lege_rijen_en_cellen_om_de_tabel_heen_zeggen_niets(tmp_path: Path) -> None:
    rijen = [[None], ["a", "b", None], [1, 2], [None, None, None], [3]]
    tabel = lees(zet_neer(tmp_path, werkboek(rijen)))
    assert [(rij.nummer, rij.cellen) for rij in tabel.rijen()] == [(3, ("1", "2")), (5, ("3", ""))]


def test_een_waarde_naast_de_tabel_maakt_de_rij_onleesbaar(tmp_path: Path) -> None:
    tabel = lees(zet_neer(tmp_path, werkboek([["a", "b"], [1, 2, 3]])))
    assert "3 velden" in next(iter(tabel.rijen())).fout


def test_een_csv_en_hetzelfde_als_excel_geven_dezelfde_levering(inlezer: Inlezer) -> None:
    rij = persoon()
    assert inlezer.tel("brp", [rij]) == (1, 0, 0, 0)
    getallen = {"bsn", "huisnummer", "geheimhouding"}
    cellen = [int(waarde) if naam in getallen else waarde for naam, waarde in rij.items()]
    assert inlezer.tel("brp", werkboek([list(rij), cellen]), naam="brp.xlsx") == (0, 0, 1, 0)


def met_formules(rijen: list[list[Any]], uitkomsten: dict[str, str]) -> bytes:
    """A workbook whose formulas (`"=1+1"`) have these outcomes, as Excel keeps them; none for what is not in it."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(werkboek(rijen))) as bron, zipfile.ZipFile(uit, "w") as doel:
        for naam in bron.namelist():
            deel = bron.read(naam).decode()
            if naam == "xl/worksheets/sheet1.xml":
                for formule, waarde in uitkomsten.items():
                    deel = re.sub(rf"(<f>{re.escape(formule)}</f>)<v ?/>", rf"\1<v>{waarde}</v>", deel)
                    deel = re.sub(rf"(<f>{re.escape(formule)}</f>)<v></v>", rf"\1<v>{waarde}</v>", deel)
            doel.writestr(naam, deel)
    return uit.getvalue()


def test_van_een_formule_telt_de_uitkomst(tmp_path: Path) -> None:
    inhoud = met_formules([["a", "b"], ["=1+1", "x"], ["=3+4", "=5+6"]], {"1+1": "2", "3+4": "7", "5+6": "11"})
    assert [(rij.cellen, rij.fout) for rij in lees(zet_neer(tmp_path, inhoud)).rijen()] == [
        (("2", "x"), ""),
        (("7", "11"), ""),
    ]


def test_een_formule_zonder_uitkomst_maakt_alleen_die_rij_onleesbaar(tmp_path: Path) -> None:
    """A cell of which nobody knows what is in it is not an empty one: that would wipe what we know."""
    inhoud = met_formules([["a", "b"], ["=1+1", "x"], ["gewoon", "y"], ["=3+4", "z"], [None, "leeg"]], {"3+4": "7"})
    gelezen = [(rij.cellen, rij.fout) for rij in lees(zet_neer(tmp_path, inhoud)).rijen()]
    assert gelezen[0] == (("", "x"), werkblad.FORMULE)
    assert gelezen[1:] == [(("gewoon", "y"), ""), (("7", "z"), ""), (("", "leeg"), "")]


def test_een_formule_zonder_uitkomst_wist_niets(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon()])
    rij = persoon(straat="=A1&B1")
    assert inlezer.tel("brp", werkboek([list(rij), list(rij.values())]), naam="brp.xlsx") == (0, 0, 0, 1)
    assert inlezer.jongere(rij["bsn"]).straat == "Dorpsstraat"


@pytest.mark.parametrize("fout", ["#REF!", "#N/B", "#DIV/0!"])
def test_een_fout_van_excel_is_uitval_van_die_rij(inlezer: Inlezer, fout: str) -> None:
    for kolom in ("straat", "overleden_op", "achternaam"):
        rij = persoon(**{kolom: fout})
        assert inlezer.tel("brp", werkboek([list(rij), list(rij.values())]), naam="brp.xlsx") == (0, 0, 0, 1)
        assert Uitvalrij.objects.order_by("-pk")[0].kolom == kolom


def test_tweehonderd_kolommen_in_excel(inlezer: Inlezer) -> None:
    rij = persoon() | {f"kolom {nummer}": nummer for nummer in range(200)}
    uitkomst = inlezer("brp", werkboek([list(rij), list(rij.values())]), naam="brp.xlsx")
    assert (uitkomst.telling.als_velden()["nieuw"], len(uitkomst.onbekende_kolommen)) == (1, 200)


def test_weigert_een_leeg_werkblad(tmp_path: Path) -> None:
    with pytest.raises(OnleesbaarBestand, match="leeg"):
        lees(zet_neer(tmp_path, werkboek([])))


def test_weigert_macros(tmp_path: Path) -> None:
    inhoud = met(werkboek([["a"], [1]]), "xl/vbaProject.bin", b"x")
    with pytest.raises(OnleesbaarBestand, match="macro"):
        lees(zet_neer(tmp_path, inhoud))


def test_weigert_een_bestand_dat_zich_opblaast(tmp_path: Path) -> None:
    inhoud = met(werkboek([["a"], [1]]), "xl/bom.xml", b"\0" * (werkblad.VERDACHT_VANAF + 1))
    assert len(inhoud) < 100_000
    with pytest.raises(OnleesbaarBestand, match="te groot"):
        lees(zet_neer(tmp_path, inhoud))


def test_weigert_te_veel_gedeelde_tekst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(werkblad, "MAX_TEKSTEN", 10)
    with pytest.raises(OnleesbaarBestand, match="te groot"):
        lees(zet_neer(tmp_path, met(werkboek([["a"], [1]]), "xl/sharedStrings.xml", b"x" * 100)))


@pytest.mark.parametrize("deel", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_weigert_een_beschadigd_werkboek(tmp_path: Path, deel: str) -> None:
    heel = io.BytesIO(werkboek([["a"], [1]]))
    stuk = io.BytesIO()
    with zipfile.ZipFile(heel) as bron, zipfile.ZipFile(stuk, "w") as doel:
        for naam in bron.namelist():
            doel.writestr(naam, b"<kapot" if naam == deel else bron.read(naam))
    with pytest.raises(OnleesbaarBestand, match="beschadigd"):
        list(lees(zet_neer(tmp_path, stuk.getvalue())).rijen())
