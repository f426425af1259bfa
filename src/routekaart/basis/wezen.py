"""Files that no row refers to: what was stored just before its transaction was rolled back, or a process died.

A file is stored before its row is certain, for the other way round a row could point at nothing. What stays behind is
swept here, a day later. Where very much would go, nothing goes: then more likely the database was put back than that so
many transactions failed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from django.core.files.storage import Storage, default_storage

WACHT = dt.timedelta(days=1)
STUK = 500
# of more than so many files at most this share may be without a row
VEEL, HOOGSTENS = 20, 0.5

# which of these names a row refers to
Bekend = Callable[[Collection[str]], set[str]]


@dataclass
class Opgeruimd:
    """How many files were looked at, and which went. `te_veel`: so many had no row that none of them went."""

    bekeken: int = 0
    weg: list[str] = field(default_factory=list)
    te_veel: int = 0


def ruim_wezen_op(map_: str, bekend: Bekend, *, nu: dt.datetime, opslag: Storage = default_storage) -> Opgeruimd:
    """Removes files under this folder of the storage that are older than a day and that `bekend` does not know."""
    uitkomst = Opgeruimd()
    wezen: list[str] = []
    stuk: list[str] = []
    for naam in _bestanden(opslag, map_):
        uitkomst.bekeken += 1
        stuk.append(naam)
        if len(stuk) == STUK:
            wezen += _zonder_rij(opslag, stuk, bekend, nu)
            stuk = []
    wezen += _zonder_rij(opslag, stuk, bekend, nu)
    if len(wezen) > VEEL and len(wezen) > uitkomst.bekeken * HOOGSTENS:
        uitkomst.te_veel = len(wezen)
        return uitkomst
    for naam in wezen:
        opslag.delete(naam)
        uitkomst.weg.append(naam)
    return uitkomst


def _zonder_rij(opslag: Storage, namen: Collection[str], bekend: Bekend, nu: dt.datetime) -> list[str]:
    gekend = bekend(namen) if namen else set()
    return [naam for naam in namen if naam not in gekend and _oud(opslag, naam, nu)]


def _oud(opslag: Storage, naam: str, nu: dt.datetime) -> bool:
    try:
        return opslag.get_modified_time(naam) < nu - WACHT
    except OSError:  # somebody else took it away
        return False


def _bestanden(opslag: Storage, map_: str) -> Iterator[str]:
    """The names of all files under a folder, as rows refer to them."""
    try:
        mappen, namen = opslag.listdir(map_)
    except (FileNotFoundError, NotADirectoryError):
        return
    for naam in sorted(namen):
        yield f"{map_}/{naam}"
    for onder in sorted(mappen):
        yield from _bestanden(opslag, f"{map_}/{onder}")
