"""Forms for rows that could not be taken: the row itself, one value for many rows, and why a row may go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from routekaart.basis.formulieren import Formulier, VersieFormulier
from routekaart.leveringen.herstel import Rijfouten, geleverd, soort_van
from routekaart.leveringen.models import Uitvalrij
from routekaart.leveringen.soorten.soort import NUMMERKOLOMMEN, Kolom
from routekaart.leveringen.soorten.velden import keuzes_van
from routekaart.leveringen.voorstellen import Voorstel, Voorsteller
from routekaart.personen.nummers import gemaskeerd

WEG = "leeg"
MAX_CEL = 4000
MAX_KEUZES = 1000  # a longer list is not sent along with the page


class Keuzelijst:
    """What a field may hold, to choose from while typing: id, and (value, how it reads)."""

    def __init__(self, kolom: str, keuzes: list[tuple[str, str]]) -> None:
        self.id, self.keuzes = f"keuze-{kolom}", keuzes

    def __bool__(self) -> bool:
        return 0 < len(self.keuzes) <= MAX_KEUZES


class RijFormulier(VersieFormulier):
    """One field per column of the kind, with what was delivered. A number of a person is not shown: left empty it
    stays what it was.
    """

    def __init__(self, rij: Uitvalrij, voorsteller: Voorsteller, *args: Any, **kwargs: Any) -> None:
        self.rij, self.was = rij, geleverd(rij)
        self.lijsten: list[Keuzelijst] = []
        self.geheim = {naam for naam, cel in self.was.items() if cel and _is_nummer(naam, cel, rij.kolom)}
        super().__init__(*args, **kwargs)
        self.fields["versie"].initial = rij.versie
        self.kolommen = [kolom.naam for kolom in soort_van(rij.levering).kolommen]
        for kolom in soort_van(rij.levering).kolommen:
            self.fields[_veldnaam(kolom.naam)] = veld = self._veld(kolom)
            # the lists of schools and gemeenten are long: only where something is wrong
            if kolom.naam == rij.kolom or keuzes_van(kolom.lees):
                lijst = Keuzelijst(kolom.naam, voorsteller.keuzes(kolom.naam))
                if lijst:
                    veld.widget.attrs["list"] = lijst.id
                    self.lijsten.append(lijst)

    @classmethod
    def gevuld(cls, rij: Uitvalrij, voorsteller: Voorsteller, waarden: Mapping[str, str]) -> RijFormulier:
        """As if somebody had typed these values into the row as it stands."""
        leeg = cls(rij, voorsteller)
        data = {naam: str(leeg.get_initial_for_field(veld, naam) or "") for naam, veld in leeg.fields.items()}
        gevuld = cls(rij, voorsteller, data | {_veldnaam(naam): waarde for naam, waarde in waarden.items()})
        gevuld.is_valid()
        return gevuld

    def _veld(self, kolom: Kolom) -> forms.CharField:
        hint = kolom.wat
        if kolom.naam in self.geheim:
            hint = f"{kolom.wat}. Nu {gemaskeerd(self.was[kolom.naam])}: laat leeg om dit zo te laten"
            hint += "" if kolom.verplicht else f", schrijf ‘{WEG}’ om het weg te halen"
        veld = forms.CharField(
            label=kolom.naam,
            required=False,
            max_length=MAX_CEL,
            help_text=hint,
            initial="" if kolom.naam in self.geheim else self.was.get(kolom.naam, ""),
            strip=True,
        )
        veld.bij_label = "nodig" if kolom.verplicht else " "  # type: ignore[attr-defined]
        veld.widget.attrs["autocomplete"] = "off"
        return veld

    @property
    def waarden(self) -> dict[str, str]:
        """Our column → the text to offer, of every column that was delivered or is filled now."""
        nieuw = {}
        for naam in self.kolommen:
            waarde = self.cleaned_data.get(_veldnaam(naam), "")
            if naam in self.geheim:
                waarde = self.was[naam] if not waarde else "" if waarde.lower() == WEG else waarde
            if waarde or naam in self.was:
                nieuw[naam] = waarde
        return nieuw

    def toon(self, fouten: Rijfouten) -> None:
        """Each reason at its column, or on top."""
        for kolom, reden in fouten.fouten.items():
            self.add_error(_veldnaam(kolom) if kolom in self.kolommen else None, reden)

    @property
    def fout_veld(self) -> BoundField | None:
        """The field that the row stands still on."""
        return self[_veldnaam(self.rij.kolom)] if self.rij.kolom in self.kolommen else None

    @property
    def in_bestand(self) -> list[BoundField]:
        """The other columns that the file has."""
        return [self[_veldnaam(naam)] for naam in self.kolommen if naam in self.was and naam != self.rij.kolom]

    @property
    def niet_in_bestand(self) -> list[BoundField]:
        """The columns that the file does not have: left empty they stay what they are."""
        weg = {*self.was, self.rij.kolom}
        return [self[_veldnaam(naam)] for naam in self.kolommen if naam not in weg]


def _veldnaam(kolom: str) -> str:
    """The field of a column; apart from the other fields, for a delivery may have a column `versie` too."""
    return f"kolom-{kolom}"


def _is_nummer(naam: str, cel: str, foute_kolom: str) -> bool:
    """A number of a person; where the row as a whole is out of place, also nine digits in any other column."""
    kaal = cel.strip("\"' ")
    return naam in NUMMERKOLOMMEN or (not foute_kolom and kaal.isdigit() and len(kaal) in {8, 9})


class GroepFormulier(Formulier):
    """One value for the same wrong cell of many rows."""

    waarde = forms.CharField(label="Zet hier overal", max_length=MAX_CEL, required=False)
    onthoud = forms.BooleanField(label="Doe dit voortaan vanzelf bij deze soort levering", required=False)

    def __init__(self, kolom: Kolom, voorsteller: Voorsteller, was: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kolom = kolom
        self.voorstel: Voorstel | None = voorsteller.eerste(kolom.naam, was)
        self.lijst = Keuzelijst(kolom.naam, voorsteller.keuzes(kolom.naam))
        if self.voorstel is not None:
            self.fields["waarde"].initial = self.voorstel.waarde
            self.fields["onthoud"].initial = self.voorstel.zeker
        if self.lijst:
            self.fields["waarde"].widget.attrs["list"] = self.lijst.id
        self.fields["waarde"].help_text = kolom.wat
        self.fields["waarde"].bij_label = "nodig" if kolom.verplicht else "leeg mag"  # type: ignore[attr-defined]

    def toon(self, fouten: Rijfouten) -> None:
        """The reason at the one field."""
        for reden in fouten.fouten.values():
            self.add_error("waarde", reden)


class VervalFormulier(Formulier):
    """Why rows are set aside."""

    rijen: ClassVar = ()
    motivatie = forms.CharField(
        label="Waarom hebben we dit niet nodig?", max_length=240, help_text="Je collega’s zien dit bij de levering."
    )
