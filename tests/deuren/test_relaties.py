"""The doors of the house that import-linter cannot see: foreign keys by name, migrations, late imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from tests.deuren.bron import PAKKET, WORTEL, aanroepen, app_van, boom, bronbestanden, eigen_modellen, kort, rangen

# Function-level imports across apps, each with its reason. Everything else stands at the top of its file.
LATE_IMPORTS: dict[str, str] = {}


def test_elke_map_heeft_een_plaats_in_het_huis() -> None:
    mappen = {pad.parent.name for pad in PAKKET.glob("*/__init__.py")}
    assert mappen == set(rangen()), "zet een nieuwe map op haar plaats in [tool.importlinter] van pyproject.toml"


def test_de_importcontracten_houden() -> None:
    opdracht = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    uitslag = subprocess.run(opdracht, cwd=WORTEL, capture_output=True, text=True, check=False)
    assert uitslag.returncode == 0, uitslag.stdout
    assert "0 broken" in uitslag.stdout


def _wijst_naar(veld: models.Field) -> type[models.Model] | None:  # type: ignore[type-arg]
    doel = veld.remote_field.model if veld.remote_field else None
    return doel if isinstance(doel, type) and doel.__module__.startswith("routekaart.") else None


def test_elke_relatie_wijst_naar_links() -> None:
    rang, gezien, fout = rangen(), 0, []
    for model in eigen_modellen():
        velden = [*model._meta.get_fields(include_parents=True, include_hidden=True)]
        for veld in velden:
            if not isinstance(veld, models.Field) or veld.remote_field is None:
                continue
            doel = _wijst_naar(veld)
            if doel is None:
                continue
            gezien += 1
            van, naar = app_van(model.__module__), app_van(doel.__module__)
            if van != naar and rang[naar] >= rang[van]:
                fout.append(f"{model._meta.label}.{veld.name} → {doel._meta.label}")
    assert not fout, "deze relaties wijzen naar rechts:\n" + "\n".join(fout)
    assert gezien >= 100


def _verwijzingen(operatie: Operation) -> list[str]:
    """The app labels that an operation points at, read as the migration wrote them."""
    velden = [veld for _, veld in getattr(operatie, "fields", [])]
    if getattr(operatie, "field", None) is not None:
        velden.append(operatie.field)  # type: ignore[attr-defined]
    labels = []
    for veld in velden:
        if veld.remote_field is not None:
            doel = veld.remote_field.model
            labels.append(doel.split(".")[0] if isinstance(doel, str) else doel._meta.app_label)
            if door := getattr(veld.remote_field, "through", None):
                labels.append(door.split(".")[0] if isinstance(door, str) else door._meta.app_label)
    return [label for label in labels if label in rangen()]


def test_elke_migratie_verwijst_naar_links() -> None:
    rang, gezien, fout = rangen(), 0, []
    for (label, naam), migratie in MigrationLoader(None).disk_migrations.items():
        if label not in rang:
            continue
        doelen = [app for app, _ in [*migratie.dependencies, *migratie.run_before] if app in rang]
        doelen += [app for operatie in migratie.operations for app in _verwijzingen(operatie)]
        for doel in doelen:
            gezien += 1
            if doel != label and rang[doel] >= rang[label]:
                fout.append(f"{label}/{naam} → {doel}")
    assert not fout, "deze migraties verwijzen naar rechts:\n" + "\n".join(fout)
    assert gezien >= 100


def test_get_model_alleen_in_migraties() -> None:
    verboden = {"get_model", "import_module", "import_string", "__import__"}
    gezien, fout = 0, []
    for bestand in bronbestanden():
        if "migrations" in bestand.parts:
            continue
        for naam, knoop in aanroepen(bestand):
            gezien += 1
            if naam in verboden:
                fout.append(f"{kort(bestand)}:{knoop.lineno} {naam}(")
    assert gezien >= 2000
    assert not fout, "een model haal je met een import, dan ziet het contract het:\n" + "\n".join(fout)


class _LateImports(ast.NodeVisitor):
    """Collects imports of the house that stand inside a function, with the name of that function."""

    def __init__(self) -> None:
        self.pad: list[str] = []
        self.gevonden: list[tuple[str, str, int]] = []
        self.functies = 0

    def _dieper(self, knoop: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self.pad.append(knoop.name if isinstance(knoop, ast.ClassDef) else f"{knoop.name}()")
        self.functies += not isinstance(knoop, ast.ClassDef)
        self.generic_visit(knoop)
        self.pad.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _dieper  # noqa: N815

    def _noteer(self, modules: list[str], regel: int) -> None:
        if any(deel.endswith("()") for deel in self.pad):
            self.gevonden += [
                (".".join(self.pad), module, regel) for module in modules if module.startswith("routekaart")
            ]

    def visit_Import(self, knoop: ast.Import) -> None:
        self._noteer([naam.name for naam in knoop.names], knoop.lineno)

    def visit_ImportFrom(self, knoop: ast.ImportFrom) -> None:
        self._noteer([knoop.module or "routekaart"], knoop.lineno)


def test_importeren_doe_je_bovenaan() -> None:
    fout, gebruikt, functies = [], set(), 0
    for bestand in bronbestanden():
        lezer = _LateImports()
        lezer.visit(boom(bestand))
        functies += lezer.functies
        for waar, module, regel in lezer.gevonden:
            sleutel = f"{kort(bestand)}:{waar}"
            if sleutel in LATE_IMPORTS:
                gebruikt.add(sleutel)
            elif not (bestand.name == "apps.py" and waar.endswith(".ready()")) and "migrations" not in bestand.parts:
                fout.append(f"{kort(bestand)}:{regel} in {waar}: {module}")
    assert not fout, "een import binnen een functie omzeilt de deuren van het huis:\n" + "\n".join(fout)
    assert gebruikt == set(LATE_IMPORTS), "haal weg wat niet meer nodig is"
    assert functies >= 500
