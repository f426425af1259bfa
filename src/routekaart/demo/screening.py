"""A season of the screening: who left vo, pro and vso last summer, how they were asked, and what became of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Loopbaan, Mens, Volkstelling
from routekaart.demo.reis import moment
from routekaart.loopbaan.models import Uitstroom
from routekaart.personen.models import Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import Soort, seizoen
from routekaart.signalen.acties_enquete import schrijf_enquetes
from routekaart.signalen.acties_screening import (
    leg_lijstvraag_vast,
    leg_vast,
    maak_melding,
    wijs_toe,
)
from routekaart.signalen.acties_vertrek import tel_screening
from routekaart.signalen.models import Vertrekker
from routekaart.signalen.schoolvraag import ONBEKEND, OPLEIDING, Antwoord, beantwoord, gevraagd
from routekaart.toegang.bereik import Toegang, toegang_van
from routekaart.toegang.models import SoortWerk

DAG = dt.timedelta(days=1)
BRINK, SLUIS = "Praktijkschool De Brink", "De Sluis, school voor vso"
VAK, LYCEUM = "Vakcollege Brinkhoven", "Lyceum Veldermeer"
ROC, TRAJECTBUREAU = "ROC De Waarden", "Trajectbureau ROC De Waarden"


@dataclass(frozen=True)
class Vertrek:
    """Somebody who leaves. `lijst`: the destination on the list of the school, None where she is not on it.

    `verder`: where she is now. `stappen`: (day of the screening, what, answer, with whom); a negative day counts back
    from today, `o` before it from 1 October. `geheim`: her address is, so that no letter can go.
    """

    school: str
    onderwijs: str
    leeftijd: int
    lijst: str | None
    verder: str = ""
    stappen: tuple[tuple[str, str, str, str], ...] = ()
    keer: int = 1
    geheim: bool = False


ENQUETE = ("6", "enquete", "", "")
GEEN_GEHOOR = tuple((dag, "telefoon", "geen", "") for dag in ("24", "26", "31"))
VERTREKKERS = (
    Vertrek(BRINK, "pro", 18, "ROC De Waarden, entree", "mbo", keer=3),
    Vertrek(BRINK, "pro", 18, "ROC De Waarden"),
    Vertrek(BRINK, "pro", 19, "werk", "werk"),
    Vertrek(BRINK, "pro", 18, "werk"),
    Vertrek(BRINK, "pro", 18, "", stappen=(ENQUETE, ("14", "antwoord", "aangemeld", ROC))),
    Vertrek(BRINK, "pro", 18, "onbekend", stappen=(ENQUETE, *GEEN_GEHOOR)),
    Vertrek(
        BRINK, "pro", 18, "",
        stappen=(
            ENQUETE, ("13", "antwoord", "anders", ""), ("o7", "aanmelding", "", TRAJECTBUREAU),
            ("o14", "uitslag", "plek", ""), ("o25", "plaatsing", "", ROC),
        ),
    ),
    Vertrek(SLUIS, "vso", 18, "dagbesteding", keer=2),
    Vertrek(SLUIS, "vso", 17, "ROC De Waarden", "mbo", keer=2),
    Vertrek(SLUIS, "vso", 18, "nog niet bekend"),
    Vertrek(
        SLUIS, "vso", 18, "",
        stappen=(ENQUETE, *GEEN_GEHOOR, ("75", "huisbezoek", "werk", "Distributiecentrum De Haven")),
    ),
    Vertrek(VAK, "vmbo-kb", 17, None, "mbo", keer=8),
    Vertrek(VAK, "vmbo-kb", 17, None, "laat", stappen=(("20", "telefoon", "anders", ""),)),
    Vertrek(VAK, "vmbo-kb", 17, None, stappen=(("-5", "enquete", "", ""),)),
    Vertrek(VAK, "vmbo-kb", 18, None, stappen=(("-5", "enquete", "", ""),), geheim=True),
    Vertrek(VAK, "vmbo-kb", 18, None, stappen=(ENQUETE, ("24", "telefoon", "geen", ""))),
    Vertrek(VAK, "vmbo-kb", 17, None, stappen=(ENQUETE, ("20", "telefoon", "anders", ""), ("-1", "melding", "", ""))),
    Vertrek(LYCEUM, "havo", 18, "hbo", "havo", keer=4),
    Vertrek(
        LYCEUM, "havo", 18, "",
        stappen=(ENQUETE, ("9", "antwoord", "anders", ""), ("-12", "aanmelding", "", TRAJECTBUREAU)),
    ),
)  # fmt: skip


class Screening:
    """Makes the leavers, their lists, and what was done since; every day of it lies before today."""

    def __init__(self, gebied: Demogebied, telling: Volkstelling, vandaag: dt.date) -> None:
        self.gebied, self.telling, self.vandaag = gebied, telling, vandaag
        self.jaar: Schooljaar = seizoen(vandaag)
        # the lists come in halfway June, or so long ago that something has been done by today
        self.begin = min(dt.date(self.jaar.beginjaar + 1, 6, 12), vandaag - 40 * DAG)
        self.uit = self.jaar.einde
        self._mensen: list[tuple[Mens, Vertrek]] = []

    def teken_in(self) -> None:
        """The people with their path."""
        for wie in VERTREKKERS:
            for _ in range(wie.keer):
                self._mensen.append((self.telling.maak("leerling", wie.leeftijd, pad=self._pad(wie)), wie))

    def _pad(self, wie: Vertrek) -> Loopbaan:
        school = self.gebied.scholen[wie.school]
        van = dt.date(self.jaar.beginjaar - 4, 8, 1)
        pad = Loopbaan(
            inschrijvingen=[
                {"instelling": school, "onderwijssoort": wie.onderwijs, "niveau": 0, "van": van, "tot": self.uit}
            ]
        )
        klaar = dt.date(self.jaar.beginjaar + 1, 6, 20)
        if wie.verder == "havo" and klaar <= self.vandaag:
            pad.diplomas.append({"soort": "havo", "niveau": 0, "behaald_op": klaar, "instelling": school})
        if wie.onderwijs == "vmbo-kb" and klaar <= self.vandaag:
            pad.diplomas.append({"soort": "vmbo", "niveau": 0, "behaald_op": klaar, "instelling": school})
        if wie.verder in {"mbo", "laat"}:
            start = self.uit + 20 * DAG if wie.verder == "mbo" else self.jaar.volgende.teldatum + 20 * DAG
            pad.inschrijvingen.append(
                {"instelling": self.gebied.scholen[ROC], "onderwijssoort": "mbo", "niveau": 2, "van": start}
            )
        if wie.verder == "werk":
            pad.werk.append({"werkgever": "Bakkerij De Zon", "functie": "inpakker", "uren": 32, "van": self.uit + DAG})
        return pad

    def laat_lopen(self) -> None:
        """The lists come in, and everybody is asked as far as that was done by today."""
        self._lijsten()
        geheim = [mens.jongere.pk for mens, wie in self._mensen if wie.geheim]
        Jongere.objects.alles(reden="demo").filter(pk__in=geheim).update(geheimhouding=7)
        regio_id = self.gebied.regio.pk
        tel_screening(regio_id, nu=moment(self.vandaag, 5))
        for mens, wie in self._mensen:
            for stap in sorted(wie.stappen, key=lambda stap: self._dag(stap[0])):
                self._doe(mens, *stap)
        self._vraag_lijst()
        self._antwoord_in_portaal()
        noor = self.gebied.mensen["Noor Haverkamp"]
        eigen = [self._rij(mens) for mens, wie in self._mensen if wie.school == BRINK and wie.stappen]
        wijs_toe(
            [een for een in eigen if een is not None],
            aan=noor,
            toegang=self._toegang("Noor Haverkamp"),
            nu=moment(self.vandaag, 8),
        )
        tel_screening(regio_id, nu=moment(self.vandaag, 9))

    def _dag(self, wanneer: str) -> dt.date:
        if wanneer.startswith("o"):
            return self.jaar.volgende.teldatum + int(wanneer[1:]) * DAG
        dagen = int(wanneer)
        return self.vandaag + dagen * DAG if dagen < 0 else self.begin + dagen * DAG

    def _lijsten(self) -> None:
        """The schools that sent their list. It came on the first day."""
        rijen = [
            Uitstroom(
                jongere=mens.jongere, instelling=self.gebied.scholen[wie.school], schooljaar=str(self.jaar),
                bestemming=wie.lijst, getuigschrift=wie.onderwijs == "pro" or None, bron="school",
            )
            for mens, wie in self._mensen
            if wie.lijst is not None
        ]  # fmt: skip
        gemaakt = Uitstroom.objects.bulk_create(rijen)
        eigen = Uitstroom.objects.alles(reden="demo").filter(pk__in=[rij.pk for rij in gemaakt])
        eigen.update(created=moment(self.begin, 9))

    def _rij(self, mens: Mens) -> Vertrekker | None:
        rijen = Vertrekker.objects.alles(reden="demo").filter(jongere=mens.jongere, schooljaar=str(self.jaar))
        een: Vertrekker | None = rijen.first()
        return een

    def _toegang(self, naam: str) -> Toegang:
        return toegang_van(self.gebied.mensen[naam], op=self.vandaag)

    def _doe(self, mens: Mens, wanneer: str, wat: str, antwoord: str, bij: str) -> None:
        op, rij = self._dag(wanneer), self._rij(mens)
        if rij is None or not self.jaar.begin <= op <= self.vandaag:
            return
        nu: dict[str, Any] = {"nu": moment(op, 10)}
        bellers = {SoortWerk.LEERPLICHT.value: "Samira Benali", SoortWerk.DOORSTROOMPUNT.value: "Noor Haverkamp"}
        collega = self._toegang(bellers[mens.jongere.soort_werk])
        if wat == "enquete":
            schrijf_enquetes([rij], toegang=self._toegang("Bram Oosting"), **nu)
        elif wat == "melding":
            maak_melding(rij, toelichting="Wil een leerwerkplek en zoekt hulp.", toegang=collega, **nu)
        else:
            leg_vast(rij, Soort(wat), op=op, antwoord=antwoord, bij=bij, toegang=collega, **nu)

    def _vraag_lijst(self) -> None:
        """One school was asked twice."""
        for dagen, met in ((8, "Rob de Wit, verzuimcoördinator"), (25, "Rob de Wit, verzuimcoördinator")):
            leg_lijstvraag_vast(
                self.gebied.scholen[VAK],
                schooljaar=self.jaar,
                soort="gevraagd",
                op=self.begin + dagen * DAG,
                met=met,
                toegang=self._toegang("Bram Oosting"),
                nu=moment(self.vandaag, 8),
            )

    def _antwoord_in_portaal(self) -> None:
        """The school that sent no list answers in the portal about two of its pupils; the others wait."""
        rijen = gevraagd(self.gebied.regio.pk, [self.gebied.scholen[VAK]], self.jaar)
        antwoorden = (Antwoord(OPLEIDING, ROC, True), Antwoord(ONBEKEND, "Reageert niet op de mentor", True))
        for rij, antwoord in zip(rijen.order_by("pk")[:2], antwoorden, strict=False):
            zegt = replace(antwoord, contact="Rob de Wit")
            beantwoord(rij, zegt, toegang=self._toegang("Rob de Wit"), nu=moment(self.vandaag, 8))
