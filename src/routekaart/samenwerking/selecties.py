"""Feedback that was given about one werkproces."""

from __future__ import annotations

from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.models import Terugkoppeling
from routekaart.toegang.bereik import Toegang


def terugkoppelingen_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Terugkoppeling]:
    """What was told, newest first. One query."""
    rijen = Terugkoppeling.objects.voor(toegang).filter(werkproces=werkproces)
    return list(rijen.select_related("door", "melding", "brief__document").order_by("-op", "-pk"))


def meldingen_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Melding]:
    """The meldingen of this werkproces that the school did not take back, oldest first. One query."""
    rijen = Melding.objects.voor(toegang).filter(werkproces=werkproces, ingetrokken_op__isnull=True)
    return list(rijen.select_related("instelling", "werkproces", "jongere").order_by("ontvangen_op", "pk"))
