"""The letters as data: complete, in fixed placeholders, and silent where they must be silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from routekaart.inhoud import brieven
from routekaart.inhoud.codelijsten import codelijst, uitkomsten
from routekaart.inhoud.laden import InhoudFout
from routekaart.inhoud.protocollen import codes as protocolcodes
from routekaart.inhoud.protocollen import protocol


def test_alle_brieven_kloppen() -> None:
    assert brieven.valideer() == []
    assert len(brieven.codes()) >= 7


def test_elke_brief_van_een_protocol_bestaat() -> None:
    genoemd = {brief for code in protocolcodes() for stap in protocol(code).stappen for brief in stap.brieven}
    assert genoemd and genoemd <= set(brieven.codes())


def test_brief_aan_ouders_vraagt_niets_over_de_jongere() -> None:
    brief = brieven.brief("informatie-ouders")
    assert brief.voorwaarde == "thuiswonend"
    assert not [naam for naam in brief.plaatshouders if brieven.PLAATSHOUDERS[naam].persoonlijk]


def schrijf(pad: Path, **velden: str) -> Path:
    waarden = {
        "code": pad.stem, "versie": "1", "naam": "Brief", "ontvanger": "jongere", "wanneer": "Soms.",
        "bron": "eigen tekst", "onderwerp": "Hallo", "tekst": "Beste {voornaam}",
    } | velden  # fmt: skip
    pad.write_text("\n".join(f'{naam} = """{waarde}"""' for naam, waarde in waarden.items()), encoding="utf-8")
    return pad


def test_weigert_een_onbekende_plaatshouder(tmp_path: Path) -> None:
    with pytest.raises(InhoudFout, match=r"'\{schuld\}' is onbekend"):
        brieven.lees_brief(schrijf(tmp_path / "brief.toml", tekst="Je hebt {schuld}"))


def test_weigert_iets_over_de_jongere_in_een_brief_aan_ouders(tmp_path: Path) -> None:
    with pytest.raises(InhoudFout, match="hoort niet in een brief aan een verzorger"):
        brieven.lees_brief(schrijf(tmp_path / "brief.toml", ontvanger="verzorger"))


def test_alineas_lopen_door_en_lijsten_houden_hun_regels(tmp_path: Path) -> None:
    brief = brieven.lees_brief(
        schrijf(tmp_path / "brief.toml", tekst="Een\nzin.\n\n- een\n- twee\n\nGroet,\n{collega}\n{team}")
    )
    assert brief.tekst == "Een zin.\n\n- een\n- twee\n\nGroet,\n{collega}\n{team}"


def test_vult_elke_plaatshouder_een_keer() -> None:
    assert brieven.vul("{voornaam} en {team}", {"voornaam": "{team}", "team": "Veldermeer"}) == "{team} en Veldermeer"


def test_laat_staan_wat_geen_plaatshouder_is() -> None:
    tekst = "{% load x %} {{ naam.__class__ }} {Naam} {0} { voornaam }"
    assert brieven.vul(tekst, {"voornaam": "Yara"}) == tekst


def test_noemt_wat_nog_leeg_is() -> None:
    assert brieven.leeg("{datum} {tijd} {naam}", {"naam": "Yara", "tijd": " "}) == ("datum", "tijd")


HULP = ("hulpverlening", "zorg", "schuld", "uitkering", "participatie", "halt", "proces", "jongerenteam", "inburgering")


def test_school_hoort_bij_elke_uitkomst_iets_en_nooit_iets_over_hulp() -> None:
    gezien = 0
    for soort in codelijst("soorten-werkproces").waarden:
        if soort["uitkomsten"] is None:
            continue
        for uitkomst in uitkomsten(soort.code):
            zin = brieven.terugkoppelzin(soort.code, uitkomst.code)
            gezien += 1
            assert zin.endswith("."), zin
            assert not [woord for woord in HULP if woord in zin.casefold()], zin
            assert not brieven.onbekende(zin)
    assert gezien >= 70
