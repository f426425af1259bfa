"""The settings of a region in the browser: dated, explained, logged, and refused in words where they cannot be."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from routekaart.basis.models import Parameter
from routekaart.basis.parameters import STANDAARD, parameters
from routekaart.beheer.instellingen import GRENZEN, GROEPEN
from routekaart.logboek.models import Logregel
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied

pytestmark = pytest.mark.django_db

MORGEN = VANDAAG + dt.timedelta(days=1)
RUST = "signaal_rust_dagen"


@pytest.fixture
def venster(gebied: Gebied, als: Callable[[Any], Client]) -> Any:
    with time_machine.travel(NU, tick=False):
        yield als(fabrieken.maak_gebruiker(gebied, "beheer", "beheerder"))


def adres(code: str) -> str:
    return f"/beheer/instellingen/{code}/"


def zet(venster: Client, code: str, waarde: str, van: dt.date = VANDAAG, **anders: str) -> Any:
    velden = {"doe": "zetten", "waarde": waarde, "van": str(van), "toelichting": "Overleg van 12 november", **anders}
    pagina = venster.get(adres(code))
    return venster.post(adres(code), {"stand": pagina.context["form"].initial["stand"], **velden})


def waarde(gebied: Gebied, code: str, op: dt.date) -> Any:
    return parameters(gebied.regio.pk, op=op)[code]


def test_elke_instelling_staat_er_een_keer_met_wat_zij_mag_zijn(venster: Client) -> None:
    codes = [code for _, groep in GROEPEN for code in groep]
    assert sorted(codes) == sorted(STANDAARD)
    assert set(GRENZEN) <= set(STANDAARD)
    pagina = venster.get("/beheer/instellingen/").content.decode()
    assert "Jullie regio volgt overal de standaard." in pagina
    for code, standaard in STANDAARD.items():
        assert adres(code) in pagina
        detail = venster.get(adres(code))
        assert detail.status_code == 200 and standaard.bron in detail.content.decode()


def test_een_waarde_geldt_vanaf_haar_dag_en_het_logboek_weet_het(venster: Client, gebied: Gebied) -> None:
    assert zet(venster, RUST, "180", MORGEN).status_code == 302
    assert (waarde(gebied, RUST, VANDAAG), waarde(gebied, RUST, MORGEN)) == (365, 180)
    pagina = venster.get(adres(RUST)).content.decode()
    assert "Nu: 365 (standaard). Straks: 180 vanaf 18 november 2026." in pagina
    assert "Overleg van 12 november" in pagina
    regel = Logregel.objects.get(code="beheer.instelling")
    inhoud = json.loads(regel.inhoud)
    assert (inhoud["was"], inhoud["wordt"], inhoud["vanaf"]) == (365, 180, "2026-11-18")


def test_perioden_sluiten_aan_en_overlappen_nooit(venster: Client, gebied: Gebied) -> None:
    zet(venster, RUST, "180", VANDAAG + dt.timedelta(days=30))
    zet(venster, RUST, "90")
    zet(venster, RUST, "60", VANDAAG + dt.timedelta(days=10))
    zet(venster, RUST, "61", VANDAAG + dt.timedelta(days=10))
    rijen = list(Parameter.objects.order_by("van").values_list("waarde", "van", "tot"))
    assert [rij[0] for rij in rijen] == [90, 61, 180]
    assert all(tot + dt.timedelta(days=1) == volgende[1] for (_, _, tot), volgende in itertools.pairwise(rijen))
    assert rijen[-1][2] is None
    terug = {"doe": "standaard", "van": str(VANDAAG + dt.timedelta(days=5)), "toelichting": "Toch niet"}
    assert venster.post(adres(RUST), terug | {"stand": venster.get(adres(RUST)).context["form"].initial["stand"]}
                        ).status_code == 302  # fmt: skip
    assert [waarde(gebied, RUST, VANDAAG + dt.timedelta(days=dag)) for dag in (0, 4, 5, 10, 40)] == [
        90,
        90,
        365,
        365,
        365,
    ]


@pytest.mark.parametrize(
    ("code", "invoer", "zin"),
    [
        (RUST, "veel", "heel getal"),
        (RUST, "-1", "0"),
        (RUST, "99999", "1.825"),
        (RUST, "", "is nog leeg"),
        ("nazorg_maanden", "1, drie", "getallen met komma"),
        ("nazorg_maanden", "6, 1", "op volgorde"),
        ("nazorg_maanden", "99", "van 1 tot en met 24"),
        ("contactprotocol", "zomaar", "Kies"),
        ("signaal_jib_aan", "misschien", "Kies"),
        ("signaal_jib_van", "28", "moet lager zijn dan"),
        ("bovengrens", "40", "27"),
    ],
)
def test_wat_niet_kan_wordt_in_woorden_geweigerd(venster: Client, code: str, invoer: str, zin: str) -> None:
    antwoord = zet(venster, code, invoer)
    assert antwoord.status_code == 200 and zin in antwoord.content.decode()
    assert not Parameter.objects.exists() and not Logregel.objects.filter(code="beheer.instelling").exists()


@pytest.mark.parametrize(
    ("code", "invoer", "wordt"),
    [("nazorg_maanden", "1, 3 en 12", [1, 3, 12]), ("signaal_jib_aan", "nee", False), ("bovengrens", "", None),
     ("bovengrens", "27", 27), ("contactprotocol", "utrecht", "utrecht")],
)  # fmt: skip
def test_elke_soort_waarde_wordt_bewaard_zoals_de_regels_haar_lezen(
    venster: Client, gebied: Gebied, code: str, invoer: str, wordt: Any
) -> None:
    assert zet(venster, code, invoer).status_code == 302
    assert waarde(gebied, code, VANDAAG) == wordt


def test_in_het_verleden_of_zonder_afspraak_kan_niet(venster: Client) -> None:
    assert "Wat al voorbij is, blijft zoals het was" in zet(
        venster, RUST, "5", VANDAAG - dt.timedelta(days=1)
    ).content.decode().replace("&#x27;", "'")
    assert "is nog leeg" in zet(venster, RUST, "5", toelichting=" ").content.decode()
    assert not Parameter.objects.exists()


def test_wie_tussendoor_wijzigt_wordt_niet_overschreven(venster: Client, gebied: Gebied) -> None:
    stand = venster.get(adres(RUST)).context["form"].initial["stand"]
    zet(venster, RUST, "90")
    tweede = zet(venster, RUST, "30", stand=stand)
    assert "Een collega wijzigde dit net" in tweede.content.decode()
    assert waarde(gebied, RUST, VANDAAG) == 90
    # the same form, sent again now that she has seen it
    assert venster.post(adres(RUST), tweede.context["form"].data).status_code == 302
    assert waarde(gebied, RUST, VANDAAG) == 30


def test_een_onbekende_instelling_is_er_niet(venster: Client) -> None:
    assert venster.get(adres("bestaat_niet")).status_code == 404


def test_een_regio_raakt_niet_aan_de_andere(venster: Client, gebied: Gebied) -> None:
    elders = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    zet(venster, RUST, "90")
    assert (waarde(gebied, RUST, VANDAAG), waarde(elders, RUST, VANDAAG)) == (90, 365)
