"""One werkproces walks its whole route by acts, on every version of every route: every step is fulfilled by a fact."""

from __future__ import annotations

from typing import Any

import pytest

from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import routestand
from routekaart.inhoud import routes
from routekaart.meldingen.models import Melding
from routekaart.regels.route import Status
from tests import fabrieken
from tests.begeleiding import stappen

ROUTES = [(code, versie) for code in routes.codes() for versie in routes.versies(code)]
SOORT = {
    "mas-18-plus": "verzuim-18-plus",
    "jikp-volgen": "jikp",
    "jib": "jib",
    "herbeoordeling": "herbeoordeling",
}
DOELGROEP: dict[str, tuple[str, dict[str, Any]]] = {
    "doorstroompunt": ("nieuwe-vsv", {}),
    "mas-18-plus": ("verzuim-18-plus", {}),
    "jikp-volgen": ("jikp", {}),
    "volgen": ("geen", {"reden": "werk"}),
    "jib": ("oud-vsv", {}),
    "herbeoordeling": ("oud-vsv", {}),
}


def begin(gebied: fabrieken.Gebied, coach: Any, route: str, versie: str) -> Werkproces:
    werkproces = fabrieken.maak_werkproces(
        fabrieken.maak_jongere(gebied), behandelaar=coach, route=route, soort=SOORT.get(route, "vsv")
    )
    werkproces.route_versie = versie
    werkproces.save()
    stappen.melding(werkproces, gebied)
    return werkproces


def doe(werkproces: Werkproces, code: str, coach: Any) -> None:
    if code == "oordeel-geven":
        doelgroep, uitleg = DOELGROEP[werkproces.route]
        stappen.oordeel(werkproces, coach, doelgroep, **uitleg)
    else:
        stappen.ACTIES[code](werkproces, coach)


def test_elke_versie_van_elke_route_wordt_gelopen() -> None:
    assert len(ROUTES) >= 5
    assert {code for code, _ in ROUTES} == set(DOELGROEP)


@pytest.mark.parametrize(("route", "versie"), ROUTES)
def test_loopt_de_hele_route_door_feiten(gebied: fabrieken.Gebied, coach: Any, route: str, versie: str) -> None:
    werkproces = begin(gebied, coach, route, versie)
    gelopen: list[int] = [1]
    while (huidige := routestand(werkproces, op=fabrieken.VANDAAG).huidige) is not None:
        nummer = huidige.nummer
        gelopen.append(nummer)
        for actie in {actie.code: actie for actie in huidige.acties}:
            stand = routestand(werkproces, op=fabrieken.VANDAAG)
            if stand.huidige is None or stand.huidige.nummer != nummer:
                break
            doe(werkproces, actie, coach)
        na = routestand(werkproces, op=fabrieken.VANDAAG)
        assert na.huidige is None or na.huidige.nummer != nummer, f"stap {nummer} bleef open: {na.huidige}"
    stand = routestand(werkproces, op=fabrieken.VANDAAG)
    assert gelopen == [stap.nummer for stap in stand.route]
    assert {stap.status for stap in stand.stappen} == {Status.VERVULD}
    assert all(stap.feiten for stap in stand.stappen)
    werkproces.refresh_from_db()
    assert werkproces.stap is None and werkproces.uitkomst and not werkproces.open
    assert Melding.objects.alles(reden="test").get().uitkomst == werkproces.uitkomst


def test_de_landelijke_route_heeft_na_afloop_alle_rijen(gebied: fabrieken.Gebied, coach: Any) -> None:
    werkproces = begin(gebied, coach, "doorstroompunt", "2023-1")
    for code in (
        "dossier-gelezen", "oordeel-geven", "intake-plannen", "intake-vastleggen", "leefdomeinen",
        "privacy-bespreken", "inzicht-aanvullen", "plan-maken", "uitvoering-starten", "voortgang-vastleggen",
        "afsluiten", "terugkoppelen", "evalueren",
    ):  # fmt: skip
        doe(werkproces, code, coach)
    for naam in ("intake", "leefdomeinbeeld", "privacygesprek", "plan", "traject", "voortgang", "evaluatie"):
        assert getattr(werkproces, f"{naam}_set").alles(reden="test").count() == 1, naam
    assert werkproces.inzicht_set.alles(reden="test").count() == 4
    assert werkproces.nazorgmoment_set.alles(reden="test").count() == 3
    assert werkproces.regies.alles(reden="test").count() == 1
    assert werkproces.toestemmingen.alles(reden="test").count() == 2
    assert werkproces.terugkoppelingen.alles(reden="test").count() == 1
    assert werkproces.verstrekkingen.alles(reden="test").count() == 1
