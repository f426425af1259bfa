"""What nobody types by hand but somebody sends: an address with odd signs gives a page or a 404, never a failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from routekaart.toegang.rechten import RECHTEN, Rol
from tests.deuren.adressen import adres_van
from tests.deuren.routes import ROUTES
from tests.deuren.wereld import Wereld

Bezoek = Callable[..., Client]

RAAR = {
    "nulteken": "\x00",
    "half teken": "\ud800",
    "lang": "9" * 400,
    "negatief": "-1",
    "te groot": "99999999999999999999",
    "geen datum": "2026-13-45",
    "aanhalingsteken": "'\"<script>",
    "procent": "%",
    "superscript": "²",
}
# every name that a page reads from the address
NAMEN = (
    "q", "toon", "voor", "stand", "behandelaar", "plaats", "school", "kanaal", "gemeente", "volgorde", "pagina",
    "melding", "soort", "na", "kolom", "werkproces", "aandacht", "met", "van", "tot", "gebruiker", "code", "dossier",
    "tabel", "domein", "punt", "next", "op", "jongere",
    "vorm", "periode", "schooljaar", "stap", "wie", "lijst", "nummer", "uitkomst", "doelgroep", "sorteer", "melder",
    "nieuw", "terug", "zoektocht", "kopie", "dag", "peildatum",
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_de_wereld(wereld: Wereld, db: Any) -> None:
    """Every test of this file stands in the world."""


def _adres(pad: str, waarde: str) -> str:
    code = quote(waarde, errors="surrogatepass")
    return f"{pad}?{'&'.join(f'{naam}={code}' for naam in NAMEN)}"


@pytest.mark.parametrize("soort", RAAR)
def test_een_raar_adres_geeft_geen_storing(wereld: Wereld, bezoek: Bezoek, soort: str) -> None:
    fout, gezien = [], 0
    for naam, deur in ROUTES.items():
        if deur.alleen_post:
            continue
        rol = sorted(RECHTEN[deur.recht])[0] if deur.recht else Rol.COORDINATOR
        if deur.recht and Rol.COORDINATOR in RECHTEN[deur.recht]:
            rol = Rol.COORDINATOR
        client = bezoek(rol)
        client.raise_request_exception = False
        antwoord = client.get(_adres(adres_van(naam, wereld.personen["A"]), RAAR[soort]))
        gezien += 1
        if antwoord.status_code >= 500:
            fout.append(f"{naam}: {antwoord.status_code}")
        assert b"<script>'" not in antwoord.content if not antwoord.streaming else True
    assert not fout, f"{soort}: " + ", ".join(fout)
    assert gezien >= 70
