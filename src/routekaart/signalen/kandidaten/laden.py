"""From rows to the facts that the rules read: candidates stream in, their facts come along in chunks."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from django.db.models import BigAutoField, BooleanField, Case, ForeignKey, QuerySet, Value, When
from django.utils import timezone

from routekaart.basis.models import Gemeente
from routekaart.basis.sleutels import InRij, Sleutels, op_sleutel
from routekaart.dossiers.models import Contactmoment, Werkproces
from routekaart.loopbaan.models import (
    Diploma,
    Inlichting,
    Inschrijving,
    Instelling,
    Uitstroom,
    Vaststelling,
    Vrijstelling,
    Werk,
)
from routekaart.meldingen.doelgroep import verzuimsoorten
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.personen.models import Jongere
from routekaart.regels import loopbaan as regel
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.signalen import feiten
from routekaart.regels.woonplaats import Woonplaats
from routekaart.signalen.kandidaten.bouwstenen import REDEN
from routekaart.signalen.kandidaten.verleden import gemeenten_op_naam, woonplaatsen_op
from routekaart.toegang.models import SoortWerk

ForeignKey.register_lookup(InRij)
BigAutoField.register_lookup(InRij)

PER_KEER = 4000
ZOVEEL_GELIJK = 32_768  # facts that are remembered: many people share one, and none of them ever changes
KOLOMMEN = (
    "pk", "geboortedatum", "overleden_op", "vertrokken_op", "in_nederland_sinds", "in_gemeente_sinds", "gemeente_id",
    "soort_werk",
)  # fmt: skip
SINDS, GEMEENTE = KOLOMMEN.index("in_gemeente_sinds"), KOLOMMEN.index("gemeente_id")
ONBEKENDE_SCHOOL = "een school die we niet kennen"
ZONDER_ACTIE = frozenset({Melding.Oordeel.GEEN_ACTIE, Melding.Oordeel.ONTERECHT, Melding.Oordeel.OVERDRACHT})

type Rijen = list[tuple[Any, ...]]


class Kandidaat(NamedTuple):
    """One person with the facts that a rule asked for."""

    jongere_id: int
    gemeente_id: int
    soort_werk: str
    persoon: feiten.Persoon


@dataclass
class Naslag:
    """What is the same for everybody, read once per run: gemeenten and the names of schools. `woonde_op`: the day on
    which each lives where the history says; None for today, when she lives where her row says.
    """

    regio_id: int
    woonde_op: dt.date | None = None

    @cached_property
    def gemeenten(self) -> dict[int, tuple[str, str, bool]]:
        """Gemeente → code, name, whether it is in the region."""
        rijen = Gemeente.objects.values_list("pk", "code", "naam", "regio_id")
        return {pk: (code, naam, regio_id == self.regio_id) for pk, code, naam, regio_id in rijen}

    def gemeente_id(self, code: str) -> int:
        return self._op_code[code]

    @cached_property
    def _op_code(self) -> dict[str, int]:
        return {code: pk for pk, (code, _, _) in self.gemeenten.items()}

    @cached_property
    def op_naam(self) -> dict[str, int]:
        return gemeenten_op_naam()

    @cached_property
    def scholen(self) -> dict[int, str]:
        return dict(Instelling.objects.values_list("pk", "naam"))

    @cached_property
    def verzuimsoorten(self) -> frozenset[str]:
        return verzuimsoorten()

    @cached_property
    def inschrijving(self) -> Callable[[str, int, dt.date, dt.date | None, int], feiten.Schoolinschrijving]:
        """The enrolment of these columns; one and the same for all who have it."""
        scholen = self.scholen

        @lru_cache(maxsize=ZOVEEL_GELIJK)
        def bouw(soort: str, niveau: int, van: dt.date, tot: dt.date | None, school: int) -> feiten.Schoolinschrijving:
            return feiten.Schoolinschrijving(
                onderwijssoort=ONDERWIJSSOORTEN[soort],
                niveau=niveau or None,
                van=van,
                tot=tot,
                school=school,
                schoolnaam=scholen.get(school, ONBEKENDE_SCHOOL),
            )

        return bouw


def stroom(selecties: Sequence[QuerySet[Any]], nodig: frozenset[str], naslag: Naslag) -> Iterator[list[Kandidaat]]:
    """The candidates of these selections in chunks, each person once, with the facts named in `nodig`.

    First the keys of them all, in a plain query: PostgreSQL may spread that over its workers and plans it for the whole
    answer, which it does for no cursor. Then a handful of queries per chunk, never one per person.
    """
    sleutels = _sleutels(selecties)
    for begin in range(0, len(sleutels), PER_KEER):
        if gelezen := _stuk(sleutels[begin : begin + PER_KEER], nodig, naslag):
            yield gelezen


def _stuk(sleutels: array[int], nodig: frozenset[str], naslag: Naslag) -> list[Kandidaat]:
    deel = Sleutels.van(sleutels)
    with op_sleutel(len(sleutels)):
        rijen = Jongere.objects.alles(reden=REDEN).filter(pk__in_rij=deel).order_by("pk")
        gelezen = list(rijen.values_list(*KOLOMMEN))
        if naslag.woonde_op is not None:
            gelezen = _zoals_toen(gelezen, naslag.woonde_op, naslag.op_naam)
        return _met_feiten(gelezen, deel, nodig, naslag) if gelezen else []


def _zoals_toen(rijen: Rijen, dag: dt.date, op_naam: Mapping[str, int]) -> Rijen:
    """These rows with the gemeente of that day, and since when that was."""
    toen = woonplaatsen_op(dag, ((rij[0], Woonplaats(rij[GEMEENTE], rij[SINDS])) for rij in rijen), op_naam)
    return [
        (*rij[:SINDS], toen[rij[0]].sinds, toen[rij[0]].gemeente, *rij[GEMEENTE + 1 :]) if rij[0] in toen else rij
        for rij in rijen
    ]


def _sleutels(selecties: Sequence[QuerySet[Any]]) -> array[int]:
    """The keys of all candidates, in order and each once; eight bytes each."""
    gevonden: set[int] = set()
    for selectie in selecties:
        gevonden.update(selectie.order_by().values_list("pk", flat=True))
    return array("q", sorted(gevonden))


def _met_feiten(rijen: Rijen, sleutels: Sleutels, nodig: frozenset[str], naslag: Naslag) -> list[Kandidaat]:
    gelezen = {naam: LEES[naam](sleutels, naslag) for naam in nodig if naam in LEES}
    if "diplomas" in nodig:
        gelezen["vastgesteld"] = _vaststellingen(sleutels)
    if "meldingen" in nodig:
        gelezen["meldingen"] = _meldingen(sleutels, naslag, nodig)
    pks, geboren, *dagen, gemeente_ids, soorten_werk = zip(*rijen, strict=True)  # in the order of KOLOMMEN
    gemeenten = zip(*[naslag.gemeenten[pk] for pk in gemeente_ids], strict=True)
    per_soort: list[Iterable[Any]] = [
        [gelezen[naam].get(pk, leegte) for pk in pks] if naam in gelezen else repeat(leegte, len(pks))
        for naam, leegte in FEITEN
    ]
    kolommen = (map(_geboren, geboren), *dagen, *gemeenten, *per_soort)
    personen = map(feiten.Persoon._make, zip(*kolommen, strict=True))
    return list(map(Kandidaat, pks, gemeente_ids, soorten_werk, personen))


# what comes after gemeente, its name and whether it is in the region, with what stands there for who has none
FEITEN = tuple(
    (naam, feiten.Persoon._field_defaults[naam])
    for naam in feiten.Persoon._fields[feiten.Persoon._fields.index("in_regio") + 1 :]
)


_geboren = lru_cache(maxsize=16_384)(Geboortedatum.lees)  # the days of forty years


def _lees(model: Any, sleutels: Sleutels, *kolommen: str | Case, volgorde: tuple[str, ...] = ()) -> Rijen:
    """Rows of these persons: the key of the person, then the columns."""
    rijen = model.objects.alles(reden=REDEN).filter(jongere__in_rij=sleutels).order_by(*volgorde)
    return list(rijen.values_list("jongere_id", *kolommen))


def _maak[T](rijen: Rijen, bouw: Callable[..., T]) -> dict[int, tuple[T, ...]]:
    """Per person what `bouw` makes of the columns."""
    per: defaultdict[int, list[T]] = defaultdict(list)
    for rij in rijen:
        per[rij[0]].append(bouw(*rij[1:]))
    return {sleutel: tuple(feiten_) for sleutel, feiten_ in per.items()}


ONDERWIJSSOORTEN = {soort.value: soort for soort in regel.Onderwijssoort}
DIPLOMASOORTEN = {soort.value: soort for soort in regel.Diplomasoort}


def _inschrijvingen(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    rijen = _lees(Inschrijving, sleutels, "onderwijssoort", "niveau", "van", "tot", "instelling_id")
    return _maak(rijen, naslag.inschrijving)


def _diplomas(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    return _maak(_lees(Diploma, sleutels, "soort", "niveau", "behaald_op"), _diploma)


@lru_cache(maxsize=ZOVEEL_GELIJK)
def _diploma(soort: str, niveau: int, op: dt.date) -> regel.Diploma:
    return regel.Diploma(soort=DIPLOMASOORTEN[soort], niveau=niveau or None, behaald_op=op)


def _vaststellingen(sleutels: Sleutels) -> Mapping[int, Any]:
    """The earliest one of each: from then on she holds it."""
    rijen = _lees(Vaststelling, sleutels, "op", "bron", volgorde=("-op", "-pk"))
    return {sleutel: regel.Vaststelling(op=op, bron=bron) for sleutel, op, bron in rijen}  # the last one read stays


def _werk(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    def bouw(van: dt.date, tot: dt.date | None, uren: int | None) -> regel.Werk:
        return regel.Werk(van=van, tot=tot, uren=uren)

    return _maak(_lees(Werk, sleutels, "van", "tot", "uren"), bouw)


def _vrijstellingen(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    def bouw(van: dt.date, tot: dt.date | None) -> regel.Periode:
        return regel.Periode(van=van, tot=tot)

    return _maak(_lees(Vrijstelling, sleutels, "van", "tot"), bouw)


def _lijsten(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    return _maak(_lees(Inlichting, sleutels, "maand", "werk_uren", "uitkering"), _lijstvermelding)


@lru_cache(maxsize=ZOVEEL_GELIJK)
def _lijstvermelding(maand: str, uren: int | None, uitkering: bool | None) -> feiten.Lijstvermelding:
    return feiten.Lijstvermelding(maand=maand, werk_uren=uren, uitkering=uitkering)


def _uitstroom(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    def bouw(schooljaar: str, school: int, bestemming: str) -> feiten.Uitstroomvermelding:
        naam = naslag.scholen.get(school, ONBEKENDE_SCHOOL)
        return feiten.Uitstroomvermelding(schooljaar=schooljaar, school=school, schoolnaam=naam, bestemming=bestemming)

    return _maak(_lees(Uitstroom, sleutels, "schooljaar", "instelling_id", "bestemming", volgorde=("pk",)), bouw)


def _werkprocessen(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    def bouw(
        soort: str, soort_werk: str, gemeente_id: int, gestart: dt.date, gesloten: dt.date | None
    ) -> feiten.Werkproces:
        code, naam, _ = naslag.gemeenten[gemeente_id]
        return feiten.Werkproces(
            soort=soort,
            leerplicht=soort_werk == SoortWerk.LEERPLICHT,
            gemeente=code,
            gemeentenaam=naam,
            gestart_op=gestart,
            afgesloten_op=gesloten,
        )

    kolommen = ("soort", "soort_werk", "gemeente_id", "gestart_op", "afgesloten_op")
    return _maak(_lees(Werkproces, sleutels, *kolommen), bouw)


def _benaderd(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    """The days on which we tried to reach somebody, whatever came of it; what is only planned does not count."""
    rijen = Contactmoment.objects.alles(reden=REDEN).filter(
        werkproces__jongere__in_rij=sleutels, ingetrokken_op__isnull=True, met__in=("jongere", "verzorger")
    )
    per: defaultdict[int, list[dt.date]] = defaultdict(list)
    for sleutel, moment in rijen.exclude(resultaat="").values_list("werkproces__jongere_id", "moment"):
        per[sleutel].append(timezone.localdate(moment))
    return {sleutel: tuple(dagen) for sleutel, dagen in per.items()}


def _meldingen(sleutels: Sleutels, naslag: Naslag, nodig: frozenset[str]) -> Mapping[int, Any]:
    """The reports, with all their days (`verzuimdagen`), those with leave (`verlofdagen`), or none."""
    kolommen = (
        "pk", "soort", "ontvangen_op", "duo_gemeld_op", "instelling_id", "begindatum", "einddatum", ALLE_LESSEN,
        "voorgenomen_uitschrijving", "ingetrokken_op", "uitkomst", "uitkomst_op", "oordeel", "oordeel_op",
        "werkproces__afgesloten_op",
    )  # fmt: skip
    rijen = _lees(Melding, sleutels, *kolommen)
    verzuim: Mapping[int, tuple[feiten.Verzuimdag, ...]] = {}
    if nodig & {"verzuimdagen", "verlofdagen"}:
        verzuim = _verzuimdagen([rij[1] for rij in rijen], alleen_verlof="verzuimdagen" not in nodig)
    soorten, hier = naslag.verzuimsoorten, timezone.get_current_timezone()

    def bouw(
        pk: int, soort: str, ontvangen: dt.datetime, gemeld: dt.datetime | None, school: int | None,
        begin: dt.date | None, eind: dt.date | None, alle_lessen: bool | None, voornemen: bool,
        ingetrokken: dt.datetime | None, uitkomst: str, uitkomst_op: dt.date | None, oordeel: str,
        oordeel_op: dt.datetime | None, werk_klaar: dt.date | None,
    ) -> feiten.Melding:  # fmt: skip
        binnen = (gemeld or ontvangen).astimezone(hier).date()
        klaar = [] if werk_klaar is None else [werk_klaar]
        if ingetrokken is not None:
            klaar.append(ingetrokken.astimezone(hier).date())
        if uitkomst:
            klaar.append(uitkomst_op or (oordeel_op.astimezone(hier).date() if oordeel_op else binnen))
        if oordeel in ZONDER_ACTIE and oordeel_op is not None:
            klaar.append(oordeel_op.astimezone(hier).date())
        return feiten.Melding(
            binnen,
            soort,
            soort in soorten,
            school,
            begin,
            eind,
            alle_lessen,
            voornemen,
            min(klaar) if klaar else None,
            ingetrokken is not None,
            verzuim.get(pk, ()),
        )

    return _maak(rijen, bouw)


def _verzuimdagen(meldingen: Sequence[int], *, alleen_verlof: bool) -> dict[int, tuple[feiten.Verzuimdag, ...]]:
    """The days of absence per melding; a day of zero minutes was taken back."""
    per: defaultdict[int, list[feiten.Verzuimdag]] = defaultdict(list)
    rijen = Verzuimregel.objects.alles(reden=REDEN).filter(melding__in_rij=Sleutels.van(meldingen)).exclude(minuten=0)
    if alleen_verlof:
        rijen = rijen.filter(geoorloofd=True)
    for melding, datum, geoorloofd in rijen.values_list("melding_id", "datum", "geoorloofd"):
        per[melding].append(_verzuimdag(datum, geoorloofd))
    return {melding: tuple(dagen) for melding, dagen in per.items()}


@lru_cache(maxsize=ZOVEEL_GELIJK)
def _verzuimdag(datum: dt.date, geoorloofd: bool) -> feiten.Verzuimdag:
    return feiten.Verzuimdag(datum=datum, geoorloofd=geoorloofd)


# yes, no or unknown; the rest of what DUO said besides need not be read
ALLE_LESSEN = Case(
    *(When(overig__alle_lessen_gemist=ja, then=Value(ja)) for ja in (True, False)), output_field=BooleanField(null=True)
)

LEES: dict[str, Callable[[Sleutels, Naslag], Mapping[int, Any]]] = {
    "inschrijvingen": _inschrijvingen,
    "diplomas": _diplomas,
    "werk": _werk,
    "vrijstellingen": _vrijstellingen,
    "lijsten": _lijsten,
    "uitstroom": _uitstroom,
    "werkprocessen": _werkprocessen,
    "benaderd": _benaderd,
}
