"""Meldingen through DUO: each row goes to the meldpunt, which knows versions, withdrawal and running werkprocessen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.sleutels import Sleutels
from routekaart.leveringen.publiceren.opzoeken import Scholen
from routekaart.leveringen.publiceren.publicatie import Inlezing, Publicatie, Uitslag
from routekaart.leveringen.publiceren.wie import Personen
from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties import DuoMelding, Duorij, neem_duo_meldingen_aan
from routekaart.personen.models import Jongere

ELDERS = {"pgn", "gemeentecode", "gemeld_op"}


class DuoVerzuimPublicatie(Publicatie):
    """One melding per meldingsnummer. Rows go in the order of the file: it counts the same however it is split."""

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.scholen = Scholen()
        self.personen = Personen(inlezing)

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        wie = {rij.rij: gevonden for rij, gevonden in zip(rijen, self.personen.zoek(rijen, "pgn"), strict=True)}
        ids = {gevonden for gevonden in wie.values() if isinstance(gevonden, int)}
        jongeren = Jongere.objects.voor(self.inlezing.bereik).filter(pk__in_rij=Sleutels.van(ids))
        op_id = {jongere.pk: jongere for jongere in jongeren}
        for jongere in op_id.values():  # a few gemeenten, many persons
            jongere.gemeente = self.personen.gemeenten.met_id(jongere.gemeente_id)
        bekend = [rij for rij in rijen if wie[rij.rij] in op_id]
        scholen = self.scholen.ids({rij.waarden["brin"] for rij in bekend})
        op_brin = {school.brin: school for school in Instelling.objects.in_bulk(list(scholen.values())).values()}
        duorijen = [self._duorij(rij, op_id[wie[rij.rij]], op_brin[rij.waarden["brin"]]) for rij in bekend]
        inlezing = self.inlezing
        resultaten = neem_duo_meldingen_aan(
            duorijen, toegang=inlezing.toegang, nu=inlezing.nu, levering_id=inlezing.levering_id
        )
        uitslagen = {rij.rij: _uitslag(rij, resultaat) for rij, resultaat in zip(bekend, resultaten, strict=True)}
        return [gevonden if isinstance(gevonden := wie[rij.rij], Uitval) else uitslagen[rij.rij] for rij in rijen]

    def _duorij(self, rij: Gelezen, jongere: Jongere, school: Instelling) -> Duorij:
        velden = {naam: waarde for naam, waarde in rij.waarden.items() if naam not in ELDERS}
        velden["status"] = velden.get("status") or "nieuw"
        gemeld_op = rij.waarden.get("gemeld_op")
        melding = DuoMelding(gemeld_op=timezone.make_aware(gemeld_op) if gemeld_op else None, **velden)
        return Duorij(melding, jongere, school, gemeente_onbekend=jongere.pk in self.personen.zonder_gemeente)


def _uitslag(rij: Gelezen, resultaat: str | Geweigerd) -> Uitslag | Uitval:
    if isinstance(resultaat, Geweigerd):
        nummer = rij.waarden["meldingsnummer"]
        return Uitval(rij.rij, "meldingsnummer", nummer, resultaat.boodschap.rstrip("."), rij.cellen)
    return Uitslag(resultaat)
