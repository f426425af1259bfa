"""Parents and guardians from the BRP, with gezag: who may be written to, and where the young person lives."""

from routekaart.leveringen.soorten.soort import Kolom, Soort, Waarden, tot_na_van
from routekaart.leveringen.soorten.velden import bsn, datum, keuze, postcode, tekst

_periode = tot_na_van()


def _controle(waarden: Waarden) -> tuple[str, str] | None:
    if not waarden.get("relatie_bsn") and not waarden.get("naam"):
        return "relatie", "Niet te zien wie dit is: vul relatie_bsn of naam in"
    return _periode(waarden)


SOORT = Soort(
    code="brp-relaties",
    naam="Ouders en verzorgers uit de BRP",
    wat="Wie het gezag heeft en wie we mogen schrijven.",
    sleutel=("bsn", "relatie", "relatie_bsn", "naam", "van"),
    controle=_controle,
    kolommen=(
        Kolom("bsn", bsn, "BSN van de jongere", verplicht=True),
        Kolom("relatie", tekst(40), "Ouder, voogd, pleegouder", verplicht=True),
        Kolom("relatie_bsn", bsn, "BSN van de ouder of verzorger", leeg=None),
        Kolom("naam", tekst(200), "Naam van de ouder of verzorger"),
        Kolom("straat", tekst(120), "Straat"),
        Kolom("huisnummer", tekst(20), "Huisnummer met letter en toevoeging"),
        Kolom("postcode", postcode, "Postcode"),
        Kolom("woonplaats", tekst(80), "Woonplaats"),
        Kolom("gezag", keuze("ja", "nee", "niet-te-bepalen"), "Ja, nee of niet-te-bepalen", verplicht=True),
        Kolom("van", datum, "Eerste dag van deze relatie", leeg=None),
        Kolom("tot", datum, "Laatste dag van deze relatie", leeg=None),
    ),
)
