"""The screening of leavers: counted in the night, worked through by colleagues, shown within scope."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from routekaart.basis.fouten import Geweigerd
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding
from routekaart.personen.acties_samenvoegen import voeg_samen
from routekaart.personen.models import Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import Soort
from routekaart.signalen import acties_vertrek
from routekaart.signalen.acties_screening import (
    Gehoord,
    leg_antwoorden_vast,
    leg_lijstvraag_vast,
    leg_vast,
    maak_melding,
    trek_in,
    verstuur_enquete,
    wijs_toe,
)
from routekaart.signalen.acties_vertrek import tel_screening
from routekaart.signalen.models import Screeningsfeit, Signaal, Vertrekker
from routekaart.signalen.screening import KEUZES
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.conftest import zoek

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_dinsdag")]

Als = Callable[[Any], Client]
JAAR = Schooljaar(2025)
ZOMER = dt.date(2026, 7, 31)


@pytest.fixture
def school() -> Instelling:
    return Instelling.objects.create(brin="99PR00", naam="Praktijkschool De Brink", plaats="Brinkhoven")


def maak_leerling(gebied: Gebied, school: Instelling, naam: str = "Anna", **velden: Any) -> Jongere:
    """Eighteen, and written off from pro in the summer."""
    waarden: dict[str, Any] = {"geboortedatum": "2008-03-04", "voornamen": naam} | velden
    jongere = fabrieken.maak_jongere(gebied, **waarden)
    fabrieken.maak_inschrijving(
        jongere, instelling=school, onderwijssoort="pro", niveau=0, van=dt.date(2020, 8, 1), tot=ZOMER
    )
    return jongere


def tel(gebied: Gebied) -> int:
    return tel_screening(gebied.regio.pk, nu=NU)


def rij(jongere: Jongere) -> Vertrekker:
    een: Vertrekker = Vertrekker.objects.alles(reden="proef").get(jongere=jongere, schooljaar=str(JAAR))
    return een


def doe(jongere: Jongere, soort: Soort, coach: Any, *, op: dt.date = VANDAAG, **velden: Any) -> Screeningsfeit:
    return leg_vast(rij(jongere), soort, op=op, toegang=fabrieken.toegang(coach), nu=NU, **velden)


def tekst(antwoord: Any) -> str:
    assert antwoord.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", antwoord.content.decode()))


def adres(jongere: Jongere) -> str:
    return reverse("signalen:screening-jongere", args=[jongere.sleutel])


# -- counting


def test_de_telling_vindt_wie_op_een_lijst_staat_en_wie_is_uitgeschreven(gebied: Gebied, school: Instelling) -> None:
    anna = maak_leerling(gebied, school)
    bas = fabrieken.maak_jongere(gebied, geboortedatum="2009-01-05")
    fabrieken.maak_uitstroom(bas, instelling=school, getuigschrift=True, bestemming="ROC De Waarden")
    cas = maak_leerling(gebied, school, "Cas")
    fabrieken.maak_inschrijving(cas, van=dt.date(2026, 8, 20))
    fabrieken.maak_inschrijving(fabrieken.maak_jongere(gebied), instelling=school, onderwijssoort="pro", niveau=0)
    assert tel(gebied) == 3
    assert [(rij(wie).staat, rij(wie).stap, rij(wie).gemist) for wie in (anna, bas, cas)] == [
        ("niet-benaderd", "enquete", True), ("niet-benaderd", "enquete", True), ("ingeschreven", "geen", False),
    ]  # fmt: skip
    assert (rij(anna).vertrek, rij(bas).vertrek, rij(bas).met_diploma) == ("onbekend", "bekend", True)
    assert tel(gebied) == 0  # once more changes nothing
    fabrieken.maak_inschrijving(anna, van=dt.date(2026, 11, 1))
    assert tel(gebied) == 1 and rij(anna).staat == "ingeschreven" and rij(anna).gemist


def test_wat_een_collega_intussen_vastlegde_wordt_niet_overschreven(
    gebied: Gebied, school: Instelling, coach: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = maak_leerling(gebied, school)
    tel(gebied)
    echt = acties_vertrek.beoordeel

    def en_dan_belt_iemand(*args: Any, **kwargs: Any) -> Any:
        gezien = list(echt(*args, **kwargs))
        monkeypatch.setattr(acties_vertrek, "beoordeel", echt)
        doe(anna, Soort.TELEFOON, coach, antwoord="anders")
        return iter(gezien)

    monkeypatch.setattr(acties_vertrek, "beoordeel", en_dan_belt_iemand)
    tel(gebied)
    assert (rij(anna).staat, rij(anna).stap) == ("gehoord", "melding")


# -- the work


def test_de_hele_weg_van_enquete_tot_plaatsing(gebied: Gebied, school: Instelling, coach: Any) -> None:
    anna = maak_leerling(gebied, school)
    tel(gebied)
    wie: dict[str, Any] = {"toegang": fabrieken.toegang(coach), "nu": NU}
    assert verstuur_enquete([rij(anna)], op=dt.date(2026, 11, 1), **wie) == 1
    assert rij(anna).stap == "telefoon"  # more than two weeks ago
    for dag in (3, 5, 9):
        doe(anna, Soort.TELEFOON, coach, op=dt.date(2026, 11, dag), antwoord="geen")
    assert rij(anna).stap == "huisbezoek" and not rij(anna).bereikt
    doe(anna, Soort.HUISBEZOEK, coach, antwoord="anders", toelichting="Wil wel naar school, weet niet waar.")
    assert (rij(anna).stap, rij(anna).bereikt) == ("melding", True)
    doe(anna, Soort.AANMELDING, coach, bij="Trajectbureau ROC De Waarden")
    assert rij(anna).stap == "uitslag"
    uitslag = doe(anna, Soort.UITSLAG, coach, antwoord="plek")
    assert uitslag.bij == "Trajectbureau ROC De Waarden" and rij(anna).stap == "plaatsing"
    geplaatst = doe(anna, Soort.PLAATSING, coach, bij="ROC De Waarden")
    assert (rij(anna).staat, rij(anna).geplaatst) == ("geplaatst", True)
    trek_in(rij(anna), geplaatst, **wie)
    assert rij(anna).stap == "plaatsing" and not rij(anna).geplaatst
    with pytest.raises(Geweigerd, match="al ingetrokken"):
        trek_in(rij(anna), geplaatst, **wie)
    regels = Logregel.objects.filter(code="screening.vastgelegd", jongere_id=anna.pk)
    assert regels.count() == Screeningsfeit.objects.alles(reden="proef").count() == 8


def test_een_stapel_enquetes_gaat_in_een_keer_of_helemaal_niet(gebied: Gebied, school: Instelling, coach: Any) -> None:
    anna, bas = maak_leerling(gebied, school), maak_leerling(gebied, school, "Bas")
    tel(gebied)
    wie: dict[str, Any] = {"toegang": fabrieken.toegang(coach), "nu": NU}
    verstuur_enquete([rij(anna)], op=VANDAAG, **wie)
    with pytest.raises(Geweigerd, match=f"van {anna.naam} is al verstuurd"):
        verstuur_enquete([rij(bas), rij(anna)], op=VANDAAG, **wie)
    assert Screeningsfeit.objects.alles(reden="proef").count() == 1
    met, zonder = Gehoord(rij(anna), "aangemeld", "ROC De Waarden"), Gehoord(rij(bas), "aangemeld")
    with pytest.raises(Geweigerd, match=f"Bij {bas.naam}: Schrijf op bij welke school"):
        leg_antwoorden_vast([met, zonder], op=VANDAAG, **wie)
    assert rij(anna).stap == "wacht"
    assert leg_antwoorden_vast([met, Gehoord(rij(bas), "geen")], op=VANDAAG, **wie) == 2
    assert (rij(anna).stap, rij(bas).stap) == ("controle", "telefoon")


@pytest.mark.parametrize(
    ("soort", "velden", "zin"),
    [
        (Soort.TELEFOON, {}, "Kies wat je hoorde"),
        (Soort.TELEFOON, {"antwoord": "plek"}, "Kies wat je hoorde"),
        (Soort.TELEFOON, {"antwoord": "aangemeld"}, "bij welke school"),
        (Soort.TELEFOON, {"antwoord": "werk", "op": dt.date(2026, 11, 18)}, "moet nog komen"),
        (Soort.TELEFOON, {"antwoord": "werk", "op": dt.date(2025, 7, 31)}, "voor het schooljaar"),
        (Soort.AANMELDING, {}, "bij wie"),
        (Soort.UITSLAG, {"antwoord": "plek"}, "Leg eerst vast bij wie"),
        (Soort.PLAATSING, {"bij": " "}, "bij wie"),
        (Soort.AFGEROND, {}, "waarom er verder niets nodig is"),
        (Soort.AFGEROND, {"toelichting": "x" * 401}, "korter dan 400"),
    ],
)
def test_weigert_wat_niet_klopt(
    gebied: Gebied, school: Instelling, coach: Any, soort: Soort, velden: dict[str, Any], zin: str
) -> None:
    anna = maak_leerling(gebied, school)
    tel(gebied)
    with pytest.raises(Geweigerd, match=zin):
        doe(anna, soort, coach, **velden)
    assert not Screeningsfeit.objects.alles(reden="proef").exists()


def test_over_wie_is_overleden_wordt_niets_meer_gevraagd(gebied: Gebied, school: Instelling, coach: Any) -> None:
    anna = maak_leerling(gebied, school)
    Jongere.objects.alles(reden="proef").update(overleden_op=VANDAAG)
    tel(gebied)
    wie: dict[str, Any] = {"toegang": fabrieken.toegang(coach), "nu": NU}
    for poging in (
        lambda: verstuur_enquete([rij(anna)], op=VANDAAG, **wie),
        lambda: doe(anna, Soort.HUISBEZOEK, coach, antwoord="geen"),
        lambda: maak_melding(rij(anna), **wie),
    ):
        with pytest.raises(Geweigerd, match="buiten de screening"):
            poging()


@pytest.mark.parametrize("met_signaal", [True, False])
def test_een_melding_gaat_langs_het_signaal_als_dat_er_is(
    gebied: Gebied, school: Instelling, coach: Any, met_signaal: bool
) -> None:
    anna = maak_leerling(gebied, school)
    tel(gebied)
    if met_signaal:
        zoek(gebied, soort="overstap-1-oktober")
    wie: dict[str, Any] = {"toegang": fabrieken.toegang(coach), "nu": NU}
    melding = maak_melding(rij(anna), toelichting="Wil graag hulp.", **wie)
    assert (melding.niveau, melding.kanaal, melding.partneracties) == ("c", "C.II", "Wil graag hulp.")
    assert melding.jongere == anna and melding.instelling == school
    assert (rij(anna).staat, rij(anna).stap) == ("begeleiding", "geen")
    assert Signaal.objects.alles(reden="proef").filter(stand="melding", melding=melding).count() == int(met_signaal)
    with pytest.raises(Geweigerd, match="al een melding"):
        maak_melding(rij(anna), **wie)
    assert Melding.objects.alles(reden="proef").count() == 1


def test_met_de_melding_gaat_mee_wat_er_is_gedaan_en_ze_wacht_op_wie_beoordeelt(
    gebied: Gebied, school: Instelling, ambtenaar: Any, als: Als
) -> None:
    """Leerplicht gets the list, ticks who comes into consideration, and judges the meldingen with what was heard."""
    jong = maak_leerling(gebied, school, "Gijs", geboortedatum="2009-06-01")
    tel(gebied)
    doe(jong, Soort.TELEFOON, ambtenaar, op=dt.date(2026, 11, 3), antwoord="geen")
    weg = doe(jong, Soort.TELEFOON, ambtenaar, op=dt.date(2026, 11, 4), antwoord="werk", bij="Foutje")
    trek_in(rij(jong), weg, toegang=fabrieken.toegang(ambtenaar), nu=NU)
    doe(jong, Soort.HUISBEZOEK, ambtenaar, op=dt.date(2026, 11, 9), antwoord="anders")
    keuze = {"vertrekker": str(rij(jong).sleutel), "doe": "melding", "toelichting": "Wil een leerwerkplek."}
    venster = als(ambtenaar)
    terug = venster.post("/signalen/screening/selectie/", keuze)
    assert terug["Location"] == reverse("meldingen:lijst")
    melding = Melding.objects.alles(reden="proef").get()
    assert melding.partneracties.splitlines() == [
        "Wil een leerwerkplek.",
        "Uit de screening: 3 november 2026 gebeld: geen antwoord. 9 november 2026 op huisbezoek: anders.",
    ]
    lijst = tekst(venster.get(terug["Location"]))
    assert jong.naam in lijst and "Uit de screening" in lijst


def test_toewijzen_kan_alleen_aan_wie_iedereen_mag_zien(
    gebied: Gebied, school: Instelling, coach: Any, collega: Any, ambtenaar: Any
) -> None:
    anna = maak_leerling(gebied, school)
    tel(gebied)
    wie: dict[str, Any] = {"toegang": fabrieken.toegang(coach), "nu": NU}
    with pytest.raises(Geweigerd, match="werkt niet voor al deze gemeenten"):
        wijs_toe([rij(anna)], aan=ambtenaar, **wie)
    wijs_toe([rij(anna)], aan=collega, **wie)
    assert rij(anna).behandelaar == collega
    tel(gebied)
    assert rij(anna).behandelaar == collega
    wijs_toe([rij(anna)], aan=None, **wie)
    assert rij(anna).behandelaar is None


def test_samenvoegen_neemt_de_screening_mee(gebied: Gebied, school: Instelling, coach: Any) -> None:
    anna, dubbel = maak_leerling(gebied, school), maak_leerling(gebied, school, bsn=None)
    tel(gebied)
    doe(dubbel, Soort.TELEFOON, coach, antwoord="anders")
    voeg_samen(anna, dubbel, waarom="proef", toegang=fabrieken.systeem(gebied), nu=NU, op=VANDAAG)
    tel(gebied)
    assert rij(anna).staat == "gehoord"
    assert Vertrekker.objects.alles(reden="proef").count() == 1


# -- the pages


@pytest.fixture
def klas(gebied: Gebied, school: Instelling, coach: Any) -> list[Jongere]:
    """Five leavers: not asked, claims to be enrolled, enrolled later, placed, with a startkwalificatie."""
    namen = ("Anna", "Bas", "Cas", "Daan", "Evi")
    mensen = [maak_leerling(gebied, school, naam, achternaam=f"Van {naam}") for naam in namen]
    fabrieken.maak_inschrijving(mensen[2], van=dt.date(2026, 10, 20))
    fabrieken.maak_diploma(mensen[4], soort="havo", niveau=0, behaald_op=dt.date(2026, 6, 20))
    tel(gebied)
    doe(mensen[1], Soort.TELEFOON, coach, op=dt.date(2026, 6, 20), antwoord="aangemeld", bij="ROC De Waarden")
    doe(mensen[3], Soort.AANMELDING, coach, bij="Trajectbureau")
    doe(mensen[3], Soort.PLAATSING, coach, bij="ROC De Waarden")
    return mensen


def test_elk_getal_leidt_naar_zoveel_gevallen(
    gebied: Gebied, klas: list[Jongere], school: Instelling, coach: Any, als: Als
) -> None:
    pagina = tekst(als(coach).get("/signalen/screening/"))
    assert "4 jongeren stonden op 1 oktober nergens ingeschreven; 2 daarvan nog zonder plek" in pagina
    assert "1 jongere zegt aangemeld te zijn" in pagina and "lijst ontbreekt" in pagina
    html = als(coach).get("/signalen/screening/").content.decode()
    links = re.findall(r'<a href="([^"]+)" aria-label="(\d+): [^"]+">', html)
    assert len(links) >= 15
    for url, aantal in links:
        lijst = als(coach).get(url.replace("&amp;", "&")).content.decode()
        assert lijst.count('name="vertrekker"') == int(aantal), url
    mensen = Vertrekker.objects.alles(reden="proef")
    geteld = {naam: mensen.filter(keuze).count() for naam, keuze in KEUZES.items()}
    assert geteld["iedereen"] == 5
    for groep in ("mogelijk", "gemist"):
        assert geteld[groep] == geteld[f"{groep}-gevonden"] + geteld[f"{groep}-open"] == 4
    uitgesloten = geteld["buiten"] + geteld["gekwalificeerd"]
    assert 5 == uitgesloten + geteld["bekend"] + geteld["mogelijk"] == uitgesloten + geteld["ingeschreven"] + 4


def test_de_lijst_filtert_op_stap_gemeente_en_van_mij(
    gebied: Gebied, klas: list[Jongere], school: Instelling, coach: Any, als: Als
) -> None:
    elders = maak_leerling(gebied, school, "Fee", gemeente=gebied.andere_gemeente)
    tel(gebied)
    wijs_toe([rij(elders)], aan=coach, toegang=fabrieken.toegang(coach), nu=NU)
    alle = "/signalen/screening/jongeren/"
    assert "Fee" in tekst(als(coach).get(f"{alle}?stap=enquete")) and "Bas" not in tekst(
        als(coach).get(f"{alle}?stap=enquete")
    )
    assert "Anna" not in tekst(als(coach).get(f"{alle}?wie=mij"))
    assert "Fee" in tekst(als(coach).get(f"{alle}?gemeente=9102&wie=mij"))
    assert "Fee" not in tekst(als(coach).get(f"{alle}?gemeente=9101"))


def test_leerplicht_en_doorstroompunt_zien_elk_hun_eigen_jongeren(
    gebied: Gebied, klas: list[Jongere], school: Instelling, coach: Any, ambtenaar: Any, administratie: Any, als: Als
) -> None:
    jong = maak_leerling(gebied, school, "Gijs", geboortedatum="2009-06-01")
    tel(gebied)
    alle = "/signalen/screening/jongeren/"
    assert "Gijs" not in tekst(als(coach).get(alle)) and als(coach).get(adres(jong)).status_code == 404
    assert "Gijs" in tekst(als(ambtenaar).get(alle)) and "Anna" not in tekst(als(ambtenaar).get(alle))
    assert "Gijs" in tekst(als(administratie).get(alle)) and "Anna" in tekst(als(administratie).get(alle))
    keuze = {"vertrekker": [str(rij(klas[0]).sleutel), str(rij(jong).sleutel)]}
    assert als(coach).post("/signalen/screening/selectie/", keuze).status_code == 404


def test_een_selectie_krijgt_in_een_keer_de_enquete(klas: list[Jongere], coach: Any, als: Als) -> None:
    sleutels = ",".join(str(rij(wie).sleutel) for wie in klas[:2])
    pagina = tekst(als(coach).post("/signalen/screening/selectie/", {"vertrekker": sleutels}))
    assert "Wat doe je met 2 jongeren?" in pagina and "Cas" not in pagina
    gestuurd = {"vertrekker": sleutels, "doe": "enquete", "op": "17-11-2026"}
    antwoord = als(coach).post("/signalen/screening/selectie/", gestuurd, follow=True)
    assert "De enquête staat als verstuurd bij 2 jongeren." in tekst(antwoord)
    pagina = tekst(als(coach).post("/signalen/screening/selectie/", gestuurd))
    assert "is al verstuurd, op 17 november 2026" in pagina


def test_tien_enquetes_terug_is_een_formulier(gebied: Gebied, school: Instelling, coach: Any, als: Als) -> None:
    mensen = [maak_leerling(gebied, school, f"Kind{nummer}") for nummer in range(10)]
    tel(gebied)
    verstuur_enquete([rij(wie) for wie in mensen], op=VANDAAG, toegang=fabrieken.toegang(coach), nu=NU)
    adres_ = "/signalen/screening/antwoorden/"
    pagina = als(coach).get(adres_).content.decode()
    assert pagina.count("<select") == 10
    velden = {f"{rij(wie).sleutel}-antwoord": "werk" for wie in mensen[:9]}
    velden[f"{rij(mensen[9]).sleutel}-antwoord"] = "aangemeld"
    antwoord = tekst(als(coach).post(adres_, {"op": "17-11-2026", **velden}))
    assert "Schrijf op bij welke school" in antwoord
    velden[f"{rij(mensen[9]).sleutel}-bij"] = "ROC De Waarden"
    client = als(coach)
    with CaptureQueriesContext(connection) as gevraagd:
        assert client.post(adres_, {"op": "17-11-2026", **velden}).status_code == 302
    assert len(gevraagd) < 70  # two inserts for each, and no more
    assert [rij(wie).staat for wie in mensen] == [*["gehoord"] * 9, "zegt-aangemeld"]
    assert "Niemand wacht nu op antwoord" in tekst(als(coach).get(adres_))


def test_op_de_pagina_van_een_jongere_leg_je_alles_vast(klas: list[Jongere], coach: Any, als: Als) -> None:
    anna = klas[0]
    assert "Stuur een enquête" in tekst(als(coach).get(adres(anna)))
    pagina = tekst(als(coach).get(f"{adres(anna)}?waarom=ja"))
    assert "SCR-03" in pagina and "Stuur een enquête" in pagina and "Ging op 31 juli 2026 van Praktijkschool" in pagina
    als(coach).post(adres(anna), {"doe": "snel", "soort": "telefoon"})
    assert rij(anna).staat == "benaderd"
    fout = tekst(
        als(coach).post(
            adres(anna),
            {
                "doe": "gesproken",
                "hoe": "huisbezoek",
                "antwoord": "aangemeld",
                "op": "17-11-2026",
                "toelichting": "Start maandag.",
            },
        )
    )
    assert "Schrijf op bij welke school" in fout and "Start maandag." in fout
    als(coach).post(adres(anna), {"doe": "helper", "wat": "aanmelding", "bij": "Trajectbureau", "op": "16-11-2026"})
    als(coach).post(adres(anna), {"doe": "helper", "wat": "uitslag:verwezen", "op": "17-11-2026"})
    assert rij(anna).stap == "plaatsing"
    pagina = tekst(als(coach).get(adres(anna)))
    assert "Uitslag van de helper: verder verwezen: Trajectbureau" in pagina
    feit = Screeningsfeit.objects.alles(reden="proef").get(jongere=anna, soort="uitslag")
    als(coach).post(reverse("signalen:screening-intrekken", args=[anna.sleutel, feit.sleutel]))
    assert rij(anna).stap == "uitslag"
    als(coach).post(adres(anna), {"doe": "afronden", "toelichting": "Gaat verhuizen."})
    als(coach).post(adres(anna), {"doe": "toewijzen", "aan": str(coach.sleutel)})
    assert rij(anna).behandelaar == coach
    antwoord = als(coach).post(adres(klas[1]), {"doe": "melding", "toelichting": ""})
    assert antwoord["Location"].startswith("/meldingen/")


def test_kwaliteit_kijkt_mee_en_doet_niets(gebied: Gebied, klas: list[Jongere], als: Als) -> None:
    kijker = fabrieken.maak_gebruiker(gebied, "kijker", "kwaliteit")
    assert "Leg vast" not in tekst(als(kijker).get(adres(klas[0])))
    assert als(kijker).post(adres(klas[0]), {"doe": "snel", "soort": "telefoon"}).status_code == 404
    assert 'type="checkbox"' not in als(kijker).get("/signalen/screening/jongeren/").content.decode()


def test_de_lijst_van_een_school_wordt_gevraagd_en_komt_binnen(
    gebied: Gebied, klas: list[Jongere], school: Instelling, coach: Any, als: Als
) -> None:
    hier = reverse("signalen:screening-school", args=[school.sleutel])
    vraag = reverse("signalen:screening-lijstvraag", args=[school.sleutel])
    assert "lijst ontbreekt" in tekst(als(coach).get(hier))
    assert "Schrijf op met wie je contact had" in tekst(
        als(coach).post(vraag, {"soort": "gevraagd", "op": "17-11-2026"})
    )
    als(coach).post(vraag, {"soort": "gevraagd", "met": "Rob de Wit", "op": "17-11-2026"})
    assert "gevraagd op 17 nov" in tekst(als(coach).get(hier))
    leg_lijstvraag_vast(
        school, schooljaar=JAAR, soort="niemand", op=VANDAAG, met="Rob de Wit", toegang=fabrieken.toegang(coach), nu=NU
    )
    assert "Van 1 van de 1 scholen is de lijst binnen" in tekst(als(coach).get("/signalen/screening/"))
    fabrieken.maak_uitstroom(klas[0], instelling=school)
    assert "lijst binnen" in tekst(als(coach).get(hier))


def test_de_getallen_gaan_mee_zonder_namen(klas: list[Jongere], coach: Any, als: Als) -> None:
    bestand = als(coach).get("/signalen/screening/?vorm=csv")
    inhoud = bestand.content.decode("utf-8-sig")
    assert bestand["Content-Disposition"] == 'attachment; filename="screening-2025-2026.csv"'
    regels = [regel.split(";") for regel in inhoud.splitlines()]
    assert regels[1][0] == "Praktijkschool De Brink" and regels[1][3:5] == ["5", "1"]
    assert len({len(regel) for regel in regels}) == 1
    assert not any(wie.achternaam in inhoud for wie in klas)


def test_een_lijst_gaat_mee_als_bestand_en_ieder_wordt_gelogd(
    gebied: Gebied, klas: list[Jongere], school: Instelling, coach: Any, als: Als
) -> None:
    """What one chose on the page, in full; nothing of it runs in a spreadsheet; who only looks takes nothing along."""
    Jongere.objects.alles(reden="proef").filter(pk=klas[0].pk).update(achternaam="=1+1", straat="Kade")
    adres_ = reverse("signalen:screening-school", args=[school.sleutel])
    bestand = als(coach).get(f"{adres_}?toon=gemist-open&vorm=csv")
    assert bestand["Content-Disposition"] == (
        f'attachment; filename="screening-2025-2026-{school.brin}-gemist-open.csv"'
    )
    kop, *regels = [regel.split(";") for regel in bestand.content.decode("utf-8-sig").splitlines()]
    assert kop[:2] == ["Naam", "Geboortedatum"] and len(regels) == 2
    assert {regel[9] for regel in regels} == {"Stuur een enquête", "Bel"} and "Kade" not in str(regels)
    gelogd = Logregel.objects.filter(code="screening.opgehaald", jongere_id__isnull=False)
    assert set(gelogd.values_list("jongere_id", flat=True)) == {klas[0].pk, klas[1].pk}
    blad = als(coach).get("/signalen/screening/jongeren/?vorm=xlsx")
    boek = load_workbook(io.BytesIO(blad.content))
    assert boek.sheetnames == ["Screening"] and boek["Screening"].max_row == 6
    kijker = fabrieken.maak_gebruiker(gebied, "kijker", "kwaliteit")
    assert als(kijker).get(f"{adres_}?vorm=csv")["Content-Type"].startswith("text/html")


def test_de_paginas_worden_niet_trager(
    gebied: Gebied, klas: list[Jongere], school: Instelling, coach: Any, als: Als
) -> None:
    hier = reverse("signalen:screening-school", args=[school.sleutel])
    paden = ("/signalen/screening/", "/signalen/screening/jongeren/", hier, "/signalen/screening/antwoorden/")

    def vragen(pad: str) -> int:
        client = als(coach)
        with CaptureQueriesContext(connection) as gevraagd:
            tekst(client.get(pad))
        return len(gevraagd)

    eerst = {pad: vragen(pad) for pad in paden}
    ander = Instelling.objects.create(brin="99VS00", naam="De Sluis", plaats="Sint-Aldert")
    for nummer in range(6):
        maak_leerling(gebied, school if nummer % 2 else ander, f"Extra{nummer}")
    tel(gebied)
    assert {pad: vragen(pad) for pad in paden} == eerst
    assert max(eerst.values()) <= 20 and vragen(adres(klas[0])) <= 20
