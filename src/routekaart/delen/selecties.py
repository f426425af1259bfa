"""What the jongere agreed to, and what was shared: read for one dossier."""

from __future__ import annotations

import datetime as dt

from routekaart.delen.models import Toestemming, Verstrekking
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang


def toestemmingen_van(jongere: Jongere, *, toegang: Toegang) -> list[Toestemming]:
    """Every answer ever given, newest first. One query."""
    rijen = Toestemming.objects.voor(toegang).filter(jongere=jongere)
    return list(rijen.select_related("vastgelegd_door", "document", "werkproces").order_by("-op", "-pk"))


def laatste_antwoorden(toestemmingen: list[Toestemming]) -> list[Toestemming]:
    """The answer that counts per receiver and purpose, by name of the receiver; no query."""
    laatste: dict[tuple[str, str], Toestemming] = {}
    for toestemming in toestemmingen:
        laatste.setdefault((toestemming.ontvanger.casefold(), toestemming.doel.casefold()), toestemming)
    return sorted(laatste.values(), key=lambda rij: (rij.ontvanger.casefold(), rij.doel.casefold()))


def mag_delen(toestemmingen: list[Toestemming], ontvanger: str, *, op: dt.date) -> bool:
    """Whether there is a yes for this receiver that holds on that day; no query."""
    return any(
        rij.ontvanger.casefold() == ontvanger.casefold() and rij.geldt(op=op)
        for rij in laatste_antwoorden(toestemmingen)
    )


def verstrekkingen_van(jongere: Jongere, *, toegang: Toegang) -> list[Verstrekking]:
    """Everything that was shared about this jongere, newest first. One query."""
    rijen = Verstrekking.objects.voor(toegang).filter(jongere=jongere)
    return list(rijen.select_related("door").order_by("-op", "-pk"))
