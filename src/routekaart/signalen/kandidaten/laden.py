"""From rows to the facts that the rules read: candidates stream in, their facts come along in chunks."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import BigAutoField, ForeignKey, QuerySet
from django.utils import timezone

from routekaart.basis.models import Gemeente
from routekaart.basis.sleutels import InRij, Sleutels
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
from routekaart.signalen.kandidaten.bouwstenen import REDEN
from routekaart.toegang.models import SoortWerk

ForeignKey.register_lookup(InRij)
BigAutoField.register_lookup(InRij)

PER_KEER = 4000
KOLOMMEN = (
    "pk", "geboortedatum", "overleden_op", "vertrokken_op", "in_nederland_sinds", "in_gemeente_sinds", "gemeente_id",
    "soort_werk",
)  # fmt: skip
ONBEKENDE_SCHOOL = "een school die we niet kennen"
ZONDER_ACTIE = frozenset({Melding.Oordeel.GEEN_ACTIE, Melding.Oordeel.ONTERECHT, Melding.Oordeel.OVERDRACHT})

type Rijen = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """One person with the facts that a rule asked for."""

    jongere_id: int
    gemeente_id: int
    soort_werk: str
    persoon: feiten.Persoon


@dataclass
class Naslag:
    """What is the same for everybody, read once per run: gemeenten and the names of schools."""

    regio_id: int

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
    def scholen(self) -> dict[int, str]:
        return dict(Instelling.objects.values_list("pk", "naam"))

    @cached_property
    def verzuimsoorten(self) -> frozenset[str]:
        return verzuimsoorten()


def stroom(selecties: Sequence[QuerySet[Any]], nodig: frozenset[str], naslag: Naslag) -> Iterator[list[Kandidaat]]:
    """The candidates of these selections in chunks, each person once, with the facts named in `nodig`.

    First the keys of them all, in a plain query: PostgreSQL may spread that over its workers and plans it for the whole
    answer, which it does for no cursor. Then a handful of queries per chunk, never one per person.
    """
    sleutels = _sleutels(selecties)
    for begin in range(0, len(sleutels), PER_KEER):
        deel = Sleutels.van(sleutels[begin : begin + PER_KEER])
        rijen = Jongere.objects.alles(reden=REDEN).filter(pk__in_rij=deel).order_by("pk")
        if gelezen := list(rijen.values_list(*KOLOMMEN)):
            yield _met_feiten(gelezen, deel, nodig, naslag)


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
        gelezen["meldingen"] = _meldingen(sleutels, naslag, dagen="verzuimdagen" in nodig)
    return [_kandidaat(rij, gelezen, naslag) for rij in rijen]


def _kandidaat(rij: tuple[Any, ...], gelezen: Mapping[str, Mapping[int, Any]], naslag: Naslag) -> Kandidaat:
    pk, geboortedatum, overleden, vertrokken, in_nederland, in_gemeente, gemeente_id, soort_werk = rij
    code, naam, in_regio = naslag.gemeenten[gemeente_id]
    eigen: dict[str, Any] = {soort: per[pk] for soort, per in gelezen.items() if pk in per}
    persoon = feiten.Persoon(
        geboortedatum=_geboren(geboortedatum),
        overleden_op=overleden,
        vertrokken_op=vertrokken,
        in_nederland_sinds=in_nederland,
        in_gemeente_sinds=in_gemeente,
        gemeente=code,
        gemeentenaam=naam,
        in_regio=in_regio,
        **eigen,
    )
    return Kandidaat(pk, gemeente_id, soort_werk, persoon)


_geboren = lru_cache(maxsize=16_384)(Geboortedatum.lees)  # the days of forty years


def _lees(model: Any, sleutels: Sleutels, *kolommen: str, volgorde: tuple[str, ...] = ()) -> Rijen:
    """Rows of these persons: the key of the person, then the columns."""
    rijen = model.objects.alles(reden=REDEN).filter(jongere__in_rij=sleutels).order_by(*volgorde)
    return list(rijen.values_list("jongere_id", *kolommen))


def _maak[T](rijen: Rijen, bouw: Callable[..., T]) -> dict[int, tuple[T, ...]]:
    """Per person what `bouw` makes of the columns."""
    per: defaultdict[int, list[T]] = defaultdict(list)
    for sleutel, *kolommen in rijen:
        per[sleutel].append(bouw(*kolommen))
    return {sleutel: tuple(feiten_) for sleutel, feiten_ in per.items()}


ONDERWIJSSOORTEN = {soort.value: soort for soort in regel.Onderwijssoort}
DIPLOMASOORTEN = {soort.value: soort for soort in regel.Diplomasoort}


def _inschrijvingen(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    scholen = naslag.scholen

    def bouw(soort: str, niveau: int, van: dt.date, tot: dt.date | None, school: int) -> feiten.Schoolinschrijving:
        return feiten.Schoolinschrijving(
            onderwijssoort=ONDERWIJSSOORTEN[soort],
            niveau=niveau or None,
            van=van,
            tot=tot,
            school=school,
            schoolnaam=scholen.get(school, ONBEKENDE_SCHOOL),
        )

    return _maak(_lees(Inschrijving, sleutels, "onderwijssoort", "niveau", "van", "tot", "instelling_id"), bouw)


def _diplomas(sleutels: Sleutels, naslag: Naslag) -> Mapping[int, Any]:
    def bouw(soort: str, niveau: int, op: dt.date) -> regel.Diploma:
        return regel.Diploma(soort=DIPLOMASOORTEN[soort], niveau=niveau or None, behaald_op=op)

    return _maak(_lees(Diploma, sleutels, "soort", "niveau", "behaald_op"), bouw)


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
    def bouw(maand: str, uren: int | None, uitkering: bool | None) -> feiten.Lijstvermelding:
        return feiten.Lijstvermelding(maand=maand, werk_uren=uren, uitkering=uitkering)

    return _maak(_lees(Inlichting, sleutels, "maand", "werk_uren", "uitkering"), bouw)


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


def _meldingen(sleutels: Sleutels, naslag: Naslag, *, dagen: bool) -> Mapping[int, Any]:
    kolommen = (
        "pk", "soort", "ontvangen_op", "duo_gemeld_op", "instelling_id", "begindatum", "einddatum", "overig",
        "voorgenomen_uitschrijving", "ingetrokken_op", "uitkomst", "uitkomst_op", "oordeel", "oordeel_op",
        "werkproces__afgesloten_op",
    )  # fmt: skip
    rijen = _lees(Melding, sleutels, *kolommen)
    verzuim = _verzuimdagen([rij[1] for rij in rijen]) if dagen else {}

    def bouw(
        pk: int, soort: str, ontvangen: dt.datetime, gemeld: dt.datetime | None, school: int | None,
        begin: dt.date | None, eind: dt.date | None, overig: Mapping[str, Any], voornemen: bool,
        ingetrokken: dt.datetime | None, uitkomst: str, uitkomst_op: dt.date | None, oordeel: str,
        oordeel_op: dt.datetime | None, werk_klaar: dt.date | None,
    ) -> feiten.Melding:  # fmt: skip
        binnen = timezone.localdate(gemeld or ontvangen)
        klaar = [werk_klaar, timezone.localdate(ingetrokken) if ingetrokken else None]
        if uitkomst:
            klaar.append(uitkomst_op or (timezone.localdate(oordeel_op) if oordeel_op else binnen))
        if oordeel in ZONDER_ACTIE and oordeel_op is not None:
            klaar.append(timezone.localdate(oordeel_op))
        return feiten.Melding(
            ontvangen_op=binnen,
            soort=soort,
            verzuim=soort in naslag.verzuimsoorten,
            school=school,
            van=begin,
            tot=eind,
            alle_lessen=overig.get("alle_lessen_gemist"),
            voorgenomen_uitschrijving=voornemen,
            klaar_op=min((dag for dag in klaar if dag is not None), default=None),
            ingetrokken=ingetrokken is not None,
            dagen=verzuim.get(pk, ()),
        )

    return _maak(rijen, bouw)


def _verzuimdagen(meldingen: Sequence[int]) -> dict[int, tuple[feiten.Verzuimdag, ...]]:
    """The days of absence per melding; a day of zero minutes was taken back."""
    per: defaultdict[int, list[feiten.Verzuimdag]] = defaultdict(list)
    rijen = Verzuimregel.objects.alles(reden=REDEN).filter(melding__in_rij=Sleutels.van(meldingen)).exclude(minuten=0)
    for melding, datum, geoorloofd in rijen.values_list("melding_id", "datum", "geoorloofd"):
        per[melding].append(feiten.Verzuimdag(datum=datum, geoorloofd=geoorloofd))
    return {melding: tuple(dagen) for melding, dagen in per.items()}


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
