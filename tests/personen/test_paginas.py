"""The desk of doubles as its users meet it: look, decide, merge, take back, tell the BRP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.personen.models import BrpTerugmelding, Dubbel, Jongere, Samenvoeging
from tests.fabrieken import NU, Gebied, maak_inschrijving, maak_jongere, maak_melding, maak_werkproces

Als = Callable[[Any], Client]
TEST = "de proef leest wat zij maakte"


@pytest.fixture
def client_(administratie: Any, als: Als) -> Client:
    return als(administratie)


@pytest.fixture
def paar(gebied: Gebied) -> tuple[Jongere, Jongere]:
    return (
        maak_jongere(gebied, achternaam="Bakker", voornamen="Noor", geheimhouding=7),
        maak_jongere(gebied, achternaam="Backer", voornamen="Noor", bsn=None, telefoon="06 12345678"),
    )


@pytest.fixture
def dubbel(paar: tuple[Jongere, Jongere]) -> Dubbel:
    return Dubbel.objects.create(een=paar[0], ander=paar[1], punten=92, gevonden_op=NU)


def tekst(antwoord: Any) -> str:
    assert antwoord.status_code == 200
    return " ".join(antwoord.content.decode().split())


def test_zoeken_en_kiezen(client_: Client, paar: tuple[Jongere, Jongere]) -> None:
    lijst = reverse("personen:dubbelen")
    assert "Er zijn geen mogelijke dubbelen" in tekst(client_.get(lijst))
    gezocht = tekst(client_.post(reverse("personen:zoeken"), follow=True))
    assert "1 nieuw paar gevonden" in gezocht
    assert "Noor Bakker en Noor Backer" in gezocht and "waarschijnlijk dezelfde" in gezocht
    assert "De achternaam lijkt erop, met een andere spelling" in gezocht


def test_naast_elkaar_staat_wat_gelijk_is_en_wat_verschilt(
    client_: Client, gebied: Gebied, dubbel: Dubbel, paar: tuple[Jongere, Jongere]
) -> None:
    maak_inschrijving(paar[1])
    html = tekst(client_.get(reverse("personen:dubbel", args=[dubbel.sleutel])))
    assert "Bakker" in html and '<b class="rk-letop">Backer</b>' in html
    assert "••••••" in html and "adres geheim" in html
    assert "1 × inschrijving" in html


def test_samenvoegen_en_ongedaan_maken(client_: Client, dubbel: Dubbel, paar: tuple[Jongere, Jongere]) -> None:
    blijft, verdwijnt = paar
    pagina = reverse("personen:dubbel", args=[dubbel.sleutel])
    assert "‘Waaruit blijkt dat dit één persoon is?’ is nog leeg" in tekst(
        client_.post(pagina, {"blijft": str(blijft.sleutel)})
    )
    klaar = tekst(client_.post(pagina, {"blijft": str(blijft.sleutel), "waarom": "School belde"}, follow=True))
    assert "Noor Backer ging op in Noor Bakker" in klaar and "School belde" in klaar
    assert "telefoon" in klaar
    assert "achternaam: Backer" in klaar, "wat er anders stond, blijft te lezen"
    samenvoeging = Samenvoeging.objects.alles(reden=TEST).get()
    assert "Noor Backer" in tekst(client_.get(reverse("personen:samengevoegd")))
    terug = client_.post(
        reverse("personen:samenvoeging", args=[samenvoeging.sleutel]), {"twee_mensen": "on"}, follow=True
    )
    assert "heeft weer een eigen dossier" in tekst(terug)
    assert Jongere.objects.alles(reden=TEST).count() == 2
    assert Dubbel.objects.alles(reden=TEST).get().verschillend_op is not None
    assert client_.get(reverse("dossiers:overzicht", args=[verdwijnt.sleutel])).status_code == 200


def test_wat_niet_kan_zegt_wat_je_doet(client_: Client, dubbel: Dubbel, paar: tuple[Jongere, Jongere]) -> None:
    for jongere in paar:
        maak_werkproces(jongere)
    pagina = reverse("personen:dubbel", args=[dubbel.sleutel])
    html = tekst(client_.get(pagina))
    assert "Samenvoegen kan nu niet. Allebei hebben een lopend werkproces van dezelfde soort." in html
    assert "Voeg de dossiers samen" not in html
    antwoord = client_.post(pagina, {"blijft": str(paar[0].sleutel), "waarom": "toch"})
    assert "Allebei hebben een lopend werkproces" in tekst(antwoord)
    assert not Samenvoeging.objects.alles(reden=TEST).exists()


def test_zijn_niet_dezelfde_en_toch_weer_wel(client_: Client, dubbel: Dubbel) -> None:
    adres = reverse("personen:verschillend", args=[dubbel.sleutel])
    assert "is nog leeg" in tekst(client_.post(adres, {"toelichting": ""}))
    client_.post(adres, {"toelichting": "Het zijn nichten"})
    assert "Noor Bakker" not in tekst(client_.get(reverse("personen:dubbelen")))
    assert "Het zijn nichten" in tekst(client_.get(reverse("personen:dubbelen") + "?toon=verschillend"))
    assert "Dit zijn twee mensen" in tekst(client_.get(reverse("personen:dubbel", args=[dubbel.sleutel])))
    client_.post(adres)
    assert "Noor Bakker" in tekst(client_.get(reverse("personen:dubbelen")))


def test_zelf_een_dubbel_vinden(client_: Client, gebied: Gebied, paar: tuple[Jongere, Jongere]) -> None:
    adres = reverse("personen:tweede", args=[paar[0].sleutel])
    assert "Backer" in tekst(client_.post(adres, {"q": "Backer"}))
    assert "Kies een ander dossier" in tekst(client_.post(adres, {"ander": "onzin"}, follow=True))
    antwoord = client_.post(adres, {"ander": str(paar[1].sleutel)})
    assert antwoord.headers["Location"] == reverse(
        "personen:dubbel", args=[Dubbel.objects.alles(reden=TEST).get().sleutel]
    )
    assert "Staat er dubbel in" in tekst(client_.get(reverse("dossiers:overzicht", args=[paar[0].sleutel])))


def test_een_paar_met_een_buiten_bereik_is_er_niet(gebied: Gebied, coach: Any, als: Als, dubbel: Dubbel) -> None:
    from tests.fabrieken import maak_gebruiker

    wie = maak_gebruiker(gebied, "ander", "administratie", team=gebied.leerplicht)
    client = als(wie)
    assert "Bakker" not in tekst(client.get(reverse("personen:dubbelen")))
    assert client.get(reverse("personen:dubbel", args=[dubbel.sleutel])).status_code == 404
    assert als(coach).get(reverse("personen:dubbelen")).status_code == 404


def test_de_lijst_vraagt_niet_meer_naarmate_er_meer_in_staat(client_: Client, gebied: Gebied) -> None:
    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            client_.get(reverse("personen:dubbelen"))
        return len(gevraagd)

    def erbij(aantal: int) -> None:
        for _ in range(aantal):
            een, ander = maak_jongere(gebied, bsn=None), maak_jongere(gebied, bsn=None)
            Dubbel.objects.create(een=een, ander=ander, punten=80, gevonden_op=NU)

    erbij(1)
    vragen()
    een = vragen()
    erbij(9)
    assert vragen() == een <= 11


def test_de_vergelijking_vraagt_een_vast_aantal(client_: Client, gebied: Gebied, dubbel: Dubbel) -> None:
    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            client_.get(reverse("personen:dubbel", args=[dubbel.sleutel]))
        return len(gevraagd)

    vragen()
    eerst = vragen()
    for _ in range(5):
        maak_inschrijving(dubbel.een)
        maak_melding(gebied, jongere=dubbel.een)
    assert vragen() == eerst <= 20


def test_een_fout_in_de_brp_meld_je_terug(coach: Any, client_: Client, als: Als, paar: tuple[Jongere, Jongere]) -> None:
    jongere = paar[0]
    Jongere.objects.alles(reden=TEST).filter(pk=jongere.pk).update(straat="Kade", huisnummer="1")
    adres = reverse("dossiers:brp-terugmelden", args=[jongere.sleutel])
    assert "Wij passen de BRP zelf niet aan" in tekst(als(coach).get(adres))
    invoer = {"wat": "adres", "volgens_ons": "Kerkstraat 3", "waaruit": "Daar doet ze open"}
    assert "geeft dit door aan de gemeente" in tekst(als(coach).post(adres, invoer, follow=True))
    assert "Hierover loopt al een terugmelding" in tekst(als(coach).post(adres, invoer))
    jongere.refresh_from_db()
    assert jongere.straat == "Kade", "de BRP zelf verandert niet"
    lijst = tekst(client_.get(reverse("personen:terugmeldingen")))
    assert "in de BRP staat <b>Kade 1</b>, volgens ons is het <b>Kerkstraat 3</b>" in lijst
    rij = BrpTerugmelding.objects.alles(reden=TEST).get()
    klaar = reverse("personen:terugmelding", args=[rij.sleutel])
    assert "doorgegeven aan de gemeente" in tekst(client_.post(klaar, {"stand": "doorgegeven"}, follow=True))
    assert "Kies wat er" in tekst(client_.post(klaar, {"stand": "open"}, follow=True))
    assert "de BRP is verbeterd" in tekst(client_.post(klaar, {"stand": "verbeterd"}, follow=True))
    assert "al afgerond" in tekst(client_.post(klaar, {"stand": "klopt"}, follow=True))
    rij.refresh_from_db()
    assert rij.stand == "verbeterd" and rij.stand_door is not None
    assert "geeft dit door" in tekst(als(coach).post(adres, invoer, follow=True)), "een nieuwe twijfel kan weer"
