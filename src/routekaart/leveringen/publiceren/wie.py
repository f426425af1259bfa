"""About whom a row is: by number, else by surname and birth date; made where the row itself brings both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.leveringen.publiceren.opzoeken import Gemeenten, persoonsnummer, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Inlezing
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval, Waarden
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.loopbaan.models import Instelling
from routekaart.personen.acties import nieuwe_jongere
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.namen import zonder_accenten
from routekaart.regels.leeftijd import Geboortedatum

MEER_MET_DEZE_NAAM = "Meer jongeren hebben deze achternaam en geboortedatum. Zet het BSN of onderwijsnummer erbij"

Naam = tuple[str, str]


class Personen:
    """The young persons of the rows of one delivery, a few queries for many rows.

    A number that we do not know is never taken for somebody of the same name: twins have one name and two numbers.
    Without a number the row is about the only one with that surname and birth date; of several about the one
    whom we know by name alone, as an earlier row without a number made her.
    """

    def __init__(self, inlezing: Inlezing) -> None:
        self.inlezing = inlezing
        self.gemeenten = Gemeenten()
        # whom we made without being told where she lives
        self.zonder_gemeente: set[int] = set()

    def zoek(self, rijen: Sequence[Gelezen], kolom: str) -> list[int | Uitval]:
        """The ids in the order of the rows, with Uitval for whom we do not know. `kolom` holds the number."""
        nummers: list[Any] = [rij.waarden.get(kolom) for rij in rijen]
        op_nummer = zoek_personen(filter(None, nummers), self.inlezing)
        if op_nummer.keys() >= set(nummers):  # as it mostly is
            return [op_nummer[nummer] for nummer in nummers]
        met_nummer = [rij for rij, nummer in zip(rijen, nummers, strict=True) if nummer]
        self._maak_op_nummer(met_nummer, kolom, op_nummer)
        op_naam = self._op_naam([r for r in rijen if not r.waarden.get(kolom) and brengt_persoon(r.waarden)])
        gevonden: list[int | Uitval] = []
        for rij in rijen:
            nummer: Nummer | None = rij.waarden.get(kolom)
            if not nummer and not brengt_persoon(rij.waarden):
                gevonden.append(Uitval(rij.rij, kolom, "", PERSOON_ONBEKEND, rij.cellen))
            elif not nummer:
                gevonden.append(_enige(rij, op_naam[_naam(rij.waarden)]))
            elif nummer in op_nummer:
                gevonden.append(op_nummer[nummer])
            else:
                gevonden.append(Uitval(rij.rij, kolom, nummer.cijfers, PERSOON_ONBEKEND, rij.cellen))
        return gevonden

    def _maak_op_nummer(self, rijen: Iterable[Gelezen], kolom: str, personen: dict[Nummer, int]) -> None:
        """Makes who is not known yet but whom a row brings; adds them to `personen`."""
        gebracht: dict[Nummer, Waarden] = {}
        for rij in rijen:
            nummer: Nummer = rij.waarden[kolom]
            if nummer not in personen and brengt_persoon(rij.waarden):
                gebracht.setdefault(nummer, rij.waarden)
        nieuw = self._maak(gebracht)
        Persoonsnummer.objects.bulk_create(
            persoonsnummer(nummer, regio_id=self.inlezing.regio_id, jongere_id=pk) for nummer, pk in nieuw.items()
        )
        personen.update(nieuw)

    def _op_naam(self, rijen: Sequence[Gelezen]) -> dict[Naam, list[int]]:
        """Who have these names and birth dates; who had none is made."""
        if not rijen:
            return {}
        gezocht: dict[Naam, Waarden] = {}
        for rij in rijen:
            gezocht.setdefault(_naam(rij.waarden), rij.waarden)
        gevonden = self._met_naam(gezocht.keys())
        nieuw = self._maak({naam: waarden for naam, waarden in gezocht.items() if naam not in gevonden})
        return gevonden | {naam: [pk] for naam, pk in nieuw.items()}

    def _met_naam(self, namen: Iterable[Naam]) -> dict[Naam, list[int]]:
        gezocht = set(namen)
        # by the first possible day, which has an index
        begin = {Geboortedatum.lees(geboortedatum).eerste for _, geboortedatum in gezocht}
        rijen = Jongere.objects.voor(self.inlezing.bereik).filter(
            regio_id=self.inlezing.regio_id,
            geboren_vanaf__in=begin,
            geboortedatum__in={geboortedatum for _, geboortedatum in gezocht},
        )
        gevonden: defaultdict[Naam, list[int]] = defaultdict(list)
        velden = ("pk", "voorvoegsel", "achternaam", "geboortedatum")
        for pk, voorvoegsel, achternaam, geboortedatum in rijen.order_by("pk").values_list(*velden):
            for naam in {zonder_accenten(achternaam), zonder_accenten(f"{voorvoegsel} {achternaam}")}:
                if (naam, geboortedatum) in gezocht:
                    gevonden[naam, geboortedatum].append(pk)
        return self._liefst_zonder_nummer(gevonden)

    def _liefst_zonder_nummer(self, gevonden: dict[Naam, list[int]]) -> dict[Naam, list[int]]:
        """Of several the one whom we know by name alone: so the same list read again is about the same persons."""
        meer = {pk for ids in gevonden.values() if len(ids) > 1 for pk in ids}
        if not meer:
            return gevonden
        nummers = Persoonsnummer.objects.voor(self.inlezing.bereik).filter(jongere_id__in=meer)
        met_nummer = set(nummers.values_list("jongere_id", flat=True))
        return {
            naam: zonder if len(ids) > 1 and len(zonder := [pk for pk in ids if pk not in met_nummer]) == 1 else ids
            for naam, ids in gevonden.items()
        }

    def _maak[S](self, gebracht: Mapping[S, Waarden]) -> dict[S, int]:
        """Makes these persons; gives their ids."""
        jongeren = [self._nieuwe_jongere(waarden) for waarden in gebracht.values()]
        Jongere.objects.bulk_create(jongeren)
        self.inlezing.nieuwe_personen += len(jongeren)
        ids = dict(zip(gebracht, (jongere.pk for jongere in jongeren), strict=True))
        self.zonder_gemeente |= {ids[wie] for wie, waarden in gebracht.items() if not waarden.get("gemeentecode")}
        return ids

    def _nieuwe_jongere(self, waarden: Waarden) -> Jongere:
        velden = ("achternaam", "voorvoegsel", "voornamen", "geboortedatum", "postcode")
        return nieuwe_jongere(
            gemeente=self._gemeente(waarden),
            regio_id=self.inlezing.regio_id,
            op=self.inlezing.vandaag,
            levering_id=self.inlezing.levering_id,
            geslacht=waarden.get("geslacht") or Jongere.Geslacht.ONBEKEND,
            **{naam: waarden.get(naam, "") for naam in velden},
        )

    def _gemeente(self, waarden: Waarden) -> Gemeente:
        """Where she lives as the row says. Else, until the BRP tells: where her school stands if that is in the region,
        or the first gemeente of the region.
        """
        if waarden.get("gemeentecode"):
            return self.gemeenten[waarden["gemeentecode"]]
        eigen = Gemeente.objects.geldig_op(self.inlezing.vandaag).filter(regio_id=self.inlezing.regio_id)
        gemeenten = list(eigen.order_by("volgorde", "pk"))
        if not gemeenten:
            raise Geweigerd("Deze regio heeft nog geen gemeenten. Doe eerst `routekaart inrichten`.")
        school = Instelling.objects.filter(brin=waarden.get("brin", "")).first()
        plaats = school.plaats.casefold() if school else ""
        return next((gemeente for gemeente in gemeenten if gemeente.naam.casefold() == plaats), gemeenten[0])


def brengt_persoon(waarden: Waarden) -> bool:
    """Whether a row brings enough to make somebody whom we do not know."""
    return bool(waarden.get("achternaam") and waarden.get("geboortedatum"))


def _naam(waarden: Waarden) -> Naam:
    return zonder_accenten(waarden["achternaam"]), waarden["geboortedatum"]


def _enige(rij: Gelezen, ids: Sequence[int]) -> int | Uitval:
    if len(ids) == 1:
        return ids[0]
    return Uitval(rij.rij, "achternaam", rij.waarden["achternaam"], MEER_MET_DEZE_NAAM, rij.cellen)
