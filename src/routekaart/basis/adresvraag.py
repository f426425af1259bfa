"""What the address of a list asks, and the address of the same question with something changed."""

from __future__ import annotations

from dataclasses import Field, fields, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.urls import reverse


class Adresvraag:
    """Base of a frozen dataclass of which each field is a name in the address and has a default.

    `PAGINA` is the name of the page; empty: the page on which the reader is. `IN_PAD` names fields that stand in the
    path, and so not behind the question mark (with a `pad` of the page's own).
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    PAGINA: ClassVar[str] = ""
    IN_PAD: ClassVar[frozenset[str]] = frozenset()

    @property
    def pad(self) -> str:
        """The address without the question."""
        return reverse(self.PAGINA) if self.PAGINA else ""

    def adres(self, **anders: Any) -> str:
        """The same question with something changed; what is standard or empty stays out of the address."""
        nieuw = replace(self, **anders)
        delen = {
            veld.name: waarde
            for veld in fields(nieuw)
            if (waarde := getattr(nieuw, veld.name)) and waarde != veld.default and veld.name not in self.IN_PAD
        }
        return f"{nieuw.pad}?{urlencode(delen)}" if delen or not nieuw.pad else nieuw.pad

    @property
    def als_inhoud(self) -> dict[str, Any]:
        """The question as the log keeps it."""
        return {naam: waarde for naam, waarde in vars(self).items() if waarde}
