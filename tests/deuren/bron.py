"""What the guards read: the layers of the house, its source files as syntax trees, its own models."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

import routekaart

PAKKET = Path(routekaart.__file__).parent
WORTEL = PAKKET.parent.parent


@cache
def rangen() -> dict[str, int]:
    """Package → height in the house, 0 for the lowest; read from the import contract itself."""
    contracten = tomllib.loads((WORTEL / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lagen = next(contract for contract in contracten if contract["id"] == "lagen")["layers"]
    return {naam.strip(): hoogte for hoogte, laag in enumerate(reversed(lagen)) for naam in laag.split("|")}


def eigen_modellen() -> list[type[models.Model]]:
    """Every concrete model of the house, the hidden ones of many-to-many included."""
    alle = apps.get_models(include_auto_created=True)
    return [model for model in alle if model.__module__.startswith("routekaart.")]


def app_van(module: str) -> str:
    """`routekaart.dossiers.models` → `dossiers`."""
    return module.split(".")[1]


@cache
def bronbestanden() -> tuple[Path, ...]:
    """All Python files of the product."""
    return tuple(sorted(PAKKET.rglob("*.py")))


@cache
def boom(bestand: Path) -> ast.Module:
    return ast.parse(bestand.read_text(), filename=str(bestand))


def kort(bestand: Path) -> str:
    """The path as it stands in the allow-lists: from the package, with forward slashes."""
    return bestand.relative_to(PAKKET).as_posix()


def aanroepen(bestand: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file with the last part of its name: `.raw(…)` gives `raw`."""
    for knoop in ast.walk(boom(bestand)):
        if isinstance(knoop, ast.Call):
            if isinstance(knoop.func, ast.Attribute):
                yield knoop.func.attr, knoop
            elif isinstance(knoop.func, ast.Name):
                yield knoop.func.id, knoop
