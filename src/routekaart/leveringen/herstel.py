"""Mending rows that could not be taken: one row, the same mistake in many rows, or setting rows aside with a reason.

A mended row goes through the same reading and publishing as a row of a file, under the delivery that it came with.
The counts of that delivery stay what they were; the row says who solved it, when, and what changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.basis.inrichten import gemeentecodes
from routekaart.basis.models import Regio
from routekaart.leveringen.inlezen import bied_opnieuw_aan
from routekaart.leveringen.lezen import Rij
from routekaart.leveringen.lezen.tabel import schoon
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.publiceren import PUBLICATIES, Inlezing, Uitslag
from routekaart.leveringen.publiceren.publicatie import in_stukken
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import NUMMERKOLOMMEN, PERSOON_ONBEKEND, Gelezen, Soort, Uitval
from routekaart.leveringen.soorten.velden import Lijsten, Onleesbaar
from routekaart.leveringen.uitvalrijen import (
    MAX_REDEN,
    inhoud_van,
    met_wijziging,
    personen_in,
    toonbaar,
    versleuteld,
)
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

STUK = 500
AL_OPGELOST = "Deze rij is al opgelost. Ververs de pagina."
NOG_ONBEKEND = "Deze persoon kennen we nog niet. Zodra die er is, gaat deze rij vanzelf verder"
EERST_INLEZEN = "Lees deze levering eerst in. Daarna kun je de rijen verbeteren die niet konden."

Kies = Callable[[str, str], str | None]  # what is surely meant by a value of a column
Metwaarden = tuple[Uitvalrij, Mapping[str, str]]


class Rijfouten(Geweigerd):
    """What is still wrong with a row: column → reason. The column may be empty: the row as a whole."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        kolom, reden = next(iter(fouten.items()))
        super().__init__(reden, veld=kolom or None)
        self.fouten = dict(fouten)


@dataclass
class Herstel:
    """What mending did: how many rows were taken, wait for their person, or have another mistake."""

    ingelezen: int = 0
    wacht: int = 0
    nog_fout: int = 0
    opgelost: int = 0
    _gewijzigd: list[Uitvalrij] = field(default_factory=list)

    def tel_op(self, deel: Herstel) -> None:
        """Counts a part with the rest."""
        self.ingelezen += deel.ingelezen
        self.wacht += deel.wacht
        self.nog_fout += deel.nog_fout
        self.opgelost += deel.opgelost


def soort_van(levering: Levering) -> Soort:
    """The kind of a delivery. Raises Geweigerd for one that is no longer there."""
    soort = SOORTEN.get(levering.soort)
    if soort is None:
        raise Geweigerd("Deze soort levering kennen we niet meer.")
    return soort


def geleverd(rij: Uitvalrij) -> dict[str, str]:
    """What was delivered in the columns that we know, by our names; a cell that was not there is left out."""
    kop, cellen = inhoud_van(rij)
    plaats = soort_van(rij.levering).herken(kop).plaats
    return {naam: cellen[plek] for naam, plek in plaats.items() if plek < len(cellen)}


def herstel_rij(
    rij: Uitvalrij, waarden: Mapping[str, str], *, versie: int, toegang: Toegang, nu: dt.datetime
) -> Herstel:
    """Offers a row again with these values (our column → text); others stay as they were delivered.

    Still wrong: Rijfouten, and nothing changed. Right but about somebody whom we do not know: kept as it was mended,
    and goes on by itself once that person arrives. Raises Geweigerd or Tussentijds.
    """
    with _slot(rij.levering):
        eigen = _open_rij(rij, versie=versie)
        soort = soort_van(eigen.levering)
        kop, cellen = _met(soort, *inhoud_van(eigen), waarden)
        gelezen = _lees(soort, eigen.rij, kop, cellen, lijsten_op(nu))
        wijziging = _verschil(geleverd(eigen), waarden)
        if eigen.reden == PERSOON_ONBEKEND and not wijziging:
            raise Rijfouten({eigen.kolom: NOG_ONBEKEND})
        herstel = _publiceer(soort, [(eigen, kop, gelezen, wijziging)], eigen.levering, toegang=toegang, nu=nu)
        if herstel.nog_fout:
            fout = herstel._gewijzigd[0]
            raise Rijfouten({fout.kolom: fout.reden})
        _bewaar(herstel)
        _log(eigen.levering, [eigen], "levering.rij-hersteld", {"kolommen": sorted(wijziging)}, toegang=toegang, nu=nu)
    return herstel


def groep_van(rij: Uitvalrij) -> QuerySet[Uitvalrij]:
    """The open rows of the delivery with the same reason in the same column, and, but for numbers, the same value.

    A masked number says too little to be mended as one; such rows can only be set aside together.
    """
    rijen = Uitvalrij.objects.filter(levering=rij.levering, opgelost_op=None, kolom=rij.kolom, reden=rij.reden)
    return rijen.order_by("rij") if rij.kolom in NUMMERKOLOMMEN else rijen.filter(waarde=rij.waarde).order_by("rij")


def kan_als_groep(rij: Uitvalrij) -> bool:
    """Whether one new value can mend all rows of the group: it is one value of one column."""
    return bool(rij.kolom) and rij.kolom not in NUMMERKOLOMMEN and rij.kolom in geleverd(rij)


def herstel_groep(rij: Uitvalrij, waarde: str, *, toegang: Toegang, nu: dt.datetime) -> Herstel:
    """Puts `waarde` in the wrong cell of every row of the group and offers them again. Raises Geweigerd, Rijfouten.

    Rows with another mistake besides keep what was mended and say what is wrong now.
    """
    if not kan_als_groep(rij):
        raise Geweigerd("Deze rijen kun je niet in een keer verbeteren. Verbeter ze een voor een.")
    lijsten = lijsten_op(nu)
    soort = soort_van(rij.levering)
    _lees_cel(soort, rij.kolom, waarde, lijsten)
    herstel = Herstel()
    with _slot(rij.levering):
        eigen = _open_rij(rij)
        was = geleverd(eigen)[rij.kolom]
        sleutels = list(groep_van(eigen).values_list("pk", flat=True))
        for rijen in _in_delen(sleutels):
            zelfde = [(een, {rij.kolom: waarde}) for een in rijen if geleverd(een).get(rij.kolom) == was]
            herstel.tel_op(_herstel_deel(soort, zelfde, lijsten, rij.levering, toegang=toegang, nu=nu))
    return herstel


def rijen_van_kolom(levering: Levering, kolom: str) -> QuerySet[Uitvalrij]:
    """The open rows of a delivery that stand still on this column."""
    return Uitvalrij.objects.filter(levering=levering, opgelost_op=None, kolom=kolom).order_by("rij")


def herstel_elk(levering: Levering, kolom: str, kies: Kies, *, toegang: Toegang, nu: dt.datetime) -> Herstel:
    """Gives every row that stands still on this column the values that `kies` is sure of, in each of its wrong cells,
    and offers it again; rows of which nothing is sure stay as they are. Raises Geweigerd.
    """
    lijsten, soort, herstel = lijsten_op(nu), soort_van(levering), Herstel()
    with _slot(levering):
        for rijen in _in_delen(list(rijen_van_kolom(levering, kolom).values_list("pk", flat=True))):
            keuzes = ((een, _gekozen(soort, een, kies, lijsten)) for een in rijen)
            zeker = [(een, waarden) for een, waarden in keuzes if kolom in waarden]
            herstel.tel_op(_herstel_deel(soort, zeker, lijsten, levering, toegang=toegang, nu=nu))
    return herstel


def _in_delen(sleutels: Sequence[int]) -> Iterator[list[Uitvalrij]]:
    for stuk in in_stukken(sleutels, STUK):
        yield list(Uitvalrij.objects.filter(pk__in=stuk).select_related("levering").order_by("rij"))


def _gekozen(soort: Soort, rij: Uitvalrij, kies: Kies, lijsten: Lijsten) -> dict[str, str]:
    """Column → what is meant, of every cell of the row that cannot be read and of which that is sure."""
    gekozen = {}
    for naam, cel in geleverd(rij).items():
        try:
            _lees_cel(soort, naam, cel, lijsten)
        except Rijfouten:
            if waarde := kies(naam, cel):
                gekozen[naam] = waarde
    return gekozen


def _herstel_deel(
    soort: Soort,
    rijen: Sequence[Metwaarden],
    lijsten: Lijsten,
    levering: Levering,
    *,
    toegang: Toegang,
    nu: dt.datetime,
) -> Herstel:
    """Offers these rows with their new values, saves them and says so in the log."""
    deel = _bied_aan(soort, rijen, lijsten, levering, toegang=toegang, nu=nu)
    _bewaar(deel)
    inhoud = {"kolommen": sorted({kolom for _, waarden in rijen for kolom in waarden})}
    if rijen:
        _log(levering, [rij for rij, _ in rijen], "levering.rij-hersteld", inhoud, toegang=toegang, nu=nu)
    return deel


def laat_vallen(rijen: Sequence[Uitvalrij], motivatie: str, *, toegang: Toegang, nu: dt.datetime) -> int:
    """Sets rows of one delivery aside: they wait no longer, and say why. Gives how many. Raises Geweigerd."""
    if not motivatie.strip():
        raise Geweigerd("Zeg waarom we deze rij niet meer nodig hebben", veld="motivatie")
    if not rijen:
        raise Geweigerd(AL_OPGELOST)
    levering = rijen[0].levering
    with _slot(levering):
        open_rijen = Uitvalrij.objects.filter(levering=levering, opgelost_op=None)
        gevonden = [een for stuk in in_stukken(rijen, STUK) for een in open_rijen.filter(pk__in=[r.pk for r in stuk])]
        if not gevonden:
            raise Geweigerd(AL_OPGELOST)
        for een in gevonden:
            een.hoe, een.motivatie = Uitvalrij.Hoe.VERVALLEN, motivatie.strip()[:MAX_REDEN]
            een.opgelost_op, een.opgelost_door_id = nu, toegang.gebruiker_id or None
        _bewaar(Herstel(_gewijzigd=gevonden))
        inhoud = {"motivatie": motivatie.strip()}
        _log(levering, gevonden, "levering.rij-vervallen", inhoud, toegang=toegang, nu=nu)
    return len(gevonden)


def pak_weer_op(rij: Uitvalrij, *, toegang: Toegang, nu: dt.datetime) -> int:
    """Takes back the setting aside of this row and of those that went with it. Raises Geweigerd."""
    with _slot(rij.levering):
        eigen = Uitvalrij.objects.select_for_update().filter(pk=rij.pk, hoe=Uitvalrij.Hoe.VERVALLEN).first()
        if eigen is None:
            raise Geweigerd("Deze rij staat al weer tussen de uitval.")
        samen = list(
            Uitvalrij.objects.filter(
                levering_id=eigen.levering_id, hoe=Uitvalrij.Hoe.VERVALLEN, opgelost_op=eigen.opgelost_op
            ).order_by("rij")
        )
        for een in samen:
            een.hoe, een.motivatie, een.opgelost_op, een.opgelost_door_id = Uitvalrij.Hoe.VANZELF, "", None, None
        _bewaar(Herstel(_gewijzigd=samen))
        _log(rij.levering, samen, "levering.rij-opgepakt", {}, toegang=toegang, nu=nu)
    return len(samen)


@contextmanager
def _slot(levering: Levering) -> Iterator[None]:
    """One delivery or mending per region at a time, as one transaction. Raises Geweigerd for one not taken in."""
    if levering.stand != Levering.Stand.INGELEZEN:
        raise Geweigerd(EERST_INLEZEN)
    with transaction.atomic():
        Regio.objects.select_for_update(no_key=True).get(pk=levering.regio_id)
        yield


def _open_rij(rij: Uitvalrij, *, versie: int | None = None) -> Uitvalrij:
    eigen = Uitvalrij.objects.select_related("levering").get(pk=rij.pk)
    if eigen.opgelost_op is not None:
        raise Geweigerd(AL_OPGELOST)
    if versie is not None and eigen.versie != versie:
        raise Tussentijds([], versie=eigen.versie)
    return eigen


def lijsten_op(nu: dt.datetime) -> Lijsten:
    """What values are checked against on that day."""
    return Lijsten(gemeentecodes(), timezone.localdate(nu))


def _met(
    soort: Soort, kop: Sequence[str], cellen: Sequence[str], waarden: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Header and cells with the new values. A column that the file did not have comes along only when it is filled:
    an empty one would say that the value is gone.
    """
    nieuwe_kop = list(kop)
    nieuw = [*cellen[: len(kop)], *[""] * (len(kop) - len(cellen))]
    plaats = soort.herken(kop).plaats
    for naam, waarde in waarden.items():
        if naam in plaats:
            nieuw[plaats[naam]] = schoon(waarde)
        elif schoon(waarde):
            nieuwe_kop.append(naam)
            nieuw.append(schoon(waarde))
    return nieuwe_kop, nieuw


def _lees_cel(soort: Soort, naam: str, waarde: str, lijsten: Lijsten) -> None:
    """Raises Rijfouten where this column cannot hold this."""
    kolom = soort.kolom(naam)
    cel = schoon(waarde)
    if not cel and kolom.verplicht:
        raise Rijfouten({naam: "Hier moet iets staan"})
    try:
        if cel:
            kolom.lees(cel, lijsten)
    except Onleesbaar as fout:
        raise Rijfouten({naam: str(fout)}) from None


def _lees(soort: Soort, nummer: int, kop: Sequence[str], cellen: Sequence[str], lijsten: Lijsten) -> Gelezen:
    """The row, read as one of a file. Raises Rijfouten with every wrong column at once."""
    herkend = soort.herken(kop)
    fouten: dict[str, str] = {}
    for naam, plek in herkend.plaats.items():
        try:
            _lees_cel(soort, naam, cellen[plek], lijsten)
        except Rijfouten as fout:
            fouten |= fout.fouten
    if fouten:
        raise Rijfouten(fouten)
    gelezen = herkend.lezer(lijsten)(Rij(nummer, tuple(cellen)))
    if isinstance(gelezen, Uitval):
        raise Rijfouten({gelezen.kolom: gelezen.reden})
    return gelezen


def _verschil(was: Mapping[str, str], wordt: Mapping[str, str]) -> dict[str, list[str]]:
    """Column → [was, became], only of what differs."""
    nieuw = {naam: schoon(waarde) for naam, waarde in wordt.items()}
    return {naam: [was.get(naam, ""), waarde] for naam, waarde in nieuw.items() if was.get(naam, "") != waarde}


Klaar = tuple[Uitvalrij, list[str], Gelezen, dict[str, list[str]]]


def _bied_aan(
    soort: Soort,
    rijen: Sequence[Metwaarden],
    lijsten: Lijsten,
    levering: Levering,
    *,
    toegang: Toegang,
    nu: dt.datetime,
) -> Herstel:
    """Offers rows with their new values; those that are still wrong keep what was mended."""
    klaar: list[Klaar] = []
    fout: list[Uitvalrij] = []
    for rij, waarden in rijen:
        kop, cellen = _met(soort, *inhoud_van(rij), waarden)
        wijziging = _verschil(geleverd(rij), waarden)
        try:
            klaar.append((rij, kop, _lees(soort, rij.rij, kop, cellen, lijsten), wijziging))
        except Rijfouten as fouten:
            kolom, reden = next(iter(fouten.fouten.items()))
            waarde = dict(zip(kop, cellen, strict=False)).get(kolom, "")
            _nog_open(rij, Uitval(rij.rij, kolom, waarde, reden, tuple(cellen)), kop, wijziging)
            fout.append(rij)
    herstel = _publiceer(soort, klaar, levering, toegang=toegang, nu=nu) if klaar else Herstel()
    herstel.nog_fout += len(fout)
    herstel._gewijzigd += fout
    return herstel


def _publiceer(
    soort: Soort, klaar: Sequence[Klaar], levering: Levering, *, toegang: Toegang, nu: dt.datetime
) -> Herstel:
    """Publishes read rows under their delivery; they know their outcome but are not saved yet."""
    herstel = Herstel()
    inlezing = Inlezing(levering.regio_id, toegang, nu, levering.pk)
    kolommen = {naam for _, kop, _, _ in klaar for naam in soort.herken(kop).plaats}
    uitslagen = PUBLICATIES[soort.code](inlezing, kolommen).verwerk([gelezen for _, _, gelezen, _ in klaar])
    for (rij, kop, _, wijziging), uitslag in zip(klaar, uitslagen, strict=True):
        if isinstance(uitslag, Uitslag):
            rij.hoe, rij.opgelost_op, rij.opgelost_door_id = Uitvalrij.Hoe.HERSTELD, nu, toegang.gebruiker_id or None
            rij.wijziging = met_wijziging(rij, wijziging)
            herstel.ingelezen += 1
        else:
            _nog_open(rij, uitslag, kop, wijziging)
            herstel.wacht += uitslag.reden == PERSOON_ONBEKEND
            herstel.nog_fout += uitslag.reden != PERSOON_ONBEKEND
        herstel._gewijzigd.append(rij)
    if inlezing.nieuwe_personen:
        herstel.opgelost = bied_opnieuw_aan(inlezing, lijsten_op(nu))
    return herstel


def _nog_open(rij: Uitvalrij, uitval: Uitval, kop: Sequence[str], wijziging: dict[str, list[str]]) -> None:
    rij.kolom, rij.reden = uitval.kolom, uitval.reden[:MAX_REDEN]
    rij.waarde = toonbaar(uitval.kolom, uitval.waarde)
    rij.inhoud = versleuteld(kop, uitval.cellen)
    rij.wijziging = met_wijziging(rij, wijziging)


def _bewaar(herstel: Herstel) -> None:
    for rij in herstel._gewijzigd:
        rij.versie += 1
    velden = [
        "kolom", "waarde", "reden", "inhoud", "hoe", "motivatie", "opgelost_op", "opgelost_door", "wijziging", "versie",
    ]  # fmt: skip
    Uitvalrij.objects.bulk_update(herstel._gewijzigd, velden, batch_size=50)


def _log(
    levering: Levering,
    rijen: Sequence[Uitvalrij],
    code: str,
    inhoud: Mapping[str, object],
    *,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """One line about the act with its rows, and one per young person whom we know that they are about."""
    samen = {**inhoud, "rijen": [rij.rij for rij in rijen]}
    schrijf(code, toegang=toegang, nu=nu, onderwerp=levering, inhoud=samen)
    for jongere_id in personen_in(levering, rijen):
        schrijf(code, toegang=toegang, nu=nu, jongere_id=jongere_id, onderwerp=levering, inhoud=inhoud)
