"""Forms as Routekaart shows them: label above, hint under the label, error above the input, Dutch that helps.

`Formulier` is the base of every form; `Weergave` (FORM_RENDERER) gives every other form, allauth's too, its
look. What is optional says "mag leeg"; everything else is needed. A refused form comes back filled.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from routekaart.basis import velden
from routekaart.basis.fouten import Geweigerd, Tussentijds, Wijziging
from routekaart.basis.onderdelen import Fout, telling_in_woorden

KLASSEN: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "utrecht-textarea"),
    (forms.Select, "utrecht-select"),
    (forms.FileInput, "rk-bestand__invoer"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)

# What Django says by default, in words that say what to do. The label is in them, because the summary
# shows them apart from the field.
BOODSCHAPPEN: Mapping[str, str] = {
    "required": "‘{label}’ is nog leeg",
    "invalid": "‘{label}’ kunnen we zo niet lezen. Kijk nog eens naar wat je invulde",
    "invalid_choice": "Kies bij ‘{label}’ iets uit de lijst",
    "invalid_list": "Kies bij ‘{label}’ iets uit de lijst",
    "invalid_pk_value": "Kies bij ‘{label}’ iets uit de lijst",
    "incomplete": "‘{label}’ is nog niet helemaal ingevuld",
    "max_length": "‘{label}’ is te lang: hooguit %(limit_value)d tekens, nu zijn het er %(show_value)d",
    "min_length": "‘{label}’ is te kort: minstens %(limit_value)d tekens, nu zijn het er %(show_value)d",
    "max_value": "‘{label}’ is te hoog: hooguit %(limit_value)s",
    "min_value": "‘{label}’ is te laag: minstens %(limit_value)s",
    "step_size": "‘{label}’ gaat in stappen van %(limit_value)s",
    "max_digits": "‘{label}’ heeft te veel cijfers: hooguit %(max)s",
    "max_decimal_places": "‘{label}’ heeft te veel cijfers achter de komma: hooguit %(max)s",
    "max_whole_digits": "‘{label}’ heeft te veel cijfers voor de komma: hooguit %(max)s",
    "empty": "Het bestand bij ‘{label}’ is leeg. Kies een ander bestand",
    "missing": "Kies bij ‘{label}’ een bestand",
    "contradiction": "Kies bij ‘{label}’ een bestand of haal het weg, niet allebei",
    "invalid_image": "Het bestand bij ‘{label}’ is geen foto die we kunnen openen",
    "overflow": "‘{label}’ is te groot",
    "null_characters_not_allowed": "In ‘{label}’ staat een teken dat niet kan. Typ de tekst opnieuw",
}
BIJ_VELD: tuple[tuple[type[forms.Field], Mapping[str, str]], ...] = (
    (forms.EmailField, {"invalid": "‘{label}’ is geen e-mailadres. Het ziet eruit als naam@school.nl"}),
    (forms.URLField, {"invalid": "‘{label}’ is geen webadres. Het begint met https://"}),
    (forms.IntegerField, {"invalid": "Schrijf bij ‘{label}’ een heel getal"}),
    (forms.DecimalField, {"invalid": "Schrijf bij ‘{label}’ een getal, bijvoorbeeld 2,5"}),
    (
        forms.FileField,
        {"required": "Kies bij ‘{label}’ een bestand", "invalid": "Kies bij ‘{label}’ een bestand"},
    ),
    (forms.BooleanField, {"required": "Zet een vinkje bij ‘{label}’"}),
    (forms.ChoiceField, {"required": "Maak een keuze bij ‘{label}’"}),
    (forms.ModelChoiceField, {"required": "Maak een keuze bij ‘{label}’"}),
    (velden.DatumVeld, {"required": "Vul bij ‘{label}’ een datum in"}),
    (velden.TijdVeld, {"required": "Vul bij ‘{label}’ een tijd in"}),
)


class GebondenVeld(BoundField):
    """A field with its value, in the look of the house."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Adds the class of the design system and ties hint, error and privacy hint to the input."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden and not self.groep:
            klasse = next((klasse for soort, klasse in KLASSEN if isinstance(widget, soort)), "")
            klassen = [klasse] if not isinstance(widget, forms.CheckboxInput) else []
            klassen += [widget.attrs.get("class", ""), "rk-veld__kort" if getattr(widget, "kort", False) else ""]
            if samen := " ".join(filter(None, klassen)):
                attrs["class"] = samen
        return attrs

    @property
    def aria_describedby(self) -> str | None:
        """Ids of hint, error and privacy hint, in the order in which they are read."""
        if self.is_hidden or not self.auto_id:
            return None
        delen = [self.auto_id + "_helptext"] if self.help_text else []
        delen += [self.auto_id + "_error"] if self.errors else []
        delen += [self.auto_id + "_privacy"] if self.lezers else []
        return " ".join(delen) or None

    @property
    def groep(self) -> bool:
        """A set of radio buttons or checkboxes under one legend."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def vorm(self) -> str:
        """Which of the shapes in onderdelen/veld.html this is."""
        widget = self.field.widget
        if isinstance(widget, velden.Niveaus):
            return "niveaus"
        if isinstance(widget, velden.Lijst | forms.CheckboxSelectMultiple):
            return "lijst"
        if isinstance(widget, forms.RadioSelect):
            return "keuze"
        if isinstance(widget, forms.CheckboxInput):
            return "vink"
        return "bestand" if isinstance(widget, forms.FileInput) else "invoer"

    @property
    def opties(self) -> list[Any]:
        """The buttons of a group; the empty choice of an optional group is left out."""
        return [optie for optie in self.subwidgets if optie.data.get("value") != ""]

    @property
    def mag_leeg(self) -> str:
        """What stands beside the label of an optional field."""
        if tekst := getattr(self.field, "bij_label", ""):
            return str(tekst)
        optioneel = not self.field.required and not isinstance(self.field.widget, forms.CheckboxInput)
        return "mag leeg" if optioneel and not self.field.disabled else ""

    @property
    def lezers(self) -> str:
        """Who reads this free text; empty where there is no privacy hint."""
        return getattr(self.field, "lezers", "")

    @property
    def schrijf_niet(self) -> str:
        """What does not belong in this free text."""
        return getattr(self.field, "schrijf_niet", "")

    @property
    def anker(self) -> str:
        """The id that a line of the error summary points at: of a group its first button."""
        if self.groep and self.opties:
            return str(self.opties[0].id_for_label)
        return self.id_for_label or self.auto_id

    @property
    def wijziging(self) -> Wijziging | None:
        """What a colleague made of this field meanwhile."""
        return next((w for w in getattr(self.form, "wijzigingen", ()) if w.veld == self.name), None)


class Weergave(TemplatesSetting):
    """FORM_RENDERER: our templates for every form in the project."""

    form_template_name = "onderdelen/velden.html"
    field_template_name = "onderdelen/veld.html"
    bound_field_class = GebondenVeld


class Formulier(forms.Form):
    """Base of every form. `rijen` names fields that stand beside each other; others stand alone."""

    default_renderer = Weergave
    use_required_attribute = False
    rijen: ClassVar[Sequence[Sequence[str]]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.wijzigingen: list[Wijziging] = []
        for naam, veld in self.fields.items():
            spreek_nederlands(veld, str(veld.label or naam.replace("_", " ").capitalize()))
            if isinstance(veld.widget, forms.NumberInput):
                # a number input throws away what it cannot read; a text input gives it back to be mended
                veld.widget.input_type = "text"
                veld.widget.attrs.setdefault(
                    "inputmode", "decimal" if isinstance(veld, forms.DecimalField) else "numeric"
                )
                veld.widget.attrs.setdefault("class", "rk-veld__kort")

    @property
    def groepen(self) -> Iterator[list[BoundField]]:
        """The visible fields in rows, in the order in which they are declared."""
        return rijen_van(self, self.rijen)

    @property
    def foutlijst(self) -> list[Fout]:
        """Every error with the field it belongs to, for the summary."""
        return fouten_van(self)

    @property
    def foutkop(self) -> str:
        """'Twee dingen kloppen nog niet'."""
        return telling_in_woorden(len(self.foutlijst))

    def geweigerd(self, reden: Geweigerd) -> None:
        """Puts the refusal of an act at its field or on top; after `Tussentijds` with the new version."""
        veld = reden.veld if reden.veld in self.fields else None
        self.add_error(veld, reden.boodschap)
        if isinstance(reden, Tussentijds):
            self.wijzigingen = list(reden.wijzigingen)
            if "versie" in self.fields:
                data: Any = self.data.copy()  # type: ignore[attr-defined]
                data[self.add_prefix("versie")] = str(reden.versie)
                self.data = data


class VersieFormulier(Formulier):
    """For what two people can edit: carries the version one began with; nothing is overwritten in silence."""

    versie = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            "Deze pagina is niet meer de nieuwste. Open hem opnieuw en vul het daar in",
        ),
    )


def spreek_nederlands(veld: forms.Field, label: str) -> None:
    """Replaces messages that nobody wrote for this field by ours; those in `error_messages` stay."""
    standaard: dict[str, Any] = {}
    for klasse in reversed(type(veld).__mro__):
        standaard.update(getattr(klasse, "default_error_messages", {}))
    eigen = {**BOODSCHAPPEN}
    for soort, boodschappen in BIJ_VELD:
        if isinstance(veld, soort):
            eigen |= boodschappen
    naam = label.rstrip(":").replace("%", " procent")  # Django fills some of these with the % operator
    van_huis = veld.default_error_messages if isinstance(veld, velden.Eigen) else {}
    for code, boodschap in eigen.items():
        if code in van_huis:
            continue
        if code not in veld.error_messages or veld.error_messages[code] is standaard.get(code):
            veld.error_messages[code] = boodschap.replace("{label}", naam)


def rijen_van(form: forms.BaseForm, rijen: Sequence[Sequence[str]]) -> Iterator[list[BoundField]]:
    """The visible fields of a form in rows."""
    bij_naam = {naam: rij for rij in rijen for naam in rij}
    geweest: set[str] = set()
    for veld in form.visible_fields():
        if veld.name in geweest:
            continue
        samen = [form[naam] for naam in bij_naam.get(veld.name, (veld.name,)) if naam in form.fields]
        geweest.update(genoot.name for genoot in samen)
        yield samen


def fouten_van(form: forms.BaseForm) -> list[Fout]:
    """Every error of a form with the anchor of its field, those of the whole form first."""
    fouten: list[Fout] = []
    for naam, boodschappen in sorted(form.errors.items(), key=lambda paar: _plaats(form, paar[0])):
        veld = form[naam] if naam in form.fields else None
        anker = "" if veld is None or veld.is_hidden else getattr(veld, "anker", veld.id_for_label)
        fouten += [Fout(str(boodschap), anker) for boodschap in boodschappen]
    return fouten


def _plaats(form: forms.BaseForm, naam: str) -> int:
    return list(form.fields).index(naam) if naam in form.fields else -1
