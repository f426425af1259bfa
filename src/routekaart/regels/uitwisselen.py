"""What another register may get: which kinds, by which number, and which columns (REG-17; PRV-04 to PRV-07).

No source prints this list: it is an assumption, as narrow as the exchange that the sources name allows (002 §1.3 and
§2.2: other regions, work and income, a ROC).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

BSN, ONDERWIJSNUMMER = "bsn", "onderwijsnummer"
PERSONEN, INSCHRIJVINGEN, DIPLOMAS = "brp", "inschrijvingen", "diplomas"

# columns that say more than who and where at school: only to who does the same work elsewhere
GEVOELIG: Mapping[str, frozenset[str]] = {
    PERSONEN: frozenset({"straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats"}),
    INSCHRIJVINGEN: frozenset({"uitschrijfreden"}),
    DIPLOMAS: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """A kind of receiver. `nummers` are the numbers that it may process, the preferred one first; `eigen_leerlingen`:
    only rows of its own pupils; `gevoelig`: may get the columns of GEVOELIG.
    """

    code: str
    naam: str
    soorten: tuple[str, ...]
    nummers: tuple[str, ...]
    eigen_leerlingen: bool = False
    gevoelig: bool = False


ONTVANGERS: Mapping[str, Ontvanger] = {
    een.code: een
    for een in (
        Ontvanger(
            "regio",
            "Doorstroompunt of leerplicht van een andere regio",
            (PERSONEN, INSCHRIJVINGEN, DIPLOMAS),
            (BSN, ONDERWIJSNUMMER),
            gevoelig=True,
        ),
        Ontvanger("werk-en-inkomen", "Werk en inkomen", (PERSONEN, INSCHRIJVINGEN, DIPLOMAS), (BSN,)),
        Ontvanger(
            "school",
            "School, over haar eigen leerlingen",
            (INSCHRIJVINGEN, DIPLOMAS),
            (BSN, ONDERWIJSNUMMER),
            eigen_leerlingen=True,
        ),
    )
}


def weigering(ontvanger: Ontvanger, soort: str, kolommen: Collection[str]) -> str:
    """Why this may not go to this receiver, in a sentence; empty where it may."""
    if soort not in ontvanger.soorten:
        return f"{ontvanger.naam}: deze gegevens delen we daar niet mee."
    if not ontvanger.gevoelig and (te_veel := [naam for naam in kolommen if naam in GEVOELIG[soort]]):
        return f"{ontvanger.naam}: deze kolommen delen we daar niet mee: {', '.join(te_veel)}."
    return ""
