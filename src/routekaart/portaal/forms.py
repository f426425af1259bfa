"""The form with which a school reports: each question says why it is asked (MEL-04, MEL-10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.models import Gemeente
from routekaart.basis.velden import DatumVeld, Lijst
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.gegevens import Informatie, Opgave

# what the school chooses -> soort melding, and whether it wants to end the enrolment
WAT: dict[str, tuple[str, str, bool]] = {
    "16-uur": ("Mist 16 uur of meer in 4 weken", "16-uur", False),
    "maand": ("Is langer dan een maand weg", "maand", False),
    "overig": ("Ander verzuim", "overig", False),
    "stoppen": ("Dreigt te stoppen, of wij willen uitschrijven", "vsv", True),
    "uitgeschreven": ("Is uitgeschreven", "vsv", False),
}
VRAGEN: dict[str, tuple[str, str]] = {
    "reden": ("Waarom denkt u dat deze jongere verzuimt of stopt?", "Schrijf wat u zag of hoorde. Geen diagnose."),
    "acties-partners": ("Wat deed de school al?", "Dan herhalen wij dit niet."),
    "reactie-jongere": ("Wat zei de jongere zelf?", "Dan sluiten wij daarop aan."),
    "contactgegevens": ("Wie kunnen wij bellen?", "Mentor of begeleider, met telefoonnummer."),
    "hulptrajecten": ("Is er al hulp?", "Alleen wat de jongere goedvindt dat u deelt. Geen diagnose."),
    "verzuimoverzicht": ("Verzuimoverzicht", "Dag en aantal uren. Daarmee beoordelen wij het verzuim."),
    "verwachting-melder": ("Wat verwacht u van ons?", "Dan weten wij of wij hetzelfde voor ogen hebben."),
}


class PortaalFormulier(Formulier):
    """Says *u* where the forms inside say *je*."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            for code, tekst in veld.error_messages.items():
                veld.error_messages[code] = str(tekst).replace("wat je ", "wat u ")


def _vraag(punt: str, *, verplicht: bool = False) -> forms.CharField:
    label, waarom = VRAGEN[punt]
    return forms.CharField(label=label, help_text=waarom, required=verplicht, widget=forms.Textarea(attrs={"rows": 2}))


class MeldFormulier(PortaalFormulier):
    """A new melding of a school."""

    rijen = (("voornamen", "voorvoegsel"),)

    wat = forms.ChoiceField(
        label="Wat is er aan de hand?",
        help_text="Zo komt uw melding meteen bij de juiste collega.",
        choices=[(code, tekst) for code, (tekst, _, _) in WAT.items()],
        widget=Lijst,
    )
    instelling = forms.ModelChoiceField(
        label="Voor welke school meldt u?",
        help_text="Daar gaat ons antwoord naartoe.",
        queryset=Instelling.objects.none(),
        empty_label="Kies een school",
    )
    voornamen = forms.CharField(label="Voornaam", max_length=200)
    voorvoegsel = forms.CharField(label="Tussenvoegsel", max_length=20, required=False)
    achternaam = forms.CharField(label="Achternaam", max_length=200)
    geboortedatum = DatumVeld(label="Geboortedatum", help_text="Zo weten wij zeker om wie het gaat.")
    gemeente = forms.ModelChoiceField(
        label="Waar woont de jongere?",
        help_text="De gemeente bepaalt welk team helpt.",
        queryset=Gemeente.objects.none(),
        empty_label="Kies een gemeente",
    )
    telefoon = forms.CharField(
        label="Telefoon van de jongere", help_text="Wij bellen liever eerst.", max_length=20, required=False
    )
    begindatum = DatumVeld(label="Weg sinds", help_text="Zo zien wij hoe lang het al duurt.", required=False)
    reden = _vraag("reden", verplicht=True)
    partneracties = _vraag("acties-partners")
    reactie_jongere = _vraag("reactie-jongere")
    betrokkenen = _vraag("contactgegevens")
    hulptrajecten = _vraag("hulptrajecten")
    verzuimoverzicht = _vraag("verzuimoverzicht")
    verwachte_inzet = _vraag("verwachting-melder", verplicht=True)
    jongere_weet = forms.BooleanField(
        label="De jongere weet van deze melding", help_text="Dan kunnen wij daar open over zijn.", required=False
    )

    def __init__(self, *args: Any, scholen: Any, gemeenten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verzuimoverzicht"].bij_label = "nodig bij verzuim vanaf 18 jaar"  # type: ignore[attr-defined]
        self.fields["gemeente"].queryset = gemeenten  # type: ignore[attr-defined]
        self.scholen: Sequence[Instelling] = list(scholen)
        if len(self.scholen) > 1:
            self.fields["instelling"].queryset = scholen  # type: ignore[attr-defined]
        else:
            del self.fields["instelling"]

    @property
    def school(self) -> Instelling | None:
        """The one school, or the one that was chosen."""
        gekozen: Instelling | None = self.cleaned_data.get("instelling")
        return gekozen or (self.scholen[0] if self.scholen else None)

    @property
    def gegevens(self) -> dict[str, Any]:
        """The arguments of `ontvang_melding`, apart from who reports."""
        data = self.cleaned_data
        _, soort, uitschrijven = WAT[data["wat"]]
        return {
            "soort": soort,
            "voorgenomen_uitschrijving": uitschrijven,
            "gemeente": data["gemeente"],
            "begindatum": data["begindatum"],
            "opgave": Opgave(
                achternaam=data["achternaam"],
                voorvoegsel=data["voorvoegsel"],
                voornamen=data["voornamen"],
                geboortedatum=data["geboortedatum"].isoformat(),
                telefoon=data["telefoon"],
            ),
            "informatie": Informatie(
                reden=data["reden"],
                partneracties=data["partneracties"],
                reactie_jongere=data["reactie_jongere"],
                betrokkenen=data["betrokkenen"],
                hulptrajecten=data["hulptrajecten"],
                verzuimoverzicht=data["verzuimoverzicht"],
                verwachte_inzet=data["verwachte_inzet"],
            ),
            "extra": {"overig": {"jongere_weet": data["jongere_weet"]}},
        }


class AntwoordFormulier(PortaalFormulier):
    """The questions that are open: only those, and without what stands there already."""

    def __init__(self, *args: Any, punten: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for punt in punten:
            self.fields[punt] = _vraag(punt)
        if len(punten) == 1:
            label = VRAGEN[punten[0]][0]
            self.fields[punten[0]].required = True
            self.fields[punten[0]].error_messages["required"] = f"‘{label}’ is nog leeg"

    @property
    def antwoorden(self) -> dict[str, str]:
        """What was typed, per point of CL-02."""
        return {punt: tekst for punt, tekst in self.cleaned_data.items() if tekst}
