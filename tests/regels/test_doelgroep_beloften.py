"""What holds for any facts: the promises of docs/ontwikkelen/regels/doelgroep.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels import doelgroep
from routekaart.regels.doelgroep import Besluit, Doelgroep, Feiten, Kenmerk, Reden, Vervolg
from routekaart.regels.doelgroep_feiten import lees_vraag
from routekaart.regels.grenzen import Grens, Grensreeks
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Inschrijving, Onderwijssoort, Vaststelling, Werk
from routekaart.regels.schooljaar import teldatum_na
from tests.regels.strategieen import BELOFTE, data, diplomas, vragen

DAG = timedelta(days=1)
VSV = {Doelgroep.DREIGEND_VSV, Doelgroep.NIEUWE_VSV, Doelgroep.OUD_VSV}


def feiten_uit(vraag: dict[str, Any]) -> Feiten:
    return lees_vraag(vraag).feiten


feiten = vragen().map(feiten_uit)


def beslis(vraag: Feiten) -> Besluit:
    return doelgroep.beslis(vraag, grenzen=laad_grenzen())


def kern(besluit: Besluit) -> tuple[Any, ...]:
    """The decision itself, without its explanation and without what was not known."""
    return besluit.doelgroep, besluit.reden, besluit.kenmerken, besluit.vervolg


def ingeschreven(vraag: Feiten) -> bool:
    return any(inschrijving.loopt_op(vraag.peildatum) for inschrijving in vraag.inschrijvingen or ())


@BELOFTE
@given(feiten, st.randoms(use_true_random=False))
def test_volgorde_van_de_lijsten_doet_er_niet_toe(vraag: Feiten, toeval: Any) -> None:
    def geschud(lijst: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
        return None if lijst is None else tuple(toeval.sample(lijst, len(lijst)))

    anders = vraag._replace(
        diplomas=geschud(vraag.diplomas),
        inschrijvingen=geschud(vraag.inschrijvingen),
        werk=geschud(vraag.werk),
    )
    assert beslis(anders) == beslis(vraag)


@BELOFTE
@given(feiten)
def test_een_inschrijving_die_er_twee_keer_staat_verandert_niets(vraag: Feiten) -> None:
    dubbel = vraag._replace(inschrijvingen=vraag.inschrijvingen and vraag.inschrijvingen * 2)
    assert beslis(dubbel) == beslis(vraag)


@BELOFTE
@given(feiten, data)
def test_een_startkwalificatie_geeft_altijd_geen_doelgroep(vraag: Feiten, behaald_op: date) -> None:
    assume(behaald_op <= vraag.peildatum)
    diploma = Diploma(soort=Diplomasoort.MBO, niveau=2, behaald_op=behaald_op)
    met_diploma = vraag._replace(diplomas=(*(vraag.diplomas or ()), diploma))
    vastgesteld = vraag._replace(startkwalificatie_vastgesteld=Vaststelling(op=behaald_op, bron="IDW"))
    assert beslis(met_diploma).is_geen
    assert kern(beslis(met_diploma)) == kern(beslis(vastgesteld))


@BELOFTE
@given(feiten, data)
def test_wie_overleden_of_vertrokken_is_hoort_bij_geen_doelgroep(vraag: Feiten, dag: date) -> None:
    assume(dag <= vraag.peildatum)
    assert beslis(vraag._replace(overleden_op=dag)).reden is Reden.OVERLEDEN
    assert beslis(vraag._replace(overleden_op=None, vertrokken_op=dag)).reden is Reden.VERTROKKEN


@BELOFTE
@given(vragen(diplomas).map(feiten_uit))
def test_elk_besluit_is_heel_en_legt_zich_uit(vraag: Feiten) -> None:
    besluit = beslis(vraag)
    assert besluit.is_geen == (besluit.reden is not None)
    assert len(set(besluit.kenmerken)) == len(besluit.kenmerken)
    assert not (Kenmerk.JIKP in besluit.kenmerken and besluit.doelgroep in {Doelgroep.GEEN, Doelgroep.JIKP})
    assert len(besluit.uitleg) >= 2
    for uitleg in besluit.uitleg:
        assert uitleg.regel and uitleg.bron and uitleg.feiten
        assert uitleg.tekst[0].isupper() and uitleg.tekst.endswith(".")
        assert uitleg.op == vraag.peildatum == besluit.peildatum


@BELOFTE
@given(feiten)
def test_vervolg_hoort_bij_de_doelgroep(vraag: Feiten) -> None:
    besluit = beslis(vraag)
    in_actie, terugkoppelen = Vervolg("doorstroompunt", 2, 4), Vervolg("doorstroompunt", 5, 12)
    eerst_uitzoeken = Vervolg("doorstroompunt", 1, 2)
    if besluit.is_geen:
        verwacht = {Reden.ONDER_18: Vervolg("leerplicht", 1, 1), Reden.WERK: Vervolg("volgen", 1, 3)}
        assert besluit.vervolg == verwacht.get(besluit.reden or Reden.WERK, terugkoppelen)
    elif besluit.doelgroep in VSV:
        onbekend = Kenmerk.LOOPBAAN_ONBEKEND in besluit.kenmerken
        assert besluit.vervolg == (eerst_uitzoeken if onbekend else in_actie)
    elif besluit.doelgroep is Doelgroep.JIKP:
        verlaat = ingeschreven(vraag) and vraag.voorgenomen_uitschrijving
        assert besluit.vervolg == (in_actie if verlaat else Vervolg("jikp-volgen", 1, 3))
    else:
        assert besluit.vervolg == Vervolg("mas-18-plus", 2, 4)


@BELOFTE
@given(feiten, st.integers(1, 800), st.integers(0, 800))
def test_wat_na_de_peildatum_gebeurt_bestaat_nog_niet(vraag: Feiten, over: int, duur: int) -> None:
    morgen = vraag.peildatum + DAG
    te_laat_voor_een_overstap = teldatum_na(vraag.peildatum) + over * DAG
    toekomst = vraag._replace(
        overleden_op=vraag.overleden_op or morgen,
        vertrokken_op=vraag.vertrokken_op or morgen,
        in_nederland_sinds=vraag.in_nederland_sinds or morgen,
        startkwalificatie_vastgesteld=Vaststelling(op=morgen),
        diplomas=(*(vraag.diplomas or ()), Diploma(soort=Diplomasoort.HAVO, behaald_op=morgen)),
        inschrijvingen=(
            *(vraag.inschrijvingen or ()),
            Inschrijving(
                onderwijssoort=Onderwijssoort.MBO,
                niveau=1,
                van=te_laat_voor_een_overstap,
                tot=te_laat_voor_een_overstap + duur * DAG,
            ),
        ),
        werk=(*(vraag.werk or ()), Werk(van=morgen, tot=morgen + duur * DAG, uren=36)),
    )
    assert kern(beslis(toekomst)) == kern(beslis(vraag))


@BELOFTE
@given(feiten, st.integers(0, 800))
def test_een_laatste_dag_na_de_peildatum_is_nog_niet_bekend(vraag: Feiten, over: int) -> None:
    def met_laatste_dag(lijst: tuple[Inschrijving, ...], tot: date | None) -> tuple[Inschrijving, ...]:
        return tuple(replace(een, tot=tot) if een.loopt_op(vraag.peildatum) else een for een in lijst)

    lijst = vraag.inschrijvingen or ()
    open_einde = vraag._replace(inschrijvingen=met_laatste_dag(lijst, None))
    met_einde = vraag._replace(inschrijvingen=met_laatste_dag(lijst, vraag.peildatum + over * DAG))
    assert beslis(open_einde) == beslis(met_einde)


@BELOFTE
@given(feiten, st.booleans(), st.booleans())
def test_vlaggen_tellen_alleen_wie_is_ingeschreven(vraag: Feiten, verzuim: bool, vertrek: bool) -> None:
    assume(not ingeschreven(vraag))
    anders = vraag._replace(verzuimmelding=verzuim, voorgenomen_uitschrijving=vertrek)
    assert beslis(anders) == beslis(vraag)


@BELOFTE
@given(feiten, data)
def test_meer_werk_maakt_niemand_vsver(vraag: Feiten, sinds: date) -> None:
    met_werk = vraag._replace(werk=(*(vraag.werk or ()), Werk(van=sinds, uren=None)))
    if beslis(met_werk).doelgroep in VSV:
        assert beslis(met_werk).doelgroep is beslis(vraag).doelgroep


@BELOFTE
@given(feiten)
def test_een_verzuimmelding_haalt_niemand_uit_beeld(vraag: Feiten) -> None:
    if not beslis(vraag._replace(verzuimmelding=False)).is_geen:
        assert not beslis(vraag._replace(verzuimmelding=True)).is_geen


@BELOFTE
@given(feiten)
def test_onvolledige_geboortedatum_geeft_een_van_de_twee(vraag: Feiten) -> None:
    assume(not vraag.geboortedatum.volledig)

    def geboren(dag: date) -> Besluit:
        return beslis(vraag._replace(geboortedatum=Geboortedatum.van(dag)))

    vroegst, laatst = geboren(vraag.geboortedatum.eerste), geboren(vraag.geboortedatum.laatste)
    besluit = beslis(vraag)
    gekozen = laatst if vroegst.is_geen and not laatst.is_geen else vroegst
    assert kern(besluit) == kern(gekozen)
    assert besluit.uitleg[-1].regel == "DOS-08"
    assert besluit.onbekend == (*gekozen.onbekend, "geboortedatum")


@BELOFTE
@given(feiten)
def test_lege_lijst_beslist_als_een_die_ontbreekt(vraag: Feiten) -> None:
    leeg = vraag._replace(diplomas=(), inschrijvingen=(), werk=())
    ontbreekt = vraag._replace(diplomas=None, inschrijvingen=None, werk=None)
    assert kern(beslis(leeg)) == kern(beslis(ontbreekt))
    assert beslis(ontbreekt).onbekend[:3] == ("diplomas", "inschrijvingen", "werk")


@BELOFTE
@given(feiten)
def test_een_hogere_grens_van_de_regio_sluit_niemand_uit(vraag: Feiten) -> None:
    assume(vraag.geboortedatum.volledig)
    ruim = vraag._replace(regio=replace(vraag.regio, bovengrens=130))
    krap = vraag._replace(regio=replace(vraag.regio, bovengrens=None))
    assert beslis(ruim).reden is not Reden.BOVENGRENS
    if beslis(krap).reden is not Reden.BOVENGRENS:
        assert kern(beslis(ruim)) == kern(beslis(krap))


def test_grenzen_zijn_gegevens_en_geen_code() -> None:
    vraag = Feiten(
        peildatum=date(2024, 2, 1),
        geboortedatum=Geboortedatum(1999, 5, 6),
        inschrijvingen=(Inschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=1, van=date(2023, 8, 1)),),
    )
    ruimer = Grensreeks((Grens(30, "een andere wet"),))
    grenzen = replace(laad_grenzen(), doelgroep_bovengrens=ruimer, jikp_leeftijd=ruimer)
    besluit = doelgroep.beslis(vraag, grenzen=grenzen)
    assert beslis(vraag).reden is Reden.BOVENGRENS
    assert besluit.doelgroep is Doelgroep.JIKP
    assert any("een andere wet" in uitleg.bron for uitleg in besluit.uitleg)


def test_besluit_bewaart_de_versie_van_de_regel() -> None:
    vraag = Feiten(peildatum=date(2024, 2, 1), geboortedatum=Geboortedatum(2004, 5, 6))
    assert beslis(vraag).versie == doelgroep.VERSIE


@pytest.mark.parametrize("eerst", [True, False])
def test_twee_inschrijvingen_van_een_dag_de_kwetsbare_beslist(eerst: bool) -> None:
    begin = date(2023, 8, 1)
    vso = Inschrijving(onderwijssoort=Onderwijssoort.VSO, van=begin)
    mbo = Inschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=3, van=begin)
    vraag = Feiten(
        peildatum=date(2024, 2, 1),
        geboortedatum=Geboortedatum(2004, 5, 6),
        inschrijvingen=(vso, mbo) if eerst else (mbo, vso),
        voorgenomen_uitschrijving=True,
    )
    assert beslis(vraag).doelgroep is Doelgroep.JIKP


def test_nul_uren_vragen_maakt_van_geen_werk_nog_geen_werk() -> None:
    vraag = Feiten(
        peildatum=date(2024, 2, 1),
        geboortedatum=Geboortedatum(2004, 5, 6),
        regio=doelgroep.Regio(baan_uren=0),
        inschrijvingen=(
            Inschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=3, van=date(2021, 8, 1), tot=date(2023, 7, 31)),
        ),
        werk=(),
    )
    assert beslis(vraag).doelgroep is Doelgroep.NIEUWE_VSV
    werkt = vraag._replace(werk=(Werk(van=date(2023, 8, 1), uren=0),))
    assert beslis(werkt).reden is Reden.WERK


def test_uitleg_begint_met_wat_besliste_en_eindigt_met_het_vervolg() -> None:
    vraag = Feiten(
        peildatum=date(2024, 2, 1),
        geboortedatum=Geboortedatum(2004, 5, 6),
        diplomas=(Diploma(soort=Diplomasoort.VMBO, behaald_op=date(2020, 7, 1)),),
        inschrijvingen=(
            Inschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=1, van=date(2022, 8, 1), tot=date(2023, 9, 15)),
        ),
        werk=(Werk(van=date(2023, 9, 1), tot=date(2023, 12, 31), uren=20),),
    )
    assert [(uitleg.regel, uitleg.tekst) for uitleg in beslis(vraag).uitleg] == [
        (
            "DGR-05",
            "De teldatum van 1 oktober 2023 is voorbij zonder dat er weer een inschrijving was, "
            "en de uitval is nog geen (school)jaar geleden.",
        ),
        ("DGR-03", "De jongere is 19 jaar. De grens is 18 tot 23 jaar."),
        ("DOS-07", "Er is geen startkwalificatie. Wel behaald: vmbo."),
        (
            "REG-08",
            "De laatste inschrijving (mbo niveau 1) liep tot en met 15 september 2023. "
            "Nu staat de jongere nergens ingeschreven.",
        ),
        ("DGR-05", "Op de teldatum was er werk, maar nu niet meer genoeg."),
        (
            "DGR-09",
            "De jongere verliet het onderwijs vanuit mbo niveau 1. "
            "Daarmee is het ook een jongere in een kwetsbare positie.",
        ),
        ("DGR-13", "Het vervolg is de routekaart van het Doorstroompunt, fase 2, stap 4."),
    ]


@pytest.mark.parametrize(
    ("bekend", "sinds", "zin"),
    [
        (
            True,
            None,
            "Er is nog geen inschrijving begonnen. We rekenen vanaf de dag waarop de jongere volwassen werd, ",
        ),
        (False, None, "We kennen de inschrijvingen niet. We rekenen vanaf de dag waarop de jongere volwassen werd, "),
        (True, date(2023, 11, 1), "Er is nog geen inschrijving begonnen. We rekenen vanaf de komst naar Nederland, "),
    ],
)
def test_uitleg_zegt_vanaf_wanneer_een_onbekende_loopbaan_telt(bekend: bool, sinds: date | None, zin: str) -> None:
    vraag = Feiten(
        peildatum=date(2024, 2, 1),
        geboortedatum=Geboortedatum(2004, 5, 6),
        inschrijvingen=() if bekend else None,
        in_nederland_sinds=sinds,
    )
    dag = "1 november 2023" if sinds else "6 mei 2022"
    assert f"{zin}{dag}. Zoek eerst uit hoe de loopbaan was." in [uitleg.tekst for uitleg in beslis(vraag).uitleg]


def test_uitleg_van_een_overstap_noemt_de_eerste_nieuwe_inschrijving() -> None:
    nieuw = [
        Inschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=2, van=date(2024, 9, 1)),
        Inschrijving(onderwijssoort=Onderwijssoort.VAVO, van=date(2024, 8, 20)),
    ]
    oud = Inschrijving(onderwijssoort=Onderwijssoort.HAVO, van=date(2020, 8, 1), tot=date(2024, 7, 31))
    vraag = Feiten(peildatum=date(2024, 8, 10), geboortedatum=Geboortedatum(2004, 5, 6), inschrijvingen=(oud, *nieuw))
    assert beslis(vraag).uitleg[0].tekst == (
        "Op 20 augustus 2024 begint een nieuwe inschrijving (vavo). "
        "Dat is op tijd voor de teldatum van 1 oktober 2024: de jongere stapt over."
    )


def test_dag_na_dag_verloopt_een_uitval_in_een_richting() -> None:
    """From uitval on: dreigend, then nieuw, then oud, and never back."""
    vraag = Feiten(
        peildatum=date(2023, 3, 16),
        geboortedatum=Geboortedatum(2004, 5, 6),
        inschrijvingen=(
            Inschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=3, van=date(2021, 8, 1), tot=date(2023, 3, 15)),
        ),
    )
    verloop = [beslis(vraag._replace(peildatum=vraag.peildatum + n * DAG)).doelgroep for n in range(800)]
    wissels = [dag for dag in range(1, 800) if verloop[dag] is not verloop[dag - 1]]
    assert [verloop[0], *(verloop[dag] for dag in wissels)] == [
        Doelgroep.DREIGEND_VSV,
        Doelgroep.NIEUWE_VSV,
        Doelgroep.OUD_VSV,
    ]
    assert [vraag.peildatum + dag * DAG for dag in wissels] == [date(2023, 10, 1), date(2024, 8, 1)]
