"""Writing a letter: what it holds, what it may never hold, and that it stays as it was sent."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from routekaart.basis.fouten import Geweigerd
from routekaart.correspondentie.acties import maak_brief, markeer_verstuurd, mogelijke_verzorgers
from routekaart.correspondentie.models import Brief
from routekaart.dossiers.documenten import Veranderd, lees_document
from routekaart.dossiers.models import Contactmoment, Gebeurtenis, Werkproces
from routekaart.inhoud import brieven
from routekaart.personen.models import Jongere, Verzorger
from tests import fabrieken

AFSPRAAK = {"datum": "dinsdag 24 november", "tijd": "10:00", "plaats": "Markt 1, Veldermeer"}


@pytest.fixture
def jongere(gebied: fabrieken.Gebied) -> Jongere:
    """Everything about this jongere is a word that occurs nowhere else."""
    return fabrieken.maak_jongere(
        gebied, voornamen="Zonnebloem", roepnaam="Zonnetje", achternaam="Klaprozenveld", straat="Distelpad",
        huisnummer="987", postcode="1987ZX", woonplaats="Distelstad", telefoon="0612345987",
        email="zonnetje@distel.example", verblijfadres="Brandnetelhof 5",
    )  # fmt: skip


@pytest.fixture
def werkproces(jongere: Jongere, coach: Any) -> Werkproces:
    coach.telefoon, coach.functie = "06 11 22 33 44", "doorstroomcoach"
    coach.save()
    return fabrieken.maak_werkproces(jongere, behandelaar=coach)


@pytest.fixture
def moeder(jongere: Jongere) -> Verzorger:
    return Verzorger.objects.create(
        jongere=jongere, naam="Petra Klaprozenveld", van=dt.date(2007, 3, 4), adres="Distelpad 987\n1987ZX Distelstad"
    )


def schrijf(werkproces: Werkproces, door: Any, code: str = "uitnodiging-jongere", **velden: Any) -> Brief:
    vorm = brieven.brief(code)
    standaard = {"onderwerp": vorm.onderwerp, "tekst": vorm.tekst, "gegevens": AFSPRAAK}
    waarden = {"aan": "Zonnetje Klaprozenveld"} | standaard | velden
    return maak_brief(werkproces, sjabloon=code, toegang=fabrieken.toegang(door), nu=fabrieken.NU, **waarden)


def pdf(brief: Brief) -> PdfReader:
    assert brief.document is not None
    return PdfReader(io.BytesIO(lees_document(brief.document)))


def tekst_van(brief: Brief) -> str:
    return " ".join("\n".join(blad.extract_text() for blad in pdf(brief).pages).split())


def test_maakt_een_brief_met_alles_ingevuld(werkproces: Werkproces, coach: Any) -> None:
    brief = schrijf(werkproces, coach, adres="Distelpad 987\n1987ZX Distelstad")
    tekst = tekst_van(brief)
    for woord in ("Beste Zonnetje", "dinsdag 24 november om 10:00", "Markt 1", "06 11 22 33 44", "17 november 2026"):
        assert woord in tekst
    assert "{" not in tekst
    assert "Distelpad 987" in tekst


def test_de_pdf_is_getagd_en_nederlands(werkproces: Werkproces, coach: Any) -> None:
    lezer = pdf(schrijf(werkproces, coach))
    kern = lezer.trailer["/Root"]
    assert kern["/MarkInfo"]["/Marked"]
    assert kern["/Lang"] == "nl"
    assert "/StructTreeRoot" in kern
    assert lezer.metadata is not None and lezer.metadata.title == "Zullen we kennismaken?"


def test_letters_met_accenten_staan_er_goed(gebied: fabrieken.Gebied, coach: Any) -> None:
    gebied.doorstroompunt.telefoon = "0900 1234"
    gebied.doorstroompunt.save()
    jongere = fabrieken.maak_jongere(gebied, voornamen="Çağrı", achternaam="Łukaszewiçz-Ñëïöü")
    werkproces = fabrieken.maak_werkproces(jongere, behandelaar=coach)
    brief = schrijf(werkproces, coach, aan=jongere.naam)
    assert "Çağrı Łukaszewiçz-Ñëïöü" in tekst_van(brief)


def test_getypte_tekst_is_nooit_een_programma(werkproces: Werkproces, coach: Any) -> None:
    brief = schrijf(werkproces, coach, tekst='#read("/etc/passwd") *vet* $x$ {{ naam }} {% now %} <b>')
    assert '#read("/etc/passwd") *vet* $x$ {{ naam }} {% now %} <b>' in tekst_van(brief)


def velden_van(jongere: Jongere) -> dict[str, str]:
    namen = (*Jongere.PRIVACY.persoonlijk, "sleutel")
    waarden = {naam: str(getattr(jongere, naam) or "") for naam in namen}
    return {naam: waarde for naam, waarde in waarden.items() if len(waarde) > 1}


def test_brief_aan_ouders_bevat_geen_enkel_gegeven_van_de_jongere(
    werkproces: Werkproces, coach: Any, moeder: Verzorger
) -> None:
    brief = schrijf(werkproces, coach, "informatie-ouders", aan=moeder.naam, adres="")
    gezien = velden_van(werkproces.jongere)
    assert len(gezien) >= 14
    inhoud = tekst_van(brief).replace(moeder.naam, "")
    for veld, waarde in gezien.items():
        assert waarde.casefold() not in inhoud.casefold(), veld
        for woord in waarde.split():
            assert len(woord) < 4 or woord.casefold() not in inhoud.casefold(), veld


@pytest.mark.parametrize(
    "gegeven",
    ["Zonnetje", "zonnebloem", "Klaprozenveld", "Distelpad", "1987ZX", "0612345987", "zonnetje@distel.example",
     "2007-03-04", "4 maart", "Brandnetelhof 5"],
)  # fmt: skip
def test_weigert_wat_je_zelf_over_de_jongere_typt_in_een_brief_aan_ouders(
    werkproces: Werkproces, coach: Any, moeder: Verzorger, gegeven: str
) -> None:
    with pytest.raises(Geweigerd, match="staat niets over de jongere") as weigering:
        schrijf(werkproces, coach, "informatie-ouders", aan=moeder.naam, tekst=f"Beste ouder, dit gaat over {gegeven}.")
    assert weigering.value.veld == "tekst"
    assert not Brief.objects.alles(reden="test").exists()


def test_weigert_een_plaatshouder_over_de_jongere_in_een_brief_aan_ouders(
    werkproces: Werkproces, coach: Any, moeder: Verzorger
) -> None:
    with pytest.raises(Geweigerd, match=r"Haal \{voornaam\} weg"):
        schrijf(werkproces, coach, "informatie-ouders", aan=moeder.naam, tekst="Over {voornaam}")


def test_algemene_brief_gaat_alleen_naar_wie_de_jongere_in_huis_heeft(
    werkproces: Werkproces, coach: Any, moeder: Verzorger
) -> None:
    moeder.thuis = False
    moeder.save()
    assert mogelijke_verzorgers(werkproces.jongere, op=fabrieken.VANDAAG, toegang=fabrieken.toegang(coach)) == []
    with pytest.raises(Geweigerd, match="bij wie de jongere nu woont"):
        schrijf(werkproces, coach, "informatie-ouders", aan=moeder.naam)


def test_verzorger_die_niet_meer_verzorger_is_krijgt_geen_brief(
    werkproces: Werkproces, coach: Any, moeder: Verzorger
) -> None:
    moeder.tot = fabrieken.VANDAAG - dt.timedelta(days=1)
    moeder.save()
    with pytest.raises(Geweigerd):
        schrijf(werkproces, coach, "informatie-ouders", aan=moeder.naam)


def test_weigert_zolang_er_iets_open_staat(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="dag van de afspraak en tijd van de afspraak") as weigering:
        schrijf(werkproces, coach, gegevens={"plaats": "Markt 1"})
    assert weigering.value.veld == "datum"


def test_zegt_wat_het_systeem_zelf_niet_weet(werkproces: Werkproces, coach: Any) -> None:
    coach.telefoon = ""
    coach.save()
    with pytest.raises(Geweigerd, match="Dit weten we niet: telefoonnummer") as weigering:
        schrijf(werkproces, coach)
    assert weigering.value.veld == "tekst"


def test_weigert_een_plaatshouder_die_niet_bestaat(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match=r"\{diagnose\}"):
        schrijf(werkproces, coach, tekst="Beste {voornaam}, {diagnose}")


def test_aan_wie_overleden_is_gaat_geen_brief(werkproces: Werkproces, coach: Any) -> None:
    werkproces.jongere.overleden_op = fabrieken.VANDAAG
    werkproces.jongere.save()
    with pytest.raises(Geweigerd, match="overleden"):
        schrijf(werkproces, coach)


def test_de_brief_aan_school_maak_je_alleen_bij_terugkoppelen(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="Terugkoppelen"):
        schrijf(werkproces, coach, "terugkoppeling-school", aan="ROC De Waarden")


def test_een_brief_die_op_schijf_verandert_valt_door_de_mand(werkproces: Werkproces, coach: Any) -> None:
    brief = schrijf(werkproces, coach)
    assert brief.document is not None
    with Path(brief.document.bestand.path).open("ab") as bestand:
        bestand.write(b" ")
    with pytest.raises(Veranderd):
        lees_document(brief.document)


def test_de_naam_op_schijf_zegt_niets_over_de_jongere(werkproces: Werkproces, coach: Any) -> None:
    brief = schrijf(werkproces, coach)
    assert brief.document is not None
    pad = brief.document.bestand.name or ""
    assert pad.endswith(".pdf")
    woorden = [waarde for waarde in velden_van(werkproces.jongere).values() if len(waarde) > 4]
    assert len(woorden) >= 9
    assert not [woord for woord in woorden if woord.casefold() in pad.casefold()]


def test_versturen_is_een_poging_tot_contact(werkproces: Werkproces, coach: Any) -> None:
    brief = schrijf(werkproces, coach)
    markeer_verstuurd(brief, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert brief.verzonden_op == fabrieken.NU
    contact = Contactmoment.objects.alles(reden="test").get()
    assert (contact.kanaal, contact.met, contact.resultaat) == ("brief", "jongere", "")
    feit = Gebeurtenis.objects.alles(reden="test").get(code="contact.poging")
    assert feit.herkomst == f"contactmoment:{contact.pk}"


def test_versturen_van_de_brief_aan_ouders_is_geen_poging(
    werkproces: Werkproces, coach: Any, moeder: Verzorger
) -> None:
    brief = schrijf(werkproces, coach, "informatie-ouders", aan=moeder.naam)
    markeer_verstuurd(brief, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert not Gebeurtenis.objects.alles(reden="test").filter(code="contact.poging").exists()


def test_een_brief_gaat_een_keer_uit(werkproces: Werkproces, coach: Any) -> None:
    brief = schrijf(werkproces, coach)
    markeer_verstuurd(brief, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    with pytest.raises(Geweigerd, match="al verstuurd"):
        markeer_verstuurd(brief, toegang=fabrieken.toegang(coach), nu=fabrieken.NU)
    assert Contactmoment.objects.alles(reden="test").count() == 1


def test_toestemmingsverklaring_heeft_regels_om_te_tekenen(werkproces: Werkproces, coach: Any) -> None:
    met = {"ontvangers": "- ROC De Waarden: school en verzuim"}
    brief = schrijf(werkproces, coach, "toestemmingsverklaring", gegevens=met)
    tekst = tekst_van(brief)
    assert "ROC De Waarden: school en verzuim" in tekst
    assert "Handtekening:" in tekst
