"""Kinds whose columns are agreed, but that cannot be taken in yet. They are refused as a whole, never half done."""

from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import bsn, onderwijsnummer

KOPPELBESTAND = Soort(
    code="koppelbestand",
    naam="Koppelbestand BSN en onderwijsnummer",
    wat="Welk onderwijsnummer en welk BSN bij een en dezelfde persoon horen.",
    nog_niet="Koppelbestanden lezen we nog niet in: personen samenvoegen kan nog niet.",
    kolommen=(
        Kolom("bsn", bsn, "Burgerservicenummer", verplicht=True),
        Kolom("onderwijsnummer", onderwijsnummer, "Onderwijsnummer", verplicht=True),
    ),
)

SOORTEN = (KOPPELBESTAND,)
