"""Scope: what one user may reach now, loaded once per request, and the queryset that refuses without it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Q

from routekaart.toegang.models import Bereik, Gebruiker, Lidmaatschap, Team
from routekaart.toegang.rechten import PERSONEN_ZIEN, RECHTEN, Recht, Rol

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


@dataclass(frozen=True)
class Toegang:
    """What one user may reach on one day: roles, rights, gemeenten, kinds of work, and persons by exception."""

    gebruiker_id: int
    naam: str
    regio_id: int | None
    rollen: frozenset[Rol] = frozenset()
    team_ids: frozenset[int] = frozenset()
    gemeente_ids: frozenset[int] = frozenset()
    soorten_werk: frozenset[str] = frozenset()
    jongere_ids: frozenset[int] = field(default=frozenset(), repr=False)
    systeem: bool = False

    def mag(self, recht: Recht) -> bool:
        """Whether one of the roles gives this right."""
        return self.systeem or bool(self.rollen & RECHTEN[recht])

    @property
    def ziet_personen(self) -> bool:
        """Whether any role may see persons at all."""
        return bool(self.rollen & PERSONEN_ZIEN)

    @property
    def rol(self) -> str:
        """The roles as the log writes them."""
        return "systeem" if self.systeem else ",".join(sorted(self.rollen))[:40]

    def q(self, via: str = "", *, jongere: str | None = None) -> Q:
        """The filter of this scope. `via` is the path to the row that carries regio, gemeente and soort_werk;
        `jongere` the path to its young person (default `<via>jongere`).
        """
        if self.systeem:
            return Q(**{f"{via}regio_id": self.regio_id})
        if not self.ziet_personen or self.regio_id is None:
            return Q(pk__in=[])
        naar_jongere = f"{via}jongere" if jongere is None else jongere
        return Q(**{f"{via}regio_id": self.regio_id}) & (
            Q(**{f"{via}gemeente_id__in": self.gemeente_ids, f"{via}soort_werk__in": self.soorten_werk})
            | Q(**{f"{naar_jongere}__in": self.jongere_ids})
        )


NIEMAND = Toegang(gebruiker_id=0, naam="", regio_id=None)


def systeem_toegang(regio_id: int) -> Toegang:
    """The scope of work that no user does: a delivery read by command, the night run. One region, never more."""
    return Toegang(gebruiker_id=0, naam="Routekaart", regio_id=regio_id, systeem=True)


def toegang_van(gebruiker: Gebruiker, *, op: dt.date) -> Toegang:
    """Loads the scope of a user for that day. Three queries."""
    leden = list(
        Lidmaatschap.objects.geldig_op(op)
        .filter(gebruiker=gebruiker)
        .values_list("rol", "team_id", "team__soorten_werk")
    )
    team_ids = frozenset(team_id for _, team_id, _ in leden)
    gemeenten = Team.gemeenten.through.objects.filter(team_id__in=team_ids).values_list("gemeente_id", flat=True)
    return Toegang(
        gebruiker_id=gebruiker.pk,
        naam=gebruiker.naam,
        regio_id=gebruiker.regio_id,
        rollen=frozenset(Rol(rol) for rol, _, _ in leden),
        team_ids=team_ids,
        gemeente_ids=frozenset(gemeenten),
        soorten_werk=frozenset(soort for _, _, soorten in leden for soort in soorten),
        jongere_ids=Bereik.ids_voor(gebruiker.pk, team_ids, op=op),
    )


class ZonderBereik(RuntimeError):
    """A personal table was read or changed without saying for whom, or why for nobody in particular."""


class BereikQuerySet(models.QuerySet[M_co]):
    """Refuses every read and write until `.voor(toegang)` or `.alles(reden=…)` was said.

    A model names the path to its scope in `BEREIK` (empty: the row carries it itself). What this cannot catch
    (raw SQL, subqueries, forward keys) is found by tests/deuren/test_bronnen.py.
    """

    _vrij: bool = False

    def voor(self, toegang: Toegang) -> Self:
        """Only what this user may reach."""
        via: str = getattr(self.model, "BEREIK", "")
        jongere: str | None = getattr(self.model, "BEREIK_JONGERE", None)
        return self._vrijgeven().filter(toegang.q(via, jongere=jongere))

    def alles(self, *, reden: str) -> Self:
        """Everything, for work that has no user or that has been checked already; `reden` says why."""
        if not reden:
            raise ValueError("Noem de reden")
        return self._vrijgeven()

    def _vrijgeven(self) -> Self:
        vrij = self._chain()
        vrij._vrij = True
        return vrij

    def _clone(self) -> Self:
        kopie: Self = super()._clone()  # type: ignore[misc]
        kopie._vrij = self._vrij
        return kopie

    def _weiger(self) -> NoReturn:
        raise ZonderBereik(f"{self.model.__name__}: zeg eerst .voor(toegang) of .alles(reden=…)")

    def _eis(self) -> None:
        if not self._vrij:
            self._weiger()

    def _fetch_all(self) -> None:
        if self._result_cache is None:  # type: ignore[attr-defined]
            self._eis()
        super()._fetch_all()  # type: ignore[misc]

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        self._eis()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._eis()
        return super().count()

    def exists(self) -> bool:
        self._eis()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._eis()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._eis()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._eis()
        return super().delete()

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        self._eis()
        return super().bulk_update(objs, fields, batch_size)

    def in_bulk(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        self._eis()
        return super().in_bulk(*args, **kwargs)

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._eis()
        return super().explain(*args, **kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._weiger()


class Persoonlijk(models.Model):
    """A row about a young person: reached only through its scope. `BEREIK` is the path to what carries it."""

    BEREIK: ClassVar[str] = ""
    BEREIK_JONGERE: ClassVar[str | None] = None

    objects = BereikQuerySet.as_manager()

    class Meta:
        abstract = True
