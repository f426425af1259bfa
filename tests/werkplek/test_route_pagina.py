"""The route page: the map with its facts and explanations, the panel of now, the doelgroep and who is who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routekaart.basis.models import Parameter
from routekaart.begeleiding.models import Inzicht, Regie
from routekaart.dossiers.acties import heropen_stap, sla_stap_over
from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.logboek.models import Logregel
from routekaart.netwerk.models import Betrokkene
from routekaart.werkplek.kaart import nummers_in_woorden
from tests import fabrieken

Als = Callable[[Any], Client]
TOT_7 = (
    "melding.ontvangen", "contact.jongere", "contact.school", "doelgroep.vastgesteld", "oordeel.gegeven",
    "intake.gehouden", "leefdomeinen.besproken", "privacy.besproken",
)  # fmt: skip
UITLEG = {
    "peildatum": "2026-11-04",
    "versie": "2026-1",
    "reden": None,
    "onbekend": ["werk"],
    "uitleg": [{"regel": "DGR-04", "tekst": "De jongere is uitgevallen.", "bron": "000, Doelgroepen 2", "feiten": {}}],
}


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, tot=dt.date(2026, 10, 9))
    return fabrieken.maak_werkproces(jongere, behandelaar=coach)


def feiten(werkproces: Werkproces, *codes: str, door: Any = None) -> None:
    for nummer, code in enumerate(codes):
        Gebeurtenis.objects.create(
            werkproces=werkproces,
            code=code,
            op=dt.date(2026, 11, 2) + dt.timedelta(days=nummer),
            vastgelegd_op=fabrieken.NU - dt.timedelta(days=10 - nummer),
            door=door,
        )


def pagina(browser: Client, werkproces: Werkproces, **vraag: str) -> Any:
    return browser.get(reverse("dossiers:route", args=[werkproces.jongere.sleutel]), vraag)


def haltes(antwoord: Any) -> dict[int, Any]:
    return {halte.nummer: halte for fase in antwoord.context["kaart"].fasen for halte in fase.haltes}


def test_een_halte_toont_het_feit_en_de_dag(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7, door=coach)
    kaart = haltes(pagina(als(coach), werkproces))
    assert (kaart[1].feit, kaart[1].datum) == ("Melding ontvangen", "2 nov")
    assert (kaart[2].feit, kaart[2].datum) == ("Yara en school", "4 nov")
    assert (kaart[6].feit, kaart[6].datum) == ("Gesprek gehouden", "9 nov")
    assert kaart[7].nu
    assert kaart[8].feit == ""


def test_de_stand_staat_in_een_zin(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7[:1])
    sla_stap_over(werkproces, stap=2, motivatie="Al gesproken.", toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    kaart = pagina(als(coach), werkproces).context["kaart"]
    assert kaart.stand == "Nog geen doelgroep, fase 1 van 5. Eén stap vervuld, één overgeslagen."


def test_nu_toont_wat_bekend_is_en_wat_mist(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7)
    Inzicht.objects.create(
        werkproces=werkproces, punt="redenen", tekst="Verkeerde studiekeuze.", bron="Yara", op=fabrieken.VANDAAG
    )
    antwoord = pagina(als(coach), werkproces)
    nu = antwoord.context["nu"]
    assert nu.titel == "Nu: rond het vooronderzoek af"
    assert [(punt.kop, punt.klopt) for punt in nu.punten][:2] == [
        ("Reden van uitval.", True),
        ("Wat er moet gebeuren.", False),
    ]
    assert nu.bekend == "1 van 4 bekend"
    assert [actie.tekst for actie in nu.acties] == ["Vul het inzicht aan", "Leg contact vast"]
    assert nu.overslaan.tekst == "Sla over en leg uit"


def test_een_inzicht_van_een_eerdere_ronde_telt_niet(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7)
    Inzicht.objects.create(
        werkproces=werkproces, ronde=1, punt="redenen", tekst="Oud.", bron="Yara", op=fabrieken.VANDAAG
    )
    Werkproces.objects.alles(reden="test").filter(pk=werkproces.pk).update(ronde=2)
    assert pagina(als(coach), werkproces).context["nu"].bekend == ""


def test_de_eerste_handeling_is_de_knop_en_weet_met_wie(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, "melding.ontvangen", "contact.jongere")
    antwoord = pagina(als(coach), werkproces)
    eerste = antwoord.context["nu"].acties[0]
    assert eerste.tekst == "Leg contact met school vast"
    assert eerste.url.endswith("/contact/?met=school")
    assert antwoord.text.count("utrecht-button--primary-action") == 1, "één primaire knop per pagina"


def test_wat_niet_overgeslagen_mag_worden_zegt_waarom(als: Als, coach: Any, werkproces: Werkproces) -> None:
    nu = pagina(als(coach), werkproces).context["nu"]
    assert nu.overslaan is None
    assert "Zonder melding begint er geen route" in nu.niet_overslaan


def test_de_doelgroep_legt_zichzelf_uit(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7, door=coach)
    Werkproces.objects.alles(reden="test").filter(pk=werkproces.pk).update(
        doelgroep="dreigend-vsv", doelgroep_voorstel="nieuwe-vsv", doelgroep_op=dt.date(2026, 11, 4),
        doelgroep_motivatie="School houdt haar plek vrij.", doelgroep_uitleg=UITLEG,
    )  # fmt: skip
    antwoord = pagina(als(coach), werkproces)
    beeld = antwoord.context["doelgroep"]
    assert (beeld.naam, beeld.onder) == ("dreigend vsv'er", "bevestigd door Coach op 4 november 2026")
    assert beeld.waarom.feiten[0].bron == "Routekaart 2023, Doelgroepen 2"
    assert beeld.waarom.feiten[-1].klopt is None, "wat we niet weten staat erbij"
    assert "School houdt haar plek vrij." in antwoord.text
    assert "versie 2026-1" in antwoord.text


def test_een_uitkomst_die_vroeg_eindigt_is_zelf_de_uitleg(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7[:5], "werkproces.afgesloten")
    Werkproces.objects.alles(reden="test").filter(pk=werkproces.pk).update(
        uitkomst="verhuisd", afgesloten_op=dt.date(2026, 11, 7), afsluiting="Woont nu in Utrecht."
    )
    antwoord = pagina(als(coach), werkproces)
    kaart = haltes(antwoord)
    assert kaart[4].uitleg.kop == "Stap 4 tot en met 10 en 13 niet nodig"
    assert "Verhuisd buiten regio" in kaart[4].uitleg.tekst
    assert all(kaart[nummer].uitleg is None for nummer in (*range(5, 11), 13)), "één keer verteld is genoeg"
    assert kaart[12].nu, "terugkoppelen blijft"


def test_wie_is_wie_begint_met_de_regie(als: Als, coach: Any, werkproces: Werkproces) -> None:
    Regie.objects.create(
        werkproces=werkproces, houder="Wouter Blom", organisatie="Stadsbank", gevraagd=True, van=fabrieken.VANDAAG
    )
    Betrokkene.objects.create(jongere=werkproces.jongere, naam="Wouter Blom", rol="schuldhulp")
    Betrokkene.objects.create(jongere=werkproces.jongere, naam="Karin Slot", rol="mentor")
    mensen = pagina(als(coach), werkproces).context["mensen"]
    assert [(mens.naam, mens.rol.tekst if mens.rol else "") for mens in mensen] == [
        ("Wouter Blom", "casusregie"),
        ("Coach", "procesregie"),
        ("Karin Slot", ""),
    ]
    assert mensen[1].ik


def test_aandachtspunten_van_deze_fase_en_van_de_volgende(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7)
    browser = als(coach)
    nu = pagina(browser, werkproces).context
    assert nu["aandacht_fase"] == 2 and nu["aandacht"]
    volgende = pagina(browser, werkproces, aandacht="3").context
    assert volgende["aandacht_fase"] == 3
    assert pagina(browser, werkproces, aandacht="99").context["aandacht_fase"] == 2


def test_een_oude_versie_van_de_route_opent_nog(gebied: fabrieken.Gebied, als: Als, coach: Any) -> None:
    oud = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach, op=dt.date(2022, 9, 1))
    antwoord = pagina(als(coach), oud)
    assert antwoord.status_code == 200
    uitleg = als(coach).get(reverse("dossiers:over-de-route", args=[oud.jongere.sleutel]))
    assert "versie 2020-1" in uitleg.text


def test_de_doelgroep_opnieuw_bekijken(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7)
    browser, adres = als(coach), reverse("dossiers:doelgroep", args=[werkproces.jongere.sleutel])
    assert browser.get(adres).context["voorstel_naam"] == "dreigend vsv'er"
    zonder = browser.post(adres, {"doelgroep": "jikp", "doelgroep_motivatie": ""})
    assert "Schrijf op waarom" in zonder.text
    werkproces.refresh_from_db()
    assert werkproces.doelgroep == ""
    assert browser.post(adres, {"doelgroep": "dreigend-vsv"}).status_code == 302
    werkproces.refresh_from_db()
    assert (werkproces.doelgroep, werkproces.doelgroep_voorstel) == ("dreigend-vsv", "dreigend-vsv")
    assert werkproces.doelgroep_uitleg["versie"]
    assert Logregel.objects.filter(code="doelgroep.vastgesteld").count() == 1


def test_een_andere_doelgroep_brengt_het_werkproces_op_zijn_route(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7)
    browser, adres = als(coach), reverse("dossiers:doelgroep", args=[werkproces.jongere.sleutel])
    data = {"doelgroep": "verzuim-18-plus", "doelgroep_motivatie": "School schreef haar weer in en zij verzuimt."}
    assert browser.post(adres, data).status_code == 302
    werkproces.refresh_from_db()
    assert (werkproces.doelgroep, werkproces.route) == ("verzuim-18-plus", "mas-18-plus")
    assert werkproces.doelgroep_voorstel == "dreigend-vsv"


def test_stap_3_wijst_naar_de_melding_die_wacht(
    gebied: fabrieken.Gebied, als: Als, coach: Any, werkproces: Werkproces
) -> None:
    feiten(werkproces, *TOT_7[:3])
    melding = fabrieken.maak_melding(gebied, jongere=werkproces.jongere, werkproces=werkproces)
    [actie] = pagina(als(coach), werkproces).context["nu"].acties
    assert actie.url == f"{reverse('meldingen:lijst')}?melding={melding.sleutel}"


def test_een_heropende_stap_3_vraagt_ook_weer_een_oordeel(als: Als, coach: Any, werkproces: Werkproces) -> None:
    feiten(werkproces, *TOT_7[:5])
    nu = fabrieken.NU - dt.timedelta(minutes=1)
    heropen_stap(werkproces, stap=3, motivatie="De feiten klopten niet.", toegang=fabrieken.toegang(coach), nu=nu)
    browser, adres = als(coach), reverse("dossiers:doelgroep", args=[werkproces.jongere.sleutel])
    [actie] = pagina(browser, werkproces).context["nu"].acties
    assert actie.url == adres
    assert browser.post(adres, {"doelgroep": "dreigend-vsv"}).status_code == 200, "zonder oordeel kan het niet"
    assert browser.post(adres, {"doelgroep": "dreigend-vsv", "oordeel": "Ja, bel haar."}).status_code == 302
    werkproces.refresh_from_db()
    assert werkproces.stap == 4


def test_de_uitleg_van_de_route_noemt_de_termijn_van_de_regio(als: Als, coach: Any, werkproces: Werkproces) -> None:
    Parameter.objects.create(regio=werkproces.regio, code="oppaktermijn_werkdagen", waarde=3, van=dt.date(2026, 1, 1))
    tekst = als(coach).get(reverse("dossiers:over-de-route", args=[werkproces.jongere.sleutel])).text
    assert "Binnen 3 werkdagen na de melding" in tekst
    assert "{" not in tekst.split("<main")[1]


@pytest.mark.parametrize(
    ("nummers", "tekst"),
    [([4], "4"), ([4, 5], "4 en 5"), ([2, 4, 5, 6, 13], "2, 4 tot en met 6 en 13"), ([2, 13], "2 en 13")],
)
def test_nummers_in_woorden(nummers: list[int], tekst: str) -> None:
    assert nummers_in_woorden(nummers) == tekst
