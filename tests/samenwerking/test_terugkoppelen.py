"""Feedback: only what may be told, kept exactly as it was told, and silent to who is no school."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import NieuwDoel, NieuweAfspraak, Regiekeuze
from routekaart.correspondentie.models import Brief
from routekaart.delen.models import Verstrekking
from routekaart.dossiers.acties import leg_contact_vast
from routekaart.dossiers.documenten import lees_document
from routekaart.dossiers.models import Aantekening, Werkproces
from routekaart.loopbaan.models import Hulp
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.acties import ZONDER_INHOUD, bereid_voor, koppel_melding_terug, let_op
from routekaart.samenwerking.duo import Duoterug
from routekaart.samenwerking.models import Terugkoppeling
from routekaart.samenwerking.selecties import meldingen_van, terugkoppelingen_van
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG

GEHEIM = "Zilvermeeuw"


@pytest.fixture
def werkproces(gebied: fabrieken.Gebied, coach: Any) -> Werkproces:
    gebied.doorstroompunt.telefoon, gebied.doorstroompunt.email = "0900 1234", "team@veldermeer.example"
    gebied.doorstroompunt.save()
    return fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)


@pytest.fixture
def melding(werkproces: Werkproces, gebied: fabrieken.Gebied) -> Melding:
    return stappen.melding(werkproces, gebied)


def koppel(werkproces: Werkproces, door: Any, **velden: Any) -> Terugkoppeling:
    return stappen.terugkoppelen(werkproces, door, **velden)  # type: ignore[no-any-return]


def test_school_hoort_iets_en_het_staat_vast(werkproces: Werkproces, melding: Melding, coach: Any) -> None:
    gegeven = koppel(werkproces, coach, melding=melding)
    (verstrekking,) = Verstrekking.objects.alles(reden="test")
    assert verstrekking.grondslag == "wettelijke taak"
    assert verstrekking.inhoud == {"tekst": "Yara volgt een andere opleiding."}
    assert verstrekking.ontvanger == "Karin Slot, ROC De Waarden"
    assert gegeven.verstrekking == verstrekking
    assert len(stappen.feiten(werkproces, "terugkoppeling.verzonden")) == 1
    assert terugkoppelingen_van(werkproces, toegang=fabrieken.toegang(coach)) == [gegeven]


def vul_met_geheimen(werkproces: Werkproces, coach: Any, gebied: fabrieken.Gebied) -> Melding:
    """Every place where something about help, home or the talk can be written holds the marker."""
    melding = stappen.melding(werkproces, gebied, reden=GEHEIM, hulptrajecten=GEHEIM, reactie_jongere=GEHEIM)
    leg_contact_vast(
        werkproces, met="jongere", kanaal="telefoon", moment=NU - dt.timedelta(hours=1), resultaat="contact",
        verslag=GEHEIM, toegang=fabrieken.toegang(coach), nu=NU,
    )  # fmt: skip
    stappen.dossier(werkproces, coach)
    stappen.oordeel(werkproces, coach)
    stappen.intake(werkproces, coach, ondersteuningsvraag=GEHEIM, antwoorden={"schulden": GEHEIM}, deelnemers=GEHEIM)
    stappen.leefdomein(werkproces, coach, tekst=GEHEIM, aard="feit")
    stappen.privacy(werkproces, coach)
    stappen.inzicht(werkproces, coach)
    stappen.plan(
        werkproces, coach, doelen=[NieuwDoel(GEHEIM)], onderdelen={"contact": GEHEIM},
        afspraken=[NieuweAfspraak(GEHEIM, GEHEIM, VANDAAG)], regie=Regiekeuze(GEHEIM, gevraagd=True),
    )  # fmt: skip
    stappen.uitvoering(werkproces, coach, wat=GEHEIM)
    stappen.voortgang(werkproces, coach, tekst=GEHEIM)
    Aantekening.objects.create(jongere=werkproces.jongere, werkproces=werkproces, aard="feit", tekst=GEHEIM, op=VANDAAG)
    Hulp.objects.create(jongere=werkproces.jongere, bron="test", van=VANDAAG, aanbieder=GEHEIM, waarvoor=GEHEIM)
    return melding


@pytest.mark.parametrize("uitkomst", ["werk", "hulpverlening", "participatiewet", "dagbesteding"])
def test_in_de_voorbereide_tekst_staat_niets_van_intake_domeinen_hulp_of_aantekeningen(
    werkproces: Werkproces, coach: Any, gebied: fabrieken.Gebied, uitkomst: str
) -> None:
    melding = vul_met_geheimen(werkproces, coach, gebied)
    stappen.afsluiten(werkproces, coach, uitkomst=uitkomst, afsluiting=GEHEIM, resultaatdomeinen=["hulpverlening"])
    melding.refresh_from_db()
    voorstel = bereid_voor(werkproces, melding)
    assert voorstel.tekst.endswith("afgesloten.")
    assert GEHEIM not in str(voorstel)
    assert not let_op(voorstel.tekst)
    gegeven = koppel(werkproces, coach, melding=melding, kanaal="brief", tekst=voorstel.tekst)
    assert gegeven.brief is not None and gegeven.brief.document is not None
    blad = PdfReader(io.BytesIO(lees_document(gegeven.brief.document))).pages[0].extract_text()
    assert "Karin Slot" in blad and "meldde u Yara" in blad.replace("\n", " ")
    assert GEHEIM not in blad
    assert GEHEIM not in str(Verstrekking.objects.alles(reden="test").get().inhoud)


def test_zolang_er_geen_uitkomst_is_hoort_school_dat_we_bezig_zijn(werkproces: Werkproces, melding: Melding) -> None:
    voorstel = bereid_voor(werkproces, melding)
    assert voorstel.tekst == "We zijn met Yara aan de slag."
    assert (voorstel.soort_ontvanger, voorstel.kanaal, voorstel.vast) == ("school", "duo", False)
    assert voorstel.duo == Duoterug("B")


@pytest.mark.parametrize(
    ("melder", "soort"), [("partner", "partner"), ("verzorger", "partner"), ("jongere", "jongere")]
)
def test_wie_geen_school_is_hoort_geen_inhoud(
    werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any, melder: str, soort: str
) -> None:
    melding = stappen.melding(werkproces, gebied, melder_soort=melder, duo_nummer=None, duo_status="")
    voorstel = bereid_voor(werkproces, melding)
    assert voorstel.vast and voorstel.soort_ontvanger == soort and "Yara" not in voorstel.tekst
    gegeven = koppel(
        werkproces, coach, melding=melding, soort=soort, kanaal="telefoon", tekst="Yara heeft nu werk en hulp"
    )
    assert gegeven.tekst == voorstel.tekst
    assert "Yara" not in gegeven.tekst


def test_de_brief_aan_een_andere_melder_noemt_de_jongere_niet(
    werkproces: Werkproces, gebied: fabrieken.Gebied, coach: Any
) -> None:
    melding = stappen.melding(werkproces, gebied, melder_soort="partner", duo_nummer=None, duo_status="")
    gegeven = koppel(
        werkproces, coach, melding=melding, soort="partner", kanaal="brief", ontvanger="Wijkteam Oosterwaard"
    )
    assert gegeven.brief is not None and gegeven.brief.document is not None
    blad = PdfReader(io.BytesIO(lees_document(gegeven.brief.document))).pages[0].extract_text()
    assert "Yara" not in blad and werkproces.jongere.achternaam not in blad
    assert melding.nummer in blad and gegeven.brief.verzonden_op == NU
    assert gegeven.tekst == ZONDER_INHOUD


@pytest.mark.parametrize("tekst", ["Yara krijgt hulpverlening.", "Er zijn schulden", "De psycholoog helpt"])
def test_woorden_over_hulp_vragen_om_een_tweede_blik(
    werkproces: Werkproces, melding: Melding, coach: Any, tekst: str
) -> None:
    with pytest.raises(Geweigerd, match="Kijk nog eens naar") as weigering:
        koppel(werkproces, coach, melding=melding, tekst=tekst)
    assert weigering.value.veld == "gecontroleerd"
    assert not Terugkoppeling.objects.alles(reden="test").exists()
    assert koppel(werkproces, coach, melding=melding, tekst=tekst, gecontroleerd=True).tekst == tekst


def test_een_geheim_adres_gaat_niet_mee(werkproces: Werkproces, melding: Melding, coach: Any) -> None:
    jongere = werkproces.jongere
    jongere.geheimhouding, jongere.straat, jongere.postcode = 7, "Distelpad", "1987ZX"
    jongere.save()
    werkproces.refresh_from_db()
    with pytest.raises(Geweigerd, match="adres is geheim"):
        koppel(werkproces, coach, melding=melding, kanaal="brief", tekst="Yara woont nu op het Distelpad.")
    assert not Brief.objects.alles(reden="test").exists()


def test_via_duo_gaan_status_reden_en_opmerking(werkproces: Werkproces, melding: Melding, coach: Any) -> None:
    gegeven = koppel(
        werkproces, coach, melding=melding, kanaal="duo", tekst="Dit gaat niet mee", duo=Duoterug("G", 1, 3)
    )
    melding.refresh_from_db()
    assert (melding.duo_status, melding.duo_afsluitreden, melding.duo_opmerking) == ("G", 1, 3)
    assert melding.duo_terug_op is None
    assert gegeven.tekst == (
        "Via DUO: afgesloten, terug naar school, opleiding hervat. Opmerking: er loopt geen actie meer."
    )
    inhoud = Verstrekking.objects.alles(reden="test").get().inhoud
    assert inhoud["duo"] == {"status": "G", "afsluitreden": 1, "opmerking": 3}
    assert "Dit gaat niet mee" not in str(inhoud)


def test_in_behandeling_is_nog_geen_terugkoppeling(werkproces: Werkproces, melding: Melding, coach: Any) -> None:
    koppel(werkproces, coach, melding=melding, kanaal="duo", duo=Duoterug("B"))
    assert not stappen.feiten(werkproces, "terugkoppeling.verzonden")
    koppel(werkproces, coach, melding=melding, kanaal="duo", duo=Duoterug("K"))
    assert stappen.feiten(werkproces, "terugkoppeling.verzonden")


def test_wat_al_verstuurd_is_gaat_niet_nog_eens(werkproces: Werkproces, melding: Melding, coach: Any) -> None:
    koppel(werkproces, coach, melding=melding, kanaal="duo", duo=Duoterug("G", 1, 3))
    Melding.objects.alles(reden="test").update(duo_terug_op=NU)
    koppel(werkproces, coach, melding=melding, kanaal="duo", duo=Duoterug("G", 1, 3))
    melding.refresh_from_db()
    assert melding.duo_terug_op == NU
    koppel(werkproces, coach, melding=melding, kanaal="duo", duo=Duoterug("G", 3, 3))
    melding.refresh_from_db()
    assert melding.duo_terug_op is None


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"soort": "bakker"}, "soort"),
        ({"kanaal": "duif"}, "kanaal"),
        ({"tekst": " "}, "tekst"),
        ({"ontvanger": ""}, "ontvanger"),
        ({"kanaal": "duo", "duo": Duoterug("G")}, "duo"),
        ({"kanaal": "duo", "duo": Duoterug("G", 8)}, "duo"),
        ({"kanaal": "duo", "duo": Duoterug("X", 1)}, "duo"),
        ({"kanaal": "duo", "duo": Duoterug("G", 1, 4)}, "duo_opmerking"),
        ({"kanaal": "duo", "soort": "partner"}, "kanaal"),
        ({"kanaal": "brief", "soort": "jongere"}, "kanaal"),
    ],
)
def test_weigert_wat_niet_kan(
    werkproces: Werkproces, melding: Melding, coach: Any, velden: dict[str, Any], veld: str
) -> None:
    with pytest.raises(Geweigerd) as weigering:
        koppel(werkproces, coach, melding=melding, **velden)
    assert weigering.value.veld == veld
    assert not Terugkoppeling.objects.alles(reden="test").exists()
    assert not Verstrekking.objects.alles(reden="test").exists()
    melding.refresh_from_db()
    assert melding.duo_status == "B"


def test_zonder_melding_gaat_er_niets_via_duo(werkproces: Werkproces, coach: Any) -> None:
    with pytest.raises(Geweigerd, match="over welke melding"):
        koppel(werkproces, coach, kanaal="duo", duo=Duoterug("G", 1))


def test_een_ingetrokken_melding_gaat_niet_terug(werkproces: Werkproces, melding: Melding, coach: Any) -> None:
    Melding.objects.alles(reden="test").update(ingetrokken_op=NU)
    with pytest.raises(Geweigerd, match="ingetrokken"):
        koppel(werkproces, coach, melding=melding, kanaal="duo", duo=Duoterug("G", 1))
    assert meldingen_van(werkproces, toegang=fabrieken.toegang(coach)) == []


def test_een_melding_van_een_ander_werkproces_hoort_hier_niet(
    werkproces: Werkproces, melding: Melding, coach: Any, gebied: fabrieken.Gebied
) -> None:
    ander = fabrieken.maak_werkproces(fabrieken.maak_jongere(gebied), behandelaar=coach)
    with pytest.raises(Geweigerd, match="hoort niet bij dit werkproces"):
        koppel(ander, coach, melding=melding)


def test_school_zonder_melding_krijgt_een_eigen_brief(werkproces: Werkproces, coach: Any) -> None:
    gegeven = koppel(werkproces, coach, kanaal="brief")
    assert gegeven.brief is not None
    assert gegeven.brief.sjabloon == "bericht-school"
    assert "meldde" not in gegeven.brief.tekst


@pytest.fixture
def losse_melding(gebied: fabrieken.Gebied) -> Melding:
    """A melding about somebody of 16, without a werkproces."""
    jongere = fabrieken.maak_jongere(gebied, geboortedatum="2010-02-01", voornamen="Sem")
    return fabrieken.maak_melding(
        gebied, jongere=jongere, duo_nummer="77", oordeel="geen-actie", oordeel_op=NU, uitkomst="geen-actie-na-school"
    )


def test_een_melding_zonder_werkproces_wordt_ook_teruggekoppeld(losse_melding: Melding, ambtenaar: Any) -> None:
    voorstel = bereid_voor(None, losse_melding)
    assert voorstel.tekst.startswith("Na ons gesprek met school")
    toegang = fabrieken.toegang(ambtenaar)
    gegeven = koppel_melding_terug(
        losse_melding, ontvanger="", soort="school", kanaal="duo", duo=Duoterug("G", 1, 3), toegang=toegang, nu=NU
    )
    losse_melding.refresh_from_db()
    assert (losse_melding.duo_status, losse_melding.duo_afsluitreden) == ("G", 1)
    assert gegeven.werkproces is None and gegeven.verstrekking is not None
    assert Terugkoppeling.objects.voor(toegang).get() == gegeven


def test_zonder_werkproces_is_er_geen_brief(losse_melding: Melding, ambtenaar: Any) -> None:
    with pytest.raises(Geweigerd) as weigering:
        koppel_melding_terug(
            losse_melding, ontvanger="School", soort="school", kanaal="brief", tekst="Klaar.",
            toegang=fabrieken.toegang(ambtenaar), nu=NU,
        )  # fmt: skip
    assert weigering.value.veld == "kanaal"


def test_wie_buiten_bereik_is_ziet_geen_terugkoppeling(
    werkproces: Werkproces, melding: Melding, coach: Any, ambtenaar: Any, buitenstaander: Any
) -> None:
    koppel(werkproces, coach, melding=melding)
    assert Terugkoppeling.objects.voor(fabrieken.toegang(coach)).count() == 1
    for wie in (ambtenaar, buitenstaander):
        assert Terugkoppeling.objects.voor(fabrieken.toegang(wie)).count() == 0


def test_koppelt_een_losse_melding_niet_langs_de_verkeerde_weg(
    werkproces: Werkproces, melding: Melding, coach: Any
) -> None:
    with pytest.raises(ValueError, match="koppel_terug"):
        koppel_melding_terug(
            melding, ontvanger="S", soort="school", kanaal="e-mail", tekst="x", toegang=fabrieken.toegang(coach), nu=NU
        )
