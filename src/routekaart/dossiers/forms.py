"""Forms of the dossier: they clean, the acts act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from routekaart.basis.formulieren import Formulier, VersieFormulier
from routekaart.basis.velden import DatumVeld, Keuze, Lijst, TijdVeld, VrijeTekst
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.toegang.models import Gebruiker

# shorter than the code list, where the list stands as chips beside each other
KORTE_LABELS = {
    "kantoor": "Op kantoor",
    "school": "Op school",
    "huisbezoek": "Huisbezoek",
    "huisbezoek-onaangekondigd": "Huisbezoek, onaangekondigd",
    "ketenpartner": "Via partner",
    "nvzb": "Niet verschenen",
    "niet-thuis": "Niet thuis",
}


def kort_keuzes(lijst: str, *, op: dt.date) -> list[tuple[str, str]]:
    """The values of a list that may be chosen on that day, with the short labels that fit on a chip."""
    return [(code, KORTE_LABELS.get(code, label)) for code, label in codelijst(lijst).keuzes(op=op)]


def lokaal_moment(dag: dt.date, tijd: dt.time) -> dt.datetime:
    """A day and a time as people write them, as a moment."""
    return timezone.make_aware(dt.datetime.combine(dag, tijd))


class ContactFormulier(Formulier):
    """One attempt or talk, with the next moment on the same screen (CON-13, CON-17)."""

    rijen = (("datum", "tijd"), ("volgende_datum", "volgende_tijd"))

    met = forms.ChoiceField(label="Met wie zocht je contact?", widget=Keuze)
    met_naam = forms.CharField(label="Naam", required=False, max_length=120)
    kanaal = forms.ChoiceField(label="Hoe zocht je contact?", widget=Keuze)
    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Tijd")
    resultaat = forms.ChoiceField(label="Wat was de uitkomst?", widget=Keuze)
    brief_achtergelaten = forms.BooleanField(label="Brief met folder achtergelaten", required=False)
    verslag = VrijeTekst(label="Wat zag of hoorde je?", required=False)
    volgend_kanaal = forms.ChoiceField(label="Wat doe je daarna?", required=False)
    volgende_datum = DatumVeld(label="Wanneer?", required=False)
    volgende_tijd = TijdVeld(label="Hoe laat?", required=False)
    # the proposal as it was shown: it lapses when there turned out to be contact
    voorstel = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, op: dt.date, aan: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        velden["met"].choices = codelijst("contactpartijen").keuzes(op=op)
        velden["kanaal"].choices = kort_keuzes("contactkanalen", op=op)
        velden["resultaat"].choices = kort_keuzes("contactresultaten", op=op)
        velden["volgend_kanaal"].choices = [("", "Nog niets"), *kort_keuzes("contactkanalen", op=op)]
        if aan:
            velden[
                "verslag"
            ].schrijf_niet = f"Schrijf feiten en afspraken. Geen diagnose, geen vermoedens. {aan} mag dit lezen."
            velden["verslag"].lezers = "Jij en je team."

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("datum") and data.get("tijd") is not None:
            data["moment"] = lokaal_moment(data["datum"], data["tijd"])
        data["volgende"] = self._volgende(data)
        return data

    def _volgende(self, data: dict[str, Any]) -> dt.datetime | None:
        dag = data.get("volgende_datum")
        if not dag:
            return None
        volgende = lokaal_moment(dag, data.get("volgende_tijd") or dt.time(9, 0))
        vervalt = data.get("resultaat") == "contact" and volgende.isoformat() == data.get("voorstel")
        return None if vervalt else volgende

    def velden_van_handeling(self) -> dict[str, Any]:
        """What the act takes."""
        namen = (
            "met", "met_naam", "kanaal", "moment", "resultaat", "brief_achtergelaten", "verslag", "volgende",
            "volgend_kanaal",
        )  # fmt: skip
        return {naam: self.cleaned_data[naam] for naam in namen}


class DossieronderzoekFormulier(Formulier):
    """Step 2: the dossier was read, with what stands in it."""

    op = DatumVeld(label="Wanneer las je het dossier?")
    bevinding = VrijeTekst(
        label="Wat is er al bekend?",
        rijen=6,
        help_text="Wat is eerder gedaan, wat leverde het op, en wie kent de jongere?",
    )


class AantekeningFormulier(Formulier):
    """A note, with what kind of content it is (DOS-11)."""

    aard = forms.ChoiceField(label="Wat schrijf je op?", widget=Keuze)
    tekst = VrijeTekst(label="Aantekening", rijen=5)
    op = DatumVeld(label="Wanneer was dit?")

    def __init__(self, *args: Any, op: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze: Any = self.fields["aard"]
        keuze.choices = codelijst("aantekening-soorten").keuzes(op=op)


class MotivatieFormulier(Formulier):
    """An explanation that stays visible: pas toe of leg uit (RKT-03)."""

    motivatie = VrijeTekst(
        label="Waarom?", rijen=4, lezers="Jij, je team en wie dit dossier later opent. De jongere mag dit lezen."
    )


class FaseFormulier(MotivatieFormulier):
    """Which phase is done again, and why (RKT-13)."""

    fase = forms.TypedChoiceField(label="Welke fase doe je opnieuw?", widget=Lijst, coerce=int)
    field_order = ("fase", "motivatie")

    def __init__(self, *args: Any, fases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fase"].choices = fases  # type: ignore[attr-defined]


class ToewijzenFormulier(Formulier):
    """To whom the werkproces goes; empty is back to the team."""

    behandelaar = forms.ModelChoiceField(
        label="Wie neemt dit werkproces over?",
        queryset=Gebruiker.objects.none(),
        required=False,
        empty_label="Niemand: terug naar het team",
    )

    def __init__(self, *args: Any, collegas: Any, werkproces: Werkproces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["behandelaar"]
        veld.queryset = collegas
        veld.bij_label = ""
        veld.initial = werkproces.behandelaar_id


class BeginFormulier(VersieFormulier):
    """Carries along the values that it was opened with, so that a conflict can say what changed since."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            veld.show_hidden_initial = naam != "versie"

    @property
    def velden(self) -> dict[str, Any]:
        """What was filled in, by field of the row."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "versie"}

    @property
    def begin(self) -> dict[str, Any]:
        """What stood in the form when it was opened."""
        waarden = {}
        for naam, veld in self.fields.items():
            if naam == "versie":
                continue
            ruw = self.data.get(self.add_initial_prefix(naam), "")
            try:
                waarden[naam] = veld.to_python(ruw)
            except forms.ValidationError:
                waarden[naam] = None
        return waarden


class ContactgegevensFormulier(BeginFormulier):
    """Our own contact data of the jongere; a delivery of the BRP never overwrites these."""

    rijen = (("telefoon", "email"),)

    roepnaam = forms.CharField(label="Roepnaam", required=False, max_length=100)
    telefoon = forms.CharField(label="Telefoon", required=False, max_length=20)
    email = forms.EmailField(label="E-mailadres", required=False)
    verblijfadres = forms.CharField(
        label="Verblijfadres",
        required=False,
        max_length=200,
        help_text="Waar de jongere echt woont, als dat anders is dan in de BRP.",
    )
    niet_alleen = forms.BooleanField(label="Ga niet alleen op bezoek", required=False)


class VerzorgerFormulier(BeginFormulier):
    """A parent, guardian or foster parent."""

    rijen = (("telefoon", "email"), ("van", "tot"))

    naam = forms.CharField(label="Naam", max_length=200)
    relatie = forms.CharField(
        label="Relatie", max_length=40, help_text="Bijvoorbeeld moeder, vader, voogd of pleegouder."
    )
    gezag = forms.ChoiceField(label="Gezag", widget=Keuze)
    thuis = forms.BooleanField(label="De jongere woont hier", required=False)
    telefoon = forms.CharField(label="Telefoon", required=False, max_length=20)
    email = forms.EmailField(label="E-mailadres", required=False)
    adres = forms.CharField(label="Adres", required=False, max_length=200)
    toelichting = VrijeTekst(
        label="Goed om te weten",
        required=False,
        max_length=200,
        help_text="Bijvoorbeeld: bel alleen als Yara ja zegt.",
        widget=forms.TextInput(),
    )
    van = DatumVeld(label="Sinds")
    tot = DatumVeld(label="Tot en met", required=False)


class BetrokkeneFormulier(BeginFormulier):
    """Somebody around the jongere: mentor, coach, helper (DOS-05)."""

    rijen = (("rol", "organisatie"), ("telefoon", "email"))

    naam = forms.CharField(label="Naam", max_length=120)
    rol = forms.CharField(label="Rol", max_length=80, help_text="Bijvoorbeeld mentor, jobcoach of hulpverlener.")
    organisatie = forms.CharField(label="Organisatie", required=False, max_length=160)
    telefoon = forms.CharField(label="Telefoon", required=False, max_length=20)
    email = forms.EmailField(label="E-mailadres", required=False)
    toelichting = VrijeTekst(
        label="Goed om te weten",
        required=False,
        max_length=200,
        help_text="Bijvoorbeeld: bereikbaar op dinsdag en donderdag.",
        widget=forms.TextInput(),
    )
    gestopt_op = DatumVeld(label="Niet meer betrokken sinds", required=False)
