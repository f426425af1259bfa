"""Where a jongere in een kwetsbare positie came from, out of the enrolments as they are stored (CL-05; JKP-04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from routekaart.loopbaan.models import Inschrijving
from routekaart.regels import loopbaan as feit
from routekaart.regels.jikp import herkomst


def herkomst_van(rijen: Iterable[Inschrijving], *, op: dt.date) -> str:
    """The code of CL-05; empty where the enrolments do not say."""
    return herkomst(onderwijs_van(rijen, op=op))


def onderwijs_van(rijen: Iterable[Inschrijving], *, op: dt.date) -> feit.Onderwijsstand:
    """The stored enrolments of one person as the rules read them."""
    return feit.Onderwijsstand.op(
        [
            feit.Inschrijving(
                van=rij.van,
                tot=rij.tot,
                onderwijssoort=feit.Onderwijssoort(rij.onderwijssoort),
                niveau=rij.niveau or None,
            )
            for rij in rijen
        ],
        op,
    )
