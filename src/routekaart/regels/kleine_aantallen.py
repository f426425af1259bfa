"""Numbers for whoever may see counts and no persons: too small to be shown exactly, or rounded (ROL-07, RAP-28).

A count of 1 to 4 is only said to be small; any other is rounded to a multiple of 5, so that a small one cannot be
found by subtracting. A share or a median over fewer than ten is not given at all, nor a share of a small part.
"""

from __future__ import annotations

KLEIN = 5
MINSTENS = 10
WEINIG = "1 tot 4"


def afgerond(aantal: int | None) -> int | None:
    """The nearest multiple of 5, and never 0 for what is there; None for what is unknown or too small to show."""
    if aantal is None or 0 < aantal < KLEIN:
        return None
    return KLEIN * ((aantal + KLEIN // 2) // KLEIN)


def is_klein(aantal: int | None) -> bool:
    """Whether only may be said that there are a few."""
    return aantal is not None and 0 < aantal < KLEIN


def grof(waarde: float | None, *, over: int, stap: int = KLEIN) -> int | None:
    """A number over this many in whole steps; None over too few."""
    if waarde is None or over < MINSTENS:
        return None
    return stap * round(waarde / stap)


def grof_deel(deel: int | None, *, over: int) -> int | None:
    """The percentage that a part is of the whole, in steps of 5. None over too few, and where the part or the rest is
    small: with the whole beside it, the percentage would give the number away.
    """
    if deel is None or is_klein(deel) or is_klein(over - deel):
        return None
    return grof(100 * deel / over if over else None, over=over)
