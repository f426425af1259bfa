"""What must happen every day: who turned 18 changes hands, werkprocessen are read anew, signals found, log sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Regio
from routekaart.basis.wezen import ruim_wezen_op
from routekaart.dossiers.models import Document, Werkproces
from routekaart.dossiers.stand import herbereken
from routekaart.leveringen.acties_map import neem_map_in
from routekaart.leveringen.models import Levering
from routekaart.logboek.acties import verzegel
from routekaart.personen.acties import VOLWASSEN
from routekaart.personen.acties_dubbelen import zoek_dubbelen
from routekaart.personen.acties_samenvoegen import veeg_na
from routekaart.personen.models import Jongere
from routekaart.regels.leeftijd import wordt
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.acties_vertrek import tel_screening
from routekaart.signalen.acties_volledigheid import tel_meldgedrag
from routekaart.signalen.beurt import Bezet
from routekaart.toegang.bereik import systeem_toegang
from routekaart.toegang.models import SoortWerk

_REDEN = "dagelijks werk zonder gebruiker"


@dataclass
class Nachtverslag:
    """What the run did; `verschillen` are werkprocessen whose stored step was not what the facts say."""

    werkprocessen: int = 0
    verschillen: list[str] = field(default_factory=list)
    achttien: int = 0
    dubbelen: int = 0
    signalen_nieuw: int = 0
    signalen_vervallen: int = 0
    meldgedrag: int = 0
    screening: int = 0
    bezet: list[str] = field(default_factory=list)
    verzegeld: int = 0
    leveringen: list[str] = field(default_factory=list)
    bestanden_opgeruimd: int = 0
    bestanden: list[str] = field(default_factory=list)


def nacht(*, nu: dt.datetime) -> Nachtverslag:
    """Runs all daily work. Each werkproces in a short transaction of its own, so that pages do not wait; repeatable."""
    verslag = Nachtverslag()
    vandaag = timezone.localdate(nu)
    _lees_map_in(verslag, nu=nu)
    verslag.achttien = _achttien(vandaag)
    verslag.dubbelen = _zoek_dubbelen(nu=nu)
    for sleutel in Werkproces.objects.alles(reden=_REDEN).order_by("pk").values_list("pk", flat=True).iterator():
        _lees_opnieuw(sleutel, verslag, nu=nu, vandaag=vandaag)
    _signaleer(verslag, nu=nu)
    _ruim_bestanden_op(verslag, nu=nu)
    zegel = verzegel(nu=nu)
    verslag.verzegeld = zegel.aantal if zegel else 0
    return verslag


def _lees_map_in(verslag: Nachtverslag, *, nu: dt.datetime) -> None:
    """Takes in what others dropped in the watched folder; with more regions each has a folder `regio-38` in it."""
    if not settings.LEVERINGEN_MAP:
        return
    regios = list(Regio.objects.filter(teams__isnull=False).distinct().order_by("nummer"))
    for regio in regios:
        map_ = Path(settings.LEVERINGEN_MAP)
        try:
            gelezen = neem_map_in(map_ if len(regios) == 1 else map_ / f"regio-{regio.nummer}", regio=regio, nu=nu)
        except Geweigerd as fout:
            verslag.leveringen.append(fout.boodschap)
            continue
        verslag.leveringen += gelezen.zinnen


def _ruim_bestanden_op(verslag: Nachtverslag, *, nu: dt.datetime) -> None:
    """Removes stored files that no row refers to."""
    rijen: dict[str, Any] = {
        "documenten": Document.objects.alles(reden=_REDEN),
        "leveringen": Levering.objects.all(),
    }
    for map_, alle in rijen.items():
        try:
            uitkomst = ruim_wezen_op(map_, partial(_namen_in, alle), nu=nu)
        except OSError as fout:
            verslag.bestanden.append(f"De map {map_} was niet te lezen ({fout.strerror}).")
            continue
        verslag.bestanden_opgeruimd += len(uitkomst.weg)
        if uitkomst.te_veel:
            verslag.bestanden.append(
                f"{uitkomst.te_veel} van {uitkomst.bekeken} bestanden in {map_} horen bij niets. Dat is zo veel dat ze "
                "blijven staan. Is er een oude database teruggezet?"
            )


def _namen_in(rijen: Any, namen: Collection[str]) -> set[str]:
    """Which of these files a row refers to."""
    return set(rijen.filter(bestand__in=namen).values_list("bestand", flat=True))


def _signaleer(verslag: Nachtverslag, *, nu: dt.datetime) -> None:
    """Runs the detections of every region that has teams; a region that another node is at is left to that node."""
    for regio in Regio.objects.filter(teams__isnull=False).distinct().order_by("nummer"):
        try:
            gevonden = signaleer(regio.pk, nu=nu)
        except Bezet as bezet:
            verslag.bezet.append(f"signalen van {regio}: {bezet.boodschap}")
            continue
        _tel_per_school(regio, verslag, nu=nu)
        verslag.signalen_nieuw += gevonden.nieuw
        verslag.signalen_vervallen += gevonden.vervallen


def _zoek_dubbelen(*, nu: dt.datetime) -> int:
    """Per region who may stand in it twice, among those who changed; returns how many pairs are new. What was written
    about somebody in the moment of a merge goes to who remained.
    """
    veeg_na()
    return sum(
        zoek_dubbelen(regio_id, toegang=systeem_toegang(regio_id), nu=nu).nieuw
        for regio_id in Regio.objects.order_by("pk").values_list("pk", flat=True)
    )


def _tel_per_school(regio: Regio, verslag: Nachtverslag, *, nu: dt.datetime) -> None:
    """Counts per school what was reported and what was not, and how who left stands in the screening."""
    try:
        verslag.meldgedrag += tel_meldgedrag(regio.pk, nu=nu)
    except Bezet as bezet:
        verslag.bezet.append(f"meldingen per school van {regio}: {bezet.boodschap}")
    try:
        verslag.screening += tel_screening(regio.pk, nu=nu)
    except Bezet as bezet:
        verslag.bezet.append(f"screening van {regio}: {bezet.boodschap}")


def _achttien(vandaag: dt.date) -> int:
    """From the eighteenth birthday somebody falls under the Doorstroompunt (000 uitgangspunt 3); returns how many."""
    kandidaten = Jongere.objects.alles(reden=_REDEN).filter(
        soort_werk=SoortWerk.LEERPLICHT,
        geboren_tot__lte=vandaag.replace(year=vandaag.year - VOLWASSEN, day=min(vandaag.day, 28))
        + dt.timedelta(days=4),
    )
    nu_volwassen = [
        pk for pk, geboren in kandidaten.values_list("pk", "geboren_tot") if wordt(geboren, VOLWASSEN) <= vandaag
    ]
    for begin in range(0, len(nu_volwassen), 500):
        deel = nu_volwassen[begin : begin + 500]
        Jongere.objects.alles(reden=_REDEN).filter(pk__in=deel).update(soort_werk=SoortWerk.DOORSTROOMPUNT)
    return len(nu_volwassen)


def _lees_opnieuw(pk: int, verslag: Nachtverslag, *, nu: dt.datetime, vandaag: dt.date) -> None:
    with transaction.atomic():
        rijen = Werkproces.objects.alles(reden=_REDEN).select_for_update(of=("self",))
        werkproces = rijen.select_related("behandelaar", "team", "gemeente", "regio", "jongere").get(pk=pk)
        was = werkproces.stap
        herbereken(werkproces, nu=nu, op=vandaag)
        verslag.werkprocessen += 1
        if werkproces.stap != was:
            verslag.verschillen.append(f"{werkproces}: stap {was or '-'} werd {werkproces.stap or '-'}")
