"""The search for contact beside a protocol: steps with their attempts, the grid, and what to try next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from routekaart.dossiers.contactprotocol import Poging, Zoektocht, dagdeel, stap_voor, zoektocht
from routekaart.inhoud.protocollen import codes, protocol

VANDAAG = dt.date(2026, 11, 17)
MIJNSTREEK = protocol("westelijke-mijnstreek")


def poging(dag: int, uur: int, kanaal: str = "telefoon", resultaat: str = "geen-contact", **meer: object) -> Poging:
    """An attempt in November 2026, except days above 15: those are in October."""
    maand = 11 if dag <= 15 else 10
    return Poging(dt.datetime(2026, maand, dag, uur), kanaal, resultaat, **meer)  # type: ignore[arg-type]


RUBEN = (
    poging(19, 9, "brief", "nvzb"),
    poging(28, 11),
    poging(29, 14, "app"),
    poging(2, 9),
    poging(13, 16, "huisbezoek", "niet-thuis", brief=True),
)


def standen(tocht: Zoektocht) -> list[str]:
    return [stap.stand for stap in tocht.stappen]


@pytest.mark.parametrize("code", codes())
def test_wie_alleen_school_sprak_heeft_de_jongere_nog_niet_gezocht(code: str) -> None:
    met_school = poging(2, 9, resultaat="contact", met="school")
    for gesprek in (met_school, replace(met_school, stap=1)):
        tocht = zoektocht(protocol(code), [gesprek], vandaag=VANDAAG)
        assert tocht.nu is not None and tocht.nu.nummer == 1
        assert all(stap.pogingen == () for stap in tocht.stappen)


def test_een_ouder_die_opendoet_telt_als_huisbezoek() -> None:
    tocht = zoektocht(MIJNSTREEK, [poging(13, 16, "huisbezoek", "contact", met="verzorger")], vandaag=VANDAAG)
    assert tocht.huisbezoeken == 1
    assert [stap.titel for stap in tocht.stappen if stap.pogingen] == ["Aangekondigd huisbezoek"]


def test_zonder_pogingen_begint_het_bij_stap_1() -> None:
    tocht = zoektocht(MIJNSTREEK, [], vandaag=VANDAAG)
    assert standen(tocht) == ["nu", "open", "open", "open", "open"]
    assert tocht.nu is not None and tocht.nu.titel == "Brief"
    assert tocht.voorstel is not None and tocht.voorstel.kanaal == "brief"


def test_elke_poging_staat_bij_zijn_stap() -> None:
    tocht = zoektocht(MIJNSTREEK, RUBEN, vandaag=VANDAAG)
    assert [len(stap.pogingen) for stap in tocht.stappen] == [1, 3, 1, 0, 0]
    assert standen(tocht) == ["klaar", "klaar", "klaar", "klaar", "nu"]


def test_het_protocol_krijgt_een_herhaald_bezoek_voordat_afsluiten_mag() -> None:
    tocht = zoektocht(MIJNSTREEK, RUBEN, vandaag=VANDAAG)
    assert tocht.stappen[-1].titel == "Herhaald huisbezoek"
    assert tocht.nog_huisbezoeken == 1
    na = zoektocht(MIJNSTREEK, [*RUBEN, poging(14, 19, "huisbezoek", "niet-thuis")], vandaag=VANDAAG)
    assert na.nog_huisbezoeken == 0
    assert na.nu is None


def test_niet_thuis_zonder_brief_laat_de_brief_open() -> None:
    tocht = zoektocht(MIJNSTREEK, [*RUBEN[:-1], poging(13, 16, "huisbezoek", "niet-thuis")], vandaag=VANDAAG)
    assert standen(tocht)[3] == "nu"


def test_wie_wel_thuis_was_maar_niet_opendeed_hoeft_geen_brief() -> None:
    tocht = zoektocht(MIJNSTREEK, [*RUBEN[:-1], poging(13, 16, "huisbezoek", "afgemeld")], vandaag=VANDAAG)
    assert standen(tocht)[3] == "niet-nodig"


def test_alles_overdag_dan_is_het_voorstel_een_avond() -> None:
    tocht = zoektocht(MIJNSTREEK, RUBEN, vandaag=VANDAAG)
    assert tocht.voorstel is not None
    assert tocht.voorstel.kanaal == "huisbezoek"
    assert tocht.voorstel.moment == dt.datetime(2026, 11, 24, 19, 0)
    assert tocht.voorstel.reden == "Alle pogingen waren overdag en doordeweeks."


def test_na_een_avond_is_het_voorstel_een_ander_dagdeel() -> None:
    pogingen = [poging(3, 19), poging(4, 14)]
    tocht = zoektocht(MIJNSTREEK, [poging(19, 9, "brief"), *pogingen], vandaag=VANDAAG)
    assert tocht.voorstel is not None
    assert dagdeel(tocht.voorstel.moment) == "ochtend"


def test_alle_dagdelen_geprobeerd_dan_zaterdag() -> None:
    pogingen = [poging(2, 9), poging(3, 14), poging(4, 19)]
    tocht = zoektocht(MIJNSTREEK, [poging(19, 9, "brief"), *pogingen], vandaag=VANDAAG)
    assert tocht.voorstel is not None
    assert tocht.voorstel.moment.weekday() == 5


def test_contact_beeindigt_de_zoektocht() -> None:
    tocht = zoektocht(MIJNSTREEK, [*RUBEN, poging(14, 10, resultaat="contact")], vandaag=VANDAAG)
    assert tocht.contact is not None
    assert tocht.voorstel is None
    assert standen(tocht) == ["open"] * 5


def test_wie_daarna_uit_beeld_raakt_begint_opnieuw_bij_stap_1() -> None:
    eerder = [poging(19, 9, "brief"), poging(20, 10, resultaat="contact")]
    tocht = zoektocht(MIJNSTREEK, [*eerder, poging(2, 9)], vandaag=VANDAAG)
    assert tocht.contact is None
    assert len(tocht.pogingen) == 1
    assert tocht.nu is not None and tocht.nu.nummer == 3, "bellen is stap 2, de brief daarvoor werd overgeslagen"


def test_contact_met_school_is_geen_contact_met_de_jongere() -> None:
    tocht = zoektocht(MIJNSTREEK, [poging(2, 9, resultaat="contact", met="school")], vandaag=VANDAAG)
    assert tocht.contact is None
    assert tocht.pogingen == ()


def test_het_raster_telt_alleen_wat_iets_zegt_over_thuis_zijn() -> None:
    raster = dict(zoektocht(MIJNSTREEK, RUBEN, vandaag=VANDAAG).raster)
    assert raster["ochtend"] == [1, 0, 1, 0, 0, 0, 0]
    assert raster["middag"] == [0, 0, 0, 1, 1, 0, 0]
    assert raster["avond"] == [0] * 7


def test_een_poging_hoort_bij_de_stap_van_nu_of_bij_zijn_kanaal() -> None:
    assert stap_voor(MIJNSTREEK, "telefoon", nu=2) == 2
    assert stap_voor(MIJNSTREEK, "huisbezoek", nu=2) == 3
    assert stap_voor(MIJNSTREEK, "huisbezoek", nu=5) == 5
    assert stap_voor(MIJNSTREEK, "school", nu=2) == 2


@pytest.mark.parametrize("code", codes())
def test_elk_protocol_loopt_tot_een_einde(code: str) -> None:
    """Whoever keeps trying what is proposed comes to the end, and has made enough visits by then."""
    gekozen, dag, pogingen = protocol(code), VANDAAG, []
    for _ in range(30):
        tocht = zoektocht(gekozen, pogingen, vandaag=dag)
        if tocht.voorstel is None:
            break
        bezoek = tocht.voorstel.kanaal.startswith("huisbezoek")
        pogingen.append(
            Poging(
                tocht.voorstel.moment, tocht.voorstel.kanaal, "niet-thuis" if bezoek else "geen-contact", brief=bezoek
            )
        )
        dag = tocht.voorstel.moment.date()
    assert tocht.voorstel is None
    assert tocht.nog_huisbezoeken == 0
    assert tocht.nu is None or tocht.nu.sluit
