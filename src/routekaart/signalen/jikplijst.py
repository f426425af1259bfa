"""Who is kept in view as jongere in een kwetsbare positie: counts by origin, destination and attention, and the cases
behind each number (JKP-04, JKP-07, JKP-08).

Five queries, however many there are; the origin is what the rule says of the enrolments (`regels/jikp.py`) and, where
they do not say, the newest report of the JIKP-portaal.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Max
from django.http import QueryDict

from routekaart.basis import taal
from routekaart.basis.adresvraag import Adresvraag
from routekaart.basis.onderdelen import Filter
from routekaart.begeleiding.acties.volgen import EXTRA_AANDACHT
from routekaart.begeleiding.herkomst import onderwijs_van
from routekaart.begeleiding.models import Kijkmoment
from routekaart.dossiers.actielinks import dossier_url
from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.loopbaan.models import Inschrijving, Jikpopgave
from routekaart.regels.jikp import herkomst
from routekaart.signalen.lijst import Getal
from routekaart.toegang.bereik import Toegang

SOORT = "jikp"
PER_PAGINA = 50
ONBEKEND = "onbekend"
NOG_NIET, EXTRA, GEEN_EXTRA = "nog-niet", "extra", "geen"
AANDACHT = {EXTRA: "Extra aandacht", GEEN_EXTRA: "Geen extra aandacht", NOG_NIET: "Nog niet bekeken"}
TE_LAAT, SCHOOL_HELPT_NIET, PRO_VSO = "te-laat", "school-helpt-niet", "pro-vso"
# from this day on who leaves vso or pro is counted apart (003; JKP-07)
PRO_VSO_VANAF = dt.date(2024, 4, 1)
TOON = {
    "": "Allemaal",
    TE_LAAT: "Moment is voorbij",
    SCHOOL_HELPT_NIET: "School helpt niet",
    PRO_VSO: "Uitgeschreven van pro of vso",
}


@dataclass(frozen=True)
class Vraag(Adresvraag):
    """What the address asks."""

    PAGINA = "signalen:jikp"

    toon: str = ""
    herkomst: str = ""
    bestemming: str = ""
    aandacht: str = ""
    pagina: int = 1

    @classmethod
    def lees(cls, adres: QueryDict) -> Vraag:
        """Reads the address; what it does not know, it leaves out."""

        def uit(naam: str, bekend: Sequence[str]) -> str:
            waarde = adres.get(naam, "")
            return waarde if waarde in bekend else ""

        pagina = adres.get("pagina", "1")
        return cls(
            toon=uit("toon", list(TOON)),
            herkomst=uit("herkomst", [*codelijst("herkomst-jikp").codes, ONBEKEND]),
            bestemming=uit("bestemming", list(codelijst("bestemmingen").codes)),
            aandacht=uit("aandacht", list(AANDACHT)),
            pagina=max(1, int(pagina)) if pagina.isdecimal() and len(pagina) < 6 else 1,
        )


@dataclass(frozen=True)
class Geval:
    """One young person who is kept in view."""

    werkproces: Werkproces
    herkomst: str
    bestemming: str
    aandacht: str
    bekeken_op: dt.date | None
    volgende_op: dt.date | None
    te_laat: bool
    school_helpt_niet: bool
    pro_vso_weg: bool

    def past(self, vraag: Vraag) -> bool:
        """Whether this is one of those that the question asks for."""
        toon = {TE_LAAT: self.te_laat, SCHOOL_HELPT_NIET: self.school_helpt_niet, PRO_VSO: self.pro_vso_weg}
        return (
            toon.get(vraag.toon, True)
            and vraag.herkomst in ("", self.herkomst)
            and vraag.bestemming in ("", self.bestemming)
            and vraag.aandacht in ("", self.aandacht)
        )


@dataclass(frozen=True)
class Telrij:
    """One origin or destination: how many in all, and by attention."""

    naam: str
    getallen: Sequence[Getal]


@dataclass(frozen=True)
class Rij:
    """One case as it is shown."""

    naam: str
    url: str
    leeftijd: int
    gemeente: str
    herkomst: str
    bestemming: str
    aandacht: str
    bekeken: str
    volgende: str
    te_laat: bool
    behandelaar: str


@dataclass(frozen=True)
class Beeld:
    """The whole page."""

    filters: Sequence[Filter]
    per_herkomst: Sequence[Telrij]
    per_bestemming: Sequence[Telrij]
    rijen: Sequence[Rij]
    aantal: int
    totaal: int
    keuze: str
    vorige: str
    volgende: str


def alle_gevallen(toegang: Toegang, *, op: dt.date) -> list[Geval]:
    """Everybody with a running werkproces JIKP in this scope. Five queries."""
    lopend = Werkproces.objects.voor(toegang).open().filter(soort=SOORT)
    werkprocessen = list(lopend.select_related("jongere__gemeente", "behandelaar").order_by("jongere__zoeknaam", "pk"))
    scholen: defaultdict[int, list[Inschrijving]] = defaultdict(list)
    for rij in Inschrijving.objects.voor(toegang).filter(jongere__in=lopend.values("jongere")).order_by("van", "pk"):
        scholen[rij.jongere_id].append(rij)
    momenten: defaultdict[int, list[Kijkmoment]] = defaultdict(list)
    gekeken = Kijkmoment.objects.voor(toegang).filter(werkproces__in=lopend.values("pk"))
    for moment in gekeken.defer("tekst").order_by("-op", "-pk"):
        momenten[moment.werkproces_id].append(moment)
    # who was judged with the melding was looked at too, without a moment of its own
    bij_oordeel = dict(
        Gebeurtenis.objects.voor(toegang)
        .filter(werkproces__in=lopend.values("pk"), code="jikp.bekeken", ingetrokken_op__isnull=True)
        .values_list("werkproces")
        .annotate(laatst=Max("op"))
        .order_by()
    )
    genoemd = Jikpopgave.objects.voor(toegang).filter(jongere__in=lopend.values("jongere")).order_by("schooljaar", "pk")
    in_portaal = dict(genoemd.values_list("jongere_id", "herkomst"))  # of more the newest
    return [
        _geval(
            een,
            scholen[een.jongere_id],
            momenten[een.pk],
            bij_oordeel.get(een.pk),
            in_portaal.get(een.jongere_id, ONBEKEND),
            op=op,
        )
        for een in werkprocessen
    ]


def _geval(
    werkproces: Werkproces,
    scholen: Sequence[Inschrijving],
    momenten: Sequence[Kijkmoment],
    bij_oordeel: dt.date | None,
    in_portaal: str,
    *,
    op: dt.date,
) -> Geval:
    onderwijs = onderwijs_van(scholen, op=op)
    laatste = momenten[0] if momenten else None
    aandacht = NOG_NIET
    if laatste is not None and laatste.extra_aandacht is not None:
        aandacht = EXTRA if laatste.extra_aandacht else GEEN_EXTRA
    elif EXTRA_AANDACHT in werkproces.kenmerken:
        aandacht = EXTRA
    elif bij_oordeel is not None:
        aandacht = GEEN_EXTRA
    gepland = [dag for dag in (laatste.volgende_op if laatste else None, werkproces.termijn) if dag is not None]
    volgende = min(gepland, default=None)
    weg = [een.tot for een in onderwijs.begonnen if een.pro_of_vso and een.tot is not None and een.tot < op]
    return Geval(
        werkproces=werkproces,
        herkomst=herkomst(onderwijs) or in_portaal,
        bestemming=laatste.bestemming if laatste is not None and laatste.bestemming else ONBEKEND,
        aandacht=aandacht,
        bekeken_op=laatste.op if laatste else bij_oordeel,
        volgende_op=volgende,
        te_laat=volgende is not None and volgende < op,
        school_helpt_niet=laatste is not None and laatste.schoolhulp == Kijkmoment.Schoolhulp.NEE,
        pro_vso_weg=bool(weg) and max(weg) >= PRO_VSO_VANAF and not (onderwijs.lopend and onderwijs.lopend.pro_of_vso),
    )


def maak_beeld(vraag: Vraag, *, toegang: Toegang, op: dt.date) -> Beeld:
    """Finished values for the page. Five queries."""
    alle = alle_gevallen(toegang, op=op)
    gekozen = [geval for geval in alle if geval.past(vraag)]
    eerste = (vraag.pagina - 1) * PER_PAGINA
    zonder_pagina = replace(vraag, pagina=1)
    return Beeld(
        filters=[
            Filter(
                tekst,
                Vraag(toon=code).adres(),
                sum(een.past(Vraag(toon=code)) for een in alle),
                gekozen=vraag == Vraag(toon=code, pagina=vraag.pagina),
                gevaar=code == TE_LAAT and any(een.te_laat for een in alle),
            )
            for code, tekst in TOON.items()
        ],
        per_herkomst=_tel(alle, "herkomst", lambda code: _herkomst(code), lambda een: een.herkomst),
        per_bestemming=_tel(alle, "bestemming", lambda code: label("bestemmingen", code), lambda een: een.bestemming),
        rijen=[_rij(een, op=op) for een in gekozen[eerste : eerste + PER_PAGINA]],
        aantal=len(gekozen),
        totaal=len(alle),
        keuze=_keuze(vraag),
        vorige=zonder_pagina.adres(pagina=vraag.pagina - 1) if vraag.pagina > 1 else "",
        volgende=zonder_pagina.adres(pagina=vraag.pagina + 1) if len(gekozen) > eerste + PER_PAGINA else "",
    )


def _tel(alle: Sequence[Geval], veld: str, naam: Callable[[str], str], wat: Callable[[Geval], str]) -> list[Telrij]:
    tellingen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for geval in alle:
        tellingen[wat(geval)][geval.aandacht] += 1
    volgorde = {code: plek for plek, code in enumerate([*codelijst(_LIJST[veld]).codes])}
    rijen = []
    for code in sorted(tellingen, key=lambda een: (-tellingen[een].total(), volgorde.get(een, 99))):
        telling, bij = tellingen[code], naam(code)
        getallen = [Getal(telling.total(), Vraag(**{veld: code}).adres(), bij)]  # type: ignore[arg-type]
        getallen += [
            Getal(telling[soort], Vraag(aandacht=soort, **{veld: code}).adres(), f"{bij}, {tekst.lower()}")  # type: ignore[arg-type]
            for soort, tekst in AANDACHT.items()
        ]
        rijen.append(Telrij(bij, getallen))
    return rijen


_LIJST = {"herkomst": "herkomst-jikp", "bestemming": "bestemmingen"}


def _herkomst(code: str) -> str:
    if code == ONBEKEND:
        return "Nog onbekend"
    return str(codelijst("herkomst-jikp").waarde(code)["kort"])


def _keuze(vraag: Vraag) -> str:
    """What is shown, in words; empty where that is everybody."""
    delen = [
        TOON[vraag.toon].lower() if vraag.toon else "",
        f"herkomst {_herkomst(vraag.herkomst).lower()}" if vraag.herkomst else "",
        f"nu: {label('bestemmingen', vraag.bestemming).lower()}" if vraag.bestemming else "",
        AANDACHT[vraag.aandacht].lower() if vraag.aandacht else "",
    ]
    return taal.hoofdletter(", ".join(filter(None, delen)))


def _rij(geval: Geval, *, op: dt.date) -> Rij:
    werkproces = geval.werkproces
    jongere = werkproces.jongere
    return Rij(
        naam=jongere.naam,
        url=dossier_url("begeleiding:in-beeld", jongere.sleutel, werkproces=werkproces.sleutel),
        leeftijd=jongere.leeftijd(op=op),
        gemeente=jongere.gemeente.naam,
        herkomst=_herkomst(geval.herkomst),
        bestemming=label("bestemmingen", geval.bestemming),
        aandacht=AANDACHT[geval.aandacht],
        bekeken=taal.datum_kort(geval.bekeken_op, op=op, weekdag=False) if geval.bekeken_op else "nog niet",
        volgende=taal.datum_kort(geval.volgende_op, op=op, weekdag=False) if geval.volgende_op else "niet gepland",
        te_laat=geval.te_laat,
        behandelaar=werkproces.behandelaar.naam if werkproces.behandelaar else "nog niemand",
    )
