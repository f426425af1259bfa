"""The trace of a fact that a delivery changed or removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from routekaart.leveringen.models import Feitwijziging
from routekaart.leveringen.publiceren.publicatie import Inlezing, Verandering


def feitwijziging(
    soort: str, rij: Any, sleutel: Sequence[str], verandering: Verandering, inlezing: Inlezing
) -> Feitwijziging:
    """How the fact was and became, with its natural key; not saved yet. `rij` has not been changed yet."""
    kern = {naam: getattr(rij, naam) for naam in sleutel}
    return Feitwijziging(
        jongere_id=rij.jongere_id,
        levering_id=inlezing.levering_id,
        soort=soort,
        was=_plat({**kern, **(verandering.was or {})}),
        wordt=_plat({**kern, **verandering.wordt}) if verandering.wordt is not None else {},
        vastgelegd_op=inlezing.nu,
    )


def _plat(velden: Mapping[str, Any]) -> dict[str, Any]:
    return {naam: waarde.isoformat() if isinstance(waarde, dt.date) else waarde for naam, waarde in velden.items()}
