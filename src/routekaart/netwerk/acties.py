"""Recording and changing the people around a jongere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.versies import wijzig
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import Jongere, Verzorger
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf


@transaction.atomic
def leg_verzorger_vast(jongere: Jongere, *, toegang: Toegang, nu: dt.datetime, **velden: Any) -> Verzorger:
    """Adds a parent, guardian or foster parent."""
    _eis_periode(velden)
    verzorger: Verzorger = Verzorger.objects.create(jongere=jongere, **velden)
    schrijf("verzorger.vastgelegd", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=verzorger)
    return verzorger


@transaction.atomic
def leg_betrokkene_vast(jongere: Jongere, *, toegang: Toegang, nu: dt.datetime, **velden: Any) -> Betrokkene:
    """Adds somebody around the jongere: mentor, coach, helper."""
    betrokkene: Betrokkene = Betrokkene.objects.create(jongere=jongere, **velden)
    schrijf("betrokkene.vastgelegd", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=betrokkene)
    return betrokkene


@transaction.atomic
def wijzig_verzorger(
    verzorger: Verzorger,
    *,
    versie: int,
    velden: Mapping[str, Any],
    begin: Mapping[str, Any] | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Changes a verzorger. Raises Tussentijds when a colleague did so meanwhile."""
    _eis_periode(velden)
    _wijzig(verzorger, "verzorger.vastgelegd", versie=versie, velden=velden, begin=begin, toegang=toegang, nu=nu)


@transaction.atomic
def wijzig_betrokkene(
    betrokkene: Betrokkene,
    *,
    versie: int,
    velden: Mapping[str, Any],
    begin: Mapping[str, Any] | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Changes somebody around the jongere. Raises Tussentijds when a colleague did so meanwhile."""
    _wijzig(betrokkene, "betrokkene.vastgelegd", versie=versie, velden=velden, begin=begin, toegang=toegang, nu=nu)


def _wijzig(
    ding: Betrokkene | Verzorger,
    code: str,
    *,
    versie: int,
    velden: Mapping[str, Any],
    begin: Mapping[str, Any] | None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    wijzig(ding, versie=versie, velden=velden, begin=begin)
    schrijf(code, toegang=toegang, nu=nu, jongere_id=ding.jongere_id, onderwerp=ding, inhoud={"velden": sorted(velden)})


def _eis_periode(velden: Mapping[str, Any]) -> None:
    van, tot = velden.get("van"), velden.get("tot")
    if van is not None and tot is not None and tot < van:
        raise Geweigerd("De laatste dag ligt voor de eerste dag.", veld="tot")
