"""Consent: who decides, that a no counts too, that it ends, and that it can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Parameter
from routekaart.delen.acties import Antwoord, met_gezag, trek_toestemming_in, vraag_toestemming, zeggenschap
from routekaart.delen.models import Toestemming
from routekaart.delen.selecties import laatste_antwoorden, mag_delen, toestemmingen_van
from routekaart.dossiers.documenten import lees_document
from routekaart.dossiers.models import Document, Werkproces
from routekaart.logboek.models import Logregel
from routekaart.personen.models import Verzorger
from tests import fabrieken

VANDAAG = fabrieken.VANDAAG
JA = Antwoord("ROC De Waarden", "school en verzuim", True)
NEE = Antwoord("ROC De Waarden", "school en verzuim", False)


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


def vijftien(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied, geboortedatum="2010-11-18"), behandelaar=coach)


def vraag(werkproces: Werkproces, door: Any, antwoord: Antwoord = JA, **velden: Any) -> Toestemming:
    waarden = {"op": VANDAAG, "nu": fabrieken.NU} | velden
    return vraag_toestemming(werkproces, antwoord, toegang=fabrieken.toegang(door), **waarden)


def test_ja_geldt_een_jaar(werkproces: Werkproces, coach: Any) -> None:
    toestemming = vraag(werkproces, coach)
    assert toestemming.geldig_tot == dt.date(2027, 11, 16)
    assert toestemming.geldt(op=VANDAAG) and toestemming.geldt(op=dt.date(2027, 11, 16))
    assert not toestemming.geldt(op=dt.date(2027, 11, 17))


def test_de_regio_bepaalt_hoe_lang_een_ja_geldt(werkproces: Werkproces, coach: Any) -> None:
    Parameter.objects.create(regio=werkproces.regio, code="toestemming_maanden", waarde=6, van=dt.date(2026, 1, 1))
    assert vraag(werkproces, coach).geldig_tot == dt.date(2027, 5, 16)


def test_nee_wordt_ook_vastgelegd(werkproces: Werkproces, coach: Any) -> None:
    toestemming = vraag(werkproces, coach, NEE)
    assert not toestemming.gegeven and toestemming.geldig_tot is None
    assert not toestemming.geldt(op=VANDAAG)


def test_nee_maakt_een_einde_aan_een_eerder_ja(werkproces: Werkproces, coach: Any) -> None:
    eerder = vraag(werkproces, coach)
    ander = vraag(werkproces, coach, Antwoord("Stadsbank", "voortgang", True))
    vraag(werkproces, coach, Antwoord("roc de waarden ", "School en verzuim", False))
    eerder.refresh_from_db()
    ander.refresh_from_db()
    assert eerder.ingetrokken_op == VANDAAG
    assert ander.geldt(op=VANDAAG)


def test_het_laatste_antwoord_telt_per_ontvanger_en_doel(werkproces: Werkproces, coach: Any) -> None:
    vraag(werkproces, coach, JA, op=VANDAAG - dt.timedelta(days=3))
    vraag(werkproces, coach, NEE)
    vraag(werkproces, coach, Antwoord("Stadsbank", "voortgang", True))
    alle = toestemmingen_van(werkproces.jongere, toegang=fabrieken.toegang(coach))
    assert len(alle) == 3
    assert [(rij.ontvanger, rij.gegeven) for rij in laatste_antwoorden(alle)] == [
        ("ROC De Waarden", False),
        ("Stadsbank", True),
    ]
    assert mag_delen(alle, "stadsbank", op=VANDAAG)
    assert not mag_delen(alle, "ROC De Waarden", op=VANDAAG)


@pytest.mark.parametrize(
    ("geboren", "wie"), [("2010-11-17", "jongere"), ("2010-11-18", "verzorger"), ("2010-00-00", "verzorger")]
)
def test_op_de_dag_dat_je_zestien_wordt_beslis_je_zelf(gebied: fabrieken.Gebied, geboren: str, wie: str) -> None:
    jongere = fabrieken.maak_jongere(gebied, geboortedatum=geboren)
    assert zeggenschap(jongere, op=VANDAAG).door == wie


def test_een_ouder_beslist_niet_voor_wie_zestien_is(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="beslist de jongere zelf") as weigering:
        vraag(werkproces, coach, Antwoord("ROC", "verzuim", True, door="verzorger"))
    assert weigering.value.veld == "door"


def test_onder_zestien_beslist_een_ouder_met_gezag(gebied: fabrieken.Gebied, coach: Any) -> None:
    werkproces = vijftien(gebied, coach)
    with pytest.raises(Geweigerd, match="ouder of voogd met gezag"):
        vraag(werkproces, coach)
    antwoord = Antwoord("ROC", "verzuim", True, door="verzorger")
    with pytest.raises(Geweigerd, match="niet wie het gezag"):
        vraag(werkproces, coach, antwoord)
    Verzorger.objects.create(jongere=werkproces.jongere, naam="Oom", van=dt.date(2020, 1, 1), gezag="nee")
    with pytest.raises(Geweigerd, match="niet wie het gezag"):
        vraag(werkproces, coach, antwoord)
    moeder = Verzorger.objects.create(jongere=werkproces.jongere, naam="Petra", van=dt.date(2010, 11, 18), gezag="ja")
    assert met_gezag(werkproces.jongere, op=VANDAAG) == [moeder]
    assert vraag(werkproces, coach, antwoord).door == "verzorger"


@pytest.mark.parametrize(
    ("antwoord", "veld"),
    [(Antwoord(" ", "verzuim", True), "ontvanger"), (Antwoord("ROC", "", True), "doel"),
     (Antwoord("ROC", "verzuim", True, vorm="gebaar"), "vorm")],
)  # fmt: skip
def test_weigert_een_half_antwoord(werkproces: Werkproces, coach: Any, antwoord: Antwoord, veld: str) -> None:
    with pytest.raises(Geweigerd) as weigering:
        vraag(werkproces, coach, antwoord)
    assert weigering.value.veld == veld
    assert not Toestemming.objects.alles(reden="test").exists()


def test_weigert_een_datum_in_de_toekomst(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="toekomst"):
        vraag(werkproces, coach, op=VANDAAG + dt.timedelta(days=1))


def test_intrekken_werkt_vanaf_de_dag_zelf(werkproces: Werkproces, coach: Any) -> None:
    toestemming = vraag(werkproces, coach, op=VANDAAG - dt.timedelta(days=10))
    trek_toestemming_in(toestemming, op=VANDAAG, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert not toestemming.geldt(op=VANDAAG)
    assert toestemming.geldt(op=VANDAAG - dt.timedelta(days=1))
    assert Logregel.objects.filter(code="toestemming.ingetrokken", jongere_id=werkproces.jongere_id).count() == 1


def test_intrekken_kan_een_keer(werkproces: Werkproces, coach: Any) -> None:
    toestemming = vraag(werkproces, coach)
    trek_toestemming_in(toestemming, op=VANDAAG, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    with pytest.raises(Geweigerd, match="al ingetrokken"):
        trek_toestemming_in(toestemming, op=VANDAAG, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)


def test_intrekken_voor_de_dag_van_het_ja_kan_niet(werkproces: Werkproces, coach: Any) -> None:
    toestemming = vraag(werkproces, coach)
    with pytest.raises(Geweigerd, match="nog niet") as weigering:
        trek_toestemming_in(
            toestemming, op=VANDAAG - dt.timedelta(days=1), toegang=fabrieken.toegang(coach), nu=fabrieken.NU
        )
    assert weigering.value.veld == "op"


def test_getekende_verklaring_gaat_mee_het_dossier_in(werkproces: Werkproces, coach: Any) -> None:
    antwoord = Antwoord("ROC", "verzuim", True, vorm="schriftelijk")
    toestemming = vraag(werkproces, coach, antwoord, verklaring=b"%PDF-1.7 getekend")
    assert toestemming.document is not None
    assert lees_document(toestemming.document) == b"%PDF-1.7 getekend"


@pytest.mark.parametrize("inhoud", [b"", b"MZ\x90\x00", b"<html><script>"])
def test_een_bestand_van_een_andere_soort_komt_er_niet_in(werkproces: Werkproces, coach: Any, inhoud: bytes) -> None:
    with pytest.raises(Geweigerd) as weigering:
        vraag(werkproces, coach, verklaring=inhoud)
    assert weigering.value.veld == "bestand"
    assert not Document.objects.alles(reden="test").exists()
    assert not Toestemming.objects.alles(reden="test").exists()
