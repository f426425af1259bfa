"""How many signals are open, per kind and gemeente: numbers only, for a whole region."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from routekaart.signalen.models import Signaal


def tel_openstaand(regio_id: int, *, soorten: Sequence[str]) -> dict[str, dict[str, int]]:
    """Per kind how many are open per gemeentecode; a kind without any has an empty count. One query."""
    rijen = Signaal.objects.alles(reden="getallen over een hele regio, zonder personen").openstaand()
    geteld = rijen.filter(regio_id=regio_id, soort__in=soorten).values_list("soort", "gemeente__code")
    tellingen: dict[str, dict[str, int]] = {soort: {} for soort in soorten}
    for soort, gemeente, aantal in geteld.annotate(aantal=Count("pk")).order_by("soort", "gemeente__code"):
        tellingen[soort][gemeente] = aantal
    return tellingen
