"""Who may handle a werkproces: colleagues whose team does this kind of work in this gemeente."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from routekaart.dossiers.models import Werkproces
from routekaart.toegang.models import Gebruiker, Lidmaatschap, Team
from routekaart.toegang.rechten import RECHTEN, Recht


def collegas_voor(werkproces: Werkproces, *, op: dt.date) -> QuerySet[Gebruiker]:
    """Active users who can work on this werkproces on that day, by name. Two queries when read."""
    teams = Team.objects.filter(regio_id=werkproces.regio_id, gemeenten=werkproces.gemeente_id)
    passend = [team.pk for team in teams if werkproces.soort_werk in team.soorten_werk]
    if werkproces.team_id is not None:
        passend.append(werkproces.team_id)
    leden = Lidmaatschap.objects.geldig_op(op).filter(team__in=passend, rol__in=RECHTEN[Recht.DOSSIER_WERKEN])
    return Gebruiker.objects.filter(is_active=True, pk__in=leden.values("gebruiker")).order_by("naam", "pk")
