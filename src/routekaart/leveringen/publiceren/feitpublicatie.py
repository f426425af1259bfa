"""Publishing facts about persons: made, changed or taken back; what changed or went is kept (REG-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from routekaart.basis.lading import laad, wijzig_velen
from routekaart.basis.sleutels import Sleutels
from routekaart.leveringen.models import Feitwijziging
from routekaart.leveringen.publiceren.eindigbaar import EINDIGBAAR
from routekaart.leveringen.publiceren.feiten import SPOORVELDEN, feitwijziging
from routekaart.leveringen.publiceren.feitsoorten import Feitsoort, kolom_van
from routekaart.leveringen.publiceren.opzoeken import Scholen, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Doel, Inlezing, Staat, Toestandpublicatie, Verandering
from routekaart.leveringen.publiceren.wie import Personen
from routekaart.leveringen.soorten.soort import Gelezen, Uitval

SCHOOL = "instelling_id"
MUTATIE = "mutatie"


class Feitpublicatie(Toestandpublicatie):
    """The thing is a fact of one kind, by person and the rest of its natural key."""

    def __init__(self, soort: Feitsoort, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.soort = soort
        self.sleutel = ("jongere_id", *soort.sleutel)
        self.personen = Personen(inlezing)
        self.scholen = Scholen()
        # the fields that the file speaks of, and the ids of the facts that these rows are about
        self.velden = tuple(veld for veld in soort.velden if kolom_van(veld) in self.kolommen)
        self.ids: dict[Hashable, int] = {}
        self.neemt_terug = soort.verwijderbaar and MUTATIE in self.kolommen

    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        wie = self.personen.zoek(rijen, self.soort.persoon)
        bekend = [rij for rij, persoon in zip(rijen, wie, strict=True) if not isinstance(persoon, Uitval)]
        personen = [persoon for persoon in wie if not isinstance(persoon, Uitval)]
        scholen = self._scholen(bekend)
        sleutels = zip(personen, *(self._kolom(bekend, veld, scholen) for veld in self.soort.sleutel), strict=True)
        kolommen = [self._kolom(bekend, veld, scholen) for veld in self.velden]
        waarden = zip(*kolommen, strict=True) if kolommen else repeat(())
        staten = (dict(zip(self.velden, rij, strict=True)) for rij in waarden)
        if self.neemt_terug:
            wordt = (None if _weg(rij) else staat for rij, staat in zip(bekend, staten, strict=False))
            doelen = map(Doel, sleutels, wordt)
        else:
            doelen = map(Doel, sleutels, staten)
        return [persoon if isinstance(persoon, Uitval) else next(doelen) for persoon in wie]

    def na(self, staat: Staat, gewenst: Staat | None) -> Staat | None:
        moment = self.soort.moment
        if moment and gewenst and moment in gewenst and (stond := staat[moment]):
            komt = gewenst[moment]
            if komt is None or komt < stond:
                return staat
        return super().na(staat, gewenst)

    def _kolom(self, rijen: Sequence[Gelezen], veld: str, scholen: dict[str, int]) -> Iterable[Any]:
        """The values of one field in the order of the rows."""
        kolom = kolom_van(veld)
        if kolom not in self.kolommen:
            return repeat(self.soort.standaard(veld), len(rijen))
        waarden = [rij.waarden[kolom] for rij in rijen]
        return map(scholen.get, waarden) if veld == SCHOOL else waarden

    def _scholen(self, rijen: Sequence[Gelezen]) -> dict[str, int]:
        """The schools that these rows name; what is taken back makes no school."""
        kolom = kolom_van(SCHOOL)
        if kolom not in self.kolommen:
            return {}
        genoemd = {rij.waarden[kolom] for rij in rijen}
        maakt = {rij.waarden[kolom] for rij in rijen if not _weg(rij)} if self.neemt_terug else genoemd
        return self.scholen.ids(maakt - {""}) | self.scholen.ids(genoemd - maakt - {""}, maak=False)

    def _alle(self) -> Any:
        return self.soort.model.objects.voor(self.inlezing.bereik)

    def huidig(self, sleutels: Collection[Any]) -> dict[Hashable, Staat]:
        ids = {jongere_id for jongere_id, *_ in sleutels}
        lengte, velden = len(self.sleutel), self.soort.velden
        staten: dict[Hashable, Staat] = {}
        self.ids = {}
        rijen = self._alle().filter(jongere__in_rij=Sleutels.van(ids)).values_list("pk", *self.sleutel, *velden)
        for pk, *waarden in rijen.iterator(2000):
            sleutel = tuple(waarden[:lengte])
            if sleutel in sleutels:
                self.ids[sleutel] = pk
                staten[sleutel] = dict(zip(velden, waarden[lengte:], strict=True))
        return staten

    def _sleutel(self, rij: Any) -> tuple[Any, ...]:
        return tuple(getattr(rij, veld) for veld in self.sleutel)

    def vermist(self, *, peildatum: dt.date, gemeente_ids: Collection[int]) -> Iterator[tuple[int, str]]:
        soort = EINDIGBAAR[self.soort.code]
        gezien = self.gezien or set()
        onleesbaar = set(zoek_personen(self.genoemd, self.inlezing).values())
        lopend = soort.lopend(self.inlezing.bereik, op=peildatum).filter(jongere__gemeente__in=gemeente_ids)
        erbij = lopend.select_related("instelling") if SCHOOL in self.sleutel else lopend
        for rij in erbij.iterator(2000):
            if rij.jongere_id not in onleesbaar and self._sleutel(rij) not in gezien:
                yield rij.jongere_id, soort.wat(rij)

    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        inlezing, model = self.inlezing, self.soort.model
        nieuw = [(v.sleutel, v.wordt) for v in veranderingen if v.was is None and v.wordt is not None]
        gewijzigd = [(v, v.wordt) for v in veranderingen if v.was is not None and v.wordt is not None]
        weg = [v for v in veranderingen if v.wordt is None]
        vast = (self.soort.bron, inlezing.levering_id)
        rijen = ((*sleutel, *wordt.values(), *vast) for sleutel, wordt in nieuw)
        laad(model, (*self.sleutel, *self.velden, "bron", "levering_id"), rijen, nu=inlezing.nu)
        if gewijzigd:
            velden = (*self.soort.velden, "levering_id")
            anders = (
                (self.ids[v.sleutel], *(wordt[veld] for veld in self.soort.velden), inlezing.levering_id)
                for v, wordt in gewijzigd
            )
            wijzig_velen(model, velden, anders, nu=inlezing.nu)
        if weg:
            self._alle().filter(pk__in=[self.ids[v.sleutel] for v in weg]).delete()
        sporen = (feitwijziging(self.soort.naam, self.sleutel, v, inlezing) for v in (*(v for v, _ in gewijzigd), *weg))
        laad(Feitwijziging, SPOORVELDEN, sporen, nu=inlezing.nu)


def _weg(rij: Gelezen) -> bool:
    return bool(rij.waarden[MUTATIE] == "verwijderd")
