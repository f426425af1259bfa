"""Later versions of many DUO meldingen that we know, as a delivery brings them.

What a version changes is worked out by `bijwerking.pas_toe`, as for one row; here it is read and written for many.
Where the werkproces of a melding would get another task than it has, its rows are left to the act for one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.lading import Json, laad, wijzig_velen
from routekaart.basis.sleutels import Sleutels
from routekaart.dossiers.acties_lopend import Handelingen
from routekaart.logboek.acties import noteer_velen
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties.duo import TAAK
from routekaart.meldingen.bijwerking import ALLES, Dag, Meldingstand, eis_zelfde_persoon, pas_toe
from routekaart.meldingen.gegevens import DuoMelding
from routekaart.meldingen.models import Melding, Meldingversie, Verzuimregel
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import Schrijver

_BINNEN = "een levering geldt voor de hele regio"
_VERSIE = ("melding_id", "duo_versie", "inhoud", "vingerafdruk", "ontvangen_op", "levering_id")


@dataclass(frozen=True, slots=True)
class Versie:
    """One row about a melding that we know. `tekst` and `afdruk`: what it says, written down (versies.py)."""

    duo: DuoMelding
    jongere: Jongere
    tekst: str
    afdruk: str


Uitslagen = dict[int, Literal["gewijzigd", "ongewijzigd"] | Geweigerd]


def werk_meldingen_bij(
    rijen: Mapping[int, Versie], *, toegang: Toegang, nu: dt.datetime, levering_id: int | None
) -> Uitslagen:
    """Takes these versions in, in their order; gives by place what each did. Those that are not in the answer changed
    nothing and must go one by one. Within a transaction; the number of queries does not grow with the rows.
    """
    try:
        with transaction.atomic():
            return _Lading(rijen, toegang=toegang, nu=nu, levering_id=levering_id).verwerk()
    except IntegrityError:  # in this very moment somebody brought one of these versions
        return {}


class _Lading:
    """The rows of one call, with how their meldingen stand."""

    def __init__(
        self, rijen: Mapping[int, Versie], *, toegang: Toegang, nu: dt.datetime, levering_id: int | None
    ) -> None:
        self.rijen, self.toegang, self.nu, self.levering_id = rijen, toegang, nu, levering_id
        self.schrijver = Schrijver(toegang=toegang, nu=nu)
        alle = Melding.objects.alles(reden=_BINNEN).filter(regio_id=toegang.regio_id)
        nummers = {rij.duo.meldingsnummer for rij in rijen.values()}
        paren = list(alle.filter(duo_nummer__in=nummers).values_list("pk", "werkproces_id"))
        # locked in the order of every act: first the werkproces, then the melding
        ids = {werkproces_id for _, werkproces_id in paren if werkproces_id is not None}
        self.handelingen = Handelingen(ids, op=timezone.localdate(nu), nu=nu)
        vast = (
            alle.select_for_update(of=("self",)).filter(pk__in_rij=Sleutels.van(pk for pk, _ in paren)).order_by("pk")
        )
        self.standen = {melding.duo_nummer: Meldingstand(melding, [], {}) for melding in vast}
        op_pk = {stand.melding.pk: stand for stand in self.standen.values()}
        sleutels = Sleutels.van(op_pk)
        versies = Meldingversie.objects.alles(reden=_BINNEN).filter(melding__in_rij=sleutels).order_by("pk")
        for pk, inhoud in versies.values_list("melding_id", "inhoud"):
            op_pk[pk].versies.append(inhoud)
        dagen = Verzuimregel.objects.alles(reden=_BINNEN).filter(melding__in_rij=sleutels)
        # by melding and day: the row, and what it said
        self.regels: dict[tuple[int, dt.date], tuple[int, Dag]] = {}
        for pk, melding_id, datum, *dag in dagen.values_list("pk", "melding_id", "datum", *Dag._fields):
            op_pk[melding_id].dagen[datum] = Dag(*dag)
            self.regels[melding_id, datum] = pk, Dag(*dag)
        self.scholen = self._scholen()
        # what is written in the end
        self.versies: list[tuple[Any, ...]] = []
        self.gewijzigd: dict[int, Meldingstand] = {}
        self.bezocht: dict[int, Meldingstand] = {}
        self.log: list[tuple[Any, ...]] = []

    def _scholen(self) -> dict[str, Instelling]:
        """Every school that may come to hold."""
        brins = {inhoud["brin"] for stand in self.standen.values() for inhoud in stand.versies}
        brins |= {rij.duo.brin for rij in self.rijen.values()}
        return {school.brin: school for school in Instelling.objects.filter(brin__in=brins - {""})}

    def verwerk(self) -> Uitslagen:
        uitslagen: Uitslagen = {}
        for plek, rij in self.rijen.items():
            stand = self.standen.get(rij.duo.meldingsnummer)
            if stand is None or not self._kan(stand.melding):
                continue
            try:
                uitslagen[plek] = self._neem_op(stand, rij)
            except Geweigerd as fout:
                uitslagen[plek] = fout
        self._schrijf()
        return uitslagen

    def _kan(self, melding: Melding) -> bool:
        """Whether an act on this melding leaves the task of its werkproces as it is."""
        if melding.werkproces_id is None:
            return True
        lopend = self.handelingen.lopend.get(melding.werkproces_id)
        return lopend.gewoon if lopend is not None else melding.werkproces_id in self.handelingen.bekend

    def _neem_op(self, stand: Meldingstand, rij: Versie) -> Literal["gewijzigd", "ongewijzigd"]:
        melding, inhoud = stand.melding, rij.duo.als_gegevens()
        if inhoud in stand.versies:
            return "ongewijzigd"
        eis_zelfde_persoon(melding, rij.jongere)
        gedaan = pas_toe(stand, inhoud, school=self.scholen.get, nu=self.nu, levering_id=self.levering_id)
        self.bezocht[melding.pk] = stand
        self.versies.append((melding.pk, rij.duo.versie or 0, Json(rij.tekst), rij.afdruk, self.nu, self.levering_id))
        if gedaan.velden:
            self.gewijzigd[melding.pk] = stand
        if not gedaan.code:
            return "ongewijzigd"
        lopend = self.handelingen.lopend.get(melding.werkproces_id or 0)
        if lopend is None:
            onderwerp = f"meldingen.melding:{melding.sleutel}"
            self.log.append(self.schrijver.regel(gedaan.code, jongere_id=melding.jongere_id, onderwerp=onderwerp))
            return "gewijzigd"
        lopend.handelingen += 1
        if gedaan.taak:
            lopend.gevraagd[f"{TAAK}:{melding.pk}"] = TAAK, gedaan.taak, f"Melding {melding}"
        self.log.append(
            self.schrijver.regel(
                gedaan.code,
                jongere_id=lopend.rij.jongere_id,
                onderwerp=f"dossiers.werkproces:{lopend.rij.sleutel}",
                inhoud={"melding": str(melding.sleutel)},
            )
        )
        return "gewijzigd"

    def _schrijf(self) -> None:
        nu = self.nu
        laad(Meldingversie, _VERSIE, self.versies, nu=nu)
        velden = ((pk, *(getattr(stand.melding, naam) for naam in ALLES)) for pk, stand in self.gewijzigd.items())
        if self.gewijzigd:
            wijzig_velen(Melding, ALLES, velden, nu=nu, nieuwe_versie=False)
        nieuw, anders = self._dagen(self.bezocht.values())
        laad(Verzuimregel, ("melding_id", "datum", *Dag._fields), nieuw, nu=nu)
        if anders:
            wijzig_velen(Verzuimregel, Dag._fields, anders, nu=nu, nieuwe_versie=False)
        self.handelingen.schrijf()
        noteer_velen(self.log, nu=nu)

    def _dagen(self, standen: Collection[Meldingstand]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """The days that are new, and those that say something else."""
        nieuw: list[tuple[Any, ...]] = []
        anders: list[tuple[Any, ...]] = []
        for stand in standen:
            for datum, dag in stand.dagen.items():
                bekend = self.regels.get((stand.melding.pk, datum))
                if bekend is None:
                    nieuw.append((stand.melding.pk, datum, *dag))
                elif bekend[1] != dag:
                    anders.append((bekend[0], *dag))
        return nieuw, anders
