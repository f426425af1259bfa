"""A BSN and an onderwijsnummer that belong to one person: the number is added, or two dossiers become one.

The dossier with the BSN stays, for that is the one the BRP knows. What a person must decide first (two werkprocessen
of one soort, two different numbers of a kind) is uitval with the reason, and is tried again when the row is offered.
"""

from __future__ import annotations

from collections.abc import Sequence

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.publiceren.opzoeken import persoonsnummer, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Publicatie, Uitslag
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.personen.acties_samenvoegen import voeg_samen
from routekaart.personen.models import Jongere, Persoonsnummer

AL_EEN_ANDER = "Deze jongere heeft al een ander {soort}. Kijk welk van de twee klopt"


class KoppelPublicatie(Publicatie):
    """The thing is a person, by BSN; rows are taken one by one, for each may change who somebody is."""

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        nummers = [rij.waarden[kolom] for rij in rijen for kolom in ("bsn", "onderwijsnummer")]
        wie = zoek_personen(nummers, self.inlezing)
        return [self._koppel(rij, wie) for rij in rijen]

    def _koppel(self, rij: Gelezen, wie: dict[Nummer, int]) -> Uitslag | Uitval:
        bsn, onderwijs = rij.waarden["bsn"], rij.waarden["onderwijsnummer"]
        met_bsn, met_onderwijs = wie.get(bsn), wie.get(onderwijs)
        if met_bsn is None and met_onderwijs is None:
            return Uitval(rij.rij, "bsn", bsn.cijfers, PERSOON_ONBEKEND, rij.cellen)
        if met_bsn == met_onderwijs:
            return Uitslag.ONGEWIJZIGD
        if met_onderwijs is None:
            return self._geef(rij, wie, naar=met_bsn, kolom="onderwijsnummer")
        if met_bsn is None:
            return self._geef(rij, wie, naar=met_onderwijs, kolom="bsn")
        return self._voeg_samen(rij, wie, blijft=met_bsn, verdwijnt=met_onderwijs)

    def _geef(self, rij: Gelezen, wie: dict[Nummer, int], *, naar: int | None, kolom: str) -> Uitslag | Uitval:
        """The number that nobody had yet goes to the person whom the other one belongs to."""
        nummer: Nummer = rij.waarden[kolom]
        assert naar is not None
        eigen = Persoonsnummer.objects.voor(self.inlezing.bereik).filter(jongere=naar, soort=nummer.soort)
        if eigen.exists():
            soort = "BSN" if kolom == "bsn" else kolom
            return Uitval(rij.rij, kolom, nummer.cijfers, AL_EEN_ANDER.format(soort=soort), rij.cellen)
        persoonsnummer(nummer, regio_id=self.inlezing.regio_id, jongere_id=naar).save()
        wie[nummer] = naar
        self.inlezing.nieuwe_personen += 1  # rows that wait for this number can be offered again
        return Uitslag.NIEUW

    def _voeg_samen(self, rij: Gelezen, wie: dict[Nummer, int], *, blijft: int, verdwijnt: int) -> Uitslag | Uitval:
        jongeren = Jongere.objects.voor(self.inlezing.bereik).in_bulk([blijft, verdwijnt])
        try:
            voeg_samen(
                jongeren[blijft],
                jongeren[verdwijnt],
                waarom="Volgens het koppelbestand horen BSN en onderwijsnummer bij één persoon",
                toegang=self.inlezing.toegang,
                bereik=self.inlezing.bereik,
                nu=self.inlezing.nu,
                op=self.inlezing.vandaag,
                levering_id=self.inlezing.levering_id,
            )
        except Geweigerd as fout:
            cijfers = rij.waarden["onderwijsnummer"].cijfers
            return Uitval(rij.rij, "onderwijsnummer", cijfers, fout.boodschap.rstrip("."), rij.cellen)
        wie |= {nummer: blijft for nummer, pk in wie.items() if pk == verdwijnt}
        return Uitslag.GEWIJZIGD
