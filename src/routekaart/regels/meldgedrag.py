"""What a school should have reported, what it did report, and how fast: the net of one person, seen per school.

Each occasion (`Aanleiding`) is one of four kinds. `uitschrijving`: written off without startkwalificatie and without
a next school. `verzuim`: absence that the school itself reported. `afwezig`: a long absence that somebody else
reported and the school did not. `overig`: a report of the school that no occasion of ours belongs to; it is counted as
received and never as expected. What is not known stays None: unknown is not zero.

Source: 002 par. 1.2 (controle op volledigheid), par. 2.1 (Heerlen) and par. 2.5 (Achterhoek); MEL-18, MEL-21, MEL-33.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen.feiten import Kader, Persoon, Schoolinschrijving
from routekaart.regels.signalen.overgang import AFGEROND
from routekaart.regels.signalen.plicht import EEN_MAAND_OF_LANGER
from routekaart.regels.werkdagen import Kalender, verschil

DEFINITIE = "1"  # goes up when a number would come out otherwise
GELDIG_VANAF = date(2026, 11, 1)
DAG = timedelta(days=1)
UUR = 60
LUXE = "luxe"
ZOMER_BEGIN, ZOMER_EINDE = (6, 1), (9, 30)


class Soort(StrEnum):
    """What the occasion is."""

    UITSCHRIJVING = "uitschrijving"
    VERZUIM = "verzuim"
    AFWEZIG = "afwezig"
    OVERIG = "overig"


class Stand(StrEnum):
    """How it stands: reported, not reported, or too early to say."""

    GEMELD = "gemeld"
    ONTBREEKT = "ontbreekt"
    LOOPT = "loopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verzuimdag:
    """Absence on one day; `minuten` None where the school gave no hours (`hele_dag`)."""

    datum: date
    minuten: int | None = None
    hele_dag: bool = False
    geoorloofd: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Melding:
    """One report. `zelf`: the school itself reported it, through DUO or directly; `binnen`: the day it reached us."""

    sleutel: int
    soort: str
    verzuim: bool
    binnen: date
    school: int | None = None
    zelf: bool = True
    van: date | None = None
    tot: date | None = None
    alle_lessen: bool | None = None
    ingetrokken: bool = False
    dagen: tuple[Verzuimdag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanleiding:
    """One occasion at one school. `sinds` places it in a schooljaar; `werkdagen` lie between `telt_vanaf` and the day
    of the report, None where there is no report or where we do not know when it began.
    """

    soort: Soort
    school: int
    sinds: date
    stand: Stand
    telt_vanaf: date | None = None
    melding: int | None = None
    gemeld_op: date | None = None
    werkdagen: int | None = None
    op_tijd: bool | None = None

    @property
    def schooljaar(self) -> Schooljaar:
        return Schooljaar.van(self.sinds)

    @property
    def verwacht(self) -> bool:
        """Whether it counts as a report that should be there."""
        return self.soort is not Soort.OVERIG and self.stand is not Stand.LOOPT


def hoofd(brin: str) -> str:
    """The school that a BRIN belongs to: the first four positions; the other two are a location of it."""
    return brin[:4]


def aanleidingen(
    persoon: Persoon, meldingen: Sequence[Melding], kader: Kader, *, brins: Mapping[int, str]
) -> list[Aanleiding]:
    """Everything that schools should have reported or did report about one person, as known on the day of the frame.

    `brins`: the BRIN per school. What one location reports, the other location of that school need not report.
    """
    bekend = [een for een in meldingen if not een.ingetrokken and een.binnen <= kader.op]
    eigen = [een for een in bekend if een.zelf and een.school is not None]
    gevonden = [verzuim for een in eigen if een.verzuim and (verzuim := bij_verzuim(een, kader)) is not None]
    uit = _uitschrijvingen(persoon, eigen, kader, brins)
    gevonden += uit
    gevonden += _afwezig(persoon, [een for een in bekend if not een.zelf], eigen, kader, brins)
    gebruikt = {een.melding for een in uit}
    for een in eigen:
        if not een.verzuim and een.sleutel not in gebruikt:
            gevonden.append(los(een))
    return sorted(gevonden, key=lambda een: (een.sinds, een.soort.value, een.school, een.melding or 0))


def los(melding: Melding) -> Aanleiding:
    """A report of the school that stands by itself: received, not expected."""
    return Aanleiding(
        soort=Soort.OVERIG, school=melding.school or 0, sinds=melding.binnen, stand=Stand.GEMELD,
        melding=melding.sleutel, gemeld_op=melding.binnen,
    )  # fmt: skip


def bij_verzuim(melding: Melding, kader: Kader) -> Aanleiding | None:
    """The absence that this school reported: from the first day, or from the day that the norm was reached (MEL-18)."""
    if melding.school is None:
        return None
    dagen = [dag for dag in melding.dagen if not dag.geoorloofd and (dag.minuten or dag.hele_dag)]
    eerste = min((dag.datum for dag in dagen), default=melding.van)
    vanaf = eerste
    if eerste is not None and melding.soort != LUXE:
        bereikt = norm_bereikt(
            dagen, uren=kader.norm("verzuim_uren"), weken=kader.norm("verzuim_weken"),
            hele_dag=kader.norm("verzuim_uren_hele_dag"), kalender=kader.kalender,
        )  # fmt: skip
        vanaf = bereikt or eerste
    return _gemeld(
        Soort.VERZUIM, melding.school, melding, kader, sinds=min(eerste or melding.binnen, melding.binnen), vanaf=vanaf
    )


def norm_bereikt(
    dagen: Iterable[Verzuimdag], *, uren: int, weken: int, hele_dag: int, kalender: Kalender
) -> date | None:
    """The first day on which the absence of so many lesweken in a row adds up to the norm; None where it never does.

    A week without any school day (a vacation) is no lesweek and does not count. A whole day without hours counts as
    `hele_dag` hours.
    """
    minuten: Counter[date] = Counter()
    for dag in dagen:
        minuten[dag.datum] += dag.minuten if dag.minuten is not None else hele_dag * UUR if dag.hele_dag else 0
    if not minuten:
        return None
    week = _lesweken(min(minuten), max(minuten), minuten, kalender)
    for tot in sorted(minuten):
        nummer = week[_maandag(tot)]
        som = sum(n for datum, n in minuten.items() if datum <= tot and week[_maandag(datum)] > nummer - weken)
        if som >= uren * UUR:
            return tot
    return None


def _maandag(dag: date) -> date:
    return dag - timedelta(days=dag.weekday())


def _lesweken(van: date, tot: date, minuten: Mapping[date, int], kalender: Kalender) -> dict[date, int]:
    """Monday → number of the lesweek; a week with absence in it is always one."""
    met_verzuim = {_maandag(dag) for dag in minuten}
    nummers: dict[date, int] = {}
    maandag, nummer = _maandag(van), 0
    while maandag <= tot:
        if maandag in met_verzuim or any(kalender.is_schooldag(maandag + n * DAG) for n in range(5)):
            nummer += 1
        nummers[maandag] = nummer
        maandag += timedelta(days=7)
    return nummers


def besluitdag(tot: date, termijn: int) -> date:
    """The last day on which a next school may begin so that leaving on `tot` was no early leaving.

    Who leaves in the summer has until 1 October; otherwise `termijn` days.
    """
    grens = tot + timedelta(days=termijn)
    if _in_zomer(tot):
        return max(grens, date(tot.year, 10, 1))
    return grens


def _in_zomer(dag: date) -> bool:
    return ZOMER_BEGIN <= (dag.month, dag.day) <= ZOMER_EINDE


def _van(school: int, eigen: Sequence[Melding], brins: Mapping[int, str]) -> list[Melding]:
    """The reports of this school, at any of its locations."""
    return [
        een
        for een in eigen
        if een.school == school or hoofd(brins.get(een.school or 0, "?")) == hoofd(brins.get(school, "??"))
    ]


def _uitschrijvingen(
    persoon: Persoon, eigen: Sequence[Melding], kader: Kader, brins: Mapping[int, str]
) -> list[Aanleiding]:
    per: dict[tuple[int, date], Aanleiding] = {}
    for een in persoon.inschrijvingen:
        if een.tot is None or een.tot >= kader.op or (een.school, een.tot) in per:
            continue
        if _is_uitval(persoon, een, een.tot, kader):
            per[een.school, een.tot] = _uitschrijving(een, een.tot, _van(een.school, eigen, brins), kader)
    return list(per.values())


def _is_uitval(persoon: Persoon, weg: Schoolinschrijving, tot: date, kader: Kader) -> bool:
    """Left too early: of the age, resident, not freed, no startkwalificatie or end of pro or vso, no next school."""
    grens = besluitdag(tot, kader.norm("signaal_meldtermijn_dagen"))
    dan = min(grens, kader.op)
    begin = kader.grenzen.leerplicht_begin.op(tot).waarde
    einde = max(kader.grenzen.doelgroep_bovengrens.op(tot).waarde, kader.regio.bovengrens or 0)
    if not persoon.is_inwoner(dan) or persoon.vrijgesteld(tot + DAG):
        return False
    if persoon.jonger_dan_op(begin, tot) or not persoon.jonger_dan_op(einde, tot):
        return False
    if kader.heeft_startkwalificatie(persoon, dan):
        return False
    if any(diploma.soort in AFGEROND and diploma.behaald_op <= dan for diploma in persoon.diplomas):
        return False
    return not any(
        ander is not weg and ander.van <= grens and (ander.tot is None or ander.tot > tot)
        for ander in persoon.inschrijvingen
    )


def _uitschrijving(weg: Schoolinschrijving, tot: date, eigen: Sequence[Melding], kader: Kader) -> Aanleiding:
    vooraf = tot - timedelta(days=kader.norm("signaal_melding_vooraf_dagen"))
    laatst = tot + timedelta(days=kader.norm("signaal_uitschrijving_dagen"))
    passend = [een for een in eigen if vooraf <= een.binnen <= laatst]
    vanaf = date(tot.year, 10, 1) if _in_zomer(tot) else tot
    if passend:
        eerste = min(passend, key=lambda een: (een.binnen, een.sleutel))
        return _gemeld(Soort.UITSCHRIJVING, weg.school, eerste, kader, sinds=tot, vanaf=vanaf)
    loopt = besluitdag(tot, kader.norm("signaal_meldtermijn_dagen")) >= kader.op
    stand = Stand.LOOPT if loopt else Stand.ONTBREEKT
    return Aanleiding(soort=Soort.UITSCHRIJVING, school=weg.school, sinds=tot, stand=stand, telt_vanaf=vanaf)


def _afwezig(
    persoon: Persoon, anderen: Sequence[Melding], eigen: Sequence[Melding], kader: Kader, brins: Mapping[int, str]
) -> list[Aanleiding]:
    """Long absences that only somebody else reported, at each school where the person was enrolled."""
    per: dict[tuple[int, date], Aanleiding] = {}
    lang = timedelta(days=kader.norm("signaal_thuiszitter_dagen"))
    for een in anderen:
        if een.van is None or not een.verzuim or not _is_lang(een, lang):
            continue
        bereikt = een.van + lang
        if bereikt >= kader.op:
            continue
        vooraf = een.van - timedelta(days=kader.norm("signaal_melding_vooraf_dagen"))
        for school in persoon.lopend(bereikt):
            gemeld = any(vooraf <= zelf.binnen for zelf in _van(school.school, eigen, brins))
            if school.van <= een.van and not gemeld:
                per[school.school, een.van] = Aanleiding(
                    soort=Soort.AFWEZIG, school=school.school, sinds=een.van, stand=Stand.ONTBREEKT, telt_vanaf=bereikt
                )
    return list(per.values())


def _is_lang(melding: Melding, lang: timedelta) -> bool:
    """Whether the report speaks of being away wholly, for so long, and not only with leave."""
    if melding.dagen and all(dag.geoorloofd for dag in melding.dagen):
        return False
    if melding.soort == EEN_MAAND_OF_LANGER:
        return True
    tot = melding.tot or melding.binnen
    return melding.alle_lessen is True and melding.van is not None and tot - melding.van >= lang


def _gemeld(
    soort: Soort, school: int, melding: Melding, kader: Kader, *, sinds: date, vanaf: date | None
) -> Aanleiding:
    dagen = None
    if vanaf is not None:
        dagen = max(0, verschil(vanaf, melding.binnen, kalender=kader.kalender)) if vanaf < melding.binnen else 0
    return Aanleiding(
        soort=soort,
        school=school,
        sinds=sinds,
        stand=Stand.GEMELD,
        telt_vanaf=vanaf,
        melding=melding.sleutel,
        gemeld_op=melding.binnen,
        werkdagen=dagen,
        op_tijd=None if dagen is None else dagen <= kader.norm("meldgedrag_werkdagen"),
    )


# -- counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Vak:
    """Equal occasions, counted: what a GROUP BY gives."""

    soort: str
    stand: str
    aantal: int
    werkdagen: int | None = None
    op_tijd: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cijfers:
    """The numbers of one school over one schooljaar. None is unknown.

    `bekend`: whether we know who is enrolled at this school at all; without that nothing can be missed.
    """

    gemeld: int
    zonder: int
    loopt: int
    ontvangen: int
    met_dagen: int
    op_tijd: int
    mediaan: float | None
    bekend: bool = True

    @property
    def verwacht(self) -> int:
        return self.gemeld + self.zonder

    @property
    def te_laat(self) -> int:
        return self.met_dagen - self.op_tijd

    @property
    def gemist(self) -> int | None:
        """What we miss; None where we do not know who is enrolled, for that is no zero."""
        return self.zonder if self.bekend else None


def tel(vakken: Iterable[Vak], *, ontvangen: int, bekend: bool = True) -> Cijfers:
    """Adds up the cells of one school and schooljaar."""
    stand: Counter[str] = Counter()
    dagen: Counter[int] = Counter()
    op_tijd = 0
    for vak in vakken:
        if vak.soort == Soort.OVERIG:
            continue
        stand[vak.stand] += vak.aantal
        if vak.stand == Stand.GEMELD and vak.werkdagen is not None:
            dagen[vak.werkdagen] += vak.aantal
            op_tijd += vak.aantal if vak.op_tijd else 0
    return Cijfers(
        gemeld=stand[Stand.GEMELD],
        zonder=stand[Stand.ONTBREEKT],
        loopt=stand[Stand.LOOPT],
        ontvangen=ontvangen,
        met_dagen=dagen.total(),
        op_tijd=op_tijd,
        mediaan=mediaan(dagen),
        bekend=bekend,
    )


def mediaan(dagen: Mapping[int, int]) -> float | None:
    """The middle one of counted values; between the two middle ones where their number is even. None for nothing."""
    totaal = sum(dagen.values())
    if not totaal:
        return None
    rij = sorted(dagen.items())
    return (_nummer(rij, (totaal - 1) // 2) + _nummer(rij, totaal // 2)) / 2


def _nummer(rij: Sequence[tuple[int, int]], plaats: int) -> int:
    """The value at this place (from 0) when every value stands there as often as it was counted."""
    for waarde, aantal in rij:
        if plaats < aantal:
            return waarde
        plaats -= aantal
    raise IndexError(plaats)
