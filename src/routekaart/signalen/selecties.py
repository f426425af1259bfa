"""Named selections of signals."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db.models import Q

from routekaart.toegang.bereik import BereikQuerySet, Toegang

OPENSTAAND = ("open", "toegewezen")


class SignaalQuerySet(BereikQuerySet[Any]):
    """Chains of named selections; scope first (`.voor(toegang)`)."""

    def openstaand(self) -> Self:
        """What still asks for something: open, or with a colleague."""
        return self.filter(stand__in=OPENSTAAND)

    def in_voorraad(self, *, op: dt.date) -> Self:
        """What was let into the werkvoorraad by that day, and still asks for something."""
        return self.openstaand().filter(in_voorraad_op__lte=op)

    def voor_mij(self, toegang: Toegang) -> Self:
        """What is mine, or nobody's."""
        return self.filter(Q(behandelaar=toegang.gebruiker_id) | Q(behandelaar__isnull=True))
