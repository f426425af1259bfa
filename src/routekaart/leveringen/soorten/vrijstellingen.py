"""Exemptions and other programmes of the Leerplichtwet. Natural key: person + soort + van."""

from routekaart.leveringen.soorten.soort import Kolom, Soort, tot_na_van
from routekaart.leveringen.soorten.velden import datum, keuze_als, pgn, tekst
from routekaart.loopbaan.models import Vrijstelling

SOORTEN_VRIJSTELLING = {soort.label: soort.value for soort in Vrijstelling.Soort}

SOORT = Soort(
    code="vrijstellingen",
    naam="Vrijstellingen",
    wat="Wie is vrijgesteld van de leerplicht, of vervangende leerplicht heeft, en van wanneer tot wanneer.",
    sleutel=("pgn", "soort", "van"),
    controle=tot_na_van(),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", verplicht=True),
        Kolom(
            "soort",
            keuze_als(SOORTEN_VRIJSTELLING),
            "Vervangende leerplicht, vrijstelling of artikel 15",
            verplicht=True,
        ),
        Kolom("grond", tekst(40), "Artikel van de Leerplichtwet, zoals 5a of 15"),
        Kolom("van", datum, "Eerste dag", verplicht=True, leeg=None),
        Kolom("tot", datum, "Laatste dag; leeg is: loopt nog", leeg=None),
    ),
)
