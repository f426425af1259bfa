"""The search for contact beside the protocol of the region: which step is now, what was tried when, what to try next.

Pure: attempts and today come in, a picture of the search goes out. A protocol proposes; the coach may deviate
(CON-01). Source: 000 §2.1 and §4.2; CL-08.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from routekaart.inhoud.protocollen import Protocol, Protocolstap
from routekaart.regels.werkdagen import TERMIJNENWET, tel_op

DAGDELEN = ("ochtend", "middag", "avond")
BEGIN_MIDDAG, BEGIN_AVOND = 12, 18
# the moment that is proposed in each part of the day, and on a Saturday
PROPOSITIE = {"ochtend": dt.time(10, 0), "middag": dt.time(14, 0), "avond": dt.time(19, 0)}
ZATERDAG, OP_ZATERDAG = 5, dt.time(11, 0)
HUISBEZOEKEN = frozenset({"huisbezoek", "huisbezoek-onaangekondigd"})
# days ahead: a visit is announced first, a call can be made on the next working day
VOORAF = {"huisbezoek": 7, "brief": 0}
# a day on which nothing was sent or rung: only what happens in person or live says when somebody is in
ZONDER_MOMENT = frozenset({"brief", "e-mail"})
HERHAALD = "Herhaald huisbezoek"
# who is at home; a talk with somebody else is no search for the jongere, unless the step asks it
THUIS = frozenset({"jongere", "verzorger"})

type Stand = Literal["klaar", "nu", "open", "niet-nodig"]


@dataclass(frozen=True, slots=True)
class Poging:
    """One attempt or talk, in local time. `stap` is the step of the protocol it was recorded at, where known."""

    moment: dt.datetime
    kanaal: str
    resultaat: str
    met: str = "jongere"
    stap: int | None = None
    brief: bool = False
    sleutel: str = ""

    @property
    def gelukt(self) -> bool:
        return self.resultaat == "contact"

    @property
    def dagdeel(self) -> str:
        return dagdeel(self.moment)


@dataclass(frozen=True, slots=True)
class Stap:
    """One step of the protocol with what was done in it."""

    nummer: int
    titel: str
    uitleg: str
    stand: Stand
    pogingen: tuple[Poging, ...] = ()
    kanalen: tuple[str, ...] = ()
    sluit: bool = False


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What to try next and why then."""

    kanaal: str
    moment: dt.datetime
    reden: str


@dataclass(frozen=True, slots=True)
class Zoektocht:
    """The search since the last time there was contact. `contact` is set as long as there is contact."""

    protocol: Protocol
    stappen: tuple[Stap, ...]
    pogingen: tuple[Poging, ...]
    contact: Poging | None
    huisbezoeken: int
    voorstel: Voorstel | None

    @property
    def nu(self) -> Stap | None:
        return next((stap for stap in self.stappen if stap.stand == "nu"), None)

    @property
    def nog_huisbezoeken(self) -> int:
        """How many visits are still needed before closing without contact (CON-12)."""
        return max(0, self.protocol.min_huisbezoeken - self.huisbezoeken)

    @property
    def raster(self) -> list[tuple[str, list[int]]]:
        """Attempts that say when somebody was looked for, by part of day and weekday."""
        telling = _telling(self.pogingen)
        return [(deel, [telling[deel, dag] for dag in range(7)]) for deel in DAGDELEN]


def dagdeel(moment: dt.datetime) -> str:
    """The part of the day of a local moment."""
    if moment.hour < BEGIN_MIDDAG:
        return "ochtend"
    return "middag" if moment.hour < BEGIN_AVOND else "avond"


def zoektocht(protocol: Protocol, momenten: Iterable[Poging], *, vandaag: dt.date) -> Zoektocht:
    """How the search stands on this day. Only attempts after the last contact with the jongere count."""
    alle = sorted(momenten, key=lambda poging: poging.moment)
    laatste = next((poging for poging in reversed(alle) if poging.gelukt and poging.met == "jongere"), None)
    sinds = tuple(
        poging
        for poging in alle
        if not (poging.gelukt and poging.met == "jongere") and (laatste is None or poging.moment > laatste.moment)
    )
    zoekend = any(poging.met == "jongere" for poging in sinds)
    contact = laatste if laatste is not None and not zoekend else None
    stappen = _stappen(_protocolstappen(protocol), sinds if contact is None else (), zoekt=contact is None)
    bezoeken = sum(1 for poging in sinds if poging.kanaal in HUISBEZOEKEN)
    nu = next((stap for stap in stappen if stap.stand == "nu"), None)
    return Zoektocht(
        protocol=protocol,
        stappen=stappen,
        pogingen=tuple(poging for poging in sinds if poging.met == "jongere"),
        contact=contact,
        huisbezoeken=bezoeken,
        voorstel=_voorstel(nu, sinds, vandaag=vandaag) if nu is not None and not nu.sluit else None,
    )


def stap_voor(protocol: Protocol, kanaal: str, *, nu: int | None) -> int | None:
    """The step an attempt through this channel belongs to: the present one, else the first that has the channel."""
    stappen = _protocolstappen(protocol)
    huidig = next((stap for stap in stappen if stap.nummer == nu), None)
    if huidig is not None and kanaal in huidig.kanalen:
        return huidig.nummer
    return next((stap.nummer for stap in stappen if kanaal in stap.kanalen), nu)


def _protocolstappen(protocol: Protocol) -> Sequence[Protocolstap]:
    """The steps, with repeated visits added before closing where the protocol has fewer than are needed."""
    eigen = list(protocol.stappen)
    bezoeken = sum(stap.pogingen for stap in eigen if HUISBEZOEKEN.intersection(stap.kanalen) and not stap.na_resultaat)
    tekort = protocol.min_huisbezoeken - bezoeken
    if tekort <= 0:
        return eigen
    plaats = next((nummer for nummer, stap in enumerate(eigen) if stap.sluit), len(eigen))
    herhaald = replace(
        eigen[0],
        titel=HERHAALD,
        uitleg="Ga nog een keer langs, op een ander moment. Nodig voordat je afsluit zonder contact.",
        kanalen=("huisbezoek", "huisbezoek-onaangekondigd"),
        aan=("jongere",),
        na_dagen=0,
        na_resultaat=(),
        brieven=("niet-thuis",),
        pogingen=tekort,
        ander_dagdeel=True,
        verzorger_alleen_thuiswonend=False,
    )
    samen = [*eigen[:plaats], herhaald, *eigen[plaats:]]
    return [replace(stap, nummer=nummer) for nummer, stap in enumerate(samen, start=1)]


def _stappen(protocolstappen: Sequence[Protocolstap], pogingen: Sequence[Poging], *, zoekt: bool) -> tuple[Stap, ...]:
    per_stap = _verdeel(protocolstappen, pogingen)
    verste = max((nummer for nummer, gedaan in per_stap.items() if gedaan), default=0)
    stappen: list[Stap] = []
    nu_gevonden = not zoekt
    for stap in protocolstappen:
        gedaan = per_stap[stap.nummer]
        if stap.na_resultaat:
            stand = _stand_na_resultaat(stap, pogingen)
        elif not stap.sluit and (len(gedaan) >= stap.pogingen or stap.nummer < verste):
            stand = "klaar"
        else:
            stand = "open"
        if stand == "open" and not nu_gevonden:
            stand, nu_gevonden = "nu", True
        stappen.append(Stap(stap.nummer, stap.titel, stap.uitleg, stand, tuple(gedaan), stap.kanalen, stap.sluit))
    return tuple(stappen)


def _stand_na_resultaat(stap: Protocolstap, pogingen: Sequence[Poging]) -> Stand:
    """A step that only follows on certain results: done by a letter left behind, not needed after anything else."""
    bezoeken = [poging for poging in pogingen if poging.kanaal in stap.kanalen]
    if any(poging.resultaat in stap.na_resultaat and poging.brief for poging in bezoeken):
        return "klaar"
    if bezoeken and bezoeken[-1].resultaat not in stap.na_resultaat:
        return "niet-nodig"
    return "open"


def _verdeel(protocolstappen: Sequence[Protocolstap], pogingen: Sequence[Poging]) -> dict[int, list[Poging]]:
    """Each attempt at its step: the recorded one, else the first step not yet full that has its channel. A talk about
    the jongere with a school is no attempt to reach the jongere.
    """
    verdeeld: dict[int, list[Poging]] = {stap.nummer: [] for stap in protocolstappen}
    stappen = [stap for stap in protocolstappen if not stap.na_resultaat and not stap.sluit]
    for poging in pogingen:
        gewoon = [stap for stap in stappen if poging.met in THUIS or poging.met in stap.aan]
        if poging.stap in verdeeld and any(stap.nummer == poging.stap for stap in gewoon):
            verdeeld[poging.stap].append(poging)
            continue
        passend = [stap for stap in gewoon if poging.kanaal in stap.kanalen]
        passend = passend or [stap for stap in gewoon if poging.met in stap.aan[1:]]
        vrij = next((s for s in passend if len(verdeeld[s.nummer]) < s.pogingen), passend[-1] if passend else None)
        if vrij is not None:
            verdeeld[vrij.nummer].append(poging)
    return verdeeld


def _telling(pogingen: Iterable[Poging]) -> Counter[tuple[str, int]]:
    live = (poging for poging in pogingen if poging.kanaal not in ZONDER_MOMENT)
    return Counter((poging.dagdeel, poging.moment.weekday()) for poging in live)


def _voorstel(nu: Stap, pogingen: Sequence[Poging], *, vandaag: dt.date) -> Voorstel:
    """Another part of the day than before, on a weekday not tried yet (CON-07)."""
    kanaal = nu.kanalen[0]
    if kanaal in ZONDER_MOMENT:
        morgen = tel_op(vandaag, 1)
        return Voorstel(kanaal, dt.datetime.combine(morgen, PROPOSITIE["ochtend"]), nu.uitleg)
    telling = _telling(poging for poging in pogingen if poging.met == "jongere")
    per_deel: Counter[str] = Counter()
    for (deel, _), aantal in telling.items():
        per_deel[deel] += aantal
    # the evening first among equals: most people are at home then
    deel = min(("avond", "middag", "ochtend"), key=lambda naam: per_deel[naam]) if telling else "middag"
    vroegst = max(vandaag + dt.timedelta(days=VOORAF.get(kanaal, 1)), tel_op(vandaag, 1))
    geprobeerd = {dag for gekozen, dag in telling if gekozen == deel}
    if per_deel[deel] and deel == "avond" and not any(dag >= ZATERDAG for _, dag in telling):
        zaterdag = vroegst + dt.timedelta(days=(ZATERDAG - vroegst.weekday()) % 7)
        return Voorstel(kanaal, dt.datetime.combine(zaterdag, OP_ZATERDAG), _reden(telling, "zaterdag"))
    return Voorstel(
        kanaal, dt.datetime.combine(_vrije_dag(vroegst, geprobeerd), PROPOSITIE[deel]), _reden(telling, deel)
    )


def _vrije_dag(vroegst: dt.date, geprobeerd: Collection[int]) -> dt.date:
    """The first working day from then on a weekday that was not tried in that part of the day."""
    dagen = [tel_op(vroegst - dt.timedelta(days=1), nummer) for nummer in range(1, 8)]
    werkdagen = [dag for dag in dagen if TERMIJNENWET.is_werkdag(dag)]
    return next((dag for dag in werkdagen if dag.weekday() not in geprobeerd), werkdagen[0])


def _reden(telling: Counter[tuple[str, int]], deel: str) -> str:
    aantal = sum(telling.values())
    if not aantal:
        return "Dit is de eerste poging."
    doordeweeks = all(dag < ZATERDAG for _, dag in telling)
    geen_avond = all(gekozen != "avond" for gekozen, _ in telling)
    hoeveel = "De eerste poging was" if aantal == 1 else "Alle pogingen waren"
    if geen_avond and doordeweeks:
        return f"{hoeveel} overdag en doordeweeks."
    if doordeweeks:
        return f"{hoeveel} doordeweeks."
    if geen_avond:
        return f"{hoeveel} overdag."
    return (
        f"Op {deel} probeerde je het nog weinig."
        if deel == "zaterdag"
        else f"In de {deel} probeerde je het nog weinig."
    )
