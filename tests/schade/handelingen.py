"""The acts that are killed, in the order in which one young person meets them. Add yours at its place in a scenario.

Each act gets a `Spel`: it reads what it needs from the database, for it runs in a process of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from routekaart.dossiers import acties as dossier
from routekaart.dossiers.models import Contactmoment, Werkproces
from routekaart.meldingen.gegevens import Informatie, Melder
from routekaart.meldingen.models import Melding
from routekaart.meldingen.ontvangst import ontvang_melding
from routekaart.meldingen.oordeel import geef_oordeel
from routekaart.personen.acties import maak_jongere
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang, toegang_van
from routekaart.toegang.models import Gebruiker
from tests import fabrieken
from tests.fabrieken import VANDAAG

REDEN = "de schadeproef leest wat zij zelf maakte"


@dataclass(frozen=True)
class Spel:
    """What an act works with: the coach, and the newest rows."""

    nu: dt.datetime

    @property
    def coach(self) -> Gebruiker:
        return Gebruiker.objects.get(email="coach@veldermeer.example")

    @property
    def toegang(self) -> Toegang:
        return toegang_van(self.coach, op=VANDAAG)

    @property
    def wie(self) -> dict[str, Any]:
        """The two arguments that every act takes."""
        return {"toegang": self.toegang, "nu": self.nu}

    @property
    def jongere(self) -> Jongere:
        return Jongere.objects.alles(reden=REDEN).latest("pk")

    @property
    def melding(self) -> Melding:
        return Melding.objects.alles(reden=REDEN).latest("pk")

    @property
    def werkproces(self) -> Werkproces:
        gevonden: Werkproces = Werkproces.objects.alles(reden=REDEN).latest("pk")
        return gevonden


Doen = Callable[[Spel], Any]


def beginstand() -> None:
    """One region, its teams, a coach and a young person."""
    gebied = fabrieken.maak_gebied()
    fabrieken.maak_gebruiker(gebied, "coach", "doorstroomcoach", "coordinator", team=gebied.doorstroompunt)
    fabrieken.maak_gebruiker(gebied, "collega", "doorstroomcoach", team=gebied.doorstroompunt)
    fabrieken.maak_jongere(gebied)


def jongere_toevoegen(s: Spel) -> None:
    maak_jongere(
        gemeente=s.jongere.gemeente,
        nummer=fabrieken.test_bsn(99),
        achternaam="Bakker",
        voornamen="Sem",
        geboortedatum="2006-02-03",
        **s.wie,
    )


def melding_ontvangen(s: Spel) -> None:
    ontvang_melding(
        kanaal="A.II",
        soort="vsv",
        melder=Melder(soort="school", naam="Karin Slot", functie="mentor"),
        jongere=s.jongere,
        informatie=Informatie(reden="Stage liep vast"),
        **s.wie,
    )


def dossieronderzoek(s: Spel) -> None:
    dossier.leg_dossieronderzoek_vast(s.werkproces, bevinding="Eerdere meldingen gelezen", op=VANDAAG, **s.wie)


def contact(met: str, resultaat: str = "contact", **meer: Any) -> Doen:
    def doe(s: Spel) -> None:
        dossier.leg_contact_vast(
            s.werkproces, met=met, kanaal="telefoon", moment=s.nu, resultaat=resultaat, **meer, **s.wie
        )

    return doe


def contact_intrekken(s: Spel) -> None:
    dossier.trek_contact_in(Contactmoment.objects.alles(reden=REDEN).latest("pk"), **s.wie)


def oordeel(s: Spel) -> None:
    geef_oordeel(
        s.melding,
        directe_actie=True,
        motivatie="School komt er alleen niet meer uit.",
        onvolledig_omdat="De jongere vertelde de rest zelf.",
        **s.wie,
    )


def doelgroep(s: Spel) -> None:
    dossier.stel_doelgroep_vast(s.werkproces, doelgroep="oud-vsv", voorstel="nieuwe-vsv", uitleg={"reden": "proef"},
                                motivatie="Ging vorig schooljaar al van school.", **s.wie)  # fmt: skip


def toewijzen(s: Spel) -> None:
    dossier.wijs_toe(s.werkproces, behandelaar=Gebruiker.objects.get(email="collega@veldermeer.example"), **s.wie)


def stap_overslaan(nummer: int) -> Doen:
    def doe(s: Spel) -> None:
        dossier.sla_stap_over(s.werkproces, stap=nummer, motivatie="De jongere vertelde dit al bij de intake.", **s.wie)

    return doe


def stap_heropenen(nummer: int) -> Doen:
    def doe(s: Spel) -> None:
        dossier.heropen_stap(s.werkproces, stap=nummer, motivatie="Er kwam nieuwe informatie.", **s.wie)

    return doe


def heropenen(s: Spel) -> None:
    dossier.heropen(s.werkproces, motivatie="De baan ging niet door.", **s.wie)


def werkproces_starten(s: Spel) -> None:
    """The act as `meldingen` frames it: open, and the number as the last statement."""
    with transaction.atomic():
        nieuw = dossier.open_werkproces(
            s.jongere, soort="jikp", route="jikp-volgen", soort_werk="doorstroompunt", op=VANDAAG, **s.wie
        )
        dossier.geef_nummer(nieuw)


MELDPUNT: dict[str, Doen] = {
    "jongere toevoegen": jongere_toevoegen,
    "werkproces starten": werkproces_starten,
    "melding ontvangen": melding_ontvangen,
    "dossieronderzoek": dossieronderzoek,
    "contact met school": contact("school"),
    "contact met ketenpartner": contact("ketenpartner"),
    "geen gehoor": contact("jongere", "geen-contact", volgende=fabrieken.NU + dt.timedelta(days=2)),
    "contact intrekken": contact_intrekken,
    "contact met jongere": contact("jongere"),
    "oordeel": oordeel,
    "doelgroep": doelgroep,
    "toewijzen": toewijzen,
    "stap overslaan": stap_overslaan(4),
    "stap heropenen": stap_heropenen(4),
}

SCENARIOS: dict[str, dict[str, Doen]] = {"meldpunt": MELDPUNT}


def speel_alles() -> None:
    """Every act once, in order: so that what comes from files has been read before the trials begin."""
    beginstand()
    for handelingen in SCENARIOS.values():
        for doen in handelingen.values():
            doen(Spel(nu=fabrieken.NU))
