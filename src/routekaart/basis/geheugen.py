"""Less looking for garbage while a lot is held."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# so many objects more than at the last look; Python's own number is 2,000. Of a hundred thousand rows there is then no
# look at all: each would walk along everything that is held, and find nothing
DREMPEL = 1_000_000

_slot = threading.Lock()
_bezig = 0
_eigen: tuple[int, int, int] | None = None


@contextmanager
def minder_opruimen() -> Iterator[None]:
    """For work that makes very many objects and keeps them. Python looks for cycles of garbage among what it holds each
    time that two thousand objects came: with a hundred thousand rows that is a quarter of the time.
    """
    global _bezig, _eigen
    with _slot:
        if not _bezig:
            _eigen = gc.get_threshold()
            gc.set_threshold(DREMPEL, *_eigen[1:])
        _bezig += 1
    try:
        yield
    finally:
        with _slot:
            _bezig -= 1
            if not _bezig and _eigen is not None:
                gc.set_threshold(*_eigen)
