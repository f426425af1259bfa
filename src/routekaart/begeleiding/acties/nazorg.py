"""Aftercare: planned when a werkproces is closed, each moment held, and a relapse that opens it again (NAZ-04..07)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.parameters import parameters
from routekaart.begeleiding.acties.eisen import BINNEN, eis_niet_eerder, eis_niet_later, eis_tekst
from routekaart.begeleiding.models import Nazorgmoment
from routekaart.dossiers.acties import doe_fase_opnieuw, heropen
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.regels.route import plus_maanden
from routekaart.regels.route_acties import mag_fase_opnieuw
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang

LATER_NODIG = "De nazorg komt na het afsluiten. Kies een latere dag."


@dataclass(frozen=True, slots=True)
class Bevinding:
    """What was heard at a moment of aftercare: in education, at work, in care; None is not known (NAZ-06)."""

    gehouden_op: dt.date
    op_school: bool | None = None
    aan_werk: bool | None = None
    in_zorg: bool | None = None
    tekst: str = ""

    @property
    def iets_bekend(self) -> bool:
        return any(waarde is not None for waarde in (self.op_school, self.aan_werk, self.in_zorg))


def geplande_nazorg(werkproces: Werkproces) -> list[Nazorgmoment]:
    """The moments that are still to come, the first one first. The caller reached the werkproces. One query."""
    rijen = Nazorgmoment.objects.alles(reden=BINNEN).filter(werkproces=werkproces, gehouden_op__isnull=True)
    return list(rijen.filter(vervallen_op__isnull=True).order_by("gepland_op", "pk"))


def nazorgdagen(vanaf: dt.date, maanden: list[int], *, vandaag: dt.date) -> list[dt.date]:
    """The working days on which the region has its moments, that are still to come; where all of them have passed
    the next working day, so that nobody is forgotten. Without months no days (NAZ-08)."""
    alle = sorted({_werkdag(plus_maanden(vanaf, int(maand))) for maand in maanden})
    komend = [dag for dag in alle if dag >= vandaag]
    return komend or ([tel_op(vandaag, 1)] if alle else [])


def start_nazorg(h: Handeling, *, vanaf: dt.date, op: dt.date | None = None) -> list[Nazorgmoment]:
    """Plans the moments of aftercare of a werkproces that was closed on `vanaf`, each with its task. Within an act.

    `op` is one day instead of the moments of the region (NAZ-05). What was planned before lapses.
    """
    laat_vervallen(h)
    if op is not None and (op <= vanaf or op < h.vandaag):
        raise Geweigerd(LATER_NODIG, veld="nazorg_op")
    maanden = parameters(h.werkproces.regio_id, op=vanaf)["nazorg_maanden"]
    dagen = [op] if op is not None else nazorgdagen(vanaf, maanden, vandaag=h.vandaag)
    momenten = [_plan(h, dag) for dag in dagen]
    if momenten:
        h.feit("nazorg.gestart", op=vanaf, toelichting=f"Tot {dagen[-1]:%d-%m-%Y}")
    return momenten


def laat_vervallen(h: Handeling) -> None:
    """Takes what was planned off the list; what was held stays. Within an act."""
    rijen = Nazorgmoment.objects.alles(reden=BINNEN).filter(werkproces=h.werkproces, gehouden_op__isnull=True)
    rijen.filter(vervallen_op__isnull=True).update(vervallen_op=h.nu)
    h.rond_taken_af(soort="nazorg")


def leg_nazorgmoment_vast(
    werkproces: Werkproces,
    bevinding: Bevinding,
    *,
    moment: Nazorgmoment | None = None,
    volgende_op: dt.date | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Nazorgmoment:
    """Records a planned moment, or (None) one in between. `volgende_op` plans one more.

    At least one of the three is known; where nobody could be reached, that is said and a next moment planned.
    """
    with handeling(werkproces, "nazorg.vastgelegd", toegang=toegang, nu=nu) as h:
        dag = bevinding.gehouden_op
        gesloten_op = h.werkproces.afgesloten_op
        if gesloten_op is None:
            raise Geweigerd("Dit werkproces loopt nog. Nazorg begint na het afsluiten.")
        eis_niet_later(dag, vandaag=h.vandaag, veld="gehouden_op")
        if dag < gesloten_op:
            raise Geweigerd(f"Deze dag ligt voor het afsluiten op {gesloten_op:%d-%m-%Y}.", veld="gehouden_op")
        if not bevinding.iets_bekend and not (bevinding.tekst.strip() and volgende_op):
            zin = "Vul minstens één van de drie in. Kreeg je geen contact? Schrijf dat op, en kies een volgend moment."
            raise Geweigerd(zin, veld="op_school")
        if volgende_op is not None:
            eis_niet_eerder(volgende_op, vandaag=h.vandaag, veld="volgende_op", zin="Dit moment is al geweest.")
        gehouden = _houd(h, bevinding, moment)
        h.feit("nazorg.moment", op=dag, herkomst=gehouden)
        if not geplande_nazorg(h.werkproces):
            h.rond_taken_af(soort="nazorg")
        if volgende_op is not None:
            _plan(h, volgende_op)
        h.inhoud["nazorgmoment"] = str(gehouden.sleutel)
    return gehouden


def heropen_uit_nazorg(
    werkproces: Werkproces,
    bevinding: Bevinding,
    *,
    motivatie: str,
    fase: int = 2,
    moment: Nazorgmoment | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """A relapse: the moment is recorded, the werkproces opens again, and phase 2 or 3 is gone through once more.

    A phase in which nothing was done yet, or that the route does not have, needs no second time.
    """
    with transaction.atomic():
        with handeling(werkproces, "nazorg.vastgelegd", toegang=toegang, nu=nu) as h:
            eis_tekst(motivatie, "Schrijf op wat er gebeurde en waarom je dit weer opent.", veld="motivatie")
            eis_niet_later(bevinding.gehouden_op, vandaag=h.vandaag, veld="gehouden_op")
            gehouden = _houd(h, bevinding, moment)
            h.feit("nazorg.moment", op=bevinding.gehouden_op, herkomst=gehouden)
            laat_vervallen(h)
            h.inhoud["nazorgmoment"] = str(gehouden.sleutel)
        heropen(werkproces, motivatie=motivatie, toegang=toegang, nu=nu)
        if mag_fase_opnieuw(routestand(werkproces, op=h.vandaag), fase, toelichting=motivatie):
            doe_fase_opnieuw(werkproces, fase=fase, motivatie=motivatie, toegang=toegang, nu=nu)


def _houd(h: Handeling, bevinding: Bevinding, moment: Nazorgmoment | None) -> Nazorgmoment:
    velden = {
        "gehouden_op": bevinding.gehouden_op,
        "op_school": bevinding.op_school,
        "aan_werk": bevinding.aan_werk,
        "in_zorg": bevinding.in_zorg,
        "tekst": bevinding.tekst.strip(),
        "door_id": h.door_id,
    }
    if moment is None:
        return Nazorgmoment.objects.create(
            werkproces=h.werkproces, ronde=h.werkproces.ronde, gepland_op=bevinding.gehouden_op, **velden
        )
    rijen = Nazorgmoment.objects.alles(reden=BINNEN).filter(pk=moment.pk, werkproces=h.werkproces)
    open_ = rijen.filter(gehouden_op__isnull=True, vervallen_op__isnull=True)
    if not open_.update(versie=F("versie") + 1, updated=h.nu, **velden):
        raise Geweigerd("Een collega legde dit moment net vast. Kijk bij de eerdere momenten of het klopt.")
    h.rond_taken_af(f"nazorg:{moment.pk}")
    moment.refresh_from_db()
    return moment


def _plan(h: Handeling, dag: dt.date) -> Nazorgmoment:
    """One moment with its task; the aftercare lasts at least until then."""
    moment = Nazorgmoment.objects.create(
        werkproces=h.werkproces, ronde=h.werkproces.ronde, door_id=h.door_id, gepland_op=dag
    )
    tot = h.werkproces.nazorg_tot
    h.werkproces.nazorg_tot = dag if tot is None else max(tot, dag)
    h.werkproces.save(update_fields=["nazorg_tot", "updated"])
    h.taak(
        f"nazorg:{moment.pk}",
        soort="nazorg",
        wat="Bel voor de nazorg",
        waarom="Werkt de jongere, volgt hij of zij onderwijs, krijgt hij of zij hulp?",
        due=dag,
        actie="nazorg",
    )
    return moment


def _werkdag(dag: dt.date) -> dt.date:
    """The day itself, or the first working day after it."""
    return tel_op(dag - dt.timedelta(days=1), 1)
