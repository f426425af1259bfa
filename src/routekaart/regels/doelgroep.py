"""The target-group decision of step 3: which doelgroep somebody belongs to on a date, why, and what follows.

Five steps in a fixed order; the first that decides ends it. Each step is one function below, in the words
of the method; the sentences stand in `doelgroep_uitleg`, the limits come in as dated data. What is dated
after the peildatum does not exist yet, with one exception: an enrolment that begins in time for the teldatum
(overstap). This is the proposal: a professional may deviate from it with a motivation.

The promises and the surprising cases: docs/ontwikkelen/regels/doelgroep.md.
Source: 000, Doelgroepen; 004, stap 3; DGR-01 to DGR-14.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from routekaart.regels import doelgroep_uitleg as zin
from routekaart.regels.grenzen import Grenzen
from routekaart.regels.jikp import Jikp, jikp
from routekaart.regels.leeftijd import Geboortedatum, jaren_later, leeftijd_op, wordt
from routekaart.regels.loopbaan import Diploma, Inschrijving, Onderwijsstand, Vaststelling, Werk
from routekaart.regels.schooljaar import Schooljaar, teldatum_na
from routekaart.regels.startkwalificatie import startkwalificatie_op
from routekaart.regels.uitleg import Grond, Gronden, Uitleg

VERSIE = "2026-1"  # of this rule; kept with each decision, so that an old one can be told from a new one


class Doelgroep(StrEnum):
    """The target groups of the Doorstroompunt (CL-04)."""

    VERZUIM_18_PLUS = "verzuim-18-plus"
    DREIGEND_VSV = "dreigend-vsv"
    NIEUWE_VSV = "nieuwe-vsv"
    OUD_VSV = "oud-vsv"
    JIKP = "jikp"
    GEEN = "geen"


class Reden(StrEnum):
    """Why somebody belongs to no doelgroep."""

    OVERLEDEN = "overleden"
    VERTROKKEN = "vertrokken"
    ONDER_18 = "onder-18"
    BOVENGRENS = "bovengrens"
    STARTKWALIFICATIE = "startkwalificatie"
    INGESCHREVEN = "ingeschreven"
    OVERSTAP = "overstap"
    WERK = "werk"


class Kenmerk(StrEnum):
    """What is worth knowing beside the one leading doelgroep (DGR-09)."""

    BOVENWETTELIJK = "bovenwettelijk"
    VOORGENOMEN_UITSCHRIJVING = "voorgenomen-uitschrijving"
    LOOPBAAN_ONBEKEND = "loopbaan-onbekend"
    WERK_VERLOREN = "werk-verloren"
    JIKP = "jikp"


type Onbekend = Literal["diplomas", "inschrijvingen", "werk", "werk.uren", "geboortedatum"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regio:
    """What a region chose: its own upper age limit, whether a job counts and from how many hours a week.

    None is: no limit of its own, or the hours of the method.
    """

    bovengrens: int | None = None
    baan_telt: bool = True
    baan_uren: float | None = None


class Feiten(NamedTuple):
    """Everything the decision looks at. A list that is None is not known: it decides as empty and is named.

    `verzuimmelding` is one that is not withdrawn and not closed.
    """

    peildatum: date
    geboortedatum: Geboortedatum
    regio: Regio = Regio()
    overleden_op: date | None = None
    vertrokken_op: date | None = None
    in_nederland_sinds: date | None = None
    startkwalificatie_vastgesteld: Vaststelling | None = None
    diplomas: tuple[Diploma, ...] | None = None
    inschrijvingen: tuple[Inschrijving, ...] | None = None
    werk: tuple[Werk, ...] | None = None
    verzuimmelding: bool = False
    voorgenomen_uitschrijving: bool = False

    @property
    def onbekend(self) -> tuple[Onbekend, ...]:
        """What was not given, or not given whole, in a fixed order. It speaks of the facts as handed over."""
        ontbreekt: list[Onbekend] = []
        if self.diplomas is None:
            ontbreekt.append("diplomas")
        if self.inschrijvingen is None:
            ontbreekt.append("inschrijvingen")
        if self.werk is None:
            ontbreekt.append("werk")
        elif None in [baan.uren for baan in self.werk]:
            ontbreekt.append("werk.uren")
        if not self.geboortedatum.volledig:
            ontbreekt.append("geboortedatum")
        return tuple(ontbreekt)


@dataclass(frozen=True, slots=True)
class Vervolg:
    """Where the werkproces goes on: a route, and the fase and stap in it."""

    route: str
    fase: int
    stap: int


class Besluit(NamedTuple):
    """The decision. `gronden` begin with what decided, then what was looked at, in that order."""

    peildatum: date
    doelgroep: Doelgroep
    reden: Reden | None
    kenmerken: tuple[Kenmerk, ...]
    onbekend: tuple[Onbekend, ...]
    vervolg: Vervolg
    gronden: Gronden
    versie: str = VERSIE

    @property
    def uitleg(self) -> tuple[Uitleg, ...]:
        """The grounds in words."""
        return self.gronden.uitleg()

    @property
    def is_geen(self) -> bool:
        return self.doelgroep is Doelgroep.GEEN


def beslis(feiten: Feiten, *, grenzen: Grenzen) -> Besluit:
    """The doelgroep on the peildatum, explained.

    With an incomplete birth date the first and the last possible day are tried. Where they differ, a
    doelgroep goes before `geen`, and otherwise the decision for the earlier birth date stands.
    """
    geboren = feiten.geboortedatum
    vroegst = _beslis_voor(_Situatie.van(feiten, geboren.eerste, grenzen))
    if geboren.volledig:
        return vroegst
    laatst = _beslis_voor(_Situatie.van(feiten, geboren.laatste, grenzen))
    gekozen = laatst if vroegst.is_geen and not laatst.is_geen else vroegst
    onvolledig = partial(zin.geboortedatum_onvolledig, feiten.peildatum, geboren)
    return gekozen._replace(gronden=Gronden(*gekozen.gronden.delen, onvolledig))


class _Situatie(NamedTuple):
    """The facts as they stand on the peildatum, for one birth date."""

    feiten: Feiten
    grenzen: Grenzen
    op: date
    geboren: date
    leeftijd: int
    onderwijs: Onderwijsstand

    @classmethod
    def van(cls, feiten: Feiten, geboren: date, grenzen: Grenzen) -> _Situatie:
        op = feiten.peildatum
        onderwijs = Onderwijsstand.op(feiten.inschrijvingen or (), op)
        return cls(feiten, grenzen, op, geboren, leeftijd_op(geboren, op), onderwijs)

    @property
    def verlaat_school(self) -> bool:
        """Enrolled, and the school has announced that she will leave."""
        return self.onderwijs.lopend is not None and self.feiten.voorgenomen_uitschrijving

    @property
    def jikp(self) -> Jikp | None:
        return jikp(
            self.onderwijs,
            leeftijd=self.leeftijd,
            leeftijdsgrens=self.grenzen.jikp_leeftijd.op(self.op).waarde,
            voorgenomen_uitschrijving=self.feiten.voorgenomen_uitschrijving,
        )

    def werkt_op(self, dag: date) -> bool:
        """Whether there is work on the day that counts: enough hours a week in all, or unknown hours.

        The day is the peildatum or one before it.
        """
        regio = self.feiten.regio
        uren = [baan.uren for baan in self.feiten.werk or () if baan.loopt_op(dag)]
        if not regio.baan_telt or not uren:
            return False
        genoeg = self.grenzen.baan_uren.op(self.op).waarde if regio.baan_uren is None else regio.baan_uren
        bekend = [getal for getal in uren if getal is not None]
        return len(bekend) < len(uren) or math.fsum(bekend) >= genoeg


class _Verder(NamedTuple):
    """What a step found that did not decide."""

    gronden: tuple[Grond, ...] = ()
    kenmerken: tuple[Kenmerk, ...] = ()


NIETS = _Verder()
ZELF_JIKP = frozenset({Doelgroep.GEEN, Doelgroep.JIKP})  # these say it themselves, or not at all


class _Beslist(NamedTuple):
    """What the step that decides found; `conclusie` says why."""

    doelgroep: Doelgroep
    conclusie: Grond
    reden: Reden | None = None
    gronden: tuple[Grond, ...] = ()
    kenmerken: tuple[Kenmerk, ...] = ()


type _Bevinding = _Verder | _Beslist


def _geen(reden: Reden, conclusie: Grond) -> _Beslist:
    return _Beslist(Doelgroep.GEEN, conclusie, reden)


def _beslis_voor(situatie: _Situatie) -> Besluit:
    """Walks the steps until one decides; then adds jikp as a kenmerk and what follows."""
    beslist, gronden, kenmerken = _doorloop(situatie)
    if beslist.doelgroep not in ZELF_JIKP and (grond := situatie.jikp):
        kenmerken = (*kenmerken, Kenmerk.JIKP)
        gronden = (*gronden, partial(zin.jikp_als_kenmerk, situatie.op, grond))
    vervolg = _vervolg(beslist, kenmerken, verlaat_school=situatie.verlaat_school)
    gaat_naar = partial(zin.vervolg, situatie.op, beslist.doelgroep, vervolg.route, vervolg.fase, vervolg.stap)
    return Besluit(
        situatie.op,
        beslist.doelgroep,
        beslist.reden,
        kenmerken,
        situatie.feiten.onbekend,
        vervolg,
        Gronden(beslist.conclusie, *gronden, gaat_naar),
    )


def _doorloop(situatie: _Situatie) -> tuple[_Beslist, tuple[Grond, ...], tuple[Kenmerk, ...]]:
    """What decided, with the grounds and kenmerken of all steps up to and including that one."""
    gronden: tuple[Grond, ...] = ()
    kenmerken: tuple[Kenmerk, ...] = ()
    for stap in STAPPEN:
        bevinding = stap(situatie)
        if bevinding is NIETS:
            continue
        gronden += bevinding.gronden
        kenmerken += bevinding.kenmerken
        if isinstance(bevinding, _Beslist):
            return bevinding, gronden, kenmerken
    uitval, gevonden = _uitval(situatie)
    slot = _na_uitval(situatie, uitval, teldatum_na(uitval))
    return slot, gronden + gevonden.gronden + slot.gronden, kenmerken + gevonden.kenmerken + slot.kenmerken


def _in_leven_en_in_nederland(situatie: _Situatie) -> _Bevinding:
    """Step 0: who died or departed belongs to no doelgroep."""
    op, feiten = situatie.op, situatie.feiten
    if feiten.overleden_op is not None and feiten.overleden_op <= op:
        return _geen(Reden.OVERLEDEN, partial(zin.overleden, op, feiten.overleden_op))
    if feiten.vertrokken_op is not None and feiten.vertrokken_op <= op:
        return _geen(Reden.VERTROKKEN, partial(zin.vertrokken, op, feiten.vertrokken_op))
    return NIETS


def _leeftijd(situatie: _Situatie) -> _Bevinding:
    """Step 1: from 18 up to the upper limit, which is the higher of the law's and the region's."""
    op, leeftijd = situatie.op, situatie.leeftijd
    onder = situatie.grenzen.doelgroep_ondergrens.op(op)
    wettelijk = situatie.grenzen.doelgroep_bovengrens.op(op)
    boven = max(wettelijk.waarde, situatie.feiten.regio.bovengrens or 0)
    if leeftijd < onder.waarde:
        return _geen(Reden.ONDER_18, partial(zin.te_jong, op, leeftijd, onder))
    if leeftijd >= boven:
        return _geen(Reden.BOVENGRENS, partial(zin.te_oud, op, leeftijd, boven, wettelijk))
    if leeftijd >= wettelijk.waarde:
        grond = partial(zin.bovenwettelijk, op, leeftijd, boven, wettelijk)
        return _Verder(gronden=(grond,), kenmerken=(Kenmerk.BOVENWETTELIJK,))
    return _Verder(gronden=(partial(zin.leeftijd_past, op, leeftijd, onder.waarde, boven, wettelijk),))


def _startkwalificatie(situatie: _Situatie) -> _Bevinding:
    """Step 2: who holds a startkwalificatie belongs to no doelgroep."""
    op, feiten = situatie.op, situatie.feiten
    houdt = startkwalificatie_op(
        op,
        diplomas=feiten.diplomas or (),
        vastgesteld=feiten.startkwalificatie_vastgesteld,
        grenzen=situatie.grenzen,
    )
    if houdt is not None:
        return _geen(Reden.STARTKWALIFICATIE, partial(zin.startkwalificatie, op, houdt))
    return _Verder(gronden=(partial(zin.geen_startkwalificatie, op, feiten.diplomas),))


def _ingeschreven(situatie: _Situatie) -> _Bevinding:
    """Step 3: enrolled. Both flags count only here; of several running enrolments the last begun decides."""
    op, feiten, lopend = situatie.op, situatie.feiten, situatie.onderwijs.lopend
    if lopend is None:
        return NIETS
    if feiten.verzuimmelding:
        ook = (Kenmerk.VOORGENOMEN_UITSCHRIJVING,) if situatie.verlaat_school else ()
        conclusie = partial(zin.verzuim, op, lopend, vertrekt=situatie.verlaat_school)
        return _Beslist(Doelgroep.VERZUIM_18_PLUS, conclusie, kenmerken=ook)
    grond = situatie.jikp
    if situatie.verlaat_school:
        if lopend.pro_of_vso and grond is not None:
            return _Beslist(Doelgroep.JIKP, partial(zin.jikp, op, grond))
        return _Beslist(Doelgroep.DREIGEND_VSV, partial(zin.verlaat_school, op, lopend))
    if grond is not None:
        return _Beslist(Doelgroep.JIKP, partial(zin.jikp, op, grond))
    return _geen(Reden.INGESCHREVEN, partial(zin.ingeschreven, op, lopend))


def _uitval(situatie: _Situatie) -> tuple[date, _Verder]:
    """The last day of education; where no enrolment ever began the kenmerk says so."""
    op, laatste = situatie.op, situatie.onderwijs.laatste
    if laatste is not None and laatste.tot is not None:
        return laatste.tot, _Verder((partial(zin.uitval, op, laatste, laatste.tot),))
    uitval = wordt(situatie.geboren, situatie.grenzen.doelgroep_ondergrens.op(op).waarde)
    sinds = situatie.feiten.in_nederland_sinds
    komst = sinds if sinds is not None and uitval < sinds <= op else None
    bekend = situatie.feiten.inschrijvingen is not None
    grond = partial(zin.loopbaan_onbekend, op, komst or uitval, komst=komst is not None, bekend=bekend)
    return komst or uitval, _Verder((grond,), (Kenmerk.LOOPBAAN_ONBEKEND,))


def _na_uitval(situatie: _Situatie, uitval: date, teldatum: date) -> _Beslist:
    """Step 4: not enrolled. Where one stands depends on how long ago uitval was, and on work (a to d)."""
    op = situatie.op
    overstap = _overstap(situatie, teldatum)
    if overstap is not None:
        return _geen(Reden.OVERSTAP, partial(zin.overstap, op, overstap, teldatum))
    if op < teldatum:
        return _Beslist(Doelgroep.DREIGEND_VSV, partial(zin.dreigend, op, teldatum))
    werkt_nu = situatie.werkt_op(op)
    if op > _laatste_dag_nieuw(uitval, teldatum):
        if werkt_nu:
            return _werkend(situatie, partial(zin.werkt, op, sinds_teldatum=None))
        return _Beslist(Doelgroep.OUD_VSV, partial(zin.oud, op, uitval, baan_telt=situatie.feiten.regio.baan_telt))
    werkte_toen = situatie.werkt_op(teldatum)
    if werkt_nu and werkte_toen:
        return _werkend(situatie, partial(zin.werkt, op, sinds_teldatum=teldatum))
    verloren = (Kenmerk.WERK_VERLOREN,) if werkte_toen else ()
    baan_telt = situatie.feiten.regio.baan_telt
    grond = partial(zin.werk_rond_teldatum, op, werkte_toen=werkte_toen, werkt_nu=werkt_nu, baan_telt=baan_telt)
    return _Beslist(Doelgroep.NIEUWE_VSV, partial(zin.nieuw, op, teldatum), gronden=(grond,), kenmerken=verloren)


def _overstap(situatie: _Situatie, teldatum: date) -> Inschrijving | None:
    """The first enrolment that begins after the peildatum and in time for the teldatum."""
    alle = situatie.feiten.inschrijvingen or ()
    komend = [inschrijving for inschrijving in alle if situatie.op < inschrijving.van <= teldatum]
    return min(komend, key=lambda inschrijving: (inschrijving.van, inschrijving.naam), default=None)


@lru_cache(maxsize=4096)
def _laatste_dag_nieuw(uitval: date, teldatum: date) -> date:
    """The last day on which somebody is a nieuwe vsv'er: end of that schooljaar, or a year after uitval."""
    return max(Schooljaar.van(teldatum).einde, jaren_later(uitval, 1))


def _werkend(situatie: _Situatie, grond: Grond) -> _Beslist:
    """Step 5: at work. Still in view where jikp holds."""
    kwetsbaar = situatie.jikp
    if kwetsbaar is None:
        return _geen(Reden.WERK, grond)
    return _Beslist(Doelgroep.JIKP, partial(zin.jikp, situatie.op, kwetsbaar), gronden=(grond,))


# Steps 0 to 3; who comes through all of them is not enrolled, and step 4 always decides.
STAPPEN: tuple[Callable[[_Situatie], _Bevinding], ...] = (
    _in_leven_en_in_nederland,
    _leeftijd,
    _startkwalificatie,
    _ingeschreven,
)


IN_ACTIE = Vervolg("doorstroompunt", 2, 4)
EERST_UITZOEKEN = Vervolg("doorstroompunt", 1, 2)
IN_BEELD_HOUDEN = Vervolg("jikp-volgen", 1, 3)
TERUGKOPPELEN = Vervolg("doorstroompunt", 5, 12)
VERVOLG_GEEN: dict[Reden | None, Vervolg] = {
    Reden.ONDER_18: Vervolg("leerplicht", 1, 1),
    Reden.WERK: Vervolg("volgen", 1, 3),
}


def _vervolg(beslist: _Beslist, kenmerken: tuple[Kenmerk, ...], *, verlaat_school: bool) -> Vervolg:
    """Where the werkproces goes on (004, stap 3)."""
    match beslist.doelgroep:
        case Doelgroep.GEEN:
            return VERVOLG_GEEN.get(beslist.reden, TERUGKOPPELEN)
        case Doelgroep.VERZUIM_18_PLUS:
            return Vervolg("mas-18-plus", 2, 4)
        case Doelgroep.JIKP:
            return IN_ACTIE if verlaat_school else IN_BEELD_HOUDEN
        case Doelgroep.DREIGEND_VSV | Doelgroep.NIEUWE_VSV | Doelgroep.OUD_VSV:
            return EERST_UITZOEKEN if Kenmerk.LOOPBAAN_ONBEKEND in kenmerken else IN_ACTIE
