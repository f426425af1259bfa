"""In which gemeente somebody lived on a day that is past, as far as the history of the BRP facts says (REG-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Verhuizing(NamedTuple):
    """A change of gemeente as it was recorded; `sinds` is the day that came with it, None where none did."""

    was: int
    wordt: int
    vastgelegd: date
    sinds: date | None = None


class Woonplaats(NamedTuple):
    """The gemeente, and since when somebody is registered there; None where nobody said."""

    gemeente: int
    sinds: date | None = None


def woonplaats_op(dag: date, nu: Woonplaats, verhuizingen: Sequence[Verhuizing]) -> Woonplaats:
    """Where somebody lived on the day: `nu` what stands there now, `verhuizingen` in the order they were recorded.

    Where the gemeente of now is from after the day, the one before it; and so on, as long as what was there is from
    after the day too. Without a day a gemeente is taken to have held always. Who was recorded in it before the day that
    stands there now, went and came back: it held from the first time. Where nothing earlier is known, the earliest that
    is known. A change that does not lead to where we are (of two persons who became one) says nothing.
    """
    gemeente, sinds = nu
    eerder = False
    for een in reversed(verhuizingen):
        if een.wordt != gemeente:
            continue
        terug = sinds is not None and een.vastgelegd < sinds and (een.sinds is None or een.sinds < sinds)
        if eerder or terug:
            sinds = een.sinds
        if sinds is None or sinds <= dag:
            break
        gemeente, sinds, eerder = een.was, None, True
    return Woonplaats(gemeente, sinds)
