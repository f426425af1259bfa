"""Fixtures of the deliveries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fabrieken import Gebied
from tests.leveringen.hulp import Inlezer


@pytest.fixture
def inlezer(gebied: Gebied, tmp_path: Path) -> Inlezer:
    """Takes deliveries in for the invented region."""
    return Inlezer(gebied, tmp_path)
