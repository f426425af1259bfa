"""What goes to another register: only what may, with a trace of everybody, and readable by our own reader (REG-17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd
from routekaart.delen.models import Verstrekking
from routekaart.leveringen.acties_uitwisselen import maak_bestand, spreek_af, stop_uitwisseling
from routekaart.leveringen.models import Uitgave, Uitwisseling
from routekaart.leveringen.uitwisselen import Keuze, gemeenten_binnen, kolommen_van, tel
from routekaart.logboek.models import Logregel
from routekaart.personen.acties import geef_persoonsnummer
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.toegang.bereik import toegang_van
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.leveringen.hulp import Inlezer, diploma, inschrijving, persoon
from tests.leveringen.test_koppelen import maak_koppeling

Als = Callable[[Any], Client]
ADRES = ("straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats")


@pytest.fixture
def wie(administratie: Any) -> dict[str, Any]:
    return {"toegang": toegang_van(administratie, op=VANDAAG), "nu": NU}


@pytest.fixture
def gevuld(inlezer: Inlezer) -> Inlezer:
    """Three persons at school; the name of one begins as a formula."""
    inlezer("brp", [persoon(1), persoon(2, achternaam="=SOM(A1)", voorvoegsel=""), persoon(3, voornamen="Şule")])
    inlezer("inschrijvingen", [*map(inschrijving, (1, 2, 3)), inschrijving(1, van="2022-08-01", tot="2023-07-31")])
    inlezer("diplomas", [diploma(1), diploma(2, brin="99VA00")])
    return inlezer


def afspraak(gebied: Gebied, soort: str, wie: Any, *, namen: Sequence[str] = (), **velden: Any) -> Uitwisseling:
    """Our own names, of every column unless `namen` says which."""
    waarden: dict[str, Any] = {
        "kolommen": [(een.naam, een.naam) for een in kolommen_van(soort) if not namen or een.naam in namen],
        "koppeling": None, "naam": f"Naar de buren, {soort}", "ontvangersoort": "regio", "ontvanger": "Regio Elders",
        "brin": "", "grondslag": "wettelijke-taak", "doel": "Overdracht na verhuizing", "waarom": "Om te begeleiden",
        "vorm": "csv", "scheiding": ";", "codering": "utf-8-sig",
    }  # fmt: skip
    return spreek_af(soort, regio_id=gebied.regio.pk, **wie, **(waarden | velden))


def overal(wie: Any, **periode: Any) -> Keuze:
    gemeenten = tuple(gemeente.pk for gemeente in gemeenten_binnen(wie["toegang"]))
    return Keuze(gemeenten, **({"alleen_lopend": False} | periode))


def bestand(gebied: Gebied, soort: str, wie: Any, keuze: Keuze | None = None, **velden: Any) -> bytes:
    with maak_bestand(afspraak(gebied, soort, wie, **velden), keuze or overal(wie), **wie).bestand as uit:
        return uit.read()


@pytest.mark.parametrize(("soort", "rijen"), [("brp", 3), ("inschrijvingen", 4), ("diplomas", 2)])
@pytest.mark.parametrize("vorm", [{}, {"vorm": "xlsx"}, {"scheiding": ","}])
def test_wat_we_uitgeven_lezen_we_terug_als_ongewijzigd(
    gevuld: Inlezer, gebied: Gebied, wie: Any, soort: str, rijen: int, vorm: dict[str, Any]
) -> None:
    inhoud = bestand(gebied, soort, wie, **vorm)
    naam = f"uit.{vorm.get('vorm', 'csv')}"
    assert gevuld.tel("", inhoud, naam=naam) == (0, 0, rijen, 0)
    assert b"\n=SOM" not in inhoud and b";=SOM" not in inhoud


def test_met_andere_namen_en_waarden_leest_de_ontvanger_het_met_dezelfde_koppeling(
    inlezer: Inlezer, gebied: Gebied, wie: Any
) -> None:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="havo", niveau="")])
    kolommen = [("van", "Startdatum"), ("onderwijssoort", "Onderwijs"), ("pgn", "BSN leerling"), ("brin", "School")]
    koppeling = maak_koppeling(
        gebied, waarden={"onderwijssoort": {"Hoger algemeen": "havo", "gym": "vwo", "atheneum": "vwo"}}
    )
    inhoud = bestand(gebied, "inschrijvingen", wie, kolommen=kolommen, koppeling=koppeling).decode("utf-8-sig")
    kop, rij, *_ = inhoud.splitlines()
    assert kop == "Startdatum;Onderwijs;BSN leerling;School" and ";Hoger algemeen;" in rij
    assert Uitwisseling.objects.get().waarden == {"onderwijssoort": {"havo": "Hoger algemeen"}}, "vwo kent er twee"
    assert inlezer.tel("inschrijvingen", inhoud) == (0, 0, 1, 0)


def test_windows_1252_weigert_een_letter_die_het_niet_kent(gevuld: Inlezer, gebied: Gebied, wie: Any) -> None:
    with pytest.raises(Geweigerd, match="Er is niets gedeeld"):
        bestand(gebied, "brp", wie, codering="cp1252")
    assert not Verstrekking.objects.alles(reden="test").exists() and not Uitgave.objects.exists()
    assert gevuld.tel("", bestand(gebied, "diplomas", wie, codering="cp1252", scheiding="\t")) == (0, 0, 2, 0)


def test_van_iedereen_in_het_bestand_blijft_een_spoor_zonder_nummer(
    gevuld: Inlezer, gebied: Gebied, wie: Any, coach: Any
) -> None:
    bestand(gebied, "inschrijvingen", wie)
    uitgave = Uitgave.objects.get()
    assert (uitgave.nummer, uitgave.rijen, uitgave.personen) == ("U-2026-0001", 4, 3)
    assert uitgave.gemeenten == ["9101"]
    gedeeld = Verstrekking.objects.alles(reden="test").get(jongere=gevuld.jongere(persoon(1)["bsn"]))
    assert (gedeeld.ontvanger, gedeeld.doel, gedeeld.kanaal) == (
        "Regio Elders",
        "Overdracht na verhuizing",
        "uitwisseling",
    )
    assert "van: 2022-08-01" in gedeeld.inhoud["tekst"] and persoon(1)["bsn"] not in gedeeld.inhoud["tekst"]
    regels = Logregel.objects.filter(code="uitwisseling.gedeeld", onderwerp=f"leveringen.uitgave:{uitgave.sleutel}")
    assert set(regels.values_list("jongere_id", flat=True)) == set(
        Jongere.objects.alles(reden="test").values_list("pk", flat=True)
    )


def test_wie_geheim_is_overleed_of_geen_nummer_heeft_gaat_niet_mee(inlezer: Inlezer, gebied: Gebied, wie: Any) -> None:
    inlezer("brp", [persoon(1), persoon(2, geheimhouding="7"), persoon(3, overleden_op="2026-01-02"), persoon(4)])
    inlezer("inschrijvingen", [*map(inschrijving, (1, 2, 3, 4))])
    vierde = inlezer.jongere(persoon(4)["bsn"])
    geef_persoonsnummer(vierde, "101222331")
    Persoonsnummer.objects.alles(reden="test").filter(jongere=vierde, soort="bsn").delete()
    regio = afspraak(gebied, "inschrijvingen", wie)
    telling = tel(regio, overal(wie), toegang=wie["toegang"])
    assert (telling.rijen, telling.personen, telling.geheim, telling.zonder_nummer) == (2, 2, 1, 0)
    werk: dict[str, Any] = {
        "ontvangersoort": "werk-en-inkomen",
        "naam": "W&I",
        "namen": ("pgn", "brin", "onderwijssoort", "van"),
    }
    inkomen = afspraak(gebied, "inschrijvingen", wie, **werk)
    telling = tel(inkomen, overal(wie), toegang=wie["toegang"])
    assert (telling.rijen, telling.zonder_nummer) == (1, 1), "werk en inkomen krijgt geen onderwijsnummer"
    assert "101222331" not in bestand(gebied, "inschrijvingen", wie, **werk | {"naam": "nog een"}).decode()


def test_een_school_krijgt_alleen_haar_eigen_leerlingen(inlezer: Inlezer, gebied: Gebied, wie: Any) -> None:
    inlezer("brp", [persoon(1), persoon(2)])
    inlezer("inschrijvingen", [inschrijving(1, brin="99VA01"), inschrijving(2, brin="88AA00")])
    school: dict[str, Any] = {
        "ontvangersoort": "school",
        "ontvanger": "ROC",
        "brin": "99VA",
        "namen": ("pgn", "brin", "onderwijssoort", "van"),
    }
    tekst = bestand(gebied, "inschrijvingen", wie, **school).decode()
    assert "99VA01" in tekst and "88AA00" not in tekst


def test_wie_we_niet_begeleiden_gaat_alleen_mee_als_daarom_is_gevraagd(
    gevuld: Inlezer, gebied: Gebied, wie: Any
) -> None:
    fabrieken.maak_werkproces(gevuld.jongere(persoon(3)["bsn"]))
    eigen = afspraak(gebied, "inschrijvingen", wie)
    assert tel(eigen, overal(wie, alleen_lopend=True), toegang=wie["toegang"]).personen == 1
    assert tel(eigen, overal(wie), toegang=wie["toegang"]).personen == 3


def test_een_periode_neemt_wat_erin_liep(gevuld: Inlezer, gebied: Gebied, wie: Any) -> None:
    eerder = overal(wie, van=dt.date(2022, 9, 1), tot=dt.date(2023, 1, 31))
    assert bestand(gebied, "inschrijvingen", wie, eerder).count(b"\n") == 2


@pytest.mark.parametrize(
    ("soort", "velden", "reden"),
    [
        ("brp", {"ontvangersoort": "werk-en-inkomen"}, "straat"),
        ("brp", {"ontvangersoort": "school", "brin": "99VA"}, "delen we daar niet mee"),
        ("diplomas", {"ontvangersoort": "school"}, "BRIN"),
        ("diplomas", {"doel": " "}, "waarvoor"),
        ("diplomas", {"grondslag": "zomaar"}, "grond"),
        ("diplomas", {"waarom": ""}, "waarom"),
        ("diplomas", {"kolommen": [("pgn", "pgn"), ("soort", "soort")]}, "behaald_op"),
        ("diplomas", {"kolommen": [("pgn", "Wie"), ("soort", "wie"), ("behaald_op", "op")]}, "twee keer"),
        ("diplomas", {"kolommen": [("pgn", "=nr"), ("soort", "soort"), ("behaald_op", "op")]}, "letter"),
    ],
)
def test_wat_niet_gedeeld_mag_worden_wordt_geen_afspraak(
    gebied: Gebied, wie: Any, soort: str, velden: dict[str, Any], reden: str
) -> None:
    with pytest.raises(Geweigerd, match=reden):
        afspraak(gebied, soort, wie, **velden)


def test_buiten_je_gemeenten_zonder_rijen_of_na_stoppen_gaat_er_niets(
    gevuld: Inlezer, gebied: Gebied, wie: Any
) -> None:
    elders = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    fabrieken.maak_jongere(elders)
    eigen = afspraak(gebied, "brp", wie)
    for keuze, reden in (
        (Keuze((elders.gemeente.pk,)), "hoort niet bij je werk"),
        (Keuze(()), "Kies van welke"),
        (overal(wie, van=dt.date(2026, 2, 1), tot=dt.date(2026, 1, 1)), "voor de eerste"),
    ):
        with pytest.raises(Geweigerd, match=reden):
            maak_bestand(eigen, keuze, **wie)
    leeg = afspraak(gebied, "diplomas", wie)
    with pytest.raises(Geweigerd, match="Er gaat niemand mee"):
        maak_bestand(leeg, overal(wie, van=dt.date(2030, 1, 1)), **wie)
    stop_uitwisseling(eigen, **wie)
    eigen.tot = None  # somebody else stopped it meanwhile
    with pytest.raises(Geweigerd, match="gestopt"):
        maak_bestand(eigen, overal(wie), **wie)
    assert not Verstrekking.objects.alles(reden="test").exists()


def test_het_aantal_vragen_groeit_niet_met_de_rijen(inlezer: Inlezer, gebied: Gebied, wie: Any) -> None:
    def vragen(naam: str, aantal: int) -> int:
        inlezer("brp", [persoon(nummer) for nummer in range(aantal)])
        eigen = afspraak(gebied, "brp", wie, naam=naam)
        with CaptureQueriesContext(connection) as teller:
            maak_bestand(eigen, overal(wie), **wie).bestand.close()
        return len(teller)

    vragen("eerste keer", 1)  # the first number of a year takes some more
    assert vragen("klein", 2) == vragen("groot", 60)


# the pages


def velden(**anders: Any) -> dict[str, Any]:
    return {
        "naam": "Diploma's voor de buren", "ontvangersoort": "regio", "ontvanger": "Regio Elders", "brin": "",
        "grondslag": "wettelijke-taak", "doel": "Overdracht na verhuizing", "waarom": "Om te begeleiden",
        "minder": "nee",
        "vorm": "csv", "scheiding": ";", "codering": "utf-8-sig", "volgorde": "behaald_op, pgn", "kolom-pgn": "BSN",
        "kolom-soort": "soort", "kolom-behaald_op": "op", "kolom-niveau": "", "kolom-brin": "",
    } | anders  # fmt: skip


def test_van_afspraak_via_vooraf_kijken_naar_bestand(gevuld: Inlezer, als: Als, administratie: Any) -> None:
    venster, nieuw = als(administratie), reverse("leveringen:uitwisseling-nieuw") + "?soort=diplomas"
    form = venster.get(nieuw).context["form"]
    vooraf = {veld.name for veld in form.kolomvelden if veld.value()}
    assert vooraf == {"kolom-pgn", "kolom-soort", "kolom-behaald_op"}, "wat niet nodig is, staat niet al klaar"
    assert "Kan het met minder" in venster.post(nieuw, velden(minder="ja")).content.decode()
    adres = venster.post(nieuw, velden())["Location"]
    assert Uitwisseling.objects.get().kolommen == [["behaald_op", "op"], ["pgn", "BSN"], ["soort", "soort"]]

    pagina = venster.get(adres, {"gemeenten": "9101", "wie": "alle"}).content.decode()
    assert "2 rijen over 2 jongeren" in pagina and persoon(1)["bsn"] not in pagina
    assert f"••••••{persoon(1)['bsn'][-3:]}" in pagina
    assert not Uitgave.objects.exists(), "kijken deelt niets"

    antwoord = venster.post(f"{adres}bestand/", {"gemeenten": "9101", "wie": "alle"})
    assert 'filename="U-2026-0001-diplomas.csv"' in antwoord["Content-Disposition"]
    assert antwoord["Cache-Control"] == "no-store"
    tekst = b"".join(antwoord.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert tekst.splitlines()[0] == "op;BSN;soort" and persoon(1)["bsn"] in tekst
    assert "U-2026-0001" in venster.get(reverse("leveringen:uitwisselen")).content.decode()

    venster.post(f"{adres}stoppen/")
    assert venster.post(f"{adres}bestand/", {"gemeenten": "9101", "wie": "alle"}).status_code == 302
    assert Uitgave.objects.count() == 1


def test_zonder_gemeente_gaat_er_niets_en_blijft_staan_wat_gekozen_was(
    gevuld: Inlezer, gebied: Gebied, als: Als, administratie: Any, wie: Any
) -> None:
    eigen = afspraak(gebied, "brp", wie)
    adres = reverse("leveringen:uitwisseling-maken", args=[eigen.sleutel])
    antwoord = als(administratie).post(adres, {"gemeenten": "0957", "wie": "alle"})
    assert antwoord["Location"] == f"{reverse('leveringen:uitwisseling', args=[eigen.sleutel])}?gemeenten=0957&wie=alle"
    assert not Uitgave.objects.exists()
