"""One werkproces on the national route, handled by the coach."""

from __future__ import annotations

from typing import Any

import pytest

from routekaart.dossiers.models import Werkproces
from tests import fabrieken


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
