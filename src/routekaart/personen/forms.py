"""Forms about who is who: they clean, the acts act."""

from __future__ import annotations

from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.taal import hoofdletter
from routekaart.basis.velden import Lijst
from routekaart.personen.models import BrpTerugmelding, Dubbel, Jongere

WAT = [(code, hoofdletter(str(tekst))) for code, tekst in BrpTerugmelding.Wat.choices]


class SamenvoegFormulier(Formulier):
    """Which of the two dossiers stays, and how one knows."""

    blijft = forms.ChoiceField(
        label="Welk dossier blijft?",
        widget=Lijst,
        help_text="Alles van het andere dossier verhuist mee. Het oude adres blijft werken.",
    )
    waarom = forms.CharField(
        label="Waaruit blijkt dat dit één persoon is?",
        max_length=240,
        help_text="Bijvoorbeeld: de school bevestigde het, of het stond op het diploma.",
    )

    def __init__(self, *args: Any, dubbel: Dubbel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.op_sleutel = {str(wie.sleutel): wie for wie in (dubbel.een, dubbel.ander)}
        letters = dict(zip(self.op_sleutel, "AB", strict=True))
        velden: dict[str, Any] = self.fields
        velden["blijft"].choices = [(s, f"Dossier {letters[s]}: {wie.naam}") for s, wie in self.op_sleutel.items()]

    @property
    def keuze(self) -> tuple[Jongere, Jongere]:
        """Who stays and who goes."""
        blijft = self.op_sleutel[self.cleaned_data["blijft"]]
        return blijft, next(wie for wie in self.op_sleutel.values() if wie != blijft)


class VerschillendFormulier(Formulier):
    """These are two people, and how one knows."""

    toelichting = forms.CharField(
        label="Waaruit blijkt dat dit twee mensen zijn?",
        max_length=240,
        help_text="Bijvoorbeeld: het zijn nichten, of we spraken ze allebei.",
    )


class OngedaanFormulier(Formulier):
    """Taking a merge back, and whether the pair may be proposed again."""

    twee_mensen = forms.BooleanField(
        label="Dit zijn twee mensen. Stel ze niet meer voor als dubbel.", required=False, initial=True
    )


class TweedeFormulier(Formulier):
    """Looks for the other dossier of somebody who is double."""

    q = forms.CharField(label="Wie is dezelfde persoon?", max_length=120, help_text="Zoek op naam of geboortedatum.")


class BrpTerugmeldFormulier(Formulier):
    """What seems wrong in the BRP, what it should be, and how one knows."""

    wat = forms.ChoiceField(label="Wat klopt er niet?", widget=Lijst, choices=WAT)
    volgens_ons = forms.CharField(label="Hoe is het volgens jou?", max_length=240)
    waaruit = forms.CharField(
        label="Waaruit blijkt dat?",
        max_length=240,
        help_text="Bijvoorbeeld: de jongere vertelde het zelf, of de post kwam terug.",
    )
