"""What one fills in during the screening of leavers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import DatumVeld, Keuze, Lijst, VrijeTekst
from routekaart.regels.screening_feiten import Antwoord, Soort
from routekaart.signalen.acties_screening import LANGSTE, LANGSTE_NAAM
from routekaart.signalen.forms import Meldingvelden, Toewijsvelden
from routekaart.signalen.models import Lijstvraag

ENQUETE, BRIEVEN, GESPROKEN, SNEL, HELPER, AFRONDEN = "enquete", "brieven", "gesproken", "snel", "helper", "afronden"
HOE = (
    (Soort.TELEFOON.value, "Gebeld"),
    (Soort.HUISBEZOEK.value, "Op huisbezoek"),
    (Soort.ANTWOORD.value, "Enquête terug"),
)
GEHOORD = (
    (Antwoord.AANGEMELD.value, "Is aangemeld bij een school"),
    (Antwoord.WERK.value, "Werkt"),
    (Antwoord.ANDERS.value, "Iets anders"),
    (Antwoord.GEEN.value, "Geen antwoord: geen gehoor, niemand thuis of onbestelbaar"),
)
BIJ_HELPER = (
    (Soort.AANMELDING.value, "Aangemeld"),
    (f"{Soort.UITSLAG.value}:{Antwoord.PLEK.value}", "Uitslag: kan een plek krijgen"),
    (f"{Soort.UITSLAG.value}:{Antwoord.VERWEZEN.value}", "Uitslag: verder verwezen"),
    (f"{Soort.UITSLAG.value}:{Antwoord.GEEN_PLEK.value}", "Uitslag: geen plek"),
    (Soort.PLAATSING.value, "Geplaatst"),
)
KIES = "Kies wat je hoorde"


def _dag(label: str = "Wanneer") -> DatumVeld:
    return DatumVeld(label=label, error_messages={"required": "Vul de dag in"})


def _toelichting(label: str = "Toelichting", *, required: bool = False) -> VrijeTekst:
    return VrijeTekst(
        label=label,
        required=required,
        max_length=LANGSTE,
        rijen=2,
        lezers="Wie deze jongere begeleidt. De jongere kan het opvragen.",
        schrijf_niet="Geen diagnose en geen vermoedens.",
        error_messages={"required": "Schrijf op waarom er verder niets nodig is"},
    )


class Doeformulier(Formulier):
    """Base: which act this form is, and about whom (only on the page of a selection)."""

    doet = ""
    doe = forms.CharField(widget=forms.HiddenInput)
    vertrekker = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, selectie: str = "", op: dt.date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{self.doet}_%s")
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "doe": self.doet, "vertrekker": selectie, "op": op}


class BrievenFormulier(Doeformulier):
    """Write the enquête to these; there is nothing to fill in."""

    doet = BRIEVEN


class EnqueteFormulier(Doeformulier):
    """The enquête went out in another way."""

    doet = ENQUETE
    op = _dag("Verstuurd op")


class GesprokenFormulier(Doeformulier):
    """What came of a call, a visit, or an enquête that came back."""

    doet = GESPROKEN
    rijen = (("bij", "op"),)
    hoe = forms.ChoiceField(
        label="Hoe", choices=HOE, widget=Keuze, error_messages={"required": "Kies hoe je contact zocht"}
    )
    antwoord = forms.ChoiceField(
        label="Wat hoorde je?", choices=GEHOORD, widget=Lijst, error_messages={"required": KIES}
    )
    bij = forms.CharField(
        label="Welke school of werkgever", required=False, max_length=LANGSTE_NAAM,
        help_text="Nodig bij ‘aangemeld’: dat kijken we op 1 oktober na.",
    )  # fmt: skip
    op = _dag()
    toelichting = _toelichting()


class HelperFormulier(Doeformulier):
    """Signed up with the Trajectbureau or another helper, its answer, and the place."""

    doet = HELPER
    rijen = (("bij", "op"),)
    wat = forms.ChoiceField(
        label="Wat", choices=BIJ_HELPER, widget=Lijst, error_messages={"required": "Kies wat er is gebeurd"}
    )
    bij = forms.CharField(
        label="Bij wie", required=False, max_length=LANGSTE_NAAM,
        help_text="Het Trajectbureau, de school of de werkgever.",
    )  # fmt: skip
    op = _dag()
    toelichting = _toelichting()


class AfrondFormulier(Doeformulier):
    """Nothing more is needed."""

    doet = AFRONDEN
    toelichting = _toelichting("Waarom is er verder niets nodig?", required=True)


class MeldingFormulier(Meldingvelden, Doeformulier):
    """Make a melding of it."""


class ToewijsFormulier(Toewijsvelden, Doeformulier):
    """Give it to a colleague, or back to the team."""


class LijstvraagFormulier(Formulier):
    """The school was asked for its list, or says that nobody leaves."""

    rijen = (("met", "op"),)
    soort = forms.ChoiceField(
        label="Wat",
        choices=[
            (Lijstvraag.Soort.GEVRAAGD.value, "Om de lijst gevraagd"),
            (Lijstvraag.Soort.NIEMAND.value, "School zegt: niemand gaat van school"),
        ],
        widget=Keuze,
        initial=Lijstvraag.Soort.GEVRAAGD.value,
    )
    met = forms.CharField(
        label="Met wie had je contact", max_length=LANGSTE_NAAM,
        error_messages={"required": "Schrijf op met wie je contact had"},
    )  # fmt: skip
    op = _dag()


class Antwoordregel(Formulier):
    """One row of the pile of enquêtes that came back; empty is not back yet."""

    antwoord = forms.ChoiceField(
        label="Antwoord", required=False,
        choices=[
            ("", "nog niet terug"),
            (Antwoord.AANGEMELD.value, "aangemeld bij een school"),
            (Antwoord.WERK.value, "werkt"),
            (Antwoord.ANDERS.value, "iets anders"),
            (Antwoord.GEEN.value, "onbestelbaar of leeg"),
        ],
    )  # fmt: skip
    bij = forms.CharField(label="Welke school of werkgever", required=False, max_length=LANGSTE_NAAM)


class AntwoordenFormulier(Formulier):
    """On which day this pile was worked through."""

    op = _dag("Teruggekomen op")
