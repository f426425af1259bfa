"""Scope: what one user may reach now, loaded once per request, and the queryset that refuses without it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Q

from routekaart.toegang.models import Bereik, Gebruiker, Lidmaatschap, Team
from routekaart.toegang.rechten import PERSONEN_ZIEN, RECHTEN, Recht, Rol

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


@dataclass(frozen=True)
class Toegang:
    """What one user may reach on one day: roles, rights, gemeenten per kind of work, and persons by exception."""

    gebruiker_id: int
    naam: str
    regio_id: int | None
    rollen: frozenset[Rol] = frozenset()
    team_ids: frozenset[int] = frozenset()
    # kind of work → gemeenten; two teams do not add up to the other kind of work in each other's gemeenten
    gebied: Mapping[str, frozenset[int]] = field(default_factory=dict)
    jongere_ids: frozenset[int] = field(default=frozenset(), repr=False)
    systeem: bool = False
    regio_naam: str = ""

    @property
    def soorten_werk(self) -> frozenset[str]:
        """The kinds of work that this user reaches somewhere."""
        return frozenset(self.gebied)

    @property
    def gemeente_ids(self) -> frozenset[int]:
        """The gemeenten in which this user reaches some kind of work."""
        return frozenset().union(*self.gebied.values())

    def mag(self, recht: Recht) -> bool:
        """Whether one of the roles gives this right. The own account is everybody's who is signed in, also without a
        role: somebody must be able to read what to do then.
        """
        if recht is Recht.EIGEN_ACCOUNT and self.gebruiker_id:
            return True
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
        binnen = Q(**{f"{naar_jongere}__in": self.jongere_ids})
        soorten: defaultdict[frozenset[int], list[str]] = defaultdict(list)
        for soort, gemeente_ids in self.gebied.items():
            soorten[gemeente_ids].append(soort)
        for gemeente_ids, soort_werk in soorten.items():
            binnen |= Q(**{f"{via}gemeente_id__in": gemeente_ids, f"{via}soort_werk__in": soort_werk})
        return Q(**{f"{via}regio_id": self.regio_id}) & binnen


NIEMAND = Toegang(gebruiker_id=0, naam="", regio_id=None)


def systeem_toegang(regio_id: int) -> Toegang:
    """The scope of work that no user does: a delivery read by command, the night run. One region, never more."""
    return Toegang(gebruiker_id=0, naam="Routekaart", regio_id=regio_id, systeem=True)


def toegang_van(gebruiker: Gebruiker, *, op: dt.date) -> Toegang:
    """Loads the scope of a user for that day. Three queries.

    A membership opens persons only where its own role may see them: a coach who does beleid for another team
    does not see the persons of that team.
    """
    leden = list(
        Lidmaatschap.objects.geldig_op(op)
        .filter(gebruiker=gebruiker)
        .values_list("rol", "team_id", "team__soorten_werk", "team__regio__naam")
    )
    soorten = {team_id: werk for rol, team_id, werk, _ in leden if rol in PERSONEN_ZIEN}
    gebied: defaultdict[str, set[int]] = defaultdict(set)
    gemeenten = Team.gemeenten.through.objects.filter(team_id__in=soorten)
    for team_id, gemeente_id in gemeenten.values_list("team_id", "gemeente_id"):
        for soort in soorten[team_id]:
            gebied[soort].add(gemeente_id)
    return Toegang(
        gebruiker_id=gebruiker.pk,
        naam=gebruiker.naam,
        regio_id=gebruiker.regio_id,
        rollen=frozenset(Rol(rol) for rol, *_ in leden),
        team_ids=frozenset(team_id for _, team_id, _, _ in leden),
        gebied={soort: frozenset(ids) for soort, ids in gebied.items()},
        jongere_ids=Bereik.ids_voor(gebruiker.pk, frozenset(soorten), op=op),
        regio_naam=next((naam for *_, naam in leden), ""),
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
        vrij: Self = self._chain()  # type: ignore[attr-defined]
        vrij._vrij = True
        return vrij

    def none(self) -> Self:
        """Nothing at all, which anybody may have."""
        return super().none()._vrijgeven()

    def _clone(self) -> Self:
        kopie: Self = super()._clone()  # type: ignore[misc]
        kopie._vrij = self._vrij
        return kopie

    def _weiger(self) -> NoReturn:
        raise ZonderBereik(f"{self.model.__name__}: zeg eerst .voor(toegang) of .alles(reden=…)")

    def _eis(self, *ook: Any) -> None:
        """Refuses when this selection, or another that is combined with it, is not free."""
        for selectie in (self, *ook):
            if not getattr(selectie, "_vrij", True):
                selectie._weiger()

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._eis()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        self._eis()
        return super().iterator(chunk_size)

    def aiterator(self, chunk_size: int = 2000) -> AsyncIterator[Any]:
        self._eis()
        return super().aiterator(chunk_size)

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

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Making is free, as with `create`; overwriting what is there already is not."""
        if kwargs.get("update_conflicts") or any(args[2:3]):
            self._eis()
        return super().bulk_create(objs, *args, **kwargs)

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

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Called when this selection stands inside another: `filter(jongere__in=…)`."""
        self._eis()
        return super().resolve_expression(*args, **kwargs)

    def __and__(self, other: Any) -> Self:
        self._eis(other)
        return super().__and__(other)

    def __or__(self, other: Any) -> Self:
        self._eis(other)
        return super().__or__(other)

    def __xor__(self, other: Any) -> Self:
        self._eis(other)
        return super().__xor__(other)

    def union(self, *other_qs: Any, all: bool = False) -> Self:
        self._eis(*other_qs)
        return super().union(*other_qs, all=all)

    def intersection(self, *other_qs: Any) -> Self:
        self._eis(*other_qs)
        return super().intersection(*other_qs)

    def difference(self, *other_qs: Any) -> Self:
        self._eis(*other_qs)
        return super().difference(*other_qs)


class Persoonlijk(models.Model):
    """A row about a young person: reached only through its scope. `BEREIK` is the path to what carries it."""

    BEREIK: ClassVar[str] = ""
    BEREIK_JONGERE: ClassVar[str | None] = None

    objects = BereikQuerySet.as_manager()

    class Meta:
        abstract = True
