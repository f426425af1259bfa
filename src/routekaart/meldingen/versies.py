"""Which of the versions of a DUO melding holds: the same one in whatever order, and how often, they came in."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

# what a version said, as `DuoMelding.als_gegevens` writes it
Inhoud = Mapping[str, Any]

_SCHRIJVER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
_NOOIT = dt.datetime.min.replace(tzinfo=dt.UTC)


def vingerafdruk(inhoud: Inhoud) -> str:
    """The same for two versions that say the same, and only for these."""
    return vingerafdruk_van(letterlijk(inhoud))


def vingerafdruk_van(tekst: str) -> str:
    """The same, of what `letterlijk` wrote."""
    return hashlib.sha256(tekst.encode()).hexdigest()


def geldend(versies: Sequence[Inhoud]) -> Inhoud:
    """The version that holds, of at least one, given in the order in which they came.

    The highest `versie`; one without `versie` only holds where it was reported later than that. Where two have the
    same number, the later report holds, then a withdrawal, then the one that says most. Only of rows with neither
    number nor moment does the last that came hold: nothing else tells.
    """
    met = [inhoud for inhoud in versies if inhoud["versie"]]
    zonder = [inhoud for inhoud in versies if not inhoud["versie"]]
    if not met or not zonder:
        return _hoogste(met or zonder)
    hoogste, laatste = _hoogste(met), _hoogste(zonder)
    later = hoogste["gemeld_op"] and laatste["gemeld_op"] and _moment(laatste) > _moment(hoogste)
    return laatste if later else hoogste


def _hoogste(versies: Sequence[Inhoud]) -> Inhoud:
    beste = _met_hoogste(versies, _rang)
    if _rang(beste[0])[:2] == (0, _NOOIT):
        return versies[-1]
    beste = _met_hoogste(beste, _gevuld)
    # two that are equal in all this: always the same one
    return beste[0] if len(beste) == 1 else min(beste, key=letterlijk)


def _met_hoogste(versies: Sequence[Inhoud], maat: Callable[[Inhoud], Any]) -> Sequence[Inhoud]:
    """Those of which this measure is the highest."""
    if len(versies) == 1:
        return versies
    maten = [maat(inhoud) for inhoud in versies]
    hoogste = max(maten)
    return [inhoud for inhoud, eigen in zip(versies, maten, strict=True) if eigen == hoogste]


def _rang(inhoud: Inhoud) -> tuple[int, dt.datetime, bool]:
    return inhoud["versie"] or 0, _moment(inhoud), inhoud["status"] == "ingetrokken"


def _gevuld(inhoud: Inhoud) -> int:
    """How much a version says."""
    return sum(waarde not in (None, "", []) for waarde in inhoud.values())


def _moment(inhoud: Inhoud) -> dt.datetime:
    return dt.datetime.fromisoformat(inhoud["gemeld_op"]) if inhoud["gemeld_op"] else _NOOIT


def letterlijk(inhoud: Inhoud) -> str:
    """What a version said as one text (JSON), always in the same order."""
    return _SCHRIJVER.encode(inhoud)
