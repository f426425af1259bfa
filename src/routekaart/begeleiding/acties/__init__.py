"""Everything that changes the guidance, by name: the one place from which other apps take these acts."""

from routekaart.begeleiding.acties.afhandelen import Bericht, Gesprek, handel_melding_af
from routekaart.begeleiding.acties.afsluiten import sluit_af
from routekaart.begeleiding.acties.evaluatie import NieuwVerbeterpunt, leg_evaluatie_vast
from routekaart.begeleiding.acties.handelen import leg_voortgang_vast, start_uitvoering, verzet_start
from routekaart.begeleiding.acties.intake import houd_intake, plan_intake
from routekaart.begeleiding.acties.inzicht import leg_inzicht_vast
from routekaart.begeleiding.acties.leefdomeinen import leg_big5_vast, leg_leefdomein_vast, rond_leefdomeinen_af
from routekaart.begeleiding.acties.nazorg import Bevinding, heropen_uit_nazorg, leg_nazorgmoment_vast
from routekaart.begeleiding.acties.plan import (
    NieuwDoel,
    NieuweAfspraak,
    Regiekeuze,
    beleg_regie,
    maak_plan,
    rond_afspraak_af,
)
from routekaart.begeleiding.acties.privacy import houd_privacygesprek
from routekaart.begeleiding.acties.volgen import bekijk_jikp, bekijk_situatie

__all__ = [
    "Bericht",
    "Bevinding",
    "Gesprek",
    "NieuwDoel",
    "NieuwVerbeterpunt",
    "NieuweAfspraak",
    "Regiekeuze",
    "bekijk_jikp",
    "bekijk_situatie",
    "beleg_regie",
    "handel_melding_af",
    "heropen_uit_nazorg",
    "houd_intake",
    "houd_privacygesprek",
    "leg_big5_vast",
    "leg_evaluatie_vast",
    "leg_inzicht_vast",
    "leg_leefdomein_vast",
    "leg_nazorgmoment_vast",
    "leg_voortgang_vast",
    "maak_plan",
    "plan_intake",
    "rond_afspraak_af",
    "rond_leefdomeinen_af",
    "sluit_af",
    "start_uitvoering",
    "verzet_start",
]
