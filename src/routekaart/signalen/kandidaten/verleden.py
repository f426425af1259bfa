"""Where people lived on a day that is past: the history of the gemeente, read for those alone who came after it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from routekaart.basis.models import Gemeente
from routekaart.basis.sleutels import Sleutels
from routekaart.personen.models import BrpWijziging
from routekaart.regels.woonplaats import Verhuizing, Woonplaats, woonplaats_op
from routekaart.signalen.kandidaten.bouwstenen import REDEN

VELD = "gemeente"


def gemeenten_op_naam() -> dict[str, int]:
    """The gemeente of each name, as the history keeps it. One that ended and is of no region is its successor: nobody
    moved when it did.
    """
    rijen = list(Gemeente.objects.values_list("pk", "code", "naam", "regio_id", "opvolger_code"))
    op_code = {code: pk for pk, code, *_ in rijen}
    verder = {code: opvolger for _, code, _, regio_id, opvolger in rijen if regio_id is None and opvolger in op_code}
    gevonden: dict[str, int] = {}
    for _, code, naam, *_ in rijen:
        gehad = {code}
        while (volgende := verder.get(code, code)) not in gehad:
            gehad.add(code := volgende)
        gevonden[naam] = op_code[code]
    return gevonden


def woonplaatsen_op(
    dag: dt.date, nu: Iterable[tuple[int, Woonplaats]], op_naam: Mapping[str, int]
) -> dict[int, Woonplaats]:
    """Where these persons lived on the day, of whom it was perhaps another gemeente than now; the others are left out.

    `nu`: per person where she lives now. One query, or none.
    """
    erna = {pk: hier for pk, hier in nu if hier.sinds is not None and hier.sinds > dag}
    verhuizingen = _verhuizingen(erna, op_naam) if erna else {}
    return {pk: woonplaats_op(dag, erna[pk], gegaan) for pk, gegaan in verhuizingen.items()}


def _verhuizingen(sleutels: Collection[int], op_naam: Mapping[str, int]) -> dict[int, list[Verhuizing]]:
    """The changes of gemeente of these persons as they were recorded. The history keeps names; one that no gemeente has
    any more says nothing.
    """
    rijen: Any = BrpWijziging.objects.alles(reden=REDEN).filter(veld=VELD, jongere__in_rij=Sleutels.van(sleutels))
    per: defaultdict[int, list[Verhuizing]] = defaultdict(list)
    kolommen = ("jongere_id", "was", "wordt", "vastgelegd_op", "geldig_vanaf")
    for pk, was, wordt, moment, sinds in rijen.order_by("vastgelegd_op", "pk").values_list(*kolommen):
        if was in op_naam and wordt in op_naam:
            per[pk].append(Verhuizing(op_naam[was], op_naam[wordt], timezone.localdate(moment), sinds))
    return per
