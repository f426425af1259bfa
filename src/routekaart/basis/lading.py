"""Loading and changing many rows at once: COPY on PostgreSQL, executemany on SQLite.

What Django does for every row (an instance, a value at a time) costs two to five times the load itself. This is for
deliveries and other bulk work; the caller has checked the rows and stands within a transaction. Whether the caller may
touch these rows is the caller's to know: nothing here asks for scope.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models

STUK = 5_000
SLEUTELS = 1_000  # new keys made at once
# what stands in the seventh and the ninth byte of a key: that it is of version 4, and of which variant
_VERSIE = bytes(teken & 0x0F | 0x40 for teken in range(256))
_VARIANT = bytes(teken & 0x3F | 0x80 for teken in range(256))
_SCHRIJVER = json.JSONEncoder(ensure_ascii=False)
Omzetter = Callable[[Any], Any]
Waarden = Sequence[Any]


def laad(model: type[models.Model], velden: Sequence[str], rijen: Iterable[Waarden], *, nu: dt.datetime) -> int:
    """Inserts rows; gives how many. `velden` are attribute names (`jongere_id`); a row has a value for each.

    Fields that are not named get their default, `sleutel` a new key, `created` and `updated` are `nu`.
    """
    vast = _vaste_waarden(model, velden, nu)
    eigen_sleutel = "sleutel" in {veld.attname for veld in model._meta.concrete_fields} and "sleutel" not in velden
    namen = [*velden, *vast, *(["sleutel"] if eigen_sleutel else [])]
    omzetters = [_omzetter(_veld(model, naam)) for naam in velden]
    achteraan = tuple(
        omzetter(waarde) if (omzetter := _omzetter(_veld(model, naam))) else waarde for naam, waarde in vast.items()
    )
    sleutels = nieuwe_sleutels() if eigen_sleutel else None
    kolommen = [_kolom(model, naam) for naam in namen]
    klaar = _klaar(rijen, omzetters, achteraan, sleutels)
    return _voeg_in(model._meta.db_table, kolommen, klaar)


def wijzig_velen(
    model: type[models.Model],
    velden: Sequence[str],
    rijen: Iterable[Waarden],
    *,
    nu: dt.datetime | None,
    nieuwe_versie: bool = True,
) -> None:
    """Changes these fields of rows, each given as the id and a value for each field.

    `updated` becomes `nu` (None: stays what it was), and `versie` goes up: not where the caller keeps that
    (`nieuwe_versie`).
    """
    hoger = ", versie = versie + 1" if nieuwe_versie else ""
    hoger += ", updated = %s" if nu is not None else ""
    omzetters = [None, *(_omzetter(_veld(model, naam)) for naam in velden)]
    kolommen = [_kolom(model, naam) for naam in velden]
    klaar = _klaar(rijen, omzetters, (), None)
    tabel = model._meta.db_table
    moment = _omzetter(_veld(model, "updated"))
    bijgewerkt = [] if nu is None else [moment(nu) if moment else nu]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tijdelijk = f"lading_{tabel}"
            namen = ", ".join(kolommen)
            cursor.execute(
                f"CREATE TEMPORARY TABLE {tijdelijk} ON COMMIT DROP AS SELECT id, {namen} FROM {tabel} WITH NO DATA"
            )
            _voeg_in(tijdelijk, ["id", *kolommen], klaar)
            gelijk = ", ".join(f"{naam} = nieuw.{naam}" for naam in kolommen)
            cursor.execute(
                f"UPDATE {tabel} SET {gelijk}{hoger} FROM {tijdelijk} nieuw WHERE {tabel}.id = nieuw.id",
                bijgewerkt,
            )
            cursor.execute(f"DROP TABLE {tijdelijk}")
            return
        gelijk = ", ".join(f"{naam} = %s" for naam in kolommen)
        opdracht = f"UPDATE {tabel} SET {gelijk}{hoger} WHERE id = %s"
        for stuk in _stukken(klaar):
            cursor.executemany(opdracht, [(*rij[1:], *bijgewerkt, rij[0]) for rij in stuk])


def verzet(model: type[models.Model], veld: str, naar: Sequence[tuple[int, int]]) -> None:
    """Points rows (id) at another by this field. Nothing else of them changes, not even when they last changed."""
    if not naar:
        return
    tabel, kolom, pk = model._meta.db_table, _kolom(model, veld), model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {tabel} SET {kolom} = nieuw.naar FROM unnest(%s::bigint[], %s::bigint[]) AS nieuw (rij, naar)"
                f" WHERE {tabel}.{pk} = nieuw.rij",
                [[rij for rij, _ in naar], [heen for _, heen in naar]],
            )
        else:
            cursor.executemany(f"UPDATE {tabel} SET {kolom} = %s WHERE {pk} = %s", [(heen, rij) for rij, heen in naar])


def reserveer(model: type[models.Model], aantal: int) -> range | list[int]:
    """Ids that nobody else gets, for rows that refer to each other. Within the transaction that uses them."""
    tabel = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [tabel, aantal]
            )
            return [rij[0] for rij in cursor.fetchall()]
        # one writer at a time: nobody can take these between the reading and the insert
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [tabel])
        hoogste = cursor.fetchone()[0]
    return range(hoogste + 1, hoogste + 1 + aantal)


def _veld(model: type[models.Model], naam: str) -> models.Field[Any, Any]:
    return next(veld for veld in model._meta.concrete_fields if naam in (veld.attname, veld.name))


def _kolom(model: type[models.Model], naam: str) -> str:
    kolom = _veld(model, naam).column
    assert kolom is not None
    return kolom


def _vaste_waarden(model: type[models.Model], velden: Collection[str], nu: dt.datetime) -> dict[str, Any]:
    """What every row gets in the fields that the caller does not name."""
    vast: dict[str, Any] = {}
    for veld in model._meta.concrete_fields:
        if veld.attname in velden or veld.name in velden or veld.primary_key or veld.name == "sleutel":
            continue
        vast[veld.attname] = nu if veld.name in {"created", "updated"} else veld.get_default()
    return vast


def _omzetter(veld: models.Field[Any, Any]) -> Omzetter | None:
    """How a value of this field is written down for the database; None where it goes as it is."""
    soort = veld.get_internal_type()
    if soort == "JSONField":
        return _als_json
    if connection.vendor == "postgresql":
        return None
    if soort == "DateTimeField":
        return _als_moment
    return None


class Json(str):
    """What a JSONField holds, written down already."""

    __slots__ = ()


def _als_json(waarde: Any) -> str | None:
    return waarde if waarde is None or type(waarde) is Json else _SCHRIJVER.encode(waarde)


@lru_cache(maxsize=4096)  # few moments, in many rows
def _als_moment(waarde: dt.datetime | None) -> str | None:
    """A moment as Django stores it on SQLite: in UTC, without the zone."""
    return None if waarde is None else waarde.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")


def _klaar(
    rijen: Iterable[Waarden], omzetters: Sequence[Omzetter | None], achteraan: Waarden, sleutels: Iterator[str] | None
) -> Iterator[tuple[Any, ...]]:
    """The rows as the database wants them."""
    bijzonder = [(plek, omzetter) for plek, omzetter in enumerate(omzetters) if omzetter]
    if not bijzonder and sleutels:
        # not strict: there is no end to the keys
        yield from ((*rij, *achteraan, sleutel) for rij, sleutel in zip(rijen, sleutels, strict=False))
        return
    for rij in rijen:
        waarden = list(rij)
        for plek, omzetter in bijzonder:
            waarden[plek] = omzetter(waarden[plek])
        yield (*waarden, *achteraan, next(sleutels)) if sleutels else (*waarden, *achteraan)


def nieuwe_sleutels() -> Iterator[str]:
    """New random keys (uuid, version 4), as 32 hexadecimal signs; both databases take that form."""
    while True:
        ruw = bytearray(os.urandom(16 * SLEUTELS))
        ruw[6::16] = ruw[6::16].translate(_VERSIE)
        ruw[8::16] = ruw[8::16].translate(_VARIANT)
        hexadecimaal = ruw.hex()
        yield from (hexadecimaal[begin : begin + 32] for begin in range(0, len(hexadecimaal), 32))


def met_streepjes(sleutel: str) -> str:
    """A key as the log and addresses write it."""
    return f"{sleutel[:8]}-{sleutel[8:12]}-{sleutel[12:16]}-{sleutel[16:20]}-{sleutel[20:]}"


def _voeg_in(tabel: str, kolommen: Sequence[str], rijen: Iterable[tuple[Any, ...]]) -> int:
    namen = ", ".join(kolommen)
    aantal = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django translates the errors of `execute` by itself, those of COPY it does not know
            opdracht = f"COPY {tabel} ({namen}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(opdracht) as kopie:
                for rij in rijen:
                    kopie.write_row(rij)
                    aantal += 1
            return aantal
        opdracht = f"INSERT INTO {tabel} ({namen}) VALUES ({', '.join(['%s'] * len(kolommen))})"
        for stuk in _stukken(rijen):
            cursor.executemany(opdracht, stuk)
            aantal += len(stuk)
    return aantal


def _stukken(rijen: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    bron = iter(rijen)
    while stuk := list(islice(bron, STUK)):
        yield stuk
