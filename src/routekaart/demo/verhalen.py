"""The young persons with a name of their own: they fill the first screens the way a working day does."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from routekaart.delen.acties import Antwoord
from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Mens, Volkstelling
from routekaart.demo.namen import Naam, splits
from routekaart.demo.reis import moment, werkdag
from routekaart.demo.stappen import Begeleide
from routekaart.loopbaan.models import Hulp, Werk
from routekaart.meldingen.acties import ontvang_melding
from routekaart.meldingen.gegevens import Informatie, Melder, Opgave

Verhaal = Callable[[Begeleide], object]


@dataclass(frozen=True)
class Persoon:
    """One named young person: who, which profile, with whom, and what happened."""

    voornaam: str
    achternaam: str
    geslacht: str
    leeftijd: int
    gemeente: str
    profiel: str
    verhaal: Verhaal
    coach: str = "Noor Haverkamp"
    velden: dict[str, Any] = field(default_factory=dict)


def ruben(reis: Begeleide) -> None:
    """Letters and calls without answer; the home visit of last week still lacks its result."""
    reis.meld(29, "vsv", kanaal="A.I", voorgenomen_uitschrijving=True).vooraf(28).oordeel(27)
    reis.contact(26, kanaal="brief", resultaat="nvzb", verslag="Uitnodiging voor gesprek op kantoor")
    reis.contact(19, resultaat="geen-contact", verslag="Gebeld op zijn mobiel", uur=11)
    reis.contact(
        18, kanaal="app", resultaat="geen-contact", verslag="“Hoi Ruben, hoe gaat het?” Gelezen, geen antwoord.", uur=14
    )
    volgende = moment(werkdag(reis.vandaag - dt.timedelta(days=4)), 16)
    reis.contact(14, resultaat="geen-contact", verslag="Gebeld op zijn mobiel", uur=10, volgende=volgende)


def iris(reis: Begeleide) -> None:
    """On her way with a jobcoach; the partner's news is a day late."""
    reis.meld(120, "vsv", kanaal="C.I").naar_stap(10, begin=120).voortgang(29, volgende_over=28)


def yara(reis: Begeleide) -> None:
    """An intake that was skipped with a reason; one finding is still missing."""
    reis.meld(36, "vsv", voorgenomen_uitschrijving=True).vooraf(34).oordeel(32)
    Hulp.objects.create(
        jongere=reis.jongere,
        aanbieder="Stadsbank Veldermeer",
        waarvoor="Overzicht in geldzaken",
        bron="Yara",
        van=reis.vandaag - dt.timedelta(days=160),
        met_toestemming=True,
    )
    reis.sla_over(
        21, 4, "Yara had een driegesprek bij Werkplein Veldermeer waar ik bij zat. Een tweede intake helpt haar niet."
    )
    reis.intake(14, "Ik wil rust in mijn geld en dan iets met techniek.")
    reis.domeinen(
        14,
        {
            "werk-opleiding": 2,
            "financien": 1,
            "tijdsbesteding": 3,
            "vaardigheden": 3,
            "gezondheid": 4,
            "netwerk": 3,
            "gezin": 4,
            "huisvesting": 3,
            "motivatie": 3,
        },
    )
    reis.privacy(
        14,
        Antwoord("ROC De Waarden", "school en verzuim", gegeven=True),
        Antwoord("Stadsbank Veldermeer", "voortgang, geen bedragen", gegeven=True),
        Antwoord("Huisarts", "contact bij zorgen", gegeven=False),
    )
    reis.inzicht(13, behalve=1)
    reis.betrokkene("Wouter Blom", "schuldhulpverlener", "Stadsbank Veldermeer")
    reis.betrokkene("Karin Slot", "mentor", "ROC De Waarden")


def femke(reis: Begeleide) -> None:
    """A second home visit, today at half past three."""
    reis.meld(24, "vsv", kanaal="A.I").vooraf(23).oordeel(22).contact(20, kanaal="brief", resultaat="geen-contact")
    reis.contact(
        13, kanaal="huisbezoek", resultaat="niet-thuis", brief_achtergelaten=True, volgende=moment(reis.vandaag, 15, 30)
    )


def mohamed(reis: Begeleide) -> None:
    """Started at work this week: a call in the first week."""
    reis.meld(75, "vsv", kanaal="C.IV").naar_stap(9, begin=75)
    Werk.objects.create(
        jongere=reis.jongere,
        werkgever="Bouwbedrijf De Brink",
        functie="leerling-timmerman",
        uren=32,
        bron="Mohamed",
        van=reis.vandaag - dt.timedelta(days=2),
    )
    reis.start_werk(2)


def thijs(reis: Begeleide) -> None:
    """The intake is tomorrow, with the school and his uncle."""
    reis.meld(11, "vsv", voorgenomen_uitschrijving=True).vooraf(9).oordeel(8)
    reis.plan_intake(6, over=6 + max(1, reis.tot_werkdag()), wens="Thijs wil ook zijn oom erbij")


def lina(reis: Begeleide) -> None:
    """A plan is to be made; who holds the casusregie is discussed in two days."""
    reis.meld(45, "vsv", kanaal="C.I").naar_stap(8, begin=45)


def kevin(reis: Begeleide) -> None:
    """No answer to the letter; call or app at the end of the week."""
    reis.meld(15, "vsv", kanaal="A.I").vooraf(14).oordeel(13)
    vrijdag = reis.vandaag + dt.timedelta(days=max(1, 4 - reis.vandaag.weekday()))
    reis.contact(11, kanaal="brief", resultaat="geen-contact", volgende=moment(vrijdag, 10))


def sofie(reis: Begeleide) -> None:
    """Back at school for three months."""
    reis.meld(215, "vsv").naar_stap(11, begin=110 + 105).sluit(91, "nieuwe-inschrijving").koppel_terug(90).evalueer(88)
    reis.doe_nazorg()


def amir(reis: Begeleide) -> None:
    """At work for six months."""
    reis.meld(330, "vsv").naar_stap(11, begin=330).sluit(179, "werk", ("werk",)).koppel_terug(178).evalueer(170)
    reis.doe_nazorg()


def daan(reis: Begeleide) -> None:
    """In a vulnerable position, followed for half a year; a consent is about to expire."""
    reis.meld(200, "jikp", kanaal="C.II", melder=Melder(soort="onderzoek", naam="Uitstroomlijst praktijkonderwijs"))
    reis.vooraf(198).oordeel(195, directe_actie=False)


def sem(reis: Begeleide) -> None:
    """Two points are missing and it is the last day."""
    reis.meld(reis.termijn_over(0), "16-uur", uren=(6, 5, 5, 6), volledig=False)


def naomi(reis: Begeleide) -> None:
    """A complete report of DUO, two days to go."""
    reis.meld(reis.termijn_over(2), "vsv", kanaal="A.I")


def jayden(reis: Begeleide) -> None:
    """Reported himself: he wants to go back to school."""
    reis.meld(
        reis.termijn_over(4),
        "eigen-aanmelding",
        kanaal="A.III",
        melder=Melder(soort="jongere", naam="Jayden Molenaar", telefoon="06 0000 0000"),
        informatie=Informatie(
            reden="Ik wil weer naar school",
            partneracties="Nog niemand",
            reactie_jongere="Ik kan elke dag na twaalf uur",
            verwachte_inzet="Meedenken welke opleiding kan",
        ),
    )


def eline(reis: Begeleide) -> None:
    """Absence of 18 and over, not complete, three days to go."""
    reis.meld(reis.termijn_over(3), "16-uur", uren=(6, 6, 6), volledig=False, kanaal="A.I")


def youssef(reis: Begeleide) -> None:
    """Reported by the Werkplein: no work since August."""
    reis.meld(
        reis.termijn_over(2),
        "vsv",
        melder=Melder(
            soort="partner", naam="Ridouan Amrani", functie="consulent werk", organisatie="Werkplein Veldermeer"
        ),
    )


PERSONEN: tuple[Persoon, ...] = (
    Persoon("Ruben", "Tersteeg", "M", 18, "Oosterwaard", "dreigend-vsv", ruben),
    Persoon("Iris", "Vonk", "V", 20, "Veldermeer", "oud-vsv", iris),
    Persoon("Yara", "Dekkers", "V", 19, "Veldermeer", "dreigend-vsv", yara, velden={"geheimhouding": 7}),
    Persoon("Femke", "Ooms", "V", 18, "Brinkhoven", "nieuwe-vsv", femke),
    Persoon("Mohamed", "Arslan", "M", 21, "Veldermeer", "oud-vsv", mohamed),
    Persoon("Daan", "Lichtveld", "M", 22, "Sint-Aldert", "jikp", daan),
    Persoon("Sem", "van Rooij", "M", 18, "Veldermeer", "verzuim-18-plus", sem),
    Persoon("Naomi", "Plasman", "V", 19, "Oosterwaard", "dreigend-vsv", naomi),
    Persoon("Jayden", "Molenaar", "M", 20, "Brinkhoven", "nieuwe-vsv", jayden),
    Persoon("Thijs", "Brandsma", "M", 19, "Veldermeer", "dreigend-vsv", thijs),
    Persoon("Lina", "Hartog", "V", 22, "Veldermeer", "oud-vsv", lina),
    Persoon("Kevin", "Poelstra", "M", 20, "Oosterwaard", "nieuwe-vsv", kevin),
    Persoon("Sofie", "Klaver", "V", 20, "Veldermeer", "oud-vsv", sofie),
    Persoon("Amir", "Rahimi", "M", 22, "Veldermeer", "oud-vsv", amir),
    Persoon("Eline", "de Groot", "V", 18, "Veldermeer", "verzuim-18-plus", eline, coach="Joris Kuipers"),
    Persoon("Youssef", "Tahiri", "M", 21, "Veldermeer", "oud-vsv", youssef, coach="Joris Kuipers"),
)


class Verhalen:
    """Makes the named young persons, and then lets their stories happen."""

    def __init__(self, gebied: Demogebied, telling: Volkstelling, vandaag: dt.date, kans: random.Random) -> None:
        self.gebied = gebied
        self.telling = telling
        self.vandaag = vandaag
        self.kans = kans
        self._wie: list[tuple[Persoon, Mens]] = []

    def teken_in(self) -> None:
        for persoon in PERSONEN:
            voorvoegsel, achternaam = splits(persoon.achternaam)
            naam = Naam(persoon.voornaam, voorvoegsel, achternaam, persoon.geslacht)
            mens = self.telling.maak(
                persoon.profiel, persoon.leeftijd, naam=naam, gemeente=persoon.gemeente, **persoon.velden
            )
            self._wie.append((persoon, mens))

    def laat_lopen(self) -> None:
        for persoon, mens in self._wie:
            coach = self.gebied.mensen[persoon.coach]
            persoon.verhaal(Begeleide(mens.jongere, coach, self.gebied, self.vandaag, self.kans))
        self._onbekenden()

    def _onbekenden(self) -> None:
        """Two reports of which we do not know yet about whom they are: one may be Sem under another spelling."""
        administratie = self.gebied.mensen["Bram Oosting"]
        sem = next(mens.jongere for persoon, mens in self._wie if persoon.voornaam == "Sem")
        reis = Begeleide(sem, administratie, self.gebied, self.vandaag, self.kans)
        for opgave, kanaal, melder in (
            (
                Opgave(
                    voornamen="Sem",
                    voorvoegsel="van",
                    achternaam="Rooy",
                    geboortedatum=sem.geboortedatum,
                    adres=sem.adres,
                ),
                "A.II",
                Melder(
                    soort="school",
                    naam="Karin Slot",
                    functie="mentor",
                    instelling=self.gebied.scholen["ROC De Waarden"],
                ),
            ),
            (
                Opgave(voornamen="Mees", achternaam="Hollander", geboortedatum="2007-02-11", adres="Kerkstraat 8"),
                "B.II",
                Melder(
                    soort="partner",
                    naam="Marleen Vos",
                    functie="wijkteammedewerker",
                    organisatie="Wijkteam Oosterwaard",
                ),
            ),
        ):
            ontvang_melding(
                kanaal=kanaal,
                soort="vsv",
                melder=melder,
                opgave=opgave,
                gemeente=self.gebied.gemeenten["Oosterwaard"],
                informatie=Informatie(reden="Komt niet meer", partneracties="Gebeld", reactie_jongere="Onbekend"),
                toegang=reis.toegang,
                nu=reis.op(reis.termijn_over(4)),
            )
