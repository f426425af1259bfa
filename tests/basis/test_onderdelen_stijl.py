"""The style: nothing missing, nothing the Content-Security-Policy refuses, and colours that can be read."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

PAKKET: Path = settings.PAKKET
CSS = PAKKET / "basis" / "static" / "routekaart" / "css"
VENDOR = PAKKET / "static" / "vendor"
SJABLONEN = sorted(PAKKET.glob("*/templates/**/*.html"))


def zonder_opmerkingen(tekst: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", "", tekst, flags=re.DOTALL)


def test_elk_stijlbestand_wordt_geladen_en_bestaat() -> None:
    ingang = CSS / "routekaart.css"
    geladen = re.findall(r'@import url\("([^"]+)"\)', ingang.read_text())
    eigen = set(CSS.rglob("*.css")) - {ingang, CSS / "componenten.css"}
    assert {CSS / pad for pad in geladen if not pad.startswith("../../vendor/")} == eigen
    assert all((VENDOR / Path(pad).name).exists() for pad in geladen if pad.startswith("../../vendor/"))
    assert len(eigen) > 10


def test_eigen_stijl_is_klein_en_wint_zonder_geweld() -> None:
    for bestand in CSS.rglob("*.css"):
        tekst = bestand.read_text()
        assert "!important" not in re.sub(r"/\*.*?\*/", "", tekst, flags=re.DOTALL), bestand
        assert len(tekst.splitlines()) <= 500, bestand
        assert tekst.count("{") == tekst.count("}"), bestand


def test_van_het_ontwerpsysteem_komt_alleen_mee_wat_we_gebruiken() -> None:
    assert sum(len((VENDOR / naam).read_bytes()) for naam in ("utrecht.css", "tokens.css")) < 80_000


def test_elke_klasse_van_het_ontwerpsysteem_heeft_stijl() -> None:
    stijl = (VENDOR / "utrecht.css").read_text() + "".join(pad.read_text() for pad in CSS.rglob("*.css"))
    bronnen = [*SJABLONEN, *PAKKET.glob("basis/**/*.py")]
    klassen = {klasse for bron in bronnen for klasse in re.findall(r"\butrecht-[\w-]+", bron.read_text())}
    assert {"utrecht-button", "utrecht-table", "utrecht-textbox"} <= klassen
    assert [klasse for klasse in sorted(klassen) if f".{klasse}" not in stijl] == []


def test_geen_sjabloon_heeft_stijl_of_script_in_de_regel() -> None:
    assert len(SJABLONEN) > 40
    fout = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
    raak = [
        (pad.name, treffer[0]) for pad in SJABLONEN if (treffer := fout.search(zonder_opmerkingen(pad.read_text())))
    ]
    assert raak == []


def test_stijl_werkt_ook_met_vaste_namen(tmp_path: Path) -> None:
    """Behind a proxy files get a hash in their name; every address in the style must then be found."""
    opslag = {
        "default": settings.STORAGES["default"],
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=opslag, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    (ingang,) = (tmp_path / "routekaart" / "css").glob("routekaart.????????????.css")
    adressen = re.findall(r'url\("([^"]+)"\)', ingang.read_text())
    assert len(adressen) > 10
    assert all((ingang.parent / adres).exists() for adres in adressen)


def kleuren() -> dict[str, str]:
    return dict(re.findall(r"--rk-([\w-]+):\s*(#[0-9a-f]{6})", (CSS / "tokens.css").read_text()))


def helderheid(kleur: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    delen = [int(kleur[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
    rood, groen, blauw = (d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen)
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def contrast(een: str, ander: str) -> float:
    licht, donker = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


TEKST = [
    *product(("inkt", "inkt-2", "inkt-3", "accent", "accent-donker", "gevaar", "letop", "goed"), ("vlak", "grond")),
    ("inkt-3", "accent-zacht"),
    ("accent-donker", "accent-zacht"),
    ("op-accent", "accent"),
    ("gevaar", "gevaar-zacht"),
    ("letop", "letop-zacht"),
    ("goed", "goed-zacht"),
    ("rustig", "rustig-zacht"),
]


@pytest.mark.parametrize(("voor", "achter"), TEKST)
def test_tekst_is_te_lezen(voor: str, achter: str) -> None:
    kleur = kleuren()
    assert contrast(kleur[voor], kleur[achter]) >= 4.5


@pytest.mark.parametrize("naam", ["rand", "letop-merk", "beeld-grijs", "beeld-licht", "accent"])
def test_beeld_en_rand_zijn_te_zien(naam: str) -> None:
    kleur = kleuren()
    assert contrast(kleur[naam], kleur["vlak"]) >= 3
