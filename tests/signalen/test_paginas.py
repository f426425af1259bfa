"""The pages of the signals, as a colleague uses them without any script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.logboek.models import Logregel
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.signalen.models import Instroom, Signaal
from tests import fabrieken
from tests.fabrieken import NU, Gebied
from tests.signalen.conftest import signaal, signalen, zoek

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
LIJST = "/signalen/"
VSV = "vsv-oud"


def tekst(antwoord: Any) -> str:
    assert antwoord.status_code == 200
    return str(antwoord.content.decode())


def adres(een: Signaal) -> str:
    return reverse("signalen:signaal", args=[een.sleutel])


@pytest.fixture
def drie(gebied: Gebied) -> list[Jongere]:
    """Three oud-vsv'ers, one of them in the other gemeente."""
    jongeren = []
    for naam, gemeente in (("Anna", gebied.gemeente), ("Bas", gebied.andere_gemeente), ("Cas", gebied.gemeente)):
        jongere = fabrieken.maak_jongere(gebied, geboortedatum="2006-03-04", voornamen=naam, gemeente=gemeente)
        fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2022, 8, 1), tot=dt.date(2023, 5, 20))
        jongeren.append(jongere)
    zoek(gebied)
    return jongeren


def test_elk_getal_leidt_naar_de_gevallen(drie: Any, coach: Any, als: Als) -> None:
    pagina = tekst(als(coach).get(LIJST))
    assert "3 signalen staan open. Elke nacht kijken we opnieuw." in pagina
    assert 'href="/signalen/?soort=vsv-oud"' in pagina
    assert 'href="/signalen/?soort=vsv-oud&amp;gemeente=9102"' in pagina
    elders = tekst(als(coach).get(f"{LIJST}?soort=vsv-oud&gemeente=9102"))
    assert "Bas" in elders and "Anna" not in elders
    allen = tekst(als(coach).get(f"{LIJST}?soort=vsv-oud"))
    assert all(naam in allen for naam in ("Anna", "Bas", "Cas"))


def test_ieder_ziet_het_werk_van_het_eigen_team(
    gebied: Gebied, drie: Any, thuis: Jongere, coach: Any, ambtenaar: Any, als: Als
) -> None:
    zoek(gebied)
    assert "Mogelijk absoluut verzuim" not in tekst(als(coach).get(LIJST)).split("voor jou niets bij")[0]
    assert "2 signalen staan open, van twee soorten." in tekst(als(ambtenaar).get(LIJST))
    assert als(coach).get(adres(signaal("absoluut-verzuim"))).status_code == 404


def test_een_signaal_legt_uit_waarom_het_er_is(drie: list[Jongere], coach: Any, als: Als) -> None:
    een = signalen(soort=VSV)[0]
    pagina = tekst(als(coach).get(adres(een)))
    assert drie[0].naam in pagina and "Waarom dit signaal?" in pagina
    assert "DGR-06" in pagina and "20 mei 2023" in pagina
    assert "Maak een melding" in pagina and "Leg weg" in pagina
    regel = Logregel.objects.order_by("-pk")[0]
    assert (regel.code, regel.jongere_id) == ("signaal.bekeken", een.jongere_id)


def test_een_melding_maken_brengt_je_naar_die_melding(drie: Any, coach: Any, als: Als) -> None:
    een = signalen(soort=VSV)[0]
    antwoord = als(coach).post(adres(een), {"doe": "melding", "toelichting": "Buurman belde."})
    melding = Melding.objects.alles(reden="proef").get()
    assert antwoord["Location"] == reverse("meldingen:melding", args=[melding.sleutel])
    assert (melding.partneracties, melding.niveau) == ("Buurman belde.", "c")
    assert "Naar de melding" in tekst(als(coach).get(adres(een)))


def test_wegleggen_zonder_reden_wordt_geweigerd_en_bewaart_wat_je_typte(drie: Any, coach: Any, als: Als) -> None:
    een = signalen(soort=VSV)[0]
    pagina = tekst(als(coach).post(adres(een), {"doe": "wegleggen", "reden": "", "tot": "1-3-2027"}))
    assert "Schrijf op waarom er niets hoeft te gebeuren" in pagina
    assert 'value="1-3-2027"' in pagina
    pagina = tekst(als(coach).post(adres(een), {"doe": "wegleggen", "reden": "Op reis", "tot": "1-3-2020"}))
    assert "Kies een dag na vandaag" in pagina and "Op reis" in pagina
    assert signalen(soort=VSV)[0].stand == Signaal.Stand.OPEN


def test_wegleggen_en_terughalen(drie: Any, coach: Any, als: Als) -> None:
    een = signalen(soort=VSV)[0]
    als(coach).post(adres(een), {"doe": "wegleggen", "reden": "Is op wereldreis."})
    pagina = tekst(als(coach).get(f"{LIJST}?soort=vsv-oud&toon=weggelegd"))
    assert "Is op wereldreis." in pagina and 'type="checkbox"' not in pagina
    assert "Haal terug" in tekst(als(coach).get(adres(een)))
    als(coach).post(adres(een), {"doe": "terughalen"})
    assert signalen(soort=VSV)[0].stand == Signaal.Stand.OPEN


def test_wat_er_nog_meer_over_hem_openstaat_kan_in_een_keer_mee_weg(
    gebied: Gebied, thuis: Jongere, ambtenaar: Any, als: Als
) -> None:
    zoek(gebied)
    een, ander = signaal("absoluut-verzuim"), signaal("thuiszitter")
    pagina = tekst(als(ambtenaar).get(adres(een)))
    assert "Leg dit over deze jongere ook weg" in pagina
    assert "dan kijken we na het schooljaar weer" in pagina and "JIKP" not in pagina
    vraag = {"doe": "wegleggen", "reden": "Zit in Gent op school.", "tot": "1-3-2027"}
    als(ambtenaar).post(adres(een), vraag)
    assert signaal("thuiszitter").stand == Signaal.Stand.OPEN  # nobody goes along unasked
    als(ambtenaar).post(adres(een), {"doe": "terughalen"})
    pagina = tekst(als(ambtenaar).post(adres(een), {**vraag, "ook": str(ander.sleutel)}, follow=True))
    assert "Weggelegd: 2 signalen." in pagina
    assert {(rij.stand, rij.reden, rij.weggelegd_tot) for rij in signalen()} == {
        ("weggelegd", "Zit in Gent op school.", dt.date(2027, 3, 1))
    }
    assert Logregel.objects.filter(code="signaal.weggelegd").count() == 3


@pytest.mark.parametrize("velden", [{"stand": "vervallen", "gesloten_op": NU}, {"soort_werk": "doorstroompunt"}])
def test_wat_intussen_is_afgehandeld_of_van_een_ander_is_gaat_niet_mee(
    gebied: Gebied, thuis: Jongere, ambtenaar: Any, als: Als, velden: dict[str, Any]
) -> None:
    zoek(gebied)
    een, ander = signaal("absoluut-verzuim"), signaal("thuiszitter")
    Signaal.objects.alles(reden="proef").filter(pk=ander.pk).update(**velden)
    assert "ook weg" not in tekst(als(ambtenaar).get(adres(een)))
    vraag = {"doe": "wegleggen", "reden": "Zit in Gent op school.", "ook": str(ander.sleutel)}
    assert "intussen veranderd" in tekst(als(ambtenaar).post(adres(een), vraag))
    assert signaal("absoluut-verzuim").stand == Signaal.Stand.OPEN


def test_toewijzen_kan_alleen_aan_wie_erbij_mag(drie: Any, coach: Any, collega: Any, ambtenaar: Any, als: Als) -> None:
    een = signalen(soort=VSV)[0]
    pagina = tekst(als(coach).get(adres(een)))
    assert "Coach (ik)" in pagina and "Collega" in pagina and "Ambtenaar" not in pagina
    als(coach).post(adres(een), {"doe": "toewijzen", "aan": str(ambtenaar.sleutel)})
    assert signalen(soort=VSV)[0].behandelaar is None
    als(coach).post(adres(een), {"doe": "toewijzen", "aan": str(collega.sleutel)})
    assert signalen(soort=VSV)[0].behandelaar == collega
    assert "Anna" in tekst(als(collega).get(f"{LIJST}?soort=vsv-oud&toon=mijn"))
    assert "Anna" not in tekst(als(coach).get(f"{LIJST}?soort=vsv-oud&toon=mijn"))


def test_een_selectie_gaat_in_een_keer_of_helemaal_niet(drie: Any, coach: Any, als: Als) -> None:
    anna, bas, _cas = signalen(soort=VSV)
    sleutels = [str(anna.sleutel), str(bas.sleutel)]
    pagina = tekst(als(coach).post("/signalen/selectie/", {"signaal": sleutels}))
    assert "Wat doe je met 2 signalen?" in pagina and "Cas" not in pagina
    samen = ",".join(sleutels)
    antwoord = als(coach).post(
        "/signalen/selectie/", {"signaal": samen, "doe": "wegleggen", "reden": "Zelfde school gebeld."}
    )
    assert antwoord["Location"] == "/signalen/?soort=vsv-oud"
    assert [een.stand for een in signalen(soort=VSV)] == ["weggelegd", "weggelegd", "open"]
    assert Logregel.objects.filter(code="signaal.weggelegd").count() == 2


def test_een_selectie_met_iemand_van_een_ander_bestaat_niet(
    gebied: Gebied, drie: Any, thuis: Jongere, coach: Any, als: Als
) -> None:
    zoek(gebied)
    sleutels = [str(een.sleutel) for een in (signalen(soort=VSV)[0], signaal("absoluut-verzuim"))]
    antwoord = als(coach).post("/signalen/selectie/", {"signaal": sleutels, "doe": "wegleggen", "reden": "Nee."})
    assert antwoord.status_code == 404
    assert not signalen(stand="weggelegd")


def test_zonder_vinkje_gaat_er_niets_verder(drie: Any, coach: Any, als: Als) -> None:
    antwoord = als(coach).post("/signalen/selectie/", {}, follow=True)
    assert "Vink eerst aan om wie het gaat." in tekst(antwoord)


def test_kwaliteit_kijkt_mee_en_doet_niets(gebied: Gebied, drie: Any, als: Als) -> None:
    kijker = fabrieken.maak_gebruiker(gebied, "kijker", "kwaliteit")
    een = signalen(soort=VSV)[0]
    pagina = tekst(als(kijker).get(adres(een)))
    assert "Waarom dit signaal?" in pagina and "Maak een melding" not in pagina
    assert als(kijker).post(adres(een), {"doe": "melding"}).status_code == 404
    assert 'type="checkbox"' not in tekst(als(kijker).get(f"{LIJST}?soort=vsv-oud"))


def test_elke_controle_noemt_bron_eigenaar_en_laatste_keer(drie: Any, coach: Any, als: Als) -> None:
    pagina = tekst(als(coach).get("/signalen/controles/"))
    assert "Voor het laatst gedaan op di 17 nov, 10:00." in pagina
    assert "Leerplichtwet 1969, art. 10" in pagina and "leerplichtambtenaar" in pagina
    assert "Dagen afwezig vanaf wanneer iemand thuiszitter is: 28" in pagina
    assert 'href="/signalen/?soort=vsv-oud"' in pagina


def test_de_coordinator_stelt_de_instroom_in(gebied: Gebied, drie: Any, coach: Any, als: Als) -> None:
    leider = fabrieken.maak_gebruiker(gebied, "leider", "coordinator", team=gebied.doorstroompunt)
    team = str(gebied.doorstroompunt.sleutel)
    pagina = tekst(als(leider).post("/signalen/instroom/", {"team": team, "soort": VSV, "per_week": "9999"}))
    assert "te hoog" in pagina and not Instroom.objects.exists()
    als(leider).post("/signalen/instroom/", {"team": team, "soort": VSV, "per_week": "5"})
    assert Instroom.objects.get().per_week == 5
    assert "Mogelijk oud-vsv’er" in tekst(als(leider).get("/signalen/instroom/"))
    assert als(coach).get("/signalen/instroom/").status_code == 404


def test_de_lijst_bladert_en_wordt_niet_trager(
    gebied: Gebied, drie: Any, coach: Any, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vragen(pad: str) -> int:
        client = als(coach)
        with CaptureQueriesContext(connection) as gevraagd:
            tekst(client.get(pad))
        return len(gevraagd)

    eerst = {pad: vragen(pad) for pad in (LIJST, f"{LIJST}?soort=vsv-oud")}
    for _ in range(10):
        jongere = fabrieken.maak_jongere(gebied, geboortedatum="2006-03-04", voornamen="Extra")
        fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2022, 8, 1), tot=dt.date(2023, 5, 20))
    zoek(gebied, nu=NU)
    assert {pad: vragen(pad) for pad in eerst} == eerst
    assert max(eerst.values()) <= 14
    monkeypatch.setattr("routekaart.signalen.lijst.PER_PAGINA", 5)
    pagina = tekst(als(coach).get(f"{LIJST}?soort=vsv-oud"))
    assert pagina.count('type="checkbox"') == 5
    assert "pagina=na." in pagina
