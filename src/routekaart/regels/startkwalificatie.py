"""The startkwalificatie: a diploma havo, vwo, ho or mbo of level 2 or higher.

A vmbo or entree diploma is not one, nor is an mbo diploma of unknown level. A professional may also establish
one by hand, on evidence (abroad, outside DUO). Source: DOS-07; BWBR0031387 bijlage B; 000, noot 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from routekaart.regels.grenzen import Grenzen
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Vaststelling

ALTIJD = frozenset({Diplomasoort.HAVO, Diplomasoort.VWO, Diplomasoort.HO})


@dataclass(frozen=True, slots=True)
class Startkwalificatie:
    """The startkwalificatie that somebody holds: since when, by what."""

    sinds: date
    waarmee: str


def is_startkwalificatie(diploma: Diploma, *, mbo_niveau: int) -> bool:
    """Whether this diploma is one; `mbo_niveau` is the lowest mbo level that counts."""
    if diploma.soort is Diplomasoort.MBO:
        return diploma.niveau is not None and diploma.niveau >= mbo_niveau
    return diploma.soort in ALTIJD


def startkwalificatie_op(
    dag: date, *, diplomas: Iterable[Diploma], vastgesteld: Vaststelling | None = None, grenzen: Grenzen
) -> Startkwalificatie | None:
    """The earliest startkwalificatie held on the day, or None. What is obtained later does not exist yet."""
    mbo_niveau = grenzen.startkwalificatie_mbo_niveau.op(dag).waarde
    gehaald = [
        (diploma.behaald_op, f"diploma {diploma.naam}")
        for diploma in diplomas
        if diploma.behaald_op <= dag and is_startkwalificatie(diploma, mbo_niveau=mbo_niveau)
    ]
    if vastgesteld is not None and vastgesteld.op <= dag:
        gehaald.append((vastgesteld.op, f"vastgesteld ({vastgesteld.bron or 'bron onbekend'})"))
    return Startkwalificatie(*min(gehaald)) if gehaald else None
