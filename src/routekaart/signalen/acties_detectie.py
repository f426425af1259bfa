"""The run that writes: what is new appears, what no longer holds closes itself, what was set aside stays set aside."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DateField, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from routekaart.basis.lading import laad, wijzig_velen
from routekaart.basis.sleutels import Sleutels, op_sleutel
from routekaart.dossiers.models import Werkproces
from routekaart.regels.signalen import Kader, Signaalregel
from routekaart.signalen.beurt import Houder, beurt
from routekaart.signalen.detectie import Gevonden, Zoektocht, gekozen_regels
from routekaart.signalen.instroom import laat_in
from routekaart.signalen.kader import maak_kader
from routekaart.signalen.kandidaten.laden import Naslag
from routekaart.signalen.models import Detectie, Signaal
from routekaart.toegang.bereik import systeem_toegang
from routekaart.toegang.schrijven import schrijf

_REDEN = "detectie over de hele regio, zonder gebruiker"
PER_KEER = 4000
RUST = "signaal_rust_dagen"
VERGELIJK = ("gemeente_id", "soort_werk", "sinds", "instelling_id", "vinger")  # `vinger` stands for the whole `uitleg`
VELDEN = (*VERGELIJK, "uitleg")
NIEUW = ("regio_id", "soort", "eerst_gezien_op", "laatst_gezien_op", "jongere_id", "aanleiding", *VELDEN)
OPENSTAAND = frozenset(stand.value for stand in Signaal.OPENSTAAND)

type Velden = tuple[Any, ...]  # in the order of VERGELIJK, or of VELDEN


@dataclass(frozen=True)
class Regelverslag:
    """What one rule found on the day."""

    soort: str
    kandidaten: int
    treffers: int
    nieuw: int
    vervallen: int
    duur_ms: int


@dataclass
class Verslag:
    """What a run did, rule by rule; `ingelaten` is how many went on to the werkvoorraad."""

    regels: list[Regelverslag] = field(default_factory=list)
    ingelaten: int = 0

    @property
    def nieuw(self) -> int:
        return sum(regel.nieuw for regel in self.regels)

    @property
    def vervallen(self) -> int:
        return sum(regel.vervallen for regel in self.regels)


def signaleer(
    regio_id: int, *, nu: dt.datetime, soort: str = "", voortgang: Callable[[str], None] | None = None
) -> Verslag:
    """Runs the rules over the region as of today and writes the result. Raises Bezet while another node runs it.

    Each chunk is a transaction of its own, so that pages do not wait; repeatable, and what was cut off half way is
    finished by the next run.
    """
    op = timezone.localdate(nu)
    verslag = Verslag()
    with beurt(f"signaleer:{regio_id}") as houder:
        kader, naslag = maak_kader(regio_id, op=op), Naslag(regio_id)
        for regel in gekozen_regels(soort):
            if voortgang is not None:
                voortgang(regel.naam)
            verslag.regels.append(_Run(regel, regio_id, kader, naslag, houder, nu).doe())
        with transaction.atomic():
            houder.klop()
            verslag.ingelaten = laat_in(regio_id, op=op)
            schrijf(
                "signalen.gezocht",
                toegang=systeem_toegang(regio_id),
                nu=nu,
                inhoud={regel.soort: [regel.treffers, regel.nieuw, regel.vervallen] for regel in verslag.regels},
            )
    return verslag


class _Run:
    """One rule over one region."""

    def __init__(
        self, regel: Signaalregel, regio_id: int, kader: Kader, naslag: Naslag, houder: Houder, nu: dt.datetime
    ) -> None:
        self.regel, self.regio_id, self.kader, self.houder, self.nu = regel, regio_id, kader, houder, nu
        self.zoektocht = Zoektocht(regel, regio_id, kader, naslag)
        self.treffers = self.nieuw = self.vervallen = 0

    @property
    def _rijen(self) -> Any:
        return Signaal.objects.alles(reden=_REDEN).filter(regio_id=self.regio_id, soort=self.regel.code)

    def doe(self) -> Regelverslag:
        """Walks all hits, then closes what was open and is no hit any more."""
        begin = time.monotonic()
        self.over = set(self._rijen.openstaand().values_list("pk", flat=True))
        self.bezig = self._in_behandeling()
        for stuk in self.zoektocht.stukken():
            with transaction.atomic():
                self.houder.klop()
                for eerste in range(0, len(stuk), PER_KEER):
                    self._verwerk(stuk[eerste : eerste + PER_KEER])
        self._sluit_wat_over_is()
        duur = int((time.monotonic() - begin) * 1000)
        verslag = Regelverslag(
            self.regel.code, self.zoektocht.kandidaten, self.treffers, self.nieuw, self.vervallen, duur
        )
        uitkomst = {
            "peildatum": self.kader.op,
            "klaar_op": self.nu,
            "duur_ms": duur,
            "kandidaten": verslag.kandidaten,
            "treffers": verslag.treffers,
            "nieuw": verslag.nieuw,
            "vervallen": verslag.vervallen,
        }
        wie = {"regio_id": self.regio_id, "soort": self.regel.code}
        if not Detectie.objects.filter(**wie).update(**uitkomst, updated=self.nu):
            Detectie.objects.create(**wie, **uitkomst)
        return verslag

    def _in_behandeling(self) -> set[int]:
        """Who has a werkproces that handles this, or had one so lately that the signal would come too soon."""
        if not self.regel.werkprocessen:
            return set()
        bezig = Q(afgesloten_op__isnull=True)
        if self.regel.rust:
            bezig |= Q(afgesloten_op__gt=self.kader.op - dt.timedelta(days=self.kader.norm(self.regel.rust)))
        rijen = Werkproces.objects.alles(reden=_REDEN).filter(
            bezig, regio_id=self.regio_id, soort__in=self.regel.werkprocessen
        )
        return set(rijen.values_list("jongere_id", flat=True))

    def _verwerk(self, stuk: list[Gevonden]) -> None:
        self.treffers += len(stuk)
        bezig = self.bezig
        wil = {(een.jongere_id, een.treffer.aanleiding): een for een in stuk if een.jongere_id not in bezig}
        if not wil:
            return
        sleutels = Sleutels.van(sleutel[0] for sleutel in wil)
        with op_sleutel(len(wil)):
            rijen = self._rijen.filter(jongere__in_rij=sleutels)
            staat = list(rijen.values_list("jongere_id", "aanleiding", "pk", "stand", *VERGELIJK))
        bekend = [(rij, een) for rij in staat if (een := wil.pop(rij[:2], None)) is not None]
        self._voeg_toe(wil.values())
        self._houd_bij(bekend)

    def _voeg_toe(self, nieuw: Iterable[Gevonden]) -> None:
        vast = (self.regio_id, self.regel.code, self.kader.op, self.kader.op)
        rijen = [(*vast, een.jongere_id, een.treffer.aanleiding, *_velden(een)) for een in nieuw]
        if not rijen:
            return
        try:
            with transaction.atomic():
                laad(Signaal, NIEUW, rijen, nu=self.nu)
        except IntegrityError:  # two persons were merged meanwhile, and the signal stands there already
            Signaal.objects.bulk_create(
                [Signaal(**dict(zip(NIEUW, rij, strict=True))) for rij in rijen],
                batch_size=PER_KEER,
                ignore_conflicts=True,
            )
        self.nieuw += len(rijen)

    def _houd_bij(self, bekend: Iterable[tuple[Velden, Gevonden]]) -> None:
        """Known occasions (person, occasion, key and stand, then VERGELIJK) with the hit of today: open ones follow the
        facts, closed ones come back where that is due. Words are made only where something changed.
        """
        anders: list[Velden] = []
        gesloten: dict[int, Gevonden] = {}
        for (_, _, pk, stand, *heeft), een in bekend:
            self.over.discard(pk)
            if stand not in OPENSTAAND:
                gesloten[pk] = een
            elif heeft != _kort(een):
                anders.append((pk, *_velden(een)))
        terug = [rij.pk for rij in self._gesloten(gesloten) if self._komt_terug(rij)]
        anders += [(pk, *_velden(gesloten[pk])) for pk in terug]
        if anders:
            wijzig_velen(Signaal, VELDEN, anders, nu=self.nu)
        if terug:
            self._rijen.filter(pk__in_rij=Sleutels.van(terug)).exclude(stand__in=Signaal.OPENSTAAND).update(
                stand=Signaal.Stand.OPEN,
                laatst_gezien_op=self.kader.op,
                gesloten_op=None,
                gesloten_door=None,
                behandelaar=None,
                in_voorraad_op=None,
                weggelegd_tot=None,
            )
            self.nieuw += len(terug)

    def _gesloten(self, sleutels: Collection[int]) -> Iterable[Signaal]:
        if not sleutels:
            return ()
        rijen: Iterable[Signaal] = self._rijen.filter(pk__in_rij=Sleutels.van(sleutels)).select_related(
            "melding__werkproces"
        )
        return rijen

    def _komt_terug(self, rij: Signaal) -> bool:
        """What lapsed comes back when it holds again; what was set aside when its day has passed; what became a melding
        when that was closed and the time of rest is over.
        """
        if rij.stand == Signaal.Stand.VERVALLEN:
            return True
        if rij.stand == Signaal.Stand.WEGGELEGD:
            return rij.weggelegd_tot is not None and rij.weggelegd_tot < self.kader.op
        klaar = _melding_klaar_op(rij)
        rust = dt.timedelta(days=self.kader.norm(self.regel.rust or RUST))
        return klaar is not None and klaar + rust <= self.kader.op

    def _sluit_wat_over_is(self) -> None:
        """What held the last time and holds no more. Of what holds still nothing is written: that it was seen stands in
        the Detectie, once for all of them.
        """
        over = sorted(self.over)
        if not over:
            return
        eerder = Detectie.objects.filter(regio_id=self.regio_id, soort=self.regel.code).values_list(
            "peildatum", flat=True
        )
        vorige = Value(eerder.first() or self.kader.op, output_field=DateField())
        for eerste in range(0, len(over), PER_KEER):
            with transaction.atomic():
                self.houder.klop()
                deel = self._rijen.filter(pk__in_rij=Sleutels.van(over[eerste : eerste + PER_KEER])).openstaand()
                self.vervallen += deel.update(
                    stand=Signaal.Stand.VERVALLEN,
                    gesloten_op=self.nu,
                    laatst_gezien_op=Greatest("laatst_gezien_op", vorige),
                )


def _kort(een: Gevonden) -> list[Any]:
    """What the signal of this hit says, in the order of VERGELIJK."""
    treffer = een.treffer
    return [een.gemeente_id, een.soort_werk, treffer.sinds, treffer.school, treffer.gronden.vinger()]


def _velden(een: Gevonden) -> Velden:
    """The same in the order of VELDEN: with its words."""
    return *_kort(een), [uitleg.als_gegevens() for uitleg in een.treffer.uitleg]


def _melding_klaar_op(rij: Signaal) -> dt.date | None:
    """When the melding that came of this signal was done with; None while it is handled."""
    melding = rij.melding
    if melding is None:
        return None
    if melding.werkproces is not None:
        return melding.werkproces.afgesloten_op
    return melding.uitkomst_op or (timezone.localdate(melding.ingetrokken_op) if melding.ingetrokken_op else None)
