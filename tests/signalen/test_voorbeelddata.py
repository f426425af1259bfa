"""The fictitious deliveries, read in from nothing, give exactly the absoluut verzuim and the vsv that were promised."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from routekaart.basis.models import Regio
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.detectie import tel_op
from routekaart.signalen.models import Signaal
from routekaart.signalen.vsvtelling import tel_vsv_per_gemeente
from tests.leveringen.test_voorbeelddata import MAPPEN, SOORTEN

OP = dt.date(2024, 2, 1)
ABSOLUUT = "absoluut_verzuim_2024-02-01"
VSV = "startpopulatie_en_nieuwe_vsv_2022-2023"


@pytest.mark.django_db
@pytest.mark.parametrize("map_", MAPPEN, ids=lambda map_: map_.parent.name)
def test_absoluut_verzuim_en_nieuwe_vsv_zijn_precies_wat_verwacht_wordt(map_: Path) -> None:
    verwacht = json.loads((map_ / "verwacht.json").read_text())
    call_command("inrichten", regio=38, stdout=io.StringIO())
    for soort in SOORTEN:
        call_command("inlezen", soort, str(map_ / f"{soort}.csv"), "--json", stdout=io.StringIO())
    regio = Regio.objects.get(nummer=38)
    assert dict(tel_op(regio.pk, op=OP, soort="absoluut-verzuim")["absoluut-verzuim"]) == verwacht[ABSOLUUT]
    telling = tel_vsv_per_gemeente(regio.pk, Schooljaar(2022))
    assert {code: list(aantallen) for code, aantallen in telling.items()} == verwacht[VSV]
    assert not Signaal.objects.alles(reden="proef").exists()
