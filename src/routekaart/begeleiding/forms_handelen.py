"""Forms of phase 4: the start of a path, another day for it, and how it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier, VersieFormulier
from routekaart.basis.velden import DatumVeld, Keuze, Lijst, VrijeTekst
from routekaart.begeleiding.models import Traject
from routekaart.inhoud.codelijsten import codelijst

JA_NEE_ONBEKEND = (("ja", "Ja"), ("nee", "Nee"), ("onbekend", "Niet nagegaan"))
DRIEWAARDIG = {"ja": True, "nee": False, "onbekend": None, "": None}
GAAT_DOOR, GAAT_NIET_DOOR = "door", "niet"
# beside a label: nothing, where "mag leeg" would say too much
GEEN = " "


class UitvoeringFormulier(Formulier):
    """What starts, with whom and when."""

    rijen = (("aanbieder", "start_op"),)

    domein = forms.ChoiceField(label="Wat begint er?", widget=Keuze)
    wat = forms.CharField(
        label="Welke opleiding, welk werk of welke hulp?",
        max_length=200,
        help_text="Bijvoorbeeld: mbo 2 Techniek, bbl.",
    )
    aanbieder = forms.CharField(label="Bij wie?", required=False, max_length=160)
    start_op = DatumVeld(label="Startdatum")
    herhaling_omdat = forms.CharField(
        label="Eerder gedaan? Waarom past het nu wel?",
        required=False,
        max_length=240,
        help_text="Alleen als je iets opnieuw inzet.",
    )

    def __init__(self, *args: Any, op: dt.date, met_eerder: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not met_eerder:
            del self.fields["herhaling_omdat"]
        self.fields["domein"].choices = codelijst("vervolgdomeinen").keuzes(op=op)  # type: ignore[attr-defined]


class VerzetFormulier(VersieFormulier):
    """A start to come goes on, on another day, or does not go on at all."""

    gaat_door = forms.ChoiceField(
        label="Gaat de start door?",
        widget=Lijst,
        choices=((GAAT_DOOR, "Ja, op deze dag"), (GAAT_NIET_DOOR, "Nee, de start gaat niet door")),
    )
    start_op = DatumVeld(label="Startdatum", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start_op"].bij_label = "als de start doorgaat"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("gaat_door") == GAAT_DOOR and not data.get("start_op") and "start_op" not in self.errors:
            self.add_error("start_op", "Vul bij ‘Startdatum’ een datum in")
        return data

    @property
    def dag(self) -> dt.date | None:
        """The day of the start, None where it does not go on."""
        dag: dt.date | None = self.cleaned_data["start_op"]
        return dag if self.cleaned_data["gaat_door"] == GAAT_DOOR else None


class VoortgangFormulier(Formulier):
    """How it goes, what follows from it, and when to look again (MON-01 to MON-03, RGI-04)."""

    rijen = (("op", "volgende_op"),)

    traject = forms.ChoiceField(label="Over welk traject gaat het?", widget=Lijst)
    stand = forms.ChoiceField(label="Hoe loopt het?", widget=Keuze)
    tekst = VrijeTekst(label="Wat hoorde je, en van wie?", required=False)
    regie_opgepakt = forms.ChoiceField(required=False, widget=Keuze, choices=JA_NEE_ONBEKEND, initial="onbekend")
    vervolgactie = forms.CharField(
        label="Wat doe je nu?",
        required=False,
        max_length=200,
    )
    fase = forms.TypedChoiceField(
        label="Doe je een fase opnieuw?",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="De vorige ronde blijft bewaard. Schrijf hierboven op waarom.",
    )
    op = DatumVeld(label="Wanneer sprak je erover?")
    volgende_op = DatumVeld(label="Volgend moment", required=False)

    def __init__(
        self,
        *args: Any,
        vandaag: dt.date,
        trajecten: Sequence[Traject],
        regiehouder: str,
        fases: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        velden["stand"].choices = [
            paar for paar in codelijst("status-vervolgtraject").keuzes(op=vandaag) if paar[0] != "gepland"
        ]
        self._trajecten = {str(traject.sleutel): traject for traject in trajecten}
        velden["traject"].choices = [(sleutel, traject.wat) for sleutel, traject in self._trajecten.items()]
        for naam in ("regie_opgepakt", "fase"):
            velden[naam].bij_label = GEEN
        velden["vervolgactie"].bij_label = "nodig als het vastloopt"
        velden["volgende_op"].bij_label = "leeg als het klaar is"
        velden["fase"].choices = [("", "Nee, we gaan zo verder"), *fases]
        velden["regie_opgepakt"].label = f"Pakt {regiehouder} de casusregie op?"
        if not regiehouder:
            del self.fields["regie_opgepakt"]
        self.enige = trajecten[0] if len(trajecten) == 1 else None
        if len(trajecten) < 2:
            del self.fields["traject"]
        if not fases:
            del self.fields["fase"]

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        return {
            "op": data["op"],
            "stand": data["stand"],
            "tekst": data["tekst"],
            "vervolgactie": data["vervolgactie"],
            "volgende_op": data["volgende_op"],
            "traject": self.enige or self._trajecten.get(data.get("traject", "")),
            "fase_opnieuw": data.get("fase"),
            "regie_opgepakt": DRIEWAARDIG[data.get("regie_opgepakt", "")],
        }
