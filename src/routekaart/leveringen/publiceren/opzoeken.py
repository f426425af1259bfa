"""Finding persons, schools and gemeenten for many rows at once: a few queries per thousand rows, never one per row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from routekaart.basis.inrichten import gemeente_met_code
from routekaart.basis.models import Gemeente
from routekaart.basis.sleutels import Sleutels
from routekaart.leveringen.publiceren.publicatie import Inlezing
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.loopbaan.models import Instelling
from routekaart.personen.models import Persoonsnummer
from routekaart.personen.nummers import SLEUTELVERSIE, blinde_index, ontsleutel, versleutel
from routekaart.toegang.bereik import systeem_toegang


def zoek_personen(nummers: Iterable[Nummer], inlezing: Inlezing) -> dict[Nummer, int]:
    """The young persons (ids) who have these numbers within the region."""
    per_soort: defaultdict[str, dict[str, Nummer]] = defaultdict(dict)
    for nummer in set(nummers):
        per_soort[nummer.soort][blinde_index(nummer.soort, nummer.cijfers)] = nummer
    gevonden: dict[Nummer, int] = {}
    for soort, op_index in per_soort.items():
        rijen = Persoonsnummer.objects.voor(inlezing.bereik).filter(
            regio_id=inlezing.regio_id, soort=soort, blinde_index__in_rij=Sleutels.van_tekst(op_index)
        )
        for index, jongere_id in rijen.values_list("blinde_index", "jongere_id"):
            gevonden[op_index[index]] = jongere_id
    return gevonden


def bsns_van(nummers: Collection[Nummer], regio_id: int) -> dict[Nummer, Nummer]:
    """From these onderwijsnummers to the BSN of the same persons; those of whom we know no BSN are left out."""
    op_index = {blinde_index(nummer.soort, nummer.cijfers): nummer for nummer in nummers}
    alle = Persoonsnummer.objects.voor(systeem_toegang(regio_id)).filter(regio_id=regio_id)
    wie = alle.filter(soort=Persoonsnummer.Soort.ONDERWIJSNUMMER, blinde_index__in_rij=Sleutels.van_tekst(op_index))
    van = dict(wie.values_list("jongere_id", "blinde_index"))
    rijen = alle.filter(soort=Persoonsnummer.Soort.BSN, jongere__in_rij=Sleutels.van(van)).values_list(
        "jongere_id", "cijfertekst"
    )
    return {op_index[van[pk]]: Nummer(Persoonsnummer.Soort.BSN, ontsleutel(cijfertekst)) for pk, cijfertekst in rijen}


NUMMERVELDEN = ("regio_id", "jongere_id", "soort", "blinde_index", "cijfertekst", "sleutelversie")


def nummerrij(nummer: Nummer, jongere_id: int) -> tuple[int, str, str, bytes, int]:
    """The number of a person, encrypted, as a row for `NUMMERVELDEN` after the regio."""
    soort = nummer.soort.value
    return jongere_id, soort, blinde_index(soort, nummer.cijfers), versleutel(nummer.cijfers), SLEUTELVERSIE


def persoonsnummer(nummer: Nummer, *, regio_id: int, jongere_id: int) -> Persoonsnummer:
    """The number of a person, encrypted, not saved yet."""
    return Persoonsnummer(**dict(zip(NUMMERVELDEN, (regio_id, *nummerrij(nummer, jongere_id)), strict=True)))


class Scholen:
    """Schools by BRIN. One that is not known yet is made with its number as name, to be completed (contracten.md)."""

    def __init__(self) -> None:
        self._bekend: dict[str, int] = {}

    def ids(self, brins: Collection[str], *, maak: bool = True) -> dict[str, int]:
        """The ids of these schools; without `maak` those that are not known are left out."""
        self._laad(set(brins) - self._bekend.keys())
        if maak and (onbekend := sorted(set(brins) - self._bekend.keys())):
            nieuw = [Instelling(brin=brin, naam=brin, aanvullen=True) for brin in onbekend]
            # ignore_conflicts: another delivery may make the same school in the same moment
            Instelling.objects.bulk_create(nieuw, ignore_conflicts=True)
            self._laad(set(onbekend))
        return {brin: self._bekend[brin] for brin in brins if brin in self._bekend}

    def _laad(self, brins: set[str]) -> None:
        if brins:
            self._bekend.update(Instelling.objects.filter(brin__in=brins).values_list("brin", "pk"))


class Gemeenten:
    """Gemeenten by code and by id; the whole table is read once."""

    def __init__(self) -> None:
        self._op_code = {gemeente.code: gemeente for gemeente in Gemeente.objects.all()}
        self._op_id = {gemeente.pk: gemeente for gemeente in self._op_code.values()}

    def __getitem__(self, code: str) -> Gemeente:
        """One of the national list; made where the database does not have it yet."""
        if code not in self._op_code:
            self._op_code[code] = gemeente = gemeente_met_code(code)
            self._op_id[gemeente.pk] = gemeente
        return self._op_code[code]

    def met_id(self, pk: int) -> Gemeente:
        return self._op_id[pk]
