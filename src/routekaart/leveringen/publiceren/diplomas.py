"""Diplomas and getuigschriften."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import Any

from routekaart.leveringen.models import Feitwijziging
from routekaart.leveringen.publiceren.feiten import feitwijziging
from routekaart.leveringen.publiceren.opzoeken import Scholen, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Doel, Inlezing, Staat, Toestandpublicatie, Verandering
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval
from routekaart.loopbaan.models import Diploma

BRON = "DUO"
SLEUTEL = ("jongere_id", "soort", "niveau", "behaald_op")


class DiplomaPublicatie(Toestandpublicatie):
    """The thing is a diploma, by person, soort, niveau and day."""

    VELDEN = ("instelling_id",)

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.scholen = Scholen()
        self.rijen: dict[Hashable, Diploma] = {}

    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        personen = zoek_personen((rij.waarden["pgn"] for rij in rijen), self.inlezing)
        bekend = [rij for rij in rijen if rij.waarden["pgn"] in personen]
        scholen = self.scholen.ids({rij.waarden["brin"] for rij in bekend if rij.waarden.get("brin")})
        doelen: list[Doel | Uitval] = []
        for rij in rijen:
            waarden = rij.waarden
            if waarden["pgn"] not in personen:
                doelen.append(Uitval(rij.rij, "pgn", waarden["pgn"].cijfers, PERSOON_ONBEKEND, rij.cellen))
                continue
            sleutel = (personen[waarden["pgn"]], waarden["soort"], waarden.get("niveau", 0), waarden["behaald_op"])
            gewenst = {"instelling_id": scholen.get(waarden["brin"])} if "brin" in waarden else {}
            doelen.append(Doel(sleutel, gewenst))
        return doelen

    def huidig(self, sleutels: Collection[Any]) -> dict[Hashable, Staat]:
        ids = {jongere_id for jongere_id, *_ in sleutels}
        alle = Diploma.objects.voor(self.inlezing.bereik).filter(jongere_id__in=ids)
        self.rijen = {tuple(getattr(rij, naam) for naam in SLEUTEL): rij for rij in alle}
        return {
            sleutel: {"instelling_id": self.rijen[sleutel].instelling_id}
            for sleutel in sleutels
            if sleutel in self.rijen
        }

    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        nieuw, gewijzigd, sporen = [], [], []
        for verandering in veranderingen:
            assert isinstance(verandering.sleutel, tuple) and verandering.wordt is not None
            if verandering.was is None:
                sleutel = dict(zip(SLEUTEL, verandering.sleutel, strict=True))
                nieuw.append(Diploma(bron=BRON, levering_id=self.inlezing.levering_id, **sleutel, **verandering.wordt))
                continue
            rij = self.rijen[verandering.sleutel]
            sporen.append(feitwijziging("diploma", rij, SLEUTEL, verandering, self.inlezing))
            rij.instelling_id = verandering.wordt["instelling_id"]
            rij.levering_id = self.inlezing.levering_id
            rij.versie += 1
            gewijzigd.append(rij)
        Diploma.objects.bulk_create(nieuw)
        Diploma.objects.voor(self.inlezing.bereik).bulk_create(
            gewijzigd,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["instelling", "levering_id", "versie", "updated"],
        )
        Feitwijziging.objects.bulk_create(sporen)
