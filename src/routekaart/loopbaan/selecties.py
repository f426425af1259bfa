"""Everything that is known of the path of one jongere through school, work and help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from routekaart.inhoud.codelijsten import label
from routekaart.loopbaan.models import Diploma, Hulp, Inschrijving, Vaststelling, Werk
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang


@dataclass(frozen=True)
class Loopbaanfeiten:
    """The facts by kind, each in order of time."""

    inschrijvingen: list[Inschrijving]
    diplomas: list[Diploma]
    vaststellingen: list[Vaststelling]
    werk: list[Werk]
    hulp: list[Hulp]

    @property
    def leeg(self) -> bool:
        return not (self.inschrijvingen or self.diplomas or self.vaststellingen or self.werk or self.hulp)


def inschrijvingen_van(jongere: Jongere, *, toegang: Toegang) -> list[Inschrijving]:
    """Every enrolment in order of time, with its instelling. One query."""
    rijen = Inschrijving.objects.voor(toegang).filter(jongere=jongere)
    return list(rijen.select_related("instelling").order_by("van", "pk"))


def alle_feiten(
    jongere: Jongere, *, toegang: Toegang, inschrijvingen: list[Inschrijving] | None = None
) -> Loopbaanfeiten:
    """Every fact of the loopbaan. Five queries; four when the enrolments are handed over."""
    diplomas = Diploma.objects.voor(toegang).filter(jongere=jongere).select_related("instelling")
    return Loopbaanfeiten(
        inschrijvingen=inschrijvingen_van(jongere, toegang=toegang) if inschrijvingen is None else inschrijvingen,
        diplomas=list(diplomas.order_by("behaald_op", "pk")),
        vaststellingen=list(_van(Vaststelling, jongere, toegang).order_by("op", "pk")),
        werk=list(_van(Werk, jongere, toegang).order_by("van", "pk")),
        hulp=list(_van(Hulp, jongere, toegang).order_by("van", "pk")),
    )


def _van(model: Any, jongere: Jongere, toegang: Toegang) -> Any:
    return model.objects.voor(toegang).filter(jongere=jongere)


def naam_inschrijving(rij: Inschrijving) -> str:
    """'mbo 2 Dienstverlening', 'Vmbo kader'."""
    soort = label("onderwijssoorten", rij.onderwijssoort, anders=rij.onderwijssoort)
    if rij.onderwijssoort == "mbo":
        soort = f"mbo {rij.niveau}" if rij.niveau else "mbo, niveau niet bekend"
    return " ".join(filter(None, [soort, rij.opleiding]))


def naam_diploma(rij: Diploma) -> str:
    """'Mbo 2', 'Vmbo basis'."""
    soort = label("diplomasoorten", rij.soort, anders=rij.soort)
    return f"{soort} {rij.niveau}" if rij.niveau else soort
