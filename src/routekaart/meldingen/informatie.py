"""The minimum information of a melding (CL-02): how it stands, asking the melder for what is missing, filling it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from django.db.models import QuerySet

from routekaart.inhoud.codelijsten import codelijst
from routekaart.meldingen.models import Informatievraag, Melding
from routekaart.meldingen.soorten import is_verzuim
from routekaart.regels.volledigheid import Punteis, Volledigheid, is_ingevuld, volledigheid
from routekaart.toegang.models import SoortWerk

# point of CL-02 -> field of the melding that holds it
VELD_VAN_PUNT: Mapping[str, str] = {
    "reden": "reden",
    "acties-partners": "partneracties",
    "reactie-jongere": "reactie_jongere",
    "contactgegevens": "betrokkenen",
    "hulptrajecten": "hulptrajecten",
    "verzuimoverzicht": "verzuimoverzicht",
    "verwachting-melder": "verwachte_inzet",
}
# working days in which we expect an answer
ANTWOORD_WERKDAGEN = 5
_VRAGEN = "vragen bij een melding die al bereikt is"


@cache
def eisen() -> tuple[Punteis, ...]:
    """The points of CL-02, as the code list has them."""
    return tuple(
        Punteis(
            code=waarde.code,
            kort=waarde["kort"],
            verplicht=waarde["verplicht"],
            als=waarde["als"] or "",
            niveau=waarde["niveau"] or "",
        )
        for waarde in codelijst("minimale-informatie").waarden
    )


def is_verzuim_18_plus(melding: Melding) -> bool:
    """Whether the verzuimoverzicht is needed: a report of absence of somebody of 18 or older (MEL-14)."""
    return is_verzuim(melding.soort) and melding.soort_werk == SoortWerk.DOORSTROOMPUNT


def gegeven(melding: Melding, *, verzuim: str) -> dict[str, str]:
    """The text per point. `verzuim` is the absence per day in words: that is an overview too. Contact data of the
    melder count as contact data.
    """
    teksten: dict[str, str] = {punt: getattr(melding, veld) for punt, veld in VELD_VAN_PUNT.items()}
    if not is_ingevuld(teksten["verzuimoverzicht"]):
        teksten["verzuimoverzicht"] = verzuim
    if not is_ingevuld(teksten["contactgegevens"]):
        bereikbaar = (melding.melder_telefoon, melding.melder_email)
        delen = (melding.melder_naam, melding.melder_functie, *bereikbaar) if any(bereikbaar) else ()
        teksten["contactgegevens"] = ", ".join(deel for deel in delen if deel)
    return teksten


def volledigheid_van(melding: Melding, *, verzuim: str, op: dt.date) -> Volledigheid:
    """How the minimum information of this melding stands. No query: `verzuim` comes from `selecties`."""
    return volledigheid(
        eisen(),
        gegeven(melding, verzuim=verzuim),
        verzuim_18_plus=is_verzuim_18_plus(melding),
        niveau=melding.niveau,
        op=op,
    )


def open_vragen(melding: Melding) -> QuerySet[Informatievraag]:
    """The points that were asked and not answered yet."""
    rijen = Informatievraag.objects.alles(reden=_VRAGEN)
    return rijen.filter(melding=melding, beantwoord_op__isnull=True).order_by("gevraagd_op", "pk")
