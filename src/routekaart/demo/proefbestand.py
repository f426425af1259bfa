"""A delivery of DUO to try out: a young person the region knows, one it does not, and one row with a mistake."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from routekaart.demo.mensen import Mens
from routekaart.demo.reis import werkdag
from routekaart.personen.models import Persoonsnummer
from routekaart.personen.nummers import ontsleutel

KOLOMMEN = (
    "meldingsnummer",
    "versie",
    "pgn",
    "brin",
    "soort",
    "berichtcode",
    "begindatum",
    "reden",
    "ondernomen_actie",
    "gewenste_actie",
    "contact_naam",
    "contact_functie",
    "contact_telefoon",
    "contact_email",
    "achternaam",
    "voorvoegsel",
    "voornamen",
    "geboortedatum",
    "gemeentecode",
    "uren",
    "status",
    "gemeld_op",
)


def schrijf_proefbestand(pad: Path, *, bekend: Mens, brin: str, vandaag: dt.date) -> None:
    """Writes the file in Windows-1252 with semicolons, the way such files come in."""
    jongere = bekend.jongere
    nummer = Persoonsnummer.objects.alles(reden="het proefbestand van de demo").get(jongere=jongere)
    dagen = [werkdag(vandaag - dt.timedelta(days=terug)) for terug in (22, 17, 10, 3)]
    gewoon = {
        "versie": "1",
        "brin": brin,
        "soort": "16-uur",
        "berichtcode": "V4",
        "begindatum": dagen[0].isoformat(),
        "reden": "Komt niet meer; één keer gebeld, geen gehoor",
        "ondernomen_actie": "De mentor belde en stuurde een brief",
        "gewenste_actie": "Een gesprek samen met school",
        "contact_naam": "Karin Slot",
        "contact_functie": "mentor",
        "contact_telefoon": "06 0000 0000",
        "contact_email": "school@veldermeer.example",
        "uren": ";".join(f"{dag.isoformat()}:{uur}" for dag, uur in zip(dagen, (5, 4, 5, 6), strict=True)),
        "status": "nieuw",
        "gemeld_op": vandaag.isoformat(),
    }
    rijen = [
        gewoon | {"meldingsnummer": "880001", "pgn": ontsleutel(nummer.cijfertekst), "achternaam": jongere.achternaam},
        gewoon
        | {
            "meldingsnummer": "880002",
            "pgn": "999990019",
            "achternaam": "Nieuwkomer",
            "voornamen": "Robin",
            "geboortedatum": f"{vandaag.year - 19}-01-15",
            "gemeentecode": "9902",
        },
        gewoon | {"meldingsnummer": "880003", "pgn": "123456789", "achternaam": "Tikfout"},
    ]
    pad.parent.mkdir(parents=True, exist_ok=True)
    with pad.open("w", encoding="cp1252", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, KOLOMMEN, delimiter=";")
        schrijver.writeheader()
        schrijver.writerows(rijen)
