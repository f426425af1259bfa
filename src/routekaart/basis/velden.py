"""Fields and widgets of our own: dates and times as people write them, free text with a hint."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from routekaart.basis.taal import MAANDEN

MAANDNUMMERS = {naam[:3]: nummer for nummer, naam in enumerate(MAANDEN, start=1)} | {"mrt": 3}
DATUM_MET_TEKENS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]+)[-/. ]+(\d{2}|\d{4})")
DATUM_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DATUM_KAAL = re.compile(r"(\d{2})(\d{2})(\d{4})")
TIJD = re.compile(r"(\d{1,2})(?:[:.u ]?(\d{2}))?\s*(?:uur|u)?")


class Eigen:
    """Marks fields that bring Dutch messages of their own."""


class DatumInvoer(forms.DateInput):
    """A text input: typing a date beats a calendar, and a calendar differs per browser."""

    kort = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "dd-mm-jjjj", "autocomplete": "off"} | (attrs or {}), format="%d-%m-%Y")


class TijdInvoer(forms.TimeInput):
    """A text input for hours and minutes."""

    kort = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "uu:mm", "autocomplete": "off"} | (attrs or {}), format="%H:%M")


class DatumVeld(Eigen, forms.DateField):
    """A date as people write it: 17-11-2026, 17/11/26, 17 nov 2026, 17112026 and 2026-11-17."""

    widget = DatumInvoer
    default_error_messages = {
        "invalid": "Schrijf de datum als dag-maand-jaar, bijvoorbeeld 17-11-2026",
        "bestaat_niet": "Deze datum bestaat niet. Kijk naar de dag en de maand",
    }

    def to_python(self, value: Any) -> date | None:
        """The date, or None when empty."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        tekst = str(value).strip().lower()
        if treffer := DATUM_ISO.fullmatch(tekst):
            jaar, maand, dag = treffer.groups()
        elif treffer := (DATUM_MET_TEKENS.fullmatch(tekst) or DATUM_KAAL.fullmatch(tekst)):
            dag, maand, jaar = treffer.groups()
        else:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        nummer = int(maand) if maand.isdigit() else MAANDNUMMERS.get(maand[:3], 0)
        if not nummer:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return date(_eeuw(int(jaar)) if len(jaar) == 2 else int(jaar), nummer, int(dag))
        except ValueError:
            raise ValidationError(self.error_messages["bestaat_niet"], code="bestaat_niet") from None


def _eeuw(jaar: int) -> int:
    """Two digits: 69-99 is of the past century, as in POSIX; nobody here is born before."""
    return jaar + (1900 if jaar >= 69 else 2000)


class TijdVeld(Eigen, forms.TimeField):
    """A time as people write it: 15:30, 15.30, 1530, 9u30, 9 uur."""

    widget = TijdInvoer
    default_error_messages = {"invalid": "Schrijf de tijd als uren en minuten, bijvoorbeeld 15:30"}

    def to_python(self, value: Any) -> time | None:
        """The time, or None when empty."""
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        treffer = TIJD.fullmatch(str(value).strip().lower())
        try:
            if treffer:
                return time(int(treffer[1]), int(treffer[2] or 0))
        except ValueError:
            pass
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class Keuze(forms.RadioSelect):
    """Radio buttons as chips beside each other: for few and short answers."""


class Lijst(forms.RadioSelect):
    """Radio buttons under each other: for long answers."""


class Niveaus(forms.RadioSelect):
    """Five radio buttons of equal width: a reading from 1 to 5."""


class Vinken(forms.CheckboxSelectMultiple):
    """Checkboxes under each other."""


class Bestand(forms.ClearableFileInput):
    """A file; the name of the chosen file shows in the control itself, without script."""

    template_name = "django/forms/widgets/file.html"


class VrijeTekst(forms.CharField):
    """Free text about a person: always says who reads it and what does not belong in it."""

    def __init__(
        self,
        *args: Any,
        lezers: str = "Jij en je team. De jongere mag dit lezen.",
        schrijf_niet: str = "Schrijf feiten en afspraken. Geen diagnose, geen vermoedens.",
        rijen: int = 3,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rijen}))
        super().__init__(*args, **kwargs)
        self.lezers = lezers
        self.schrijf_niet = schrijf_niet
