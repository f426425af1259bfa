"""The trace of a fact that a delivery changed or removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from routekaart.leveringen.publiceren.publicatie import Inlezing, Verandering

SPOORVELDEN = ("jongere_id", "levering_id", "soort", "was", "wordt", "vastgelegd_op")


def feitwijziging(soort: str, sleutel: Sequence[str], verandering: Verandering, inlezing: Inlezing) -> tuple[Any, ...]:
    """How the fact was and became, with its natural key (the person first), as a row for `SPOORVELDEN`.

    `sleutel` names the first fields of the key, as many as the trace should hold.
    """
    kern = dict(zip(sleutel, verandering.sleutel, strict=False))
    was = _plat({**kern, **(verandering.was or {})})
    wordt = _plat({**kern, **verandering.wordt}) if verandering.wordt is not None else {}
    return kern["jongere_id"], inlezing.levering_id, soort, was, wordt, inlezing.nu


def _plat(velden: Mapping[str, Any]) -> dict[str, Any]:
    return {naam: waarde.isoformat() if isinstance(waarde, dt.date) else waarde for naam, waarde in velden.items()}
