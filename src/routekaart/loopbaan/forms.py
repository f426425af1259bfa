"""Forms for what a colleague adds to the loopbaan by hand."""

from __future__ import annotations

from django import forms

from routekaart.basis.formulieren import Formulier
from routekaart.basis.velden import DatumVeld, VrijeTekst


class WerkFormulier(Formulier):
    """A job, with the hours that count for the doelgroep (DOS-16)."""

    rijen = (("werkgever", "functie"), ("van", "tot"))

    werkgever = forms.CharField(label="Werkgever", required=False, max_length=120)
    functie = forms.CharField(label="Functie", required=False, max_length=120)
    uren = forms.IntegerField(
        label="Uren per week",
        required=False,
        min_value=0,
        max_value=168,
        help_text="Weet je het niet, of wisselt het? Laat het dan leeg.",
        widget=forms.NumberInput(attrs={"class": "rk-kort"}),
    )
    van = DatumVeld(label="Sinds")
    tot = DatumVeld(label="Tot en met", required=False)
    bron = forms.CharField(label="Van wie weet je dit?", max_length=60)


class HulpFormulier(Formulier):
    """Help by somebody: what it is for, never a diagnosis (DOS-04, PRV-08)."""

    rijen = (("van", "tot"),)

    aanbieder = forms.CharField(label="Van wie krijgt de jongere hulp?", max_length=120)
    waarvoor = VrijeTekst(
        label="Waarvoor?",
        max_length=200,
        help_text="In gewone woorden, zonder diagnose: ‘hulp bij schulden’.",
        widget=forms.TextInput(),
    )
    van = DatumVeld(label="Sinds")
    tot = DatumVeld(label="Tot en met", required=False)
    effect = forms.CharField(label="Wat leverde het op?", required=False, max_length=400)
    bron = forms.CharField(label="Van wie weet je dit?", max_length=60)
    met_toestemming = forms.BooleanField(
        label="De jongere vindt het goed dat we dit vastleggen",
        error_messages={"required": "Hulp leg je alleen vast als de jongere dat goed vindt"},
    )


class VaststellingFormulier(Formulier):
    """A startkwalificatie that DUO does not know, with its evidence (DOS-07)."""

    op = DatumVeld(label="Wanneer behaald?")
    bewijs = forms.CharField(
        label="Waaruit blijkt dat?", max_length=200, help_text="Bijvoorbeeld: diploma uit Polen, gewaardeerd door SBB."
    )
    bron = forms.CharField(label="Van wie weet je dit?", max_length=60)
