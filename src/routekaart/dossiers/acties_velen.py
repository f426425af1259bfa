"""Opening werkprocessen, and joining running ones, for many meldingen of one moment at once.

The rows are those that `open_werkproces` and `handeling` write one by one, which stay the truth: what would take more
than a new werkproces or one more fact is left to them. What follows from the facts is computed by the very same
functions (stand.py); for a new werkproces it follows from route, soort and day alone, and is computed once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from routekaart.basis.lading import laad, reserveer, wijzig_velen
from routekaart.basis.nummers import volgende_nummers
from routekaart.basis.sleutels import Sleutels
from routekaart.dossiers.acties import werkprocesnummer
from routekaart.dossiers.acties_lopend import feiten_van, open_taken_van, taak_blijft
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.dossiers.stand import Gevolg, gevolg, routestand
from routekaart.inhoud import routes
from routekaart.personen.models import Jongere
from routekaart.regels.route_definitie import Route
from routekaart.regels.schooljaar import Schooljaar
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Gebruiker, Team

_BINNEN = "binnen een handeling"
ONTVANGEN, AANGESLOTEN = "melding.ontvangen", "melding.aangesloten"
_WERKPROCES = (
    "id", "sleutel", "versie", "regio_id", "gemeente_id", "soort_werk", "jongere_id", "nummer", "soort", "schooljaar",
    "route", "route_versie", "stap", "termijn", "team_id", "gestart_op",
)  # fmt: skip
_GEBEURTENIS = ("werkproces_id", "code", "op", "vastgelegd_op", "door_id", "bron", "herkomst")
_TAAK = (
    "regio_id", "gemeente_id", "soort_werk", "jongere_id", "werkproces_id", "soort", "wat", "waarom", "actie", "vanaf",
    "due", "team_id", "herkomst",
)  # fmt: skip


class Bediening:
    """Which team does which kind of work for which gemeente of a regio. Two queries."""

    def __init__(self, regio_id: int) -> None:
        teams = list(Team.objects.filter(regio_id=regio_id).order_by("pk").values_list("pk", "soorten_werk"))
        paren = Team.gemeenten.through.objects.filter(team__regio_id=regio_id).values_list("team_id", "gemeente_id")
        gemeenten: dict[int, set[int]] = {}
        for team_id, gemeente_id in paren:
            gemeenten.setdefault(team_id, set()).add(gemeente_id)
        self.soorten_werk = {soort for _, soorten in teams for soort in soorten}
        self._team: dict[tuple[int, str], int] = {}
        for team_id, soorten in teams:
            for gemeente_id in gemeenten.get(team_id, ()):
                for soort in soorten:
                    self._team.setdefault((gemeente_id, soort), team_id)

    def team_id(self, gemeente_id: int, soort_werk: str) -> int | None:
        """The first team that does this kind of work there."""
        return self._team.get((gemeente_id, soort_werk))


@dataclass(slots=True, eq=False)
class Lopend:
    """A werkproces that runs, or starts in this lot (`bestaand` None). `erbij`: the facts that are not written yet."""

    jongere: Jongere
    soort: str
    soort_werk: str
    team_id: int | None
    gevolg: Gevolg
    route: Route | None = None
    bestaand: Werkproces | None = None
    feiten: list[Gebeurtenis] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    erbij: int = 0
    pk: int = 0
    sleutel: str = ""


class Aansluiting(NamedTuple):
    """The werkproces of a melding; `code` says whether it began with this one."""

    werkproces: Lopend
    code: str


class Werkprocessen:
    """The running werkprocessen of many jongeren on one moment, and those that start. For use within an act.

    `instellingen` are those of the regio on that day.
    """

    def __init__(
        self, *, regio_id: int, bediening: Bediening, instellingen: Mapping[str, Any], op: dt.date, toegang: Toegang,
        nu: dt.datetime,
    ) -> None:  # fmt: skip
        self.regio_id, self.bediening, self.instellingen = regio_id, bediening, instellingen
        self.op, self.toegang, self.nu = op, toegang, nu
        self.door = Gebruiker.objects.get(pk=toegang.gebruiker_id) if toegang.gebruiker_id else None
        self.lopend: dict[tuple[int, str], Lopend] = {}
        self._begonnen: dict[tuple[str, str, str, int], Gevolg] = {}
        self._routes: dict[str, Route] = {}

    def laad(self, jongere_ids: Collection[int], soorten: Collection[str]) -> None:
        """Reads, and locks, the running werkprocessen of these soorten. At most three queries."""
        slot = Werkproces.objects.alles(reden=_BINNEN).open().select_for_update(of=("self",)).order_by("pk")
        rijen = slot.filter(jongere__in_rij=Sleutels.van(jongere_ids), soort__in=soorten).select_related("jongere")
        op_pk = {
            rij.pk: Lopend(
                rij.jongere,
                rij.soort,
                rij.soort_werk,
                rij.team_id,
                Gevolg(rij.stap, rij.termijn, None, frozenset()),
                bestaand=rij,
                pk=rij.pk,
                sleutel=rij.sleutel.hex,
            )
            for rij in rijen
        }
        if not op_pk:
            return
        self.lopend |= {(lopend.jongere.pk, lopend.soort): lopend for lopend in op_pk.values()}
        for werkproces_id, feiten in feiten_van(op_pk).items():
            op_pk[werkproces_id].feiten = feiten
        for werkproces_id, taken in open_taken_van(op_pk).items():
            op_pk[werkproces_id].taken = taken

    def sluit_aan(self, jongere: Jongere, *, soort: str, route: str, soort_werk: str) -> Aansluiting | None:
        """Puts a melding with the running werkproces of its soort, or with a new one. None where that takes more than
        this: then nothing has changed here, and it must be done one by one.
        """
        lopend = self.lopend.get((jongere.pk, soort))
        if lopend is None:
            return self._begin(jongere, soort=soort, route=route, soort_werk=soort_werk)
        if lopend.bestaand is None:
            volgt = self._gevolg_nieuw(lopend, lopend.erbij + 1)
            if volgt.taak != lopend.gevolg.taak:
                return None
        else:
            nieuw = Gebeurtenis(code=AANGESLOTEN, op=self.op, vastgelegd_op=self.nu, door=self.door)
            feiten = sorted([*lopend.feiten, nieuw], key=lambda feit: feit.op)
            volgt = self._gevolg(lopend.bestaand, feiten)
            if not _taak_blijft(lopend, volgt):
                return None
            lopend.feiten = feiten
        lopend.gevolg = volgt
        lopend.erbij += 1
        return Aansluiting(lopend, AANGESLOTEN)

    def _begin(self, jongere: Jongere, *, soort: str, route: str, soort_werk: str) -> Aansluiting | None:
        team_id = self.bediening.team_id(jongere.gemeente_id, soort_werk)
        if team_id is not None and soort_werk != jongere.soort_werk:  # the team is given reach
            return None
        if route not in self._routes:
            self._routes[route] = routes.laad(route, op=self.op)
        lopend = Lopend(jongere, soort, soort_werk, team_id, GEEN_GEVOLG, route=self._routes[route])
        lopend.gevolg = self._gevolg_nieuw(lopend, 1)
        lopend.erbij = 1
        self.lopend[jongere.pk, soort] = lopend
        return Aansluiting(lopend, ONTVANGEN)

    def _gevolg_nieuw(self, lopend: Lopend, aantal: int) -> Gevolg:
        """What follows for a werkproces that began today with so many meldingen."""
        assert lopend.route is not None
        sleutel = lopend.route.code, lopend.soort, lopend.soort_werk, aantal
        if sleutel not in self._begonnen:
            werkproces = Werkproces(
                regio_id=self.regio_id,
                soort=lopend.soort,
                soort_werk=lopend.soort_werk,
                route=lopend.route.code,
                route_versie=lopend.route.versie,
            )
            codes = (ONTVANGEN, *[AANGESLOTEN] * (aantal - 1))
            feiten = [Gebeurtenis(code=code, op=self.op, vastgelegd_op=self.nu, door=self.door) for code in codes]
            self._begonnen[sleutel] = self._gevolg(werkproces, feiten)
        return self._begonnen[sleutel]

    def _gevolg(self, werkproces: Werkproces, feiten: Sequence[Gebeurtenis]) -> Gevolg:
        uitslag = routestand(werkproces, op=self.op, feiten=feiten, instellingen=self.instellingen)
        return gevolg(uitslag, op=self.op)

    def schrijf(self, aansluitingen: Sequence[tuple[Aansluiting, int]], sleutels: Iterator[str]) -> None:
        """Writes these: new werkprocessen with their number and task, the facts, and how the running ones stand now.

        Each comes with the id of its melding, which is written afterwards. The keys of new ones are taken from
        `sleutels`, so that the log can name them.
        """
        betrokken = list({id(lopend): lopend for (lopend, _), _ in aansluitingen}.values())
        nieuw = [lopend for lopend in betrokken if lopend.bestaand is None]
        ids = reserveer(Werkproces, len(nieuw))
        for lopend, pk in zip(nieuw, ids, strict=True):
            lopend.pk, lopend.sleutel = pk, next(sleutels)
        jaar = self.op.year
        nummers = volgende_nummers("werkproces", jaar, len(nieuw))
        schooljaar = str(Schooljaar.van(self.op))
        rijen = (
            self._rij(lopend, werkprocesnummer(jaar, nummer), schooljaar)
            for lopend, nummer in zip(nieuw, nummers, strict=True)
        )
        laad(Werkproces, _WERKPROCES, rijen, nu=self.nu)
        self._wijzig([lopend for lopend in betrokken if lopend.bestaand is not None])
        feiten = (
            (
                lopend.pk,
                code,
                self.op,
                self.nu,
                self.toegang.gebruiker_id or None,
                self.toegang.naam[:60],
                f"melding:{pk}",
            )
            for (lopend, code), pk in aansluitingen
        )
        laad(Gebeurtenis, _GEBEURTENIS, feiten, nu=self.nu)
        laad(Taak, _TAAK, self._taken(nieuw), nu=self.nu)

    def _rij(self, lopend: Lopend, nummer: str, schooljaar: str) -> tuple[Any, ...]:
        assert lopend.route is not None
        volgt, jongere = lopend.gevolg, lopend.jongere
        return (
            lopend.pk, lopend.sleutel, 1 + lopend.erbij, self.regio_id, jongere.gemeente_id, str(lopend.soort_werk),
            jongere.pk, nummer, lopend.soort, schooljaar, lopend.route.code, lopend.route.versie, volgt.stap,
            volgt.termijn, lopend.team_id, self.op,
        )  # fmt: skip

    def _wijzig(self, bestaand: Sequence[Lopend]) -> None:
        """Each fact is a version of the werkproces."""
        while bestaand:
            rijen = [(lopend.pk, lopend.gevolg.stap, lopend.gevolg.termijn) for lopend in bestaand]
            wijzig_velen(Werkproces, ("stap", "termijn"), rijen, nu=self.nu)
            for lopend in bestaand:
                lopend.erbij -= 1
            bestaand = [lopend for lopend in bestaand if lopend.erbij]

    def _taken(self, nieuw: Iterable[Lopend]) -> Iterator[tuple[Any, ...]]:
        for lopend in nieuw:
            taak, jongere = lopend.gevolg.taak, lopend.jongere
            if taak is not None:
                yield (
                    self.regio_id, jongere.gemeente_id, str(lopend.soort_werk), jongere.pk, lopend.pk, "stap", taak.wat,
                    taak.waarom, taak.actie, self.op, taak.due, lopend.team_id, taak.herkomst,
                )  # fmt: skip


GEEN_GEVOLG = Gevolg(None, None, None, frozenset())


def _taak_blijft(lopend: Lopend, volgt: Gevolg) -> bool:
    """Whether the open tasks of a running werkproces are already what they must be."""
    assert lopend.bestaand is not None
    return taak_blijft(lopend.bestaand, lopend.taken, volgt)
