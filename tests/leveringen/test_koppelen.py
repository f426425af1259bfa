"""A file that calls its columns otherwise: somebody says once which is which, and the next one is known by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties import Aanpak
from routekaart.leveringen.acties_koppelen import koppel, onthoud_waarde, stop_koppeling
from routekaart.leveringen.koppelingen import vertaald, voorbeelden, voorstel
from routekaart.leveringen.lezen import lees
from routekaart.leveringen.models import Kolomkoppeling, Levering, Uitvalrij
from routekaart.leveringen.soorten import SOORTEN
from routekaart.loopbaan.models import Inschrijving
from routekaart.toegang.bereik import toegang_van
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.leveringen.hulp import Inlezer, inschrijving, persoon, zet_neer

Als = Callable[[Any], Client]
KOLOMMEN = {"pgn": "BSN leerling", "brin": "School", "onderwijssoort": "Onderwijs", "van": "Startdatum"}
ANDERS = "BSN leerling;School;Onderwijs;Startdatum;Klas\n{bsn};99VA00;{soort};2023-08-01;4b\n"


@pytest.fixture
def venster(als: Als, administratie: Any, settings: Any, tmp_path: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return als(administratie)


@pytest.fixture
def wie(administratie: Any) -> dict[str, Any]:
    return {"toegang": toegang_van(administratie, op=VANDAAG), "nu": NU}


def anders(soort: str = "havo") -> str:
    return ANDERS.format(bsn=persoon()["bsn"], soort=soort)


def upload(venster: Client, inhoud: str, **velden: Any) -> Any:
    bestand = SimpleUploadedFile("leerlingen.csv", inhoud.encode())
    return venster.post(reverse("leveringen:inlezen"), {"bestand": bestand, "soort": "", "aard": "mutaties"} | velden)


def keuzes(**velden: str) -> dict[str, str]:
    return {"naam": "ROC De Waarden", **{f"kolom-{naam}": kop for naam, kop in KOLOMMEN.items()}} | velden


def maak_koppeling(gebied: Gebied, **velden: Any) -> Kolomkoppeling:
    waarden = {"naam": "ROC", "soort": "inschrijvingen", "kolommen": KOLOMMEN, "van": dt.date(2026, 1, 1)} | velden
    return Kolomkoppeling.objects.create(regio=gebied.regio, **waarden)


def test_een_bestand_met_andere_kolommen_krijgt_een_keuze_en_de_volgende_keer_niet_meer(
    venster: Client, inlezer: Inlezer
) -> None:
    inlezer("brp", [persoon()])
    antwoord = upload(venster, anders(), soort="inschrijvingen")
    levering = Levering.objects.get(soort="inschrijvingen")
    assert (levering.stand, antwoord["Location"]) == (
        "koppelen",
        reverse("leveringen:koppelen", args=[levering.sleutel]),
    )

    pagina = venster.get(antwoord["Location"]).content.decode()
    assert "Startdatum (2023-08-01)" in pagina and "Klas" in pagina
    assert persoon()["bsn"] not in pagina and f"••••••{persoon()['bsn'][-3:]}" in pagina

    antwoord = venster.post(antwoord["Location"], keuzes(), follow=True)
    pagina = antwoord.content.decode()
    levering.refresh_from_db()
    assert (levering.stand, levering.nieuw, levering.onbekende_kolommen) == ("proef", 1, ["Klas"])
    assert "We onthouden deze kolommen als ‘ROC De Waarden’" in pagina and "Lees 1 rij in" in pagina
    venster.post(reverse("leveringen:levering-inlezen", args=[levering.sleutel]))
    feit: Any = Inschrijving.objects.alles(reden="test").get()
    assert (feit.onderwijssoort, feit.van) == ("havo", dt.date(2023, 8, 1))

    upload(venster, anders("vwo"))
    tweede = Levering.objects.latest("pk")
    assert (tweede.stand, tweede.soort, tweede.nieuw) == ("proef", "inschrijvingen", 1)
    assert "ROC De Waarden" in venster.get(reverse("leveringen:levering", args=[tweede.sleutel])).content.decode()


def test_wat_nodig_is_en_niet_gekozen_staat_bij_het_veld(venster: Client) -> None:
    adres = upload(venster, anders(), soort="inschrijvingen")["Location"]
    pagina = venster.post(adres, keuzes(**{"kolom-van": ""})).content.decode()
    assert "Kies een kolom voor ‘van’" in pagina
    pagina = venster.post(adres, keuzes(**{"kolom-tot": "Startdatum"})).content.decode()
    assert "2 keer gekozen" in pagina
    assert not Kolomkoppeling.objects.exists()
    assert "‘Naam van deze bron’ is nog leeg" in venster.post(adres, keuzes(naam="")).content.decode()


def test_een_naam_bestaat_een_keer_per_soort(venster: Client, gebied: Gebied) -> None:
    maak_koppeling(gebied, naam="roc de waarden", kolommen={"pgn": "x", "brin": "y", "onderwijssoort": "z", "van": "w"})
    adres = upload(venster, anders(), soort="inschrijvingen")["Location"]
    assert "al een koppeling met deze naam" in venster.post(adres, keuzes()).content.decode()


def test_wat_het_is_kan_ook_op_deze_pagina_worden_gekozen(venster: Client) -> None:
    adres = upload(venster, "wie;wat;wanneer\n1;havo;2024-07-01\n")["Location"]
    pagina = venster.get(adres, {"soort": "diplomas"}).content.decode()
    assert "Kolommen van: Diploma&#x27;s" in pagina and 'name="kolom-behaald_op"' in pagina
    kolommen = {"naam": "Lijst", "kolom-pgn": "wie", "kolom-soort": "wat", "kolom-behaald_op": "wanneer"}
    venster.post(f"{adres}?soort=diplomas", kolommen)
    levering = Levering.objects.get()
    assert (levering.stand, levering.soort, levering.uitval) == ("proef", "diplomas", 1)


def test_een_bestand_zonder_kopregel_zegt_dat_en_toont_geen_nummers(venster: Client) -> None:
    bsn = persoon()["bsn"]
    antwoord = upload(venster, f"{bsn};99VA00;havo;2023-08-01\n{bsn};99VA00;vwo;2024-08-01\n")
    pagina = venster.get(antwoord["Location"]).content.decode()
    assert "We herkennen geen enkele kolom" in pagina
    assert pagina.count(bsn) == pagina.count(f'value="{bsn}"')


def test_een_bestand_dat_wacht_op_kolommen_kan_weg(venster: Client) -> None:
    upload(venster, anders(), soort="inschrijvingen")
    levering = Levering.objects.get()
    assert "wacht op wie de kolommen kiest" in venster.get(reverse("leveringen:lijst")).content.decode().lower()
    venster.post(reverse("leveringen:levering-verwerpen", args=[levering.sleutel]))
    assert not Levering.objects.exists()


def test_een_ander_soort_bestand_blijft_geweigerd(venster: Client) -> None:
    pagina = upload(venster, "pgn;brin;onderwijssoort;van\n1;2;3;4\n", soort="diplomas").content.decode()
    assert "lijkt op een levering" in pagina
    assert not Levering.objects.exists()


# -- recognising and translating


def test_de_opdracht_kent_een_koppeling_bij_naam(inlezer: Inlezer, gebied: Gebied, tmp_path: Any) -> None:
    inlezer("brp", [persoon()])
    maak_koppeling(gebied)
    uitkomst = inlezer("inschrijvingen", anders(), aanpak=Aanpak(koppeling="roc"))
    assert uitkomst.telling.als_velden()["nieuw"] == 1
    assert uitkomst.onbekende_kolommen == ("Klas",)
    pad = zet_neer(tmp_path, anders(), naam="nog.csv")
    call_command("inlezen", "inschrijvingen", str(pad), "--koppeling", "ROC", "--json")
    with pytest.raises(CommandError, match=r"kennen we niet\. Er zijn: ROC"):
        call_command("inlezen", "inschrijvingen", str(pad), "--koppeling", "anders")
    with pytest.raises(Geweigerd, match="past niet: deze kolommen staan niet in het bestand"):
        inlezer("inschrijvingen", [inschrijving()], aanpak=Aanpak(koppeling="ROC"))


def test_een_koppeling_die_niet_meer_geldt_wordt_niet_herkend(inlezer: Inlezer, gebied: Gebied) -> None:
    maak_koppeling(gebied, tot=dt.date(2026, 6, 30))
    with pytest.raises(Geweigerd, match="deze kolommen ontbreken"):
        inlezer("inschrijvingen", anders())


def test_een_koppeling_van_een_andere_regio_geldt_hier_niet(inlezer: Inlezer, buitenstaander: Any) -> None:
    Kolomkoppeling.objects.create(
        regio=buitenstaander.regio, soort="inschrijvingen", naam="Elders", kolommen=KOLOMMEN, van=dt.date(2026, 1, 1)
    )
    with pytest.raises(Geweigerd, match="deze kolommen ontbreken"):
        inlezer("inschrijvingen", anders())


def test_een_bestand_met_onze_namen_blijft_zoals_het_is(inlezer: Inlezer, gebied: Gebied) -> None:
    inlezer("brp", [persoon()])
    maak_koppeling(gebied)
    assert inlezer.tel("inschrijvingen", [inschrijving()]) == (1, 0, 0, 0)
    assert Levering.objects.latest("pk").koppeling is None


def test_een_kolom_met_onze_naam_die_niet_is_gekozen_telt_niet(tmp_path: Any) -> None:
    tabel = lees(zet_neer(tmp_path, "nr;van;begin\n1;2001-01-01;2024-08-01\n"))
    nieuw = vertaald(tabel, SOORTEN["inschrijvingen"], {"pgn": "NR", "van": "Begin"}, {})
    assert nieuw.kolommen == ("pgn", "van (niet gekozen)", "van")
    herkend = SOORTEN["inschrijvingen"].herken(nieuw.kolommen)
    assert (herkend.plaats["van"], herkend.onbekend) == (2, ("van (niet gekozen)",))


def test_waarden_worden_vertaald_hoe_ze_ook_geschreven_zijn(inlezer: Inlezer, gebied: Gebied) -> None:
    inlezer("brp", [persoon()])
    maak_koppeling(gebied, waarden={"onderwijssoort": {"Gymnasium": "vwo"}})
    uitkomst = inlezer("inschrijvingen", anders("GYMNASIUM"))
    assert uitkomst.telling.als_velden()["nieuw"] == 1
    assert Inschrijving.objects.alles(reden="test").get().onderwijssoort == "vwo"


def test_een_onthouden_waarde_geldt_voortaan_voor_elk_bestand(inlezer: Inlezer, wie: Any) -> None:
    inlezer("brp", [persoon()])
    levering = inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium")]).levering
    assert levering is not None
    onthoud_waarde(levering, "onderwijssoort", "gymnasium", "vwo", **wie)
    onthoud_waarde(levering, "niveau", "MBO4-BOL", "4", **wie)
    assert Kolomkoppeling.objects.get().waarden == {
        "onderwijssoort": {"gymnasium": "vwo"},
        "niveau": {"MBO4-BOL": "4"},
    }
    assert inlezer.tel("inschrijvingen", [inschrijving(onderwijssoort="gymnasium")]) == (1, 0, 0, 0)


def test_onthouden_in_de_browser(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(1), persoon(2)])
    inlezer(
        "inschrijvingen", [inschrijving(1, onderwijssoort="gymnasium"), inschrijving(2, onderwijssoort="gymnasium")]
    )
    rij = Uitvalrij.objects.select_related("levering").first()
    assert rij is not None
    adres = reverse("leveringen:rijgroep", args=[rij.levering.sleutel, rij.sleutel])
    venster.post(adres, {"herstel": "1", "waarde": "vwo", "onthoud": "on"})
    inlezer.nu = timezone.now()
    assert inlezer.tel("inschrijvingen", [inschrijving(1, onderwijssoort="gymnasium")]) == (0, 0, 1, 0)
    pagina = venster.get(reverse("leveringen:koppelingen")).content.decode()
    assert "Vaste waarden" in pagina and "gymnasium" in pagina


def test_stoppen_geldt_meteen_en_een_keer(venster: Client, inlezer: Inlezer, gebied: Gebied, wie: Any) -> None:
    koppeling = maak_koppeling(gebied, van=VANDAAG)
    adres = reverse("leveringen:koppeling-stoppen", args=[koppeling.sleutel])
    stop_koppeling(koppeling, **wie)
    with pytest.raises(Geweigerd, match="deze kolommen ontbreken"):
        inlezer("inschrijvingen", anders())
    assert "al gestopt" in venster.post(adres, follow=True).content.decode()
    assert "Er zijn nog geen koppelingen" in venster.get(reverse("leveringen:koppelingen")).content.decode()


def test_koppelen_kan_niet_meer_als_het_ingelezen_is(inlezer: Inlezer, wie: Any) -> None:
    levering = inlezer("brp", [persoon()]).levering
    assert levering is not None
    with pytest.raises(Geweigerd, match="al ingelezen"):
        koppel(levering, soort="brp", naam="x", kolommen={}, **wie)


def test_het_voorstel_kent_namen_die_er_op_lijken() -> None:
    kop = ("Onderwijs soort", "BRIN", "vanaf", "Leer-weg", "zomaar")
    assert voorstel(SOORTEN["inschrijvingen"], kop) == {
        "onderwijssoort": "Onderwijs soort",
        "brin": "BRIN",
        "van": "vanaf",
        "leerweg": "Leer-weg",
    }


def test_voorbeelden_zijn_er_twee_verschillende_zonder_nummers(tmp_path: Any) -> None:
    bsn = persoon()["bsn"]
    tabel = lees(zet_neer(tmp_path, f"nr;naam;leeg\n{bsn};Bos;\n{bsn};Bos;\n{bsn};Vos;\n1;Mos;\n"))
    assert voorbeelden(tabel) == {"nr": [f"••••••{bsn[-3:]}", "1"], "naam": ["Bos", "Vos"], "leeg": []}


def test_het_voorstel_kent_de_namen_die_bronnen_vaak_gebruiken() -> None:
    kop = ("BSN leerling", "School", "Soort onderwijs", "Startdatum", "Klas")
    assert voorstel(SOORTEN["inschrijvingen"], kop) == {
        "pgn": "BSN leerling",
        "brin": "School",
        "onderwijssoort": "Soort onderwijs",
        "van": "Startdatum",
    }
