"""All kinds of delivery, by code; columns as promised in contracten.md, section 2."""

from __future__ import annotations

from collections.abc import Sequence

from routekaart.leveringen.soorten import (
    brp,
    brp_relaties,
    diplomas,
    duo_antwoord,
    duo_verzuim,
    duo_vsv,
    inlichtingenbureau,
    inschrijvingen,
    jikp,
    koppelbestand,
    uitstroomlijst,
    vrijstellingen,
)
from routekaart.leveringen.soorten.soort import Soort

SOORTEN: dict[str, Soort] = {
    soort.code: soort
    for soort in (
        brp.SOORT,
        brp_relaties.SOORT,
        inschrijvingen.SOORT,
        diplomas.SOORT,
        duo_verzuim.SOORT,
        duo_antwoord.SOORT,
        duo_vsv.SOORT,
        inlichtingenbureau.SOORT,
        uitstroomlijst.SOORT,
        vrijstellingen.SOORT,
        koppelbestand.SOORT,
        jikp.SOORT,
    )
}


def raad_soort(kopregel: Sequence[str]) -> Soort | None:
    """The kind that this header fits best: all required columns, and the most known ones. None where none fits."""
    passend = [gevonden for soort in SOORTEN.values() if not (gevonden := soort.herken(kopregel)).ontbreekt]
    beste = max(passend, key=lambda gevonden: (len(gevonden.plaats), -len(gevonden.onbekend)), default=None)
    return beste.soort if beste else None


def lijkt_op(kopregel: Sequence[str]) -> Soort | None:
    """The kind that shares most columns with this header, though some that it needs are missing; at least two."""
    gevonden = [soort.herken(kopregel) for soort in SOORTEN.values()]
    beste = max(gevonden, key=lambda kolommen: (len(kolommen.plaats), -len(kolommen.ontbreekt)))
    return beste.soort if len(beste.plaats) > 1 else None
