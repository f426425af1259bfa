"""The oordeel of step 3: is direct action needed, which doelgroep, and which way it goes (MEL-13, MEL-32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.taal import datumtijd_kort
from routekaart.dossiers.acties import geef_nummer, zet_doelgroep, zet_op_route, zet_uitkomst
from routekaart.dossiers.handeling import Handeling
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import route_van
from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import Uitkomst, uitkomst, uitkomsten
from routekaart.meldingen.acties.ontvangst import sluit_aan
from routekaart.meldingen.doelgroep import als_gegevens, bepaal
from routekaart.meldingen.handeling import Meldinghandeling, meldinghandeling
from routekaart.meldingen.informatie import volledigheid_van
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import (
    ONTERECHT,
    OVERDRACHT,
    soort_van,
    uitkomst_uit,
    uitkomsten_zonder_actie,
    voorgestelde_afsluitreden,
)
from routekaart.meldingen.vervolg import open_vervolg
from routekaart.meldingen.verzuim import verzuim_in_woorden
from routekaart.regels.doelgroep import Besluit, Doelgroep
from routekaart.regels.route import plus_maanden
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Bereik
from routekaart.toegang.rechten import Rol

_BINNEN = "binnen een handeling"
EXTRA_AANDACHT = "extra-aandacht"
# who judges as part of their own caseload, and so takes an unassigned werkproces on
BEHANDELAARS = frozenset({Rol.DOORSTROOMCOACH, Rol.LEERPLICHTAMBTENAAR})
# doelgroepen that end up in the route in view, or in the report back, without an uitkomst yet
ZONDER_UITKOMST = frozenset({Doelgroep.JIKP.value, Doelgroep.GEEN.value})
# what was done before the oordeel -> the fact it is (MEL-32)
GEDAAN: dict[str, str] = {"dossier": "dossier.gelezen", "jongere": "contact.jongere"}


@dataclass(frozen=True, kw_only=True)
class Afsluiting:
    """What goes with an uitkomst: the day, and for DUO the reason (1-7) and the remark (1-3)."""

    uitkomst: str
    duo_afsluitreden: int | None = None
    duo_opmerking: int | None = None


def geef_oordeel(
    melding: Melding,
    *,
    directe_actie: bool,
    motivatie: str,
    doelgroep: str = "",
    doelgroep_motivatie: str = "",
    onvolledig_omdat: str = "",
    gedaan: Collection[str] = (),
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Judges whether direct action is needed, and confirms the proposed doelgroep or deviates with a motivation.

    Moves the werkproces to the route of its branch and closes nothing: without direct action step 12, the
    terugkoppeling, stays to do. `doelgroep` empty takes the proposal; `gedaan` says what was done for it: dossier,
    melder, jongere. Raises Geweigerd where a colleague judged first, with what was decided.
    """
    oordeel = Melding.Oordeel.ACTIE if directe_actie else Melding.Oordeel.GEEN_ACTIE
    with transaction.atomic():
        if directe_actie:
            _zorg_voor_werkproces(melding, toegang=toegang, nu=nu)
        with meldinghandeling(melding, "melding.beoordeeld", toegang=toegang, nu=nu) as m:
            _eis_te_beoordelen(m)
            jongere = m.melding.jongere
            if jongere is None:
                raise Geweigerd("Zeg eerst over wie deze melding gaat. Daarna kun je oordelen.")
            _eis_volledig(m, onvolledig_omdat)
            besluit = bepaal(jongere, op=m.vandaag, toegang=toegang)
            gekozen = doelgroep or besluit.doelgroep.value
            _leg_gedaan_vast(m, gedaan)
            if m.in_werkproces is not None:
                _eis_passend(gekozen, directe_actie=directe_actie)
                _stel_doelgroep_vast(
                    m, m.in_werkproces, besluit, gekozen, doelgroep_motivatie, directe_actie=directe_actie
                )
            _leg_oordeel_vast(m, oordeel, motivatie, onvolledig_omdat=onvolledig_omdat)
            _maak_behandelaar(m)
        if melding.werkproces is not None:
            geef_nummer(melding.werkproces)


def koppel_terug_zonder_actie(
    melding: Melding,
    *,
    motivatie: str,
    afsluiting: Afsluiting | None = None,
    doelgroep: str = "",
    doelgroep_motivatie: str = "",
    onvolledig_omdat: str = "",
    gedaan: Collection[str] = (),
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """`Nee, koppel terug`: no direct action, with the uitkomst that ends the route early.

    The terugkoppeling stays to do. Who is kept in view (jikp) or belongs to no doelgroep needs no uitkomst yet.
    """
    with transaction.atomic():
        geef_oordeel(
            melding,
            directe_actie=False,
            motivatie=motivatie,
            doelgroep=doelgroep,
            doelgroep_motivatie=doelgroep_motivatie,
            onvolledig_omdat=onvolledig_omdat,
            gedaan=gedaan,
            toegang=toegang,
            nu=nu,
        )
        if afsluiting is None or not afsluiting.uitkomst:
            werkproces = melding.werkproces
            if werkproces is None or (werkproces.open and werkproces.doelgroep not in ZONDER_UITKOMST):
                raise Geweigerd("Kies met welke uitkomst je deze melding afsluit.", veld="uitkomst")
            if melding.duo_nummer:
                melding.duo_status = Melding.DuoStatus.KENNIS
                melding.save(update_fields=["duo_status"])
            return
        if afsluiting.uitkomst not in {
            keuze.code for keuze in uitkomsten_zonder_actie(melding, op=timezone.localdate(nu))
        }:
            raise Geweigerd("Kies een uitkomst uit de lijst.", veld="uitkomst")
        with meldinghandeling(melding, "melding.beoordeeld", toegang=toegang, nu=nu) as m:
            vervolg = _sluit(m, afsluiting, motivatie)
        if vervolg is not None:
            geef_nummer(vervolg)


def verklaar_onterecht(
    melding: Melding,
    *,
    motivatie: str,
    duo_afsluitreden: int | None = None,
    duo_opmerking: int | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """`Onterechte melding`: closed with that uitkomst of its soort, and still counted (MEL-24)."""
    with meldinghandeling(melding, "melding.beoordeeld", toegang=toegang, nu=nu) as m:
        _eis_te_beoordelen(m)
        _leg_oordeel_vast(m, Melding.Oordeel.ONTERECHT, motivatie)
        code = uitkomst_uit(soort_van(m.melding), ONTERECHT)
        _sluit(m, Afsluiting(uitkomst=code, duo_afsluitreden=duo_afsluitreden, duo_opmerking=duo_opmerking), motivatie)


def draag_over(
    melding: Melding,
    *,
    gemeente: Gemeente,
    motivatie: str,
    duo_afsluitreden: int | None = None,
    duo_opmerking: int | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Hands the melding over to another gemeente and closes it with that uitkomst of its soort (MEL-25).

    Who was in scope only because nobody else served her gemeente, is so no longer.
    """
    with meldinghandeling(melding, "melding.beoordeeld", toegang=toegang, nu=nu) as m:
        _eis_te_beoordelen(m)
        if gemeente.regio_id == m.melding.regio_id:
            raise Geweigerd("Deze gemeente hoort bij je eigen regio. Overdragen hoeft dan niet.", veld="gemeente")
        m.bewaar(overdracht_gemeente=gemeente)
        _leg_oordeel_vast(m, Melding.Oordeel.OVERDRACHT, motivatie)
        code = uitkomst_uit(soort_van(m.melding), OVERDRACHT)
        _sluit(m, Afsluiting(uitkomst=code, duo_afsluitreden=duo_afsluitreden, duo_opmerking=duo_opmerking), motivatie)
        _geef_bereik_terug(m)


def sluit_melding(
    melding: Melding, *, afsluiting: Afsluiting, toelichting: str, toegang: Toegang, nu: dt.datetime
) -> None:
    """Closes a judged melding that has no werkproces of its own (under 18) with an uitkomst of its soort."""
    with meldinghandeling(melding, "melding.afgesloten", toegang=toegang, nu=nu) as m:
        if not m.melding.oordeel:
            raise Geweigerd("Geef eerst je oordeel over deze melding.")
        if m.melding.werkproces is not None:
            raise Geweigerd("Deze melding hoort bij een werkproces. Sluit dat af.")
        if m.melding.uitkomst:
            raise Geweigerd("Deze melding is al afgesloten.")
        if afsluiting.uitkomst not in {keuze.code for keuze in uitkomsten(soort_van(m.melding), op=m.vandaag)}:
            raise Geweigerd("Kies een uitkomst uit de lijst.", veld="uitkomst")
        _sluit(m, afsluiting, toelichting)


def _zorg_voor_werkproces(melding: Melding, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Direct action on a melding whose werkproces was closed meanwhile: it gets one of its own."""
    werkproces = melding.werkproces
    if werkproces is None or werkproces.open or melding.jongere is None or melding.oordeel:
        return
    sluit_aan(melding, melding.jongere, toegang=toegang, nu=nu)


def _eis_te_beoordelen(m: Meldinghandeling) -> None:
    """Refuses what the school took back, and what a colleague judged first: says who, when and what."""
    m.eis_loopt()
    if not m.melding.oordeel or m.melding.oordeel_op is None:
        return
    wie = str(m.melding.oordeel_door) if m.melding.oordeel_door else "Routekaart"
    wanneer = datumtijd_kort(m.melding.oordeel_op, op=m.vandaag)
    raise Geweigerd(
        f"{wie} gaf al een oordeel over deze melding, op {wanneer}: {m.melding.get_oordeel_display()}. "
        "Er is niets gewijzigd."
    )


def _eis_volledig(m: Meldinghandeling, onvolledig_omdat: str) -> None:
    verzuim = verzuim_in_woorden([m.melding]).get(m.melding.pk, "")
    stand = volledigheid_van(m.melding, verzuim=verzuim, op=m.vandaag)
    if not stand.compleet and not onvolledig_omdat.strip():
        punten = ", ".join(punt.kort.lower() for punt in stand.ontbrekend)
        raise Geweigerd(f"Er ontbreekt nog: {punten}. Schrijf op waarom je nu al oordeelt.", veld="onvolledig_omdat")


def _eis_passend(doelgroep: str, *, directe_actie: bool) -> None:
    if directe_actie and doelgroep == Doelgroep.GEEN:
        raise Geweigerd(
            "Wie bij geen doelgroep hoort, start geen route. Kies ‘Nee, koppel terug’, of kies de doelgroep "
            "die past en leg uit waarom.",
            veld="doelgroep",
        )


def _leg_gedaan_vast(m: Meldinghandeling, gedaan: Collection[str]) -> None:
    """What was done before the oordeel becomes a fact of the route: read, talked to melder or jongere."""
    for wat in gedaan:
        m.feit(GEDAAN.get(wat) or _contact_met_melder(m.melding), toelichting="Bij het oordeel over de melding")


def _contact_met_melder(melding: Melding) -> str:
    bekend = {
        "duo": "contact.school",
        "school": "contact.school",
        "jongere": "contact.jongere",
        "verzorger": "contact.verzorger",
    }
    return bekend.get(melding.melder_soort, "contact.ketenpartner")


def _stel_doelgroep_vast(
    m: Meldinghandeling, h: Handeling, besluit: Besluit, gekozen: str, motivatie: str, *, directe_actie: bool
) -> None:
    """Writes the doelgroep where it is new, and follows its branch. In a running werkproces the one that stands
    there may simply be confirmed.
    """
    eerder = h.werkproces.doelgroep
    kenmerken = [kenmerk.value for kenmerk in besluit.kenmerken]
    if gekozen == Doelgroep.JIKP and directe_actie:
        kenmerken.append(EXTRA_AANDACHT)
    if gekozen != eerder or EXTRA_AANDACHT in kenmerken:
        zet_doelgroep(
            h.werkproces,
            doelgroep=gekozen,
            voorstel=besluit.doelgroep.value,
            uitleg=als_gegevens(besluit),
            kenmerken=kenmerken,
            motivatie=motivatie if gekozen != besluit.doelgroep else "",
            op=m.vandaag,
        )
        m.feit("doelgroep.gewijzigd" if eerder else "doelgroep.vastgesteld", toelichting=motivatie)
        zet_op_route(h.werkproces, route=_route_voor(h.werkproces, m.vandaag), op=m.vandaag)
    if not directe_actie:
        gezien = {"jikp-volgen": "jikp.bekeken", "volgen": "situatie.bekeken"}.get(h.werkproces.route)
        if gezien:
            m.feit(gezien, toelichting="Bij het oordeel over de melding")


def _route_voor(werkproces: Werkproces, op: dt.date) -> str:
    """The route of the branch of its doelgroep; where that is not there yet, the route it is on."""
    zoek: dict[str, Any] = {"reden": werkproces.doelgroep_uitleg.get("reden"), "kenmerken": werkproces.kenmerken}
    for route in (route_van(werkproces), routes.laad("doorstroompunt", op=op)):
        tak = route.vertakking(werkproces.doelgroep, **zoek)
        if tak is not None:
            return tak.route if tak.route in routes.codes() else werkproces.route
    return werkproces.route


def _leg_oordeel_vast(
    m: Meldinghandeling, oordeel: Melding.Oordeel, motivatie: str, *, onvolledig_omdat: str = ""
) -> None:
    if not motivatie.strip():
        raise Geweigerd("Schrijf in één of twee zinnen waarom.", veld="motivatie")
    m.bewaar(
        oordeel=oordeel,
        oordeel_motivatie=motivatie,
        onvolledig_omdat=onvolledig_omdat,
        oordeel_op=m.nu,
        oordeel_door_id=m.door_id,
        opgepakt_op=m.melding.opgepakt_op or m.nu,
        stand=Melding.Stand.BEOORDEELD,
        duo_status=Melding.DuoStatus.BEHANDELING if m.melding.duo_nummer else "",
    )
    m.feit("oordeel.gegeven", toelichting=motivatie)
    m.rond_taken_af("informatie", "melding", "koppelen", "gemeente")


def _maak_behandelaar(m: Meldinghandeling) -> None:
    """Who judges takes a werkproces on that nobody has yet."""
    h = m.in_werkproces
    if h is None or h.werkproces.behandelaar_id is not None or not m.door_id or not m.toegang.rollen & BEHANDELAARS:
        return
    h.werkproces.behandelaar_id = m.door_id
    h.werkproces.save(update_fields=["behandelaar", "updated"])


def _sluit(m: Meldinghandeling, afsluiting: Afsluiting, motivatie: str) -> Werkproces | None:
    """Gives the melding its own uitkomst; the werkproces ends with it where nothing else keeps it open. Returns the
    werkproces that goes on from there, still without a number.
    """
    soort = soort_van(m.melding)
    gekozen = uitkomst(soort, afsluiting.uitkomst) if afsluiting.uitkomst else None
    velden: dict[str, Any] = {"uitkomst": afsluiting.uitkomst, "uitkomst_op": m.vandaag}
    if m.melding.duo_nummer:
        velden |= {
            "duo_status": Melding.DuoStatus.GESLOTEN,
            "duo_afsluitreden": afsluiting.duo_afsluitreden or _voorstel(m.melding, gekozen),
            "duo_opmerking": afsluiting.duo_opmerking or (gekozen.duo_opmerking if gekozen else None),
        }
        if velden["duo_afsluitreden"] is None:
            raise Geweigerd("Kies de reden die teruggaat naar DUO.", veld="duo_afsluitreden")
    m.bewaar(**velden)
    h = m.in_werkproces
    if h is None or gekozen is None or _anderen(m.melding).exists():
        return None
    zet_uitkomst(h.werkproces, uitkomst=gekozen.code, op=m.vandaag, afsluiting=motivatie, domeinen=())
    h.feit("werkproces.afgesloten", toelichting=gekozen.label)
    for soort_taak in ("contact", "informatie", "melding"):
        h.rond_taken_af(soort=soort_taak)
    if gekozen.nazorg and h.werkproces.jongere.overleden_op is None:
        h.taak(
            "nazorg",
            soort="nazorg",
            wat="Vraag hoe het gaat",
            waarom=f"Afgesloten met: {gekozen.label}",
            due=plus_maanden(m.vandaag, 1),
            actie="nazorg",
        )
    return open_vervolg(h.werkproces, gekozen, toegang=m.toegang, nu=m.nu)


def _voorstel(melding: Melding, gekozen: Uitkomst | None) -> int | None:
    overleden = melding.jongere is not None and melding.jongere.overleden_op is not None
    return voorgestelde_afsluitreden(gekozen, overleden=overleden) if gekozen is not None else None


def _anderen(melding: Melding) -> QuerySet[Melding]:
    """Other meldingen that keep the werkproces open: still to be judged, or judged to need action."""
    rijen: QuerySet[Melding] = Melding.objects.alles(reden=_BINNEN).filter(werkproces_id=melding.werkproces_id)
    open_ = Q(oordeel="") | Q(oordeel=Melding.Oordeel.ACTIE, uitkomst="")
    return rijen.filter(open_, ingetrokken_op__isnull=True).exclude(pk=melding.pk)


def _geef_bereik_terug(m: Meldinghandeling) -> None:
    jongere_id = m.melding.jongere_id
    if jongere_id is None:
        return
    anderen: QuerySet[Melding] = Melding.objects.alles(reden=_BINNEN).te_beoordelen().exclude(pk=m.melding.pk)
    if anderen.filter(jongere_id=jongere_id).exists():
        return
    eigen = Bereik.objects.filter(jongere_id=jongere_id, grond=Bereik.Grond.VERHUISD, tot__isnull=True)
    eigen.filter(team__regio_id=m.melding.regio_id, team__isnull=False).update(tot=m.vandaag)
