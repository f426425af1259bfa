"""`jongere__in_rij=Rij.van([…])`: membership of thousands of keys, handed over as one value.

Quoting and planning four thousand parameters took longer than the query itself, and so did looking at each of them on
its way through Django, query after query.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Lookup


class Rij:
    """Keys, written down once for all queries that ask about them. Not iterable, or Django would look at each."""

    __slots__ = ("tekst",)

    def __init__(self, tekst: str) -> None:
        self.tekst = tekst

    @classmethod
    def van(cls, sleutels: Iterable[int]) -> Self:
        return cls(",".join(map(str, sleutels)))


class InRij(Lookup):
    """A whole number out of a row of whole numbers."""

    lookup_name = "in_rij"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        links, waarden = self.process_lhs(compiler, connection)
        tekst = self.rhs.tekst
        if connection.vendor == "postgresql":
            return f"{links} = ANY(%s::bigint[])", (*waarden, f"{{{tekst}}}")
        return f"{links} IN (SELECT value FROM json_each(%s))", (*waarden, f"[{tekst}]")
