"""Vsv reports of DUO. Natural key: person + schooljaar + rapportage."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import brin, datum, keuze_als, niveau, pgn, schooljaar

RAPPORTAGES = ("A01", "A02", "A04", "A05", "A06", "A07", "NenR", "startpopulatie")

SOORT = Soort(
    code="duo-vsv",
    naam="Vsv-rapportages van DUO",
    wat="Wie volgens DUO zonder startkwalificatie van school ging, per rapportage over een schooljaar.",
    sleutel=("pgn", "schooljaar", "rapportage"),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", verplicht=True),
        Kolom("schooljaar", schooljaar, "Schooljaar, zoals 2023-2024", verplicht=True),
        Kolom(
            "rapportage",
            keuze_als({code: code for code in RAPPORTAGES}),
            f"Een van {', '.join(RAPPORTAGES)}",
            verplicht=True,
        ),
        Kolom("leverdatum", datum, "Datum van de levering door DUO", leeg=None),
        Kolom("brin", brin, "BRIN van de school, 4 of 6 tekens"),
        Kolom("niveau", niveau, "Niveau van het mbo: 1 (of entree), 2, 3 of 4", leeg=0),
        Kolom("uitgeschreven_op", datum, "Datum van uitschrijven", leeg=None),
    ),
)
