"""Meldingen through DUO: each row goes to the meldpunt, which knows versions, withdrawal and running werkprocessen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.publiceren.opzoeken import Scholen
from routekaart.leveringen.publiceren.publicatie import Inlezing, Publicatie, Uitslag
from routekaart.leveringen.publiceren.wie import Personen
from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties import DuoMelding, neem_duo_melding_aan
from routekaart.personen.models import Jongere

ELDERS = {"pgn", "gemeentecode", "gemeld_op"}


class DuoVerzuimPublicatie(Publicatie):
    """One melding per meldingsnummer; of several versions in one file the lowest comes first."""

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.scholen = Scholen()
        self.personen = Personen(inlezing)

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        wie = {rij.rij: gevonden for rij, gevonden in zip(rijen, self.personen.zoek(rijen, "pgn"), strict=True)}
        jongeren = Jongere.objects.voor(self.inlezing.bereik).select_related("gemeente")
        op_id = jongeren.in_bulk({gevonden for gevonden in wie.values() if isinstance(gevonden, int)})
        bekend = [rij for rij in rijen if wie[rij.rij] in op_id]
        scholen = self.scholen.ids({rij.waarden["brin"] for rij in bekend})
        op_brin = {school.brin: school for school in Instelling.objects.in_bulk(list(scholen.values())).values()}
        uitslagen: dict[int, Uitslag | Uitval] = {}
        for rij in sorted(rijen, key=_volgorde):
            gevonden = wie[rij.rij]
            uitslagen[rij.rij] = (
                gevonden
                if isinstance(gevonden, Uitval)
                else self._neem_aan(rij, op_id[gevonden], op_brin[rij.waarden["brin"]])
            )
        return [uitslagen[rij.rij] for rij in rijen]

    def _neem_aan(self, rij: Gelezen, jongere: Jongere, school: Instelling) -> Uitslag | Uitval:
        velden = {naam: waarde for naam, waarde in rij.waarden.items() if naam not in ELDERS}
        velden["status"] = velden.get("status") or "nieuw"
        gemeld_op = rij.waarden.get("gemeld_op")
        melding = DuoMelding(gemeld_op=timezone.make_aware(gemeld_op) if gemeld_op else None, **velden)
        try:
            resultaat = neem_duo_melding_aan(
                melding,
                jongere=jongere,
                instelling=school,
                gemeente=jongere.gemeente,
                gemeente_onbekend=jongere.pk in self.personen.zonder_gemeente,
                toegang=self.inlezing.toegang,
                nu=self.inlezing.nu,
                levering_id=self.inlezing.levering_id,
            )
        except Geweigerd as fout:
            nummer = rij.waarden["meldingsnummer"]
            return Uitval(rij.rij, "meldingsnummer", nummer, fout.boodschap.rstrip("."), rij.cellen)
        return Uitslag(resultaat)


def _volgorde(rij: Gelezen) -> tuple[str, int, dt.datetime, int]:
    waarden = rij.waarden
    gemeld_op = waarden.get("gemeld_op") or dt.datetime.min  # noqa: DTZ901 - only orders rows of one file
    return waarden["meldingsnummer"], waarden.get("versie") or 0, gemeld_op, rij.rij
