"""How every leaver of a region stands in the screening: made anew by night, and after an act for whom it touched."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from routekaart.basis.lading import laad, wijzig_velen
from routekaart.dossiers.models import Contactmoment
from routekaart.loopbaan.models import Inschrijving, Uitstroom
from routekaart.regels import screening as regel
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import Antwoord, Feit, Soort
from routekaart.regels.signalen import SIGNAALREGELS, Kader
from routekaart.regels.signalen.overgang import VAN_VO
from routekaart.signalen.beurt import Houder, beurt
from routekaart.signalen.kader import maak_kader
from routekaart.signalen.kandidaten import bouwstenen as met
from routekaart.signalen.kandidaten import stroom
from routekaart.signalen.kandidaten.laden import Naslag
from routekaart.signalen.models import Afleverschool, Screeningsfeit, Vertrekker

OVERSTAP = "overstap-1-oktober"
HANDELT = frozenset(SIGNAALREGELS[OVERSTAP].werkprocessen)
PER_KEER = 2000
_REDEN = "de screening van een hele regio, zonder gebruiker"
VELDEN = (
    "instelling_id", "uit", "op_lijst", "met_diploma", "vertrek", "staat", "stap", "wanneer", "gemist", "bereikt",
    "geplaatst", "behandelaar_id",
)  # fmt: skip

type Rij = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Beoordeeld:
    """One leaver with how she stands and who takes it up."""

    jongere_id: int
    stand: regel.Stand
    behandelaar_id: int | None

    @property
    def rij(self) -> Rij:
        """In the order of `VELDEN`."""
        stand = self.stand
        weg = stand.vertrokken
        return (
            weg.school, weg.uit, weg.op_lijst, stand.met_diploma, stand.vertrek.value, stand.staat.value,
            stand.stap.value, stand.wanneer, stand.gemist, stand.bereikt, stand.geplaatst, self.behandelaar_id,
        )  # fmt: skip


def tel_screening(regio_id: int, *, nu: dt.datetime) -> int:
    """Makes the stand of all who leave this schooljaar, and who left in the one before, anew; an older season stays
    as it was. Returns how many rows changed. One node at a time; raises Bezet where another is at it.
    """
    op = timezone.localdate(nu)
    dit = Schooljaar.van(op)
    with beurt(f"screening:{regio_id}") as houder:
        kader = maak_kader(regio_id, op=op)
        return sum(_tel_jaar(regio_id, jaar, kader, houder, nu=nu) for jaar in (dit.vorige, dit))


def herbereken(regio_id: int, jongeren: Collection[int], *, schooljaar: Schooljaar, nu: dt.datetime) -> None:
    """After an act: the rows of these leavers as they stand now. Within its transaction, with the rows locked."""
    kader = maak_kader(regio_id, op=timezone.localdate(nu))
    rijen = _vertrekkers(regio_id, schooljaar).filter(jongere_id__in=jongeren)
    sleutels = dict(rijen.values_list("jongere_id", "pk"))
    keuze = (met.jongeren(regio_id).filter(pk__in=list(jongeren)),)
    klaar = [(sleutels[een.jongere_id], *een.rij) for een in beoordeel(keuze, regio_id, kader, schooljaar=schooljaar)]
    wijzig_velen(Vertrekker, VELDEN, klaar, nu=nu)


def stand_van(regio_id: int, jongere_id: int, *, schooljaar: Schooljaar, op: dt.date) -> regel.Stand | None:
    """How one young person, whom the caller reached in scope, stands today; with the reasons."""
    keuze = (met.jongeren(regio_id).filter(pk=jongere_id),)
    een = next(beoordeel(keuze, regio_id, maak_kader(regio_id, op=op), schooljaar=schooljaar), None)
    return een.stand if een is not None else None


def kandidaten(regio_id: int, schooljaar: Schooljaar) -> tuple[Any, ...]:
    """Who was written off from vo, pro or vso before the next 1 October, and who is on a list of this schooljaar."""
    uit = Inschrijving.objects.alles(reden=_REDEN).filter(
        onderwijssoort__in=VAN_VO, tot__gte=schooljaar.teldatum, tot__lt=schooljaar.volgende.teldatum
    )
    lijst = Uitstroom.objects.alles(reden=_REDEN).filter(schooljaar=str(schooljaar))
    rijen = met.jongeren(regio_id)
    return rijen.filter(pk__in=uit.values("jongere_id")), rijen.filter(pk__in=lijst.values("jongere_id"))


def beoordeel(selecties: Sequence[Any], regio_id: int, kader: Kader, *, schooljaar: Schooljaar) -> Iterator[Beoordeeld]:
    """The leavers among these persons. A handful of queries per chunk, never one per person."""
    for deel in stroom(selecties, regel.NODIG, Naslag(regio_id)):
        sleutels = [kandidaat.jongere_id for kandidaat in deel]
        feiten, bij = _feiten(sleutels, schooljaar)
        getuigschrift = _getuigschriften(sleutels, schooljaar)
        gesproken = _gesproken(sleutels, schooljaar)
        for kandidaat in deel:
            pk = kandidaat.jongere_id
            stand = regel.bepaal(
                kandidaat.persoon,
                feiten.get(pk, ()),
                kader,
                schooljaar=schooljaar,
                handelt=HANDELT,
                getuigschrift=pk in getuigschrift,
                gesproken=gesproken.get(pk, ()),
            )
            if stand is not None:
                yield Beoordeeld(pk, stand, bij.get(pk))


def _feiten(sleutels: Sequence[int], jaar: Schooljaar) -> tuple[dict[int, list[Feit]], dict[int, int | None]]:
    """What was recorded, in that order; and to whom each was given last."""
    per: defaultdict[int, list[Feit]] = defaultdict(list)
    bij: dict[int, int | None] = {}
    rijen = Screeningsfeit.objects.alles(reden=_REDEN).filter(
        jongere_id__in=sleutels, schooljaar=str(jaar), ingetrokken_op__isnull=True
    )
    for pk, soort, op, antwoord, wie, aan in rijen.order_by("pk").values_list(
        "jongere_id", "soort", "op", "antwoord", "bij", "aan_id"
    ):
        if soort == Screeningsfeit.Soort.TOEGEWEZEN:
            bij[pk] = aan
        else:
            per[pk].append(Feit(soort=Soort(soort), op=op, antwoord=Antwoord(antwoord) if antwoord else None, bij=wie))
    return per, bij


def _getuigschriften(sleutels: Sequence[int], jaar: Schooljaar) -> set[int]:
    rijen = Uitstroom.objects.alles(reden=_REDEN).filter(
        jongere_id__in=sleutels, schooljaar=str(jaar), getuigschrift=True
    )
    return set(rijen.values_list("jongere_id", flat=True))


def _gesproken(sleutels: Sequence[int], jaar: Schooljaar) -> dict[int, list[dt.date]]:
    """The days on which a colleague spoke to somebody or to a parent, since the schooljaar began."""
    begin = timezone.make_aware(dt.datetime.combine(jaar.begin, dt.time.min))
    rijen = Contactmoment.objects.alles(reden=_REDEN).filter(
        werkproces__jongere_id__in=sleutels, ingetrokken_op__isnull=True, met__in=("jongere", "verzorger"),
        resultaat="contact", moment__gte=begin,
    )  # fmt: skip
    per: defaultdict[int, list[dt.date]] = defaultdict(list)
    for pk, moment in rijen.values_list("werkproces__jongere_id", "moment"):
        per[pk].append(timezone.localdate(moment))
    return per


def _vertrekkers(regio_id: int, jaar: Schooljaar) -> Any:
    return Vertrekker.objects.alles(reden=_REDEN).filter(regio_id=regio_id, schooljaar=str(jaar))


def _tel_jaar(regio_id: int, jaar: Schooljaar, kader: Kader, houder: Houder, *, nu: dt.datetime) -> int:
    """Writes only what differs, in one transaction. A row that an act changed while we counted is newer than ours."""
    gelezen = dict(_vertrekkers(regio_id, jaar).values_list("jongere_id", "versie"))
    vers = {een.jongere_id: een.rij for een in beoordeel(kandidaten(regio_id, jaar), regio_id, kader, schooljaar=jaar)}
    with transaction.atomic():
        houder.klop()
        alle = _vertrekkers(regio_id, jaar)
        wijzig, weg = [], []
        bestaand: set[int] = set()
        for pk, jongere_id, versie, *rest in (
            alle.select_for_update().order_by("pk").values_list("pk", "jongere_id", "versie", *VELDEN)
        ):
            bestaand.add(jongere_id)
            if gelezen.get(jongere_id) != versie:
                continue
            if jongere_id not in vers:
                weg.append(pk)
            elif vers[jongere_id] != tuple(rest):
                wijzig.append((pk, *vers[jongere_id]))
        for begin in range(0, len(weg), PER_KEER):
            alle.filter(pk__in=weg[begin : begin + PER_KEER]).delete()
        wijzig_velen(Vertrekker, VELDEN, wijzig, nu=nu)
        nieuw = sorted(vers.keys() - bestaand)
        kolommen = ("regio_id", "schooljaar", "jongere_id", *VELDEN)
        laad(Vertrekker, kolommen, ((regio_id, str(jaar), pk, *vers[pk]) for pk in nieuw), nu=nu)
        _tel_scholen(regio_id, jaar, nu=nu)
    return len(weg) + len(wijzig) + len(nieuw)


def _tel_scholen(regio_id: int, jaar: Schooljaar, *, nu: dt.datetime) -> None:
    """From which schools a list is expected: those with pupils of vo, pro or vso in the spring of the schooljaar."""
    rijen = Inschrijving.objects.alles(reden=_REDEN).filter(
        Q(tot__isnull=True) | Q(tot__gte=dt.date(jaar.beginjaar + 1, 1, 1)),
        jongere__regio_id=regio_id, onderwijssoort__in=VAN_VO, van__lte=jaar.einde,
    )  # fmt: skip
    geteld = rijen.values_list("jongere__gemeente_id", "jongere__soort_werk", "instelling_id").annotate(
        n=Count("jongere_id", distinct=True)
    )
    vers = {rij[:3]: rij[3] for rij in geteld.order_by()}
    oud = Afleverschool.objects.filter(regio_id=regio_id, schooljaar=str(jaar))
    was = {rij[:3]: rij[3] for rij in oud.values_list("gemeente_id", "soort_werk", "instelling_id", "leerlingen")}
    if vers == was:
        return
    oud.delete()
    kolommen = ("regio_id", "schooljaar", "gemeente_id", "soort_werk", "instelling_id", "leerlingen")
    laad(Afleverschool, kolommen, ((regio_id, str(jaar), *rij, n) for rij, n in vers.items()), nu=nu)
