"""Enrolments (REG-05). Natural key: person + brin + onderwijssoort + niveau (none = 0) + van."""

from routekaart.leveringen.soorten.soort import Kolom, Soort, tot_na_van
from routekaart.leveringen.soorten.velden import brin, datum, keuze, niveau, pgn, tekst
from routekaart.regels.loopbaan import Onderwijssoort

ONDERWIJSSOORTEN = tuple(str(soort) for soort in Onderwijssoort)

SOORT = Soort(
    code="inschrijvingen",
    naam="Inschrijvingen",
    wat="Wie op welke school staat ingeschreven, van en tot wanneer.",
    sleutel=("pgn", "brin", "onderwijssoort", "niveau", "van"),
    controle=tot_na_van(),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", verplicht=True),
        Kolom("brin", brin, "BRIN van de school, 4 of 6 tekens", verplicht=True),
        Kolom("onderwijssoort", keuze(*ONDERWIJSSOORTEN), f"Een van {', '.join(ONDERWIJSSOORTEN)}", verplicht=True),
        Kolom("niveau", niveau, "Niveau van het mbo: 1 (of entree), 2, 3 of 4", leeg=0),
        Kolom("leerweg", tekst(20), "Leerweg, zoals bol of bbl"),
        Kolom("opleidingscode", tekst(20), "Code van de opleiding"),
        Kolom("leerjaar", tekst(4), "Leerjaar"),
        Kolom("van", datum, "Eerste dag", verplicht=True, leeg=None),
        Kolom("tot", datum, "Laatste dag; leeg is: loopt nog", leeg=None),
        Kolom("uitschrijfreden", tekst(120), "Reden van uitschrijven"),
        Kolom("volgnummer", tekst(20), "Volgnummer van de inschrijving"),
        Kolom("mutatie", keuze("toegevoegd", "gewijzigd", "verwijderd"), "Toegevoegd, gewijzigd of verwijderd"),
    ),
)
