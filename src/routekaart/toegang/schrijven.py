"""What an act writes in the log: who, in which role, about whom, within the transaction of the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict

from routekaart.logboek.acties import maak_regel, noteer
from routekaart.logboek.models import Logregel
from routekaart.toegang.bereik import Toegang


def schrijf(
    code: str,
    *,
    toegang: Toegang,
    nu: dt.datetime,
    jongere_id: int | None = None,
    onderwerp: object = "",
    inhoud: Mapping[str, Any] | None = None,
) -> None:
    """One line about what was changed. `onderwerp`: a model instance or text; `inhoud`: plain data (REG-19)."""
    noteer(code, nu=nu, **_wie(toegang), jongere_id=jongere_id, onderwerp=_tekst(onderwerp)[:120], inhoud=inhoud)


class _Wie(TypedDict):
    soort: str
    regio_id: int | None
    gebruiker_id: int | None
    rol: str


class Schrijver:
    """Makes the lines of many acts of one moment, as `schrijf` would write them; `logboek.acties.noteer_velen` does
    the writing.
    """

    def __init__(self, *, toegang: Toegang, nu: dt.datetime) -> None:
        self.nu, self.wie = nu, _wie(toegang)

    def regel(
        self, code: str, *, jongere_id: int | None, onderwerp: str, inhoud: Mapping[str, Any] | None = None
    ) -> tuple[Any, ...]:
        """One line. `onderwerp` is text: `app.model:sleutel`."""
        return maak_regel(code, nu=self.nu, **self.wie, jongere_id=jongere_id, onderwerp=onderwerp[:120], inhoud=inhoud)


def _wie(toegang: Toegang) -> _Wie:
    """Who does it, as a line says that."""
    return {
        "soort": (Logregel.Soort.SYSTEEM if toegang.systeem else Logregel.Soort.SCHRIJVEN).value,
        "regio_id": toegang.regio_id,
        "gebruiker_id": toegang.gebruiker_id or None,
        "rol": toegang.rol,
    }


def _tekst(onderwerp: object) -> str:
    meta = getattr(onderwerp, "_meta", None)
    if not meta:
        return str(onderwerp)
    return f"{meta.label_lower}:{getattr(onderwerp, 'sleutel', getattr(onderwerp, 'pk', ''))}"
