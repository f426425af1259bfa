"""Looking for doubles, and what somebody decides about a pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Regio
from routekaart.personen.beelden import beeld_van, nummers_van
from routekaart.personen.kandidaten import kandidaatparen
from routekaart.personen.models import Dubbel, Dubbelronde, Jongere
from routekaart.regels.dubbelen import botsend_nummer, kansloos, vergelijk
from routekaart.toegang.bereik import Toegang, systeem_toegang
from routekaart.toegang.schrijven import schrijf

REDEN = "paren van jongeren die al binnen bereik zijn"
PER_KEER = 5000
Paar = tuple[int, int]


@dataclass(frozen=True)
class Zoekverslag:
    """What a search did: how many pairs are new, how many are no longer alike, how many wait for a decision."""

    nieuw: int
    vervallen: int
    open: int


@transaction.atomic
def zoek_dubbelen(regio_id: int, *, toegang: Toegang, nu: dt.datetime, alles: bool = False) -> Zoekverslag:
    """Compares who changed since the last search (`alles`: everybody) with who stands near.

    What was decided stays; what no longer fits goes.
    """
    Regio.objects.select_for_update(no_key=True).get(pk=regio_id)
    ronde = Dubbelronde.objects.filter(regio=regio_id).values_list("gezocht_op", flat=True).first()
    sinds = None if alles else ronde
    gevonden = _gevonden(systeem_toegang(regio_id), sinds=sinds)
    bekend = _bekend(regio_id)
    nieuw = [
        Dubbel(een_id=een, ander_id=ander, punten=punten, gevonden_op=nu)
        for (een, ander), punten in sorted(gevonden.items())
        if (een, ander) not in bekend
    ]
    weg = [
        pk
        for paar, (pk, _, besloten, gewijzigd) in bekend.items()
        if not besloten and paar not in gevonden and (sinds is None or gewijzigd >= sinds)
    ]
    Dubbel.objects.bulk_create(nieuw, batch_size=500)
    for begin in range(0, len(weg), 500):
        Dubbel.objects.alles(reden=REDEN).filter(pk__in=weg[begin : begin + 500]).delete()
    for paar, (pk, punten, *_) in bekend.items():
        if paar in gevonden and gevonden[paar] != punten:
            Dubbel.objects.alles(reden=REDEN).filter(pk=pk).update(punten=gevonden[paar])
    wachtend = Dubbel.objects.alles(reden=REDEN).filter(een__regio=regio_id, verschillend_op__isnull=True).count()
    Dubbelronde.objects.update_or_create(regio_id=regio_id, defaults={"gezocht_op": nu})
    verslag = Zoekverslag(len(nieuw), len(weg), wachtend)
    schrijf("dubbelen.gezocht", toegang=toegang, nu=nu, onderwerp=f"regio:{regio_id}", inhoud=vars(verslag))
    return verslag


def _bekend(regio_id: int) -> dict[Paar, tuple[int, int, bool, dt.datetime]]:
    """The pairs that are there: key, points, whether somebody decided, and when one of the two last changed."""
    velden = ("pk", "een_id", "ander_id", "punten", "verschillend_op", "een__updated", "ander__updated")
    rijen = Dubbel.objects.alles(reden=REDEN).filter(een__regio=regio_id).order_by("-verschillend_op", "pk")
    return {
        _paar(een, ander): (pk, punten, besloten is not None, max(gewijzigd))
        for pk, een, ander, punten, besloten, *gewijzigd in rijen.values_list(*velden)
    }


def _gevonden(toegang: Toegang, *, sinds: dt.datetime | None) -> dict[Paar, int]:
    """The pairs that the rule wants a person to see, with their points."""
    mogelijk: dict[Paar, int] = {}
    for een, ander in kandidaatparen(toegang, sinds=sinds):
        paar = _paar(een.pk, ander.pk)
        if paar in mogelijk or kansloos(een.beeld, ander.beeld):
            continue
        if (uitkomst := vergelijk(een.beeld, ander.beeld)).mogelijk:
            mogelijk[paar] = uitkomst.punten
    nummers: dict[int, frozenset[tuple[str, str]]] = {}
    ids = sorted({pk for paar in mogelijk for pk in paar})
    for begin in range(0, len(ids), PER_KEER):
        nummers |= nummers_van(ids[begin : begin + PER_KEER])
    return {paar: punten for paar, punten in mogelijk.items() if not _twee_mensen(paar, nummers)}


def _twee_mensen(paar: Paar, nummers: Mapping[int, Collection[tuple[str, str]]]) -> bool:
    return bool(botsend_nummer(nummers.get(paar[0], ()), nummers.get(paar[1], ())))


def _paar(een: int, ander: int) -> Paar:
    return (een, ander) if een < ander else (ander, een)


@transaction.atomic
def stel_dubbel_voor(een: Jongere, ander: Jongere, *, toegang: Toegang, nu: dt.datetime) -> Dubbel:
    """A pair that somebody found by herself. Raises Geweigerd where it is one dossier."""
    if een.pk == ander.pk:
        raise Geweigerd("Dat is hetzelfde dossier. Kies een ander.")
    bestaand: Dubbel | None = (
        Dubbel.objects.alles(reden=REDEN).filter(Q(een=een, ander=ander) | Q(een=ander, ander=een)).first()
    )
    if bestaand is not None:
        return bestaand
    nummers = nummers_van([een.pk, ander.pk])
    punten = vergelijk(*(beeld_van(wie, nummers.get(wie.pk, ())) for wie in (een, ander))).punten
    eerst, dan = sorted((een, ander), key=lambda wie: wie.pk)
    dubbel = Dubbel.objects.create(een=eerst, ander=dan, punten=punten, gevonden_op=nu)
    schrijf("dubbel.voorgesteld", toegang=toegang, nu=nu, jongere_id=een.pk, onderwerp=dubbel)
    return dubbel


@transaction.atomic
def leg_verschillend_vast(dubbel: Dubbel, *, toelichting: str, toegang: Toegang, nu: dt.datetime) -> None:
    """These are two people: remembered, so that nobody is asked again."""
    eigen = Dubbel.objects.alles(reden=REDEN).select_for_update(of=("self",)).filter(pk=dubbel.pk).first()
    if eigen is None or eigen.verschillend_op is not None:
        raise Geweigerd("Over deze twee is al besloten. Ververs de pagina.")
    eigen.verschillend_op, eigen.verschillend_door_id = nu, toegang.gebruiker_id or None
    eigen.toelichting = toelichting
    eigen.versie += 1
    eigen.save()
    schrijf("dubbel.verschillend", toegang=toegang, nu=nu, jongere_id=eigen.een_id, onderwerp=eigen)


@transaction.atomic
def haal_besluit_weg(dubbel: Dubbel, *, toegang: Toegang, nu: dt.datetime) -> None:
    """The decision was wrong: the pair waits again."""
    eigen = Dubbel.objects.alles(reden=REDEN).select_for_update(of=("self",)).filter(pk=dubbel.pk).first()
    if eigen is None or eigen.verschillend_op is None:
        raise Geweigerd("Over deze twee is nog niet besloten. Ververs de pagina.")
    eigen.verschillend_op = eigen.verschillend_door = None
    eigen.toelichting = ""
    eigen.versie += 1
    eigen.save()
    schrijf("dubbel.besluit-weg", toegang=toegang, nu=nu, jongere_id=eigen.een_id, onderwerp=eigen)
