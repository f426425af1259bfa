"""Names without what people write differently: case, accents, and the spelling that sounds the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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


@lru_cache(maxsize=20_000)
def zonder_accenten(tekst: str) -> str:
    """Lower case, without accents, and with only letters, digits and single spaces."""
    if tekst.isascii() and tekst.isalpha():
        return tekst.lower()
    klein = "".join(_ZONDER.get(teken, teken) for teken in tekst.lower())
    kaal = "".join(teken for teken in unicodedata.normalize("NFKD", klein) if not unicodedata.combining(teken))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kaal.replace("'", "").replace("’", "")).split())


def klank(tekst: str) -> str:
    """A rough Dutch sound form of a search form: `de Rooij` and `de Rooy` are the same, doubled letters count once."""
    return " ".join(map(_klank_van_woord, tekst.split(" ")))


@lru_cache(maxsize=20_000)
def _klank_van_woord(tekst: str) -> str:
    for van, naar in _GELIJK:
        tekst = tekst.replace(van, naar)
    return re.sub(r"(.)\1+", r"\1", tekst)
