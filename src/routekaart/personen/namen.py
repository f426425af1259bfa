"""Names as they are searched: without case, accents, or the spelling that sounds the same."""

from __future__ import annotations

import re
import unicodedata

_GELIJK = (
    ("ij", "y"),
    ("ei", "y"),
    ("ou", "au"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("dt", "t"),
    ("c", "k"),
    ("z", "s"),
)
# room for the words, and as much for their sound forms, in a column of 420
HELFT = 200
_ZONDER = {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}


def zonder_accenten(tekst: str) -> str:
    """Lower case, without accents, and with only letters, digits and single spaces."""
    klein = "".join(_ZONDER.get(teken, teken) for teken in tekst.lower())
    kaal = "".join(teken for teken in unicodedata.normalize("NFKD", klein) if not unicodedata.combining(teken))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kaal.replace("'", "").replace("’", "")).split())


def klank(tekst: str) -> str:
    """A rough Dutch sound form of a search form: `de Rooij` and `de Rooy` are the same, doubled letters count once."""
    for van, naar in _GELIJK:
        tekst = tekst.replace(van, naar)
    return re.sub(r"(.)\1+", r"\1", tekst)


def zoeknaam(*, voornamen: str, voorvoegsel: str, achternaam: str, roepnaam: str = "") -> str:
    """What is stored beside a name to search on: its words and, after a bar, their sound forms; at most 420 signs.

    Of a name that is too long the last of the voornamen fall away, never the surname.
    """
    voor = zonder_accenten(f"{roepnaam} {voornamen}")
    achter = zonder_accenten(f"{voorvoegsel} {achternaam}")[:HELFT]
    woorden = f"{voor[: max(0, HELFT - len(achter) - 1)].strip()} {achter}".strip()
    return f"{woorden} | {klank(woorden)}"
