"""What the name of a file in the watched folder says about it: only changes, or all there is in an area on a day.

    inschrijvingen_oktober.csv                           changes
    brp_volledig_2026-11-15.csv                          the whole region on that day
    brp_volledig_2026-11-15_9901-9902.csv                these gemeenten on that day

A name with the word `volledig` that says the rest in another way is refused: who forgets a day must not make everybody
missing.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente, Regio
from routekaart.basis.taal import opsomming
from routekaart.leveringen.acties import VOLLEDIG_MOGELIJK, Aanpak
from routekaart.leveringen.models import Levering

_WOORD = re.compile(r"(?<![a-z])volledig(?![a-z])")
_VORM = re.compile(r"(?:.*_)?volledig_([0-9]{4}-[0-9]{2}-[0-9]{2})(?:_([0-9]{4}(?:-[0-9]{4})*))?")
ZO = (
    "Noem een volledig bestand zo: brp_volledig_2026-11-15.csv, of met gemeenten: "
    "brp_volledig_2026-11-15_9901-9902.csv."
)


def aanpak_van(naam: str, soort: str, *, regio: Regio, vandaag: dt.date) -> Aanpak:
    """How a file with this name in the folder of this kind is meant. Raises Geweigerd."""
    stam = Path(naam.casefold()).stem
    if not _WOORD.search(stam):
        return Aanpak(herkomst=Levering.Herkomst.MAP)
    if soort not in VOLLEDIG_MOGELIJK:
        mogelijk = opsomming(sorted(VOLLEDIG_MOGELIJK))
        raise Geweigerd(f"De naam zegt ‘volledig’, en dat kan alleen bij {mogelijk}. Geef het bestand een andere naam.")
    gelezen = _VORM.fullmatch(stam)
    if gelezen is None:
        raise Geweigerd(f"De naam zegt ‘volledig’, maar niet goed van welke dag of van welke gemeenten. {ZO}")
    return Aanpak(
        aard=Levering.Aard.VOLLEDIG,
        peildatum=_dag(gelezen[1], vandaag),
        gebied=_gebied(gelezen[2], regio),
        herkomst=Levering.Herkomst.MAP,
    )


def _dag(tekst: str, vandaag: dt.date) -> dt.date:
    try:
        dag = dt.date.fromisoformat(tekst)
    except ValueError:
        raise Geweigerd(f"De dag {tekst} in de naam bestaat niet. {ZO}") from None
    if dag > vandaag:
        raise Geweigerd(f"De dag {tekst} in de naam ligt in de toekomst.")
    return dag


def _gebied(tekst: str | None, regio: Regio) -> list[str]:
    codes = tekst.split("-") if tekst else []
    eigen = set(Gemeente.objects.filter(regio=regio, code__in=codes).values_list("code", flat=True))
    if vreemd := [code for code in codes if code not in eigen]:
        raise Geweigerd(f"Gemeente {opsomming(vreemd)} in de naam hoort niet bij {regio}. {ZO}")
    return codes
