"""What may be done to the route itself, and the sentence with which it is refused."""

from __future__ import annotations

import pytest

from routekaart.inhoud import routes
from routekaart.regels.route_acties import mag_fase_opnieuw, mag_heropenen, mag_overslaan, vervallen_bij_overstap
from tests.regels.routehulp import AFSLUITEN, TOT_AFSLUITEN, WAARNEMEN, feit, kijk, uitkomst

OVERGESLAGEN = feit("stap.overgeslagen", 6, stap=4, toelichting="Al gesproken.")


def test_een_open_stap_mag_je_overslaan() -> None:
    assert mag_overslaan(kijk(*WAARNEMEN), 4, toelichting="Zij wil eerst bellen.")
    assert mag_overslaan(kijk(*WAARNEMEN), 7)


@pytest.mark.parametrize(
    ("nummer", "begin"),
    [
        (1, "Deze stap is al gedaan."),
        (4, "Deze stap is al overgeslagen"),
        (11, "Afsluiten kan alleen met een uitkomst."),
        (14, "Deze route heeft geen stap 14."),
        (0, "Deze route heeft geen stap 0."),
    ],
)
def test_weigert_overslaan_met_een_reden(nummer: int, begin: str) -> None:
    antwoord = mag_overslaan(kijk(*WAARNEMEN, OVERGESLAGEN), nummer)

    assert not antwoord
    assert antwoord.reden.startswith(begin)


def test_weigert_het_oordeel_over_te_slaan() -> None:
    assert mag_overslaan(kijk(*WAARNEMEN[:3]), 3).reden.startswith("Zonder doelgroep en oordeel")


def test_weigert_overslaan_zonder_uitleg() -> None:
    assert mag_overslaan(kijk(*WAARNEMEN), 4, toelichting=" ").reden.startswith(
        "Leg uit waarom je deze stap overslaat."
    )


def test_weigert_over_te_slaan_wat_niet_nodig_is() -> None:
    assert mag_overslaan(kijk(*WAARNEMEN, doelgroep="geen"), 5).reden.startswith("Deze stap is niet nodig.")


def test_wat_gedaan_of_overgeslagen_is_mag_je_heropenen() -> None:
    stand = kijk(*WAARNEMEN, OVERGESLAGEN)

    assert mag_heropenen(stand, 2, toelichting="School belde terug.")
    assert mag_heropenen(stand, 4)


@pytest.mark.parametrize(
    ("nummer", "begin"), [(1, "De melding blijft staan."), (5, "Deze stap staat al open."), (99, "Deze route")]
)
def test_weigert_heropenen_met_een_reden(nummer: int, begin: str) -> None:
    assert mag_heropenen(kijk(*WAARNEMEN, OVERGESLAGEN), nummer).reden.startswith(begin)


def test_weigert_heropenen_zonder_uitleg() -> None:
    assert not mag_heropenen(kijk(*WAARNEMEN), 2, toelichting="")


def test_weigert_heropenen_van_wat_niet_nodig_was() -> None:
    assert not mag_heropenen(kijk(*WAARNEMEN, doelgroep="geen"), 5)


def test_een_afgesloten_werkproces_moet_eerst_zelf_open() -> None:
    gesloten = kijk(*TOT_AFSLUITEN, AFSLUITEN, uitkomst=uitkomst(vroeg=False))

    assert mag_heropenen(gesloten, 5).reden == "Dit werkproces is afgesloten. Heropen eerst het werkproces."
    assert mag_fase_opnieuw(gesloten, 2).reden == "Dit werkproces is afgesloten. Heropen eerst het werkproces."
    assert mag_heropenen(gesloten, 11).reden == "Wil je verder met deze jongere? Heropen dan het werkproces."


def test_na_afsluiten_mag_terugkoppelen_nog_een_keer() -> None:
    gesloten = kijk(*TOT_AFSLUITEN, AFSLUITEN, feit("terugkoppeling.verzonden", 16), uitkomst=uitkomst(vroeg=False))

    assert mag_heropenen(gesloten, 12, toelichting="School kreeg hem niet.")


def test_fase_2_en_3_mogen_opnieuw() -> None:
    stand = kijk(*TOT_AFSLUITEN)

    assert mag_fase_opnieuw(stand, 2, toelichting="Vastgelopen.")
    assert mag_fase_opnieuw(stand, 3)


@pytest.mark.parametrize(
    ("fase", "begin"), [(1, "Fase 1 kun je niet"), (4, "Fase 4 kun je niet"), (6, "Deze route heeft geen fase 6.")]
)
def test_weigert_een_andere_fase_opnieuw(fase: int, begin: str) -> None:
    assert mag_fase_opnieuw(kijk(*TOT_AFSLUITEN), fase).reden.startswith(begin)


def test_weigert_een_fase_opnieuw_die_nog_niet_begon() -> None:
    assert mag_fase_opnieuw(kijk(*WAARNEMEN), 2).reden.startswith("In fase 2 is nog geen stap gedaan.")


def test_weigert_een_fase_opnieuw_zonder_uitleg() -> None:
    assert not mag_fase_opnieuw(kijk(*TOT_AFSLUITEN), 2, toelichting="\n")


def test_bij_een_overstap_vervalt_wat_over_een_ander_stapnummer_ging() -> None:
    heropend = feit("stap.heropend", 7, stap=2, toelichting="x")
    gegeven = [*WAARNEMEN, OVERGESLAGEN, heropend]
    doorstroompunt, mas, volgen = (routes.laad(code) for code in ("doorstroompunt", "mas-18-plus", "volgen"))

    assert vervallen_bij_overstap(doorstroompunt, mas, gegeven) == ()
    assert vervallen_bij_overstap(doorstroompunt, volgen, gegeven) == (OVERGESLAGEN,)
