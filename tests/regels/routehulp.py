"""Facts and standings for the tests of the route, written as short as the sentences they stand for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from routekaart.inhoud import routes
from routekaart.regels.route import Routestand, Uitkomstfeit, stand
from routekaart.regels.route_definitie import Route
from routekaart.regels.route_feiten import Feit

DAG_1 = date(2026, 10, 1)
VERWEG = date(2027, 12, 31)
ALLE_ROUTES = [routes.laad(code, versie) for code in routes.codes() for versie in routes.versies(code)]


def feit(code: str, dag: int = 1, **velden: Any) -> Feit:
    """A fact on the so-manieth day, recorded that day at noon plus `uur` hours."""
    op = DAG_1 + timedelta(days=dag - 1)
    moment = datetime.combine(op, time(12), tzinfo=UTC) + timedelta(hours=velden.pop("uur", 0))
    return Feit(code, op, velden.pop("vastgelegd_op", moment), **velden)


def feiten(*codes: str, vanaf: int = 1) -> list[Feit]:
    """One fact a day, in this order."""
    return [feit(code, vanaf + nummer) for nummer, code in enumerate(codes)]


def kijk(
    *gegeven: Feit,
    route: str | Route = "doorstroompunt",
    doelgroep: str | None = "dreigend-vsv",
    verzuim: bool = False,
    op: date = VERWEG,
    **velden: Any,
) -> Routestand:
    """How the werkproces stands with these facts, for a dreigend vsv'er unless said otherwise.

    `route` is a definition, a code, or code@versie.
    """
    gekozen = _route(route) if isinstance(route, str) else route
    uitkomst = velden.pop("uitkomst", None)
    return stand(gekozen, gegeven, doelgroep=doelgroep, verzuim=verzuim, uitkomst=uitkomst, op=op, **velden)


def _route(naam: str) -> Route:
    code, _, versie = naam.partition("@")
    return routes.laad(code, versie or None)


def uitkomst(
    *, vroeg: bool, dag: int = 20, label: str = "Onterechte VSV-melding", toelichting: str = ""
) -> Uitkomstfeit:
    op = DAG_1 + timedelta(days=dag - 1)
    return Uitkomstfeit("onterecht", label, op, eindigt_route_vroeg=vroeg, toelichting=toelichting)


def statussen(stand_: Routestand) -> dict[int, str]:
    """Step number → status."""
    return {stap.nummer: str(stap.status) for stap in stand_.stappen}


def nu(stand_: Routestand) -> int | None:
    """The number of the step that is now."""
    return stand_.huidige.nummer if stand_.huidige else None


WAARNEMEN = feiten(
    "melding.ontvangen", "contact.jongere", "contact.ketenpartner", "doelgroep.vastgesteld", "oordeel.gegeven"
)
ANALYSEREN = feiten(
    "intake.gepland", "intake.gehouden", "leefdomeinen.besproken", "privacy.besproken", "inzicht.compleet", vanaf=6
)
PLANNEN = feiten("regie.belegd", "plan.vastgesteld", vanaf=11)
HANDELEN = feiten("uitvoering.gestart", "voortgang.besproken", vanaf=13)
TOT_AFSLUITEN = [*WAARNEMEN, *ANALYSEREN, *PLANNEN, *HANDELEN]
AFSLUITEN = feit("werkproces.afgesloten", 15)
EVALUEREN = feiten("terugkoppeling.verzonden", "evaluatie.gehouden", vanaf=16)
