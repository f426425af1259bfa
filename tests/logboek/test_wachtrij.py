"""Who reads does not wait for who writes: the lines wait beside the database, and come into the log once and unchanged.

`tests/schade/test_lezen_naast_schrijven.py` does the same with processes that really write, wait and die.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from routekaart.basis.schrijfbeurt import EenAnderSchrijft, zonder_wachten
from routekaart.logboek import acties, wachtrij
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Jongere
from routekaart.toegang import middleware
from routekaart.toegang.bereik import NIEMAND
from routekaart.toegang.inzage import Inzage
from tests.fabrieken import NU, Gebied, maak_gebruiker, maak_jongere

# PostgreSQL has no line: there nobody waits
pytestmark = [pytest.mark.eenmaal, pytest.mark.django_db]
Als = Callable[[Any], Client]
Uitvoering = Callable[..., Any]


@pytest.fixture(autouse=True)
def plek(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A line of its own for each test."""
    eigen = tmp_path / "wachtrij"
    monkeypatch.setattr(wachtrij, "map_", lambda: eigen)
    return eigen


@pytest.fixture
def jongere(gebied: Gebied) -> Jongere:
    return maak_jongere(gebied, achternaam="Dekkers")


@contextlib.contextmanager
def een_ander_schrijft() -> Iterator[None]:
    """Whoever tries to write without waiting, finds that somebody else does."""

    @contextlib.contextmanager
    def bezet(geduld: int = 0) -> Iterator[None]:
        raise EenAnderSchrijft("database is locked")
        yield

    with pytest.MonkeyPatch.context() as zolang:
        for waar in (acties, wachtrij, middleware):
            zolang.setattr(waar, "zonder_wachten", bezet)
        yield


@pytest.fixture
def lees(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`lees(3)`: a page with two lines about jongere 3."""

    def doe(jongere_id: int) -> None:
        inzage = Inzage()
        inzage.noteer("dossier.bekeken", jongere_id=jongere_id, inhoud={"over": "Yara"})
        inzage.noteer("jongere.gezocht", inhoud={"vraag": jongere_id})
        inzage.schrijf(NIEMAND, nu=NU)

    return doe


@pytest.fixture
def voer_in(django_capture_on_commit_callbacks: Uitvoering) -> Callable[[], None]:
    """Enters what waits, and ends as a commit does."""

    def doe() -> None:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            wachtrij.voer_in()

    return doe


def over() -> list[int | None]:
    return list(Logregel.objects.order_by("pk").values_list("jongere_id", flat=True))


def test_een_pagina_komt_en_haar_regel_later(
    coach: Any, jongere: Jongere, als: Als, plek: Path, django_capture_on_commit_callbacks: Uitvoering
) -> None:
    client, adres = als(coach), reverse("dossiers:netwerk", args=[jongere.sleutel])
    with een_ander_schrijft():
        assert client.get(adres).status_code == 200
        assert client.get(adres).status_code == 200
    assert not Logregel.objects.exists()
    assert wachtrij.wachtend() == 2
    gelezen_op = time.time()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.get(adres).status_code == 200
    regels = list(Logregel.objects.order_by("pk"))
    zelfde = (regels[2].code, coach.pk, jongere.pk)
    assert [(regel.code, regel.gebruiker_id, regel.jongere_id) for regel in regels] == [zelfde] * 3
    assert regels[0].moment < regels[1].moment < regels[2].moment
    assert regels[1].moment.timestamp() < gelezen_op
    assert len({regel.verzoek for regel in regels}) == 3
    assert acties.controleer().klopt
    assert list(plek.iterdir()) == []


def test_wat_wacht_is_alleen_voor_het_programma_zelf(lees: Callable[[int], None], plek: Path) -> None:
    with een_ander_schrijft():
        lees(1)
    (bestand,) = plek.iterdir()
    assert [stat.S_IMODE(pad.stat().st_mode) for pad in (plek, bestand)] == [0o700, 0o600]


def test_op_volgorde_en_een_pagina_blijft_heel(lees: Callable[[int], None], voer_in: Callable[[], None]) -> None:
    with een_ander_schrijft():
        for nummer in range(5):
            lees(nummer)
    voer_in()
    assert over() == [0, None, 1, None, 2, None, 3, None, 4, None]


def test_wie_stierf_voor_het_opruimen_laat_niets_dubbel_achter(
    lees: Callable[[int], None], voer_in: Callable[[], None], plek: Path
) -> None:
    with een_ander_schrijft():
        lees(1)
        lees(2)
    (eerste, tweede) = sorted(plek.iterdir())
    bewaard = eerste.read_text()
    voer_in()
    eerste.write_text(bewaard)
    assert not tweede.exists()
    with een_ander_schrijft():
        lees(3)
    voer_in()
    assert over() == [1, None, 2, None, 3, None]
    assert wachtrij.wachtend() == 0


def test_wat_wordt_teruggedraaid_blijft_wachten(
    lees: Callable[[int], None], voer_in: Callable[[], None], django_capture_on_commit_callbacks: Uitvoering
) -> None:
    with een_ander_schrijft():
        lees(1)
    with (
        django_capture_on_commit_callbacks(execute=True),
        contextlib.suppress(ZeroDivisionError),
        transaction.atomic(),
    ):
        wachtrij.voer_in()
        assert over() == [1, None]
        raise ZeroDivisionError
    assert over() == []
    assert wachtrij.wachtend() == 1
    voer_in()
    assert over() == [1, None]


@pytest.mark.parametrize(
    "doe",
    [lambda: acties.verzegel(nu=NU), acties.controleer, lambda: acties.wis(jongere_id=99, nu=NU)],
    ids=["verzegelen", "controleren", "wissen"],
)
def test_eerst_komt_erin_wat_wacht(lees: Callable[[int], None], doe: Callable[[], Any]) -> None:
    with een_ander_schrijft():
        lees(1)
    doe()
    assert over() == [1, None]


def test_wissen_bereikt_ook_een_regel_die_wacht(lees: Callable[[int], None], voer_in: Callable[[], None]) -> None:
    with een_ander_schrijft():
        lees(7)
    assert acties.wis(jongere_id=7, nu=NU) == 1
    voer_in()
    assert Logregel.objects.get(jongere_id=7, code="dossier.bekeken").inhoud is None
    assert acties.controleer().klopt


def test_een_volle_schijf_houdt_de_pagina_binnen(
    coach: Any, jongere: Jongere, als: Als, plek: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vol(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    client = als(coach)
    client.raise_request_exception = False
    monkeypatch.setattr(os, "fsync", vol)
    with een_ander_schrijft():
        antwoord = client.get(reverse("dossiers:netwerk", args=[jongere.sleutel]))
    assert antwoord.status_code == 503
    assert "Dekkers" not in antwoord.content.decode()
    assert not plek.exists() or list(plek.iterdir()) == []


def test_na_heel_veel_paginas_sluit_een_volgende_achteraan(
    lees: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Uitvoering
) -> None:
    """One page does not enter the lines of hundreds, and its own do not go before theirs."""
    monkeypatch.setattr(acties, "MEE", 2)
    with een_ander_schrijft():
        for nummer in range(3):
            lees(nummer)
    for nummer in (3, 4):
        with django_capture_on_commit_callbacks(execute=True):
            lees(nummer)
    assert [een for een in over() if een is not None] == [0, 1, 2, 3, 4]
    assert wachtrij.wachtend() == 0


@pytest.mark.parametrize("inhoud", ["{half", '[{"moment": 3}]', "[3]", '[{"moment": "2026-01-01", "soort": null}]'])
def test_wat_niemand_kan_lezen_houdt_de_rest_niet_tegen_en_valt_op(
    lees: Callable[[int], None], voer_in: Callable[[], None], plek: Path, inhoud: str
) -> None:
    with een_ander_schrijft():
        lees(1)
    stuk = plek / "00000000000000000001-x.json"
    stuk.write_text(inhoud)
    voer_in()
    lees(2)
    assert over()[0] == 1
    assert acties.controleer().fouten == [f"{stuk.name} wacht op het logboek en is niet te lezen"]
    assert stuk in plek.iterdir()


def test_een_regel_die_onderweg_is_veranderd_valt_op(
    lees: Callable[[int], None], voer_in: Callable[[], None], plek: Path
) -> None:
    with een_ander_schrijft():
        lees(1)
    (bestand,) = plek.iterdir()
    bestand.write_text(bestand.read_text().replace('"jongere_id": 1', '"jongere_id": 2'))
    voer_in()
    assert acties.controleer().fouten == [f"Regel {Logregel.objects.get(jongere_id=2).pk} is veranderd"]


def test_wat_een_gestorven_proces_half_schreef_verdwijnt(
    lees: Callable[[int], None], voer_in: Callable[[], None], plek: Path
) -> None:
    with een_ander_schrijft():
        lees(1)
    oud, nieuw = plek / ".oud.json.x", plek / ".nieuw.json.x"
    for half in (oud, nieuw):
        half.write_text("[{")
    os.utime(oud, (0, 0))
    voer_in()
    assert list(plek.iterdir()) == [nieuw]


def test_het_logboek_zegt_hoeveel_er_nog_bij_komt(
    gebied: Gebied, als: Als, lees: Callable[[int], None], voer_in: Callable[[], None]
) -> None:
    toezicht = als(maak_gebruiker(gebied, "toezicht", "privacy"))
    with een_ander_schrijft():
        lees(1)
        lees(2)
        pagina = toezicht.get("/beheer/logboek/").content.decode()
        assert "Dat 2 pagina&#x27;s zijn bekeken, komt er daarna vanzelf bij" in pagina
        assert acties.controleer().wacht == 3
    voer_in()
    assert "komt er daarna" not in toezicht.get("/beheer/logboek/").content.decode()


def test_een_bericht_verschijnt_liever_twee_keer_dan_dat_iemand_wacht(coach: Any, jongere: Jongere, als: Als) -> None:
    client = als(coach)
    sessie = client.session
    sessie["_messages"] = '[["__json_message",0,25,"Het contact is vastgelegd.",""]]'
    sessie.save()
    adres = reverse("dossiers:netwerk", args=[jongere.sleutel])
    with een_ander_schrijft():
        assert "Het contact is vastgelegd" in client.get(adres).content.decode()
    assert "Het contact is vastgelegd" in client.get(adres).content.decode()
    assert "Het contact is vastgelegd" not in client.get(adres).content.decode()


def test_het_geduld_is_daarna_weer_gewoon() -> None:
    def geduld() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            return int(cursor.fetchone()[0])

    gewoon = geduld()
    assert gewoon >= 10_000
    with pytest.raises(ZeroDivisionError), zonder_wachten(30):
        assert geduld() == 30
        raise ZeroDivisionError
    assert geduld() == gewoon
