"""The cast of the damage tests: what an act reads before it acts, in the process in which it dies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from routekaart.basis.models import Gemeente
from routekaart.begeleiding.models import Afspraak, Regie
from routekaart.correspondentie.models import Brief
from routekaart.delen.models import Toestemming
from routekaart.dossiers.models import Contactmoment, Werkproces
from routekaart.meldingen.models import Melding
from routekaart.netwerk.models import Betrokkene
from routekaart.personen.models import BrpTerugmelding, Dubbel, Jongere, Samenvoeging
from routekaart.signalen.models import Signaal
from routekaart.toegang.bereik import Toegang, toegang_van
from routekaart.toegang.models import Gebruiker
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

REDEN = "de schadeproef leest wat zij zelf maakte"


def _laatste(model: Any) -> Any:
    return model.objects.alles(reden=REDEN).latest("pk")


@dataclass(frozen=True)
class Spel:
    """The coach, and the newest row of what she works on."""

    nu: dt.datetime = NU

    @property
    def coach(self) -> Gebruiker:
        return Gebruiker.objects.get(email="coach@veldermeer.example")

    @property
    def collega(self) -> Gebruiker:
        return Gebruiker.objects.get(email="collega@veldermeer.example")

    @property
    def toegang(self) -> Toegang:
        return toegang_van(self.coach, op=VANDAAG)

    @property
    def wie(self) -> dict[str, Any]:
        """The two arguments that every act takes."""
        return {"toegang": self.toegang, "nu": self.nu}

    @property
    def jongere(self) -> Jongere:
        gevonden: Jongere = _laatste(Jongere)
        return gevonden

    @property
    def melding(self) -> Melding:
        gevonden: Melding = _laatste(Melding)
        return gevonden

    @property
    def werkproces(self) -> Werkproces:
        gevonden: Werkproces = _laatste(Werkproces)
        return gevonden

    @property
    def gemeente_elders(self) -> Gemeente:
        return Gemeente.objects.get(code="9901")

    @property
    def contactmoment(self) -> Contactmoment:
        gevonden: Contactmoment = _laatste(Contactmoment)
        return gevonden

    @property
    def afspraak(self) -> Afspraak:
        gevonden: Afspraak = _laatste(Afspraak)
        return gevonden

    @property
    def regie(self) -> Regie:
        gevonden: Regie = _laatste(Regie)
        return gevonden

    @property
    def toestemming(self) -> Toestemming:
        gevonden: Toestemming = _laatste(Toestemming)
        return gevonden

    @property
    def brief(self) -> Brief:
        gevonden: Brief = _laatste(Brief)
        return gevonden

    @property
    def brp_terugmelding(self) -> BrpTerugmelding:
        gevonden: BrpTerugmelding = _laatste(BrpTerugmelding)
        return gevonden

    @property
    def dubbel(self) -> Dubbel:
        gevonden: Dubbel = _laatste(Dubbel)
        return gevonden

    @property
    def samenvoeging(self) -> Samenvoeging:
        gevonden: Samenvoeging = _laatste(Samenvoeging)
        return gevonden

    @property
    def signaal(self) -> Signaal:
        gevonden: Signaal = _laatste(Signaal)
        return gevonden

    @property
    def betrokkene(self) -> Betrokkene:
        gevonden: Betrokkene = _laatste(Betrokkene)
        return gevonden


Doen = Callable[[Spel], Any]


def beginstand() -> None:
    """One region, its teams, a coach, a colleague, and a young person of 19 at school."""
    gebied = fabrieken.maak_gebied()
    coach = fabrieken.maak_gebruiker(gebied, "coach", "doorstroomcoach", "coordinator", team=gebied.doorstroompunt)
    coach.telefoon = "0900 1234"
    coach.save()
    fabrieken.maak_gebruiker(gebied, "collega", "doorstroomcoach", team=gebied.doorstroompunt)
    jongere = fabrieken.maak_jongere(gebied, achternaam="Dekkers")
    fabrieken.maak_inschrijving(jongere, niveau=3)
    Gemeente.objects.create(code="9901", naam="Ver weg", van=dt.date(2000, 1, 1))
