"""Who stands around a jongere."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import Jongere, Verzorger
from routekaart.toegang.bereik import Toegang


def verzorgers(jongere: Jongere, *, toegang: Toegang, op: dt.date | None = None) -> list[Verzorger]:
    """The verzorgers, with gezag first; on a day only those of then. One query."""
    rijen = Verzorger.objects.voor(toegang).filter(jongere=jongere)
    if op is not None:
        rijen = rijen.filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op)
    volgorde = {Verzorger.Gezag.JA: 0, Verzorger.Gezag.ONBEKEND: 1, Verzorger.Gezag.NEE: 2}
    return sorted(rijen.order_by("naam", "pk"), key=lambda verzorger: volgorde[Verzorger.Gezag(verzorger.gezag)])


def betrokkenen(jongere: Jongere, *, toegang: Toegang, op: dt.date | None = None) -> list[Betrokkene]:
    """The others around the jongere; on a day only who is still there. One query."""
    rijen = Betrokkene.objects.voor(toegang).filter(jongere=jongere)
    if op is not None:
        rijen = rijen.filter(Q(gestopt_op__isnull=True) | Q(gestopt_op__gt=op))
    return list(rijen.order_by("gestopt_op", "naam", "pk"))
