"""The frame of one region on one day: limits, settings, and which list of the Inlichtingenbureau is the newest."""

from __future__ import annotations

import datetime as dt

from routekaart.basis.parameters import parameters
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.loopbaan.models import Inlichting
from routekaart.regels.doelgroep import Regio
from routekaart.regels.signalen import Kader
from routekaart.signalen.kandidaten.bouwstenen import REDEN


def maak_kader(regio_id: int, *, op: dt.date, terug: bool = False) -> Kader:
    """Everything that the rules need beside the facts of a person; `terug` for another day than today. Two queries."""
    normen = parameters(regio_id, op=op)
    lijsten = Inlichting.objects.alles(reden=REDEN).filter(jongere__regio_id=regio_id, maand__lte=f"{op:%Y-%m}")
    maand = lijsten.order_by("-maand").values_list("maand", flat=True).first() or ""
    return Kader(
        op=op,
        grenzen=laad_grenzen(),
        normen=normen,
        regio=Regio(bovengrens=normen["bovengrens"], baan_telt=normen["baan_telt"], baan_uren=normen["baan_uren"]),
        maand=maand,
        terug=terug,
    )
