"""The intake talk: planned (step 4), held here or elsewhere (step 5), and corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.versies import wijzig
from routekaart.begeleiding.acties.eisen import BINNEN, eis_niet_later, eis_tekst
from routekaart.begeleiding.models import Intake
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.loopbaan.models import Inschrijving
from routekaart.loopbaan.selecties import inschrijvingen_van
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang

ALTIJD_VRAGEN = "Vraag altijd wie de jongere erbij wil, en zet dan een vinkje."


def school_nu(jongere: Jongere, *, op: dt.date, toegang: Toegang) -> Inschrijving | None:
    """The enrolment that runs on that day, of several the one that began last; then school belongs at the intake
    (RKT-06). One query.
    """
    return lopende(inschrijvingen_van(jongere, toegang=toegang), op=op)


def lopende(inschrijvingen: Sequence[Inschrijving], *, op: dt.date) -> Inschrijving | None:
    """The enrolment of these, in order of time, that runs on that day."""
    return next((rij for rij in reversed(inschrijvingen) if rij.van <= op and (rij.tot is None or rij.tot >= op)), None)


def _van_ronde(h: Handeling) -> Intake | None:
    rijen = Intake.objects.alles(reden=BINNEN).filter(werkproces=h.werkproces, ronde=h.werkproces.ronde)
    gevonden: Intake | None = rijen.first()
    return gevonden


def plan_intake(
    werkproces: Werkproces,
    *,
    moment: dt.datetime,
    plaats: str,
    school_erbij: bool,
    wens_gevraagd: bool,
    wens: str = "",
    school_niet_omdat: str = "",
    versie: int = 0,
    toegang: Toegang,
    nu: dt.datetime,
) -> Intake:
    """Plans the talk, or moves it, and puts it on the list of the behandelaar on that day and time.

    Refuses when nobody asked whom the jongere wants there (RKT-07), and when an enrolled jongere has no school
    at the table without a reason (RKT-06). `versie` 0: the form was opened when nothing was planned yet.
    """
    with handeling(werkproces, "intake.gepland", toegang=toegang, nu=nu) as h:
        h.eis_open()
        intake = _van_ronde(h)
        if intake is not None and intake.gehouden_op is not None:
            raise Geweigerd("De intake is al gehouden. Wil je opnieuw praten, doe dan fase 2 opnieuw.")
        if moment <= nu:
            raise Geweigerd("Dit moment is al geweest. Was het gesprek er al? Leg de intake dan vast.", veld="datum")
        plaats = eis_tekst(plaats, "Schrijf op waar jullie afspreken.", veld="plaats")
        if not wens_gevraagd:
            raise Geweigerd(ALTIJD_VRAGEN, veld="wens_gevraagd")
        school = school_nu(h.werkproces.jongere, op=h.vandaag, toegang=h.toegang)
        if school is not None and not school_erbij and not school_niet_omdat.strip():
            zin = f"De jongere staat ingeschreven bij {school.instelling.naam}. Leg uit waarom school er niet bij is."
            raise Geweigerd(zin, veld="school_niet_omdat")
        velden = {
            "gepland_op": moment,
            "plaats": plaats,
            "school_erbij": school_erbij,
            "wens_gevraagd": True,
            "wens": wens.strip(),
        }
        verzet = intake is not None and intake.gepland_op != moment
        intake = _bewaar(h, intake, velden, versie=versie)
        wanneer = f"{taal.datum_voluit(moment, weekdag=True)}, {taal.tijd(moment)}"
        uitleg = f"{'Verzet naar' if verzet else 'Gepland op'} {wanneer}."
        if school is not None and not school_erbij:
            uitleg += f" School is er niet bij: {school_niet_omdat.strip()}"
        h.feit("intake.gepland", herkomst=intake, toelichting=uitleg)
        lokaal = timezone.localtime(moment)
        h.taak(
            f"intake:{intake.ronde}",
            soort="intake",
            wat=f"Intake met {h.werkproces.jongere.aanspreeknaam or h.werkproces.jongere.naam}",
            waarom=plaats,
            due=lokaal.date(),
            tijd=lokaal.time().replace(tzinfo=None),
            actie="intake-vastleggen",
        )
        h.inhoud["intake"] = str(intake.sleutel)
    return intake


def houd_intake(
    werkproces: Werkproces,
    *,
    gehouden_op: dt.date,
    deelnemers: str,
    ondersteuningsvraag: str,
    onderliggende_vraag: str = "",
    antwoorden: Mapping[str, str] | None = None,
    wens_gevraagd: bool = False,
    wens: str = "",
    elders: str = "",
    versie: int = 0,
    toegang: Toegang,
    nu: dt.datetime,
) -> Intake:
    """The talk was held, or what was written about it is corrected.

    `elders` names the other intake that the coach joined (a driegesprek): then no second intake is needed (INT-03).
    The question of the jongere stands in their own words, apart from the question behind it (INT-10).
    """
    with handeling(werkproces, "intake.vastgelegd", toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_niet_later(gehouden_op, vandaag=h.vandaag, veld="gehouden_op")
        deelnemers = eis_tekst(deelnemers, "Schrijf op wie erbij waren.", veld="deelnemers")
        vraag = eis_tekst(
            ondersteuningsvraag,
            "Schrijf op wat de jongere vraagt, in zijn of haar woorden.",
            veld="ondersteuningsvraag",
        )
        gegeven = {code: tekst.strip() for code, tekst in (antwoorden or {}).items() if tekst.strip()}
        if vreemd := set(gegeven) - codelijst("intakevragen").codes:
            raise ValueError(f"Dit zijn geen vragen van de intake: {sorted(vreemd)}")
        intake = _van_ronde(h)
        gevraagd = wens_gevraagd or (intake is not None and intake.wens_gevraagd)
        if not gevraagd and not elders.strip():
            raise Geweigerd(ALTIJD_VRAGEN, veld="wens_gevraagd")
        eerder_gehouden = intake.gehouden_op if intake is not None else None
        velden: dict[str, object] = {
            "gehouden_op": gehouden_op,
            "deelnemers": deelnemers,
            "ondersteuningsvraag": vraag,
            "onderliggende_vraag": onderliggende_vraag.strip(),
            "antwoorden": gegeven,
            "wens_gevraagd": gevraagd,
        }
        if wens.strip():
            velden["wens"] = wens.strip()
        if elders.strip():
            velden["plaats"] = elders.strip()
        intake = _bewaar(h, intake, velden, versie=versie)
        if eerder_gehouden != gehouden_op:
            _feit_gehouden(h, intake, eerder=eerder_gehouden, elders=elders.strip())
        h.rond_taken_af(f"intake:{intake.ronde}")
        h.inhoud["intake"] = str(intake.sleutel)
    return intake


def _feit_gehouden(h: Handeling, intake: Intake, *, eerder: dt.date | None, elders: str) -> None:
    """The fact that it was held; a corrected day replaces the fact of the wrong day."""
    if eerder is not None:
        h.trek_in(f"intake-gehouden:{intake.pk}")
    uitleg = f"Samen met {elders}" if elders else ""
    h.feit("intake.gehouden", op=intake.gehouden_op, herkomst=f"intake-gehouden:{intake.pk}", toelichting=uitleg)


def _bewaar(h: Handeling, intake: Intake | None, velden: Mapping[str, object], *, versie: int) -> Intake:
    if intake is None:
        return Intake.objects.create(
            werkproces=h.werkproces, ronde=h.werkproces.ronde, door_id=h.door_id, **dict(velden)
        )
    wijzig(intake, versie=versie, velden=velden)
    return intake
