"""Acts on many running werkprocessen at one moment that add no fact, as `handeling` frames them one by one.

What follows from the facts is computed by the very same functions (stand.py). Where that would change more than the
step and its term, the act is left to `handeling`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from routekaart.basis.lading import laad, wijzig_velen
from routekaart.basis.parameters import parameters
from routekaart.basis.sleutels import Sleutels
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import Gevolg, gevolg, routestand

_BINNEN = "binnen een handeling"
_TAAKVELDEN = ("soort", "herkomst", "wat", "waarom", "actie", "eigenaar_id", "team_id", "gemeente_id", "due", "pk")
_NIEUW = (
    "werkproces_id", "regio_id", "gemeente_id", "soort_werk", "jongere_id", "herkomst", "vanaf", "soort", "wat",
    "waarom", "due", "eigenaar_id", "team_id",
)  # fmt: skip
# what changes of an open task; also the act and the time, which these tasks do not have
_ANDERS = ("soort", "wat", "waarom", "due", "eigenaar_id", "team_id", "actie", "tijd")


def feiten_van(werkproces_ids: Collection[int]) -> dict[int, list[Gebeurtenis]]:
    """The facts of these werkprocessen in order of time, by werkproces. One query."""
    rijen = (
        Gebeurtenis.objects.alles(reden=_BINNEN)
        .filter(werkproces__in_rij=Sleutels.van(werkproces_ids))
        .select_related("door")
    )
    gevonden: defaultdict[int, list[Gebeurtenis]] = defaultdict(list)
    for feit in rijen.order_by("op", "pk"):
        gevonden[feit.werkproces_id].append(feit)
    return gevonden


def open_taken_van(werkproces_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The open tasks of these werkprocessen, by werkproces. One query."""
    rijen = Taak.objects.alles(reden=_BINNEN).open().filter(werkproces__in_rij=Sleutels.van(werkproces_ids))
    gevonden: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for taak in rijen.order_by("pk").values("werkproces_id", *_TAAKVELDEN):
        gevonden[taak.pop("werkproces_id")].append(taak)
    return gevonden


def taak_blijft(werkproces: Werkproces, taken: Collection[Mapping[str, Any]], volgt: Gevolg) -> bool:
    """Whether the open tasks of a running werkproces are already what they must be."""
    van_stap = [taak for taak in taken if taak["soort"] == "stap"]
    wordt = volgt.taak
    if wordt is not None and any(taak["actie"] in volgt.afspraken for taak in taken if taak["soort"] != "stap"):
        wordt = None
    if wordt is None:
        return not van_stap
    moet = {
        "soort": "stap",
        "herkomst": wordt.herkomst,
        "wat": wordt.wat,
        "waarom": wordt.waarom,
        "actie": wordt.actie,
        "eigenaar_id": werkproces.behandelaar_id,
        "team_id": werkproces.team_id,
        "gemeente_id": werkproces.gemeente_id,
    }
    return [{naam: taak[naam] for naam in moet} for taak in van_stap] == [moet] and (
        wordt.vast is None or van_stap[0]["due"] == wordt.vast
    )


@dataclass(slots=True, eq=False)
class Lopend:
    """A running werkproces: its row, what follows from its facts, its open tasks, and what was done meanwhile."""

    rij: Werkproces
    volgt: Gevolg
    taken: list[dict[str, Any]]
    gewoon: bool
    handelingen: int = 0
    # by origin: what to do
    gevraagd: dict[str, tuple[str, str, str]] = field(default_factory=dict)


class Handelingen:
    """Running werkprocessen, locked, on which acts are done. For use within a transaction."""

    def __init__(self, werkproces_ids: Collection[int], *, op: dt.date, nu: dt.datetime) -> None:
        self.op, self.nu = op, nu
        slot = Werkproces.objects.alles(reden=_BINNEN).select_for_update(of=("self",)).order_by("pk")
        rijen = list(slot.filter(pk__in_rij=Sleutels.van(werkproces_ids)))
        # who asks for another one finds it changed under her hands
        self.bekend = {rij.pk for rij in rijen}
        rijen = [rij for rij in rijen if rij.open]
        feiten, taken = feiten_van([rij.pk for rij in rijen]), open_taken_van([rij.pk for rij in rijen])
        eigen = {regio_id: parameters(regio_id, op=op) for regio_id in {rij.regio_id for rij in rijen}}
        self.lopend: dict[int, Lopend] = {}
        for rij in rijen:
            uitslag = routestand(rij, op=op, feiten=feiten.get(rij.pk, ()), instellingen=eigen[rij.regio_id])
            volgt, open_ = gevolg(uitslag, op=op), taken.get(rij.pk, [])
            self.lopend[rij.pk] = Lopend(rij, volgt, open_, taak_blijft(rij, open_, volgt))

    def schrijf(self) -> None:
        """Writes the werkprocessen on which something was done, and the tasks that were asked for."""
        gedaan = [lopend for lopend in self.lopend.values() if lopend.handelingen]
        rijen = [(een.rij.pk, een.volgt.stap, een.volgt.termijn, een.rij.versie + een.handelingen) for een in gedaan]
        if not rijen:
            return
        wijzig_velen(Werkproces, ("stap", "termijn", "versie"), rijen, nu=self.nu, nieuwe_versie=False)
        nieuw: list[tuple[Any, ...]] = []
        anders: list[tuple[Any, ...]] = []
        for een in gedaan:
            rij, bekend = een.rij, {taak["herkomst"]: taak["pk"] for taak in reversed(een.taken)}
            for herkomst, (soort, wat, waarom) in een.gevraagd.items():
                taak = soort, wat[:160], waarom[:240], self.op, rij.behandelaar_id, rij.team_id
                if herkomst in bekend:
                    anders.append((bekend[herkomst], *taak, "", None))
                else:
                    wie = rij.pk, rij.regio_id, rij.gemeente_id, rij.soort_werk, rij.jongere_id
                    nieuw.append((*wie, herkomst, self.op, *taak))
        laad(Taak, _NIEUW, nieuw, nu=self.nu)
        if anders:
            wijzig_velen(Taak, _ANDERS, anders, nu=self.nu, nieuwe_versie=False)
