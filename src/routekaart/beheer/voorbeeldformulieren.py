"""The forms of the example page: every kind of field, in every state."""

from django import forms
from django.http import QueryDict

from routekaart.basis.formulieren import Formulier, VersieFormulier
from routekaart.basis.fouten import Tussentijds, Wijziging
from routekaart.basis.velden import Bestand, DatumVeld, Keuze, Lijst, Niveaus, TijdVeld, Vinken, VrijeTekst

KANALEN = (
    ("brief", "Brief"),
    ("telefoon", "Telefoon"),
    ("app", "App"),
    ("email", "E-mail"),
    ("kantoor", "Op kantoor"),
    ("school", "Op school"),
    ("huisbezoek", "Huisbezoek"),
    ("partner", "Via partner"),
)
UITKOMSTEN = (
    ("contact", "Contact"),
    ("geen", "Geen contact"),
    ("niet-verschenen", "Niet verschenen"),
    ("afgemeld", "Afgemeld"),
    ("niet-thuis", "Niet thuis"),
)


class ContactFormulier(Formulier):
    """The form of a contact moment: chips, date and time, a checkbox and free text."""

    rijen = (("datum", "tijd"),)
    kanaal = forms.ChoiceField(
        label="Hoe zocht je contact?",
        choices=KANALEN,
        widget=Keuze,
        error_messages={"required": "Kies hoe je contact zocht"},
    )
    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Tijd", required=False)
    uitkomst = forms.ChoiceField(
        label="Wat was de uitkomst?",
        choices=UITKOMSTEN,
        widget=Keuze,
        error_messages={"required": "Kies een uitkomst"},
    )
    folder = forms.BooleanField(label="Brief met folder achtergelaten", required=False)
    notitie = VrijeTekst(
        label="Wat zag of hoorde je?",
        required=False,
        lezers="Ruben, jij en je team.",
    )


class AlleVelden(VersieFormulier):
    """Every kind of field."""

    prefix = "alle"
    rijen = (("voornaam", "achternaam"),)
    voornaam = forms.CharField(label="Voornaam", max_length=60)
    achternaam = forms.CharField(label="Achternaam", max_length=60)
    nummer = forms.CharField(label="Nummer", disabled=True, required=False, initial="2026-004182")
    uitkomst = forms.ChoiceField(
        label="Uitkomst", choices=[("", "Kies uit 14 uitkomsten"), ("school", "Nieuwe DUO inschrijving")]
    )
    waarom = forms.ChoiceField(
        label="Waarom nu?",
        widget=Lijst,
        choices=[
            ("gevaar", "Er is gevaar voor de jongere of een ander"),
            ("weg", "De behandelaar is er niet en het kan niet wachten"),
        ],
    )
    stand = forms.ChoiceField(
        label="Stand nu",
        widget=Niveaus,
        required=False,
        choices=[(str(n), str(n)) for n in range(1, 6)],
        help_text="3: redt zich beperkt. Bij de start was dit 1.",
    )
    partners = forms.MultipleChoiceField(
        label="Met wie mag je praten?",
        widget=Vinken,
        choices=[("school", "ROC De Waarden"), ("werkplein", "Werkplein Veldermeer")],
    )
    uren = forms.IntegerField(label="Uren per week", min_value=0, max_value=60)
    overzicht = forms.FileField(label="Verzuimoverzicht", widget=Bestand, help_text="Pdf, foto of Excel, tot 20 MB.")


def gewijzigd() -> AlleVelden:
    """The form after somebody else changed the same thing meanwhile."""
    invoer = QueryDict(mutable=True)
    invoer.update(
        {
            "alle-versie": "3",
            "alle-voornaam": "Yara",
            "alle-achternaam": "Dekkers-Blom",
            "alle-uitkomst": "school",
            "alle-waarom": "weg",
            "alle-partners": "school",
            "alle-uren": "uur of twintig",
        }
    )
    formulier = AlleVelden(invoer, {})
    formulier.is_valid()
    wijziging = Wijziging("achternaam", "Achternaam", "Dekker", "Dekkers")
    formulier.geweigerd(Tussentijds([wijziging], versie=4, door="Joris Kuipers"))
    return formulier
