"""What comes in with a melding, as typed values: who reports, about whom, which absence, and what DUO sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from routekaart.loopbaan.models import Instelling
from routekaart.toegang.models import Gebruiker

type Duostatus = Literal["nieuw", "gewijzigd", "ingetrokken"]


@dataclass(frozen=True, kw_only=True)
class Melder:
    """Who reports. `soort` is a code of meldersoorten; `gebruiker` where the melder has an account (portal)."""

    soort: str
    naam: str = ""
    functie: str = ""
    organisatie: str = ""
    telefoon: str = ""
    email: str = ""
    gebruiker: Gebruiker | None = None
    instelling: Instelling | None = None


@dataclass(frozen=True, kw_only=True)
class Opgave:
    """What the melder told about the person. `geboortedatum` is ISO; day and month may be 00."""

    achternaam: str = ""
    voorvoegsel: str = ""
    voornamen: str = ""
    geboortedatum: str = ""
    geslacht: str = ""
    adres: str = ""
    postcode: str = ""
    telefoon: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Informatie:
    """The minimum information of CL-02 in the words of the melder; empty is not given."""

    reden: str = ""
    partneracties: str = ""
    reactie_jongere: str = ""
    betrokkenen: str = ""
    hulptrajecten: str = ""
    verzuimoverzicht: str = ""
    verwachte_inzet: str = ""


@dataclass(frozen=True, slots=True)
class Verzuimdag:
    """Absence on one day: minutes, or None for a whole day."""

    datum: dt.date
    minuten: int | None = None
    geoorloofd: bool = False


def verzuim_per_dag(dagen: Sequence[Verzuimdag]) -> dict[dt.date, Verzuimdag]:
    """The absence by day; what was told of one day more than once is added up."""
    per_dag: dict[dt.date, Verzuimdag] = {}
    for dag in dagen:
        eerder = per_dag.get(dag.datum)
        if eerder is not None:
            heel = eerder.minuten is None or dag.minuten is None
            minuten = None if heel else (eerder.minuten or 0) + (dag.minuten or 0)
            dag = Verzuimdag(dag.datum, minuten, eerder.geoorloofd and dag.geoorloofd)
        per_dag[dag.datum] = dag
    return per_dag


@dataclass(frozen=True, kw_only=True)
class DuoMelding:
    """One row of a `duo-verzuim` delivery, checked and typed (contracten.md, section 2).

    `versie` None: the moment `gemeld_op` orders. `soort` is luxe, 16-uur, maand or overig; `berichtcode` and
    `prioriteit` are kept as they came. `geboortedatum` is ISO, day and month may be 00.
    """

    meldingsnummer: str
    soort: str
    begindatum: dt.date
    versie: int | None = None
    status: Duostatus = "nieuw"
    gemeld_op: dt.datetime | None = None
    berichtcode: str = ""
    einddatum: dt.date | None = None
    reden: str = ""
    alle_lessen_gemist: bool | None = None
    ondernomen_actie: str = ""
    gewenste_actie: str = ""
    prioriteit: str = ""
    leslocatie: str = ""
    contact_naam: str = ""
    contact_functie: str = ""
    contact_telefoon: str = ""
    contact_email: str = ""
    telefoon_deelnemer: str = ""
    verblijfadres: str = ""
    opleiding: str = ""
    niveau: int | None = None
    leerweg: str = ""
    startkwalificatie: bool | None = None
    achternaam: str = ""
    voorvoegsel: str = ""
    voornamen: str = ""
    geboortedatum: str = ""
    geslacht: str = ""
    postcode: str = ""
    brin: str = ""
    uren: tuple[Verzuimdag, ...] = ()

    def als_gegevens(self) -> dict[str, Any]:
        """The row as plain data with ISO dates: what is kept per version, and by which two versions are compared."""
        return {
            naam: waarde if waarde is None or type(waarde) is str else _plat(waarde)
            for naam, waarde in vars(self).items()
        }

    @classmethod
    def van_gegevens(cls, inhoud: Mapping[str, Any]) -> Self:
        """The row back from what `als_gegevens` made of it."""
        waarden = dict(inhoud)
        for naam in ("begindatum", "einddatum"):
            waarden[naam] = dt.date.fromisoformat(inhoud[naam]) if inhoud[naam] else None
        waarden["gemeld_op"] = dt.datetime.fromisoformat(inhoud["gemeld_op"]) if inhoud["gemeld_op"] else None
        uren = ((dt.date.fromisoformat(dag), *rest) for dag, *rest in inhoud["uren"])
        return cls(**waarden | {"uren": tuple(Verzuimdag(*dag) for dag in uren)})


def _plat(waarde: Any) -> Any:
    if isinstance(waarde, dt.datetime):
        return waarde.astimezone(dt.UTC).isoformat()
    if isinstance(waarde, dt.date):
        return waarde.isoformat()
    if isinstance(waarde, tuple):
        return [[dag.datum.isoformat(), dag.minuten, dag.geoorloofd] for dag in waarde]
    return waarde
