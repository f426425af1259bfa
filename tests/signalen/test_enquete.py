"""The written enquête: to whom it can go, the pile to print, and what is recorded with it (SCR-03)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from routekaart.basis.fouten import Geweigerd
from routekaart.correspondentie.acties import maak_brief
from routekaart.dossiers.models import Document
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Instelling
from routekaart.personen.models import Jongere, Verzorger
from routekaart.regels.screening_feiten import Soort
from routekaart.signalen.acties_enquete import Verstuurd, keur, schrijf_enquetes
from routekaart.signalen.acties_screening import trek_in
from routekaart.signalen.models import Enquetestapel, Screeningsbrief, Screeningsfeit
from routekaart.toegang.models import Team
from tests import fabrieken
from tests.fabrieken import NU, Gebied
from tests.leveringen.hulp import Inlezer
from tests.signalen.test_screening import doe, maak_leerling, rij, school, tekst, tel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("op_dinsdag", "bereikbaar")]

__all__ = ["school"]

Als = Callable[[Any], Client]
THUIS = {"straat": "Kade", "huisnummer": "4", "postcode": "1234 AB", "woonplaats": "Brinkhoven"}


@pytest.fixture
def bereikbaar(gebied: Gebied) -> None:
    Team.objects.update(telefoon="0612345678", email="team@voorbeeld.example")


@pytest.fixture
def klas(gebied: Gebied, school: Instelling) -> dict[str, Jongere]:
    """One to write to, three to whom no letter can go, one of 15, and one who died."""
    velden: dict[str, dict[str, Any]] = {
        "anna": THUIS,
        "geheim": {**THUIS, "geheimhouding": 7, "telefoon": "0687654321"},
        "nergens": {"straat": "", "huisnummer": "", "postcode": "", "woonplaats": ""},
        "jong": {**THUIS, "geboortedatum": "2011-06-01"},
        "dood": {**THUIS, "overleden_op": dt.date(2026, 11, 2)},
    }
    namen = {naam: maak_leerling(gebied, school, naam.title()) for naam in velden if naam != "jong"}
    namen["jong"] = maak_leerling(gebied, school, "Jong", geboortedatum="2011-06-01")
    for naam, wie in namen.items():
        Jongere.objects.alles(reden="proef").filter(pk=wie.pk).update(
            **{veld: waarde for veld, waarde in velden[naam].items() if veld != "geboortedatum"}
        )
        wie.refresh_from_db()
    tel(gebied)
    return namen


def schrijf(wie: Any, *jongeren: Jongere) -> Verstuurd:
    return schrijf_enquetes([rij(een) for een in jongeren], toegang=fabrieken.toegang(wie), nu=NU)


def feiten(jongere: Jongere) -> list[tuple[str, str]]:
    rijen = Screeningsfeit.objects.alles(reden="proef").filter(jongere=jongere)
    return list(rijen.order_by("pk").values_list("soort", "toelichting"))


def bladen(inhoud: bytes) -> list[str]:
    return [" ".join(blad.extract_text().split()) for blad in PdfReader(io.BytesIO(inhoud)).pages]


def test_een_stapel_schrijft_wie_kan_en_noemt_bij_de_rest_waarom_niet(
    klas: dict[str, Jongere], administratie: Any, als: Als
) -> None:
    """Everybody in one act: the letter, its place in the dossier, the fact; or the reason with the next step."""
    bas = klas["anna"]
    gedaan = schrijf(administratie, *klas.values())
    assert (gedaan.brieven, gedaan.anders) == (1, 3)
    assert [een.reden for een in gedaan.overgeslagen] == ["Is overleden. Er gaat geen brief meer uit."]
    assert feiten(bas) == [("enquete", "")] and rij(bas).stap == "wacht"
    assert feiten(klas["geheim"]) == [("geen-brief", "Het adres is geheim.")]
    assert [rij(klas[naam]).stap for naam in ("geheim", "nergens", "jong")] == ["telefoon"] * 3
    assert rij(klas["nergens"]).staat == "niet-benaderd" and not feiten(klas["dood"])
    (brief,) = Screeningsbrief.objects.alles(reden="proef")
    assert (brief.aan, brief.sjabloon, brief.document.jongere) == (bas.naam, "enquete-vertrek", bas)
    (blad,) = bladen(brief.document.bestand.read())
    assert "Beste Anna" in blad and "Kade 4 1234 AB Brinkhoven" in blad and "Praktijkschool De Brink" in blad
    assert "voor 1 december 2026" in blad and "Ik werk. Waar?" in blad and "{" not in blad
    hier = reverse("signalen:screening-stapel", args=[gedaan.stapel.sleutel])
    pagina = tekst(als(administratie).get(hier))
    assert "1 brief om af te drukken. 3 jongeren vraag je op een andere manier." in pagina
    assert "Bel 0687654321" in pagina and "Vraag school om een telefoonnummer of adres" in pagina
    bestand = als(administratie).get(f"{hier}pdf/")
    assert bestand["Content-Type"] == "application/pdf" and bladen(bestand.content) == [blad]
    assert Logregel.objects.filter(code="screening.brieven-opgehaald", jongere_id=bas.pk).count() == 1
    dossier = tekst(als(administratie).get(reverse("correspondentie:brieven", args=[bas.sleutel])))
    assert "Enquête na school, 17 november 2026 verstuurd" in dossier


def test_onder_de_16_gaat_de_brief_naar_wie_het_gezag_heeft_en_staat_er_niets_over_de_jongere_in(
    gebied: Gebied, klas: dict[str, Jongere], ambtenaar: Any
) -> None:
    jong = klas["jong"]
    periode = {"jongere": jong, "van": dt.date(2011, 6, 1), "thuis": True}
    Verzorger.objects.create(naam="Aad Zonder", gezag=Verzorger.Gezag.NEE, **periode)
    Verzorger.objects.create(naam="Bea Met", gezag=Verzorger.Gezag.JA, **periode)
    assert schrijf(ambtenaar, jong).brieven == 1
    brief = Screeningsbrief.objects.alles(reden="proef").get()
    assert (brief.aan, brief.sjabloon) == ("Bea Met", "enquete-vertrek-ouders")
    (blad,) = bladen(brief.document.bestand.read())
    assert "Beste Bea Met" in blad and jong.voornamen not in blad and jong.achternaam not in blad


def test_een_adres_dat_later_bekend_wordt_krijgt_alsnog_een_brief(klas: dict[str, Jongere], coach: Any) -> None:
    nergens = klas["nergens"]
    schrijf(coach, nergens)
    with pytest.raises(Geweigerd, match="we kennen geen adres"):
        schrijf(coach, nergens)  # said once, not twice
    Jongere.objects.alles(reden="proef").filter(pk=nergens.pk).update(**THUIS)
    assert schrijf(coach, nergens).brieven == 1 and rij(nergens).stap == "wacht"
    with pytest.raises(Geweigerd, match="kreeg de enquête al, op 17 november 2026"):
        schrijf(coach, nergens)
    # what was taken back is not printed again, and may be written anew
    trek_in(
        rij(nergens), Screeningsbrief.objects.alles(reden="proef").get().feit, toegang=fabrieken.toegang(coach), nu=NU
    )
    assert keur([rij(nergens)], nu=NU)[0].kan


def test_zonder_nummer_van_het_team_wordt_er_niets_half_gemaakt(klas: dict[str, Jongere], coach: Any) -> None:
    Team.objects.update(telefoon="")
    coach.telefoon = ""
    coach.save()
    with pytest.raises(Geweigerd, match="geen telefoonnummer bij jou of je team"):
        schrijf(coach, *(een for een in klas.values() if een.soort_werk == "doorstroompunt"))
    assert not Enquetestapel.objects.exists() and not Document.objects.alles(reden="proef").exists()
    assert not Screeningsfeit.objects.alles(reden="proef").exists()


def test_vanaf_de_selectie_en_vanaf_de_pagina_van_een_jongere(klas: dict[str, Jongere], coach: Any, als: Als) -> None:
    keuze = ",".join(str(rij(klas[naam]).sleutel) for naam in ("anna", "geheim"))
    pagina = tekst(als(coach).post("/signalen/screening/selectie/", {"vertrekker": keuze}))
    assert "1 jongere krijgt een brief." in pagina and "Het adres is geheim. Bel 0687654321." in pagina
    terug = als(coach).post("/signalen/screening/selectie/", {"vertrekker": keuze, "doe": "brieven"})
    assert terug["Location"] == reverse("signalen:screening-stapel", args=[Enquetestapel.objects.get().sleutel])
    hier = reverse("signalen:screening-jongere", args=[klas["anna"].sleutel])
    assert "Download de brief" in tekst(als(coach).get(hier)) and "Schrijf de enquête" not in tekst(
        als(coach).get(hier)
    )
    alleen = reverse("signalen:screening-jongere", args=[klas["nergens"].sleutel])
    assert "/enquetes/" in als(coach).post(alleen, {"doe": "snel", "soort": "enquete"})["Location"]
    assert "De enquête kan niet per post. Bel nu." in tekst(als(coach).get(f"{alleen}?waarom=ja"))


def test_een_stapel_laat_alleen_zien_wie_binnen_bereik_is(
    klas: dict[str, Jongere], administratie: Any, coach: Any, ambtenaar: Any, als: Als
) -> None:
    gedaan = schrijf(administratie, klas["anna"], klas["jong"])
    hier = reverse("signalen:screening-stapel", args=[gedaan.stapel.sleutel])
    anna, jong = klas["anna"].naam, klas["jong"].naam
    voor_coach, voor_ambtenaar = tekst(als(coach).get(hier)), tekst(als(ambtenaar).get(hier))
    assert anna in voor_coach and jong not in voor_coach
    assert jong in voor_ambtenaar and anna not in voor_ambtenaar
    # for the other there is no letter: nothing to print
    assert als(ambtenaar).get(f"{hier}pdf/").status_code == 302


def test_de_enquete_gaat_niet_buiten_de_screening_om(gebied: Gebied, klas: dict[str, Jongere], coach: Any) -> None:
    werkproces = fabrieken.maak_werkproces(klas["anna"])
    with pytest.raises(Geweigerd, match="Deze brief maak je in de screening"):
        maak_brief(
            werkproces, sjabloon="enquete-vertrek", aan="Anna", onderwerp="Vraag", tekst="Dag",
            toegang=fabrieken.toegang(coach), nu=NU,
        )  # fmt: skip


def test_aangemeld_wordt_nagekeken_ook_bij_een_tweede_levering(
    gebied: Gebied, school: Instelling, coach: Any, tmp_path: Any
) -> None:
    """Who says to be enrolled is found by the delivery in which she stands; not by one in which she does not."""
    bsns = [fabrieken.test_bsn(801), fabrieken.test_bsn(802)]
    anna, bas = (maak_leerling(gebied, school, naam, bsn=bsn) for naam, bsn in zip(("Anna", "Bas"), bsns, strict=True))
    tel(gebied)
    for wie in (anna, bas):
        doe(wie, Soort.ENQUETE, coach, op=dt.date(2026, 8, 20))
        doe(wie, Soort.ANTWOORD, coach, op=dt.date(2026, 9, 1), antwoord="aangemeld", bij="ROC De Waarden")
    lees = Inlezer(gebied, tmp_path)
    nieuw = {"brin": "25PZ00", "onderwijssoort": "mbo", "niveau": "2", "van": "2026-08-24"}
    assert lees.tel("inschrijvingen", [{"pgn": bsns[0], **nieuw}])[0] == 1
    tel(gebied)
    assert (rij(anna).staat, rij(bas).staat) == ("ingeschreven", "onbevestigd")
    # a second delivery: the one begins after all, the other turns out never to have begun
    weg = {"pgn": bsns[0], **nieuw, "mutatie": "verwijderd"}
    assert lees.tel("inschrijvingen", [weg, {"pgn": bsns[1], **nieuw, "mutatie": ""}])[1:] == (1, 0, 0)
    tel(gebied)
    assert (rij(anna).staat, rij(bas).staat) == ("onbevestigd", "ingeschreven")
    assert rij(anna).stap == "telefoon" and rij(bas).stap == "geen"
