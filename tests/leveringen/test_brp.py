"""BRP deliveries: persons are made and kept up to date, with a trace, and own contact data stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.dossiers.forms import ContactgegevensFormulier, VerzorgerFormulier
from routekaart.leveringen.publiceren.brp import TEKSTVELDEN
from routekaart.personen.acties import EIGEN_VELDEN, geef_persoonsnummer, wijzig_contactgegevens
from routekaart.personen.models import BrpWijziging, Jongere, Persoonsnummer
from routekaart.personen.nummers import ontsleutel
from routekaart.personen.selecties import zoek
from routekaart.toegang.models import Bereik, SoortWerk
from tests import fabrieken
from tests.fabrieken import NU, Gebied, systeem
from tests.leveringen.hulp import Inlezer, melding, persoon


def aantal_jongeren() -> int:
    return Jongere.objects.alles(reden="test").count()


def test_een_nieuwe_persoon_komt_er_met_alles_in(inlezer: Inlezer) -> None:
    rij = persoon(
        huisletter="A", toevoeging="2", geheimhouding="7", adres_sinds="2020-01-02", naamgebruik="E",
        functie_adres="W", in_gemeente_sinds="2019-01-01", in_nederland_sinds="2010-01-01", in_onderzoek="ja",
    )  # fmt: skip
    assert inlezer.tel("brp", [rij]) == (1, 0, 0, 0)
    jongere = inlezer.jongere(rij["bsn"])
    assert jongere.naam == "Noor de Bakker"
    assert jongere.adres == "Dorpsstraat 12A-2"
    assert (jongere.geheimhouding, jongere.in_onderzoek) == (7, True)
    assert jongere.geboren_vanaf == jongere.geboren_tot == dt.date(2007, 3, 4)
    assert jongere.in_nederland_sinds == dt.date(2010, 1, 1)
    assert jongere.soort_werk == SoortWerk.DOORSTROOMPUNT
    assert jongere.gemeente == inlezer.gebied.gemeente
    assert zoek("bakker noor", toegang=fabrieken.systeem(inlezer.gebied)).get() == jongere


def test_het_nummer_staat_er_versleuteld(inlezer: Inlezer) -> None:
    rij = persoon()
    inlezer("brp", [rij])
    nummer = Persoonsnummer.objects.alles(reden="test").get()
    assert rij["bsn"].encode() not in bytes(nummer.cijfertekst)
    assert ontsleutel(nummer.cijfertekst) == rij["bsn"]


def test_een_onvolledige_geboortedatum_blijft_zoals_zij_is(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(geboortedatum="2004-05-00")])
    jongere = Jongere.objects.alles(reden="test").get()
    assert jongere.geboortedatum == "2004-05-00"
    assert (jongere.geboren_vanaf, jongere.geboren_tot) == (dt.date(2004, 5, 1), dt.date(2004, 5, 31))


def test_wie_onder_de_18_is_valt_onder_leerplicht(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(geboortedatum="2012-01-01")])
    assert Jongere.objects.alles(reden="test").get().soort_werk == SoortWerk.LEERPLICHT


def test_hetzelfde_bestand_nog_eens_verandert_niets(inlezer: Inlezer) -> None:
    rijen = [persoon(1), persoon(2), persoon(3, geboortedatum="2004-13-40")]
    assert inlezer.tel("brp", rijen) == (2, 0, 0, 1)
    versies = list(Jongere.objects.alles(reden="test").order_by("pk").values_list("versie", "updated"))
    assert inlezer.tel("brp", rijen) == (0, 0, 2, 1)
    assert list(Jongere.objects.alles(reden="test").order_by("pk").values_list("versie", "updated")) == versies
    assert not BrpWijziging.objects.alles(reden="test").exists()


def test_een_wijziging_laat_zien_wat_er_was_en_eigen_gegevens_blijven(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon()])
    bsn = persoon()["bsn"]
    jongere = inlezer.jongere(bsn)
    Jongere.objects.alles(reden="test").update(
        telefoon="06 11111111", email="noor@voorbeeld.example", roepnaam="Noortje"
    )
    uitkomst = inlezer("brp", [persoon(achternaam="Öztürk", huisnummer="14", overleden_op="2026-11-01")])
    assert uitkomst.telling.als_velden()["gewijzigd"] == 1
    jongere.refresh_from_db()
    assert (jongere.achternaam, jongere.huisnummer) == ("Öztürk", "14")
    assert jongere.overleden_op == dt.date(2026, 11, 1)
    assert (jongere.telefoon, jongere.email, jongere.roepnaam) == ("06 11111111", "noor@voorbeeld.example", "Noortje")
    assert "ozturk" in jongere.zoeknaam and "noortje" in jongere.zoeknaam
    assert jongere.versie == 2
    assert uitkomst.levering is not None
    assert jongere.levering_id == uitkomst.levering.pk
    sporen = (
        BrpWijziging.objects.alles(reden="test").order_by("veld").values_list("veld", "was", "wordt", "levering_id")
    )
    assert list(sporen.values_list("veld", "was", "wordt", "levering_id")) == [
        ("achternaam", "Bakker", "Öztürk", uitkomst.levering.pk),
        ("huisnummer", "12", "14", uitkomst.levering.pk),
        ("overleden_op", "leeg", "01-11-2026", uitkomst.levering.pk),
    ]


def test_van_elke_wijziging_staat_vast_vanaf_welke_dag_ze_geldt_en_van_wie_we_het_weten(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(adres_sinds="2020-01-01", in_gemeente_sinds="2020-01-01")])
    verhuisd = {"straat": "Kerkstraat", "adres_sinds": "2026-10-15", "gemeentecode": "9102"}
    inlezer(
        "brp", [persoon(achternaam="Visser", overleden_op="2026-11-01", in_gemeente_sinds="2026-10-14", **verhuisd)]
    )
    sporen = BrpWijziging.objects.alles(reden="test").values_list("veld", "was", "wordt", "geldig_vanaf", "bron")
    gevonden = {veld: (was, wordt, vanaf) for veld, was, wordt, vanaf, _ in sporen}
    assert {bron for *_, bron in sporen} == {"BRP"}
    assert gevonden["straat"] == ("Dorpsstraat", "Kerkstraat", dt.date(2026, 10, 15))
    assert gevonden["adres_sinds"] == ("01-01-2020", "15-10-2026", dt.date(2026, 10, 15))
    assert gevonden["gemeente"][2] == dt.date(2026, 10, 14)
    assert gevonden["overleden_op"] == ("leeg", "01-11-2026", dt.date(2026, 11, 1))
    assert gevonden["achternaam"] == ("Bakker", "Visser", None), "van een naam zegt de BRP niet sinds wanneer"


def test_elke_wijziging_blijft_staan_ook_als_het_daarna_weer_wijzigt(inlezer: Inlezer) -> None:
    for straat in ("Dorpsstraat", "Kerkstraat", "Kade", "Dorpsstraat"):
        inlezer("brp", [persoon(straat=straat)])
    sporen = BrpWijziging.objects.alles(reden="test").filter(veld="straat").order_by("pk")
    assert list(sporen.values_list("was", "wordt")) == [
        ("Dorpsstraat", "Kerkstraat"), ("Kerkstraat", "Kade"), ("Kade", "Dorpsstraat"),
    ]  # fmt: skip


def test_een_gegeven_uit_de_brp_is_niet_over_te_typen(inlezer: Inlezer, gebied: Gebied) -> None:
    inlezer("brp", [persoon()])
    jongere = inlezer.jongere(persoon()["bsn"])
    assert EIGEN_VELDEN.isdisjoint(TEKSTVELDEN)
    for veld in (*TEKSTVELDEN, "gemeente_id"):
        with pytest.raises(ValueError, match=veld):
            wijzig_contactgegevens(jongere, versie=1, velden={veld: "x"}, toegang=systeem(gebied), nu=NU)
    bewerkbaar = {*ContactgegevensFormulier.base_fields, *VerzorgerFormulier.base_fields} - EIGEN_VELDEN
    assert not bewerkbaar & {"straat", "postcode", "achternaam", "geboortedatum", "geheimhouding"}


def test_een_levering_raakt_nooit_wat_wij_zelf_vastlegden(inlezer: Inlezer) -> None:
    """Every field of our own, filled, stays through every delivery that is about this person."""
    inlezer("brp", [persoon()])
    eigen: dict[str, Any] = {
        veld: {"email": "noor@voorbeeld.example", "niet_alleen": True}.get(veld, "van onszelf") for veld in EIGEN_VELDEN
    }
    Jongere.objects.alles(reden="test").update(**eigen)
    anders = {naam: f"{waarde}x" for naam, waarde in persoon().items() if naam in {"achternaam", "voornamen", "straat"}}
    inlezer("brp", [persoon(**anders, geheimhouding="7")])
    inlezer("duo-verzuim", [melding(telefoon_deelnemer="06 99999999", verblijfadres="Elders 1", voornamen="Anders")])
    jongere = inlezer.jongere(persoon()["bsn"])
    assert jongere.straat == "Dorpsstraatx" and jongere.geheimhouding == 7
    assert {veld: getattr(jongere, veld) for veld in EIGEN_VELDEN} == eigen


def test_een_kolom_die_er_niet_is_blijft_met_rust_een_lege_cel_maakt_leeg(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon(overleden_op="2026-01-01", toevoeging="bis")])
    zonder = persoon()
    del zonder["straat"]
    assert inlezer.tel("brp", [zonder]) == (0, 1, 0, 0)
    jongere = inlezer.jongere(zonder["bsn"])
    assert (jongere.straat, jongere.toevoeging, jongere.overleden_op) == ("Dorpsstraat", "bis", None)


def test_een_gewijzigde_geboortedatum_verschuift_ook_het_soort_werk(inlezer: Inlezer) -> None:
    inlezer("brp", [persoon()])
    inlezer("brp", [persoon(geboortedatum="2010-00-00")])
    jongere = Jongere.objects.alles(reden="test").get()
    assert (jongere.geboren_vanaf, jongere.geboren_tot) == (dt.date(2010, 1, 1), dt.date(2010, 12, 31))
    assert jongere.soort_werk == SoortWerk.LEERPLICHT


def test_een_gemeente_buiten_de_regio_wordt_aangenomen_een_onbekende_niet(inlezer: Inlezer) -> None:
    assert inlezer.tel("brp", [persoon(1, gemeentecode="0518"), persoon(2, gemeentecode="9999")]) == (1, 0, 0, 1)
    assert str(inlezer.jongere(persoon(1)["bsn"]).gemeente) == "'s-Gravenhage"


def test_wie_in_een_opgeheven_gemeente_staat_woont_in_de_gemeente_waarin_die_opging(inlezer: Inlezer) -> None:
    appingedam = [persoon(gemeentecode="0003")]
    assert inlezer.tel("brp", appingedam) == (1, 0, 0, 0)
    assert inlezer.jongere(persoon()["bsn"]).gemeente.naam == "Eemsdelta"
    assert inlezer.tel("brp", appingedam) == (0, 0, 1, 0)
    assert inlezer.tel("brp", [persoon(gemeentecode="1979")]) == (0, 0, 1, 0)


def test_een_herhaalde_rij_is_ongewijzigd(inlezer: Inlezer) -> None:
    assert inlezer.tel("brp", [persoon(1), persoon(2), persoon(1)]) == (2, 0, 1, 0)
    assert aantal_jongeren() == 2


def test_van_twee_rijen_over_een_persoon_geldt_de_laatste_en_nog_eens_lezen_verandert_niets(inlezer: Inlezer) -> None:
    rijen = [persoon(huisnummer="1"), persoon(2), persoon(huisnummer="2")]
    assert inlezer.tel("brp", rijen) == (2, 1, 0, 0)
    assert inlezer.jongere(persoon()["bsn"]).huisnummer == "2"
    assert inlezer.tel("brp", rijen) == (0, 0, 3, 0)


def test_een_jongere_die_met_de_hand_is_gemaakt_is_dezelfde_op_nummer(inlezer: Inlezer) -> None:
    jongere = fabrieken.maak_jongere(inlezer.gebied, bsn=None)
    geef_persoonsnummer(jongere, persoon()["bsn"])
    assert inlezer.tel("brp", [persoon()]) == (0, 1, 0, 0)
    assert aantal_jongeren() == 1


def test_wie_met_een_lopend_werkproces_weg_verhuist_blijft_bij_het_team(inlezer: Inlezer) -> None:
    gebied = inlezer.gebied
    jongere = fabrieken.maak_jongere(gebied, bsn=persoon()["bsn"])
    fabrieken.maak_werkproces(jongere)
    coach = fabrieken.maak_gebruiker(gebied, "coach", "doorstroomcoach", team=gebied.doorstroompunt)
    for _ in range(2):
        inlezer("brp", [persoon(gemeentecode="0518")])
        inlezer("brp", [persoon(gemeentecode="0363")])
    bereik = Bereik.objects.get(jongere_id=jongere.pk)
    assert (bereik.team, bereik.grond) == (gebied.doorstroompunt, Bereik.Grond.VERHUISD)
    assert Jongere.objects.voor(fabrieken.toegang(coach)).filter(pk=jongere.pk).exists()


def test_wie_binnen_het_gebied_van_het_team_verhuist_krijgt_geen_uitzondering(inlezer: Inlezer) -> None:
    jongere = fabrieken.maak_jongere(inlezer.gebied, bsn=persoon()["bsn"])
    fabrieken.maak_werkproces(jongere)
    inlezer("brp", [persoon(gemeentecode=inlezer.gebied.andere_gemeente.code)])
    assert not Bereik.objects.exists()
    assert inlezer.jongere(persoon()["bsn"]).gemeente == inlezer.gebied.andere_gemeente


def test_een_levering_van_een_andere_regio_raakt_deze_personen_niet(inlezer: Inlezer) -> None:
    ander = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    hier = fabrieken.maak_jongere(inlezer.gebied, bsn=persoon()["bsn"])
    inlezer.gebied = ander
    assert inlezer.tel("brp", [persoon()]) == (1, 0, 0, 0)
    hier.refresh_from_db()
    assert hier.achternaam.startswith("Dekkers")
    assert aantal_jongeren() == 2


def test_wie_verhuist_met_een_open_melding_blijft_bereikbaar_voor_wie_die_beoordeelt(
    inlezer: Inlezer, gebied: Gebied
) -> None:
    inlezer("brp", [persoon(1), persoon(2)])
    een, twee = (inlezer.jongere(persoon(nummer)["bsn"]) for nummer in (1, 2))
    fabrieken.maak_melding(gebied, jongere=een)
    fabrieken.maak_melding(gebied, jongere=twee, oordeel="onterecht", oordeel_op=NU)
    inlezer("brp", [persoon(1, gemeentecode="0518"), persoon(2, gemeentecode="0518")])
    teams = set(Bereik.objects.filter(jongere_id=een.pk).values_list("team__naam", flat=True))
    assert "Doorstroompunt" in teams and "Leerplicht" not in teams
    assert not Bereik.objects.filter(jongere_id=twee.pk).exists()
