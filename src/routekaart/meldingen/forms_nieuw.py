"""A melding taken in by hand, for every channel of CL-01. What is asked follows from who reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from routekaart.basis.formulieren import Formulier
from routekaart.basis.models import Gemeente
from routekaart.basis.velden import DatumVeld, Lijst, TijdVeld
from routekaart.inhoud.codelijsten import codelijst
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.dubbelen import Vergelijking
from routekaart.meldingen.forms import HINTS, WieFormulier
from routekaart.meldingen.gegevens import Informatie, Melder, Opgave

VERZUIM = ("16-uur", "maand", "overig", "luxe")
CONTACT = ("melder_naam", "melder_functie", "melder_telefoon", "melder_email")
MINIMAAL = ("reden", "partneracties", "reactie_jongere", "betrokkenen", "hulptrajecten")


@dataclass(frozen=True)
class Meldvorm:
    """What is asked when this kind of melder reports: channels, soorten, fields, and labels of its own."""

    naam: str
    kanalen: tuple[str, ...]
    soorten: tuple[str, ...]
    velden: tuple[str, ...]
    labels: Mapping[str, str]


MELDVORMEN: Mapping[str, Meldvorm] = {
    "school": Meldvorm(
        "School",
        ("A.II", "B.I"),
        (*VERZUIM, "vsv", "jikp", "zorg"),
        (
            "instelling",
            *CONTACT,
            "begindatum",
            "voorgenomen_uitschrijving",
            *MINIMAAL,
            "verzuimoverzicht",
            "verwachte_inzet",
        ),
        {"partneracties": "Wat deed school al?", "verwachte_inzet": "Wat vraagt school van ons?"},
    ),
    "duo": Meldvorm(
        "DUO",
        ("A.I",),
        VERZUIM,
        ("duo_nummer", "instelling", *CONTACT, "begindatum", *MINIMAAL, "verzuimoverzicht", "verwachte_inzet"),
        {"partneracties": "Wat deed school al?", "verwachte_inzet": "Wat vraagt school van ons?"},
    ),
    "partner": Meldvorm(
        "Partner",
        ("A.II", "B.III"),
        ("vsv", "zorg", "jikp", *VERZUIM),
        ("melder_organisatie", *CONTACT, *MINIMAAL, "verwachte_inzet"),
        {"partneracties": "Wat deed de partner al?", "verwachte_inzet": "Wat vraagt de partner van ons?"},
    ),
    "jongere": Meldvorm(
        "Jongere zelf",
        ("A.III",),
        ("eigen-aanmelding", "vsv"),
        ("melder_organisatie", "melder_telefoon", "melder_email", *MINIMAAL, "verwachte_inzet"),
        {
            "melder_organisatie": "Bij welk loket?",
            "melder_telefoon": "Telefoon van de jongere",
            "melder_email": "E-mailadres van de jongere",
            "reden": "Wat vertelt de jongere?",
            "partneracties": "Wie hielp er al, en hoe?",
            "reactie_jongere": "Wat spraken jullie af?",
            "verwachte_inzet": "Wat wil de jongere van ons?",
        },
    ),
    "verzorger": Meldvorm(
        "Ouder",
        ("A.III", "A.II"),
        ("zorg", "vsv"),
        ("melder_naam", "melder_telefoon", "melder_email", *MINIMAAL, "verwachte_inzet"),
        {"verwachte_inzet": "Wat vraagt de ouder van ons?"},
    ),
    "overleg": Meldvorm(
        "Overleg",
        ("B.I", "B.II"),
        ("vsv", "zorg", "jikp", *VERZUIM),
        ("melder_organisatie", "melder_naam", "voorgenomen_uitschrijving", *MINIMAAL),
        {"melder_organisatie": "Welk overleg?", "melder_naam": "Wie bracht het in?"},
    ),
    "onderzoek": Meldvorm(
        "Eigen onderzoek",
        ("C.I", "C.II", "C.III", "C.IV"),
        ("vsv", "jikp", "herbeoordeling", "jib", "zorg"),
        ("instelling", *MINIMAAL),
        {"instelling": "Laatste school", "reden": "Wat vond je?"},
    ),
}


def _tekst(label: str, punt: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=HINTS.get(punt, "")
    )


class NieuweMelding(Formulier):
    """The melding itself. Nothing of the minimum information is required: what is missing becomes a question."""

    rijen = (
        ("soort", "kanaal"), ("ontvangen", "ontvangen_om"), ("melder_naam", "melder_functie"),
        ("melder_telefoon", "melder_email"),
    )  # fmt: skip

    kanaal = forms.ChoiceField(label="Hoe kwam de melding binnen?")
    soort = forms.ChoiceField(label="Waar gaat het over?")
    ontvangen = DatumVeld(label="Binnen op")
    ontvangen_om = TijdVeld(label="Tijd", required=False)
    duo_nummer = forms.CharField(
        label="Meldingsnummer van DUO",
        max_length=20,
        required=False,
        help_text="Dan herkennen wij de melding als DUO haar ook levert.",
    )
    instelling = forms.ModelChoiceField(
        label="School", queryset=Instelling.objects.none(), required=False, empty_label="Kies een school"
    )
    melder_organisatie = forms.CharField(label="Organisatie", max_length=160, required=False)
    melder_naam = forms.CharField(label="Wie meldt?", max_length=120, required=False)
    melder_functie = forms.CharField(label="Functie", max_length=80, required=False)
    melder_telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    melder_email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="De melder krijgt een bevestiging met nummer en datum, zonder inhoud.",
    )
    begindatum = DatumVeld(label="Weg sinds", required=False)
    voorgenomen_uitschrijving = forms.BooleanField(label="School wil de jongere uitschrijven", required=False)
    reden = _tekst("Reden van verzuim of uitval", "reden")
    partneracties = _tekst("Wat is er al gedaan?", "acties-partners")
    reactie_jongere = _tekst("Wat zegt de jongere?", "reactie-jongere")
    betrokkenen = _tekst("Contactgegevens van betrokkenen", "contactgegevens")
    hulptrajecten = _tekst("Hulptrajecten", "hulptrajecten")
    verzuimoverzicht = _tekst("Verzuimoverzicht", "verzuimoverzicht")
    verwachte_inzet = _tekst("Wat vraagt de melder van ons?", "verwachting-melder")

    def __init__(self, *args: Any, melder: str, nu: dt.datetime, **kwargs: Any) -> None:
        self.melder = melder
        self.nu = nu
        self.vorm = MELDVORMEN[melder]
        vandaag = timezone.localtime(nu)
        kwargs["initial"] = {"ontvangen": vandaag.date(), "ontvangen_om": vandaag.time()} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        houd = {"kanaal", "soort", "ontvangen", "ontvangen_om", *self.vorm.velden}
        for naam in list(self.fields):
            if naam not in houd:
                del self.fields[naam]
        for naam, label in self.vorm.labels.items():
            self.fields[naam].label = label
        self._zet_keuzes()

    def _zet_keuzes(self) -> None:
        kanalen, soorten = codelijst("meldingskanalen"), codelijst("meldingsoorten")
        self.fields["kanaal"].choices = [  # type: ignore[attr-defined]
            (code, f"{code} {kanalen.waarde(code)['kort']}") for code in self.vorm.kanalen
        ]
        self.fields["soort"].choices = [(code, soorten.waarde(code).label) for code in self.vorm.soorten]  # type: ignore[attr-defined]
        if "instelling" in self.fields:
            self.fields["instelling"].queryset = Instelling.objects.order_by("naam")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dag, tijd = data.get("ontvangen"), data.get("ontvangen_om")
        if dag is not None:
            moment = dt.datetime.combine(dag, tijd or dt.time(12), tzinfo=timezone.get_current_timezone())
            if dag > timezone.localdate(self.nu):
                self.add_error("ontvangen", "Deze dag ligt in de toekomst. Wanneer kwam de melding binnen?")
            data["ontvangen_op"] = min(moment, self.nu)
        return data

    @property
    def gegevens(self) -> dict[str, Any]:
        """The arguments of `ontvang_melding`, apart from the person."""
        data = self.cleaned_data
        duo_nummer = data.get("duo_nummer", "")
        return {
            "kanaal": data["kanaal"],
            "soort": data["soort"],
            "ontvangen_op": data["ontvangen_op"],
            "begindatum": data.get("begindatum"),
            "voorgenomen_uitschrijving": data.get("voorgenomen_uitschrijving", False),
            "informatie": Informatie(**{veld.name: data.get(veld.name, "") for veld in fields(Informatie)}),
            "melder": Melder(
                soort=self.melder,
                naam=data.get("melder_naam", ""),
                functie=data.get("melder_functie", ""),
                organisatie=data.get("melder_organisatie", ""),
                telefoon=data.get("melder_telefoon", ""),
                email=data.get("melder_email", ""),
                instelling=data.get("instelling"),
            ),
            "extra": {"duo_nummer": duo_nummer} if duo_nummer else None,
        }


class NieuweJongere(WieFormulier):
    """Somebody who is not in the register: name, birth date, number where known, and where she lives."""

    rijen: ClassVar[Sequence[Sequence[str]]] = (*WieFormulier.rijen, ("gemeente", "adres"))

    gemeente = forms.ModelChoiceField(
        label="Woont in", queryset=Gemeente.objects.none(), empty_label="Kies een gemeente"
    )
    adres = forms.CharField(label="Adres", max_length=200, required=False)

    def __init__(self, *args: Any, gemeenten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].queryset = gemeenten  # type: ignore[attr-defined]

    @property
    def nieuwe_opgave(self) -> Opgave:
        """What was typed about the person."""
        data = self.cleaned_data
        return Opgave(
            achternaam=data["achternaam"],
            voorvoegsel=data["voorvoegsel"],
            voornamen=data["voornamen"],
            geboortedatum=data["geboortedatum"].isoformat(),
            adres=data["adres"],
        )


class DubbelKeuze(Formulier):
    """One of the people we know already, or somebody else after all."""

    NIEUW = "nieuw"
    dubbel = forms.ChoiceField(
        label="Is het een van deze jongeren?",
        widget=Lijst,
        error_messages={"required": "Kies of dit een van deze jongeren is, of iemand anders"},
    )

    def __init__(self, *args: Any, kandidaten: Sequence[Vergelijking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dubbel"].choices = list(_keuzes(kandidaten))  # type: ignore[attr-defined]


def _keuzes(kandidaten: Iterable[Vergelijking]) -> Iterable[tuple[str, str]]:
    for kandidaat in kandidaten:
        merken = (merk.tekst for merk in kandidaat.merken)
        delen = (kandidaat.naam, *merken, kandidaat.adres, f"BSN {kandidaat.nummer}")
        yield str(kandidaat.jongere.sleutel), ", ".join(deel for deel in delen if deel)
    yield DubbelKeuze.NIEUW, "Nee, dit is iemand anders"
