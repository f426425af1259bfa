"""What an act writes in the log: who, in which role, about whom, within the transaction of the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from routekaart.logboek.acties import noteer
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
    meta = getattr(onderwerp, "_meta", None)
    tekst = (
        f"{meta.label_lower}:{getattr(onderwerp, 'sleutel', getattr(onderwerp, 'pk', ''))}" if meta else str(onderwerp)
    )
    noteer(
        code,
        nu=nu,
        soort=Logregel.Soort.SYSTEEM if toegang.systeem else Logregel.Soort.SCHRIJVEN,
        regio_id=toegang.regio_id,
        gebruiker_id=toegang.gebruiker_id or None,
        rol=toegang.rol,
        jongere_id=jongere_id,
        onderwerp=tekst[:120],
        inhoud=inhoud,
    )
