"""All addresses from Django's own resolver, and how a route of the table becomes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.deuren.routes import ROUTES, Deur
from tests.deuren.wereld import Persoon


@dataclass(frozen=True)
class Adres:
    """One pattern of the resolver."""

    naam: str
    patroon: str
    view: Callable[..., Any]
    delen: frozenset[str]

    def regel(self) -> str:
        """The line that tests/deuren/routes.py misses for this address."""
        recht = getattr(self.view, "recht", None)
        met = f"Recht.{recht.name}" if recht is not None else "None"
        objecten = {deel: "JONGERE" if deel == "sleutel" else "app.Model" for deel in sorted(self.delen)}
        tekst = ", ".join(f'"{deel}": {doel}' for deel, doel in objecten.items())
        return f'    "{self.naam}": Deur({met}{", {" + tekst + "}" if tekst else ""}),  # {self.patroon}'


def adressen() -> list[Adres]:
    """Every address that the program knows."""
    return list(_loop(get_resolver().url_patterns, "", "", frozenset()))


def _loop(patronen: list[Any], ruimte: str, pad: str, delen: frozenset[str]) -> Iterator[Adres]:
    for patroon in patronen:
        hier = pad + str(patroon.pattern)
        met = delen | set(patroon.pattern.converters) | set(patroon.pattern.regex.groupindex)
        if isinstance(patroon, URLResolver):
            naam = f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
            yield from _loop(patroon.url_patterns, naam, hier, met)
        elif isinstance(patroon, URLPattern):
            yield Adres(f"{ruimte}{patroon.name}", hier, patroon.callback, frozenset(met))


def adres_van(naam: str, persoon: Persoon, *, met: Persoon | None = None) -> str:
    """The address of a route for this person; the parts after the first may be of somebody else (`met`)."""
    deur: Deur = ROUTES[naam]
    delen: dict[str, Any] = dict(deur.vast)
    for plaats, (deel, label) in enumerate(deur.objecten.items()):
        eigenaar = met if met is not None and plaats else persoon
        delen[deel] = eigenaar.rij(label).sleutel
    return reverse(naam, kwargs=delen)
