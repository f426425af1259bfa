"""The form of a moment of aftercare: three checks, what was heard, and whether it goes wrong again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.taal import datum_kort
from routekaart.basis.velden import DatumVeld, Keuze, Lijst, VrijeTekst
from routekaart.begeleiding.acties import Bevinding
from routekaart.begeleiding.forms_handelen import GEEN
from routekaart.begeleiding.models import Nazorgmoment

JA_NEE_ONBEKEND = (("ja", "Ja"), ("nee", "Nee"), ("onbekend", "Weet ik niet"))
DRIEWAARDIG = {"ja": True, "nee": False, "onbekend": None}
TUSSENDOOR = "tussendoor"


def _check(vraag: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=vraag, choices=JA_NEE_ONBEKEND, widget=Keuze, initial="onbekend")


class NazorgFormulier(Formulier):
    """NAZ-06 and NAZ-07 on one screen."""

    rijen = (("gehouden_op", "volgende_op"),)

    moment = forms.ChoiceField(label="Welk moment is dit?", widget=Keuze)
    op_school = _check("Onderwijs?")
    aan_werk = _check("Werk?")
    in_zorg = _check("Zorg of hulp?")
    tekst = VrijeTekst(label="Wat hoorde je?", required=False)
    terugval = forms.TypedChoiceField(
        label="Gaat het weer mis?",
        required=False,
        widget=Lijst,
        coerce=int,
        empty_value=None,
        help_text="Dan gaat het werkproces weer open. Schrijf hierboven op wat er gebeurde.",
    )
    gehouden_op = DatumVeld(label="Wanneer sprak je elkaar?")
    volgende_op = DatumVeld(label="Extra moment", required=False)

    def __init__(
        self, *args: Any, gepland: Sequence[Nazorgmoment], fases: Sequence[tuple[str, str]], op: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        self._gepland = {str(moment.sleutel): moment for moment in gepland}
        if gepland:
            velden["moment"].choices = [
                *(
                    (sleutel, f"Gepland op {datum_kort(rij.gepland_op, op=op)}")
                    for sleutel, rij in self._gepland.items()
                ),
                (TUSSENDOOR, "Tussendoor"),
            ]
            self.initial.setdefault("moment", str(gepland[0].sleutel))
        else:
            del self.fields["moment"]
        # 0 stands for no: an empty choice of a group is not shown
        velden["terugval"].choices = [("0", "Nee"), *fases]
        velden["terugval"].bij_label = GEEN
        self.initial.setdefault("terugval", "0")

    def bevinding(self) -> Bevinding:
        """What was heard."""
        data = self.cleaned_data
        checks = {naam: DRIEWAARDIG[data[naam]] for naam in ("op_school", "aan_werk", "in_zorg")}
        return Bevinding(gehouden_op=data["gehouden_op"], tekst=data["tekst"], **checks)

    @property
    def gekozen(self) -> Nazorgmoment | None:
        """The planned moment that this was; None for one in between."""
        return self._gepland.get(self.cleaned_data.get("moment", ""))

    @property
    def fase(self) -> int | None:
        """The phase to which the werkproces goes back; None where there is no relapse."""
        return self.cleaned_data["terugval"] or None
