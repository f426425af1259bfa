"""Forms of phase 2: the intake, the life domains, the Big 5, privacy and insight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from routekaart.basis.formulieren import Formulier, VersieFormulier, spreek_nederlands
from routekaart.basis.taal import hoofdletter
from routekaart.basis.velden import DatumVeld, Keuze, Niveaus, TijdVeld, VrijeTekst
from routekaart.begeleiding.models import Doel, Inzicht, Leefdomeinbeeld
from routekaart.delen.acties import Antwoord
from routekaart.delen.forms import JA_NEE, VORMEN, bestandveld
from routekaart.dossiers.forms import lokaal_moment
from routekaart.inhoud.codelijsten import codelijst

NIVEAUS = codelijst("leefdomein-niveaus")


def voeg_toe(form: Formulier, naam: str, veld: forms.Field, *, bij_label: str | None = None) -> None:
    """Adds a field that the class does not declare, with the Dutch messages that the others have."""
    spreek_nederlands(veld, str(veld.label))
    if bij_label is not None:
        veld.bij_label = bij_label  # type: ignore[attr-defined]
    form.fields[naam] = veld


class IntakePlannenFormulier(VersieFormulier):
    """When, where and with whom. What concerns the school stands here only where the jongere is enrolled."""

    rijen = (("datum", "tijd"),)

    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Tijd")
    plaats = forms.CharField(label="Waar spreken jullie af?", max_length=120)
    wens_gevraagd = forms.BooleanField(label="Ik heb gevraagd wie de jongere erbij wil", required=False)
    wens = forms.CharField(required=False, max_length=200, help_text="Bijvoorbeeld een ouder, een vriend of niemand.")
    school_erbij = forms.BooleanField(label="School doet mee", required=False)
    school_niet_omdat = forms.CharField(
        label="Waarom is school er niet bij?",
        required=False,
        max_length=200,
        help_text="Alleen als school niet meedoet.",
    )

    def __init__(self, *args: Any, naam: str, school: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wens_gevraagd"].label = f"Ik heb gevraagd wie {naam} erbij wil"
        self.fields["wens"].label = f"Wie wil {naam} erbij?"
        if school:
            self.fields["school_erbij"].help_text = f"{naam} staat ingeschreven bij {school}."
        else:
            del self.fields["school_erbij"], self.fields["school_niet_omdat"]

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        gegeven = dict(self.cleaned_data)
        gegeven["moment"] = lokaal_moment(gegeven.pop("datum"), gegeven.pop("tijd"))
        return {"school_erbij": False} | gegeven


class IntakeFormulier(VersieFormulier):
    """The talk itself: the question first, then what was asked along the way (CL-10)."""

    gehouden_op = DatumVeld(label="Wanneer was het gesprek?")
    deelnemers = forms.CharField(label="Wie waren erbij?", max_length=200)
    elders = forms.CharField(
        label="Was het een driegesprek bij een andere afdeling?",
        required=False,
        max_length=120,
        help_text="Schrijf op waar, bijvoorbeeld Werk en Inkomen. Een tweede intake is dan niet nodig.",
    )
    wens_gevraagd = forms.BooleanField(label="Ik heb gevraagd wie de jongere erbij wil", required=False)
    # one privacy hint stands below all texts of this form: two of the same beside each other are not read
    ondersteuningsvraag = forms.CharField(
        label="Wat vraagt de jongere, in eigen woorden?", widget=forms.Textarea(attrs={"rows": 3})
    )
    onderliggende_vraag = forms.CharField(
        label="Welke vraag zit daarachter?",
        required=False,
        help_text="Wat hoorde je tussen de regels? Toets het bij de jongere.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, naam: str, gevraagd: bool, bekend: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wens_gevraagd"].label = f"Ik heb gevraagd wie {naam} erbij wil"
        self.fields["ondersteuningsvraag"].label = f"Wat vraagt {naam}, in eigen woorden?"
        if gevraagd:
            del self.fields["wens_gevraagd"]
        for vraag in codelijst("intakevragen").waarden:
            veld = forms.CharField(
                label=vraag.label,
                required=False,
                help_text=bekend.get(vraag.code, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            voeg_toe(self, f"vraag_{vraag.code}", veld, bij_label=" ")

    @property
    def vragen(self) -> list[BoundField]:
        """The questions of the region's form."""
        return [self[naam] for naam in self.fields if naam.startswith("vraag_")]

    @property
    def iets_ingevuld(self) -> bool:
        """Whether a question has an answer or an error: then the list stands open."""
        return any(veld.value() or veld.errors for veld in self.vragen)

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        eigen = {naam: waarde for naam, waarde in self.cleaned_data.items() if not naam.startswith("vraag_")}
        eigen["antwoorden"] = {
            naam.removeprefix("vraag_"): waarde
            for naam, waarde in self.cleaned_data.items()
            if naam.startswith("vraag_")
        }
        return eigen


class LeefdomeinFormulier(Formulier):
    """One reading of one domain."""

    stand = forms.TypedChoiceField(
        label="Stand nu", required=False, coerce=int, empty_value=None, widget=Niveaus, choices=[]
    )
    aard = forms.ChoiceField(label="Wat leg je vast?", required=False, widget=Keuze)
    tekst = VrijeTekst(label="In eigen woorden of als feit", required=False)
    doel = forms.ModelChoiceField(
        label="Hoort bij doel",
        queryset=Doel.objects.none(),
        required=False,
        empty_label="geen doel",
        to_field_name="sleutel",
    )

    def __init__(self, *args: Any, naam: str, doelen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        velden["stand"].choices = [("", "leeg"), *((niveau.code, niveau.code) for niveau in NIVEAUS.waarden)]
        velden["stand"].bij_label = "mag leeg, Zelfredzaamheid-Matrix"
        velden["aard"].choices = [
            (waarde, f"Woorden van {naam}" if waarde == "woorden" else hoofdletter(str(label)))
            for waarde, label in Leefdomeinbeeld.Aard.choices
        ]
        velden["aard"].bij_label = "bij een tekst"
        velden["tekst"].lezers = f"{naam}, jij en je team."
        velden["tekst"].schrijf_niet = "Schrijf geen diagnose, geen bedragen en geen namen van anderen."
        if doelen:
            velden["doel"].queryset = doelen
            velden["doel"].label_from_instance = lambda doel: doel.tekst
            velden["doel"].bij_label = ""
        else:
            del self.fields["doel"]


class Big5Formulier(Formulier):
    """The five principles, each with yes, partly or no."""

    op = DatumVeld(label="Wanneer sprak je erover?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standen = [(stand.code, stand.label) for stand in codelijst("big5-standen").waarden]
        for punt in codelijst("big5").waarden:
            stand = forms.ChoiceField(
                label=punt.label,
                required=False,
                choices=standen,
                widget=Keuze,
                help_text=hoofdletter(str(punt["omschrijving"])),
            )
            voeg_toe(self, punt.code, stand, bij_label=" ")
            toelichting = forms.CharField(label=f"Toelichting bij {punt.label}", required=False, max_length=240)
            voeg_toe(self, f"{punt.code}_toelichting", toelichting)

    @property
    def punten(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each principle with its explanation."""
        for punt in codelijst("big5").waarden:
            yield self[punt.code], self[f"{punt.code}_toelichting"]

    def standen(self) -> dict[str, tuple[str, str]]:
        """What the act takes."""
        return {
            punt.code: (self.cleaned_data[punt.code], self.cleaned_data[f"{punt.code}_toelichting"])
            for punt in codelijst("big5").waarden
        }


class PrivacyFormulier(Formulier):
    """The talk, with a row per receiver; a row counts once yes or no was chosen."""

    op = DatumVeld(label="Wanneer was het gesprek?")
    besproken = VrijeTekst(
        label="Wat spraken jullie af?",
        required=False,
        rijen=3,
        help_text="Bijvoorbeeld: wat je met wie deelt, en wat zeker niet.",
    )
    vorm = forms.ChoiceField(label="Hoe is de toestemming gegeven?", choices=VORMEN, widget=Keuze, initial="mondeling")
    bestand = bestandveld()
    aantal = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=12)

    def __init__(self, *args: Any, voorstel: Sequence[tuple[str, str]], aantal: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("aantal", aantal)
        self.nummers = range(aantal)
        for nummer in self.nummers:
            ontvanger, doel = voorstel[nummer] if nummer < len(voorstel) else ("", "")
            velden = {
                "ontvanger": forms.CharField(label="Met wie?", required=False, max_length=160, initial=ontvanger),
                "doel": forms.CharField(label="Waarvoor?", required=False, max_length=200, initial=doel),
                "antwoord": forms.ChoiceField(label="Mag het?", required=False, choices=JA_NEE, widget=Keuze),
            }
            for naam, veld in velden.items():
                voeg_toe(self, f"{naam}_{nummer}", veld, bij_label=" ")

    def zonder_controle(self) -> None:
        """Shows what was typed without judging it: another row was asked for, nothing was sent yet."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    @property
    def regels(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """The rows to fill in."""
        return [
            (self[f"ontvanger_{nummer}"], self[f"doel_{nummer}"], self[f"antwoord_{nummer}"]) for nummer in self.nummers
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for nummer in self.nummers:
            if not data.get(f"antwoord_{nummer}"):
                continue
            for naam, zin in (("ontvanger", "Schrijf op met wie je wilt delen"), ("doel", "Schrijf op waarvoor")):
                if not data.get(f"{naam}_{nummer}"):
                    self.add_error(f"{naam}_{nummer}", zin)
        return data

    def antwoorden(self, door: str) -> list[Antwoord]:
        """What the act takes. `door`: who decides at this age."""
        data = self.cleaned_data
        gekozen = [nummer for nummer in self.nummers if data[f"antwoord_{nummer}"]]
        return [
            Antwoord(data[f"ontvanger_{nr}"], data[f"doel_{nr}"], data[f"antwoord_{nr}"] == "ja", door, data["vorm"])
            for nr in gekozen
        ]


class InzichtFormulier(VersieFormulier):
    """What is known on one point, and from whom."""

    redencode = forms.ChoiceField(label="Soort reden", help_text="Om te kunnen tellen waardoor jongeren uitvallen.")
    tekst = VrijeTekst(label="Wat weet je?", rijen=4)
    bron = forms.CharField(
        label="Van wie weet je dit?", max_length=120, help_text="Bijvoorbeeld: gesprek met de jongere, of de mentor."
    )
    op = DatumVeld(label="Wanneer hoorde je dit?")

    def __init__(self, *args: Any, punt: str, op: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if punt == "redenen":
            veld: Any = self.fields["redencode"]
            veld.choices = [("", "Kies een reden"), *codelijst("redenen-uitval").keuzes(op=op)]
        else:
            del self.fields["redencode"]


def begin_inzicht(inzicht: Inzicht | None, *, ronde: int, op: dt.date) -> dict[str, Any]:
    """What the form opens with: what is known, also from an earlier round."""
    if inzicht is None:
        return {"versie": 0, "op": op}
    return {
        "versie": inzicht.versie if inzicht.ronde == ronde else 0,
        "tekst": inzicht.tekst,
        "bron": inzicht.bron,
        "op": inzicht.op if inzicht.ronde == ronde else op,
        "redencode": inzicht.redencode,
    }
