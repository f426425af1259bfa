"""Invented people for the measurements: as many as you like, everything about them follows from their number.

All of them are 5 to 26 years old and live in one region, which is the hardest case: nothing divides the work. Over its
gemeenten they lie unevenly. In shares (of everybody, unless it says otherwise):

- school: 3% pro, 3% vso, 10% vmbo-bb, 13% kb, 23% gl/tl, 25% havo, 23% vwo; then mbo or ho. About 2.9 enrolments each.
- of who is on vmbo, havo or vwo 20, 14, 9, 5 or 2% leaves early, by track; of pro and vso most leave without
  startkwalificatie. So about one in fourteen of those from 18 to 26 is out of school without one.
- of these half has work that counts and one in ten lost it lately; one in four had a werkproces, one in ten has one.
- of who must go to school 0.7% is freed from it and 0.3% is on no school.
- 2% of the pupils of vo and mbo is reported absent this schooljaar. Of who left early two in three is reported by the
  school.
- 0.8% departed, 0.03% died; of those one in twenty is still enrolled. 0.1% is enrolled twice.
- of who is 23 or older and out of school without startkwalificatie 60% is on the list of the Inlichtingenbureau.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection, models, transaction

from routekaart.basis.lading import laad
from routekaart.basis.models import Gemeente, Regio
from routekaart.dossiers.models import Werkproces
from routekaart.loopbaan.models import Diploma, Inlichting, Inschrijving, Instelling, Uitstroom, Vrijstelling, Werk
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.personen.models import Jongere

NU = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
VANDAAG = NU.date()
DAG = dt.timedelta(days=1)
PER_KEER = 50_000
SCHOLEN = 7000
KOLOMMEN: dict[type[models.Model], tuple[str, ...]] = {
    Jongere: (
        "id", "regio_id", "gemeente_id", "soort_werk", "achternaam", "voornamen", "zoeknaam", "geboortedatum",
        "geboren_vanaf", "geboren_tot", "in_nederland_sinds", "vertrokken_op", "overleden_op",
    ),
    Inschrijving: ("jongere_id", "instelling_id", "onderwijssoort", "niveau", "van", "tot", "bron"),
    Diploma: ("jongere_id", "soort", "niveau", "behaald_op", "bron"),
    Vrijstelling: ("jongere_id", "soort", "van", "tot", "bron"),
    Werk: ("jongere_id", "van", "tot", "uren", "bron"),
    Inlichting: ("jongere_id", "maand", "werk_uren", "uitkering", "bron"),
    Uitstroom: ("jongere_id", "instelling_id", "schooljaar", "bestemming", "bron"),
    Werkproces: (
        "regio_id", "gemeente_id", "soort_werk", "jongere_id", "soort", "schooljaar", "route", "route_versie",
        "gestart_op", "uitkomst", "afgesloten_op",
    ),
    Melding: (
        "id", "regio_id", "gemeente_id", "soort_werk", "jongere_id", "kanaal", "soort", "ontvangen_op", "termijn",
        "melder_soort", "instelling_id", "begindatum", "overig",
    ),
    Verzuimregel: ("melding_id", "datum", "hele_dag", "geoorloofd"),
}  # fmt: skip
# up to this share: what one does after the onderbouw, until which year after the birth, and the share that leaves early
SPOREN = (
    (0.03, "pro", 18, 0.05), (0.06, "vso", 18, 0.05), (0.16, "vmbo-bb", 16, 0.20), (0.29, "vmbo-kb", 16, 0.14),
    (0.52, "vmbo-tl", 16, 0.09), (0.77, "havo", 17, 0.05), (1.0, "vwo", 18, 0.02),
)  # fmt: skip
MBO = {"vmbo-bb": 2, "vmbo-kb": 3, "vmbo-tl": 4, "havo": 4}

type Loop = list[tuple[str, int, dt.date, dt.date]]  # onderwijssoort, niveau, first and last day


def kansen(i: int) -> Callable[[], float]:
    """Numbers from 0 to 1 that look random and are the same for the same person every time (splitmix64)."""
    stand = i * 0x9E3779B97F4A7C15

    def kans() -> float:
        nonlocal stand
        stand = (stand + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        h = ((stand ^ (stand >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        h = ((h ^ (h >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return (h ^ (h >> 31)) / 0x10000000000000000

    return kans


class Bevolking:
    """The rows of the people with these numbers, per table."""

    def __init__(self, regio: Regio, gemeenten: list[int], scholen: list[int]) -> None:
        self.regio_id, self.gemeenten, self.scholen = regio.pk, gemeenten, scholen
        self.rijen: defaultdict[type[models.Model], list[tuple[Any, ...]]] = defaultdict(list)
        self.meldingen = 0

    def schrijf(self) -> None:
        """Loads what was made into the database, and forgets it."""
        with transaction.atomic():
            for model, kolommen in KOLOMMEN.items():
                laad(model, kolommen, self.rijen[model], nu=NU)
        self.rijen.clear()

    def school(self, i: int, soort: str) -> int:
        """One and the same school for who is in one place and kind of education."""
        return self.scholen[(i // 40 * 7 + len(soort) * 1009 + ord(soort[0]) * 31) % len(self.scholen)]

    def maak(self, i: int) -> None:
        """Everything about one person."""
        kans = kansen(i)
        geboren = dt.date(1999, 12, 1) + dt.timedelta(days=i * 7919 % 7950)
        volwassen = geboren <= dt.date(2008, 11, 17)
        gemeente = self.gemeenten[int(len(self.gemeenten) * kans() ** 2)]
        vertrokken = VANDAAG - dt.timedelta(days=int(900 * kans())) if kans() < 0.008 else None
        overleden = VANDAAG - dt.timedelta(days=int(900 * kans())) if kans() < 0.0003 else None
        komst = geboren + dt.timedelta(days=int(1500 * kans())) if kans() < 0.05 else None
        wie = ("doorstroompunt" if volwassen else "leerplicht", gemeente)
        self.rijen[Jongere].append(
            (
                i, self.regio_id, gemeente, wie[0], f"Naam{i % 9973}", f"V{i % 991}", f"v naam{i}", geboren.isoformat(),
                geboren, geboren, komst, vertrokken, overleden,
            )
        )  # fmt: skip
        loop, diplomas, uitval = _levensloop(geboren, kans)
        weg = vertrokken or overleden
        if weg is not None and kans() > 0.05:
            loop = _tot_en_met(loop, weg)
        elif not volwassen and kans() < 0.01:
            uitval = self._niet_op_school(i, loop, kans)
            loop = _tot_en_met(loop, uitval) if uitval else loop
        self._school(i, loop, diplomas, kans)
        startkwalificatie = any(soort in {"havo", "vwo"} or niveau >= 2 for soort, niveau, _ in diplomas)
        op_school = bool(loop) and loop[-1][3] >= VANDAAG
        if op_school:
            self._verzuim(i, wie, loop[-1], kans)
        elif volwassen and not startkwalificatie and loop:
            self._zonder(i, wie, geboren, loop[-1][3], kans)
        if uitval is not None and uitval >= dt.date(2023, 8, 1) and kans() < 0.67:
            na = 1 + int(30 * kans())
            self._meld(i, wie, "vsv", min(uitval + na * DAG, VANDAAG), self.school(i, loop[-1][0]), None)

    def _niet_op_school(self, i: int, loop: Loop, kans: Callable[[], float]) -> dt.date | None:
        """Seven in ten of these are freed from going to school; the others left in the last year."""
        dag = VANDAAG - dt.timedelta(days=1 + int(365 * kans()))
        if kans() < 0.7:
            self.rijen[Vrijstelling].append((i, "vrijstelling", dag + DAG, None, "DUO"))
        return dag if loop[0][2] < dag else None

    def _school(self, i: int, loop: Loop, diplomas: list[tuple[str, int, dt.date]], kans: Callable[[], float]) -> None:
        for soort, niveau, van, tot in loop:
            school = self.school(i, soort)
            self.rijen[Inschrijving].append((i, school, soort, niveau, van, None if tot >= VANDAAG else tot, "DUO"))
            if soort in {"pro", "vso"} and tot == dt.date(2027, 7, 31):
                bestemming = "mbo" if kans() < 0.7 else ""
                self.rijen[Uitstroom].append((i, school, "2026-2027", bestemming, "school"))
        if loop and loop[-1][3] >= VANDAAG and kans() < 0.001:
            self.rijen[Inschrijving].append((i, self.scholen[i % 89], "vmbo-kb", 0, dt.date(2026, 8, 1), None, "DUO"))
        self.rijen[Diploma] += [(i, soort, niveau, op, "DUO") for soort, niveau, op in diplomas]

    def _verzuim(
        self, i: int, wie: tuple[str, int], nu: tuple[str, int, dt.date, dt.date], kans: Callable[[], float]
    ) -> None:
        if nu[0] in {"po", "ho"} or kans() > 0.02:
            return
        lang = kans() < 0.1
        for _ in range(1 if lang else 1 + int(3.1 * kans())):
            begin = VANDAAG - dt.timedelta(days=int(30 + 40 * kans()) if lang else int(3 + 75 * kans()))
            soort = "maand" if lang else "16-uur"
            self._meld(i, wie, soort, begin + 2 * DAG, self.school(i, nu[0]), begin)
            self.rijen[Verzuimregel] += [(self.meldingen, begin + n * DAG, True, False) for n in range(3)]

    def _meld(self, i: int, wie: tuple[str, int], soort: str, op: dt.date, school: int, begin: dt.date | None) -> None:
        self.meldingen += 1
        moment = dt.datetime.combine(op, dt.time(9), tzinfo=dt.UTC)
        alles = {"alle_lessen_gemist": soort == "maand"}
        self.rijen[Melding].append(
            (
                self.meldingen, self.regio_id, wie[1], wie[0], i, "A.I", soort, moment, op, "duo", school, begin, alles,
            )
        )  # fmt: skip

    def _zonder(self, i: int, wie: tuple[str, int], geboren: dt.date, uit: dt.date, kans: Callable[[], float]) -> None:
        """Of age, out of school and without startkwalificatie."""
        werk = kans()
        if werk < 0.6:
            begin = min(uit + dt.timedelta(days=int(400 * kans())), VANDAAG - 100 * DAG)
            tot = None if werk < 0.5 else VANDAAG - dt.timedelta(days=1 + int(90 * kans()))
            self.rijen[Werk].append((i, begin, tot, 16 + int(25 * kans()), "UWV"))
        behandeld = kans()
        if behandeld < 0.35:
            loopt = behandeld < 0.1
            gestart = VANDAAG - dt.timedelta(days=30 + int(60 * kans()) if loopt else 700 + int(400 * kans()))
            gesloten = None if loopt else gestart + dt.timedelta(days=100 + int(400 * kans()))
            gemeente = self.gemeenten[0] if kans() < 0.05 else wie[1]
            self.rijen[Werkproces].append(
                (
                    self.regio_id, gemeente, "doorstroompunt", i, "jib" if kans() < 0.1 else "vsv", "2025-2026",
                    "doorstroompunt", "1", gestart, "" if loopt else "reageert-niet", gesloten,
                )
            )  # fmt: skip
        if geboren <= dt.date(2003, 11, 17) and kans() < 0.63:
            for maand in ("2026-10", "2026-11") if kans() < 0.95 else ("2026-10",):
                self.rijen[Inlichting].append((i, maand, 0, None, "IB"))


def _levensloop(
    geboren: dt.date, kans: Callable[[], float]
) -> tuple[Loop, list[tuple[str, int, dt.date]], dt.date | None]:
    """The enrolments up to today, the diplomas, and the last day where one left early."""
    jaar = geboren.year + (geboren.month >= 10)
    deel = kans()
    _, spoor, einde, kans_op_uitval = next(een for een in SPOREN if deel < een[0])
    plan: list[tuple[str, int, int, int]] = [("po", 0, 4, 12)]
    if kans() < 0.25:
        plan = [("po", 0, 4, 8), ("po", 0, 8, 12)]
    plan += [(spoor, 0, 12, 18)] if einde == 18 and spoor != "vwo" else [
        ("vo-onderbouw", 0, 12, 14), (spoor, 0, 14, einde),
    ]  # fmt: skip
    plan += _vervolg(spoor, einde, kans)
    loop: Loop = [
        (soort, niveau, dt.date(jaar + van, 8, 1), dt.date(jaar + tot, 7, 31))
        for soort, niveau, van, tot in plan
        if dt.date(jaar + van, 8, 1) <= VANDAAG
    ]
    uitval = None
    if kans() < kans_op_uitval:
        uitval = dt.date(jaar + 16, 9, 1) + dt.timedelta(days=int(1400 * kans()))
        uitval = uitval if uitval < VANDAAG and uitval < loop[-1][3] else None
        loop = _tot_en_met(loop, uitval) if uitval else loop
    diplomas = []
    for soort, niveau, _, tot in loop:
        if (
            tot >= VANDAAG
            or tot == uitval
            or soort in {"po", "vo-onderbouw", "ho"}
            or (soort in {"pro", "vso"} and kans() < 0.4)
        ):
            continue
        naam = {"pro": "pro-getuigschrift", "vmbo-kb": "vmbo", "vmbo-tl": "vmbo"}.get(soort, soort)
        diplomas.append((naam, niveau, tot))
    return loop, diplomas, uitval


def _vervolg(spoor: str, einde: int, kans: Callable[[], float]) -> list[tuple[str, int, int, int]]:
    if spoor in {"pro", "vso"}:
        if kans() > 0.4:
            return []
        verder = [("mbo", 2, einde + 1, einde + 3)] if kans() < 0.5 else []
        return [("mbo", 1, einde, einde + 1), *verder]
    if spoor == "vwo" or (spoor == "havo" and kans() < 0.75):
        return [("ho", 0, einde, einde + 5)]
    niveau = MBO[spoor]
    return [("mbo", niveau, einde, einde + min(niveau, 3))]


def _tot_en_met(loop: Loop, dag: dt.date) -> Loop:
    """The enrolments as they are when the last one ends on this day."""
    return [(soort, niveau, van, min(tot, dag)) for soort, niveau, van, tot in loop if van <= dag]


def vul(aantal: int, regio: Regio) -> None:
    """So many persons with all that belongs to them. Memory for 50,000 of them at a time."""
    gemeenten = list(Gemeente.objects.filter(regio=regio).order_by("pk").values_list("pk", flat=True))
    scholen = _scholen(max(90, min(SCHOLEN, aantal // 500)))
    bevolking = Bevolking(regio, gemeenten, scholen)
    for begin in range(0, aantal, PER_KEER):
        for i in range(begin + 1, min(begin + PER_KEER, aantal) + 1):
            bevolking.maak(i)
        bevolking.schrijf()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _scholen(aantal: int) -> list[int]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rijen = [(f"{n % 90 + 10}{letters[n // 90 % 26]}{letters[n // 2340]}", f"School {n}") for n in range(aantal)]
    laad(Instelling, ("brin", "naam"), rijen, nu=NU)
    return list(Instelling.objects.order_by("pk").values_list("pk", flat=True))
