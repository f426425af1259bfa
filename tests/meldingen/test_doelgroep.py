"""The proposed doelgroep follows from what is recorded about the jongere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.models import Parameter
from routekaart.loopbaan.models import Diploma, Vaststelling, Werk
from routekaart.meldingen.doelgroep import als_gegevens, bepaal
from routekaart.toegang.bereik import systeem_toegang
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}


def besluit(jongere: Any, op: dt.date = VANDAAG) -> Any:
    return bepaal(jongere, op=op, toegang=systeem_toegang(jongere.regio_id))


def test_ingeschreven_zonder_zorg_is_geen_doelgroep(jongere: Any) -> None:
    assert (besluit(jongere).doelgroep, besluit(jongere).reden) == ("geen", "ingeschreven")


def test_met_verzuimmelding_is_het_verzuim_18_plus(gebied: Any, jongere: Any) -> None:
    fabrieken.maak_melding(gebied, jongere=jongere)
    assert besluit(jongere).doelgroep == "verzuim-18-plus"


@pytest.mark.parametrize(
    "velden",
    [
        {"ingetrokken_op": NU},
        {"oordeel": "onterecht", "oordeel_op": NU},
        {"oordeel": "geen-actie", "oordeel_op": NU},
        {"uitkomst": "gesprek-afspraken"},
        {"soort": "vsv"},
        {"ontvangen_op": NU + dt.timedelta(days=1)},
    ],
)
def test_een_verzuimmelding_telt_niet_meer(gebied: Any, jongere: Any, velden: dict[str, Any]) -> None:
    fabrieken.maak_melding(gebied, jongere=jongere, **velden)
    assert besluit(jongere).doelgroep == "geen"


def test_een_afgesloten_werkproces_sluit_ook_zijn_meldingen(gebied: Any, jongere: Any) -> None:
    werkproces = fabrieken.maak_werkproces(jongere, soort="verzuim-18-plus", route="mas-18-plus")
    fabrieken.maak_melding(gebied, jongere=jongere, werkproces=werkproces)
    assert besluit(jongere).doelgroep == "verzuim-18-plus"
    werkproces.uitkomst, werkproces.afgesloten_op = "onterecht", VANDAAG
    werkproces.save()
    assert besluit(jongere).doelgroep == "geen"


def test_voorgenomen_uitschrijving_maakt_dreigend_vsv(gebied: Any, jongere: Any) -> None:
    fabrieken.maak_melding(gebied, jongere=jongere, soort="vsv", voorgenomen_uitschrijving=True)
    assert besluit(jongere).doelgroep == "dreigend-vsv"


def test_een_diploma_op_mbo_2_is_een_startkwalificatie(jongere: Any) -> None:
    Diploma.objects.create(jongere=jongere, soort="mbo", niveau=2, behaald_op=dt.date(2026, 7, 1), bron="DUO")
    assert besluit(jongere).reden == "startkwalificatie"
    assert besluit(jongere, op=dt.date(2026, 6, 30)).reden == "ingeschreven"


def test_een_vastgestelde_startkwalificatie_telt(jongere: Any) -> None:
    Vaststelling.objects.create(jongere=jongere, op=dt.date(2025, 1, 1), bewijs="diploma gezien", bron="dossier")
    assert besluit(jongere).reden == "startkwalificatie"


def test_zonder_inschrijving_is_de_loopbaan_onbekend(gebied: Any) -> None:
    uitslag = besluit(fabrieken.maak_jongere(gebied))
    assert "loopbaan-onbekend" in uitslag.kenmerken
    assert set(uitslag.onbekend) == {"diplomas", "inschrijvingen", "werk"}


def test_de_regio_kiest_of_een_baan_telt(gebied: Any) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2023, 8, 1), tot=dt.date(2024, 3, 1))
    Werk.objects.create(jongere=jongere, van=dt.date(2024, 4, 1), uren=20, bron="dossier")
    assert besluit(jongere).reden == "werk"
    Parameter.objects.create(regio=gebied.regio, code="baan_telt", waarde=False, van=dt.date(2020, 1, 1))
    assert besluit(jongere).doelgroep == "oud-vsv"


def test_het_besluit_bewaart_wat_het_gebruikte(gebied: Any, jongere: Any) -> None:
    gegevens = als_gegevens(besluit(jongere))
    assert gegevens["peildatum"] == "2026-11-17"
    assert (gegevens["doelgroep"], gegevens["reden"], gegevens["versie"]) == ("geen", "ingeschreven", "2026-1")
    assert gegevens["uitleg"][0]["bron"]


def test_een_andere_regio_bepaalt_niets(jongere: Any, buitenstaander: Any) -> None:
    with pytest.raises(ValueError, match="eigen jongeren"):
        bepaal(jongere, op=VANDAAG, toegang=fabrieken.toegang(buitenstaander))


def test_het_aantal_vragen_aan_de_database_staat_vast(jongere: Any, django_assert_num_queries: Any) -> None:
    toegang = systeem_toegang(jongere.regio_id)
    with django_assert_num_queries(6):
        bepaal(jongere, op=VANDAAG, toegang=toegang)
