"""The official count of nieuwe vsv'ers by the definition until 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Inschrijving, Onderwijssoort
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.vsv import Telfeiten, Vsvtelling, tel_vsv

SCHOOLJAAR = Schooljaar(2022)
MBO = Inschrijving(onderwijssoort=Onderwijssoort.MBO, niveau=2, van=date(2021, 8, 1), tot=date(2023, 3, 15))
UITVALLER = Telfeiten(geboortedatum=Geboortedatum(2004, 5, 6), inschrijvingen=(MBO,))


def tel(**anders: Any) -> Vsvtelling:
    definitie = laad_grenzen().vsv_definitie(SCHOOLJAAR.beginjaar)
    assert definitie is not None
    return tel_vsv(replace(UITVALLER, **anders), SCHOOLJAAR, definitie=definitie, grenzen=laad_grenzen())


def havo(behaald_op: date) -> tuple[Diploma, ...]:
    return (Diploma(soort=Diplomasoort.HAVO, behaald_op=behaald_op),)


def test_nieuwe_vsver() -> None:
    telling = tel()
    assert telling.in_startpopulatie and telling.nieuwe_vsver
    assert telling.definitie == "tot-2025"
    assert [uitleg.op for uitleg in telling.uitleg] == [date(2022, 10, 1), date(2023, 10, 1)]
    assert all(uitleg.regel == "PRG-08" and uitleg.bron for uitleg in telling.uitleg)


@pytest.mark.parametrize(
    "anders",
    [
        {"inschrijvingen": ()},
        {"inschrijvingen": (replace(MBO, tot=date(2022, 9, 30)),)},
        {"inschrijvingen": (replace(MBO, van=date(2022, 10, 2)),)},
        {"inschrijvingen": (replace(MBO, onderwijssoort=Onderwijssoort.VSO, niveau=None),)},
        {"inschrijvingen": (replace(MBO, onderwijssoort=Onderwijssoort.PRO, niveau=None),)},
        {"inschrijvingen": (replace(MBO, onderwijssoort=Onderwijssoort.HO, niveau=None),)},
        {"geboortedatum": Geboortedatum(2000, 10, 1)},
        {"diplomas": havo(date(2022, 10, 1))},
        {"overleden_op": date(2022, 10, 1)},
        {"vertrokken_op": date(2022, 9, 1)},
        {"in_nederland_sinds": date(2022, 10, 2)},
    ],
)
def test_niet_in_de_startpopulatie(anders: dict[str, Any]) -> None:
    telling = tel(**anders)
    assert not telling.in_startpopulatie and not telling.nieuwe_vsver
    assert len(telling.uitleg) == 1


@pytest.mark.parametrize(
    "anders",
    [
        {"inschrijvingen": (replace(MBO, tot=None),)},
        {"inschrijvingen": (MBO, replace(MBO, van=date(2023, 10, 1), tot=None))},
        {"inschrijvingen": (MBO, Inschrijving(onderwijssoort=Onderwijssoort.ONBEKOSTIGD, van=date(2023, 9, 1)))},
        {"diplomas": havo(date(2023, 10, 1))},
        {"overleden_op": date(2023, 10, 1)},
        {"vertrokken_op": date(2023, 1, 1)},
    ],
)
def test_wel_in_de_startpopulatie_maar_geen_nieuwe_vsver(anders: dict[str, Any]) -> None:
    telling = tel(**anders)
    assert telling.in_startpopulatie and not telling.nieuwe_vsver


@pytest.mark.parametrize(
    "anders",
    [
        {"geboortedatum": Geboortedatum(2000, 10, 2)},  # 21 on the first day, 22 on the second
        {"inschrijvingen": (replace(MBO, tot=date(2022, 10, 1)),)},
        {"inschrijvingen": (MBO, replace(MBO, van=date(2023, 10, 2), tot=None))},
        {"diplomas": havo(date(2023, 10, 2))},
        {"vertrokken_op": date(2023, 10, 2)},
        {"in_nederland_sinds": date(2022, 10, 1)},
        {"diplomas": (Diploma(soort=Diplomasoort.MBO, niveau=1, behaald_op=date(2022, 7, 1)),)},
        {"geboortedatum": Geboortedatum(2000)},  # perhaps 21: nobody is left out
    ],
)
def test_op_de_rand_toch_een_nieuwe_vsver(anders: dict[str, Any]) -> None:
    assert tel(**anders).nieuwe_vsver


def test_definitie_is_gedateerd() -> None:
    grenzen = laad_grenzen()
    assert [bool(grenzen.vsv_definitie(jaar)) for jaar in (2011, 2012, 2025, 2026)] == [False, True, True, False]


def test_andere_definitie_telt_anders() -> None:
    definitie = laad_grenzen().vsv_definities[0]
    ruimer = replace(definitie, code="proef", leeftijd_onder=27)
    oud = replace(UITVALLER, geboortedatum=Geboortedatum(1998, 5, 6))
    tellingen = [tel_vsv(oud, SCHOOLJAAR, definitie=een, grenzen=laad_grenzen()) for een in (definitie, ruimer)]
    assert [(telling.definitie, telling.nieuwe_vsver) for telling in tellingen] == [
        ("tot-2025", False),
        ("proef", True),
    ]
