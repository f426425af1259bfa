"""Adding to the loopbaan by hand. What DUO delivers is never changed here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.loopbaan.models import Feit, Hulp, Vaststelling, Werk
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf


def leg_werk_vast(jongere: Jongere, *, toegang: Toegang, nu: dt.datetime, **velden: Any) -> Werk:
    """Records a job."""
    _eis_periode(velden)
    return _leg_vast(Werk, jongere, toegang=toegang, nu=nu, velden=velden)


def leg_hulp_vast(jongere: Jongere, *, toegang: Toegang, nu: dt.datetime, **velden: Any) -> Hulp:
    """Records help by somebody; refused without the consent of the jongere to record it (PRV-08)."""
    _eis_periode(velden)
    if not velden.get("met_toestemming"):
        raise Geweigerd("Hulp leg je alleen vast als de jongere dat goed vindt.", veld="met_toestemming")
    return _leg_vast(Hulp, jongere, toegang=toegang, nu=nu, velden=velden)


def stel_startkwalificatie_vast(
    jongere: Jongere, *, op: dt.date, bewijs: str, bron: str, toegang: Toegang, nu: dt.datetime
) -> Vaststelling:
    """Records a startkwalificatie outside DUO, on evidence; refuses a day that is still to come."""
    if op > timezone.localdate(nu):
        raise Geweigerd("Deze datum ligt in de toekomst.", veld="op")
    return _leg_vast(Vaststelling, jongere, toegang=toegang, nu=nu, velden={"op": op, "bewijs": bewijs, "bron": bron})


@transaction.atomic
def _leg_vast[F: Feit](
    model: type[F], jongere: Jongere, *, toegang: Toegang, nu: dt.datetime, velden: dict[str, Any]
) -> F:
    rij = model(jongere=jongere, **velden)
    rij.save(force_insert=True)
    schrijf("loopbaan.vastgelegd", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=rij)
    return rij


def _eis_periode(velden: dict[str, Any]) -> None:
    van, tot = velden["van"], velden.get("tot")
    if tot is not None and tot < van:
        raise Geweigerd("De laatste dag ligt voor de eerste dag.", veld="tot")
