"""Names as they are searched: without case, accents, or the spelling that sounds the same."""

from __future__ import annotations

from routekaart.regels.namen import klank, zonder_accenten

__all__ = ["HELFT", "klank", "zoeknaam", "zonder_accenten"]

# room for the words, and as much for their sound forms, in a column of 420
HELFT = 200


def zoeknaam(*, voornamen: str, voorvoegsel: str, achternaam: str, roepnaam: str = "") -> str:
    """What is stored beside a name to search on: its words and, after a bar, their sound forms; at most 420 signs.

    Of a name that is too long the last of the voornamen fall away, never the surname.
    """
    voor = f"{zonder_accenten(roepnaam)} {zonder_accenten(voornamen)}".strip()
    achter = f"{zonder_accenten(voorvoegsel)} {zonder_accenten(achternaam)}".strip()[:HELFT]
    woorden = f"{voor[: max(0, HELFT - len(achter) - 1)].strip()} {achter}".strip()
    return f"{woorden} | {klank(woorden)}"
