"""The main menu: what this user has a right to, with a counter where something waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from routekaart.toegang.rechten import Recht


@dataclass(frozen=True)
class Menupunt:
    """One entry; `actief` when the page stands under it."""

    url: str
    label: str
    actief: bool
    teller: str = ""


PUNTEN: tuple[tuple[str, str, Recht], ...] = (
    ("werkplek:werkvoorraad", "Werkvoorraad", Recht.WERKVOORRAAD),
    ("meldingen:lijst", "Meldingen", Recht.MELDINGEN_ZIEN),
    ("werkplek:jongeren", "Jongeren", Recht.DOSSIER_ZIEN),
    ("leveringen:lijst", "Leveringen", Recht.LEVERINGEN),
    ("werkplek:doelgroepwijzer", "Doelgroepwijzer", Recht.WIJZER),
    ("portaal:meldingen", "Mijn meldingen", Recht.PORTAAL_SCHOOL),
    ("beheer:logboek", "Logboek", Recht.LOGBOEK),
    ("beheer:componenten", "Componenten", Recht.COMPONENTEN),
)


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context for the page shell. Empty for who is not signed in."""
    toegang = getattr(request, "toegang", None)
    if toegang is None or not toegang.gebruiker_id:
        return {"menu": []}
    punten = []
    for naam, label, recht in PUNTEN:
        if not toegang.mag(recht):
            continue
        try:
            url = reverse(naam)
        except NoReverseMatch:
            continue
        actief = request.path == url if url == "/" else request.path.startswith(url)
        punten.append(Menupunt(url, label, actief))
    return {"menu": punten}
