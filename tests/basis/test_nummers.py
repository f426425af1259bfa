"""Numbers are given out once, one at a time or by the block."""

from __future__ import annotations

import pytest

from routekaart.basis.nummers import volgend_nummer, volgende_nummers


@pytest.mark.django_db
def test_een_blok_sluit_aan_op_wat_er_al_was() -> None:
    assert list(volgende_nummers("melding", 2026, 3)) == [1, 2, 3]
    assert volgend_nummer("melding", 2026) == 4
    assert list(volgende_nummers("melding", 2026, 2)) == [5, 6]
    assert volgend_nummer("melding", 2027) == volgend_nummer("werkproces", 2026) == 1


@pytest.mark.django_db
def test_een_leeg_blok_neemt_niets() -> None:
    assert list(volgende_nummers("melding", 2026, 0)) == []
    assert volgend_nummer("melding", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_een_nummer_hoort_bij_een_handeling() -> None:
    with pytest.raises(RuntimeError, match="transactie"):
        volgende_nummers("melding", 2026, 3)
