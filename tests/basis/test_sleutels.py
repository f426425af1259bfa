"""Thousands of keys as one value."""

from __future__ import annotations

import gc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.basis.geheugen import DREMPEL, minder_opruimen
from routekaart.basis.sleutels import Sleutels
from routekaart.loopbaan.models import Instelling


@pytest.mark.django_db
def test_een_rij_sleutels_is_een_waarde() -> None:
    scholen = [Instelling.objects.create(brin=brin, naam=brin) for brin in ("25LX", "99VA00", "99VB00")]
    ids = Sleutels.van(school.pk for school in scholen[1:])
    assert list(Instelling.objects.filter(pk__in_rij=ids).order_by("brin")) == scholen[1:]
    namen = Sleutels.van_tekst(["25LX", "99VB00", "00AA"])
    assert list(Instelling.objects.filter(brin__in_rij=namen).order_by("brin")) == [scholen[0], scholen[2]]


@pytest.mark.django_db
def test_een_lege_rij_vraagt_de_database_niets() -> None:
    with CaptureQueriesContext(connection) as vragen:
        assert not Instelling.objects.filter(pk__in_rij=Sleutels.van([]))
    assert len(vragen) == 0


@pytest.mark.parametrize("tekst", ['a"b', "a,b", "{a}", "a b", "a\\"])
def test_een_tekst_met_tekens_gaat_niet_mee(tekst: str) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        Sleutels.van_tekst(["goed", tekst])


def test_na_het_werk_ruimt_python_op_als_tevoren() -> None:
    was = gc.get_threshold()
    with minder_opruimen():
        with minder_opruimen():
            assert gc.get_threshold()[0] == DREMPEL
        assert gc.get_threshold()[0] == DREMPEL
    assert gc.get_threshold() == was
