"""What was recorded from the start of a path on, read for one werkproces within scope."""

from __future__ import annotations

from routekaart.begeleiding.models import Evaluatie, Kijkmoment, Nazorgmoment, Traject, Voortgang
from routekaart.dossiers.models import Werkproces
from routekaart.toegang.bereik import Toegang


def trajecten_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Traject]:
    """All paths in order of their start. One query."""
    return list(Traject.objects.voor(toegang).filter(werkproces=werkproces).order_by("start_op", "pk"))


def voortgang_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Voortgang]:
    """Every time it was talked about, the newest first. One query."""
    rijen = Voortgang.objects.voor(toegang).filter(werkproces=werkproces).select_related("door")
    return list(rijen.order_by("-op", "-pk"))


def nazorg_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Nazorgmoment]:
    """The moments that were held and those to come, in order of time; without what lapsed. One query."""
    rijen = Nazorgmoment.objects.voor(toegang).filter(werkproces=werkproces, vervallen_op__isnull=True)
    return sorted(rijen.select_related("door"), key=lambda moment: (moment.gehouden_op or moment.gepland_op, moment.pk))


def evaluaties_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Evaluatie]:
    """Every look back, the newest first. One query."""
    rijen = Evaluatie.objects.voor(toegang).filter(werkproces=werkproces).select_related("door")
    return list(rijen.order_by("-op", "-pk"))


def kijkmomenten_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Kijkmoment]:
    """Every look at somebody who is kept in view, the newest first. One query."""
    rijen = Kijkmoment.objects.voor(toegang).filter(werkproces=werkproces).select_related("door")
    return list(rijen.order_by("-op", "-pk"))
