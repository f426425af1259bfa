"""The summary of the screening: both phases as numbers that add up (SCR-09). Source: 002 par. 2.3."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from routekaart.regels.screening import GEVONDEN, Staat
from routekaart.regels.screening_feiten import MOGELIJK_VSV, Vertrek


@dataclass(frozen=True, slots=True, kw_only=True)
class Vak:
    """So many leavers who are alike in everything that is counted."""

    vertrek: Vertrek
    staat: Staat
    met_diploma: bool = False
    gemist: bool = False
    bereikt: bool = False
    geplaatst: bool = False
    aantal: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Groep:
    """What became of a group of leavers: `gevonden` and `open` together are all; `geplaatst` are among the found."""

    aantal: int
    bereikt: int
    gevonden: int
    geplaatst: int

    @property
    def open(self) -> int:
        """Without a place that we know of."""
        return self.aantal - self.gevonden


@dataclass(frozen=True, slots=True, kw_only=True)
class Trechter:
    """The summary of both phases. Phase 1: buiten, gekwalificeerd, bekend and mogelijk are together all who left.

    Phase 2: buiten, gekwalificeerd, ingeschreven and gemist are. Until 1 October phase 2 is empty.
    """

    uitgeschreven: int
    met_diploma: int
    buiten: int
    gekwalificeerd: int
    bekend: int
    mogelijk: Groep
    gemist: Groep

    @property
    def ingeschreven(self) -> int:
        """Who had a place on 1 October, without startkwalificatie."""
        return self.uitgeschreven - self.buiten - self.gekwalificeerd - self.gemist.aantal


def tel(vakken: Iterable[Vak]) -> Trechter:
    """Adds up."""
    alle = list(vakken)

    def som(kies: Iterable[Vak]) -> int:
        return sum(vak.aantal for vak in kies)

    def groep(kies: Sequence[Vak]) -> Groep:
        return Groep(
            aantal=som(kies),
            bereikt=som(vak for vak in kies if vak.bereikt),
            gevonden=som(vak for vak in kies if vak.staat in GEVONDEN),
            geplaatst=som(vak for vak in kies if vak.geplaatst),
        )

    return Trechter(
        uitgeschreven=som(alle),
        met_diploma=som(vak for vak in alle if vak.met_diploma),
        buiten=som(vak for vak in alle if vak.vertrek is Vertrek.BUITEN),
        gekwalificeerd=som(vak for vak in alle if vak.vertrek is Vertrek.GEKWALIFICEERD),
        bekend=som(vak for vak in alle if vak.vertrek is Vertrek.BEKEND),
        mogelijk=groep([vak for vak in alle if vak.vertrek in MOGELIJK_VSV]),
        gemist=groep([vak for vak in alle if vak.gemist]),
    )
