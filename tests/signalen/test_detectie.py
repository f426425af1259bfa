"""The run of today: what is new appears, what no longer holds closes itself, what was set aside stays set aside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.models import Jongere
from routekaart.regels.uitleg import Gronden
from routekaart.signalen import acties_detectie
from routekaart.signalen.acties import leg_weg, maak_melding
from routekaart.signalen.acties_detectie import VELDEN
from routekaart.signalen.beeld import laatst_gezien
from routekaart.signalen.detectie import tel_op
from routekaart.signalen.models import Detectie, Signaal
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.conftest import signaal, signalen, zoek

MORGEN = NU + dt.timedelta(days=1)
ABSOLUUT = "absoluut-verzuim"
Stand = Signaal.Stand


def begint_op_school(jongere: Jongere) -> Inschrijving:
    return fabrieken.maak_inschrijving(jongere, onderwijssoort="po", niveau=0, van=dt.date(2026, 11, 1))


def test_een_nieuw_signaal_legt_zichzelf_uit(gebied: Gebied, thuis: Jongere) -> None:
    verslag = zoek(gebied, soort=ABSOLUUT)
    een = signaal(ABSOLUUT)
    assert (een.jongere, een.gemeente, een.soort_werk) == (thuis, gebied.gemeente, "leerplicht")
    assert (een.stand, een.sinds, een.aanleiding) == (Stand.OPEN, dt.date(2025, 8, 1), "2025-08-01")
    assert (een.eerst_gezien_op, een.laatst_gezien_op, een.in_voorraad_op) == (VANDAAG, VANDAAG, VANDAAG)
    assert [(regel["regel"], bool(regel["bron"])) for regel in een.uitleg] == [("LPL-02", True), ("LPL-01", True)]
    assert een.uitleg[0]["feiten"]["laatste_schooldag"] == "2025-07-31"
    (regel,) = verslag.regels
    assert (regel.kandidaten, regel.treffers, regel.nieuw, regel.vervallen) == (1, 1, 1, 0)


def test_een_tweede_keer_zoeken_verandert_niets(gebied: Gebied, thuis: Jongere, oud: Jongere) -> None:
    zoek(gebied)
    eerst = [(een.pk, een.soort, een.stand, een.versie, een.updated) for een in signalen()]
    verslag = zoek(gebied)
    assert (verslag.nieuw, verslag.vervallen, verslag.ingelaten) == (0, 0, 0)
    assert [(een.pk, een.soort, een.stand, een.versie, een.updated) for een in signalen()] == eerst
    assert {een.soort for een in signalen()} >= {ABSOLUUT, "thuiszitter", "vsv-oud"}


def test_wat_er_intussen_al_staat_houdt_de_rest_niet_tegen(
    gebied: Gebied, thuis: Jongere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two persons are merged between the reading and the loading of a chunk."""
    echt = acties_detectie.laad

    def laad(model: Any, velden: Any, rijen: Any, *, nu: dt.datetime) -> int:
        return echt(model, velden, [*rijen, rijen[0]], nu=nu)

    monkeypatch.setattr(acties_detectie, "laad", laad)
    zoek(gebied, soort=ABSOLUUT)
    assert (signaal(ABSOLUUT).jongere, signaal(ABSOLUUT).uitleg[0]["regel"]) == (thuis, "LPL-02")


def test_laatst_gezien_is_de_laatste_keer_dat_er_is_gezocht(gebied: Gebied, thuis: Jongere) -> None:
    """While it is open nothing is written on the signal itself."""
    zoek(gebied, soort=ABSOLUUT)
    eerst = signaal(ABSOLUUT)
    zoek(gebied, nu=MORGEN, soort=ABSOLUUT)
    nu = signaal(ABSOLUUT)
    assert (nu.updated, nu.versie, laatst_gezien(nu)) == (eerst.updated, eerst.versie, MORGEN.date())


def test_wat_niet_meer_klopt_vervalt_vanzelf(gebied: Gebied, thuis: Jongere) -> None:
    zoek(gebied)
    begint_op_school(thuis)
    verslag = zoek(gebied, nu=MORGEN)
    een = signaal(ABSOLUUT)
    assert (een.stand, een.gesloten_op, een.laatst_gezien_op) == (Stand.VERVALLEN, MORGEN, VANDAAG)
    assert verslag.vervallen == 2  # thuiszitter too


def test_een_vervallen_signaal_komt_terug_als_het_weer_klopt(gebied: Gebied, thuis: Jongere) -> None:
    zoek(gebied)
    school = begint_op_school(thuis)
    zoek(gebied, nu=MORGEN)
    school.delete()
    assert zoek(gebied, nu=MORGEN + dt.timedelta(days=1), soort=ABSOLUUT).nieuw == 1
    een = signaal(ABSOLUUT)
    assert (een.stand, een.gesloten_op, een.eerst_gezien_op) == (Stand.OPEN, None, VANDAAG)


def test_wat_is_weggelegd_komt_morgen_niet_terug(gebied: Gebied, oud: Jongere, coach: Any) -> None:
    zoek(gebied, soort="vsv-oud")
    leg_weg(signaal("vsv-oud"), reden="Werkt bij zijn vader.", toegang=fabrieken.toegang(coach), nu=NU)
    assert zoek(gebied, nu=MORGEN, soort="vsv-oud").nieuw == 0
    zoek(gebied, nu=NU + dt.timedelta(days=400), soort="vsv-oud")
    assert signaal("vsv-oud").stand == Stand.WEGGELEGD


def test_een_nieuwe_aanleiding_is_een_nieuw_signaal(gebied: Gebied, oud: Jongere, coach: Any) -> None:
    zoek(gebied, soort="vsv-oud")
    leg_weg(signaal("vsv-oud"), reden="Werkt bij zijn vader.", toegang=fabrieken.toegang(coach), nu=NU)
    fabrieken.maak_inschrijving(oud, niveau=3, van=dt.date(2024, 8, 1), tot=dt.date(2025, 1, 10))
    zoek(gebied, nu=MORGEN, soort="vsv-oud")
    assert [(een.stand, een.aanleiding) for een in signalen()] == [
        (Stand.WEGGELEGD, "uitval:2023-05-20"), (Stand.OPEN, "uitval:2025-01-10"),
    ]  # fmt: skip


def test_wie_naar_school_moet_komt_na_het_schooljaar_weer_op_de_lijst(
    gebied: Gebied, thuis: Jongere, ambtenaar: Any
) -> None:
    zoek(gebied, soort=ABSOLUUT)
    leg_weg(signaal(ABSOLUUT), reden="Gaat in België naar school.", toegang=fabrieken.toegang(ambtenaar), nu=NU)
    assert signaal(ABSOLUUT).weggelegd_tot == dt.date(2027, 7, 31)
    zoek(gebied, nu=dt.datetime(2027, 7, 31, 8, tzinfo=dt.UTC), soort=ABSOLUUT)
    assert signaal(ABSOLUUT).stand == Stand.WEGGELEGD
    zoek(gebied, nu=dt.datetime(2027, 8, 1, 8, tzinfo=dt.UTC), soort=ABSOLUUT)
    assert (signaal(ABSOLUUT).stand, signaal(ABSOLUUT).reden) == (Stand.OPEN, "Gaat in België naar school.")


def test_wie_al_een_werkproces_heeft_krijgt_geen_signaal(gebied: Gebied, oud: Jongere, coach: Any) -> None:
    werkproces = fabrieken.maak_werkproces(oud, behandelaar=coach)
    assert zoek(gebied, soort="vsv-oud").regels[0].treffers == 1
    assert signalen() == []
    werkproces.uitkomst, werkproces.afgesloten_op = "reageert-niet", VANDAAG
    werkproces.save()
    zoek(gebied, nu=MORGEN, soort="vsv-oud")
    assert signalen() == []  # closed yesterday: too soon
    na_een_jaar = NU + dt.timedelta(days=366)
    zoek(gebied, nu=na_een_jaar)
    assert {een.soort for een in signalen()} == {"vsv-oud", "oud-vsv-jaarlijks"}


def test_een_werkproces_sluit_het_signaal_dat_openstond(gebied: Gebied, oud: Jongere) -> None:
    zoek(gebied, soort="vsv-oud")
    fabrieken.maak_werkproces(oud)
    assert zoek(gebied, nu=MORGEN, soort="vsv-oud").vervallen == 1
    assert signaal("vsv-oud").stand == Stand.VERVALLEN


def test_van_een_melding_komt_het_signaal_pas_terug_na_de_rust(gebied: Gebied, thuis: Jongere, ambtenaar: Any) -> None:
    zoek(gebied, soort=ABSOLUUT)
    melding = maak_melding(signaal(ABSOLUUT), toegang=fabrieken.toegang(ambtenaar), nu=NU)
    assert melding.werkproces is None  # there is no route for who is under 18 yet
    zoek(gebied, nu=NU + dt.timedelta(days=100), soort=ABSOLUUT)
    assert signaal(ABSOLUUT).stand == Stand.MELDING
    melding.uitkomst, melding.uitkomst_op = "inschrijving-bij-school", VANDAAG + dt.timedelta(days=100)
    melding.save()
    zoek(gebied, nu=NU + dt.timedelta(days=141), soort=ABSOLUUT)
    assert signaal(ABSOLUUT).stand == Stand.MELDING
    zoek(gebied, nu=NU + dt.timedelta(days=142), soort=ABSOLUUT)
    assert signaal(ABSOLUUT).stand == Stand.OPEN


def test_andere_feiten_veranderen_de_uitleg_en_niet_wie_het_doet(gebied: Gebied, thuis: Jongere) -> None:
    zoek(gebied, soort=ABSOLUUT)
    Jongere.objects.alles(reden="proef").filter(pk=thuis.pk).update(gemeente=gebied.andere_gemeente)
    fabrieken.maak_inschrijving(thuis, onderwijssoort="po", niveau=0, van=dt.date(2027, 1, 4))
    zoek(gebied, nu=MORGEN, soort=ABSOLUUT)
    een = signaal(ABSOLUUT)
    assert (een.gemeente, een.stand) == (gebied.andere_gemeente, Stand.OPEN)
    assert een.uitleg[0]["feiten"]["volgende_inschrijving"] == "2027-01-04"


@pytest.mark.parametrize(
    "stond_er",
    [
        {"vinger": None, "uitleg": []},  # written before there were fingerprints
        {"vinger": 1, "uitleg": [{"regel": "LPL-02", "tekst": "Anders.", "bron": "x", "feiten": {}}]},
        {"sinds": None},
        {"soort_werk": "doorstroompunt"},
    ],
)
def test_wat_er_anders_staat_wordt_de_volgende_nacht_bijgewerkt(
    gebied: Gebied, thuis: Jongere, stond_er: dict[str, Any]
) -> None:
    zoek(gebied, soort=ABSOLUUT)
    goed = signaal(ABSOLUUT)
    Signaal.objects.alles(reden="proef").filter(pk=goed.pk).update(**stond_er)
    zoek(gebied, nu=MORGEN, soort=ABSOLUUT)
    nu = signaal(ABSOLUUT)
    assert [getattr(nu, veld) for veld in VELDEN] == [getattr(goed, veld) for veld in VELDEN]
    assert nu.versie == goed.versie + 1


def test_wie_telt_of_alles_nog_zo_vindt_maakt_geen_woorden(
    gebied: Gebied, thuis: Jongere, oud: Jongere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each of them could have explained itself: the words of what was found stand on the signals."""
    zoek(gebied)
    assert all(een.uitleg for een in signalen())

    def geen_woorden(gronden: Gronden) -> None:
        raise AssertionError(f"hier waren geen woorden nodig: {gronden.delen}")

    monkeypatch.setattr(Gronden, "uitleg", geen_woorden)
    assert zoek(gebied, nu=MORGEN).nieuw == 0
    geteld = tel_op(gebied.regio.pk, op=MORGEN.date())
    assert sum(geteld["vsv-oud"].values()) == 1


def test_elke_regel_laat_zien_wanneer_ze_liep(gebied: Gebied, thuis: Jongere) -> None:
    verslag = zoek(gebied)
    assert Detectie.objects.filter(regio=gebied.regio).count() == len(verslag.regels) >= 14
    detectie = Detectie.objects.get(soort=ABSOLUUT)
    assert (detectie.peildatum, detectie.klaar_op, detectie.treffers, detectie.nieuw) == (VANDAAG, NU, 1, 1)


def test_een_andere_regio_blijft_buiten_beeld(gebied: Gebied, thuis: Jongere) -> None:
    elders = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    zoek(elders)
    assert signalen() == []


def test_het_aantal_vragen_groeit_niet_met_het_aantal_jongeren(gebied: Gebied) -> None:
    def maak(aantal: int) -> None:
        for _ in range(aantal):
            fabrieken.maak_jongere(gebied, geboortedatum="2016-03-04")
            jongere = fabrieken.maak_jongere(gebied, geboortedatum="2006-03-04")
            fabrieken.maak_inschrijving(jongere, van=dt.date(2022, 8, 1), tot=dt.date(2023, 5, 20))

    def vragen() -> int:
        zoek(gebied)
        with CaptureQueriesContext(connection) as gevraagd:
            zoek(gebied)
        return len(gevraagd)

    maak(1)
    eerst = vragen()
    maak(12)
    assert vragen() == eerst
