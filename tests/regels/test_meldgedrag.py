"""What a school should have reported, and how fast it did: the edges of the pure rule, and what always holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.basis.parameters import STANDAARD
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.kleine_aantallen import WEINIG, afgerond, grof, grof_deel, is_klein
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Onderwijssoort, Periode
from routekaart.regels.meldgedrag import (
    Aanleiding,
    Melding,
    Soort,
    Stand,
    Vak,
    Verzuimdag,
    aanleidingen,
    besluitdag,
    bij_verzuim,
    mediaan,
    norm_bereikt,
    tel,
)
from routekaart.regels.signalen import Kader
from routekaart.regels.signalen.feiten import Persoon, Schoolinschrijving
from routekaart.regels.werkdagen import TERMIJNENWET, Kalender

OP = dt.date(2026, 11, 17)
ROC, HAVEN, LYCEUM = 1, 2, 3
BRINS = {ROC: "99RC00", HAVEN: "99RC01", LYCEUM: "99LY00"}
DAG = dt.timedelta(days=1)


def kader(op: dt.date = OP, **normen: Any) -> Kader:
    waarden = {code: een.waarde for code, een in STANDAARD.items()} | normen
    return Kader(op=op, grenzen=laad_grenzen(), normen=waarden)


def op_school(tot: dt.date | None, *, van: dt.date = dt.date(2024, 8, 1), school: int = ROC) -> Schoolinschrijving:
    return Schoolinschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=2, van=van, tot=tot, school=school)


def iemand(*inschrijvingen: Schoolinschrijving, **meer: Any) -> Persoon:
    velden = {"geboortedatum": Geboortedatum.lees("2007-03-04"), "inschrijvingen": inschrijvingen} | meer
    return Persoon(**velden)


def melding(binnen: dt.date, *, sleutel: int = 1, soort: str = "vsv", **meer: Any) -> Melding:
    velden = {"school": ROC, "verzuim": soort != "vsv"} | meer
    return Melding(sleutel=sleutel, soort=soort, binnen=binnen, **velden)


def bij(persoon: Persoon, *meldingen: Melding, op: dt.date = OP, **normen: Any) -> list[Aanleiding]:
    return aanleidingen(persoon, meldingen, kader(op, **normen), brins=BRINS)


def een_bij(persoon: Persoon, *meldingen: Melding, op: dt.date = OP) -> Aanleiding:
    (een,) = bij(persoon, *meldingen, op=op)
    return een


WEG = dt.date(2026, 10, 12)  # a Monday


# -- written off


def test_uitgeschreven_zonder_vervolg_en_zonder_melding_ontbreekt() -> None:
    een = een_bij(iemand(op_school(WEG)))
    assert (een.soort, een.stand, een.school, een.sinds) == (Soort.UITSCHRIJVING, Stand.ONTBREEKT, ROC, WEG)
    assert een.verwacht
    assert een.werkdagen is None


def test_zolang_de_termijn_loopt_is_er_geen_oordeel() -> None:
    assert een_bij(iemand(op_school(WEG)), op=WEG + 14 * DAG).stand is Stand.LOOPT
    assert not een_bij(iemand(op_school(WEG)), op=WEG + 14 * DAG).verwacht
    assert een_bij(iemand(op_school(WEG)), op=WEG + 15 * DAG).stand is Stand.ONTBREEKT


def test_wie_vandaag_nog_op_school_zit_is_niet_weg() -> None:
    assert bij(iemand(op_school(OP))) == []


@pytest.mark.parametrize(("dagen", "verwacht"), [(1, 0), (14, 0), (15, 1)])
def test_een_nieuwe_school_binnen_de_termijn_is_geen_uitval(dagen: int, verwacht: int) -> None:
    volgende = op_school(None, van=WEG + dagen * DAG, school=LYCEUM)
    assert len(bij(iemand(op_school(WEG), volgende))) == verwacht


def test_een_andere_school_die_al_liep_is_ook_vervolg() -> None:
    assert bij(iemand(op_school(WEG), op_school(None, school=LYCEUM))) == []


def test_een_andere_school_die_dezelfde_dag_ophield_is_geen_vervolg() -> None:
    assert {een.school for een in bij(iemand(op_school(WEG), op_school(WEG, school=LYCEUM)))} == {ROC, LYCEUM}


@pytest.mark.parametrize(
    ("tot", "laatste"),
    [
        (dt.date(2026, 5, 31), dt.date(2026, 6, 14)),
        (dt.date(2026, 6, 1), dt.date(2026, 10, 1)),
        (dt.date(2026, 7, 31), dt.date(2026, 10, 1)),
        (dt.date(2026, 9, 30), dt.date(2026, 10, 14)),
        (dt.date(2026, 10, 1), dt.date(2026, 10, 15)),
    ],
)
def test_wie_in_de_zomer_vertrekt_heeft_tot_1_oktober(tot: dt.date, laatste: dt.date) -> None:
    assert besluitdag(tot, 14) == laatste


def test_in_de_zomer_tellen_de_dagen_vanaf_1_oktober() -> None:
    een = een_bij(iemand(op_school(dt.date(2026, 7, 10))), melding(dt.date(2026, 10, 5)))
    assert (een.werkdagen, een.op_tijd) == (2, True)


def test_met_startkwalificatie_hoeft_school_niet_te_melden() -> None:
    mbo2 = Diploma(soort=Diplomasoort.MBO, niveau=2, behaald_op=WEG)
    assert bij(iemand(op_school(WEG), diplomas=(mbo2,))) == []
    later = Diploma(soort=Diplomasoort.MBO, niveau=2, behaald_op=WEG + 15 * DAG)
    assert len(bij(iemand(op_school(WEG), diplomas=(later,)))) == 1


def test_einde_van_het_praktijkonderwijs_is_geen_uitval() -> None:
    klaar = Diploma(soort=Diplomasoort.PRO_GETUIGSCHRIFT, niveau=None, behaald_op=WEG)
    assert bij(iemand(op_school(WEG), diplomas=(klaar,))) == []


@pytest.mark.parametrize(
    "anders",
    [
        {"overleden_op": WEG},
        {"vertrokken_op": WEG + 14 * DAG},
        {"in_regio": False},
        {"vrijstellingen": (Periode(van=WEG + DAG, tot=None),)},
        {"geboortedatum": Geboortedatum.lees("1999-01-01")},
        {"geboortedatum": Geboortedatum.lees("2022-12-01")},
    ],
)
def test_van_wie_niet_meetelt_verwachten_we_niets(anders: dict[str, Any]) -> None:
    assert bij(iemand(op_school(WEG), **anders)) == []


def test_wie_later_verhuisde_telt_nog_mee() -> None:
    assert len(bij(iemand(op_school(WEG), vertrokken_op=WEG + 15 * DAG))) == 1


@pytest.mark.parametrize(
    ("binnen", "dagen", "op_tijd"),
    [(WEG - 92 * DAG, 0, True), (WEG, 0, True), (WEG + 7 * DAG, 5, True), (WEG + 8 * DAG, 6, False)],
)
def test_vijf_werkdagen_is_op_tijd(binnen: dt.date, dagen: int, op_tijd: bool) -> None:
    een = een_bij(iemand(op_school(WEG)), melding(binnen))
    assert (een.stand, een.werkdagen, een.op_tijd, een.gemeld_op) == (Stand.GEMELD, dagen, op_tijd, binnen)


def test_een_melding_van_langer_geleden_telt_los() -> None:
    los, uit = bij(iemand(op_school(WEG)), melding(WEG - 93 * DAG))
    assert (los.soort, los.verwacht, los.werkdagen) == (Soort.OVERIG, False, None)
    assert uit.stand is Stand.ONTBREEKT


def test_een_andere_locatie_van_de_school_mag_melden_een_andere_school_niet() -> None:
    persoon = iemand(op_school(WEG, school=HAVEN))
    assert een_bij(persoon, melding(WEG, school=ROC)).stand is Stand.GEMELD
    standen = {(een.school, een.stand) for een in bij(persoon, melding(WEG, school=LYCEUM))}
    assert standen == {(HAVEN, Stand.ONTBREEKT), (LYCEUM, Stand.GEMELD)}


@pytest.mark.parametrize("anders", [{"zelf": False}, {"ingetrokken": True}, {"school": None}])
def test_wat_de_school_niet_zelf_meldde_is_geen_melding_van_school(anders: dict[str, Any]) -> None:
    assert een_bij(iemand(op_school(WEG)), melding(WEG, **anders)).stand is Stand.ONTBREEKT


def test_een_melding_van_na_de_peildatum_bestaat_nog_niet() -> None:
    assert een_bij(iemand(op_school(WEG)), melding(OP + DAG)).stand is Stand.ONTBREEKT


# -- absence


def dagen(*minuten: int, vanaf: dt.date = dt.date(2026, 9, 7), **meer: Any) -> tuple[Verzuimdag, ...]:
    """Absence on consecutive days from a Monday."""
    return tuple(Verzuimdag(datum=vanaf + n * DAG, minuten=m, **meer) for n, m in enumerate(minuten))


def verzuim(binnen: dt.date, *dagen: Verzuimdag, soort: str = "16-uur", **meer: Any) -> Aanleiding:
    een = bij_verzuim(melding(binnen, soort=soort, dagen=dagen, **meer), kader())
    assert een is not None
    return een


def test_de_dagen_tellen_vanaf_16_uur() -> None:
    een = verzuim(dt.date(2026, 9, 16), *dagen(300, 300, 300, 60, 300))
    assert een.telt_vanaf == dt.date(2026, 9, 10)  # 5 + 5 + 5 + 1 hours, exactly the norm
    assert (een.sinds, een.werkdagen, een.op_tijd) == (dt.date(2026, 9, 7), 4, True)


def test_een_minuut_te_weinig_is_de_norm_niet() -> None:
    een = verzuim(dt.date(2026, 9, 16), *dagen(300, 300, 300, 59))
    assert een.telt_vanaf == dt.date(2026, 9, 7)


def test_luxeverzuim_telt_vanaf_de_eerste_dag() -> None:
    assert verzuim(dt.date(2026, 9, 16), *dagen(480, 480, 480), soort="luxe").telt_vanaf == dt.date(2026, 9, 7)


def test_met_toestemming_weg_is_geen_verzuim() -> None:
    vrij, weg = dagen(480, 480, geoorloofd=True), dagen(60, vanaf=dt.date(2026, 9, 14))
    assert verzuim(dt.date(2026, 9, 16), *vrij, *weg).telt_vanaf == dt.date(2026, 9, 14)


def test_hele_dagen_zonder_uren_tellen_als_zes_uur() -> None:
    heel = tuple(Verzuimdag(datum=dt.date(2026, 9, n), hele_dag=True) for n in (7, 8, 9))
    assert verzuim(dt.date(2026, 9, 16), *heel).telt_vanaf == dt.date(2026, 9, 9)


def test_zonder_dagen_en_zonder_begin_weten_we_het_niet() -> None:
    een = verzuim(dt.date(2026, 9, 16))
    assert (een.stand, een.telt_vanaf, een.werkdagen, een.op_tijd) == (Stand.GEMELD, None, None, None)


def test_vooraf_aangekondigd_is_op_tijd() -> None:
    een = verzuim(dt.date(2026, 9, 1), van=dt.date(2026, 9, 7))
    assert (een.sinds, een.werkdagen, een.op_tijd) == (dt.date(2026, 9, 1), 0, True)


@pytest.mark.parametrize(("week", "bereikt"), [(3, dt.date(2026, 9, 28)), (4, None)])
def test_het_verzuim_telt_over_vier_lesweken(week: int, bereikt: dt.date | None) -> None:
    twee = (*dagen(480), *dagen(480, vanaf=dt.date(2026, 9, 7) + 7 * week * DAG))
    assert norm_bereikt(twee, uren=16, weken=4, hele_dag=6, kalender=TERMIJNENWET) == bereikt


def test_een_vakantieweek_is_geen_lesweek() -> None:
    """The autumn holidays of Noord, 10-18 October 2026, lie between these two days."""
    twee = (*dagen(480, vanaf=dt.date(2026, 9, 21)), *dagen(480, vanaf=dt.date(2026, 10, 19)))
    noord = Kalender(schoolregio="Noord")
    assert norm_bereikt(twee, uren=16, weken=4, hele_dag=6, kalender=noord) == dt.date(2026, 10, 19)
    assert norm_bereikt(twee, uren=16, weken=4, hele_dag=6, kalender=TERMIJNENWET) is None


def test_verzuim_en_uitschrijving_zijn_twee_aanleidingen_bij_een_melding() -> None:
    gemeld = melding(WEG - 10 * DAG, soort="overig", van=WEG - 20 * DAG)
    soorten = {een.soort: een.melding for een in bij(iemand(op_school(WEG)), gemeld)}
    assert soorten == {Soort.VERZUIM: 1, Soort.UITSCHRIJVING: 1}


# -- long absence that somebody else reported


def van_wijkteam(van: dt.date, **meer: Any) -> Melding:
    velden = {"zelf": False, "school": None, "van": van, "soort": "maand"} | meer
    return melding(van + 30 * DAG, sleutel=9, **velden)


def test_lang_afwezig_volgens_een_ander_had_school_moeten_melden() -> None:
    een = een_bij(iemand(op_school(None)), van_wijkteam(dt.date(2026, 9, 7)))
    assert (een.soort, een.stand, een.sinds) == (Soort.AFWEZIG, Stand.ONTBREEKT, dt.date(2026, 9, 7))


def test_meldde_school_het_ook_dan_ontbreekt_er_niets() -> None:
    ander = van_wijkteam(dt.date(2026, 9, 7))
    zelf = melding(dt.date(2026, 9, 10), soort="16-uur", van=dt.date(2026, 9, 7))
    assert [een.soort for een in bij(iemand(op_school(None)), ander, zelf)] == [Soort.VERZUIM]


@pytest.mark.parametrize(
    "anders",
    [
        {"soort": "overig"},
        {"soort": "overig", "alle_lessen": True, "tot": dt.date(2026, 9, 20)},
        {"dagen": dagen(480, geoorloofd=True)},
        {"van": OP - 28 * DAG},
    ],
)
def test_kort_met_toestemming_of_te_kort_geleden_telt_niet(anders: dict[str, Any]) -> None:
    velden = {"van": dt.date(2026, 9, 7)} | anders
    assert bij(iemand(op_school(None)), van_wijkteam(**velden)) == []


def test_wie_toen_niet_op_school_zat_kon_niet_worden_gemeld() -> None:
    assert bij(iemand(), van_wijkteam(dt.date(2026, 9, 7))) == []


# -- counting


def test_een_school_zonder_inschrijvingen_is_onbekend_en_niet_nul() -> None:
    vakken = [Vak(soort="verzuim", stand="gemeld", aantal=3, werkdagen=2, op_tijd=True)]
    assert tel(vakken, ontvangen=3, bekend=False).gemist is None
    assert tel(vakken, ontvangen=3).gemist == 0
    assert tel((), ontvangen=0).mediaan is None


VAKKEN = st.lists(
    st.builds(
        Vak,
        soort=st.sampled_from([soort.value for soort in Soort]),
        stand=st.sampled_from([stand.value for stand in Stand]),
        aantal=st.integers(1, 50),
        werkdagen=st.none() | st.integers(0, 200),
        op_tijd=st.booleans(),
    ),
    max_size=12,
)


@given(VAKKEN)
def test_de_delen_tellen_op(vakken: list[Vak]) -> None:
    cijfers = tel(vakken, ontvangen=0)
    echt = [vak for vak in vakken if vak.soort != Soort.OVERIG]
    assert cijfers.verwacht + cijfers.loopt == sum(vak.aantal for vak in echt)
    assert cijfers.op_tijd + cijfers.te_laat == cijfers.met_dagen <= cijfers.gemeld
    assert cijfers.gemist == cijfers.verwacht - cijfers.gemeld


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_de_mediaan_is_die_van_de_lijst_zelf(waarden: list[int]) -> None:
    rij = sorted(waarden)
    midden = (rij[(len(rij) - 1) // 2] + rij[len(rij) // 2]) / 2
    assert mediaan({waarde: waarden.count(waarde) for waarde in waarden}) == midden


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 480)), max_size=12), st.integers(1, 480))
def test_meer_verzuim_bereikt_de_norm_nooit_later(rij: list[tuple[int, int]], extra: int) -> None:
    begin = dt.date(2026, 1, 5)
    eerst = [Verzuimdag(datum=begin + n * DAG, minuten=m) for n, m in rij]
    vroeger = norm_bereikt(eerst, uren=16, weken=4, hele_dag=6, kalender=TERMIJNENWET)
    meer = [*eerst, Verzuimdag(datum=begin + 20 * DAG, minuten=extra)]
    nu = norm_bereikt(meer, uren=16, weken=4, hele_dag=6, kalender=TERMIJNENWET)
    if vroeger is not None:
        assert nu is not None
        assert nu <= vroeger
    if sum(m for _, m in rij) < 16 * 60:
        assert vroeger is None


@given(
    st.lists(st.tuples(st.integers(-900, 0), st.integers(0, 300), st.sampled_from([ROC, HAVEN, LYCEUM])), max_size=4),
    st.lists(st.tuples(st.integers(-900, 10), st.sampled_from(["vsv", "16-uur"]), st.booleans()), max_size=4),
)
def test_elke_melding_van_school_staat_er_en_niets_ligt_in_de_toekomst(
    perioden: list[tuple[int, int, int]], meldingen: list[tuple[int, str, bool]]
) -> None:
    scholen = [op_school(OP + (n + duur) * DAG, van=OP + n * DAG, school=wie) for n, duur, wie in perioden]
    rapporten = [
        melding(OP + n * DAG, sleutel=nummer, soort=soort, zelf=zelf, van=OP + (n - 3) * DAG)
        for nummer, (n, soort, zelf) in enumerate(meldingen, start=1)
    ]
    gevonden = bij(iemand(*scholen), *rapporten)
    genoemd = {een.melding for een in gevonden} - {None}
    assert genoemd == {een.sleutel for een in rapporten if een.zelf and een.binnen <= OP}
    for een in gevonden:
        assert een.sinds <= OP
        assert (een.stand is Stand.GEMELD) == (een.melding is not None)
        assert een.op_tijd is None or een.op_tijd == (een.werkdagen is not None and een.werkdagen <= 5)


# -- small numbers


@given(st.integers(0, 5000))
def test_een_klein_aantal_is_niet_precies_te_zien(aantal: int) -> None:
    if is_klein(aantal):
        assert afgerond(aantal) is None
        assert WEINIG == "1 tot 4"
        return
    rond = afgerond(aantal)
    assert rond is not None
    assert rond % 5 == 0
    assert abs(rond - aantal) <= 2
    assert (rond == 0) == (aantal == 0)


@given(st.integers(0, 300), st.integers(0, 300))
def test_een_percentage_verraadt_geen_klein_deel(deel: int, rest: int) -> None:
    """With the whole beside it as it is shown, a small part could be any of 1 to 4."""
    getoond = grof_deel(deel, over=deel + rest)
    if is_klein(deel) or is_klein(rest) or deel + rest < 10:
        assert getoond is None
    else:
        assert getoond is not None
        assert abs(getoond - 100 * deel / (deel + rest)) <= 2.5


def test_een_deel_van_weinig_geven_we_niet() -> None:
    assert grof(33.3, over=9) is None
    assert grof(33.3, over=10) == 35
    assert grof(None, over=100) is None
    assert afgerond(None) is None
