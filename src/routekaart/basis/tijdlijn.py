"""The loopbaan as a picture: lanes for school, work, care, absence and contact on one axis of dates.

`Tijdlijn.teken()` turns dates into coordinates (units of the SVG viewBox, 1262 wide); the template only writes them.
What is in the picture stands in a table under it too, so words that do not fit may be left out here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from routekaart.basis.taal import MAANDEN, getal

Balksoort = Literal["vol", "donker", "zacht", "leeg", "rand", "nu"]

BREED, LINKS, BOVEN = 1262.0, 118.0, 40.0
TUSSEN = 12.0
# average width of a character of Noto Sans: bold 13 px, 13 px and 12 px
LETTER = {"op": 6.8, "in": 6.4, "k": 6.1}
STAAFVAK, STAAFHOOGTE, STAAFBREED = 92.0, 75.0, 16.0


@dataclass(frozen=True, slots=True)
class Balk:
    """A period on a lane. `tot` is inclusive; None is still running. `onder` is a second line."""

    tekst: str
    van: date
    tot: date | None = None
    onder: str = ""
    soort: Balksoort = "vol"


@dataclass(frozen=True, slots=True)
class Stip:
    """A contact moment; open where no contact was made."""

    op: date
    gelukt: bool = True


@dataclass(frozen=True, slots=True)
class Baan:
    """One lane with its bars, dots under them and diploma's (`ruiten`) on them."""

    naam: str
    balken: Sequence[Balk] = ()
    stippen: Sequence[Stip] = ()
    ruiten: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Staven:
    """Hours of absence per month (first day of the month -> hours) against the norm."""

    naam: str
    per_maand: Sequence[tuple[date, int]]
    norm: int
    norm_tekst: str


@dataclass(frozen=True, slots=True)
class Mijlpaal:
    """A day that matters for all lanes: a birthday, an uitschrijving."""

    op: date
    tekst: str


@dataclass(frozen=True, slots=True)
class Vorm:
    """One shape of the drawing, coordinates as text with a point as decimal sign."""

    soort: Literal["vlak", "pad", "stip", "tekst"]
    klasse: str
    x: str = ""
    y: str = ""
    b: str = ""
    h: str = ""
    d: str = ""
    anker: str = ""
    tekst: str = ""


@dataclass(frozen=True, slots=True)
class Beeld:
    """The drawing: its size and its shapes, in the order in which they lie on each other."""

    hoogte: str
    vormen: Sequence[Vorm]


def _f(waarde: float) -> str:
    return f"{waarde:.1f}"


def _tekst(x: float, y: float, tekst: str, klasse: str = "", anker: str = "") -> Vorm:
    return Vorm("tekst", klasse, x=_f(x), y=_f(y), tekst=tekst, anker=anker)


def _vlak(x: float, y: float, b: float, h: float, klasse: str) -> Vorm:
    return Vorm("vlak", klasse, x=_f(x), y=_f(y), b=_f(b), h=_f(h))


def past(tekst: str, breedte: float, letter: float = LETTER["in"]) -> str:
    """As much of the text as fits in this width, with an ellipsis; empty when hardly anything does."""
    ruimte = int(breedte / letter)
    if len(tekst) <= ruimte:
        return tekst
    return f"{tekst[: ruimte - 1].rstrip()}…" if ruimte >= 5 else ""


@dataclass(frozen=True, slots=True)
class Tijdlijn:
    """Everything on the axis from `van` to `tot` (both inclusive)."""

    van: date
    tot: date
    vandaag: date
    banen: Sequence[Baan | Staven]
    mijlpalen: Sequence[Mijlpaal] = ()
    titel: str = "Tijdlijn"

    def x(self, dag: date) -> float:
        """Where a day stands on the axis; days outside it are put at the edge."""
        dagen = (self.tot - self.van).days + 1
        deel = ((dag - self.van).days) / dagen
        return LINKS + (BREED - LINKS) * min(1.0, max(0.0, deel))

    def teken(self) -> Beeld:
        """The drawing."""
        grond: list[Vorm] = []
        boven: list[Vorm] = []
        y = BOVEN
        for baan in self.banen:
            hoogte, vormen = self._staven(baan, y) if isinstance(baan, Staven) else self._baan(baan, y)
            grond += [_vlak(0, y, BREED, hoogte, "baan"), _tekst(12, y + hoogte / 2 + 4.5, baan.naam, "b")]
            boven += vormen
            y += hoogte + TUSSEN
        onder = y - TUSSEN
        lijnen, extra = self._merken(onder)
        return Beeld(_f(onder + 20 + extra), [*grond, *self._jaren(onder), *lijnen, *boven])

    def _rijen(self, balken: Sequence[Balk]) -> list[list[Balk]]:
        """Bars that overlap lie on rows of their own."""
        rijen: list[list[Balk]] = []
        for balk in sorted(balken, key=lambda balk: balk.van):
            for rij in rijen:
                einde = rij[-1].tot
                if einde is not None and einde < balk.van:
                    rij.append(balk)
                    break
            else:
                rijen.append([balk])
        return rijen

    def _baan(self, baan: Baan, y: float) -> tuple[float, list[Vorm]]:
        zichtbaar = [b for b in baan.balken if b.van <= self.tot and (b.tot or self.tot) >= self.van]
        rijen = self._rijen(zichtbaar) or [[]]
        rijhoogte = 40.0 if any(balk.onder for balk in zichtbaar) else 22.0 if baan.stippen else 28.0
        vormen: list[Vorm] = []
        for nummer, rij in enumerate(rijen):
            top = y + 6 + nummer * (rijhoogte + 4)
            vormen += [vorm for balk in rij for vorm in self._balk(balk, top, rijhoogte)]
        hoogte = 12 + len(rijen) * rijhoogte + (len(rijen) - 1) * 4
        for dag in baan.ruiten:
            if self.van <= dag <= self.tot:
                vormen.append(Vorm("pad", "dip", d=f"M{_f(self.x(dag))} {_f(y + 6 + rijhoogte / 2 - 8)}l8 8-8 8-8-8z"))
        if baan.stippen:
            hoogte += 40
            vormen += [
                Vorm("stip", "ja" if stip.gelukt else "nee", x=_f(self.x(stip.op)), y=_f(y + hoogte - 26))
                for stip in baan.stippen
                if self.van <= stip.op <= self.tot
            ]
        return hoogte, vormen

    def _balk(self, balk: Balk, y: float, hoogte: float) -> list[Vorm]:
        begin = self.x(balk.van)
        eind = BREED if balk.tot is None else self.x(balk.tot + timedelta(days=1))
        breedte = max(3.0, eind - begin - (1.5 if balk.tot else 0))
        letter = {"vol": "op", "donker": "op"}.get(balk.soort, "in")
        klasse = "rand nu" if balk.soort == "nu" else balk.soort
        vormen = [_vlak(begin, y, breedte, hoogte, klasse)]
        regels = [(past(balk.tekst, breedte - 12, LETTER[letter]), letter)]
        if balk.onder:
            regels.append((past(balk.onder, breedte - 12, LETTER["k"]), f"{letter} k"))
        start = y + hoogte / 2 + 4.5 - (len(regels) - 1) * 8
        return vormen + [
            _tekst(begin + 8, start + nummer * 16, tekst, klasse)
            for nummer, (tekst, klasse) in enumerate(regels)
            if tekst
        ]

    def _staven(self, staven: Staven, y: float) -> tuple[float, list[Vorm]]:
        bodem = y + STAAFVAK - 6
        hoogste = max([uren for _, uren in staven.per_maand] + [staven.norm * 2])
        schaal = STAAFHOOGTE / hoogste
        maanden = max(1.0, (self.tot - self.van).days / 30.4)
        breed = min(STAAFBREED, 0.8 * (BREED - LINKS) / maanden)
        zichtbaar = [(maand, uren) for maand, uren in sorted(staven.per_maand) if self.van <= maand <= self.tot]
        pieken = toppen(zichtbaar, staven.norm)
        vormen: list[Vorm] = []
        for maand, uren in zichtbaar:
            x = self.x(maand) + 2
            klasse = "hoog" if uren > staven.norm else "laag"
            vormen.append(_vlak(x, bodem - uren * schaal, breed, uren * schaal, klasse))
            if maand in pieken:
                vormen.append(_tekst(x + breed / 2, bodem - uren * schaal - 4, getal(uren), "k b", "middle"))
        norm = bodem - staven.norm * schaal
        vormen.append(Vorm("pad", "norm", d=f"M{_f(LINKS)} {_f(norm)}H{_f(BREED)}"))
        vormen.append(_tekst(LINKS + 6, norm - 5, staven.norm_tekst, "k"))
        return STAAFVAK, vormen

    def _jaren(self, onder: float) -> list[Vorm]:
        """Years and schooljaren: lines with their name on top."""
        vormen: list[Vorm] = []
        lang = (self.tot - self.van).days > 6 * 366
        for jaar in range(self.van.year, self.tot.year + 1):
            nieuwjaar, augustus = date(jaar, 1, 1), date(jaar, 8, 1)
            begin = self.x(max(nieuwjaar, self.van))
            volgend = self.x(min(date(jaar + 1, 1, 1), self.tot))
            if volgend - begin > 40:
                vormen.append(_tekst(begin + 6, 18, str(jaar), "b"))
            if self.van < nieuwjaar <= self.tot:
                vormen.append(Vorm("pad", "jaar", d=f"M{_f(begin)} {_f(BOVEN)}V{_f(onder)}"))
            if self.van < augustus <= self.tot:
                x = self.x(augustus)
                vormen.append(Vorm("pad", "sj", d=f"M{_f(x)} {_f(BOVEN - 14)}V{_f(onder)}"))
                if not lang and BREED - x > 110:
                    naam = f"schooljaar {jaar}-{(jaar + 1) % 100:02d}"
                    vormen.append(_tekst(x + 5, 33, naam, "k"))
        return vormen

    def _merken(self, onder: float) -> tuple[list[Vorm], float]:
        """Today and the milestones: a line through all lanes, its name under it where there is room."""
        merken = [(m.op, past(m.tekst, 500), "mijl", "k") for m in self.mijlpalen if self.van <= m.op <= self.tot]
        merken.sort(reverse=True)
        if self.van <= self.vandaag <= self.tot:
            merken.insert(0, (self.vandaag, "vandaag", "nu", "k b a"))
        vormen: list[Vorm] = []
        bezet: list[list[tuple[float, float]]] = [[]]
        for dag, tekst, lijn, klasse in merken:
            x = self.x(dag)
            vormen.append(Vorm("pad", lijn, d=f"M{_f(x)} {_f(BOVEN)}V{_f(onder + 8)}"))
            rij, begin, anker = _plaats(bezet, x, len(tekst) * LETTER["k"])
            vormen.append(_tekst(begin, onder + 22 + rij * 15, tekst, klasse, anker))
        return vormen, 15.0 * len(bezet)


def _plaats(bezet: list[list[tuple[float, float]]], x: float, breed: float) -> tuple[int, float, str]:
    """Row, x and anchor of a label: under its line, else left of it, else right of it, else a row lower."""
    for rij in range(len(bezet) + 1):
        if rij == len(bezet):
            bezet.append([])
        for begin, anker in ((x - breed / 2, "middle"), (x - 6 - breed, "end"), (x + 6, "start")):
            eind = begin + breed
            vrij = all(eind + 8 < van or begin - 8 > tot for van, tot in bezet[rij])
            if vrij and begin >= LINKS and eind <= BREED:
                bezet[rij].append((begin, eind))
                return rij, {"middle": x, "end": x - 6, "start": x + 6}[anker], anker
    raise AssertionError("an empty row always has room")


def toppen(per_maand: Sequence[tuple[date, int]], norm: int) -> set[date]:
    """The months above the norm with less before and after them: only there stands a number."""
    hoog = {maand for maand, uren in per_maand if uren > norm}
    for (maand, uren), (volgende, later) in pairwise(per_maand):
        if (volgende - maand).days <= 31:
            hoog.discard(maand if later >= uren else volgende)
    return hoog


def maandnaam(maand: date) -> str:
    """'sep 2026': for the table under the picture."""
    kort = "mrt" if maand.month == 3 else MAANDEN[maand.month - 1][:3]
    return f"{kort} {maand.year}"
