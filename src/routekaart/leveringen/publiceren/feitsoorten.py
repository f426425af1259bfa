"""Which facts about a person deliveries bring: per kind the model, its natural key and what a row may change.

A declaration and nothing else; how rows become facts is the same for all kinds (feitpublicatie.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from routekaart.loopbaan.models import (
    Diploma,
    Feit,
    Inlichting,
    Inschrijving,
    Jikpopgave,
    Uitstroom,
    Vrijstelling,
    Vsvopgave,
)

# fields that are filled from a column of another name; all others are called as their column
KOLOM = {"instelling_id": "brin"}


@dataclass(frozen=True, kw_only=True)
class Feitsoort:
    """One kind of fact.

    `sleutel` are the fields that together with the person say which thing a row is about, `velden` those that a row
    may change; both by attribute name (`instelling_id`), filled from the column of that name (`kolom_van`). A field
    whose column a file does not have keeps its value; in a key it counts as the default of the model.
    `persoon` is the column with the number of the person. `moment` is the field that says which of two rows about one
    thing came later, in whatever order they are read: an older one, or one that does not say, changes nothing. With
    `verwijderbaar` a row takes the fact back when its `mutatie` says so. `wat` says in words which one is missing from
    a full delivery.
    """

    code: str
    model: type[Feit]
    bron: str
    sleutel: tuple[str, ...]
    velden: tuple[str, ...]
    persoon: str = "pgn"
    moment: str = ""
    verwijderbaar: bool = False
    wat: Callable[[Any], str] | None = None

    @property
    def naam(self) -> str:
        """How the trace of a change calls it."""
        return str(self.model._meta.model_name)

    def standaard(self, veld: str) -> Any:
        """What a field of the key is where the file does not have its column."""
        model_veld: Any = self.model._meta.get_field(veld)
        return model_veld.get_default()


def kolom_van(veld: str) -> str:
    """The column of the delivery that fills this field."""
    return KOLOM.get(veld, veld)


FEITSOORTEN: dict[str, Feitsoort] = {
    soort.code: soort
    for soort in (
        Feitsoort(
            code="inschrijvingen",
            model=Inschrijving,
            bron="DUO",
            sleutel=("instelling_id", "onderwijssoort", "niveau", "van"),
            velden=("tot", "leerweg", "opleidingscode", "leerjaar", "uitschrijfreden", "volgnummer"),
            verwijderbaar=True,
            wat=lambda rij: f"{rij.onderwijssoort} bij {rij.instelling} sinds {rij.van:%d-%m-%Y}",
        ),
        Feitsoort(
            code="diplomas",
            model=Diploma,
            bron="DUO",
            sleutel=("soort", "niveau", "behaald_op"),
            velden=("instelling_id",),
        ),
        Feitsoort(
            code="duo-vsv",
            model=Vsvopgave,
            bron="DUO",
            sleutel=("schooljaar", "rapportage"),
            velden=("leverdatum", "instelling_id", "niveau", "uitgeschreven_op"),
            moment="leverdatum",
        ),
        Feitsoort(
            code="jikp",
            model=Jikpopgave,
            bron="JIKP-portaal",
            sleutel=("schooljaar",),
            velden=(
                "herkomst",
                "leverdatum",
                "instelling_id",
                "uitgeschreven_op",
                "ingeschreven",
                "diploma",
                "werk",
                "uitkering",
            ),
            moment="leverdatum",
        ),
        Feitsoort(
            code="inlichtingenbureau",
            model=Inlichting,
            bron="Inlichtingenbureau",
            persoon="bsn",
            sleutel=("maand",),
            velden=("werk_uren", "inkomen_klasse", "uitkering"),
        ),
        Feitsoort(
            code="uitstroomlijst",
            model=Uitstroom,
            bron="school",
            sleutel=("instelling_id", "schooljaar"),
            velden=("bestemming", "getuigschrift", "advies", "contact_school"),
        ),
        Feitsoort(
            code="vrijstellingen",
            model=Vrijstelling,
            bron="leerplichtregister",
            sleutel=("soort", "van"),
            velden=("grond", "tot"),
            wat=lambda rij: f"{rij.get_soort_display()} sinds {rij.van:%d-%m-%Y}",
        ),
    )
}
