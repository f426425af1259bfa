"""The detections on paper: who is wanted, who is not, and on which occasion."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from routekaart.basis.parameters import STANDAARD
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.doelgroep import Regio
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Onderwijssoort, Periode, Werk
from routekaart.regels.signalen import SIGNAALREGELS, Kader, Persoon, Treffer
from routekaart.regels.signalen.feiten import (
    Eigenaar,
    Lijstvermelding,
    Melding,
    Schoolinschrijving,
    Uitstroomvermelding,
    Verzuimdag,
    Werkproces,
    Werksoort,
)

OP = date(2024, 2, 1)
NORMEN = {code: standaard.waarde for code, standaard in STANDAARD.items()}
PO, VO, PRO, MBO = Onderwijssoort.PO, Onderwijssoort.VMBO_TL, Onderwijssoort.PRO, Onderwijssoort.MBO


def kader(op: date = OP, maand: str = "", **normen: Any) -> Kader:
    return Kader(op=op, grenzen=laad_grenzen(), normen=NORMEN | normen, regio=Regio(), maand=maand)


def mens(geboren: str, **feiten: Any) -> Persoon:
    return Persoon(geboortedatum=Geboortedatum.lees(geboren), gemeente="0957", gemeentenaam="Roermond", **feiten)


def school(
    soort: Onderwijssoort, van: str, tot: str | None = None, *, nummer: int = 1, niveau: int | None = None
) -> Any:
    return Schoolinschrijving(
        onderwijssoort=soort, niveau=niveau, van=date.fromisoformat(van),
        tot=date.fromisoformat(tot) if tot else None, school=nummer, schoolnaam=f"School {nummer}",
    )  # fmt: skip


def melding(van: str, **velden: Any) -> Melding:
    dag = date.fromisoformat(van)
    return Melding(**({"ontvangen_op": dag, "soort": "maand", "verzuim": True, "van": dag} | velden))


def zoek(code: str, persoon: Persoon, op: date = OP, **anders: Any) -> Treffer | None:
    return SIGNAALREGELS[code].toets(persoon, kader(op, **anders))


def wil(code: str, persoon: Persoon, op: date = OP, **anders: Any) -> bool:
    return zoek(code, persoon, op, **anders) is not None


KIND = {"inschrijvingen": (school(PO, "2018-08-01", "2023-12-22"),)}


class TestAbsoluutVerzuim:
    """Leerplichtig or kwalificatieplichtig, resident, on no school, no exemption."""

    CODE = "absoluut-verzuim"

    def test_zonder_school_sinds_de_laatste_schooldag(self) -> None:
        treffer = zoek(self.CODE, mens("2014-03-04", **KIND))
        assert treffer is not None
        assert (treffer.aanleiding, treffer.sinds, treffer.werksoort) == (
            "2023-12-23", date(2023, 12, 23), Werksoort.LEERPLICHT,
        )  # fmt: skip
        assert [uitleg.regel for uitleg in treffer.uitleg] == ["LPL-02", "LPL-01"]
        assert all(uitleg.bron and uitleg.op == OP for uitleg in treffer.uitleg)

    def test_wie_nooit_op_school_stond_is_er_vanaf_de_eerste_dag_van_de_plicht(self) -> None:
        treffer = zoek(self.CODE, mens("2018-12-31"))  # five on New Year's Eve, the duty begins in January
        assert treffer is not None and treffer.sinds == date(2024, 1, 2)

    @pytest.mark.parametrize(
        ("geboren", "feiten"),
        [
            ("2019-01-15", {}),  # five in January: from the first school day of February, which is this day
            ("2014-00-00", {}),
            ("2006-02-02", {}),  # eighteen tomorrow
            ("2014-03-04", {"overleden_op": date(2024, 2, 2)}),
            ("2014-03-04", {"vertrokken_op": date(2024, 2, 2)}),
            ("2014-03-04", {"in_nederland_sinds": OP}),
            ("2014-03-04", {"inschrijvingen": (school(PO, "2024-02-02"),)}),
            ("2014-03-04", {"vrijstellingen": (Periode(van=date(2022, 8, 1), tot=date(2024, 1, 31)),)}),
            ("2008-03-04", {"diplomas": (Diploma(soort=Diplomasoort.HAVO, behaald_op=date(2023, 7, 1)),)}),
            ("2006-09-04", {"diplomas": (Diploma(soort=Diplomasoort.MBO, niveau=1, behaald_op=date(2023, 7, 1)),)}),
            ("2006-02-00", {}),  # it may be the last day of February
        ],
    )
    def test_op_de_lijst(self, geboren: str, feiten: dict[str, Any]) -> None:
        assert wil(self.CODE, mens(geboren, **feiten))

    @pytest.mark.parametrize(
        ("geboren", "feiten"),
        [
            ("2019-02-01", {}),  # five today
            ("2006-02-01", {}),  # eighteen today
            ("2014-03-04", {"overleden_op": OP}),
            ("2014-03-04", {"vertrokken_op": OP}),
            ("2014-03-04", {"in_nederland_sinds": date(2024, 2, 2)}),
            ("2014-03-04", {"in_regio": False}),
            ("2014-03-04", {"inschrijvingen": (school(PO, "2018-08-01", "2024-02-01"),)}),
            ("2014-03-04", {"vrijstellingen": (Periode(van=OP, tot=OP),)}),
            ("2006-09-04", {"diplomas": (Diploma(soort=Diplomasoort.HAVO, behaald_op=date(2023, 7, 1)),)}),
            ("2006-09-04", {"diplomas": (Diploma(soort=Diplomasoort.VSO, behaald_op=date(2023, 7, 1)),)}),
        ],
    )
    def test_niet_op_de_lijst(self, geboren: str, feiten: dict[str, Any]) -> None:
        assert not wil(self.CODE, mens(geboren, **feiten))


class TestThuiszitter:
    """Not enrolled, or four weeks or longer absent; ill is something else."""

    CODE = "thuiszitter"
    OP_SCHOOL = {"inschrijvingen": (school(VO, "2021-08-01"),)}

    def test_wie_niet_is_ingeschreven_zit_thuis(self) -> None:
        assert wil(self.CODE, mens("2014-03-04", **KIND))

    @pytest.mark.parametrize(
        ("een", "verwacht"),
        [
            (melding("2024-01-04"), True),  # four weeks ago to the day
            (melding("2024-01-05"), False),
            (melding("2024-01-04", soort="overig"), False),  # not of all lessons
            (melding("2024-01-04", soort="overig", alle_lessen=True), True),
            (melding("2024-01-04", tot=date(2024, 1, 31)), False),
            (melding("2024-01-04", tot=OP), True),
            (melding("2024-01-04", klaar_op=OP), False),
            (melding("2024-01-04", klaar_op=date(2024, 2, 2)), True),
            (melding("2024-01-04", soort="vsv", verzuim=False), False),
            (melding("2024-01-04", dagen=(Verzuimdag(datum=date(2024, 1, 4), geoorloofd=True),)), False),  # ill
            (melding("2024-01-04", dagen=(Verzuimdag(datum=date(2024, 1, 4)),)), True),
        ],
    )
    def test_vier_weken_niet_op_school(self, een: Melding, verwacht: bool) -> None:
        assert wil(self.CODE, mens("2009-03-04", meldingen=(een,), **self.OP_SCHOOL)) is verwacht

    def test_de_vier_weken_zijn_een_instelling(self) -> None:
        jongere = mens("2009-03-04", meldingen=(melding("2024-01-10"),), **self.OP_SCHOOL)
        assert not wil(self.CODE, jongere)
        assert SIGNAALREGELS[self.CODE].toets(jongere, kader(signaal_thuiszitter_dagen=14)) is not None

    def test_zegt_of_het_drie_maanden_duurt(self) -> None:
        kort = zoek(self.CODE, mens("2014-03-04", **KIND))
        lang = zoek(self.CODE, mens("2014-03-04", inschrijvingen=(school(PO, "2018-08-01", "2023-10-31"),)))
        assert kort is not None and lang is not None
        duur = [dict(treffer.uitleg[1].feiten)["drie_maanden_of_langer"] for treffer in (kort, lang)]
        assert duur == [False, True]

    def test_een_vrijstelling_telt(self) -> None:
        vrij = (Periode(van=date(2023, 8, 1)),)
        assert not wil(self.CODE, mens("2014-03-04", vrijstellingen=vrij, **KIND))


class TestUitschrijvingZonderVervolg:
    CODE = "uitschrijving-zonder-vervolg"

    def test_noemt_de_school_die_uitschreef(self) -> None:
        treffer = zoek(self.CODE, mens("2014-03-04", **KIND))
        assert treffer is not None
        assert (treffer.school, treffer.aanleiding) == (1, "1:2023-12-22")

    def test_niet_als_een_nieuwe_school_al_bekend_is_of_het_lang_geleden_is(self) -> None:
        straks = (*KIND["inschrijvingen"], school(PO, "2024-02-26", nummer=2))
        assert not wil(self.CODE, mens("2014-03-04", inschrijvingen=straks))
        assert not wil(self.CODE, mens("2014-03-04", inschrijvingen=(school(PO, "2018-08-01", "2023-01-31"),)))
        assert not wil(self.CODE, mens("2014-03-04"))
        assert not wil(self.CODE, mens("2003-03-04", **KIND))


class TestUitvalZonderMelding:
    CODE = "uitval-zonder-melding"
    UIT = {"inschrijvingen": (school(MBO, "2022-08-01", "2024-01-10", niveau=2, nummer=7),)}

    def test_na_de_tijd_die_school_heeft(self) -> None:
        jongere = mens("2005-03-04", **self.UIT)
        assert not wil(self.CODE, jongere, date(2024, 1, 23))
        assert wil(self.CODE, jongere, date(2024, 1, 24))
        treffer = zoek(self.CODE, jongere)
        assert treffer is not None and (treffer.school, treffer.werksoort) == (7, None)

    @pytest.mark.parametrize(
        ("een", "verwacht"),
        [
            (melding("2024-01-12", school=7), False),
            (melding("2023-11-01", school=7), False),  # reported the absence before
            (melding("2023-09-01", school=7), True),  # too long before
            (melding("2024-01-12", school=8), True),  # another school
            (melding("2024-01-12", school=7, ingetrokken=True), True),
            (melding("2024-02-02", school=7), True),  # not in yet
        ],
    )
    def test_alleen_een_melding_van_die_school_telt(self, een: Melding, verwacht: bool) -> None:
        assert wil(self.CODE, mens("2005-03-04", meldingen=(een,), **self.UIT)) is verwacht

    def test_lang_afwezig_volgens_een_ander(self) -> None:
        hier = {"inschrijvingen": (school(VO, "2021-08-01", nummer=7),)}
        assert wil(self.CODE, mens("2009-03-04", meldingen=(melding("2023-12-01"),), **hier))
        assert not wil(self.CODE, mens("2009-03-04", meldingen=(melding("2023-12-01", school=7),), **hier))

    def test_wie_klaar_is_hoeft_school_niet_te_melden(self) -> None:
        for soort in (Diplomasoort.PRO_GETUIGSCHRIFT, Diplomasoort.HAVO):
            diploma = (Diploma(soort=soort, behaald_op=date(2024, 1, 9)),)
            assert not wil(self.CODE, mens("2005-03-04", diplomas=diploma, **self.UIT))


class TestOverstap:
    CODE = "overstap-1-oktober"
    VAN_VO = {"inschrijvingen": (school(VO, "2019-08-01", "2023-07-31"),)}

    @pytest.mark.parametrize(
        ("op", "regel"),
        [
            (date(2023, 7, 31), None),
            (date(2023, 8, 1), "SCR-02"),
            (date(2023, 9, 30), "SCR-02"),
            (date(2023, 10, 1), "SCR-07"),
            (date(2024, 7, 31), "SCR-07"),
            (date(2024, 8, 1), None),
        ],
    )
    def test_eerst_wat_verwacht_wordt_dan_wat_ervan_kwam(self, op: date, regel: str | None) -> None:
        treffer = zoek(self.CODE, mens("2007-03-04", **self.VAN_VO), op)
        assert (treffer.uitleg[0].regel if treffer else None) == regel

    def test_niet_met_een_nieuwe_opleiding_of_een_startkwalificatie(self) -> None:
        verder = (*self.VAN_VO["inschrijvingen"], school(MBO, "2023-10-01", niveau=2))
        assert not wil(self.CODE, mens("2007-03-04", inschrijvingen=verder), date(2023, 9, 1))
        havo = (Diploma(soort=Diplomasoort.HAVO, behaald_op=date(2023, 7, 1)),)
        assert not wil(self.CODE, mens("2007-03-04", diplomas=havo, **self.VAN_VO))
        van_mbo = (school(MBO, "2021-08-01", "2023-07-31", niveau=2),)
        assert not wil(self.CODE, mens("2005-03-04", inschrijvingen=van_mbo))

    def test_wie_op_de_uitstroomlijst_staat_zonder_bestemming(self) -> None:
        hier = {"inschrijvingen": (school(PRO, "2019-08-01"),)}
        lijst = Uitstroomvermelding(schooljaar="2023-2024", school=1)
        treffer = zoek(self.CODE, mens("2007-03-04", uitstroom=(lijst,), **hier))
        assert treffer is not None and treffer.aanleiding == "2024:lijst"
        bekend = Uitstroomvermelding(schooljaar="2023-2024", school=1, bestemming="mbo 1")
        assert not wil(self.CODE, mens("2007-03-04", uitstroom=(bekend,), **hier))
        vorig = Uitstroomvermelding(schooljaar="2022-2023", school=1)
        assert not wil(self.CODE, mens("2007-03-04", uitstroom=(vorig,), **hier))


class TestVsv:
    """Whatever the target-group decision says, and no more."""

    @pytest.mark.parametrize(
        ("tot", "code"),
        [("2023-10-01", "vsv-dreigend"), ("2023-09-30", "vsv-nieuw"), ("2022-09-30", "vsv-oud")],
    )
    def test_naar_hoe_lang_de_uitval_geleden_is(self, tot: str, code: str) -> None:
        jongere = mens("2004-03-04", inschrijvingen=(school(MBO, "2021-08-01", tot, niveau=3),))
        gevonden = {soort for soort in ("vsv-dreigend", "vsv-nieuw", "vsv-oud") if wil(soort, jongere)}
        assert gevonden == {code}
        treffer = zoek(code, jongere)
        assert treffer is not None and treffer.aanleiding == f"uitval:{tot}"

    def test_een_voorgenomen_uitschrijving_is_dreigend(self) -> None:
        hier = (school(MBO, "2022-08-01", niveau=3),)
        voornemen = melding("2024-01-15", soort="vsv", verzuim=False, voorgenomen_uitschrijving=True)
        treffer = zoek("vsv-dreigend", mens("2004-03-04", inschrijvingen=hier, meldingen=(voornemen,)))
        assert treffer is not None and treffer.aanleiding == "voornemen:2024-01-15"

    def test_zonder_enige_inschrijving_telt_de_verjaardag_of_de_komst(self) -> None:
        treffer = zoek("vsv-nieuw", mens("2005-08-10"))
        assert treffer is not None and treffer.aanleiding == "uitval:2023-08-10"
        treffer = zoek("vsv-dreigend", mens("2003-08-10", in_nederland_sinds=date(2023, 11, 1)))
        assert treffer is not None and treffer.aanleiding == "uitval:2023-11-01"

    def test_de_leeftijdsgrens_volgt_de_wet(self) -> None:
        jongere = mens("2000-03-04", inschrijvingen=(school(MBO, "2018-08-01", "2019-05-01", niveau=3),))
        assert not wil("vsv-oud", jongere, date(2025, 12, 31))
        assert wil("vsv-oud", jongere, date(2026, 1, 1))

    def test_een_oud_vsver_is_na_een_jaar_weer_aan_de_beurt(self) -> None:
        oud = {"inschrijvingen": (school(MBO, "2019-08-01", "2021-05-01", niveau=3),)}
        jongere = mens("2003-03-04", benaderd=(date(2022, 5, 1), date(2023, 2, 2)), **oud)
        assert not wil("oud-vsv-jaarlijks", jongere, date(2024, 2, 1))
        treffer = zoek("oud-vsv-jaarlijks", jongere, date(2024, 2, 2))
        assert treffer is not None and treffer.aanleiding == "2023-02-02:1"
        assert not wil("oud-vsv-jaarlijks", mens("2003-03-04", **oud))  # we never met: that is vsv-oud

    def test_werk_dat_ophield(self) -> None:
        uit = {"inschrijvingen": (school(MBO, "2019-08-01", "2021-05-01", niveau=3),)}
        baan = Werk(van=date(2021, 6, 1), tot=date(2024, 1, 15), uren=32)
        treffer = zoek("werk-gestopt", mens("2003-03-04", werk=(baan,), **uit))
        assert treffer is not None and treffer.aanleiding == "werk:2024-01-15"
        nieuw = Werk(van=date(2024, 1, 20), uren=32)
        assert not wil("werk-gestopt", mens("2003-03-04", werk=(baan, nieuw), **uit))


class TestInBeeld:
    def test_iedereen_die_kwetsbaar_is_ook_naast_een_andere_doelgroep(self) -> None:
        entree = (school(MBO, "2023-08-01", niveau=1),)
        assert wil("jikp", mens("2005-03-04", inschrijvingen=entree))
        gestopt = mens("2005-03-04", inschrijvingen=(school(MBO, "2023-08-01", "2023-12-01", niveau=1),))
        assert wil("jikp", gestopt) and wil("vsv-dreigend", gestopt)
        assert not wil("jikp", mens("2005-03-04", inschrijvingen=(school(MBO, "2023-08-01", niveau=3),)))
        assert not wil("jikp", mens("2000-03-04", inschrijvingen=entree))  # 23 or older

    def lijst(self, *maanden: str, **velden: Any) -> tuple[Lijstvermelding, ...]:
        return tuple(Lijstvermelding(maand=maand, **velden) for maand in maanden)

    def test_op_de_nieuwste_lijst_sinds_de_eerste_maand_op_rij(self) -> None:
        jongere = mens("2000-03-04", lijsten=self.lijst("2023-10", "2023-12", "2024-01"))
        treffer = zoek("jongeren-in-beeld", jongere, maand="2024-01")
        assert treffer is not None
        assert (treffer.aanleiding, treffer.sinds) == ("lijst:2023-12", date(2023, 12, 1))

    @pytest.mark.parametrize(
        ("geboren", "feiten", "verwacht"),
        [
            ("2001-02-01", {}, True),  # 23 today
            ("2001-02-02", {}, False),
            ("1997-02-02", {}, True),
            ("1997-02-01", {}, False),  # 27 today
            ("2000-03-04", {"inschrijvingen": (school(MBO, "2023-08-01", niveau=2),)}, False),
            ("2000-03-04", {"diplomas": (Diploma(soort=Diplomasoort.HAVO, behaald_op=OP),)}, False),
            ("2000-03-04", {"vertrokken_op": OP}, False),
        ],
    )
    def test_alleen_wie_aan_alles_voldoet(self, geboren: str, feiten: dict[str, Any], verwacht: bool) -> None:
        jongere = mens(geboren, lijsten=self.lijst("2024-01"), **feiten)
        assert wil("jongeren-in-beeld", jongere, maand="2024-01") is verwacht

    def test_niet_met_uitkering_of_genoeg_werk_of_van_een_oude_lijst(self) -> None:
        for velden, verwacht in (
            ({"uitkering": True}, False), ({"werk_uren": 12}, False), ({"werk_uren": 11}, True),
        ):  # fmt: skip
            jongere = mens("2000-03-04", lijsten=self.lijst("2024-01", **velden))
            assert wil("jongeren-in-beeld", jongere, maand="2024-01") is verwacht
        assert not wil("jongeren-in-beeld", mens("2000-03-04", lijsten=self.lijst("2023-12")), maand="2024-01")

    def test_een_regio_kan_jongeren_in_beeld_uitzetten(self) -> None:
        jongere = mens("2000-03-04", lijsten=self.lijst("2024-01"))
        uit = kader(maand="2024-01", signaal_jib_aan=False)
        assert SIGNAALREGELS["jongeren-in-beeld"].toets(jongere, uit) is None

    def test_wie_van_de_lijst_verdween_terwijl_we_bezig_zijn(self) -> None:
        werk = (Werkproces(soort="jib", leerplicht=False, gemeente="0957", gestart_op=date(2023, 12, 1)),)
        weg = mens("2000-03-04", lijsten=self.lijst("2023-12"), werkprocessen=werk)
        treffer = zoek("jib-van-de-lijst", weg, maand="2024-01")
        assert treffer is not None and treffer.aanleiding == "weg:2023-12"
        er_op = mens("2000-03-04", lijsten=self.lijst("2024-01"), werkprocessen=werk)
        assert not wil("jib-van-de-lijst", er_op, maand="2024-01")


class TestLopendWerk:
    """A werkproces runs and life goes on."""

    def werk(self, **velden: Any) -> tuple[Werkproces, ...]:
        waarden = {"soort": "vsv", "leerplicht": False, "gemeente": "0957", "gestart_op": date(2023, 9, 1)} | velden
        return (Werkproces(**waarden),)

    @pytest.mark.parametrize(
        ("geboren", "velden", "verwacht"),
        [
            ("2001-02-01", {}, True),  # 23 today
            ("2001-02-02", {}, False),
            ("2006-02-01", {"soort": "relatief-verzuim", "leerplicht": True}, True),  # 18 today
            ("2006-02-02", {"soort": "relatief-verzuim", "leerplicht": True}, False),
            ("2000-02-01", {"soort": "jib"}, False),
            ("1997-02-01", {"soort": "jib"}, True),
            ("2001-02-01", {"afgesloten_op": OP}, False),
        ],
    )
    def test_leeftijdsgrens(self, geboren: str, velden: dict[str, Any], verwacht: bool) -> None:
        assert wil("leeftijdsgrens", mens(geboren, werkprocessen=self.werk(**velden))) is verwacht

    def test_een_regio_kan_eerder_waarschuwen(self) -> None:
        jongere = mens("2001-03-02", werkprocessen=self.werk())
        assert SIGNAALREGELS["leeftijdsgrens"].toets(jongere, kader(signaal_leeftijd_vooraf_dagen=30)) is not None

    def test_verhuisd_hoort_bij_de_gemeente_die_bezig_is(self) -> None:
        elders = self.werk(gemeente="1711", gemeentenaam="Echt-Susteren")
        treffer = zoek("verhuisd", mens("2004-03-04", werkprocessen=elders))
        assert treffer is not None and treffer.gemeente == "1711"
        assert not wil("verhuisd", mens("2004-03-04", werkprocessen=self.werk()))
        assert not wil("verhuisd", mens("2004-03-04", werkprocessen=elders, in_gemeente_sinds=date(2024, 2, 2)))

    def test_overleden_en_vertrokken_gaan_voor(self) -> None:
        elders = self.werk(gemeente="1711")
        weg = mens("2001-02-01", werkprocessen=elders, overleden_op=OP)
        gevonden = {code for code in SIGNAALREGELS if wil(code, weg)}
        assert gevonden == {"overleden"}
        vertrokken = mens("2004-03-04", werkprocessen=elders, vertrokken_op=OP)
        assert {code for code in SIGNAALREGELS if wil(code, vertrokken)} == {"vertrokken"}


class TestPatroon:
    HIER = {"inschrijvingen": (school(VO, "2021-08-01"),)}

    def test_drie_keer_in_twaalf_weken(self) -> None:
        keren = [melding(dag, soort="overig") for dag in ("2023-11-10", "2023-12-05", "2024-01-20")]
        treffer = zoek("verzuimpatroon", mens("2009-03-04", meldingen=tuple(keren), **self.HIER))
        assert treffer is not None and treffer.aanleiding == "2023-2024:vaak"
        assert not wil("verzuimpatroon", mens("2009-03-04", meldingen=tuple(keren[:2]), **self.HIER))
        vroeger = (melding("2023-11-08", soort="overig"), *keren[1:])
        assert not wil("verzuimpatroon", mens("2009-03-04", meldingen=vroeger, **self.HIER))

    def test_lang_geoorloofd(self) -> None:
        dagen = tuple(Verzuimdag(datum=date(2024, 1, 1 + n), geoorloofd=True) for n in range(20))
        een = melding("2024-01-01", soort="overig", dagen=dagen)
        assert wil("verzuimpatroon", mens("2009-03-04", meldingen=(een,), **self.HIER))
        minder = melding("2024-01-01", soort="overig", dagen=dagen[1:])
        assert not wil("verzuimpatroon", mens("2009-03-04", meldingen=(minder,), **self.HIER))


class TestControle:
    def test_twee_scholen_tegelijk(self) -> None:
        twee = (school(VO, "2021-08-01"), school(MBO, "2023-08-01", nummer=2, niveau=2))
        assert wil("dubbele-inschrijving", mens("2007-03-04", inschrijvingen=twee))
        zelfde = (school(VO, "2021-08-01"), school(MBO, "2023-08-01", niveau=2))
        assert not wil("dubbele-inschrijving", mens("2007-03-04", inschrijvingen=zelfde))
        erbij = (school(VO, "2021-08-01"), school(Onderwijssoort.VAVO, "2023-08-01", nummer=2))
        assert not wil("dubbele-inschrijving", mens("2007-03-04", inschrijvingen=erbij))

    def test_ingeschreven_na_vertrek(self) -> None:
        hier = {"inschrijvingen": (school(VO, "2021-08-01"),)}
        assert wil("inschrijving-na-vertrek", mens("2009-03-04", vertrokken_op=OP, **hier))
        assert not wil("inschrijving-na-vertrek", mens("2009-03-04", vertrokken_op=date(2024, 2, 2), **hier))


@pytest.mark.parametrize("regel", SIGNAALREGELS.values(), ids=lambda regel: regel.code)
def test_elke_regel_zegt_wat_ze_is(regel: Any) -> None:
    assert regel.naam[0].isupper() and regel.wat.endswith(".")
    assert regel.nummer and regel.bron and regel.eigenaar in Eigenaar
    assert set(regel.parameters) <= set(STANDAARD)
    assert regel.rust in {"", "signaal_rust_dagen", "signaal_rust_dagen_plicht"}
    assert regel.kanaal in {"C.I", "C.II", "C.III", "C.IV"}


def test_elke_instelling_voor_signalen_hoort_bij_een_regel() -> None:
    gebruikt = {naam for regel in SIGNAALREGELS.values() for naam in (*regel.parameters, regel.rust)}
    assert {naam for naam in STANDAARD if naam.startswith("signaal_")} <= gebruikt
    assert len(SIGNAALREGELS) >= 20


def test_een_regel_geldt_zolang_ze_geldig_is() -> None:
    entree = mens("1998-03-04", inschrijvingen=(school(MBO, "2016-08-01", niveau=1),))
    assert not wil("jikp", entree, date(2016, 12, 31))
    assert wil("jikp", entree, date(2017, 1, 1))
