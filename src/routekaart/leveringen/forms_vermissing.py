"""Forms for what a full delivery did not hold: one of them, or several at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier, VersieFormulier
from routekaart.basis.models import Gemeente
from routekaart.basis.velden import DatumVeld, Keuze
from routekaart.inhoud import gebied
from routekaart.leveringen.acties_vermissing import BRP, HOE, Besluit, peildatum_van
from routekaart.leveringen.models import Levering, Vermissing

BEEINDIGD = Vermissing.Besluit.BEEINDIGD


class Besluitvelden(forms.Form):
    """What can be decided; the fields for ending only where that can be."""

    besluit = forms.ChoiceField(label="Wat doe je ermee?", widget=Keuze)
    hoe = forms.ChoiceField(
        label="Waar is deze jongere?", required=False, widget=Keuze, help_text="Alleen bij ‘woont hier niet meer’."
    )
    gemeente = forms.ChoiceField(label="Woont nu in", required=False, help_text="Alleen bij een verhuizing.")
    tot = DatumVeld(label="Laatste dag", required=False, help_text="Alleen als je het beëindigt.")
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=160,
        required=False,
        help_text="Nodig als het blijft zoals het is: hoe weet je dat?",
    )

    def richt_in(self, levering: Levering, *, kan_eindigen: bool, laatste: dt.date) -> None:
        """The choices for this kind of delivery; `laatste` is the last day that is proposed."""
        uit_brp = levering.soort == BRP
        keuzes: list[tuple[str, str]] = [
            (Vermissing.Besluit.BEZIEN, "Nog bezien: ik kijk er later naar"),
            (Vermissing.Besluit.BLIJFT, "Het klopt bij ons: laat het zo"),
        ]
        if kan_eindigen and uit_brp:
            keuzes.append((BEEINDIGD, "Het klopt dat deze jongere hier niet meer woont: leg dat vast"))
        elif kan_eindigen:
            keuzes.append((BEEINDIGD, "Het klopt dat dit er niet meer is: beëindig het"))
        self._kies("besluit", keuzes)
        if kan_eindigen and uit_brp:
            self._kies("hoe", [(code, tekst[:1].upper() + tekst[1:]) for code, tekst in HOE.items()])
            self._kies("gemeente", [("", "Kies een gemeente"), *_gemeenten(levering, laatste)])
            self.fields["tot"].label = "Sinds welke dag?"
            self.fields["tot"].help_text = "Alleen bij ‘woont hier niet meer’."
        else:
            del self.fields["hoe"], self.fields["gemeente"]
        if kan_eindigen:
            self.fields["tot"].initial = laatste
        else:
            del self.fields["tot"]

    def _kies(self, naam: str, keuzes: Sequence[tuple[str, str]]) -> None:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = list(keuzes)

    @property
    def gekozen(self) -> Besluit:
        """What was filled in."""
        data = self.cleaned_data
        namen = ("besluit", "toelichting", "tot", "hoe", "gemeente")
        return Besluit(**{naam: data[naam] for naam in namen if naam in data})


def _gemeenten(levering: Levering, op: dt.date) -> list[tuple[str, str]]:
    """All of the country on that day, those of the own region first."""
    eigen = dict(Gemeente.objects.geldig_op(op).filter(regio_id=levering.regio_id).values_list("code", "naam"))
    andere = {code: een.naam for code, een in gebied.gemeenten().items() if een.geldig_op(op) and code not in eigen}
    return [*sorted(eigen.items(), key=lambda paar: paar[1]), *sorted(andere.items(), key=lambda paar: paar[1])]


class VermissingFormulier(Besluitvelden, VersieFormulier):
    """What is to be done about who or what a full delivery did not hold."""

    def __init__(self, *args: Any, vermissing: Vermissing, kan_eindigen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        laatste = peildatum_van(vermissing) - dt.timedelta(days=0 if vermissing.levering.soort == BRP else 1)
        self.richt_in(vermissing.levering, kan_eindigen=kan_eindigen, laatste=laatste)
        self.fields["besluit"].initial = vermissing.besluit or None
        self.fields["toelichting"].initial = vermissing.toelichting
        self.fields["versie"].initial = vermissing.versie


class SamenFormulier(Besluitvelden, Formulier):
    """The same decision about all that were ticked."""

    def __init__(self, *args: Any, levering: Levering, laatste: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.richt_in(levering, kan_eindigen=True, laatste=laatste)
