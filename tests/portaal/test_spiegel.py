"""The mirror in the portal: the own school, counts, the own meldingen that took long, and nothing more."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from routekaart.loopbaan.models import Instelling
from routekaart.netwerk.models import Contactpersoon, Ketenpartner
from routekaart.personen.models import Jongere
from routekaart.signalen.acties_volledigheid import leg_gesprek_vast, tel_meldgedrag, trek_gesprek_in
from routekaart.toegang.rechten import Rol
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied

Als = Callable[[Any], Client]
WEG = dt.date(2026, 10, 5)


@pytest.fixture(autouse=True)
def op_dinsdag() -> Iterator[None]:
    with time_machine.travel(NU, tick=False):
        yield


def maak_school(gebied: Gebied, brin: str, contact: Any = None) -> Instelling:
    school = Instelling.objects.create(brin=brin, naam=f"School {brin}")
    if contact is not None:
        partner = Ketenpartner.objects.create(regio=gebied.regio, naam=school.naam, instelling=school)
        Contactpersoon.objects.create(ketenpartner=partner, naam=contact.naam, gebruiker=contact)
    return school


def maak_weg(gebied: Gebied, school: Instelling, naam: str, gemeld: dt.date | None = None, **velden: Any) -> Jongere:
    jongere = fabrieken.maak_jongere(gebied, achternaam=naam)
    fabrieken.maak_inschrijving(jongere, instelling=school, van=dt.date(2024, 8, 1), tot=WEG)
    if gemeld is not None:
        binnen = dt.datetime.combine(gemeld, dt.time(9), tzinfo=dt.UTC)
        waarden = {"soort": "vsv", "melder_soort": "school"} | velden
        fabrieken.maak_melding(gebied, jongere=jongere, instelling=school, ontvangen_op=binnen, **waarden)
    return jongere


@pytest.fixture
def karin(gebied: Gebied) -> Any:
    return fabrieken.maak_gebruiker(gebied, "karin", Rol.SCHOOLCONTACT)


def pagina(venster: Client, vraag: str = "") -> str:
    inhoud = venster.get(reverse("portaal:spiegel") + vraag).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inhoud))


def test_een_school_ziet_haar_getallen_en_niet_wie_er_ontbreekt(als: Als, karin: Any, gebied: Gebied) -> None:
    eigen, ander = maak_school(gebied, "99AA00", karin), maak_school(gebied, "99BB00")
    maak_weg(gebied, eigen, "Gemist")
    maak_weg(gebied, eigen, "Laat", dt.date(2026, 10, 30))
    maak_weg(gebied, eigen, "Snel", dt.date(2026, 10, 6))
    maak_weg(gebied, ander, "Vreemd", dt.date(2026, 10, 30))
    tel_meldgedrag(gebied.regio.pk, nu=NU)
    tekst = pagina(als(karin))
    assert "verwachtten wij 3 meldingen van u. Van 1 zagen wij er geen" in tekst
    assert "Yara Laat" in tekst
    for naam in ("Gemist", "Snel", "Vreemd"):
        assert naam not in tekst
    assert als(karin).get(f"{reverse('portaal:spiegel')}?school={ander.sleutel}").status_code == 404
    assert als(karin).get(f"{reverse('portaal:spiegel')}?school=raar").status_code == 404


def test_zeldzame_uitkomsten_staan_samen(als: Als, karin: Any, gebied: Gebied) -> None:
    school = maak_school(gebied, "99AA00", karin)
    for nummer in range(8):
        uitkomst = "geen-actie-na-school" if nummer < 6 else "onterecht" if nummer == 6 else "andere-opleiding"
        maak_weg(
            gebied, school, f"Wie{nummer}", WEG, soort="16-uur", begindatum=WEG, uitkomst=uitkomst, uitkomst_op=VANDAAG
        )
    tel_meldgedrag(gebied.regio.pk, nu=NU)
    tekst = pagina(als(karin))
    assert "Na afstemming met school geen actie nodig 5 0" in tekst
    assert "andere uitkomsten samen 1 tot 4 0" in tekst
    assert "Onterechte melding" not in tekst
    assert "Andere opleiding" not in tekst


def test_de_school_leest_de_afspraak_en_niet_wat_is_ingetrokken(als: Als, karin: Any, gebied: Gebied) -> None:
    school = maak_school(gebied, "99AA00", karin)
    noor = fabrieken.toegang(fabrieken.maak_gebruiker(gebied, "noor", Rol.DOORSTROOMCOACH))
    hoe: dict[str, Any] = {"op": VANDAAG, "met_wie": "Bea", "cijfers": {}, "toegang": noor, "nu": NU}
    leg_gesprek_vast(school, afspraak="Elke week melden", **hoe)
    trek_gesprek_in(leg_gesprek_vast(school, afspraak="Vergissing", **hoe), toegang=noor, nu=NU)
    tekst = pagina(als(karin))
    assert "Elke week melden" in tekst
    assert "Vergissing" not in tekst


def test_zonder_school_zegt_de_pagina_wat_te_doen(als: Als, karin: Any) -> None:
    assert "hoort nog niet bij een school" in pagina(als(karin))


def test_wie_bij_meer_scholen_hoort_kiest_er_een(als: Als, karin: Any, gebied: Gebied) -> None:
    een, twee = maak_school(gebied, "99AA00", karin), maak_school(gebied, "99BB00", karin)
    maak_weg(gebied, twee, "Laat", dt.date(2026, 10, 30))
    tel_meldgedrag(gebied.regio.pk, nu=NU)
    assert "Uw cijfers: School 99AA00" in pagina(als(karin))
    tekst = pagina(als(karin), f"?school={twee.sleutel}")
    assert "Uw cijfers: School 99BB00" in tekst
    assert "Laat" in tekst
    assert een.naam in tekst
