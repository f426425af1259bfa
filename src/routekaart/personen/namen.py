"""Names as they are searched: without case, accents, or the spelling that sounds the same."""

from __future__ import annotations

from routekaart.regels.namen import klank, zonder_accenten

__all__ = ["HELFT", "klank", "zoeknaam", "zonder_accenten"]

# room for the words, and as much for their sound forms, in a column of 420
HELFT = 200


def zoeknaam(*, voornamen: str, voorvoegsel: str, achternaam: str, roepnaam: str = "") -> str:
    """What is stored beside a name to search and to order on: its words and, after a bar, their sound forms; at most
    420 signs. The words stand as in a list of people (`heuvel demi van den`), the sound forms as people say the name.

    Of a name that is too long the last of the voornamen fall away, never the surname.
    """
    achter, tussen = zonder_accenten(achternaam)[:HELFT], zonder_accenten(voorvoegsel)
    voor = f"{zonder_accenten(roepnaam)} {zonder_accenten(voornamen)}".strip()
    ruimte = max(0, HELFT - len(achter) - len(tussen) - 2)
    delen = (achter.strip(), voor[:ruimte].strip(), tussen)
    lijst, gesproken = delen, (delen[1], delen[2], delen[0])
    return f"{_samen(lijst)} | {klank(_samen(gesproken))}"


def _samen(delen: tuple[str, ...]) -> str:
    return " ".join(filter(None, delen))[:HELFT].strip()
