"""Who is who around a jongere, what may be shared and what was agreed: the side column of a dossier page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from routekaart.basis import taal
from routekaart.basis.onderdelen import Etiket, Persoon
from routekaart.begeleiding.models import Afspraak, Regie
from routekaart.delen.models import Toestemming
from routekaart.delen.selecties import laatste_antwoorden, toestemmingen_van
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.models import Taak
from routekaart.netwerk.models import Betrokkene
from routekaart.netwerk.selecties import betrokkenen, verzorgers
from routekaart.personen.models import Verzorger


@dataclass(frozen=True)
class Deelregel:
    """With whom may be shared, and until when."""

    ontvanger: str
    doel: str
    antwoord: Etiket


@dataclass(frozen=True)
class Afspraakregel:
    """Something that was agreed or planned. `te_laat` where its day has passed."""

    wanneer: str
    wat: str
    wie: str = ""
    te_laat: bool = False


def open_regie(dossier: Dossier) -> Regie | None:
    """Who holds the casusregie now. One query, none without a werkproces."""
    if dossier.werkproces is None:
        return None
    rijen = Regie.objects.voor(dossier.toegang).filter(werkproces=dossier.werkproces, tot__isnull=True)
    gevonden: Regie | None = rijen.first()
    return gevonden


def wie_is_wie(dossier: Dossier) -> list[Persoon]:
    """Casusregie first, then procesregie, then family and the others. Three queries."""
    regie = open_regie(dossier)
    familie = verzorgers(dossier.jongere, toegang=dossier.toegang, op=dossier.op)
    overig = betrokkenen(dossier.jongere, toegang=dossier.toegang, op=dossier.op)
    mensen = [persoon_verzorger(dossier, verzorger) for verzorger in familie]
    mensen += [persoon_betrokkene(dossier, betrokkene) for betrokkene in overig]
    boven = []
    if regie is not None:
        boven.append(_regiehouder(dossier, regie, mensen))
        mensen = [persoon for persoon in mensen if persoon.naam != regie.houder]
    return boven + _procesregie(dossier, regie) + mensen


def _regiehouder(dossier: Dossier, regie: Regie, mensen: Sequence[Persoon]) -> Persoon:
    bekend = next((persoon for persoon in mensen if persoon.naam == regie.houder), None)
    gekozen = f"Gekozen door {dossier.jongere.aanspreeknaam}" if regie.gevraagd else ""
    sinds = taal.datum_kort(regie.van, op=dossier.op, weekdag=False)
    return Persoon(
        regie.houder,
        onder=regie.organisatie or (bekend.onder if bekend else ""),
        extra=f"{gekozen}, {sinds}" if gekozen else "",
        url=bekend.url if bekend else "",
        rol=Etiket("casusregie", "accent"),
    )


def _procesregie(dossier: Dossier, regie: Regie | None) -> list[Persoon]:
    werkproces = dossier.werkproces
    if werkproces is None:
        return []
    if werkproces.behandelaar is None:
        naar = dossier.url("dossiers:toewijzen") if dossier.kan_werken else ""
        return [Persoon("Nog niemand", onder="Geef een behandelaar", url=naar, rol=Etiket("procesregie", "letop"))]
    behandelaar = werkproces.behandelaar
    ik = behandelaar.pk == dossier.toegang.gebruiker_id
    rol = "behandelaar" if regie is not None and regie.houder == behandelaar.naam else "procesregie"
    return [
        Persoon(
            behandelaar.naam, onder=taal.hoofdletter(behandelaar.functie), rol=Etiket(rol, "lijn"), ik=ik,
        )
    ]  # fmt: skip


def persoon_verzorger(dossier: Dossier, rij: Verzorger) -> Persoon:
    """A parent or other carer, with what decides about letters."""
    delen = [taal.hoofdletter(rij.relatie), rij.get_gezag_display()]
    return Persoon(
        rij.naam,
        onder=". ".join(filter(None, [", ".join(delen), rij.toelichting])),
        url=dossier.url("dossiers:verzorger", rij.sleutel) if dossier.mag_werken else "",
    )


def persoon_betrokkene(dossier: Dossier, rij: Betrokkene) -> Persoon:
    """A mentor, coach or helper."""
    delen = [taal.hoofdletter(rij.rol), rij.organisatie]
    return Persoon(
        rij.naam,
        onder=". ".join(filter(None, [", ".join(filter(None, delen)), rij.toelichting])),
        url=dossier.url("dossiers:betrokkene", rij.sleutel) if dossier.mag_werken else "",
    )


def toestemmingen(dossier: Dossier) -> list[Deelregel]:
    """With whom may be shared, per receiver the last answer. One query."""
    antwoorden = laatste_antwoorden(toestemmingen_van(dossier.jongere, toegang=dossier.toegang))
    return [Deelregel(rij.ontvanger, rij.doel, antwoord(rij, op=dossier.op)) for rij in antwoorden]


def antwoord(rij: Toestemming, *, op: dt.date) -> Etiket:
    """'ja, tot 3 mei 2027', 'nee', 'ingetrokken' or 'verlopen'."""
    if not rij.gegeven:
        return Etiket("nee", "rustig")
    if rij.ingetrokken_op is not None and rij.ingetrokken_op <= op:
        return Etiket("ingetrokken", "rustig")
    if not rij.geldt(op=op):
        return Etiket("verlopen", "letop")
    tot = f", tot {taal.datum_kort(rij.geldig_tot, op=op, weekdag=False)}" if rij.geldig_tot else ""
    return Etiket(f"ja{tot}", "goed")


def afspraken(dossier: Dossier, *, hoogstens: int = 6) -> list[Afspraakregel]:
    """What is planned and agreed, soonest first: our tasks and what others do by the plan. Two queries."""
    werkproces = dossier.werkproces
    if werkproces is None:
        return []
    taken = Taak.objects.voor(dossier.toegang).open().filter(werkproces=werkproces).exclude(soort="stap")
    van_anderen = Afspraak.objects.voor(dossier.toegang).filter(
        plan__werkproces=werkproces, plan__vervangen_op__isnull=True, gedaan_op__isnull=True, van_ons=False
    )
    regels = [
        (taak.due, _wanneer(taak.due, taak.tijd, op=dossier.op), taak.wat, "")
        for taak in taken.op_volgorde()[:hoogstens]
    ]
    regels += [
        (rij.voor, _wanneer(rij.voor, None, op=dossier.op), rij.wat, rij.wie)
        for rij in van_anderen.order_by("voor", "pk")[:hoogstens]
    ]
    op_volgorde = sorted(regels, key=lambda regel: regel[0])[:hoogstens]
    return [Afspraakregel(wanneer, wat, wie, dag < dossier.op) for dag, wanneer, wat, wie in op_volgorde]


def _wanneer(dag: dt.date, tijd: dt.time | None, *, op: dt.date) -> str:
    tekst = taal.datum_kort(dag, op=op)
    return f"{tekst}, {taal.tijd(tijd)}" if tijd is not None else tekst
