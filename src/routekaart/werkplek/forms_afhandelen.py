"""The form that settles a melding after one talk: everything proposed, so that only what differs is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import DatumVeld, Keuze, Lijst, TijdVeld, VrijeTekst
from routekaart.begeleiding.acties import Bericht, Gesprek
from routekaart.begeleiding.forms_handelen import GEEN
from routekaart.dossiers.forms import lokaal_moment
from routekaart.inhoud.codelijsten import Uitkomst, codelijst
from routekaart.samenwerking.acties import SCHOOL
from routekaart.samenwerking.models import Terugkoppeling

# the uitkomst that most talks come down to, and what then stands in the account where nothing else is typed
VOORGESTELD = "geen-actie-na-school"
GEEN_ACTIE = "Afgestemd met school. Er is geen actie van ons nodig."


class AfhandelFormulier(Formulier):
    """The talk, the uitkomst, what DUO and the melder hear, and the day of aftercare."""

    met_naam = forms.CharField(label="Met wie sprak je?", max_length=120, required=False)
    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Tijd")
    verslag = VrijeTekst(
        label="Wat hoorde je?",
        rijen=3,
        help_text="Dit is ook de reden van je oordeel. School krijgt dit niet te lezen.",
    )
    uitkomst = forms.ChoiceField(label="Uitkomst", widget=Lijst, error_messages={"required": "Kies een uitkomst"})
    duo_afsluitreden = forms.TypedChoiceField(label="Reden voor DUO", required=False, coerce=int, empty_value=None)
    duo_opmerking = forms.TypedChoiceField(label="Opmerking voor DUO", required=False, coerce=int, empty_value=None)
    kanaal = forms.ChoiceField(label="Hoe koppel je terug?", widget=Keuze)
    ontvanger = forms.CharField(label="Aan wie?", required=False, max_length=160)
    adres = forms.CharField(
        label="Adres op de brief",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Alleen bij een brief.",
    )
    tekst = forms.CharField(
        label="Eigen tekst voor school",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Leeg: school leest de vaste zin bij de uitkomst. Via DUO gaat geen tekst mee.",
    )
    gecontroleerd = forms.BooleanField(
        label="Ik heb dit nagelezen: het gaat over het verzuim of het schoolverlaten", required=False
    )
    nazorg_op = DatumVeld(label="Nazorg op", required=False, help_text="Telt alleen bij een uitkomst met nazorg.")

    def __init__(
        self,
        *args: Any,
        op: dt.date,
        uitkomsten: Sequence[Uitkomst],
        met_duo: bool,
        met_werkproces: bool,
        soort_ontvanger: str,
        iemand_wacht: bool,
        gevolg_url: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        self._zet_uitkomsten(uitkomsten, gevolg_url)
        lijsten = {"duo_afsluitreden": "duo-afsluitredenen", "duo_opmerking": "duo-afsluitopmerkingen"}
        for naam, lijst in lijsten.items():
            if not met_duo:
                del self.fields[naam]
                continue
            velden[naam].choices = [("", "Wat bij de uitkomst hoort"), *codelijst(lijst).keuzes(op=op)]
            velden[naam].bij_label = GEEN
        velden["kanaal"].choices = _kanalen(met_duo=met_duo, met_brief=met_werkproces and soort_ontvanger != "jongere")
        if soort_ontvanger != SCHOOL:
            del self.fields["tekst"], self.fields["gecontroleerd"]
        if not iemand_wacht:
            for naam in ("kanaal", "ontvanger", "adres", "tekst", "gecontroleerd"):
                self.fields.pop(naam, None)
        if not met_werkproces:
            self.fields.pop("adres", None)
            del self.fields["nazorg_op"]
        for naam in ("met_naam", "ontvanger", "adres", "tekst", "nazorg_op"):
            if naam in velden:
                velden[naam].bij_label = GEEN

    def _zet_uitkomsten(self, uitkomsten: Sequence[Uitkomst], gevolg_url: str) -> None:
        veld: Any = self.fields["uitkomst"]
        keuzes = [(keuze.code, keuze.label) for keuze in uitkomsten]
        veld.choices = keuzes
        veld.widget.attrs |= {
            "hx-get": gevolg_url,
            "hx-target": "#gevolg",
            "hx-swap": "innerHTML",
            "hx-trigger": "change",
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("datum") and data.get("tijd") is not None:
            data["moment"] = lokaal_moment(data["datum"], data["tijd"])
        if data.get("verslag") == GEEN_ACTIE and data.get("uitkomst", VOORGESTELD) != VOORGESTELD:
            self.add_error("verslag", "Je koos een andere uitkomst. Schrijf op wat je hoorde")
        return data

    def gesprek(self, *, met: str) -> Gesprek:
        """The talk. `met`: with which party."""
        data = self.cleaned_data
        return Gesprek(met=met, met_naam=data["met_naam"], moment=data["moment"], verslag=data["verslag"])

    def bericht(self) -> Bericht | None:
        """The feedback; None where nobody waits for it."""
        data = self.cleaned_data
        if "kanaal" not in data:
            return None
        return Bericht(
            kanaal=data["kanaal"],
            ontvanger=data["ontvanger"],
            tekst=data.get("tekst", ""),
            adres=data.get("adres", ""),
            gecontroleerd=data.get("gecontroleerd", False),
        )


def _kanalen(*, met_duo: bool, met_brief: bool) -> list[tuple[str, str]]:
    kanaal = Terugkoppeling.Kanaal
    weg = {kanaal.DUO: met_duo, kanaal.BRIEF: met_brief}
    return [(str(code), str(tekst).capitalize()) for code, tekst in kanaal.choices if weg.get(kanaal(code), True)]
