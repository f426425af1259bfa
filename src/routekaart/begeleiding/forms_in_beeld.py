"""Forms for who is kept in view: extra attention or not, still at work or not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import DatumVeld, Keuze, VrijeTekst
from routekaart.begeleiding.models import Kijkmoment
from routekaart.inhoud.codelijsten import codelijst

JA_NEE = (("ja", "Ja"), ("nee", "Nee"))


class KijkFormulier(Formulier):
    """What both looks share."""

    rijen = (("op", "volgende_op"),)

    toelichting = VrijeTekst(label="Wat hoorde je, en van wie?")
    op = DatumVeld(label="Wanneer keek je?")
    volgende_op = DatumVeld(label="Wanneer kijk je weer?", required=False)

    def __init__(self, *args: Any, op: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volgende_op"].bij_label = "binnen een jaar"  # type: ignore[attr-defined]


class JikpFormulier(KijkFormulier):
    """Somebody in a vulnerable position (JKP-02, JKP-04)."""

    field_order = (
        "bestemming", "schoolhulp", "uitstroomgesprek", "deelnemers", "extra_aandacht", "toelichting", "op",
        "volgende_op",
    )  # fmt: skip

    extra_aandacht = forms.ChoiceField(
        label="Is er extra aandacht nodig?",
        choices=JA_NEE,
        widget=Keuze,
        help_text="Bij ja gaat de jongere naar de route van het Doorstroompunt, bij de intake.",
    )
    bestemming = forms.ChoiceField(label="Waar is de jongere nu?")
    schoolhulp = forms.ChoiceField(
        label="Helpt wat school doet?",
        required=False,
        choices=[("", "Niet gevraagd"), *Kijkmoment.Schoolhulp.choices],
        help_text="School helpt als eerste. Helpt dat een tijd niet, dan kom jij erbij.",
    )
    uitstroomgesprek = forms.BooleanField(label="Dit was een uitstroomgesprek", required=False)
    deelnemers = forms.CharField(
        label="Wie waren erbij?",
        required=False,
        max_length=240,
        help_text="Bijvoorbeeld: Yara, haar vader, Werk en Inkomen.",
    )

    def __init__(self, *args: Any, op: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, op=op, **kwargs)
        self.fields["bestemming"].choices = codelijst("bestemmingen").keuzes(op=op)  # type: ignore[attr-defined]

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        return {**self.cleaned_data, "extra_aandacht": self.cleaned_data["extra_aandacht"] == "ja"}


class SituatieFormulier(KijkFormulier):
    """Somebody who works."""

    field_order = ("werkt", "toelichting", "op", "volgende_op")

    werkt = forms.ChoiceField(
        label="Heeft de jongere nog werk?",
        choices=JA_NEE,
        widget=Keuze,
        help_text="Bij nee stel je daarna de doelgroep opnieuw vast.",
    )

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        return {**self.cleaned_data, "werkt": self.cleaned_data["werkt"] == "ja"}
