"""Enrolments: made, changed or taken back; what changed or went is kept (REG-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Any

from routekaart.leveringen.models import Feitwijziging
from routekaart.leveringen.publiceren.feiten import feitwijziging
from routekaart.leveringen.publiceren.opzoeken import Scholen, zoek_personen
from routekaart.leveringen.publiceren.publicatie import (
    Doel,
    Inlezing,
    Staat,
    Toestandpublicatie,
    Verandering,
)
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval
from routekaart.loopbaan.models import Inschrijving

BRON = "DUO"
SLEUTEL = ("jongere_id", "instelling_id", "onderwijssoort", "niveau", "van")


class InschrijvingPublicatie(Toestandpublicatie):
    """The thing is an enrolment, by person, school, onderwijssoort, niveau and first day."""

    VELDEN = ("tot", "leerweg", "opleidingscode", "leerjaar", "uitschrijfreden", "volgnummer")

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.scholen = Scholen()
        self.rijen: dict[Hashable, Inschrijving] = {}

    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        personen = zoek_personen((rij.waarden["pgn"] for rij in rijen), self.inlezing)
        bekend = [rij for rij in rijen if rij.waarden["pgn"] in personen]
        scholen = self.scholen.ids({rij.waarden["brin"] for rij in bekend if not _weg(rij)})
        scholen |= self.scholen.ids({rij.waarden["brin"] for rij in bekend}, maak=False)
        doelen: list[Doel | Uitval] = []
        for rij in rijen:
            waarden = rij.waarden
            if waarden["pgn"] not in personen:
                doelen.append(Uitval(rij.rij, "pgn", waarden["pgn"].cijfers, PERSOON_ONBEKEND, rij.cellen))
                continue
            sleutel = (
                personen[waarden["pgn"]],
                scholen.get(waarden["brin"]),
                waarden["onderwijssoort"],
                waarden.get("niveau", 0),
                waarden["van"],
            )
            gewenst = {naam: waarden[naam] for naam in self.VELDEN if naam in waarden}
            doelen.append(Doel(sleutel, None if _weg(rij) else gewenst))
        return doelen

    def huidig(self, sleutels: Collection[Any]) -> dict[Hashable, Staat]:
        ids = {jongere_id for jongere_id, *_ in sleutels}
        alle = Inschrijving.objects.voor(self.inlezing.bereik).filter(jongere_id__in=ids)
        self.rijen = {_sleutel(rij): rij for rij in alle}
        return {
            sleutel: {naam: getattr(self.rijen[sleutel], naam) for naam in self.VELDEN}
            for sleutel in sleutels
            if sleutel in self.rijen
        }

    def vermist(self, *, peildatum: dt.date, gemeente_ids: Collection[int]) -> Iterator[tuple[int, str]]:
        gezien = self.gezien or set()
        onleesbaar = set(zoek_personen(self.genoemd, self.inlezing).values())
        alle = Inschrijving.objects.voor(self.inlezing.bereik).geldig_op(peildatum)
        for rij in alle.filter(jongere__gemeente__in=gemeente_ids).select_related("instelling").iterator(2000):
            if rij.jongere_id not in onleesbaar and _sleutel(rij) not in gezien:
                yield rij.jongere_id, f"{rij.onderwijssoort} bij {rij.instelling} sinds {rij.van:%d-%m-%Y}"

    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        nieuw, gewijzigd, weg, sporen = [], [], [], []
        for verandering in veranderingen:
            if verandering.was is None:
                nieuw.append(self._nieuw(verandering))
                continue
            rij = self.rijen[verandering.sleutel]
            sporen.append(feitwijziging("inschrijving", rij, SLEUTEL, verandering, self.inlezing))
            if verandering.wordt is None:
                weg.append(rij.pk)
                continue
            for naam, waarde in verandering.wordt.items():
                setattr(rij, naam, waarde)
            rij.levering_id = self.inlezing.levering_id
            rij.versie += 1
            gewijzigd.append(rij)
        Inschrijving.objects.bulk_create(nieuw)
        Inschrijving.objects.voor(self.inlezing.bereik).bulk_create(
            gewijzigd,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*self.VELDEN, "levering_id", "versie", "updated"],
        )
        Inschrijving.objects.voor(self.inlezing.bereik).filter(pk__in=weg).delete()
        Feitwijziging.objects.bulk_create(sporen)

    def _nieuw(self, verandering: Verandering) -> Inschrijving:
        assert isinstance(verandering.sleutel, tuple) and verandering.wordt is not None
        sleutel = dict(zip(SLEUTEL, verandering.sleutel, strict=True))
        return Inschrijving(bron=BRON, levering_id=self.inlezing.levering_id, **sleutel, **verandering.wordt)


def _sleutel(rij: Inschrijving) -> tuple[Any, ...]:
    return tuple(getattr(rij, naam) for naam in SLEUTEL)


def _weg(rij: Gelezen) -> bool:
    return rij.waarden.get("mutatie") == "verwijderd"
