"""The frame of every act on a werkproces: lock, check, change, facts, step, log, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import herbereken
from routekaart.inhoud.codelijsten import codelijst
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf


@dataclass
class Handeling:
    """What an act works with: the locked werkproces, who does it and when."""

    werkproces: Werkproces
    toegang: Toegang
    nu: dt.datetime
    inhoud: dict[str, Any] = field(default_factory=dict)

    @property
    def vandaag(self) -> dt.date:
        return timezone.localdate(self.nu)

    @property
    def door_id(self) -> int | None:
        """The user who acts; None for the system."""
        return self.toegang.gebruiker_id or None

    def eis_open(self) -> None:
        """Refuses on a werkproces that was closed meanwhile."""
        if not self.werkproces.open:
            raise Geweigerd("Dit werkproces is afgesloten. Heropen het eerst als er weer iets moet gebeuren.")

    def feit(
        self,
        code: str,
        *,
        op: dt.date | None = None,
        stap: int | None = None,
        toelichting: str = "",
        herkomst: object = "",
        bron: str = "",
    ) -> Gebeurtenis:
        """Records a fact of the werkproces. `op` is the day of the fact (default today), not of the recording."""
        codelijst("gebeurtenissen").waarde(code)
        meta = getattr(herkomst, "_meta", None)
        return Gebeurtenis.objects.create(
            werkproces=self.werkproces,
            code=code,
            op=op or self.vandaag,
            vastgelegd_op=self.nu,
            door_id=self.door_id,
            stap=stap,
            toelichting=toelichting,
            herkomst=f"{meta.model_name}:{getattr(herkomst, 'pk', '')}" if meta else str(herkomst),
            bron=bron or self.toegang.naam[:60],
        )

    def trek_in(self, herkomst: object) -> int:
        """Withdraws the facts that came from this row; they stay in the history."""
        aantal: int = self._feiten_van(herkomst).update(ingetrokken_op=self.nu)
        return aantal

    def feit_van(self, herkomst: object) -> Gebeurtenis | None:
        """The first fact that came from this row and was not withdrawn."""
        gevonden: Gebeurtenis | None = self._feiten_van(herkomst).order_by("pk").first()
        return gevonden

    def _feiten_van(self, herkomst: object) -> Any:
        meta = getattr(herkomst, "_meta", None)
        waar = f"{meta.model_name}:{getattr(herkomst, 'pk', '')}" if meta else str(herkomst)
        rijen = Gebeurtenis.objects.alles(reden="binnen een handeling").filter(werkproces=self.werkproces)
        return rijen.filter(herkomst=waar, ingetrokken_op__isnull=True)

    def taak(
        self,
        herkomst: str,
        *,
        soort: str,
        wat: str,
        due: dt.date,
        waarom: str = "",
        actie: str = "",
        tijd: dt.time | None = None,
    ) -> Taak:
        """Makes the one open task with this origin, or moves the one that is there to the new day."""
        velden: dict[str, Any] = {
            "soort": soort,
            "wat": wat[:160],
            "waarom": waarom[:240],
            "actie": actie,
            "due": due,
            "tijd": tijd,
            "eigenaar": self.werkproces.behandelaar,
            "team": self.werkproces.team,
        }
        open_taken = Taak.objects.alles(reden="binnen een handeling").open()
        bestaand: Taak | None = open_taken.filter(werkproces=self.werkproces, herkomst=herkomst).first()
        if bestaand is not None:
            for naam, waarde in velden.items():
                setattr(bestaand, naam, waarde)
            bestaand.save(update_fields=[*velden, "updated"])
            return bestaand
        return Taak.objects.create(
            werkproces=self.werkproces,
            regio_id=self.werkproces.regio_id,
            gemeente_id=self.werkproces.gemeente_id,
            soort_werk=self.werkproces.soort_werk,
            jongere_id=self.werkproces.jongere_id,
            herkomst=herkomst,
            vanaf=self.vandaag,
            **velden,
        )

    def rond_taken_af(self, *herkomsten: str, soort: str = "") -> int:
        """Closes open tasks by origin, or all of a kind."""
        taken = self._taken().open()
        taken = taken.filter(soort=soort) if soort else taken.filter(herkomst__in=herkomsten)
        aantal: int = taken.update(gedaan_op=self.nu)
        return aantal

    def heeft_open_taak(self, soort: str) -> bool:
        return bool(self._taken().open().filter(soort=soort).exists())

    def heropen_taken(self, soort: str, *, gedaan_op: dt.datetime) -> int:
        """Puts the tasks of a kind that an act rounded off at that moment back on the list: the act is taken back."""
        aantal: int = self._taken().filter(soort=soort, gedaan_op=gedaan_op).update(gedaan_op=None)
        return aantal

    def _taken(self) -> Any:
        return Taak.objects.alles(reden="binnen een handeling").filter(werkproces=self.werkproces)


@contextmanager
def handeling(
    werkproces: Werkproces,
    code: str,
    *,
    toegang: Toegang,
    nu: dt.datetime,
    inhoud: Mapping[str, Any] | None = None,
) -> Iterator[Handeling]:
    """Runs the body as one act on the locked werkproces; `code` is its line in the log.

    Everything or nothing: a `Geweigerd` from the body leaves the state as it was. Afterwards the step, its term and
    its task follow from the facts, and the caller's `werkproces` is brought up to date.
    """
    with transaction.atomic():
        slot = Werkproces.objects.alles(reden="de aanroeper bereikte het werkproces al").select_for_update(of=("self",))
        vast = slot.select_related("jongere", "behandelaar", "team", "regio", "gemeente").get(pk=werkproces.pk)
        bezig = Handeling(vast, toegang, nu, dict(inhoud or {}))
        yield bezig
        Werkproces.objects.alles(reden="binnen een handeling").filter(pk=vast.pk).update(versie=F("versie") + 1)
        herbereken(vast, nu=nu, op=bezig.vandaag)
        schrijf(code, toegang=toegang, nu=nu, jongere_id=vast.jongere_id, onderwerp=vast, inhoud=bezig.inhoud)
    werkproces.refresh_from_db()
