"""What the region shares with other registers: agreements, and one file that went out last week."""

from __future__ import annotations

import datetime as dt
from typing import Any

from routekaart.demo.gebied import Demogebied
from routekaart.demo.reis import moment
from routekaart.leveringen.acties_uitwisselen import maak_bestand, spreek_af
from routekaart.leveringen.uitwisselen import Keuze
from routekaart.toegang.bereik import toegang_van

_VAST: dict[str, Any] = {
    "brin": "",
    "grondslag": "wettelijke-taak",
    "vorm": "csv",
    "scheiding": ";",
    "codering": "utf-8-sig",
}
# kind, columns with how the receiver calls them, and the rest
AFSPRAKEN: tuple[tuple[str, tuple[tuple[str, str], ...], dict[str, Any]], ...] = (
    (
        "diplomas",
        (("pgn", "BSN"), ("soort", "Diploma"), ("niveau", "Niveau"), ("behaald_op", "Datum")),
        {
            "naam": "Diploma’s voor werk en inkomen",
            "ontvangersoort": "werk-en-inkomen",
            "ontvanger": "Werk en inkomen Sint-Aldert",
            "doel": "Samen zien wie zonder startkwalificatie werk zoekt",
            "waarom": "Soort en niveau zeggen of er een startkwalificatie is, de datum sinds wanneer.",
        },
    ),
    (
        "inschrijvingen",
        tuple((naam, naam) for naam in ("pgn", "brin", "onderwijssoort", "niveau", "van", "tot")),
        {
            "naam": "Verhuisd naar de buurregio",
            "ontvangersoort": "regio",
            "ontvanger": "Regio Overwater",
            "doel": "Begeleiding gaat door na een verhuizing",
            "waarom": "De andere regio moet zien waar de jongere op school zat en tot wanneer.",
        },
    ),
)


def wissel_uit(gebied: Demogebied, *, vandaag: dt.date) -> None:
    """Makes the agreements and the file, as of a week before `vandaag`."""
    op = vandaag - dt.timedelta(days=7)
    wie: dict[str, Any] = {"toegang": toegang_van(gebied.mensen["Bram Oosting"], op=vandaag), "nu": moment(op, 10)}
    gemaakt = [
        spreek_af(soort, kolommen=kolommen, koppeling=None, regio_id=gebied.regio.pk, **wie, **(_VAST | velden))
        for soort, kolommen, velden in AFSPRAKEN
    ]
    gemeente = gebied.gemeenten["Sint-Aldert"]
    keuze = Keuze((gemeente.pk,), van=dt.date(vandaag.year - 1, 8, 1), alleen_lopend=False)
    maak_bestand(gemaakt[0], keuze, **wie).bestand.close()
