"""Which young persons are in whose scope: by gemeente and kind of work, by exception, on a day, in one region."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import NIEMAND, Toegang
from routekaart.toegang.models import Bereik, Gebruiker, Lidmaatschap, Team
from routekaart.toegang.rechten import PERSONEN_ZIEN, RECHTEN, Recht, Rol
from tests.fabrieken import (
    VANDAAG,
    Gebied,
    maak_gebied,
    maak_gebruiker,
    maak_jongere,
    maak_werkproces,
    systeem,
    toegang,
)

GISTEREN = VANDAAG - dt.timedelta(days=1)


def ziet(wie: Gebruiker | Toegang, jongere: Jongere) -> bool:
    bereik = wie if isinstance(wie, Toegang) else toegang(wie)
    return Jongere.objects.voor(bereik).filter(pk=jongere.pk).exists()


def geef_bereik(jongere: Jongere, **velden: Any) -> Bereik:
    waarden = {"grond": Bereik.Grond.WAARNEMING, "doel": "Ziekte van een collega", "van": VANDAAG} | velden
    return Bereik.objects.create(jongere_id=jongere.pk, **waarden)


def test_een_coach_ziet_de_jongeren_van_haar_gemeenten(gebied: Gebied, coach: Any) -> None:
    gebied.doorstroompunt.gemeenten.set([gebied.gemeente])
    assert ziet(coach, maak_jongere(gebied))
    assert not ziet(coach, maak_jongere(gebied, gemeente=gebied.andere_gemeente))


def test_een_coach_ziet_geen_minderjarigen_van_leerplicht(gebied: Gebied, coach: Any, ambtenaar: Any) -> None:
    kind = maak_jongere(gebied, geboortedatum="2012-05-01")
    assert not ziet(coach, kind)
    assert ziet(ambtenaar, kind)


def test_een_andere_regio_ziet_niets(gebied: Gebied, buitenstaander: Any) -> None:
    assert not ziet(buitenstaander, maak_jongere(gebied))


def test_bereik_over_de_grens_van_de_regio_geeft_niets(gebied: Gebied, buitenstaander: Any) -> None:
    jongere = maak_jongere(gebied)
    geef_bereik(jongere, gebruiker=buitenstaander)
    assert not ziet(buitenstaander, jongere)


def test_twee_teams_tellen_niet_kruislings_op(gebied: Gebied, coach: Any) -> None:
    """Doorstroompunt in one gemeente and leerplicht in the other do not give leerplicht in the first."""
    gebied.doorstroompunt.gemeenten.set([gebied.gemeente])
    gebied.leerplicht.gemeenten.set([gebied.andere_gemeente])
    Lidmaatschap.objects.create(
        gebruiker=coach, team=gebied.leerplicht, rol=Rol.LEERPLICHTAMBTENAAR, van=dt.date(2020, 1, 1)
    )
    assert ziet(coach, maak_jongere(gebied))
    assert ziet(coach, maak_jongere(gebied, gemeente=gebied.andere_gemeente, geboortedatum="2012-05-01"))
    assert not ziet(coach, maak_jongere(gebied, geboortedatum="2012-05-01"))
    assert not ziet(coach, maak_jongere(gebied, gemeente=gebied.andere_gemeente))


def test_een_rol_zonder_personen_opent_de_gemeenten_van_dat_team_niet(gebied: Gebied, coach: Any) -> None:
    gebied.doorstroompunt.gemeenten.set([gebied.gemeente])
    Lidmaatschap.objects.create(gebruiker=coach, team=gebied.leerplicht, rol=Rol.BELEID, van=dt.date(2020, 1, 1))
    assert not ziet(coach, maak_jongere(gebied, geboortedatum="2012-05-01"))


@pytest.mark.parametrize("rol", sorted(set(Rol) - PERSONEN_ZIEN))
def test_een_rol_zonder_recht_op_personen_ziet_niemand(gebied: Gebied, rol: str) -> None:
    gebruiker = maak_gebruiker(gebied, "iemand", rol)
    jongere = maak_jongere(gebied)
    geef_bereik(jongere, gebruiker=gebruiker)
    geef_bereik(jongere, team=gebied.alles)
    assert not ziet(gebruiker, jongere)
    assert not Werkproces.objects.voor(toegang(gebruiker)).exists()


def test_wie_nergens_lid_is_ziet_niemand(gebied: Gebied) -> None:
    assert not ziet(maak_gebruiker(gebied, "nieuw"), maak_jongere(gebied))


def test_wie_geen_regio_heeft_ziet_niemand(gebied: Gebied, coach: Any) -> None:
    coach.regio = None
    coach.save()
    assert not ziet(coach, maak_jongere(gebied))


def test_niemand_ziet_niemand(gebied: Gebied) -> None:
    assert not ziet(NIEMAND, maak_jongere(gebied))


@pytest.mark.parametrize("wie", ["gebruiker", "team"])
def test_bereik_opent_een_dossier_en_alleen_dat(gebied: Gebied, coach: Any, wie: str) -> None:
    gebied.doorstroompunt.gemeenten.set([gebied.gemeente])
    een = maak_jongere(gebied, gemeente=gebied.andere_gemeente)
    ander = maak_jongere(gebied, gemeente=gebied.andere_gemeente)
    geef_bereik(een, **({"gebruiker": coach} if wie == "gebruiker" else {"team": gebied.doorstroompunt}))
    assert ziet(coach, een)
    assert not ziet(coach, ander)


def test_bereik_van_een_ander_of_een_ander_team_opent_niets(gebied: Gebied, coach: Any, collega: Any) -> None:
    kind = maak_jongere(gebied, geboortedatum="2012-05-01")
    geef_bereik(kind, gebruiker=collega)
    geef_bereik(kind, team=gebied.leerplicht)
    assert not ziet(coach, kind)


@pytest.mark.parametrize(
    ("van", "tot", "geldt"),
    [
        (VANDAAG, None, True),
        (VANDAAG, VANDAAG, True),
        (GISTEREN, GISTEREN, False),
        (VANDAAG + dt.timedelta(days=1), None, False),
    ],
)
def test_bereik_geldt_van_tot_en_met(gebied: Gebied, coach: Any, van: Any, tot: Any, geldt: bool) -> None:
    kind = maak_jongere(gebied, geboortedatum="2012-05-01")
    geef_bereik(kind, gebruiker=coach, van=van, tot=tot)
    assert ziet(coach, kind) is geldt


def test_een_verlopen_lidmaatschap_geeft_niets(gebied: Gebied, coach: Any) -> None:
    jongere = maak_jongere(gebied)
    assert ziet(coach, jongere)
    Lidmaatschap.objects.filter(gebruiker=coach).update(tot=GISTEREN)
    assert not ziet(coach, jongere)
    assert toegang(coach).rollen == frozenset()


def test_wat_bij_het_dossier_hoort_volgt_het_werkproces(gebied: Gebied, coach: Any, buitenstaander: Any) -> None:
    werkproces = maak_werkproces(maak_jongere(gebied))
    Gebeurtenis.objects.create(
        werkproces=werkproces, code="dossier.gelezen", op=VANDAAG, vastgelegd_op=werkproces.created
    )
    assert Gebeurtenis.objects.voor(toegang(coach)).count() == 1
    assert Gebeurtenis.objects.voor(toegang(buitenstaander)).count() == 0


def test_bereik_laden_kost_drie_queries(
    gebied: Gebied, coach: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for team in (gebied.leerplicht, gebied.alles):
        Lidmaatschap.objects.create(gebruiker=coach, team=team, rol=Rol.DOORSTROOMCOACH, van=dt.date(2020, 1, 1))
    for _ in range(5):
        geef_bereik(maak_jongere(gebied), gebruiker=coach)
    with django_assert_num_queries(3):
        geladen = toegang(coach)
    assert len(geladen.jongere_ids) == 5


def test_het_systeem_blijft_binnen_een_regio(gebied: Gebied) -> None:
    hier = maak_jongere(gebied)
    elders = maak_gebied(nummer=3, naam="Regio Ver")
    daar = maak_jongere(elders)
    assert ziet(systeem(gebied), hier)
    assert not ziet(systeem(gebied), daar)
    assert systeem(gebied).mag(Recht.LEVERINGEN)
    assert systeem(gebied).rol == "systeem"


def test_bereik_heeft_een_gebruiker_of_een_team(gebied: Gebied, coach: Any) -> None:
    jongere = maak_jongere(gebied)
    for velden in ({}, {"gebruiker": coach, "team": gebied.alles}):
        with pytest.raises(IntegrityError), transaction.atomic():
            geef_bereik(jongere, **velden)


def test_elk_recht_heeft_een_rol_en_elke_rol_een_recht() -> None:
    assert set(RECHTEN) == set(Recht)
    assert all(RECHTEN.values())
    heeft = {rol: {recht for recht, rollen in RECHTEN.items() if rol in rollen} for rol in Rol}
    assert all(Recht.EIGEN_ACCOUNT in rechten for rechten in heeft.values())


def test_wie_beheert_en_wie_toeziet_ziet_geen_personen() -> None:
    """The beheerder gives access and the privacy officer reads the log; neither of them opens a dossier."""
    assert not PERSONEN_ZIEN & {
        Rol.BEHEERDER,
        Rol.PRIVACY,
        Rol.BELEID,
        Rol.SCHOOLCONTACT,
        Rol.KETENPARTNER,
        Rol.JONGERE,
    }
    assert RECHTEN[Recht.LOGBOEK] == {Rol.PRIVACY}


def test_een_superuser_is_beheerder_en_ziet_niemand(gebied: Gebied) -> None:
    gebruiker = Gebruiker.objects.create_superuser("beheer@veldermeer.example", "een-lang-wachtwoord", naam="Beheer")
    assert gebruiker.regio == gebied.regio
    Lidmaatschap.objects.filter(gebruiker=gebruiker).update(van=dt.date(2020, 1, 1))
    assert toegang(gebruiker).rollen == {Rol.BEHEERDER}
    assert not ziet(gebruiker, maak_jongere(gebied))
    assert Team.objects.filter(naam="Beheer").count() == 1
