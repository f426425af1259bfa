"""What an uitkomst proposes to tell DUO."""

from __future__ import annotations

import pytest

from routekaart.inhoud.codelijsten import uitkomst
from routekaart.meldingen.soorten import voorgestelde_afsluitreden


@pytest.mark.parametrize(
    ("soort", "code", "overleden", "reden"),
    [
        ("verzuim-18-plus", "leeftijd-verhuisd-overleden", True, 5),
        ("verzuim-18-plus", "leeftijd-verhuisd-overleden", False, 4),
        ("jikp", "overleden", False, 5),
        ("vsv", "verhuisd", False, 4),
        ("verzuim-18-plus", "geen-actie-na-school", True, 1),
        ("verzuim-18-plus", "onterecht", True, None),
    ],
)
def test_alleen_overlijden_is_reden_vijf(soort: str, code: str, overleden: bool, reden: int | None) -> None:
    assert voorgestelde_afsluitreden(uitkomst(soort, code), overleden=overleden) == reden
