"""Names as they are searched: without case, accents, prefixes that people leave out, or spelling that sounds the same."""

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
    """What is stored beside a name to search on: its words and, after a bar, their sound forms."""
    woorden = zonder_accenten(" ".join(deel for deel in (roepnaam, voornamen, voorvoegsel, achternaam) if deel))
    return f"{woorden} | {klank(woorden)}"
