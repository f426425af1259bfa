"""Flood control: a team lets in so many signals of a kind per week; the oldest go first, the rest wait on the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Q

from routekaart.signalen.models import Instroom, Signaal

_REDEN = "instroom van een hele regio, zonder gebruiker"


def laat_in(regio_id: int, *, op: dt.date) -> int:
    """Lets signals into the werkvoorraad: per team and kind as many as still fit this week, of the others all.

    Returns how many went in. Within a transaction of the caller.
    """
    wachtend = Signaal.objects.alles(reden=_REDEN).openstaand().filter(regio_id=regio_id, in_voorraad_op__isnull=True)
    begrensd = Q(pk__in=[])
    aantal = 0
    maandag = op - dt.timedelta(days=op.weekday())
    for grens in Instroom.objects.filter(team__regio_id=regio_id).select_related("team").order_by("pk"):
        hoort = _hoort_bij(grens)
        begrensd |= hoort
        deze_week = Signaal.objects.alles(reden=_REDEN).filter(hoort, regio_id=regio_id, in_voorraad_op__gte=maandag)
        ruimte = max(0, grens.per_week - deze_week.count())
        eerst = wachtend.filter(hoort).order_by("eerst_gezien_op", F("sinds").asc(nulls_last=True), "pk")
        gekozen = list(eerst.values_list("pk", flat=True)[:ruimte])
        aantal += wachtend.filter(pk__in=gekozen).update(in_voorraad_op=op)
    aantal += wachtend.exclude(begrensd).update(in_voorraad_op=op)
    return aantal


def _hoort_bij(grens: Instroom) -> Q:
    gemeenten: list[Any] = list(grens.team.gemeenten.values_list("pk", flat=True))
    return Q(soort=grens.soort, gemeente_id__in=gemeenten, soort_werk__in=grens.team.soorten_werk)
