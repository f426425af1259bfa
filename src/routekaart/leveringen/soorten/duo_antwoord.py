"""What DUO refused of a terugmelding: each row becomes a task in the werkvoorraad (contracten.md, section 2)."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import getal, tekst

SOORT = Soort(
    code="duo-antwoord",
    naam="Geweigerde terugmeldingen van DUO",
    wat="Terugmeldingen die DUO niet aannam, met de reden. Elke rij wordt een taak in de werkvoorraad.",
    sleutel=("meldingsnummer", "versie"),
    kolommen=(
        Kolom("meldingsnummer", tekst(20), "Nummer van de melding bij DUO", verplicht=True),
        Kolom("versie", getal(0, 999_999_999), "Versie die we terugmeldden; leeg is de laatste", leeg=None),
        Kolom("reden", tekst(240), "Waarom DUO weigerde", verplicht=True),
    ),
)
