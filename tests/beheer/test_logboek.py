"""The privacy officer reads who saw or changed what, and whether the log is as it was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from routekaart.logboek import acties, wachters
from routekaart.logboek.codes import zin
from routekaart.logboek.models import Logregel
from routekaart.personen.acties_samenvoegen import voeg_samen
from routekaart.personen.models import Jongere
from tests.fabrieken import NU, VANDAAG, Gebied, maak_gebied, maak_gebruiker, maak_jongere, systeem

PAD = "/beheer/logboek/"
Als = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def op_een_vaste_dag() -> Any:
    with time_machine.travel(NU + dt.timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def toezicht(gebied: Gebied) -> Any:
    return maak_gebruiker(gebied, "toezicht", "privacy")


@pytest.fixture
def jongere(gebied: Gebied) -> Jongere:
    return maak_jongere(gebied, achternaam="Verborgenaar")


def gelezen(gebied: Gebied, door: Any, jongere: Jongere | None = None, **velden: Any) -> Logregel:
    waarden: dict[str, Any] = {"code": "contact.vastgelegd", "nu": NU, "soort": "schrijven"} | velden
    return acties.noteer(
        waarden.pop("code"),
        regio_id=gebied.regio.pk,
        gebruiker_id=door.pk,
        rol="doorstroomcoach",
        doel="dossier-werken",
        jongere_id=jongere.pk if jongere else None,
        inhoud={"zoekvraag": "Verborgenaar"},
        **waarden,
    )


def toon(client: Client, vraag: str = "") -> str:
    antwoord = client.get(PAD + vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode().replace("\n", " ")


def rijen(html: str) -> int:
    return html.count("<tr>") - 1


def test_toont_wie_wat_waarover_en_waarvoor(
    gebied: Gebied, toezicht: Any, coach: Any, jongere: Jongere, als: Als
) -> None:
    gelezen(gebied, coach, jongere)
    html = toon(als(toezicht))
    assert "Coach" in html
    assert "doorstroomcoach" in html
    assert zin("contact.vastgelegd") in html
    assert f"dossier {jongere.sleutel}" in html
    assert "dossier-werken" in html


def test_noemt_niemand_bij_naam(gebied: Gebied, toezicht: Any, coach: Any, jongere: Jongere, als: Als) -> None:
    """Who reads the log may not see persons: no name, and not what was searched for."""
    gelezen(gebied, coach, jongere)
    assert "Verborgenaar" not in toon(als(toezicht))


def test_een_andere_regio_staat_er_niet_in(gebied: Gebied, toezicht: Any, als: Als) -> None:
    elders = maak_gebied(nummer=2, naam="Regio Elders")
    vreemd = maak_gebruiker(elders, "vreemd", "doorstroomcoach")
    gelezen(elders, vreemd, maak_jongere(elders))
    html = toon(als(toezicht))
    assert "Vreemd" not in html
    assert "In deze periode staat er niets" in html


def test_zoekt_op_gebruiker_code_soort_en_periode(
    gebied: Gebied, toezicht: Any, coach: Any, collega: Any, als: Als
) -> None:
    gelezen(gebied, coach)
    gelezen(gebied, collega, code="dossier.onderzocht")
    gelezen(gebied, coach, nu=NU - dt.timedelta(days=3), soort="lezen")
    client = als(toezicht)
    assert rijen(toon(client)) == 3
    assert rijen(toon(client, f"?gebruiker={coach.pk}&van=2026-11-01&tot=2026-11-17&soort=schrijven")) == 1
    assert rijen(toon(client, "?code=dossier.onderzocht")) == 1
    assert rijen(toon(client, "?soort=lezen&code=contact.vastgelegd")) == 1
    assert rijen(toon(client, "?van=14-11-2026&tot=14-11-2026")) == 1
    assert "In deze periode staat er niets" in toon(client, "?van=01-10-2026&tot=02-10-2026")


def test_toont_wie_een_dossier_bekeek(gebied: Gebied, toezicht: Any, coach: Any, jongere: Jongere, als: Als) -> None:
    gelezen(gebied, coach, jongere)
    gelezen(gebied, coach, maak_jongere(gebied))
    elders = maak_jongere(maak_gebied(nummer=2, naam="Regio Elders"))
    client = als(toezicht)
    assert rijen(toon(client, f"?dossier={jongere.sleutel}")) == 1
    assert "In deze periode staat er niets" in toon(client, f"?dossier={elders.sleutel}")


@pytest.mark.parametrize(
    ("vraag", "zin_"),
    [
        ("?dossier=x", "Dit is geen sleutel van een dossier"),
        ("?van=02-11-2026&tot=01-11-2026", "ligt voor"),
        ("?gebruiker=999999", "iets uit de lijst"),
        ("?van=niets", "Van"),
    ],
)
def test_een_vraag_die_niet_kan_krijgt_een_zin(toezicht: Any, als: Als, vraag: str, zin_: str) -> None:
    assert zin_ in toon(als(toezicht), vraag)


def test_wie_is_samengevoegd_houdt_zijn_regels_en_staat_bij_wie_bleef(
    gebied: Gebied, toezicht: Any, coach: Any, als: Als
) -> None:
    blijft, verdwijnt = maak_jongere(gebied), maak_jongere(gebied, bsn=None)
    gelezen(gebied, coach, blijft)
    gelezen(gebied, coach, verdwijnt)
    voeg_samen(blijft, verdwijnt, waarom="proef", toegang=systeem(gebied), nu=NU, op=VANDAAG)
    client = als(toezicht)
    alles = toon(client, f"?dossier={blijft.sleutel}&code=contact.vastgelegd")
    assert rijen(alles) == 2
    assert f"dossier {verdwijnt.sleutel}" in alles
    assert rijen(toon(client, f"?dossier={verdwijnt.sleutel}&code=contact.vastgelegd")) == 1


def test_bladert_op_sleutel(gebied: Gebied, toezicht: Any, coach: Any, als: Als) -> None:
    for _ in range(60):
        gelezen(gebied, coach)
    client = als(toezicht)
    eerste = toon(client)
    assert rijen(eerste) == 50
    vijftigste = Logregel.objects.filter(code="contact.vastgelegd").order_by("-pk")[49].pk
    assert f"voor={vijftigste}" in eerste
    assert rijen(toon(client, f"?voor={vijftigste}&code=contact.vastgelegd")) == 10


@pytest.mark.parametrize("aantal", [3, 30])
def test_meer_regels_kosten_niet_meer_queries(
    gebied: Gebied, toezicht: Any, coach: Any, als: Als, aantal: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(aantal):
        gelezen(gebied, coach, maak_jongere(gebied))
    client = als(toezicht)
    with django_assert_max_num_queries(15) as geteld:
        toon(client)
    assert len(geteld) == _QUERIES.setdefault("aantal", len(geteld))


_QUERIES: dict[str, int] = {}


def test_lezen_van_het_logboek_staat_in_het_logboek(toezicht: Any, als: Als) -> None:
    toon(als(toezicht), "?soort=lezen")
    (regel,) = Logregel.objects.filter(code="logboek.bekeken")
    assert (regel.gebruiker_id, regel.soort, regel.doel) == (toezicht.pk, "lezen", "logboek")
    assert '"soort": "lezen"' in str(regel.inhoud)


def test_zegt_of_het_logboek_klopt(gebied: Gebied, toezicht: Any, coach: Any, als: Als) -> None:
    client = als(toezicht)
    assert "nog nooit gecontroleerd" in toon(client)
    regel = gelezen(gebied, coach)
    acties.verzegel(nu=NU)
    assert client.post(PAD).status_code == 302
    assert "staan er zoals ze zijn geschreven" in toon(client)
    with connection.cursor() as cursor:
        for opdracht in wachters.opruimen(connection.vendor):
            cursor.execute(opdracht)
        cursor.execute("UPDATE logboek_logregel SET rol = 'privacy' WHERE id = %s", [regel.pk])
        for opdracht in wachters.opdrachten(connection.vendor):
            cursor.execute(opdracht)
    client.post(PAD)
    html = toon(client)
    assert "het logboek klopt niet" in html
    assert f"Regel {regel.pk} is veranderd" in html


def test_alleen_wie_toeziet_leest_het_logboek(coach: Any, als: Als) -> None:
    assert als(coach).get(PAD).status_code == 404
    assert als(coach).post(PAD).status_code == 404
