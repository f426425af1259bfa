"""The doelgroepwijzer: the same decision as the filter, explained, compared, without a script and without a trace."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Diploma, Werk
from routekaart.meldingen.doelgroep import feiten
from routekaart.regels.doelgroep import beslis
from routekaart.regels.doelgroep_feiten import lees_vraag
from routekaart.werkplek.forms_wijzer import MEESTE_RIJEN
from routekaart.werkplek.wijzer import invoer_van
from tests import fabrieken
from tests.fabrieken import VANDAAG

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
ADRES = "/doelgroepwijzer/"

# the example of the contract, as somebody fills it in
VOORBEELD = {
    "peildatum": "1-2-2024", "geboortedatum": "6-5-2004", "bovengrens": "23", "baan_telt": "on", "baan_uren": "12",
    "aantal-diplomas": "1", "diplomas-0-soort": "mbo", "diplomas-0-niveau": "1", "diplomas-0-behaald_op": "1-7-2022",
    "aantal-inschrijvingen": "2", "inschrijvingen-0-onderwijssoort": "mbo", "inschrijvingen-0-niveau": "1",
    "inschrijvingen-0-van": "1-8-2021", "inschrijvingen-0-tot": "31-7-2022", "inschrijvingen-1-onderwijssoort": "mbo",
    "inschrijvingen-1-niveau": "2", "inschrijvingen-1-van": "1-8-2022", "inschrijvingen-1-tot": "15-3-2023",
    "aantal-werk": "1", "werk-0-van": "1-5-2021", "werk-0-tot": "30-9-2021", "werk-0-uren": "8", "doe": "bepaal",
}  # fmt: skip
CONTRACT = {
    "id": "a1", "peildatum": "2024-02-01", "geboortedatum": "2004-05-06",
    "regio": {"bovengrens": 23, "baan_telt": True, "baan_uren": 12},
    "diplomas": [{"soort": "mbo", "niveau": 1, "behaald_op": "2022-07-01"}],
    "inschrijvingen": [{"onderwijssoort": "mbo", "niveau": 1, "van": "2021-08-01", "tot": "2022-07-31"},
                       {"onderwijssoort": "mbo", "niveau": 2, "van": "2022-08-01", "tot": "2023-03-15"}],
    "werk": [{"van": "2021-05-01", "tot": "2021-09-30", "uren": 8}],
}  # fmt: skip


@pytest.fixture
def scherm(coach: Any, als: Als) -> Client:
    return als(coach)


def stuur(scherm: Client, **velden: str) -> Any:
    antwoord = scherm.post(ADRES, VOORBEELD | velden)
    assert antwoord.status_code == 200
    return antwoord


def test_het_voorbeeld_van_het_contract_geeft_hetzelfde_besluit(scherm: Client) -> None:
    besluit = stuur(scherm).context["uitkomst"].besluit
    assert besluit == beslis(lees_vraag(CONTRACT).feiten, grenzen=laad_grenzen())
    assert besluit.doelgroep.value == "nieuwe-vsv"


def test_de_uitkomst_legt_zichzelf_uit(scherm: Client) -> None:
    tekst = stuur(scherm).content.decode()
    assert '<h2 id="uitkomst">Nieuwe vsv&#x27;er</h2>' in tekst
    assert "op 1 februari 2024" in tekst
    assert "teldatum: 1 oktober 2023" in tekst
    assert re.search(r"Routekaart 2023, Doelgroepen[^<]*\(regel DGR-05\)", tekst)
    assert not re.search(r"\b00[0-4], ", tekst)
    assert "Jongere in een kwetsbare positie" in tekst
    assert "Route ‘Doorstroompunt’, fase 2, stap 4" in tekst
    assert "versie 2026-1" in tekst


def test_geen_doelgroep_noemt_de_reden(scherm: Client) -> None:
    uitkomst = stuur(scherm, geboortedatum="6-5-2010").context["uitkomst"]
    assert (uitkomst.naam, uitkomst.reden) == ("Geen doelgroep", "De jongere is jonger dan 18")
    assert uitkomst.vervolg == "Route ‘Leerplicht (MAS)’, fase 1, stap 1"


def test_een_tweede_dag_laat_zien_wat_er_verandert(scherm: Client) -> None:
    antwoord = stuur(scherm, vergelijk="1-9-2024")
    vergelijking = antwoord.context["vergelijking"]
    assert vergelijking.zin == "Op 1 september 2024 is anders: doelgroep."
    assert [(v.wat, v.eerst, v.dan) for v in vergelijking.verschillen if v.anders] == [
        ("Doelgroep", "Nieuwe vsv'er", "Oud-vsv'er")
    ]
    assert next(grond.regel for grond in vergelijking.dan.gronden if grond.nieuw) == "DGR-06"
    assert stuur(scherm, vergelijk="2-2-2024").context["vergelijking"].zin == (
        "Op 2 februari 2024 is de uitkomst hetzelfde."
    )


def test_een_onvolledige_geboortedatum_mag(scherm: Client) -> None:
    for tekst, onbekend in (
        ("mei 2004", True), ("5-2004", True), ("00-05-2004", True), ("2004", True), ("2004-05-00", True),
        ("2004-00-00", True), ("6 mei 2004", False), ("2004-05-06", False),
    ):  # fmt: skip
        besluit = stuur(scherm, geboortedatum=tekst).context["uitkomst"].besluit
        assert ("geboortedatum" in besluit.onbekend) == onbekend, tekst


def test_een_lege_lijst_is_onbekend_tenzij_je_het_zeker_weet(scherm: Client) -> None:
    leeg = {"aantal-diplomas": "0", "aantal-inschrijvingen": "0", "aantal-werk": "0"}
    assert stuur(scherm, **leeg).context["uitkomst"].besluit.onbekend == ("diplomas", "inschrijvingen", "werk")
    zeker = {"geen_diplomas": "on", "geen_inschrijvingen": "on", "geen_werk": "on"}
    assert stuur(scherm, **leeg, **zeker).context["uitkomst"].besluit.onbekend == ()
    assert "We weten niet: de diploma" in stuur(scherm, **leeg).content.decode()


def test_een_rij_die_leeg_bleef_telt_niet(scherm: Client) -> None:
    antwoord = stuur(scherm, **{"aantal-werk": "2", "werk-1-van": "", "werk-1-tot": "", "werk-1-uren": ""})
    assert antwoord.context["uitkomst"].besluit.doelgroep.value == "nieuwe-vsv"


def test_voeg_toe_geeft_een_rij_erbij_en_bewaart_wat_er_staat(scherm: Client) -> None:
    antwoord = stuur(scherm, doe="erbij:werk", geboortedatum="geen datum")
    tekst = antwoord.content.decode()
    assert "uitkomst" not in antwoord.context
    assert 'name="aantal-werk" value="2"' in tekst
    assert 'name="werk-1-van"' in tekst
    assert 'value="geen datum"' in tekst, "wat je typte staat er nog, zonder foutmelding"
    assert "rk-fouten" not in tekst
    assert '<option value="mbo" selected>' in tekst


def test_haal_weg_neemt_precies_die_rij_weg(scherm: Client) -> None:
    tekst = stuur(scherm, doe="weg:inschrijvingen:0").content.decode()
    assert 'name="aantal-inschrijvingen" value="1"' in tekst
    assert 'value="1-8-2022"' in tekst
    assert 'value="1-8-2021"' not in tekst


@pytest.mark.parametrize("doe", ["erbij:onzin", "weg:werk:99", "erbij", "weg:werk:", "iets"])
def test_een_vreemde_knop_breekt_niets(scherm: Client, doe: str) -> None:
    stuur(scherm, doe=doe)


@pytest.mark.parametrize("aantal", ["-1", "veel", "", "²", "99999"])
def test_een_vreemd_aantal_rijen_breekt_niets(scherm: Client, aantal: str) -> None:
    antwoord = stuur(scherm, **{"aantal-werk": aantal, "doe": "erbij:werk"})
    assert len(antwoord.context["invoer"].rijen["werk"]) <= MEESTE_RIJEN


@pytest.mark.parametrize(
    ("velden", "veld", "boodschap"),
    [
        ({"geboortedatum": ""}, "geboortedatum", "Vul een geboortedatum in"),
        ({"geboortedatum": "gisteren"}, "geboortedatum", "Schrijf de geboortedatum als dag-maand-jaar"),
        ({"geboortedatum": "31-2-2004"}, "geboortedatum", "Schrijf de geboortedatum als dag-maand-jaar"),
        ({"peildatum": ""}, "peildatum", "Op welke dag kijk je?"),
        ({"peildatum": "1-1-9999"}, "peildatum", "tot en met het jaar 9990"),
        ({"vergelijk": "31-4-2024"}, "vergelijk", "Deze datum bestaat niet"),
        ({"baan_uren": "200"}, "baan_uren", "hooguit 168"),
        ({"inschrijvingen-1-tot": "1-1-2020"}, "inschrijvingen-1-tot", "ligt voor de eerste dag, 1 augustus 2022"),
        ({"inschrijvingen-0-van": ""}, "inschrijvingen-0-van", "Vul bij ‘Eerste dag’ een datum in"),
        ({"inschrijvingen-0-onderwijssoort": "havo"}, "inschrijvingen-0-niveau", "Een niveau hoort alleen bij mbo"),
        ({"inschrijvingen-0-onderwijssoort": "school"}, "inschrijvingen-0-onderwijssoort", "Soort onderwijs"),
        ({"diplomas-0-behaald_op": "x"}, "diplomas-0-behaald_op", "Schrijf de datum als dag-maand-jaar"),
        ({"werk-0-uren": "169"}, "werk-0-uren", "hooguit 168"),
        ({"vastgesteld_bron": "IDW-verklaring"}, "vastgesteld_op", "op welke dag"),
    ],
)
def test_een_fout_staat_bij_het_veld_en_in_de_samenvatting(
    scherm: Client, velden: dict[str, str], veld: str, boodschap: str
) -> None:
    antwoord = stuur(scherm, **velden)
    tekst = antwoord.content.decode()
    assert "uitkomst" not in antwoord.context
    assert "Eén ding klopt nog niet" in tekst
    assert tekst.count(boodschap) >= 2, tekst[tekst.index("rk-fouten") :][:600]
    (fout,) = antwoord.context["invoer"].fouten
    assert fout.anker == f"id_{veld}"


def test_alle_fouten_staan_er_in_een_keer(scherm: Client) -> None:
    antwoord = stuur(scherm, geboortedatum="", **{"werk-0-van": "", "diplomas-0-soort": ""})
    assert antwoord.context["invoer"].foutkop == "Drie dingen kloppen nog niet"


def test_begint_met_vandaag_en_de_instellingen_van_de_regio(scherm: Client) -> None:
    tekst = scherm.get(ADRES).content.decode()
    assert 'value="17-11-2026"' in tekst
    assert 'name="baan_telt" id="id_baan_telt" checked' in tekst.replace('class="" ', "") or "checked" in tekst
    assert "Zo werkt de wijzer" in tekst


def test_met_de_feiten_van_een_jongere(gebied: fabrieken.Gebied, coach: Any, scherm: Client) -> None:
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2007-03-04")
    fabrieken.maak_inschrijving(jongere, van=dt.date(2024, 8, 1), tot=dt.date(2026, 10, 9))
    Diploma.objects.create(jongere=jongere, soort="vmbo-bb", behaald_op=dt.date(2024, 7, 1), bron="DUO")
    Werk.objects.create(jongere=jongere, van=dt.date(2026, 10, 12), uren=8, bron="Yara")
    antwoord = scherm.get(f"{ADRES}?jongere={jongere.sleutel}")
    tekst = antwoord.content.decode()
    assert jongere.naam in tekst and "Wat je hier verandert, verandert het dossier niet." in tekst
    assert 'value="04-03-2007"' in tekst
    assert 'value="09-10-2026"' in tekst
    verwacht = beslis(feiten(jongere, op=VANDAAG), grenzen=laad_grenzen())
    assert antwoord.context["uitkomst"].besluit == verwacht


def test_wat_wordt_ingevuld_geeft_bij_versturen_hetzelfde_besluit(gebied: fabrieken.Gebied, scherm: Client) -> None:
    """The form that is filled in with the facts of somebody, sent as it stands, decides the same."""
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2004-05-00")
    fabrieken.maak_inschrijving(
        jongere, onderwijssoort="vso", niveau=0, van=dt.date(2018, 8, 1), tot=dt.date(2024, 7, 1)
    )
    Werk.objects.create(jongere=jongere, van=dt.date(2025, 1, 1), uren=32, bron="Yara")
    feit = feiten(jongere, op=VANDAAG)
    invoer = invoer_van(feit)
    data: dict[str, Any] = {"doe": "bepaal"}
    for deel in invoer.formulieren:
        for veld in deel:
            waarde = veld.value()
            if waarde is True:
                data[veld.html_name] = "on"
            elif waarde not in (None, "", False):
                data[veld.html_name] = veld.field.widget.format_value(waarde)
    data |= {f"aantal-{code}": str(len(rijen)) for code, rijen in invoer.rijen.items()}
    besluit = scherm.post(ADRES, data).context["uitkomst"].besluit
    assert besluit == beslis(feit, grenzen=laad_grenzen())


def test_buiten_bereik_bestaat_de_jongere_niet(
    gebied: fabrieken.Gebied, buitenstaander: Any, als: Als, scherm: Client
) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    for wie in (buitenstaander, fabrieken.maak_gebruiker(gebied, "beleid", "beleid")):
        for methode in ("get", "post"):
            antwoord = getattr(als(wie), methode)(f"{ADRES}?jongere={jongere.sleutel}")
            assert antwoord.status_code == 404
    for sleutel in (uuid.uuid4(), "geen-sleutel"):
        assert scherm.get(f"{ADRES}?jongere={sleutel}").status_code == 404


def test_alleen_met_een_jongere_staat_het_in_het_logboek(gebied: fabrieken.Gebied, scherm: Client) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    eerder = Logregel.objects.count()
    scherm.get(ADRES)
    stuur(scherm)
    assert Logregel.objects.count() == eerder
    scherm.get(f"{ADRES}?jongere={jongere.sleutel}")
    scherm.post(f"{ADRES}?jongere={jongere.sleutel}", VOORBEELD)
    regels = list(Logregel.objects.order_by("pk"))[eerder:]
    assert [(regel.code, regel.jongere_id, regel.soort) for regel in regels] == [
        ("wijzer.bekeken", jongere.pk, Logregel.Soort.LEZEN)
    ] * 2


def test_er_wordt_niets_bewaard(gebied: fabrieken.Gebied, scherm: Client) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    scherm.get(ADRES)
    with CaptureQueriesContext(connection) as teller:
        scherm.post(f"{ADRES}?jongere={jongere.sleutel}", VOORBEELD)
    schrijft = [
        vraag["sql"] for vraag in teller.captured_queries if vraag["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert all('"logboek_logregel"' in sql for sql in schrijft)


@pytest.mark.parametrize("rol", ["coordinator", "administratie", "kwaliteit", "beleid", "beheerder", "privacy"])
def test_iedereen_binnen_de_regio_mag_de_wijzer_gebruiken(gebied: fabrieken.Gebied, als: Als, rol: str) -> None:
    scherm = als(fabrieken.maak_gebruiker(gebied, "iemand", rol))
    assert scherm.get(ADRES).status_code == 200
    assert stuur(scherm).context["uitkomst"].naam == "Nieuwe vsv'er"


@pytest.mark.parametrize("rol", ["schoolcontact", "ketenpartner", "jongere"])
def test_wie_van_buiten_komt_niet(gebied: fabrieken.Gebied, als: Als, rol: str) -> None:
    assert als(fabrieken.maak_gebruiker(gebied, "iemand", rol)).get(ADRES).status_code == 404
