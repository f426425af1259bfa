"""A log with lines and seals, and the means of somebody who wants to forge it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from routekaart.logboek import acties, wachters
from routekaart.logboek.models import Logregel
from tests.fabrieken import NU

Sql = Callable[..., None]


@pytest.fixture
def logboek(db: Any) -> list[Logregel]:
    """Three seals of four lines each, and two lines that wait for their seal."""
    regels = []
    for zegel in range(3):
        for nummer in range(4):
            regels.append(_regel(zegel * 10 + nummer))
        acties.verzegel(nu=NU + dt.timedelta(minutes=zegel))
    regels += [_regel(40), _regel(41)]
    return regels


def _regel(nummer: int) -> Logregel:
    return acties.noteer(
        "contact.vastgelegd",
        nu=NU + dt.timedelta(seconds=nummer),
        gebruiker_id=7,
        rol="doorstroomcoach",
        jongere_id=100 + nummer,
        onderwerp="dossiers.werkproces:1",
        inhoud={"bij": f"Yara {nummer}"},
    )


@pytest.fixture
def vervals(db: Any) -> Sql:
    """Runs SQL as somebody who may do everything in the database: the triggers are taken down first."""

    def doe(sql: str, *parameters: Any) -> None:
        with connection.cursor() as cursor:
            for opdracht in wachters.opruimen(connection.vendor):
                cursor.execute(opdracht)
            cursor.execute(sql, parameters)
            for opdracht in wachters.opdrachten(connection.vendor):
                cursor.execute(opdracht)

    return doe
