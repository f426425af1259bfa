"""Named selections of werkprocessen and tasks."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from routekaart.toegang.bereik import BereikQuerySet, Toegang


class WerkprocesQuerySet(BereikQuerySet[Any]):
    """Chains of named selections; scope first (`.voor(toegang)`)."""

    def open(self) -> Self:
        return self.filter(afgesloten_op__isnull=True)

    def afgesloten(self) -> Self:
        return self.filter(afgesloten_op__isnull=False)

    def van(self, toegang: Toegang) -> Self:
        """Handled by this user."""
        return self.filter(behandelaar_id=toegang.gebruiker_id)

    def zonder_behandelaar(self) -> Self:
        return self.filter(behandelaar__isnull=True)


class TaakQuerySet(BereikQuerySet[Any]):
    """Tasks; a task without an owner belongs to its team."""

    def open(self) -> Self:
        return self.filter(gedaan_op__isnull=True)

    def van(self, toegang: Toegang) -> Self:
        return self.filter(eigenaar_id=toegang.gebruiker_id)

    def te_laat(self, *, op: dt.date) -> Self:
        return self.filter(due__lt=op)

    def op_volgorde(self) -> Self:
        """Oldest first; the key last, so that pages never overlap."""
        return self.order_by("due", "tijd", "pk")
