"""What a colleague does with a signal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.models import Werkproces
from routekaart.logboek.models import Logregel
from routekaart.meldingen.soorten import soort_werkproces
from routekaart.meldingen.woorden import soort_in_woorden
from routekaart.personen.models import Jongere
from routekaart.signalen.acties import haal_terug, leg_samen_weg, leg_weg, maak_melding, stel_instroom_in, wijs_toe
from routekaart.signalen.models import Instroom, Signaal
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.conftest import signaal, signalen, zoek

Stand = Signaal.Stand
VSV = "vsv-oud"


@pytest.fixture
def vsv(gebied: Gebied, oud: Jongere) -> Signaal:
    zoek(gebied, soort=VSV)
    return signaal(VSV)


def laatste_code() -> str:
    return str(Logregel.objects.order_by("-pk").values_list("code", flat=True)[0])


def test_wijst_toe_en_geeft_terug_aan_het_team(vsv: Signaal, coach: Any, collega: Any) -> None:
    wijs_toe(vsv, aan=collega, toegang=fabrieken.toegang(coach), nu=NU)
    assert (vsv.stand, vsv.behandelaar) == (Stand.TOEGEWEZEN, collega)
    assert laatste_code() == "signaal.toegewezen"
    wijs_toe(vsv, aan=None, toegang=fabrieken.toegang(coach), nu=NU)
    assert (vsv.stand, vsv.behandelaar) == (Stand.OPEN, None)


def test_wijst_niet_toe_aan_wie_er_niet_bij_mag(vsv: Signaal, coach: Any, ambtenaar: Any, buitenstaander: Any) -> None:
    for ander in (ambtenaar, buitenstaander):
        with pytest.raises(Geweigerd, match="werkt niet voor deze gemeente"):
            wijs_toe(vsv, aan=ander, toegang=fabrieken.toegang(coach), nu=NU)
    vsv.refresh_from_db()
    assert vsv.behandelaar is None


def test_legt_weg_met_een_reden_en_haalt_terug(vsv: Signaal, coach: Any) -> None:
    leg_weg(vsv, reden=" Woont bij oma in Gent. ", toegang=fabrieken.toegang(coach), nu=NU)
    assert (vsv.stand, vsv.reden, vsv.gesloten_op, vsv.gesloten_door) == (
        Stand.WEGGELEGD, "Woont bij oma in Gent.", NU, coach,
    )  # fmt: skip
    assert vsv.weggelegd_tot is None
    haal_terug(vsv, toegang=fabrieken.toegang(coach), nu=NU)
    assert (vsv.stand, vsv.gesloten_op, vsv.gesloten_door) == (Stand.OPEN, None, None)
    with pytest.raises(Geweigerd, match="Alleen een signaal dat is weggelegd"):
        haal_terug(vsv, toegang=fabrieken.toegang(coach), nu=NU)


@pytest.mark.parametrize(
    ("reden", "tot", "zin"),
    [
        ("  ", None, "Schrijf op waarom"),
        ("x" * 401, None, "korter dan 400"),
        ("Op reis", VANDAAG, "Kies een dag na vandaag"),
    ],
)
def test_weigert_wegleggen_zonder_goede_reden_of_dag(
    vsv: Signaal, coach: Any, reden: str, tot: dt.date | None, zin: str
) -> None:
    with pytest.raises(Geweigerd, match=zin):
        leg_weg(vsv, reden=reden, tot=tot, toegang=fabrieken.toegang(coach), nu=NU)
    vsv.refresh_from_db()
    assert vsv.stand == Stand.OPEN


def test_weggelegd_tot_een_dag_komt_daarna_terug(gebied: Gebied, vsv: Signaal, coach: Any) -> None:
    tot = VANDAAG + dt.timedelta(days=30)
    leg_weg(vsv, reden="Is op reis.", tot=tot, toegang=fabrieken.toegang(coach), nu=NU)
    zoek(gebied, nu=NU + dt.timedelta(days=30), soort=VSV)
    assert signaal(VSV).stand == Stand.WEGGELEGD
    zoek(gebied, nu=NU + dt.timedelta(days=31), soort=VSV)
    assert signaal(VSV).stand == Stand.OPEN


def test_samen_wegleggen_is_alles_of_niets(gebied: Gebied, thuis: Jongere, ambtenaar: Any) -> None:
    zoek(gebied)
    wie: Any = {"toegang": fabrieken.toegang(ambtenaar), "nu": NU}
    een, ander = signalen()
    leg_weg(ander, reden="Zit in Gent op school.", **wie)
    with pytest.raises(Geweigerd, match="Dit signaal is al weggelegd"):
        leg_samen_weg([ander, een], reden="Anders.", **wie)
    assert [rij.reden for rij in signalen()] == ["", "Zit in Gent op school."]


def test_een_signaal_wordt_een_melding_van_niveau_c(vsv: Signaal, oud: Jongere, coach: Any) -> None:
    melding = maak_melding(vsv, toelichting="Buurman belde.", toegang=fabrieken.toegang(coach), nu=NU)
    assert (melding.niveau, melding.kanaal, melding.soort, melding.melder_soort) == ("c", "C.IV", "vsv", "onderzoek")
    assert melding.reden.startswith("Mogelijk oud-vsv’er. ")
    assert (melding.jongere, melding.partneracties) == (oud, "Buurman belde.")
    assert melding.nummer and melding.werkproces is not None
    assert melding.werkproces.soort == "vsv"
    assert (vsv.stand, vsv.melding, vsv.gesloten_door) == (Stand.MELDING, melding, coach)
    with pytest.raises(Geweigerd, match="al melding geworden"):
        maak_melding(vsv, toegang=fabrieken.toegang(coach), nu=NU)
    assert Werkproces.objects.alles(reden="proef").count() == 1


def test_wat_hetzelfde_werk_vraagt_gaat_mee_met_de_ene_melding(gebied: Gebied, thuis: Jongere, ambtenaar: Any) -> None:
    zoek(gebied)
    assert {een.soort for een in signalen()} == {"absoluut-verzuim", "thuiszitter"}
    melding = maak_melding(signaal("absoluut-verzuim"), toegang=fabrieken.toegang(ambtenaar), nu=NU)
    ander = signaal("thuiszitter")
    assert (ander.stand, ander.melding, ander.gesloten_door) == (Stand.MELDING, melding, ambtenaar)
    assert zoek(gebied).nieuw == 0


def test_een_thuiszitter_zonder_school_is_geen_relatief_verzuim(gebied: Gebied, thuis: Jongere, ambtenaar: Any) -> None:
    zoek(gebied)
    melding = maak_melding(signaal("thuiszitter"), toegang=fabrieken.toegang(ambtenaar), nu=NU)
    assert soort_in_woorden(melding) == "Staat op geen school (absoluut verzuim)"
    assert soort_werkproces(melding.soort, melding.soort_werk) == "absoluut-verzuim"


def test_bij_een_lopend_werkproces_hoort_geen_melding(gebied: Gebied, oud: Jongere, coach: Any) -> None:
    fabrieken.maak_werkproces(oud)
    Jongere.objects.alles(reden="proef").filter(pk=oud.pk).update(gemeente=gebied.andere_gemeente)
    zoek(gebied, soort="verhuisd")
    een = signaal("verhuisd")
    assert een.gemeente == gebied.gemeente  # the team that has the werkproces sees it
    with pytest.raises(Geweigerd, match="hoort geen melding"):
        maak_melding(een, toegang=fabrieken.toegang(coach), nu=NU)
    een.refresh_from_db()
    assert een.stand == Stand.OPEN


class TestInstroom:
    """A flood goes into the werkvoorraad in portions."""

    @pytest.fixture
    def vijf(self, gebied: Gebied) -> list[Jongere]:
        jongeren = []
        for jaar in range(2018, 2023):
            jongere = fabrieken.maak_jongere(gebied, geboortedatum="2001-03-04")
            fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2016, 8, 1), tot=dt.date(jaar, 5, 20))
            jongeren.append(jongere)
        return jongeren

    def ingelaten(self) -> list[int]:
        return [een.jongere_id for een in signalen(soort=VSV, in_voorraad_op__isnull=False)]

    def test_de_oudste_gaan_eerst_en_volgende_week_de_rest(
        self, gebied: Gebied, vijf: list[Jongere], coach: Any
    ) -> None:
        Instroom.objects.create(team=gebied.doorstroompunt, soort=VSV, per_week=2)
        zoek(gebied, soort=VSV)
        assert self.ingelaten() == [jongere.pk for jongere in vijf[:2]]
        zoek(gebied, nu=NU + dt.timedelta(days=5), soort=VSV)  # Sunday of the same week
        assert len(self.ingelaten()) == 2
        zoek(gebied, nu=NU + dt.timedelta(days=6), soort=VSV)
        assert len(self.ingelaten()) == 4
        zoek(gebied, nu=NU + dt.timedelta(days=13), soort=VSV)
        assert len(self.ingelaten()) == 5

    def test_meer_toelaten_werkt_meteen(self, gebied: Gebied, vijf: list[Jongere], coach: Any) -> None:
        Instroom.objects.create(team=gebied.doorstroompunt, soort=VSV, per_week=0)
        zoek(gebied, soort=VSV)
        assert self.ingelaten() == []
        stel = {"soort": VSV, "toegang": fabrieken.toegang(coach), "nu": NU}
        stel_instroom_in(gebied.doorstroompunt, per_week=3, **stel)
        assert len(self.ingelaten()) == 3
        stel_instroom_in(gebied.doorstroompunt, per_week=None, **stel)
        assert len(self.ingelaten()) == 5
        assert not Instroom.objects.exists()

    def test_weigert_een_soort_of_getal_dat_niet_kan(self, gebied: Gebied, coach: Any) -> None:
        for soort, per_week in (("onzin", 1), (VSV, -1), (VSV, 1001)):
            with pytest.raises(Geweigerd):
                stel_instroom_in(
                    gebied.doorstroompunt, soort=soort, per_week=per_week, toegang=fabrieken.toegang(coach), nu=NU
                )
        assert not Instroom.objects.exists()
