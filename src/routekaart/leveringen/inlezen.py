"""The reading of one file, row by row: first a look at all rows, then publishing them.

The look finds out how many rows there are and which things are named more than once; it changes nothing.
Publishing happens within a transaction of the caller.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.geheugen import minder_opruimen
from routekaart.basis.lading import laad
from routekaart.leveringen.lezen import OnleesbaarBestand, Rij, Tabel, lees
from routekaart.leveringen.models import Uitvalrij
from routekaart.leveringen.publiceren import PUBLICATIES, Inlezing, Publicatie, Uitslag
from routekaart.leveringen.publiceren.opzoeken import bsns_van, zoek_personen
from routekaart.leveringen.publiceren.publicatie import in_stukken
from routekaart.leveringen.soorten import SOORTEN, lijkt_op, raad_soort
from routekaart.leveringen.soorten.soort import (
    PERSOON_ONBEKEND,
    Gelezen,
    Kolommen,
    Soort,
    Uitval,
    genoemde_nummers,
)
from routekaart.leveringen.soorten.velden import Lijsten, Nummer
from routekaart.leveringen.uitvalrijen import inhoud_van, maak_uitvalrijen, wachtende_leveringen
from routekaart.personen.models import Persoonsnummer

STUK = 20_000
VOORBEELDEN = 500
# how much of a file is held between the look and the publishing, in bytes as `open_bron` reckons
MAX_BEWAARD = 150 << 20
_UITVAL = ("levering_id", "rij", "kolom", "waarde", "reden", "inhoud")
PGN = "pgn"  # the column that holds either number
WACHT_OP = ("bsn", "pgn", "onderwijsnummer")  # the numbers by which a waiting row may find its person

# rows done and how many there are; none while the file is looked at and nobody knows how many there will be
Voortgang = Callable[[int, int], None]


@dataclass
class Telling:
    """The four counts, that add up to the rows read, and examples of what could not be taken."""

    regels: int = 0
    aantal: Counter[str] = field(default_factory=Counter)
    uitval: int = 0
    redenen: Counter[tuple[str, str]] = field(default_factory=Counter)
    eerste: dict[tuple[str, str], Uitval] = field(default_factory=dict)
    voorbeelden: list[Uitval] = field(default_factory=list)

    def als_velden(self) -> dict[str, int]:
        """By the names of the contract."""
        return {
            "regels": self.regels,
            "nieuw": self.aantal[Uitslag.NIEUW],
            "gewijzigd": self.aantal[Uitslag.GEWIJZIGD],
            "ongewijzigd": self.aantal[Uitslag.ONGEWIJZIGD],
            "uitval": self.uitval,
        }

    def tel_uitval(self, rijen: Sequence[Uitval]) -> None:
        self.uitval += len(rijen)
        for rij in rijen:
            self.redenen[rij.kolom, rij.reden] += 1
            self.eerste.setdefault((rij.kolom, rij.reden), rij)
        self.voorbeelden.extend(rijen[: VOORBEELDEN - len(self.voorbeelden)])


@dataclass(frozen=True)
class Bron:
    """A file that can be taken in: its table, its columns, how many rows, and which things are named more than once.

    `rondes`: in how many rounds the rows about these are taken, so that those of one round can be held.
    """

    soort: Soort
    tabel: Tabel
    kolommen: Kolommen
    lezer: Callable[[Rij], Gelezen | Uitval]
    regels: int
    dubbel: frozenset[int]
    bewaard: Sequence[Gelezen | Uitval] | None = None
    rondes: int = 1
    # of persons with two numbers: from the onderwijsnummer in the file to the BSN
    bsns: Mapping[Any, Nummer] = field(default_factory=dict)

    def sleutel(self, rij: Gelezen) -> int:
        """A short form of the natural key, the same for all rows about one thing."""
        sleutel = map(rij.waarden.get, self.soort.sleutel)
        return hash(tuple(self.bsns.get(deel, deel) for deel in sleutel) if self.bsns else tuple(sleutel))

    def rijen(self) -> Iterator[Gelezen | Uitval]:
        """All rows; of a large file read anew."""
        return map(self.lezer, self.tabel.rijen()) if self.bewaard is None else iter(self.bewaard)


@contextmanager
def leesfouten() -> Iterator[None]:
    """A file that proves unreadable is refused as a whole."""
    try:
        yield
    except OnleesbaarBestand as fout:
        raise Geweigerd(str(fout), veld="bestand") from None


class KolommenPassenNiet(Geweigerd):
    """A readable table whose columns are not those of the kind: somebody can still say which is which."""


# from the kind that was asked for and the table as it was delivered, to both as we know them
Vertaler = Callable[[str, Tabel], tuple[str, Tabel]]


@minder_opruimen()
def open_bron(
    code: str,
    pad: Path,
    lijsten: Lijsten,
    *,
    regio_id: int,
    vertaal: Vertaler | None = None,
    voortgang: Voortgang | None = None,
) -> Bron:
    """Opens a file as a delivery of this kind (empty: the kind that its columns fit) and looks at every row once.

    A file may name one person of the region by BSN and by onderwijsnummer. Raises Geweigerd.
    """
    soort = _soort(code) if code else None
    with leesfouten():
        tabel = lees(pad)
        if vertaal is not None:
            code, tabel = vertaal(code, tabel)
            soort = _soort(code) if code else None
        soort = soort or _herkende_soort(tabel)
        kolommen = soort.herken(tabel.kolommen)
        _eis_kolommen(kolommen, tabel.kolommen)
        bron = Bron(soort, tabel, kolommen, kolommen.lezer(lijsten), 0, frozenset())
        # of a file too large to hold only the columns of the key: enough to see which things are named more than once
        sleutel_van = kolommen.alleen(soort.sleutel).lezer(lijsten)
        bewaard: list[Gelezen | Uitval] | None = []
        sleutels = array("q")
        regels = omvang = 0
        genoemd: set[str] = set()  # the kinds of number
        for rij in tabel.rijen():
            if voortgang is not None and not regels % STUK:
                voortgang(regels, 0)
            regels += 1
            # about how many bytes it takes once it is read
            omvang += 150 + 110 * len(rij.cellen) + len("".join(rij.cellen))
            if bewaard is None:
                gelezen = sleutel_van(rij)
            else:
                gelezen = bron.lezer(rij)
                bewaard.append(gelezen)
                if omvang > MAX_BEWAARD:
                    bewaard = None
            if isinstance(gelezen, Gelezen):
                sleutels.append(bron.sleutel(gelezen))
                if (nummer := gelezen.waarden.get(PGN)) is not None:
                    genoemd.add(nummer.soort)
        if not regels:
            raise Geweigerd("Dit bestand heeft alleen een kopregel. Er staan geen rijen in.", veld="bestand")
        if len(genoemd) > 1:
            bron = replace(bron, bewaard=bewaard)
            bron = replace(bron, bsns=_bsns(bron, regio_id))
            sleutels = array("q", (bron.sleutel(rij) for rij in bron.rijen() if isinstance(rij, Gelezen)))
    dubbel, aantal = _dubbel(sleutels)
    rondes = 1 if bewaard is not None else 1 + aantal * omvang // regels // MAX_BEWAARD
    return replace(bron, regels=regels, dubbel=dubbel, bewaard=bewaard, rondes=rondes)


def _bsns(bron: Bron, regio_id: int) -> dict[Nummer, Nummer]:
    """The BSN of everybody whom the file names by an onderwijsnummer, where we know it."""
    gevonden: dict[Nummer, Nummer] = {}
    for stuk in in_stukken(bron.rijen(), STUK):
        nummers = {rij.waarden[PGN] for rij in stuk if isinstance(rij, Gelezen)} - {None}
        anders = {nummer for nummer in nummers if nummer.soort == Persoonsnummer.Soort.ONDERWIJSNUMMER}
        gevonden |= bsns_van(anders, regio_id)
    return gevonden


def _soort(code: str) -> Soort:
    soort = SOORTEN.get(code)
    if soort is None:
        raise Geweigerd(f"Een levering '{code}' kennen we niet. Wij kennen {', '.join(SOORTEN)}.", veld="soort")
    return soort


def _herkende_soort(tabel: Tabel) -> Soort:
    geraden = raad_soort(tabel.kolommen) or lijkt_op(tabel.kolommen)
    if geraden is None:
        zin = "Aan de kolommen is niet te zien wat dit is. Kies zelf wat erin staat."
        raise KolommenPassenNiet(zin, veld="soort")
    return _soort(geraden.code)


def _eis_kolommen(kolommen: Kolommen, kopregel: Sequence[str]) -> None:
    if kolommen.dubbel:
        raise Geweigerd(f"Deze kolommen staan er twee keer in: {', '.join(kolommen.dubbel)}.", veld="bestand")
    if not kolommen.ontbreekt:
        return
    naam = kolommen.soort.naam
    missend = ", ".join(kolommen.ontbreekt)
    zin = f"Dit is geen bestand met {naam[:1].lower()}{naam[1:]}: deze kolommen ontbreken: {missend}"
    geraden = raad_soort(kopregel)
    if geraden is not None and geraden is not kolommen.soort:
        raise Geweigerd(f"{zin}. Het lijkt op een levering '{geraden.code}'.", veld="bestand")
    raise KolommenPassenNiet(f"{zin}.", veld="bestand")


def _dubbel(sleutels: array[int]) -> tuple[frozenset[int], int]:
    """The keys that occur more than once, and in how many rows; sorted numbers take little memory, also for a million
    rows.
    """
    vorige: int | None = None
    gevonden: set[int] = set()
    vaker = 0
    for sleutel in sorted(sleutels):
        if sleutel == vorige:
            gevonden.add(sleutel)
            vaker += 1
        vorige = sleutel
    return frozenset(gevonden), len(gevonden) + vaker


@minder_opruimen()
def publiceer(bron: Bron, inlezing: Inlezing, *, voortgang: Voortgang | None = None) -> tuple[Telling, Publicatie]:
    """Publishes all rows and stores what could not be taken. Within a transaction. Raises Geweigerd."""
    telling = Telling()
    publicatie = PUBLICATIES[bron.soort.code](inlezing, bron.kolommen.plaats)
    # by thing: the rows that wait for the others about it
    wacht: defaultdict[int, list[Gelezen]] = defaultdict(list)
    gedaan = 0
    if voortgang is not None:
        voortgang(0, bron.regels)
    with leesfouten():
        for stuk in in_stukken(bron.rijen(), STUK):
            telling.regels += len(stuk)
            uitval = [rij for rij in stuk if isinstance(rij, Uitval)]
            goed: list[Gelezen] = []
            for rij in stuk:
                if isinstance(rij, Uitval):
                    if inlezing.volledig:
                        publicatie.genoemd |= genoemde_nummers(bron.kolommen, rij.cellen)
                elif not bron.dubbel or (sleutel := bron.sleutel(rij)) not in bron.dubbel:
                    goed.append(rij)
                elif bron.rondes == 1:
                    wacht[sleutel].append(rij)
            gedaan += len(goed) + len(uitval)
            uitval += _verwerk(publicatie, goed, telling)
            _bewaar_uitval(bron, inlezing, uitval, telling)
            if voortgang is not None:
                voortgang(gedaan, bron.regels)
        for ronde in range(bron.rondes):
            for groep in _groepen((wacht if bron.rondes == 1 else _van_ronde(bron, ronde)).values()):
                gedaan += len(groep)
                _bewaar_uitval(bron, inlezing, _verwerk(publicatie, groep, telling), telling)
                if voortgang is not None:
                    voortgang(gedaan, bron.regels)
    return telling, publicatie


def _van_ronde(bron: Bron, ronde: int) -> dict[int, list[Gelezen]]:
    """Of a file in which more is named more than once than can be held: a share of it, read anew."""
    wacht: defaultdict[int, list[Gelezen]] = defaultdict(list)
    for rij in bron.rijen():
        if (
            isinstance(rij, Gelezen)
            and (sleutel := bron.sleutel(rij)) in bron.dubbel
            and sleutel % bron.rondes == ronde
        ):
            wacht[sleutel].append(rij)
    return wacht


def _groepen(groepen: Iterable[list[Gelezen]]) -> Iterator[list[Gelezen]]:
    """Rows about one thing stay together."""
    stuk: list[Gelezen] = []
    for groep in groepen:
        stuk += groep
        if len(stuk) >= STUK:
            yield stuk
            stuk = []
    if stuk:
        yield stuk


def _verwerk(publicatie: Publicatie, rijen: Sequence[Gelezen], telling: Telling) -> list[Uitval]:
    uitslagen = publicatie.verwerk(rijen) if rijen else []
    telling.aantal.update(uitslag for uitslag in uitslagen if isinstance(uitslag, Uitslag))
    return [uitslag for uitslag in uitslagen if isinstance(uitslag, Uitval)]


def _bewaar_uitval(bron: Bron, inlezing: Inlezing, uitval: Sequence[Uitval], telling: Telling) -> None:
    telling.tel_uitval(uitval)
    rijen = maak_uitvalrijen(inlezing.levering_id, bron.tabel.kolommen, uitval)
    laad(Uitvalrij, _UITVAL, map(attrgetter(*_UITVAL), rijen), nu=inlezing.nu)


def bied_opnieuw_aan(inlezing: Inlezing, lijsten: Lijsten) -> int:
    """Offers the rows that wait for a person who is known by now once more; gives how many were taken.

    Within a transaction. The counts of their own delivery stay what they were; the row says when it was solved.
    """
    opgelost = 0
    while True:  # a row that was taken may make somebody known for whom another one waits
        erbij = 0
        for levering_id, code in wachtende_leveringen(inlezing.regio_id, PERSOON_ONBEKEND):
            soort = SOORTEN[code]
            wachtend = Uitvalrij.objects.filter(levering_id=levering_id, reden=PERSOON_ONBEKEND, opgelost_op=None)
            eigen = Inlezing(inlezing.regio_id, inlezing.toegang, inlezing.nu, levering_id)
            for stuk in in_stukken(wachtend.order_by("rij").iterator(STUK), STUK):
                opgelost += _bied_aan(soort, stuk, eigen, lijsten)
            erbij += eigen.nieuwe_personen
        if not erbij:
            return opgelost


def _bied_aan(soort: Soort, stuk: Sequence[Uitvalrij], inlezing: Inlezing, lijsten: Lijsten) -> int:
    gelezen: dict[int, Gelezen] = {}
    kolommen: set[str] = set()
    for uitvalrij in stuk:
        kop, cellen = inhoud_van(uitvalrij)
        herkend = soort.herken(kop)
        kolommen |= herkend.plaats.keys()
        rij = herkend.lezer(lijsten)(Rij(uitvalrij.rij, tuple(cellen)))
        if isinstance(rij, Gelezen):
            gelezen[uitvalrij.pk] = rij
    wie = {pk: [rij.waarden[kolom] for kolom in WACHT_OP if rij.waarden.get(kolom)] for pk, rij in gelezen.items()}
    bekend = zoek_personen((nummer for nummers in wie.values() for nummer in nummers), inlezing)
    klaar = {pk: rij for pk, rij in gelezen.items() if any(nummer in bekend for nummer in wie[pk])}
    if not klaar:
        return 0
    uitslagen = PUBLICATIES[soort.code](inlezing, kolommen).verwerk(list(klaar.values()))
    goed = [pk for pk, uitslag in zip(klaar, uitslagen, strict=True) if isinstance(uitslag, Uitslag)]
    return Uitvalrij.objects.filter(pk__in=goed).update(opgelost_op=inlezing.nu)
