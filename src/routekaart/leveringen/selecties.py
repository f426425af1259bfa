"""What the pages of the deliveries show. A delivery belongs to a region, not to a gemeente or a person."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Max, Min, Q, QuerySet, Value, When
from django.utils import timezone

from routekaart.basis.models import Gemeente
from routekaart.basis.taal import datum_voluit, opsomming
from routekaart.leveringen.models import Kolomkoppeling, Levering, Terugmelding, Uitvalrij, Vermissing
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import NUMMERKOLOMMEN
from routekaart.toegang.bereik import Toegang, systeem_toegang

PER_PAGINA = 50
VORIGE = 5


def leveringen_van(toegang: Toegang) -> QuerySet[Levering]:
    """The deliveries of the region, newest first, each with how many of its rows still wait (`open_uitval`)."""
    open_rijen = Count("uitvalrijen", filter=Q(uitvalrijen__opgelost_op=None))
    rijen = Levering.objects.filter(regio_id=toegang.regio_id or 0).select_related("door")
    return rijen.annotate(open_uitval=open_rijen).order_by("-pk")


def koppelingen_van(toegang: Toegang, *, op: dt.date) -> QuerySet[Kolomkoppeling]:
    """The mappings of the region that hold, each with how many deliveries used it (`gebruikt`)."""
    geldig: QuerySet[Kolomkoppeling] = Kolomkoppeling.objects.geldig_op(op)
    rijen = geldig.filter(regio_id=toegang.regio_id or 0).select_related("door")
    return rijen.annotate(gebruikt=Count("leveringen")).order_by("soort", "naam")


def soortnaam(code: str) -> str:
    """The name of a kind as people read it; a kind that is no longer there keeps its code."""
    return SOORTEN[code].naam if code in SOORTEN else code


def gemeentenamen(regio_id: int) -> dict[str, str]:
    """Code → name of the gemeenten of the region, also of those that ended. One query."""
    return dict(Gemeente.objects.filter(regio_id=regio_id).values_list("code", "naam"))


def omvang(levering: Levering, namen: Mapping[str, str]) -> str:
    """'alles uit Brinkhoven en Veldermeer op 1 november 2026'; empty for a delivery of changes."""
    if levering.aard != Levering.Aard.VOLLEDIG:
        return ""
    waar = opsomming(sorted(namen.get(code, code) for code in levering.gebied)) or "de hele regio"
    return f"alles uit {waar} op {datum_voluit(levering.peildatum or timezone.localdate(levering.gestart_op))}"


@dataclass(frozen=True)
class Redengroep:
    """Rows with the same reason (and the same value, where that is no number), so that they can be mended together.

    `rij` is the key of one of them, by which the group is found.
    """

    kolom: str
    waarde: str
    reden: str
    aantal: int
    rij: uuid.UUID

    def knop(self, voorstel: str = "") -> str:
        """What can be done with all of them at once; `voorstel` is what was probably meant."""
        if self.kolom in NUMMERKOLOMMEN or not self.kolom:
            return "Bekijk ze samen"
        return f"Koppel aan ‘{voorstel}’" if voorstel else f"Verbeter alle {self.aantal}"


@dataclass(frozen=True)
class Uitvalbeeld:
    """The rows of a delivery that could not be taken: a page of them, per column how many, and the largest group.

    `afgehandeld` are the last that a colleague solved, `hoe` how many per way.
    """

    rijen: list[Uitvalrij]
    per_kolom: list[tuple[str, int]]
    totaal: int
    hoe: dict[str, int]
    afgehandeld: list[Uitvalrij]
    grootste: Redengroep | None
    volgende: int | None

    @property
    def opgelost(self) -> int:
        """How many do not wait any more."""
        return sum(self.hoe.values())

    @property
    def telling_opgelost(self) -> str:
        """'3 hersteld, 2 laten vallen, 12 vanzelf'."""
        volgorde = (Uitvalrij.Hoe.HERSTELD, Uitvalrij.Hoe.VERVALLEN, Uitvalrij.Hoe.VANZELF)
        return ", ".join(f"{self.hoe[hoe]} {hoe.label}" for hoe in volgorde if self.hoe.get(hoe))


def uitvalbeeld(levering: Levering, *, kolom: str | None = None, na: int = 0) -> Uitvalbeeld:
    """The open rows, from row number `na` on, of one column (empty: the row as a whole) or of all. Six queries."""
    alle = Uitvalrij.objects.filter(levering=levering)
    open_rijen = alle.filter(opgelost_op=None)
    per_kolom = list(open_rijen.values_list("kolom").annotate(aantal=Count("pk")).order_by("-aantal", "kolom"))
    gekozen = open_rijen if kolom is None else open_rijen.filter(kolom=kolom)
    rijen = list(gekozen.filter(rij__gt=na).order_by("rij")[: PER_PAGINA + 1])
    opgelost = alle.exclude(opgelost_op=None)
    met_de_hand = opgelost.exclude(hoe=Uitvalrij.Hoe.VANZELF).select_related("opgelost_door")
    return Uitvalbeeld(
        rijen=rijen[:PER_PAGINA],
        per_kolom=per_kolom,
        totaal=sum(aantal for _, aantal in per_kolom),
        hoe=dict(opgelost.values_list("hoe").annotate(aantal=Count("pk"))),
        afgehandeld=list(met_de_hand.order_by("-opgelost_op", "rij")[:VORIGE]),
        grootste=_grootste(gekozen),
        volgende=rijen[PER_PAGINA - 1].rij if len(rijen) > PER_PAGINA else None,
    )


def _grootste(rijen: QuerySet[Uitvalrij]) -> Redengroep | None:
    """The largest group that can be handled as one. Masked numbers do not tell rows apart."""
    waarde = Case(When(kolom__in=NUMMERKOLOMMEN, then=Value("")), default="waarde")
    groepen = (
        rijen.annotate(zelfde=waarde).values("kolom", "zelfde", "reden").annotate(aantal=Count("pk"), een=Min("pk"))
    )
    groep = groepen.order_by("-aantal", "kolom").first()
    if groep is None or groep["aantal"] < 2:
        return None
    sleutel = rijen.values_list("sleutel", flat=True).get(pk=groep["een"])
    return Redengroep(groep["kolom"], groep["zelfde"], groep["reden"], groep["aantal"], sleutel)


def vorige_leveringen(levering: Levering) -> QuerySet[Levering]:
    """The deliveries of the same kind before this one."""
    eerder = Levering.objects.filter(
        regio_id=levering.regio_id, soort=levering.soort, stand=Levering.Stand.INGELEZEN, pk__lt=levering.pk
    )
    return eerder.order_by("-pk")[:VORIGE]


def later_ingelezen(levering: Levering) -> int:
    """How many deliveries of the same kind came after this one."""
    later = Levering.objects.filter(
        regio_id=levering.regio_id, soort=levering.soort, stand=Levering.Stand.INGELEZEN, pk__gt=levering.pk
    )
    return later.count()


def voor_in_de_rij(levering: Levering) -> int:
    """How many deliveries, of any region, are taken before this one."""
    bezet = Levering.objects.filter(stand__in=(Levering.Stand.WACHT, Levering.Stand.BEZIG), pk__lt=levering.pk)
    return bezet.count()


def opnieuw_ingelezen(levering: Levering) -> Levering | None:
    """The last later delivery of exactly this file; the rows that still wait are with that one."""
    later = Levering.objects.filter(
        regio_id=levering.regio_id,
        soort=levering.soort,
        sha256=levering.sha256,
        stand=Levering.Stand.INGELEZEN,
        pk__gt=levering.pk,
    )
    return later.order_by("-pk").first()


def vermisten(levering: Levering, toegang: Toegang) -> QuerySet[Any]:
    """Whom a full delivery did not hold, within the scope of who looks."""
    rijen = Vermissing.objects.voor(toegang).filter(levering=levering).select_related("jongere", "besloten_door")
    return rijen.order_by("jongere__zoeknaam", "pk")


@dataclass(frozen=True)
class Partij:
    """One file that went back to DUO."""

    nummer: str
    sleutel: uuid.UUID
    verzonden_op: Any
    aantal: int
    geweigerd: int


def partijen(regio_id: int) -> list[Partij]:
    """The last batches that went back, newest first. Two queries."""
    rijen = Terugmelding.objects.voor(systeem_toegang(regio_id))
    groepen = list(
        rijen.values("partij")
        .annotate(aantal=Count("pk"), geweigerd=Count("geweigerd_op"), eerste=Min("pk"), verzonden=Max("verzonden_op"))
        .order_by("-eerste")[:PER_PAGINA]
    )
    sleutels = dict(rijen.filter(pk__in=[groep["eerste"] for groep in groepen]).values_list("pk", "sleutel"))
    return [
        Partij(groep["partij"], sleutels[groep["eerste"]], groep["verzonden"], groep["aantal"], groep["geweigerd"])
        for groep in groepen
    ]


def regels_van_partij(sleutel: uuid.UUID, regio_id: int) -> list[Terugmelding]:
    """All rows of the batch that this row belongs to; empty where it is not of this region."""
    rijen = Terugmelding.objects.voor(systeem_toegang(regio_id))
    eerste = rijen.filter(sleutel=sleutel).first()
    if eerste is None:
        return []
    return list(rijen.filter(partij=eerste.partij).select_related("melding").order_by("pk"))
