"""Doing what was agreed: the start of a path (step 9) and how it goes (step 10)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.parameters import parameters
from routekaart.begeleiding.acties.eisen import BINNEN, eis_code, eis_niet_eerder, eis_niet_later, eis_tekst
from routekaart.begeleiding.eerder import eis_reden
from routekaart.begeleiding.models import Traject, Voortgang
from routekaart.dossiers.acties import doe_fase_opnieuw
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.toegang.bereik import Toegang

GEPLAND, LOOPT, GESTOPT = "gepland", "loopt", "gestopt"


def stand_van(traject: Traject, *, op: dt.date) -> str:
    """How it stands on that day: what was planned runs from its first day on."""
    begonnen = traject.stand == GEPLAND and traject.start_op <= op
    return LOOPT if begonnen else traject.stand


def start_uitvoering(
    werkproces: Werkproces,
    *,
    domein: str,
    wat: str,
    aanbieder: str = "",
    start_op: dt.date,
    herhaling_omdat: str = "",
    toegang: Toegang,
    nu: dt.datetime,
) -> Traject:
    """A path starts, today, before or on a day to come; in its first week there is contact (MON-07).

    A start to come fulfils the step from that day on. More than one may run at once: school, work and help go
    together (000 §3). `herhaling_omdat`: why what was tried before is done again; asked where the words say so.
    """
    with handeling(werkproces, "uitvoering.gestart", toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_code("vervolgdomeinen", domein, veld="domein", zin="Kies onderwijs, arbeid of hulpverlening.")
        opnieuw = eis_reden([wat], herhaling_omdat, h.werkproces, op=h.vandaag, toegang=toegang)
        traject = Traject.objects.create(
            werkproces=h.werkproces,
            ronde=h.werkproces.ronde,
            door_id=h.door_id,
            domein=domein,
            wat=eis_tekst(wat, "Schrijf op wat er start, bijvoorbeeld de opleiding of het werk.", veld="wat")[:200],
            aanbieder=aanbieder.strip()[:160],
            start_op=start_op,
            stand=GEPLAND if start_op > h.vandaag else LOOPT,
        )
        _leg_start_vast(h, traject, opnieuw=opnieuw)
        h.inhoud["traject"] = str(traject.sleutel)
    return traject


def verzet_start(traject: Traject, *, start_op: dt.date | None, versie: int, toegang: Toegang, nu: dt.datetime) -> None:
    """Moves a start that did not happen yet to another day, or (None) takes it back; the step is open until then."""
    with handeling(traject.werkproces, "uitvoering.gestart", toegang=toegang, nu=nu) as h:
        h.eis_open()
        rij = Traject.objects.alles(reden=BINNEN).filter(pk=traject.pk, versie=versie, stand=GEPLAND)
        velden: dict[str, object] = {"stand": GESTOPT, "gestopt_op": h.vandaag}
        if start_op is not None:
            velden = {"start_op": start_op, "stand": GEPLAND if start_op > h.vandaag else LOOPT}
        if not rij.update(versie=F("versie") + 1, updated=h.nu, **velden):
            raise Geweigerd("Een collega wijzigde deze start net, of hij is al geweest. Kijk hoe het er nu staat.")
        traject.refresh_from_db()
        h.trek_in(traject)
        h.rond_taken_af(_eerste_week(traject))
        if start_op is not None:
            _leg_start_vast(h, traject)
        h.inhoud["traject"] = str(traject.sleutel)


def _leg_start_vast(h: Handeling, traject: Traject, *, opnieuw: str = "") -> None:
    """The fact that the path starts, on its own day, and the call in the first week where that is still to come."""
    tekst = ". ".join(filter(None, (traject.wat, opnieuw)))
    h.feit("uitvoering.gestart", op=traject.start_op, herkomst=traject, toelichting=tekst)
    dagen = parameters(h.werkproces.regio_id, op=traject.start_op)["eerste_week_contact_dagen"]
    due = traject.start_op + dt.timedelta(days=int(dagen))
    if due >= h.vandaag:
        h.taak(
            _eerste_week(traject),
            soort="eerste-week",
            wat="Bel over de eerste week",
            waarom=f"{traject.wat}, start op {taal.datum_voluit(traject.start_op)}",
            due=due,
            actie="voortgang-vastleggen",
        )


def _eerste_week(traject: Traject) -> str:
    return f"eerste-week:{traject.pk}"


def leg_voortgang_vast(
    werkproces: Werkproces,
    *,
    op: dt.date,
    stand: str,
    tekst: str = "",
    regie_opgepakt: bool | None = None,
    vervolgactie: str = "",
    volgende_op: dt.date | None = None,
    fase_opnieuw: int | None = None,
    motivatie: str = "",
    traject: Traject | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Voortgang:
    """Records how it goes. What is stuck demands a next act, or phase 2 or 3 once more (MON-03).

    `volgende_op` is the next moment, and is needed as long as something runs (MON-01). `regie_opgepakt` is the check
    on the regiehouder (RGI-04); where that is no, a next act is needed too. `traject` is the path that it is about.
    """
    with transaction.atomic():
        with handeling(werkproces, "voortgang.vastgelegd", toegang=toegang, nu=nu) as h:
            h.eis_open()
            eis_niet_later(op, vandaag=h.vandaag)
            eis_code("status-vervolgtraject", stand, veld="stand", zin="Kies hoe het gaat.")
            waarde = codelijst("status-vervolgtraject").waarde(stand)
            opnieuw = fase_opnieuw is not None
            _eis_vervolg(vervolgactie, actie_nodig=bool(waarde["actie_nodig"]), regie=regie_opgepakt, opnieuw=opnieuw)
            if volgende_op is None and not waarde["einde"] and not opnieuw:
                raise Geweigerd("Spreek af wanneer je weer kijkt hoe het gaat.", veld="volgende_op")
            if volgende_op is not None:
                eis_niet_eerder(volgende_op, vandaag=h.vandaag, veld="volgende_op", zin="Dit moment is al geweest.")
            voortgang = Voortgang.objects.create(
                werkproces=h.werkproces,
                ronde=h.werkproces.ronde,
                door_id=h.door_id,
                op=op,
                stand=stand,
                tekst=tekst.strip(),
                regie_opgepakt=regie_opgepakt,
                vervolgactie=vervolgactie.strip()[:200],
                volgende_op=volgende_op,
            )
            _zet_traject(h, traject, stand=stand, op=op)
            h.rond_taken_af(soort="voortgang")
            _rond_eerste_weken_af(h, op=op)
            if volgende_op is not None:
                h.taak(
                    "voortgang",
                    soort="voortgang",
                    wat="Kijk hoe het gaat",
                    waarom=vervolgactie.strip() or f"Afgesproken op {taal.datum_voluit(op)}",
                    due=volgende_op,
                    actie="voortgang-vastleggen",
                )
            h.feit("voortgang.besproken", op=op, herkomst=voortgang, toelichting=waarde.label)
            h.inhoud.update(voortgang=str(voortgang.sleutel), stand=stand)
        if fase_opnieuw is not None:
            waarom = eis_tekst(motivatie or tekst, "Schrijf op waarom je deze fase opnieuw doet.", veld="tekst")
            doe_fase_opnieuw(werkproces, fase=fase_opnieuw, motivatie=waarom, toegang=toegang, nu=nu)
    return voortgang


def _eis_vervolg(vervolgactie: str, *, actie_nodig: bool, regie: bool | None, opnieuw: bool) -> None:
    if opnieuw or vervolgactie.strip():
        return
    if actie_nodig:
        zin = "Het loopt niet zoals bedoeld. Schrijf op wat je nu doet, of kies welke fase je opnieuw doet."
        raise Geweigerd(zin, veld="vervolgactie")
    if regie is False:
        zin = "De regiehouder pakt het niet op. Schrijf op wat je daaraan doet."
        raise Geweigerd(zin, veld="vervolgactie")


def _zet_traject(h: Handeling, traject: Traject | None, *, stand: str, op: dt.date) -> None:
    if traject is None:
        return
    einde = bool(codelijst("status-vervolgtraject").waarde(stand)["einde"])
    rij = Traject.objects.alles(reden=BINNEN).filter(pk=traject.pk, werkproces=h.werkproces)
    rij.update(stand=stand, gestopt_op=op if einde else None, versie=F("versie") + 1, updated=h.nu)


def _rond_eerste_weken_af(h: Handeling, *, op: dt.date) -> None:
    """The call of the first week is made for every path that had started by then; those to come keep theirs."""
    rijen = Traject.objects.alles(reden=BINNEN).filter(start_op__lte=op, werkproces=h.werkproces)
    h.rond_taken_af(*(_eerste_week(traject) for traject in rijen))
