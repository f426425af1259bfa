"""Meldingen of DUO: new, again, changed, withdrawn, out of order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.meldingen.acties import DuoMelding, Verzuimdag, neem_duo_melding_aan
from routekaart.meldingen.models import Melding, Meldingversie, Verzuimregel
from tests import fabrieken
from tests.fabrieken import NU

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}

DUO = DuoMelding(
    meldingsnummer="700009",
    versie=1,
    soort="16-uur",
    begindatum=dt.date(2026, 10, 19),
    reden="Komt niet opdagen",
    ondernomen_actie="Mentor heeft gebeld",
    gewenste_actie="Gesprek met de jongere",
    contact_naam="K. Slot",
    contact_email="mentor@school.example",
    uren=(Verzuimdag(dt.date(2026, 10, 19), 300), Verzuimdag(dt.date(2026, 10, 21))),
    gemeld_op=dt.datetime(2026, 11, 4, 8, 0, tzinfo=dt.UTC),
)


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Any:
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere)
    return jongere


@pytest.fixture
def neem(gebied: fabrieken.Gebied, jongere: Any) -> Any:
    """`neem(duo)` takes one row in."""
    instelling = fabrieken.maak_instelling()

    def doe(duo: DuoMelding, *, over: Any = jongere) -> str:
        return neem_duo_melding_aan(
            duo, jongere=over, instelling=instelling, gemeente=gebied.gemeente, toegang=fabrieken.systeem(gebied), nu=NU
        )

    return doe


def de_melding() -> Melding:
    melding: Melding = Melding.objects.alles(**ALLES).get()
    return melding


def test_nieuwe_melding_start_de_route_voor_verzuim(neem: Any) -> None:
    assert neem(DUO) == "nieuw"
    melding = de_melding()
    assert melding.nummer == "M-2026-000001"
    assert melding.termijn == dt.date(2026, 11, 24)
    assert (melding.partneracties, melding.verwachte_inzet) == ("Mentor heeft gebeld", "Gesprek met de jongere")
    werkproces = Werkproces.objects.alles(**ALLES).get()
    assert (werkproces.soort, werkproces.route, werkproces.nummer) == ("verzuim-18-plus", "mas-18-plus", "2026-000001")
    assert [g.code for g in Gebeurtenis.objects.alles(**ALLES)] == ["melding.ontvangen"]
    regels = Verzuimregel.objects.alles(**ALLES).order_by("datum").values_list("minuten", "hele_dag")
    assert list(regels) == [(300, False), (None, True)]


def test_dezelfde_rij_twee_keer_verandert_niets(neem: Any) -> None:
    neem(DUO)
    voor = de_melding().updated
    assert neem(DUO) == "ongewijzigd"
    assert de_melding().updated == voor
    assert Meldingversie.objects.alles(**ALLES).count() == 1


def test_hogere_versie_wijzigt_en_bewaart_de_eerdere(neem: Any) -> None:
    neem(DUO)
    nieuw = replace(
        DUO, versie=2, reden="Is ziek geweest", uren=(Verzuimdag(dt.date(2026, 10, 19), 120),), status="gewijzigd"
    )
    assert neem(nieuw) == "gewijzigd"
    melding = de_melding()
    assert (melding.reden, melding.duo_versie) == ("Is ziek geweest", 2)
    assert [v.inhoud["reden"] for v in Meldingversie.objects.alles(**ALLES).order_by("duo_versie")] == [
        "Komt niet opdagen",
        "Is ziek geweest",
    ]
    regels = Verzuimregel.objects.alles(**ALLES).order_by("datum").values_list("minuten", flat=True)
    assert list(regels) == [120, 0]
    assert neem(DUO) == neem(nieuw) == "ongewijzigd"


def test_oudere_versie_overschrijft_nooit(neem: Any) -> None:
    neem(replace(DUO, versie=3, reden="Nieuwst"))
    assert neem(replace(DUO, versie=2, reden="Ouder")) == "ongewijzigd"
    assert neem(replace(DUO, versie=3, reden="Zelfde nummer, andere woorden")) == "ongewijzigd"
    assert de_melding().reden == "Nieuwst"


def test_zonder_versie_ordent_het_moment_van_melden(neem: Any) -> None:
    vroeg = replace(DUO, versie=None)
    laat = replace(vroeg, reden="Later", gemeld_op=DUO.gemeld_op + dt.timedelta(days=1))  # type: ignore[operator]
    assert neem(laat) == "nieuw"
    assert neem(vroeg) == "ongewijzigd"
    later = replace(vroeg, reden="Laatst", gemeld_op=DUO.gemeld_op + dt.timedelta(days=2))  # type: ignore[operator]
    assert neem(later) == "gewijzigd"
    assert de_melding().reden == "Laatst"
    assert [neem(rij) for rij in (laat, vroeg, later)] == ["ongewijzigd"] * 3


def test_wat_een_collega_aanvulde_blijft_staan(neem: Any) -> None:
    neem(DUO)
    Melding.objects.alles(**ALLES).update(
        partneracties="Mentor heeft gebeld. Brief op 2 november.", reactie_jongere="Wil wel"
    )
    neem(replace(DUO, versie=2, ondernomen_actie="Huisbezoek gedaan"))
    melding = de_melding()
    assert melding.partneracties == "Mentor heeft gebeld. Brief op 2 november.\nHuisbezoek gedaan"
    assert melding.reactie_jongere == "Wil wel"


def test_ingetrokken_wist_niet_wat_er_is_gedaan(neem: Any) -> None:
    neem(DUO)
    assert neem(replace(DUO, versie=2, status="ingetrokken")) == "gewijzigd"
    melding = de_melding()
    assert (melding.stand, melding.ingetrokken_op) == ("ingetrokken", NU)
    werkproces = Werkproces.objects.alles(**ALLES).get()
    assert werkproces.open
    assert Taak.objects.alles(**ALLES).filter(soort="melding", werkproces=werkproces).count() == 1
    assert not Melding.objects.alles(**ALLES).te_beoordelen().exists()


def test_een_ingetrokken_melding_kan_terugkomen(neem: Any) -> None:
    neem(DUO)
    neem(replace(DUO, versie=2, status="ingetrokken"))
    neem(replace(DUO, versie=3, status="gewijzigd"))
    melding = de_melding()
    assert (melding.stand, melding.ingetrokken_op) == ("te-beoordelen", None)


def test_zonder_bekende_jongere_wacht_de_melding_op_een_collega(neem: Any) -> None:
    onbekend = replace(DUO, achternaam="Rooij", voorvoegsel="van", voornamen="Sem", geboortedatum="2008-06-03")
    assert neem(onbekend, over=None) == "nieuw"
    melding = de_melding()
    assert (melding.jongere_id, melding.opgegeven_naam, melding.soort_werk) == (None, "Sem van Rooij", "doorstroompunt")
    assert not Werkproces.objects.alles(**ALLES).exists()


def test_onder_18_hoort_de_melding_bij_leerplicht_zonder_werkproces(gebied: fabrieken.Gebied, neem: Any) -> None:
    jong = fabrieken.maak_jongere(gebied, geboortedatum="2011-02-03")
    neem(DUO, over=jong)
    melding = de_melding()
    assert (melding.soort_werk, melding.werkproces) == ("leerplicht", None)


def test_duo_krijgt_geen_mail_van_ons(
    neem: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        neem(DUO)
    assert mailoutbox == []
