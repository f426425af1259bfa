"""Who is worth comparing: the database puts people in order, and only those who stand together are compared.

Three times in order: of birth date (where day and month may be swapped), of name, of address. Within a group each is
compared with the `VENSTER` that follow, so the work grows with the number of people and never with its square.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from routekaart.personen.models import Jongere
from routekaart.regels.dubbelen import Beeld, kern, klank
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.toegang.bereik import Toegang

VENSTER = 60
# so much of the name decides who stands together
NAAMBEGIN = 8
PER_KEER = 5000

VELDEN = (
    "pk", "updated", "zoeknaam", "achternaam", "voorvoegsel", "voornamen", "roepnaam", "geboortedatum", "geslacht",
    "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats",
)  # fmt: skip


class Kandidaat(NamedTuple):
    """One person as the search reads them."""

    pk: int
    updated: dt.datetime
    zoeknaam: str
    beeld: Beeld


def kandidaatparen(toegang: Toegang, *, sinds: dt.datetime | None = None) -> Iterator[tuple[Kandidaat, Kandidaat]]:
    """Pairs of persons within scope who may be one; a pair may come more than once. Three queries.

    With `sinds` only pairs of which one changed since that moment.
    """
    for groep in _groepen(toegang):
        if sinds is not None and all(wie.updated < sinds for wie in groep):
            continue
        op_naam = sorted(groep, key=lambda wie: (klank(kern(wie.beeld.achternaam)), wie.zoeknaam, wie.pk))
        for plaats, een in enumerate(op_naam):
            for ander in op_naam[plaats + 1 : plaats + 1 + VENSTER]:
                if sinds is None or een.updated >= sinds or ander.updated >= sinds:
                    yield een, ander


def _groepen(toegang: Toegang) -> Iterator[Sequence[Kandidaat]]:
    alle = Jongere.objects.voor(toegang)
    for _, jaargang in groupby(_lees(alle.order_by("geboren_vanaf", "pk")), key=lambda wie: wie.beeld.geboren.jaar):
        op_dag: defaultdict[tuple[int, ...], list[Kandidaat]] = defaultdict(list)
        for wie in jaargang:
            op_dag[_dag(wie.beeld.geboren)].append(wie)
        yield from op_dag.values()
    op_naam = _lees(alle.order_by("zoeknaam", "pk"))
    yield from (list(groep) for _, groep in groupby(op_naam, key=lambda wie: wie.zoeknaam[:NAAMBEGIN]))
    op_adres = _lees(alle.exclude(postcode="").exclude(huisnummer="").order_by("postcode", "huisnummer", "pk"))
    yield from (list(g) for _, g in groupby(op_adres, key=lambda wie: (wie.beeld.postcode, wie.beeld.huisnummer)))


def _dag(geboren: Geboortedatum) -> tuple[int, ...]:
    """Day and month, whichever of the two was written first."""
    return tuple(sorted((geboren.maand or 0, geboren.dag or 0)))


def _lees(rijen: Any) -> Iterator[Kandidaat]:
    for rij in rijen.values(*VELDEN).iterator(PER_KEER):
        nummer = f"{rij['huisnummer']}{rij['huisletter']}{rij['toevoeging']}"
        yield Kandidaat(
            rij["pk"],
            rij["updated"],
            rij["zoeknaam"],
            Beeld(
                achternaam=rij["achternaam"],
                voorvoegsel=rij["voorvoegsel"],
                voornamen=rij["voornamen"],
                roepnaam=rij["roepnaam"],
                geboren=Geboortedatum.lees(rij["geboortedatum"]),
                geslacht=rij["geslacht"],
                straat=rij["straat"],
                huisnummer=nummer,
                postcode=rij["postcode"],
                woonplaats=rij["woonplaats"],
            ),
        )
