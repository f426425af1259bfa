"""The databases of the damage tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from tests.schade.handelingen import speel_alles
from tests.schade.proef import Proef


@pytest.fixture(scope="session")
def proef(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    """States to die in; gone when the session ends."""
    with django_db_blocker.unblock():
        databanken = Proef(tmp_path_factory.mktemp("schade"))
        databanken.kopie(databanken.leeg(), "warm")
        with zonder_letterzetter():
            databanken.hier("warm", lambda: speel_alles("meldpunt"))
        yield databanken
        databanken.ruim_op()


def zonder_letterzetter() -> Any:
    """No letter is really set: Typst starts threads, and a process with threads cannot be copied safely."""
    return mock.patch("typst.compile", return_value=b"%PDF-1.7 proef")


@pytest.fixture(autouse=True)
def met_databank(django_db_blocker: Any) -> Iterator[None]:
    """These tests use no connection of the test run itself, only those of their children."""
    with django_db_blocker.unblock(), zonder_letterzetter():
        yield
