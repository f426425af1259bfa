"""What an uitkomst sets in motion, in words: aftercare, what goes to DUO, what a school may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from routekaart.basis import taal
from routekaart.begeleiding.acties.nazorg import nazorgdagen
from routekaart.inhoud import brieven
from routekaart.inhoud.codelijsten import Uitkomst
from routekaart.meldingen.vervolg import begint_vervolg
from routekaart.samenwerking.duo import voorstel_duo

ZELF_KIEZEN = "Kies zelf een reden: bij deze uitkomst hoort geen vaste."
# no name: this part of a page is fetched by itself, without a line in the log
WIE = "de jongere"


@dataclass(frozen=True)
class Gevolg:
    """What happens when this uitkomst is chosen. `duo` and `school` are empty where nothing goes there."""

    label: str
    vroeg: bool
    nazorg: Sequence[str]
    duo: str
    school: str
    vervolg: str = ""


def gevolg_van(keuze: Uitkomst, *, maanden: list[int], duo: bool, overleden: bool, op: dt.date) -> Gevolg:
    """The words for one uitkomst. `maanden` after which the region has aftercare; `duo`: a melding came from there;
    `overleden`: the jongere died, so that there is no aftercare and DUO hears it.
    """
    dagen = nazorgdagen(op, maanden, vandaag=op) if keuze.nazorg and not overleden else []
    voorstel = voorstel_duo(keuze, overleden=overleden)
    return Gevolg(
        label=keuze.label,
        vroeg=keuze.eindigt_route_vroeg,
        nazorg=[taal.datum_kort(dag, op=op) for dag in dagen],
        duo=(voorstel.in_woorden.removeprefix("Via DUO: ") if voorstel.afsluitreden else ZELF_KIEZEN) if duo else "",
        school=taal.hoofdletter(brieven.vul(brieven.terugkoppelzin(keuze.soort, keuze.code), {"voornaam": WIE})),
        vervolg=begint_vervolg(keuze),
    )


def gekozen_gevolg(
    keuzes: Sequence[Uitkomst], code: str, *, maanden: list[int], duo: bool, overleden: bool, op: dt.date
) -> Gevolg | None:
    """The same for the chosen code; None while nothing (of this list) is chosen."""
    gevonden = next((keuze for keuze in keuzes if keuze.code == code), None)
    return gevolg_van(gevonden, maanden=maanden, duo=duo, overleden=overleden, op=op) if gevonden else None
