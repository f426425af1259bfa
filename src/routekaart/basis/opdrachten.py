"""What several commands read from the command line; what cannot be read is answered in Dutch."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError
from collections.abc import Callable

DAGVORM = "JJJJ-MM-DD"


def dag(tekst: str) -> dt.date:
    """A day written as `2024-02-01`."""
    try:
        return dt.date.fromisoformat(tekst)
    except ValueError:
        raise ArgumentTypeError(f"{tekst!r} is geen dag. Schrijf hem zo: 2024-02-01.") from None


def lezer[T](lees: Callable[[str], T]) -> Callable[[str], T]:
    """A reader that raises ValueError with a Dutch sentence, as the type of an option."""

    def als_optie(tekst: str) -> T:
        try:
            return lees(tekst)
        except ValueError as fout:
            raise ArgumentTypeError(str(fout)) from None

    return als_optie
