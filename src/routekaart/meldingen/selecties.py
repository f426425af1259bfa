"""Named selections of meldingen, and what a list shows about many of them at once."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from routekaart.toegang.bereik import BereikQuerySet


class MeldingQuerySet(BereikQuerySet[Any]):
    """Chains of named selections; scope first (`.voor(toegang)`)."""

    def te_beoordelen(self) -> Self:
        """Without an oordeel, waiting for the melder or not."""
        return self.filter(oordeel="", ingetrokken_op__isnull=True)

    def op_ons(self) -> Self:
        """To be judged, and not waiting for the melder."""
        return self.te_beoordelen().exclude(stand="wacht-op-melder")

    def op_melder(self) -> Self:
        """To be judged, waiting for what the melder was asked."""
        return self.te_beoordelen().filter(stand="wacht-op-melder")

    def beoordeeld(self) -> Self:
        return self.exclude(oordeel="")

    def te_laat(self, *, op: dt.date) -> Self:
        """Not picked up within its working days (MEL-16)."""
        return self.te_beoordelen().filter(termijn__lt=op)

    def kortste_tijd_eerst(self) -> Self:
        return self.order_by("termijn", "pk")

    def hoogstens(self, aantal: int) -> Self:
        """The first ones of this order only, still to be counted beside other selections: for a counter that stops.

        What they must satisfy is said once, within: said twice, the database reads all of them for the outer one.
        """
        rijen: Self = self.model.objects.alles(reden="wat binnen bereik gekozen is")
        return rijen.filter(pk__in=self.values("pk")[:aantal])
