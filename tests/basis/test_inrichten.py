"""Setting up an empty database: regions, gemeenten, first teams and accounts; repeating keeps what is one's own."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from routekaart.basis.inrichten import gemeente_met_code, gemeentecodes, richt_gebied_in
from routekaart.basis.models import Gemeente, Regio, Subregio
from routekaart.inhoud import gebied as landelijk
from routekaart.inhoud.laden import InhoudFout
from routekaart.toegang.bereik import toegang_van
from routekaart.toegang.models import Gebruiker, Lidmaatschap, Team
from routekaart.toegang.rechten import Recht, Rol
from tests.fabrieken import VANDAAG

pytestmark = pytest.mark.django_db


def inrichten(**opties: Any) -> str:
    uit = io.StringIO()
    call_command("inrichten", stdout=uit, **opties)
    return uit.getvalue()


def gebruiker(*args: str) -> str:
    uit = io.StringIO()
    call_command("gebruiker", *args, stdout=uit)
    return uit.getvalue()


def test_alle_regios_en_alle_gemeenten_van_nu_en_vroeger_komen_erin() -> None:
    inrichten(regio=38)
    assert Regio.objects.count() == 40
    assert Gemeente.objects.count() == len(landelijk.gemeenten())
    assert Gemeente.objects.geldig_op(VANDAAG).filter(regio__nummer=38).count() == 14
    roermond = Gemeente.objects.get(code="0957")
    assert (roermond.naam, str(roermond.regio)) == ("Roermond", "Gewest Limburg-Noord")
    appingedam = Gemeente.objects.get(code="0003")
    assert (appingedam.tot, appingedam.opvolger_code) == (dt.date(2020, 12, 31), "1979")


def test_de_subregio_heeft_haar_gemeenten_in_haar_eigen_volgorde() -> None:
    inrichten(regio=38)
    subregio = Subregio.objects.get(naam="Subregio Roermond")
    namen = list(subregio.gemeenten.order_by("volgorde").values_list("naam", flat=True))
    assert namen == ["Roermond", "Echt-Susteren", "Roerdalen", "Maasgouw"]


def test_er_is_een_team_per_soort_werk_voor_alle_gemeenten_van_de_regio() -> None:
    inrichten(regio=38)
    teams = {team.naam: team for team in Team.objects.filter(regio__nummer=38)}
    assert {naam: team.soorten_werk for naam, team in teams.items()} == {
        "Doorstroompunt": ["doorstroompunt"],
        "Leerplicht": ["leerplicht"],
    }
    assert all(team.gemeenten.count() == 14 for team in teams.values())


def test_herhalen_laat_staan_wat_een_regio_veranderde() -> None:
    inrichten(regio=38)
    Gemeente.objects.filter(code="0957").update(naam="Remunj", volgorde=99, subregio=None)
    Team.objects.filter(naam="Leerplicht").update(naam="Team LPA")
    Regio.objects.filter(nummer=38).update(naam="Onze regio")
    assert "heeft al teams" in inrichten(regio=38)
    roermond = Gemeente.objects.get(code="0957")
    assert (roermond.naam, roermond.volgorde, roermond.subregio) == ("Remunj", 99, None)
    assert set(Team.objects.values_list("naam", flat=True)) == {"Doorstroompunt", "Team LPA"}
    assert Regio.objects.get(nummer=38).naam == "Onze regio"


def test_wat_de_landelijke_lijst_er_later_bij_weet_komt_er_wel_in() -> None:
    Gemeente.objects.create(code="0003", naam="Appingedam", van=dt.date(1900, 1, 1))
    inrichten()
    appingedam = Gemeente.objects.get(code="0003")
    assert (appingedam.tot, appingedam.opvolger_code, appingedam.van) == (
        dt.date(2020, 12, 31), "1979", dt.date(1900, 1, 1),
    )  # fmt: skip
    assert richt_gebied_in().gemeenten == 0


def test_zonder_regio_komt_alleen_het_land_erin() -> None:
    assert "Kies een regio" in inrichten()
    assert not Team.objects.exists()
    assert Regio.objects.exists()


def test_zonder_nummer_gaat_het_verder_met_de_regio_die_er_al_is() -> None:
    inrichten(regio=38)
    assert "Gewest Limburg-Noord heeft al teams" in inrichten()


def test_een_regio_die_niet_bestaat_wordt_geweigerd() -> None:
    with pytest.raises(CommandError, match="Regio 14 bestaat niet"):
        inrichten(regio=14)
    assert not Regio.objects.exists()


def test_een_gemeente_van_de_landelijke_lijst_komt_er_ook_zonder_inrichten() -> None:
    assert gemeente_met_code("0957") == gemeente_met_code("0957")
    assert {"0957", "0003", "1992"} <= gemeentecodes()
    with pytest.raises(InhoudFout):
        gemeente_met_code("9999")


def test_een_beheerder_kan_beginnen_met_een_account_en_zich_aanmelden(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    inrichten(regio=38)
    monkeypatch.setattr("sys.stdin", io.StringIO("een-goed-lang-wachtwoord\n"))
    tekst = gebruiker("Els@Voorbeeld.example", "--naam", "Els Bos", "--rol", "beheerder", "--wachtwoord-stdin")
    assert "Els Bos heeft nu een account: functioneel beheerder" in tekst
    els = Gebruiker.objects.get()
    assert els.email == "els@voorbeeld.example"
    assert els.check_password("een-goed-lang-wachtwoord")
    assert toegang_van(els, op=VANDAAG.replace(year=2100)).mag(Recht.BEHEER)


@pytest.mark.parametrize(
    ("rol", "teams"),
    [
        ("doorstroomcoach", ["Doorstroompunt"]),
        ("leerplichtambtenaar", ["Leerplicht"]),
        ("administratie", ["Doorstroompunt", "Leerplicht"]),
    ],
)
def test_een_rol_hoort_bij_de_teams_die_dat_werk_doen(rol: str, teams: list[str]) -> None:
    inrichten(regio=38)
    gebruiker("a@voorbeeld.example", "--naam", "A", "--rol", rol)
    assert list(Lidmaatschap.objects.order_by("team__naam").values_list("team__naam", flat=True)) == teams
    assert not Gebruiker.objects.get().has_usable_password()


def test_een_account_krijgt_er_een_rol_bij_en_nog_eens_verandert_niets() -> None:
    inrichten(regio=38)
    gebruiker("a@voorbeeld.example", "--naam", "A", "--rol", "doorstroomcoach")
    for _ in range(2):
        assert "heeft er een rol bij" in gebruiker(
            "A@voorbeeld.example", "--rol", "coordinator", "--team", "leerplicht"
        )
    rollen = Lidmaatschap.objects.order_by("rol").values_list("rol", "team__naam")
    assert list(rollen) == [(Rol.COORDINATOR, "Leerplicht"), (Rol.DOORSTROOMCOACH, "Doorstroompunt")]


@pytest.mark.parametrize(
    ("args", "zin"),
    [
        (["geen-adres", "--naam", "A", "--rol", "beheerder"], "geen e-mailadres"),
        (["a@voorbeeld.example", "--rol", "beheerder"], "een naam"),
        (
            ["a@voorbeeld.example", "--naam", "A", "--rol", "beheerder", "--team", "Nergens"],
            "Doorstroompunt, Leerplicht",
        ),
        (["a@voorbeeld.example", "--naam", "A", "--rol", "beheerder", "--regio", "7"], None),
    ],
)
def test_een_account_dat_niet_kan_wordt_geweigerd(args: list[str], zin: str | None) -> None:
    inrichten(regio=38)
    with pytest.raises(CommandError, match=zin or "nog geen team"):
        gebruiker(*args)
    assert not Gebruiker.objects.exists()


def test_een_zwak_wachtwoord_wordt_geweigerd(monkeypatch: pytest.MonkeyPatch) -> None:
    inrichten(regio=38)
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    with pytest.raises(CommandError):
        gebruiker("a@voorbeeld.example", "--naam", "A", "--rol", "beheerder", "--wachtwoord-stdin")
    assert not Gebruiker.objects.exists()


def test_een_account_van_een_andere_regio_wordt_niet_overgenomen() -> None:
    inrichten(regio=38)
    inrichten(regio=37)
    gebruiker("a@voorbeeld.example", "--naam", "A", "--rol", "beheerder", "--regio", "37")
    with pytest.raises(CommandError, match="andere regio"):
        gebruiker("a@voorbeeld.example", "--rol", "beheerder", "--regio", "38")


def test_zonder_inrichten_zegt_het_wat_er_eerst_moet() -> None:
    with pytest.raises(CommandError, match="routekaart inrichten"):
        gebruiker("a@voorbeeld.example", "--naam", "A", "--rol", "beheerder")
