"""A melding goes along with who moved within the region: to the team that serves where she lives now."""

from __future__ import annotations

import datetime as dt

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.dossiers.models import Taak
from routekaart.meldingen.handeling import meldinghandeling
from routekaart.meldingen.models import Melding
from routekaart.meldingen.verhuizing import verhuizing_van
from routekaart.toegang.bereik import Toegang

REDEN = "taken van een melding die al binnen bereik is"


def zet_over(melding: Melding, *, toegang: Toegang, nu: dt.datetime) -> Gemeente:
    """Puts an open melding with the gemeente where the young person lives now; gives that gemeente.

    Raises Geweigerd for one that is judged already: it counts where it was judged, and its werkproces goes its own way.
    """
    with meldinghandeling(melding, "melding.verhuisd", toegang=toegang, nu=nu) as m:
        m.eis_loopt()
        verhuizing = verhuizing_van(m.melding)
        if verhuizing is None:
            raise Geweigerd("Deze melding staat al bij de gemeente waar de jongere woont.")
        if verhuizing.buiten:
            raise Geweigerd(f"{verhuizing.nu} ligt buiten de regio. Draag de melding over.")
        if m.melding.oordeel:
            raise Geweigerd("Over deze melding is al een oordeel gegeven. Zij telt waar dat is gebeurd.")
        m.bewaar(gemeente=verhuizing.nu)
        losse = Taak.objects.alles(reden=REDEN).open().filter(werkproces=None, herkomst__endswith=f":{m.melding.pk}")
        losse.filter(jongere_id=m.melding.jongere_id).update(gemeente=verhuizing.nu)
    return verhuizing.nu
