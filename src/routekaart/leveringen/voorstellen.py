"""What was probably meant by a value that could not be read: the nearest that we do know. A person decides.

Pure where it can be: only schools and gemeenten are looked up, once per page (`Voorsteller`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from routekaart.basis.models import Gemeente
from routekaart.basis.taal import datum_voluit, opsomming
from routekaart.inhoud import gebied
from routekaart.leveringen.soorten.soort import NUMMERKOLOMMEN, Kolom, Soort
from routekaart.leveringen.soorten.velden import (
    Lijsten,
    Onleesbaar,
    brin,
    datum,
    geboortedatum,
    gemeentecode,
    ja_nee,
    keuzes_van,
    niveau,
    schooljaar,
)
from routekaart.loopbaan.models import Instelling

HOOGSTENS = 3
LIJKT_GENOEG = 60  # of 100, by rapidfuzz
NAAM_LIJKT_GENOEG = 80
ZEKER_GENOEG = 66
VOORSPRONG = 10  # so much nearer than the next: then it is the one
MAX_SCHOLEN = 20_000
EXCEL_NUL = dt.date(1899, 12, 30)

# how sources often write a value of ours; lower case
HEET_OOK: Mapping[str, str] = {
    "gymnasium": "vwo", "atheneum": "vwo", "havo/vwo": "vo-onderbouw", "brugklas": "vo-onderbouw", "mavo": "vmbo-tl",
    "vmbo-t": "vmbo-tl", "vmbo t": "vmbo-tl", "vmbo-g": "vmbo-gl", "vmbo-b": "vmbo-bb", "vmbo-k": "vmbo-kb",
    "praktijkonderwijs": "pro", "basisonderwijs": "po", "basis": "po", "speciaal onderwijs": "so", "hbo": "ho",
    "wo": "ho", "universiteit": "ho", "roc": "mbo", "middelbaar beroepsonderwijs": "mbo",
    "volwassenenonderwijs": "vavo", "schakelklas": "isk", "bbl": "mbo", "bol": "mbo", "onderbouw": "vo-onderbouw",
    "man": "m", "jongen": "m", "vrouw": "v", "meisje": "v", "onbekend": "o", "nvt": "o",
    "onbepaald": "niet-te-bepalen", "niet te bepalen": "niet-te-bepalen",
}  # fmt: skip
MAANDEN = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True)
class Voorstel:
    """A value that may be meant, and how people read it. `zeker`: nothing else comes near."""

    waarde: str
    toon: str
    zeker: bool = True


class Voorsteller:
    """Suggests for the values of one kind of delivery. At most two queries, and only where schools or gemeenten are
    asked for.
    """

    def __init__(self, soort: Soort, lijsten: Lijsten) -> None:
        self.soort, self.lijsten = soort, lijsten
        self._bekend: dict[tuple[str, str], list[Voorstel]] = {}

    def voor(self, kolom: str, waarde: str) -> list[Voorstel]:
        """The nearest first; nothing for numbers of persons, and nothing that cannot be read either."""
        if not waarde or kolom in NUMMERKOLOMMEN or kolom not in {een.naam for een in self.soort.kolommen}:
            return []
        if (kolom, waarde) not in self._bekend:
            declaratie = self.soort.kolom(kolom)
            # what stands there already is no suggestion: then something else is wrong with the row
            self._bekend[kolom, waarde] = [
                een for een in self._zoek(declaratie, waarde) if een.waarde != waarde and self._leest(declaratie, een)
            ]
        return self._bekend[kolom, waarde]

    def eerste(self, kolom: str, waarde: str) -> Voorstel | None:
        """The one to name in a list of rows."""
        return next(iter(self.voor(kolom, waarde)), None)

    def vraag(self, kolom: str, waarde: str) -> str:
        """'‘12’ of ‘13’', to ask in a list of rows; of what is sure only that. Empty where nothing comes near."""
        mogelijk = self.voor(kolom, waarde)
        if mogelijk and mogelijk[0].zeker:
            mogelijk = mogelijk[:1]
        return opsomming([f"‘{een.toon}’" for een in mogelijk], "of")

    def zeker(self, kolom: str, waarde: str) -> str | None:
        """What is surely meant; None where that is a guess."""
        voorstel = self.eerste(kolom, waarde)
        return voorstel.waarde if voorstel is not None and voorstel.zeker else None

    def keuzes(self, kolom: str) -> list[tuple[str, str]]:
        """What the column may hold, (value, how it reads), where that is a list; else nothing."""
        if kolom not in {een.naam for een in self.soort.kolommen}:
            return []
        lees = self.soort.kolom(kolom).lees
        if lees is brin:
            return [(code, naam) for code, naam in self._scholen.items()]
        if lees is gemeentecode:
            return sorted(((code, naam) for code, naam in self._gemeenten.items()), key=lambda paar: paar[1])
        return [(waarde, "") for waarde in keuzes_van(lees)]

    def _leest(self, kolom: Kolom, voorstel: Voorstel) -> bool:
        try:
            kolom.lees(voorstel.waarde, self.lijsten)
        except Onleesbaar:
            return False
        return True

    def _zoek(self, kolom: Kolom, waarde: str) -> list[Voorstel]:
        lees = kolom.lees
        if lees is brin:
            return _naam_of_code(waarde, self._scholen)
        if lees is gemeentecode:
            return _naam_of_code(waarde, self._gemeenten)
        if lees in (datum, geboortedatum):
            return [Voorstel(dag.isoformat(), datum_voluit(dag)) for dag in _datums(waarde)]
        if lees is niveau:
            return _niveau(waarde)
        if lees is schooljaar:
            return _schooljaren(waarde)
        if lees is ja_nee:
            return _dichtbij(waarde, ("ja", "nee"))
        if keuzes := keuzes_van(lees):
            return _dichtbij(waarde, keuzes)
        return [] if self._leest(kolom, Voorstel(waarde, waarde)) else _hele_getallen(waarde)

    @cached_property
    def _scholen(self) -> dict[str, str]:
        rijen = Instelling.objects.filter(aanvullen=False).order_by("naam", "brin")
        return dict(rijen.values_list("brin", "naam")[:MAX_SCHOLEN])

    @cached_property
    def _gemeenten(self) -> dict[str, str]:
        """Those of the national list that are there today, and those of the database."""
        vandaag = self.lijsten.vandaag
        landelijk = {code: een.naam for code, een in gebied.gemeenten().items() if een.geldig_op(vandaag)}
        return landelijk | dict(Gemeente.objects.geldig_op(vandaag).values_list("code", "naam"))


def _dichtbij(waarde: str, mogelijk: Sequence[str]) -> list[Voorstel]:
    """Values of a list that are spelled much like it, or that are called so elsewhere."""
    klein = waarde.casefold().strip()
    gelijk = {een.casefold(): een for een in mogelijk}
    for ook in (HEET_OOK.get(klein), "-".join(klein.replace("-", " ").split())):
        if ook in gelijk:
            return [Voorstel(gelijk[ook], gelijk[ook])]
    gevonden = process.extract(klein, list(gelijk), scorer=fuzz.WRatio, score_cutoff=LIJKT_GENOEG, limit=HOOGSTENS)
    return _met_zekerheid([(gelijk[een], gelijk[een], punten) for een, punten, _ in gevonden])


def _naam_of_code(waarde: str, namen: Mapping[str, str]) -> list[Voorstel]:
    """Where a name stands instead of a code, or a code that is almost one of ours."""
    klein = waarde.casefold().strip()
    if sum(teken.isdigit() for teken in klein) * 2 >= len(klein):
        codes = process.extract(waarde.upper(), list(namen), scorer=fuzz.ratio, score_cutoff=70, limit=HOOGSTENS)
        gevonden = [(code, punten) for code, punten, _ in codes]
    else:
        op_naam = {code: naam.casefold() for code, naam in namen.items()}
        lijkend = process.extract(klein, op_naam, scorer=fuzz.WRatio, score_cutoff=NAAM_LIJKT_GENOEG, limit=HOOGSTENS)
        gevonden = [(code, 101.0 if naam == klein else punten) for naam, punten, code in lijkend]
    return _met_zekerheid([(code, f"{namen[code]} ({code})", punten) for code, punten in gevonden])


def _met_zekerheid(gevonden: Iterable[tuple[str, str, float]]) -> list[Voorstel]:
    rijen = sorted(gevonden, key=lambda rij: -rij[2])
    beste, tweede = (rijen[0][2] if rijen else 0), (rijen[1][2] if len(rijen) > 1 else 0)
    zeker = beste >= ZEKER_GENOEG and (beste - tweede >= VOORSPRONG or beste > 100 >= tweede)
    return [Voorstel(waarde, toon, zeker and plek == 0) for plek, (waarde, toon, _) in enumerate(rijen)]


def _hele_getallen(waarde: str) -> list[Voorstel]:
    """'12,5' is 12 or 13 and '12,0' is 12; of '1.250' nobody knows whether the sign parts thousands."""
    gelezen = re.fullmatch(r"([0-9]{1,8})[.,]([0-9]{1,2})", waarde.strip())
    if gelezen is None:
        return []
    heel = int(gelezen[1])
    if not int(gelezen[2]):
        return [Voorstel(str(heel), str(heel))]
    return [Voorstel(str(getal), str(getal), zeker=False) for getal in (heel, heel + 1)]


def _niveau(waarde: str) -> list[Voorstel]:
    """'MBO4-BOL' is 4, 'Entree-opleiding' is 1."""
    if "entree" in waarde.casefold():
        return [Voorstel("1", "1 (entree)")]
    cijfers = set(re.findall(r"[1-4]", waarde))
    return [Voorstel(cijfer, cijfer, len(cijfers) == 1) for cijfer in sorted(cijfers)]


def _schooljaren(waarde: str) -> list[Voorstel]:
    """'2023/24' and '23-24' are 2023-2024; of a single year both that begin or end in it."""
    jaren = [int(jaar) if len(jaar) == 4 else 2000 + int(jaar) for jaar in re.findall(r"[0-9]{4}|[0-9]{2}", waarde)]
    if len(jaren) == 2 and jaren[1] == jaren[0] + 1:
        return [_schooljaar(jaren[0])]
    if len(jaren) == 1:
        return [_schooljaar(jaren[0], zeker=False), _schooljaar(jaren[0] - 1, zeker=False)]
    return []


def _schooljaar(begin: int, *, zeker: bool = True) -> Voorstel:
    tekst = f"{begin}-{begin + 1}"
    return Voorstel(tekst, tekst, zeker)


def _datums(waarde: str) -> list[dt.date]:
    """The same day in another notation: day first, without signs, with the name of the month, or Excel's number."""
    kaal = waarde.strip().casefold()
    if gelezen := re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})(?:[t ].*)?", kaal):
        return _dag(gelezen[3], gelezen[2], gelezen[1])
    if gelezen := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[t ].*)?", kaal):
        return _dag(gelezen[1], gelezen[2], gelezen[3])
    if gelezen := re.fullmatch(r"([0-9]{1,2})[ -]([a-z]{3})[a-z]*\.?[ -]([0-9]{4})", kaal):
        maand = "maa" if gelezen[2] == "mrt" else gelezen[2]
        return _dag(gelezen[3], str(MAANDEN.index(maand) + 1), gelezen[1]) if maand in MAANDEN else []
    if re.fullmatch(r"[0-9]{8}", kaal):
        vooraan, achteraan = _dag(kaal[:4], kaal[4:6], kaal[6:]), _dag(kaal[4:], kaal[2:4], kaal[:2])
        return [dag for dag in (*vooraan, *achteraan) if 1900 <= dag.year <= 2100]
    if re.fullmatch(r"[2-6][0-9]{4}", kaal):
        return [EXCEL_NUL + dt.timedelta(days=int(kaal))]
    return []


def _dag(jaar: str, maand: str, dag: str) -> list[dt.date]:
    try:
        return [dt.date(int(jaar), int(maand), int(dag))]
    except ValueError:
        return []
