"""Forms of the workplace."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import Lijst, VrijeTekst
from routekaart.inhoud.codelijsten import codelijst


class DoelgroepFormulier(Formulier):
    """Confirms the proposed doelgroep or chooses another, then with a motivation (DGR-01)."""

    doelgroep = forms.ChoiceField(label="Welke doelgroep past nu?", widget=Lijst)
    doelgroep_motivatie = VrijeTekst(
        label="Waarom wijk je af van het voorstel?", required=False, help_text="Alleen nodig als je een andere kiest."
    )

    oordeel = VrijeTekst(
        label="Moet er nu iets gebeuren, en waarom?",
        help_text="Stap 3 staat weer open. Geef daarom ook opnieuw je oordeel.",
    )

    def __init__(self, *args: Any, op: dt.date, met_oordeel: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not met_oordeel:
            del self.fields["oordeel"]
        self.fields["doelgroep"].choices = codelijst("doelgroepen").keuzes(op=op)  # type: ignore[attr-defined]
