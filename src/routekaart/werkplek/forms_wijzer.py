"""The facts of the target-group decision as a form: one part that stands there once, and rows that come and go.

Rows are added and taken away by buttons that send the form, so that it works without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from routekaart.basis import taal
from routekaart.basis.formulieren import Formulier, fouten_van
from routekaart.basis.onderdelen import Fout, telling_in_woorden
from routekaart.basis.velden import MAANDNUMMERS, DatumVeld, Eigen
from routekaart.inhoud.codelijsten import codelijst
from routekaart.regels.doelgroep_feiten import HOOGSTE_MBO_NIVEAU, LAATSTE_PEILJAAR, OUDSTE_LEEFTIJD, UREN_PER_WEEK
from routekaart.regels.leeftijd import Geboortedatum

MEESTE_RIJEN = 30
# what folds open: first what is about the person, then what the region chose
MEER = ("in_nederland_sinds", "vertrokken_op", "overleden_op", "vastgesteld_op", "vastgesteld_bron", "bovengrens",
        "baan_uren")  # fmt: skip
MEER_EIGEN = 5
MBO = "mbo"
NIVEAUS = [("", "-"), *((str(n), str(n)) for n in range(1, HOOGSTE_MBO_NIVEAU + 1))]


class GeboortedatumVeld(Eigen, forms.CharField):
    """A birth date of which the day, or the month and the day, may be unknown: 6-5-2004, mei 2004, 2004."""

    default_error_messages = {
        "required": "Vul een geboortedatum in, bijvoorbeeld 6-5-2004",
        "invalid": "Schrijf de geboortedatum als dag-maand-jaar. Weet je de dag niet: mei 2004. Alleen het jaar: 2004",
    }

    def to_python(self, value: Any) -> Geboortedatum | None:  # type: ignore[override]
        """The birth date, or None when empty."""
        if isinstance(value, Geboortedatum) or value in self.empty_values:
            return value or None
        tekst = str(value).strip().lower()
        try:
            return _half(tekst) or Geboortedatum.van(_heel(tekst))
        except (ValueError, ValidationError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        if isinstance(value, Geboortedatum):
            dag = f"{value.dag:02d}-" if value.dag else ""
            maand = f"{value.maand:02d}-" if value.maand else ""
            return f"{dag}{maand}{value.jaar}"
        return value


def _heel(tekst: str) -> date:
    gelezen = DatumVeld().to_python(tekst)
    if gelezen is None:
        raise ValueError(tekst)
    return gelezen


def _half(tekst: str) -> Geboortedatum | None:
    """An incomplete birth date; None where it may be a whole one."""
    if gevonden := re.fullmatch(r"(\d{4})(?:-(\d{2})-00)?", tekst):
        return Geboortedatum(int(gevonden[1]), int(gevonden[2] or 0) or None)
    if gevonden := re.fullmatch(r"(?:00[-/ ])?(\d{1,2})[-/ ](\d{4})", tekst):
        return Geboortedatum(int(gevonden[2]), int(gevonden[1]) or None)
    if (gevonden := re.fullmatch(r"([a-z]{3,9}) (\d{4})", tekst)) and gevonden[1][:3] in MAANDNUMMERS:
        return Geboortedatum(int(gevonden[2]), MAANDNUMMERS[gevonden[1][:3]])
    return None


class WijzerFormulier(Formulier):
    """What stands there once: the days to look at, the person, the flags, and what the region chose."""

    peildatum = DatumVeld(label="Op welke dag kijk je?")
    vergelijk = DatumVeld(label="Vergelijk met", required=False, help_text="Zie wat er dan anders is.")
    geboortedatum = GeboortedatumVeld(label="Geboortedatum", help_text="Of mei 2004, of alleen 2004.")
    verzuimmelding = forms.BooleanField(label="Er loopt een verzuimmelding", required=False)
    voorgenomen_uitschrijving = forms.BooleanField(label="School wil de jongere uitschrijven", required=False)
    geen_diplomas = forms.BooleanField(label="We weten zeker dat er geen diploma is", required=False)
    geen_inschrijvingen = forms.BooleanField(label="We weten zeker dat er geen inschrijving was", required=False)
    geen_werk = forms.BooleanField(label="We weten zeker dat er geen werk was", required=False)
    vastgesteld_op = DatumVeld(label="Startkwalificatie vastgesteld op", required=False)
    vastgesteld_bron = forms.CharField(label="Waaruit blijkt dat", required=False, max_length=200)
    in_nederland_sinds = DatumVeld(label="In Nederland sinds", required=False)
    vertrokken_op = DatumVeld(label="Vertrokken uit Nederland op", required=False)
    overleden_op = DatumVeld(label="Overleden op", required=False)
    bovengrens = forms.IntegerField(
        label="Eigen leeftijdsgrens", required=False, min_value=0, max_value=OUDSTE_LEEFTIJD,
        help_text="Leeg is de grens van de wet.",
    )  # fmt: skip
    baan_telt = forms.BooleanField(label="Een baan telt mee", required=False)
    baan_uren = forms.DecimalField(
        label="Uren per week vanaf wanneer werk telt", required=False, min_value=0, max_value=UREN_PER_WEEK
    )

    def clean_peildatum(self) -> date:
        return _niet_te_ver(self.cleaned_data["peildatum"])

    def clean_vergelijk(self) -> date | None:
        dag: date | None = self.cleaned_data["vergelijk"]
        return _niet_te_ver(dag) if dag else None

    def clean_vastgesteld_bron(self) -> str:
        bron: str = self.cleaned_data["vastgesteld_bron"]
        if bron and not self.data.get("vastgesteld_op"):
            self.add_error("vastgesteld_op", "Vul ook in op welke dag de startkwalificatie is vastgesteld")
        return bron


def _niet_te_ver(dag: date) -> date:
    if dag.year > LAATSTE_PEILJAAR:
        raise ValidationError(f"Kies een dag tot en met het jaar {LAATSTE_PEILJAAR}")
    return dag


class Rij(Formulier):
    """One row of a list; a row in which nothing was filled in does not count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, **kwargs)

    @property
    def gevuld(self) -> bool:
        return self.has_changed()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        van, tot = data.get("van"), data.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", f"De laatste dag ligt voor de eerste dag, {taal.datum_voluit(van)}")
        soort = data.get("onderwijssoort", data.get("soort"))
        if data.get("niveau") and soort and soort != MBO:
            self.add_error("niveau", "Een niveau hoort alleen bij mbo")
        return data


def _keuzes(lijst: str) -> list[tuple[str, str]]:
    return [("", "Kies"), *((waarde.code, waarde.label) for waarde in codelijst(lijst).waarden)]


class DiplomaRij(Rij):
    soort = forms.ChoiceField(label="Diploma", choices=lambda: _keuzes("diplomasoorten"))
    niveau = forms.TypedChoiceField(label="Niveau", choices=NIVEAUS, coerce=int, empty_value=None, required=False)
    behaald_op = DatumVeld(label="Behaald op")


class InschrijvingRij(Rij):
    onderwijssoort = forms.ChoiceField(label="Soort onderwijs", choices=lambda: _keuzes("onderwijssoorten"))
    niveau = forms.TypedChoiceField(label="Niveau", choices=NIVEAUS, coerce=int, empty_value=None, required=False)
    van = DatumVeld(label="Eerste dag")
    tot = DatumVeld(label="Laatste dag", required=False)


class WerkRij(Rij):
    van = DatumVeld(label="Eerste dag")
    tot = DatumVeld(label="Laatste dag", required=False)
    uren = forms.DecimalField(label="Uren per week", required=False, min_value=0, max_value=UREN_PER_WEEK)


@dataclass(frozen=True)
class Rijsoort:
    """One list of rows: its form, and how it is called."""

    klasse: type[Rij]
    titel: str
    een: str
    uitleg: str


RIJSOORTEN: dict[str, Rijsoort] = {
    "inschrijvingen": Rijsoort(
        InschrijvingRij,
        "School",
        "inschrijving",
        "Nog bezig? Laat de laatste dag leeg. Een niveau hoort alleen bij mbo.",
    ),
    "diplomas": Rijsoort(DiplomaRij, "Diploma’s", "diploma", "Ook een getuigschrift van praktijkonderwijs telt."),
    "werk": Rijsoort(WerkRij, "Werk", "baan", "Weet je de uren niet, of wisselen ze? Laat ze leeg."),
}


@dataclass(frozen=True)
class Lijst:
    """The rows of one kind, as the template shows them."""

    code: str
    soort: Rijsoort
    rijen: list[Rij]
    geen: Any

    @property
    def vol(self) -> bool:
        return len(self.rijen) >= MEESTE_RIJEN


class Wijzerinvoer:
    """The whole form: the part that stands there once, and the rows of each list."""

    rijsoorten: ClassVar = RIJSOORTEN

    def __init__(self, form: WijzerFormulier, rijen: Mapping[str, list[Rij]]) -> None:
        self.form = form
        self.rijen = rijen

    @classmethod
    def begin(cls, waarden: Mapping[str, Any], rijen: Mapping[str, list[dict[str, Any]]]) -> Wijzerinvoer:
        """A form that was not sent yet, or that only got or lost a row: nothing is checked."""
        return cls(
            WijzerFormulier(initial=dict(waarden)),
            {
                code: [soort.klasse(prefix=f"{code}-{n}", initial=rij) for n, rij in enumerate(rijen.get(code, []))]
                for code, soort in RIJSOORTEN.items()
            },
        )

    @classmethod
    def ingevuld(cls, data: QueryDict) -> Wijzerinvoer:
        """What was sent, to be checked."""
        return cls(
            WijzerFormulier(data),
            {
                code: [soort.klasse(data, prefix=f"{code}-{n}") for n in range(_aantal(data, code))]
                for code, soort in RIJSOORTEN.items()
            },
        )

    @classmethod
    def veranderd(cls, data: QueryDict, doe: str) -> Wijzerinvoer | None:
        """What was typed, with one row more (`erbij:werk`) or less (`weg:werk:0`); None for another button."""
        wat, _, rest = doe.partition(":")
        code, _, plaats = rest.partition(":")
        if wat not in {"erbij", "weg"} or code not in RIJSOORTEN:
            return None
        rijen = {
            naam: [
                {veld: data.get(f"{naam}-{n}-{veld}") for veld in soort.klasse.base_fields}
                for n in range(_aantal(data, naam))
            ]
            for naam, soort in RIJSOORTEN.items()
        }
        if wat == "erbij":
            rijen[code] = [*rijen[code], {}][:MEESTE_RIJEN]
        else:
            rijen[code] = [rij for n, rij in enumerate(rijen[code]) if str(n) != plaats]
        return cls.begin({veld: data.get(veld) for veld in WijzerFormulier.base_fields}, rijen)

    @property
    def formulieren(self) -> list[Formulier]:
        """All parts, in the order in which they stand on the page."""
        return [self.form, *(rij for code in RIJSOORTEN for rij in self.rijen[code])]

    @property
    def lijsten(self) -> list[Lijst]:
        return [Lijst(code, soort, self.rijen[code], self.form[f"geen_{code}"]) for code, soort in RIJSOORTEN.items()]

    @property
    def meer_open(self) -> bool:
        """Whether the part that folds open holds something, or something to mend."""
        velden = [self.form[naam] for naam in MEER]
        return any(veld.errors for veld in velden) or any(veld.value() for veld in velden[:MEER_EIGEN])

    @property
    def fouten(self) -> list[Fout]:
        """Everything that is wrong, for the summary."""
        return [fout for deel in self.formulieren if deel.is_bound for fout in fouten_van(deel)]

    @property
    def foutkop(self) -> str:
        return telling_in_woorden(len(self.fouten))

    def klopt(self) -> bool:
        """Whether everything can be decided on. Checks all parts, so that all errors show at once."""
        fout = [deel for deel in self.formulieren if not deel.is_valid()]
        return not fout


def _aantal(data: QueryDict, code: str) -> int:
    """How many rows of this kind were on the page."""
    tekst = data.get(f"aantal-{code}", "0")
    return min(int(tekst), MEESTE_RIJEN) if tekst.isascii() and tekst.isdigit() else 0
