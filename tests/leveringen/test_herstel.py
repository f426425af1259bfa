"""Rows that could not be taken are mended in the browser: one, many at once, or set aside with a reason."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.leveringen.herstel import Rijfouten, groep_van, herstel_groep, herstel_rij, laat_vallen, pak_weer_op
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.leveringen.uitvalrijen import inhoud_van, wijziging_van
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Inschrijving
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import toegang_van
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG
from tests.leveringen.hulp import Inlezer, inschrijving, melding, persoon

Als = Callable[[Any], Client]


@pytest.fixture
def wie(administratie: Any) -> dict[str, Any]:
    return {"toegang": toegang_van(administratie, op=VANDAAG), "nu": NU}


def enige_rij() -> Uitvalrij:
    return Uitvalrij.objects.select_related("levering").get()


def inschrijvingen() -> Any:
    return Inschrijving.objects.alles(reden="test")


@pytest.fixture
def foute_rij(inlezer: Inlezer) -> Uitvalrij:
    """An enrolment of somebody whom we know, with a kind of education that nobody knows."""
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium", extra="x")])
    return enige_rij()


def test_een_verbeterde_rij_wordt_ingelezen_onder_haar_eigen_levering(
    foute_rij: Uitvalrij, wie: Any, administratie: Any
) -> None:
    herstel = herstel_rij(foute_rij, {"onderwijssoort": "vwo"}, versie=1, **wie)
    assert (herstel.ingelezen, herstel.wacht, herstel.nog_fout) == (1, 0, 0)
    feit: Any = inschrijvingen().get()
    assert (feit.onderwijssoort, feit.levering_id) == ("vwo", foute_rij.levering_id)
    rij = enige_rij()
    assert (rij.hoe, rij.opgelost_op, rij.opgelost_door) == ("hersteld", NU, administratie)
    assert wijziging_van(rij) == [("onderwijssoort", "gymnasium", "vwo")]
    assert "gymnasium" in inhoud_van(rij)[1]
    assert "vwo" not in str(rij.wijziging)
    levering = Levering.objects.get(pk=rij.levering_id)
    assert (levering.regels, levering.uitval) == (1, 1)


def test_herstellen_staat_in_het_logboek_ook_bij_de_jongere(foute_rij: Uitvalrij, wie: Any, inlezer: Inlezer) -> None:
    herstel_rij(foute_rij, {"onderwijssoort": "vwo"}, versie=1, **wie)
    regels = Logregel.objects.filter(code="levering.rij-hersteld")
    jongere = inlezer.jongere(persoon()["bsn"])
    assert sorted(regels.values_list("jongere_id", flat=True), key=str) == [jongere.pk, None]


def test_wat_nog_niet_klopt_zegt_elke_kolom_tegelijk_en_verandert_niets(foute_rij: Uitvalrij, wie: Any) -> None:
    with pytest.raises(Rijfouten) as fout:
        herstel_rij(foute_rij, {"onderwijssoort": "atheneum", "van": "1-8-2023", "brin": ""}, versie=1, **wie)
    assert set(fout.value.fouten) == {"onderwijssoort", "van", "brin"}
    assert fout.value.fouten["brin"] == "Hier moet iets staan"
    rij = enige_rij()
    assert (rij.opgelost_op, rij.versie) == (None, 1)
    assert not inschrijvingen().exists()


def test_de_controle_van_de_hele_rij_geldt_ook(foute_rij: Uitvalrij, wie: Any) -> None:
    with pytest.raises(Rijfouten, match="ligt voor de eerste dag") as fout:
        herstel_rij(foute_rij, {"onderwijssoort": "vwo", "tot": "2020-01-01"}, versie=1, **wie)
    assert fout.value.veld == "tot"


def test_een_kolom_die_het_bestand_niet_had_telt_alleen_als_hij_gevuld_is(foute_rij: Uitvalrij, wie: Any) -> None:
    herstel_rij(foute_rij, {"onderwijssoort": "vwo", "leerweg": "", "leerjaar": "4"}, versie=1, **wie)
    feit: Any = inschrijvingen().get()
    assert (feit.leerweg, feit.leerjaar) == ("", "4")


def test_goed_maar_van_een_onbekende_wacht_verbeterd_op_die_persoon(inlezer: Inlezer, wie: Any) -> None:
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium")])
    assert herstel_rij(enige_rij(), {"onderwijssoort": "vwo"}, versie=1, **wie).wacht == 1
    rij = enige_rij()
    assert (rij.reden, rij.opgelost_op) == ("persoon onbekend", None)
    with pytest.raises(Rijfouten, match="kennen we nog niet"):
        herstel_rij(rij, {"onderwijssoort": "vwo"}, versie=rij.versie, **wie)
    assert inlezer("brp", [persoon()]).opgelost == 1
    assert inschrijvingen().get().onderwijssoort == "vwo"


def test_een_herstelde_persoon_lost_ook_op_wat_op_haar_wachtte(inlezer: Inlezer, wie: Any) -> None:
    inlezer("inschrijvingen", [inschrijving()])
    inlezer("brp", [persoon(gemeentecode="9999")])
    rij = Uitvalrij.objects.select_related("levering").get(kolom="gemeentecode")
    assert herstel_rij(rij, {"gemeentecode": "9101"}, versie=1, **wie).opgelost == 1
    assert not Uitvalrij.objects.filter(opgelost_op=None).exists()
    assert inschrijvingen().count() == 1


def test_een_rij_wordt_maar_een_keer_opgelost(foute_rij: Uitvalrij, wie: Any) -> None:
    herstel_rij(foute_rij, {"onderwijssoort": "vwo"}, versie=1, **wie)
    with pytest.raises(Geweigerd, match="al opgelost"):
        herstel_rij(foute_rij, {"onderwijssoort": "havo"}, versie=1, **wie)
    assert inschrijvingen().get().onderwijssoort == "vwo"


def test_wie_intussen_verbeterde_wordt_niet_overschreven(inlezer: Inlezer, wie: Any) -> None:
    inlezer("inschrijvingen", [inschrijving(onderwijssoort="gymnasium")])
    herstel_rij(enige_rij(), {"onderwijssoort": "vwo"}, versie=1, **wie)
    with pytest.raises(Tussentijds):
        herstel_rij(enige_rij(), {"onderwijssoort": "havo"}, versie=1, **wie)


def test_een_rij_van_een_proef_is_nog_niet_te_verbeteren(foute_rij: Uitvalrij, wie: Any) -> None:
    foute_rij.levering.stand = Levering.Stand.PROEF
    with pytest.raises(Geweigerd, match="eerst in"):
        herstel_rij(foute_rij, {"onderwijssoort": "vwo"}, versie=1, **wie)


def test_een_rij_die_als_geheel_kapot_was_is_te_herstellen(inlezer: Inlezer, wie: Any) -> None:
    inlezer("brp", [persoon()])
    inlezer("inschrijvingen", f"pgn;brin;onderwijssoort;van\n{persoon()['bsn']};99VA00;havo\n")
    with pytest.raises(Rijfouten):
        herstel_rij(enige_rij(), {}, versie=1, **wie)
    assert herstel_rij(enige_rij(), {"van": "2023-08-01"}, versie=1, **wie).ingelezen == 1


# -- many at once


@pytest.fixture
def veel(inlezer: Inlezer) -> Levering:
    """Four rows with one mistake, one with another value, one with a second mistake, one of somebody unknown."""
    inlezer("brp", [persoon(nummer) for nummer in range(1, 6)])
    rijen = [inschrijving(nummer, onderwijssoort="gymnasium") for nummer in range(1, 4)]
    rijen.append(inschrijving(4, onderwijssoort="lyceum"))
    rijen.append(inschrijving(5, onderwijssoort="gymnasium", tot="2020-01-01"))
    rijen.append(inschrijving(9, onderwijssoort="gymnasium"))
    return inlezer("inschrijvingen", rijen).levering  # type: ignore[return-value]


def test_een_zelfde_fout_wordt_in_een_keer_verbeterd(veel: Levering, wie: Any) -> None:
    eerste = veel.uitvalrijen.get(rij=2)
    herstel = herstel_groep(eerste, "vwo", **wie)
    assert (herstel.ingelezen, herstel.wacht, herstel.nog_fout) == (3, 1, 1)
    assert inschrijvingen().filter(onderwijssoort="vwo").count() == 3
    anders = veel.uitvalrijen.get(rij=6)
    assert (anders.kolom, anders.waarde) == ("tot", "2020-01-01")
    assert "vwo" in inhoud_van(anders)[1]
    assert veel.uitvalrijen.get(rij=7).reden == "persoon onbekend"
    assert veel.uitvalrijen.get(rij=5).waarde == "lyceum"


def test_een_waarde_die_zelf_niet_kan_verandert_niets(veel: Levering, wie: Any) -> None:
    with pytest.raises(Rijfouten, match="Onbekende waarde"):
        herstel_groep(veel.uitvalrijen.get(rij=2), "atheneum", **wie)
    assert veel.uitvalrijen.filter(opgelost_op=None).count() == 6


def test_veel_rijen_gaan_in_stukken(veel: Levering, wie: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routekaart.leveringen.herstel.STUK", 2)
    assert herstel_groep(veel.uitvalrijen.get(rij=2), "vwo", **wie).ingelezen == 3


def test_nummers_zijn_niet_als_groep_te_verbeteren_wel_te_laten_vallen(inlezer: Inlezer, wie: Any) -> None:
    inlezer("inschrijvingen", [inschrijving(8), inschrijving(9)])
    eerste = Uitvalrij.objects.select_related("levering").get(rij=2)
    with pytest.raises(Geweigerd, match="een voor een"):
        herstel_groep(eerste, fabrieken.test_bsn(1), **wie)
    assert laat_vallen(list(groep_van(eerste)), "Horen bij een andere regio", **wie) == 2


# -- set aside


def test_laten_vallen_vraagt_een_reden_en_kan_terug(foute_rij: Uitvalrij, wie: Any, administratie: Any) -> None:
    with pytest.raises(Geweigerd, match="Zeg waarom"):
        laat_vallen([foute_rij], "  ", **wie)
    laat_vallen([foute_rij], "Staat dubbel in het bestand", **wie)
    rij = enige_rij()
    assert (rij.hoe, rij.motivatie, rij.opgelost_door) == ("vervallen", "Staat dubbel in het bestand", administratie)
    with pytest.raises(Geweigerd, match="al opgelost"):
        laat_vallen([foute_rij], "Nog eens", **wie)
    assert pak_weer_op(rij, **wie) == 1
    rij = enige_rij()
    assert (rij.hoe, rij.motivatie, rij.opgelost_op, rij.opgelost_door) == ("", "", None, None)
    with pytest.raises(Geweigerd, match="al weer"):
        pak_weer_op(rij, **wie)


def test_wat_samen_verviel_komt_samen_terug(veel: Levering, wie: Any) -> None:
    eerste = veel.uitvalrijen.select_related("levering").get(rij=2)
    assert laat_vallen(list(groep_van(eerste)), "Oude school", **wie) == 5
    assert pak_weer_op(eerste, **wie) == 5


def test_wat_hersteld_of_vervallen_is_blijft_dat_als_hetzelfde_bestand_opnieuw_komt(
    inlezer: Inlezer, wie: Any, administratie: Any
) -> None:
    inlezer("brp", [persoon(1), persoon(2), persoon(3)])
    rijen = [inschrijving(nummer, onderwijssoort="gymnasium") for nummer in (1, 2, 3)]
    eerste = inlezer("inschrijvingen", rijen).levering
    assert eerste is not None
    een, twee, _ = eerste.uitvalrijen.select_related("levering").order_by("rij")
    herstel_rij(een, {"onderwijssoort": "vwo"}, versie=1, **wie)
    laat_vallen([twee], "Dubbel", **wie)
    for _ in range(2):
        uitkomst = inlezer("inschrijvingen", rijen)
        assert uitkomst.telling.als_velden()["uitval"] == 3
    assert uitkomst.levering is not None
    nieuw = list(uitkomst.levering.uitvalrijen.order_by("rij"))
    assert [(rij.hoe, rij.motivatie, rij.opgelost_door) for rij in nieuw] == [
        ("hersteld", "", administratie), ("vervallen", "Dubbel", administratie), ("", "", None),
    ]  # fmt: skip
    assert wijziging_van(nieuw[0]) == [("onderwijssoort", "gymnasium", "vwo")]
    assert Uitvalrij.objects.filter(opgelost_op=None).count() == 1


# -- the pages


def adres(naam: str, rij: Uitvalrij) -> str:
    return reverse(f"leveringen:{naam}", args=[rij.levering.sleutel, rij.sleutel])


def ingevuld(**kolommen: str) -> dict[str, Any]:
    """The form of a row of enrolments, sent."""
    alle = {"brin": "99VA00", "van": "2023-08-01"} | kolommen
    return {"versie": 1, "herstel": "1", **{f"kolom-{naam}": waarde for naam, waarde in alle.items()}}


def test_een_kolom_versie_is_iets_anders_dan_de_versie_van_de_rij(
    inlezer: Inlezer, als: Als, administratie: Any
) -> None:
    inlezer("brp", [persoon()])
    inlezer("duo-verzuim", [melding(versie="7", soort="onzin")])
    rij = enige_rij()
    pagina = als(administratie).get(adres("rij", rij)).content.decode()
    assert '<input type="hidden" name="versie" value="1"' in pagina and 'name="kolom-versie" value="7"' in pagina
    geleverd = {f"kolom-{naam}": waarde for naam, waarde in melding(versie="8", soort="luxe", pgn="").items()}
    als(administratie).post(adres("rij", rij), geleverd | {"versie": 1, "herstel": "1"})
    assert Melding.objects.alles(reden="test").get().duo_versie == 8


def test_de_rij_is_een_formulier_met_wat_er_stond(foute_rij: Uitvalrij, als: Als, administratie: Any) -> None:
    pagina = als(administratie).get(adres("rij", foute_rij)).content.decode()
    assert "gymnasium" in pagina and "Onbekende waarde" in pagina
    assert 'name="kolom-brin"' in pagina and "99VA00" in pagina
    assert persoon()["bsn"] not in pagina and f"••••••{persoon()['bsn'][-3:]}" in pagina
    assert "Kolommen die niet in het bestand staan" in pagina and 'name="kolom-leerweg"' in pagina


def test_verbeteren_in_de_browser(foute_rij: Uitvalrij, als: Als, administratie: Any, inlezer: Inlezer) -> None:
    venster = als(administratie)
    velden = ingevuld(onderwijssoort="atheneum")
    antwoord = venster.post(adres("rij", foute_rij), velden)
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Eén ding klopt nog niet" in pagina and 'value="atheneum"' in pagina
    antwoord = venster.post(adres("rij", foute_rij), ingevuld(onderwijssoort="vwo"), follow=True)
    pagina = antwoord.content.decode()
    assert "Rij 2 is ingelezen." in pagina and "Hersteld" in pagina
    assert inschrijvingen().get().jongere == inlezer.jongere(persoon()["bsn"])
    assert "gymnasium werd vwo" in venster.get(adres("rij", foute_rij)).content.decode()


def test_een_ander_nummer_invullen_maakt_de_rij_van_die_persoon(inlezer: Inlezer, als: Als, administratie: Any) -> None:
    inlezer("brp", [persoon(1)])
    inlezer("inschrijvingen", [inschrijving(pgn="123456789")])
    rij = enige_rij()
    velden = ingevuld(onderwijssoort="havo")
    pagina = als(administratie).post(adres("rij", rij), velden).content.decode()
    assert "geen geldig BSN" in pagina and "123456789" not in pagina
    als(administratie).post(adres("rij", rij), velden | {"kolom-pgn": persoon()["bsn"]})
    assert inschrijvingen().get().jongere == inlezer.jongere(persoon()["bsn"])


def test_laten_vallen_in_de_browser_en_ongedaan_maken(foute_rij: Uitvalrij, als: Als, administratie: Any) -> None:
    venster = als(administratie)
    assert "nog leeg" in venster.post(adres("rij", foute_rij), {"verval": "1"}).content.decode()
    antwoord = venster.post(adres("rij", foute_rij), {"verval": "1", "verval-motivatie": "Dubbel"}, follow=True)
    pagina = antwoord.content.decode()
    assert "Rij 2 wacht niet meer." in pagina and "Maak ongedaan" in pagina and "Laten vallen" in pagina
    assert "wacht weer op jou" in venster.post(adres("rij-terug", foute_rij), follow=True).content.decode()
    assert Uitvalrij.objects.filter(opgelost_op=None).count() == 1


def test_de_groep_in_de_browser(veel: Levering, als: Als, administratie: Any) -> None:
    venster = als(administratie)
    pagina = venster.get(reverse("leveringen:levering", args=[veel.sleutel])).content.decode()
    assert "5 rijen hebben dezelfde reden" in pagina and "Koppel aan ‘vwo’" in pagina
    eerste = veel.uitvalrijen.select_related("levering").get(rij=2)
    assert "Verbeter 5 rijen" in venster.get(adres("rijgroep", eerste)).content.decode()
    fout = venster.post(adres("rijgroep", eerste), {"herstel": "1", "waarde": "atheneum"}).content.decode()
    assert "Onbekende waarde" in fout and 'value="atheneum"' in fout
    goed = venster.post(adres("rijgroep", eerste), {"herstel": "1", "waarde": "vwo"}, follow=True).content.decode()
    assert "3 rijen ingelezen. 1 rij wacht nog op de persoon." in goed
    assert "Deze fout is opgelost" in venster.get(adres("rijgroep", eerste)).content.decode()


def test_een_rij_van_een_andere_levering_of_regio_bestaat_niet(
    veel: Levering, als: Als, administratie: Any, buitenstaander: Any
) -> None:
    rij = veel.uitvalrijen.select_related("levering").first()
    assert rij is not None
    ander = Levering.objects.exclude(pk=veel.pk).first()
    assert ander is not None
    vreemd = reverse("leveringen:rij", args=[ander.sleutel, rij.sleutel])
    assert als(administratie).get(vreemd).status_code == 404
    for naam in ("rij", "rijgroep"):
        assert als(buitenstaander).get(adres(naam, rij)).status_code == 404
        assert als(buitenstaander).post(adres(naam, rij)).status_code == 404


def test_de_uitval_in_excel_heeft_alleen_tekst_en_geen_formules(inlezer: Inlezer, als: Als, administratie: Any) -> None:
    gevaar = ["=1+1", "+31612345678", "-1", "@SUM(A1)", "gewoon"]
    inlezer("inschrijvingen", [inschrijving(i, onderwijssoort="x", uitschrijfreden=w) for i, w in enumerate(gevaar, 1)])
    adres_ = reverse("leveringen:uitval", args=[Levering.objects.get().sleutel])
    blad = openpyxl.load_workbook(io.BytesIO(als(administratie).get(adres_, {"vorm": "xlsx"}).content)).active
    assert blad is not None
    cellen = [cel for rij in blad.iter_rows() for cel in rij if cel.value is not None]
    assert {cel.data_type for cel in cellen} == {"s"}
    assert not [cel.value for cel in cellen if str(cel.value)[0] in "=+-@"]
    assert "'=1+1" in {cel.value for cel in cellen}
    uitkomst = inlezer("inschrijvingen", als(administratie).get(adres_, {"vorm": "xlsx"}).content, naam="uitval.xlsx")
    assert uitkomst.telling.als_velden()["uitval"] == len(gevaar)


def test_het_aantal_jongeren_blijft_gelijk_bij_herstel_van_een_bekende(foute_rij: Uitvalrij, wie: Any) -> None:
    herstel_rij(foute_rij, {"onderwijssoort": "vwo"}, versie=1, **wie)
    assert Jongere.objects.alles(reden="test").count() == 1
