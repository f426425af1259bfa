"""Everything that changes a melding, by name: the one place from which other apps take these acts."""

from routekaart.meldingen.duo import neem_duo_melding_aan, werk_melding_bij
from routekaart.meldingen.gegevens import DuoMelding, Informatie, Melder, Opgave, Verzuimdag
from routekaart.meldingen.ontvangst import koppel_jongere, maak_jongere_van_melding, ontvang_melding, sluit_aan

__all__ = [
    "DuoMelding",
    "Informatie",
    "Melder",
    "Opgave",
    "Verzuimdag",
    "koppel_jongere",
    "maak_jongere_van_melding",
    "neem_duo_melding_aan",
    "ontvang_melding",
    "sluit_aan",
    "werk_melding_bij",
]
