"""Forms on a melding that came in: fill in, say who it is, judge it in four ways, close it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms

from routekaart.basis.formulieren import Formulier, VersieFormulier
from routekaart.basis.models import Gemeente
from routekaart.basis.velden import DatumVeld, Lijst, Vinken, VrijeTekst
from routekaart.inhoud.codelijsten import Uitkomst, codelijst
from routekaart.meldingen.acties import Afsluiting
from routekaart.meldingen.detail import Detail
from routekaart.meldingen.gegevens import Opgave
from routekaart.meldingen.informatie import VELD_VAN_PUNT
from routekaart.meldingen.models import Melding
from routekaart.regels.doelgroep import Doelgroep

GEEN_ACTIE_NA_SCHOOL = "geen-actie-na-school"  # how most reports without action end (CL-31, CL-33)
HINTS = {
    "reden": "Waarom is de jongere weg, of uitgevallen? Zoals de melder het vertelde.",
    "acties-partners": "Wat deden school en partners al?",
    "reactie-jongere": "Wat zei de jongere zelf, en wat spraken jullie af?",
    "contactgegevens": "Mentor, coach of hulpverlener: naam en telefoonnummer.",
    "hulptrajecten": "Alleen wat de melder vertelde. Geen diagnose.",
    "verzuimoverzicht": "Per dag of per week: wanneer, hoeveel uur.",
    "verwachting-melder": "Wat vraagt de melder van ons?",
}


def _tekstveld(punt: str) -> forms.CharField:
    return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=HINTS[punt])


class AanvulFormulier(VersieFormulier):
    """The minimum information of one melding; asks only the points that apply to it."""

    reden = _tekstveld("reden")
    partneracties = _tekstveld("acties-partners")
    reactie_jongere = _tekstveld("reactie-jongere")
    betrokkenen = _tekstveld("contactgegevens")
    hulptrajecten = _tekstveld("hulptrajecten")
    verzuimoverzicht = _tekstveld("verzuimoverzicht")
    verwachte_inzet = _tekstveld("verwachting-melder")

    def __init__(self, *args: Any, detail: Detail, **kwargs: Any) -> None:
        melding = detail.melding
        labels = {VELD_VAN_PUNT[punt.code]: punt.label for punt in detail.punten}
        nu = {naam: getattr(melding, naam) for naam in labels}
        kwargs["initial"] = {"versie": melding.versie, **nu}
        super().__init__(*args, **kwargs)
        for naam in VELD_VAN_PUNT.values():
            if naam in labels:
                self.fields[naam].label = labels[naam]
            else:
                del self.fields[naam]

    @property
    def velden(self) -> dict[str, str]:
        """What was typed, per field of the melding."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "versie"}


class WieFormulier(Formulier):
    """Who the melding is about, as far as it becomes a new dossier."""

    rijen: ClassVar[Sequence[Sequence[str]]] = (
        ("voornamen", "voorvoegsel", "achternaam"),
        ("geboortedatum", "nummer"),
    )

    voornamen = forms.CharField(label="Voornaam", max_length=200, required=False)
    voorvoegsel = forms.CharField(label="Voorvoegsel", max_length=20, required=False)
    achternaam = forms.CharField(label="Achternaam", max_length=200)
    geboortedatum = DatumVeld(label="Geboortedatum")
    nummer = forms.CharField(
        label="BSN of onderwijsnummer",
        max_length=12,
        required=False,
        help_text="Weet je het? Dan komt niemand er dubbel in.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def opgave(self, melding: Melding) -> Opgave:
        """What was typed, beside what the melder told already."""
        data = self.cleaned_data
        return Opgave(
            achternaam=data["achternaam"],
            voorvoegsel=data["voorvoegsel"],
            voornamen=data["voornamen"],
            geboortedatum=data["geboortedatum"].isoformat(),
            geslacht=melding.opgegeven_geslacht,
            adres=melding.opgegeven_adres,
            postcode=melding.opgegeven_postcode,
            telefoon=melding.opgegeven_telefoon,
            email=melding.opgegeven_email,
        )


class OordeelFormulier(Formulier):
    """What the four ways share: the motivation, and where information is missing why one judges already."""

    field_order: Iterable[str] | None = None
    doe = "Leg het oordeel vast"
    motivatie = VrijeTekst(label="Waarom oordeel je zo?", help_text="Eén of twee zinnen.", rijen=3)

    def __init__(self, *args: Any, detail: Detail, op: dt.date, **kwargs: Any) -> None:
        self.detail = detail
        self.op = op
        super().__init__(*args, **kwargs)

    @property
    def gegevens(self) -> dict[str, Any]:
        """The arguments of the act."""
        return dict(self.cleaned_data)


class DoelgroepOordeel(OordeelFormulier):
    """With the doelgroep: the proposal confirmed, or another one with a motivation; and what was done for it."""

    zonder: frozenset[str] = frozenset()
    field_order: Iterable[str] | None = ("doelgroep", "doelgroep_motivatie", "gedaan", "onvolledig_omdat", "motivatie")

    doelgroep = forms.ChoiceField(label="Doelgroep", widget=Lijst)
    doelgroep_motivatie = forms.CharField(
        label="Waarom een andere doelgroep dan het voorstel?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    gedaan = forms.MultipleChoiceField(
        label="Wat deed je voor dit oordeel?",
        required=False,
        widget=Vinken,
        help_text="Dit komt als feit op de route. Een gesprek met verslag leg je vast bij Contact.",
    )
    onvolledig_omdat = forms.CharField(
        label="Er ontbreekt nog informatie. Waarom oordeel je nu al?",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, detail: Detail, **kwargs: Any) -> None:
        super().__init__(*args, detail=detail, **kwargs)
        self.fields["doelgroep_motivatie"].bij_label = "alleen nodig als je afwijkt"  # type: ignore[attr-defined]
        if detail.volledigheid.compleet:
            del self.fields["onvolledig_omdat"]
        self._zet_gedaan(detail)
        self._zet_doelgroep(detail)

    def _zet_gedaan(self, detail: Detail) -> None:
        keuzes = [("dossier", "Dossier gelezen")]
        if detail.melding.melder_soort not in {"jongere", "onderzoek"}:
            keuzes.append(("melder", f"{detail.vraag_aan} gesproken"))
        keuzes.append(("jongere", f"{detail.roepnaam[:1].upper()}{detail.roepnaam[1:]} gesproken"))
        self.fields["gedaan"].choices = keuzes  # type: ignore[attr-defined]

    def _zet_doelgroep(self, detail: Detail) -> None:
        werkproces = detail.melding.werkproces
        voorstel = detail.voorstel.besluit.doelgroep.value if detail.voorstel else ""
        if werkproces is None or not werkproces.open:
            del self.fields["doelgroep"], self.fields["doelgroep_motivatie"]
            return
        self.fields["doelgroep"].choices = [  # type: ignore[attr-defined]
            (waarde.code, f"{waarde.label}{' (voorstel)' if waarde.code == voorstel else ''}")
            for waarde in codelijst("doelgroepen").waarden
            if waarde.geldig_op(self.op) and waarde.code not in self.zonder
        ]
        staat = werkproces.doelgroep or voorstel
        self.fields["doelgroep"].initial = staat if staat not in self.zonder else None


class JaFormulier(DoelgroepOordeel):
    """`Ja, start de route`."""

    doe = "Start de route"
    zonder = frozenset({Doelgroep.GEEN.value})


class DuoVelden(OordeelFormulier):
    """What goes back to DUO when the melding is closed; not asked of a melding that did not come through DUO."""

    duo_afsluitreden = forms.TypedChoiceField(
        label="Reden voor DUO",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="School ziet dit in het eigen systeem. Leeg: wat bij de uitkomst hoort.",
    )
    duo_opmerking = forms.TypedChoiceField(label="Opmerking voor DUO", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, detail: Detail, **kwargs: Any) -> None:
        super().__init__(*args, detail=detail, **kwargs)
        lijsten = {"duo_afsluitreden": "duo-afsluitredenen", "duo_opmerking": "duo-afsluitopmerkingen"}
        for naam, lijst in lijsten.items():
            if not detail.melding.duo_nummer:
                del self.fields[naam]
                continue
            leeg = [("", "Kies zo nodig")]
            self.fields[naam].choices = leeg + codelijst(lijst).keuzes(op=self.op)  # type: ignore[attr-defined]


class NeeFormulier(DoelgroepOordeel, DuoVelden):
    """`Nee, koppel terug`: with the uitkomst that ends the route early."""

    doe = "Leg vast, daarna koppel je terug"
    field_order = (
        "doelgroep", "doelgroep_motivatie", "uitkomst", "gedaan", "onvolledig_omdat", "motivatie", "duo_afsluitreden",
        "duo_opmerking",
    )  # fmt: skip

    uitkomst = forms.ChoiceField(label="Met welke uitkomst sluit je af?", required=False)

    def __init__(self, *args: Any, detail: Detail, uitkomsten: Sequence[Uitkomst], **kwargs: Any) -> None:
        super().__init__(*args, detail=detail, **kwargs)
        self.fields["uitkomst"].choices = [  # type: ignore[attr-defined]
            ("", "Nog geen: geen doelgroep, of in beeld houden"),
            *((keuze.code, keuze.label) for keuze in uitkomsten),
        ]
        self.fields["uitkomst"].bij_label = "leeg bij JIKP en bij geen doelgroep"  # type: ignore[attr-defined]
        gewoon = {keuze.code for keuze in uitkomsten} & {GEEN_ACTIE_NA_SCHOOL}
        self.fields["uitkomst"].initial = next(iter(gewoon), "")

    @property
    def gegevens(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        afsluiting = Afsluiting(
            uitkomst=data.pop("uitkomst"),
            duo_afsluitreden=data.pop("duo_afsluitreden", None),
            duo_opmerking=data.pop("duo_opmerking", None),
        )
        return {**data, "afsluiting": afsluiting}


class OnterechtFormulier(DuoVelden):
    """`Onterechte melding`."""

    doe = "Sluit als onterechte melding"


class OverdrachtFormulier(DuoVelden):
    """`Draag over aan andere gemeente`."""

    doe = "Draag over"
    field_order = ("gemeente", "motivatie", "duo_afsluitreden", "duo_opmerking")

    gemeente = forms.ModelChoiceField(
        label="Naar welke gemeente?",
        queryset=Gemeente.objects.none(),
        empty_label="Kies een gemeente",
        help_text="Gemeenten buiten de eigen regio. Bel de collega daar: wij sturen niets vanzelf.",
    )

    def __init__(self, *args: Any, detail: Detail, **kwargs: Any) -> None:
        super().__init__(*args, detail=detail, **kwargs)
        buiten = Gemeente.objects.exclude(regio_id=detail.melding.regio_id).geldig_op(self.op).order_by("naam")
        self.fields["gemeente"].queryset = buiten  # type: ignore[attr-defined]
        verhuizing = detail.verhuizing
        nu = verhuizing.nu.pk if verhuizing is not None and verhuizing.buiten else None
        self.fields["gemeente"].initial = detail.melding.overdracht_gemeente_id or nu


class SluitFormulier(DuoVelden):
    """Closes a judged melding without a werkproces (under 18)."""

    doe = "Sluit de melding af"
    field_order = ("uitkomst", "motivatie", "duo_afsluitreden", "duo_opmerking")

    uitkomst = forms.ChoiceField(label="Uitkomst")

    def __init__(self, *args: Any, detail: Detail, uitkomsten: Sequence[Uitkomst], **kwargs: Any) -> None:
        super().__init__(*args, detail=detail, **kwargs)
        self.fields["motivatie"].label = "Wat is er gedaan?"
        keuzes = [("", "Kies een uitkomst"), *((keuze.code, keuze.label) for keuze in uitkomsten)]
        self.fields["uitkomst"].choices = keuzes  # type: ignore[attr-defined]

    @property
    def gegevens(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "toelichting": data["motivatie"],
            "afsluiting": Afsluiting(
                uitkomst=data["uitkomst"],
                duo_afsluitreden=data.get("duo_afsluitreden"),
                duo_opmerking=data.get("duo_opmerking"),
            ),
        }
