"""What was recorded of the guidance, read for one werkproces within scope."""

from __future__ import annotations

from dataclasses import dataclass

from routekaart.begeleiding.models import (
    Afspraak,
    Big5stand,
    Doel,
    Intake,
    Inzicht,
    Leefdomeinbeeld,
    Plan,
    Privacygesprek,
    Regie,
)
from routekaart.dossiers.models import Werkproces
from routekaart.toegang.bereik import Toegang


def intake_van(werkproces: Werkproces, *, toegang: Toegang) -> Intake | None:
    """The intake of the newest round that has one. One query."""
    rijen = Intake.objects.voor(toegang).filter(werkproces=werkproces).select_related("door")
    nieuwste: Intake | None = rijen.order_by("-ronde").first()
    return nieuwste


def beelden_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Leefdomeinbeeld]:
    """Every reading of the life domains in order of time. One query."""
    rijen = Leefdomeinbeeld.objects.voor(toegang).filter(werkproces=werkproces)
    return list(rijen.select_related("door").order_by("op", "pk"))


def big5_van(werkproces: Werkproces, *, toegang: Toegang) -> dict[str, list[Big5stand]]:
    """Every reading of the Big 5 by principle, in order of time. One query."""
    gevonden: dict[str, list[Big5stand]] = {}
    for rij in Big5stand.objects.voor(toegang).filter(werkproces=werkproces).order_by("op", "pk"):
        gevonden.setdefault(rij.principe, []).append(rij)
    return gevonden


def inzichten_van(werkproces: Werkproces, *, toegang: Toegang) -> dict[str, Inzicht]:
    """The newest finding per point, over all rounds. One query."""
    rijen = Inzicht.objects.voor(toegang).filter(werkproces=werkproces).select_related("door")
    return {rij.punt: rij for rij in rijen.order_by("ronde", "pk")}


def privacygesprekken_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Privacygesprek]:
    """The talks about privacy, newest first. One query."""
    rijen = Privacygesprek.objects.voor(toegang).filter(werkproces=werkproces)
    return list(rijen.select_related("door").order_by("-op", "-pk"))


@dataclass(frozen=True)
class Planbeeld:
    """The plan that holds, with its goals and agreements; the earlier ones; who holds the regie and who held it."""

    plan: Plan | None
    doelen: list[Doel]
    afspraken: list[Afspraak]
    eerder: list[Plan]
    regies: list[Regie]

    @property
    def regie(self) -> Regie | None:
        return next((regie for regie in self.regies if regie.tot is None), None)

    @property
    def eerdere_regies(self) -> list[Regie]:
        return [regie for regie in self.regies if regie.tot is not None]

    @property
    def open_afspraken(self) -> list[Afspraak]:
        return [afspraak for afspraak in self.afspraken if afspraak.gedaan_op is None]


def planbeeld(werkproces: Werkproces, *, toegang: Toegang, nummer: int | None = None) -> Planbeeld:
    """Everything of the plan that holds, or of the earlier one with this number. Four queries; two without a plan."""
    plannen = list(Plan.objects.voor(toegang).filter(werkproces=werkproces).select_related("door").order_by("-nummer"))
    regies = list(Regie.objects.voor(toegang).filter(werkproces=werkproces).order_by("-van", "-pk"))
    past = [rij for rij in plannen if (rij.vervangen_op is None if nummer is None else rij.nummer == nummer)]
    plan = past[0] if past else None
    if plan is None:
        return Planbeeld(None, [], [], plannen, regies)
    doelen = list(Doel.objects.voor(toegang).filter(plan=plan).order_by("pk"))
    afspraken = list(Afspraak.objects.voor(toegang).filter(plan=plan).select_related("doel").order_by("voor", "pk"))
    return Planbeeld(plan, doelen, afspraken, [rij for rij in plannen if rij != plan], regies)


def doelen_van(werkproces: Werkproces, *, toegang: Toegang) -> list[Doel]:
    """The goals of the plan that holds. One query."""
    rijen = Doel.objects.voor(toegang).filter(plan__werkproces=werkproces, plan__vervangen_op__isnull=True)
    return list(rijen.order_by("pk"))
