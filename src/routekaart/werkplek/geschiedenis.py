"""The time line of a dossier: every fact of every werkproces in scope and every note, newest first, also what was
taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie
from routekaart.dossiers.aantekeningen import SOORTEN, aantekeningen_van
from routekaart.dossiers.contactbeeld import omschrijving
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.models import Aantekening, Contactmoment, Gebeurtenis
from routekaart.inhoud.codelijsten import label


@dataclass(frozen=True)
class Regel:
    """One fact: what, by whom, and for a contact that can still go back the act that takes it back."""

    wat: str
    toelichting: str
    wie: str
    nummer: str
    ingetrokken: str = ""
    later_vastgelegd: str = ""
    terug: Actie | None = None


@dataclass(frozen=True)
class Dag:
    """Everything of one day."""

    kop: str
    regels: Sequence[Regel]


def geschiedenis_van(dossier: Dossier) -> list[Dag]:
    """All facts and notes by day, newest first. Three queries."""
    feiten = Gebeurtenis.objects.voor(dossier.toegang).filter(werkproces__in=dossier.werkprocessen)
    rijen = list(feiten.select_related("door").order_by("-op", "-pk"))
    momenten = Contactmoment.objects.voor(dossier.toegang).filter(werkproces__in=dossier.werkprocessen)
    contacten = {f"contactmoment:{moment.pk}": moment for moment in momenten}
    regels = [(rij.op, rij.vastgelegd_op, _regel(dossier, rij, contacten)) for rij in rijen]
    notities = aantekeningen_van(dossier.jongere, toegang=dossier.toegang)
    regels += [(rij.op, rij.created, _aantekening(dossier, rij)) for rij in notities]
    # stable: what was recorded in the same moment keeps its order
    regels.sort(key=lambda regel: regel[:2], reverse=True)
    return [
        Dag(taal.datum_voluit(dag, weekdag=True), [regel for *_, regel in groep])
        for dag, groep in groupby(regels, key=lambda regel: regel[0])
    ]


def _regel(dossier: Dossier, rij: Gebeurtenis, contacten: dict[str, Contactmoment]) -> Regel:
    werkproces = next(wp for wp in dossier.werkprocessen if wp.pk == rij.werkproces_id)
    stap = f" (stap {rij.stap})" if rij.stap else ""
    contact = contacten.get(rij.herkomst)
    terug = None
    if contact is not None and rij.ingetrokken_op is None and dossier.mag_werken and werkproces.open:
        adres = dossier.url("dossiers:contact-intrekken", contact.sleutel, terug="geschiedenis")
        terug = Actie("Trek in", adres, soort="derde", post=True, bij=label("gebeurtenissen", rij.code).lower())
    return Regel(
        wat=f"{label('gebeurtenissen', rij.code)}{stap}",
        toelichting=rij.toelichting or _gesprek(contact),
        wie=str(rij.door) if rij.door else (rij.bron or "Routekaart"),
        nummer=werkproces.nummer or "",
        ingetrokken=_op(rij.ingetrokken_op, dossier.op),
        later_vastgelegd="" if _dag(rij.vastgelegd_op) == rij.op else _op(rij.vastgelegd_op, dossier.op),
        terug=terug,
    )


def _aantekening(dossier: Dossier, rij: Aantekening) -> Regel:
    return Regel(
        wat=f"Aantekening: {label(SOORTEN, rij.aard, anders=rij.aard).lower()}",
        toelichting=rij.tekst,
        wie=str(rij.door or "Routekaart"),
        nummer=(rij.werkproces.nummer if rij.werkproces is not None else "") or "",
        later_vastgelegd="" if _dag(rij.created) == rij.op else _op(rij.created, dossier.op),
    )


def _gesprek(contact: Contactmoment | None) -> str:
    if contact is None:
        return ""
    resultaat = label("contactresultaten", contact.resultaat, anders=contact.resultaat).lower()
    return f"{omschrijving(contact)}: {resultaat}. {contact.verslag}".strip()


def _dag(moment: dt.datetime) -> dt.date:
    return taal.dag_van(moment)


def _op(moment: dt.datetime | None, op: dt.date) -> str:
    return taal.datumtijd_kort(moment, op=op) if moment is not None else ""
