"""The world of the access tests: built once per file, and put back afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from routekaart.toegang.models import Gebruiker
from tests.deuren.wereld import Wereld, maak_wereld
from tests.fabrieken import NU

SCHRIJFT = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|DROP|ALTER|CREATE)\b[^\"]*\"(\w+)\"", re.IGNORECASE)
# the log of reading, the session, and the counters of the limits on signing in
MAG_BIJ_LEZEN = {"logboek_logregel", "django_session", "basis_cache"}


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Two regions and everybody in them, on a fixed day."""
    with django_db_blocker.unblock(), time_machine.travel(NU, tick=False), transaction.atomic():
        yield maak_wereld()
        transaction.set_rollback(True)


@pytest.fixture
def bezoek(wereld: Wereld, db: Any) -> Callable[[str | None], Client]:
    """`bezoek("doorstroomcoach")`: a browser of that user; None is somebody who has not signed in."""

    def open_browser(wie: str | None, *, csrf: bool = False) -> Client:
        client = Client(raise_request_exception=True, enforce_csrf_checks=csrf)
        if wie is not None:
            gebruiker: Gebruiker = wereld.gebruikers[wie]
            client.force_login(gebruiker)
        return client

    return open_browser


class Schrijver:
    """Collects the statements that change a table."""

    def __init__(self) -> None:
        self.geschreven: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if gevonden := SCHRIJFT.match(sql):
            self.geschreven.append(gevonden[2].lower())
        return execute(sql, params, many, context)

    @property
    def onverwacht(self) -> set[str]:
        """The tables that reading may not touch."""
        return set(self.geschreven) - MAG_BIJ_LEZEN


@pytest.fixture
def schrijver() -> Iterator[Schrijver]:
    """What the test writes to the database."""
    teller = Schrijver()
    with connection.execute_wrapper(teller):
        yield teller
