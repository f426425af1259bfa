"""Patterns of absence over several reports: often, or long with leave (MON-10).

Source: 003, Speerpunten (geoorloofd verzuim). The thresholds are settings: the sources give none.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen.feiten import Kader, Melding, Persoon, Treffer
from routekaart.regels.uitleg import Grond, Gronden, Uitleg, leg_uit

BRON = "003, Speerpunten geoorloofd verzuim"


def verzuimpatroon(persoon: Persoon, kader: Kader) -> Treffer | None:
    """Enrolled, and in the weeks before the day reported often, or absent with leave on many days. Of the days only
    those with leave are looked at.
    """
    if not persoon.is_inwoner(kader.op) or not persoon.lopend(kader.op):
        return None
    vanaf = kader.op - timedelta(weeks=kader.norm("signaal_patroon_weken"))
    telt = [een for een in persoon.meldingen if een.verzuim and not een.ingetrokken and een.ontvangen_op <= kader.op]
    return _vaak(telt, vanaf, kader) or _lang_geoorloofd(telt, vanaf, kader)


def _begin(melding: Melding) -> date:
    return melding.van or melding.ontvangen_op


def _vaak(meldingen: list[Melding], vanaf: date, kader: Kader) -> Treffer | None:
    keren = {begin for een in meldingen if vanaf <= (begin := _begin(een)) <= kader.op}
    norm = kader.norm("signaal_patroon_keren")
    if len(keren) < norm:
        return None
    sinds, weken = min(keren), kader.norm("signaal_patroon_weken")
    return _treffer("vaak", sinds, kader.op, partial(_zin_vaak, sinds, weken, len(keren), norm, kader.op))


def _zin_vaak(sinds: date, weken: int, keren: int, norm: int, op: date) -> Uitleg:
    tekst = f"In de laatste {weken} weken begon {keren} keer verzuim dat werd gemeld. Vanaf {norm} keer kijken we mee."
    return leg_uit("MON-10", tekst, bron=BRON, op=op, patroon="vaak", sinds=sinds, keren=keren, norm=norm)


def _lang_geoorloofd(meldingen: list[Melding], vanaf: date, kader: Kader) -> Treffer | None:
    dagen = {dag.datum for een in meldingen for dag in een.dagen if dag.geoorloofd and vanaf <= dag.datum <= kader.op}
    norm = kader.norm("signaal_patroon_geoorloofd_dagen")
    if len(dagen) < norm:
        return None
    sinds, weken = min(dagen), kader.norm("signaal_patroon_weken")
    return _treffer("geoorloofd", sinds, kader.op, partial(_zin_geoorloofd, sinds, weken, len(dagen), norm, kader.op))


def _zin_geoorloofd(sinds: date, weken: int, dagen: int, norm: int, op: date) -> Uitleg:
    tekst = (
        f"In de laatste {weken} weken was de jongere {dagen} dagen met toestemming of door ziekte afwezig. "
        f"Vanaf {norm} dagen vragen we school wat er nodig is."
    )
    return leg_uit("MON-10", tekst, bron=BRON, op=op, patroon="geoorloofd", sinds=sinds, dagen=dagen, norm=norm)


def _treffer(patroon: str, sinds: date, op: date, grond: Grond) -> Treffer:
    return Treffer(aanleiding=f"{Schooljaar.van(op)}:{patroon}", gronden=Gronden(grond), sinds=sinds)
