"""The many young persons who make a caseload real: spread over doelgroepen and over the steps of the route."""

from __future__ import annotations

import datetime as dt
import random

from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Kalender, Mens, Volkstelling
from routekaart.demo.stappen import Begeleide
from routekaart.meldingen.gegevens import Melder
from routekaart.personen.acties import VOLWASSEN
from routekaart.regels.leeftijd import wordt

# doelgroep, ages, per step how many werkprocessen stand there (step 14: closed, and done)
VERDELING: tuple[tuple[str, tuple[int, ...], dict[int, int]], ...] = (
    ("verzuim-18-plus", (18, 19, 20), {2: 2, 3: 1, 4: 3, 5: 1, 7: 2, 8: 1, 9: 1, 10: 3, 12: 1, 14: 12}),
    ("dreigend-vsv", (18, 19, 20, 21), {2: 2, 4: 3, 5: 1, 6: 1, 7: 2, 8: 2, 9: 1, 10: 3, 12: 1, 13: 1}),
    ("nieuwe-vsv", (18, 19, 20, 21), {2: 1, 4: 2, 5: 1, 7: 1, 8: 2, 9: 1, 10: 4, 12: 2, 14: 8}),
    ("oud-vsv", (20, 21, 22), {2: 1, 4: 2, 6: 1, 7: 1, 8: 1, 10: 3, 12: 1, 13: 1, 14: 6}),
    ("jikp", (18, 19, 20, 21), {3: 4, 4: 3}),
    ("werk", (20, 21, 22), {3: 3}),
)
# who is kept in view, without direct action
IN_BEELD = {"jikp", "werk"}


class Menigte:
    """Makes the crowd: first the people, then, when they are saved, what happened to them."""

    def __init__(self, gebied: Demogebied, telling: Volkstelling, vandaag: dt.date, kans: random.Random) -> None:
        self.gebied = gebied
        self.telling = telling
        self.vandaag = vandaag
        self.kans = kans
        self.coaches = [gebied.mensen["Noor Haverkamp"], gebied.mensen["Joris Kuipers"]]
        self._plannen: list[tuple[Mens, int]] = []

    def teken_in(self) -> None:
        """Makes the people of the distribution."""
        for profiel, leeftijden, stappen in VERDELING:
            for stap, aantal in stappen.items():
                for _ in range(aantal):
                    self._plannen.append((self.telling.maak(profiel, self.kans.choice(leeftijden)), stap))

    def laat_lopen(self) -> None:
        """Walks everybody to their step."""
        for volgnummer, (mens, stap) in enumerate(self._plannen):
            reis = Begeleide(mens.jongere, self.coaches[volgnummer % 2], self.gebied, self.vandaag, self.kans)
            self._loop(reis, mens, stap)

    def _loop(self, reis: Begeleide, mens: Mens, stap: int) -> None:
        begin = self._begin(mens, stap)
        verzuim = mens.profiel == "verzuim-18-plus"
        if verzuim:
            reis.meld(begin, self.kans.choice(["16-uur", "16-uur", "maand", "overig"]), uren=(5, 4, 5, 6))
        elif mens.profiel == "jikp":
            reis.meld(
                begin, "jikp", kanaal="C.I", melder=Melder(soort="onderzoek", naam="Controle van de lijst van DUO")
            )
        else:
            # reported before the last school day where the date falls so: a preventive report
            voornemen = mens.profiel == "dreigend-vsv"
            kanaal = self.kans.choice(["A.I", "A.II", "B.II", "C.I"])
            reis.meld(begin, "vsv", kanaal=kanaal, voorgenomen_uitschrijving=voornemen)
        reis.naar_stap(stap, begin=begin, directe_actie=mens.profiel not in IN_BEELD)
        reis.doe_nazorg()

    def _begin(self, mens: Mens, stap: int) -> int:
        """Days ago that the melding came in: the further on the route, the longer ago."""
        lengte = {2: 3, 3: 4, 4: 9, 5: 18, 6: 20, 7: 24, 8: 30, 9: 36, 10: 60, 12: 95, 13: 100, 14: 130}.get(stap, 14)
        if mens.uit is not None and mens.profiel != "dreigend-vsv":  # who was still at school was no vsv'er yet
            lengte = min(lengte, (self.vandaag - mens.uit).days - 1)
        if mens.profiel == "nieuwe-vsv":  # judged after the first of October, or they would have been dreigend
            lengte = min(lengte, (self.vandaag - Kalender(self.vandaag).laatste_teldatum).days - 1)
        volwassen = (self.vandaag - wordt(mens.jongere.geboren_vanaf, VOLWASSEN)).days
        return max(min(lengte, volwassen - 4), 2)
