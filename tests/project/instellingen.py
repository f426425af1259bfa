"""Writes docs/beheer/instellingen.md from the settings that exist: `python -m tests.project.instellingen`."""

from pathlib import Path

from routekaart.project.omgeving import INSTELLINGEN

PAD = Path(__file__).parent.parent.parent / "docs/beheer/instellingen.md"
BEGIN = """# Instellingen

Alles wat per plaats verschilt, lees je in uit de omgeving. Een waarde die niet kan, stopt het programma met een zin
die zegt wat er mis is. Wat je niet instelt, is veilig: alleen over https, en alleen bereikbaar op deze machine.

| instelling | doet |
|---|---|
"""
EINDE = """
## Sleutels

Bij de eerste start maakt Routekaart drie sleutels in `ROUTEKAART_SLEUTELS`, elk in een eigen bestand dat alleen de
eigenaar kan lezen:

- `django`: voor sessies en formulieren. Een nieuwe sleutel meldt iedereen af, meer niet.
- `nummers`: versleutelt BSN en onderwijsnummer. Zonder deze sleutel zijn ze nooit meer te lezen.
- `zegels`: bewijst dat het logboek niet is vervalst.

Bewaar `nummers` en `zegels` op een andere plek dan de database en haar reservekopieën. Wie allebei heeft, leest alles.

## Achter een proxy

Routekaart staat in productie achter een server die https afhandelt. Die zet `X-Forwarded-Proto` op `https` en voegt
het adres van de bezoeker toe aan `X-Forwarded-For`. Zet `ROUTEKAART_PROXYS` op het aantal servers dat dat doet, meestal
`1`. Staat het op `0`, dan tellen alle mislukte aanmeldingen samen als één bezoeker, en houdt één grapjas iedereen
buiten. Staat het te hoog, dan kan een bezoeker een ander adres voorwenden.
"""


def tekst() -> str:
    """The page as it must be."""
    rijen = "".join(f"| `{naam}` | {doet} |\n" for naam, doet in INSTELLINGEN.items())
    return f"{BEGIN}{rijen}{EINDE}"


if __name__ == "__main__":
    PAD.parent.mkdir(parents=True, exist_ok=True)
    PAD.write_text(tekst())
