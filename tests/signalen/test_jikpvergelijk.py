"""The report of the JIKP-portaal beside our own list: who is on one of both, and whose origin differs (JKP-03)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.dossiers.models import Werkproces
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from tests import fabrieken
from tests.fabrieken import Gebied
from tests.signalen.conftest import tekst

pytestmark = pytest.mark.usefixtures("op_dinsdag")

Als = Callable[[Any], Client]
PAGINA = "/signalen/jikp/portaal/"
LIJST = "2025-2026"
GEMELD_OP = dt.date(2026, 10, 5)


def wie(pagina: str) -> set[str]:
    """The first names of whom the table names."""
    return set(re.findall(r'<th scope="row"><a [^>]+>(\w+) ', pagina))


def noem(gebied: Gebied, naam: str, school: str = "", **velden: Any) -> Jongere:
    """Somebody in the report, who left this kind of school before it was made."""
    jongere = fabrieken.maak_jongere(gebied, voornamen=naam)
    if school:
        van, tot = dt.date(2022, 8, 1), dt.date(2026, 7, 31)
        fabrieken.maak_inschrijving(jongere, onderwijssoort=school, niveau=0, van=van, tot=tot)
    fabrieken.maak_jikpopgave(jongere, **{"leverdatum": GEMELD_OP} | velden)
    return jongere


def volg(jongere: Jongere, coach: Any, gestart: dt.date = dt.date(2026, 3, 2)) -> None:
    eigen = fabrieken.maak_werkproces(jongere, behandelaar=coach, soort="jikp", route="jikp-volgen")
    Werkproces.objects.alles(reden="proef").filter(pk=eigen.pk).update(gestart_op=gestart)


@pytest.fixture
def vijf(gebied: Gebied, coach: Any) -> dict[str, Jongere]:
    """Anna only in the report, Bas in both with the same origin, Cas with another, Daan only with us, Emma too late."""
    jongeren = {
        "Anna": noem(gebied, "Anna", "pro", ingeschreven=False, werk=True),
        "Bas": noem(gebied, "Bas", "pro"),
        "Cas": noem(gebied, "Cas", "vso"),
        "Daan": fabrieken.maak_jongere(gebied, voornamen="Daan"),
        "Emma": fabrieken.maak_jongere(gebied, voornamen="Emma"),
    }
    # what Bas did after the report was made is no difference
    fabrieken.maak_inschrijving(jongeren["Bas"], niveau=1, van=dt.date(2026, 10, 12), tot=dt.date(2026, 11, 2))
    for naam in ("Bas", "Cas", "Daan"):
        volg(jongeren[naam], coach)
    volg(jongeren["Emma"], coach, dt.date(2026, 9, 1))
    return jongeren


def test_elk_verschil_leidt_naar_wie_het_zijn(vijf: Any, coach: Any, als: Als) -> None:
    venster = als(coach)
    pagina = tekst(venster, PAGINA)
    assert "2025-2026, rapportage van 5 oktober 2026" in pagina
    assert wie(pagina) == {"Anna"}
    assert "Praktijkonderwijs" in pagina and "Geen school, werk" in pagina
    assert 'aria-label="1: Bij ons, niet in het portaal, Gemeente 1-1"' in pagina
    assert wie(tekst(venster, f"{PAGINA}?lijst={LIJST}&toon=alleen-ons&gemeente=9101")) == {"Daan"}
    anders = tekst(venster, f"{PAGINA}?toon=anders")
    assert wie(anders) == {"Cas"} and "<td>Praktijkonderwijs</td>" in anders and "<td>Vso</td>" in anders
    assert wie(tekst(venster, f"{PAGINA}?toon=gelijk")) == {"Bas"}


def test_wie_alleen_in_het_portaal_staat_wordt_een_melding_uit_eigen_onderzoek(
    vijf: dict[str, Jongere], coach: Any, als: Als
) -> None:
    venster, wat = als(coach), {"lijst": LIJST, "jongere": str(vijf["Anna"].sleutel)}
    assert venster.post(f"{PAGINA}melden/", wat).status_code == 302
    melding = Melding.objects.alles(reden="proef").get()
    assert (melding.jongere, melding.kanaal, melding.soort) == (vijf["Anna"], "C.I", "jikp")
    assert "JIKP-portaal over 2025-2026 (herkomst: praktijkonderwijs)" in melding.reden
    assert not wie(tekst(venster, PAGINA)), "zij is nu bij ons in beeld"
    venster.post(f"{PAGINA}melden/", wat)  # sent twice
    assert Melding.objects.alles(reden="proef").count() == 1


def test_zonder_keuze_of_buiten_bereik_gebeurt_er_niets(vijf: Any, coach: Any, als: Als) -> None:
    elders = fabrieken.maak_jongere(fabrieken.maak_gebied(nummer=2, naam="Regio Elders"))
    assert als(coach).post(f"{PAGINA}melden/", {"lijst": LIJST}).status_code == 302
    assert als(coach).post(f"{PAGINA}melden/", {"lijst": "1999-2000"}).status_code == 302
    vreemd = {"lijst": LIJST, "jongere": str(elders.sleutel)}
    assert als(coach).post(f"{PAGINA}melden/", vreemd).status_code == 404
    assert not Melding.objects.alles(reden="proef").exists()


def test_de_vergelijking_stelt_evenveel_vragen_hoeveel_het_er_ook_zijn(
    gebied: Gebied, vijf: Any, coach: Any, als: Als
) -> None:
    venster = als(coach)

    def vragen() -> int:
        with CaptureQueriesContext(connection) as teller:
            tekst(venster, PAGINA)
        return len(teller)

    eerst = vragen()
    for _ in range(3):
        noem(gebied, "Fien", "pro")
        volg(noem(gebied, "Guus", "vso"), coach)
    assert vragen() == eerst


def test_zonder_rapportage_staat_er_wat_te_doen(gebied: Gebied, coach: Any, als: Als) -> None:
    assert "Er is nog geen rapportage van het JIKP-portaal ingelezen." in tekst(als(coach), PAGINA)
