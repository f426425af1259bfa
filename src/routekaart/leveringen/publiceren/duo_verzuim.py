"""Meldingen through DUO: each row goes to the meldpunt, which knows versions, withdrawal and running werkprocessen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.leveringen.publiceren.opzoeken import Gemeenten, Scholen, persoonsnummer, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Inlezing, Publicatie, Uitslag
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval, Waarden
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.acties import DuoMelding, neem_duo_melding_aan
from routekaart.personen.acties import nieuwe_jongere
from routekaart.personen.models import Jongere

ELDERS = {"pgn", "brin", "gemeentecode", "gemeld_op"}


class DuoVerzuimPublicatie(Publicatie):
    """One melding per meldingsnummer; of several versions in one file the lowest comes first."""

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        self.scholen = Scholen()
        self.gemeenten = Gemeenten()

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        personen = zoek_personen((rij.waarden["pgn"] for rij in rijen), self.inlezing)
        bruikbaar = [rij for rij in rijen if rij.waarden["pgn"] in personen or _brengt_persoon(rij.waarden)]
        self._maak_personen(bruikbaar, personen)
        ids = list(set(personen.values()))
        jongeren = Jongere.objects.voor(self.inlezing.bereik).select_related("gemeente").in_bulk(ids)
        scholen = Instelling.objects.in_bulk(
            list(self.scholen.ids({rij.waarden["brin"] for rij in bruikbaar}).values())
        )
        op_brin = {school.brin: school for school in scholen.values()}
        uitslagen: dict[int, Uitslag | Uitval] = {}
        for rij in sorted(rijen, key=_volgorde):
            jongere = jongeren.get(personen.get(rij.waarden["pgn"], 0))
            if jongere is None:
                uitslagen[rij.rij] = Uitval(rij.rij, "pgn", rij.waarden["pgn"].cijfers, PERSOON_ONBEKEND, rij.cellen)
                continue
            uitslagen[rij.rij] = self._neem_aan(rij, jongere, op_brin[rij.waarden["brin"]])
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
                toegang=self.inlezing.toegang,
                nu=self.inlezing.nu,
                levering_id=self.inlezing.levering_id,
            )
        except Geweigerd as fout:
            nummer = rij.waarden["meldingsnummer"]
            return Uitval(rij.rij, "meldingsnummer", nummer, fout.boodschap.rstrip("."), rij.cellen)
        return Uitslag(resultaat)

    def _maak_personen(self, rijen: Sequence[Gelezen], personen: dict[Nummer, int]) -> None:
        """Makes who is not known yet but whom the row itself brings; adds them to `personen`."""
        nieuw: dict[Nummer, Jongere] = {}
        for rij in rijen:
            nummer: Nummer = rij.waarden["pgn"]
            if nummer not in personen and nummer not in nieuw:
                nieuw[nummer] = self._nieuwe_jongere(rij.waarden)
        Jongere.objects.bulk_create(nieuw.values())
        for nummer, jongere in nieuw.items():
            persoonsnummer(nummer, regio_id=self.inlezing.regio_id, jongere_id=jongere.pk).save()
            personen[nummer] = jongere.pk
        self.inlezing.nieuwe_personen += len(nieuw)

    def _nieuwe_jongere(self, waarden: Waarden) -> Jongere:
        velden = ("achternaam", "voorvoegsel", "voornamen", "geboortedatum", "postcode")
        return nieuwe_jongere(
            gemeente=self._gemeente(waarden.get("gemeentecode", "")),
            regio_id=self.inlezing.regio_id,
            op=self.inlezing.vandaag,
            levering_id=self.inlezing.levering_id,
            geslacht=waarden.get("geslacht") or Jongere.Geslacht.ONBEKEND,
            **{naam: waarden.get(naam, "") for naam in velden},
        )

    def _gemeente(self, code: str) -> Gemeente:
        """Where she lives as the row says; else the first gemeente of the region, until the BRP tells."""
        if code:
            return self.gemeenten[code]
        eigen = Gemeente.objects.geldig_op(self.inlezing.vandaag).filter(regio_id=self.inlezing.regio_id)
        gemeente = eigen.order_by("volgorde", "pk").first()
        if gemeente is None:
            raise Geweigerd("Deze regio heeft nog geen gemeenten. Doe eerst `routekaart inrichten`.")
        return gemeente


def _brengt_persoon(waarden: Waarden) -> bool:
    return bool(waarden.get("achternaam") and waarden.get("geboortedatum"))


def _volgorde(rij: Gelezen) -> tuple[str, int, dt.datetime, int]:
    waarden = rij.waarden
    gemeld_op = waarden.get("gemeld_op") or dt.datetime.min  # noqa: DTZ901 - only orders rows of one file
    return waarden["meldingsnummer"], waarden.get("versie") or 0, gemeld_op, rij.rij
