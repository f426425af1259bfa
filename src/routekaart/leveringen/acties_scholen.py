"""Schools that a delivery named first, by their number alone, get the name that people know (contracten.md, 2)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.versies import wijzig
from routekaart.loopbaan.models import Instelling
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf


def vul_school_aan(
    school: Instelling, *, naam: str, plaats: str, versie: int, toegang: Toegang, nu: dt.datetime
) -> None:
    """Gives a school its name and place; it waits no longer. Raises Geweigerd or Tussentijds."""
    naam, plaats = " ".join(naam.split()), " ".join(plaats.split())
    if not naam or naam.upper() == school.brin:
        raise Geweigerd("Schrijf de naam van de school, niet het nummer", veld="naam")
    was = {"naam": school.naam, "plaats": school.plaats}
    with transaction.atomic():
        velden = {"naam": naam, "plaats": plaats, "aanvullen": False}
        wijzig(school, versie=versie, velden=velden)
        inhoud = {"brin": school.brin, "was": was, "wordt": {"naam": naam, "plaats": plaats}}
        schrijf("school.aangevuld", toegang=toegang, nu=nu, onderwerp=school, inhoud=inhoud)


def zelfde_school(school: Instelling) -> Instelling | None:
    """The school of which this one is probably a location: the first four signs of the number are hers."""
    anderen = Instelling.objects.filter(brin__startswith=school.brin[:4], aanvullen=False).exclude(pk=school.pk)
    return anderen.order_by("brin").first()
