"""A melding comes in: number, term, acknowledgement, and the one werkproces it belongs to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente, Parameter, Regio
from routekaart.dossiers.acties import zet_uitkomst
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.logboek.models import Logregel
from routekaart.loopbaan.models import Diploma, Werk
from routekaart.meldingen.acties import Melder, Opgave, Verzuimdag, koppel_jongere, maak_jongere_van_melding
from routekaart.meldingen.models import Melding, Verzuimregel
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}


def werkprocessen() -> list[Werkproces]:
    return list(Werkproces.objects.alles(**ALLES).order_by("pk"))


def feiten() -> list[str]:
    return list(Gebeurtenis.objects.alles(**ALLES).order_by("pk").values_list("code", flat=True))


def test_krijgt_nummer_en_vijf_werkdagen(ontvang: Any, jongere: Any) -> None:
    eerste, tweede = ontvang(jongere), ontvang(jongere)
    assert (eerste.nummer, tweede.nummer) == ("M-2026-000001", "M-2026-000002")
    assert eerste.termijn == dt.date(2026, 11, 24)


def test_de_regio_bepaalt_de_termijn(ontvang: Any, jongere: Any, gebied: Any) -> None:
    Parameter.objects.create(regio=gebied.regio, code="oppaktermijn_werkdagen", waarde=2, van=dt.date(2020, 1, 1))
    assert ontvang(jongere).termijn == dt.date(2026, 11, 19)


def test_termijn_telt_vanaf_de_dag_dat_de_melding_binnen_was(ontvang: Any, jongere: Any) -> None:
    melding = ontvang(jongere, ontvangen_op=NU - dt.timedelta(days=4))  # a friday
    assert melding.termijn == dt.date(2026, 11, 20)
    assert Gebeurtenis.objects.alles(**ALLES).get().op == dt.date(2026, 11, 13)


def test_kan_niet_in_de_toekomst_binnen_zijn(ontvang: Any, jongere: Any) -> None:
    with pytest.raises(Geweigerd, match="later binnen"):
        ontvang(jongere, ontvangen_op=NU + dt.timedelta(hours=1))
    assert werkprocessen() == []


def test_start_de_route_van_het_voorstel(ontvang: Any, jongere: Any) -> None:
    melding = ontvang(jongere)
    [werkproces] = werkprocessen()
    assert melding.werkproces == werkproces
    assert (werkproces.soort, werkproces.route, werkproces.gestart_op) == ("verzuim-18-plus", "mas-18-plus", VANDAAG)
    assert werkproces.nummer == "2026-000001"
    assert werkproces.behandelaar is None
    assert werkproces.team.naam == "Doorstroompunt"
    assert feiten() == ["melding.ontvangen"]


@pytest.mark.parametrize(
    ("inschrijving", "soort", "verwacht"),
    [
        ({"niveau": 3, "van": dt.date(2025, 8, 1), "tot": dt.date(2026, 10, 30)}, "vsv", ("vsv", "doorstroompunt")),
        ({"niveau": 1, "van": dt.date(2026, 8, 1)}, "zorg", ("jikp", "jikp-volgen")),
        ({"niveau": 1, "van": dt.date(2026, 8, 1)}, "overig", ("verzuim-18-plus", "mas-18-plus")),
        # enrolled, nothing reported but an application by herself: no doelgroep, the route of the soort
        ({"niveau": 3, "van": dt.date(2026, 8, 1)}, "eigen-aanmelding", ("vsv", "doorstroompunt")),
    ],
)
def test_soort_en_route_volgen_uit_melding_en_voorstel(
    gebied: Any, ontvang: Any, inschrijving: Any, soort: str, verwacht: tuple[str, str]
) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, **inschrijving)
    werkproces = ontvang(jongere, soort=soort).werkproces
    assert (werkproces.soort, werkproces.route) == verwacht


def test_wie_werkt_komt_op_de_route_volgen(gebied: Any, ontvang: Any) -> None:
    jongere = fabrieken.maak_jongere(gebied)
    fabrieken.maak_inschrijving(jongere, niveau=3, van=dt.date(2023, 8, 1), tot=dt.date(2024, 3, 1))
    Werk.objects.create(jongere=jongere, van=dt.date(2024, 4, 1), uren=30, bron="dossier")
    werkproces = ontvang(jongere, soort="vsv", kanaal="C.I").werkproces
    assert (werkproces.soort, werkproces.route) == ("vsv", "volgen")


def test_verzuim_met_startkwalificatie_blijft_een_werkproces_verzuim(gebied: Any, ontvang: Any, jongere: Any) -> None:
    Diploma.objects.create(jongere=jongere, soort="mbo", niveau=2, behaald_op=dt.date(2025, 7, 1), bron="DUO")
    werkproces = ontvang(jongere).werkproces
    assert (werkproces.soort, werkproces.route) == ("verzuim-18-plus", "mas-18-plus")


def test_tweede_melding_sluit_aan_bij_het_lopende_werkproces(ontvang: Any, jongere: Any) -> None:
    eerste, tweede = ontvang(jongere), ontvang(jongere, soort="overig")
    assert eerste.werkproces == tweede.werkproces
    assert len(werkprocessen()) == 1
    assert feiten() == ["melding.ontvangen", "melding.aangesloten"]
    assert Melding.objects.alles(**ALLES).count() == 2


def test_andere_soort_start_een_eigen_werkproces(ontvang: Any, jongere: Any) -> None:
    ontvang(jongere)
    ontvang(jongere, soort="vsv", voorgenomen_uitschrijving=True)
    assert [werkproces.soort for werkproces in werkprocessen()] == ["verzuim-18-plus", "vsv"]


def test_na_afsluiten_start_een_nieuw_werkproces(ontvang: Any, jongere: Any) -> None:
    werkproces = ontvang(jongere).werkproces
    zet_uitkomst(werkproces, uitkomst="onterecht", op=VANDAAG, afsluiting="", domeinen=())
    assert ontvang(jongere).werkproces != werkproces


def test_onder_18_is_er_nog_geen_werkproces(gebied: Any, ontvang: Any) -> None:
    melding = ontvang(fabrieken.maak_jongere(gebied, geboortedatum="2011-05-05"))
    assert (melding.soort_werk, melding.werkproces) == ("leerplicht", None)


def test_melder_krijgt_een_bevestiging_zonder_inhoud(
    ontvang: Any, jongere: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        melding = ontvang(jongere)
    [mail] = mailoutbox
    assert mail.to == ["k.slot@school.example"]
    assert melding.bevestigd_op == NU
    assert melding.nummer in mail.subject
    assert "17 november 2026" in mail.body
    for geheim in (jongere.achternaam, jongere.voornamen, "avond", jongere.geboortedatum, "ROC", "Slot"):
        assert geheim not in mail.subject + mail.body


def test_zonder_mailadres_is_er_geen_bevestiging(ontvang: Any, jongere: Any, mailoutbox: list[Any]) -> None:
    assert ontvang(jongere, melder=Melder(soort="partner", naam="Wijkteam")).bevestigd_op is None
    assert mailoutbox == []


def test_verzuim_van_dezelfde_dag_telt_op(ontvang: Any, jongere: Any) -> None:
    dag = dt.date(2026, 11, 2)
    ontvang(jongere, verzuim=[Verzuimdag(dag, 60), Verzuimdag(dag, 90), Verzuimdag(dt.date(2026, 11, 3))])
    regels = Verzuimregel.objects.alles(**ALLES).order_by("datum").values_list("minuten", "hele_dag")
    assert list(regels) == [(150, False), (None, True)]


def test_iedere_melding_staat_in_het_logboek(ontvang: Any, jongere: Any, gebied: Any) -> None:
    ontvang(jongere)
    ontvang(jongere)
    ontvang(None, opgave=Opgave(achternaam="Onbekend"))
    codes = list(Logregel.objects.filter(code__startswith="melding.").order_by("pk").values_list("code", flat=True))
    assert codes == ["melding.ontvangen", "melding.aangesloten", "melding.ontvangen"]


def test_wie_buiten_de_regio_woont_is_zichtbaar_tot_de_overdracht(ontvang: Any, gebied: Any, coach: Any) -> None:
    elders = Gemeente.objects.create(
        code="9999", naam="Elders", regio=Regio.objects.create(nummer=9, naam="Regio Elders"), van=dt.date(2000, 1, 1)
    )
    jongere = fabrieken.maak_jongere(gebied, gemeente=elders)
    melding = ontvang(jongere)
    assert melding.overdracht_gemeente == elders
    assert Melding.objects.voor(fabrieken.toegang(coach)).get() == melding
    assert melding.werkproces.team is not None


def test_onbekende_buiten_de_regio_komt_bij_het_eigen_meldpunt(ontvang: Any, gebied: Any, coach: Any) -> None:
    elders = Gemeente.objects.create(code="9999", naam="Elders", van=dt.date(2000, 1, 1))
    melding = ontvang(None, opgave=Opgave(achternaam="Onbekend"), gemeente=elders)
    assert (melding.gemeente, melding.overdracht_gemeente) == (gebied.gemeente, elders)
    assert Melding.objects.voor(fabrieken.toegang(coach)).count() == 1


class TestKoppelen:
    """A melding of somebody we do not know yet waits until a colleague says who it is."""

    OPGAVE = Opgave(achternaam="Rooij", voorvoegsel="van", voornamen="Sem", geboortedatum="2008-06-03")

    def test_zelfde_jongere_start_het_werkproces(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(None, opgave=self.OPGAVE)
        assert melding.werkproces is None
        koppel_jongere(melding, jongere, toegang=fabrieken.toegang(coach), nu=NU)
        [werkproces] = werkprocessen()
        assert (melding.jongere, melding.werkproces, werkproces.nummer) == (jongere, werkproces, "2026-000001")

    def test_koppelen_kan_een_keer(self, ontvang: Any, jongere: Any, coach: Any, gebied: Any) -> None:
        melding = ontvang(None, opgave=self.OPGAVE)
        koppel_jongere(melding, jongere, toegang=fabrieken.toegang(coach), nu=NU)
        with pytest.raises(Geweigerd, match="hoort al bij een jongere"):
            koppel_jongere(melding, fabrieken.maak_jongere(gebied), toegang=fabrieken.toegang(coach), nu=NU)
        assert melding.jongere == jongere

    def test_iemand_anders_wordt_een_nieuwe_jongere(self, ontvang: Any, coach: Any) -> None:
        melding = ontvang(None, opgave=self.OPGAVE)
        jongere = maak_jongere_van_melding(melding, toegang=fabrieken.toegang(coach), nu=NU)
        assert (jongere.naam, jongere.geboortedatum, melding.jongere) == ("Sem van Rooij", "2008-06-03", jongere)

    def test_zonder_geboortedatum_kan_er_nog_geen_jongere_komen(self, ontvang: Any, coach: Any) -> None:
        melding = ontvang(None, opgave=Opgave(achternaam="Rooij"))
        with pytest.raises(Geweigerd, match="geboortedatum"):
            maak_jongere_van_melding(melding, toegang=fabrieken.toegang(coach), nu=NU)

    def test_een_bekend_nummer_maakt_niemand_dubbel(self, ontvang: Any, coach: Any, gebied: Any) -> None:
        bsn = fabrieken.test_bsn(4321)
        bekend = fabrieken.maak_jongere(gebied, bsn=bsn, geboortedatum="2008-06-03")
        melding = ontvang(None, opgave=self.OPGAVE)
        jongere = maak_jongere_van_melding(melding, toegang=fabrieken.toegang(coach), nu=NU, nummer=bsn)
        assert jongere == melding.jongere == bekend
        assert Jongere.objects.alles(**ALLES).count() == 1

    def test_een_nummer_van_iemand_met_een_andere_geboortedatum_wordt_geweigerd(
        self, ontvang: Any, coach: Any, gebied: Any
    ) -> None:
        bsn = fabrieken.test_bsn(4322)
        fabrieken.maak_jongere(gebied, bsn=bsn, geboortedatum="2007-01-01")
        melding = ontvang(None, opgave=self.OPGAVE)
        with pytest.raises(Geweigerd, match="andere geboortedatum"):
            maak_jongere_van_melding(melding, toegang=fabrieken.toegang(coach), nu=NU, nummer=bsn)
        assert melding.jongere is None

    @pytest.mark.parametrize(("geboortedatum", "gekoppeld"), [("2008-06-03", True), ("2007-01-01", False)])
    def test_buiten_bereik_wordt_het_een_taak_voor_wie_mag(
        self, ontvang: Any, gebied: Any, coach: Any, geboortedatum: str, gekoppeld: bool
    ) -> None:
        bsn = fabrieken.test_bsn(4323)
        gebied.doorstroompunt.gemeenten.remove(gebied.andere_gemeente)
        elders = fabrieken.maak_jongere(gebied, bsn=bsn, geboortedatum=geboortedatum, gemeente=gebied.andere_gemeente)
        toegang = fabrieken.toegang(coach)
        melding = ontvang(None, opgave=self.OPGAVE, toegang=toegang)
        maak_jongere_van_melding(melding, toegang=toegang, nu=NU, nummer=bsn)
        taak = Taak.objects.alles(**ALLES).get(soort="melding")
        assert (taak.jongere, taak.team.naam) == (elders, "Administratie")
        assert not Taak.objects.voor(toegang).filter(soort="melding").exists()
        assert melding.jongere == (elders if gekoppeld else None)
        assert Jongere.objects.alles(**ALLES).count() == 1

    def test_de_collega_kan_verbeteren_wat_de_melder_opgaf(self, ontvang: Any, coach: Any) -> None:
        melding = ontvang(None, opgave=Opgave(achternaam="Rooy"))
        jongere = maak_jongere_van_melding(melding, opgave=self.OPGAVE, toegang=fabrieken.toegang(coach), nu=NU)
        assert jongere is not None
        assert (jongere.naam, melding.opgegeven_geboortedatum) == ("Sem van Rooij", "2008-06-03")

    def test_geboortedatum_die_niet_bestaat_wordt_geweigerd(self, ontvang: Any) -> None:
        with pytest.raises(Geweigerd, match="bestaat niet"):
            ontvang(None, opgave=Opgave(achternaam="Rooij", geboortedatum="2008-02-30"))
