"""What a school fills in about one pupil who leaves (SCR-01)."""

from __future__ import annotations

from django import forms

from routekaart.basis.velden import Keuze, Lijst
from routekaart.portaal.forms import PortaalFormulier
from routekaart.signalen.schoolvraag import BESTEMMINGEN, Antwoord

DIPLOMA: dict[str, bool | None] = {"ja": True, "nee": False, "onbekend": None}
DIPLOMA_ALS = {waarde: code for code, waarde in DIPLOMA.items()}


class VertrekFormulier(PortaalFormulier):
    """Where a pupil goes, and whether there is a diploma."""

    bestemming = forms.ChoiceField(
        label="Waar gaat deze leerling heen?",
        help_text="Zo weten wij bij wie hulp nodig kan zijn.",
        choices=list(BESTEMMINGEN.items()),
        widget=Lijst,
        error_messages={"required": "Kies waar deze leerling heen gaat"},
    )
    wat = forms.CharField(
        label="Welke school of opleiding, welk werk, of waarom niet bekend",
        help_text="Nodig bij een opleiding, en als u het niet weet. Schrijf geen diagnose op.",
        max_length=100,
        required=False,
    )
    diploma = forms.ChoiceField(
        label="Haalt deze leerling een diploma of getuigschrift?",
        help_text="Van dit schooljaar.",
        choices=[("ja", "Ja"), ("nee", "Nee"), ("onbekend", "Nog niet bekend")],
        widget=Keuze,
        initial="onbekend",
        error_messages={"required": "Kies of er een diploma of getuigschrift is"},
    )

    @property
    def antwoord(self) -> Antwoord:
        """What was filled in; the contact is added by who knows who filled it in."""
        data = self.cleaned_data
        return Antwoord(data["bestemming"], data["wat"], DIPLOMA[data["diploma"]])
