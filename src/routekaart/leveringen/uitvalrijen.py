"""Rows that could not be taken: kept encrypted until somebody mends them or the person they wait for arrives."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence

from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.publiceren import Inlezing
from routekaart.leveringen.publiceren.opzoeken import zoek_personen
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import NUMMERKOLOMMEN, Uitval, genoemde_nummers
from routekaart.personen.nummers import gemaskeerd, ontsleutel, versleutel, zonder_nummers
from routekaart.toegang.bereik import systeem_toegang

MAX_WAARDE, MAX_REDEN = 200, 240


def maak_uitvalrijen(levering_id: int, kolommen: Sequence[str], uitval: Sequence[Uitval]) -> list[Uitvalrij]:
    """Rows to save, with the value masked where it is a number of a person."""
    return [
        Uitvalrij(
            levering_id=levering_id,
            rij=rij.rij,
            kolom=rij.kolom,
            waarde=toonbaar(rij.kolom, rij.waarde),
            reden=rij.reden[:MAX_REDEN],
            inhoud=versleuteld(kolommen, rij.cellen),
        )
        for rij in uitval
    ]


def toonbaar(kolom: str, waarde: str) -> str:
    """The value as it may stand on a screen: a BSN or onderwijsnummer masked, whatever column it is in, and never
    too long.
    """
    if kolom in NUMMERKOLOMMEN and any(teken.isdigit() for teken in waarde):
        return gemaskeerd(waarde)
    return zonder_nummers(waarde.replace("\0", ""))[:MAX_WAARDE]


def versleuteld(kolommen: Sequence[str], cellen: Sequence[str]) -> dict[str, str]:
    """A row with its header as it is kept; `inhoud_van` reads it."""
    tekst = json.dumps({"kolommen": list(kolommen), "cellen": list(cellen)}, ensure_ascii=False)
    return {"versleuteld": b64encode(versleutel(tekst)).decode()}


def inhoud_van(rij: Uitvalrij) -> tuple[list[str], list[str]]:
    """The header of the file and the cells of the row, as they were delivered."""
    versleuteld = rij.inhoud.get("versleuteld", "")
    if not versleuteld:
        return [], []
    inhoud = json.loads(ontsleutel(b64decode(versleuteld)))
    return inhoud["kolommen"], inhoud["cellen"]


def met_wijziging(rij: Uitvalrij, wijziging: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What was mended in a row by now, column → [was, became], as it is kept; `wijziging_van` reads it."""
    eerder = _wijziging(rij)
    samen = eerder | {kolom: [eerder.get(kolom, [was])[0], wordt] for kolom, (was, wordt) in wijziging.items()}
    return {"versleuteld": b64encode(versleutel(json.dumps(samen, ensure_ascii=False))).decode()} if samen else {}


def wijziging_van(rij: Uitvalrij) -> list[tuple[str, str, str]]:
    """What was mended: (column, was, became), numbers masked."""
    return [(kolom, toonbaar(kolom, was), toonbaar(kolom, wordt)) for kolom, (was, wordt) in _wijziging(rij).items()]


def _wijziging(rij: Uitvalrij) -> dict[str, list[str]]:
    tekst = rij.wijziging.get("versleuteld", "")
    gelezen: dict[str, list[str]] = json.loads(ontsleutel(b64decode(tekst))) if tekst else {}
    return gelezen


def wachtende_leveringen(regio_id: int, reden: str) -> list[tuple[int, str]]:
    """The deliveries (id, soort) of a region with open rows for this reason, oldest first."""
    leveringen = Levering.objects.filter(
        regio_id=regio_id,
        stand=Levering.Stand.INGELEZEN,
        uitvalrijen__reden=reden,
        uitvalrijen__opgelost_op__isnull=True,
    )
    return list(leveringen.distinct().order_by("pk").values_list("pk", "soort"))


def personen_in(levering: Levering, rijen: Sequence[Uitvalrij]) -> list[int]:
    """The young persons whom we know that these rows are about, by number; for the log of who took them out."""
    soort = SOORTEN.get(levering.soort)
    if soort is None:
        return []
    nummers = set()
    for rij in rijen:
        kop, cellen = inhoud_van(rij)
        nummers |= genoemde_nummers(soort.herken(kop), cellen)
    inlezing = Inlezing(levering.regio_id, systeem_toegang(levering.regio_id), levering.gestart_op, levering.pk)
    return sorted(set(zoek_personen(nummers, inlezing).values()))
