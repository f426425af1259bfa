"""The form of the look back: six questions, and lessons without names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from routekaart.basis.formulieren import Formulier, spreek_nederlands
from routekaart.basis.velden import DatumVeld
from routekaart.begeleiding.acties import NieuwVerbeterpunt
from routekaart.begeleiding.forms_handelen import GEEN
from routekaart.inhoud.codelijsten import Waarde, codelijst

# themes of lessons that hold for more than one case; the overview of them groups by these words
THEMAS = (
    "Melden en signaleren",
    "Contact met jongeren",
    "Samenwerking met school",
    "Samenwerking met partners",
    "Overdracht",
    "Aanbod in de regio",
    "Onze eigen werkwijze",
    "Iets anders",
)
PUNTEN = 2


class EvaluatieFormulier(Formulier):
    """CL-21; none of the questions is obligatory by itself."""

    rijen = (("op", "deelnemers"),)

    op = DatumVeld(label="Wanneer keken jullie terug?")
    deelnemers = forms.CharField(label="Met wie?", max_length=240, help_text="Bijvoorbeeld de mentor en de jobcoach.")

    def __init__(self, *args: Any, stappen: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for vraag in codelijst("evaluatievragen").waarden:
            veld = forms.CharField(label=vraag.label, required=False, widget=forms.Textarea(attrs={"rows": 2}))
            self._voeg_toe(f"vraag_{vraag.code}", veld)
        for nummer in range(PUNTEN):
            self._voeg_toe(
                f"tekst_{nummer}",
                forms.CharField(label="Wat kan beter?", required=False, widget=forms.Textarea(attrs={"rows": 2})),
            )
            themas = [("", "Kies een onderwerp"), *((thema, thema) for thema in THEMAS)]
            self._voeg_toe(f"thema_{nummer}", forms.ChoiceField(label="Onderwerp", required=False, choices=themas))
            plek = [("", "Geen bepaalde stap"), *stappen]
            self._voeg_toe(
                f"stap_{nummer}",
                forms.TypedChoiceField(
                    label="Bij welke stap?", required=False, coerce=int, empty_value=None, choices=plek
                ),
            )

    def _voeg_toe(self, naam: str, veld: forms.Field) -> None:
        spreek_nederlands(veld, str(veld.label))
        veld.bij_label = GEEN  # type: ignore[attr-defined]
        self.fields[naam] = veld

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for nummer in range(PUNTEN):
            if data.get(f"tekst_{nummer}") and not data.get(f"thema_{nummer}"):
                self.add_error(f"thema_{nummer}", "Kies een onderwerp bij dit verbeterpunt")
        return data

    def vragen(self, aanzien: str) -> list[BoundField]:
        """The questions about this case (`casus`), or those whose answers hold for all (`overstijgend`)."""
        return [self[f"vraag_{vraag.code}"] for vraag in _van(aanzien)]

    @property
    def over_casus(self) -> list[BoundField]:
        return self.vragen("casus")

    @property
    def overstijgend(self) -> list[BoundField]:
        return self.vragen("overstijgend")

    @property
    def punten(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """The rows for lessons: text, theme, step."""
        return [(self[f"tekst_{nr}"], self[f"thema_{nr}"], self[f"stap_{nr}"]) for nr in range(PUNTEN)]

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        antwoorden = {naam.removeprefix("vraag_"): tekst for naam, tekst in data.items() if naam.startswith("vraag_")}
        lessen = [
            NieuwVerbeterpunt(data[f"thema_{nr}"], data[f"tekst_{nr}"], data[f"stap_{nr}"])
            for nr in range(PUNTEN)
            if data[f"tekst_{nr}"].strip()
        ]
        return {
            "op": data["op"],
            "deelnemers": data["deelnemers"],
            "antwoorden": antwoorden,
            "verbeterpunten": lessen,
        }


def _van(aanzien: str) -> list[Waarde]:
    return [vraag for vraag in codelijst("evaluatievragen").waarden if vraag["aanzien"] == aanzien]
