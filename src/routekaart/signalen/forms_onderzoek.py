"""Planning own research, and saying what it found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import DatumVeld
from routekaart.signalen.acties_onderzoek import LANGSTE, MEESTE_WEKEN
from routekaart.signalen.models_onderzoek import Onderzoek
from routekaart.toegang.models import Gebruiker


class PlanFormulier(Formulier):
    """What is checked, how often, from when, by whom."""

    rijen = (("elke_weken", "eerst_op"),)
    doe = forms.CharField(widget=forms.HiddenInput)
    soort = forms.ChoiceField(label="Wat onderzoek je?", choices=Onderzoek.Soort.choices)
    elke_weken = forms.IntegerField(label="Elke hoeveel weken?", min_value=1, max_value=MEESTE_WEKEN)
    eerst_op = DatumVeld(label="Wanneer voor het eerst?")
    eigenaar = forms.ChoiceField(label="Wie doet dit?", required=False)

    def __init__(self, *args: Any, collegas: Mapping[str, Gebruiker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        namen = [(sleutel, een.naam) for sleutel, een in collegas.items()]
        self.fields["eigenaar"].choices = [("", "Nog niemand"), *namen]  # type: ignore[attr-defined]


class GedaanFormulier(Formulier):
    """What was found this time."""

    doe = forms.CharField(widget=forms.HiddenInput)
    onderzoek = forms.UUIDField(widget=forms.HiddenInput)
    versie = forms.IntegerField(widget=forms.HiddenInput)
    bevinding = forms.CharField(
        label="Wat vond je?",
        max_length=LANGSTE,
        help_text="Bijvoorbeeld: 3 jongeren gevonden, 3 meldingen gemaakt. Noem geen namen.",
    )
