"""What was probably meant: a value near one that we know, a school or gemeente by name, a person by an almost equal
number. A person decides; nothing is taken over by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from routekaart.basis.inrichten import gemeentecodes
from routekaart.leveringen.koppelingen import lijkt_meest, past_bij
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.naasten import varianten
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.velden import Lijsten
from routekaart.leveringen.uitvalrijen import inhoud_van
from routekaart.leveringen.voorstellen import Voorsteller
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Inschrijving
from tests.fabrieken import VANDAAG, maak_instelling
from tests.leveringen.hulp import Inlezer, inschrijving, persoon

Als = Callable[[Any], Client]


@pytest.fixture
def venster(als: Als, administratie: Any) -> Client:
    return als(administratie)


def bedoeld(soort: str, kolom: str, waarde: str) -> list[tuple[str, bool]]:
    voorsteller = Voorsteller(SOORTEN[soort], Lijsten(gemeentecodes(), VANDAAG))
    return [(een.waarde, een.zeker) for een in voorsteller.voor(kolom, waarde)]


@pytest.mark.parametrize(
    ("soort", "kolom", "waarde", "bedoelde"),
    [
        ("inschrijvingen", "onderwijssoort", "vw0", "vwo"),
        ("inschrijvingen", "onderwijssoort", "Gymnasium", "vwo"),
        ("inschrijvingen", "niveau", "MBO4-BOL", "4"),
        ("inschrijvingen", "niveau", "entreeopleiding", "1"),
        ("inschrijvingen", "van", "01-08-2023", "2023-08-01"),
        ("inschrijvingen", "van", "1 mrt 2023", "2023-03-01"),
        ("inschrijvingen", "van", "45139", "2023-08-01"),
        ("brp", "geslacht", "vrouw", "V"),
        ("duo-vsv", "schooljaar", "23/24", "2023-2024"),
        ("jikp", "herkomst", "praktijkonderwys", "praktijkonderwijs"),
        ("vrijstellingen", "soort", "vrijsteling", "vrijstelling"),
        ("inschrijvingen", "onderwijssoort", "vmbo tl", "vmbo-tl"),
        ("inschrijvingen", "onderwijssoort", "BBL", "mbo"),
        ("inlichtingenbureau", "werk_uren", "12,0", "12"),
    ],
)
@pytest.mark.django_db
def test_wat_dichtbij_ligt_wordt_voorgesteld(soort: str, kolom: str, waarde: str, bedoelde: str) -> None:
    assert bedoeld(soort, kolom, waarde)[0] == (bedoelde, True)


@pytest.mark.django_db
@pytest.mark.parametrize("waarde", ["xyz", "31-02-2008", "\N{SNOWMAN}" * 50])
def test_waar_niets_op_lijkt_daar_stellen_we_niets_voor(waarde: str) -> None:
    assert [bedoeld("inschrijvingen", kolom, waarde) for kolom in ("onderwijssoort", "van", "pgn")] == [[], [], []]


@pytest.mark.django_db
def test_wat_twee_dingen_kan_zijn_wordt_niet_als_zeker_voorgesteld() -> None:
    assert bedoeld("duo-vsv", "schooljaar", "2023") == [("2023-2024", False), ("2022-2023", False)]
    assert bedoeld("inlichtingenbureau", "werk_uren", "12,5") == [("12", False), ("13", False)]
    assert bedoeld("inlichtingenbureau", "werk_uren", "1.250") == bedoeld("brp", "achternaam", "12,5") == []
    voorsteller = Voorsteller(SOORTEN["inlichtingenbureau"], Lijsten(gemeentecodes(), VANDAAG))
    assert voorsteller.vraag("werk_uren", "12,5") == "‘12’ of ‘13’"


@pytest.mark.django_db
def test_een_school_of_gemeente_wordt_op_naam_gevonden(gebied: Any) -> None:
    maak_instelling(brin="25LX", naam="ROC De Waarden")
    assert bedoeld("inschrijvingen", "brin", "Roc de waarden")[0] == ("25LX", True)
    assert bedoeld("inschrijvingen", "brin", "25LX0")[0][0] == "25LX"
    assert bedoeld("brp", "gemeentecode", "roermond")[0] == ("0957", True)


def test_een_kop_die_anders_heet_past_toch_bij_een_soort() -> None:
    assert past_bij(["Leerlingnummer", "School", "Onderwijs", "Startdatum"]) == "inschrijvingen"
    assert past_bij(["iets", "anders"]) == ""
    assert lijkt_meest(["Burgerservicenr", "Schoolcode", "Type onderwijs", "Datum in"]) == "inschrijvingen"
    assert lijkt_meest(["123456782", "99VA00", "2022-08-01"]) == ""


@pytest.mark.django_db
def test_wat_er_al_staat_is_geen_voorstel() -> None:
    assert bedoeld("inschrijvingen", "tot", "2021-01-01") == []


def test_anders_geschreven_datums_worden_in_een_keer_verbeterd_ook_de_tweede_in_de_rij(
    inlezer: Inlezer, venster: Client
) -> None:
    inlezer("brp", [persoon(nummer) for nummer in range(1, 5)])
    rijen = [inschrijving(nummer, van=f"{nummer}-8-2023", tot="31/7/2024") for nummer in range(1, 5)]
    rijen.append(inschrijving(5, van="1-9-2023"))
    rijen.append(inschrijving(1, van="ooit"))
    levering = inlezer("inschrijvingen", rijen).levering
    assert levering is not None
    pagina = venster.get(reverse("leveringen:levering", args=[levering.sleutel])).content.decode()
    assert "Bij 5 rijen weten we wat er bedoeld is" in pagina and "Verbeter 5 rijen" in pagina
    adres = reverse("leveringen:rijgroep", args=[levering.sleutel, levering.uitvalrijen.get(rij=2).sleutel]) + "?elk=1"
    vooraf = venster.get(adres).content.decode()
    assert "1-8-2023" in vooraf and "1 augustus 2023" in vooraf and "1 rij blijft staan" in vooraf
    na = venster.post(adres, {"omzetten": "1"}, follow=True).content.decode()
    assert "4 rijen ingelezen. 1 rij wacht nog op de persoon." in na
    gelezen = Inschrijving.objects.alles(reden="test").order_by("van").values_list("van", "tot")
    assert [(str(van), str(tot)) for van, tot in gelezen] == [(f"2023-08-0{n}", "2024-07-31") for n in range(1, 5)]
    assert set(Uitvalrij.objects.filter(opgelost_op=None).values_list("rij", "kolom")) == {(6, "pgn"), (7, "van")}
    assert "al verbeterd" in venster.get(adres).content.decode()


def test_een_tikfout_in_een_nummer_is_een_van_de_varianten() -> None:
    for getypt in ("123456780", "132456789", "12345679", "1234567899"):
        assert "123456789" in set(varianten(getypt)), getypt
    assert "123456789" not in set(varianten("123456789"))


def test_een_voorstel_neem_je_vanuit_de_lijst_over(inlezer: Inlezer, venster: Client) -> None:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium")])
    rij = Uitvalrij.objects.get()
    pagina = venster.get(reverse("leveringen:levering", args=[rij.levering.sleutel])).content.decode()
    assert "Bedoel je ‘vwo’?" in pagina and "Neem voorstel over" in pagina
    adres = reverse("leveringen:rij", args=[rij.levering.sleutel, rij.sleutel])
    venster.post(adres, {"voorstel": "vwo", "versie": rij.versie})
    assert Inschrijving.objects.alles(reden="test").get().onderwijssoort == "vwo"
    rij.refresh_from_db()
    assert (rij.hoe, rij.opgelost_op is not None) == ("hersteld", True)


def test_klopt_er_nog_iets_niet_dan_staat_het_voorstel_ingevuld_met_de_andere_fout(
    inlezer: Inlezer, venster: Client
) -> None:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium", van="gisteren")])
    rij = Uitvalrij.objects.get()
    adres = reverse("leveringen:rij", args=[rij.levering.sleutel, rij.sleutel])
    antwoord = venster.post(adres, {"voorstel": "vwo", "versie": rij.versie}).content.decode()
    assert 'value="vwo"' in antwoord and "Dit is geen datum" in antwoord
    assert persoon()["bsn"] not in antwoord


def test_wie_bijna_dat_nummer_heeft_wordt_voorgesteld_zonder_het_nummer_te_tonen(
    inlezer: Inlezer, venster: Client
) -> None:
    inlezer("brp", [persoon()])
    bsn = persoon()["bsn"]
    fout = bsn[:-1] + str((int(bsn[-1]) + 1) % 10)
    inlezer("inschrijvingen", [inschrijving(pgn=fout)])
    rij = Uitvalrij.objects.get()
    jongere = inlezer.jongere(bsn)
    adres = reverse("leveringen:rij", args=[rij.levering.sleutel, rij.sleutel])
    pagina = venster.get(adres).content.decode()
    assert jongere.naam in pagina and "bijna hetzelfde nummer" in pagina
    assert bsn not in pagina and fout not in pagina
    assert Logregel.objects.filter(code="levering.rij-bekeken", jongere_id=jongere.pk).exists()
    venster.post(adres, {"wie": str(jongere.sleutel), "versie": rij.versie})
    assert Inschrijving.objects.alles(reden="test").get().jongere_id == jongere.pk
    rij.refresh_from_db()
    assert fout in inhoud_van(rij)[1]


def test_de_groep_staat_ingevuld_en_gaat_voortaan_vanzelf(inlezer: Inlezer, venster: Client) -> None:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [inschrijving(niveau="MBO2-BOL", van=f"202{nr}-08-01") for nr in (1, 2)])
    levering = Levering.objects.get(soort="inschrijvingen")
    pagina = venster.get(reverse("leveringen:levering", args=[levering.sleutel])).content.decode()
    assert "Koppel aan ‘2’" in pagina
    rij = Uitvalrij.objects.order_by("rij").first()
    assert rij is not None
    groep = venster.get(reverse("leveringen:rijgroep", args=[levering.sleutel, rij.sleutel])).content.decode()
    assert 'value="2"' in groep and "checked" in groep


def test_een_bestand_met_alleen_uitval_leidt_naar_het_verbeteren(inlezer: Inlezer, venster: Client) -> None:
    inlezer("brp", [persoon()])
    van = reverse("leveringen:inlezen")
    inhoud = "pgn;brin;onderwijssoort;van\n" + "".join(f"{persoon()['bsn']};25LX;vw0;202{n}-08-01\n" for n in (1, 2))
    bestand = SimpleUploadedFile("fout.csv", inhoud.encode())
    pagina = venster.post(van, {"bestand": bestand, "soort": "", "aard": "mutaties"}, follow=True).content.decode()
    assert "Lees 0 rijen in" not in pagina and "Neem het aan en verbeter 2 rijen" in pagina
    proef = Levering.objects.get(stand="proef")
    na = venster.post(reverse("leveringen:levering-inlezen", args=[proef.sleutel]), follow=True).content.decode()
    assert "Uitval: deze rijen wachten op jou" in na and "Neem voorstel over" in na
