"""Everything that is known of the path of one jongere through school, work and help."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from routekaart.inhoud.codelijsten import label
from routekaart.loopbaan.models import (
    Diploma,
    Feit,
    Hulp,
    Inlichting,
    Inschrijving,
    Jikpopgave,
    Uitstroom,
    Vaststelling,
    Vrijstelling,
    Vsvopgave,
    Werk,
)
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import SoortWerk


@dataclass(frozen=True)
class LosFeit:
    """One thing beside enrolments, diplomas, work and help: recorded by hand, or said by a register or list of others.

    `feit` names the model; what a kind lacks is None.
    """

    feit: str
    soort: str | None
    van: dt.date | None
    tot: dt.date | None
    tijdvak: str | None  # schooljaar or maand
    wat: str | None
    meer: str | None
    ja: bool | None
    aantal: int | None
    school: str | None
    bron: str


@dataclass(frozen=True)
class Loopbaanfeiten:
    """The facts by kind, each in order of time."""

    inschrijvingen: list[Inschrijving]
    diplomas: list[Diploma]
    werk: list[Werk]
    hulp: list[Hulp]
    losse: list[LosFeit]

    @property
    def leeg(self) -> bool:
        return not (self.inschrijvingen or self.diplomas or self.werk or self.hulp or self.losse)

    @property
    def vaststellingen(self) -> list[LosFeit]:
        """Startkwalificaties that DUO does not know: `van` is the day, `wat` the evidence."""
        return [feit for feit in self.losse if feit.feit == "vaststelling"]


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
        werk=list(_van(Werk, jongere, toegang).order_by("van", "pk")),
        hulp=list(_van(Hulp, jongere, toegang).order_by("van", "pk")),
        losse=_losse_feiten(jongere, toegang=toegang),
    )


_LEEG: dict[str, type[models.Field[Any, Any]]] = {
    "soort": models.CharField, "van": models.DateField, "tot": models.DateField, "tijdvak": models.CharField,
    "wat": models.CharField, "meer": models.CharField, "ja": models.BooleanField, "aantal": models.IntegerField,
    "school": models.CharField,
}  # fmt: skip


def _losse_feiten(jongere: Jongere, *, toegang: Toegang) -> list[LosFeit]:
    """In order of time. One query for all kinds.

    A vrijstelling may say something about health: only who does leerplicht in her gemeente sees it (DOS-10).
    """
    delen = [
        _kolommen(Vaststelling, jongere, toegang, van="op", wat="bewijs"),
        _kolommen(Vsvopgave, jongere, toegang, soort="rapportage", van="uitgeschreven_op", tot="leverdatum",
                  tijdvak="schooljaar", school="instelling__naam"),
        _kolommen(Jikpopgave, jongere, toegang, soort="herkomst", van="uitgeschreven_op", tot="leverdatum",
                  tijdvak="schooljaar", school="instelling__naam"),
        _kolommen(Inlichting, jongere, toegang, tijdvak="maand", wat="inkomen_klasse", ja="uitkering",
                  aantal="werk_uren"),
        _kolommen(Uitstroom, jongere, toegang, tijdvak="schooljaar", wat="bestemming", meer="advies",
                  ja="getuigschrift", school="instelling__naam"),
    ]  # fmt: skip
    if toegang.systeem or jongere.gemeente_id in toegang.gebied.get(SoortWerk.LEERPLICHT, frozenset()):
        delen.append(_kolommen(Vrijstelling, jongere, toegang, soort="soort", van="van", tot="tot", wat="grond"))
    gevonden = [LosFeit(*rij) for rij in delen[0].union(*delen[1:], all=True)]
    return sorted(gevonden, key=lambda feit: (feit.van or dt.date.min, feit.tijdvak or "", feit.soort or ""))


def _kolommen(model: type[Feit], jongere: Jongere, toegang: Toegang, **velden: str) -> Any:
    """The facts of one kind with the columns of `LosFeit`."""
    kolommen = {
        f"_{naam}": models.F(velden[naam]) if naam in velden else Cast(models.Value(None), veld())
        for naam, veld in _LEEG.items()
    }
    naam = models.Value(str(model._meta.model_name), output_field=models.CharField())
    return _van(model, jongere, toegang).annotate(_feit=naam, **kolommen).values_list("_feit", *kolommen, "bron")


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
