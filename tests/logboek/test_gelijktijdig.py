"""Many write and many seal at once: no line is lost, none is sealed twice, and the chain is one."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from routekaart.logboek import acties
from routekaart.logboek.models import Logregel, Zegel
from tests.fabrieken import NU

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SCHRIJVERS, VERZEGELAARS, REGELS = 6, 4, 25


def test_tegelijk_schrijven_en_verzegelen() -> None:
    start = threading.Barrier(SCHRIJVERS + VERZEGELAARS)
    mis: list[BaseException] = []

    def werk(doe: str) -> None:
        try:
            start.wait(timeout=20)
            for _ in range(REGELS):
                if doe == "schrijf":
                    acties.noteer("contact.vastgelegd", nu=NU, gebruiker_id=7, inhoud={"bij": "Yara"})
                else:
                    acties.verzegel(nu=NU)
        except BaseException as fout:  # handed to the test, which fails on it
            mis.append(fout)
        finally:
            connection.close()

    draden = [
        threading.Thread(target=werk, args=(doe,)) for doe in ["schrijf"] * SCHRIJVERS + ["verzegel"] * VERZEGELAARS
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=60)
    assert mis == []
    acties.verzegel(nu=NU)
    uitslag = acties.controleer()
    assert uitslag.fouten == []
    assert (uitslag.regels, uitslag.open) == (SCHRIJVERS * REGELS, 0)
    assert sum(Zegel.objects.values_list("aantal", flat=True)) == Logregel.objects.count()
