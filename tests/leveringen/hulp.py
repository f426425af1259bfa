"""Small deliveries as text, and taking them in as the command does."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from routekaart.leveringen.acties import Aanpak, Uitkomst, neem_levering_in
from routekaart.leveringen.inlezen import Voortgang
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.nummers import blinde_index
from routekaart.toegang.bereik import systeem_toegang
from tests.fabrieken import NU, Gebied, test_bsn

DATA = Path(__file__).parent / "data"
MUTATIES = Aanpak()


def tekst(rijen: Sequence[Mapping[str, Any]], kolommen: Sequence[str] | None = None) -> str:
    """Rows as CSV with `;`; the columns are those of all rows, in order of appearance."""
    kop = list(kolommen or dict.fromkeys(naam for rij in rijen for naam in rij))
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, kop, delimiter=";", restval="")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue()


def zet_neer(pad: Path, inhoud: str | bytes | Sequence[Mapping[str, Any]], *, naam: str = "levering.csv") -> Path:
    """Writes a file to read in."""
    bestand = pad / naam
    if isinstance(inhoud, bytes):
        bestand.write_bytes(inhoud)
    else:
        bestand.write_bytes((inhoud if isinstance(inhoud, str) else tekst(inhoud)).encode())
    return bestand


class Inlezer:
    """`inlezer("brp", rijen)` takes rows in for the invented region and gives the four counts and more."""

    def __init__(self, gebied: Gebied, pad: Path) -> None:
        self.gebied, self.pad, self.nu = gebied, pad, NU

    def __call__(
        self,
        soort: str,
        inhoud: str | bytes | Sequence[Mapping[str, Any]],
        *,
        proef: bool = False,
        aanpak: Aanpak = MUTATIES,
        naam: str = "levering.csv",
        voortgang: Voortgang | None = None,
    ) -> Uitkomst:
        return neem_levering_in(
            soort,
            zet_neer(self.pad, inhoud, naam=naam),
            regio=self.gebied.regio,
            toegang=systeem_toegang(self.gebied.regio.pk),
            nu=self.nu,
            proef=proef,
            aanpak=aanpak,
            voortgang=voortgang,
        )

    def tel(self, soort: str, inhoud: str | bytes | Sequence[Mapping[str, Any]], **opties: Any) -> tuple[int, ...]:
        """(nieuw, gewijzigd, ongewijzigd, uitval)."""
        velden = self(soort, inhoud, **opties).telling.als_velden()
        assert velden["regels"] == sum(velden.values()) - velden["regels"]
        return velden["nieuw"], velden["gewijzigd"], velden["ongewijzigd"], velden["uitval"]

    def jongere(self, bsn: str) -> Jongere:
        """The young person with this BSN."""
        alles = Persoonsnummer.objects.alles(reden="test").select_related("jongere__gemeente")
        return alles.get(blinde_index=blinde_index("bsn", bsn)).jongere


def persoon(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a brp delivery: somebody of 19 in the first gemeente of the invented region."""
    return {
        "bsn": test_bsn(50_000 + volgnummer),
        "achternaam": "Bakker",
        "voorvoegsel": "de",
        "voornamen": "Noor Maria",
        "geboortedatum": "2007-03-04",
        "geslacht": "V",
        "straat": "Dorpsstraat",
        "huisnummer": "12",
        "postcode": "9901 AB",
        "woonplaats": "Veldermeer",
        "gemeentecode": "9101",
        "geheimhouding": "0",
        "overleden_op": "",
        "vertrokken_op": "",
    } | velden


def inschrijving(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of an enrolment of that person."""
    return {
        "pgn": test_bsn(50_000 + volgnummer),
        "brin": "99VA00",
        "onderwijssoort": "havo",
        "niveau": "",
        "van": "2023-08-01",
        "tot": "",
        "uitschrijfreden": "",
    } | velden


def diploma(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a diploma of that person."""
    basis = {
        "pgn": test_bsn(50_000 + volgnummer),
        "soort": "mbo",
        "niveau": "2",
        "behaald_op": "2024-07-01",
        "brin": "",
    }
    return basis | velden


def vrijstelling(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of an exemption of that person."""
    return {
        "pgn": test_bsn(50_000 + volgnummer),
        "soort": "vrijstelling",
        "grond": "5a",
        "van": "2026-08-01",
        "tot": "2027-07-31",
    } | velden


def vsvopgave(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a vsv report about that person."""
    return {
        "pgn": test_bsn(50_000 + volgnummer),
        "schooljaar": "2025-2026",
        "rapportage": "A01",
        "leverdatum": "2026-10-05",
        "brin": "99VA00",
        "niveau": "2",
        "uitgeschreven_op": "2026-03-15",
    } | velden


def jikp(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a report of the JIKP-portaal about that person."""
    return {
        "pgn": test_bsn(50_000 + volgnummer),
        "schooljaar": "2025-2026",
        "herkomst": "pro",
        "leverdatum": "2026-10-05",
        "brin": "99VS00",
        "uitgeschreven_op": "2026-07-31",
        "ingeschreven": "nee",
        "diploma": "ja",
        "werk": "nee",
        "uitkering": "",
    } | velden


def inlichting(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a monthly list with that person."""
    return {
        "bsn": test_bsn(50_000 + volgnummer),
        "maand": "2026-10",
        "werk_uren": "0",
        "inkomen_klasse": "tot 500",
        "uitkering": "nee",
    } | velden


def uitstroom(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a leavers' list with that person, by number."""
    return {
        "pgn": test_bsn(50_000 + volgnummer),
        "achternaam": "",
        "geboortedatum": "",
        "brin": "99VS00",
        "schooljaar": "2025-2026",
        "bestemming": "mbo 1",
        "getuigschrift": "ja",
        "advies": "rustig beginnen",
        "contact_school": "Karin Slot",
    } | velden


def relatie(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a parent of that person."""
    return {
        "bsn": test_bsn(50_000 + volgnummer),
        "relatie": "ouder",
        "relatie_bsn": "",
        "naam": "Anneke de Bakker",
        "postcode": "9901 AB",
        "huisnummer": "12",
        "gezag": "ja",
        "van": "2007-03-04",
        "tot": "",
    } | velden


def melding(volgnummer: int = 1, **velden: Any) -> dict[str, Any]:
    """A row of a duo-verzuim delivery about that person."""
    return {
        "meldingsnummer": "700001",
        "versie": "1",
        "pgn": test_bsn(50_000 + volgnummer),
        "brin": "99VA00",
        "soort": "16-uur",
        "berichtcode": "V4",
        "begindatum": "2026-11-02",
        "reden": "Komt niet opdagen",
        "status": "nieuw",
        "gemeld_op": "2026-11-12",
    } | velden
