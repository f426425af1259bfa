"""The deliveries that the demo lays ready can be read in, each with a row that is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from routekaart.basis.models import Regio
from routekaart.demo.bouw import bouw
from routekaart.demo.proefleveringen import PROEFLEVERINGEN
from routekaart.leveringen.acties import Uitkomst, neem_levering_in
from routekaart.leveringen.models import Uitvalrij
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import PERSOON_ONBEKEND
from routekaart.toegang.bereik import systeem_toegang

VANDAAG = dt.date(2026, 11, 17)
NU = dt.datetime(2026, 11, 17, 12, 0, tzinfo=dt.UTC)


def test_elke_soort_van_een_leverancier_ligt_klaar() -> None:
    assert set(PROEFLEVERINGEN.values()) | {"duo-verzuim", "duo-antwoord"} == set(SOORTEN)


@pytest.mark.django_db(transaction=True)
def test_elke_levering_heeft_goede_rijen_en_een_foute(tmp_path: Path, settings: Any) -> None:
    settings.VAR = settings.MEDIA_ROOT = tmp_path
    bouw(vandaag=VANDAAG)
    regio = Regio.objects.get()

    def lees(naam: str, soort: str) -> Uitkomst:
        toegang = systeem_toegang(regio.pk)
        return neem_levering_in(soort, tmp_path / "proef" / naam, regio=regio, toegang=toegang, nu=NU)

    for naam, soort in PROEFLEVERINGEN.items():
        velden = lees(naam, soort).telling.als_velden()
        goed = velden["nieuw"] + velden["gewijzigd"]
        assert (goed, velden["uitval"]) == (velden["regels"] - 1, 1), naam
    assert not Uitvalrij.objects.filter(reden=PERSOON_ONBEKEND).exists()
    for naam, soort in PROEFLEVERINGEN.items():
        velden = lees(naam, soort).telling.als_velden()
        assert (velden["nieuw"], velden["gewijzigd"], velden["uitval"]) == (0, 0, 1), naam
