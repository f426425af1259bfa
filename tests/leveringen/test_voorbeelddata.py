"""An empty database, set up and filled by the commands, gives exactly the counts that were promised."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from routekaart.leveringen.models import Levering, Uitvalrij
from tests.leveringen.hulp import DATA

SOORTEN = ("brp", "inschrijvingen", "diplomas", "duo-verzuim")
# a folder with larger files of the same making, beside the checkout on some machines
GEDEELD = Path(__file__).parents[3] / "shared" / "voorbeelddata"
MAPPEN = [DATA, *([GEDEELD] if GEDEELD.is_dir() else [])]


def lees_in(soort: str, pad: Path) -> dict[str, Any]:
    uit = io.StringIO()
    call_command("inlezen", soort, str(pad), "--json", stdout=uit)
    antwoord: dict[str, Any] = json.loads(uit.getvalue())
    return antwoord


def som(antwoord: dict[str, Any]) -> int:
    return sum(int(antwoord[naam]) for naam in ("nieuw", "gewijzigd", "ongewijzigd", "uitval"))


@pytest.mark.django_db
@pytest.mark.parametrize("map_", MAPPEN, ids=lambda map_: map_.parent.name)
def test_een_lege_database_geeft_precies_de_verwachte_telling(map_: Path) -> None:
    verwacht = json.loads((map_ / "verwacht.json").read_text())
    call_command("inrichten", regio=38, stdout=io.StringIO())
    for soort in SOORTEN:
        antwoord = lees_in(soort, map_ / f"{soort}.csv")
        assert set(antwoord) == {
            "levering", "soort", "regels", "nieuw", "gewijzigd", "ongewijzigd", "uitval", "onbekende_kolommen",
        }  # fmt: skip
        assert antwoord | verwacht[soort] == antwoord
        assert som(antwoord) == antwoord["regels"]
    for soort in SOORTEN:
        eerste = Levering.objects.get(soort=soort)
        antwoord = lees_in(soort, map_ / f"{soort}.csv")
        assert (antwoord["nieuw"], antwoord["gewijzigd"]) == (0, 0)
        assert antwoord["ongewijzigd"] == eerste.regels - eerste.uitval
        tweede = Levering.objects.get(nummer=antwoord["levering"])
        uitval = [
            list(Uitvalrij.objects.filter(levering=levering).order_by("rij").values_list("rij", "kolom", "reden"))
            for levering in (eerste, tweede)
        ]
        assert uitval[0] == uitval[1]


@pytest.mark.django_db
def test_in_omgekeerde_volgorde_komt_alles_er_ook(tmp_path: Path) -> None:
    call_command("inrichten", regio=38, stdout=io.StringIO())
    for soort in reversed(SOORTEN):
        lees_in(soort, DATA / f"{soort}.csv")
    verwacht = json.loads((DATA / "verwacht.json").read_text())
    assert (
        Uitvalrij.objects.filter(opgelost_op=None, levering__soort="inschrijvingen").count()
        == (verwacht["inschrijvingen"]["uitval"])
    )
    for soort in SOORTEN:
        antwoord = lees_in(soort, DATA / f"{soort}.csv")
        assert (antwoord["nieuw"], antwoord["gewijzigd"], antwoord["uitval"]) == (0, 0, verwacht[soort]["uitval"])
