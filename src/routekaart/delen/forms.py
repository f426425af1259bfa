"""Forms about sharing."""

from __future__ import annotations

from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import Bestand, DatumVeld, Keuze
from routekaart.delen.acties import Antwoord
from routekaart.dossiers.documenten import GROOTSTE

JA_NEE = (("ja", "ja"), ("nee", "nee"))
VORMEN = (("mondeling", "mondeling"), ("schriftelijk", "op papier"))


def bestandveld() -> forms.FileField:
    """A signed declaration."""
    return forms.FileField(
        label="Getekende verklaring",
        required=False,
        widget=Bestand,
        help_text=f"Een pdf, jpg of png van hooguit {GROOTSTE // 1024 // 1024} MB.",
    )


class ToestemmingFormulier(Formulier):
    """One answer: with whom, for what, yes or no."""

    rijen = (("ontvanger", "doel"),)

    ontvanger = forms.CharField(label="Met wie?", max_length=160, help_text="De organisatie, bijvoorbeeld de school.")
    doel = forms.CharField(label="Waarvoor?", max_length=200, help_text="Wat deel je, en waarom?")
    antwoord = forms.ChoiceField(label="Mag het?", choices=JA_NEE, widget=Keuze)
    op = DatumVeld(label="Wanneer gevraagd?")
    vorm = forms.ChoiceField(label="Hoe?", choices=VORMEN, widget=Keuze, initial="mondeling")
    bestand = bestandveld()

    def antwoord_van(self, door: str) -> Antwoord:
        """What the act takes. `door`: who decides at this age."""
        gegeven = self.cleaned_data
        return Antwoord(gegeven["ontvanger"], gegeven["doel"], gegeven["antwoord"] == "ja", door, gegeven["vorm"])

    def verklaring(self) -> bytes | None:
        """The bytes of the signed paper."""
        bestand: Any = self.cleaned_data["bestand"]
        return bestand.read() if bestand else None


class IntrekkenFormulier(Formulier):
    """From which day the consent no longer holds."""

    op = DatumVeld(label="Vanaf wanneer?")
