"""Reports of the JIKP-portaal (JKP-03). Natural key: person + schooljaar.

No source prints the columns: they are an assumption, after who such a report is about (CL-05) and what it is read for.
A report in another form is read with a saved mapping of columns.
"""

from routekaart.inhoud.codelijsten import codelijst
from routekaart.leveringen.soorten.soort import Kolom, Soort
from routekaart.leveringen.soorten.velden import brin, datum, ja_nee, keuze_als, pgn, schooljaar

_WAARDEN = codelijst("herkomst-jikp").waarden
# the codes, and the short names as people write them
HERKOMSTEN = {waarde.code: waarde.code for waarde in _WAARDEN} | {
    str(waarde["kort"]).lower(): waarde.code for waarde in _WAARDEN
}

SOORT = Soort(
    code="jikp",
    naam="Rapportage van het JIKP-portaal",
    wat="Wie volgens het portaal een jongere in een kwetsbare positie is, met de herkomst, over een schooljaar. "
    "De kolommen zijn een aanname; een andere vorm lees je met een koppeling van kolommen.",
    sleutel=("pgn", "schooljaar"),
    kolommen=(
        Kolom("pgn", pgn, "BSN of onderwijsnummer", verplicht=True),
        Kolom("schooljaar", schooljaar, "Schooljaar van de rapportage, zoals 2023-2024", verplicht=True),
        Kolom(
            "herkomst",
            keuze_als(HERKOMSTEN),
            f"Een van {', '.join(waarde.code for waarde in _WAARDEN)}",
            verplicht=True,
        ),
        Kolom("leverdatum", datum, "Datum van de rapportage", leeg=None),
        Kolom("brin", brin, "BRIN van de school waar de jongere vandaan komt, 4 of 6 tekens"),
        Kolom("uitgeschreven_op", datum, "Laatste dag op die school", leeg=None),
        Kolom("ingeschreven", ja_nee, "Ja of nee: staat nu ergens ingeschreven; leeg is niet bekend", leeg=None),
        Kolom("diploma", ja_nee, "Ja of nee: ging met een diploma of getuigschrift; leeg is niet bekend", leeg=None),
        Kolom("werk", ja_nee, "Ja of nee; leeg is niet bekend", leeg=None),
        Kolom("uitkering", ja_nee, "Ja of nee; leeg is niet bekend", leeg=None),
    ),
)
