"""What goes to another register, why and in which form; and about whom one file is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from routekaart.basis.formulieren import Formulier, spreek_nederlands
from routekaart.basis.models import Gemeente
from routekaart.basis.velden import DatumVeld, Keuze, Lijst, Vinken
from routekaart.delen.gronden import GRONDSLAGEN, LANGSTE_DOEL
from routekaart.leveringen import uitwisselen
from routekaart.leveringen.models import Kolomkoppeling, Uitwisseling
from routekaart.leveringen.soorten import SOORTEN
from routekaart.leveringen.soorten.velden import ZONDER_LIJSTEN, Onleesbaar, brin
from routekaart.regels.uitwisselen import GEVOELIG, ONTVANGERS

GEEN = ("", "Zoals wij ze schrijven")
NEE = "nee"
LOPEND, ALLE = "lopend", "alle"


class AfspraakFormulier(Formulier):
    """To whom, why, on which ground, and which columns under which name. Nothing optional is filled in beforehand
    (PRV-07).
    """

    naam = forms.CharField(
        label="Naam van deze afspraak", max_length=80, help_text="Bijvoorbeeld: Inschrijvingen voor Regio Noord."
    )
    ontvangersoort = forms.ChoiceField(label="Wat voor ontvanger is het?", widget=Lijst)
    ontvanger = forms.CharField(label="Wie krijgt het bestand?", max_length=160)
    brin = forms.CharField(
        label="BRIN van de school", max_length=6, required=False, help_text="Alleen als een school het krijgt."
    )
    grondslag = forms.ChoiceField(label="Op welke grond?", choices=list(GRONDSLAGEN.items()), widget=Lijst)
    doel = forms.CharField(
        label="Waarvoor heeft de ontvanger dit nodig?",
        max_length=LANGSTE_DOEL,
        help_text="De jongere kan dit opvragen.",
    )
    waarom = forms.CharField(
        label="Waarom zijn al deze kolommen nodig?", max_length=240, help_text="Wat niet nodig is, gaat niet mee."
    )
    minder = forms.ChoiceField(
        label="Kan het ook zonder dit bestand?",
        choices=[(NEE, "Nee"), ("ja", "Ja")],
        widget=Keuze,
        help_text="Bijvoorbeeld door over één jongere te bellen. Kan dat, doe dat dan.",
    )
    vorm = forms.ChoiceField(
        label="Soort bestand", choices=Uitwisseling.Vorm.choices, initial=Uitwisseling.Vorm.CSV, widget=Keuze
    )
    scheiding = forms.ChoiceField(
        label="Teken tussen de kolommen", choices=Uitwisseling.Scheiding.choices, help_text="Alleen bij CSV."
    )
    codering = forms.ChoiceField(
        label="Schrift", choices=Uitwisseling.Codering.choices, help_text="Alleen bij CSV. UTF-8 kent alle letters."
    )
    volgorde = forms.CharField(
        label="Volgorde van de kolommen",
        max_length=300,
        required=False,
        help_text="Onze namen met komma's ertussen, de eerste eerst. Wat je niet noemt, komt daarna.",
    )
    koppeling = forms.ChoiceField(label="Waarden zoals in deze koppeling", required=False)

    def __init__(self, code: str, koppelingen: Sequence[Kolomkoppeling], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.koppelingen = code, {str(een.sleutel): een for een in koppelingen}
        passend = [(een.code, een.naam) for een in ONTVANGERS.values() if code in een.soorten]
        self.fields["ontvangersoort"].choices = passend  # type: ignore[attr-defined]
        self.fields["koppeling"].choices = [GEEN, *((s, een.naam) for s, een in self.koppelingen.items())]  # type: ignore[attr-defined]
        if not self.koppelingen:
            del self.fields["koppeling"]
        for kolom in uitwisselen.kolommen_van(code):
            nodig = kolom.naam in SOORTEN[code].verplicht
            veld = forms.CharField(
                label=kolom.naam,
                required=nodig,
                max_length=60,
                initial=kolom.naam if nodig else "",
                help_text=kolom.wat,
            )
            if not nodig:
                bij = "alleen naar een andere regio" if kolom.naam in GEVOELIG[code] else "leeg: gaat niet mee"
                veld.bij_label = bij  # type: ignore[attr-defined]
            spreek_nederlands(veld, kolom.naam)
            self.fields[f"kolom-{kolom.naam}"] = veld

    def clean_brin(self) -> str:
        """A BRIN as we know it."""
        tekst = str(self.cleaned_data["brin"]).strip()
        try:
            return brin(tekst, ZONDER_LIJSTEN) if tekst else ""
        except Onleesbaar as fout:
            raise forms.ValidationError(str(fout)) from None

    def clean_minder(self) -> str:
        """What can be done with less is not shared (PRV-04, step 4)."""
        if self.cleaned_data["minder"] != NEE:
            raise forms.ValidationError("Kan het met minder, dan delen we dit bestand niet")
        return NEE

    def clean_volgorde(self) -> list[str]:
        """The columns that come first."""
        namen = [naam.strip().lower() for naam in str(self.cleaned_data["volgorde"]).split(",") if naam.strip()]
        bekend = {kolom.naam for kolom in uitwisselen.kolommen_van(self.code)}
        if onbekend := [naam for naam in namen if naam not in bekend]:
            raise forms.ValidationError(f"De kolom ‘{onbekend[0]}’ kennen we niet")
        return namen

    @property
    def kolommen(self) -> list[tuple[str, str]]:
        """(our column, the name for the receiver) of what goes, in the order of the file."""
        eerst = self.cleaned_data["volgorde"]
        namen = dict.fromkeys([*eerst, *(kolom.naam for kolom in uitwisselen.kolommen_van(self.code))])
        paren = ((naam, str(self.cleaned_data[f"kolom-{naam}"]).strip()) for naam in namen)
        return [(naam, hun) for naam, hun in paren if hun]

    @property
    def gekozen_koppeling(self) -> Kolomkoppeling | None:
        return self.koppelingen.get(self.cleaned_data.get("koppeling", ""))

    @property
    def kolomvelden(self) -> list[BoundField]:
        return [self[naam] for naam in self.fields if naam.startswith("kolom-")]


class KeuzeFormulier(Formulier):
    """About whom this one file is."""

    gemeenten = forms.MultipleChoiceField(
        label="Jongeren uit welke gemeenten?",
        widget=Vinken,
        help_text="Woont iemand intussen buiten de regio, dan staat die gemeente hier ook.",
    )
    wie = forms.ChoiceField(
        label="Over wie?",
        choices=[(LOPEND, "Alleen wie we nu begeleiden"), (ALLE, "Alle jongeren")],
        initial=LOPEND,
        widget=Keuze,
        help_text="Begeleiden is: er loopt een werkproces. Kies alleen ‘Alle jongeren’ als dat echt nodig is.",
    )
    van = DatumVeld(label="Vanaf welke dag?", required=False)
    tot = DatumVeld(label="Tot en met welke dag?", required=False)

    def __init__(self, afspraak: Uitwisseling, gemeenten: Sequence[Gemeente], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.op_code = {gemeente.code: gemeente for gemeente in gemeenten}
        self.fields["gemeenten"].choices = [(code, een.naam) for code, een in self.op_code.items()]  # type: ignore[attr-defined]
        if not uitwisselen.UITSOORTEN[afspraak.soort].looptijd:
            del self.fields["van"], self.fields["tot"]

    @property
    def keuze(self) -> uitwisselen.Keuze:
        """What was chosen, once the form is valid."""
        ids = tuple(self.op_code[code].pk for code in self.cleaned_data["gemeenten"])
        velden = self.cleaned_data
        return uitwisselen.Keuze(ids, velden.get("van"), velden.get("tot"), alleen_lopend=velden["wie"] == LOPEND)
