"""The frame of publishing: rows that were read become facts, and each row gets its own outcome.

`Publicatie` is what the taking in talks to; `Toestandpublicatie` is for kinds in which a row says how one thing stands.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from django.utils import timezone

from routekaart.leveringen.soorten.soort import Gelezen, Uitval
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.toegang.bereik import Toegang, systeem_toegang

Staat = Mapping[str, Any]


class Uitslag(StrEnum):
    """What a good row did."""

    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    ONGEWIJZIGD = "ongewijzigd"


@dataclass
class Inlezing:
    """The taking in of one file: for which region, by whom, when, under which levering.

    `toegang` is who does it and stands in the log; `bereik` is the whole region, which a delivery is about.
    `nieuwe_personen` counts who arrived, so that rows that wait for somebody can be offered again.
    """

    regio_id: int
    toegang: Toegang
    nu: dt.datetime
    levering_id: int
    volledig: bool = False
    nieuwe_personen: int = 0
    bereik: Toegang = field(init=False)

    def __post_init__(self) -> None:
        self.bereik = systeem_toegang(self.regio_id)

    @property
    def vandaag(self) -> dt.date:
        return timezone.localdate(self.nu)


class Publicatie(ABC):
    """Publishes rows of one kind. `kolommen` are the known columns that the file has."""

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        self.inlezing = inlezing
        self.kolommen = frozenset(kolommen)
        # persons named in rows that could not be taken
        self.genoemd: set[Nummer] = set()

    @abstractmethod
    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        """Writes these rows; the outcomes stand in the order of the rows."""

    def vermist(self, *, peildatum: dt.date, gemeente_ids: Collection[int]) -> Iterator[tuple[int, str]]:
        """Of a full delivery: whom or what we know in this area on this day that the file does not hold.

        Gives (jongere_id, what in words). Only kinds that come as full deliveries know this.
        """
        raise NotImplementedError


class Doel(NamedTuple):
    """The thing that a row is about, by its natural key, and how the row wants it to be; None: to be gone."""

    sleutel: Any
    gewenst: Staat | None


class Verandering(NamedTuple):
    """What all rows about one thing come down to."""

    sleutel: Any
    was: Staat | None
    wordt: Staat | None


class Toestandpublicatie(Publicatie):
    """A row says how one thing stands. Rows that come down to what we know already change nothing.

    Where a file has several rows about one thing, they count one after the other and the last one holds; read
    again, such a file changes nothing.
    """

    VELDEN: ClassVar[tuple[str, ...]] = ()

    def __init__(self, inlezing: Inlezing, kolommen: Collection[str]) -> None:
        super().__init__(inlezing, kolommen)
        # natural keys of everything in the file; kept only for a full delivery
        self.gezien: set[Hashable] | None = set() if inlezing.volledig else None

    @abstractmethod
    def bepaal(self, rijen: Sequence[Gelezen]) -> list[Doel | Uitval]:
        """Which thing each row is about; Uitval where that is not known."""

    @abstractmethod
    def huidig(self, sleutels: Collection[Any]) -> dict[Hashable, Staat]:
        """How these things stand now; those that are not there are left out."""

    @abstractmethod
    def schrijf(self, veranderingen: Sequence[Verandering]) -> None:
        """Writes what changes."""

    def na(self, staat: Staat, gewenst: Staat | None) -> Staat | None:
        """The state of what is there after a row; what the row does not speak of stays."""
        return None if gewenst is None else {**staat, **gewenst}

    def verwerk(self, rijen: Sequence[Gelezen]) -> list[Uitslag | Uitval]:
        doelen = self.bepaal(rijen)
        uitslagen: list[Uitslag | Uitval] = [
            doel if isinstance(doel, Uitval) else Uitslag.ONGEWIJZIGD for doel in doelen
        ]
        sleutels = {doel.sleutel: None for doel in doelen if isinstance(doel, Doel)}
        if self.gezien is not None:
            self.gezien.update(sleutels)
        staten = self.huidig(sleutels.keys())
        # by thing: how it stands after the rows so far
        nu: dict[Hashable, Staat | None] = {}
        for plek, doel in enumerate(doelen):
            if isinstance(doel, Uitval):
                continue
            sleutel, gewenst = doel
            was = nu[sleutel] if sleutel in nu else staten.get(sleutel)
            nu[sleutel] = wordt = gewenst if was is None else self.na(was, gewenst)
            if was is None:
                if wordt is not None:
                    uitslagen[plek] = Uitslag.NIEUW
            elif was != wordt:
                uitslagen[plek] = Uitslag.GEWIJZIGD
        veranderingen = [
            Verandering(sleutel, begin, eind) for sleutel, eind in nu.items() if (begin := staten.get(sleutel)) != eind
        ]
        if len(nu) < len(doelen):  # rows that together lead back to what stood there changed nothing
            anders = {verandering.sleutel for verandering in veranderingen}
            for plek, doel in enumerate(doelen):
                if isinstance(doel, Doel) and doel.sleutel not in anders:
                    uitslagen[plek] = Uitslag.ONGEWIJZIGD
        if veranderingen:
            self.schrijf(veranderingen)
        return uitslagen


def in_stukken[D](dingen: Iterable[D], grootte: int) -> Iterator[list[D]]:
    """The things in lists of at most this size."""
    stuk: list[D] = []
    for ding in dingen:
        stuk.append(ding)
        if len(stuk) >= grootte:
            yield stuk
            stuk = []
    if stuk:
        yield stuk
