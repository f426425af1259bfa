"""What may be done to the route itself: skip a step, reopen it, do a phase again; each refusal says why.

The acts that record these facts ask here first. All of them need an explanation (pas toe of leg uit).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from routekaart.regels.route import Routestand, Stapstand, Status
from routekaart.regels.route_definitie import Route
from routekaart.regels.route_feiten import FASE_OPNIEUW, STAP_HEROPEND, STAP_OVERGESLAGEN, Feit

GEEN_STAP = "Deze route heeft geen stap {nummer}."
AFGESLOTEN = "Dit werkproces is afgesloten. Heropen eerst het werkproces."


@dataclass(frozen=True, slots=True)
class Antwoord:
    """Whether something may be done, and if not the sentence that says why."""

    mag: bool
    reden: str = ""

    def __bool__(self) -> bool:
        return self.mag


JA = Antwoord(True)


def _nee(reden: str) -> Antwoord:
    return Antwoord(False, reden)


def _zonder_uitleg(toelichting: str | None) -> bool:
    return toelichting is not None and not toelichting.strip()


def _voor_sluiten(stand: Routestand, stap: Stapstand) -> bool:
    return stap.nummer <= stand.route.sluitstap.nummer


def mag_overslaan(stand: Routestand, nummer: int, *, toelichting: str | None = None) -> Antwoord:
    """Whether this step may be skipped. A blank `toelichting` refuses; None leaves it out of account."""
    stap = stand.stap(nummer)
    if stap is None:
        return _nee(GEEN_STAP.format(nummer=nummer))
    if stap.status is Status.VERVULD:
        return _nee("Deze stap is al gedaan. Overslaan is niet nodig.")
    if stap.status is Status.OVERGESLAGEN:
        return _nee("Deze stap is al overgeslagen, met uitleg.")
    if stap.status is Status.NIET_NODIG:
        return _nee("Deze stap is niet nodig. Je hoeft hem niet over te slaan.")
    if stap.stap.niet_overslaan:
        return _nee(stap.stap.niet_overslaan)
    if _zonder_uitleg(toelichting):
        return _nee("Leg uit waarom je deze stap overslaat. Dat blijft zichtbaar op de route.")
    return JA


def mag_heropenen(stand: Routestand, nummer: int, *, toelichting: str | None = None) -> Antwoord:
    """Whether this step may be opened again; only a step that was done or skipped can be."""
    stap = stand.stap(nummer)
    if stap is None:
        return _nee(GEEN_STAP.format(nummer=nummer))
    if stap.stap.niet_heropenen:
        return _nee(stap.stap.niet_heropenen)
    if stap.status in (Status.NU, Status.OPEN):
        return _nee("Deze stap staat al open.")
    if stap.status is Status.NIET_NODIG:
        return _nee("Deze stap is niet gedaan, dus je hoeft hem niet te heropenen.")
    if stand.gesloten and _voor_sluiten(stand, stap):
        return _nee(AFGESLOTEN)
    if _zonder_uitleg(toelichting):
        return _nee("Leg uit waarom je deze stap heropent. Dat blijft zichtbaar op de route.")
    return JA


def mag_fase_opnieuw(stand: Routestand, fase: int, *, toelichting: str | None = None) -> Antwoord:
    """Whether this phase may be done again (RKT-13: phase 2 and 3)."""
    gekozen = stand.route.fase(fase)
    if gekozen is None:
        return _nee(f"Deze route heeft geen fase {fase}.")
    if gekozen.opnieuw_tot is None:
        return _nee(f"Fase {fase} kun je niet als geheel opnieuw doen. Heropen de stap die je bedoelt.")
    if stand.gesloten:
        return _nee(AFGESLOTEN)
    gedaan = (Status.VERVULD, Status.OVERGESLAGEN)
    if not any(stap.status in gedaan for stap in stand.stappen if stap.stap.fase == fase):
        return _nee(f"In fase {fase} is nog geen stap gedaan. Je kunt er gewoon mee beginnen.")
    if _zonder_uitleg(toelichting):
        return _nee("Leg uit waarom je deze fase opnieuw doet. Dat blijft zichtbaar op de route.")
    return JA


def vervallen_bij_overstap(van: Route, naar: Route, feiten: Iterable[Feit]) -> tuple[Feit, ...]:
    """The facts about step numbers that mean another step on the new route.

    Facts carry over to another route, but "step 4 was skipped" only where step 4 is the same step there. The
    act that changes the route withdraws these.
    """
    over_een_stap = {STAP_OVERGESLAGEN, STAP_HEROPEND, FASE_OPNIEUW}
    return tuple(
        feit
        for feit in feiten
        if feit.code in over_een_stap and feit.stap and _code(van, feit.stap) != _code(naar, feit.stap)
    )


def _code(route: Route, nummer: int) -> str:
    stap = route.stap(nummer)
    return stap.code if stap else ""
