"""Everything that points at a row, read from the models themselves.

`personen` stands left of the apps that keep facts about a person, so it may not import them. This is the one place
where their tables are reached all the same: along `_meta`, from the row that they point at. A model that is added
later is found by itself; what happens to its rows in a merge, its PRIVACY declaration says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from routekaart.basis.privacy import Privacy, privacy_van
from routekaart.basis.sleutels import Sleutels
from routekaart.personen.models import Dubbel, Jongere
from routekaart.toegang.bereik import BereikQuerySet

# from each row that vanishes to the one that stays in its place
Paren = Mapping[int, int]

REDEN = "samenvoegen raakt elke rij van twee jongeren die al binnen bereik zijn"


@dataclass(frozen=True)
class Uniek:
    """A unique constraint in which the reference takes part: its other columns, and when it holds."""

    naam: str
    andere: tuple[str, ...]
    voorwaarde: Q | None


@dataclass(frozen=True)
class Relatie:
    """One foreign key, seen from what it points at."""

    model: type[models.Model]
    veld: models.ForeignKey[Any, Any]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def kolom(self) -> str:
        """The name under which the key itself is read and written: `jongere_id`."""
        return self.veld.attname

    @property
    def privacy(self) -> Privacy | None:
        return privacy_van(self.model)

    @property
    def gedrag(self) -> str:
        """What happens to these rows in a merge; a table that declares nothing moves along."""
        return self.privacy.samenvoegen if self.privacy else "verhuist"

    @property
    def zusters(self) -> tuple[str, ...]:
        """Other keys of the same row to the same table: a pair has two ends."""
        doel = self.veld.remote_field.model
        return tuple(
            veld.attname
            for veld in self.model._meta.local_concrete_fields
            if isinstance(veld, models.ForeignKey) and veld.remote_field.model is doel and veld is not self.veld
        )

    def van(self, sleutel: int) -> models.QuerySet[Any]:
        """The rows that point at this one."""
        return rijen_van(self.model).filter(**{self.kolom: sleutel})

    @property
    def kan_botsen(self) -> bool:
        """Whether a move can run into a row that is there already."""
        return bool(self.zusters or any(self.uniek()))

    def uniek(self) -> Iterator[Uniek]:
        """The unique constraints that a move can run into."""
        opties = self.model._meta
        if self.veld.unique:
            yield Uniek(self.veld.name, (), None)
        for samen in opties.unique_together:
            if self.veld.name in samen:
                yield Uniek("_".join(samen), self._andere(samen), None)
        for grens in opties.constraints:
            if isinstance(grens, models.UniqueConstraint) and self.veld.name in grens.fields:
                yield Uniek(grens.name, self._andere(grens.fields), grens.condition)

    def _andere(self, velden: Any) -> tuple[str, ...]:
        namen = [naam for naam in velden if naam != self.veld.name]
        return tuple(self.model._meta.get_field(naam).attname for naam in namen)  # type: ignore[union-attr]


def rijen_van(model: type[models.Model]) -> models.QuerySet[Any]:
    """All rows of a table, those of persons included."""
    rijen = model._default_manager.get_queryset()
    if model is Jongere:
        return Jongere.objects.met_verwijzingen(reden=REDEN)
    return rijen.alles(reden=REDEN) if isinstance(rijen, BereikQuerySet) else rijen


def relaties_naar(model: type[models.Model]) -> list[Relatie]:
    """Every foreign key to this table, hidden ones included, in a fixed order."""
    gevonden = [
        Relatie(kant.related_model, kant.field)  # type: ignore[arg-type, union-attr]
        for kant in model._meta.get_fields(include_hidden=True)
        if kant.auto_created and not kant.concrete and (kant.one_to_many or kant.one_to_one)
    ]
    return sorted(gevonden, key=lambda relatie: (relatie.label, relatie.kolom))


def alle_relaties(model: type[models.Model]) -> list[Relatie]:
    """Every foreign key to this table, and on: to the tables that those stand in."""
    gevonden: list[Relatie] = []
    gezien, wacht = {model}, [model]
    while wacht:
        for relatie in relaties_naar(wacht.pop()):
            gevonden.append(relatie)
            if relatie.model not in gezien:
                gezien.add(relatie.model)
                wacht.append(relatie.model)
    return gevonden


def tel_rijen(ids: Collection[int]) -> dict[int, Counter[str]]:
    """How many rows of what would move along with each of these persons, by name of the table. One query."""
    namen: dict[str, str] = {}
    tellers: dict[str, Any] = {}
    for nummer, relatie in enumerate(relaties_naar(Jongere)):
        if relatie.gedrag == "blijft" or relatie.model in {Jongere, Dubbel}:
            continue
        rijen = rijen_van(relatie.model).filter(**{relatie.kolom: OuterRef("pk")}).order_by()
        aantal = rijen.values(relatie.kolom).annotate(aantal=Count("pk")).values("aantal")
        namen[f"t{nummer}"] = str(relatie.model._meta.verbose_name)
        tellers[f"t{nummer}"] = Coalesce(Subquery(aantal), 0)
    uit: dict[int, Counter[str]] = {}
    jongeren = Jongere.objects.alles(reden=REDEN).filter(pk__in=ids)
    for rij in jongeren.annotate(**tellers).values("pk", *tellers):
        telling: Counter[str] = Counter()
        for teller, naam in namen.items():
            telling[naam] += rij[teller]
        uit[rij["pk"]] = +telling
    return uit


@dataclass(frozen=True)
class Botsing:
    """Two rows that cannot both belong to one: of the one that vanishes (`van`), and of the one that stays."""

    van: int
    onze: int
    hunne: int


def wijzen_naar(relatie: Relatie, sleutels: Iterable[int]) -> list[tuple[int, int]]:
    """The rows (id) that point at one of these, in order, with the one that they point at."""
    rijen = rijen_van(relatie.model).filter(**{f"{relatie.veld.name}__in_rij": Sleutels.van(sleutels)})
    return list(rijen.order_by("pk").values_list("pk", relatie.kolom))


def met_zichzelf(relatie: Relatie, paren: Paren) -> dict[int, list[int]]:
    """Rows about a pair itself, which would point at one twice: their ids, by the one that vanishes."""
    gevonden: defaultdict[int, list[int]] = defaultdict(list)
    for zuster in relatie.zusters:
        rijen = rijen_van(relatie.model).filter(**{f"{relatie.veld.name}__in_rij": Sleutels.van(paren)})
        for pk, van, ander in rijen.order_by("pk").values_list("pk", relatie.kolom, zuster):
            if ander == paren[van] and pk not in gevonden[van]:
                gevonden[van].append(pk)
    return {van: ids for van, ids in gevonden.items() if ids}


def zoek_botsingen(relatie: Relatie, paren: Paren) -> Iterator[list[Botsing]]:
    """What forbids the rows of the first of each pair to move to the second, one constraint after another. Reads only.

    Asked lazily: the caller may take rows out before it asks on.
    """
    leeg: dict[tuple[Any, ...], int] = {}
    for grens in relatie.uniek():
        per = _waarden(relatie, grens, {*paren, *paren.values()})
        botsingen: list[Botsing] = []
        for van, naar in paren.items():
            onze, hunne = per.get(van, leeg), per.get(naar, leeg)
            for waarden in sorted(onze.keys() & hunne.keys(), key=str):
                botsingen.append(Botsing(van, onze[waarden], hunne[waarden]))
        if botsingen:
            yield botsingen


def _waarden(relatie: Relatie, grens: Uniek, sleutels: Collection[int]) -> dict[int, dict[tuple[Any, ...], int]]:
    """Per key the other columns of a constraint → the row; an empty column (NULL) never collides."""
    rijen = rijen_van(relatie.model).filter(**{f"{relatie.veld.name}__in_rij": Sleutels.van(sleutels)})
    if grens.voorwaarde is not None:
        rijen = rijen.filter(grens.voorwaarde)
    per: defaultdict[int, dict[tuple[Any, ...], int]] = defaultdict(dict)
    for sleutel, *waarden, pk in rijen.order_by("pk").values_list(relatie.kolom, *grens.andere, "pk"):
        if None not in waarden:
            per[sleutel][tuple(waarden)] = pk
    return per
