"""What can be asked of the log."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import DatumVeld
from routekaart.beheer.logboek import Vraag
from routekaart.logboek.models import Logregel

DAGEN = 30


class LogboekVraag(Formulier):
    """A period, and if wanted one user, one kind of line or one dossier. Everything may stay empty."""

    rijen = (("van", "tot", "soort"), ("gebruiker", "code"))

    van = DatumVeld(label="Van", required=False)
    tot = DatumVeld(label="Tot en met", required=False)
    soort = forms.ChoiceField(
        label="Lezen of schrijven", required=False, choices=[("", "Alles"), *Logregel.Soort.choices]
    )
    gebruiker = forms.ChoiceField(label="Wie", required=False)
    code = forms.ChoiceField(label="Wat", required=False)
    dossier = forms.UUIDField(
        label="Dossier",
        required=False,
        help_text="De sleutel uit het adres van het dossier. Zo zie je wie dit dossier heeft bekeken.",
        error_messages={"invalid": "Dit is geen sleutel van een dossier. Kopieer hem uit het adres"},
    )
    voor = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, gebruikers: list[tuple[str, str]], codes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gebruiker"].choices = [("", "Iedereen"), *gebruikers]  # type: ignore[attr-defined]
        self.fields["code"].choices = [("", "Alles"), *codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        gegeven = super().clean() or self.cleaned_data
        van, tot = gegeven.get("van"), gegeven.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "‘Tot en met’ ligt voor ‘Van’")
        return gegeven

    def vraag(self, *, vandaag: dt.date) -> Vraag:
        """The question; without a period the last thirty days. Of a form that is not valid, nothing but the period."""
        gegeven = self.cleaned_data if self.is_valid() else {}
        tot = gegeven.get("tot") or vandaag
        return Vraag(
            van=gegeven.get("van") or tot - dt.timedelta(days=DAGEN),
            tot=tot,
            gebruiker=int(gegeven["gebruiker"]) if gegeven.get("gebruiker") else None,
            code=gegeven.get("code", ""),
            soort=gegeven.get("soort", ""),
            dossier=gegeven.get("dossier"),
            voor=gegeven.get("voor"),
        )
