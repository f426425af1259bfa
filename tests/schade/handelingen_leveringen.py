"""What the power is cut in: deliveries that are read in, and a file that goes to another register."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from routekaart.leveringen.acties import neem_levering_in
from routekaart.leveringen.acties_uitwisselen import maak_bestand, spreek_af
from routekaart.leveringen.models import Uitwisseling
from routekaart.leveringen.uitwisselen import Keuze, gemeenten_binnen
from tests.leveringen.hulp import melding as melding_rij
from tests.leveringen.hulp import persoon, tekst
from tests.schade.spel import Doen, Spel


def inlezen(soort: str, rijen: list[dict[str, Any]]) -> Doen:
    def doe(s: Spel) -> None:
        with tempfile.TemporaryDirectory() as map_:
            bestand = Path(map_) / "levering.csv"
            bestand.write_text(tekst(rijen))
            neem_levering_in(soort, bestand, regio=s.jongere.regio, naam="levering.csv", **s.wie)

    return doe


def uitwisselen_afspreken(s: Spel) -> Any:
    wie = {"naam": "Buren", "ontvangersoort": "regio", "ontvanger": "Regio Elders", "brin": "", "doel": "Overdracht"}
    vorm = {"grondslag": "wettelijke-taak", "waarom": "Begeleiden", "vorm": "csv", "scheiding": ";"}
    velden: dict[str, Any] = {**wie, **vorm, "codering": "utf-8-sig", **s.wie}
    kolommen = [(naam, naam) for naam in ("bsn", "achternaam", "geboortedatum", "gemeentecode")]
    return spreek_af("brp", kolommen=kolommen, koppeling=None, regio_id=s.jongere.regio_id, **velden)


def bestand_uitgeven(s: Spel) -> None:
    gemeenten = tuple(gemeente.pk for gemeente in gemeenten_binnen(s.wie["toegang"]))
    keuze = Keuze(gemeenten, alleen_lopend=False)
    maak_bestand(Uitwisseling.objects.get(), keuze, **s.wie).bestand.close()


LEVERINGEN: dict[str, Doen] = {
    "brp inlezen": inlezen("brp", [persoon(1), persoon(2), persoon(3, geboortedatum="kapot")]),
    "brp nog eens": inlezen("brp", [persoon(1, straat="Kerkstraat"), persoon(2)]),
    "duo-verzuim inlezen": inlezen("duo-verzuim", [melding_rij(1), melding_rij(2, meldingsnummer="700002")]),
    "uitwisselen afspreken": uitwisselen_afspreken,
    "bestand voor een ander register": bestand_uitgeven,
    "duo-verzuim nieuwe versie": inlezen("duo-verzuim", [melding_rij(1, versie="2", uren="2026-11-03:heel")]),
}
