"""Fixtures for all tests: the fixed cast, and an emptied log after tests with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase

from routekaart.logboek import wachters
from tests import fabrieken

# pure functions and data; the doors of the house, walked in Python; the demo, which lives on the embedded database
EENMAAL = ("tests/regels/", "tests/inhoud/", "tests/deuren/", "tests/demo/")
DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    """A test with real transactions empties all tables afterwards; the log forbids that, so its guards step aside."""
    origineel = TransactionTestCase._fixture_teardown

    def ruim_op(zelf: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for opdracht in wachters.opruimen(connection.vendor):
                cursor.execute(opdracht)
        origineel(zelf)
        with connection.cursor() as cursor:
            for opdracht in wachters.opdrachten(connection.vendor):
                cursor.execute(opdracht)

    TransactionTestCase._fixture_teardown = ruim_op  # type: ignore[method-assign]


def _in(item: pytest.Item, mappen: tuple[str, ...]) -> bool:
    return any(deel in item.path.as_posix() for deel in mappen)


def pytest_itemcollected(item: pytest.Item) -> None:
    """What proves nothing about the database carries `eenmaal`: CI runs that on SQLite and not on PostgreSQL.

    A test that asks for no database may not touch it; those of `schade` make databases of their own.
    """
    gebruikt = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
    if _in(item, EENMAAL) or not (gebruikt or _in(item, ("tests/schade/",))):
        item.add_marker("eenmaal")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves an event loop running in the process, beside which Django's async
    methods, which the refusing queryset is also tried on, cannot be called.

    Races show only on PostgreSQL (SQLite lets writers wait): without a server those tests step aside.
    """
    items.sort(key=lambda item: _in(item, ("tests/browser/",)))
    if connection.vendor == "postgresql":
        return
    opzij = pytest.mark.skip(reason="geen PostgreSQL: zet ROUTEKAART_TEST_DATABASE_URL")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(opzij)


@pytest.fixture
def gebied(db: Any) -> fabrieken.Gebied:
    """The invented regio with two gemeenten and a team per kind of work."""
    return fabrieken.maak_gebied()


@pytest.fixture
def coach(gebied: fabrieken.Gebied) -> Any:
    """A doorstroomcoach of team Doorstroompunt."""
    return fabrieken.maak_gebruiker(gebied, "coach", "doorstroomcoach", team=gebied.doorstroompunt)


@pytest.fixture
def collega(gebied: fabrieken.Gebied) -> Any:
    """Another doorstroomcoach of the same team."""
    return fabrieken.maak_gebruiker(gebied, "collega", "doorstroomcoach", team=gebied.doorstroompunt)


@pytest.fixture
def ambtenaar(gebied: fabrieken.Gebied) -> Any:
    """A leerplichtambtenaar of team Leerplicht."""
    return fabrieken.maak_gebruiker(gebied, "ambtenaar", "leerplichtambtenaar", team=gebied.leerplicht)


@pytest.fixture
def administratie(gebied: fabrieken.Gebied) -> Any:
    """Somebody of the administration, for both kinds of work."""
    return fabrieken.maak_gebruiker(gebied, "administratie", "administratie", team=gebied.alles)


@pytest.fixture
def buitenstaander(gebied: fabrieken.Gebied) -> Any:
    """A doorstroomcoach of another regio."""
    ander = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    return fabrieken.maak_gebruiker(ander, "buitenstaander", "doorstroomcoach", team=ander.doorstroompunt)


@pytest.fixture
def als(client: Client) -> Callable[[Any], Client]:
    """`als(coach)` is a browser in which the coach is signed in."""

    def meld_aan(gebruiker: Any) -> Client:
        ander = Client()
        ander.force_login(gebruiker)
        return ander

    return meld_aan
