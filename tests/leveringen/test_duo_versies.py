"""Versions of a melding: in any order, with any repetition, over any number of files, the end is the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routekaart.leveringen.models import Uitvalrij
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding, Meldingversie, Verzuimregel
from tests.leveringen.hulp import Inlezer, melding, persoon

WIE = {"achternaam": "Bakker", "voornamen": "Noor", "geboortedatum": "2007-03-04", "geslacht": "V"}
NIEMAND = dict.fromkeys(WIE, "")
# what is about the moment of reading and not about what the school said
NIET_DE_STAND = {"id", "sleutel", "versie", "created", "updated", "levering_id", "levering", "nummer", "werkproces"}


@pytest.fixture
def met_personen(inlezer: Inlezer) -> Inlezer:
    inlezer("brp", [persoon(1), persoon(2)])
    for brin in ("99VA00", "99VB00"):
        Instelling.objects.create(brin=brin, naam=f"School {brin}")
    return inlezer


def stand() -> dict[str, Any]:
    """How all meldingen stand: their fields, days, versions, and what could not be taken."""
    gevonden: dict[str, Any] = {"uitval": set()}
    velden = [veld.name for veld in Melding._meta.concrete_fields if veld.name not in NIET_DE_STAND]
    for een in Melding.objects.alles(reden="test"):
        versies = Meldingversie.objects.alles(reden="test").filter(melding=een)
        regels = Verzuimregel.objects.alles(reden="test").filter(melding=een)
        gevonden[een.duo_nummer] = (
            {veld: getattr(een, veld) for veld in velden},
            sorted((versie.duo_versie, str(sorted(versie.inhoud.items()))) for versie in versies),
            sorted(regels.values_list("datum", "minuten", "hele_dag")),
        )
    for rij in Uitvalrij.objects.filter(opgelost_op=None, levering__soort="duo-verzuim"):
        gevonden["uitval"].add((rij.kolom, rij.waarde, rij.reden))
    return gevonden


def versie(nummer: str = "1", **anders: Any) -> dict[str, Any]:
    """A row of one series; all rows have the same columns."""
    return melding(**{"versie": nummer, "uren": "", "einddatum": "", "contact_naam": ""} | NIEMAND | anders)


RIJ = st.builds(
    versie,
    nummer=st.sampled_from(["", "", "0", "1", "2", "3"]),
    meldingsnummer=st.sampled_from(["700001", "700001", "700002"]),
    gemeld_op=st.sampled_from(["", "2026-11-12", "2026-11-13", "2026-11-13T10:00:00"]),
    status=st.sampled_from(["", "nieuw", "gewijzigd", "ingetrokken"]),
    soort=st.sampled_from(["16-uur", "luxe", "spijbelen"]),
    reden=st.sampled_from(["", "Ziek", "Nog steeds weg"]),
    brin=st.sampled_from(["99VA00", "99VB00"]),
    uren=st.sampled_from(["", "2026-11-02:3", "2026-11-02:2;2026-11-03:heel"]),
    contact_naam=st.sampled_from(["", "K. Slot"]),
    achternaam=st.sampled_from(["", "Bakker", "Bekker"]),
).filter(lambda rij: rij["versie"] not in ("", "0") or rij["gemeld_op"])


@st.composite
def series(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]:
    """Rows, and the same rows in another order, some repeated, over a number of files."""
    rijen = draw(st.lists(RIJ, min_size=1, max_size=6))
    anders = draw(st.permutations(rijen + draw(st.lists(st.sampled_from(rijen), max_size=3))))
    bestanden: list[list[dict[str, Any]]] = [[]]
    for rij in anders:
        if bestanden[-1] and draw(st.booleans()):
            bestanden.append([])
        bestanden[-1].append(rij)
    return rijen, bestanden


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(series())
def test_in_welke_volgorde_ook_het_einde_is_hetzelfde(
    met_personen: Inlezer, geval: tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]
) -> None:
    rijen, bestanden = geval
    uitkomsten = []
    for leveringen in ([rijen], bestanden):
        with transaction.atomic():
            for levering in leveringen:
                met_personen("duo-verzuim", levering)
            uitkomsten.append(stand())
            # and all of it once more changes nothing
            nieuw, gewijzigd, *_ = met_personen.tel("duo-verzuim", rijen)
            assert (nieuw, gewijzigd) == (0, 0)
            assert stand() == uitkomsten[-1]
            transaction.set_rollback(True)
    assert uitkomsten[0] == uitkomsten[1]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(series())
def test_hoe_een_bestand_ook_gesplitst_is_de_tellingen_zijn_samen_gelijk(
    met_personen: Inlezer, geval: tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]
) -> None:
    _, bestanden = geval
    tellingen = []
    for leveringen in ([[rij for bestand in bestanden for rij in bestand]], bestanden):
        with transaction.atomic():
            delen = [met_personen.tel("duo-verzuim", levering) for levering in leveringen]
            tellingen.append([sum(telling) for telling in zip(*delen, strict=True)])
            transaction.set_rollback(True)
    assert tellingen[0] == tellingen[1]


def test_een_versie_kan_een_andere_laten_gelden(met_personen: Inlezer) -> None:
    """The moment of version 1 tells only later that the row without a version came after it."""
    met_personen("duo-verzuim", [versie("", reden="zonder", gemeld_op="2026-11-13")])
    assert met_personen.tel("duo-verzuim", [versie("1", reden="een", gemeld_op="")]) == (0, 1, 0, 0)
    assert de_melding().reden == "een"
    met_personen("duo-verzuim", [versie("1", reden="een", gemeld_op="2026-11-12")])
    assert de_melding().reden == "zonder"


def de_melding() -> Any:
    return Melding.objects.alles(reden="test").get()


def test_een_oudere_versie_die_later_komt_wordt_bewaard_en_verandert_niets(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [versie("3", reden="drie", uren="2026-11-02:3")])
    assert met_personen.tel("duo-verzuim", [versie("1", reden="een", uren="2026-11-03:2")]) == (0, 0, 1, 0)
    assert (de_melding().reden, de_melding().duo_versie) == ("drie", 3)
    versies = Meldingversie.objects.alles(reden="test").order_by("duo_versie")
    assert [(v.duo_versie, v.inhoud["reden"]) for v in versies] == [(1, "een"), (3, "drie")]
    dagen = Verzuimregel.objects.alles(reden="test").order_by("datum").values_list("datum__day", "minuten")
    assert list(dagen) == [(2, 180), (3, 0)]


def test_dezelfde_versie_die_meer_zegt_vult_aan_en_die_minder_zegt_niet(met_personen: Inlezer) -> None:
    kaal = versie("1", reden="")
    met_personen("duo-verzuim", [kaal])
    assert met_personen.tel("duo-verzuim", [versie("1", reden="Ziek")]) == (0, 1, 0, 0)
    assert met_personen.tel("duo-verzuim", [kaal]) == (0, 0, 1, 0)
    assert de_melding().reden == "Ziek"
    assert Meldingversie.objects.alles(reden="test").count() == 2


def test_een_latere_versie_van_een_andere_school_gaat_over_die_school(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [versie("1")])
    met_personen("duo-verzuim", [versie("2", brin="99VB00")])
    assert (de_melding().instelling.brin, de_melding().melder_organisatie) == ("99VB00", "School 99VB00")


def test_een_melding_die_ineens_over_iemand_anders_gaat_is_uitval(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [versie("1")])
    rij = versie("2", pgn=persoon(2)["bsn"], reden="Over iemand anders")
    for _ in range(2):
        assert met_personen.tel("duo-verzuim", [rij]) == (0, 0, 0, 1)
    assert de_melding().reden == "Komt niet opdagen"
    assert "over iemand anders" in Uitvalrij.objects.order_by("-pk")[0].reden


def test_een_naam_die_een_collega_verbeterde_blijft(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [versie("1", achternaam="Baker")])
    Melding.objects.alles(reden="test").update(opgegeven_achternaam="Bakker")
    met_personen("duo-verzuim", [versie("2", achternaam="Baker", reden="Nog steeds")])
    assert (de_melding().opgegeven_achternaam, de_melding().reden) == ("Bakker", "Nog steeds")


def test_een_rij_zonder_versie_geldt_alleen_als_zij_later_gemeld_is(met_personen: Inlezer) -> None:
    met_personen("duo-verzuim", [versie("2", reden="twee", gemeld_op="2026-11-12")])
    assert met_personen.tel("duo-verzuim", [versie("", reden="eerder", gemeld_op="2026-11-11")]) == (0, 0, 1, 0)
    assert met_personen.tel("duo-verzuim", [versie("", reden="wanneer", gemeld_op="")]) == (0, 0, 1, 0)
    assert met_personen.tel("duo-verzuim", [versie("", reden="later", gemeld_op="2026-11-13")]) == (0, 1, 0, 0)
    assert (de_melding().reden, de_melding().duo_versie) == ("later", 2)


def test_zonder_versie_en_zonder_moment_geldt_wat_het_laatst_kwam(met_personen: Inlezer) -> None:
    rijen = [versie("", gemeld_op="", reden=reden) for reden in ("eerst", "daarna", "nog later")]
    for rij in rijen:
        met_personen("duo-verzuim", [rij])
    assert de_melding().reden == "nog later"
    assert met_personen.tel("duo-verzuim", rijen) == (0, 0, 3, 0)
