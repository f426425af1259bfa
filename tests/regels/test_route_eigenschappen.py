"""What holds of every route with whatever facts: the order of telling, adding, withdrawing, one step that is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.inhoud.codelijsten import codelijst
from routekaart.regels.route import Routestand, Status
from routekaart.regels.route_definitie import Route
from routekaart.regels.route_feiten import HERSTART, STANDCODES, Feit
from tests.regels.routehulp import ALLE_ROUTES, DAG_1, feit, kijk, nu, uitkomst

# the first example loads the calendar of holidays: time says nothing here
ZONDER_KLOK = settings(deadline=None)
FEITCODES = sorted(codelijst("gebeurtenissen").codes - STANDCODES)
DOELGROEPEN = [None, *sorted(codelijst("doelgroepen").codes)]


@st.composite
def _feit(draw: st.DrawFn, codes: list[str]) -> Feit:
    code = draw(st.sampled_from(codes))
    stap = draw(st.integers(1, 13)) if code in STANDCODES else None
    uur = draw(st.integers(-3, 3))
    toelichting = draw(st.sampled_from(["", "Uitleg."])) if stap else ""
    return feit(code, draw(st.integers(1, 60)), uur=uur, stap=stap, toelichting=toelichting)


def _feiten(codes: list[str] | None = None) -> st.SearchStrategy[list[Feit]]:
    return st.lists(_feit(codes or [*FEITCODES, *sorted(STANDCODES)]), max_size=25)


ROUTES = st.sampled_from([f"{route.code}@{route.versie}" for route in ALLE_ROUTES])
OMSTANDIGHEDEN = st.fixed_dictionaries(
    {
        "route": ROUTES,
        "doelgroep": st.sampled_from(DOELGROEPEN),
        "verzuim": st.booleans(),
        "uitkomst": st.sampled_from([None, uitkomst(vroeg=True), uitkomst(vroeg=False)]),
        "op": st.integers(0, 70).map(lambda dagen: DAG_1 + timedelta(days=dagen)),
    }
)


@ZONDER_KLOK
@given(gegeven=_feiten(), om=OMSTANDIGHEDEN, willekeur=st.randoms())
def test_de_volgorde_van_vertellen_maakt_niet_uit(gegeven: list[Feit], om: dict[str, Any], willekeur: Any) -> None:
    geschud = list(gegeven)
    willekeur.shuffle(geschud)

    assert kijk(*geschud, **om) == kijk(*gegeven, **om)


@ZONDER_KLOK
@given(gegeven=_feiten(), erbij=_feiten(FEITCODES), om=OMSTANDIGHEDEN)
def test_een_feit_erbij_maakt_geen_stap_onvervuld(gegeven: list[Feit], erbij: list[Feit], om: dict[str, Any]) -> None:
    eerst, daarna = kijk(*gegeven, **om), kijk(*gegeven, *erbij, **om)

    assert _met(eerst, Status.VERVULD) <= _met(daarna, Status.VERVULD)


@ZONDER_KLOK
@given(gegeven=_feiten(), welke=st.integers(0, 24), om=OMSTANDIGHEDEN)
def test_intrekken_is_alsof_het_nooit_gebeurde(gegeven: list[Feit], welke: int, om: dict[str, Any]) -> None:
    weg = [f for nummer, f in enumerate(gegeven) if nummer != welke]
    ingetrokken = [replace(f, ingetrokken=nummer == welke) for nummer, f in enumerate(gegeven)]

    assert kijk(*ingetrokken, **om) == kijk(*weg, **om)


@ZONDER_KLOK
@given(gegeven=_feiten(), om=OMSTANDIGHEDEN)
def test_zolang_er_iets_openstaat_is_precies_een_stap_nu(gegeven: list[Feit], om: dict[str, Any]) -> None:
    stand = kijk(*gegeven, **om)

    assert len(_met(stand, Status.NU)) == (0 if stand.klaar else 1)
    assert not (stand.klaar and _met(stand, Status.OPEN))


@ZONDER_KLOK
@given(gegeven=_feiten(), om=OMSTANDIGHEDEN)
def test_elke_stap_legt_zichzelf_uit(gegeven: list[Feit], om: dict[str, Any]) -> None:
    stand = kijk(*gegeven, **om)

    for stap in stand.stappen:
        assert stap.waarom.tekst and stap.waarom.regel and stap.waarom.bron
        assert bool(stap.mist) == (stap.status in (Status.NU, Status.OPEN))
        assert (stap.motivering is not None) == (stap.status in (Status.OVERGESLAGEN, Status.NIET_NODIG))
        assert all(f.op <= om["op"] and not f.ingetrokken for f in stap.feiten)
        assert [ronde.nummer for ronde in stap.eerder] == list(range(1, stap.ronde))


@ZONDER_KLOK
@given(gegeven=_feiten(), om=OMSTANDIGHEDEN)
def test_fasen_tellen_op_tot_de_stappen(gegeven: list[Feit], om: dict[str, Any]) -> None:
    stand = kijk(*gegeven, **om)

    assert sum(fase.totaal for fase in stand.fases) == len(stand.stappen)
    assert sum(fase.klaar for fase in stand.fases) == sum(stap.afgehandeld for stap in stand.stappen)


@ZONDER_KLOK
@given(gegeven=_feiten(), om=OMSTANDIGHEDEN)
def test_geen_feit_gaat_verloren_door_opnieuw_te_beginnen(gegeven: list[Feit], om: dict[str, Any]) -> None:
    """What fulfilled a step before the restarts is in this round or in an earlier one."""
    zonder = kijk(*(f for f in gegeven if f.code not in HERSTART), **om)
    met = kijk(*gegeven, **om)

    for eerst, daarna in zip(zonder.stappen, met.stappen, strict=True):
        bewaard = {*daarna.feiten, *(f for ronde in daarna.eerder for f in ronde.feiten)}
        assert set(eerst.feiten) <= bewaard
        assert set(eerst.uitleg) == set(daarna.uitleg)


@ZONDER_KLOK
@given(gegeven=_feiten(), om=OMSTANDIGHEDEN, dagen=st.integers(1, 30))
def test_morgen_is_er_niet_minder_vervuld_dan_vandaag(gegeven: list[Feit], om: dict[str, Any], dagen: int) -> None:
    zonder_herstart = [f for f in gegeven if f.code not in HERSTART]
    later = {**om, "op": om["op"] + timedelta(days=dagen)}

    assert _met(kijk(*zonder_herstart, **om), Status.VERVULD) <= _met(kijk(*zonder_herstart, **later), Status.VERVULD)


@pytest.mark.parametrize("route", ALLE_ROUTES, ids=lambda route: f"{route.code}-{route.versie}")
@pytest.mark.parametrize("verzuim", [True, False], ids=["verzuim", "geen-verzuim"])
def test_elke_geleverde_versie_gaat_open_zonder_feiten_en_loopt_met_haar_eigen_feiten_tot_het_eind(
    route: Route, verzuim: bool
) -> None:
    doelgroep = next((tak.doelgroep for tak in route.vervolg if tak.route == route.code and tak.stap == 4), None)
    gegeven: list[Feit] = []
    bezocht: list[int] = []
    stand = kijk(route=route, doelgroep=doelgroep, verzuim=verzuim)
    while stand.huidige is not None:
        huidige = stand.huidige
        assert huidige.nummer not in bezocht
        bezocht.append(huidige.nummer)
        dag = len(gegeven) + 1
        eisen = huidige.stap.eisen(verzuim=verzuim)
        nodig = [code for eis in eisen for code in (eis.codes if eis.alle else eis.codes[:1])]
        gegeven += [feit(code, dag + nummer) for nummer, code in enumerate(nodig)]
        stand = kijk(*gegeven, route=route, doelgroep=doelgroep, verzuim=verzuim)

    assert bezocht == [stap.nummer for stap in route]
    assert _met(stand, Status.VERVULD) == set(bezocht)
    assert stand.gesloten


@pytest.mark.parametrize("route", ALLE_ROUTES, ids=lambda route: f"{route.code}-{route.versie}")
def test_elke_stap_heeft_een_actie_die_brengt_wat_nodig_is(route: Route) -> None:
    """Nobody stands still for want of a button; a melding (step 1) comes in by itself."""
    for stap in route.stappen[1:]:
        gebracht = {code for actie in stap.acties for code in actie.geeft}
        for eis in stap.vervuld_door:
            assert set(eis.codes) <= gebracht if eis.alle else set(eis.codes) & gebracht, (stap.nummer, eis.naam)


def _met(stand: Routestand, status: Status) -> set[int]:
    return {stap.nummer for stap in stand.stappen if stap.status is status}


def test_de_wandeling_is_echt() -> None:
    """The routes that the walk must cover; an empty list would pass in silence."""
    assert {(route.code, route.versie) for route in ALLE_ROUTES} >= {
        ("doorstroompunt", "2020-1"),
        ("doorstroompunt", "2023-1"),
        ("mas-18-plus", "2023-1"),
        ("jikp-volgen", "2023-1"),
        ("volgen", "2023-1"),
    }
    assert nu(kijk()) == 1
