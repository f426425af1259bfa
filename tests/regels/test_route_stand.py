"""Where a werkproces stands: steps fulfilled by facts, in any order; skipped, not needed, now, open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from routekaart.inhoud import routes
from routekaart.regels.route import Status, plus_maanden
from routekaart.regels.route_definitie import Actie, Eis
from routekaart.regels.route_feiten import Feit, weeg
from tests.regels.routehulp import (
    AFSLUITEN,
    ANALYSEREN,
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


def test_zonder_feiten_begint_de_route_bij_het_signaal() -> None:
    stand = kijk(doelgroep=None)

    assert nu(stand) == 1
    assert [stap.status for stap in stand.stappen[1:]] == [Status.OPEN] * 12
    assert stand.huidige is not None
    assert stand.huidige.mist == ("Leg de melding vast.",)


def test_een_stap_wordt_vervuld_door_wat_je_toch_al_vastlegt() -> None:
    stand = kijk(*WAARNEMEN)

    assert [stap.status for stap in stand.stappen[:3]] == [Status.VERVULD] * 3
    assert nu(stand) == 4


def test_stap_2_vraagt_de_jongere_en_een_partner() -> None:
    alleen_jongere = kijk(*WAARNEMEN[:2])
    alleen_partner = kijk(WAARNEMEN[0], WAARNEMEN[2])

    assert alleen_jongere.huidige is not None
    assert alleen_jongere.huidige.mist == ("Spreek een partner die de jongere kent, of school.",)
    assert alleen_partner.huidige is not None
    assert alleen_partner.huidige.mist == ("Spreek de jongere zelf.",)


@pytest.mark.parametrize("partner", ["contact.ketenpartner", "contact.school"])
def test_school_telt_in_stap_2_ook_als_partner(partner: str) -> None:
    assert nu(kijk(*WAARNEMEN[:2], feit(partner, 3))) == 3


def test_bij_verzuim_moet_school_altijd_zijn_gesproken() -> None:
    zonder_school = kijk(*WAARNEMEN, verzuim=True)
    met_school = kijk(*WAARNEMEN, feit("contact.school", 4), verzuim=True)

    assert nu(zonder_school) == 2
    assert zonder_school.huidige is not None
    assert zonder_school.huidige.mist == ("Spreek school: er is verzuim, dan hoort dat altijd.",)
    assert nu(met_school) == 4


def test_een_poging_zonder_contact_vervult_niets() -> None:
    stand = kijk(feit("melding.ontvangen"), feit("contact.poging", 2), feit("contact.poging", 3))

    assert nu(stand) == 2


def test_de_routekaart_van_yara() -> None:
    """Screen 02: five steps fulfilled, one skipped, the pre-investigation is now."""
    gegeven = [
        *WAARNEMEN,
        feit("stap.overgeslagen", 7, stap=4, toelichting="Er was al een driegesprek.", door="Noor Haverkamp"),
        *(f for f in ANALYSEREN if f.code in {"leefdomeinen.besproken", "privacy.besproken"}),
        feit("intake.gehouden", 8),
    ]
    zonder_intake = kijk(*(f for f in gegeven if f.code != "intake.gehouden"))

    assert statussen(zonder_intake)[4] == "overgeslagen"
    assert nu(kijk(*gegeven)) == 7
    assert [(fase.klaar, fase.totaal) for fase in kijk(*gegeven).fases] == [(3, 3), (3, 4), (0, 1), (0, 3), (0, 2)]
    assert [fase.status for fase in kijk(*gegeven).fases] == ["klaar", "nu", "open", "open", "open"]


def test_een_latere_stap_kan_al_vervuld_zijn() -> None:
    stand = kijk(*WAARNEMEN, feit("privacy.besproken", 6))

    assert nu(stand) == 4
    assert statussen(stand)[6] == "vervuld"


def test_een_gehouden_intake_maakt_het_plannen_overbodig() -> None:
    stand = kijk(*WAARNEMEN, feit("intake.gehouden", 6))

    assert statussen(stand)[4] == "vervuld"
    assert nu(stand) == 5


def test_sinds_is_de_dag_waarop_het_laatste_nodige_feit_er_was() -> None:
    stap_2 = kijk(*WAARNEMEN, feit("contact.jongere", 9)).stap(2)

    assert stap_2 is not None
    assert stap_2.sinds == DAG_1 + timedelta(days=2)
    assert [bewijs.code for bewijs in stap_2.feiten] == ["contact.jongere", "contact.ketenpartner"]


def test_nu_is_sinds_de_vorige_stap_klaar_was() -> None:
    stand = kijk(*WAARNEMEN)

    assert stand.huidige is not None
    assert stand.huidige.sinds == WAARNEMEN[-1].op


def test_elke_stap_zegt_waarom_hij_zo_staat() -> None:
    stand = kijk(*WAARNEMEN, feit("stap.overgeslagen", 6, stap=4, toelichting="Al gesproken.", door="Noor"))

    teksten = {stap.nummer: stap.waarom.tekst for stap in stand.stappen}
    assert teksten[2] == (
        "Vervuld door contact met de jongere (2 oktober 2026) en contact met een partner of school (3 oktober 2026)."
    )
    assert teksten[4] == "Overgeslagen op 6 oktober 2026 door Noor, met uitleg: “Al gesproken.”"
    assert teksten[5] == "Hier is de route nu. Nog nodig: de intake en het gesprek over de leefdomeinen."
    assert teksten[6] == "Nog niet gedaan. Nog nodig: het gesprek over privacy."
    assert all(stap.waarom.regel and stap.waarom.bron for stap in stand.stappen)


def test_de_eerste_actie_is_die_voor_wat_nog_mist() -> None:
    alleen_school = kijk(feit("melding.ontvangen"), feit("contact.school", 2), verzuim=True)
    alleen_jongere = kijk(feit("melding.ontvangen"), feit("contact.jongere", 2), verzuim=True)

    assert alleen_school.huidige is not None
    assert alleen_school.huidige.acties[0].geeft == ("contact.jongere",)
    assert alleen_jongere.huidige is not None
    assert alleen_jongere.huidige.acties[0].geeft == ("contact.school",)


def test_een_feit_van_morgen_telt_vandaag_nog_niet_maar_wordt_verwacht() -> None:
    start = feit("uitvoering.gestart", 30)
    vandaag = DAG_1 + timedelta(days=20)
    stand = kijk(*WAARNEMEN, *ANALYSEREN, *feiten_van_het_plan(), start, op=vandaag)

    assert nu(stand) == 9
    assert stand.huidige is not None
    assert stand.huidige.verwacht_op == start.op
    assert nu(kijk(*WAARNEMEN, *ANALYSEREN, *feiten_van_het_plan(), start, op=start.op)) == 10


def feiten_van_het_plan() -> list[Feit]:
    return [f for f in TOT_AFSLUITEN if f.code in {"regie.belegd", "plan.vastgesteld"}]


def test_een_ingetrokken_feit_telt_niet() -> None:
    stand = kijk(*WAARNEMEN[:-1], feit("oordeel.gegeven", 5, ingetrokken=True))

    assert nu(stand) == 3


def test_zonder_doelgroep_slaat_de_route_niets_over() -> None:
    assert statussen(kijk(*WAARNEMEN, doelgroep=None))[4] == "nu"


def test_een_eis_met_meer_codes_is_pas_vervuld_op_de_dag_van_de_laatste() -> None:
    samen = Eis("plan en regie", "Maak het plan en beleg de regie.", ("plan.vastgesteld", "regie.belegd"), alle=True)
    plan, regie = feit("plan.vastgesteld", 3), feit("regie.belegd", 8)

    assert weeg([samen], [plan, regie]).sinds == regie.op
    half = weeg([samen], [plan])
    assert (half.sinds, half.mist, half.feiten) == (None, (samen,), (plan,))


def test_de_eerste_actie_brengt_niet_wat_er_van_een_eis_al_is() -> None:
    route = routes.laad("doorstroompunt")
    samen = Eis("beide", "Doe beide.", ("doelgroep.vastgesteld", "oordeel.gegeven"), alle=True)
    acties = (Actie("a", "Doelgroep", ("doelgroep.vastgesteld",)), Actie("b", "Oordeel", ("oordeel.gegeven",)))
    stap_3 = replace(route.stappen[2], vervuld_door=(samen,), acties=acties)
    eigen = replace(route, stappen=(*route.stappen[:2], stap_3, *route.stappen[3:]))

    huidige = kijk(*WAARNEMEN[:4], route=eigen).huidige
    assert huidige is not None
    assert [actie.code for actie in huidige.acties] == ["b", "a"]


# --- geen doelgroep


def test_geen_doelgroep_gaat_verder_bij_stap_12() -> None:
    stand = kijk(*WAARNEMEN, doelgroep="geen", reden="startkwalificatie")

    assert nu(stand) == 12
    assert {nummer for nummer, status in statussen(stand).items() if status == "niet-nodig"} == set(range(4, 11))
    stap_5 = stand.stap(5)
    assert stap_5 is not None and stap_5.motivering is not None
    assert stap_5.motivering.soort == "vervolg"
    assert stap_5.waarom.regel == "DGR-11"
    assert stap_5.sinds == WAARNEMEN[4].op


def test_geen_doelgroep_wordt_niet_stil_gesloten() -> None:
    teruggekoppeld = kijk(*WAARNEMEN, feit("terugkoppeling.verzonden", 6), doelgroep="geen")

    assert nu(teruggekoppeld) == 11


def test_geen_doelgroep_maakt_eerst_fase_1_af() -> None:
    assert nu(kijk(*WAARNEMEN[:1], doelgroep="geen")) == 2


def test_wat_toch_gebeurde_blijft_staan_bij_geen_doelgroep() -> None:
    stand = kijk(*WAARNEMEN, feit("intake.gehouden", 6), doelgroep="geen")

    assert statussen(stand)[4] == "vervuld"
    assert statussen(stand)[5] == "niet-nodig"


@pytest.mark.parametrize(
    ("doelgroep", "reden", "naar"),
    [("verzuim-18-plus", None, "mas-18-plus"), ("jikp", None, "jikp-volgen"), ("geen", "werk", "volgen")],
)
def test_wie_op_een_andere_route_hoort_wordt_daarheen_gewezen(doelgroep: str, reden: str | None, naar: str) -> None:
    stand = kijk(*WAARNEMEN, doelgroep=doelgroep, reden=reden)

    assert stand.andere_route is not None
    assert stand.andere_route.route == naar
    assert "niet-nodig" not in statussen(stand).values()


def test_wie_hier_hoort_wordt_nergens_heen_gewezen() -> None:
    assert kijk(*WAARNEMEN).andere_route is None


# --- afsluiten


def test_wie_alles_deed_sluit_af_koppelt_terug_en_evalueert() -> None:
    assert nu(kijk(*TOT_AFSLUITEN)) == 11
    assert nu(kijk(*TOT_AFSLUITEN, AFSLUITEN, uitkomst=uitkomst(vroeg=False))) == 12
    klaar = kijk(*TOT_AFSLUITEN, AFSLUITEN, *EVALUEREN, uitkomst=uitkomst(vroeg=False))
    assert klaar.klaar
    assert set(statussen(klaar).values()) == {"vervuld"}


def test_een_uitkomst_die_vroeg_eindigt_is_zelf_de_uitleg() -> None:
    stand = kijk(*WAARNEMEN[:2], feit("werkproces.afgesloten", 20), uitkomst=uitkomst(vroeg=True))

    assert statussen(stand)[1] == "vervuld"
    assert {statussen(stand)[nummer] for nummer in (2, 3, 4, 7, 10)} == {"niet-nodig"}
    stap_4 = stand.stap(4)
    assert stap_4 is not None and stap_4.motivering is not None
    assert stap_4.motivering.soort == "uitkomst"
    assert stap_4.motivering.tekst == "Onterechte VSV-melding"
    assert stap_4.waarom.tekst == "Niet meer nodig: afgesloten op 20 oktober 2026 met “Onterechte VSV-melding”."
    assert stand.zonder_uitleg == ()


def test_na_een_vroeg_einde_blijft_terugkoppelen_te_doen() -> None:
    gesloten = feit("werkproces.afgesloten", 20)
    stand = kijk(*WAARNEMEN[:2], gesloten, uitkomst=uitkomst(vroeg=True))
    gedaan = kijk(*WAARNEMEN[:2], gesloten, feit("terugkoppeling.verzonden", 21), uitkomst=uitkomst(vroeg=True))

    assert nu(stand) == 12
    assert gedaan.klaar


def test_na_een_vroeg_einde_mag_evalueren_nog() -> None:
    gesloten = [*WAARNEMEN[:2], feit("werkproces.afgesloten", 20)]
    zonder = kijk(*gesloten, uitkomst=uitkomst(vroeg=True)).stap(13)
    met = kijk(*gesloten, feit("evaluatie.gehouden", 22), uitkomst=uitkomst(vroeg=True)).stap(13)

    assert zonder is not None and met is not None
    assert zonder.status is Status.NIET_NODIG
    assert zonder.waarom.tekst.endswith("Het mag nog wel.")
    assert met.status is Status.VERVULD


def test_een_gewone_uitkomst_legt_niets_uit() -> None:
    stand = kijk(*WAARNEMEN, feit("werkproces.afgesloten", 20), uitkomst=uitkomst(vroeg=False))

    assert [stap.nummer for stap in stand.zonder_uitleg] == [4, 5, 6, 7, 8, 9, 10]
    assert nu(stand) == 12


def test_voor_afsluiten_zegt_de_stand_wat_nog_uitleg_vraagt() -> None:
    stand = kijk(*WAARNEMEN, *ANALYSEREN, feit("stap.overgeslagen", 12, stap=8, toelichting="Niet nodig."))

    assert [stap.nummer for stap in stand.zonder_uitleg] == [9, 10]


def test_een_uitkomst_van_later_geldt_nog_niet() -> None:
    stand = kijk(*WAARNEMEN, op=DAG_1 + timedelta(days=10), uitkomst=uitkomst(vroeg=True, dag=20))

    assert not stand.gesloten
    assert nu(stand) == 4


def test_een_overgeslagen_stap_houdt_bij_een_vroeg_einde_zijn_eigen_uitleg() -> None:
    stand = kijk(
        *WAARNEMEN,
        feit("stap.overgeslagen", 6, stap=4, toelichting="Al gesproken."),
        feit("werkproces.afgesloten", 20),
        uitkomst=uitkomst(vroeg=True),
    )

    assert statussen(stand)[4] == "overgeslagen"


# --- overslaan


def test_overslaan_zonder_uitleg_telt_niet() -> None:
    assert nu(kijk(*WAARNEMEN, feit("stap.overgeslagen", 6, stap=4, toelichting="  "))) == 4


def test_wie_een_overgeslagen_stap_alsnog_doet_houdt_de_uitleg_in_de_geschiedenis() -> None:
    overgeslagen = feit("stap.overgeslagen", 6, stap=4, toelichting="Zij wilde niet.")
    stap_4 = kijk(*WAARNEMEN, overgeslagen, feit("intake.gepland", 9)).stap(4)

    assert stap_4 is not None
    assert stap_4.status is Status.VERVULD
    assert stap_4.motivering is None
    assert stap_4.uitleg == (overgeslagen,)


def test_een_overgeslagen_stap_noemt_wie_en_waarom() -> None:
    stap_4 = kijk(*WAARNEMEN, feit("stap.overgeslagen", 6, stap=4, toelichting="Al gesproken.", door="Noor")).stap(4)

    assert stap_4 is not None and stap_4.motivering is not None
    assert (stap_4.motivering.tekst, stap_4.motivering.door) == ("Al gesproken.", "Noor")
    assert stap_4.sinds == DAG_1 + timedelta(days=5)
    assert stap_4.mist == ()


# --- termijnen


def test_vijf_werkdagen_slaan_het_weekend_over() -> None:
    donderdag = feit("melding.ontvangen", 1)
    stand = kijk(donderdag, op=date(2026, 10, 8))

    assert stand.termijn is not None
    assert stand.termijn.op == date(2026, 10, 8)
    assert not stand.termijn.voorbij
    later = kijk(donderdag, op=date(2026, 10, 9)).termijn
    assert later is not None and later.voorbij


def test_een_regio_telt_werkdagen_naar_haar_eigen_kalender() -> None:
    stand = kijk(feit("melding.ontvangen", 1), werkdagen_na=lambda dag, aantal: dag + timedelta(days=2 * aantal))

    assert stand.termijn is not None
    assert stand.termijn.op == date(2026, 10, 11)


@pytest.mark.parametrize(
    ("eenheid", "dag"),
    [("dagen", date(2026, 10, 6)), ("weken", date(2026, 11, 5)), ("maanden", date(2027, 3, 1))],
)
def test_een_termijn_kan_in_dagen_weken_of_maanden(eenheid: str, dag: date) -> None:
    route = routes.laad("doorstroompunt")
    termijn = route.stappen[1].termijn
    assert termijn is not None
    stap_2 = replace(route.stappen[1], termijn=replace(termijn, eenheid=eenheid))
    eigen = replace(route, stappen=(route.stappen[0], stap_2, *route.stappen[2:]))

    gevonden = kijk(feit("melding.ontvangen", 1), route=eigen).termijn
    assert gevonden is not None and gevonden.op == dag


def test_een_regio_heeft_haar_eigen_aantal_werkdagen() -> None:
    eigen = kijk(feit("melding.ontvangen", 1), instellingen={"oppaktermijn_werkdagen": 3}).termijn
    zonder = kijk(feit("melding.ontvangen", 1), instellingen={"oppaktermijn_werkdagen": None}).termijn

    assert eigen is not None and zonder is not None
    assert (eigen.op, eigen.tekst) == (date(2026, 10, 6), "Binnen 3 werkdagen na de melding opgepakt.")
    assert (zonder.op, zonder.tekst) == (date(2026, 10, 8), "Binnen 5 werkdagen na de melding opgepakt.")


def test_de_termijn_loopt_vanaf_de_eerste_melding() -> None:
    stand = kijk(feit("melding.ontvangen", 1), feit("melding.ontvangen", 20))

    assert stand.termijn is not None
    assert stand.termijn.op == date(2026, 10, 8)


def test_een_vervulde_stap_heeft_geen_termijn_meer() -> None:
    assert all(stap.termijn is None for stap in kijk(*WAARNEMEN).stappen[:3])


def test_volgen_komt_na_een_jaar_terug_en_dan_elk_jaar() -> None:
    begin = [feit("melding.ontvangen"), feit("dossier.gelezen", 2), feit("doelgroep.vastgesteld", 3)]
    volgen = kijk(*begin, route="volgen", doelgroep="geen", reden="werk")
    opnieuw = [feit("situatie.bekeken", 300), feit("situatie.bekeken", 310)]
    bekeken = kijk(*begin, *opnieuw, route="volgen", doelgroep="geen", reden="werk")

    assert nu(volgen) == 3
    assert volgen.termijn is not None
    assert volgen.termijn.op == date(2027, 10, 3)
    assert nu(bekeken) == 4
    assert bekeken.termijn is not None
    assert bekeken.termijn.op == plus_maanden(DAG_1 + timedelta(days=309), 12)


@pytest.mark.parametrize(
    ("dag", "aantal", "verwacht"),
    [
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2026, 8, 31), 1, date(2026, 10, 1)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
        (date(2026, 10, 5), 12, date(2027, 10, 5)),
    ],
)
def test_maanden_tellen(dag: date, aantal: int, verwacht: date) -> None:
    assert plus_maanden(dag, aantal) == verwacht
