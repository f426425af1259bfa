"""Which BSN and which onderwijsnummer belong to one person after all."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import bsn, onderwijsnummer

SOORT = Soort(
    code="koppelbestand",
    naam="Koppelbestand BSN en onderwijsnummer",
    wat="Welk onderwijsnummer en welk BSN bij een en dezelfde persoon horen. Staan ze in twee dossiers, dan worden die "
    "samengevoegd; dat kun je ongedaan maken.",
    sleutel=("bsn",),
    kolommen=(
        Kolom("bsn", bsn, "Burgerservicenummer", verplicht=True),
        Kolom("onderwijsnummer", onderwijsnummer, "Onderwijsnummer", verplicht=True),
    ),
)
