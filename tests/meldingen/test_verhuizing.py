"""Somebody moves while a melding is open: it shows both gemeenten and proposes what to do; a closed one stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente, Regio
from routekaart.meldingen.acties import draag_over, zet_over
from routekaart.meldingen.models import Melding
from routekaart.meldingen.verhuizing import verhuizing_van
from tests import fabrieken
from tests.fabrieken import NU


@pytest.fixture
def wie(coach: Any) -> dict[str, Any]:
    return {"toegang": fabrieken.toegang(coach), "nu": NU}


@pytest.fixture
def elders() -> Gemeente:
    regio = Regio.objects.create(nummer=9, naam="Regio Elders")
    return Gemeente.objects.create(code="9999", naam="Elders", regio=regio, van=dt.date(2000, 1, 1))


def verhuis(jongere: Any, gemeente: Gemeente) -> None:
    jongere.gemeente = gemeente
    jongere.save(update_fields=["gemeente"])


def vers(melding: Melding) -> Melding:
    rijen = Melding.objects.alles(reden="test").select_related("jongere__gemeente", "gemeente", "werkproces")
    gevonden: Melding = rijen.get(pk=melding.pk)
    return gevonden


def test_wie_buiten_de_regio_ging_wonen_wordt_voorgesteld_over_te_dragen(
    ontvang: Any, jongere: Any, gebied: Any, elders: Gemeente, als: Any, coach: Any
) -> None:
    melding = ontvang(jongere)
    verhuis(jongere, elders)
    venster = als(coach)
    pagina = venster.get(reverse("meldingen:melding", args=[melding.sleutel])).content.decode()
    assert "verhuisde" in pagina and "nu in Elders. Bij de melding was dat Gemeente 1-1" in pagina
    assert "Zet de melding daar neer" not in pagina
    oordeel = venster.get(reverse("meldingen:oordeel", args=[melding.sleutel, "overdracht"])).content.decode()
    assert f'value="{elders.pk}" selected' in oordeel


def test_binnen_de_regio_gaat_de_melding_mee(
    ontvang: Any, jongere: Any, gebied: Any, als: Any, coach: Any, wie: Any
) -> None:
    melding = ontvang(jongere)
    verhuis(jongere, gebied.andere_gemeente)
    venster = als(coach)
    assert "Zet de melding daar neer" in venster.get(reverse("meldingen:lijst")).content.decode()
    venster.post(reverse("meldingen:verhuizen", args=[melding.sleutel]))
    assert vers(melding).gemeente == gebied.andere_gemeente
    assert verhuizing_van(vers(melding)) is None
    with pytest.raises(Geweigerd, match="staat al bij"):
        zet_over(vers(melding), **wie)


def test_een_gesloten_melding_telt_waar_zij_was(
    ontvang: Any, jongere: Any, gebied: Any, elders: Gemeente, wie: Any
) -> None:
    melding = ontvang(jongere)
    draag_over(melding, gemeente=elders, motivatie="Woont in Elders", **wie)
    verhuis(jongere, gebied.andere_gemeente)
    assert verhuizing_van(vers(melding)) is None
    with pytest.raises(Geweigerd):
        zet_over(vers(melding), **wie)
    assert vers(melding).gemeente == gebied.gemeente
