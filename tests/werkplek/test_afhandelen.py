"""Afhandelen: two clicks from the list, everything proposed, and told what a colleague decided meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.begeleiding.models import Nazorgmoment
from routekaart.dossiers.models import Contactmoment
from routekaart.logboek.models import Logregel
from routekaart.meldingen.acties import DuoMelding, Melder, Opgave, geef_oordeel, neem_duo_melding_aan, ontvang_melding
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.models import Terugkoppeling
from tests import fabrieken
from tests.fabrieken import NU

Als = Callable[[Any], Client]
Ontvang = Callable[..., Melding]
ALLES: dict[str, Any] = {"reden": "test"}
HOOGSTENS = 20
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_dinsdag")]


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Any:
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2025, 8, 1))
    return jongere


@pytest.fixture
def melding(jongere: Any, gebied: fabrieken.Gebied, coach: Any) -> Melding:
    """Absence, through DUO."""
    neem_duo_melding_aan(
        DuoMelding(
            meldingsnummer="700009", soort="16-uur", begindatum=dt.date(2026, 11, 9), gemeld_op=NU,
            contact_naam="K. Slot",
        ),
        jongere=jongere,
        instelling=jongere.inschrijvingen.alles(**ALLES).get().instelling,
        gemeente=gebied.gemeente,
        toegang=fabrieken.toegang(coach),
        nu=NU,
    )  # fmt: skip
    gemaakt: Melding = Melding.objects.alles(**ALLES).get()
    return gemaakt


@pytest.fixture
def ontvang(gebied: fabrieken.Gebied, coach: Any) -> Ontvang:
    """A melding taken in by hand."""

    def doe(jongere: Any, **velden: Any) -> Melding:
        waarden: dict[str, Any] = {
            "kanaal": "A.II",
            "soort": "16-uur",
            "melder": Melder(soort="school", naam="Karin Slot", organisatie="ROC De Waarden"),
            "gemeente": gebied.gemeente,
            "toegang": fabrieken.toegang(coach),
            "nu": NU,
        } | velden
        return ontvang_melding(jongere=jongere, **waarden)

    return doe


def adres(melding: Melding, naam: str = "afhandelen") -> str:
    return reverse(f"werkplek:{naam}", args=[melding.sleutel])


def zoals_getoond(antwoord: Any) -> dict[str, Any]:
    """What the browser sends when nobody types anything."""
    gestuurd: dict[str, Any] = {}
    for veld in antwoord.context["form"]:
        waarde = veld.field.widget.format_value(veld.value())
        waarde = waarde[0] if isinstance(waarde, list) and waarde else waarde
        if waarde not in (None, False, []):
            gestuurd[veld.html_name] = waarde
    return gestuurd


def test_twee_klikken_handelen_af(als: Als, coach: Any, melding: Melding) -> None:
    browser = als(coach)
    assert adres(melding) in browser.get(reverse("meldingen:lijst")).text
    pagina = browser.get(adres(melding))
    antwoord = browser.post(adres(melding), zoals_getoond(pagina), follow=True)
    assert "is afgehandeld en teruggekoppeld. Nazorg op do 17 dec." in antwoord.text
    melding.refresh_from_db()
    assert (melding.oordeel, melding.uitkomst) == ("geen-actie", "geen-actie-na-school")
    assert (melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking) == ("G", 1, 3)
    assert melding.werkproces is not None and not melding.werkproces.open
    gesprek = Contactmoment.objects.alles(**ALLES).get()
    assert (gesprek.met, gesprek.met_naam) == ("school", "K. Slot")
    assert Terugkoppeling.objects.alles(**ALLES).get().kanaal == "duo"
    assert Nazorgmoment.objects.alles(**ALLES).get().gepland_op == dt.date(2026, 12, 17)


def test_wat_anders_is_vul_je_in(als: Als, coach: Any, melding: Melding) -> None:
    pagina = als(coach).get(adres(melding))
    velden = zoals_getoond(pagina) | {
        "verslag": "Yara is weer elke dag op school.", "duo_opmerking": "1", "nazorg_op": "5-1-2027",
        "datum": "16-11-2026", "kanaal": "e-mail", "ontvanger": "Karin Slot",
    }  # fmt: skip
    assert als(coach).post(adres(melding), velden).status_code == 302
    melding.refresh_from_db()
    assert (melding.oordeel_motivatie, melding.duo_opmerking) == ("Yara is weer elke dag op school.", 1)
    assert Terugkoppeling.objects.alles(**ALLES).get().tekst.startswith("Na ons gesprek met school")
    assert Nazorgmoment.objects.alles(**ALLES).get().gepland_op == dt.date(2027, 1, 5)


def test_een_andere_uitkomst_vraagt_een_eigen_verslag(als: Als, coach: Any, melding: Melding) -> None:
    velden = zoals_getoond(als(coach).get(adres(melding))) | {"uitkomst": "startkwalificatie"}
    pagina = als(coach).post(adres(melding), velden).text
    assert "Je koos een andere uitkomst" in pagina
    velden["verslag"] = "Yara haalde in juni haar diploma."
    assert als(coach).post(adres(melding), velden).status_code == 302


def test_wat_een_collega_besloot_wordt_gezegd_en_de_tekst_blijft(
    als: Als, coach: Any, collega: Any, melding: Melding
) -> None:
    velden = zoals_getoond(als(coach).get(adres(melding))) | {"verslag": "School lost het zelf op."}
    geef_oordeel(
        melding, directe_actie=True, motivatie="Wil een gesprek", onvolledig_omdat="x",
        toegang=fabrieken.toegang(collega), nu=NU,
    )  # fmt: skip
    pagina = als(coach).post(adres(melding), velden).text
    assert "Collega gaf al een oordeel over deze melding" in pagina and "directe actie nodig" in pagina
    assert "School lost het zelf op." in pagina
    assert not Terugkoppeling.objects.alles(**ALLES).exists()
    pagina = als(coach).get(adres(melding)).text
    assert "Er is al over beslist" in pagina and "Wil een gesprek" in pagina


def test_onderdelen_van_de_terugkoppeling_die_niet_mogen(als: Als, coach: Any, ontvang: Ontvang, jongere: Any) -> None:
    melding = ontvang(jongere)
    velden = zoals_getoond(als(coach).get(adres(melding)))
    assert velden["kanaal"] == "e-mail" and "duo_afsluitreden" not in velden
    velden["tekst"] = "Yara krijgt nu therapie."
    pagina = als(coach).post(adres(melding), velden).text
    assert "Kijk nog eens naar: therapie" in pagina and 'name="gecontroleerd"' in pagina
    assert als(coach).post(adres(melding), velden | {"gecontroleerd": "on"}).status_code == 302


def test_een_partner_hoort_geen_inhoud(als: Als, coach: Any, ontvang: Ontvang, jongere: Any) -> None:
    melding = ontvang(jongere, melder=Melder(soort="partner", naam="Sam Wit", organisatie="Buurtteam"))
    pagina = als(coach).get(adres(melding))
    assert "hoort alleen dat de melding is afgehandeld" in pagina.text and 'name="tekst"' not in pagina.text
    assert "<b>School</b>" not in pagina.text
    als(coach).post(adres(melding), zoals_getoond(pagina))
    assert Contactmoment.objects.alles(**ALLES).get().met == "ketenpartner"


def test_uit_eigen_onderzoek_is_er_niemand_om_het_te_vertellen(
    als: Als, coach: Any, ontvang: Ontvang, jongere: Any
) -> None:
    melding = ontvang(jongere, kanaal="C.I", melder=Melder(soort="onderzoek"))
    pagina = als(coach).get(adres(melding))
    assert "niemand aan wie je terugkoppelt" in pagina.text and 'name="kanaal"' not in pagina.text
    antwoord = als(coach).post(adres(melding), zoals_getoond(pagina), follow=True)
    assert "is afgehandeld. Nazorg" in antwoord.text


def test_onder_18_zonder_werkproces(als: Als, ambtenaar: Any, ontvang: Ontvang, gebied: fabrieken.Gebied) -> None:
    leerling = fabrieken.maak_jongere(gebied, geboortedatum="2011-05-06")
    melding = ontvang(leerling, toegang=fabrieken.toegang(ambtenaar))
    pagina = als(ambtenaar).get(adres(melding))
    assert "Na contact school, geen actie LPA" in pagina.text
    assert 'name="nazorg_op"' not in pagina.text and 'value="brief"' not in pagina.text
    assert als(ambtenaar).post(adres(melding), zoals_getoond(pagina)).status_code == 302
    melding.refresh_from_db()
    assert melding.uitkomst == "geen-actie-na-school"


def test_zonder_jongere_eerst_om_wie_het_gaat(als: Als, coach: Any, ontvang: Ontvang) -> None:
    melding = ontvang(None, opgave=Opgave(achternaam="Onbekend", geboortedatum="2007-01-01"))
    pagina = als(coach).get(adres(melding)).text
    assert reverse("meldingen:wie", args=[melding.sleutel]) in pagina and "<textarea" not in pagina


def test_het_deel_met_gevolgen_noemt_niemand(als: Als, coach: Any, melding: Melding) -> None:
    aantal = Logregel.objects.exclude(code__startswith="aanmelden").count()
    deel = als(coach).get(adres(melding, "afhandelen-gevolg"), {"uitkomst": "geen-actie-na-school"}).text
    assert "<b>Nazorg</b>" in deel and "terug naar school, opleiding hervat" in deel
    assert "Geen nazorg" in als(coach).get(adres(melding, "afhandelen-gevolg"), {"uitkomst": "onterecht"}).text
    assert "Dekkers" not in deel
    assert Logregel.objects.exclude(code__startswith="aanmelden").count() == aantal


def test_hooguit_twintig_queries_en_een_regel_in_het_log(als: Als, coach: Any, melding: Melding) -> None:
    browser = als(coach)
    browser.get(adres(melding))
    gelezen = Logregel.objects.filter(code="melding.bekeken").count()
    with CaptureQueriesContext(connection) as teller:
        assert browser.get(adres(melding)).status_code == 200
    aantal = sum("SAVEPOINT" not in vraag["sql"] for vraag in teller.captured_queries)
    assert aantal <= HOOGSTENS, aantal
    assert Logregel.objects.filter(code="melding.bekeken").count() == gelezen + 1


def test_buiten_bereik_of_zonder_recht_bestaat_het_niet(
    als: Als, buitenstaander: Any, administratie: Any, ambtenaar: Any, melding: Melding
) -> None:
    for wie in (buitenstaander, administratie, ambtenaar):
        assert als(wie).get(adres(melding)).status_code == 404
        assert als(wie).get(adres(melding, "afhandelen-gevolg")).status_code == 404
        assert als(wie).post(adres(melding), {}).status_code == 404
