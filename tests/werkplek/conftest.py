"""What the pages of the werkplek are tried with: the rest of the cast, tasks, and the day of the factories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from routekaart.dossiers.models import Taak, Werkproces
from tests import fabrieken


@pytest.fixture
def op_dinsdag() -> Iterator[None]:
    """It is Tuesday 17 November 2026, ten in the morning in Amsterdam."""
    with time_machine.travel(fabrieken.NU, tick=False):
        yield


@pytest.fixture
def coordinator(gebied: fabrieken.Gebied) -> Any:
    """Somebody who divides the work of both teams."""
    return fabrieken.maak_gebruiker(gebied, "coordinator", "coordinator", team=gebied.alles)


@pytest.fixture
def taak(gebied: fabrieken.Gebied, coach: Any) -> Callable[..., Taak]:
    """`taak(due=…)` is an open task of the coach, in a werkproces of a new jongere."""

    def maak(*, werkproces: Werkproces | None = None, voornamen: str = "Yara", **velden: Any) -> Taak:
        eigenaar = velden.pop("eigenaar", coach)
        if werkproces is None:
            jongere = fabrieken.maak_jongere(gebied, voornamen=voornamen)
            werkproces = fabrieken.maak_werkproces(jongere, behandelaar=eigenaar)
        waarden: dict[str, Any] = {
            "soort": "contact",
            "wat": "Bel opnieuw",
            "waarom": "De vorige keer: geen contact",
            "actie": "contact-vastleggen",
            "vanaf": dt.date(2026, 11, 9),
            "due": fabrieken.VANDAAG,
            "herkomst": f"proef:{Taak.objects.alles(reden='proef').count()}",
        } | velden
        return Taak.objects.create(
            regio=werkproces.regio,
            gemeente=werkproces.gemeente,
            soort_werk=werkproces.soort_werk,
            jongere=werkproces.jongere,
            werkproces=werkproces,
            eigenaar=eigenaar,
            team=werkproces.team,
            **waarden,
        )

    return maak
