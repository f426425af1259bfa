"""Setting up the area: regions, subregions and gemeenten from the shipped content. Repeatable.

What a region changed stays: a row that is there is only completed where it is empty. A later change of the
national list (a gemeente ends, a successor) does come in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from routekaart.basis.models import Gemeente, Regio, Subregio
from routekaart.inhoud import gebied

# the national list does not say since when the oldest gemeenten exist
ALTIJD_AL = dt.date(1811, 1, 1)
VOLGORDE = 10


@dataclass(frozen=True)
class Ingericht:
    """How many rows were made or completed."""

    regios: int
    subregios: int
    gemeenten: int


@transaction.atomic
def richt_gebied_in() -> Ingericht:
    """Makes what is missing of all regions, subregions and gemeenten, also those that ended."""
    bekend = set(Regio.objects.values_list("nummer", flat=True))
    nieuwe_regios = [Regio(nummer=r.nummer, naam=r.naam) for r in gebied.regios().values() if r.nummer not in bekend]
    Regio.objects.bulk_create(nieuwe_regios)
    regio_ids = dict(Regio.objects.values_list("nummer", "pk"))
    nieuwe_subregios = 0
    subregio_van: dict[str, tuple[int, int]] = {}
    for deel in gebied.subregios():
        subregio, nieuw = Subregio.objects.get_or_create(regio_id=regio_ids[deel.regio], naam=deel.naam)
        nieuwe_subregios += nieuw
        for plaats, code in enumerate(deel.gemeenten, start=1):
            subregio_van[code] = (subregio.pk, plaats * VOLGORDE)
    gemeenten = _richt_gemeenten_in(regio_ids, subregio_van)
    return Ingericht(len(nieuwe_regios), nieuwe_subregios, gemeenten)


def _richt_gemeenten_in(regio_ids: Mapping[int, int], subregio_van: Mapping[str, tuple[int, int]]) -> int:
    bestaand = {gemeente.code: gemeente for gemeente in Gemeente.objects.all()}
    nieuw, aangevuld = [], 0
    for bron in gebied.gemeenten().values():
        subregio_id, volgorde = subregio_van.get(bron.code, (None, None))
        gemeente = bestaand.get(bron.code)
        if gemeente is None:
            rij = _nieuwe_gemeente(bron, regio_ids)
            rij.subregio_id = subregio_id
            rij.volgorde = volgorde or rij.volgorde
            nieuw.append(rij)
        elif _vul_aan(gemeente, bron, regio_ids):
            aangevuld += 1
    Gemeente.objects.bulk_create(nieuw, batch_size=500)
    return len(nieuw) + aangevuld


def _vul_aan(gemeente: Gemeente, bron: gebied.Gemeente, regio_ids: Mapping[int, int]) -> bool:
    """Brings in what the national list knows and the row does not. Whether anything changed."""
    velden: dict[str, object] = {}
    if gemeente.tot is None and bron.tot is not None and bron.tot >= gemeente.van:
        velden["tot"] = bron.tot
    if not gemeente.opvolger_code and bron.opvolger:
        velden["opvolger_code"] = bron.opvolger
    if gemeente.regio_id is None and bron.regio is not None and bron.regio in regio_ids:
        velden["regio_id"] = regio_ids[bron.regio]
    if not velden:
        return False
    Gemeente.objects.filter(pk=gemeente.pk).update(**velden)
    return True


def _nieuwe_gemeente(bron: gebied.Gemeente, regio_ids: Mapping[int, int]) -> Gemeente:
    return Gemeente(
        code=bron.code,
        naam=bron.naam,
        van=bron.van or ALTIJD_AL,
        tot=bron.tot,
        opvolger_code=bron.opvolger or "",
        regio_id=regio_ids.get(bron.regio) if bron.regio else None,
    )


def gemeentecodes() -> frozenset[str]:
    """All codes there are and were: those of the national list and those of the database."""
    return frozenset(gebied.gemeenten()) | frozenset(Gemeente.objects.values_list("code", flat=True))


def gemeente_met_code(code: str) -> Gemeente:
    """The gemeente with this code of the national list; made where the database does not have it yet."""
    gevonden = Gemeente.objects.filter(code=code).first()
    if gevonden is None:
        bron = gebied.gemeente(code)
        nieuw = _nieuwe_gemeente(bron, dict(Regio.objects.values_list("nummer", "pk")))
        Gemeente.objects.bulk_create([nieuw], ignore_conflicts=True)
        gevonden = Gemeente.objects.get(code=code)
    return gevonden
