"""The numbers per school as the pages show them: in words, as a picture with its table, and coarse where due."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from routekaart.basis.taal import datum_voluit, getal, meervoud, procent
from routekaart.dossiers.models import Werkproces
from routekaart.regels.kleine_aantallen import KLEIN, WEINIG, afgerond, grof, grof_deel, is_klein
from routekaart.regels.meldgedrag import Cijfers
from routekaart.signalen.models import Meldaanleiding
from routekaart.signalen.volledigheid import Schoolstand, Uitkomstregel

NB = "n.b."
GENOEG = 5  # over fewer expected reports a percentage says little: those schools come last
SORTERINGEN = ("zonder", "dagen", "op-tijd", "ontvangen", "naam")


@dataclass(frozen=True)
class Zicht:
    """How exact this reader may see numbers."""

    is_grof: bool = False

    def aantal(self, waarde: int | None) -> str:
        if waarde is None:
            return NB
        if self.is_grof:
            return WEINIG if is_klein(waarde) else getal(afgerond(waarde))
        return getal(waarde)

    def deel(self, deel: int | None, over: int) -> str:
        waarde = self.aandeel(deel, over)
        return NB if waarde is None else procent(waarde)

    def aandeel(self, deel: int | None, over: int) -> float | None:
        """The percentage as it may be shown, or sorted by; None where there is none or where it would tell too much."""
        if self.is_grof:
            return grof_deel(deel, over=over)
        return 100 * deel / over if over and deel is not None else None

    def dagen(self, waarde: float | None, over: int) -> str:
        waarde = self.mediaan(waarde, over)
        return NB if waarde is None else getal(waarde, 0 if waarde == int(waarde) else 1)

    def mediaan(self, waarde: float | None, over: int) -> float | None:
        """The median as it may be shown, or sorted by."""
        return grof(waarde, over=over, stap=1) if self.is_grof else waarde


PRECIES, GROF = Zicht(), Zicht(is_grof=True)


@dataclass(frozen=True)
class Cel:
    """One number, and where it leads; without `url` it is only text."""

    tekst: str
    url: str = ""
    onder: str = ""


@dataclass(frozen=True)
class Schoolregel:
    """One row of the list."""

    naam: Cel
    cellen: Sequence[Cel]
    gesprek: str


def regels(standen: Sequence[Schoolstand], *, jaar: str, sorteer: str, zicht: Zicht) -> list[Schoolregel]:
    """The rows in the chosen order, the worst first."""
    return [_regel(stand, jaar, zicht) for stand in sorted(standen, key=lambda stand: _plaats(stand, sorteer, zicht))]


def _plaats(stand: Schoolstand, sorteer: str, zicht: Zicht) -> tuple[Any, ...]:
    nu = stand.nu
    naam = stand.school.naam.casefold()
    if sorteer == "naam":
        return (naam, stand.school.brin)
    waarde: float | None
    if sorteer == "dagen":
        waarde = zicht.mediaan(nu.mediaan, nu.met_dagen)
    elif sorteer == "op-tijd":
        deel = zicht.aandeel(nu.op_tijd, nu.met_dagen)
        waarde = None if deel is None else -deel
    elif sorteer == "ontvangen":
        waarde = -nu.ontvangen if not zicht.is_grof else -(afgerond(nu.ontvangen) or 0)
    else:
        waarde = zicht.aandeel(nu.gemist, nu.verwacht)
    return (nu.verwacht < GENOEG, waarde is None, -(waarde or 0), naam, stand.school.brin)


def _regel(stand: Schoolstand, jaar: str, zicht: Zicht) -> Schoolregel:
    nu, was = stand.nu, stand.vorig
    adres = "" if zicht.is_grof else reverse("signalen:school", args=[stand.school.sleutel])
    cellen = (
        Cel(zicht.aantal(stand.leerlingen)),
        _cel(zicht, nu.verwacht, adres, jaar, "verwacht"),
        _cel(zicht, nu.gemist, adres, jaar, "zonder"),
        Cel(zicht.deel(nu.gemist, nu.verwacht), onder=_was(zicht.deel(was.gemist, was.verwacht))),
        Cel(zicht.dagen(nu.mediaan, nu.met_dagen), onder=_was(zicht.dagen(was.mediaan, was.met_dagen))),
        Cel(zicht.deel(nu.op_tijd, nu.met_dagen), onder=_was(zicht.deel(was.op_tijd, was.met_dagen))),
        _cel(zicht, nu.ontvangen, adres, jaar, "ontvangen", onder=_was(zicht.aantal(was.ontvangen))),
    )
    plaats = ", ".join(deel for deel in (stand.school.brin, stand.school.plaats) if deel)
    url = f"{adres}?schooljaar={jaar}" if adres else ""
    return Schoolregel(Cel(stand.school.naam, url, plaats), cellen, _laatste(stand))


def _cel(zicht: Zicht, waarde: int | None, adres: str, jaar: str, toon: str, *, onder: str = "") -> Cel:
    url = f"{adres}?schooljaar={jaar}&toon={toon}#leerlingen" if adres and waarde else ""
    return Cel(zicht.aantal(waarde), url, onder)


def _was(tekst: str) -> str:
    return "" if tekst == NB else f"was {tekst}"


def _laatste(stand: Schoolstand) -> str:
    if stand.gesprek is None:
        return ""
    wat = "gemeld aan inspectie" if stand.gesprek.soort == "inspectie" else "besproken"
    return f"{wat}, {datum_voluit(stand.gesprek.op)}"


# -- one school


@dataclass(frozen=True)
class Kerncijfer:
    """One of the large numbers of a page."""

    titel: str
    cel: Cel
    uitleg: str = ""


def kerncijfers(nu: Cijfers, was: Cijfers, *, zicht: Zicht, adres: str) -> list[Kerncijfer]:
    """What the talk begins with. `adres` is where the cases stand; empty where there are none to show."""

    def naar(toon: str, waarde: int | None) -> str:
        return f"{adres}&toon={toon}#leerlingen" if adres and waarde else ""

    zonder = nu.gemist
    return [
        Kerncijfer(
            "Geen melding gezien",
            Cel(zicht.aantal(zonder), naar("zonder", zonder), _was(zicht.aantal(was.gemist))),
            f"{zicht.deel(nu.gemist, nu.verwacht)} van {zicht.aantal(nu.verwacht)} verwachte meldingen"
            if nu.verwacht and nu.bekend
            else "we weten niet wie hier staat ingeschreven" if not nu.bekend else "er werd niets verwacht",
        ),
        Kerncijfer(
            "Werkdagen tot de melding",
            Cel(
                zicht.dagen(nu.mediaan, nu.met_dagen), naar("gemeld", nu.met_dagen),
                _was(zicht.dagen(was.mediaan, was.met_dagen)),
            ),
            "de middelste melding" if nu.met_dagen else "er is nog niets om te meten",
        ),
        Kerncijfer(
            "Binnen de termijn gemeld",
            Cel(
                zicht.deel(nu.op_tijd, nu.met_dagen), naar("op-tijd", nu.op_tijd),
                _was(zicht.deel(was.op_tijd, was.met_dagen)),
            ),
            f"{zicht.aantal(nu.op_tijd)} van {zicht.aantal(nu.met_dagen)} meldingen" if nu.met_dagen else "",
        ),
        Kerncijfer(
            "Meldingen ontvangen",
            Cel(zicht.aantal(nu.ontvangen), naar("ontvangen", nu.ontvangen), _was(zicht.aantal(was.ontvangen))),
            "alles wat over dit schooljaar is gemeld",
        ),
    ]  # fmt: skip


BASIS, HOOG, LINKS, BREED = 176.0, 150.0, 36.0, 560.0
STAPELS = (
    ("op tijd gemeld", "nu"), ("later gemeld", "jaar"), ("gemeld, dagen onbekend", "oud"), ("geen melding", "mist"),
)  # fmt: skip


@dataclass(frozen=True)
class Blok:
    """One coloured part of a column."""

    x: str
    y: str
    hoogte: str
    klasse: str


@dataclass(frozen=True)
class Kolom:
    """One schooljaar in the picture."""

    jaar: str
    midden: str
    boven: str
    totaal: str
    blokken: Sequence[Blok]


@dataclass(frozen=True)
class Verloop:
    """The picture over the schooljaren, and the same as a table."""

    kolommen: Sequence[Kolom]
    lijnen: Sequence[tuple[str, str, str]]
    zegt: str
    tabel: Sequence[tuple[str, Sequence[str]]]
    legenda: Sequence[tuple[str, str]] = field(default=STAPELS)


def verloopbeeld(cijfers: Mapping[str, Cijfers], *, zicht: Zicht = PRECIES) -> Verloop:
    """One column per schooljaar, split in what was reported in time, later, and not."""
    delen = {jaar: _delen(een) for jaar, een in cijfers.items()}
    top = max([1, *(sum(deel) for deel in delen.values())])
    stap = _stap(top)
    hoogste = stap * -(-top // stap)
    schaal = HOOG / hoogste
    lijnen = [(_px(BASIS - n * schaal), _px(BASIS - n * schaal + 4), getal(n)) for n in range(0, hoogste + 1, stap)]
    breedte = (BREED - LINKS) / max(1, len(delen))
    kolommen = []
    for nummer, (jaar, deel) in enumerate(delen.items()):
        midden = LINKS + breedte * (nummer + 0.5)
        y, blokken = BASIS, []
        for aantal, (_, klasse) in zip(deel, STAPELS, strict=True):
            if aantal:
                y -= aantal * schaal
                blokken.append(Blok(_px(midden - 32), _px(y), _px(max(1.0, aantal * schaal - 1)), klasse))
        kolommen.append(Kolom(kort_jaar(jaar), _px(midden), _px(y - 6), zicht.aantal(sum(deel)), blokken))
    tabel = [(jaar, _cellen(een, zicht)) for jaar, een in cijfers.items()]
    zegt = "Verwachte meldingen per schooljaar. " + " ".join(
        f"{jaar}: {', '.join(f'{n} {naam}' for n, (naam, _) in zip(deel, STAPELS, strict=True) if n) or 'niets'}."
        for jaar, deel in delen.items()
    )
    return Verloop(kolommen, lijnen, zegt, tabel)


def _delen(een: Cijfers) -> tuple[int, int, int, int]:
    zonder = een.zonder if een.bekend else 0
    return een.op_tijd, een.te_laat, een.gemeld - een.met_dagen, zonder


def _cellen(een: Cijfers, zicht: Zicht) -> list[str]:
    return [
        zicht.aantal(een.verwacht),
        zicht.aantal(een.op_tijd),
        zicht.aantal(een.te_laat),
        zicht.aantal(een.gemist),
        zicht.deel(een.gemist, een.verwacht),
        zicht.dagen(een.mediaan, een.met_dagen),
        zicht.deel(een.op_tijd, een.met_dagen),
    ]


def _stap(top: int) -> int:
    """A round distance between lines, so that there are at most five."""
    for stap in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000):
        if top <= 5 * stap:
            return stap
    return -(-top // 5)


def _px(waarde: float) -> str:
    return f"{waarde:.1f}"


def kort_jaar(jaar: str) -> str:
    """2025-2026 as it stands on an axis: 2025-26."""
    return f"{jaar[:5]}{jaar[7:]}"


@dataclass(frozen=True)
class Uitkomstcel:
    """One line of the mirror."""

    over: str
    uitkomst: str
    nu: str
    vorig: str


def spiegel(rijen: Sequence[Uitkomstregel], *, klein_weg: bool = False) -> list[Uitkomstcel]:
    """The uitkomsten as text. For a school rare ones are taken together and small numbers are not exact: an uitkomst of
    one or two pupils would tell who they are.
    """
    if not klein_weg:
        return [Uitkomstcel(rij.over, rij.uitkomst, getal(rij.nu), getal(rij.vorig)) for rij in rijen]
    klaar: list[Uitkomstregel] = []
    for over, groep in itertools.groupby(rijen, key=lambda rij: rij.over):
        deel = list(groep)
        zeldzaam = [rij for rij in deel if not rij.open and max(rij.nu, rij.vorig) < KLEIN]
        klaar += [rij for rij in deel if rij not in zeldzaam]
        if zeldzaam:
            nu, vorig = sum(rij.nu for rij in zeldzaam), sum(rij.vorig for rij in zeldzaam)
            klaar.append(Uitkomstregel(over, "andere uitkomsten samen", nu, vorig))
    return [Uitkomstcel(rij.over, rij.uitkomst, GROF.aantal(rij.nu), GROF.aantal(rij.vorig)) for rij in klaar]


@dataclass(frozen=True)
class Geval:
    """One pupil and one occasion, in words."""

    naam: str
    url: str
    wat: str
    sinds: Any
    gemeld_op: Any
    dagen: str
    laat: bool
    mist: bool
    nu: str
    gemeente: str
    eerste: bool


def gevallen_in_woorden(rijen: Sequence[Meldaanleiding], werk: Mapping[int, Werkproces]) -> list[Geval]:
    """The rows of the list of pupils; `eerste` is where the name of somebody stands first."""
    klaar: list[Geval] = []
    vorige: tuple[Any, str] | None = None
    for rij in rijen:
        naam = _naam(rij)
        klaar.append(_geval(rij, naam, werk, eerste=(rij.jongere_id, naam) != vorige))
        vorige = (rij.jongere_id, naam)
    return klaar


def _naam(rij: Meldaanleiding) -> str:
    if rij.jongere is not None:
        return "Dossier is samengevoegd" if rij.jongere.samengevoegd_met_id else rij.jongere.naam
    return (rij.melding.opgegeven_naam if rij.melding else "") or "Naam onbekend"


def _geval(rij: Meldaanleiding, naam: str, werk: Mapping[int, Werkproces], *, eerste: bool) -> Geval:
    wat = {
        Meldaanleiding.Soort.UITSCHRIJVING: "Uitgeschreven, geen nieuwe school",
        Meldaanleiding.Soort.VERZUIM: "Verzuim",
        Meldaanleiding.Soort.AFWEZIG: "Lang afwezig, een ander meldde het",
        Meldaanleiding.Soort.OVERIG: "Andere melding van school",
    }[Meldaanleiding.Soort(rij.soort)]
    dagen = "" if rij.werkdagen is None else meervoud(rij.werkdagen, "werkdag", "werkdagen")
    url = reverse("dossiers:overzicht", args=[rij.jongere.sleutel]) if rij.jongere is not None else ""
    return Geval(
        naam=naam,
        url=url,
        wat=wat,
        sinds=rij.sinds,
        gemeld_op=rij.gemeld_op,
        dagen=dagen,
        laat=rij.op_tijd is False,
        mist=rij.stand == Meldaanleiding.Stand.ONTBREEKT,
        nu=_nu(rij, werk),
        gemeente=rij.gemeente.naam,
        eerste=eerste,
    )


def _nu(rij: Meldaanleiding, werk: Mapping[int, Werkproces]) -> str:
    melding = rij.melding
    proces = melding.werkproces if melding is not None else werk.get(rij.jongere_id or 0)
    if melding is not None and (melding.uitkomst or (proces is not None and proces.afgesloten_op is not None)):
        return "Afgerond"
    if proces is not None:
        bij = proces.behandelaar.naam if proces.behandelaar is not None else "nog niemand"
        return f"Loopt, bij {bij}"
    if melding is not None:
        return "Afgerond" if melding.oordeel in {"onterecht", "overdracht", "geen-actie"} else "Wordt beoordeeld"
    return "Te vroeg om te zeggen" if rij.stand == Meldaanleiding.Stand.LOOPT else "Bij ons loopt nog niets"
