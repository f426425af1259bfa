"""The reported absence of meldingen in words, for many at once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, Sum

from routekaart.basis.taal import getal, meervoud, opsomming
from routekaart.meldingen.models import Melding, Verzuimregel


@dataclass(frozen=True, slots=True)
class Verzuimsom:
    """The absence that is not geoorloofd: minutes, whole days, and from the first to the last day."""

    minuten: int
    hele_dagen: int
    eerste: dt.date
    laatste: dt.date

    @property
    def weken(self) -> int:
        """Calendar weeks from the first to the last day, at least one."""
        return math.ceil(((self.laatste - self.eerste).days + 1) / 7)

    @property
    def in_woorden(self) -> str:
        """'22 uur in 4 weken', '3 hele dagen in 1 week', '4,5 uur en 2 hele dagen in 2 weken'."""
        delen = []
        if self.minuten:
            uren = self.minuten / 60
            delen.append(f"{getal(uren, 0 if self.minuten % 60 == 0 else 1)} uur")
        if self.hele_dagen:
            delen.append(meervoud(self.hele_dagen, "hele dag", "hele dagen"))
        return f"{opsomming(delen)} in {meervoud(self.weken, 'week', 'weken')}" if delen else ""


def verzuimsommen(meldingen: Iterable[Melding]) -> dict[int, Verzuimsom]:
    """The absence per melding, by its pk. One query; the caller reached the meldingen within scope."""
    rijen = Verzuimregel.objects.alles(reden="verzuim van meldingen die al binnen bereik zijn")
    echt = rijen.filter(Q(minuten__gt=0) | Q(hele_dag=True), melding__in=[melding.pk for melding in meldingen])
    sommen = (
        echt.filter(geoorloofd=False)
        .values("melding_id")
        .annotate(
            som=Sum("minuten"),
            dagen=Count("pk", filter=Q(hele_dag=True)),
            eerste=Min("datum"),
            laatste=Max("datum"),
        )
        .order_by("melding_id")
    )
    return {
        rij["melding_id"]: Verzuimsom(rij["som"] or 0, rij["dagen"], rij["eerste"], rij["laatste"]) for rij in sommen
    }


def verzuim_in_woorden(meldingen: Iterable[Melding]) -> dict[int, str]:
    """The same as text, by pk; without absence per day the melding is not in it."""
    return {pk: som.in_woorden for pk, som in verzuimsommen(meldingen).items()}
