"""What one can do with a signal, or with a selection of them; and how many a team lets in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.taal import opsomming
from routekaart.basis.velden import DatumVeld, Lijst, Vinken, VrijeTekst
from routekaart.delen.gronden import GRONDSLAGEN, LANGSTE_DOEL
from routekaart.inhoud.codelijsten import codelijst
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.acties import HOOGSTE_PER_WEEK, LANGSTE_REDEN
from routekaart.signalen.models import Signaal
from routekaart.toegang.models import Team

MELDING, TOEWIJZEN, WEGLEGGEN, TERUGHALEN = "melding", "toewijzen", "wegleggen", "terughalen"
TEAM = "team"


class Doeformulier(Formulier):
    """Base: which act this form is, and about which signals (only on the page of a selection)."""

    doet = ""
    doe = forms.CharField(widget=forms.HiddenInput)
    signaal = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, selectie: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{self.doet}_%s")
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "doe": self.doet, "signaal": selectie}


class Meldingvelden(Formulier):
    """What one says when a melding is made of it."""

    doet = MELDING
    toelichting = VrijeTekst(
        label="Wat weet je er al van?",
        required=False,
        max_length=1000,
        lezers="Wie deze melding mag zien. De jongere kan het opvragen.",
        schrijf_niet="Geen diagnose en geen vermoedens.",
    )


class Toewijsvelden(Formulier):
    """To which colleague it goes, or back to the team."""

    doet = TOEWIJZEN
    aan = forms.ChoiceField(label="Wie pakt dit op?")

    def __init__(self, *args: Any, collegas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aan"].choices = [*collegas, (TEAM, "Terug naar het team")]  # type: ignore[attr-defined]


class MeldingFormulier(Meldingvelden, Doeformulier):
    """Make a melding of it."""


class ToewijsFormulier(Toewijsvelden, Doeformulier):
    """Give it to a colleague, or back to the team."""


class WeglegFormulier(Doeformulier):
    """Set it aside, with a reason."""

    doet = WEGLEGGEN
    reden = VrijeTekst(
        label="Waarom hoeft er niets?",
        max_length=LANGSTE_REDEN,
        lezers="Je team. De jongere kan het opvragen.",
        schrijf_niet="Geen diagnose en geen vermoedens.",
        error_messages={"required": "Schrijf op waarom er niets hoeft te gebeuren"},
    )
    tot = DatumVeld(label="Wanneer kijken we weer?", required=False)
    ook = forms.MultipleChoiceField(
        label="Leg dit over deze jongere ook weg",
        required=False,
        widget=Vinken,
        help_text="Wat je aanvinkt, krijgt dezelfde reden en dag. De rest blijft staan.",
        error_messages={"invalid_choice": "Iets anders over deze jongere is intussen veranderd. Kijk nog eens"},
    )

    def __init__(self, *args: Any, soort: str, andere: Sequence[Signaal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.andere = {str(een.sleutel): een for een in andere}
        self.fields["tot"].help_text = _zonder_dag([soort, *(een.soort for een in andere)])
        self.fields["ook"].choices = [(sleutel, _naam_van(een)) for sleutel, een in self.andere.items()]  # type: ignore[attr-defined]
        self.fields["ook"].bij_label = " "  # type: ignore[attr-defined]
        if not andere and "ook" not in self.data:
            del self.fields["ook"]

    @property
    def gekozen(self) -> list[Signaal]:
        """What else goes, once the form is valid."""
        return [self.andere[sleutel] for sleutel in self.cleaned_data.get("ook", ())]


def _naam_van(signaal: Signaal) -> str:
    naam = SIGNAALREGELS[signaal.soort].naam
    return f"{naam} (bij {signaal.behandelaar.naam})" if signaal.behandelaar else naam


def _zonder_dag(soorten: Sequence[str]) -> str:
    """What happens with these kinds of signal where no day is filled in."""
    regels = [SIGNAALREGELS[soort] for soort in dict.fromkeys(soorten) if soort in SIGNAALREGELS]
    jaarlijks = [regel.naam for regel in regels if regel.per_schooljaar]
    if regels and len(jaarlijks) == len(regels):
        return "Laat je dit leeg, dan kijken we na het schooljaar weer."
    if not jaarlijks:
        return "Laat je dit leeg, dan komt dit niet terug. Gebeurt er later iets anders, dan is dat een nieuw signaal."
    namen = opsomming(f"‘{naam}’" for naam in jaarlijks)
    return f"Laat je dit leeg, dan kijken we bij {namen} na het schooljaar weer. De rest komt niet terug."


class InstroomFormulier(Formulier):
    """How many signals of a kind a team lets in per week."""

    rijen = (("team", "soort"),)
    team = forms.ChoiceField(label="Team")
    soort = forms.ChoiceField(
        label="Soort signaal", choices=[(regel.code, regel.naam) for regel in SIGNAALREGELS.values()]
    )
    per_week = forms.IntegerField(
        label="Hoogstens per week",
        required=False,
        min_value=0,
        max_value=HOOGSTE_PER_WEEK,
        help_text="Leeg: geen grens. De oudste signalen gaan eerst; de rest wacht op de lijst.",
    )

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(str(team.sleutel), team.naam) for team in teams]  # type: ignore[attr-defined]


class DagFormulier(Formulier):
    """The day for which somebody wants to know what there was."""

    dag = DatumVeld(
        label="Welke dag?",
        help_text="We tellen wie er op die dag opviel, met wat we nu weten. Er verandert niets.",
    )


class OverlegFormulier(Formulier):
    """To which overleg a list goes, why, and on which ground (PRV-19)."""

    jongeren = forms.CharField(widget=forms.HiddenInput)
    overleg = forms.ChoiceField(label="Welk overleg?")
    doel = forms.CharField(
        label="Waarom heeft dit overleg deze namen nodig?",
        max_length=LANGSTE_DOEL,
        help_text="Bijvoorbeeld: afspreken wie welke jongere opzoekt. De jongere kan dit opvragen.",
    )
    grondslag = forms.ChoiceField(label="Op welke grond?", choices=list(GRONDSLAGEN.items()), widget=Lijst)

    def __init__(self, *args: Any, op: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["overleg"].choices = codelijst("overlegvormen").keuzes(op=op)  # type: ignore[attr-defined]
