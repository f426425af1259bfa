"""The list of the meldpunt with one melding beside it: order, filters, counters, pages, scope and queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.logboek.models import Logregel
from routekaart.meldingen.acties import Informatie, Melder, Opgave, geef_oordeel, vraag_informatie
from routekaart.meldingen.lijst import PER_PAGINA
from routekaart.meldingen.models import Melding
from routekaart.toegang.bereik import ZonderBereik
from tests import fabrieken
from tests.fabrieken import NU

pytestmark = pytest.mark.django_db
LIJST = "/meldingen/"


@pytest.fixture(autouse=True)
def vandaag() -> Any:
    """It is Tuesday 17 November 2026, ten in the morning."""
    with time_machine.travel(NU, tick=False):
        yield


def namen(antwoord: Any) -> list[str]:
    return [regel.naam for regel in antwoord.context["lijst"].regels]


def test_kortste_tijd_staat_bovenaan_en_is_gekozen(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    for naam, dagen in (("Vers", 0), ("Oud", 7), ("Midden", 4)):
        ontvang(
            fabrieken.maak_jongere(gebied, voornamen=naam, achternaam="Bakker"),
            ontvangen_op=NU - dt.timedelta(days=dagen),
        )
    antwoord = als(coach).get(LIJST)
    assert namen(antwoord) == ["Oud Bakker", "Midden Bakker", "Vers Bakker"]
    assert antwoord.context["detail"].naam == "Oud Bakker"
    assert "laatste dag is vandaag" in antwoord.text
    assert "Drie wachten op een oordeel, één moet vandaag." in antwoord.text


def test_de_klok_telt_werkdagen(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    for dagen in (0, 5, 6, 7, 8):  # tuesday, thursday, wednesday, tuesday, monday
        ontvang(fabrieken.maak_jongere(gebied), ontvangen_op=NU - dt.timedelta(days=dagen))
    klokken = [regel.klok.zegt for regel in als(coach).get(LIJST).context["lijst"].regels]
    assert klokken == ["1 werkdag te laat", "laatste dag", "nog 1 dag", "nog 2 dagen", "nog 5 dagen"]


def test_tellers_en_standen(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    toegang = fabrieken.toegang(coach)
    _, wacht, beoordeeld = (ontvang(fabrieken.maak_jongere(gebied, voornamen=naam)) for naam in ("An", "Bo", "Cas"))
    vraag_informatie(wacht, punten=["hulptrajecten"], toegang=toegang, nu=NU)
    fabrieken.maak_inschrijving(beoordeeld.jongere, niveau=3)
    geef_oordeel(beoordeeld, directe_actie=True, motivatie="x", toegang=toegang, nu=NU)
    bladen = {toon: als(coach).get(LIJST, {"toon": toon}) for toon in ("te-beoordelen", "wacht", "beoordeeld")}
    assert [filter.aantal for filter in bladen["wacht"].context["lijst"].toon] == ["1", "1", "1"]
    assert [namen(blad)[0].split()[0] for blad in bladen.values()] == ["An", "Bo", "Cas"]
    assert "directe actie nodig" in bladen["beoordeeld"].text


def test_tellers_houden_op(als: Any, coach: Any, gebied: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routekaart.meldingen.lijst.TELT_TOT", 2)
    dagen = (NU.date() - dt.timedelta(days=1), NU.date(), NU.date() + dt.timedelta(days=1))
    for dag in dagen:
        fabrieken.maak_melding(gebied, jongere=fabrieken.maak_jongere(gebied), termijn=dag)
    lijst = als(coach).get(LIJST).context["lijst"]
    assert [filter.aantal for filter in lijst.toon] == ["2+", "0", "0"]
    assert lijst.zin.endswith("Meer dan 2 wachten op een oordeel, één is te laat, één moet vandaag.")
    assert lijst.gemeenten == [(gebied.gemeente.code, gebied.gemeente.naam)]


def test_de_eersten_van_een_keuze_vragen_ook_bereik(coach: Any, jongere: Any, ontvang: Any) -> None:
    ontvang(jongere)
    assert Melding.objects.voor(fabrieken.toegang(coach)).kortste_tijd_eerst().hoogstens(1).count() == 1
    with pytest.raises(ZonderBereik):
        Melding.objects.kortste_tijd_eerst().hoogstens(1)


def test_filtert_op_kanaal_en_gemeente(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    ontvang(fabrieken.maak_jongere(gebied, voornamen="An"))
    ander = fabrieken.maak_jongere(gebied, voornamen="Bo", gemeente=gebied.andere_gemeente)
    ontvang(ander, kanaal="C.I", soort="vsv")
    for vraag in ({"kanaal": "C.I"}, {"gemeente": gebied.andere_gemeente.code}):
        antwoord = als(coach).get(LIJST, vraag)
        assert [naam.split()[0] for naam in namen(antwoord)] == ["Bo"]
        assert antwoord.context["lijst"].toon[0].aantal == "1"
    leeg = als(coach).get(LIJST, {"kanaal": "B.II"})
    assert "Met dit filter staat er niets" in leeg.text


@pytest.mark.parametrize(
    "vraag",
    [{"kanaal": "X"}, {"gemeente": "'; --"}, {"toon": "?"}, {"pagina": "na.x"}, {"volgorde": "x"}, {"pagina": "9"}],
)
def test_een_vreemd_adres_toont_gewoon_de_lijst(als: Any, coach: Any, ontvang: Any, jongere: Any, vraag: Any) -> None:
    ontvang(jongere)
    assert als(coach).get(LIJST, vraag).status_code == 200


@pytest.mark.parametrize("sleutel", ["x", "00000000-0000-0000-0000-000000000000"])
def test_een_melding_die_er_niet_is_geeft_404(als: Any, coach: Any, sleutel: str) -> None:
    assert als(coach).get(LIJST, {"melding": sleutel}).status_code == 404


def test_bladert_per_sleutel_heen_en_terug(als: Any, coach: Any, gebied: Any) -> None:
    for nummer in range(2 * PER_PAGINA + 3):
        jongere = fabrieken.maak_jongere(gebied, bsn=None, achternaam=f"Nummer{nummer:02d}")
        fabrieken.maak_melding(gebied, jongere=jongere, termijn=dt.date(2026, 11, 20 + nummer % 3))
    browser = als(coach)
    eerste = browser.get(LIJST)
    tweede = browser.get(LIJST + eerste.context["lijst"].volgende)
    derde = browser.get(LIJST + tweede.context["lijst"].volgende)
    alle = namen(eerste) + namen(tweede) + namen(derde)
    assert len(alle) == len(set(alle)) == 2 * PER_PAGINA + 3
    assert (eerste.context["lijst"].vorige, derde.context["lijst"].volgende) == ("", "")
    terug = browser.get(LIJST + derde.context["lijst"].vorige)
    assert namen(terug) == namen(tweede)
    begin = browser.get(LIJST + terug.context["lijst"].vorige)
    assert namen(begin) == namen(eerste)
    assert begin.context["lijst"].vorige == ""


@pytest.mark.parametrize("volgorde", ["kortste", "nieuwste"])
def test_het_aantal_queries_groeit_niet(als: Any, coach: Any, gebied: Any, volgorde: str) -> None:
    browser = als(coach)

    def tel() -> int:
        with CaptureQueriesContext(connection) as vragen:
            assert browser.get(LIJST, {"volgorde": volgorde}).status_code == 200
        return len([vraag for vraag in vragen if "SAVEPOINT" not in vraag["sql"]])

    school = fabrieken.maak_instelling()

    def vul(aantal: int) -> None:
        for _ in range(aantal):
            jongere = fabrieken.maak_jongere(gebied, bsn=None)
            fabrieken.maak_inschrijving(jongere, instelling=school)
            fabrieken.maak_melding(gebied, jongere=jongere, termijn=dt.date(2026, 11, 20))
            fabrieken.maak_melding(
                gebied,
                opgegeven_achternaam="Dekkers",
                opgegeven_geboortedatum="2007-03-04",
                termijn=dt.date(2026, 11, 20),
            )

    vul(3)
    tel()  # what is read once per process
    met_drie = tel()
    vul(27)
    assert tel() == met_drie
    assert met_drie <= 20


def test_zonder_meldingen_is_het_goed_nieuws(als: Any, coach: Any) -> None:
    antwoord = als(coach).get(LIJST)
    assert "Je bent bij. Alle meldingen zijn beoordeeld." in antwoord.text
    assert "Er wacht niets op jullie oordeel." in antwoord.text


def test_lijst_is_een_regel_in_het_logboek(als: Any, coach: Any, ontvang: Any, jongere: Any) -> None:
    melding = ontvang(jongere)
    Logregel.objects.filter(soort="lezen").exists()
    als(coach).get(LIJST, {"kanaal": "A.II"})
    regel = Logregel.objects.filter(soort="lezen").get()
    assert (regel.code, regel.jongere_id) == ("meldingen.bekeken", jongere.pk)
    assert str(melding.sleutel) in regel.onderwerp
    assert '"kanaal": "A.II"' in (regel.inhoud or "")


def test_mogelijk_dubbel_staat_op_de_rij(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    fabrieken.maak_jongere(gebied, voornamen="Sem", voorvoegsel="van", achternaam="Rooy", geboortedatum="2008-06-03")
    ontvang(None, opgave=Opgave(achternaam="Rooij", voorvoegsel="van", voornamen="Sem", geboortedatum="2008-06-03"))
    ontvang(None, opgave=Opgave(achternaam="Anders", geboortedatum="2008-06-04"))
    standen = [regel.stand for regel in als(coach).get(LIJST).context["lijst"].regels]
    assert standen == ["mogelijk dubbel", "nog niet gekoppeld"]


def test_wat_ontbreekt_staat_op_de_rij(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    ontvang(fabrieken.maak_jongere(gebied))
    ontvang(fabrieken.maak_jongere(gebied), informatie=Informatie(reden="x", partneracties="y", verwachte_inzet="z"))
    standen = [regel.stand for regel in als(coach).get(LIJST).context["lijst"].regels]
    assert standen == ["compleet", "2 punten missen"]


def test_buitenstaander_ziet_niets_van_een_andere_regio(
    als: Any, buitenstaander: Any, ontvang: Any, jongere: Any
) -> None:
    melding = ontvang(jongere)
    browser = als(buitenstaander)
    assert jongere.achternaam not in browser.get(LIJST).text
    assert browser.get(LIJST, {"melding": str(melding.sleutel)}).status_code == 404
    assert browser.get(reverse("meldingen:melding", args=[melding.sleutel])).status_code == 404


@pytest.mark.parametrize("rol", ["beleid", "beheerder", "privacy", "schoolcontact", "ketenpartner", "jongere"])
def test_andere_rollen_hebben_geen_meldpunt(als: Any, gebied: Any, rol: str) -> None:
    browser = als(fabrieken.maak_gebruiker(gebied, rol, rol))
    for adres in (LIJST, reverse("meldingen:nieuw")):
        assert browser.get(adres).status_code == 404


def test_kwaliteit_kijkt_maar_oordeelt_niet(als: Any, gebied: Any, ontvang: Any, jongere: Any) -> None:
    melding = ontvang(jongere)
    browser = als(fabrieken.maak_gebruiker(gebied, "kwaliteit", "kwaliteit"))
    antwoord = browser.get(LIJST)
    assert jongere.naam in antwoord.text
    for knop in ("Ja, start de route", "Vul zelf aan", "Nieuwe melding"):
        assert knop not in antwoord.text
    assert browser.get(reverse("meldingen:oordeel", args=[melding.sleutel, "ja"])).status_code == 404
    assert browser.get(reverse("meldingen:aanvullen", args=[melding.sleutel])).status_code == 404


def test_wie_nog_niet_bekend_is_krijgt_eerst_een_naam(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    """Afhandelen is not possible yet: the row leads to what is."""
    onbekend = ontvang(None, gemeente=gebied.gemeente, opgave=Opgave(voornamen="Sem", achternaam="Rooy"))
    bekend = ontvang(fabrieken.maak_jongere(gebied))
    tekst = als(coach).get(LIJST).text

    def in_de_rij(naam: str, melding: Any) -> bool:
        return f'rk-brief__doe rk-zacht" href="{reverse(naam, args=[melding.sleutel])}"' in tekst

    assert in_de_rij("meldingen:wie", onbekend) and not in_de_rij("werkplek:afhandelen", onbekend)
    assert in_de_rij("werkplek:afhandelen", bekend) and not in_de_rij("meldingen:wie", bekend)


def test_duo_blijft_duo_in_een_regel(als: Any, coach: Any, ontvang: Any, gebied: Any) -> None:
    ontvang(fabrieken.maak_jongere(gebied), kanaal="C.I", soort="jikp", melder=Melder(soort="onderzoek"))
    assert "eigen onderzoek: lijsten van DUO" in als(coach).get(LIJST).text
