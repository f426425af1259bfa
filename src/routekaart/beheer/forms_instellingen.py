"""Changing one setting: the value, from which day, and where that was agreed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from routekaart.basis.formulieren import Formulier
from routekaart.basis.parameters import STANDAARD
from routekaart.basis.taal import getal
from routekaart.basis.velden import DatumVeld, Keuze
from routekaart.beheer.acties_instellingen import LANGSTE
from routekaart.beheer.instellingen import GRENZEN, LIJST, MAG_LEEG, RUIM, protocolnamen

JA_NEE = (("ja", "Ja"), ("nee", "Nee"))
ZETTEN, STANDAARD_WEER = "zetten", "standaard"


class Getallen(forms.CharField):
    """'1, 3 en 6' → [1, 3, 6]."""

    def to_python(self, value: Any) -> Any:
        """The numbers, in the order in which they were written."""
        delen = [deel for deel in re.split(r"[,;\s]+|\ben\b", super().to_python(value) or "") if deel]
        if not all(deel.isdecimal() for deel in delen):
            raise ValidationError("Schrijf getallen met komma’s ertussen, bijvoorbeeld 1, 3, 6")
        return [int(deel) for deel in delen]


class _Basis(Formulier):
    doe = forms.CharField(widget=forms.HiddenInput)
    stand = forms.CharField(widget=forms.HiddenInput, required=False)
    van = DatumVeld(label="Vanaf welke dag?")
    toelichting = forms.CharField(
        label="Waar is dit afgesproken?",
        max_length=LANGSTE,
        help_text="Bijvoorbeeld: regionaal overleg van 12 november. Noem geen jongeren.",
    )


class InstellingFormulier(_Basis):
    """A value of the region's own."""

    field_order = ("waarde", "van", "toelichting")

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields, "waarde": _veld(code)}  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)
        self.code = code

    def waarde(self) -> Any:
        """What the act takes."""
        gegeven = self.cleaned_data["waarde"]
        return gegeven == "ja" if isinstance(STANDAARD[self.code].waarde, bool) else gegeven


class StandaardFormulier(_Basis):
    """Back to the default."""


def _veld(code: str) -> forms.Field:
    standaard = STANDAARD[code]
    if code == "contactprotocol":
        return forms.ChoiceField(label="Welk protocol?", choices=list(protocolnamen().items()))
    if isinstance(standaard.waarde, bool):
        return forms.ChoiceField(label="Ja of nee?", choices=JA_NEE, widget=Keuze)
    laagste, hoogste = GRENZEN.get(code, RUIM)
    tussen = f"Van {getal(laagste)} tot en met {getal(hoogste)}."
    if code in LIJST:
        return Getallen(label="Welke waarden?", help_text=f"{tussen} Met komma’s ertussen.")
    leeg = " Leeg: de wettelijke grens." if code in MAG_LEEG else ""
    return forms.IntegerField(
        label="Welke waarde?",
        min_value=laagste,
        max_value=hoogste,
        required=code not in MAG_LEEG,
        help_text=f"{tussen}{leeg}",
    )


def als_invoer(code: str, waarde: Any) -> Any:
    """A stored value as its field shows it."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return ", ".join(str(deel) for deel in waarde) if code in LIJST else waarde
