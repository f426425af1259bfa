"""Monthly lists of the Inlichtingenbureau (MEL-28, JIB-02). Natural key: person + maand."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import bsn, getal, ja_nee, maand, tekst

SOORT = Soort(
    code="inlichtingenbureau",
    naam="Lijst van het Inlichtingenbureau",
    wat="Jongeren zonder school en met weinig of geen werk of inkomen, per maand. Op de lijst staan is het feit.",
    sleutel=("bsn", "maand"),
    kolommen=(
        Kolom("bsn", bsn, "Burgerservicenummer", verplicht=True),
        Kolom("maand", maand, "Maand, zoals 2024-02", verplicht=True),
        Kolom("werk_uren", getal(0, 999), "Uren werk; 0 is geen werk, leeg is niet bekend", leeg=None),
        Kolom("inkomen_klasse", tekst(40), "Klasse van het inkomen, zoals zij op de lijst staat"),
        Kolom("uitkering", ja_nee, "Ja of nee; leeg is niet bekend", leeg=None),
    ),
)
