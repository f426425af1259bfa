"""Whether a melding holds the minimum information for an oordeel, point by point, with the reason (CL-02).

Three points are always needed. The verzuimoverzicht is needed for verzuim 18+, the expected inzet for a direct
melding; contact data and hulptrajecten may stay empty. A colleague may judge without, and then says why (MEL-13).
Source: 000 §1.2; MEL-13 to MEL-15.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routekaart.regels.uitleg import Uitleg, leg_uit

BRON = "000 §1.2; CL-02"
ALS_VERZUIM = "verzuim"


class Stand(StrEnum):
    """How one point stands."""

    AANWEZIG = "aanwezig"
    ONTBREEKT = "ontbreekt"
    MAG_LEEG = "mag-leeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Punteis:
    """One point of the list. `als` "verzuim": only with verzuim 18+; `niveau`: only for meldingen of this level."""

    code: str
    kort: str
    verplicht: bool
    als: str = ""
    niveau: str = ""

    def geldt(self, *, verzuim_18_plus: bool, niveau: str) -> bool:
        """Whether this point is asked of this melding."""
        return (self.als != ALS_VERZUIM or verzuim_18_plus) and self.niveau in ("", niveau)


@dataclass(frozen=True, slots=True)
class Punt:
    """One point with how it stands and why."""

    code: str
    kort: str
    stand: Stand
    uitleg: Uitleg

    @property
    def ontbreekt(self) -> bool:
        return self.stand is Stand.ONTBREEKT


@dataclass(frozen=True, slots=True)
class Volledigheid:
    """The points that apply, in the order of the list."""

    punten: tuple[Punt, ...]

    @property
    def ontbrekend(self) -> tuple[Punt, ...]:
        return tuple(punt for punt in self.punten if punt.ontbreekt)

    @property
    def compleet(self) -> bool:
        return not self.ontbrekend


def is_ingevuld(tekst: str) -> bool:
    """Whether a text says something: with at least one letter or digit. A dash or a question mark is no answer."""
    return any(teken.isalnum() for teken in tekst)


def volledigheid(
    eisen: Iterable[Punteis],
    gegeven: Mapping[str, str],
    *,
    verzuim_18_plus: bool,
    niveau: str,
    op: date,
) -> Volledigheid:
    """How the minimum information stands on a day.

    `gegeven` holds the text per point; a point that is not in it is not given. `niveau` is that of the channel: a
    (direct), b or c.
    """
    return Volledigheid(
        tuple(
            _punt(eis, gegeven.get(eis.code, ""), verzuim_18_plus=verzuim_18_plus, niveau=niveau, op=op)
            for eis in eisen
            if eis.geldt(verzuim_18_plus=verzuim_18_plus, niveau=niveau)
        )
    )


def _punt(eis: Punteis, tekst: str, *, verzuim_18_plus: bool, niveau: str, op: date) -> Punt:
    if is_ingevuld(tekst):
        stand, zin = Stand.AANWEZIG, f"{eis.kort}: gegeven door de melder of door ons aangevuld."
    elif not eis.verplicht:
        stand, zin = Stand.MAG_LEEG, f"{eis.kort}: geen opgegeven. Dat mag."
    else:
        stand, zin = Stand.ONTBREEKT, f"{eis.kort}: ontbreekt. {_waarom_nodig(eis)}"
    regel = {ALS_VERZUIM: "MEL-14"}.get(eis.als, "MEL-15" if eis.niveau else "MEL-13")
    return Punt(
        eis.code, eis.kort, stand, leg_uit(regel, zin, bron=BRON, op=op, verzuim_18_plus=verzuim_18_plus, niveau=niveau)
    )


def _waarom_nodig(eis: Punteis) -> str:
    if eis.als == ALS_VERZUIM:
        return "Verplicht bij verzuim 18+."
    return "Verplicht bij een directe melding." if eis.niveau else "Altijd nodig voor het oordeel."
