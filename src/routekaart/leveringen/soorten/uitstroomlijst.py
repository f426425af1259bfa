"""Who leaves a school of pro or vso, and where to (MEL-27, SCR-01). Natural key: person + school + schooljaar."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import brin, geboortedatum, ja_nee, pgn, schooljaar, tekst

SOORT = Soort(
    code="uitstroomlijst",
    naam="Uitstroomlijst van pro en vso",
    wat="Wie van school gaat, en waarheen. Zonder nummer telt wie die achternaam en geboortedatum heeft.",
    sleutel=("pgn", "achternaam", "geboortedatum", "brin", "schooljaar"),
    een_van=(("pgn",), ("achternaam", "geboortedatum")),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", leeg=None),
        Kolom("achternaam", tekst(200), "Achternaam, als er geen nummer is"),
        Kolom("geboortedatum", geboortedatum, "Geboortedatum, als er geen nummer is"),
        Kolom("brin", brin, "BRIN van de school, 4 of 6 tekens", verplicht=True),
        Kolom("schooljaar", schooljaar, "Schooljaar waarin de jongere vertrekt, zoals 2023-2024", verplicht=True),
        Kolom("bestemming", tekst(120), "Waar de jongere heen gaat"),
        Kolom("getuigschrift", ja_nee, "Ja of nee; leeg is niet bekend", leeg=None),
        Kolom("advies", tekst(240), "Advies van de school"),
        Kolom("contact_school", tekst(160), "Contactpersoon op school"),
    ),
)
