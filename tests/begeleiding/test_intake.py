"""The intake: planned with what must be asked, held here or elsewhere, corrected without losing anything."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.begeleiding.models import Intake
from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from tests import fabrieken
from tests.begeleiding.stappen import EEN_DAG, MORGEN, afsluiten, feiten, intake, intake_plannen, taken
from tests.fabrieken import NU, VANDAAG


def aantal() -> int:
    return Intake.objects.alles(reden="test").count()


def test_een_geplande_intake_staat_op_dag_en_tijd_in_de_werkvoorraad(werkproces: Werkproces, coach: Any) -> None:
    intake_plannen(werkproces, coach, wens="Haar moeder")
    (taak,) = taken(werkproces, "intake")
    assert (taak.due, taak.tijd, taak.eigenaar) == (dt.date(2026, 11, 18), dt.time(10, 0), coach)
    assert taak.actie == "intake-vastleggen" and taak.wat == "Intake met Yara"
    (feit,) = feiten(werkproces, "intake.gepland")
    assert feit.op == VANDAAG and "woensdag 18 november 2026, 10:00" in feit.toelichting
    assert Intake.objects.alles(reden="test").get().wens == "Haar moeder"


def test_weigert_als_niet_gevraagd_is_wie_erbij_mag(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="Vraag altijd wie de jongere erbij wil") as weigering:
        intake_plannen(werkproces, coach, wens_gevraagd=False)
    assert weigering.value.veld == "wens_gevraagd"
    assert not aantal() and not taken(werkproces, "intake")


def test_staat_de_jongere_ingeschreven_dan_hoort_school_erbij(werkproces: Werkproces, coach: Any) -> None:
    fabrieken.maak_inschrijving(werkproces.jongere)
    with pytest.raises(Geweigerd, match="ingeschreven bij ROC De Waarden") as weigering:
        intake_plannen(werkproces, coach, school_erbij=False)
    assert weigering.value.veld == "school_niet_omdat"
    intake_plannen(werkproces, coach, school_erbij=False, school_niet_omdat="Yara wil eerst alleen praten")
    assert "School is er niet bij: Yara wil eerst alleen praten" in feiten(werkproces, "intake.gepland")[0].toelichting


def test_wie_niet_ingeschreven_staat_heeft_geen_school_nodig(werkproces: Werkproces, coach: Any) -> None:
    fabrieken.maak_inschrijving(werkproces.jongere, tot=VANDAAG - EEN_DAG)
    assert not intake_plannen(werkproces, coach, school_erbij=False).school_erbij


def test_weigert_een_moment_dat_geweest_is(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="al geweest") as weigering:
        intake_plannen(werkproces, coach, moment=NU)
    assert weigering.value.veld == "datum"


def test_weigert_zonder_plaats(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="waar jullie afspreken"):
        intake_plannen(werkproces, coach, plaats=" ")


def test_verzetten_verplaatst_de_taak_en_bewaart_beide_feiten(werkproces: Werkproces, coach: Any) -> None:
    eerst = intake_plannen(werkproces, coach)
    later = MORGEN + dt.timedelta(days=2)
    intake_plannen(werkproces, coach, moment=later, versie=eerst.versie)
    (taak,) = taken(werkproces, "intake")
    assert taak.due == dt.date(2026, 11, 20)
    assert [feit.toelichting[:6] for feit in feiten(werkproces, "intake.gepland")] == ["Geplan", "Verzet"]
    assert aantal() == 1


def test_twee_die_tegelijk_plannen_wie_tweede_is_hoort_het(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    intake_plannen(werkproces, collega, plaats="School")
    with pytest.raises(Tussentijds) as weigering:
        intake_plannen(werkproces, coach, plaats="Kantoor", versie=0)
    assert [(w.label, w.nu) for w in weigering.value.wijzigingen] == [("Waar", "School")]
    assert Intake.objects.alles(reden="test").get().plaats == "School"


def test_de_gehouden_intake_bewaart_vraag_en_vraag_erachter_apart(werkproces: Werkproces, coach: Any) -> None:
    gehouden = intake(
        werkproces, coach, onderliggende_vraag="Rust in geldzaken", antwoorden={"thuis": "Bij moeder", "schulden": " "}
    )
    assert gehouden.ondersteuningsvraag == "Ik wil iets met mijn handen doen"
    assert gehouden.onderliggende_vraag == "Rust in geldzaken"
    assert gehouden.antwoorden == {"thuis": "Bij moeder"}
    assert feiten(werkproces, "intake.gehouden")[0].op == VANDAAG


def test_na_de_intake_is_de_taak_klaar(werkproces: Werkproces, coach: Any) -> None:
    intake_plannen(werkproces, coach)
    intake(werkproces, coach)
    assert not taken(werkproces, "intake")


def test_een_driegesprek_elders_telt_als_intake(werkproces: Werkproces, coach: Any) -> None:
    gehouden = intake(werkproces, coach, elders="Werkplein Veldermeer", wens_gevraagd=False)
    assert gehouden.plaats == "Werkplein Veldermeer"
    assert feiten(werkproces, "intake.gehouden")[0].toelichting == "Samen met Werkplein Veldermeer"


def test_een_eigen_intake_zonder_gevraagde_wens_niet(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd) as weigering:
        intake(werkproces, coach, wens_gevraagd=False)
    assert weigering.value.veld == "wens_gevraagd"


def test_bij_het_plannen_gevraagd_is_gevraagd(werkproces: Werkproces, coach: Any) -> None:
    intake_plannen(werkproces, coach)
    assert intake(werkproces, coach, wens_gevraagd=False).wens_gevraagd


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"gehouden_op": VANDAAG + EEN_DAG}, "gehouden_op"),
        ({"deelnemers": ""}, "deelnemers"),
        ({"ondersteuningsvraag": "  "}, "ondersteuningsvraag"),
    ],
)
def test_weigert_een_halve_intake(werkproces: Werkproces, coach: Any, velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(Geweigerd) as weigering:
        intake(werkproces, coach, **velden)
    assert weigering.value.veld == veld
    assert not aantal() and not feiten(werkproces)


def test_een_verkeerde_dag_is_te_verbeteren(werkproces: Werkproces, coach: Any) -> None:
    intake(werkproces, coach)
    intake(werkproces, coach, gehouden_op=VANDAAG - EEN_DAG, deelnemers="Yara, Coach en moeder")
    (feit,) = feiten(werkproces, "intake.gehouden")
    assert feit.op == VANDAAG - EEN_DAG
    assert Intake.objects.alles(reden="test").get().deelnemers == "Yara, Coach en moeder"


def test_tekst_verbeteren_maakt_geen_tweede_feit(werkproces: Werkproces, coach: Any) -> None:
    intake(werkproces, coach)
    intake(werkproces, coach, ondersteuningsvraag="Ik wil terug naar school")
    assert len(feiten(werkproces, "intake.gehouden")) == 1


def test_wie_op_een_oude_versie_bewaart_hoort_wat_er_nu_staat(werkproces: Werkproces, coach: Any, collega: Any) -> None:
    eerst = intake(werkproces, coach)
    intake(werkproces, collega, deelnemers="Yara en Collega")
    with pytest.raises(Tussentijds) as weigering:
        intake(werkproces, coach, deelnemers="Yara, Coach, mentor", versie=eerst.versie)
    assert ("Wie waren erbij", "Yara en Collega") in [(w.label, w.nu) for w in weigering.value.wijzigingen]
    assert Intake.objects.alles(reden="test").get().deelnemers == "Yara en Collega"


def test_na_de_intake_plan_je_er_geen_meer(werkproces: Werkproces, coach: Any) -> None:
    intake(werkproces, coach)
    with pytest.raises(Geweigerd, match="al gehouden"):
        intake_plannen(werkproces, coach)


def test_op_een_afgesloten_werkproces_gebeurt_niets(werkproces: Werkproces, coach: Any) -> None:
    afsluiten(werkproces, coach, uitkomst="verhuisd")
    for doe in (intake_plannen, intake):
        with pytest.raises(Geweigerd, match="afgesloten"):
            doe(werkproces, coach)


def test_het_logboek_weet_het(werkproces: Werkproces, coach: Any) -> None:
    intake_plannen(werkproces, coach)
    intake(werkproces, coach)
    regels = Logregel.objects.filter(jongere_id=werkproces.jongere_id, gebruiker_id=coach.pk)
    assert {"intake.gepland", "intake.vastgelegd"} <= set(regels.values_list("code", flat=True))
