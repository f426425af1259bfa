"""A melding by hand, for every channel of CL-01."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from routekaart.inhoud.codelijsten import codelijst
from routekaart.meldingen.acties import ontvangst
from routekaart.meldingen.forms_nieuw import MELDVORMEN
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.fabrieken import NU

pytestmark = pytest.mark.django_db
NIEUW = "/meldingen/nieuw/"
ALLES: dict[str, Any] = {"reden": "test"}


@pytest.fixture(autouse=True)
def vandaag() -> Any:
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def gemeld() -> dict[str, Any]:
    return {
        "kanaal": "A.II",
        "soort": "16-uur",
        "ontvangen": "16-11-2026",
        "ontvangen_om": "15:30",
        "reden": "Mist uren",
    }


@pytest.fixture
def sem(gebied: fabrieken.Gebied) -> dict[str, Any]:
    return {
        "voornamen": "Sem",
        "voorvoegsel": "van",
        "achternaam": "Rooij",
        "geboortedatum": "3 juni 2008",
        "gemeente": gebied.gemeente.pk,
    }


def test_iedere_melder_en_ieder_kanaal_is_er() -> None:
    kanalen = {kanaal for vorm in MELDVORMEN.values() for kanaal in vorm.kanalen}
    soorten = {soort for vorm in MELDVORMEN.values() for soort in vorm.soorten}
    assert kanalen == codelijst("meldingskanalen").codes
    assert soorten == codelijst("meldingsoorten").codes
    assert set(MELDVORMEN) == codelijst("meldersoorten").codes


@pytest.mark.parametrize(
    ("melder", "kanaal", "soort"),
    [(melder, kanaal, vorm.soorten[0]) for melder, vorm in MELDVORMEN.items() for kanaal in vorm.kanalen],
)
def test_neemt_een_melding_aan_over_elk_kanaal(
    als: Any, coach: Any, jongere: Any, gemeld: dict[str, Any], melder: str, kanaal: str, soort: str
) -> None:
    browser = als(coach)
    adres = f"{NIEUW}?jongere={jongere.sleutel}&melder={melder}"
    form = browser.get(adres).context["form"]
    assert form.fields["kanaal"].choices
    antwoord = browser.post(adres, {**gemeld, "kanaal": kanaal, "soort": soort})
    melding = Melding.objects.alles(**ALLES).get()
    assert antwoord.url == reverse("meldingen:melding", args=[melding.sleutel])
    assert (melding.kanaal, melding.soort, melding.melder_soort, melding.jongere) == (kanaal, soort, melder, jongere)
    assert melding.ontvangen_op.isoformat() == "2026-11-16T14:30:00+00:00"


def test_eerst_zoeken_dan_kiezen(als: Any, coach: Any, jongere: Any) -> None:
    browser = als(coach)
    assert "Nieuwe jongere" in browser.get(NIEUW).text
    pagina = browser.get(NIEUW, {"q": jongere.achternaam}).text
    assert f"?jongere={jongere.sleutel}" in pagina
    assert "Niemand gevonden" in browser.get(NIEUW, {"q": "bestaatniet"}).text


def test_de_school_waar_ze_staat_ingeschreven_is_al_gekozen(als: Any, coach: Any, jongere: Any) -> None:
    form = als(coach).get(f"{NIEUW}?jongere={jongere.sleutel}").context["form"]
    assert form["instelling"].value() == jongere.inschrijvingen.alles(**ALLES).get().instelling_id


def test_een_nieuwe_jongere_krijgt_meteen_een_dossier(
    als: Any, coach: Any, gemeld: dict[str, Any], sem: dict[str, Any]
) -> None:
    als(coach).post(f"{NIEUW}?nieuw=ja", gemeld | sem)
    melding = Melding.objects.alles(**ALLES).get()
    assert melding.jongere is not None
    assert (melding.jongere.naam, melding.jongere.geboortedatum) == ("Sem van Rooij", "2008-06-03")
    assert melding.werkproces is not None
    assert melding.werkproces.nummer


class TestDubbel:
    @pytest.fixture
    def rooy(self, gebied: Any) -> Any:
        return fabrieken.maak_jongere(
            gebied, voornamen="Sem", voorvoegsel="van", achternaam="Rooy", geboortedatum="2008-06-03"
        )

    def test_wie_erop_lijkt_wordt_eerst_getoond(
        self, als: Any, coach: Any, gemeld: dict[str, Any], sem: dict[str, Any], rooy: Any
    ) -> None:
        antwoord = als(coach).post(f"{NIEUW}?nieuw=ja", gemeld | sem)
        assert "Is het een van deze jongeren?" in antwoord.text
        assert "Sem van Rooy" in antwoord.text
        assert "Mist uren" in antwoord.text
        assert not Melding.objects.alles(**ALLES).exists()

    def test_het_is_dezelfde(
        self, als: Any, coach: Any, gemeld: dict[str, Any], sem: dict[str, Any], rooy: Any
    ) -> None:
        als(coach).post(f"{NIEUW}?nieuw=ja", gemeld | sem | {"dubbel": str(rooy.sleutel)})
        assert Melding.objects.alles(**ALLES).get().jongere == rooy
        assert Jongere.objects.alles(**ALLES).count() == 1

    def test_het_is_iemand_anders(
        self, als: Any, coach: Any, gemeld: dict[str, Any], sem: dict[str, Any], rooy: Any
    ) -> None:
        als(coach).post(f"{NIEUW}?nieuw=ja", gemeld | sem | {"dubbel": "nieuw"})
        assert Melding.objects.alles(**ALLES).get().jongere != rooy
        assert Jongere.objects.alles(**ALLES).count() == 2

    def test_een_ander_antwoord_telt_niet(
        self, als: Any, coach: Any, gemeld: dict[str, Any], sem: dict[str, Any], rooy: Any, gebied: Any
    ) -> None:
        vreemd = fabrieken.maak_jongere(gebied)
        antwoord = als(coach).post(f"{NIEUW}?nieuw=ja", gemeld | sem | {"dubbel": str(vreemd.sleutel)})
        assert antwoord.status_code == 200
        assert not Melding.objects.alles(**ALLES).exists()


def test_bsn_van_een_bekende_maakt_niemand_dubbel(
    als: Any, coach: Any, gebied: Any, gemeld: dict[str, Any], sem: dict[str, Any]
) -> None:
    bsn = fabrieken.test_bsn(888)
    bekend = fabrieken.maak_jongere(gebied, bsn=bsn, geboortedatum="2008-06-03", achternaam="Anders", voornamen="S")
    als(coach).post(f"{NIEUW}?nieuw=ja", gemeld | sem | {"nummer": bsn})
    assert Melding.objects.alles(**ALLES).get().jongere == bekend
    assert Jongere.objects.alles(**ALLES).count() == 1


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [("ontvangen", "18-11-2026"), ("ontvangen", "31-02-2026"), ("kanaal", "C.I"), ("soort", "eigen-aanmelding")],
)
def test_wat_niet_kan_wordt_geweigerd_en_wat_er_stond_blijft(
    als: Any, coach: Any, jongere: Any, gemeld: dict[str, Any], veld: str, waarde: str
) -> None:
    antwoord = als(coach).post(f"{NIEUW}?jongere={jongere.sleutel}", gemeld | {veld: waarde})
    assert list(antwoord.context["form"].errors) == [veld]
    assert "Mist uren" in antwoord.text
    assert not Melding.objects.alles(**ALLES).exists()


def test_zonder_tijd_is_het_het_midden_van_die_dag(als: Any, coach: Any, jongere: Any, gemeld: dict[str, Any]) -> None:
    als(coach).post(f"{NIEUW}?jongere={jongere.sleutel}", gemeld | {"ontvangen_om": ""})
    assert Melding.objects.alles(**ALLES).get().ontvangen_op.isoformat() == "2026-11-16T11:00:00+00:00"


def test_een_nummer_van_duo_dat_er_al_is_wordt_geweigerd(
    als: Any, coach: Any, jongere: Any, gemeld: dict[str, Any]
) -> None:
    browser = als(coach)
    adres = f"{NIEUW}?jongere={jongere.sleutel}&melder=duo"
    invoer = gemeld | {"kanaal": "A.I", "duo_nummer": "4711"}
    assert browser.post(adres, invoer).status_code == 302
    assert list(browser.post(adres, invoer).context["form"].errors) == ["duo_nummer"]
    assert Melding.objects.alles(**ALLES).count() == 1


def test_een_jongere_buiten_bereik_bestaat_hier_niet(als: Any, coach: Any, buitenstaander: Any, jongere: Any) -> None:
    assert als(buitenstaander).get(f"{NIEUW}?jongere={jongere.sleutel}").status_code == 404
    assert als(coach).get(f"{NIEUW}?jongere=geen-sleutel").status_code == 404


def test_get_verandert_niets(als: Any, coach: Any, jongere: Any, gemeld: dict[str, Any]) -> None:
    als(coach).get(NIEUW, {**gemeld, "jongere": str(jongere.sleutel)})
    assert not Melding.objects.alles(**ALLES).exists()


def test_privacy_officer_neemt_geen_meldingen_aan(als: Any, gebied: Any) -> None:
    assert als(fabrieken.maak_gebruiker(gebied, "privacy", "privacy")).get(NIEUW).status_code == 404


def test_een_nummer_van_duo_dat_een_collega_net_invoerde_en_het_getypte_blijft(
    client: Any, gebied: fabrieken.Gebied, administratie: Any, gemeld: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before either wrote: only the database knows. The second reads it and loses nothing."""
    jongere = fabrieken.maak_jongere(gebied)
    client.force_login(administratie)
    velden = gemeld | {"kanaal": "A.I", "duo_nummer": "4455"}
    adres = f"{NIEUW}?jongere={jongere.sleutel}&melder=duo"
    assert client.post(adres, velden).status_code == 302
    echt, keren = ontvangst._eis_nieuw, iter([False, True])

    def te_vroeg_gekeken(extra: Any, *, regio_id: int) -> None:
        if next(keren):
            echt(extra, regio_id=regio_id)

    monkeypatch.setattr(ontvangst, "_eis_nieuw", te_vroeg_gekeken)
    antwoord = client.post(adres, velden | {"reden": "Mist elke maandag"})
    assert antwoord.status_code == 200
    tekst = antwoord.content.decode()
    assert "Er is al een melding met dit nummer van DUO" in tekst
    assert "Mist elke maandag" in tekst and "4455" in tekst
    assert Melding.objects.alles(**ALLES).count() == 1
