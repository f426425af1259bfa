"""The detection itself: candidates stream by, the pure rule decides, hits come out. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from routekaart.basis.geheugen import minder_opruimen
from routekaart.regels.leeftijd import leeftijd_op
from routekaart.regels.signalen import SIGNAALREGELS, Kader, Signaalregel, Treffer
from routekaart.signalen.kader import maak_kader
from routekaart.signalen.kandidaten import KANDIDATEN, Kandidaat, stroom
from routekaart.signalen.kandidaten.laden import Naslag
from routekaart.toegang.models import SoortWerk


class Gevonden(NamedTuple):
    """One hit: who, where, whose work, and why."""

    jongere_id: int
    gemeente_id: int
    gemeente: str
    soort_werk: str
    treffer: Treffer


@dataclass
class Zoektocht:
    """One rule over one region. `kandidaten` counts up while `stukken` is walked."""

    regel: Signaalregel
    regio_id: int
    kader: Kader
    naslag: Naslag
    kandidaten: int = field(default=0, init=False)

    def stukken(self) -> Iterator[list[Gevonden]]:
        """The hits, a chunk at a time; also an empty chunk, so that the caller shows that it is alive."""
        if not self.regel.geldt_op(self.kader.op):
            return
        selecties = KANDIDATEN[self.regel.code](self.regio_id, self.kader)
        with minder_opruimen():
            for deel in stroom(selecties, self.regel.nodig, self.naslag):
                self.kandidaten += len(deel)
                yield [gevonden for kandidaat in deel if (gevonden := self._toets(kandidaat)) is not None]

    def _toets(self, kandidaat: Kandidaat) -> Gevonden | None:
        treffer = self.regel.toets(kandidaat.persoon, self.kader)
        if treffer is None:
            return None
        gemeente, gemeente_id = kandidaat.persoon.gemeente, kandidaat.gemeente_id
        if treffer.gemeente and treffer.gemeente != gemeente:
            gemeente, gemeente_id = treffer.gemeente, self.naslag.gemeente_id(treffer.gemeente)
        return Gevonden(kandidaat.jongere_id, gemeente_id, gemeente, self._soort_werk(kandidaat, treffer), treffer)

    def _soort_werk(self, kandidaat: Kandidaat, treffer: Treffer) -> str:
        if treffer.werksoort is not None:
            return str(treffer.werksoort)
        grens = self.kader.grenzen.doelgroep_ondergrens.op(self.kader.op).waarde
        volwassen = leeftijd_op(kandidaat.persoon.geboortedatum.laatste, self.kader.op) >= grens
        return str(SoortWerk.DOORSTROOMPUNT if volwassen else SoortWerk.LEERPLICHT)


def gekozen_regels(soort: str = "") -> list[Signaalregel]:
    """All rules, or the one with this code. KeyError for a code that is not there."""
    return [SIGNAALREGELS[soort]] if soort else list(SIGNAALREGELS.values())


def tel_op(regio_id: int, *, op: dt.date, soort: str = "") -> dict[str, Counter[str]]:
    """Per rule how many hits per gemeente on the day, another one than today: in the gemeente where each lived then.
    Writes nothing.
    """
    kader, naslag = maak_kader(regio_id, op=op, terug=True), Naslag(regio_id, woonde_op=op)
    tellingen: dict[str, Counter[str]] = {}
    for regel in gekozen_regels(soort):
        telling: Counter[str] = Counter()
        for stuk in Zoektocht(regel, regio_id, kader, naslag).stukken():
            telling.update(gevonden.gemeente for gevonden in stuk)
        tellingen[regel.code] = telling
    return tellingen
