"""Counting per school what was reported and what was not, by night; and recording the talks about it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.lading import laad
from routekaart.basis.sleutels import Sleutels
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.loopbaan.models import Diploma, Inschrijving, Instelling
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.regels import meldgedrag as regel
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen import Kader
from routekaart.regels.signalen.overgang import AFGEROND
from routekaart.signalen.beurt import Houder, beurt
from routekaart.signalen.kader import maak_kader
from routekaart.signalen.kandidaten import bouwstenen as met
from routekaart.signalen.kandidaten import stroom
from routekaart.signalen.kandidaten.laden import Naslag
from routekaart.signalen.models import Meldaanleiding, Schoolgesprek, Schooljaartelling, Schooltelling
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

ZELF_GEMELD = ("school", "duo")
JAREN = 4  # this schooljaar and the three before it
PER_KEER = 2000
_REDEN = "telling per school over een hele regio, zonder gebruiker"
_NODIG = frozenset({"inschrijvingen", "diplomas", "vrijstellingen"})
_VELDEN = (
    "gemeente_id", "soort_werk", "jongere_id", "instelling_id", "schooljaar", "soort", "stand", "sinds", "telt_vanaf",
    "melding_id", "gemeld_op", "werkdagen", "op_tijd",
)  # fmt: skip

type Telrij = tuple[Any, ...]


def tel_meldgedrag(regio_id: int, *, nu: dt.datetime) -> int:
    """Counts this schooljaar and the one before anew; an older one once per version of the definition, so that its
    numbers stay what they were. Returns how many rows changed. One node at a time; raises Bezet where another is at it.
    """
    op = timezone.localdate(nu)
    with beurt(f"meldgedrag:{regio_id}") as houder:
        jaren = _te_tellen(regio_id, Schooljaar.van(op))
        vers = gevonden(regio_id, op=op, jaren=jaren)
        return _bewaar(regio_id, jaren, vers, houder, nu=nu)


def _te_tellen(regio_id: int, dit: Schooljaar) -> list[Schooljaar]:
    jaren = [Schooljaar(dit.beginjaar - terug) for terug in range(JAREN)]
    geteld = Schooljaartelling.objects.filter(regio_id=regio_id, definitie=regel.DEFINITIE)
    # counted when it was over for a year: nothing that still changes
    klaar = {telling.schooljaar for telling in geteld if Schooljaar.van(telling.peildatum) > _jaar(telling).volgende}
    return [jaar for jaar in jaren if str(jaar) not in klaar]


def _jaar(telling: Schooljaartelling) -> Schooljaar:
    return Schooljaar.lees(telling.schooljaar)


def gevonden(regio_id: int, *, op: dt.date, jaren: Collection[Schooljaar]) -> set[Telrij]:
    """The rows of these schooljaren as the rule sees them on that day, in the order of `_VELDEN`."""
    kader, naslag = maak_kader(regio_id, op=op), Naslag(regio_id)
    brins = dict(Instelling.objects.values_list("pk", "brin"))
    vanaf, gekozen = min(jaren).begin, {str(jaar) for jaar in jaren}
    rijen: set[Telrij] = set()
    for deel in stroom(kandidaten(regio_id, vanaf=vanaf, op=op), _NODIG, naslag):
        meldingen = _meldingen(Sleutels.van(kandidaat.jongere_id for kandidaat in deel), naslag)
        for kandidaat in deel:
            jongere_id = kandidaat.jongere_id
            wie = (kandidaat.gemeente_id, kandidaat.soort_werk, jongere_id)
            for een in regel.aanleidingen(kandidaat.persoon, meldingen.get(jongere_id, ()), kader, brins=brins):
                if str(een.schooljaar) in gekozen:
                    rijen.add(_rij(wie, een))
    for wie, melding in _zonder_jongere(regio_id, vanaf, naslag):
        losse = _van_onbekende(melding, kader)
        if losse is not None and str(losse.schooljaar) in gekozen:
            rijen.add(_rij(wie, losse))
    return rijen


def kandidaten(regio_id: int, *, vanaf: dt.date, op: dt.date) -> tuple[Any, ...]:
    """Who left a school since `vanaf`, without what makes leaving no early leaving (a diploma by then, another school
    the day after); and about whom something was reported.

    A long absence that somebody else reported began at most a year before the report reached us, or it is not counted.
    """
    dag_erna = ExpressionWrapper(OuterRef("tot") + Value(met.DAG), output_field=DateField())
    inschrijvingen = Inschrijving.objects.alles(reden=_REDEN)
    verder = inschrijvingen.filter(jongere=OuterRef("jongere"), van__lte=dag_erna).filter(
        Q(tot__isnull=True) | Q(tot__gt=OuterRef("tot"))
    )
    niveau = max(grens.waarde for grens in laad_grenzen().startkwalificatie_mbo_niveau.waarden)
    klaar = Diploma.objects.alles(reden=_REDEN).filter(
        met.is_startkwalificatie(niveau) | Q(soort__in=AFGEROND),
        jongere=OuterRef("jongere"),
        behaald_op__lte=OuterRef("tot"),
    )
    weg = inschrijvingen.filter(jongere=OuterRef("pk"), tot__gte=vanaf, tot__lt=op).filter(
        ~Exists(verder), ~Exists(klaar)
    )
    begin = dt.datetime.combine(vanaf, dt.time.min, tzinfo=timezone.get_current_timezone())
    sinds = met.meldingen(regio_id).filter(ontvangen_op__gte=begin) | met.meldingen(regio_id).filter(
        duo_gemeld_op__gte=begin
    )
    eerder = met.meldingen(regio_id).filter(begindatum__gte=vanaf)
    rijen = met.jongeren(regio_id)
    return rijen.filter(Exists(weg)), met.met_melding(rijen, sinds), met.met_melding(rijen, eerder)


def _rij(wie: Telrij, een: regel.Aanleiding) -> Telrij:
    return (
        *wie, een.school, str(een.schooljaar), een.soort.value, een.stand.value, een.sinds, een.telt_vanaf, een.melding,
        een.gemeld_op, een.werkdagen, een.op_tijd,
    )  # fmt: skip


_KOLOMMEN = (
    "pk", "soort", "melder_soort", "ontvangen_op", "duo_gemeld_op", "instelling_id", "begindatum", "einddatum",
    "overig", "ingetrokken_op",
)  # fmt: skip


def _meldingen(sleutels: Sleutels, naslag: Naslag) -> dict[int, list[regel.Melding]]:
    """The reports about these persons, with the days of absence. Two queries."""
    rijen = Melding.objects.alles(reden=_REDEN).filter(jongere__in_rij=sleutels)
    gelezen = list(rijen.values_list("jongere_id", *_KOLOMMEN))
    dagen = _dagen([rij[1] for rij in gelezen])
    per: defaultdict[int, list[regel.Melding]] = defaultdict(list)
    for jongere_id, *rest in gelezen:
        per[jongere_id].append(_melding(rest, dagen, naslag))
    return per


def _melding(rij: Sequence[Any], dagen: dict[int, tuple[regel.Verzuimdag, ...]], naslag: Naslag) -> regel.Melding:
    pk, soort, melder, ontvangen, gemeld, school, van, tot, overig, ingetrokken = rij
    return regel.Melding(
        sleutel=pk,
        soort=soort,
        verzuim=soort in naslag.verzuimsoorten,
        binnen=timezone.localdate(gemeld or ontvangen),
        school=school,
        zelf=melder in ZELF_GEMELD,
        van=van,
        tot=tot,
        alle_lessen=(overig or {}).get("alle_lessen_gemist"),
        ingetrokken=ingetrokken is not None,
        dagen=dagen.get(pk, ()),
    )


def _dagen(meldingen: Sequence[int]) -> dict[int, tuple[regel.Verzuimdag, ...]]:
    per: defaultdict[int, list[regel.Verzuimdag]] = defaultdict(list)
    rijen = Verzuimregel.objects.alles(reden=_REDEN).filter(melding__in_rij=Sleutels.van(meldingen)).exclude(minuten=0)
    for melding, datum, minuten, hele_dag, geoorloofd in rijen.values_list(
        "melding_id", "datum", "minuten", "hele_dag", "geoorloofd"
    ):
        per[melding].append(regel.Verzuimdag(datum=datum, minuten=minuten, hele_dag=hele_dag, geoorloofd=geoorloofd))
    return {melding: tuple(dagen) for melding, dagen in per.items()}


def _zonder_jongere(regio_id: int, vanaf: dt.date, naslag: Naslag) -> Iterator[tuple[Telrij, regel.Melding]]:
    """Reports of schools about somebody whom we do not know yet: received, and where the absence is known, timed."""
    begin = dt.datetime.combine(vanaf, dt.time.min, tzinfo=timezone.get_current_timezone())
    rijen = met.meldingen(regio_id).filter(
        jongere__isnull=True, instelling__isnull=False, melder_soort__in=ZELF_GEMELD, ontvangen_op__gte=begin
    )
    gelezen = rijen.values_list("gemeente_id", "soort_werk", *_KOLOMMEN).order_by("pk")
    for deel in itertools.batched(gelezen.iterator(chunk_size=PER_KEER), PER_KEER):
        dagen = _dagen([rij[2] for rij in deel])
        for gemeente_id, soort_werk, *rest in deel:
            yield (gemeente_id, soort_werk, None), _melding(rest, dagen, naslag)


def _van_onbekende(melding: regel.Melding, kader: Kader) -> regel.Aanleiding | None:
    if melding.ingetrokken or melding.binnen > kader.op:
        return None
    return regel.bij_verzuim(melding, kader) if melding.verzuim else regel.los(melding)


def _bewaar(regio_id: int, jaren: Collection[Schooljaar], vers: set[Telrij], houder: Houder, *, nu: dt.datetime) -> int:
    """Writes only what differs, in one transaction: a page sees the one count or the other."""
    namen = [str(jaar) for jaar in jaren]
    with transaction.atomic():
        houder.klop()
        alle = Meldaanleiding.objects.alles(reden=_REDEN).filter(regio_id=regio_id, schooljaar__in=namen)
        bestaand: dict[Telrij, int] = {}
        weg: list[int] = []
        for pk, *rest in alle.values_list("pk", *_VELDEN):
            if tuple(rest) in bestaand or tuple(rest) not in vers:
                weg.append(pk)
            else:
                bestaand[tuple(rest)] = pk
        nieuw = sorted(vers - bestaand.keys(), key=str)
        for begin in range(0, len(weg), PER_KEER):
            alle.filter(pk__in_rij=Sleutels.van(weg[begin : begin + PER_KEER])).delete()
        laad(Meldaanleiding, ("regio_id", *_VELDEN), ((regio_id, *rij) for rij in nieuw), nu=nu)
        for jaar in jaren:
            _tel_leerlingen(regio_id, jaar, nu=nu)
            Schooljaartelling.objects.update_or_create(
                regio_id=regio_id,
                schooljaar=str(jaar),
                defaults={"peildatum": timezone.localdate(nu), "geteld_op": nu, "definitie": regel.DEFINITIE},
            )
    return len(weg) + len(nieuw)


def leerlingen(regio_id: int, jaar: Schooljaar) -> dict[Telrij, int]:
    """How many persons were enrolled at each school on some day of the schooljaar: per gemeente, soort werk, school."""
    rijen = Inschrijving.objects.alles(reden=_REDEN).filter(
        Q(tot__isnull=True) | Q(tot__gte=jaar.begin), jongere__regio_id=regio_id, van__lte=jaar.einde
    )
    geteld = rijen.values_list("jongere__gemeente_id", "jongere__soort_werk", "instelling_id").annotate(
        n=Count("jongere_id", distinct=True)
    )
    return {rij[:3]: rij[3] for rij in geteld.order_by()}


def _tel_leerlingen(regio_id: int, jaar: Schooljaar, *, nu: dt.datetime) -> None:
    """Keeps how many pupils each school had, where that changed. Two statements and an insert."""
    vers = leerlingen(regio_id, jaar)
    oud = Schooltelling.objects.filter(regio_id=regio_id, schooljaar=str(jaar))
    was = {rij[:3]: rij[3] for rij in oud.values_list("gemeente_id", "soort_werk", "instelling_id", "leerlingen")}
    if vers == was:
        return
    oud.delete()
    kolommen = ("regio_id", "schooljaar", "gemeente_id", "soort_werk", "instelling_id", "leerlingen")
    laad(Schooltelling, kolommen, ((regio_id, str(jaar), *rij, n) for rij, n in vers.items()), nu=nu)


# -- the talks


def leg_gesprek_vast(
    instelling: Instelling,
    *,
    op: dt.date,
    met_wie: str,
    afspraak: str,
    cijfers: dict[str, Any],
    toegang: Toegang,
    nu: dt.datetime,
) -> Schoolgesprek:
    """Records a talk with the school: with whom, and what was agreed. Raises Geweigerd."""
    _eis_dag(op, nu)
    return _leg_vast(
        Schoolgesprek.Soort.GESPREK, instelling, op=op, met=_eis(met_wie, "met", "Schrijf op met wie je sprak."),
        afspraak=_eis(afspraak, "afspraak", "Schrijf op wat jullie afspraken."), cijfers=cijfers, toegang=toegang,
        nu=nu,
    )  # fmt: skip


def meld_aan_inspectie(
    instelling: Instelling, *, op: dt.date, reden: str, cijfers: dict[str, Any], toegang: Toegang, nu: dt.datetime
) -> Schoolgesprek:
    """Records that the inspectie was told: the last step, after at least one talk before it. Raises Geweigerd."""
    _eis_dag(op, nu)
    reden = _eis(reden, "afspraak", "Schrijf op wat de inspectie van ons hoorde.")
    gesprekken = Schoolgesprek.objects.filter(
        regio_id=toegang.regio_id or 0, instelling=instelling, soort=Schoolgesprek.Soort.GESPREK,
        ingetrokken_op__isnull=True, op__lte=op,
    )  # fmt: skip
    if not gesprekken.exists():
        raise Geweigerd("Bespreek het eerst met de school. De inspectie is de laatste stap.", veld="op")
    return _leg_vast(
        Schoolgesprek.Soort.INSPECTIE, instelling, op=op, met="Inspectie van het Onderwijs", afspraak=reden,
        cijfers=cijfers, toegang=toegang, nu=nu,
    )  # fmt: skip


def trek_gesprek_in(gesprek: Schoolgesprek, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Takes back what was recorded by mistake; the row stays, struck out."""
    with transaction.atomic():
        geraakt = Schoolgesprek.objects.filter(pk=gesprek.pk, ingetrokken_op__isnull=True).update(
            ingetrokken_op=nu, versie=F("versie") + 1
        )
        if not geraakt:
            raise Geweigerd("Dit was al ingetrokken.")
        schrijf("school.gesprek-ingetrokken", toegang=toegang, nu=nu, onderwerp=gesprek)


def _eis(tekst: str, veld: str, zin: str) -> str:
    tekst = tekst.strip()
    if not tekst:
        raise Geweigerd(zin, veld=veld)
    return tekst


def _eis_dag(op: dt.date, nu: dt.datetime) -> None:
    if op > timezone.localdate(nu):
        raise Geweigerd("Deze dag moet nog komen. Kies vandaag of een dag daarvoor.", veld="op")


def _leg_vast(soort: str, instelling: Instelling, *, toegang: Toegang, nu: dt.datetime, **velden: Any) -> Schoolgesprek:
    with transaction.atomic():
        gesprek = Schoolgesprek.objects.create(
            regio_id=toegang.regio_id or 0, instelling=instelling, soort=soort, door_id=toegang.gebruiker_id, **velden
        )
        schrijf("school.besproken", toegang=toegang, nu=nu, onderwerp=gesprek, inhoud={"soort": soort})
    return gesprek
