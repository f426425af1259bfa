"""The command `routekaart inlezen`: what it says, and with which exit status it ends."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from routekaart.leveringen.models import Levering
from tests import fabrieken
from tests.fabrieken import Gebied
from tests.leveringen.hulp import DATA, persoon, zet_neer


def roep_aan(*args: str) -> str:
    uit = io.StringIO()
    call_command("inlezen", *args, stdout=uit, stderr=io.StringIO())
    return uit.getvalue()


def test_zegt_in_woorden_wat_er_gebeurde(gebied: Gebied, tmp_path: Path) -> None:
    pad = zet_neer(tmp_path, [persoon(1, extra="x"), persoon(2, gemeentecode="9999"), persoon(3, bsn="123456789")])
    tekst = roep_aan("brp", str(pad))
    assert re.search(r"^Levering L-\d{4}-0001 is ingelezen\. Gelezen als CSV, UTF-8", tekst)
    assert "3 rijen: 1 nieuw, 0 gewijzigd, 0 ongewijzigd, 2 uitval." in tekst
    assert "kennen we niet en bewaren we niet: extra" in tekst
    assert "rij 3: gemeentecode '9999'" in tekst
    assert "123456789" not in tekst and "••••••789" in tekst


def test_een_proef_zegt_dat_er_niets_veranderde(gebied: Gebied, tmp_path: Path) -> None:
    pad = zet_neer(tmp_path, [persoon()])
    assert "Proef, er is niets veranderd" in roep_aan("brp", str(pad), "--proef")
    antwoord = json.loads(roep_aan("brp", str(pad), "--proef", "--json"))
    assert (antwoord["levering"], antwoord["nieuw"]) == (None, 1)
    assert not Levering.objects.exists()


def test_een_volledige_levering_zegt_wie_er_ontbreekt(gebied: Gebied, tmp_path: Path) -> None:
    roep_aan("brp", str(zet_neer(tmp_path, [persoon(1), persoon(2, gemeentecode="9102")])))
    pad = str(zet_neer(tmp_path, [persoon(1)]))
    opties = ("--aard", "volledig", "--peildatum", "2026-11-01")
    assert "1 staan niet in het bestand en wel bij ons. Er is niets beëindigd." in roep_aan("brp", pad, *opties)
    antwoord = json.loads(roep_aan("brp", pad, *opties, "--gebied", "9101, Gemeente 1-2", "--json"))
    assert antwoord["vermist"] == 1
    assert json.loads(roep_aan("brp", pad, *opties, "--gebied", "9101", "--json"))["vermist"] == 0


@pytest.mark.parametrize(
    ("opties", "status"),
    [
        (["brp", "{weg}"], 1),
        (["brp", "{map}"], 1),
        (["leerlingen", "{brp}"], 2),
        (["brp", "{brp}", "--aard", "gek"], 2),
        (["brp", "{leeg}"], 1),
        (["diplomas", "{brp}"], 1),
        (["koppelbestand", "{brp}"], 1),
        (["brp", "{brp}", "--regio", "12"], 1),
        (["brp", "{brp}", "--peildatum", "2026-11-01"], 2),
        (["diplomas", "{brp}", "--aard", "volledig"], 2),
        (["brp", "{brp}", "--aard", "volledig", "--gebied", "Nergenshuizen"], 1),
        (["brp", "{brp}", "--aard", "volledig", "--peildatum", "2126-11-01"], 1),
    ],
)
def test_weigeren_en_verkeerd_gebruik_hebben_een_eigen_status(
    gebied: Gebied, tmp_path: Path, opties: list[str], status: int
) -> None:
    paden = {
        "weg": tmp_path / "weg.csv",
        "map": tmp_path,
        "leeg": zet_neer(tmp_path, "", naam="leeg.csv"),
        "brp": zet_neer(tmp_path, [persoon()], naam="brp.csv"),
    }
    with pytest.raises(CommandError) as fout:
        roep_aan(*(optie.format(**paden) for optie in opties))
    assert fout.value.returncode == status
    assert not Levering.objects.exists()


def test_met_json_is_ook_een_weigering_json(gebied: Gebied, tmp_path: Path) -> None:
    uit = io.StringIO()
    with pytest.raises(CommandError, match="leeg"):
        call_command("inlezen", "brp", str(zet_neer(tmp_path, "")), "--json", stdout=uit)
    assert json.loads(uit.getvalue()) == {"levering": None, "soort": "brp", "fout": "Dit bestand is leeg."}


def test_zonder_ingerichte_regio_zegt_het_wat_er_eerst_moet(db: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="routekaart inrichten"):
        roep_aan("brp", str(zet_neer(tmp_path, [persoon()])))


def test_bij_twee_regios_moet_je_kiezen(gebied: Gebied, tmp_path: Path) -> None:
    ander = fabrieken.maak_gebied(nummer=2, naam="Regio Elders")
    pad = str(zet_neer(tmp_path, [persoon()]))
    with pytest.raises(CommandError, match="1, 2"):
        roep_aan("brp", pad)
    roep_aan("brp", pad, "--regio", "2")
    assert Levering.objects.get().regio == ander.regio


@pytest.mark.eenmaal  # always on the embedded database
def test_op_de_opdrachtregel_van_leeg_tot_ingelezen(tmp_path: Path) -> None:
    """A real process, with the exit statuses that a script sees."""
    omgeving = {**os.environ, "ROUTEKAART_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "routekaart.project.settings"}
    omgeving.pop("ROUTEKAART_DATABASE_URL", None)

    def routekaart(*args: str) -> subprocess.CompletedProcess[str]:
        opdracht = [str(Path(sys.executable).parent / "routekaart"), *args]
        return subprocess.run(opdracht, env=omgeving, capture_output=True, text=True, check=False, timeout=120)

    te_vroeg = routekaart("inlezen", "brp", str(DATA / "brp.csv"))
    assert te_vroeg.returncode == 1
    assert "routekaart migrate" in te_vroeg.stderr and "Traceback" not in te_vroeg.stderr
    assert routekaart("migrate", "-v0").returncode == 0
    assert routekaart("inrichten", "--regio", "38").returncode == 0
    gelukt = routekaart("inlezen", "brp", str(DATA / "brp.csv"), "--json")
    assert gelukt.returncode == 0
    assert json.loads(gelukt.stdout)["nieuw"] == 24
    geweigerd = routekaart("inlezen", "inschrijvingen", str(DATA / "brp.csv"))
    assert (geweigerd.returncode, geweigerd.stdout) == (1, "")
    assert "lijkt op een levering 'brp'" in geweigerd.stderr and "Traceback" not in geweigerd.stderr
    assert routekaart("inlezen", "leerlingen", str(DATA / "brp.csv")).returncode == 2
