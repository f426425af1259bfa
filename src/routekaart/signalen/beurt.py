"""Whose turn it is: work that only one may do at a time is claimed by a unique row with a heartbeat.

A node that dies loses its turn by itself: at once where its process was of this machine, else after `VERLOOPT`.
A node that was taken for dead and comes back finds out at its next heartbeat, before it writes: the heartbeat stands in
the same transaction as what is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties_rij import leeft_hier, nieuwe_houder
from routekaart.signalen.models import Beurt

VERLOOPT = dt.timedelta(minutes=15)


class Bezet(Geweigerd):
    """Somebody else has the turn now."""


class BeurtKwijt(RuntimeError):
    """Another node took over, because this one gave no sign of life for too long."""


@dataclass(frozen=True)
class Houder:
    """The one who has the turn."""

    werk: str
    wie: str

    def klop(self) -> None:
        """Shows that the work goes on; raises BeurtKwijt where another took over. Within the transaction of a write."""
        geraakt = Beurt.objects.filter(werk=self.werk, houder=self.wie).update(hartslag=timezone.now())
        if not geraakt:
            raise BeurtKwijt(f"{self.werk}: een ander heeft dit overgenomen")


@contextmanager
def beurt(werk: str) -> Iterator[Houder]:
    """Has the turn for this work while the body runs. Raises Bezet where another node has it."""
    Beurt.objects.bulk_create([Beurt(werk=werk)], ignore_conflicts=True)
    nu = timezone.now()
    wie = nieuwe_houder()
    vrij = Q(houder="") | Q(hartslag__lt=nu - VERLOOPT)
    bezig = Beurt.objects.filter(werk=werk).values_list("houder", flat=True).first()
    if bezig and not leeft_hier(bezig):
        vrij |= Q(houder=bezig)
    if not Beurt.objects.filter(vrij, werk=werk).update(houder=wie, hartslag=nu):
        raise Bezet("Dit loopt al op een andere computer. Wacht tot het daar klaar is.")
    try:
        yield Houder(werk, wie)
    finally:
        Beurt.objects.filter(werk=werk, houder=wie).update(houder="", hartslag=None)
