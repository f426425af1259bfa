"""The website seals the log by itself, and of several nodes one at a time."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from routekaart.logboek import acties, zegelaar
from routekaart.logboek.models import Logregel, Zegel
from tests.fabrieken import NU

pytestmark = pytest.mark.django_db(transaction=True)
MINUUT = dt.timedelta(minutes=1)


def schrijf(aantal: int = 1) -> None:
    for _ in range(aantal):
        acties.noteer("contact.vastgelegd", nu=timezone.now(), gebruiker_id=7)


def open_regels() -> int:
    return Logregel.objects.filter(zegel_id__isnull=True).count()


def test_zolang_de_website_loopt_raakt_het_logboek_vanzelf_verzegeld() -> None:
    schrijf(3)
    with zegelaar.met_zegelaar(dt.timedelta(milliseconds=20)):
        einde = time.monotonic() + 10
        while open_regels() and time.monotonic() < einde:
            time.sleep(0.02)
        assert open_regels() == 0
    assert acties.controleer().klopt


def test_bij_het_stoppen_blijft_er_geen_regel_open() -> None:
    with zegelaar.met_zegelaar():
        schrijf(2)
        assert open_regels() == 2
    assert open_regels() == 0
    assert Zegel.objects.get().aantal == 2


def test_een_tweede_machine_verzegelt_niet_in_dezelfde_minuut() -> None:
    schrijf()
    assert zegelaar.verzegel_nu(MINUUT)
    schrijf()
    assert not zegelaar.verzegel_nu(MINUUT)
    assert open_regels() == 1
    laatste = Zegel.objects.get().moment
    assert acties.verzegel(nu=laatste + dt.timedelta(seconds=30), niet_binnen=MINUUT) is None
    assert acties.verzegel(nu=laatste + MINUUT, niet_binnen=MINUUT) is not None


def test_een_database_die_even_weg_is_houdt_de_website_niet_tegen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def weg(**_: Any) -> None:
        raise OperationalError("geen verbinding")

    gewaarschuwd: list[str] = []
    monkeypatch.setattr(zegelaar, "verzegel", weg)
    monkeypatch.setattr(zegelaar.log, "warning", lambda tekst, fout: gewaarschuwd.append(tekst % fout))
    assert not zegelaar.verzegel_nu(MINUUT)
    assert gewaarschuwd == ["Verzegelen lukt nu niet: geen verbinding"]


def test_zonder_regels_komt_er_geen_zegel() -> None:
    assert acties.verzegel(nu=NU, niet_binnen=MINUUT) is None
    assert not Zegel.objects.exists()
