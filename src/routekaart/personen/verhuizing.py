"""Moving everything of persons to others: many pairs at once, one statement per table, each step written down.

A merge of two by hand is the same with one pair. What happens to a row, the models say (`relaties.py`, PRIVACY).
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core import serializers
from django.db import models

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.lading import laad, verzet, wijzig_velen
from routekaart.basis.sleutels import Sleutels
from routekaart.personen.models import Jongere, Samenvoegregel
from routekaart.personen.relaties import (
    Paren,
    Relatie,
    met_zichzelf,
    relaties_naar,
    rijen_van,
    wijzen_naar,
    zoek_botsingen,
)
from routekaart.personen.samenstellen import leeg_velden
from routekaart.toegang.models import Bereik

BEREIK = "toegang.Bereik"
JONGERE = "personen.Jongere"
BOTSING = "Allebei hebben een {wat} die maar één keer mag bestaan. Rond er eerst een af en voeg daarna samen."
Wat = Samenvoegregel.Wat
_VELDEN = ("samenvoeging_id", "wat", "model", "rij", "veld", "was", "wordt")


class Verhuizing:
    """Moves rows and remembers each step, in order; taking them back in the opposite order gives what was.

    `samenvoegingen`: from each person who vanishes to the merge (its id) under which that is written down. No person
    may stand in two pairs, nor may a row hold persons of two pairs (`hangen_samen`).
    """

    def __init__(self, samenvoegingen: Mapping[int, int], *, nu: dt.datetime) -> None:
        self.samenvoegingen, self.nu = samenvoegingen, nu
        self.regels: list[tuple[Any, ...]] = []

    def bewaar(self) -> None:
        laad(Samenvoegregel, _VELDEN, self.regels, nu=self.nu)

    def aantallen(self) -> dict[int, int]:
        """How many steps each merge took."""
        geteld: defaultdict[int, int] = defaultdict(int)
        for samenvoeging_id, *_ in self.regels:
            geteld[samenvoeging_id] += 1
        return geteld

    def verhuis(self, model: type[models.Model], paren: Paren, *, wie: Mapping[int, int] | None = None) -> None:
        """Everything that points at the first of a pair points at the second from now on.

        `wie`: from the first of each pair to its merge, where these are no persons.
        """
        wie = wie if wie is not None else self.samenvoegingen
        for relatie in relaties_naar(model):
            if relatie.gedrag == "blijft":
                continue
            if not (gevonden := wijzen_naar(relatie, paren)):
                continue
            if self._maak_ruimte(relatie, {van: paren[van] for van in {van for _, van in gevonden}}, wie):
                gevonden = wijzen_naar(relatie, paren)
            verzet(relatie.model, relatie.kolom, [(pk, paren[van]) for pk, van in gevonden])
            for pk, van in gevonden:
                self._noteer(wie[van], Wat.VERHUISD, relatie.label, pk, veld=relatie.kolom, was=van, wordt=paren[van])

    def verhuis_bereik(self, paren: Paren) -> None:
        """Who had the one in reach by exception, has the other (there is no foreign key to walk)."""
        rijen = list(
            Bereik.objects.filter(jongere_id__in_rij=Sleutels.van(paren)).order_by("pk").values_list("pk", "jongere_id")
        )
        verzet(Bereik, "jongere_id", [(pk, paren[van]) for pk, van in rijen])
        for pk, van in rijen:
            wie = self.samenvoegingen[van]
            self._noteer(wie, Wat.VERHUISD, BEREIK, pk, veld="jongere_id", was=van, wordt=paren[van])

    def _maak_ruimte(self, relatie: Relatie, paren: Paren, wie: Mapping[int, int]) -> bool:
        """Takes out what cannot stand beside a row that is there already; whether there was anything."""
        if not relatie.kan_botsen:
            return False
        zelf = met_zichzelf(relatie, paren)
        if relatie.gedrag != "ontdubbelt":
            if zelf or any(True for _ in zoek_botsingen(relatie, paren)):
                raise Geweigerd(botsingszin(relatie))
            return False
        uit = [(pk, wie[van]) for van, ids in zelf.items() for pk in ids]
        self._neem_uit(relatie.model, uit)
        for botsingen in zoek_botsingen(relatie, paren):
            verliezers = _verliezers(relatie.model, [(een.onze, een.hunne) for een in botsingen])
            van_wie = {weg: wie[een.van] for (weg, _), een in zip(verliezers, botsingen, strict=True)}
            self.verhuis(relatie.model, dict(verliezers), wie=van_wie)
            self._neem_uit(relatie.model, list(van_wie.items()))
            uit += van_wie.items()
        return bool(uit)

    def _neem_uit(self, model: type[models.Model], uit: Sequence[tuple[int, int]]) -> None:
        if not uit:
            return
        rijen = rijen_van(model).filter(pk__in=[pk for pk, _ in uit])
        op_id = {rij.pk: rij for rij in rijen}
        for pk, wie in uit:
            self._noteer(wie, Wat.BEWAARD, model._meta.label, pk, was=als_data(op_id[pk]))
        rijen.delete()

    def maak_leeg(self, verdwijnen: Iterable[Jongere], paren: Paren) -> None:
        """Leaves empty rows that lead on."""
        for jongere in verdwijnen:
            self._noteer(self.samenvoegingen[jongere.pk], Wat.LEEG, JONGERE, jongere.pk, was=als_data(jongere))
        rijen_van(Jongere).filter(pk__in_rij=Sleutels.van(paren)).update(**leeg_velden())
        verzet(Jongere, "samengevoegd_met", list(paren.items()))

    def neem_over(self, erbij: Sequence[tuple[int, Jongere, Mapping[str, Any]]]) -> None:
        """Facts that the one had and the other had not: per merge who stays, and the fields as they become."""
        namen: dict[str, None] = {}
        anders: list[tuple[int, Jongere, dict[str, Any]]] = []
        for wie, blijft, velden in erbij:
            ander = {naam: waarde for naam, waarde in velden.items() if waarde != getattr(blijft, naam)}
            if ander:
                anders.append((wie, blijft, ander))
                namen |= dict.fromkeys(ander)
        if not anders:
            return
        for wie, blijft, ander in anders:
            velden = {naam: Jongere._meta.get_field(naam).name for naam in ander}
            was = als_data(blijft, velden.values())["fields"]
            for naam, waarde in ander.items():
                setattr(blijft, naam, waarde)
            wordt = als_data(blijft, velden.values())["fields"]
            for veld in velden.values():
                self._noteer(wie, Wat.VELD, JONGERE, blijft.pk, veld=veld, was=was[veld], wordt=wordt[veld])
        rijen = ((blijft.pk, *(getattr(blijft, naam) for naam in namen)) for _, blijft, _ in anders)
        wijzig_velen(Jongere, list(namen), rijen, nu=None)

    def _noteer(
        self, wie: int, wat: Wat, model: str, rij: int, *, veld: str = "", was: Any = None, wordt: Any = None
    ) -> None:
        self.regels.append((wie, wat.value, model, rij, veld, was, wordt))


def hangen_samen(paren: Paren) -> set[int]:
    """Of these pairs (the one who vanishes) those that share a row with a pair before them: of each such row all pairs
    but the first. They must wait, or the steps of the one would be written down with the other.
    """
    paar_van = {pk: van for van, naar in paren.items() for pk in (van, naar)}
    volgorde = {van: plek for plek, van in enumerate(paren)}
    alle = Sleutels.van(paar_van)
    wacht: set[int] = set()
    for relatie in relaties_naar(Jongere):
        if relatie.gedrag == "blijft":
            continue
        for zuster in relatie.zusters:
            rijen = rijen_van(relatie.model).filter(**{f"{relatie.veld.name}__in_rij": alle})
            for een, ander in rijen.values_list(relatie.kolom, zuster):
                if ander in paar_van:
                    wacht |= set(sorted({paar_van[een], paar_van[ander]}, key=volgorde.__getitem__)[1:])
    return wacht


def botsingszin(relatie: Relatie) -> str:
    """Why a row keeps two from becoming one."""
    eigen = relatie.privacy.botsing if relatie.privacy else ""
    return eigen or BOTSING.format(wat=relatie.model._meta.verbose_name)


def als_data(rij: models.Model, velden: Collection[str] | None = None) -> dict[str, Any]:
    """The whole row (or these fields) as Django writes it away: every column, binary as text, moments to the
    microsecond.
    """
    data: dict[str, Any] = serializers.serialize("python", [rij], fields=None if velden is None else set(velden))[0]
    zuiver: dict[str, Any] = json.loads(json.dumps(data, default=_als_tekst))
    return zuiver


def _als_tekst(waarde: object) -> str:
    return waarde.isoformat() if isinstance(waarde, dt.date | dt.time) else str(waarde)


def _verliezers(model: type[models.Model], samen: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of two rows that are the same fact, that of who vanishes first: (the one to take out, the one that stays). What
    was brought up to date last stays; where that is equal, that of the person who stays.
    """
    rijen = rijen_van(model).filter(pk__in=[pk for paar in samen for pk in paar])
    moment = {rij.pk: getattr(rij, "updated", None) for rij in rijen}
    return [
        (hunne, onze) if (m := moment[onze]) and (n := moment[hunne]) and m > n else (onze, hunne)
        for onze, hunne in samen
    ]
