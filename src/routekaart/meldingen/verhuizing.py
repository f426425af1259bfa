"""Somebody moved while a melding about her is open: where she lived then, where she lives now, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from routekaart.basis.models import Gemeente
from routekaart.meldingen.models import Melding
from routekaart.meldingen.woorden import roepnaam


@dataclass(frozen=True)
class Verhuizing:
    """`buiten`: she lives outside the region now, so the melding is to be handed over; else another team has her."""

    roepnaam: str
    was: Gemeente
    nu: Gemeente
    buiten: bool


def verhuizing_van(melding: Melding) -> Verhuizing | None:
    """None where nobody moved, or the melding is closed: a closed one counts for the gemeente where it was."""
    jongere = melding.jongere
    if jongere is None or melding.uitkomst or melding.ingetrokken_op is not None:
        return None
    # a melding about somebody who lived elsewhere already says so itself
    if jongere.gemeente_id in {melding.gemeente_id, melding.overdracht_gemeente_id}:
        return None
    buiten = jongere.gemeente.regio_id != melding.regio_id
    return Verhuizing(roepnaam(melding), melding.gemeente, jongere.gemeente, buiten)
