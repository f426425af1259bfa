"""Pages that are read while another process writes: they come, and none of their lines is lost or double.

Also not where whoever enters the lines is killed (kill -9) at the worst moments.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from routekaart.logboek import acties, wachtrij
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from tests.fabrieken import NU
from tests.schade.proef import Proef
from tests.schade.spel import REDEN, Spel, beginstand

LEZERS, PAGINAS = 4, 3
GEDULD = 30  # seconds; only what never ends is waited for that long
SPEL = Spel(nu=NU)


def _wacht_op(pad: Path) -> None:
    einde = time.monotonic() + GEDULD
    while not pad.exists():
        assert time.monotonic() < einde, f"{pad.name} kwam niet"
        time.sleep(0.01)


def _begin() -> str:
    """A coach who has signed in; gives the key of her session."""
    beginstand()
    client = Client()
    client.force_login(SPEL.coach)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def sessie(proef: Proef) -> str:
    """State `lezen`, and in it the session of a coach."""
    proef.kopie(proef.leeg(), "lezen")
    gevonden: str = proef.doe("lezen", _begin).antwoord
    return gevonden


def _lees(sessie: str) -> Callable[[], list[int]]:
    """What the pages of one reader answered."""

    def doe() -> list[int]:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = sessie
        adressen = ["/", reverse("dossiers:overzicht", args=[SPEL.jongere.sleutel]), "/jongeren/"]
        return [client.get(adres).status_code for adres in adressen[:PAGINAS]]

    return doe


def _schrijf(begonnen: Path, genoeg: Path) -> Callable[[], None]:
    """A transaction that lasts, as that of a delivery does."""

    def doe() -> None:
        with transaction.atomic():
            Jongere.objects.alles(reden=REDEN).update(telefoon="0612345678")
            begonnen.touch()
            _wacht_op(genoeg)

    return doe


def _sterf(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _sterf_voor_het_opruimen() -> None:
    """The lines are in the log, and all their files are still there."""
    with mock.patch.object(wachtrij, "_leg_database_vast", _sterf):
        acties.verzegel(nu=NU)


def _sterf_halverwege_het_opruimen() -> None:
    gewoon = Path.unlink
    weg: list[Path] = []

    def een_en_dan_dood(pad: Path, **verder: Any) -> None:
        if weg:
            _sterf()
        weg.append(pad)
        gewoon(pad, **verder)

    with mock.patch.object(Path, "unlink", een_en_dan_dood):
        acties.verzegel(nu=NU)


def _stand() -> tuple[Counter[str], list[str], int]:
    """How often each page stands in the log, what is wrong with the chain, and how many pages wait."""
    paginas = Counter(Logregel.objects.filter(soort="lezen").values_list("verzoek", flat=True))
    return paginas, acties.controleer().fouten, wachtrij.wachtend()


def test_lezers_wachten_niet_en_hun_regels_komen_er_een_keer_in(proef: Proef, sessie: str, tmp_path: Path) -> None:
    begonnen, genoeg = tmp_path / "begonnen", tmp_path / "genoeg"
    schrijver = proef.begin("lezen", _schrijf(begonnen, genoeg))
    try:
        _wacht_op(begonnen)
        lezers = [proef.begin("lezen", _lees(sessie)) for _ in range(LEZERS)]
        # the writer goes on until the last page has come: who waited for it, would get no page
        assert [proef.wacht(lezer).antwoord for lezer in lezers] == [[200] * PAGINAS] * LEZERS
    finally:
        genoeg.touch()
    assert not proef.wacht(schrijver).dood
    if connection.vendor == "sqlite":
        assert proef.doe("lezen", wachtrij.wachtend).antwoord == LEZERS * PAGINAS
        assert proef.doe("lezen", lambda: acties.verzegel(nu=NU), sterf_na=4).dood
        assert proef.doe("lezen", _sterf_voor_het_opruimen).dood
        assert proef.doe("lezen", _sterf_halverwege_het_opruimen).dood
        assert proef.doe("lezen", wachtrij.wachtend).antwoord == LEZERS * PAGINAS - 1
    # several go on with it at once: the sealer, a reader, and somebody who checks
    samen: list[Callable[[], Any]] = [lambda: acties.verzegel(nu=NU) and None, _lees(sessie), _stand, _stand]
    for kind in [proef.begin("lezen", werk) for werk in samen]:
        assert not proef.wacht(kind).dood
    proef.doe("lezen", lambda: acties.verzegel(nu=NU) and None)
    paginas, fouten, wachtend = proef.doe("lezen", _stand).antwoord
    assert len(paginas) == (LEZERS + 1) * PAGINAS
    assert set(paginas.values()) == {1}
    assert (fouten, wachtend) == ([], 0)
