"""What one delivery changed, person by person: who is new, which facts came, changed or went (REG-02, REG-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from routekaart.leveringen.models import Feitwijziging, Levering
from routekaart.leveringen.publiceren.feitsoorten import FEITSOORTEN
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding
from routekaart.personen.models import BrpWijziging, Jongere, Verzorger
from routekaart.toegang.bereik import Toegang

PER_PAGINA = 50
SCHOOL = "instelling_id"
VERZWIJG = {"jongere_id", "nummer_index"}


@dataclass(frozen=True)
class Regel:
    """One thing about one person: in which field, what it was and what it became. `pk` is where the page goes on."""

    pk: int
    jongere: Jongere
    wat: str
    verschillen: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Soort:
    """One list of changes: its name, its rows for this delivery within scope, and how a row reads."""

    code: str
    naam: str
    rijen: Callable[[Levering, Toegang], Any]
    regel: Callable[[Any], Regel]


@dataclass(frozen=True)
class Wijzigingen:
    """One page of one list, with how many there are in each list."""

    regels: list[Regel]
    aantallen: list[tuple[str, str, int]]
    gekozen: str
    volgende: int | None


def wijzigingen_van(levering: Levering, toegang: Toegang, *, toon: str = "", na: int = 0) -> Wijzigingen:
    """The lists that hold something, and a page of the chosen one. At most eleven queries."""
    soorten = _soorten(levering)
    aantallen = [(soort.code, soort.naam, soort.rijen(levering, toegang).count()) for soort in soorten]
    gevuld = [(code, naam, aantal) for code, naam, aantal in aantallen if aantal]
    gekozen = next((soort for soort in soorten if soort.code == toon), None)
    if gekozen is None:
        gekozen = next((soort for soort in soorten if gevuld and soort.code == gevuld[0][0]), soorten[0])
    rijen = list(gekozen.rijen(levering, toegang).filter(pk__gt=na).order_by("pk")[: PER_PAGINA + 1])
    regels = _met_scholen([gekozen.regel(rij) for rij in rijen[:PER_PAGINA]])
    return Wijzigingen(regels, gevuld, gekozen.code, rijen[PER_PAGINA - 1].pk if len(rijen) > PER_PAGINA else None)


def _soorten(levering: Levering) -> list[Soort]:
    lijst = [
        Soort("personen", "Nieuwe personen", _nieuwe_personen, lambda rij: Regel(rij.pk, rij, "nieuw")),
        Soort("gegevens", "Gewijzigde gegevens", _brp, _brp_regel),
        Soort("feiten", "Nieuwe feiten", _nieuwe_feiten, _feit_regel),
        Soort("gewijzigd", "Gewijzigde feiten", _gewijzigde_feiten, _spoor_regel),
        Soort("weg", "Verwijderde feiten", _weggehaalde_feiten, _spoor_regel),
    ]
    return lijst if _feitmodel(levering) is not None else [soort for soort in lijst if soort.code != "feiten"]


def _nieuwe_personen(levering: Levering, toegang: Toegang) -> Any:
    return Jongere.objects.voor(toegang).filter(levering_id=levering.pk, created__gte=levering.gestart_op)


def _brp(levering: Levering, toegang: Toegang) -> Any:
    return BrpWijziging.objects.voor(toegang).filter(levering_id=levering.pk).select_related("jongere")


def _brp_regel(rij: BrpWijziging) -> Regel:
    return Regel(rij.pk, rij.jongere, "", ((rij.veld, rij.was, rij.wordt),))


def _feitmodel(levering: Levering) -> Any:
    if levering.soort in FEITSOORTEN:
        return FEITSOORTEN[levering.soort].model
    return {"brp-relaties": Verzorger, "duo-verzuim": Melding}.get(levering.soort)


def _nieuwe_feiten(levering: Levering, toegang: Toegang) -> Any:
    model = _feitmodel(levering)
    rijen = model.objects.voor(toegang).filter(levering_id=levering.pk, created__gte=levering.gestart_op)
    return rijen.filter(jongere__isnull=False).select_related("jongere")


def _feit_regel(rij: Any) -> Regel:
    return Regel(rij.pk, rij.jongere, _in_woorden(rij))


def _in_woorden(rij: Any) -> str:
    """A fact as one line."""
    if isinstance(rij, Verzorger):
        return f"{rij.relatie} {rij.naam}"
    if isinstance(rij, Melding):
        return f"melding {rij.nummer}, {rij.soort}"
    delen = [
        str(getattr(rij, naam)) for naam in ("soort", "onderwijssoort", "schooljaar", "maand") if hasattr(rij, naam)
    ]
    if getattr(rij, "van", None):
        delen.append(f"sinds {rij.van:%d-%m-%Y}")
    if getattr(rij, "behaald_op", None):
        delen.append(f"behaald op {rij.behaald_op:%d-%m-%Y}")
    return ", ".join(delen)


def _gewijzigde_feiten(levering: Levering, toegang: Toegang) -> Any:
    sporen = Feitwijziging.objects.voor(toegang).filter(levering=levering).exclude(wordt={})
    return sporen.select_related("jongere")


def _weggehaalde_feiten(levering: Levering, toegang: Toegang) -> Any:
    return Feitwijziging.objects.voor(toegang).filter(levering=levering, wordt={}).select_related("jongere")


def _spoor_regel(rij: Feitwijziging) -> Regel:
    anders = [naam for naam in {**rij.was, **rij.wordt} if rij.was.get(naam) != rij.wordt.get(naam)]
    verschillen = tuple(
        (naam, _tekst(rij.was.get(naam)), _tekst(rij.wordt.get(naam))) for naam in anders if naam not in VERZWIJG
    )
    return Regel(rij.pk, rij.jongere, rij.soort, verschillen)


def _tekst(waarde: object) -> str:
    """A value of a trace as people read it: dates were kept as ISO."""
    if waarde is None or waarde == "":
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    tekst = str(waarde)
    try:
        return f"{dt.date.fromisoformat(tekst):%d-%m-%Y}" if len(tekst) == 10 else tekst
    except ValueError:
        return tekst


def _met_scholen(regels: Sequence[Regel]) -> list[Regel]:
    """Schools by name: the trace holds their number. One query, where there are any."""
    nummers = {
        int(waarde)
        for regel in regels
        for naam, was, wordt in regel.verschillen
        for waarde in (was, wordt)
        if naam == SCHOOL and waarde.isdigit()
    }
    if not nummers:
        return list(regels)
    namen: Mapping[int, Any] = Instelling.objects.in_bulk(nummers)

    def school(waarde: str) -> str:
        return str(namen.get(int(waarde), waarde)) if waarde.isdigit() else waarde

    return [
        Regel(
            regel.pk,
            regel.jongere,
            regel.wat,
            tuple(
                ("school", school(was), school(wordt)) if naam == SCHOOL else (naam, was, wordt)
                for naam, was, wordt in regel.verschillen
            ),
        )
        for regel in regels
    ]
