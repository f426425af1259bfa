"""The pages of the deliveries: look first, take in once, see what waits, tell DUO."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from routekaart.leveringen import forms
from routekaart.leveringen.models import Levering, Terugmelding, Uitvalrij, Vermissing
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Inschrijving
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.leveringen.hulp import Inlezer, inschrijving, persoon, tekst

Als = Callable[[Any], Client]


@pytest.fixture
def venster(als: Als, administratie: Any, settings: Any, tmp_path: Any) -> Client:
    """A browser of the administration, with files in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return als(administratie)


def upload(venster: Client, rijen: list[dict[str, Any]] | bytes, **velden: Any) -> Any:
    inhoud = rijen if isinstance(rijen, bytes) else tekst(rijen).encode()
    bestand = SimpleUploadedFile(velden.pop("naam", "levering.csv"), inhoud)
    data = {"bestand": bestand, "soort": "", "aard": "mutaties", "gebied": ["9101", "9102"]} | velden
    return venster.post(reverse("leveringen:inlezen"), data)


def aantal_jongeren() -> int:
    return Jongere.objects.alles(reden="test").count()


def test_een_bestand_wordt_eerst_bekeken_en_dan_ingelezen(venster: Client, administratie: Any) -> None:
    antwoord = upload(venster, [persoon(1), persoon(2), persoon(3, gemeentecode="9999")])
    proef = Levering.objects.get()
    assert antwoord["Location"] == reverse("leveringen:levering", args=[proef.sleutel])
    assert (proef.stand, proef.nummer, proef.soort, proef.door) == ("proef", None, "brp", administratie)
    assert (proef.regels, proef.nieuw, proef.uitval) == (3, 2, 1)
    assert aantal_jongeren() == 0

    pagina = venster.get(antwoord["Location"]).content.decode()
    assert "Er is nog niets ingelezen" in pagina and "Lees 2 rijen in" in pagina and "9999" in pagina

    antwoord = venster.post(reverse("leveringen:levering-inlezen", args=[proef.sleutel]), follow=True)
    assert "2 rijen zijn ingelezen." in antwoord.content.decode()
    proef.refresh_from_db()
    assert (proef.stand, proef.nieuw, proef.uitval) == ("ingelezen", 2, 1)
    assert re.fullmatch(r"L-\d{4}-0001", proef.nummer or "")
    assert aantal_jongeren() == 2
    assert Uitvalrij.objects.get().levering == proef
    assert "Er is nog niets ingelezen" not in antwoord.content.decode()


def test_een_proef_wordt_maar_een_keer_ingelezen(venster: Client) -> None:
    upload(venster, [persoon()])
    adres = reverse("leveringen:levering-inlezen", args=[Levering.objects.get().sleutel])
    venster.post(adres)
    antwoord = venster.post(adres, follow=True)
    assert "al ingelezen of weggegooid" in antwoord.content.decode()
    assert Levering.objects.count() == 1
    assert aantal_jongeren() == 1


def test_een_proef_waarvan_het_bestand_weg_is_zegt_dat(venster: Client, tmp_path: Any) -> None:
    upload(venster, [persoon()])
    proef = Levering.objects.get()
    proef.bestand.delete(save=False)
    antwoord = venster.post(reverse("leveringen:levering-inlezen", args=[proef.sleutel]), follow=True)
    assert "is er niet meer" in antwoord.content.decode()
    assert aantal_jongeren() == 0


def test_wat_er_intussen_veranderde_telt_bij_het_inlezen(venster: Client, inlezer: Inlezer) -> None:
    upload(venster, [persoon(1), persoon(2)])
    proef = Levering.objects.get()
    inlezer("brp", [persoon(1)])
    venster.post(reverse("leveringen:levering-inlezen", args=[proef.sleutel]))
    proef.refresh_from_db()
    assert (proef.nieuw, proef.ongewijzigd) == (1, 1)


def test_een_proef_kan_weg_met_bestand_en_al(
    venster: Client, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    upload(venster, [persoon(gemeentecode="9999")])
    proef = Levering.objects.get()
    assert Uitvalrij.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = venster.post(reverse("leveringen:levering-verwerpen", args=[proef.sleutel]), follow=True)
    assert "levering.csv is weggegooid" in antwoord.content.decode()
    assert not Levering.objects.exists() and not Uitvalrij.objects.exists()
    assert not [pad for pad in (tmp_path / "bestanden").rglob("*") if pad.is_file()]


def test_wat_ingelezen_is_kan_niet_meer_weg(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon()])
    antwoord = venster.post(
        reverse("leveringen:levering-verwerpen", args=[Levering.objects.get().sleutel]), follow=True
    )
    assert "al ingelezen of weggegooid" in antwoord.content.decode()
    assert Levering.objects.exists()


@pytest.mark.parametrize(
    ("inhoud", "velden", "zin"),
    [
        (b"%PDF-1.7", {}, "Dit is een pdf"),
        (b"pgn;soort;behaald_op\n", {}, "alleen een kopregel"),
        (tekst([inschrijving()]).encode(), {"soort": "diplomas"}, "lijkt op een levering &#x27;inschrijvingen&#x27;"),
        (b"pgn;soort;behaald_op\n1;2;3\n", {"aard": "volledig"}, "brp, brp-relaties, inschrijvingen en vrijstellingen"),
        (b"x", {"peildatum": "31-02-2026"}, "Deze datum bestaat niet"),
        (b"x", {"aard": "volledig", "gebied": []}, "Vink aan van welke gemeenten alles in het bestand staat"),
        (b"x", {"aard": "volledig", "gebied": ["0518"]}, "Kies bij ‘Van welke gemeenten staat alles erin?’"),
        (b"x", {"aard": "volledig", "peildatum": "31-12-2126"}, "31 december 2126 ligt in de toekomst"),
        (b"", {}, "leeg"),
    ],
)
def test_wat_niet_kan_komt_terug_in_het_formulier(venster: Client, inhoud: bytes, velden: Any, zin: str) -> None:
    antwoord = upload(venster, inhoud, **velden)
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()
    assert not Levering.objects.exists()


def test_een_te_groot_bestand_zegt_hoe_het_wel_kan(venster: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_BESTAND", 10)
    pagina = upload(venster, b"x" * 3_000_000).content.decode()
    assert "Dit bestand is 3 MB" in pagina and "routekaart inlezen" in pagina


def test_een_levering_toont_de_vier_aantallen_en_wat_er_niet_kon(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [
        inschrijving(extra="x"), inschrijving(van="2024-08-01", niveau="MBO4-BOL"), inschrijving(9), inschrijving(8),
    ])  # fmt: skip
    levering = Levering.objects.get(soort="inschrijvingen")
    pagina = venster.get(reverse("leveringen:levering", args=[levering.sleutel])).content.decode()
    assert "MBO4-BOL" in pagina and "75,00%" in pagina
    assert "2 rijen hebben dezelfde reden" in pagina and "vanzelf" in pagina
    assert "extra" in pagina and "Wij slaan haar niet op" in pagina
    assert inschrijving(9)["pgn"] not in pagina and f"••••••{inschrijving(9)['pgn'][-3:]}" in pagina
    alleen_niveau = venster.get(reverse("leveringen:levering", args=[levering.sleutel]), {"kolom": "niveau"})
    assert "persoon onbekend" not in alleen_niveau.content.decode()


def test_een_lange_lijst_uitval_gaat_in_paginas(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(nummer, gemeentecode="9999") for nummer in range(120)])
    adres = reverse("leveringen:levering", args=[Levering.objects.get().sleutel])
    gezien: list[int] = []
    vraag = ""
    for _ in range(5):
        pagina = venster.get(adres + vraag).content.decode()
        gezien += [int(nummer) for nummer in re.findall(r">rij </span>(\d+)</a>", pagina)]
        volgende = re.search(r'href="(\?[^"]*)" rel="next"', pagina)
        if volgende is None:
            break
        vraag = volgende[1].replace("&amp;", "&")
    assert gezien == list(range(2, 122))
    assert venster.get(adres, {"na": "x"}).status_code == 200


def test_opgeloste_uitval_staat_er_niet_meer_tussen(venster: Client, inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving()])
    levering = Levering.objects.get()
    inlezer("brp", [persoon()])
    pagina = venster.get(reverse("leveringen:levering", args=[levering.sleutel])).content.decode()
    assert "1 rij die wachtte is later alsnog ingelezen" in pagina and "persoon onbekend" not in pagina


def test_een_bestand_dat_opnieuw_is_ingelezen_wijst_naar_de_nieuwste(venster: Client, inlezer: Inlezer) -> None:
    for _ in range(2):
        inlezer("inschrijvingen", [inschrijving()])
    eerste, tweede = Levering.objects.order_by("pk")
    pagina = venster.get(reverse("leveringen:levering", args=[eerste.sleutel])).content.decode()
    assert "later nog eens ingelezen" in pagina and str(tweede.nummer) in pagina
    assert "persoon onbekend" not in pagina


def test_de_uitval_is_op_te_halen_te_verbeteren_en_weer_in_te_lezen(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium", uitschrijfreden="=1+1"), inschrijving(9)])
    levering = Levering.objects.get(soort="inschrijvingen")
    antwoord = venster.get(reverse("leveringen:uitval", args=[levering.sleutel]))
    assert antwoord["Content-Disposition"].startswith('attachment; filename="uitval-L-2026-')
    inhoud = antwoord.content.decode("utf-8-sig")
    rijen = list(csv.DictReader(io.StringIO(inhoud), delimiter=";"))
    assert [(rij["rij"], rij["fout_in"], rij["pgn"]) for rij in rijen] == [
        ("2", "onderwijssoort", inschrijving()["pgn"]),
        ("3", "pgn", inschrijving(9)["pgn"]),
    ]
    assert rijen[0]["uitschrijfreden"] == "'=1+1"
    uitkomst = inlezer("inschrijvingen", antwoord.content.replace(b"gymnasium", b"vwo"))
    assert uitkomst.telling.als_velden()["nieuw"] == 1
    assert uitkomst.onbekende_kolommen == ("rij", "fout_in", "waarom")
    gevonden: Any = Inschrijving.objects.alles(reden="test").get()
    assert gevonden.uitschrijfreden == "=1+1"
    regels = Logregel.objects.filter(code="levering.uitval-opgehaald")
    jongere = inlezer.jongere(persoon()["bsn"])
    assert sorted(regels.values_list("jongere_id", flat=True), key=str) == [jongere.pk, None]


def test_een_volledige_levering_toont_wie_er_ontbreekt_binnen_bereik(
    venster: Client, inlezer: Inlezer, als: Als
) -> None:
    inlezer("brp", [persoon(1), persoon(2, voornamen="Esra"), persoon(3, voornamen="Sem", gemeentecode="0518")])
    antwoord = upload(venster, [persoon(1)], aard="volledig", peildatum="1-11-2026")
    pagina = venster.get(antwoord["Location"]).content.decode()
    assert "Na het inlezen zie je hier om wie het gaat" in pagina and "Esra" not in pagina
    proef = Levering.objects.get(stand="proef")
    venster.post(reverse("leveringen:levering-inlezen", args=[proef.sleutel]))
    pagina = venster.get(antwoord["Location"]).content.decode()
    assert "Esra de Bakker</a>: woont volgens ons in Gemeente 1-1" in pagina
    assert "Er is niets beëindigd" in pagina
    assert Vermissing.objects.alles(reden="test").count() == 1
    ander = fabrieken.maak_gebruiker(inlezer.gebied, "lp", "administratie", team=inlezer.gebied.leerplicht)
    pagina = als(ander).get(antwoord["Location"]).content.decode()
    assert "Esra" not in pagina and "een ander team" in pagina


def test_een_volledige_levering_kan_van_een_deel_van_de_gemeenten_zijn(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(1), persoon(2), persoon(3, gemeentecode="9102")])
    adres = upload(venster, [persoon(1)], aard="volledig", peildatum="1-11-2026", gebied=["9101"])["Location"]
    deel = Levering.objects.get(stand="proef")
    assert (deel.vermist, deel.gebied, deel.peildatum) == (1, ["9101"], dt.date(2026, 11, 1))
    venster.post(reverse("leveringen:levering-inlezen", args=[deel.sleutel]))
    deel.refresh_from_db()
    assert (deel.stand, deel.vermist, deel.gebied) == ("ingelezen", 1, ["9101"])
    zin = "alles uit Gemeente 1-1 op 1 november 2026"
    assert zin in venster.get(adres).content.decode()
    assert zin in venster.get(reverse("leveringen:lijst")).content.decode()
    # all of them ticked is the whole region, on the day of today where no day was given
    adres = upload(venster, [persoon(2)], aard="volledig")["Location"]
    heel = Levering.objects.get(stand="proef")
    assert (heel.vermist, heel.gebied) == (2, [])
    assert "alles uit de hele regio op" in venster.get(adres).content.decode()
    assert heel.peildatum is not None


def test_de_lijst_toont_leveringen_proeven_en_wat_wacht(venster: Client, inlezer: Inlezer) -> None:
    adres = reverse("leveringen:lijst")
    assert "Er is nog niets ingelezen." in venster.get(adres).content.decode()
    inlezer("brp", [persoon(), persoon(2, gemeentecode="9999")])
    inlezer("inschrijvingen", [inschrijving()])
    assert "1 rij wacht op jou" in venster.get(adres).content.decode()
    upload(venster, [persoon(3)], naam="nieuwe.csv")
    pagina = venster.get(adres).content.decode()
    assert "Eén bestand is nog niet ingelezen" in pagina and "nieuwe.csv" in pagina
    assert "L-2026-0001" in pagina and "L-2026-0002" in pagina
    alleen_brp = venster.get(adres, {"soort": "brp"}).content.decode()
    assert "L-2026-0001" in alleen_brp and "L-2026-0002" not in alleen_brp
    assert venster.get(adres, {"soort": "onzin", "na": "onzin"}).status_code == 200


def test_een_lange_lijst_leveringen_gaat_in_paginas(
    venster: Client, inlezer: Inlezer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routekaart.leveringen.views.PER_PAGINA", 2)
    for _ in range(5):
        inlezer("brp", [persoon()])
    gezien: list[str] = []
    vraag = ""
    for _ in range(3):
        pagina = venster.get(reverse("leveringen:lijst") + vraag).content.decode()
        gezien += re.findall(r">(L-2026-\d{4})</a>", pagina)
        volgende = re.search(r'href="(\?[^"]*)" rel="next"', pagina)
        vraag = volgende[1] if volgende else ""
    assert gezien == [f"L-2026-000{nummer}" for nummer in (5, 4, 3, 2, 1)]
    assert not vraag


def test_het_aantal_vragen_van_de_paginas_is_vast(
    venster: Client, inlezer: Inlezer, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        inlezer("inschrijvingen", [inschrijving(nummer) for nummer in range(30)])
    levering = Levering.objects.first()
    assert levering is not None
    with django_assert_max_num_queries(20):
        venster.get(reverse("leveringen:lijst"))
    with django_assert_max_num_queries(20):
        venster.get(reverse("leveringen:levering", args=[levering.sleutel]))


def test_een_levering_van_een_andere_regio_bestaat_niet(venster: Client, inlezer: Inlezer) -> None:
    inlezer.gebied = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    inlezer("brp", [persoon(gemeentecode="9999")])
    vreemd = Levering.objects.get()
    for naam in ("levering", "uitval"):
        assert venster.get(reverse(f"leveringen:{naam}", args=[vreemd.sleutel])).status_code == 404
    for naam in ("levering-inlezen", "levering-verwerpen"):
        assert venster.post(reverse(f"leveringen:{naam}", args=[vreemd.sleutel])).status_code == 404
    assert "L-2026" not in venster.get(reverse("leveringen:lijst")).content.decode()
    assert venster.get(reverse("leveringen:terugmelding", args=[uuid.uuid4()])).status_code == 404


def test_terugmelden_maakt_een_bestand_dat_je_vaker_kunt_ophalen(venster: Client, inlezer: Inlezer) -> None:
    adres = reverse("leveringen:terugmelden")
    assert "Alles is teruggemeld" in venster.get(adres).content.decode()
    assert "hoeft nu niets terug" in venster.post(adres, follow=True).content.decode()
    jongere = fabrieken.maak_jongere(inlezer.gebied)
    fabrieken.maak_melding(inlezer.gebied, jongere=jongere, duo_nummer="700001", duo_status=Melding.DuoStatus.KENNIS)
    assert "1 melding wacht" in venster.get(adres).content.decode()
    assert "Terugmelden aan DUO" in venster.get(reverse("leveringen:lijst")).content.decode()
    pagina = venster.post(adres, follow=True).content.decode()
    gestuurd = Terugmelding.objects.alles(reden="test").get()
    assert f"Bestand {gestuurd.partij} staat klaar" in pagina and "Alles is teruggemeld" in pagina
    for _ in range(2):
        antwoord = venster.get(reverse("leveringen:terugmelding", args=[gestuurd.sleutel]))
        assert "700001;" in antwoord.content.decode("utf-8-sig")
    regels = Logregel.objects.filter(code="terugmelding.opgehaald", jongere_id=jongere.pk)
    assert regels.count() == 2


@pytest.mark.parametrize("naam", ["lijst", "inlezen", "terugmelden"])
def test_een_coach_heeft_hier_niets_te_zoeken(als: Als, coach: Any, naam: str) -> None:
    assert als(coach).get(reverse(f"leveringen:{naam}")).status_code == 404


def test_wie_de_uitval_bekijkt_staat_in_het_logboek(venster: Client, inlezer: Inlezer, administratie: Any) -> None:
    inlezer("brp", [persoon(gemeentecode="9999")])
    levering = Levering.objects.get()
    venster.get(reverse("leveringen:levering", args=[levering.sleutel]))
    regel = Logregel.objects.get(code="levering.bekeken")
    assert (regel.gebruiker_id, regel.onderwerp) == (administratie.pk, f"leveringen.levering:{levering.sleutel}")
