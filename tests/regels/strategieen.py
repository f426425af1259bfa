"""Random facts for the promises of the rules: many dates near a boundary, and all that goes wrong in registers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from routekaart.regels.loopbaan import Diplomasoort, Onderwijssoort

# The same examples on every run: a test that fails on some days only is a fault of its own.
BELOFTE = settings(max_examples=300, deadline=None, derandomize=True)

JAREN = range(2019, 2029)
GRENSDAGEN = ((1, 1), (2, 28), (3, 1), (5, 6), (7, 31), (8, 1), (9, 15), (9, 30), (10, 1), (12, 31))

grensdata = st.builds(
    lambda jaar, dag, erbij: date(jaar, *dag) + timedelta(days=erbij),
    st.sampled_from(JAREN),
    st.sampled_from(GRENSDAGEN),
    st.integers(-1, 1),
)
data = st.one_of(grensdata, st.dates(date(2018, 1, 1), date(2029, 12, 31)), st.just(date(2024, 2, 29)))
iso_data = data.map(date.isoformat)
geboortedata = st.one_of(
    st.builds(lambda jaar, dag: date(jaar, *dag).isoformat(), st.integers(1996, 2007), st.sampled_from(GRENSDAGEN)),
    st.just("2004-02-29"),
    st.builds(lambda jaar, maand: f"{jaar}-{maand:02}-00", st.integers(1998, 2006), st.integers(0, 12)),
)


def misschien(strategie: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategie)


@st.composite
def periodes(draw: st.DrawFn) -> dict[str, Any]:
    van, tot = draw(data), draw(misschien(data))
    if tot is not None and tot < van:
        van, tot = tot, van
    return {"van": van.isoformat(), "tot": tot.isoformat() if tot else None}


@st.composite
def inschrijvingen(draw: st.DrawFn) -> dict[str, Any]:
    vaak = ["mbo", "mbo", "mbo", "vso", "pro", "vmbo-bb", "leerwerktraject"]
    soort = draw(st.sampled_from([*vaak, *Onderwijssoort]))
    niveau = draw(st.sampled_from([None, 1, 1, 2, 2, 3, 4])) if soort == "mbo" else None
    return {"onderwijssoort": str(soort), "niveau": niveau, **draw(periodes())}


@st.composite
def banen(draw: st.DrawFn) -> dict[str, Any]:
    return {"uren": draw(st.sampled_from([None, 0, 4, 7.5, 8, 11, 12, 20, 36])), **draw(periodes())}


diplomas = st.fixed_dictionaries(
    {
        "soort": st.sampled_from([str(soort) for soort in Diplomasoort]),
        "niveau": st.sampled_from([None, 1, 2, 3, 4]),
        "behaald_op": iso_data,
    }
)
geen_startkwalificatie = st.fixed_dictionaries(
    {
        "soort": st.sampled_from(["pro-getuigschrift", "vso", "vmbo-bb", "vmbo"]),
        "niveau": st.none(),
        "behaald_op": iso_data,
    }
)
regios = st.fixed_dictionaries(
    {},
    optional={
        "bovengrens": misschien(st.sampled_from([20, 23, 25, 27, 28])),
        "baan_telt": misschien(st.booleans()),
        "baan_uren": misschien(st.sampled_from([0, 8, 12, 20])),
    },
)


def vragen(diploma: st.SearchStrategy[Any] = geen_startkwalificatie) -> st.SearchStrategy[dict[str, Any]]:
    """Questions in the outside form; by default without a startkwalificatie, so that the later steps are seen."""
    zelden = st.sampled_from([False] * 5 + [True])
    wegens = zelden.flatmap(lambda ja: iso_data if ja else st.none())
    return st.fixed_dictionaries(
        {"id": st.text(max_size=3), "peildatum": iso_data, "geboortedatum": geboortedata},
        optional={
            "regio": misschien(regios),
            "overleden_op": wegens,
            "vertrokken_op": wegens,
            "in_nederland_sinds": misschien(iso_data),
            "diplomas": misschien(st.lists(diploma, max_size=3)),
            "inschrijvingen": misschien(st.lists(inschrijvingen(), max_size=4)),
            "werk": misschien(st.lists(banen(), max_size=3)),
            "verzuimmelding": misschien(st.booleans()),
            "voorgenomen_uitschrijving": misschien(st.booleans()),
        },
    )


json_waarden = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10), iso_data),
    lambda kinderen: st.one_of(
        st.lists(kinderen, max_size=3), st.dictionaries(st.text(max_size=8), kinderen, max_size=3)
    ),
    max_leaves=8,
)
