"""What the tests of the meldpunt share: somebody enrolled at mbo 2, a school, and ways to bring meldingen in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from routekaart.meldingen.acties import Informatie, Melder, ontvang_melding
from routekaart.meldingen.models import Melding
from tests import fabrieken
from tests.fabrieken import NU

VOLLEDIG = Informatie(
    reden="Werkt veel in de avond",
    partneracties="Twee gesprekken met de mentor",
    reactie_jongere="Wil graag verder leren",
    verzuimoverzicht="22 uur in vier weken",
    verwachte_inzet="Een gesprek samen",
)


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Any:
    """19 years old, enrolled at mbo 2, from mbo 2 before: no jikp."""
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2025, 8, 1))
    return jongere


@pytest.fixture
def school() -> Any:
    return fabrieken.maak_instelling(naam="ROC De Waarden")


Ontvang = Callable[..., Melding]


@pytest.fixture
def ontvang(gebied: fabrieken.Gebied, coach: Any, school: Any) -> Ontvang:
    """`ontvang(jongere)`: a complete melding of verzuim by the school, as the coach takes it in by hand."""

    def doe(jongere: Any = None, **velden: Any) -> Melding:
        waarden: dict[str, Any] = {
            "kanaal": "A.II",
            "soort": "16-uur",
            "melder": Melder(soort="school", naam="Karin Slot", email="k.slot@school.example", instelling=school),
            "informatie": VOLLEDIG,
            "gemeente": gebied.gemeente,
            "toegang": fabrieken.toegang(coach),
            "nu": NU,
        } | velden
        return ontvang_melding(jongere=jongere, **waarden)

    return doe
