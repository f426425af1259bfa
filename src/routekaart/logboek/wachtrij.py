"""Where lines about reading wait while somebody else writes the database (SQLite has one writer at a time).

A page that was read does not wait for a delivery that is being published: its finished lines go to a file of their own
in a folder beside the database, on the disk before the page leaves. Whoever writes next enters them into the log, the
oldest first, as they were made: same moment, same salt, same hash.

Exactly once: a line is entered within the transaction of who writes, and its file goes after that transaction is on the
disk. Who dies in between leaves a file whose lines are in the log already; the next one knows them by their hash, which
holds a salt that no other line has. There is nothing to lock: a file is there whole or not at all, and entering is
done by the one who may write.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction

from routekaart.basis.bestanden import leg_vast, schrijf_heel
from routekaart.basis.lading import laad
from routekaart.basis.schrijfbeurt import EenAnderSchrijft, zonder_wachten
from routekaart.logboek.keten import KOLOMMEN
from routekaart.logboek.models import Logregel

log = logging.getLogger(__name__)
STUK = 500  # files that are entered in one statement
VERGETEN_NA = 3600  # seconds; what a process that died was still writing, of a page that never left
Regel = Sequence[Any]
_TEKST = [veld.attname for veld in Logregel._meta.concrete_fields if veld.attname in KOLOMMEN and not veld.null]
_TEKST.remove("moment")


def map_() -> Path | None:
    """The folder beside the database; None on PostgreSQL, where nobody has to wait."""
    if connection.vendor != "sqlite":
        return None
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        return Path(settings.VAR) / "wachtrij"
    return Path(str(connection.settings_dict["NAME"])).with_suffix(".wachtrij")


def zet(regels: Sequence[Regel]) -> None:
    """Puts the lines of one page in the line, all or none; they are on the disk when this returns.

    Raises OperationalError where that cannot be, as the database does.
    """
    plek = map_()
    assert plek is not None
    inhoud = json.dumps([dict(zip(KOLOMMEN, regel, strict=True)) for regel in regels], default=_als_tekst)
    naam = f"{time.time_ns():020d}-{secrets.token_hex(6)}.json"
    try:
        if not plek.is_dir():
            plek.mkdir(mode=0o700, exist_ok=True)
            leg_vast(plek.parent)
        schrijf_heel(plek / naam, [inhoud])
    except OSError as fout:
        raise OperationalError(f"Wat is gelezen kan niet worden vastgelegd in {plek}: {fout.strerror}") from fout


def wachtend() -> int:
    """How many pages have lines that wait."""
    return len(_bestanden())


def namen() -> list[str]:
    """The pages whose lines wait, the oldest first; a name says nothing about the page."""
    return [pad.name for pad in _bestanden()]


def voer_in(*, hoogstens: int | None = None) -> bool:
    """Enters the lines that wait into the log, the oldest first. Within the transaction of who writes.

    Says whether the line is empty then; not where more than `hoogstens` pages waited, or one that cannot be read.
    """
    alle = _bestanden()
    if not alle:
        return True
    assert connection.in_atomic_block, "who enters lines must be the one who writes"
    leesbaar = 0
    bestanden = alle[:hoogstens]
    for begin in range(0, len(bestanden), STUK):
        gelezen = dict(_lees(bestanden[begin : begin + STUK]))
        regels = [regel for op_pagina in gelezen.values() for regel in op_pagina]
        staat_er = _al_ingevoerd(regels)
        if nieuw := [regel for regel in regels if regel[-1] not in staat_er]:
            laad(Logregel, KOLOMMEN, nieuw, nu=nieuw[0][0])
        leesbaar += len(gelezen)
        # what fails here leaves files that the next one knows by their hash
        transaction.on_commit(partial(_neem_weg, list(gelezen)), robust=True)
    return leesbaar == len(alle)


def voer_in_als_het_kan() -> int:
    """Enters what waits, unless somebody else writes; gives how many pages wait then."""
    if wachtend():
        with suppress(EenAnderSchrijft), zonder_wachten(), transaction.atomic():
            voer_in()
    return wachtend()


def onleesbaar() -> list[str]:
    """The names of the files that wait and that cannot be read."""
    return [pad.name for pad in _bestanden() if _regels_van(pad, zwijg=True) is None]


def _bestanden() -> list[Path]:
    plek = map_()
    try:
        # named by the moment at which they were put there
        return sorted(pad for pad in plek.iterdir() if not pad.name.startswith(".")) if plek else []
    except FileNotFoundError:
        return []


def _lees(paden: Sequence[Path]) -> Iterator[tuple[Path, list[Regel]]]:
    """The files with their lines; one that cannot be read stays for who looks after the machine."""
    for pad in paden:
        if (regels := _regels_van(pad)) is not None:
            yield pad, regels


def _regels_van(pad: Path, *, zwijg: bool = False) -> list[Regel] | None:
    """The lines of one file: none where another process has just entered them, None where it cannot be read."""
    try:
        gelezen = json.loads(pad.read_text(encoding="utf-8"))
        return [_regel(rij) for rij in gelezen]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as fout:
        if not zwijg:
            log.error("%s wacht op het logboek en is niet te lezen: %s", pad, fout)
        return None


def _regel(rij: dict[str, Any]) -> Regel:
    """Raises KeyError or TypeError for what the log could not take: that would keep out all who come after it."""
    if not all(isinstance(rij[naam], str) for naam in _TEKST):
        raise TypeError("een regel zonder tekst waar tekst hoort")
    return tuple(dt.datetime.fromisoformat(rij[naam]) if naam == "moment" else rij[naam] for naam in KOLOMMEN)


def _als_tekst(waarde: dt.datetime) -> str:
    return waarde.isoformat()


def _al_ingevoerd(regels: Sequence[Regel]) -> set[str]:
    """The hashes of those that are in the log already: whoever entered them died before the file was gone."""
    zelfde_tijd = Logregel.objects.filter(moment__in={regel[0] for regel in regels})
    return set(zelfde_tijd.values_list("vinger", flat=True)) & {regel[-1] for regel in regels}


def _neem_weg(paden: Sequence[Path]) -> None:
    """The lines are in the log: first that is certain, then their files go."""
    _leg_database_vast()
    for pad in paden:
        pad.unlink(missing_ok=True)
    grens = time.time() - VERGETEN_NA
    for half in paden[0].parent.glob(".*") if paden else ():
        with suppress(OSError):
            if half.stat().st_mtime < grens:
                half.unlink()


def _leg_database_vast() -> None:
    """Commits do not wait for the disk (`synchronous=NORMAL`): a power cut may take the last ones. These lines were on
    the disk before, so they must be now.
    """
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        return
    database = Path(str(connection.settings_dict["NAME"]))
    for pad in (database.with_name(f"{database.name}-wal"), database.parent):
        with suppress(FileNotFoundError):  # without a WAL everything is in the database, synced
            leg_vast(pad)
