"""What a kind of delivery is: its columns with how they are read, and what a row must satisfy as a whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from routekaart.leveringen.lezen import Rij
from routekaart.leveringen.soorten.velden import ZONDER_LIJSTEN, Lezer, Lijsten, Nummer, Onleesbaar

NUMMERKOLOMMEN = frozenset({"bsn", "pgn", "onderwijsnummer", "relatie_bsn"})
PERSOON_ONBEKEND = "persoon onbekend"

Waarden = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column. `leeg` is the value of an empty cell; `wat` stands in the docs."""

    naam: str
    lees: Lezer
    wat: str
    verplicht: bool = False
    leeg: Any = ""


@dataclass(frozen=True, slots=True)
class Uitval:
    """Why a row could not be taken: column, value as it stood there, and the reason in Dutch."""

    rij: int
    kolom: str
    waarde: str = field(repr=False)
    reden: str
    cellen: tuple[str, ...] = field(repr=False, default=())


@dataclass(slots=True)
class Gelezen:
    """A row that was read: a typed value for every column that the file has. Nobody changes one (see `Rij`)."""

    rij: int
    waarden: Waarden = field(repr=False)
    cellen: tuple[str, ...] = field(repr=False, default=())


@dataclass(frozen=True)
class Soort:
    """A kind of delivery of contracten.md, section 2.

    `sleutel` names the columns that say which thing a row is about; `controle` looks at a whole row and gives
    (column, reason) where it cannot be right; `een_van` are groups of columns of which one group must be filled.
    """

    code: str
    naam: str
    wat: str
    kolommen: tuple[Kolom, ...]
    sleutel: tuple[str, ...] = ()
    controle: Callable[[Waarden], tuple[str, str] | None] = lambda waarden: None
    een_van: tuple[tuple[str, ...], ...] = ()

    @property
    def verplicht(self) -> tuple[str, ...]:
        return tuple(kolom.naam for kolom in self.kolommen if kolom.verplicht)

    def kolom(self, naam: str) -> Kolom:
        return next(kolom for kolom in self.kolommen if kolom.naam == naam)

    def herken(self, kopregel: Sequence[str]) -> Kolommen:
        """Which column of the file is which of ours, whatever the order, case and spaces."""
        bekend = {normaal(kolom.naam): kolom.naam for kolom in self.kolommen}
        plaats: dict[str, int] = {}
        dubbel: list[str] = []
        onbekend: list[str] = []
        for nummer, naam in enumerate(kopregel):
            gevonden = bekend.get(normaal(naam))
            if gevonden is None:
                onbekend.append(naam or f"kolom {nummer + 1} zonder naam")
            elif gevonden in plaats:
                dubbel.append(gevonden)
            else:
                plaats[gevonden] = nummer
        ontbreekt = [naam for naam in self.verplicht if naam not in plaats]
        if not any(all(naam in plaats for naam in groep) for groep in self.een_van or ((),)):
            ontbreekt.append(" of ".join(" + ".join(groep) for groep in self.een_van))
        return Kolommen(self, plaats, tuple(onbekend), tuple(ontbreekt), tuple(dubbel))


@dataclass(frozen=True)
class Kolommen:
    """The columns of one file, matched with those of a kind."""

    soort: Soort
    plaats: Mapping[str, int]
    onbekend: tuple[str, ...]
    ontbreekt: tuple[str, ...]
    dubbel: tuple[str, ...]

    def alleen(self, namen: Collection[str]) -> Kolommen:
        """The same file, of which only these columns are looked at; nothing is asked of a row as a whole."""
        soort = Soort(self.soort.code, "", "", tuple(kolom for kolom in self.soort.kolommen if kolom.naam in namen))
        plaats = {naam: plek for naam, plek in self.plaats.items() if naam in namen}
        return Kolommen(soort, plaats, (), (), ())

    def lezer(self, lijsten: Lijsten) -> Callable[[Rij], Gelezen | Uitval]:
        """A function that types one row. The columns are looked up once, and the same text is read once per column."""
        fouten: list[tuple[str, str, str]] = []
        werk = [
            (kolom.naam, self.plaats[kolom.naam], _Celgeheugen(kolom, lijsten, fouten))
            for kolom in self.soort.kolommen
            if kolom.naam in self.plaats
        ]
        plaats, een_van, controle = self.plaats, self.soort.een_van, self.soort.controle

        def lees(rij: Rij) -> Gelezen | Uitval:
            if rij.fout:
                return Uitval(rij.nummer, "", "", rij.fout, rij.cellen)
            cellen = rij.cellen
            waarden = {naam: geheugen[cellen[plek]] for naam, plek, geheugen in werk}
            if fouten:
                naam, waarde, reden = fouten[0]
                if len(fouten) > 1:
                    reden += f". Kijk ook naar {', '.join(fout[0] for fout in fouten[1:])}"
                fouten.clear()
                return Uitval(rij.nummer, naam, waarde, reden, cellen)
            if een_van and not any(all(waarden.get(naam) for naam in groep) for groep in een_van):
                reden = f"Vul {' of '.join(' en '.join(groep) for groep in een_van)} in"
                return Uitval(rij.nummer, een_van[0][0], "", reden, cellen)
            if (bezwaar := controle(waarden)) is not None:
                naam, reden = bezwaar
                return Uitval(rij.nummer, naam, cellen[plaats[naam]], reden, cellen)
            return Gelezen(rij.nummer, waarden, cellen)

        return lees


class _Celgeheugen(dict[str, Any]):
    """What each text of one column was read as. What cannot be read is reported in `fouten`, and not remembered; nor
    is a long text, which seldom comes twice.
    """

    MAXIMUM = 50_000
    LANG = 60

    def __init__(self, kolom: Kolom, lijsten: Lijsten, fouten: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self.kolom, self.lijsten, self.fouten = kolom, lijsten, fouten

    def __missing__(self, cel: str) -> Any:
        kolom = self.kolom
        if not cel and kolom.verplicht:
            self.fouten.append((kolom.naam, "", "Hier moet iets staan"))
            return None
        try:
            waarde = kolom.lees(cel, self.lijsten) if cel else kolom.leeg
        except Onleesbaar as fout:
            self.fouten.append((kolom.naam, cel, str(fout)))
            return None
        if len(cel) <= self.LANG:
            if len(self) >= self.MAXIMUM:
                self.clear()
            self[cel] = waarde
        return waarde


def genoemde_nummers(kolommen: Kolommen, cellen: Sequence[str]) -> set[Nummer]:
    """The numbers of persons that can be read in a row, whatever else is wrong with it."""
    gevonden: set[Nummer] = set()
    for naam in NUMMERKOLOMMEN & kolommen.plaats.keys():
        try:
            nummer = kolommen.soort.kolom(naam).lees(cellen[kolommen.plaats[naam]], ZONDER_LIJSTEN)
        except (Onleesbaar, IndexError):
            continue
        if isinstance(nummer, Nummer):
            gevonden.add(nummer)
    return gevonden


def normaal(naam: str) -> str:
    """A column name without case, accents, spaces and signs: `Behaald op` is `behaald_op`."""
    kaal = unicodedata.normalize("NFKD", naam.casefold())
    return "".join(teken for teken in kaal if teken.isalnum() and not unicodedata.combining(teken))


def tot_na_van(van: str = "van", tot: str = "tot") -> Callable[[Waarden], tuple[str, str] | None]:
    """The check that a period does not end before it begins."""

    def controle(waarden: Waarden) -> tuple[str, str] | None:
        begin, eind = waarden.get(van), waarden.get(tot)
        if begin and eind and eind < begin:
            return tot, f"De laatste dag ligt voor de eerste dag, {begin:%d-%m-%Y}"
        return None

    return controle
