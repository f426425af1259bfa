"""Looking at the doelgroep again in a running werkproces: the facts may have changed (DGR-01, DGR-14)."""

from __future__ import annotations

import datetime as dt

from routekaart.dossiers.acties import zet_doelgroep, zet_op_route
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.inhoud import routes
from routekaart.meldingen.doelgroep import als_gegevens, bepaal
from routekaart.regels.doelgroep import Besluit
from routekaart.toegang.bereik import Toegang


def voorstel(dossier: Dossier) -> Besluit:
    """What the rule says today, with the facts as they are recorded now. Six queries."""
    return bepaal(dossier.jongere, op=dossier.op, toegang=dossier.toegang)


def herzie_doelgroep(
    werkproces: Werkproces,
    *,
    doelgroep: str,
    doelgroep_motivatie: str,
    oordeel: str = "",
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Confirms what the rule says now, or deviates with a motivation; the route follows the doelgroep.

    `oordeel` is given again where step 3 was reopened. The proposal is decided again within the act, so that what
    is stored is what held at that moment.
    """
    with handeling(werkproces, "doelgroep.vastgesteld", toegang=toegang, nu=nu) as h:
        h.eis_open()
        besluit = bepaal(h.werkproces.jongere, op=h.vandaag, toegang=toegang)
        eerder = h.werkproces.doelgroep
        zet_doelgroep(
            h.werkproces,
            doelgroep=doelgroep,
            voorstel=besluit.doelgroep.value,
            uitleg=als_gegevens(besluit),
            kenmerken=[kenmerk.value for kenmerk in besluit.kenmerken],
            motivatie=doelgroep_motivatie,
            op=h.vandaag,
        )
        if eerder and eerder != doelgroep:
            h.feit("doelgroep.gewijzigd", toelichting=doelgroep_motivatie)
        h.feit("doelgroep.vastgesteld", toelichting=doelgroep_motivatie)
        if oordeel.strip():
            h.feit("oordeel.gegeven", toelichting=oordeel)
        h.inhoud.update(doelgroep=doelgroep, voorstel=besluit.doelgroep.value, eerder=eerder)
        tak = routestand(h.werkproces, op=h.vandaag).andere_route
        if tak is not None and tak.route in routes.codes():
            zet_op_route(h.werkproces, route=tak.route, op=h.vandaag, nu=nu)
