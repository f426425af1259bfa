"""What can be missing from a full delivery of an area, and be ended by somebody who looked: a row with a last day.

Persons of the BRP can be missing too; how that ends is another matter (acties_vermissing.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from routekaart.leveringen.publiceren.feitsoorten import FEITSOORTEN
from routekaart.personen.models import Verzorger
from routekaart.toegang.bereik import Toegang


@dataclass(frozen=True, kw_only=True)
class Eindigbaar:
    """One kind. `naam` is how the trace of a change calls it, `sleutel` what that trace holds beside the person and
    the last day. `wat` says in words which one is meant. `alleen`: which rows a delivery speaks of.
    """

    naam: str
    model: type[models.Model]
    sleutel: tuple[str, ...]
    wat: Callable[[Any], str]
    alleen: Q = field(default_factory=Q)

    def lopend(self, toegang: Toegang, *, op: dt.date) -> models.QuerySet[Any]:
        """The rows within scope that hold on that day."""
        rijen: Any = self.model._default_manager
        gevonden: models.QuerySet[Any] = rijen.voor(toegang).filter(
            self.alleen, Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op
        )
        return gevonden


EINDIGBAAR: dict[str, Eindigbaar] = {
    soort.code: Eindigbaar(naam=soort.naam, model=soort.model, sleutel=soort.sleutel, wat=soort.wat)
    for soort in FEITSOORTEN.values()
    if soort.wat is not None
} | {
    "brp-relaties": Eindigbaar(
        naam="verzorger",
        model=Verzorger,
        sleutel=("relatie", "naam", "van"),
        wat=lambda rij: f"{rij.relatie} sinds {rij.van:%d-%m-%Y}: {rij.naam}",
        alleen=Q(levering_id__isnull=False),
    )
}
