"""Invented young persons with a path through school and work that puts them in a chosen doelgroep on a given day.

All dates follow from that day, so that the demo is alive whenever it is built.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from routekaart.demo.gebied import Demogebied
from routekaart.demo.namen import STRATEN, Naam, testnummers, trek_naam
from routekaart.loopbaan.models import Diploma, Inschrijving, Werk
from routekaart.personen.acties import nieuwe_jongere
from routekaart.personen.models import Jongere, Persoonsnummer, Verzorger
from routekaart.personen.nummers import SLEUTELVERSIE, blinde_index, versleutel

BRON = "DUO"
PROFIELEN = (
    "verzuim-18-plus",
    "dreigend-vsv",
    "nieuwe-vsv",
    "oud-vsv",
    "jikp",
    "startkwalificatie",
    "werk",
    "leerling",
    "kind",
)


@dataclass
class Loopbaan:
    """The facts of one path, not saved yet: kwargs per model."""

    inschrijvingen: list[dict[str, Any]] = field(default_factory=list)
    diplomas: list[dict[str, Any]] = field(default_factory=list)
    werk: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Mens:
    """One young person of the demo, saved; `uit` is the last day at school where there is one."""

    jongere: Jongere
    profiel: str
    uit: dt.date | None


@dataclass
class Kalender:
    """The days of the school year around `vandaag` that decide a doelgroep (contracten.md, section 1)."""

    vandaag: dt.date

    @property
    def laatste_teldatum(self) -> dt.date:
        """The last 1 October up to and including today."""
        dit_jaar = dt.date(self.vandaag.year, 10, 1)
        return dit_jaar if dit_jaar <= self.vandaag else dt.date(self.vandaag.year - 1, 10, 1)

    def uit_dreigend(self, terug: int) -> dt.date:
        """A last school day of at most `terug` days ago, whose 1 October is still to come."""
        return max(self.vandaag - dt.timedelta(days=terug), self.laatste_teldatum)

    def uit_nieuw(self, terug: int) -> dt.date:
        """A last school day before the last 1 October, less than a year ago."""
        return max(self.laatste_teldatum - dt.timedelta(days=terug), self.vandaag - dt.timedelta(days=360))

    def uit_oud(self, jaren: int) -> dt.date:
        """A last school day in May, more than `jaren` years before the last 1 October."""
        return dt.date(self.laatste_teldatum.year - jaren - 1, 5, 20)


def geboren_op(kans: random.Random, leeftijd: int, vandaag: dt.date) -> dt.date:
    """A birth date with which somebody is `leeftijd` years on that day, and not within two weeks of a birthday."""
    terug = kans.randrange(15, 350)
    jaar = vandaag.year - leeftijd
    verjaard = dt.date(jaar, vandaag.month, min(vandaag.day, 28))
    return verjaard - dt.timedelta(days=terug)


def loopbaan(
    profiel: str, geboren: dt.date, gebied: Demogebied, kalender: Kalender, kans: random.Random
) -> tuple[Loopbaan, dt.date | None]:
    """The path that fits the profile, and the last day at school."""
    vandaag = kalender.vandaag
    pad = Loopbaan()
    roc = gebied.scholen[kans.choice(["ROC De Waarden", "ROC De Waarden", "ROC De Waarden, locatie Haven"])]
    vmbo = gebied.scholen["Vakcollege Brinkhoven"]
    vo_begin = dt.date(geboren.year + 12, 8, 1)
    mbo_begin = min(
        dt.date(geboren.year + 16, 8, 1),
        kalender.uit_oud(3) if profiel == "oud-vsv" else vandaag - dt.timedelta(days=500),
    )
    if profiel == "kind":
        if vo_begin <= vandaag:
            pad.inschrijvingen.append(_bij(gebied.scholen["Lyceum Veldermeer"], "vo-onderbouw", vo_begin))
        elif dt.date(geboren.year + 4, 8, 1) <= vandaag:
            pad.inschrijvingen.append(
                _bij(gebied.scholen["Basisschool De Linde"], "po", dt.date(geboren.year + 4, 8, 1))
            )
        return pad, None
    if profiel == "jikp":
        return _loopbaan_jikp(pad, gebied, vo_begin, kalender, kans)
    if mbo_begin <= vo_begin:
        mbo_begin = vo_begin + dt.timedelta(days=365)
    pad.inschrijvingen.append(
        _bij(vmbo, kans.choice(["vmbo-kb", "vmbo-tl"]), vo_begin, mbo_begin - dt.timedelta(days=1))
    )
    pad.diplomas.append({"soort": "vmbo", "behaald_op": mbo_begin - dt.timedelta(days=30), "instelling": vmbo})
    uit: dt.date | None = {
        "dreigend-vsv": kalender.uit_dreigend(kans.randrange(8, 45)),
        "nieuwe-vsv": kalender.uit_nieuw(kans.randrange(5, 90)),
        "oud-vsv": kalender.uit_oud(kans.randrange(1, 3)),
        "werk": kalender.uit_oud(1),
        "startkwalificatie": vandaag - dt.timedelta(days=kans.randrange(100, 200)),
    }.get(profiel)
    mbo_begin = min(mbo_begin, (uit or vandaag) - dt.timedelta(days=60))
    pad.inschrijvingen[0]["tot"] = max(mbo_begin - dt.timedelta(days=1), vo_begin)
    niveau = kans.choice([2, 2, 3, 3, 4])
    opleiding = kans.choice(
        ["Dienstverlening", "Techniek", "Verkoop", "Zorg en welzijn", "Logistiek", "Horeca", "Bouw", "Administratie"]
    )
    pad.inschrijvingen.append(_bij(roc, "mbo", mbo_begin, uit, niveau=niveau, opleiding=opleiding))
    if profiel == "startkwalificatie":
        pad.diplomas.append({"soort": "mbo", "niveau": niveau, "behaald_op": uit, "instelling": roc})
    if profiel == "werk":
        pad.werk.append({"werkgever": "Distributiecentrum De Haven", "functie": "orderpicker", "uren": 32, "van": uit})
    elif uit and kans.random() < 0.25:
        pad.werk.append({"werkgever": "Bezorgdienst Snel", "functie": "bezorger", "uren": 8, "van": uit})
    return pad, uit


def _loopbaan_jikp(
    pad: Loopbaan, gebied: Demogebied, vo_begin: dt.date, kalender: Kalender, kans: random.Random
) -> tuple[Loopbaan, dt.date | None]:
    """From pro or vso into an entreeopleiding that still runs, or out to work: kept in view."""
    naam, soort = kans.choice([("Praktijkschool De Brink", "pro"), ("De Sluis, school voor vso", "vso")])
    overstap = dt.date(kalender.laatste_teldatum.year - 1, 8, 1)
    pad.inschrijvingen.append(
        _bij(gebied.scholen[naam], soort, vo_begin, max(overstap - dt.timedelta(days=1), vo_begin))
    )
    if kans.random() < 0.6:
        pad.inschrijvingen.append(_bij(gebied.scholen["ROC De Waarden"], "mbo", overstap, niveau=1, opleiding="Entree"))
        return pad, None
    pad.werk.append({"werkgever": "Werkplaats Brinkhoven", "functie": "medewerker", "uren": 24, "van": overstap})
    return pad, overstap


def _bij(school: Any, soort: str, van: dt.date, tot: dt.date | None = None, **meer: Any) -> dict[str, Any]:
    return {"instelling": school, "onderwijssoort": soort, "van": van, "tot": tot, **meer}


def _voorletter_en_naam(kans: random.Random, jongere: Jongere) -> str:
    delen = (f"{kans.choice('ABCDEFGHJKLMNPRST')}.", jongere.voorvoegsel, jongere.achternaam)
    return " ".join(deel for deel in delen if deel)


class Volkstelling:
    """Makes young persons one by one and saves them together."""

    def __init__(self, gebied: Demogebied, vandaag: dt.date, kans: random.Random, aantal: int) -> None:
        self.gebied = gebied
        self.kalender = Kalender(vandaag)
        self.kans = kans
        self.nummers: Iterator[str] = iter(testnummers(kans, aantal))
        self._loopbanen: list[tuple[Jongere, Loopbaan]] = []
        self.mensen: list[Mens] = []

    def maak(
        self,
        profiel: str,
        leeftijd: int,
        *,
        naam: Naam | None = None,
        gemeente: str = "",
        pad: Loopbaan | None = None,
        **velden: Any,
    ) -> Mens:
        """One young person of that profile and age; `pad` replaces the path that fits the profile."""
        naam = naam or trek_naam(self.kans)
        gemeente = gemeente or self.kans.choices(list(self.gebied.gemeenten), weights=[40, 25, 20, 15])[0]
        geboren = geboren_op(self.kans, leeftijd, self.kalender.vandaag)
        gevonden, uit = loopbaan(profiel, geboren, self.gebied, self.kalender, self.kans)
        cijfers = self.gebied.postcode(gemeente)
        jongere = nieuwe_jongere(
            gemeente=self.gebied.gemeenten[gemeente],
            regio_id=self.gebied.regio.pk,
            op=self.kalender.vandaag,
            geboortedatum=geboren.isoformat(),
            **{
                "achternaam": naam.achternaam,
                "voorvoegsel": naam.voorvoegsel,
                "voornamen": naam.voornamen,
                "geslacht": naam.geslacht,
                "straat": self.kans.choice(STRATEN),
                "huisnummer": str(self.kans.randrange(1, 190)),
                "postcode": f"{cijfers} {self.kans.choice('ABCDEGHJKL')}{self.kans.choice('ABCDEGHJKL')}",
                "woonplaats": gemeente,
                "in_gemeente_sinds": geboren,
                "telefoon": "06 0000 0000" if leeftijd >= 12 else "",
            }
            | velden,
        )
        jongere.save()
        self._loopbanen.append((jongere, pad or gevonden))
        mens = Mens(jongere, profiel, uit)
        self.mensen.append(mens)
        return mens

    def bewaar(self) -> None:
        """Saves numbers, paths and parents of everybody made since the last time, a few statements for all."""
        nummers, inschrijvingen, diplomas, werk, ouders = [], [], [], [], []
        for jongere, pad in self._loopbanen:
            cijfers = next(self.nummers)
            nummers.append(
                Persoonsnummer(
                    regio_id=jongere.regio_id,
                    jongere=jongere,
                    soort=Persoonsnummer.Soort.BSN,
                    blinde_index=blinde_index("bsn", cijfers),
                    cijfertekst=versleutel(cijfers),
                    sleutelversie=SLEUTELVERSIE,
                )
            )
            inschrijvingen += [Inschrijving(jongere=jongere, bron=BRON, **velden) for velden in pad.inschrijvingen]
            diplomas += [Diploma(jongere=jongere, bron=BRON, **velden) for velden in pad.diplomas]
            werk += [Werk(jongere=jongere, bron=jongere.aanspreeknaam, **velden) for velden in pad.werk]
            if self.kans.random() < 0.8:
                ouders.append(
                    Verzorger(
                        jongere=jongere,
                        naam=_voorletter_en_naam(self.kans, jongere),
                        relatie=self.kans.choice(["moeder", "vader"]),
                        gezag=Verzorger.Gezag.JA,
                        thuis=self.kans.random() < 0.7,
                        telefoon="06 0000 0001",
                        van=jongere.geboren_vanaf,
                    )
                )
        Persoonsnummer.objects.bulk_create(nummers)
        Inschrijving.objects.bulk_create(inschrijvingen)
        Diploma.objects.bulk_create(diplomas)
        Werk.objects.bulk_create(werk)
        Verzorger.objects.bulk_create(ouders)
        self._loopbanen.clear()
