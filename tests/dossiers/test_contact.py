"""Recording a contact: what counts as contact, what as an attempt, the next moment, and taking it back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import leg_contact_vast, leg_dossieronderzoek_vast, trek_contact_in
from routekaart.dossiers.models import Contactmoment, Gebeurtenis, Taak, Werkproces
from routekaart.logboek.models import Logregel
from tests import fabrieken

GISTEREN = dt.datetime(2026, 11, 16, 14, 0, tzinfo=dt.UTC)


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


def leg_vast(werkproces: Werkproces, door: Any, **velden: Any) -> Contactmoment:
    waarden = {"met": "jongere", "kanaal": "telefoon", "moment": GISTEREN, "resultaat": "contact"} | velden
    return leg_contact_vast(werkproces, toegang=fabrieken.toegang(door), nu=fabrieken.NU, **waarden)


def feiten(werkproces: Werkproces, **filters: Any) -> list[str]:
    rijen = Gebeurtenis.objects.alles(reden="test").filter(werkproces=werkproces, **filters)
    return list(rijen.order_by("pk").values_list("code", flat=True))


@pytest.mark.parametrize("met", ["jongere", "verzorger", "school", "ketenpartner"])
def test_contact_is_een_feit_op_de_dag_zelf(werkproces: Werkproces, coach: Any, met: str) -> None:
    leg_vast(werkproces, coach, met=met)
    feit = Gebeurtenis.objects.alles(reden="test").get()
    assert feit.code == f"contact.{met}"
    assert feit.op == dt.date(2026, 11, 16)
    assert feit.door == coach


@pytest.mark.parametrize("resultaat", ["geen-contact", "nvzb", "afgemeld", "niet-thuis"])
def test_zonder_contact_is_het_een_poging(werkproces: Werkproces, coach: Any, resultaat: str) -> None:
    leg_vast(werkproces, coach, resultaat=resultaat)
    assert feiten(werkproces) == ["contact.poging"]


def test_contact_met_jongere_en_school_vervult_stap_2(werkproces: Werkproces, coach: Any) -> None:
    met_melding(werkproces)
    leg_vast(werkproces, coach)
    assert werkproces.stap == 2
    leg_vast(werkproces, coach, met="school")
    assert werkproces.stap == 3


def met_melding(werkproces: Werkproces) -> None:
    Gebeurtenis.objects.create(
        werkproces=werkproces, code="melding.ontvangen", op=werkproces.gestart_op, vastgelegd_op=fabrieken.NU
    )


def test_het_volgende_moment_wordt_een_taak(werkproces: Werkproces, coach: Any) -> None:
    volgende = dt.datetime(2026, 11, 26, 18, 0, tzinfo=dt.UTC)
    leg_vast(werkproces, coach, resultaat="geen-contact", volgende=volgende)
    taak = Taak.objects.alles(reden="test").get(soort="contact")
    assert (taak.due, taak.tijd) == (dt.date(2026, 11, 26), dt.time(19, 0))
    assert taak.eigenaar == coach
    assert taak.waarom == "De vorige keer: geen contact"
    assert taak.actie == "contact-vastleggen"


def test_een_nieuw_contact_rondt_de_oude_taak_af(werkproces: Werkproces, coach: Any) -> None:
    leg_vast(werkproces, coach, resultaat="geen-contact", volgende=fabrieken.NU + dt.timedelta(days=2))
    leg_vast(werkproces, coach)
    assert not Taak.objects.alles(reden="test").open().filter(soort="contact").exists()


def test_weigert_een_moment_in_de_toekomst(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd) as fout:
        leg_vast(werkproces, coach, moment=fabrieken.NU + dt.timedelta(hours=1))
    assert fout.value.veld == "datum"
    assert not Contactmoment.objects.alles(reden="test").exists()
    assert not feiten(werkproces)


def test_intrekken_zet_wat_het_vervulde_weer_open(werkproces: Werkproces, coach: Any) -> None:
    met_melding(werkproces)
    leg_vast(werkproces, coach, met="school")
    contact = leg_vast(werkproces, coach)
    assert werkproces.stap == 3
    trek_contact_in(contact, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    werkproces.refresh_from_db()
    assert werkproces.stap == 2
    assert feiten(werkproces, ingetrokken_op__isnull=True) == ["melding.ontvangen", "contact.school"]
    assert feiten(werkproces) == ["melding.ontvangen", "contact.school", "contact.jongere"]


def test_intrekken_zet_de_vorige_afspraak_terug_en_haalt_de_nieuwe_weg(werkproces: Werkproces, coach: Any) -> None:
    bezoek = fabrieken.NU + dt.timedelta(days=3)
    leg_vast(werkproces, coach, resultaat="geen-contact", volgende=bezoek, volgend_kanaal="huisbezoek")
    later = fabrieken.NU + dt.timedelta(hours=1)
    vergissing = leg_contact_vast(
        werkproces,
        met="jongere",
        kanaal="telefoon",
        moment=later,
        resultaat="geen-contact",
        volgende=fabrieken.NU + dt.timedelta(days=1),
        toegang=fabrieken.toegang(coach),
        nu=later,
    )
    assert [taak.wat for taak in open_contacttaken()] == ["Zoek opnieuw contact"]
    trek_contact_in(vergissing, toegang=fabrieken.toegang(coach), nu=later + dt.timedelta(minutes=1))
    assert [(taak.wat, taak.due) for taak in open_contacttaken()] == [("Ga op huisbezoek", dt.date(2026, 11, 20))]


def test_intrekken_laat_een_latere_afspraak_staan(werkproces: Werkproces, coach: Any) -> None:
    eerste = leg_vast(werkproces, coach, resultaat="geen-contact", volgende=fabrieken.NU + dt.timedelta(days=3))
    leg_contact_vast(
        werkproces,
        met="jongere",
        kanaal="telefoon",
        moment=fabrieken.NU,
        resultaat="geen-contact",
        volgende=fabrieken.NU + dt.timedelta(days=9),
        toegang=fabrieken.toegang(coach),
        nu=fabrieken.NU + dt.timedelta(hours=1),
    )
    trek_contact_in(eerste, toegang=fabrieken.toegang(coach), nu=fabrieken.NU + dt.timedelta(hours=2))
    assert [taak.due for taak in open_contacttaken()] == [dt.date(2026, 11, 26)]


def test_weigert_een_volgend_moment_dat_al_voorbij_is(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd) as fout:
        leg_vast(werkproces, coach, resultaat="geen-contact", volgende=GISTEREN)
    assert fout.value.veld == "volgende_datum"


def open_contacttaken() -> list[Taak]:
    return list(Taak.objects.alles(reden="test").open().filter(soort="contact"))


def test_een_tweede_keer_intrekken_wordt_geweigerd(werkproces: Werkproces, coach: Any) -> None:
    contact = leg_vast(werkproces, coach)
    trek_contact_in(contact, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    with pytest.raises(Geweigerd, match="al ingetrokken"):
        trek_contact_in(contact, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)


def test_dossieronderzoek_is_een_feit_met_bevinding(werkproces: Werkproces, coach: Any) -> None:
    leg_dossieronderzoek_vast(
        werkproces,
        bevinding="Eerder hielp een loopbaangesprek.",
        op=dt.date(2026, 11, 16),
        toegang=fabrieken.toegang(coach),
        nu=fabrieken.NU,
    )
    feit = Gebeurtenis.objects.alles(reden="test").get()
    assert (feit.code, feit.op, feit.toelichting) == (
        "dossier.gelezen",
        dt.date(2026, 11, 16),
        "Eerder hielp een loopbaangesprek.",
    )


def test_elke_handeling_telt_een_versie_en_staat_in_het_logboek(werkproces: Werkproces, coach: Any) -> None:
    begin = werkproces.versie
    leg_vast(werkproces, coach)
    assert werkproces.versie == begin + 1
    regel = Logregel.objects.get(code="contact.vastgelegd")
    assert regel.gebruiker_id == coach.pk
    assert regel.jongere_id == werkproces.jongere_id
