"""The minimum information: what is missing, asking the melder for it, and filling it in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.dossiers.models import Gebeurtenis, Taak
from routekaart.meldingen.acties import Informatie, Melder, Opgave, Verzuimdag, geef_oordeel, vraag_informatie, vul_aan
from routekaart.meldingen.informatie import open_vragen, volledigheid_van
from routekaart.meldingen.models import Melding
from routekaart.meldingen.verzuim import verzuim_in_woorden
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {"reden": "test"}
KAAL = Informatie(reden="Mist de eerste uren")


def ontbreekt(melding: Melding) -> list[str]:
    stand = volledigheid_van(melding, verzuim=verzuim_in_woorden([melding]).get(melding.pk, ""), op=VANDAAG)
    return [punt.code for punt in stand.ontbrekend]


def test_verzuim_18_plus_zonder_overzicht_is_niet_compleet(ontvang: Any, jongere: Any) -> None:
    assert ontbreekt(ontvang(jongere, informatie=KAAL)) == [
        "acties-partners",
        "reactie-jongere",
        "verzuimoverzicht",
        "verwachting-melder",
    ]


def test_verzuim_per_dag_is_ook_een_overzicht(ontvang: Any, jongere: Any) -> None:
    melding = ontvang(jongere, informatie=KAAL, verzuim=[Verzuimdag(dt.date(2026, 11, 2), 120)])
    assert "verzuimoverzicht" not in ontbreekt(melding)


def test_onder_18_vraagt_geen_verzuimoverzicht(ontvang: Any, gebied: Any) -> None:
    jong = fabrieken.maak_jongere(gebied, geboortedatum="2011-05-05")
    assert "verzuimoverzicht" not in ontbreekt(ontvang(jong, informatie=KAAL))


def test_eigen_onderzoek_vraagt_geen_verwachting_van_de_melder(ontvang: Any, jongere: Any) -> None:
    melding = ontvang(jongere, informatie=KAAL, kanaal="C.I", soort="vsv")
    assert ontbreekt(melding) == ["acties-partners", "reactie-jongere"]


@pytest.mark.parametrize(
    ("dagen", "tekst"),
    [
        ([(2, 600), (24, 720)], "22 uur in 4 weken"),
        ([(2, 90)], "1,5 uur in 1 week"),
        ([(2, None), (3, None), (10, None)], "3 hele dagen in 2 weken"),
        ([(2, 60), (3, None)], "1 uur en 1 hele dag in 1 week"),
    ],
)
def test_verzuim_in_woorden(ontvang: Any, jongere: Any, dagen: list[tuple[int, int | None]], tekst: str) -> None:
    regels = [Verzuimdag(dt.date(2026, 10, dag), minuten) for dag, minuten in dagen]
    melding = ontvang(jongere, verzuim=[*regels, Verzuimdag(dt.date(2026, 9, 1), 480, geoorloofd=True)])
    assert verzuim_in_woorden([melding]) == {melding.pk: tekst}


class TestVragen:
    def test_vraagt_de_melder_en_wacht(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere, informatie=KAAL)
        vraag_informatie(
            melding, punten=["reactie-jongere", "verzuimoverzicht"], toegang=fabrieken.toegang(coach), nu=NU
        )
        assert (melding.stand, melding.opgepakt_op) == ("wacht-op-melder", NU)
        assert [(vraag.punt, vraag.aan) for vraag in open_vragen(melding)] == [
            ("reactie-jongere", "Karin Slot"),
            ("verzuimoverzicht", "Karin Slot"),
        ]
        assert Gebeurtenis.objects.alles(**ALLES).filter(code="informatie.gevraagd").count() == 1
        taak = Taak.objects.alles(**ALLES).get(soort="informatie")
        assert (taak.due, taak.wat) == (dt.date(2026, 11, 24), "Kijk of Karin Slot antwoord gaf")

    def test_de_mail_noemt_alleen_nummer_en_punten(
        self, ontvang: Any, jongere: Any, coach: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
    ) -> None:
        melding = ontvang(jongere, informatie=KAAL)
        with django_capture_on_commit_callbacks(execute=True):
            vraag_informatie(melding, punten=["verzuimoverzicht"], toegang=fabrieken.toegang(coach), nu=NU)
        [mail] = mailoutbox
        assert melding.nummer in mail.body
        assert "- Verzuimoverzicht" in mail.body
        assert jongere.achternaam not in mail.body + mail.subject

    def test_zonder_werkproces_komt_de_taak_er_ook(self, ontvang: Any, coach: Any) -> None:
        melding = ontvang(None, informatie=KAAL, opgave=Opgave(achternaam="Onbekend"))
        for punten in (["reactie-jongere"], ["acties-partners"]):
            vraag_informatie(melding, punten=punten, toegang=fabrieken.toegang(coach), nu=NU)
        taak = Taak.objects.voor(fabrieken.toegang(coach)).get(soort="informatie")
        assert (taak.werkproces, taak.team.naam) == (None, "Doorstroompunt")

    def test_twee_keer_hetzelfde_vragen_hoeft_niet(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere, informatie=KAAL)
        toegang = fabrieken.toegang(coach)
        vraag_informatie(melding, punten=["verzuimoverzicht"], toegang=toegang, nu=NU)
        with pytest.raises(Geweigerd, match="al gevraagd"):
            vraag_informatie(melding, punten=["verzuimoverzicht"], toegang=toegang, nu=NU)
        assert open_vragen(melding).count() == 1

    def test_na_het_oordeel_hoeft_vragen_niet_meer(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere)
        toegang = fabrieken.toegang(coach)
        geef_oordeel(melding, directe_actie=True, motivatie="Blijft weg", toegang=toegang, nu=NU)
        with pytest.raises(Geweigerd, match="al geoordeeld"):
            vraag_informatie(melding, punten=["hulptrajecten"], toegang=toegang, nu=NU)


class TestAanvullen:
    def test_antwoord_sluit_de_vraag_en_dan_kan_het_oordeel(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere, informatie=KAAL)
        toegang = fabrieken.toegang(coach)
        vraag_informatie(melding, punten=["reactie-jongere", "acties-partners"], toegang=toegang, nu=NU)
        vul_aan(melding, velden={"reactie_jongere": "Wil wel"}, versie=melding.versie, toegang=toegang, nu=NU)
        assert (melding.stand, open_vragen(melding).count()) == ("wacht-op-melder", 1)
        vul_aan(melding, velden={"partneracties": "Gebeld"}, versie=melding.versie, toegang=toegang, nu=NU)
        assert (melding.stand, open_vragen(melding).count()) == ("te-beoordelen", 0)
        assert not Taak.objects.alles(**ALLES).open().filter(soort="informatie").exists()

    def test_een_streepje_sluit_geen_vraag(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere, informatie=KAAL)
        toegang = fabrieken.toegang(coach)
        vraag_informatie(melding, punten=["reactie-jongere"], toegang=toegang, nu=NU)
        vul_aan(melding, velden={"reactie_jongere": "-"}, versie=melding.versie, toegang=toegang, nu=NU)
        assert melding.stand == "wacht-op-melder"

    def test_twee_tegelijk_de_tweede_hoort_wat_er_nu_staat(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere)
        versie, toegang = melding.versie, fabrieken.toegang(coach)
        vul_aan(melding, velden={"reden": "Slaapt slecht"}, versie=versie, toegang=toegang, nu=NU)
        with pytest.raises(Tussentijds) as fout:
            vul_aan(melding, velden={"reden": "Werkt veel"}, versie=versie, toegang=toegang, nu=NU)
        assert [(w.veld, w.nu) for w in fout.value.wijzigingen] == [("reden", "Slaapt slecht")]
        melding.refresh_from_db()
        assert melding.reden == "Slaapt slecht"

    def test_alleen_velden_van_de_minimale_informatie(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere)
        with pytest.raises(ValueError, match="oordeel_motivatie"):
            vul_aan(
                melding,
                velden={"oordeel_motivatie": "x"},
                versie=melding.versie,
                toegang=fabrieken.toegang(coach),
                nu=NU,
            )

    def test_een_ingetrokken_melding_vul_je_niet_meer_aan(self, ontvang: Any, jongere: Any, coach: Any) -> None:
        melding = ontvang(jongere, informatie=KAAL, melder=Melder(soort="school"))
        Melding.objects.alles(**ALLES).update(ingetrokken_op=NU)
        with pytest.raises(Geweigerd, match="ingetrokken"):
            vul_aan(melding, velden={"reden": "x"}, versie=melding.versie, toegang=fabrieken.toegang(coach), nu=NU)
