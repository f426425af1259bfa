"""The screening of leavers on paper: who is a leaver, how somebody stands, what is next, and numbers that add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.basis.parameters import STANDAARD
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.regels.doelgroep import Regio
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Onderwijssoort, Periode, Werk
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening import GEVONDEN, Staat, Stand, Stap, bepaal
from routekaart.regels.screening_feiten import (
    ANTWOORDEN,
    Antwoord,
    Feit,
    Soort,
    Vertrek,
    fase_op,
    seizoen,
    soort_bestemming,
    vertrokken_van,
)
from routekaart.regels.screening_telling import Vak, tel
from routekaart.regels.signalen.feiten import (
    Kader,
    Melding,
    Persoon,
    Schoolinschrijving,
    Uitstroomvermelding,
    Werkproces,
)
from tests.regels.strategieen import BELOFTE

JAAR = Schooljaar(2025)  # leaves in the summer of 2026
JUNI, NAJAAR, TELDATUM = date(2026, 6, 15), date(2026, 11, 17), date(2026, 10, 1)
PRO, VMBO, MBO = Onderwijssoort.PRO, Onderwijssoort.VMBO_KB, Onderwijssoort.MBO
DEZE, ROC = 1, 2
NORMEN = {code: een.waarde for code, een in STANDAARD.items()}


def kader(op: date, **normen: Any) -> Kader:
    return Kader(op=op, grenzen=laad_grenzen(), normen=NORMEN | normen, regio=Regio(baan_uren=12))


def op_school(
    tot: str | None = "2026-07-31", *, van: str = "2022-08-01", soort: Onderwijssoort = VMBO, school: int = DEZE
) -> Schoolinschrijving:
    return Schoolinschrijving(
        onderwijssoort=soort, van=date.fromisoformat(van), tot=date.fromisoformat(tot) if tot else None, school=school,
        niveau=2 if soort is MBO else None, schoolnaam=f"School {school}",
    )  # fmt: skip


def vermeld(bestemming: str = "", *, school: int = DEZE) -> Uitstroomvermelding:
    return Uitstroomvermelding(
        schooljaar=str(JAAR), school=school, schoolnaam=f"School {school}", bestemming=bestemming
    )


def iemand(*inschrijvingen: Schoolinschrijving, geboren: str = "2008-03-04", **meer: Any) -> Persoon:
    return Persoon(geboortedatum=Geboortedatum.lees(geboren), inschrijvingen=inschrijvingen or (op_school(),), **meer)


def feit(soort: Soort, op: str, antwoord: Antwoord | None = None, bij: str = "") -> Feit:
    return Feit(soort=soort, op=date.fromisoformat(op), antwoord=antwoord, bij=bij)


def werkproces(soort: str, afgesloten_op: date | None = None) -> Werkproces:
    return Werkproces(soort=soort, leerplicht=False, gemeente="", gestart_op=JUNI, afgesloten_op=afgesloten_op)


def melding(**velden: Any) -> Melding:
    return Melding(ontvangen_op=TELDATUM, soort="vsv", verzuim=False, **velden)


def stand(persoon: Persoon, *feiten: Feit, op: date = NAJAAR, **meer: Any) -> Stand:
    gevonden = bepaal(persoon, feiten, kader(op), schooljaar=JAAR, handelt=frozenset({"vsv"}), **meer)
    assert gevonden is not None
    return gevonden


def nu(persoon: Persoon, *feiten: Feit, op: date = NAJAAR, **meer: Any) -> tuple[Staat, Stap]:
    deze = stand(persoon, *feiten, op=op, **meer)
    return deze.staat, deze.stap


class TestWieVertrekt:
    """On a list, or written off from vo, pro or vso before the next 1 October and not on another one."""

    @pytest.mark.parametrize(
        ("persoon", "school", "op_lijst"),
        [
            (iemand(), DEZE, False),
            (iemand(op_school("2025-10-01")), DEZE, False),  # the first day that counts for this schooljaar
            (iemand(op_school("2026-09-30")), DEZE, False),  # and the last
            (iemand(op_school(None), uitstroom=(vermeld(),)), DEZE, True),
            # on the list of the school where she went halfway through the year
            (
                iemand(op_school("2026-03-01"), op_school(None, van="2026-03-02", school=3),
                       uitstroom=(vermeld(school=3),)),
                3, True,
            ),
            # of two lists that of the last school
            (iemand(uitstroom=(vermeld(school=9), vermeld("mbo"))), DEZE, True),
        ],
    )  # fmt: skip
    def test_vertrekt(self, persoon: Persoon, school: int, op_lijst: bool) -> None:
        weg = vertrokken_van(persoon, JAAR)
        assert weg is not None and (weg.school, weg.op_lijst) == (school, op_lijst)

    @pytest.mark.parametrize(
        "persoon",
        [
            iemand(op_school(None)),
            iemand(op_school("2025-09-30")),
            iemand(op_school("2026-10-01")),
            iemand(op_school(soort=MBO)),
            iemand(op_school(), op_school(None, van="2026-08-01", school=3)),  # goes on at another school for vo
        ],
    )
    def test_vertrekt_niet(self, persoon: Persoon) -> None:
        assert vertrokken_van(persoon, JAAR) is None
        assert bepaal(persoon, (), kader(NAJAAR), schooljaar=JAAR) is None

    def test_het_seizoen_begint_in_april_en_duurt_tot_de_volgende(self) -> None:
        assert seizoen(date(2026, 3, 31)) == Schooljaar(2024)
        assert seizoen(date(2026, 4, 1)) == seizoen(date(2026, 12, 1)) == seizoen(date(2027, 3, 31)) == JAAR
        assert (fase_op(JAAR, date(2026, 9, 30)), fase_op(JAAR, TELDATUM)) == (1, 2)

    @pytest.mark.parametrize(
        ("tekst", "soort"),
        [
            ("", Vertrek.ONBEKEND), (" - ", Vertrek.ONBEKEND), ("Onbekend, is nog in gesprek", Vertrek.ONBEKEND),
            ("nog niet bekend", Vertrek.ONBEKEND), ("n.v.t.", Vertrek.ONBEKEND), ("?", Vertrek.ONBEKEND),
            ("ROC De Waarden", Vertrek.BEKEND), ("mbo Zorg en welzijn", Vertrek.BEKEND), ("Entree", Vertrek.BEKEND),
            ("bbl, werk en school", Vertrek.BEKEND), ("Defensie", Vertrek.BEKEND),
            ("Werk", Vertrek.ANDERS), ("beschut werk", Vertrek.ANDERS), ("Dagbesteding", Vertrek.ANDERS),
        ],
    )  # fmt: skip
    def test_wat_school_als_bestemming_schrijft(self, tekst: str, soort: Vertrek) -> None:
        assert soort_bestemming(tekst) is soort


class TestFaseEen:
    """Before 1 October: what the school says, and who has to be asked."""

    def test_zonder_bestemming_gaat_er_eerst_een_enquete_uit(self) -> None:
        persoon = iemand(op_school(None), uitstroom=(vermeld(),))
        deze = stand(persoon, op=JUNI)
        assert (deze.vertrek, deze.staat, deze.stap) == (Vertrek.ONBEKEND, Staat.NIET_BENADERD, Stap.ENQUETE)
        assert deze.mogelijk_vsv and not deze.gemist
        assert [uitleg.regel for uitleg in deze.uitleg] == ["SCR-01", "SCR-03"]

    @pytest.mark.parametrize("bestemming", ["ROC De Waarden", "werk"])
    def test_waarvan_school_weet_waarheen_vragen_we_niets_tot_1_oktober(self, bestemming: str) -> None:
        persoon = iemand(op_school(), uitstroom=(vermeld(bestemming),))
        assert nu(persoon, op=JUNI) == (Staat.VERWACHT, Stap.GEEN)
        assert nu(persoon, op=date(2026, 9, 30)) == (Staat.VERWACHT, Stap.GEEN)
        assert nu(persoon, op=TELDATUM) == (Staat.NIET_BENADERD, Stap.ENQUETE)  # not screened in phase 1
        assert stand(persoon, op=JUNI).mogelijk_vsv is (bestemming == "werk")

    def test_wie_al_ergens_anders_staat_is_gevonden(self) -> None:
        verder = op_school(None, van="2026-08-01", soort=MBO, school=ROC)
        assert nu(iemand(op_school(), verder), op=JUNI) == (Staat.INGESCHREVEN, Stap.GEEN)
        alleen_lijst = iemand(op_school(None), verder, uitstroom=(vermeld(),))
        assert nu(alleen_lijst, op=JUNI) == (Staat.INGESCHREVEN, Stap.GEEN)

    @pytest.mark.parametrize(
        ("dag", "stap"),
        [("2026-06-14", Stap.WACHT), ("2026-06-15", Stap.TELEFOON)],
    )
    def test_na_twee_weken_zonder_antwoord_bellen_we(self, dag: str, stap: Stap) -> None:
        assert nu(iemand(), feit(Soort.ENQUETE, "2026-06-01"), op=date.fromisoformat(dag)) == (Staat.BENADERD, stap)

    def test_een_enquete_die_terugkomt_zonder_antwoord_betekent_meteen_bellen(self) -> None:
        terug = feit(Soort.ANTWOORD, "2026-06-03", Antwoord.GEEN)
        assert nu(iemand(), feit(Soort.ENQUETE, "2026-06-01"), terug, op=date(2026, 6, 4))[1] is Stap.TELEFOON

    def test_eerst_bellen_dan_langs_dan_een_melding(self) -> None:
        feiten = [feit(Soort.ENQUETE, "2026-06-01")]
        stappen = []
        for dag, soort in enumerate([Soort.TELEFOON] * 3 + [Soort.HUISBEZOEK] * 2, start=20):
            stappen.append(stand(iemand(), *feiten, op=date(2026, 6, dag)).stap)
            feiten.append(feit(soort, f"2026-06-{dag}", Antwoord.GEEN))
        stappen.append(stand(iemand(), *feiten, op=date(2026, 6, 30)).stap)
        assert stappen == [*[Stap.TELEFOON] * 3, *[Stap.HUISBEZOEK] * 2, Stap.MELDING]

    @pytest.mark.parametrize("antwoord", [Antwoord.WERK, Antwoord.ANDERS])
    def test_wie_geen_school_noemt_komt_in_aanmerking_voor_een_melding(self, antwoord: Antwoord) -> None:
        deze = stand(iemand(), feit(Soort.ANTWOORD, "2026-06-10", antwoord), op=JUNI)
        assert (deze.staat, deze.stap, deze.bereikt) == (Staat.GEHOORD, Stap.MELDING, True)

    def test_afronden_is_klaar_tot_er_weer_iets_wordt_gehoord(self) -> None:
        feiten = [feit(Soort.TELEFOON, "2026-06-10", Antwoord.WERK), feit(Soort.AFGEROND, "2026-06-10")]
        assert nu(iemand(), *feiten, op=JUNI) == (Staat.AFGEROND, Stap.GEEN)
        assert nu(iemand(), *feiten) == (Staat.AFGEROND, Stap.GEEN)
        assert nu(iemand(), *feiten, feit(Soort.TELEFOON, "2026-06-14", Antwoord.ANDERS), op=JUNI)[1] is Stap.MELDING


class TestFaseTwee:
    """From 1 October: the enrolments decide."""

    CLAIM = feit(Soort.ANTWOORD, "2026-06-10", Antwoord.AANGEMELD, "ROC De Waarden")

    def test_wie_zegt_aangemeld_te_zijn_wordt_op_1_oktober_gecontroleerd(self) -> None:
        deze = stand(iemand(), self.CLAIM, op=date(2026, 9, 30))
        assert (deze.staat, deze.stap, deze.wanneer) == (Staat.ZEGT_AANGEMELD, Stap.CONTROLE, TELDATUM)
        assert nu(iemand(), self.CLAIM, op=TELDATUM) == (Staat.ONBEVESTIGD, Stap.TELEFOON)
        verder = op_school(None, van="2026-08-20", soort=MBO, school=ROC)
        assert nu(iemand(op_school(), verder), self.CLAIM, op=TELDATUM) == (Staat.INGESCHREVEN, Stap.GEEN)

    def test_een_niet_bevestigde_claim_legt_zichzelf_uit(self) -> None:
        deze = stand(iemand(), self.CLAIM)
        assert [uitleg.regel for uitleg in deze.uitleg] == ["SCR-01", "SCR-07", "SCR-04"]
        assert "ROC De Waarden" in deze.uitleg[1].tekst and "geen inschrijving" in deze.uitleg[1].tekst

    @pytest.mark.parametrize(
        ("dag", "staat"), [("2026-11-16", Staat.ZEGT_AANGEMELD), ("2026-11-17", Staat.ONBEVESTIGD)]
    )
    def test_wie_het_na_1_oktober_zegt_krijgt_vier_weken(self, dag: str, staat: Staat) -> None:
        laat = feit(Soort.TELEFOON, "2026-10-20", Antwoord.AANGEMELD, "ROC")
        assert stand(iemand(), laat, op=date.fromisoformat(dag)).staat is staat

    def test_bellen_na_een_claim_telt_opnieuw(self) -> None:
        eerder = [feit(Soort.TELEFOON, "2026-06-01", Antwoord.GEEN)] * 3
        assert nu(iemand(), *eerder, self.CLAIM) == (Staat.ONBEVESTIGD, Stap.TELEFOON)
        later = [feit(Soort.TELEFOON, "2026-10-05", Antwoord.GEEN)] * 3
        assert nu(iemand(), self.CLAIM, *later) == (Staat.ONBEVESTIGD, Stap.HUISBEZOEK)

    @pytest.mark.parametrize(
        ("inschrijving", "staat", "gemist"),
        [
            (op_school("2026-10-01", van="2026-08-20", soort=MBO, school=ROC), Staat.INGESCHREVEN, False),
            (op_school("2026-09-30", van="2026-08-20", soort=MBO, school=ROC), Staat.NIET_BENADERD, True),
            (op_school(None, van="2026-11-01", soort=MBO, school=ROC), Staat.INGESCHREVEN, True),
            (op_school(None, van="2027-02-01", soort=MBO, school=ROC), Staat.NIET_BENADERD, True),
        ],
    )
    def test_op_1_oktober_moet_er_een_plek_zijn(
        self, inschrijving: Schoolinschrijving, staat: Staat, gemist: bool
    ) -> None:
        deze = stand(iemand(op_school(), inschrijving))
        assert (deze.staat, deze.gemist) == (staat, gemist)

    def test_wie_op_de_lijst_stond_en_bleef_is_gewoon_ingeschreven(self) -> None:
        assert nu(iemand(op_school(None), uitstroom=(vermeld(),)))[0] is Staat.INGESCHREVEN

    @pytest.mark.parametrize(
        ("meer", "staat"),
        [
            ({"overleden_op": NAJAAR}, Staat.BUITEN),
            ({"vertrokken_op": NAJAAR}, Staat.BUITEN),
            ({"in_regio": False}, Staat.BUITEN),
            ({"vrijstellingen": (Periode(van=date(2026, 8, 1)),)}, Staat.BUITEN),
            ({"diplomas": (Diploma(soort=Diplomasoort.HAVO, behaald_op=date(2026, 7, 1)),)}, Staat.GEKWALIFICEERD),
            ({"werk": (Werk(van=date(2026, 8, 1), uren=6), Werk(van=date(2026, 8, 1), uren=6))}, Staat.WERK),
            ({"werk": (Werk(van=date(2026, 8, 1), uren=11),)}, Staat.NIET_BENADERD),
            ({"werk": (Werk(van=date(2026, 8, 1), uren=36),), "geboren": "2009-03-04"}, Staat.NIET_BENADERD),
            ({"werkprocessen": (werkproces("vsv"),)}, Staat.BEGELEIDING),
            ({"werkprocessen": (werkproces("jib"),)}, Staat.NIET_BENADERD),
            ({"werkprocessen": (werkproces("vsv", TELDATUM),)}, Staat.AFGEROND),
            ({"werkprocessen": (werkproces("vsv", date(2026, 7, 1)),)}, Staat.NIET_BENADERD),
            ({"meldingen": (melding(),)}, Staat.BEGELEIDING),
            ({"meldingen": (melding(klaar_op=NAJAAR),)}, Staat.NIET_BENADERD),
        ],
    )  # fmt: skip
    def test_wat_de_registratie_zegt_gaat_voor(self, meer: dict[str, Any], staat: Staat) -> None:
        assert stand(iemand(**meer)).staat is staat

    def test_aanmelding_uitslag_en_plaatsing_worden_gevolgd(self) -> None:
        aangemeld = feit(Soort.AANMELDING, "2026-10-05", bij="Trajectbureau")
        plek = feit(Soort.UITSLAG, "2026-10-12", Antwoord.PLEK, "Trajectbureau")
        geen = feit(Soort.UITSLAG, "2026-10-12", Antwoord.GEEN_PLEK, "Trajectbureau")
        geplaatst = feit(Soort.PLAATSING, "2026-10-20", bij="ROC De Waarden")
        assert nu(iemand(), aangemeld) == (Staat.BIJ_HELPER, Stap.UITSLAG)
        assert nu(iemand(), aangemeld, plek) == (Staat.BIJ_HELPER, Stap.PLAATSING)
        assert nu(iemand(), aangemeld, geen) == (Staat.GEHOORD, Stap.MELDING)
        assert nu(iemand(), aangemeld, plek, geplaatst) == (Staat.GEPLAATST, Stap.GEEN)
        opnieuw = feit(Soort.AANMELDING, "2026-10-21", bij="Werkplein")
        assert nu(iemand(), aangemeld, plek, geplaatst, opnieuw) == (Staat.BIJ_HELPER, Stap.UITSLAG)

    def test_met_diploma_is_een_diploma_van_dat_jaar_of_een_getuigschrift(self) -> None:
        dit, vorig = date(2026, 7, 1), date(2025, 7, 31)
        assert stand(iemand(diplomas=(Diploma(soort=Diplomasoort.VMBO, behaald_op=dit),))).met_diploma
        assert not stand(iemand(diplomas=(Diploma(soort=Diplomasoort.VMBO, behaald_op=vorig),))).met_diploma
        assert stand(iemand(), getuigschrift=True).met_diploma

    def test_een_gesprek_in_een_werkproces_telt_als_bereikt_vanaf_het_voorjaar(self) -> None:
        assert stand(iemand(), gesproken=[date(2026, 4, 1)]).bereikt
        assert not stand(iemand(), gesproken=[date(2026, 3, 31)]).bereikt


# -- what always holds

DAGEN = st.integers(-150, 250).map(lambda dagen: TELDATUM + timedelta(days=dagen))


@st.composite
def feiten(draw: st.DrawFn) -> Feit:
    soort = draw(st.sampled_from(list(Soort)))
    keuze = sorted(ANTWOORDEN.get(soort, frozenset()))
    return Feit(soort=soort, op=draw(DAGEN), antwoord=draw(st.sampled_from(keuze)) if keuze else None)


@st.composite
def perioden(draw: st.DrawFn) -> dict[str, Any]:
    van = draw(DAGEN)
    return {"van": van, "tot": draw(st.none() | st.integers(0, 200).map(lambda n: van + timedelta(days=n)))}


@st.composite
def leerlingen(draw: st.DrawFn) -> Persoon:
    school = st.builds(
        lambda soort, school, periode: Schoolinschrijving(onderwijssoort=soort, school=school, niveau=None, **periode),
        st.sampled_from([PRO, VMBO, MBO]), st.sampled_from([DEZE, ROC]), perioden(),
    )  # fmt: skip
    lijst = st.sampled_from(["", "werk", "mbo"]).map(vermeld)
    diploma = st.builds(Diploma, soort=st.sampled_from([Diplomasoort.VMBO, Diplomasoort.HAVO]), behaald_op=DAGEN)
    werkproces = st.builds(
        lambda van, duur: Werkproces(
            soort="vsv", leerplicht=False, gemeente="", gestart_op=van,
            afgesloten_op=van + timedelta(days=duur) if duur else None,
        ),
        DAGEN, st.integers(0, 90),
    )  # fmt: skip
    return iemand(
        op_school(draw(st.sampled_from(["2025-12-01", "2026-07-31", None]))),
        *draw(st.lists(school, max_size=2)),
        geboren=draw(st.sampled_from(["2006-01-01", "2008-10-01", "2010-01-01"])),
        uitstroom=tuple(draw(st.lists(lijst, max_size=1))),
        diplomas=tuple(draw(st.lists(diploma, max_size=1))),
        werk=tuple(Werk(**een) for een in draw(st.lists(perioden(), max_size=1))),
        werkprocessen=tuple(draw(st.lists(werkproces, max_size=1))),
        overleden_op=draw(st.none() | st.none() | DAGEN),
    )


@BELOFTE
@given(mensen=st.lists(st.tuples(leerlingen(), st.lists(feiten(), max_size=4)), max_size=8), op=DAGEN)
def test_ieder_staat_op_een_plek_en_de_getallen_tellen_op(mensen: Any, op: date) -> None:
    standen = [bepaal(wie, wat, kader(op), schooljaar=JAAR, handelt=frozenset({"vsv"})) for wie, wat in mensen]
    weg = [een for een in standen if een is not None]
    assert len(weg) == sum(vertrokken_van(wie, JAAR) is not None for wie, _ in mensen)
    for een in weg:
        assert een.uitleg and all(uitleg.bron and uitleg.op == op for uitleg in een.uitleg)
        assert (een.vertrek is Vertrek.BUITEN) == (een.staat is Staat.BUITEN)
        if een.vertrek is Vertrek.GEKWALIFICEERD:
            assert een.staat is Staat.GEKWALIFICEERD and not een.gemist
        if een.geplaatst:
            assert een.bereikt and een.gevonden
        if een.staat in GEVONDEN or een.staat in {Staat.BUITEN, Staat.BEGELEIDING, Staat.AFGEROND}:
            assert een.stap is Stap.GEEN
        else:
            assert een.stap is not Stap.GEEN or een.staat is Staat.VERWACHT
        if een.wanneer is not None:
            assert een.wanneer > op  # what we wait for is yet to come
        assert fase_op(JAAR, op) == 2 or not een.gemist
    vakken = [
        Vak(vertrek=een.vertrek, staat=een.staat, met_diploma=een.met_diploma, gemist=een.gemist,
            bereikt=een.bereikt, geplaatst=een.geplaatst)
        for een in weg
    ]  # fmt: skip
    som = tel(vakken)
    assert som.uitgeschreven == len(weg)
    assert som.uitgeschreven == som.buiten + som.gekwalificeerd + som.bekend + som.mogelijk.aantal
    assert som.uitgeschreven == som.buiten + som.gekwalificeerd + som.ingeschreven + som.gemist.aantal
    for groep in (som.mogelijk, som.gemist):
        assert 0 <= groep.geplaatst <= groep.gevonden <= groep.aantal
        assert groep.geplaatst <= groep.bereikt <= groep.aantal
        assert groep.open == groep.aantal - groep.gevonden >= 0


@BELOFTE
@given(wie=leerlingen(), wat=st.lists(feiten(), max_size=4), op=DAGEN)
def test_wat_later_is_gedateerd_bestaat_nog_niet(wie: Persoon, wat: list[Feit], op: date) -> None:
    def zie(feiten: list[Feit]) -> Stand | None:
        return bepaal(wie, feiten, kader(op), schooljaar=JAAR)

    assert zie(wat) == zie([een for een in wat if een.op <= op])
