"""`jongere__in_rij=Sleutels.van([…])`: membership of thousands of keys, handed over as one value.

Quoting and planning four thousand parameters took longer than the query itself, and so did looking at each of them on
its way through Django, query after query. For foreign keys, ids and texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Lookup

WEINIG = 250  # for so few keys PostgreSQL takes the index by itself


class Sleutels:
    """Keys, written down once for all queries that ask about them. Not iterable, or Django would look at each."""

    __slots__ = ("soort", "tekst")

    def __init__(self, tekst: str, soort: str = "bigint") -> None:
        self.tekst, self.soort = tekst, soort

    @classmethod
    def van(cls, sleutels: Iterable[int]) -> Self:
        return cls(",".join(map(str, sleutels)))

    @classmethod
    def van_tekst(cls, sleutels: Iterable[str]) -> Self:
        """Keys of letters and digits alone, such as hashes. Raises ValueError for others."""
        lijst = list(sleutels)
        if lijst and not "".join(lijst).isalnum():
            raise ValueError("A key is written down as it is: letters and digits alone")
        return cls(",".join(f'"{sleutel}"' for sleutel in lijst), "text")


class InRij(Lookup):
    """A whole number out of a row of whole numbers, a text out of a row of texts."""

    lookup_name = "in_rij"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        links, waarden = self.process_lhs(compiler, connection)
        rij = self.rhs
        if not rij.tekst:
            raise EmptyResultSet
        if connection.vendor == "postgresql":
            return f"{links} = ANY(%s::{rij.soort}[])", (*waarden, f"{{{rij.tekst}}}")
        return f"{links} IN (SELECT value FROM json_each(%s))", (*waarden, f"[{rij.tekst}]")


@contextmanager
def op_sleutel(aantal: int) -> Iterator[None]:
    """PostgreSQL looks up so many keys in an index. By itself it reckons that a page out of order is four times as
    dear, as if it had to come from a spinning disk, and reads a table of a million rows whole for four thousand keys.
    """
    if connection.vendor != "postgresql" or aantal < WEINIG:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        yield
