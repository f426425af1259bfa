"""Which werkproces a melding leads to, and on which route it starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import Uitkomst, codelijst, uitkomsten
from routekaart.meldingen.models import Melding
from routekaart.regels.doelgroep import Besluit, Doelgroep
from routekaart.toegang.models import SoortWerk

LEERPLICHTROUTE = "leerplicht"
# how a list says that another gemeente takes over, the plainest first (CL-30, CL-31, CL-33, CL-35)
OVERDRACHT = ("overdracht-gemeente", "verhuisd", "leeftijd-verhuisd-overleden")
ONTERECHT = ("onterecht",)
# the reasons of DUO for an enrolment that ended otherwise, and for a leerling who died (Regeling ROD, art. 21 lid 5)
OVERIGE_REDENEN, LEERLING_OVERLEDEN = 4, 5


def is_verzuim(soort: str) -> bool:
    """Whether this soort melding reports absence."""
    return bool(codelijst("meldingsoorten").waarde(soort)["verzuim"])


def soort_werkproces(soort: str, soort_werk: str, besluit: Besluit | None = None) -> str:
    """The soort werkproces for a melding. A report of absence stays that: what a later uitkomst such as `Werkproces VSV
    (reeds uitgeschreven)` needs (CL-33). What is no absence follows the proposed doelgroep, unless the soort melding is
    of a werkproces of its own (Jongeren in Beeld, herbeoordeling).
    """
    if soort_werk == SoortWerk.LEERPLICHT:
        if is_verzuim(soort):
            return "relatief-verzuim"
        return "absoluut-verzuim" if soort == "vsv" else "zorg-preventie"
    if is_verzuim(soort):
        return "verzuim-18-plus"
    if eigen := codelijst("meldingsoorten").waarde(soort)["werkproces"]:
        return str(eigen)
    kwetsbaar = besluit is not None and besluit.doelgroep is Doelgroep.JIKP
    return "jikp" if soort == "jikp" or kwetsbaar else "vsv"


def startroute(soort: str, besluit: Besluit) -> str | None:
    """The route on which a werkproces of this soort starts; None where that route is not there yet.

    Until the doelgroep is confirmed this follows the proposal; where that leads nowhere but back (step 12),
    the route that belongs to the soort.
    """
    eigen: str = codelijst("soorten-werkproces").waarde(soort)["route"]
    voorstel = besluit.vervolg
    terug = voorstel.route == "doorstroompunt" and besluit.is_geen
    route = eigen if eigen not in {"doorstroompunt", "mas-18-plus", "jikp-volgen"} or terug else voorstel.route
    if route == LEERPLICHTROUTE and eigen != LEERPLICHTROUTE:
        route = eigen
    return route if route in routes.codes() else None


def uitkomst_uit(soort: str, codes: Iterable[str]) -> str:
    """The first of these uitkomsten that the list of this soort has; empty where it has none."""
    bekend = {uitkomst.code for uitkomst in uitkomsten(soort)}
    return next((code for code in codes if code in bekend), "")


def voorgestelde_afsluitreden(uitkomst: Uitkomst, *, overleden: bool) -> int | None:
    """The reason (1-7) that goes to DUO with this uitkomst unless a colleague chooses another one. Lists such as
    `23 jr / verhuisd / overleden` have one uitkomst for what DUO tells apart; `overleden` says that the jongere died.
    """
    if uitkomst.code == "overleden" or (overleden and uitkomst.duo_afsluitreden == OVERIGE_REDENEN):
        return LEERLING_OVERLEDEN
    return uitkomst.duo_afsluitreden


def soort_van(melding: Melding) -> str:
    """The soort werkproces whose uitkomsten fit this melding, also where it has no werkproces."""
    if melding.werkproces is not None:
        return melding.werkproces.soort
    return soort_werkproces(melding.soort, melding.soort_werk)


def uitkomsten_zonder_actie(melding: Melding, *, op: dt.date) -> tuple[Uitkomst, ...]:
    """The uitkomsten that end the route early: what one can choose when no direct action is needed."""
    anders = {*ONTERECHT, *OVERDRACHT[:2]}
    return tuple(
        keuze
        for keuze in uitkomsten(soort_van(melding), op=op)
        if keuze.eindigt_route_vroeg and keuze.code not in anders
    )
