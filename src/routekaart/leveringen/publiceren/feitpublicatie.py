"""Publishing facts about persons: made, changed or taken back; what changed or went is kept (REG-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Any

from routekaart.leveringen.models import Feitwijziging
from routekaart.leveringen.publiceren.feiten import feitwijziging
from routekaart.leveringen.publiceren.feitsoorten import Feitsoort, kolom_van
from routekaart.leveringen.publiceren.opzoeken import Scholen, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Doel, Inlezing, Staat, Toestandpublicatie, Verandering
from routekaart.leveringen.publiceren.wie import Personen
from routekaart.leveringen.soorten.soort import Gelezen, Uitval, Waarden

SCHOOL = "instelling_id"


class Feitpublicatie(Toestandpublicatie):
    """The thing is a fact of one kind, by person and the rest of its natural key."""

    def __init__(self, soort: Feitsoort, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.soort = soort
        self.sleutel = ("jongere_id", *soort.sleutel)
        self.personen = Personen(inlezing)
        self.scholen = Scholen()
        self.rijen: dict[Hashable, Any] = {}

    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        personen = self.personen.zoek(rijen, self.soort.persoon)
        bekend = [rij for rij, wie in zip(rijen, personen, strict=True) if not isinstance(wie, Uitval)]
        scholen = self._scholen(bekend)
        return [
            wie if isinstance(wie, Uitval) else self._doel(rij, wie, scholen)
            for rij, wie in zip(rijen, personen, strict=True)
        ]

    def _scholen(self, rijen: Sequence[Gelezen]) -> dict[str, int]:
        """The schools that these rows name; what is taken back makes no school."""
        kolom = kolom_van(SCHOOL)
        maakt = self.scholen.ids({rij.waarden[kolom] for rij in rijen if rij.waarden.get(kolom) and not _weg(rij)})
        genoemd = {rij.waarden[kolom] for rij in rijen if rij.waarden.get(kolom) and _weg(rij)}
        return maakt | self.scholen.ids(genoemd, maak=False)

    def _doel(self, rij: Gelezen, jongere_id: int, scholen: dict[str, int]) -> Doel:
        waarden = rij.waarden
        sleutel = (
            jongere_id,
            *(
                self._waarde(veld, waarden, scholen) if kolom_van(veld) in waarden else self.soort.standaard(veld)
                for veld in self.soort.sleutel
            ),
        )
        if self.soort.verwijderbaar and _weg(rij):
            return Doel(sleutel, None)
        velden = [veld for veld in self.soort.velden if kolom_van(veld) in waarden]
        return Doel(sleutel, {veld: self._waarde(veld, waarden, scholen) for veld in velden})

    def _waarde(self, veld: str, waarden: Waarden, scholen: dict[str, int]) -> Any:
        waarde = waarden[kolom_van(veld)]
        return scholen.get(waarde) if veld == SCHOOL else waarde

    def _alle(self) -> Any:
        return self.soort.model.objects.voor(self.inlezing.bereik)

    def huidig(self, sleutels: Collection[Any]) -> dict[Hashable, Staat]:
        ids = {jongere_id for jongere_id, *_ in sleutels}
        self.rijen = {self._sleutel(rij): rij for rij in self._alle().filter(jongere_id__in=ids)}
        return {
            sleutel: {veld: getattr(self.rijen[sleutel], veld) for veld in self.soort.velden}
            for sleutel in sleutels
            if sleutel in self.rijen
        }

    def _sleutel(self, rij: Any) -> tuple[Any, ...]:
        return tuple(getattr(rij, veld) for veld in self.sleutel)

    def vermist(self, *, peildatum: dt.date, gemeente_ids: Collection[int]) -> Iterator[tuple[int, str]]:
        if self.soort.wat is None:
            raise NotImplementedError(f"{self.soort.code} komt niet als volledig gebied")
        gezien = self.gezien or set()
        onleesbaar = set(zoek_personen(self.genoemd, self.inlezing).values())
        lopend = self._alle().geldig_op(peildatum).filter(jongere__gemeente__in=gemeente_ids)
        for rij in lopend.select_related("instelling").iterator(2000):
            if rij.jongere_id not in onleesbaar and self._sleutel(rij) not in gezien:
                yield rij.jongere_id, self.soort.wat(rij)

    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        nieuw, gewijzigd, weg, sporen = [], [], [], []
        for verandering in veranderingen:
            if verandering.was is None:
                nieuw.append(self._nieuw(verandering))
                continue
            rij = self.rijen[verandering.sleutel]
            sporen.append(feitwijziging(self.soort.naam, rij, self.sleutel, verandering, self.inlezing))
            if verandering.wordt is None:
                weg.append(rij.pk)
                continue
            for naam, waarde in verandering.wordt.items():
                setattr(rij, naam, waarde)
            rij.levering_id = self.inlezing.levering_id
            rij.versie += 1
            gewijzigd.append(rij)
        self.soort.model.objects.bulk_create(nieuw)
        if gewijzigd:
            velden = [veld.removesuffix("_id") for veld in self.soort.velden]
            self._alle().bulk_create(
                gewijzigd,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[*velden, "levering_id", "versie", "updated"],
            )
        if weg:
            self._alle().filter(pk__in=weg).delete()
        Feitwijziging.objects.bulk_create(sporen)

    def _nieuw(self, verandering: Verandering) -> Any:
        assert isinstance(verandering.sleutel, tuple) and verandering.wordt is not None
        sleutel = dict(zip(self.sleutel, verandering.sleutel, strict=True))
        wie = {"bron": self.soort.bron, "levering_id": self.inlezing.levering_id}
        return self.soort.model(**wie, **sleutel, **verandering.wordt)


def _weg(rij: Gelezen) -> bool:
    return rij.waarden.get("mutatie") == "verwijderd"
