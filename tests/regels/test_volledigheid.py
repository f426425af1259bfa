"""The minimum information for an oordeel: which points are asked, which are missing, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.inhoud.codelijsten import codelijst
from routekaart.regels.volledigheid import Punteis, Stand, Volledigheid, is_ingevuld, volledigheid

OP = date(2026, 11, 17)
EISEN = tuple(
    Punteis(
        code=waarde.code,
        kort=waarde["kort"],
        verplicht=waarde["verplicht"],
        als=waarde["als"] or "",
        niveau=waarde["niveau"] or "",
    )
    for waarde in codelijst("minimale-informatie").waarden
)
ALLE = {eis.code: "iets" for eis in EISEN}
ALTIJD = ("reden", "acties-partners", "reactie-jongere")
MAG_LEEG = ("contactgegevens", "hulptrajecten")


def bekijk(gegeven: dict[str, str], *, verzuim: bool = True, niveau: str = "a") -> Volledigheid:
    return volledigheid(EISEN, gegeven, verzuim_18_plus=verzuim, niveau=niveau, op=OP)


def test_een_directe_verzuimmelding_heeft_zeven_punten() -> None:
    assert [punt.code for punt in bekijk({}).punten] == [eis.code for eis in EISEN]
    assert len(EISEN) == 7


def test_alles_gegeven_is_compleet() -> None:
    assert bekijk(ALLE).compleet


@pytest.mark.parametrize("code", ALTIJD)
def test_drie_punten_zijn_altijd_nodig(code: str) -> None:
    for verzuim, niveau in ((True, "a"), (False, "c")):
        uitslag = bekijk({**ALLE, code: ""}, verzuim=verzuim, niveau=niveau)
        assert [punt.code for punt in uitslag.ontbrekend] == [code]


@pytest.mark.parametrize("code", MAG_LEEG)
def test_contactgegevens_en_hulptrajecten_mogen_leeg(code: str) -> None:
    uitslag = bekijk({**ALLE, code: ""})
    assert uitslag.compleet
    assert {punt.code: punt.stand for punt in uitslag.punten}[code] is Stand.MAG_LEEG


def test_verzuimoverzicht_is_alleen_nodig_bij_verzuim_18_plus() -> None:
    zonder = {**ALLE, "verzuimoverzicht": ""}
    assert [punt.uitleg.regel for punt in bekijk(zonder).ontbrekend] == ["MEL-14"]
    assert "verzuimoverzicht" not in {punt.code for punt in bekijk(zonder, verzuim=False).punten}


@pytest.mark.parametrize("niveau", ["b", "c"])
def test_verwachte_inzet_is_alleen_nodig_bij_een_directe_melding(niveau: str) -> None:
    zonder = {**ALLE, "verwachting-melder": ""}
    assert [punt.uitleg.regel for punt in bekijk(zonder).ontbrekend] == ["MEL-15"]
    assert bekijk(zonder, niveau=niveau).compleet


def test_elk_punt_noemt_regel_bron_en_dag() -> None:
    for punt in bekijk({"reden": "te moe"}).punten:
        assert punt.uitleg.regel.startswith("MEL-")
        assert punt.uitleg.bron == "000 §1.2; CL-02"
        assert punt.uitleg.op == OP
        assert punt.kort in punt.uitleg.tekst


@pytest.mark.parametrize("tekst", ["", "  ", "-", "?", "...", "\n\t"])
def test_een_streepje_is_geen_antwoord(tekst: str) -> None:
    assert not is_ingevuld(tekst)


teksten = st.dictionaries(st.sampled_from([eis.code for eis in EISEN]), st.text(max_size=5))


@given(gegeven=teksten, verzuim=st.booleans(), niveau=st.sampled_from("abc"))
def test_ieder_punt_staat_er_precies_een_keer(gegeven: dict[str, str], verzuim: bool, niveau: str) -> None:
    uitslag = bekijk(gegeven, verzuim=verzuim, niveau=niveau)
    codes = [punt.code for punt in uitslag.punten]
    assert len(codes) == len(set(codes))
    assert set(ALTIJD) | set(MAG_LEEG) <= set(codes)
    assert ("verzuimoverzicht" in codes) == verzuim
    assert ("verwachting-melder" in codes) == (niveau == "a")


@given(
    gegeven=teksten,
    code=st.sampled_from([eis.code for eis in EISEN]),
    verzuim=st.booleans(),
    niveau=st.sampled_from("abc"),
)
def test_meer_weten_maakt_nooit_minder_compleet(gegeven: dict[str, str], code: str, verzuim: bool, niveau: str) -> None:
    voor = bekijk(gegeven, verzuim=verzuim, niveau=niveau)
    na = bekijk({**gegeven, code: "een antwoord"}, verzuim=verzuim, niveau=niveau)
    assert {punt.code for punt in na.ontbrekend} == {punt.code for punt in voor.ontbrekend} - {code}


@given(gegeven=teksten, verzuim=st.booleans(), niveau=st.sampled_from("abc"))
def test_wat_mag_ontbreken_ontbreekt_nooit(gegeven: dict[str, str], verzuim: bool, niveau: str) -> None:
    assert not {punt.code for punt in bekijk(gegeven, verzuim=verzuim, niveau=niveau).ontbrekend} & set(MAG_LEEG)
