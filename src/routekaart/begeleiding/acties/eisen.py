"""What many acts ask alike, with the sentence of the refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from routekaart.basis.fouten import Geweigerd
from routekaart.inhoud.codelijsten import codelijst

BINNEN = "binnen een handeling op een werkproces dat al bereikt is"


def eis_niet_later(op: dt.date, *, vandaag: dt.date, veld: str = "op") -> None:
    """A fact lies in the past or today."""
    if op > vandaag:
        raise Geweigerd("Deze datum ligt in de toekomst.", veld=veld)


def eis_niet_eerder(op: dt.date, *, vandaag: dt.date, veld: str, zin: str = "Deze datum is al geweest.") -> None:
    """A plan lies today or later."""
    if op < vandaag:
        raise Geweigerd(zin, veld=veld)


def eis_tekst(tekst: str, zin: str, *, veld: str) -> str:
    """The text without spaces around it; refuses an empty one."""
    if not tekst.strip():
        raise Geweigerd(zin, veld=veld)
    return tekst.strip()


def eis_code(lijst: str, code: str, *, veld: str, zin: str = "Kies iets uit de lijst.") -> str:
    """A code of this list."""
    if code not in codelijst(lijst):
        raise Geweigerd(zin, veld=veld)
    return code


def eis_codes(lijst: str, codes: Iterable[str], *, veld: str, zin: str) -> list[str]:
    """At least one code, all of this list, in the order of the list and each once."""
    gekozen = set(codes)
    if not gekozen or not gekozen <= codelijst(lijst).codes:
        raise Geweigerd(zin, veld=veld)
    return [waarde.code for waarde in codelijst(lijst).waarden if waarde.code in gekozen]
