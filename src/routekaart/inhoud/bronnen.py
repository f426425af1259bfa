"""Sources by the name under which colleagues know them."""

from __future__ import annotations

import re

from routekaart.inhoud.codelijsten import codelijst

BRONCODE = re.compile(r"\b00\d\b")


def bron_in_woorden(bron: str) -> str:
    """A source as a colleague knows it: '000, Doelgroepen 2' is 'Routekaart 2023, Doelgroepen 2'."""
    korten = {waarde.code: str(waarde["kort"]) for waarde in codelijst("bronnen").waarden}
    return BRONCODE.sub(lambda treffer: korten.get(treffer[0], treffer[0]), bron)
