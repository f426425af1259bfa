"""The frame of every act on a melding: lock, check, change, facts and tasks in its werkproces, log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Taak, Werkproces
from routekaart.meldingen.models import Melding
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Team
from routekaart.toegang.schrijven import schrijf

_BINNEN = "binnen een handeling"


@dataclass
class Meldinghandeling:
    """What an act on a melding works with. `in_werkproces` is None where there is no open werkproces."""

    melding: Melding
    in_werkproces: Handeling | None
    toegang: Toegang
    nu: dt.datetime

    @property
    def vandaag(self) -> dt.date:
        return timezone.localdate(self.nu)

    @property
    def door_id(self) -> int | None:
        """The user who acts; None for the system."""
        return self.toegang.gebruiker_id or None

    def eis_loopt(self) -> None:
        """Refuses on a melding that the school took back meanwhile."""
        if self.melding.ingetrokken_op is not None:
            raise Geweigerd("School heeft deze melding ingetrokken. Er hoeft niets meer mee.")

    def bewaar(self, **velden: Any) -> None:
        """Writes these fields of the melding."""
        for naam, waarde in velden.items():
            setattr(self.melding, naam, waarde)
        self.melding.save(update_fields=[*velden, "updated"])

    def feit(self, code: str, *, op: dt.date | None = None, toelichting: str = "") -> None:
        """Records a fact in the werkproces; a melding without one has no route to fulfil."""
        if self.in_werkproces is not None:
            self.in_werkproces.feit(code, op=op, toelichting=toelichting, herkomst=self.melding)

    def taak(self, naam: str, *, soort: str, wat: str, due: dt.date, waarom: str = "", actie: str = "") -> None:
        """Makes or moves the one open task of this name for this melding."""
        herkomst = f"{naam}:{self.melding.pk}"
        if self.in_werkproces is not None:
            self.in_werkproces.taak(herkomst, soort=soort, wat=wat, due=due, waarom=waarom, actie=actie)
            return
        velden: dict[str, Any] = {"wat": wat[:160], "waarom": waarom[:240], "actie": actie, "due": due}
        if not self._losse_taken().filter(herkomst=herkomst).update(**velden):
            melding = self.melding
            Taak.objects.create(
                regio_id=melding.regio_id,
                gemeente_id=melding.gemeente_id,
                soort_werk=melding.soort_werk,
                jongere_id=melding.jongere_id,
                team=_team(melding),
                herkomst=herkomst,
                soort=soort,
                vanaf=self.vandaag,
                **velden,
            )

    def rond_taken_af(self, *namen: str) -> None:
        """Closes the open tasks of these names."""
        herkomsten = [f"{naam}:{self.melding.pk}" for naam in namen]
        if self.in_werkproces is not None:
            self.in_werkproces.rond_taken_af(*herkomsten)
        self._losse_taken().filter(herkomst__in=herkomsten).update(gedaan_op=self.nu)

    def _losse_taken(self) -> Any:
        return Taak.objects.alles(reden=_BINNEN).open().filter(werkproces=None)


def _team(melding: Melding) -> Team | None:
    teams = Team.objects.filter(regio_id=melding.regio_id, gemeenten=melding.gemeente_id).order_by("pk")
    return next((team for team in teams if melding.soort_werk in team.soorten_werk), None)


def op_slot(melding: Melding) -> Melding:
    """The row as it stands now, locked until the transaction ends; first its werkproces, as every act does."""
    slot = Werkproces.objects.alles(reden=_BINNEN).select_for_update()
    list(slot.filter(meldingen=melding.pk).values_list("pk", flat=True))
    rijen = Melding.objects.alles(reden="de aanroeper bereikte de melding al").select_for_update(of=("self",))
    vast: Melding = rijen.select_related("jongere", "gemeente", "werkproces", "oordeel_door").get(pk=melding.pk)
    return vast


@contextmanager
def meldinghandeling(melding: Melding, code: str, *, toegang: Toegang, nu: dt.datetime) -> Iterator[Meldinghandeling]:
    """Runs the body as one act on the locked melding and its open werkproces; `code` is its line in the log.

    Everything or nothing; afterwards the caller's `melding` is brought up to date.
    """
    with transaction.atomic():
        vast = op_slot(melding)
        werkproces = vast.werkproces
        if werkproces is not None and werkproces.open:
            inhoud = {"melding": str(vast.sleutel)}
            with handeling(werkproces, code, toegang=toegang, nu=nu, inhoud=inhoud) as h:
                vast.werkproces = h.werkproces
                yield Meldinghandeling(vast, h, toegang, nu)
        else:
            yield Meldinghandeling(vast, None, toegang, nu)
            schrijf(code, toegang=toegang, nu=nu, jongere_id=vast.jongere_id, onderwerp=vast)
    melding.refresh_from_db()
