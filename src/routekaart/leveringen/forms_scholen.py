"""The form for a school that a delivery brought by its number alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from routekaart.basis.formulieren import VersieFormulier
from routekaart.loopbaan.models import Instelling


class SchoolFormulier(VersieFormulier):
    """Name and place, as people know the school."""

    rijen: ClassVar = (("naam", "plaats"),)

    naam = forms.CharField(label="Naam", max_length=160, help_text="Zoals je haar in brieven noemt.")
    plaats = forms.CharField(label="Plaats", max_length=80, required=False, help_text="De gemeente waar zij staat.")

    def __init__(self, *args: Any, school: Instelling, zelfde: Instelling | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bekend = zelfde if school.aanvullen else school
        self.fields["versie"].initial = school.versie
        self.fields["naam"].initial = bekend.naam if bekend is not None else ""
        self.fields["plaats"].initial = school.plaats or (bekend.plaats if bekend is not None else "")
