"""Forms about the talks with a school."""

from __future__ import annotations

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import DatumVeld, VrijeTekst

GEEN_NAMEN = "Schrijf geen namen van leerlingen op."


class GesprekFormulier(Formulier):
    """A talk with the school about what it reports."""

    rijen = (("op", "met"),)

    op = DatumVeld(label="Wanneer")
    met = forms.CharField(label="Met wie", max_length=200)
    afspraak = VrijeTekst(
        label="Afspraak",
        help_text="Wat doet school anders, en wanneer kijken jullie weer?",
        max_length=1000,
        lezers="Je collega's in de regio, en de school in het portaal.",
        schrijf_niet=GEEN_NAMEN,
    )


class InspectieFormulier(Formulier):
    """The last step: the inspectie was told."""

    op = DatumVeld(label="Wanneer")
    afspraak = VrijeTekst(
        label="Wat we de inspectie lieten weten",
        max_length=1000,
        lezers="Je collega's in de regio.",
        schrijf_niet=GEEN_NAMEN,
    )
