"""A school answers in the portal about who leaves it: its own pupils only, and as a row of its list (SCR-01)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.leveringen.models import Feitwijziging, Levering
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Instelling, Uitstroom
from routekaart.personen.models import Jongere
from routekaart.regels.screening_feiten import Soort, Vertrek, soort_bestemming
from routekaart.signalen.acties_screening import leg_vast
from routekaart.signalen.acties_vertrek import tel_screening
from routekaart.signalen.models import Vertrekker
from routekaart.signalen.schoolvraag import BESTEMMINGEN, ONBEKEND, OPLEIDING, Antwoord, in_woorden, ontleed
from tests import fabrieken
from tests.fabrieken import NU, Gebied
from tests.leveringen.hulp import Inlezer

Als = Callable[[Any], Client]
HIER = "/portaal/van-school/"


@pytest.fixture(autouse=True)
def op_dinsdag() -> Iterator[None]:
    with time_machine.travel(NU, tick=False):
        yield


def maak(gebied: Gebied, school: Instelling, naam: str, **velden: Any) -> Jongere:
    jongere = fabrieken.maak_jongere(
        gebied, geboortedatum="2008-03-04", voornamen=naam, achternaam=f"Van {naam}", **velden
    )
    fabrieken.maak_inschrijving(
        jongere, instelling=school, onderwijssoort="pro", niveau=0, van=dt.date(2020, 8, 1), tot=dt.date(2026, 7, 31)
    )
    return jongere


@pytest.fixture
def klas(gebied: Gebied, school: Instelling, andere_school: Instelling) -> dict[str, Jongere]:
    """Three of the own school, of whom one died, and one of another."""
    mensen = {naam: maak(gebied, school, naam) for naam in ("Anna", "Bas", "Dood")}
    mensen["Cas"] = maak(gebied, andere_school, "Cas")
    Jongere.objects.alles(reden="proef").filter(pk=mensen["Dood"].pk).update(overleden_op=dt.date(2026, 9, 1))
    tel_screening(gebied.regio.pk, nu=NU)
    return mensen


def rij(jongere: Jongere) -> Vertrekker:
    een: Vertrekker = Vertrekker.objects.alles(reden="proef").get(jongere=jongere)
    return een


def adres(jongere: Jongere) -> str:
    return reverse("portaal:vertrek-leerling", args=[rij(jongere).sleutel])


def tekst(antwoord: Any) -> str:
    assert antwoord.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", antwoord.content.decode()))


def uitstroom(jongere: Jongere) -> Uitstroom:
    een: Uitstroom = Uitstroom.objects.alles(reden="proef").get(jongere=jongere)
    return een


def test_een_school_ziet_haar_eigen_leerlingen_en_niets_van_wat_zij_zeiden(
    gebied: Gebied, klas: dict[str, Jongere], karin: Any, coach: Any, als: Als
) -> None:
    leg_vast(
        rij(klas["Anna"]), Soort.TELEFOON, op=NU.date(), antwoord="aangemeld", bij="ROC Geheim",
        toelichting="Woont bij tante", toegang=fabrieken.toegang(coach), nu=NU,
    )  # fmt: skip
    pagina = tekst(als(karin).get(HIER))
    assert "Anna" in pagina and "Bas" in pagina and "Wij vragen u nog naar 2 leerlingen" in pagina
    for weg in ("Cas", "Dood", "ROC Geheim", "tante"):
        assert weg not in pagina + tekst(als(karin).get(adres(klas["Anna"])))
    assert als(karin).get(adres(klas["Cas"])).status_code == als(karin).get(adres(klas["Dood"])).status_code == 404
    gelezen = Logregel.objects.filter(code="portaal.bekeken").values_list("jongere_id", flat=True)
    assert {klas["Anna"].pk, klas["Bas"].pk} <= set(gelezen) and klas["Cas"].pk not in set(gelezen)


def test_een_antwoord_is_een_rij_van_de_uitstroomlijst(
    gebied: Gebied, klas: dict[str, Jongere], school: Instelling, karin: Any, als: Als, tmp_path: Any
) -> None:
    """What the portal brings and what a file brings is the same fact, by the same rule; the last of both holds."""
    anna, bas = klas["Anna"], klas["Bas"]
    als(karin).post(adres(anna), {"bestemming": "opleiding", "wat": "ROC De Waarden, zorg", "diploma": "ja"})
    assert (uitstroom(anna).bestemming, uitstroom(anna).getuigschrift) == ("opleiding: ROC De Waarden, zorg", True)
    assert (rij(anna).op_lijst, rij(anna).vertrek, rij(anna).met_diploma) == (True, "bekend", True)
    als(karin).post(adres(bas), {"bestemming": "onbekend", "wat": "Reageert niet op de mentor", "diploma": "onbekend"})
    assert (rij(bas).vertrek, uitstroom(bas).contact_school) == ("onbekend", karin.naam)
    (levering,) = Levering.objects.all()
    assert (levering.soort, levering.herkomst, levering.regels, levering.nieuw) == ("uitstroomlijst", "portaal", 2, 2)
    assert "U heeft alles beantwoord" in tekst(als(karin).get(HIER))
    klaar = tekst(als(karin).get(f"{HIER}?stand=klaar"))
    assert "Dat weten wij niet: Reageert niet op de mentor" in klaar
    # the same list as a file changes what was typed, with its trace; and the other way round
    lijst = {"achternaam": "Van Bas", "geboortedatum": "2008-03-04", "brin": school.brin, "schooljaar": "2025-2026"}
    assert Inlezer(gebied, tmp_path).tel("uitstroomlijst", [{**lijst, "bestemming": "werk"}]) == (0, 1, 0, 0)
    als(karin).post(adres(bas), {"bestemming": "werk", "wat": "Bakkerij De Zon", "diploma": "nee"})
    assert uitstroom(bas).bestemming == "werk: Bakkerij De Zon" and rij(bas).vertrek == "anders"
    assert Feitwijziging.objects.alles(reden="proef").filter(jongere=bas).count() == 2
    assert Logregel.objects.filter(code="levering.opgegeven", jongere_id=bas.pk).count() == 2


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({}, "Kies waar deze leerling heen gaat"),
        ({"bestemming": "opleiding", "diploma": "ja"}, "Schrijf op welke school of opleiding"),
        ({"bestemming": "onbekend", "diploma": "nee"}, "Schrijf kort op waarom u het niet weet"),
    ],
)
def test_vraagt_wat_nodig_is(klas: dict[str, Jongere], karin: Any, als: Als, velden: dict[str, str], zin: str) -> None:
    assert zin in tekst(als(karin).post(adres(klas["Anna"]), velden))
    assert not Uitstroom.objects.alles(reden="proef").exists() and not Levering.objects.exists()


def test_met_een_paar_antwoorden_is_de_lijst_nog_niet_binnen(
    klas: dict[str, Jongere], karin: Any, coach: Any, als: Als
) -> None:
    als(karin).post(adres(klas["Anna"]), {"bestemming": "werk", "diploma": "nee"})
    assert "1 antwoord in het portaal" in tekst(als(coach).get("/signalen/screening/"))
    als(karin).post(adres(klas["Bas"]), {"bestemming": "werk", "diploma": "nee"})
    assert "Van 1 van de 2 scholen is de lijst binnen" in tekst(als(coach).get("/signalen/screening/"))


@pytest.mark.eenmaal
def test_wat_een_school_kiest_leest_de_regel_zoals_bedoeld() -> None:
    for keuze in BESTEMMINGEN:
        verwacht = {OPLEIDING: Vertrek.BEKEND, ONBEKEND: Vertrek.ONBEKEND}.get(keuze, Vertrek.ANDERS)
        for wat in ("Bakkerij De Zon", "werk bij het ROC", "nog niet", "zorg"):
            zin = in_woorden(Antwoord(keuze, wat))
            assert soort_bestemming(zin) is verwacht, zin
            assert ontleed(zin)[0] == keuze


def test_de_pagina_wordt_niet_trager(
    gebied: Gebied, klas: dict[str, Jongere], school: Instelling, karin: Any, als: Als
) -> None:
    def vragen() -> int:
        client = als(karin)
        with CaptureQueriesContext(connection) as gevraagd:
            client.get(HIER)
        return sum("logboek_logregel" not in een["sql"] for een in gevraagd)  # every person shown has a line

    eerst = vragen()
    for nummer in range(5):
        maak(gebied, school, f"Extra{nummer}")
    tel_screening(gebied.regio.pk, nu=NU)
    assert vragen() == eerst <= 12
