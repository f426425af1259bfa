"""Steps 4 to 13 of the journey of one young person, each by the act of the product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Self

from django.utils import timezone

from routekaart.begeleiding.acties.afsluiten import sluit_af
from routekaart.begeleiding.acties.evaluatie import NieuwVerbeterpunt, leg_evaluatie_vast
from routekaart.begeleiding.acties.handelen import leg_voortgang_vast, start_uitvoering
from routekaart.begeleiding.acties.intake import houd_intake, plan_intake
from routekaart.begeleiding.acties.inzicht import leg_inzicht_vast, punten
from routekaart.begeleiding.acties.leefdomeinen import leg_big5_vast, leg_leefdomein_vast
from routekaart.begeleiding.acties.nazorg import Bevinding, geplande_nazorg, leg_nazorgmoment_vast
from routekaart.begeleiding.acties.plan import NieuwDoel, NieuweAfspraak, Regiekeuze, maak_plan, rond_afspraak_af
from routekaart.begeleiding.acties.privacy import houd_privacygesprek
from routekaart.begeleiding.models import Afspraak, Intake
from routekaart.delen.acties import Antwoord
from routekaart.demo.reis import Reis, moment, werkdag
from routekaart.inhoud.codelijsten import codelijst
from routekaart.samenwerking.acties import bereid_voor, koppel_terug

INZICHT = {
    "redenen": "Verkeerde studiekeuze en geldzorgen",
    "wat-nodig": "Eerst rust in geldzaken, dan een opleiding die past",
    "eerdere-acties": "Twee gesprekken met de loopbaanbegeleider; het verzuim daalde niet",
    "hulpverlening": "Wijkteam hielp met de brieven; dat gaf rust",
}
# how far along the route each step is done, in parts of the whole
DEEL = ((2, 4), (3, 7), (4, 10), (5, 18), (6, 18), (7, 24), (8, 32), (9, 40), (10, 60), (11, 95), (12, 97), (13, 100))
BIG5 = ("support", "wonen", "school-werk", "inkomen", "welzijn")


class Begeleide(Reis):
    """A journey that goes on after the oordeel."""

    def plan_intake(
        self, geleden: int, *, over: int = 3, plaats: str = "Kantoor, kamer 2", uur: int = 10, wens: str = ""
    ) -> Self:
        """Step 4: the talk is planned so many days after it was arranged."""
        nu = self.op(geleden)
        dag = werkdag(timezone.localdate(nu) + dt.timedelta(days=over))
        plan_intake(
            self.werkproces,
            moment=max(moment(dag, uur), nu + dt.timedelta(hours=1)),
            plaats=plaats,
            school_erbij=True,
            wens_gevraagd=True,
            wens=wens or "Liever zonder ouders",
            toegang=self.toegang,
            nu=nu,
        )
        return self

    def intake(self, geleden: int, vraag: str = "") -> Self:
        """Step 5, the talk: what the young person asks, in their own words."""
        nu = self.op(geleden)
        naam = self.jongere.aanspreeknaam
        gepland = Intake.objects.alles(reden="demo").filter(werkproces=self.werkproces).first()
        houd_intake(
            self.werkproces,
            versie=gepland.versie if gepland else 0,
            gehouden_op=timezone.localdate(nu),
            deelnemers=f"{naam} en {self.coach.naam}",
            ondersteuningsvraag=vraag or "Ik wil wel weer iets gaan doen, maar niet wat ik deed.",
            onderliggende_vraag="Wat past bij mij, en wie helpt me met de brieven?",
            wens_gevraagd=True,
            antwoorden={"behoefte": "Liever werken en leren tegelijk", "werk-nu": "Soms een paar uur in het weekend"},
            toegang=self.toegang,
            nu=nu,
        )
        return self

    def domeinen(self, geleden: int, standen: dict[str, int]) -> Self:
        """Step 5, the picture per life domain."""
        nu = self.op(geleden)
        for volgnummer, (domein, stand) in enumerate(standen.items(), start=1):
            leg_leefdomein_vast(
                self.werkproces,
                domein=domein,
                stand=stand,
                op=timezone.localdate(nu),
                besproken=volgnummer == len(standen),
                toegang=self.toegang,
                nu=self.op(geleden),
            )
        return self

    def privacy(self, geleden: int, *antwoorden: Antwoord) -> Self:
        """Step 6: the talk about privacy, with a yes or no per receiver."""
        nu = self.op(geleden)
        houd_privacygesprek(
            self.werkproces,
            op=timezone.localdate(nu),
            besproken="Eerst bellen, dan pas iets delen.",
            antwoorden=antwoorden or (Antwoord("ROC De Waarden", "school en verzuim", gegeven=True),),
            toegang=self.toegang,
            nu=nu,
        )
        return self

    def inzicht(self, geleden: int, *, behalve: int = 0) -> Self:
        """Step 7: the findings, all but the last `behalve`."""
        nodig = punten(self.werkproces)
        for punt in nodig[: len(nodig) - behalve]:
            nu = self.op(geleden)
            leg_inzicht_vast(
                self.werkproces,
                punt=punt.code,
                tekst=INZICHT.get(punt.code, "De lessen sloten niet aan bij het niveau"),
                bron=f"Gesprek met {self.jongere.aanspreeknaam}",
                op=timezone.localdate(nu),
                redencode=self.kans.choice(["studiekeuze", "persoonlijk", "financien"])
                if punt.code == "redenen"
                else "",
                toegang=self.toegang,
                nu=nu,
            )
        return self

    def plan(self, geleden: int, *, regie: bool = True) -> Self:
        """Step 8: the plan, with who holds the casusregie."""
        nu = self.op(geleden)
        dag = timezone.localdate(nu)
        delen = list(codelijst("onderdelen-plan").waarden)
        maak_plan(
            self.werkproces,
            op=dag,
            deelnemers=f"{self.jongere.aanspreeknaam}, {self.coach.naam} en Hanneke Prins",
            akkoord=True,
            domeinen=["onderwijs", "arbeid"],
            onderdelen={delen[0].code: "Een beroepskeuzetest bij school", delen[2].code: "Elke twee weken bellen"},
            doelen=[
                NieuwDoel(
                    "Elke week drie dagen naar de werkplaats",
                    leefdomein="werk-opleiding",
                    gereed_voor=dag + dt.timedelta(days=60),
                ),
                NieuwDoel(
                    "Vast bedrag per week, geen nieuwe schuld",
                    leefdomein="financien",
                    gereed_voor=dag + dt.timedelta(days=90),
                ),
            ],
            afspraken=[
                NieuweAfspraak("Twee open dagen kiezen", self.jongere.aanspreeknaam, dag + dt.timedelta(days=21)),
                NieuweAfspraak(
                    "Bellen met school over de instroom", self.coach.naam, dag + dt.timedelta(days=14), van_ons=True
                ),
            ],
            regie=Regiekeuze("Wouter Blom", "Stadsbank Veldermeer", gevraagd=True, keuze="Hij kent mijn situatie")
            if regie
            else None,
            toegang=self.toegang,
            nu=nu,
        )
        return self

    def uitvoering(self, geleden: int) -> Self:
        """Step 9: the path starts."""
        nu = self.op(geleden)
        start_uitvoering(
            self.werkproces,
            domein=self.kans.choice(["onderwijs", "arbeid"]),
            wat=self.kans.choice(
                ["Leerbaan in de techniek", "Oriëntatie op een nieuwe opleiding", "Werk met een jobcoach"]
            ),
            aanbieder="Werkplein Veldermeer",
            start_op=timezone.localdate(nu),
            toegang=self.toegang,
            nu=nu,
        )
        self._rond_eigen_afspraken_af(nu)
        if geleden <= 4:
            return self
        return self.contact(geleden - 4, "jongere", "app", verslag="De eerste week ging goed.")

    def _rond_eigen_afspraken_af(self, nu: dt.datetime) -> None:
        """What we would do ourselves before the start, is done."""
        rijen = Afspraak.objects.alles(reden="demo").filter(plan__werkproces=self.werkproces, gedaan_op__isnull=True)
        for afspraak in rijen:
            rond_afspraak_af(afspraak, op=timezone.localdate(nu), toegang=self.toegang, nu=nu)

    def start_werk(self, geleden: int) -> Self:
        """Step 9 with work as the path; the call of the first week is still to be made."""
        nu = self.op(geleden)
        start_uitvoering(
            self.werkproces,
            domein="arbeid",
            wat="Werk met een opleiding ernaast",
            aanbieder="Werkplein Veldermeer",
            start_op=timezone.localdate(nu),
            toegang=self.toegang,
            nu=nu,
        )
        return self

    def voortgang(self, geleden: int, *, volgende_over: int = 28) -> Self:
        """Step 10: how it goes, with the next moment."""
        nu = self.op(geleden)
        dag = timezone.localdate(nu)
        leg_voortgang_vast(
            self.werkproces,
            op=dag,
            stand="loopt",
            tekst="Het gaat goed. Komt elke dag.",
            regie_opgepakt=True,
            volgende_op=dag + dt.timedelta(days=volgende_over),
            toegang=self.toegang,
            nu=nu,
        )
        return self

    def sluit(
        self, geleden: int, uitkomst: str, domeinen: tuple[str, ...] = ("onderwijs",), *, afweging: str = ""
    ) -> Self:
        """Step 11: closing with an uitkomst; aftercare starts by itself."""
        nu = self.op(geleden)
        leg_big5_vast(
            self.werkproces,
            standen=dict.fromkeys(BIG5, ("ja", "")),
            op=timezone.localdate(nu),
            toegang=self.toegang,
            nu=self.op(geleden),
        )
        sluit_af(
            self.werkproces,
            uitkomst=uitkomst,
            afgesloten_op=timezone.localdate(nu),
            afsluiting="Begonnen met een opleiding die past, en het gaat goed.",
            resultaatdomeinen=domeinen,
            afweging=afweging,
            toegang=self.toegang,
            nu=self.op(geleden),
        )
        return self

    def nazorg(self, geleden: int) -> Self:
        """A moment of aftercare that was held."""
        nu = self.op(geleden)
        bevinding = Bevinding(
            timezone.localdate(nu), op_school=True, aan_werk=False, tekst="Het gaat goed. Weet ons te vinden."
        )
        eerste = geplande_nazorg(self.werkproces)[0]
        leg_nazorgmoment_vast(self.werkproces, bevinding, moment=eerste, toegang=self.toegang, nu=nu)
        return self

    def koppel_terug(self, geleden: int) -> Self:
        """Step 12: the school hears how it ended, and no more than that."""
        voorstel = bereid_voor(self.werkproces, self.gemeld)
        soort = voorstel.soort_ontvanger
        koppel_terug(
            self.werkproces,
            melding=self.gemeld,
            ontvanger=voorstel.ontvanger or self.jongere.naam,
            soort=soort,
            kanaal="telefoon",
            tekst=voorstel.tekst,
            toegang=self.toegang,
            nu=self.op(geleden),
        )
        return self

    def evalueer(self, geleden: int) -> Self:
        """Step 13: the look back, with a lesson that names nobody."""
        nu = self.op(geleden)
        leg_evaluatie_vast(
            self.werkproces,
            op=timezone.localdate(nu),
            deelnemers="Mentor en jobcoach",
            antwoorden={"opgelost": "Ja, er is een passende plek.", "goed": "School belde al voor de uitschrijving."},
            verbeterpunten=[
                NieuwVerbeterpunt("Samenwerking met school", "Eerder samen om tafel bij twijfel over de studie")
            ],
            toegang=self.toegang,
            nu=nu,
        )
        return self

    def naar_stap(self, stap: int, *, begin: int, directe_actie: bool = True) -> Self:
        """Walks the route until `stap` is the one that is now; the melding came in `begin` days ago. 14: all done."""
        tot = next((deel for nummer, deel in reversed(DEEL) if nummer < stap), 1)
        recent = self.kans.randrange(20, 60) if stap > 13 else self.kans.randrange(1, 4)
        recent = min(recent, begin - 1)

        def dag(deel: int) -> int:
            return max(round(begin - (begin - recent) * deel / tot), 0)

        verzuim = self.werkproces.soort == "verzuim-18-plus"
        wandeling: tuple[tuple[int, Callable[[], object]], ...] = (
            (2, lambda: self.vooraf(dag(4))),
            (3, lambda: self.oordeel(dag(7), directe_actie=directe_actie)),
            (4, lambda: self.plan_intake(dag(10))),
            (5, lambda: self.intake(dag(18)).domeinen(dag(18), self._standen())),
            (6, lambda: self.privacy(dag(18))),
            (7, lambda: self.inzicht(dag(24))),
            (8, lambda: self.plan(dag(32))),
            (9, lambda: self.uitvoering(dag(40))),
            (10, lambda: self.voortgang(dag(60))),
            (
                11,
                lambda: self.sluit(
                    dag(95), "gesprek-afspraken" if verzuim else self.kans.choice(["nieuwe-inschrijving", "werk"])
                ),
            ),
            (12, lambda: self.koppel_terug(dag(97))),
            (13, lambda: self.evalueer(dag(100))),
        )
        for nummer, doe in wandeling:
            if nummer >= stap:
                break
            doe()
        return self

    def doe_nazorg(self) -> Self:
        """Holds every moment of aftercare that lies more than two days back."""
        for volgende in geplande_nazorg(self.werkproces):
            geleden = (self.vandaag - volgende.gepland_op).days
            if geleden >= 2:
                self.nazorg(geleden)
        return self

    def _standen(self) -> dict[str, int]:
        domeinen = [
            "werk-opleiding",
            "financien",
            "tijdsbesteding",
            "vaardigheden",
            "gezondheid",
            "netwerk",
            "gezin",
            "huisvesting",
        ]
        gekozen = self.kans.sample(domeinen, self.kans.randrange(4, 8))
        return {domein: self.kans.choice([1, 2, 2, 3, 3, 4]) for domein in domeinen if domein in gekozen}
