"""The signals within other pages: how many wait, by kind, for a work list; and which are open about one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from routekaart.basis import taal
from routekaart.personen.models import Jongere
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.lijst import Getal, Vraag, stand_in_woorden
from routekaart.signalen.models import Signaal
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.rechten import Recht


@dataclass(frozen=True)
class Openstaand:
    """One open signal as it stands in a dossier, with the acts where this user may do them: (text, address)."""

    naam: str
    waarom: str
    sinds: str
    stand: str
    url: str
    doen: list[tuple[str, str]]


def als_getallen(per_soort: Mapping[str, int], *, toon: str) -> list[Getal]:
    """Counts by kind as links, in the order of the rules; kinds without any are left out."""
    return [
        Getal(per_soort[code], Vraag(soort=code, toon=toon).adres(), regel.naam)
        for code, regel in SIGNAALREGELS.items()
        if per_soort.get(code)
    ]


def openstaand_over(jongere: Jongere, *, toegang: Toegang, op: dt.date) -> list[Openstaand]:
    """The open signals about this person within scope, newest first; none for who may not see signals. One query."""
    if not toegang.mag(Recht.SIGNALEN_ZIEN):
        return []
    rijen = Signaal.objects.voor(toegang).openstaand().filter(jongere=jongere).select_related("behandelaar")
    mag_werken = toegang.mag(Recht.SIGNALEN_WERKEN)
    return [_openstaand(een, mag_werken=mag_werken, op=op) for een in rijen.order_by("-eerst_gezien_op", "pk")]


def _openstaand(signaal: Signaal, *, mag_werken: bool, op: dt.date) -> Openstaand:
    regel = SIGNAALREGELS.get(signaal.soort)
    url = reverse("signalen:signaal", args=[signaal.sleutel])
    doen = [("Geef door", f"{url}#doe-toewijzen"), ("Leg weg", f"{url}#doe-wegleggen")]
    if regel is not None and regel.meldingsoort:
        doen.insert(0, ("Maak een melding", f"{url}#doe-melding"))
    return Openstaand(
        naam=regel.naam if regel is not None else signaal.soort,
        waarom=str(signaal.uitleg[0]["tekst"]) if signaal.uitleg else regel.wat if regel is not None else "",
        sinds=taal.datum_kort(signaal.eerst_gezien_op, op=op, weekdag=False),
        stand=stand_in_woorden(signaal, op=op),
        url=url,
        doen=doen if mag_werken else [],
    )
