"""The plan: made together, revised without losing the old one, its agreements on the list, and who holds the regie."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.begeleiding.acties import NieuwDoel, NieuweAfspraak, Regiekeuze, beleg_regie, rond_afspraak_af
from routekaart.begeleiding.models import Afspraak, Doel, Plan, Regie
from routekaart.dossiers.acties import doe_fase_opnieuw
from routekaart.dossiers.models import Werkproces
from tests import fabrieken
from tests.begeleiding.stappen import EEN_DAG, feiten, plan, taken, tot_en_met_plan
from tests.fabrieken import NU, VANDAAG

OVER_EEN_WEEK = VANDAAG + dt.timedelta(days=7)
WOUTER = Regiekeuze("Wouter Blom", "Stadsbank", gevraagd=True, keuze="Wouter ken ik")


def test_een_plan_heeft_doelen_en_afspraken(werkproces: Werkproces, coach: Any) -> None:
    afspraken = [
        NieuweAfspraak("Zoek open dagen", "Coach", OVER_EEN_WEEK, van_ons=True, doel=0),
        NieuweAfspraak("Bel de mentor", "Yara", OVER_EEN_WEEK, doel=1),
    ]
    doelen = [NieuwDoel("Een open dag bezoeken", "werk-opleiding", OVER_EEN_WEEK), NieuwDoel("Om 9 uur op")]
    gemaakt = plan(werkproces, coach, doelen=doelen, afspraken=afspraken, domeinen=["hulpverlening", "onderwijs"])
    assert gemaakt.nummer == 1 and gemaakt.akkoord
    assert gemaakt.domeinen == ["onderwijs", "hulpverlening"]
    bij = Afspraak.objects.alles(reden="test").order_by("pk").values_list("wie", "doel__tekst")
    assert list(bij) == [("Coach", "Een open dag bezoeken"), ("Yara", "Om 9 uur op")]
    assert [feit.code for feit in feiten(werkproces)] == ["plan.vastgesteld", "regie.belegd"]


def test_alleen_wat_wij_doen_komt_op_onze_lijst(werkproces: Werkproces, coach: Any) -> None:
    afspraken = [
        NieuweAfspraak("Zoek open dagen", "Coach", OVER_EEN_WEEK, van_ons=True),
        NieuweAfspraak("Bel de mentor", "Yara", VANDAAG),
    ]
    plan(werkproces, coach, afspraken=afspraken)
    (taak,) = taken(werkproces, "afspraak")
    assert (taak.wat, taak.due, taak.eigenaar) == ("Zoek open dagen", OVER_EEN_WEEK, coach)


def test_een_open_afspraak_staat_niet_in_de_weg_van_een_nieuw_plan(
    werkproces: Werkproces, coach: Any, gebied: fabrieken.Gebied
) -> None:
    tot_en_met_plan(werkproces, coach, gebied)
    doe_fase_opnieuw(werkproces, fase=3, motivatie="Het liep vast", toegang=fabrieken.toegang(coach), nu=NU)
    assert taken(werkproces, "afspraak")
    assert [taak.actie for taak in taken(werkproces, "stap")] == ["plan-maken"]


def test_een_herziening_bewaart_het_oude_plan(werkproces: Werkproces, coach: Any) -> None:
    eerst = plan(werkproces, coach)
    doel = eerst.doelen.alles(reden="test").get()
    Doel.objects.alles(reden="test").filter(pk=doel.pk).update(leefdomein="financien")
    verder = [NieuwDoel("Twee open dagen bezoeken", uit=doel.sleutel), NieuwDoel("Een fiets regelen")]
    nieuw = plan(werkproces, coach, doelen=verder, versie=eerst.versie, regie=None)
    eerst.refresh_from_db()
    assert eerst.vervangen_op == NU and nieuw.vervangen_op is None
    assert nieuw.nummer == 2
    assert eerst.doelen.alles(reden="test").count() == 1
    assert nieuw.doelen.alles(reden="test").get(tekst="Twee open dagen bezoeken").leefdomein == "financien"
    assert len(feiten(werkproces, "plan.vastgesteld")) == len(feiten(werkproces, "plan.herzien")) == 1


def test_taken_van_het_oude_plan_verdwijnen_van_de_lijst(werkproces: Werkproces, coach: Any) -> None:
    eerst = plan(werkproces, coach)
    afspraken = [NieuweAfspraak("Bel het loket", "Coach", OVER_EEN_WEEK, van_ons=True)]
    plan(werkproces, coach, afspraken=afspraken, versie=eerst.versie)
    assert [taak.wat for taak in taken(werkproces, "afspraak")] == ["Bel het loket"]


def test_twee_die_tegelijk_herzien_maken_een_nieuw_plan(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    eerst = plan(werkproces, coach)
    plan(werkproces, collega, versie=eerst.versie)
    with pytest.raises(Tussentijds, match="Collega") as weigering:
        plan(werkproces, coach, versie=eerst.versie)
    assert weigering.value.wijzigingen[0].nu == "versie 2, gemaakt op 17-11-2026"
    assert Plan.objects.alles(reden="test").count() == 2


def test_wie_begon_toen_er_geen_plan_was_hoort_dat_er_een_is(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    plan(werkproces, collega)
    with pytest.raises(Tussentijds):
        plan(werkproces, coach, versie=0)


def test_zonder_instemming_hoort_er_een_reden_bij(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="ermee eens") as weigering:
        plan(werkproces, coach, akkoord=False)
    assert weigering.value.veld == "zonder_akkoord"
    plan(werkproces, coach, akkoord=False, zonder_akkoord="Yara denkt er nog over na")
    assert feiten(werkproces, "plan.vastgesteld")[0].toelichting.endswith("Yara denkt er nog over na")


VOORBIJ = [NieuweAfspraak("Bel", "Coach", VANDAAG - EEN_DAG)]


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"deelnemers": ""}, "deelnemers"),
        ({"domeinen": []}, "domeinen"),
        ({"domeinen": ["sport"]}, "domeinen"),
        ({"doelen": []}, "doelen"),
        ({"doelen": [NieuwDoel("Werken"), NieuwDoel(" ")]}, "doelen"),
        ({"doelen": [NieuwDoel("Werken", leefdomein="humeur")]}, "doelen"),
        ({"afspraken": []}, "afspraken"),
        ({"afspraken": [NieuweAfspraak("", "Coach", VANDAAG)]}, "afspraken"),
        ({"afspraken": [NieuweAfspraak("Bel", "", VANDAAG)]}, "afspraken"),
        ({"afspraken": [NieuweAfspraak("Bel", "Coach", None)]}, "afspraken"),
        ({"afspraken": VOORBIJ}, "afspraken"),
        ({"op": VANDAAG + EEN_DAG}, "op"),
        ({"regie": Regiekeuze("")}, "houder"),
        ({"regie": Regiekeuze("Wouter", gevraagd=False)}, "keuze"),
    ],
)
def test_weigert_een_half_plan(werkproces: Werkproces, coach: Any, velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(Geweigerd) as weigering:
        plan(werkproces, coach, **velden)
    assert weigering.value.veld == veld
    for model in (Plan, Doel, Afspraak, Regie):
        assert not model.objects.alles(reden="test").exists()
    assert not feiten(werkproces) and not taken(werkproces, "afspraak")


def test_een_afspraak_die_klaar_is_gaat_van_de_lijst(werkproces: Werkproces, coach: Any) -> None:
    plan(werkproces, coach)
    afspraak = Afspraak.objects.alles(reden="test").get()
    rond_afspraak_af(afspraak, op=VANDAAG, toegang=fabrieken.toegang(coach), nu=NU)
    assert afspraak.gedaan_op == VANDAAG
    assert not taken(werkproces, "afspraak")
    with pytest.raises(Geweigerd, match="al gedaan"):
        rond_afspraak_af(afspraak, op=VANDAAG, toegang=fabrieken.toegang(coach), nu=NU)


def beleg(werkproces: Werkproces, door: Any, keuze: Regiekeuze = WOUTER, **velden: Any) -> Regie:
    waarden = {"van": VANDAAG} | velden
    return beleg_regie(werkproces, keuze, toegang=fabrieken.toegang(door), nu=NU, **waarden)


def test_een_wisseling_van_regie_houdt_wie_het_eerder_was(werkproces: Werkproces, coach: Any) -> None:
    eerst = beleg(werkproces, coach, van=VANDAAG - dt.timedelta(days=30))
    nieuw = Regiekeuze("Petra", "Wijkteam", gevraagd=True, reden="Wouter werkt er niet meer")
    beleg(werkproces, coach, nieuw, versie=eerst.versie)
    rijen = Regie.objects.alles(reden="test").order_by("van").values_list("houder", "tot")
    assert list(rijen) == [("Wouter Blom", VANDAAG - EEN_DAG), ("Petra", None)]
    assert len(feiten(werkproces, "regie.belegd")) == 2


def test_een_wisseling_heeft_een_reden(werkproces: Werkproces, coach: Any) -> None:
    eerst = beleg(werkproces, coach, van=VANDAAG - EEN_DAG)
    with pytest.raises(Geweigerd, match="waarom de regie wisselt") as weigering:
        beleg(werkproces, coach, Regiekeuze("Petra", gevraagd=True), versie=eerst.versie)
    assert weigering.value.veld == "reden"


def test_op_dezelfde_dag_verbeteren_maakt_geen_tweede_rij(werkproces: Werkproces, coach: Any) -> None:
    eerst = beleg(werkproces, coach)
    beleg(werkproces, coach, Regiekeuze("Wouter Blom", "Stadsbank Veldermeer", gevraagd=True), versie=eerst.versie)
    assert Regie.objects.alles(reden="test").get().organisatie == "Stadsbank Veldermeer"


def test_regie_kan_niet_terug_in_de_tijd(werkproces: Werkproces, coach: Any) -> None:
    eerst = beleg(werkproces, coach)
    met_reden = Regiekeuze("Petra", gevraagd=True, reden="Beter")
    with pytest.raises(Geweigerd, match="pas sinds") as weigering:
        beleg(werkproces, coach, met_reden, van=VANDAAG - EEN_DAG, versie=eerst.versie)
    assert weigering.value.veld == "van"


def test_twee_die_tegelijk_wisselen_wie_tweede_is_hoort_het(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    beleg(werkproces, collega, Regiekeuze("Petra", gevraagd=True))
    with pytest.raises(Tussentijds) as weigering:
        beleg(werkproces, coach, versie=0)
    assert weigering.value.wijzigingen[0].nu == "Petra"
    assert Regie.objects.alles(reden="test").get().houder == "Petra"


def test_een_formulier_van_voor_de_wisseling_past_niet_meer(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    eerst = beleg(werkproces, coach, van=VANDAAG - EEN_DAG)
    beleg(werkproces, collega, Regiekeuze("Petra", gevraagd=True, reden="Wouter is weg"), versie=eerst.versie)
    with pytest.raises(Tussentijds):
        beleg(werkproces, coach, Regiekeuze("Karin", gevraagd=True, reden="Wouter is weg"), versie=eerst.versie)


def test_de_jongere_wordt_gevraagd_of_er_staat_waarom_niet(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd) as weigering:
        beleg(werkproces, coach, Regiekeuze("Petra"))
    assert weigering.value.veld == "keuze"
    assert not beleg(werkproces, coach, Regiekeuze("Petra", keuze="Yara wil er niet over praten")).gevraagd
