"""The form of the feedback."""

from __future__ import annotations

from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.taal import hoofdletter
from routekaart.basis.velden import Keuze, Lijst, VrijeTekst
from routekaart.inhoud.codelijsten import codelijst
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.acties import SCHOOL, Voorbereid
from routekaart.samenwerking.duo import Duoterug
from routekaart.samenwerking.models import Terugkoppeling

Kanaal = Terugkoppeling.Kanaal
GESLOTEN = str(Melding.DuoStatus.GESLOTEN)


def duokeuzes() -> list[tuple[str, str]]:
    """Status and reason as one choice: closed with one of the seven reasons, taken note of, or in progress."""
    gesloten = [
        (f"{GESLOTEN}{reden.code}", f"Afgesloten: {reden.label}") for reden in codelijst("duo-afsluitredenen").waarden
    ]
    anders = [
        (str(status), hoofdletter(str(status.label)))
        for status in (Melding.DuoStatus.KENNIS, Melding.DuoStatus.BEHANDELING)
    ]
    return gesloten + anders


def duocode(duo: Duoterug | None) -> str:
    """The choice that this is; empty where nothing was chosen yet."""
    if duo is None or (duo.status == GESLOTEN and duo.afsluitreden is None):
        return ""
    return f"{duo.status}{duo.afsluitreden or ''}" if duo.status == GESLOTEN else str(duo.status)


class TerugkoppelFormulier(Formulier):
    """How, to whom and what. The text of who is no school cannot be changed, so it is not a field."""

    kanaal = forms.ChoiceField(label="Hoe koppel je terug?", widget=Keuze)
    ontvanger = forms.CharField(label="Aan wie?", required=False, max_length=160)
    adres = forms.CharField(
        label="Adres", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Alleen voor een brief."
    )
    duo = forms.ChoiceField(label="Wat hoort school via DUO?", required=False, widget=Lijst)
    duo_opmerking = forms.ChoiceField(label="Opmerking bij DUO", required=False)
    tekst = VrijeTekst(
        label="Wat vertel je?",
        required=False,
        rijen=5,
        lezers="School. Dit gaat de deur uit.",
        schrijf_niet="Alleen wat over het verzuim of het schoolverlaten gaat. Niets over hulp, thuis of het gesprek.",
    )
    gecontroleerd = forms.BooleanField(
        label="Ik heb gekeken: dit gaat alleen over het verzuim of het schoolverlaten", required=False
    )

    def __init__(self, *args: Any, voorbereid: Voorbereid, met_brief: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voorbereid = voorbereid
        velden: dict[str, Any] = self.fields
        kan = [Kanaal.BRIEF] if met_brief and voorbereid.soort_ontvanger != "jongere" else []
        kanalen = [Kanaal.EMAIL, *kan, Kanaal.TELEFOON]
        if voorbereid.kanaal == Kanaal.DUO:
            kanalen.insert(0, Kanaal.DUO)
            velden["duo"].choices = duokeuzes()
            opmerkingen = [
                (waarde.code, hoofdletter(waarde.label)) for waarde in codelijst("duo-afsluitopmerkingen").waarden
            ]
            velden["duo_opmerking"].choices = [("", "geen opmerking"), *opmerkingen]
            velden["duo"].bij_label = velden["duo_opmerking"].bij_label = " "
        else:
            del velden["duo"], velden["duo_opmerking"]
        velden["kanaal"].choices = [(str(kanaal), hoofdletter(str(kanaal.label))) for kanaal in kanalen]
        velden["ontvanger"].bij_label = velden["tekst"].bij_label = " "
        if voorbereid.vast:
            del velden["tekst"], velden["gecontroleerd"]

    @property
    def vraagt_controle(self) -> bool:
        """Whether the text was refused for a word that seldom belongs in feedback."""
        return "gecontroleerd" in self.errors or bool(self.data.get("gecontroleerd"))

    def velden(self) -> dict[str, Any]:
        """What the act takes."""
        gegeven = self.cleaned_data
        return {
            "ontvanger": gegeven["ontvanger"],
            "soort": self.voorbereid.soort_ontvanger,
            "kanaal": gegeven["kanaal"],
            "tekst": gegeven.get("tekst", ""),
            "adres": gegeven.get("adres", ""),
            "gecontroleerd": bool(gegeven.get("gecontroleerd")),
            "duo": self._duo() if gegeven["kanaal"] == Kanaal.DUO else None,
        }

    def _duo(self) -> Duoterug:
        keuze, opmerking = self.cleaned_data["duo"], self.cleaned_data["duo_opmerking"]
        status, reden = keuze[:1] or GESLOTEN, keuze[1:]
        return Duoterug(status, int(reden) if reden else None, int(opmerking) if opmerking else None)


def begin(voorbereid: Voorbereid) -> dict[str, Any]:
    """What the form opens with: everything that the system prepared."""
    duo = voorbereid.duo
    return {
        "kanaal": voorbereid.kanaal,
        "ontvanger": voorbereid.ontvanger,
        "tekst": voorbereid.tekst if voorbereid.soort_ontvanger == SCHOOL else "",
        "duo": duocode(duo),
        "duo_opmerking": str(duo.opmerking) if duo and duo.opmerking else "",
    }
