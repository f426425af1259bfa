"""What every page shows around it: the main menu with its counters, the region, and the links at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from routekaart.basis.onderdelen import Actie
from routekaart.meldingen.models import Melding
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.rechten import Recht

MELDINGEN = "meldingen:lijst"
SCHOLEN, ZOEKEN = "signalen:scholen", "signalen:zoeken"
ONDER_SIGNALEN = (SCHOLEN, ZOEKEN)  # stand under Signalen for who may open that
# more than this is not counted: the counter says that there is work, not how much of it
MEESTE = 99


@dataclass(frozen=True)
class Menupunt:
    """One entry; `actief` when the page stands under it, `teller_tekst` says what is counted."""

    url: str
    label: str
    actief: bool
    teller: str = ""
    teller_tekst: str = ""


PUNTEN: tuple[tuple[str, str, Recht], ...] = (
    ("werkplek:werkvoorraad", "Werkvoorraad", Recht.WERKVOORRAAD),
    (MELDINGEN, "Meldingen", Recht.MELDINGEN_ZIEN),
    ("werkplek:jongeren", "Jongeren", Recht.DOSSIER_ZIEN),
    ("personen:dubbelen", "Dubbelen", Recht.PERSONEN),
    ("signalen:lijst", "Signalen", Recht.SIGNALEN_ZIEN),
    (SCHOLEN, "Scholen", Recht.SCHOLEN_TELLEN),
    (ZOEKEN, "Zoek signalen", Recht.SIGNALEN_ZOEKEN),
    ("leveringen:lijst", "Leveringen", Recht.LEVERINGEN),
    ("werkplek:doelgroepwijzer", "Doelgroepwijzer", Recht.WIJZER),
    ("portaal:meldingen", "Mijn meldingen", Recht.PORTAAL_SCHOOL),
    ("beheer:logboek", "Logboek", Recht.LOGBOEK),
    ("beheer:instellingen", "Instellingen", Recht.BEHEER),
    ("beheer:componenten", "Componenten", Recht.COMPONENTEN),
)
VOETLINKS: tuple[tuple[str, str], ...] = (
    ("werkplek:hulp", "Hulp"),
    ("werkplek:toegankelijkheid", "Toegankelijkheid"),
    ("werkplek:wat-wij-vastleggen", "Wat wij vastleggen als u kijkt"),
)


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context for the page shell. Who is not signed in gets the foot only. One query: the counter of the meldingen."""
    voet = [Actie(tekst, reverse(naam)) for naam, tekst in VOETLINKS]
    toegang: Toegang | None = getattr(request, "toegang", None)
    if toegang is None or not toegang.gebruiker_id:
        return {"menu": [], "voetlinks": voet}
    return {
        "menu": list(_punten(request, toegang)),
        "mag_zoeken": toegang.mag(Recht.DOSSIER_ZIEN),
        "regio_naam": toegang.regio_naam,
        "voetlinks": voet,
    }


def _punten(request: HttpRequest, toegang: Toegang) -> list[Menupunt]:
    punten = []
    for naam, label, recht in PUNTEN:
        if not toegang.mag(recht) or (naam in ONDER_SIGNALEN and toegang.mag(Recht.SIGNALEN_ZIEN)):
            continue
        url = reverse(naam)
        actief = request.path == url if url == "/" else request.path.startswith(url)
        aantal = _te_beoordelen(request, toegang) if naam == MELDINGEN else 0
        teller = f"{MEESTE}+" if aantal > MEESTE else str(aantal or "")
        punten.append(Menupunt(url, label, actief, teller, "te beoordelen" if teller else ""))
    return punten


def _te_beoordelen(request: HttpRequest, toegang: Toegang) -> int:
    """How many meldingen wait for us; not asked again where the page has counted them already."""
    geteld: dict[str, int] = getattr(request, "tellers", {})
    if MELDINGEN in geteld:
        return geteld[MELDINGEN]
    aantal: int = Melding.objects.voor(toegang).op_ons()[: MEESTE + 1].count()
    return aantal
