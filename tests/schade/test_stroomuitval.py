"""A process that dies after any statement of any act leaves the state before or after, never between."""

from __future__ import annotations

import pytest

from tests.schade.handelingen import AL_BEPROEFD, SCENARIOS, speel_alles
from tests.schade.proef import Proef, Stand
from tests.schade.spel import Spel, beginstand


def verschil(een: Stand, ander: Stand) -> str:
    """The tables in which two states differ, for the message."""
    return ", ".join(
        f"{tabel} ({len(een[tabel])} → {len(ander[tabel])} rijen)" for tabel in een if een[tabel] != ander[tabel]
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nooit_iets_half(proef: Proef, scenario: str) -> None:
    handelingen = SCENARIOS[scenario].handelingen
    proef.kopie(proef.leeg(), "warm")
    proef.hier("warm", lambda: speel_alles(scenario))
    proef.kopie(proef.leeg(), "nu")
    proef.doe("nu", lambda: begin(scenario))
    gestorven = gezien = 0
    for naam, doen in handelingen.items():
        spel = Spel()
        if naam in AL_BEPROEFD:
            proef.doe("nu", lambda doen=doen, spel=spel: _niets(doen(spel)))
            continue
        voor = proef.stand("nu")
        proef.kopie("nu", "straks")
        afloop = proef.doe("straks", lambda doen=doen, spel=spel: _niets(doen(spel)), fotografeer=True)
        opdrachten = afloop.opdrachten
        na = proef.stand("straks")
        assert voor != na, f"{naam} doet niets"
        assert opdrachten >= 5, f"{naam} raakt de database nauwelijks"
        # every statement on SQLite: what stands in the files there is what somebody who dies there leaves
        for beeld in afloop.beelden:
            uitslag = proef.stand(beeld)
            assert uitslag in (voor, na), f"{naam}: {beeld} is half: {verschil(voor, uitslag)}"
            gezien += 1
        # and on both databases processes that really die, at some of the statements: each takes a database of its own
        proef.kopie("nu", "proef")
        for nummer in range(0, opdrachten, max(3, opdrachten // (3 if proef.postgres else 6))):
            assert proef.doe("proef", lambda doen=doen, spel=spel: _niets(doen(spel)), sterf_na=nummer).dood
            gestorven += 1
            uitslag = proef.stand("proef")
            if uitslag == voor:
                continue
            # the act was done before its last (reading) statement; on a fresh copy it must be exactly that
            proef.kopie("nu", "proef")
            proef.doe("proef", lambda doen=doen, spel=spel: _niets(doen(spel)), sterf_na=nummer)
            uitslag = proef.stand("proef")
            assert uitslag == na, (
                f"{naam}: na opdracht {nummer} van {opdrachten} is het half: {verschil(voor, uitslag)}"
            )
            proef.kopie("nu", "proef")
        proef.kopie("straks", "nu")
    beproefd = len(set(handelingen) - AL_BEPROEFD)
    assert gestorven >= 2 * beproefd
    assert proef.postgres or gezien >= beproefd


def begin(scenario: str) -> None:
    """What had happened before the scenario."""
    beginstand()
    for doen in SCENARIOS[scenario].vooraf():
        doen(Spel())


def _niets(_: object) -> None:
    """What an act gives back stays in the process where it was made."""


def test_alle_handelingen_zijn_er() -> None:
    namen = [naam for scenario in SCENARIOS.values() for naam in scenario.handelingen]
    assert len(namen) == len(set(namen))
    assert set(namen) >= AL_BEPROEFD
    assert len(namen) - len(AL_BEPROEFD) >= 55


def test_de_proef_ziet_iets_halfs(proef: Proef) -> None:
    """The trial itself: three rows that belong together, written apart, are found half."""
    from routekaart.basis.models import Regio

    def half() -> None:
        for nummer in (11, 12, 13):
            Regio.objects.create(nummer=nummer, naam=f"Regio {nummer}")

    proef.kopie(proef.leeg(), "half")
    voor = proef.stand("half")
    assert proef.doe("half", half, sterf_na=2).dood
    uitslag = proef.stand("half")
    assert uitslag != voor
    assert 0 < len(uitslag["basis_regio"]) < 3


def test_de_proef_ziet_iets_halfs_ook_aan_de_bestanden(proef: Proef) -> None:
    """The same by the files alone: each of the two states between is kept."""
    from routekaart.basis.models import Regio

    def half() -> None:
        for nummer in (11, 12, 13):
            Regio.objects.create(nummer=nummer, naam=f"Regio {nummer}")

    proef.kopie(proef.leeg(), "half")
    beelden = proef.doe("half", half, fotografeer=True).beelden
    aantallen = [len(proef.stand(beeld)["basis_regio"]) for beeld in beelden]
    assert aantallen == ([] if proef.postgres else [1, 2, 3])
