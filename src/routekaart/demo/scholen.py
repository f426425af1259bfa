"""How schools report, over four schooljaren: one that is in time, one that is late, and one that misses reports."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from django.utils import timezone

from routekaart.basis.nummers import volgend_nummer
from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Loopbaan, Mens, Volkstelling
from routekaart.demo.reis import moment
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.werkdagen import TERMIJNENWET, tel_op
from routekaart.signalen.acties_volledigheid import leg_gesprek_vast, tel_meldgedrag
from routekaart.toegang.bereik import toegang_van
from routekaart.toegang.models import SoortWerk

DAG = dt.timedelta(days=1)
JAREN = 4


@dataclass(frozen=True)
class Schooltype:
    """One school: how many working days its meldingen take, and how many per schooljaar it does not make.

    `wacht` and `mist` begin with the oldest schooljaar.
    """

    school: str
    onderwijs: str
    leeftijd: int
    wacht: tuple[tuple[int, ...], ...]
    mist: tuple[int, ...]


TYPEN = (
    Schooltype("ROC De Waarden", "mbo", 19, ((9, 6, 4, 8), (5, 7, 3, 2), (2, 4, 3, 6, 1), (1, 3, 2)), (2, 1, 1, 0)),
    Schooltype(
        "ROC De Waarden, locatie Haven", "mbo", 19, ((4, 3, 6), (7, 5, 9), (8, 12, 4, 6), (11, 6)), (1, 2, 4, 3)
    ),
    Schooltype(
        "Vakcollege Brinkhoven", "vmbo-kb", 15, ((6, 9, 12), (14, 9, 18), (21, 15, 12, 26), (24, 17, 13)), (0, 1, 0, 0)
    ),
    Schooltype("Lyceum Veldermeer", "havo", 16, ((2, 3), (1, 4), (3, 2, 2), (2, 1)), (0, 0, 0, 0)),
)


class Scholen:
    """Makes the pupils of these schools, first the people and then what was reported about them."""

    def __init__(self, gebied: Demogebied, telling: Volkstelling, vandaag: dt.date, kans: random.Random) -> None:
        self.gebied = gebied
        self.telling = telling
        self.vandaag = vandaag
        self.kans = kans
        self._verzuim: list[tuple[Mens, Schooltype, dt.date, int]] = []

    def teken_in(self) -> None:
        """The people: who was absent and is enrolled, and who left and was not reported."""
        dit = Schooljaar.van(self.vandaag)
        for soort in TYPEN:
            for terug in range(JAREN):
                jaar = Schooljaar(dit.beginjaar - terug)
                plaats = JAREN - 1 - terug
                for nummer, wacht in enumerate(soort.wacht[plaats]):
                    dag = self._dag(jaar, nummer, na=45)
                    if dag is not None:
                        self._verzuim.append((self._leerling(soort), soort, dag, wacht))
                for nummer in range(soort.mist[plaats]):
                    dag = self._dag(jaar, nummer, na=25)
                    if dag is not None:
                        self._weg(soort, dag, oud=terug > 0)

    def _dag(self, jaar: Schooljaar, nummer: int, *, na: int) -> dt.date | None:
        """A working day of the schooljaar outside the summer, at least `na` days ago; None where there is none yet."""
        eerste = jaar.begin + dt.timedelta(days=35)
        laatste = min(dt.date(jaar.beginjaar + 1, 5, 20), self.vandaag - dt.timedelta(days=na))
        if laatste < eerste:
            return None
        dag = eerste + dt.timedelta(days=(nummer * 37 + 5) % ((laatste - eerste).days + 1))
        return dag if TERMIJNENWET.is_werkdag(dag) else tel_op(dag, 1)

    def _leerling(self, soort: Schooltype) -> Mens:
        return self.telling.maak("leerling", soort.leeftijd, pad=Loopbaan(inschrijvingen=[self._op(soort, None)]))

    def _weg(self, soort: Schooltype, dag: dt.date, *, oud: bool) -> None:
        """Left without a next school; who left long ago came back and holds a diploma by now."""
        pad = Loopbaan(inschrijvingen=[self._op(soort, dag)])
        if oud:
            behaald = min(dag + dt.timedelta(days=200), self.vandaag - dt.timedelta(days=5))
            pad.diplomas.append({"soort": "mbo", "niveau": 2, "behaald_op": behaald})
        leeftijd = max(soort.leeftijd, 19) + (self.vandaag - dag).days // 365
        self.telling.maak("leerling", leeftijd, pad=pad)

    def _op(self, soort: Schooltype, tot: dt.date | None) -> dict[str, object]:
        begin = Schooljaar(Schooljaar.van(self.vandaag).beginjaar - JAREN).begin
        return {
            "instelling": self.gebied.scholen[soort.school],
            "onderwijssoort": soort.onderwijs,
            "van": begin,
            "tot": tot,
            "niveau": 2 if soort.onderwijs == "mbo" else 0,
        }

    def laat_melden(self) -> None:
        """What the schools reported: five days of absence, of which the fourth reaches the norm, and then a wait."""
        regels: list[Verzuimregel] = []
        for mens, soort, dag, wacht in self._verzuim:
            dagen = [dag, *(tel_op(dag, nummer) for nummer in range(1, 5))]
            melding = self._melding(mens, soort, begin=dag, binnen=tel_op(dagen[3], wacht))
            regels += [Verzuimregel(melding=melding, datum=datum, minuten=5 * 60) for datum in dagen]
        Verzuimregel.objects.bulk_create(regels)

    def _melding(self, mens: Mens, soort: Schooltype, *, begin: dt.date, binnen: dt.date) -> Melding:
        nu = moment(binnen, self.kans.randrange(9, 16))
        volwassen = mens.jongere.soort_werk == SoortWerk.DOORSTROOMPUNT
        return Melding.objects.create(
            regio=self.gebied.regio,
            gemeente=mens.jongere.gemeente,
            soort_werk=mens.jongere.soort_werk,
            jongere=mens.jongere,
            nummer=f"M-{binnen.year}-{volgend_nummer('melding', binnen.year):06d}",
            kanaal="A.I",
            soort="16-uur",
            melder_soort="duo",
            instelling=self.gebied.scholen[soort.school],
            ontvangen_op=nu,
            termijn=tel_op(binnen, 5),
            begindatum=begin,
            stand=Melding.Stand.BEOORDEELD,
            oordeel=Melding.Oordeel.GEEN_ACTIE,
            oordeel_motivatie="School en jongere hebben samen een afspraak gemaakt die werkt.",
            oordeel_op=nu + dt.timedelta(days=1),
            uitkomst=self.kans.choice(UITKOMSTEN[volwassen]),
            uitkomst_op=min(tel_op(binnen, 3), self.vandaag),
        )

    def bespreek(self) -> None:
        """Counts, and records two talks."""
        nu = timezone.make_aware(dt.datetime.combine(self.vandaag, dt.time(5, 30)))
        tel_meldgedrag(self.gebied.regio.pk, nu=nu)
        for school, dagen, wie, met, afspraak in GESPREKKEN:
            leg_gesprek_vast(
                self.gebied.scholen[school],
                op=self.vandaag - dt.timedelta(days=dagen),
                met_wie=met,
                afspraak=afspraak,
                cijfers={},
                toegang=toegang_van(self.gebied.mensen[wie], op=self.vandaag),
                nu=nu,
            )


# of age or not → how what was reported ended
UITKOMSTEN: dict[bool, tuple[str, ...]] = {
    True: ("geen-actie-na-school", "geen-actie-na-school", "andere-opleiding"),
    False: ("gesprek", "gesprek", "geen-actie-na-school"),
}
GESPREKKEN = (
    (
        "ROC De Waarden, locatie Haven", 160, "Noor Haverkamp", "Bea Kramer, teamleider",
        "Haven meldt elke uitschrijving op de dag zelf via DUO. In november kijken we samen of dat lukt.",
    ),
    (
        "Vakcollege Brinkhoven", 200, "Samira Benali", "Rob de Wit, verzuimcoördinator",
        "De verzuimcoördinator bekijkt elke vrijdag wie 16 uur heeft bereikt en meldt dezelfde dag.",
    ),
)  # fmt: skip
