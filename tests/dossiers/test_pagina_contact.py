"""The contact page: the search, the form with the next moment, one click for no answer, and taking back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from routekaart.dossiers.acties import leg_contact_vast
from routekaart.dossiers.models import Contactmoment, Taak, Werkproces
from routekaart.logboek.models import Logregel
from tests import fabrieken

Als = Callable[[Any], Client]


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


def adres(werkproces: Werkproces, einde: str = "contact/") -> str:
    return f"/jongeren/{werkproces.jongere.sleutel}/{einde}"


def ingevuld(**velden: str) -> dict[str, str]:
    gisteren = timezone.localdate() - dt.timedelta(days=1)
    return {
        "met": "jongere",
        "kanaal": "telefoon",
        "datum": gisteren.strftime("%d-%m-%Y"),
        "tijd": "14:30",
        "resultaat": "geen-contact",
        "verslag": "Kreeg de voicemail.",
    } | velden


def momenten() -> list[Contactmoment]:
    return list(Contactmoment.objects.alles(reden="test").order_by("pk"))


def test_toont_het_protocol_en_het_formulier(als: Als, coach: Any, werkproces: Werkproces) -> None:
    pagina = als(coach).get(adres(werkproces))
    assert pagina.status_code == 200
    assert "Er is nog niet gezocht." in pagina.text
    assert "Brief of telefoon" in pagina.text
    assert "Leg een contactmoment vast" in pagina.text


def test_legt_vast_met_het_volgende_moment(als: Als, coach: Any, werkproces: Werkproces) -> None:
    over_een_week = timezone.localdate() + dt.timedelta(days=7)
    data = ingevuld(
        volgend_kanaal="huisbezoek", volgende_datum=over_een_week.strftime("%d-%m-%Y"), volgende_tijd="19:00"
    )
    antwoord = als(coach).post(adres(werkproces), data)
    assert antwoord.status_code == 302 and antwoord.headers["Location"] == adres(werkproces)
    [moment] = momenten()
    assert (moment.kanaal, moment.verslag, moment.protocolstap) == ("telefoon", "Kreeg de voicemail.", 1)
    assert timezone.localtime(moment.moment).strftime("%H:%M") == "14:30"
    taak = Taak.objects.alles(reden="test").open().get(soort="contact")
    assert (taak.wat, taak.due, taak.tijd) == ("Ga op huisbezoek", over_een_week, dt.time(19, 0))


def test_bij_contact_vervalt_het_voorstel_uit_het_protocol(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    form = browser.get(adres(werkproces)).context["form"]
    voorstel = {
        "volgend_kanaal": form["volgend_kanaal"].value(),
        "volgende_datum": form["volgende_datum"].value().strftime("%d-%m-%Y"),
        "volgende_tijd": form["volgende_tijd"].value().strftime("%H:%M"),
        "voorstel": form["voorstel"].value(),
    }
    browser.post(adres(werkproces), ingevuld(resultaat="contact", **voorstel))
    assert not Taak.objects.alles(reden="test").open().filter(soort="contact").exists()
    browser.post(adres(werkproces), ingevuld(**voorstel))
    assert Taak.objects.alles(reden="test").open().filter(soort="contact").exists()


def test_fouten_houden_wat_getypt_is(als: Als, coach: Any, werkproces: Werkproces) -> None:
    antwoord = als(coach).post(adres(werkproces), ingevuld(resultaat="", datum="31-02-2026"))
    assert antwoord.status_code == 200
    assert "Twee dingen kloppen nog niet" in antwoord.text
    assert "Deze datum bestaat niet" in antwoord.text
    assert "Kreeg de voicemail." in antwoord.text
    assert "31-02-2026" in antwoord.text
    assert momenten() == []


def test_een_moment_in_de_toekomst_wordt_geweigerd_bij_de_datum(als: Als, coach: Any, werkproces: Werkproces) -> None:
    morgen = (timezone.localdate() + dt.timedelta(days=1)).strftime("%d-%m-%Y")
    antwoord = als(coach).post(adres(werkproces), ingevuld(datum=morgen))
    assert "ligt in de toekomst" in antwoord.text
    assert "Kreeg de voicemail." in antwoord.text
    assert momenten() == []


def test_get_verandert_niets(als: Als, coach: Any, werkproces: Werkproces) -> None:
    versie = werkproces.versie
    als(coach).get(adres(werkproces))
    werkproces.refresh_from_db()
    assert werkproces.versie == versie
    assert momenten() == []


def test_de_link_van_een_stap_vult_in_met_wie(als: Als, coach: Any, werkproces: Werkproces) -> None:
    form = als(coach).get(adres(werkproces), {"met": "school"}).context["form"]
    assert form["met"].value() == "school"
    assert form["volgende_datum"].value() is None, "het protocol gaat over de jongere"


def test_geen_gehoor_in_een_klik_met_de_volgende_poging(als: Als, coach: Any, werkproces: Werkproces) -> None:
    antwoord = als(coach).post(adres(werkproces, "contact/geen-gehoor/"), {"terug": "werkvoorraad"})
    assert antwoord.headers["Location"] == "/"
    [moment] = momenten()
    assert (moment.kanaal, moment.resultaat, moment.met) == ("telefoon", "geen-contact", "jongere")
    taak = Taak.objects.alles(reden="test").open().get(soort="contact")
    assert taak.due > timezone.localdate()


def test_ongedaan_maken_haalt_de_poging_weg(als: Als, coach: Any, werkproces: Werkproces) -> None:
    browser = als(coach)
    browser.post(adres(werkproces, "contact/geen-gehoor/"))
    [moment] = momenten()
    antwoord = browser.post(adres(werkproces, f"contact/{moment.sleutel}/intrekken/"))
    assert antwoord.status_code == 302
    [moment] = momenten()
    assert moment.ingetrokken_op is not None
    assert not Taak.objects.alles(reden="test").open().filter(soort="contact").exists()
    assert "Kreeg de voicemail" not in browser.get(adres(werkproces)).text


def test_intrekken_van_een_ander_dossier_bestaat_niet(
    gebied: fabrieken.Gebied, als: Als, coach: Any, werkproces: Werkproces
) -> None:
    ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    moment = leg_contact_vast(
        ander, met="jongere", kanaal="telefoon", moment=fabrieken.NU, resultaat="contact",
        toegang=fabrieken.toegang(coach), nu=fabrieken.NU,
    )  # fmt: skip
    assert als(coach).post(adres(werkproces, f"contact/{moment.sleutel}/intrekken/")).status_code == 404
    moment.refresh_from_db()
    assert moment.ingetrokken_op is None


@pytest.mark.parametrize("einde", ["contact/geen-gehoor/", f"contact/{uuid.UUID(int=7)}/intrekken/"])
def test_een_link_doet_niets(als: Als, coach: Any, werkproces: Werkproces, einde: str) -> None:
    assert als(coach).get(adres(werkproces, einde)).status_code == 405
    assert momenten() == []


def test_wie_alleen_mag_kijken_legt_niets_vast(als: Als, administratie: Any, werkproces: Werkproces) -> None:
    browser = als(administratie)
    pagina = browser.get(adres(werkproces))
    assert pagina.status_code == 200
    assert "Leg een contactmoment vast" not in pagina.text
    assert browser.post(adres(werkproces), ingevuld()).status_code == 404
    assert browser.post(adres(werkproces, "contact/geen-gehoor/")).status_code == 404
    assert momenten() == []


def test_buitenstaander_krijgt_404(als: Als, buitenstaander: Any, werkproces: Werkproces) -> None:
    browser = als(buitenstaander)
    for einde in ("contact/", "dossieronderzoek/", "contactgegevens/", "toewijzen/"):
        assert browser.get(adres(werkproces, einde)).status_code == 404
    assert browser.post(adres(werkproces), ingevuld()).status_code == 404
    assert momenten() == []
    assert Logregel.objects.filter(code="toegang.geweigerd").count() == 5


def test_het_lezen_staat_een_keer_in_het_logboek(als: Als, coach: Any, werkproces: Werkproces) -> None:
    als(coach).get(adres(werkproces))
    regel = Logregel.objects.get(code="dossier.bekeken")
    assert (regel.jongere_id, regel.gebruiker_id, regel.doel) == (werkproces.jongere_id, coach.pk, "eigen werk")


def test_dossieronderzoek_komt_op_de_route(als: Als, coach: Any, werkproces: Werkproces) -> None:
    vandaag = timezone.localdate().strftime("%d-%m-%Y")
    data = {"op": vandaag, "bevinding": "Eerder hielp een stage."}
    antwoord = als(coach).post(adres(werkproces, "dossieronderzoek/"), data)
    assert antwoord.headers["Location"] == adres(werkproces, "route/")
    assert werkproces.gebeurtenissen.alles(reden="test").get(code="dossier.gelezen").toelichting == data["bevinding"]
