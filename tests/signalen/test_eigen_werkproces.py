"""Jongeren in Beeld and the yearly herbeoordeling are werkprocessen with outcomes of their own, counted apart."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Parameter
from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.acties import geef_oordeel
from routekaart.personen.models import Jongere
from routekaart.signalen.acties import maak_melding
from routekaart.signalen.models import Signaal
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.conftest import signaal, signalen, zoek

pytestmark = pytest.mark.usefixtures("op_dinsdag")


@pytest.fixture
def in_beeld(gebied: Gebied) -> Jongere:
    """Twenty-four, on this month's list of the Inlichtingenbureau, left mbo 3 long ago."""
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2002-03-04", voornamen="Sam")
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2019, 8, 1), tot=dt.date(2020, 5, 20))
    fabrieken.maak_inlichting(jongere, maand="2026-10", werk_uren=0, uitkering=False)
    return jongere


def beoordeel(een: Signaal, coach: Any) -> Werkproces:
    wie = {"toegang": fabrieken.toegang(coach), "nu": NU}
    melding = maak_melding(een, **wie)
    geef_oordeel(melding, directe_actie=True, motivatie="Staat nergens op.", onvolledig_omdat="Van een lijst.", **wie)
    melding.refresh_from_db()
    assert melding.werkproces is not None
    return melding.werkproces


def test_van_de_lijst_naar_een_werkproces_jib_met_een_uitkomst_van_die_lijst(
    gebied: Gebied, in_beeld: Jongere, coach: Any
) -> None:
    zoek(gebied, soort="jongeren-in-beeld")
    werkproces = beoordeel(signaal("jongeren-in-beeld"), coach)
    assert (werkproces.soort, werkproces.route, werkproces.stap) == ("jib", "jib", 2)
    stappen.dossier(werkproces, coach)
    werkproces.refresh_from_db()
    assert werkproces.stap == 4
    with pytest.raises(Geweigerd):  # an outcome of the werkproces VSV, not of this list
        stappen.afsluiten(werkproces, coach, uitkomst="hulpverlening")
    stappen.afsluiten(werkproces, coach, uitkomst="werktraject", resultaatdomeinen=["werk", "dagbesteding"])
    werkproces.refresh_from_db()
    assert (werkproces.uitkomst, werkproces.resultaatdomeinen) == ("werktraject", ["werk", "dagbesteding"])
    # the counts that the law asks know nothing of it
    assert not Werkproces.objects.alles(reden="proef").filter(soort="vsv").exists()


def test_een_regio_zonder_jongeren_in_beeld_zoekt_hen_niet(gebied: Gebied, in_beeld: Jongere) -> None:
    Parameter.objects.create(regio=gebied.regio, code="signaal_jib_aan", waarde=False, van=dt.date(2020, 1, 1))
    zoek(gebied, soort="jongeren-in-beeld")
    assert not signalen(soort="jongeren-in-beeld")


def test_de_herbeoordeling_is_een_eigen_werkproces_en_gaat_zo_nodig_verder_als_vsv(
    gebied: Gebied, oud: Jongere, coach: Any
) -> None:
    eerder = fabrieken.maak_werkproces(oud, behandelaar=coach)
    lang_geleden = VANDAAG - dt.timedelta(days=500)
    Werkproces.objects.alles(reden="proef").filter(pk=eerder.pk).update(
        gestart_op=lang_geleden, afgesloten_op=lang_geleden, uitkomst="reageert-niet", doelgroep="oud-vsv"
    )
    zoek(gebied, soort="oud-vsv-jaarlijks")
    werkproces = beoordeel(signaal("oud-vsv-jaarlijks"), coach)
    assert (werkproces.soort, werkproces.route) == ("herbeoordeling", "herbeoordeling")
    stappen.dossier(werkproces, coach)
    stappen.afsluiten(werkproces, coach, uitkomst="werkproces-vsv", resultaatdomeinen=[])
    soorten = Werkproces.objects.alles(reden="proef").filter(jongere=oud, afgesloten_op__isnull=True)
    assert [een.soort for een in soorten] == ["vsv"]
    assert Werkproces.objects.alles(reden="proef").filter(soort="herbeoordeling").count() == 1
