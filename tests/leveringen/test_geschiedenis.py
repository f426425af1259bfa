"""What became of a delivery: found again by kind and period, its file, what it changed, whom it did not hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.leveringen.acties import Aanpak
from routekaart.leveringen.acties_vermissing import Besluit, besluit, besluit_samen, feit_van
from routekaart.leveringen.models import Feitwijziging, Levering, Vermissing
from routekaart.leveringen.wijzigingen import wijzigingen_van
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.models import BrpWijziging, Jongere, Verzorger
from routekaart.toegang.bereik import toegang_van
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG
from tests.leveringen.hulp import Inlezer, inschrijving, melding, persoon, relatie, tekst

Als = Callable[[Any], Client]
VOLLEDIG = Aanpak(aard="volledig", peildatum=dt.date(2026, 11, 1))


@pytest.fixture
def venster(als: Als, administratie: Any, settings: Any, tmp_path: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return als(administratie)


@pytest.fixture
def wie(administratie: Any) -> dict[str, Any]:
    return {"toegang": toegang_van(administratie, op=VANDAAG), "nu": NU}


def adres(naam: str, levering: Levering | None, *verder: Any) -> str:
    assert levering is not None
    return reverse(f"leveringen:{naam}", args=[levering.sleutel, *verder])


# -- the list and the file


def test_de_lijst_is_te_beperken_tot_een_soort_en_een_periode(venster: Client, inlezer: Inlezer) -> None:
    inlezer.nu = timezone.now() - dt.timedelta(days=20)
    oud = inlezer("brp", [persoon()]).levering
    inlezer.nu = timezone.now()
    nieuw = inlezer("brp", [persoon(2)]).levering
    inlezer("inschrijvingen", [inschrijving()])
    assert oud is not None and nieuw is not None

    def nummers(**vraag: str) -> str:
        return str(venster.get(reverse("leveringen:lijst"), vraag).content.decode())

    week = nummers(soort="brp", periode="week")
    assert str(nieuw.nummer) in week and str(oud.nummer) not in week
    assert "?soort=brp&amp;periode=maand" in week
    assert str(oud.nummer) in nummers(periode="maand") and str(oud.nummer) in nummers(periode="onzin")
    leeg = nummers(soort="diplomas", periode="week")
    assert "Hier is niets ingelezen" in leeg and "Bekijk alle leveringen" in leeg


def test_bladeren_houdt_soort_en_periode_vast(
    venster: Client, inlezer: Inlezer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routekaart.leveringen.views.PER_PAGINA", 1)
    inlezer.nu = timezone.now()
    for _ in range(2):
        inlezer("brp", [persoon()])
    pagina = venster.get(reverse("leveringen:lijst"), {"soort": "brp", "periode": "week"}).content.decode()
    assert 'href="?soort=brp&amp;periode=week&amp;na=L-' in pagina


def test_het_bestand_is_op_te_halen_zoals_het_kwam_en_dat_staat_in_het_logboek(
    venster: Client, inlezer: Inlezer
) -> None:
    levering = inlezer("brp", [persoon()], naam="personen.csv").levering
    assert levering is not None
    pagina = venster.get(adres("levering", levering)).content.decode()
    assert levering.sha256 in pagina and "Haal personen.csv op" in pagina
    antwoord: Any = venster.get(adres("bestand", levering))
    assert b"".join(antwoord.streaming_content) == tekst([persoon()]).encode()
    assert antwoord["Content-Disposition"] == 'attachment; filename="personen.csv"'
    assert antwoord["Content-Type"] == "application/octet-stream"
    regel = Logregel.objects.get(code="levering.bestand-opgehaald")
    assert levering.sha256 in str(regel.inhoud)


def test_een_bestand_dat_weg_is_bestaat_niet(venster: Client, inlezer: Inlezer) -> None:
    levering = inlezer("brp", [persoon()]).levering
    assert levering is not None
    levering.bestand.delete(save=False)
    assert venster.get(adres("bestand", levering)).status_code == 404
    assert "Het bestand is er niet meer" in venster.get(adres("levering", levering)).content.decode()


# -- what changed


def test_nieuwe_personen_en_gewijzigde_gegevens_leiden_naar_de_jongere(venster: Client, inlezer: Inlezer) -> None:
    eerste = inlezer("brp", [persoon(1), persoon(2, voornamen="Sem")]).levering
    inlezer.nu += dt.timedelta(hours=1)
    tweede = inlezer("brp", [persoon(1, straat="Kerkweg")]).levering
    pagina = venster.get(adres("wijzigingen", eerste)).content.decode()
    assert "Sem de Bakker" in pagina and "Noor de Bakker" not in pagina  # she has changed since
    pagina = venster.get(adres("wijzigingen", tweede)).content.decode()
    assert "Dorpsstraat" in pagina and "Kerkweg" in pagina and "Nieuwe personen" not in pagina
    jongere = inlezer.jongere(persoon(1)["bsn"])
    assert reverse("dossiers:overzicht", args=[jongere.sleutel]) in pagina
    assert Logregel.objects.filter(code="levering.wijzigingen-bekeken").count() == 2


def test_nieuwe_gewijzigde_en_verwijderde_feiten_staan_apart(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(1), persoon(2)])
    eerste = inlezer("inschrijvingen", [inschrijving(1), inschrijving(2)]).levering
    rijen = [
        inschrijving(1, tot="2026-07-31", mutatie="gewijzigd"),
        inschrijving(2, mutatie="verwijderd"),
        inschrijving(2, van="2026-08-01", onderwijssoort="vwo", mutatie="toegevoegd"),
    ]
    tweede = inlezer("inschrijvingen", rijen).levering
    assert eerste is not None and tweede is not None
    pagina = venster.get(adres("wijzigingen", tweede), {"toon": "gewijzigd"}).content.decode()
    assert "31-07-2026" in pagina and "leeg" in pagina
    weg = venster.get(adres("wijzigingen", tweede), {"toon": "weg"}).content.decode()
    assert "99VA00" in weg and "instelling_id" not in weg
    nieuw = venster.get(adres("wijzigingen", tweede), {"toon": "feiten"}).content.decode()
    assert "vwo, sinds 01-08-2026" in nieuw
    assert "Verwijderde feiten" not in venster.get(adres("wijzigingen", eerste)).content.decode()


@pytest.mark.parametrize(
    ("soort", "rij", "zin"),
    [
        ("diplomas", {"pgn": persoon()["bsn"], "soort": "havo", "behaald_op": "2024-07-01"}, "behaald op 01-07-2024"),
        (
            "brp-relaties",
            {"bsn": persoon()["bsn"], "relatie": "ouder", "naam": "A. Bakker", "gezag": "ja"},
            "A. Bakker",
        ),
        ("duo-verzuim", melding(), "16-uur"),
    ],
)
def test_elke_soort_zegt_wat_er_nieuw_is(
    venster: Client, inlezer: Inlezer, soort: str, rij: dict[str, Any], zin: str
) -> None:
    inlezer("brp", [persoon()])
    levering = inlezer(soort, [rij]).levering
    assert zin in venster.get(adres("wijzigingen", levering), {"toon": "feiten"}).content.decode()


def test_wie_buiten_bereik_valt_staat_er_niet_bij(venster: Client, inlezer: Inlezer, als: Als) -> None:
    levering = inlezer("brp", [persoon(voornamen="Esra")]).levering
    ander = fabrieken.maak_gebruiker(inlezer.gebied, "lp", "administratie", team=inlezer.gebied.leerplicht)
    pagina = als(ander).get(adres("wijzigingen", levering)).content.decode()
    assert "Esra" not in pagina and "ander team" in pagina


def test_een_lange_lijst_wijzigingen_gaat_in_paginas(inlezer: Inlezer, wie: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("routekaart.leveringen.wijzigingen.PER_PAGINA", 2)
    levering = inlezer("brp", [persoon(nummer) for nummer in range(1, 6)]).levering
    assert levering is not None
    gezien: list[int] = []
    na: int | None = 0
    while na is not None:
        beeld = wijzigingen_van(levering, wie["toegang"], toon="personen", na=na)
        gezien += [regel.pk for regel in beeld.regels]
        na = beeld.volgende
    assert len(gezien) == len(set(gezien)) == 5


def test_het_aantal_vragen_is_vast(venster: Client, inlezer: Inlezer, django_assert_max_num_queries: Any) -> None:
    inlezer("brp", [persoon(nummer) for nummer in range(1, 30)])
    levering = inlezer("brp", [persoon(nummer, straat="Kerkweg") for nummer in range(1, 30)]).levering
    with django_assert_max_num_queries(22):
        venster.get(adres("wijzigingen", levering))


# -- who was not in a full delivery


@pytest.fixture
def vermist(inlezer: Inlezer) -> Vermissing:
    """Somebody whose running enrolment was not in a full delivery of 1 November."""
    inlezer("brp", [persoon(1), persoon(2)])
    inlezer("inschrijvingen", [inschrijving(1), inschrijving(2)])
    inlezer("inschrijvingen", [inschrijving(1)], aanpak=VOLLEDIG)
    gevonden: Vermissing = Vermissing.objects.alles(reden="test").select_related("levering", "jongere").get()
    return gevonden


def einde(tot: dt.date | None = dt.date(2026, 10, 31), **anders: Any) -> Besluit:
    return Besluit(besluit="beeindigd", tot=tot, **anders)


def blijft(toelichting: str) -> Besluit:
    return Besluit(besluit="blijft", toelichting=toelichting)


def feit(vermissing: Vermissing) -> Any:
    return Inschrijving.objects.alles(reden="test").get(jongere=vermissing.jongere)


def test_niets_eindigt_vanzelf_en_beeindigen_bewaart_wat_was(vermist: Vermissing, wie: Any, administratie: Any) -> None:
    assert feit(vermist).tot is None
    besluit(vermist, einde(toelichting="Navraag bij school"), versie=1, **wie)
    assert feit(vermist).tot == dt.date(2026, 10, 31)
    spoor = Feitwijziging.objects.alles(reden="test").get()
    assert (spoor.was["tot"], spoor.wordt["tot"], spoor.levering) == (None, "2026-10-31", vermist.levering)
    vermist.refresh_from_db()
    assert (vermist.besluit, vermist.besloten_door, vermist.besloten_op) == ("beeindigd", administratie, NU)
    regel = Logregel.objects.get(code="levering.vermissing")
    assert regel.jongere_id == vermist.jongere_id
    with pytest.raises(Geweigerd, match="al beëindigd"):
        besluit(vermist, blijft("Toch niet"), versie=2, **wie)


@pytest.mark.parametrize(
    ("tot", "zin"),
    [(None, "Vul in: de laatste dag"), (dt.date(2020, 1, 1), "voor de eerste dag"), (dt.date(2027, 1, 1), "toekomst")],
)
def test_een_laatste_dag_moet_kunnen(vermist: Vermissing, wie: Any, tot: dt.date | None, zin: str) -> None:
    with pytest.raises(Geweigerd, match=zin):
        besluit(vermist, einde(tot=tot), versie=1, **wie)
    assert feit(vermist).tot is None


def test_laten_staan_vraagt_waarom_en_nog_bezien_niet(vermist: Vermissing, wie: Any) -> None:
    with pytest.raises(Geweigerd, match="Zeg waarom"):
        besluit(vermist, blijft(""), versie=1, **wie)
    besluit(vermist, Besluit(besluit="bezien"), versie=1, **wie)
    with pytest.raises(Tussentijds):
        besluit(vermist, blijft("School bevestigt"), versie=1, **wie)
    besluit(vermist, blijft("School bevestigt"), versie=2, **wie)
    assert feit(vermist).tot is None


def test_wat_intussen_eindigde_kan_niet_nog_eens_eindigen(vermist: Vermissing, wie: Any, inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving(2, tot="2026-09-30")])
    assert feit_van(vermist, wie["toegang"]) is None
    with pytest.raises(Geweigerd, match="veranderde intussen"):
        besluit(vermist, einde(), versie=1, **wie)


def test_een_ouder_die_er_niet_meer_is_krijgt_een_laatste_dag(inlezer: Inlezer, wie: Any) -> None:
    inlezer("brp", [persoon(1)])
    inlezer("brp-relaties", [relatie(1, naam=naam, van="2010-01-01") for naam in ("A. Bos", "B. Bos")])
    inlezer("brp-relaties", [relatie(1, naam="A. Bos", van="2010-01-01")], aanpak=VOLLEDIG)
    besluit(Vermissing.objects.alles(reden="test").get(), einde(), versie=1, **wie)
    ouders = Verzorger.objects.alles(reden="test").order_by("naam")
    assert list(ouders.values_list("naam", "tot")) == [("A. Bos", None), ("B. Bos", dt.date(2026, 10, 31))]
    spoor = Feitwijziging.objects.alles(reden="test").get()
    assert (spoor.soort, spoor.was["naam"], spoor.wordt["tot"]) == ("verzorger", "B. Bos", "2026-10-31")


@pytest.fixture
def weg_uit_brp(inlezer: Inlezer) -> list[Vermissing]:
    """Two people who were not in a full BRP delivery of 1 November."""
    inlezer("brp", [persoon(nummer, in_gemeente_sinds="2020-01-01", straat="Kade") for nummer in (1, 2, 3)])
    inlezer("brp", [persoon(1, straat="Kade")], aanpak=VOLLEDIG)
    return list(Vermissing.objects.alles(reden="test").select_related("levering", "jongere__gemeente").order_by("pk"))


def wie_is(vermissing: Vermissing) -> Jongere:
    return Jongere.objects.alles(reden="test").select_related("gemeente").get(pk=vermissing.jongere_id)


def test_wie_niet_in_de_brp_stond_kan_vertrokken_of_verhuisd_zijn(weg_uit_brp: list[Vermissing], wie: Any) -> None:
    een, twee = weg_uit_brp
    assert (wie_is(een).vertrokken_op, wie_is(twee).straat) == (None, "Kade")
    besluit(een, einde(hoe="vertrokken"), versie=1, **wie)
    besluit(twee, einde(hoe="verhuisd", gemeente="0518", toelichting="Navraag bij de balie"), versie=1, **wie)
    assert wie_is(een).vertrokken_op == dt.date(2026, 10, 31)
    assert (wie_is(twee).gemeente.code, wie_is(twee).straat) == ("0518", "")
    sporen = BrpWijziging.objects.alles(reden="test").filter(jongere=wie_is(twee), veld__in=["gemeente", "straat"])
    bron = f"besluit bij {twee.levering}"
    gezien = {(spoor.veld, spoor.was, spoor.bron) for spoor in sporen}
    assert gezien == {("gemeente", "Gemeente 1-1", bron), ("straat", "Kade", bron)}
    twee.refresh_from_db()
    assert (twee.besluit, twee.toelichting.endswith("Navraag bij de balie")) == ("beeindigd", True)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({}, "Kies of deze jongere"),
        ({"hoe": "verhuisd"}, "Kies waar"),
        ({"hoe": "verhuisd", "gemeente": "9101"}, "al woont"),
        ({"hoe": "vertrokken", "tot": None}, "sinds welke dag"),
        ({"hoe": "vertrokken", "tot": dt.date(2019, 1, 1)}, "eerste dag"),
    ],
)
def test_vertrek_moet_kunnen(weg_uit_brp: list[Vermissing], wie: Any, anders: Any, zin: str) -> None:
    with pytest.raises(Geweigerd, match=zin):
        besluit(weg_uit_brp[0], einde(**anders), versie=1, **wie)
    assert (wie_is(weg_uit_brp[0]).vertrokken_op, wie_is(weg_uit_brp[0]).gemeente.code) == (None, "9101")


def test_wie_intussen_overleed_eindigt_niet_nog_eens(
    weg_uit_brp: list[Vermissing], wie: Any, inlezer: Inlezer, venster: Client
) -> None:
    inlezer("brp", [persoon(2, overleden_op="2026-10-01")])
    vers = Vermissing.objects.alles(reden="test").select_related("levering", "jongere").get(pk=weg_uit_brp[0].pk)
    pagina = venster.get(adres("vermissing", vers.levering, vers.sleutel)).content.decode()
    assert "intussen niet meer ingeschreven" in pagina and "leg dat vast" not in pagina
    with pytest.raises(Geweigerd, match="veranderde intussen"):
        besluit(vers, einde(hoe="vertrokken"), versie=1, **wie)


def test_een_selectie_in_een_keer_ook_als_er_een_niet_kan(weg_uit_brp: list[Vermissing], venster: Client) -> None:
    een, twee = weg_uit_brp
    lijst = adres("vermist", een.levering)
    assert "Alles op deze pagina (2)" in venster.get(lijst).content.decode()
    wat = {"besluit": "beeindigd", "hoe": "vertrokken", "tot": "31-10-2026"}
    niets = venster.post(lijst, wat).content.decode()
    assert "Kies eerst over wie je besluit" in niets
    keuze = [f"{een.sleutel}:{een.versie}", f"{twee.sleutel}:{twee.versie + 1}"]
    antwoord = venster.post(lijst, {**wat, "kies": keuze}, follow=True).content.decode()
    assert "Vastgelegd bij 1 regel." in antwoord and "Bij 1 regel kon het niet." in antwoord
    assert [wie_is(rij).vertrokken_op is None for rij in weg_uit_brp] == [False, True]
    venster.post(lijst, {**wat, "pagina": "1"})
    assert wie_is(twee).vertrokken_op == dt.date(2026, 10, 31)
    assert Logregel.objects.filter(code="levering.vermissing").count() == 2


def test_een_onvolledig_besluit_over_velen_verandert_niets(weg_uit_brp: list[Vermissing], wie: Any) -> None:
    keuze = [(rij.sleutel, rij.versie) for rij in weg_uit_brp]
    with pytest.raises(Geweigerd, match="Zeg waarom"):
        besluit_samen(keuze, blijft(""), levering_id=weg_uit_brp[0].levering_id, **wie)


def test_besluiten_in_de_browser(vermist: Vermissing, venster: Client) -> None:
    lijst = adres("vermist", vermist.levering)
    assert "1 regel wacht op een besluit" in venster.get(lijst).content.decode()
    een = adres("vermissing", vermist.levering, vermist.sleutel)
    pagina = venster.get(een).content.decode()
    assert "31-10-2026" in pagina and "stond niet in levering.csv van 1 november 2026" in pagina
    fout = venster.post(een, {"versie": 1, "besluit": "blijft"}).content.decode()
    assert "Zeg waarom dit blijft zoals het is" in fout
    goed = venster.post(een, {"versie": 1, "besluit": "beeindigd", "tot": "31-10-2026"}, follow=True)
    assert "Over alles is besloten" in goed.content.decode()
    assert "Beëindigd" in venster.get(lijst, {"toon": "klaar"}).content.decode()
    assert feit(vermist).tot == dt.date(2026, 10, 31)
    assert "Leg dit besluit vast" not in venster.get(een).content.decode()


def test_een_vermissing_buiten_bereik_bestaat_niet(vermist: Vermissing, als: Als, inlezer: Inlezer) -> None:
    ander = fabrieken.maak_gebruiker(inlezer.gebied, "lp", "administratie", team=inlezer.gebied.leerplicht)
    assert als(ander).get(adres("vermissing", vermist.levering, vermist.sleutel)).status_code == 404
    assert "ander team" in als(ander).get(adres("vermist", vermist.levering)).content.decode()


def test_een_geheim_adres_en_overlijden_staan_ook_hier_bij_de_naam(inlezer: Inlezer, venster: Client) -> None:
    inlezer("brp", [persoon(1, straat="Kade", geheimhouding="7"), persoon(2, straat="Kade")])
    inlezer("brp", [persoon(1, straat="Plein", geheimhouding="7"), persoon(2, overleden_op="2026-10-01")])
    wijzigingen = venster.get(adres("wijzigingen", Levering.objects.latest("pk"))).content.decode()
    assert "adres geheim" in wijzigingen and "overleden" in wijzigingen
    inlezer("brp", [persoon(3)], aanpak=VOLLEDIG)
    vermissing = Vermissing.objects.alles(reden="test").select_related("levering").get()
    for pagina in (adres("vermist", vermissing.levering), adres("vermissing", vermissing.levering, vermissing.sleutel)):
        assert "adres geheim" in venster.get(pagina).content.decode()


def test_voor_het_inlezen_is_te_zien_wat_er_zou_veranderen_en_bij_wie(venster: Client, inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(), persoon(2)])
    bestand = SimpleUploadedFile(
        "brp.csv", tekst([persoon(achternaam="Zeewolde"), persoon(3, achternaam="Nieuweling")]).encode()
    )
    venster.post(reverse("leveringen:inlezen"), {"bestand": bestand, "soort": "brp", "aard": "mutaties"})
    proef = Levering.objects.get(stand="proef")
    assert f'href="{adres("wijzigingen", proef)}' in venster.get(adres("levering", proef)).content.decode()
    nieuw = venster.get(adres("wijzigingen", proef)).content.decode()
    assert "zou veranderen" in nieuw and "Nieuweling" in nieuw
    gewijzigd = venster.get(adres("wijzigingen", proef), {"toon": "gegevens"}).content.decode()
    assert "Zeewolde" in gewijzigd and gewijzigd.count('href="/jongeren/') == 1 + nieuw.count('href="/jongeren/')
    assert not Jongere.objects.alles(reden="test").filter(achternaam__in=["Zeewolde", "Nieuweling"]).exists()
