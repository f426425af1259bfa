"""Where a werkproces stands: its facts read by the rule, and kept beside it (`stap`, `termijn`, the task)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from routekaart.basis.parameters import parameters
from routekaart.basis.taal import datum_voluit
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import codelijst
from routekaart.regels.route import Routestand, Stapstand, Uitkomstfeit, stand
from routekaart.regels.route_definitie import Route
from routekaart.regels.route_feiten import Feit
from routekaart.regels.werkdagen import tel_op

# working days for the next step where its route names no term: it must come back to somebody's desk
ZONDER_TERMIJN_WERKDAGEN = 5


def uitkomstlijst(soort: str) -> str:
    """The code list with the uitkomsten of this soort werkproces (CL-30 to CL-35)."""
    lijst = codelijst("soorten-werkproces").waarde(soort)["uitkomsten"]
    if not lijst:
        raise ValueError(f"Soort werkproces {soort} heeft nog geen lijst met uitkomsten")
    return str(lijst)


def route_van(werkproces: Werkproces) -> Route:
    """The route in the version on which the werkproces runs, also when a newer one is in use."""
    return routes.laad(werkproces.route, werkproces.route_versie)


def als_feit(gebeurtenis: Gebeurtenis) -> Feit:
    """A stored fact as the rule reads it. `door` must have been selected along."""
    return Feit(
        code=gebeurtenis.code,
        op=gebeurtenis.op,
        vastgelegd_op=gebeurtenis.vastgelegd_op,
        stap=gebeurtenis.stap,
        toelichting=gebeurtenis.toelichting,
        door=str(gebeurtenis.door) if gebeurtenis.door else "",
        ingetrokken=gebeurtenis.ingetrokken_op is not None,
    )


def gebeurtenissen(werkproces: Werkproces) -> list[Gebeurtenis]:
    """All facts of the werkproces in order of time. One query; the caller reached the werkproces within its scope."""
    rijen = Gebeurtenis.objects.alles(reden="via een werkproces dat al binnen bereik is")
    return list(rijen.filter(werkproces=werkproces).select_related("door").order_by("op", "pk"))


def is_verzuim(werkproces: Werkproces) -> bool:
    """Whether it is about absence: then the school is always asked (RKT-05)."""
    return werkproces.doelgroep == "verzuim-18-plus" or werkproces.soort in {"verzuim-18-plus", "relatief-verzuim"}


def uitkomstfeit(werkproces: Werkproces) -> Uitkomstfeit | None:
    """The uitkomst as the rule reads it; None while the werkproces is open."""
    if werkproces.afgesloten_op is None:
        return None
    waarde = codelijst(uitkomstlijst(werkproces.soort)).waarde(werkproces.uitkomst)
    return Uitkomstfeit(
        code=werkproces.uitkomst,
        label=waarde.label,
        op=werkproces.afgesloten_op,
        eindigt_route_vroeg=bool(waarde["eindigt_route_vroeg"]),
        toelichting=werkproces.afsluiting,
    )


def routestand(
    werkproces: Werkproces,
    *,
    op: dt.date,
    feiten: Iterable[Gebeurtenis] | None = None,
    instellingen: Mapping[str, Any] | None = None,
) -> Routestand:
    """Where the werkproces stands on that day. Two queries; one less for `feiten` and for `instellingen` (of the
    region, see basis.parameters) when they are handed over.
    """
    rijen = gebeurtenissen(werkproces) if feiten is None else feiten
    eigen = parameters(werkproces.regio_id, op=op) if instellingen is None else instellingen
    return stand(
        route_van(werkproces),
        [als_feit(rij) for rij in rijen],
        doelgroep=werkproces.doelgroep or None,
        reden=werkproces.doelgroep_uitleg.get("reden"),
        kenmerken=werkproces.kenmerken,
        verzuim=is_verzuim(werkproces),
        uitkomst=uitkomstfeit(werkproces),
        op=op,
        werkdagen_na=tel_op,
        instellingen=eigen,
    )


def herbereken(werkproces: Werkproces, *, nu: dt.datetime, op: dt.date) -> Routestand:
    """Rewrites what follows from the facts: the step, its term, and the task for it. Within the act's transaction."""
    uitslag = routestand(werkproces, op=op)
    volgt = gevolg(uitslag, op=op)
    werkproces.stap, werkproces.termijn = volgt.stap, volgt.termijn
    werkproces.save(update_fields=["stap", "termijn", "updated"])
    _zet_taak(werkproces, volgt, nu=nu, op=op)
    return uitslag


@dataclass(frozen=True, slots=True)
class Staptaak:
    """The task for a step. `vast`: the day that its term or what was agreed sets; without it an open task keeps the
    day that it has.
    """

    herkomst: str
    wat: str
    waarom: str
    actie: str
    due: dt.date
    vast: dt.date | None


@dataclass(frozen=True, slots=True)
class Gevolg:
    """What follows from where a werkproces stands, to be kept beside it. Where an open task of another kind stands for
    one of the acts `afspraken`, a moment has been agreed at which the step goes on, and no `taak` is needed.
    """

    stap: int | None
    termijn: dt.date | None
    taak: Staptaak | None
    afspraken: frozenset[str]


def gevolg(uitslag: Routestand, *, op: dt.date) -> Gevolg:
    """The step that is now, its term and its task, seen on the day `op`."""
    huidige = uitslag.huidige
    if huidige is None:
        return Gevolg(None, None, None, frozenset())
    termijn = _werkdag(huidige, op)
    return Gevolg(huidige.nummer, termijn, _staptaak(huidige, termijn), _afspraken(huidige))


def _werkdag(huidige: Stapstand, op: dt.date) -> dt.date:
    if huidige.termijn is not None:
        return huidige.termijn.op
    return huidige.verwacht_op or tel_op(op, ZONDER_TERMIJN_WERKDAGEN)


def _afspraken(huidige: Stapstand) -> frozenset[str]:
    """The acts of which a task says that a moment has been agreed at which this step goes on: one task is enough.
    Nobody is pushed to close either while the next look at how it goes has been agreed (000 §4.1).
    """
    acties = frozenset(actie.code for actie in huidige.acties)
    return acties | {"voortgang-vastleggen"} if huidige.stap.sluit and huidige.termijn is None else acties


def _staptaak(huidige: Stapstand, due: dt.date) -> Staptaak | None:
    if not huidige.acties:
        return None
    actie = huidige.acties[0]
    mist = huidige.mist[0] if huidige.mist else ""
    if huidige.verwacht_op is not None:
        mist = f"Gepland op {datum_voluit(huidige.verwacht_op)}."
    return Staptaak(
        herkomst=f"stap:{huidige.nummer}:{huidige.ronde}",
        wat=actie.knop,
        waarom=f"Stap {huidige.nummer}, {huidige.stap.naam.lower()}. {mist}".strip()[:240],
        actie=actie.code,
        due=due,
        vast=huidige.termijn.op if huidige.termijn is not None else huidige.verwacht_op,
    )


def _zet_taak(werkproces: Werkproces, volgt: Gevolg, *, nu: dt.datetime, op: dt.date) -> None:
    """One open task for the step that is now; the task of a step that is done, is done."""
    rijen = Taak.objects.alles(reden="hoort bij een werkproces dat al binnen bereik is").open()
    van_stap = rijen.filter(werkproces=werkproces, soort="stap")
    taak = volgt.taak
    if taak is not None:
        andere = rijen.filter(werkproces=werkproces).exclude(soort="stap")
        taak = None if andere.filter(actie__in=volgt.afspraken).exists() else taak
    van_stap.exclude(herkomst=taak.herkomst if taak else "").update(gedaan_op=nu)
    if taak is None:
        return
    velden = {
        "wat": taak.wat,
        "waarom": taak.waarom,
        "actie": taak.actie,
        "eigenaar": werkproces.behandelaar,
        "team": werkproces.team,
        "gemeente": werkproces.gemeente,
    }
    if van_stap.filter(herkomst=taak.herkomst).update(**velden):
        if taak.vast is not None:
            van_stap.filter(herkomst=taak.herkomst).update(due=taak.vast)
        return
    Taak.objects.create(
        regio=werkproces.regio,
        soort_werk=werkproces.soort_werk,
        jongere=werkproces.jongere,
        werkproces=werkproces,
        soort="stap",
        herkomst=taak.herkomst,
        vanaf=op,
        due=taak.due,
        **velden,
    )
