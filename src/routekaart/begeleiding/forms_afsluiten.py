"""The form that closes a werkproces: the uitkomst first, and what each uitkomst asks besides."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from routekaart.basis.formulieren import Formulier, spreek_nederlands
from routekaart.basis.taal import opsomming
from routekaart.basis.velden import DatumVeld, Vinken, VrijeTekst
from routekaart.begeleiding.forms_handelen import GEEN
from routekaart.begeleiding.models import Doel
from routekaart.inhoud.codelijsten import Uitkomst, codelijst
from routekaart.regels.route import Stapstand

# what an option of the list tells the page: which parts of the form it needs
VROEG, AFWEGING = "data-vroeg", "data-afweging"


class Uitkomstkeuze(forms.Select):
    """A list whose options say what they ask, so that the page can leave out what is not asked."""

    kenmerken: Mapping[str, Sequence[str]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        optie = super().create_option(name, value, *args, **kwargs)
        for kenmerk in self.kenmerken.get(str(value), ()):
            optie["attrs"][kenmerk] = True
        return optie


def uitkomstgroepen(keuzes: Sequence[Uitkomst], *, leeg: str) -> list[tuple[str, Any]]:
    """The uitkomsten in two groups: the route walked to its end, or left early."""
    groepen: list[tuple[str, Any]] = [("", leeg)]
    gelopen = [(keuze.code, keuze.label) for keuze in keuzes if not keuze.eindigt_route_vroeg]
    vroeg = [(keuze.code, keuze.label) for keuze in keuzes if keuze.eindigt_route_vroeg]
    if gelopen:
        groepen.append(("De jongere is verder", gelopen))
    if vroeg:
        groepen.append(("De route stopt hier", vroeg))
    return groepen


def kenmerken_van(keuzes: Sequence[Uitkomst]) -> dict[str, list[str]]:
    """Per uitkomst what its option tells the page."""
    paren = {keuze.code: ((VROEG, keuze.eindigt_route_vroeg), (AFWEGING, keuze.afweging)) for keuze in keuzes}
    return {code: [naam for naam, geldt in rij if geldt] for code, rij in paren.items()}


@dataclass(frozen=True)
class OpenStap:
    """A step that is still open: with the field for its explanation, or why it cannot be left out."""

    stap: Stapstand
    veld: BoundField | None
    nee: str


class AfsluitFormulier(Formulier):
    """Uitkomst, day and result; and where the uitkomst asks it, explanations, a judgement and what DUO hears."""

    uitkomst = forms.ChoiceField(
        label="Uitkomst", widget=Uitkomstkeuze, error_messages={"required": "Kies een uitkomst"}
    )
    afgesloten_op = DatumVeld(label="Afgesloten op")
    resultaatdomeinen = forms.MultipleChoiceField(label="Waar is de jongere nu?", required=False, widget=Vinken)
    bereikte_doelen = forms.TypedMultipleChoiceField(
        label="Welke doelen zijn bereikt?", required=False, widget=Vinken, coerce=uuid.UUID
    )
    afsluiting = VrijeTekst(label="Wat is er bereikt?", required=False)
    afweging = VrijeTekst(
        label="Waarom stop je?",
        required=False,
        help_text="Wat deed je, en wat verwacht je nog van een volgende poging? Kent een partner een andere ingang?",
    )
    geen_huisbezoek_omdat = forms.CharField(
        label="Waarom ga je niet nog een keer langs?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    duo_afsluitreden = forms.TypedChoiceField(
        label="Reden voor DUO",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="School leest dit in het eigen systeem.",
    )
    duo_opmerking = forms.TypedChoiceField(label="Opmerking voor DUO", required=False, coerce=int, empty_value=None)

    def __init__(
        self,
        *args: Any,
        op: dt.date,
        uitkomsten: Sequence[Uitkomst],
        open_stappen: Sequence[tuple[Stapstand, str]],
        doelen: Sequence[Doel],
        huisbezoek: str,
        met_duo: bool,
        gevolg_url: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        keuze = velden["uitkomst"]
        keuze.choices = uitkomstgroepen(uitkomsten, leeg=f"Kies uit {len(uitkomsten)} uitkomsten")
        keuze.widget.kenmerken = kenmerken_van(uitkomsten)
        keuze.widget.attrs |= {"hx-get": gevolg_url, "hx-target": "#gevolg", "hx-swap": "innerHTML"}
        velden["resultaatdomeinen"].choices = codelijst("resultaatdomeinen").keuzes(op=op)
        velden["resultaatdomeinen"].bij_label = "meer dan één mag"
        self._open = list(open_stappen)
        for stap, nee in self._open:
            if not nee:
                self._vraag_uitleg(stap)
        self._zet_doelen(doelen)
        self._zet_afweging(uitkomsten, huisbezoek)
        self._zet_duo(op, met_duo=met_duo)

    def _vraag_uitleg(self, stap: Stapstand) -> None:
        # who reads it is said once for all of them
        veld = forms.CharField(label=f"Stap {stap.nummer}, {stap.stap.naam.lower()}", required=False, max_length=400)
        spreek_nederlands(veld, str(veld.label))
        veld.bij_label = GEEN  # type: ignore[attr-defined]
        self.fields[f"stap_{stap.nummer}"] = veld

    def _zet_doelen(self, doelen: Sequence[Doel]) -> None:
        veld: Any = self.fields["bereikte_doelen"]
        veld.choices = [(str(doel.sleutel), doel.tekst) for doel in doelen]
        veld.bij_label = GEEN
        if not doelen:
            del self.fields["bereikte_doelen"]

    def _zet_afweging(self, uitkomsten: Sequence[Uitkomst], huisbezoek: str) -> None:
        weeg = [keuze.label for keuze in uitkomsten if keuze.afweging]
        if not weeg:
            del self.fields["afweging"], self.fields["geen_huisbezoek_omdat"]
            return
        velden: dict[str, Any] = self.fields
        velden["afweging"].bij_label = f"bij {opsomming((f'‘{naam}’' for naam in weeg), 'en')}"
        if huisbezoek:
            velden["geen_huisbezoek_omdat"].help_text = huisbezoek
            velden["geen_huisbezoek_omdat"].bij_label = "bij dezelfde uitkomsten"
        else:
            del self.fields["geen_huisbezoek_omdat"]

    def _zet_duo(self, op: dt.date, *, met_duo: bool) -> None:
        lijsten = {"duo_afsluitreden": "duo-afsluitredenen", "duo_opmerking": "duo-afsluitopmerkingen"}
        for naam, lijst in lijsten.items():
            if not met_duo:
                del self.fields[naam]
                continue
            veld: Any = self.fields[naam]
            veld.choices = [("", "Wat bij de uitkomst hoort"), *codelijst(lijst).keuzes(op=op)]
            veld.bij_label = GEEN

    @property
    def open_stappen(self) -> list[OpenStap]:
        """The steps that are still open, each with its field."""
        return [
            OpenStap(stap, self[f"stap_{stap.nummer}"] if f"stap_{stap.nummer}" in self.fields else None, nee)
            for stap, nee in self._open
        ]

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        return {
            "uitkomst": data["uitkomst"],
            "afgesloten_op": data["afgesloten_op"],
            "resultaatdomeinen": data["resultaatdomeinen"],
            "bereikte_doelen": data.get("bereikte_doelen", []),
            "afsluiting": data["afsluiting"],
            "afweging": data.get("afweging", ""),
            "geen_huisbezoek_omdat": data.get("geen_huisbezoek_omdat", ""),
            "duo_afsluitreden": data.get("duo_afsluitreden"),
            "duo_opmerking": data.get("duo_opmerking"),
            "uitleg": {stap.nummer: data.get(f"stap_{stap.nummer}", "") for stap, _ in self._open},
        }
