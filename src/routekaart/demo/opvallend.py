"""What the night finds about people whom we know: who moved, departed or died, who grew too old, whose work ended.

Of each rule that nobody else in the demo meets there is one, so that every list of signals shows what it is for.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from routekaart.demo.gebied import Demogebied
from routekaart.demo.mensen import Kalender, Loopbaan, Mens, Volkstelling, geboren_op, loopbaan
from routekaart.demo.stappen import Begeleide
from routekaart.loopbaan.models import Inlichting
from routekaart.meldingen.gegevens import Melder

BUREAU = Melder(soort="onderzoek", naam="Lijst van het Inlichtingenbureau")


class Opvallend:
    """Makes the people first and, once they are saved, what happened to them."""

    def __init__(self, gebied: Demogebied, telling: Volkstelling, vandaag: dt.date, kans: random.Random) -> None:
        self.gebied, self.telling, self.vandaag, self.kans = gebied, telling, vandaag, kans
        self.coach = gebied.mensen["Joris Kuipers"]

    def teken_in(self) -> None:
        maak = self.telling.maak
        self.verhuisd = maak("dreigend-vsv", 19, gemeente="Veldermeer")
        self.vertrokken = maak("nieuwe-vsv", 20)
        self.overleden = maak("oud-vsv", 22)
        self.te_oud = maak("jikp", 23)
        self.lang_stil = maak("oud-vsv", 22)
        self.vaak_weg = maak("leerling", 17)
        self.op_de_lijst = [maak("oud-vsv", leeftijd) for leeftijd in (24, 25)]
        self.van_de_lijst = maak("oud-vsv", 25)
        maak("leerling", 17, vertrokken_op=self._dag(30))
        maak("werk", 21, pad=self._werk_gestopt())
        maak("leerling", 18, pad=self._twee_scholen())

    def laat_lopen(self) -> None:
        self._reis(self.verhuisd).meld(20, "vsv", voorgenomen_uitschrijving=True).naar_stap(4, begin=20)
        self._volgens_brp(self.verhuisd, gemeente=self.gebied.gemeenten["Oosterwaard"], in_gemeente_sinds=self._dag(6))
        for mens, velden in (
            (self.vertrokken, {"vertrokken_op": self._dag(9)}),
            (self.overleden, {"overleden_op": self._dag(3)}),
        ):
            self._reis(mens).meld(40, "vsv", kanaal="C.I").naar_stap(4, begin=40)
            self._volgens_brp(mens, **velden)
        onderzoek = Melder(soort="onderzoek", naam="Controle van de lijst van DUO")
        self._reis(self.te_oud).meld(200, "jikp", kanaal="C.I", melder=onderzoek).naar_stap(
            3, begin=200, directe_actie=False
        )
        stil = self._reis(self.lang_stil).meld(480, "herbeoordeling", kanaal="C.IV", melder=onderzoek)
        stil.vooraf(476).oordeel(470).sluit(440, "werk", ("werk",))
        for geleden in (60, 46, 32, 18, 5):
            self._reis(self.vaak_weg).meld(geleden, "overig", begindatum=self._dag(geleden + 1))
        self._lijsten()

    def _lijsten(self) -> None:
        """On the newest monthly list, or gone from it while we were helping."""
        nu = self.vandaag.replace(day=1) - dt.timedelta(days=1)
        vorige = nu.replace(day=1) - dt.timedelta(days=1)
        self._reis(self.van_de_lijst).meld(50, "jib", kanaal="C.III", melder=BUREAU).naar_stap(4, begin=50)
        vermeld = [
            (self.op_de_lijst[0], nu),
            *((mens, maand) for mens in self.op_de_lijst[1:] for maand in (vorige, nu)),
        ]
        Inlichting.objects.bulk_create(
            Inlichting(jongere=mens.jongere, maand=f"{maand:%Y-%m}", bron="Inlichtingenbureau", uitkering=False)
            for mens, maand in (*vermeld, (self.van_de_lijst, vorige))
        )

    def _reis(self, mens: Mens) -> Begeleide:
        return Begeleide(mens.jongere, self.coach, self.gebied, self.vandaag, self.kans)

    def _volgens_brp(self, mens: Mens, **velden: object) -> None:
        """What the BRP told since."""
        for naam, waarde in velden.items():
            setattr(mens.jongere, naam, waarde)
        mens.jongere.save(update_fields=[*velden])

    def _werk_gestopt(self) -> Loopbaan:
        pad, _ = self._pad("werk", 21)
        pad.werk[0]["tot"] = self._dag(20)
        return pad

    def _twee_scholen(self) -> Loopbaan:
        pad, _ = self._pad("leerling", 18)
        elders = {**pad.inschrijvingen[-1], "instelling": self.gebied.scholen["Lyceum Veldermeer"]}
        elders |= {"onderwijssoort": "havo", "niveau": 0, "opleiding": "", "van": self._dag(80)}
        return replace(pad, inschrijvingen=[*pad.inschrijvingen, elders])

    def _pad(self, profiel: str, leeftijd: int) -> tuple[Loopbaan, dt.date | None]:
        geboren = geboren_op(self.kans, leeftijd, self.vandaag)
        return loopbaan(profiel, geboren, self.gebied, Kalender(self.vandaag), self.kans)

    def _dag(self, geleden: int) -> dt.date:
        return self.vandaag - dt.timedelta(days=geleden)
