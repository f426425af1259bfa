"""Everything that changes a melding, by name: the one place from which other apps take these acts."""

from routekaart.meldingen.acties.duo import neem_duo_melding_aan, werk_melding_bij
from routekaart.meldingen.acties.duo_velen import Duorij, neem_duo_meldingen_aan
from routekaart.meldingen.acties.informatie import beantwoord, vraag_informatie, vul_aan
from routekaart.meldingen.acties.ontvangst import ontvang_melding
from routekaart.meldingen.acties.oordeel import (
    Afsluiting,
    draag_over,
    geef_oordeel,
    koppel_terug_zonder_actie,
    sluit_melding,
    verklaar_onterecht,
)
from routekaart.meldingen.acties.verhuizing import zet_over
from routekaart.meldingen.acties.wie import koppel_jongere, maak_jongere_van_melding, ontvang_over_nieuwe
from routekaart.meldingen.gegevens import DuoMelding, Informatie, Melder, Opgave, Verzuimdag

__all__ = [
    "Afsluiting",
    "DuoMelding",
    "Duorij",
    "Informatie",
    "Melder",
    "Opgave",
    "Verzuimdag",
    "beantwoord",
    "draag_over",
    "geef_oordeel",
    "koppel_jongere",
    "koppel_terug_zonder_actie",
    "maak_jongere_van_melding",
    "neem_duo_melding_aan",
    "neem_duo_meldingen_aan",
    "ontvang_melding",
    "ontvang_over_nieuwe",
    "sluit_melding",
    "verklaar_onterecht",
    "vraag_informatie",
    "vul_aan",
    "werk_melding_bij",
    "zet_over",
]
