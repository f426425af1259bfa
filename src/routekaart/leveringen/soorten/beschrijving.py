"""The kinds of delivery as documentation: what stands in docs/beheer/leveringen.md is made here."""

from __future__ import annotations

from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import Soort

BEGIN = "<!-- gemaakt uit leveringen/soorten; pas het daar aan -->"
EINDE = "<!-- einde -->"


def als_markdown() -> str:
    """All kinds with their columns, between the two marks."""
    delen = [BEGIN, *(_soort(soort) for soort in SOORTEN.values()), EINDE]
    return "\n\n".join(delen)


def _soort(soort: Soort) -> str:
    kop = f"### `{soort.code}`: {soort.naam[:1].lower()}{soort.naam[1:]}"
    regels = ["| kolom | nodig | wat |", "|---|---|---|"]
    regels += [
        f"| `{kolom.naam}` | {_nodig(soort, kolom.naam, verplicht=kolom.verplicht)} | {kolom.wat} |"
        for kolom in soort.kolommen
    ]
    sleutel = f"\n\nEén ding is: {', '.join(f'`{naam}`' for naam in soort.sleutel)}." if soort.sleutel else ""
    return f"{kop}\n\n{soort.wat}\n\n" + "\n".join(regels) + sleutel


def _nodig(soort: Soort, kolom: str, *, verplicht: bool) -> str:
    if verplicht:
        return "ja"
    return "een van" if any(kolom in groep for groep in soort.een_van) else ""
