"""Who is kept in view: counts by origin, destination and attention, and each number leads to its cases (JKP-02..08)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.basis.fouten import Geweigerd
from routekaart.begeleiding.acties import bekijk_jikp
from routekaart.dossiers.models import Taak, Werkproces
from routekaart.regels.jikp import herkomst
from routekaart.regels.loopbaan import Inschrijving, Onderwijssoort, Onderwijsstand
from tests import fabrieken
from tests.begeleiding import stappen
from tests.fabrieken import NU, VANDAAG, Gebied
from tests.signalen.conftest import tekst, wie

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
PAGINA = "/signalen/jikp/"
VAN, TOT = dt.date(2022, 8, 1), dt.date(2026, 7, 31)


def in_beeld(gebied: Gebied, coach: Any, naam: str, soort: str, **school: Any) -> Werkproces:
    jongere = fabrieken.maak_jongere(gebied, voornamen=naam)
    velden: dict[str, Any] = {"onderwijssoort": soort, "niveau": 0, "van": VAN, "tot": TOT} | school
    fabrieken.maak_inschrijving(jongere, **velden)
    werkproces = fabrieken.maak_werkproces(jongere, behandelaar=coach, soort="jikp", route="jikp-volgen")
    stappen.melding(werkproces, gebied)
    stappen.dossier(werkproces, coach)
    stappen.oordeel(werkproces, coach, "jikp")
    return werkproces


def kijk(werkproces: Werkproces, coach: Any, **velden: Any) -> None:
    waarden = {"extra_aandacht": False, "toelichting": "Mentor gesproken", "bestemming": "entree"} | velden
    bekijk_jikp(werkproces, **waarden, toegang=fabrieken.toegang(coach), nu=NU)


@pytest.fixture
def drie(gebied: Gebied, coach: Any) -> list[Werkproces]:
    """Anna from vso, to entree; Bas from pro, who needs more; Cas from vso, not looked at yet."""
    anna, bas, cas = (
        in_beeld(gebied, coach, naam, soort) for naam, soort in (("Anna", "vso"), ("Bas", "pro"), ("Cas", "vso"))
    )
    kijk(anna, coach)
    kijk(bas, coach, extra_aandacht=True, bestemming="onbekend")
    return [anna, bas, cas]


def test_elk_getal_leidt_naar_precies_zijn_gevallen(drie: Any, coach: Any, als: Als) -> None:
    venster = als(coach)
    pagina = tekst(venster, PAGINA)
    assert "We houden 3 jongeren in beeld." in pagina and wie(pagina) == {"Anna", "Bas", "Cas"}
    getallen = re.findall(r'<a href="(/signalen/jikp/\?[^"]+)" aria-label="(\d+):', pagina)
    assert len(getallen) >= 8
    for adres, aantal in getallen:
        assert len(wie(tekst(venster, adres))) == int(aantal), adres
    assert wie(tekst(venster, f"{PAGINA}?herkomst=vso&aandacht=nog-niet")) == {"Cas"}
    assert wie(tekst(venster, f"{PAGINA}?bestemming=entree")) == {"Anna"}
    assert wie(tekst(venster, f"{PAGINA}?toon=pro-vso")) == {"Anna", "Bas", "Cas"}


def test_zegt_geen_inschrijving_de_herkomst_dan_telt_het_portaal(gebied: Gebied, coach: Any, als: Als) -> None:
    werkproces = in_beeld(gebied, coach, "Anna", "havo")
    fabrieken.maak_jikpopgave(werkproces.jongere, schooljaar="2024-2025", herkomst="pro")
    fabrieken.maak_jikpopgave(werkproces.jongere, herkomst="vso")
    assert wie(tekst(als(coach), f"{PAGINA}?herkomst=vso")) == {"Anna"}
    dossier = tekst(als(coach), f"/jongeren/{werkproces.jongere.sleutel}/in-beeld/")
    assert "Komt uit het voortgezet speciaal onderwijs" in dossier


def test_een_moment_dat_voorbij_is_staat_op_de_lijst(drie: list[Werkproces], coach: Any, als: Als) -> None:
    Werkproces.objects.alles(reden="proef").filter(pk=drie[2].pk).update(termijn=VANDAAG - dt.timedelta(days=1))
    assert wie(tekst(als(coach), f"{PAGINA}?toon=te-laat")) == {"Cas"}


def test_de_lijst_stelt_evenveel_vragen_hoeveel_het_er_ook_zijn(
    gebied: Gebied, drie: Any, coach: Any, als: Als
) -> None:
    venster = als(coach)

    def vragen() -> int:
        with CaptureQueriesContext(connection) as teller:
            tekst(venster, PAGINA)
        return len(teller)

    eerst = vragen()
    for _ in range(4):
        in_beeld(gebied, coach, "Dirk", "pro")
    assert vragen() == eerst


def test_ieder_ziet_het_eigen_werk(drie: Any, gebied: Gebied, ambtenaar: Any, als: Als) -> None:
    assert "We houden nog niemand in beeld." in tekst(als(ambtenaar), PAGINA)


class TestSchool:
    def test_helpt_school_een_tijd_niet_dan_kom_jij_erbij(self, gebied: Gebied, coach: Any, als: Als) -> None:
        werkproces = in_beeld(gebied, coach, "Bas", "pro")
        Werkproces.objects.alles(reden="proef").filter(pk=werkproces.pk).update(gestart_op=dt.date(2026, 1, 1))
        kijk(werkproces, coach, schoolhulp="nee", op=dt.date(2026, 8, 3))
        taak = Taak.objects.alles(reden="proef").open().get(herkomst="jikp-erbij")
        assert taak.wat == "Kom erbij: wat school doet, helpt niet"
        assert wie(tekst(als(coach), f"{PAGINA}?toon=school-helpt-niet")) == {"Bas"}
        kijk(werkproces, coach, schoolhulp="ja")
        assert not Taak.objects.alles(reden="proef").open().filter(herkomst="jikp-erbij").exists()

    def test_kort_zonder_effect_wordt_een_moment_om_weer_te_kijken(self, gebied: Gebied, coach: Any) -> None:
        werkproces = in_beeld(gebied, coach, "Bas", "pro")
        kijk(werkproces, coach, schoolhulp="nee")
        taak = Taak.objects.alles(reden="proef").open().get(herkomst="jikp-erbij")
        assert (taak.wat, taak.due) == ("Kijk of wat school doet nu helpt", dt.date(2027, 2, 17))

    def test_een_uitstroomgesprek_zegt_wie_erbij_waren(self, gebied: Gebied, coach: Any, als: Als) -> None:
        werkproces = in_beeld(gebied, coach, "Bas", "pro")
        with pytest.raises(Geweigerd, match="wie er bij het uitstroomgesprek waren"):
            kijk(werkproces, coach, uitstroomgesprek=True)
        adres = f"/jongeren/{werkproces.jongere.sleutel}/in-beeld/"
        pagina = tekst(als(coach), adres)
        assert "Komt uit het praktijkonderwijs" in pagina
        velden = {
            "extra_aandacht": "nee", "bestemming": "dagbesteding", "schoolhulp": "ja", "uitstroomgesprek": "on",
            "deelnemers": "Bas, zijn moeder, Werk en Inkomen", "toelichting": "Gaat na de zomer naar de zorgboerderij",
            "op": "17-11-2026", "volgende_op": "1-6-2027",
        }  # fmt: skip
        assert als(coach).post(adres, velden).status_code == 302
        assert "Uitstroomgesprek met Bas, zijn moeder, Werk en Inkomen." in tekst(als(coach), adres)


@pytest.mark.parametrize(
    ("scholen", "komt_van"),
    [
        ([("vso", None)], "vso"),
        ([("pro", None), ("mbo1", "loopt")], "pro"),
        ([("vmbo-kb", None), ("mbo1", "loopt")], "instroom-entree"),
        ([("vso", None), ("mbo1", None), ("mbo2", "loopt")], "entree"),
        ([("vmbo-bb", None), ("mbo2", "loopt")], "vmbo-bb"),
        ([("havo", "loopt")], ""),
    ],
)
def test_waar_iemand_vandaan_komt(scholen: list[tuple[str, str | None]], komt_van: str) -> None:
    rijen = []
    for jaar, (soort, loopt) in enumerate(scholen, start=2022):
        niveau = int(soort[3]) if soort.startswith("mbo") else None
        rijen.append(
            Inschrijving(
                van=dt.date(jaar, 8, 1),
                tot=None if loopt else dt.date(jaar + 1, 7, 31),
                onderwijssoort=Onderwijssoort("mbo" if niveau else soort),
                niveau=niveau,
            )
        )
    assert herkomst(Onderwijsstand.op(rijen, VANDAAG)) == komt_van
