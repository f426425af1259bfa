"""Querysets of persons: who was merged into another is no person any more, and a pair has two ends in scope."""

from __future__ import annotations

from typing import Any, Self

from routekaart.toegang.bereik import BereikQuerySet, Toegang


class JongereQuerySet(BereikQuerySet[Any]):
    """Young persons, without the empty rows that only say into whom somebody was merged."""

    def voor(self, toegang: Toegang) -> Self:
        return super().voor(toegang).filter(samengevoegd_met__isnull=True)

    def alles(self, *, reden: str) -> Self:
        return super().alles(reden=reden).filter(samengevoegd_met__isnull=True)

    def met_verwijzingen(self, *, reden: str) -> Self:
        """Also the empty rows; for merging and for leading old addresses on."""
        return super().alles(reden=reden)


class PaarQuerySet(BereikQuerySet[Any]):
    """Pairs of persons: only where both are in scope."""

    def voor(self, toegang: Toegang) -> Self:
        return super().voor(toegang).filter(toegang.q("ander__", jongere="ander"))
