"""Exemptions, vsv reports, monthly lists and leavers' lists become facts about a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.leveringen.models import Feitwijziging, Uitvalrij
from routekaart.leveringen.publiceren.feitsoorten import FEITSOORTEN, kolom_van
from routekaart.leveringen.publiceren.wie import MEER_MET_DEZE_NAAM
from routekaart.leveringen.soorten import SOORTEN, raad_soort
from routekaart.loopbaan.models import Inlichting, Instelling, Jikpopgave, Uitstroom, Vrijstelling, Vsvopgave
from routekaart.personen.acties import geef_persoonsnummer
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.leveringen.hulp import Inlezer, inlichting, inschrijving, jikp, persoon, uitstroom, vrijstelling, vsvopgave


@pytest.fixture
def met_personen(inlezer: Inlezer) -> Inlezer:
    """Two persons are known."""
    inlezer("brp", [persoon(1), persoon(2)])
    return inlezer


def enige(model: Any) -> Any:
    return model.objects.alles(reden="test").get()


def telt(model: Any) -> int:
    return int(model.objects.alles(reden="test").count())


@pytest.mark.parametrize("code", FEITSOORTEN)
def test_een_feitsoort_noemt_de_sleutel_van_haar_soort_en_van_haar_model(code: str) -> None:
    feit, soort = FEITSOORTEN[code], SOORTEN[code]
    persoon_kolommen = {feit.persoon, "achternaam", "geboortedatum"} & set(soort.sleutel)
    assert {kolom_van(veld) for veld in feit.sleutel} == set(soort.sleutel) - persoon_kolommen
    uniek = next(c for c in feit.model._meta.constraints if c.name.endswith("_natuurlijk"))
    sleutel = {veld.removesuffix("_id") for veld in feit.sleutel}
    assert sleutel | {"jongere"} == set(uniek.fields)  # type: ignore[attr-defined]
    kolommen = {kolom.naam for kolom in soort.kolommen} - persoon_kolommen - {"mutatie"}
    assert {kolom_van(veld) for veld in (*feit.sleutel, *feit.velden)} == kolommen


# exemptions


def test_een_vrijstelling_komt_bij_de_jongere(met_personen: Inlezer) -> None:
    assert met_personen.tel("vrijstellingen", [vrijstelling()]) == (1, 0, 0, 0)
    gevonden = enige(Vrijstelling)
    assert gevonden.jongere == met_personen.jongere(persoon()["bsn"])
    assert (gevonden.soort, gevonden.grond, gevonden.bron) == ("vrijstelling", "5a", "leerplichtregister")
    assert (gevonden.van, gevonden.tot) == (dt.date(2026, 8, 1), dt.date(2027, 7, 31))


@pytest.mark.parametrize(
    ("cel", "soort"),
    [
        ("vervangende leerplicht", "vervangende-leerplicht"),
        ("Vervangende-Leerplicht", "vervangende-leerplicht"),
        ("VRIJSTELLING", "vrijstelling"),
        ("artikel 15", "artikel-15"),
        ("Artikel  15", "artikel-15"),
    ],
)
def test_de_soort_vrijstelling_mag_met_hoofdletters_en_streepjes(met_personen: Inlezer, cel: str, soort: str) -> None:
    assert met_personen.tel("vrijstellingen", [vrijstelling(soort=cel)]) == (1, 0, 0, 0)
    assert enige(Vrijstelling).soort == soort


def test_een_andere_soort_vrijstelling_is_uitval(met_personen: Inlezer) -> None:
    assert met_personen.tel("vrijstellingen", [vrijstelling(soort="artikel 11")]) == (0, 0, 0, 1)
    assert "vervangende leerplicht, vrijstelling en artikel 15" in Uitvalrij.objects.get().reden


def test_een_vrijstelling_die_eerder_eindigt_bewaart_hoe_het_was(met_personen: Inlezer) -> None:
    met_personen("vrijstellingen", [vrijstelling()])
    assert met_personen.tel("vrijstellingen", [vrijstelling(tot="2026-12-31")]) == (0, 1, 0, 0)
    assert (enige(Vrijstelling).tot, enige(Vrijstelling).versie) == (dt.date(2026, 12, 31), 2)
    spoor = enige(Feitwijziging)
    assert (spoor.soort, spoor.was["tot"], spoor.wordt["tot"]) == ("vrijstelling", "2027-07-31", "2026-12-31")


def test_een_volgende_periode_is_een_eigen_vrijstelling(met_personen: Inlezer) -> None:
    rijen = [vrijstelling(), vrijstelling(van="2025-08-01", tot="2026-07-31"), vrijstelling(soort="artikel 15")]
    assert met_personen.tel("vrijstellingen", rijen) == (3, 0, 0, 0)


# vsv reports


def test_een_opgave_van_duo_komt_bij_de_jongere(met_personen: Inlezer) -> None:
    assert met_personen.tel("duo-vsv", [vsvopgave()]) == (1, 0, 0, 0)
    gevonden = enige(Vsvopgave)
    assert gevonden.jongere == met_personen.jongere(persoon()["bsn"])
    assert (gevonden.schooljaar, gevonden.rapportage, gevonden.niveau) == ("2025-2026", "A01", 2)
    assert (gevonden.leverdatum, gevonden.uitgeschreven_op) == (dt.date(2026, 10, 5), dt.date(2026, 3, 15))
    assert gevonden.instelling.brin == "99VA00" and gevonden.instelling.aanvullen


@pytest.mark.parametrize(
    ("cel", "code"), [("a01", "A01"), ("NENR", "NenR"), ("Startpopulatie", "startpopulatie"), ("A07", "A07")]
)
def test_een_rapportage_heet_zoals_duo_haar_noemt(met_personen: Inlezer, cel: str, code: str) -> None:
    assert met_personen.tel("duo-vsv", [vsvopgave(rapportage=cel)]) == (1, 0, 0, 0)
    assert enige(Vsvopgave).rapportage == code


def test_elke_rapportage_en_elk_schooljaar_is_een_eigen_opgave(met_personen: Inlezer) -> None:
    rijen = [vsvopgave(), vsvopgave(rapportage="A02"), vsvopgave(schooljaar="2024-2025"), vsvopgave(2)]
    assert met_personen.tel("duo-vsv", rijen) == (4, 0, 0, 0)
    assert met_personen.tel("duo-vsv", [vsvopgave(rapportage="A03")]) == (0, 0, 0, 1)


@pytest.mark.parametrize("volgorde", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_een_oudere_opgave_wint_nooit_van_een_nieuwere(met_personen: Inlezer, volgorde: tuple[int, ...]) -> None:
    """Nor one that does not say when it was made; in one file or in several."""
    opgaven = [
        vsvopgave(leverdatum="", uitgeschreven_op="2026-01-01"),
        vsvopgave(leverdatum="2026-10-05", uitgeschreven_op="2026-02-02"),
        vsvopgave(leverdatum="2026-11-05", uitgeschreven_op="2026-03-03"),
    ]
    for i in volgorde:
        met_personen("duo-vsv", [opgaven[i]])
    gevonden = Vsvopgave.objects.alles(reden="test").get()
    assert (gevonden.leverdatum, gevonden.uitgeschreven_op) == (dt.date(2026, 11, 5), dt.date(2026, 3, 3))
    assert met_personen.tel("duo-vsv", [opgaven[i] for i in volgorde]) == (0, 0, 3, 0)


def test_een_opgave_zonder_school_en_niveau_is_ook_een_opgave(met_personen: Inlezer) -> None:
    kort = {naam: vsvopgave()[naam] for naam in ("pgn", "schooljaar", "rapportage")}
    assert met_personen.tel("duo-vsv", [kort]) == (1, 0, 0, 0)
    assert (enige(Vsvopgave).instelling, enige(Vsvopgave).niveau) == (None, 0)
    assert met_personen.tel("duo-vsv", [vsvopgave()]) == (0, 1, 0, 0)
    assert met_personen.tel("duo-vsv", [kort]) == (0, 0, 1, 0)
    assert enige(Vsvopgave).instelling.brin == "99VA00"


# monthly lists


def test_nul_uren_werk_is_bekend_en_leeg_is_dat_niet(met_personen: Inlezer) -> None:
    rijen = [inlichting(1, werk_uren="0"), inlichting(2, werk_uren="", uitkering="", inkomen_klasse="")]
    assert met_personen.tel("inlichtingenbureau", rijen) == (2, 0, 0, 0)
    gevonden = Inlichting.objects.alles(reden="test").order_by("pk").values_list("werk_uren", "uitkering")
    assert list(gevonden) == [(0, False), (None, None)]
    assert met_personen.tel("inlichtingenbureau", [inlichting(1, werk_uren="")]) == (0, 1, 0, 0)
    assert met_personen.tel("inlichtingenbureau", [inlichting(1, werk_uren="0")]) == (0, 1, 0, 0)


def test_elke_maand_op_de_lijst_is_een_feit(met_personen: Inlezer) -> None:
    rijen = [inlichting(), inlichting(maand="2026-11"), inlichting(maand="2026-10-01")]
    assert met_personen.tel("inlichtingenbureau", rijen) == (2, 0, 1, 0)


def test_de_lijst_noemt_mensen_met_hun_bsn(met_personen: Inlezer) -> None:
    assert met_personen.tel("inlichtingenbureau", [inlichting(bsn="101222331")]) == (0, 0, 0, 1)
    assert "hier hoort een BSN" in Uitvalrij.objects.get().reden


# leavers' lists


def zonder_nummer(**velden: Any) -> dict[str, Any]:
    return uitstroom(pgn="", achternaam="Bakker", geboortedatum="2007-03-04") | velden


def test_een_lijst_van_school_vindt_de_jongere_op_nummer(met_personen: Inlezer) -> None:
    assert met_personen.tel("uitstroomlijst", [uitstroom()]) == (1, 0, 0, 0)
    gevonden = enige(Uitstroom)
    assert gevonden.jongere == met_personen.jongere(persoon()["bsn"])
    assert (gevonden.bestemming, gevonden.getuigschrift, gevonden.advies) == ("mbo 1", True, "rustig beginnen")
    assert (gevonden.instelling.brin, gevonden.contact_school) == ("99VS00", "Karin Slot")


@pytest.mark.parametrize("naam", ["Bakker", "BAKKER", " bakker ", "Bäkker", "de Bakker"])
def test_zonder_nummer_is_het_wie_die_naam_en_geboortedatum_heeft(inlezer: Inlezer, naam: str) -> None:
    inlezer("brp", [persoon(1), persoon(2, geboortedatum="2007-03-05"), persoon(3, achternaam="Bakkers")])
    assert inlezer.tel("uitstroomlijst", [zonder_nummer(achternaam=naam)]) == (1, 0, 0, 0)
    assert enige(Uitstroom).jongere == inlezer.jongere(persoon(1)["bsn"])
    assert telt(Jongere) == 3


def test_van_twee_met_die_naam_en_geboortedatum_kiezen_we_niemand(met_personen: Inlezer) -> None:
    assert met_personen.tel("uitstroomlijst", [zonder_nummer()]) == (0, 0, 0, 1)
    rij = Uitvalrij.objects.get()
    assert (rij.kolom, rij.waarde, rij.reden) == ("achternaam", "Bakker", MEER_MET_DEZE_NAAM)
    assert not Instelling.objects.exists()
    assert met_personen.tel("uitstroomlijst", [zonder_nummer()]) == (0, 0, 0, 1)


def test_wie_niemand_kent_wordt_gemaakt_en_een_keer(met_personen: Inlezer) -> None:
    rijen = [
        zonder_nummer(achternaam="Bos", geboortedatum="2008-00-00"),
        zonder_nummer(achternaam="BOS", geboortedatum="2008-00-00", schooljaar="2024-2025"),
    ]
    uitkomst = met_personen("uitstroomlijst", rijen)
    assert uitkomst.telling.als_velden()["nieuw"] == 2
    assert telt(Jongere) == 3
    bos = Jongere.objects.alles(reden="test").get(achternaam="Bos")
    assert uitkomst.levering is not None
    assert (bos.geboortedatum, bos.levering_id) == ("2008-00-00", uitkomst.levering.pk)
    assert not bos.nummers.alles(reden="test").exists()
    assert met_personen.tel("uitstroomlijst", rijen) == (0, 0, 2, 0)
    assert telt(Jongere) == 3


def test_een_nummer_dat_niemand_heeft_wordt_nooit_een_naamgenoot(inlezer: Inlezer) -> None:
    """Twins have one name, one birth date and two numbers."""
    inlezer("brp", [persoon(1)])
    rij = uitstroom(2, achternaam="Bakker", geboortedatum="2007-03-04")
    assert inlezer.tel("uitstroomlijst", [rij]) == (1, 0, 0, 0)
    assert enige(Uitstroom).jongere == inlezer.jongere(persoon(2)["bsn"]) != inlezer.jongere(persoon(1)["bsn"])


def test_een_nummer_dat_niemand_heeft_zonder_naam_wacht_op_de_persoon(met_personen: Inlezer) -> None:
    assert met_personen.tel("uitstroomlijst", [uitstroom(3)]) == (0, 0, 0, 1)
    assert Uitvalrij.objects.get().reden == "persoon onbekend"
    assert met_personen("brp", [persoon(3)]).opgelost == 1
    assert enige(Uitstroom).jongere == met_personen.jongere(persoon(3)["bsn"])


def test_een_lijst_zonder_en_met_nummers_is_twee_keer_gelezen_hetzelfde(
    inlezer: Inlezer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was made by name alone stays the one, also when a namesake with a number comes in the next rows."""
    monkeypatch.setattr("routekaart.leveringen.inlezen.STUK", 1)
    rijen = [zonder_nummer(), uitstroom(5, achternaam="Bakker", geboortedatum="2007-03-04")]
    assert inlezer.tel("uitstroomlijst", rijen) == (2, 0, 0, 0)
    assert telt(Jongere) == 2
    assert inlezer.tel("uitstroomlijst", rijen) == (0, 0, 2, 0)
    inlezer("brp", [persoon(1)])
    assert inlezer.tel("uitstroomlijst", rijen) == (0, 0, 2, 0)


def test_een_persoon_van_een_lijst_lost_rijen_op_die_op_haar_wachten(inlezer: Inlezer) -> None:
    inlezer("inschrijvingen", [inschrijving()])
    rij = uitstroom(achternaam="Bakker", geboortedatum="2007-03-04")
    assert inlezer("uitstroomlijst", [rij]).opgelost == 1


def test_een_lijst_zonder_naam_en_zonder_nummer_is_uitval(met_personen: Inlezer) -> None:
    assert met_personen.tel("uitstroomlijst", [zonder_nummer(geboortedatum="")]) == (0, 0, 0, 1)
    assert "achternaam en geboortedatum" in Uitvalrij.objects.get().reden


def test_een_naam_in_een_andere_regio_telt_niet(inlezer: Inlezer) -> None:
    hier, inlezer.gebied = inlezer.gebied, fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    inlezer("brp", [persoon(1)])
    inlezer.gebied = hier
    assert inlezer.tel("uitstroomlijst", [zonder_nummer()]) == (1, 0, 0, 0)
    assert enige(Uitstroom).jongere.regio == hier.regio


# the JIKP-portaal


def test_een_rapportage_van_het_jikp_portaal_komt_bij_de_jongere(met_personen: Inlezer) -> None:
    assert met_personen.tel("jikp", [jikp(), jikp(2, herkomst="Praktijkonderwijs", brin="")]) == (2, 0, 0, 0)
    gevonden = Jikpopgave.objects.alles(reden="test").get(jongere=met_personen.jongere(persoon()["bsn"]))
    assert (gevonden.schooljaar, gevonden.herkomst, gevonden.bron) == ("2025-2026", "pro", "JIKP-portaal")
    assert (gevonden.ingeschreven, gevonden.diploma, gevonden.werk, gevonden.uitkering) == (False, True, False, None)
    assert met_personen.tel("jikp", [jikp(herkomst="vso", leverdatum="2026-11-05")]) == (0, 1, 0, 0)
    assert met_personen.tel("jikp", [jikp()]) == (0, 0, 1, 0), "een oudere rapportage wint nooit"
    assert met_personen.tel("jikp", [jikp(herkomst="havo")]) == (0, 0, 0, 1)


def test_een_rapportage_van_het_jikp_portaal_herkennen_we_aan_haar_kolommen(met_personen: Inlezer) -> None:
    """And no other kind is taken for it: only this one needs an origin."""
    assert met_personen.tel("", [jikp()]) == (1, 0, 0, 0)
    for maak in (vsvopgave, uitstroom, inschrijving):
        gevonden = raad_soort([*maak(), "werk", "uitkering", "diploma"])
        assert gevonden is not None and gevonden.code != "jikp"


# all of them


ALLE = {
    "vrijstellingen": (vrijstelling, Vrijstelling),
    "duo-vsv": (vsvopgave, Vsvopgave),
    "inlichtingenbureau": (inlichting, Inlichting),
    "uitstroomlijst": (uitstroom, Uitstroom),
    "jikp": (jikp, Jikpopgave),
}


@pytest.mark.parametrize("code", ALLE)
def test_wat_op_een_persoon_wacht_komt_vanzelf_binnen(inlezer: Inlezer, code: str) -> None:
    maak, model = ALLE[code]
    assert inlezer.tel(code, [maak(1), maak(2)]) == (0, 0, 0, 2)
    assert inlezer("brp", [persoon(1)]).opgelost == 1
    assert enige(model).jongere == inlezer.jongere(persoon(1)["bsn"])


@pytest.mark.parametrize("code", [code for code in ALLE if code != "inlichtingenbureau"])
def test_een_onderwijsnummer_is_ook_een_nummer(met_personen: Inlezer, code: str) -> None:
    maak, model = ALLE[code]
    geef_persoonsnummer(met_personen.jongere(persoon()["bsn"]), "101222331")
    assert met_personen.tel(code, [maak(), maak(pgn="101222331")]) == (1, 0, 1, 0)
    assert telt(model) == 1


@pytest.mark.parametrize("code", ALLE)
def test_het_aantal_vragen_groeit_niet_met_de_rijen(
    inlezer: Inlezer, django_assert_max_num_queries: Any, code: str
) -> None:
    inlezer("brp", [persoon(nummer) for nummer in range(120)])
    maak, model = ALLE[code]
    with django_assert_max_num_queries(30):
        inlezer(code, [maak(nummer) for nummer in range(120)])
    assert telt(model) == 120
