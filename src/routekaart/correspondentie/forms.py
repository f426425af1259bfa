"""The form of a letter: who, the things only the colleague knows, and the text to edit."""

from __future__ import annotations

from typing import Any

from django import forms

from routekaart.basis import taal
from routekaart.basis.formulieren import Formulier, spreek_nederlands
from routekaart.basis.velden import DatumVeld, TijdVeld, VrijeTekst
from routekaart.inhoud.brieven import PLAATSHOUDERS, Briefsjabloon
from routekaart.personen.models import Verzorger

WIE_LEEST = {
    "jongere": "De jongere, en wie de brief thuis opent.",
    "verzorger": "De ouders. Daarom staat er niets over de jongere in.",
}
SCHRIJF_NIET = "Wat tussen accolades staat, vullen we in."


class BriefFormulier(Formulier):
    """A letter before it becomes a PDF."""

    rijen = (("datum", "tijd"),)

    aan = forms.CharField(label="Aan wie?", max_length=160)
    adres = forms.CharField(label="Adres", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, vorm: Briefsjabloon, verzorgers: list[Verzorger], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vorm = vorm
        if vorm.ontvanger == "verzorger":
            namen = [(verzorger.naam, verzorger.naam) for verzorger in verzorgers]
            self._veld("aan", forms.ChoiceField(label="Aan wie?", choices=namen))
        for naam in vorm.vragen:
            vraag: Any = self._vraag(naam)
            vraag.bij_label = " "
            self._veld(naam, vraag)
        onderwerp = forms.CharField(label="Onderwerp", max_length=160)
        tekst = VrijeTekst(
            label="Tekst",
            rijen=16,
            lezers=WIE_LEEST.get(vorm.ontvanger, "Wie de brief krijgt."),
            schrijf_niet=SCHRIJF_NIET,
        )
        self._veld("onderwerp", onderwerp)
        self._veld("tekst", tekst)

    def _veld(self, naam: str, veld: forms.Field) -> None:
        spreek_nederlands(veld, str(veld.label))
        self.fields[naam] = veld

    def _vraag(self, naam: str) -> forms.Field:
        label = PLAATSHOUDERS[naam].vraag
        if naam == "datum":
            return DatumVeld(label=label, required=False)
        if naam == "tijd":
            return TijdVeld(label=label, required=False)
        if naam == "ontvangers":
            hulp = "Eén per regel, met een streepje ervoor: wie, en waarvoor."
            return forms.CharField(
                label=label, required=False, help_text=hulp, widget=forms.Textarea(attrs={"rows": 4})
            )
        return forms.CharField(label=label, required=False, max_length=160)

    def gegevens(self, bron: dict[str, Any]) -> dict[str, str]:
        """What the colleague filled in, in words, by placeholder. Empty stays out."""
        gevonden = {}
        for naam in self.vorm.vragen:
            waarde = bron.get(naam)
            if waarde in (None, ""):
                continue
            if naam == "datum":
                gevonden[naam] = taal.datum_voluit(waarde, weekdag=True)
            elif naam == "tijd":
                gevonden[naam] = taal.tijd(waarde)
            else:
                gevonden[naam] = str(waarde).strip()
        return gevonden
