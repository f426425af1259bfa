"""Changing a setting of the region from a day on; what held before stays what it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, JSONField, Value
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Parameter, Regio
from routekaart.basis.parameters import STANDAARD, parameters
from routekaart.beheer.instellingen import (
    GRENZEN,
    LIJST,
    MAG_LEEG,
    RUIM,
    SAMEN,
    protocolnamen,
    rijen_van,
    stand_van,
)
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

LANGSTE = 240


def stel_in(
    code: str, *, waarde: Any, van: dt.date, toelichting: str, stand: str | None = None, toegang: Toegang,
    nu: dt.datetime,
) -> None:  # fmt: skip
    """From `van` on the region uses this value. `stand`: what the form was opened on. Raises Geweigerd."""
    eis_waarde(code, waarde)
    _doe(code, waarde, van=van, toelichting=toelichting, stand=stand, eigen=True, toegang=toegang, nu=nu)


def naar_standaard(
    code: str, *, van: dt.date, toelichting: str, stand: str | None = None, toegang: Toegang, nu: dt.datetime
) -> None:
    """From `van` on the region follows the default again; what was planned after that day lapses. Raises Geweigerd."""
    _doe(code, None, van=van, toelichting=toelichting, stand=stand, eigen=False, toegang=toegang, nu=nu)


@transaction.atomic
def _doe(
    code: str, waarde: Any, *, van: dt.date, toelichting: str, stand: str | None, eigen: bool, toegang: Toegang,
    nu: dt.datetime,
) -> None:  # fmt: skip
    if code not in STANDAARD:
        raise Geweigerd("Deze instelling bestaat niet.")
    if toegang.regio_id is None:
        raise Geweigerd("Je werkt voor geen enkele regio.")
    if van < timezone.localdate(nu):
        raise Geweigerd("Kies vandaag of later. Wat al voorbij is, blijft zoals het was.", veld="van")
    toelichting = toelichting.strip()
    if not toelichting:
        raise Geweigerd("Schrijf op waar dit is afgesproken.", veld="toelichting")
    if len(toelichting) > LANGSTE:
        raise Geweigerd(f"Houd dit korter dan {LANGSTE} tekens.", veld="toelichting")
    Regio.objects.select_for_update().get(pk=toegang.regio_id)
    rijen = list(rijen_van(toegang.regio_id, code))
    if stand is not None and stand != stand_van(rijen):
        raise Geweigerd("Een collega wijzigde dit net. Kijk wat er nu staat en bewaar daarna opnieuw.")
    was = parameters(toegang.regio_id, op=van)
    if eigen:
        _eis_samen({**was, code: waarde})
    else:
        _eis_samen({**was, code: STANDAARD[code].waarde})
    _schuif_in(toegang.regio_id, code, rijen, van=van, eigen=eigen)
    if eigen:
        straks = [rij.van for rij in rijen if rij.van > van]
        tot = min(straks) - dt.timedelta(days=1) if straks else None
        Parameter.objects.create(
            regio_id=toegang.regio_id,
            code=code,
            waarde=Value(None, JSONField()) if waarde is None else waarde,  # a null of its own, not an empty column
            van=van,
            tot=tot,
            toelichting=toelichting,
        )
    inhoud = {
        "instelling": code,
        "was": was[code],
        "wordt": waarde if eigen else STANDAARD[code].waarde,
        "vanaf": str(van),
        "standaard": not eigen,
        "waarom": toelichting,
    }
    schrijf("beheer.instelling", toegang=toegang, nu=nu, onderwerp=f"instelling:{code}", inhoud=inhoud)


def _schuif_in(regio_id: int, code: str, rijen: list[Parameter], *, van: dt.date, eigen: bool) -> None:
    """Makes room from `van` on: what held until then ends the day before, what began that day is replaced."""
    for rij in rijen:
        if rij.van == van or (not eigen and rij.van > van):
            rij.delete()
        elif rij.van < van and (rij.tot is None or rij.tot >= van):
            geldend = Parameter.objects.filter(pk=rij.pk)
            geldend.update(tot=van - dt.timedelta(days=1), versie=F("versie") + 1)


def eis_waarde(code: str, waarde: Any) -> None:
    """Raises Geweigerd, with what may be, where this setting cannot have this value."""
    standaard = STANDAARD.get(code)
    if standaard is None:
        raise Geweigerd("Deze instelling bestaat niet.")
    if code == "contactprotocol":
        if waarde not in protocolnamen():
            raise Geweigerd("Kies een protocol uit de lijst.", veld="waarde")
        return
    if isinstance(standaard.waarde, bool):
        if not isinstance(waarde, bool):
            raise Geweigerd("Kies ja of nee.", veld="waarde")
        return
    if waarde is None and code in MAG_LEEG:
        return
    laagste, hoogste = GRENZEN.get(code, RUIM)
    getallen = waarde if code in LIJST else [waarde]
    if not isinstance(getallen, list) or not getallen:
        raise Geweigerd("Vul minstens een getal in.", veld="waarde")
    if not all(isinstance(een, int) and not isinstance(een, bool) for een in getallen):
        raise Geweigerd("Vul een heel getal in.", veld="waarde")
    if not all(laagste <= een <= hoogste for een in getallen):
        tussen = f"van {taal.getal(laagste)} tot en met {taal.getal(hoogste)}"
        raise Geweigerd(f"Kies een getal {tussen}.", veld="waarde")
    if getallen != sorted(set(getallen)):
        raise Geweigerd("Zet de getallen op volgorde, elk een keer.", veld="waarde")


def _eis_samen(waarden: dict[str, Any]) -> None:
    for laag, hoog in SAMEN:
        if waarden[laag] >= waarden[hoog]:
            raise Geweigerd(
                f"‘{STANDAARD[laag].wat}’ ({waarden[laag]}) moet lager zijn dan ‘{STANDAARD[hoog].wat}’ "
                f"({waarden[hoog]}).",
                veld="waarde",
            )
