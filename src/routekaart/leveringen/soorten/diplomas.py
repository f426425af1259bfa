"""Diplomas and getuigschriften. Natural key: person + soort + niveau + behaald_op."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import brin, datum, keuze, niveau, pgn
from routekaart.regels.loopbaan import Diplomasoort

DIPLOMASOORTEN = tuple(str(soort) for soort in Diplomasoort)

SOORT = Soort(
    code="diplomas",
    naam="Diploma's",
    wat="Welke diploma's en getuigschriften zijn behaald.",
    sleutel=("pgn", "soort", "niveau", "behaald_op"),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", verplicht=True),
        Kolom("soort", keuze(*DIPLOMASOORTEN), f"Een van {', '.join(DIPLOMASOORTEN)}", verplicht=True),
        Kolom("niveau", niveau, "Niveau van het mbo: 1 (of entree), 2, 3 of 4", leeg=0),
        Kolom("behaald_op", datum, "Datum van het diploma", verplicht=True, leeg=None),
        Kolom("brin", brin, "BRIN van de school, 4 of 6 tekens"),
    ),
)
