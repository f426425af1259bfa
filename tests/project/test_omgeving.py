"""Settings come from the environment; a bad value stops the program with a sentence that says what to do."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

import routekaart
from routekaart.logboek.management.commands import logboek
from routekaart.project import omgeving
from tests.project import instellingen

WORTEL = Path(routekaart.__file__).parent.parent.parent


def test_elke_instelling_staat_in_de_documentatie() -> None:
    tekst = (WORTEL / "docs/beheer/instellingen.md").read_text()
    rijen = re.findall(r"^\| `(ROUTEKAART_\w+)` \| (.+) \|$", tekst, re.MULTILINE)
    assert tekst == instellingen.tekst(), "werk bij met: python -m tests.project.instellingen"
    assert dict(rijen) == omgeving.INSTELLINGEN
    assert len(rijen) >= 10


def test_elke_instelling_wordt_gebruikt() -> None:
    bron = "\n".join(pad.read_text() for pad in (WORTEL / "src/routekaart").rglob("*.py"))
    for naam in omgeving.INSTELLINGEN:
        assert len(re.findall(rf'"{naam}"', bron)) >= 2, f"{naam} wordt nergens gelezen"


def test_een_onbekende_instelling_bestaat_niet() -> None:
    with pytest.raises(ImproperlyConfigured, match="geen bekende instelling"):
        omgeving.waarde("ROUTEKAART_ONZIN", "")


@pytest.mark.parametrize("goed", [("ja", True), ("NEE", False), ("1", True), ("", True)])
def test_ja_of_nee(goed: tuple[str, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTEKAART_HTTPS", goed[0])
    assert omgeving.ja_nee("ROUTEKAART_HTTPS", True) is goed[1]


@pytest.mark.parametrize(
    ("naam", "waarde", "lees", "zin"),
    [
        ("ROUTEKAART_HTTPS", "misschien", lambda n: omgeving.ja_nee(n, True), "moet `ja` of `nee` zijn"),
        ("ROUTEKAART_LOGNIVEAU", "LUID", lambda n: omgeving.keuze(n, "INFO", {"INFO"}), "moet een van INFO zijn"),
        ("ROUTEKAART_PROXYS", "-1", lambda n: omgeving.getal(n, 0), "moet een heel getal zijn"),
        ("ROUTEKAART_PROXYS", "een", lambda n: omgeving.getal(n, 0), "moet een heel getal zijn"),
        ("ROUTEKAART_VAR", "/dev/null/map", lambda n: omgeving.map_van(n, Path("var")), "kan niet worden gemaakt"),
    ],
)
def test_weigert_een_waarde_die_niet_kan(
    naam: str, waarde: str, lees: Any, zin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(naam, waarde)
    with pytest.raises(ImproperlyConfigured, match=zin):
        lees(naam)


@pytest.mark.parametrize(
    ("url", "zin"),
    [("mysql://x/y", "gebruik postgresql:// of sqlite:///"), ("postgresql://host/", "noemt geen database")],
)
def test_weigert_een_database_die_niet_kan(url: str, zin: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=zin):
        omgeving.database(url, tmp_path)


def test_leest_een_database_uit_het_adres(tmp_path: Path) -> None:
    gelezen = omgeving.database("postgresql://ik:p%40s@db.example:5433/routekaart?sslmode=require", tmp_path)
    assert gelezen["NAME"] == "routekaart"
    assert (gelezen["USER"], gelezen["PASSWORD"], gelezen["HOST"], gelezen["PORT"]) == (
        "ik",
        "p@s",
        "db.example",
        "5433",
    )
    assert gelezen["OPTIONS"] == {"sslmode": "require"}
    assert omgeving.database("", tmp_path)["NAME"] == tmp_path / "routekaart.sqlite3"
    assert omgeving.database("sqlite:////srv/data/r.db", tmp_path)["NAME"] == "/srv/data/r.db"


def test_leest_een_mailserver_uit_het_adres() -> None:
    opties = omgeving.email("smtp://ik:geheim@mail.example")["OPTIONS"]
    assert (opties["host"], opties["port"], opties["use_tls"], opties["use_ssl"]) == ("mail.example", 587, True, False)
    assert omgeving.email("smtps://mail.example")["OPTIONS"]["port"] == 465
    assert "console" in omgeving.email("")["BACKEND"]
    for fout in ("http://mail.example", "smtp://"):
        with pytest.raises(ImproperlyConfigured):
            omgeving.email(fout)


def test_een_sleutel_wordt_een_keer_gemaakt_en_is_alleen_voor_de_eigenaar(tmp_path: Path) -> None:
    eerste = omgeving.sleutel(tmp_path, "nummers")
    assert re.fullmatch(r"[0-9a-f]{64}", eerste)
    assert omgeving.sleutel(tmp_path, "nummers") == eerste
    assert omgeving.sleutel(tmp_path, "zegels") != eerste
    assert stat.S_IMODE((tmp_path / "nummers").stat().st_mode) == 0o600
    assert sorted(pad.name for pad in tmp_path.iterdir()) == ["nummers", "zegels"]


def test_wie_tegelijk_begint_krijgt_dezelfde_sleutel(tmp_path: Path) -> None:
    start, gekregen = threading.Barrier(16), []

    def haal() -> None:
        start.wait(timeout=10)
        gekregen.append(omgeving.sleutel(tmp_path, "nummers"))

    draden = [threading.Thread(target=haal) for _ in range(16)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=10)
    assert len(gekregen) == 16
    assert len(set(gekregen)) == 1


def test_een_beschadigde_sleutel_stopt_het_programma(tmp_path: Path) -> None:
    (tmp_path / "nummers").write_text("kapot")
    with pytest.raises(ImproperlyConfigured, match="beschadigd"):
        omgeving.sleutel(tmp_path, "nummers")


def _programma(tmp_path: Path, *opdracht: str, **omgevingsvariabelen: str) -> subprocess.CompletedProcess[str]:
    schoon = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("ROUTEKAART_", "DJANGO_"))}
    return subprocess.run(
        [str(Path(sys.executable).parent / "routekaart"), *opdracht],
        env=schoon | {"ROUTEKAART_VAR": str(tmp_path)} | omgevingsvariabelen,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_een_foute_instelling_stopt_de_opdracht_met_een_zin(tmp_path: Path) -> None:
    uitslag = _programma(tmp_path, "check", ROUTEKAART_HTTPS="misschien")
    assert uitslag.returncode != 0
    assert "ROUTEKAART_HTTPS is 'misschien', maar moet `ja` of `nee` zijn" in uitslag.stderr


def test_veilig_als_je_niets_instelt(tmp_path: Path) -> None:
    """Nothing set means: only over https, only on this machine, and Django's own list finds nothing to repair."""
    elders = {"ROUTEKAART_SLEUTELS": f"{tmp_path}-elders", "ROUTEKAART_EMAIL_URL": "smtp://mail.example"}
    uitslag = _programma(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **elders)
    assert uitslag.returncode == 0, uitslag.stderr


def test_sleutels_naast_de_database_geven_een_waarschuwing(tmp_path: Path) -> None:
    uitslag = _programma(tmp_path, "check", "--deploy")
    assert "De sleutels staan in dezelfde map als de database" in uitslag.stderr


def test_elke_opdracht_van_het_logboek_staat_in_de_documentatie() -> None:
    tekst = (WORTEL / "docs/beheer/logboek.md").read_text()
    parser = logboek.Command().create_parser("routekaart", "logboek")
    (keuzes,) = [actie.choices for actie in parser._actions if actie.dest == "wat"]
    assert set(re.findall(r"`routekaart logboek (\w+)", tekst)) == set(keuzes or ())
