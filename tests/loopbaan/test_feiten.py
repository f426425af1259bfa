"""Facts that deliveries bring: one thing stands there once, by its natural key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from routekaart.loopbaan.models import (
    Diploma,
    Feit,
    Inlichting,
    Inschrijving,
    Jikpopgave,
    Uitstroom,
    Vrijstelling,
    Vsvopgave,
)
from routekaart.personen.models import Jongere
from tests import fabrieken

pytestmark = pytest.mark.django_db


@pytest.fixture
def jongere() -> Jongere:
    return fabrieken.maak_jongere(fabrieken.maak_gebied())


@pytest.mark.parametrize(
    ("maak", "anders"),
    [
        (fabrieken.maak_diploma, {"behaald_op": dt.date(2025, 7, 1)}),
        (fabrieken.maak_vrijstelling, {"soort": Vrijstelling.Soort.ARTIKEL_15}),
        (fabrieken.maak_vsvopgave, {"rapportage": "A02"}),
        (fabrieken.maak_inlichting, {"maand": "2026-09"}),
        (fabrieken.maak_jikpopgave, {"schooljaar": "2024-2025"}),
        (fabrieken.maak_uitstroom, {"schooljaar": "2024-2025"}),
    ],
)
def test_een_feit_staat_er_een_keer(maak: Callable[..., Feit], anders: dict[str, Any], jongere: Jongere) -> None:
    vast = {"instelling": fabrieken.maak_instelling()} if maak is fabrieken.maak_uitstroom else {}
    maak(jongere, **vast)
    maak(jongere, **vast, **anders)
    with pytest.raises(IntegrityError), transaction.atomic():
        maak(jongere, **vast)


def test_een_vrijstelling_eindigt_niet_voor_zij_begint(jongere: Jongere) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        fabrieken.maak_vrijstelling(jongere, van=dt.date(2026, 8, 1), tot=dt.date(2026, 7, 31))


@pytest.mark.parametrize("model", [Inschrijving, Diploma, Vrijstelling, Vsvopgave, Inlichting, Jikpopgave, Uitstroom])
def test_een_natuurlijke_sleutel_kent_geen_leeg(model: type[Model]) -> None:
    """Two empty values are not equal to a database: a key with one would let doubles in."""
    sleutel = next(c for c in model._meta.constraints if c.name.endswith("_natuurlijk"))
    velden = [model._meta.get_field(naam) for naam in sleutel.fields]  # type: ignore[attr-defined]
    assert not [veld.name for veld in velden if getattr(veld, "null", True)]


@pytest.mark.parametrize("model", [*Feit.__subclasses__()])
def test_de_feiten_van_een_jongere_komen_uit_een_index(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        gevonden = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
    beginnen = [index["columns"] for index in gevonden if index["index"] or index["unique"]]
    assert [kolommen for kolommen in beginnen if kolommen[:1] == ["jongere_id"]]
