"""A BSN and an onderwijsnummer that belong to one person: the number is added, or two dossiers become one.

The dossier with the BSN stays, for that is the one the BRP knows. What a person must decide first (two werkprocessen
of one soort, two different numbers of a kind) is uitval with the reason, and is tried again when the row is offered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.lading import laad
from routekaart.basis.sleutels import Sleutels
from routekaart.leveringen.publiceren.opzoeken import NUMMERVELDEN, nummerrij, zoek_personen
from routekaart.leveringen.publiceren.publicatie import Publicatie, Uitslag
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND, Gelezen, Uitval
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.personen.acties_samenvoegen import voeg_velen_samen
from routekaart.personen.models import Persoonsnummer

SAMEN = 4_000  # so many persons and numbers at once
AL_EEN_ANDER = "Deze jongere heeft al een ander {soort}. Kijk welk van de twee klopt"


class KoppelPublicatie(Publicatie):
    """The thing is a person, by BSN. Each row may change who somebody is: rows that have nothing to do with each other
    are taken together, a row about somebody whom an earlier one is about waits until that is done.
    """

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        nummers = [rij.waarden[kolom] for rij in rijen for kolom in ("bsn", "onderwijsnummer")]
        wie = _Wie(zoek_personen(nummers, self.inlezing))
        uitslagen: list[Uitslag | Uitval] = []
        groep = _Groep()
        for plek, rij in enumerate(rijen):
            bsn, onderwijs = rij.waarden["bsn"], rij.waarden["onderwijsnummer"]
            if groep.raakt(bsn, onderwijs, wie.van.get(bsn), wie.van.get(onderwijs)) or len(groep.bezet) > SAMEN:
                self._doe(groep, rijen, wie, uitslagen)
                groep = _Groep()
            met_bsn, met_onderwijs = wie.van.get(bsn), wie.van.get(onderwijs)
            uitslagen.append(Uitslag.ONGEWIJZIGD)
            if met_bsn is None and met_onderwijs is None:
                uitslagen[plek] = Uitval(rij.rij, "bsn", bsn.cijfers, PERSOON_ONBEKEND, rij.cellen)
            elif met_bsn == met_onderwijs:
                continue
            elif met_bsn is not None and met_onderwijs is not None:
                groep.samen[plek] = met_bsn, met_onderwijs
                groep.bezet |= {met_bsn, met_onderwijs}
            elif met_bsn is not None:
                groep.geven[plek] = onderwijs, met_bsn
                groep.bezet |= {onderwijs, met_bsn}
            elif met_onderwijs is not None:
                groep.geven[plek] = bsn, met_onderwijs
                groep.bezet |= {bsn, met_onderwijs}
        self._doe(groep, rijen, wie, uitslagen)
        return uitslagen

    def _doe(self, groep: _Groep, rijen: Sequence[Gelezen], wie: _Wie, uitslagen: list[Uitslag | Uitval]) -> None:
        if groep.geven:
            self._geef(groep.geven, rijen, wie, uitslagen)
        if groep.samen:
            self._voeg_samen(groep.samen, rijen, wie, uitslagen)

    def _geef(
        self,
        geven: Mapping[int, tuple[Nummer, int]],
        rijen: Sequence[Gelezen],
        wie: _Wie,
        uitslagen: list[Uitslag | Uitval],
    ) -> None:
        """The number that nobody had yet goes to the person whom the other one belongs to."""
        inlezing = self.inlezing
        ids = Sleutels.van(naar for _, naar in geven.values())
        eigen = Persoonsnummer.objects.voor(inlezing.bereik).filter(jongere__in_rij=ids)
        heeft = set(eigen.values_list("jongere_id", "soort"))
        nieuw: list[tuple[Nummer, int]] = []
        for plek, (nummer, naar) in geven.items():
            if (naar, nummer.soort.value) in heeft:
                rij = rijen[plek]
                is_bsn = nummer.soort == Persoonsnummer.Soort.BSN
                kolom, soort = ("bsn", "BSN") if is_bsn else ("onderwijsnummer", "onderwijsnummer")
                uitslagen[plek] = Uitval(rij.rij, kolom, nummer.cijfers, AL_EEN_ANDER.format(soort=soort), rij.cellen)
                continue
            nieuw.append((nummer, naar))
            uitslagen[plek] = Uitslag.NIEUW
        rijen_nummer = ((inlezing.regio_id, *nummerrij(nummer, naar)) for nummer, naar in nieuw)
        laad(Persoonsnummer, NUMMERVELDEN, rijen_nummer, nu=inlezing.nu)
        for nummer, naar in nieuw:
            wie.geef(nummer, naar)
        inlezing.nieuwe_personen += len(nieuw)  # rows that wait for these numbers can be offered again

    def _voeg_samen(
        self,
        samen: Mapping[int, tuple[int, int]],
        rijen: Sequence[Gelezen],
        wie: _Wie,
        uitslagen: list[Uitslag | Uitval],
    ) -> None:
        gedaan = voeg_velen_samen(
            list(samen.values()),
            waarom="Volgens het koppelbestand horen BSN en onderwijsnummer bij één persoon",
            toegang=self.inlezing.toegang,
            bereik=self.inlezing.bereik,
            nu=self.inlezing.nu,
            op=self.inlezing.vandaag,
            levering_id=self.inlezing.levering_id,
        )
        for (plek, (blijft, verdwijnt)), uitkomst in zip(samen.items(), gedaan, strict=True):
            rij = rijen[plek]
            if isinstance(uitkomst, Geweigerd):
                cijfers = rij.waarden["onderwijsnummer"].cijfers
                reden = uitkomst.boodschap.rstrip(".")
                uitslagen[plek] = Uitval(rij.rij, "onderwijsnummer", cijfers, reden, rij.cellen)
            else:
                wie.voeg_samen(blijft=blijft, verdwijnt=verdwijnt)
                uitslagen[plek] = Uitslag.GEWIJZIGD


class _Wie:
    """Who has which of the numbers in these rows, as the rows change that."""

    def __init__(self, van: Mapping[Nummer, int]) -> None:
        self.van: dict[Nummer, int] = {}
        self._nummers: defaultdict[int, list[Nummer]] = defaultdict(list)
        for nummer, pk in van.items():
            self.geef(nummer, pk)

    def geef(self, nummer: Nummer, pk: int) -> None:
        self.van[nummer] = pk
        self._nummers[pk].append(nummer)

    def voeg_samen(self, *, blijft: int, verdwijnt: int) -> None:
        for nummer in self._nummers.pop(verdwijnt, ()):
            self.geef(nummer, blijft)


@dataclass
class _Groep:
    """Rows that have nothing to do with each other: by place the number to give and to whom, or who stays and who
    vanishes. `bezet` are the persons (id) and numbers that they are about.
    """

    geven: dict[int, tuple[Nummer, int]] = field(default_factory=dict)
    samen: dict[int, tuple[int, int]] = field(default_factory=dict)
    bezet: set[Nummer | int | None] = field(default_factory=set)

    def raakt(self, *delen: Nummer | int | None) -> bool:
        """Whether a row about these would meet one of the group."""
        return not self.bezet.isdisjoint(delen)
