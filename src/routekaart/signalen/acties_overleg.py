"""Taking a list of oud-vsv'ers to an overleg: only with ground and purpose, and with no more than is needed to know who
it is about (OUD-04, PRV-19). What goes out is kept per person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.delen.acties import leg_verstrekking_vast
from routekaart.delen.gronden import GRONDSLAGEN, LANGSTE_DOEL
from routekaart.delen.models import Verstrekking
from routekaart.inhoud.codelijsten import codelijst
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

KANAAL = "overleg"
MEESTE = 100


@transaction.atomic
def neem_mee(
    jongeren: Sequence[Jongere], *, overleg: str, doel: str, grondslag: str, toegang: Toegang, nu: dt.datetime
) -> list[Verstrekking]:
    """Keeps for each of these that her name and age go to this overleg. Who has geheimhouding stays off the list.

    Raises Geweigerd without a purpose or ground, and where nobody is left.
    """
    doel = doel.strip()
    if overleg not in codelijst("overlegvormen"):
        raise Geweigerd("Kies een overleg.", veld="overleg")
    if grondslag not in GRONDSLAGEN:
        raise Geweigerd("Kies op welke grond je dit deelt.", veld="grondslag")
    if not doel:
        raise Geweigerd("Schrijf op waarom dit overleg deze namen nodig heeft.", veld="doel")
    if len(doel) > LANGSTE_DOEL:
        raise Geweigerd(f"Houd het doel korter dan {LANGSTE_DOEL} tekens.", veld="doel")
    mee = [een for een in jongeren if not een.geheimhouding and een.overleden_op is None][:MEESTE]
    if not mee:
        raise Geweigerd("Er blijft niemand over: wie geheimhouding heeft, gaat niet mee op een lijst.")
    op = timezone.localdate(nu)
    naam = codelijst("overlegvormen").waarde(overleg).label
    gemaakt = []
    for een in mee:
        verstrekking = leg_verstrekking_vast(
            een,
            ontvanger=naam,
            doel=doel,
            grondslag=GRONDSLAGEN[grondslag],
            kanaal=KANAAL,
            inhoud={"naam": een.naam, "leeftijd": str(een.leeftijd(op=op)), "gemeente": een.gemeente.naam},
            werkproces=None,
            door_id=toegang.gebruiker_id or None,
            nu=nu,
        )
        schrijf("overleg.meegenomen", toegang=toegang, nu=nu, jongere_id=een.pk, onderwerp=verstrekking)
        gemaakt.append(verstrekking)
    return gemaakt


def lijst_van(verstrekking: Verstrekking, *, toegang: Toegang) -> list[Verstrekking]:
    """Everything that went out with this one: same moment, same colleague, same overleg. One query."""
    samen = Verstrekking.objects.voor(toegang).filter(
        op=verstrekking.op, door=verstrekking.door_id, ontvanger=verstrekking.ontvanger, kanaal=verstrekking.kanaal
    )
    return list(samen.select_related("jongere", "door").order_by("jongere__zoeknaam", "pk"))
