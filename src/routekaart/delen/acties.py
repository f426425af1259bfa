"""Consent: asked, given or refused, withdrawn; and what left the house, with a snapshot of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.parameters import parameters
from routekaart.delen.models import Toestemming, Verstrekking
from routekaart.dossiers.documenten import bewaar_document
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Document, Werkproces
from routekaart.inhoud.grenzen import laad_grenzen
from routekaart.personen.models import Jongere, Verzorger
from routekaart.regels.delen import Zeggenschap, geldt_tot, wie_beslist
from routekaart.toegang.bereik import Toegang

_BINNEN = "via een werkproces dat al binnen bereik is"
VORMEN = ("mondeling", "schriftelijk")


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What somebody answered: may this be shared with this receiver for this purpose? No is an answer too."""

    ontvanger: str
    doel: str
    gegeven: bool
    door: str = Toestemming.Door.JONGERE
    vorm: str = "mondeling"


def zeggenschap(jongere: Jongere, *, op: dt.date) -> Zeggenschap:
    """Who decides about sharing on that day, by the age on that day (PRV-01)."""
    grens = laad_grenzen().toestemming_leeftijd.op(op)
    return wie_beslist(jongere.leeftijd(op=op), grens=grens)


def met_gezag(jongere: Jongere, *, op: dt.date) -> list[Verzorger]:
    """The verzorgers with gezag on that day."""
    rijen = Verzorger.objects.alles(reden=_BINNEN).filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op)
    return list(rijen.filter(jongere=jongere, gezag=Verzorger.Gezag.JA).order_by("naam", "pk"))


def neem_toestemming_op(
    h: Handeling, antwoord: Antwoord, *, op: dt.date, document: Document | None = None
) -> Toestemming:
    """Stores one answer, within an act. A no ends an earlier yes for the same receiver and purpose (PRV-02)."""
    jongere = h.werkproces.jongere
    ontvanger, doel = " ".join(antwoord.ontvanger.split()), " ".join(antwoord.doel.split())
    if not ontvanger:
        raise Geweigerd("Schrijf op met wie je wilt delen.", veld="ontvanger")
    if not doel:
        raise Geweigerd(f"Schrijf op waarvoor je iets met {ontvanger} wilt delen.", veld="doel")
    if antwoord.vorm not in VORMEN:
        raise Geweigerd("Kies of het mondeling of schriftelijk was.", veld="vorm")
    if op > h.vandaag:
        raise Geweigerd("Deze datum ligt in de toekomst.", veld="op")
    _eis_bevoegd(jongere, antwoord.door, op=op)
    eerder = Toestemming.objects.alles(reden=_BINNEN).filter(jongere=jongere, gegeven=True, ingetrokken_op__isnull=True)
    eerder = eerder.filter(ontvanger__iexact=ontvanger, doel__iexact=doel)
    if not antwoord.gegeven:
        eerder.update(ingetrokken_op=op)
    maanden = parameters(jongere.regio_id, op=op)["toestemming_maanden"]
    return Toestemming.objects.create(
        jongere=jongere,
        werkproces=h.werkproces,
        ontvanger=ontvanger[:160],
        doel=doel[:200],
        gegeven=antwoord.gegeven,
        door=antwoord.door,
        vorm=antwoord.vorm,
        op=op,
        geldig_tot=geldt_tot(op, maanden) if antwoord.gegeven else None,
        document=document,
        vastgelegd_door_id=h.door_id,
    )


def _eis_bevoegd(jongere: Jongere, door: str, *, op: dt.date) -> None:
    beslist = zeggenschap(jongere, op=op)
    if door != beslist.door:
        raise Geweigerd(beslist.tekst, veld="door")
    if beslist.door == "verzorger" and not met_gezag(jongere, op=op):
        raise Geweigerd(
            "We weten niet wie het gezag heeft. Leg dat eerst vast bij Netwerk. Dan kan die ouder of voogd beslissen.",
            veld="door",
        )


def bewaar_verklaring(h: Handeling, inhoud: bytes, *, op: dt.date) -> Document:
    """Stores a signed declaration, within an act."""
    return bewaar_document(
        h.werkproces.jongere,
        werkproces=h.werkproces,
        soort="toestemmingsverklaring",
        naam=f"Toestemmingsverklaring, getekend op {op:%d-%m-%Y}",
        inhoud=inhoud,
        op=op,
        door_id=h.door_id,
    )


def vraag_toestemming(
    werkproces: Werkproces,
    antwoord: Antwoord,
    *,
    op: dt.date,
    verklaring: bytes | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Toestemming:
    """Records the answer to one question, with the signed paper where there is one."""
    with handeling(werkproces, "toestemming.gevraagd", toegang=toegang, nu=nu) as h:
        document = bewaar_verklaring(h, verklaring, op=op) if verklaring is not None else None
        toestemming = neem_toestemming_op(h, antwoord, op=op, document=document)
        h.inhoud.update(toestemming=str(toestemming.sleutel), gegeven=antwoord.gegeven)
    return toestemming


def trek_toestemming_in(toestemming: Toestemming, *, op: dt.date, toegang: Toegang, nu: dt.datetime) -> None:
    """The jongere takes a yes back: it no longer holds, and it stays visible that it was once given."""
    werkproces = toestemming.werkproces
    if werkproces is None:
        raise Geweigerd(
            "Deze toestemming hoort niet bij een werkproces. Vraag de privacy officer om haar in te trekken."
        )
    with handeling(werkproces, "toestemming.ingetrokken", toegang=toegang, nu=nu) as h:
        if op > h.vandaag:
            raise Geweigerd("Deze datum ligt in de toekomst.", veld="op")
        if op < toestemming.op:
            raise Geweigerd("De toestemming was er op deze dag nog niet.", veld="op")
        rij = Toestemming.objects.alles(reden=_BINNEN).filter(
            pk=toestemming.pk, gegeven=True, ingetrokken_op__isnull=True
        )
        if not rij.update(ingetrokken_op=op):
            raise Geweigerd("Deze toestemming was al ingetrokken.")
        h.inhoud["toestemming"] = str(toestemming.sleutel)
    toestemming.refresh_from_db(fields=["ingetrokken_op"])


def leg_verstrekking_vast(
    jongere: Jongere,
    *,
    ontvanger: str,
    doel: str,
    grondslag: str,
    kanaal: str,
    inhoud: Mapping[str, Any],
    werkproces: Werkproces | None,
    door_id: int | None,
    nu: dt.datetime,
) -> Verstrekking:
    """Keeps what went out: to whom, why, on which ground, with exactly what was in it. Within an act (PRV-10)."""
    return Verstrekking.objects.create(
        jongere=jongere,
        werkproces=werkproces,
        ontvanger=ontvanger[:160],
        doel=doel[:200],
        grondslag=grondslag[:160],
        kanaal=kanaal[:30],
        inhoud=dict(inhoud),
        op=nu,
        door_id=door_id,
    )
