"""Who may look but not act gets no form, and what somebody else's form would send changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from routekaart.toegang.rechten import RECHTEN, Recht, Rol
from tests.deuren.adressen import adres_van
from tests.deuren.conftest import Schrijver
from tests.deuren.formulier import Formulier, formulieren
from tests.deuren.routes import ROUTES
from tests.deuren.wereld import Wereld

Bezoek = Callable[..., Client]

# looks at dossiers of persons A and B, and may never work in one
KIJKER = Rol.KWALITEIT
WERKER = Rol.COORDINATOR
PAGINAS = [naam for naam, deur in ROUTES.items() if deur.recht is not None and WERKER in RECHTEN[deur.recht]]


@pytest.fixture(autouse=True)
def in_de_wereld(wereld: Wereld, db: Any) -> None:
    """Every test of this file stands in the world."""


def _ingevuld(client: Client, adres: str) -> list[tuple[str, Formulier]]:
    """Every form on this page with the address that it goes to."""
    antwoord = client.get(adres)
    if antwoord.status_code != 200 or "html" not in antwoord["Content-Type"]:
        return []
    gevonden = formulieren(antwoord.content.decode())
    eigen = [(een.waarheen or adres, een) for een in gevonden]
    return [(waarheen, een) for waarheen, een in eigen if "/account/" not in waarheen]


def _mag(adres: str, rol: str) -> bool:
    """Whether this role may send something there."""
    deur = ROUTES[resolve(adres.split("?")[0]).view_name]
    recht = deur.doen or deur.recht
    return recht is not None and rol in RECHTEN[recht]


def test_wie_alleen_kijkt_verandert_niets(wereld: Wereld, bezoek: Bezoek, schrijver: Schrijver) -> None:
    """Every form that the coordinator sees is sent by the kwaliteitsmedewerker. That the forms are filled well enough
    shows from how many the coordinator may send.
    """
    werker, kijker = bezoek(WERKER), bezoek(KIJKER)
    geprobeerd, gelukt = 0, set()
    for naam in PAGINAS:
        if ROUTES[naam].alleen_post:
            continue
        for letter in ("A", "B") if ROUTES[naam].objecten else ("A",):
            for waarheen, formulier in _ingevuld(werker, adres_van(naam, wereld.personen[letter])):
                if _mag(waarheen, KIJKER):
                    continue
                geprobeerd += 1
                schrijver.geschreven.clear()
                antwoord = kijker.post(waarheen, formulier.velden)
                assert not schrijver.onverwacht, f"{KIJKER} wijzigt {schrijver.onverwacht} via {waarheen}"
                assert antwoord.status_code in {200, 302, 403, 404, 405}
                with transaction.atomic():
                    schrijver.geschreven.clear()
                    werker.post(waarheen, formulier.velden)
                    if schrijver.onverwacht:
                        gelukt.add(resolve(waarheen.split("?")[0]).view_name)
                    transaction.set_rollback(True)
    assert geprobeerd >= 40
    assert len(gelukt) >= 12, sorted(gelukt)


def test_wie_alleen_kijkt_ziet_geen_formulier(wereld: Wereld, bezoek: Bezoek) -> None:
    """No button that leads nowhere: a form is only shown to who may send it."""
    kijker = bezoek(KIJKER)
    te_veel = []
    for naam in PAGINAS:
        deur = ROUTES[naam]
        if deur.recht is None or KIJKER not in RECHTEN[deur.recht]:
            continue
        for waarheen, _ in _ingevuld(kijker, adres_van(naam, wereld.personen["A"])):
            if not _mag(waarheen, KIJKER):
                te_veel.append(f"{naam} toont een formulier naar {waarheen}")
    assert not te_veel, "\n".join(te_veel)


def test_kijken_en_werken_zijn_verschillende_rechten() -> None:
    assert KIJKER in RECHTEN[Recht.DOSSIER_ZIEN]
    assert KIJKER not in RECHTEN[Recht.DOSSIER_WERKEN]
    assert WERKER in RECHTEN[Recht.DOSSIER_WERKEN]
    assert len(PAGINAS) >= 60
