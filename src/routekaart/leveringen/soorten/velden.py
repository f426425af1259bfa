"""How one cell is read: text in, a typed value out, or `Onleesbaar` with the reason in Dutch."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from routekaart.basis.fouten import Geweigerd
from routekaart.inhoud.gebied import gemeenten, opvolger
from routekaart.meldingen.acties import Verzuimdag
from routekaart.personen.models import Persoonsnummer
from routekaart.personen.nummers import lees_nummer
from routekaart.regels.leeftijd import Geboortedatum

EERSTE_JAAR, LAATSTE_JAAR = 1900, 2199
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ANDERE_DATUM = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}|[0-9]{4}/[0-9]{2}/[0-9]{2}|[0-9]{8}")
_ONLEESBAAR_TEKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_EXCELFOUT = frozenset(
    {"#N/A", "#N/B", "#REF!", "#VALUE!", "#WAARDE!", "#DIV/0!", "#NAME?", "#NAAM?", "#NULL!", "#NUM!"}
)
_JA = frozenset({"j", "ja", "y", "1", "true", "waar"})
_NEE = frozenset({"n", "nee", "0", "false", "onwaar"})


class Onleesbaar(ValueError):
    """A value that cannot be taken; the message is the reason as people read it."""


class Nummer(NamedTuple):
    """A checked BSN or onderwijsnummer of nine digits."""

    soort: Persoonsnummer.Soort
    cijfers: str

    def __repr__(self) -> str:
        return f"Nummer(soort={self.soort!r})"


@dataclass(frozen=True, slots=True)
class Lijsten:
    """What a value is checked against that is not fixed: the gemeentecodes there are and were, and today."""

    gemeentecodes: frozenset[str]
    vandaag: dt.date


# for a value that is checked against none of them
ZONDER_LIJSTEN = Lijsten(frozenset(), dt.date.min)

Lezer = Callable[[str, Lijsten], object]


def tekst(maximum: int) -> Lezer:
    """Text of at most so many signs."""

    def lees(cel: str, _: Lijsten) -> str:
        if _ONLEESBAAR_TEKEN.search(cel) or cel in _EXCELFOUT:
            raise Onleesbaar("Er staat een teken in dat niet te lezen is")
        waarde = cel if cel.isascii() else unicodedata.normalize("NFC", cel)
        if len(waarde) > maximum:
            raise Onleesbaar(f"Te lang: {len(waarde)} tekens, hier passen er {maximum}")
        return waarde

    return lees


def keuze(*waarden: str, hoofdletters: bool = False) -> Lezer:
    """One of these values, however its case was written."""
    mogelijk = frozenset(waarden)
    zin = f"Onbekende waarde. Wij kennen {_opsomming(waarden)}"

    def lees(cel: str, _: Lijsten) -> str:
        waarde = cel.upper() if hoofdletters else cel.lower()
        if waarde not in mogelijk:
            raise Onleesbaar(zin)
        return waarde

    return _met_keuzes(lees, waarden)


def keuze_als(waarden: Mapping[str, str]) -> Lezer:
    """One of these spellings, whatever its case and with spaces or hyphens; the value is what it stands for."""
    mogelijk = {_samen(spelling): waarde for spelling, waarde in waarden.items()}
    zin = f"Onbekende waarde. Wij kennen {_opsomming(tuple(waarden))}"

    def lees(cel: str, _: Lijsten) -> str:
        waarde = mogelijk.get(_samen(cel))
        if waarde is None:
            raise Onleesbaar(zin)
        return waarde

    return _met_keuzes(lees, tuple(waarden))


def _met_keuzes(lees: Lezer, waarden: tuple[str, ...]) -> Lezer:
    lees.keuzes = waarden  # type: ignore[attr-defined]
    return lees


def keuzes_van(lees: Lezer) -> tuple[str, ...]:
    """What a reader of a fixed list knows; empty for other readers."""
    gevonden: tuple[str, ...] = getattr(lees, "keuzes", ())
    return gevonden


def _samen(spelling: str) -> str:
    return "-".join(spelling.lower().replace("-", " ").split())


def getal(laagste: int, hoogste: int) -> Lezer:
    """A whole number within bounds."""

    def lees(cel: str, _: Lijsten) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", cel):
            raise Onleesbaar("Dit is geen heel getal")
        if not laagste <= int(cel) <= hoogste:
            raise Onleesbaar(f"Dit getal ligt niet tussen {laagste} en {hoogste}")
        return int(cel)

    return lees


def niveau(cel: str, _: Lijsten) -> int:
    """A level of mbo; `entree` is 1, and 0 says that there is none."""
    if cel.lower() == "entree":
        return 1
    if cel not in {"0", "1", "2", "3", "4"}:
        raise Onleesbaar("Onbekend niveau. Wij kennen 1, 2, 3, 4 en entree")
    return int(cel)


def ja_nee(cel: str, _: Lijsten) -> bool:
    klein = cel.lower()
    if klein in _JA:
        return True
    if klein in _NEE:
        return False
    raise Onleesbaar("Dit is geen ja of nee")


def in_onderzoek(cel: str, lijsten: Lijsten) -> bool:
    """Yes or no, or the BRP's six digits that name what is looked into."""
    return True if re.fullmatch(r"[0-9]{6}", cel) else ja_nee(cel, lijsten)


@lru_cache(maxsize=20_000)
def _datum(cel: str) -> dt.date:
    if not _DATUM.fullmatch(cel):
        if _ANDERE_DATUM.fullmatch(cel):
            raise Onleesbaar("Deze datum is anders geschreven. Schrijf jaar-maand-dag, bijvoorbeeld 2024-10-01")
        raise Onleesbaar("Dit is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2024-10-01")
    try:
        dag = dt.date.fromisoformat(cel)
    except ValueError:
        raise Onleesbaar("Deze datum bestaat niet") from None
    if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
        raise Onleesbaar("Dit jaar kan niet kloppen")
    return dag


def datum(cel: str, _: Lijsten) -> dt.date:
    """A whole date in ISO."""
    return _datum(cel)


def moment(cel: str, _: Lijsten) -> dt.datetime:
    """A date or a moment in ISO, without time zone: as it is read in the Netherlands."""
    if _DATUM.fullmatch(cel) or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", cel):
        return dt.datetime.combine(_datum(cel), dt.time())
    try:
        gelezen = dt.datetime.fromisoformat(cel)
    except ValueError:
        raise Onleesbaar("Dit moment bestaat niet") from None
    if not EERSTE_JAAR <= gelezen.year <= LAATSTE_JAAR:
        raise Onleesbaar("Dit jaar kan niet kloppen")
    return gelezen


def geboortedatum(cel: str, lijsten: Lijsten) -> str:
    """A birth date in ISO of which the day, or the month and the day, may be 00."""
    if not cel.endswith("-00"):
        dag = _datum(cel)
    else:
        try:
            dag = Geboortedatum.lees(cel).eerste
        except ValueError:
            raise Onleesbaar("Deze datum bestaat niet") from None
        if dag.year < EERSTE_JAAR:
            raise Onleesbaar("Dit jaar kan niet kloppen")
    if dag > lijsten.vandaag:
        raise Onleesbaar("Deze geboortedatum ligt in de toekomst")
    return cel


def pgn(cel: str, _: Lijsten) -> Nummer:
    """A BSN or onderwijsnummer."""
    try:
        return Nummer(*lees_nummer(cel))
    except Geweigerd as fout:
        raise Onleesbaar(fout.boodschap.rstrip(".")) from None


def bsn(cel: str, lijsten: Lijsten) -> Nummer:
    nummer = pgn(cel, lijsten)
    if nummer.soort != Persoonsnummer.Soort.BSN:
        raise Onleesbaar("Dit is een onderwijsnummer, hier hoort een BSN")
    return nummer


def onderwijsnummer(cel: str, lijsten: Lijsten) -> Nummer:
    nummer = pgn(cel, lijsten)
    if nummer.soort != Persoonsnummer.Soort.ONDERWIJSNUMMER:
        raise Onleesbaar("Dit is een BSN, hier hoort een onderwijsnummer")
    return nummer


def brin(cel: str, _: Lijsten) -> str:
    """The number of a school: four signs, or six with the location."""
    waarde = cel.upper()
    if not re.fullmatch(r"[0-9]{2}[A-Z0-9]{2}([A-Z0-9]{2})?", waarde):
        raise Onleesbaar("Dit is geen BRIN: dat heeft 4 of 6 tekens, bijvoorbeeld 25LX of 25LX00")
    return waarde


def gemeentecode(cel: str, lijsten: Lijsten) -> str:
    """A code of the national list; Excel may have dropped the zeros in front. One that ended gives what it went into:
    who is registered in Swalmen lives in Roermond, and is seen by the teams of Roermond.
    """
    code = cel.zfill(4) if cel.isascii() and cel.isdigit() else cel
    if code not in lijsten.gemeentecodes:
        raise Onleesbaar("Deze gemeentecode staat niet in de landelijke lijst")
    return _gemeente_nu(code, lijsten.vandaag)


@lru_cache(maxsize=2_000)
def _gemeente_nu(code: str, vandaag: dt.date) -> str:
    return opvolger(code, op=vandaag).code if code in gemeenten() else code


def postcode(cel: str, lijsten: Lijsten) -> str:
    """A postcode as people write it: 6041 AB."""
    gelezen = re.fullmatch(r"([1-9][0-9]{3})\s*([A-Za-z]{2})", cel)
    return f"{gelezen[1]} {gelezen[2].upper()}" if gelezen else str(tekst(7)(cel, lijsten))


def schooljaar(cel: str, _: Lijsten) -> str:
    """A schooljaar: 2023-2024."""
    gelezen = re.fullmatch(r"([0-9]{4})[-/]([0-9]{4})", cel)
    if not gelezen or int(gelezen[2]) != int(gelezen[1]) + 1:
        raise Onleesbaar("Dit is geen schooljaar. Schrijf het als 2023-2024")
    return f"{gelezen[1]}-{gelezen[2]}"


def maand(cel: str, lijsten: Lijsten) -> str:
    """A month: 2024-02. Excel makes its first day of that: 2024-02-01."""
    if gelezen := re.fullmatch(r"([0-9]{4}-[0-9]{2})(-01)?", cel):
        datum(f"{gelezen[1]}-01", lijsten)
        return gelezen[1]
    raise Onleesbaar("Dit is geen maand. Schrijf jaar-maand, bijvoorbeeld 2024-02")


def uren(cel: str, lijsten: Lijsten) -> tuple[Verzuimdag, ...]:
    """Absence per day, `2024-09-02:3;2024-09-03:heel`, in the order of the days; a day named twice is added up."""
    dagen: dict[dt.date, int | None] = {}
    for deel in re.split(r"[;,]\s*(?=[0-9]{4}-|$)", cel):
        if not deel.strip():
            continue
        dag_tekst, teken, duur = deel.strip().partition(":")
        dag = datum(dag_tekst.strip(), lijsten)
        minuten = _minuten(duur.strip()) if teken else None
        eerder = dagen.get(dag, 0)
        dagen[dag] = None if minuten is None or eerder is None else eerder + minuten
        if (dagen[dag] or 0) > 24 * 60:
            raise Onleesbaar(f"Op {dag_tekst.strip()} staan meer uren dan een dag heeft")
    return tuple(Verzuimdag(dag, minuten) for dag, minuten in sorted(dagen.items()))


def _minuten(duur: str) -> int | None:
    if duur.lower() == "heel":
        return None
    if not re.fullmatch(r"[0-9]{1,2}([.,][0-9]{1,2})?", duur):
        raise Onleesbaar("De uren zijn niet te lezen. Schrijf 2024-09-02:3 of 2024-09-03:heel")
    return round(float(duur.replace(",", ".")) * 60)


def _opsomming(waarden: tuple[str, ...]) -> str:
    return waarden[0] if len(waarden) == 1 else f"{', '.join(waarden[:-1])} en {waarden[-1]}"
