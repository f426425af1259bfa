"""Random people: the candidates of every rule hold everybody whom the pure rule wants when it is asked of all.

The rules are also asked with all facts there are, so that a rule which reads more than it names in `nodig` shows here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from routekaart.basis.models import Gemeente
from routekaart.dossiers.models import Contactmoment, Werkproces
from routekaart.loopbaan.models import (
    Diploma,
    Inlichting,
    Inschrijving,
    Instelling,
    Uitstroom,
    Vaststelling,
    Werk,
)
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.personen.acties import nieuwe_jongere
from routekaart.personen.models import BrpWijziging, Jongere
from routekaart.regels.loopbaan import Diplomasoort, Onderwijssoort
from routekaart.regels.signalen import SIGNAALREGELS, Treffer
from routekaart.signalen.detectie import Zoektocht
from routekaart.signalen.kader import maak_kader
from routekaart.signalen.kandidaten import KANDIDATEN, stroom
from routekaart.signalen.kandidaten.laden import LEES, Naslag
from tests import fabrieken
from tests.fabrieken import Gebied

JAREN_TERUG = dt.timedelta(days=1600)
ELDERS = "woonde toen in een andere gemeente dan nu"
ALLES = frozenset({*LEES, "diplomas", "meldingen", "verzuimdagen"})
PEILDATA = (
    dt.date(2024, 2, 1), dt.date(2024, 2, 29), dt.date(2024, 7, 31), dt.date(2024, 8, 1), dt.date(2024, 9, 30),
    dt.date(2024, 10, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 11, 17),
)  # fmt: skip
# days around which things change: the ends of school years, 1 October, a year ago, today
VERSCHUIVING = st.one_of(
    st.integers(-1500, 60), st.sampled_from([-731, -730, -367, -366, -365, -364, -92, -29, -28, -14, -1, 0, 1])
)


def dag(op: dt.date) -> st.SearchStrategy[dt.date]:
    """A day that matters seen from this one."""
    vast = [
        dt.date(jaar, maand, nummer)
        for jaar in (op.year - 2, op.year - 1, op.year)
        for maand, nummer in ((7, 31), (8, 1), (9, 30), (10, 1))
    ]
    return st.one_of(VERSCHUIVING.map(lambda dagen: op + dt.timedelta(days=dagen)), st.sampled_from(vast))


def misschien[T](strategie: st.SearchStrategy[T], *, kans: int = 3) -> st.SearchStrategy[T | None]:
    """One time in `kans` a value."""
    return st.integers(1, kans).flatmap(lambda n: strategie if n == 1 else st.none())


def lijst[T](wat: st.SearchStrategy[T], hoogst: int = 2) -> st.SearchStrategy[list[T]]:
    return st.lists(wat, max_size=hoogst)


@st.composite
def periode(draw: st.DrawFn, op: dt.date) -> dict[str, Any]:
    van = draw(dag(op))
    tot = draw(st.one_of(st.none(), dag(op)))
    return {"van": min(van, tot) if tot else van, "tot": max(van, tot) if tot else None}


@st.composite
def geboortedatum(draw: st.DrawFn, op: dt.date) -> str:
    leeftijd = draw(st.sampled_from([4, 5, 6, 10, 15, 16, 17, 18, 19, 20, 22, 23, 24, 26, 27]))
    geboren = dt.date(op.year - leeftijd, 1, 1) + dt.timedelta(days=draw(st.integers(0, 364)))
    if draw(st.booleans()):  # just before, on or after the birthday
        geboren = dt.date(op.year - leeftijd, op.month, min(op.day, 28)) + dt.timedelta(days=draw(st.integers(-2, 2)))
    return draw(st.sampled_from([f"{geboren}", f"{geboren}", f"{geboren:%Y-%m}-00", f"{geboren:%Y}-00-00"]))


@st.composite
def mens(draw: st.DrawFn, op: dt.date) -> dict[str, Any]:
    """The facts of one person as plain values; some are drawn towards what is rare otherwise."""
    feiten = draw(_mens(op))
    duw = draw(st.sampled_from(["", "", "", "", "", "oud", "verhuisd", "werk", "patroon", "uit"]))
    if duw == "oud":  # long out of education, and with us before
        feiten |= {"geboortedatum": f"{op.year - 21}-03-04", "diplomas": [], "vaststelling": None, "elders": False}
        lang = {"van": op - dt.timedelta(days=1500), "tot": op - dt.timedelta(days=900)}
        feiten["inschrijvingen"] = [("mbo", 3, 0, lang)]
        feiten["werkprocessen"] = [("vsv", op - dt.timedelta(days=800), op - dt.timedelta(days=400), False)]
    elif duw == "verhuisd":
        feiten |= {"elders": True, "overleden_op": None, "vertrokken_op": None}
        feiten["werkprocessen"] = [("vsv", op - dt.timedelta(days=90), None, False)]
    elif duw == "werk":
        feiten |= {"geboortedatum": f"{op.year - 20}-03-04", "diplomas": [], "vaststelling": None, "elders": False}
        gestopt = {"van": op - dt.timedelta(days=400), "tot": op - dt.timedelta(days=draw(st.integers(0, 94)))}
        feiten |= {"werk": [(gestopt, 20)], "inschrijvingen": []}
    elif duw == "uit":  # of age, and out of one school on a day that matters
        feiten |= {"geboortedatum": f"{op.year - 20}-03-04", "diplomas": [], "vaststelling": None, "elders": False}
        uit = op - dt.timedelta(days=draw(st.sampled_from([1, 47, 120, 320, 364, 365, 366, 367, 410, 700])))
        soort = draw(st.sampled_from(["pro", "mbo", "vmbo-bb", "havo"]))
        feiten["inschrijvingen"] = [(soort, draw(st.integers(0, 3)), 0, {"van": op - JAREN_TERUG, "tot": uit})]
    elif duw == "patroon":
        feiten["inschrijvingen"] = [("mbo", 3, 0, {"van": op - dt.timedelta(days=400), "tot": None})]
        keren = draw(st.integers(2, 4))
        geoorloofd = draw(st.booleans())
        feiten["meldingen"] = [
            ("overig", op - dt.timedelta(days=n * draw(st.integers(1, 35))), None, 0, False, None, None, geoorloofd)
            for n in range(keren)
        ]
    if draw(st.integers(1, 5)) == 1:  # came where she lives now after the day; from where, and there since when
        feiten |= {"in_gemeente_sinds": op + dt.timedelta(days=draw(st.integers(1, 60))), "elders": draw(st.booleans())}
        feiten["eerder"] = draw(lijst(st.tuples(st.integers(0, 2), misschien(dag(op), kans=2))))
    return feiten


@st.composite
def _mens(draw: st.DrawFn, op: dt.date) -> dict[str, Any]:
    d = dag(op)
    return {
        "geboortedatum": draw(geboortedatum(op)),
        "overleden_op": draw(misschien(d, kans=12)),
        "vertrokken_op": draw(misschien(d, kans=12)),
        "in_nederland_sinds": draw(misschien(d, kans=6)),
        "in_gemeente_sinds": draw(misschien(d)),
        "elders": draw(st.integers(1, 12)) == 1,
        "eerder": [],
        "inschrijvingen": draw(
            lijst(
                st.tuples(
                    st.sampled_from(["mbo", "mbo", "pro", "vso", "vmbo-bb", *(str(soort) for soort in Onderwijssoort)]),
                    st.integers(0, 3), st.integers(0, 2), periode(op),
                ), 3,
            )
        ),
        "diplomas": draw(lijst(st.tuples(st.sampled_from(list(Diplomasoort)), st.integers(0, 3), d), 1)),
        "vaststelling": draw(misschien(d, kans=10)),
        "werk": draw(lijst(st.tuples(periode(op), st.sampled_from([None, 0, 8, 12, 40])), 2)),
        "vrijstelling": draw(misschien(periode(op), kans=5)),
        "meldingen": draw(
            lijst(
                st.tuples(
                    st.sampled_from(["maand", "16-uur", "vsv", "overig"]), d, misschien(d, kans=2), st.integers(-1, 2),
                    st.booleans(), st.sampled_from([None, True, False]), misschien(d), st.booleans(),
                ), 4,
            )
        ),
        "lijsten": draw(st.sets(st.integers(0, 3), max_size=2)),
        "uitkering": draw(st.sampled_from([None, True, False])),
        "uitstroom": draw(misschien(st.tuples(st.integers(0, 1), st.sampled_from(["", "mbo 2"])), kans=4)),
        "werkprocessen": draw(
            lijst(
                st.tuples(st.sampled_from(["vsv", "jib", "jikp", "relatief-verzuim"]), d, misschien(d), st.booleans()),
                1,
            )
        ),
        "contact": draw(misschien(d)),
    }  # fmt: skip


def maak(gebied: Gebied, elders: Gebied, scholen: list[Instelling], feiten: dict[str, Any], op: dt.date) -> None:
    """Writes one person with everything that goes with it."""
    velden = {naam: feiten[naam] for naam in ("overleden_op", "vertrokken_op", "in_nederland_sinds")}
    jongere = nieuwe_jongere(
        gemeente=elders.gemeente if feiten["elders"] else gebied.gemeente, regio_id=gebied.regio.pk, op=op,
        geboortedatum=feiten["geboortedatum"], achternaam="Proef", in_gemeente_sinds=feiten["in_gemeente_sinds"],
        **velden,
    )  # fmt: skip
    jongere.save()
    _maak_verleden(jongere, [gebied.gemeente, gebied.andere_gemeente, elders.gemeente], feiten["eerder"])
    uniek: dict[Any, Inschrijving] = {}
    for soort, niveau, school, looptijd in feiten["inschrijvingen"]:
        niveau = niveau if soort == "mbo" else 0
        rij = Inschrijving(
            jongere=jongere, onderwijssoort=soort, niveau=niveau, instelling=scholen[school], bron="DUO", **looptijd
        )
        uniek[soort, niveau, school, looptijd["van"]] = rij
    Inschrijving.objects.bulk_create(uniek.values())
    for soort, niveau, behaald in feiten["diplomas"]:
        niveau = niveau if soort == Diplomasoort.MBO else 0
        Diploma.objects.create(jongere=jongere, soort=soort, niveau=niveau, behaald_op=behaald, bron="DUO")
    if feiten["vaststelling"]:
        Vaststelling.objects.create(jongere=jongere, op=feiten["vaststelling"], bewijs="papier", bron="coach")
    for looptijd, uren in feiten["werk"]:
        Werk.objects.create(jongere=jongere, uren=uren, bron="UWV", **looptijd)
    if feiten["vrijstelling"]:
        fabrieken.maak_vrijstelling(jongere, **feiten["vrijstelling"])
    for terug in feiten["lijsten"]:
        maand = op.year * 12 + op.month - 1 - terug
        Inlichting.objects.create(
            jongere=jongere, maand=f"{maand // 12:04}-{maand % 12 + 1:02}", uitkering=feiten["uitkering"], bron="IB"
        )
    if feiten["uitstroom"]:
        terug, bestemming = feiten["uitstroom"]
        begin = op.year - (op.month < 8) - terug
        Uitstroom.objects.create(
            jongere=jongere, instelling=scholen[0], schooljaar=f"{begin}-{begin + 1}", bestemming=bestemming, bron="x"
        )
    _maak_werk(gebied, jongere, scholen, feiten)


def _maak_verleden(jongere: Jongere, gemeenten: list[Gemeente], eerder: list[tuple[int, dt.date | None]]) -> None:
    """Where somebody lived before, the earliest first, each with the day from when; and then where she lives now."""
    woonde = [(gemeenten[nummer], sinds) for nummer, sinds in eerder] + [(jongere.gemeente, jongere.in_gemeente_sinds)]
    BrpWijziging.objects.bulk_create(
        BrpWijziging(
            jongere=jongere, veld="gemeente", was=van.naam, wordt=naar.naam, geldig_vanaf=sinds,
            vastgelegd_op=fabrieken.NU + dt.timedelta(days=nummer),
        )
        for nummer, ((van, _), (naar, sinds)) in enumerate(pairwise(woonde))
    )  # fmt: skip


def _maak_werk(gebied: Gebied, jongere: Jongere, scholen: list[Instelling], feiten: dict[str, Any]) -> None:
    for soort, van, tot, school, voornemen, alles, klaar, geoorloofd in feiten["meldingen"]:
        melding = Melding.objects.create(
            regio=gebied.regio, gemeente=gebied.gemeente, soort_werk=jongere.soort_werk, jongere=jongere, kanaal="A.I",
            soort=soort, melder_soort="duo", ontvangen_op=dt.datetime.combine(van, dt.time(12), tzinfo=dt.UTC),
            termijn=van, begindatum=van if soort != "vsv" else None, einddatum=max(van, tot) if tot else None,
            instelling=None if school < 0 else scholen[school], voorgenomen_uitschrijving=voornemen,
            overig={"alle_lessen_gemist": alles}, uitkomst="x" if klaar else "", uitkomst_op=klaar,
        )  # fmt: skip
        Verzuimregel.objects.bulk_create(
            Verzuimregel(melding=melding, datum=van + dt.timedelta(days=n), hele_dag=True, geoorloofd=geoorloofd)
            for n in range(12)
        )
    for soort, van, tot, leerplicht in feiten["werkprocessen"]:
        gesloten = max(van, tot) if tot else None
        werkproces = Werkproces.objects.create(
            regio=gebied.regio, gemeente=gebied.gemeente, jongere=jongere, soort=soort, schooljaar="x", route="volgen",
            soort_werk="leerplicht" if leerplicht else "doorstroompunt", route_versie="1", gestart_op=van,
            afgesloten_op=gesloten, uitkomst="x" if gesloten else "",
        )  # fmt: skip
        if feiten["contact"]:
            Contactmoment.objects.create(
                werkproces=werkproces, met="jongere", kanaal="telefoon", resultaat="contact",
                moment=dt.datetime.combine(feiten["contact"], dt.time(12), tzinfo=dt.UTC),
            )  # fmt: skip


@pytest.fixture
def decor(gebied: Gebied) -> tuple[Gebied, Gebied, list[Instelling]]:
    elders = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    scholen = [Instelling.objects.create(brin=f"9{n}PR", naam=f"School {n}") for n in range(3)]
    return gebied, elders, scholen


def test_de_kandidaten_bevatten_iedereen_die_de_regel_wil(decor: tuple[Gebied, Gebied, list[Instelling]]) -> None:
    """The same examples on every run; and each rule finds somebody, or this would say nothing about it."""
    gebied, elders, scholen = decor
    gezien: Counter[str] = Counter()

    def geldt(data: st.DataObject) -> None:
        op = data.draw(st.sampled_from(PEILDATA))
        mensen = data.draw(st.lists(mens(op), min_size=10, max_size=14))
        with transaction.atomic():
            for feiten in mensen:
                maak(gebied, elders, scholen, feiten, op)
            gezien.update(_vergelijk(gebied, op, terug=data.draw(st.booleans())))
            transaction.set_rollback(True)

    ruim = settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    for ronde in range(8):
        if ronde < 2 or set(SIGNAALREGELS) - set(gezien):
            seed(ronde)(ruim(given(data=st.data())(geldt)))()
    assert sorted({*SIGNAALREGELS, ELDERS} - set(gezien)) == [], "deze regels vonden niemand"


def _vergelijk(gebied: Gebied, op: dt.date, *, terug: bool) -> list[str]:
    """Asserts it for every rule, as of today or looking back; gives the code of the rule for each person found."""
    regio_id = gebied.regio.pk
    kader, naslag = maak_kader(regio_id, op=op, terug=terug), Naslag(regio_id, woonde_op=op if terug else None)
    iedereen = [
        kandidaat for deel in stroom((Jongere.objects.alles(reden="proef"),), ALLES, naslag) for kandidaat in deel
    ]
    gemeente_nu = dict(Jongere.objects.alles(reden="proef").values_list("pk", "gemeente_id"))
    gezien: list[str] = []
    for regel in SIGNAALREGELS.values():
        wil: dict[int, Treffer] = {}
        for een in iedereen:
            treffer = regel.toets(een.persoon, kader)
            if treffer is not None:
                wil[een.jongere_id] = treffer
        kandidaten = [rij for selectie in KANDIDATEN[regel.code](regio_id, kader) for rij in selectie]
        gemist = set(wil) - {rij.pk for rij in kandidaten}
        assert not gemist, f"{regel.code} op {op}: {[een for een in iedereen if een.jongere_id in gemist]}"
        gevonden = [een for stuk in Zoektocht(regel, regio_id, kader, naslag).stukken() for een in stuk]
        assert {een.jongere_id: een.treffer for een in gevonden} == wil, regel.code
        assert len(gevonden) == len(wil), f"{regel.code}: iemand komt twee keer voor"
        _een_vinger_per_uitleg([een.treffer for een in gevonden])
        gezien += [regel.code] * len(wil)
        gezien += [ELDERS for een in gevonden if een.gemeente_id != gemeente_nu[een.jongere_id] and terug]
    return gezien


def _een_vinger_per_uitleg(treffers: list[Treffer]) -> None:
    """Two hits have the same fingerprint where they say the same, and only there."""
    gezegd = {treffer.uitleg for treffer in treffers}
    vingers = {treffer.gronden.vinger() for treffer in treffers}
    samen = {(treffer.uitleg, treffer.gronden.vinger()) for treffer in treffers}
    assert len(gezegd) == len(vingers) == len(samen)
