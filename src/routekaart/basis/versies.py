"""Two people edit the same thing: the second is told what changed, and nothing is overwritten in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from routekaart.basis.fouten import Tussentijds, Wijziging
from routekaart.basis.models import Basis


def leesbaar(waarde: Any) -> str:
    """A stored value as a person reads it; empty is `leeg`."""
    if waarde is None or waarde in ("", [], {}):
        return "leeg"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, dt.datetime):
        return timezone.localtime(waarde).strftime("%d-%m-%Y %H:%M")
    if isinstance(waarde, dt.date):
        return waarde.strftime("%d-%m-%Y")
    if isinstance(waarde, list | tuple | set):
        return ", ".join(str(deel) for deel in waarde)
    return str(waarde)


def wijzig(
    ding: Basis,
    *,
    versie: int,
    velden: Mapping[str, Any],
    begin: Mapping[str, Any] | None = None,
    door: str = "",
) -> None:
    """Writes `velden` on the row if it still has `versie`; else raises `Tussentijds` with what differs now.

    `begin` holds the values the form was opened with, for the message; without it the message shows only what
    stands there now. `ding` is brought up to date in both cases. One UPDATE guards against the race.
    """
    model = type(ding)
    nu = timezone.now()
    beheer = model._base_manager
    geraakt = beheer.filter(pk=ding.pk, versie=versie).update(versie=F("versie") + 1, updated=nu, **velden)
    ding.refresh_from_db(fields=["versie", "updated", *velden])
    if geraakt:
        return
    wijzigingen = []
    for naam, wil in velden.items():
        nu_waarde = getattr(ding, naam)
        was = begin.get(naam, None) if begin is not None else None
        if nu_waarde == wil or (begin is not None and nu_waarde == was):
            continue
        label = str(getattr(model._meta.get_field(naam), "verbose_name", naam))
        wijzigingen.append(Wijziging(naam, label[:1].upper() + label[1:], leesbaar(was), leesbaar(nu_waarde)))
    raise Tussentijds(wijzigingen, versie=ding.versie, door=door)
