"""Doing a phase again and reopening a step: earlier rounds stay as they were (RKT-13)."""

from __future__ import annotations

from datetime import timedelta

from routekaart.regels.route import Routestand, Stapstand, Status
from tests.regels.routehulp import (
    AFSLUITEN,
    DAG_1,
    EVALUEREN,
    TOT_AFSLUITEN,
    WAARNEMEN,
    feit,
    kijk,
    nu,
    statussen,
    uitkomst,
)

OPNIEUW_2 = feit("fase.opnieuw", 20, stap=4, toelichting="Het traject liep vast.", door="Noor")
OPNIEUW_3 = feit("fase.opnieuw", 20, stap=8, toelichting="Het plan paste niet meer.")


def stap(stand: Routestand, nummer: int) -> Stapstand:
    gevonden = stand.stap(nummer)
    assert gevonden is not None
    return gevonden


def test_fase_2_opnieuw_opent_analyse_plan_en_uitvoering() -> None:
    stand = kijk(*TOT_AFSLUITEN, OPNIEUW_2)

    assert nu(stand) == 4
    assert [nummer for nummer, status in statussen(stand).items() if status in ("nu", "open")] == [
        4,
        5,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
    ]
    assert [statussen(stand)[nummer] for nummer in (1, 2, 3)] == ["vervuld"] * 3


def test_fase_3_opnieuw_laat_de_analyse_staan() -> None:
    stand = kijk(*TOT_AFSLUITEN, OPNIEUW_3)

    assert nu(stand) == 8
    assert [statussen(stand)[nummer] for nummer in (4, 5, 6, 7)] == ["vervuld"] * 4


def test_wat_na_het_plan_al_was_verstuurd_blijft_verstuurd() -> None:
    stand = kijk(*TOT_AFSLUITEN, feit("terugkoppeling.verzonden", 16), OPNIEUW_2)

    assert statussen(stand)[12] == "vervuld"


def test_de_eerdere_ronde_blijft_staan() -> None:
    stap_5 = stap(kijk(*TOT_AFSLUITEN, OPNIEUW_2, feit("intake.gehouden", 25)), 5)

    assert stap_5.ronde == 2
    [eerder] = stap_5.eerder
    assert eerder.nummer == 1
    assert eerder.vervuld
    assert {f.code for f in eerder.feiten} == {"intake.gehouden", "leefdomeinen.besproken"}
    assert eerder.beeindigd_door == OPNIEUW_2
    assert [f.op for f in stap_5.feiten] == [DAG_1 + timedelta(days=24)]


def test_het_gesprek_over_privacy_blijft_gelden() -> None:
    stap_6 = stap(kijk(*TOT_AFSLUITEN, OPNIEUW_2), 6)

    assert stap_6.status is Status.VERVULD
    assert stap_6.ronde == 1


def test_de_casusregie_blijft_belegd_bij_een_nieuw_plan() -> None:
    herzien = kijk(*TOT_AFSLUITEN, OPNIEUW_3, feit("plan.herzien", 22))

    assert stap(herzien, 8).status is Status.VERVULD
    assert {f.code for f in stap(herzien, 8).feiten} == {"regie.belegd", "plan.herzien"}
    assert nu(herzien) == 9


def test_een_stap_die_nog_niet_begonnen_was_krijgt_geen_lege_ronde() -> None:
    tot_plan = [f for f in TOT_AFSLUITEN if f.op < DAG_1 + timedelta(days=12)]
    stand = kijk(*tot_plan, OPNIEUW_2)

    assert (stap(stand, 9).ronde, stap(stand, 9).eerder) == (1, ())
    assert stap(stand, 5).ronde == 2


def test_een_gesprek_van_voor_de_herstart_hoort_bij_de_vorige_ronde_ook_als_het_later_is_vastgelegd() -> None:
    oud = feit("leefdomeinen.besproken", 19, vastgelegd_op=feit("x", 23).vastgelegd_op)
    stap_5 = stap(kijk(*TOT_AFSLUITEN, OPNIEUW_2, oud), 5)

    assert stap_5.feiten == ()
    assert oud in stap_5.eerder[0].feiten


def test_op_dezelfde_dag_telt_het_moment_van_vastleggen() -> None:
    ervoor = kijk(*TOT_AFSLUITEN, OPNIEUW_2, feit("intake.gepland", 20, uur=-1))
    erna = kijk(*TOT_AFSLUITEN, OPNIEUW_2, feit("intake.gepland", 20, uur=1))
    tegelijk = kijk(*TOT_AFSLUITEN, OPNIEUW_2, feit("intake.gepland", 20))

    assert (nu(ervoor), nu(erna), nu(tegelijk)) == (4, 5, 4)


def test_een_heropende_stap_opent_alleen_zichzelf() -> None:
    stand = kijk(*TOT_AFSLUITEN, feit("stap.heropend", 20, stap=6, toelichting="Andere partner erbij."))

    assert nu(stand) == 6
    assert [n for n, status in statussen(stand).items() if status == "open"] == [11, 12, 13]
    assert stap(stand, 6).eerder[0].beeindigd_door.toelichting == "Andere partner erbij."


def test_wie_het_plan_zelf_heropent_belegt_ook_de_regie_opnieuw() -> None:
    stand = kijk(*TOT_AFSLUITEN, feit("stap.heropend", 20, stap=8, toelichting="x"), feit("plan.herzien", 21))

    assert stap(stand, 8).mist == ("Spreek af wie de casusregie heeft.",)


def test_een_overgeslagen_stap_kan_weer_open() -> None:
    overgeslagen = feit("stap.overgeslagen", 6, stap=4, toelichting="Al gesproken.")
    stand = kijk(*WAARNEMEN, overgeslagen, feit("stap.heropend", 8, stap=4, toelichting="Toch nodig."))

    assert nu(stand) == 4
    assert stap(stand, 4).eerder[0].overgeslagen == overgeslagen
    assert stap(stand, 4).uitleg == (overgeslagen,)


def test_een_ingetrokken_herstart_is_nooit_gebeurd() -> None:
    ingetrokken = feit("fase.opnieuw", 20, stap=4, toelichting="Vergissing.", ingetrokken=True)

    assert kijk(*TOT_AFSLUITEN, ingetrokken) == kijk(*TOT_AFSLUITEN)


def test_twee_keer_opnieuw_geeft_drie_rondes() -> None:
    stand = kijk(
        *TOT_AFSLUITEN,
        OPNIEUW_2,
        feit("intake.gehouden", 25),
        feit("fase.opnieuw", 30, stap=4, toelichting="Weer vastgelopen."),
    )

    assert stap(stand, 5).ronde == 3
    assert [ronde.vervuld for ronde in stap(stand, 5).eerder] == [True, False]


def test_alleen_fase_2_en_3_kunnen_als_geheel_opnieuw() -> None:
    for eerste in (1, 9, 12, 99):
        herstart = feit("fase.opnieuw", 20, stap=eerste, toelichting="x")
        assert statussen(kijk(*TOT_AFSLUITEN, herstart)) == statussen(kijk(*TOT_AFSLUITEN))


def test_een_heropend_werkproces_sluit_en_koppelt_later_opnieuw_terug() -> None:
    gesloten = [*TOT_AFSLUITEN, AFSLUITEN, *EVALUEREN]
    stand = kijk(*gesloten, feit("werkproces.heropend", 40, toelichting="Terugval."))

    assert not stand.gesloten
    assert nu(stand) == 11
    assert [stap(stand, nummer).ronde for nummer in (10, 11, 12, 13)] == [1, 2, 2, 2]


def test_een_terugval_in_de_nazorg_gaat_terug_naar_fase_2() -> None:
    gesloten = [*TOT_AFSLUITEN, AFSLUITEN, *EVALUEREN]
    heropend = feit("werkproces.heropend", 40, toelichting="Terugval.")
    stand = kijk(*gesloten, heropend, feit("fase.opnieuw", 40, uur=1, stap=4, toelichting="Terugval."))

    assert nu(stand) == 4
    assert kijk(*gesloten, uitkomst=uitkomst(vroeg=False)).klaar
