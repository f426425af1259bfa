"""Choosing a file to take in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import Bestand, DatumVeld, Keuze
from routekaart.leveringen.models import Levering
from routekaart.leveringen.soorten import SOORTEN

MB = 1024 * 1024
MAX_BESTAND = 50 * MB
HERKEN = ("", "Kijk aan de kolommen wat het is")


class InleesFormulier(Formulier):
    """A file, what it is, and whether it is all there is or only what changed."""

    rijen: ClassVar = ()

    bestand = forms.FileField(
        label="Bestand",
        widget=Bestand,
        help_text="CSV, Excel (.xlsx) of Parquet, met de namen van de kolommen bovenaan. Hooguit 50 MB.",
    )
    soort = forms.ChoiceField(
        label="Wat staat erin?",
        choices=[HERKEN, *((soort.code, soort.naam) for soort in SOORTEN.values() if not soort.nog_niet)],
        required=False,
    )
    aard = forms.ChoiceField(
        label="Hoe volledig is het?",
        choices=[(Levering.Aard.MUTATIES, "Alleen wijzigingen"), (Levering.Aard.VOLLEDIG, "De hele regio op één dag")],
        initial=Levering.Aard.MUTATIES,
        widget=Keuze,
        help_text="Bij de hele regio zie je ook wie er niet in staat. We beëindigen niets vanzelf.",
    )
    peildatum = DatumVeld(label="Op welke dag?", required=False, help_text="Alleen bij de hele regio.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].bij_label = " "  # type: ignore[attr-defined]

    def clean_bestand(self) -> UploadedFile[Any]:
        """Refuses what is too large to wait for in a browser."""
        bestand: UploadedFile[Any] = self.cleaned_data["bestand"]
        if (bestand.size or 0) > MAX_BESTAND:
            raise forms.ValidationError(
                f"Dit bestand is {(bestand.size or 0) / MB:.0f} MB. In de browser kan hooguit {MAX_BESTAND // MB} MB. "
                "Vraag de beheerder om het met de opdracht `routekaart inlezen` in te lezen."
            )
        return bestand
