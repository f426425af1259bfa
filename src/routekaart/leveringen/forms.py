"""Choosing a file to take in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from routekaart.basis.formulieren import Formulier, spreek_nederlands
from routekaart.basis.models import Gemeente
from routekaart.basis.velden import Bestand, DatumVeld, Keuze, Vinken
from routekaart.leveringen.koppelingen import voorstel
from routekaart.leveringen.models import Levering
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.soort import Soort
from routekaart.personen.nummers import zonder_nummers

MB = 1024 * 1024
NIET = ("", "Staat er niet in")
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
        choices=[HERKEN, *((soort.code, soort.naam) for soort in SOORTEN.values())],
        required=False,
    )
    aard = forms.ChoiceField(
        label="Hoe volledig is het?",
        choices=[(Levering.Aard.MUTATIES, "Alleen wijzigingen"), (Levering.Aard.VOLLEDIG, "Alles op één dag")],
        initial=Levering.Aard.MUTATIES,
        widget=Keuze,
        help_text="Staat alles erin, dan zie je ook wie er niet in staat. We beëindigen niets vanzelf.",
    )
    peildatum = DatumVeld(
        label="Van welke dag is het?",
        required=False,
        help_text="Laat je dit leeg, dan is het van vandaag.",
    )
    gebied = forms.MultipleChoiceField(
        label="Van welke gemeenten staat alles erin?",
        required=False,
        widget=Vinken,
        help_text="Wie in een andere gemeente woont, missen we dan niet.",
    )

    def __init__(self, *args: Any, gemeenten: Sequence[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gebied"].choices = [(een.code, een.naam) for een in gemeenten]  # type: ignore[attr-defined]
        self.fields["gebied"].initial = [een.code for een in gemeenten]
        for naam in ("soort", "gebied"):
            self.fields[naam].bij_label = " "  # type: ignore[attr-defined]

    def clean_gebied(self) -> list[str]:
        """The gemeenten of a full delivery; nothing where that is the whole region, as without `--gebied`."""
        gekozen: list[str] = self.cleaned_data["gebied"]
        alles = set(gekozen) == set(self.fields["gebied"].initial)
        if alles or self.cleaned_data.get("aard") != Levering.Aard.VOLLEDIG:
            return []
        if not gekozen:
            raise forms.ValidationError("Vink aan van welke gemeenten alles in het bestand staat.")
        return gekozen

    def clean_bestand(self) -> UploadedFile[Any]:
        """Refuses what is too large to wait for in a browser."""
        bestand: UploadedFile[Any] = self.cleaned_data["bestand"]
        if (bestand.size or 0) > MAX_BESTAND:
            raise forms.ValidationError(
                f"Dit bestand is {(bestand.size or 0) / MB:.0f} MB. In de browser kan hooguit {MAX_BESTAND // MB} MB. "
                "Vraag de beheerder om het met de opdracht `routekaart inlezen` in te lezen."
            )
        return bestand


class KoppelFormulier(Formulier):
    """Which header of the file is which column of ours, saved under the name of the source."""

    naam = forms.CharField(
        label="Naam van deze bron",
        max_length=80,
        help_text="Onder deze naam herkennen we het volgende bestand vanzelf, bijvoorbeeld: Leerlingen ROC De Waarden.",
    )

    def __init__(
        self, soort: Soort, kop: Sequence[str], voorbeelden: Mapping[str, Sequence[str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        gekozen = voorstel(soort, kop)
        keuzes = [NIET, *((naam, _met_voorbeelden(naam, voorbeelden.get(naam, ()))) for naam in kop if naam)]
        self.nodig = {*soort.verplicht, *(naam for groep in soort.een_van for naam in groep)}
        for kolom in soort.kolommen:
            veld = forms.ChoiceField(
                label=kolom.naam,
                choices=keuzes,
                required=False,
                help_text=kolom.wat,
                initial=gekozen.get(kolom.naam, ""),
            )
            veld.bij_label = "nodig" if kolom.verplicht else " "  # type: ignore[attr-defined]
            spreek_nederlands(veld, kolom.naam)
            self.fields[f"kolom-{kolom.naam}"] = veld

    @property
    def kolommen(self) -> dict[str, str]:
        """Our column → the header that was chosen."""
        keuzes = {naam.removeprefix("kolom-"): waarde for naam, waarde in self.cleaned_data.items() if waarde}
        return {naam: waarde for naam, waarde in keuzes.items() if naam != "naam"}

    @property
    def nodige_velden(self) -> list[BoundField]:
        """The columns without which nothing can be taken in."""
        return [self[naam] for naam in self.fields if naam.removeprefix("kolom-") in self.nodig]

    @property
    def andere_velden(self) -> list[BoundField]:
        """The other columns."""
        return [self[naam] for naam in self.fields if naam != "naam" and naam.removeprefix("kolom-") not in self.nodig]


def _met_voorbeelden(naam: str, voorbeelden: Sequence[str]) -> str:
    toon = zonder_nummers(naam)
    return f"{toon} ({', '.join(voorbeelden)})" if voorbeelden else toon
