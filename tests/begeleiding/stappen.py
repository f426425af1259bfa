"""Each step of the route as one plain call with values that are right; what a test is about, it says itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from routekaart.begeleiding.acties import (
    NieuwDoel,
    NieuweAfspraak,
    NieuwVerbeterpunt,
    Regiekeuze,
    bekijk_jikp,
    bekijk_situatie,
    houd_intake,
    houd_privacygesprek,
    leg_evaluatie_vast,
    leg_inzicht_vast,
    leg_leefdomein_vast,
    leg_voortgang_vast,
    maak_plan,
    plan_intake,
    sluit_af,
    start_uitvoering,
)
from routekaart.begeleiding.acties.inzicht import punten
from routekaart.begeleiding.models import Intake, Leefdomeinbeeld, Plan, Traject, Voortgang
from routekaart.delen.acties import Antwoord
from routekaart.dossiers.acties import leg_contact_vast, leg_dossieronderzoek_vast, stel_doelgroep_vast
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Gebeurtenis, Taak, Werkproces
from routekaart.meldingen.models import Melding
from routekaart.samenwerking.acties import koppel_terug
from tests import fabrieken
from tests.fabrieken import NU, VANDAAG

MORGEN = NU + dt.timedelta(days=1)
EEN_DAG = dt.timedelta(days=1)


def _door(door: Any) -> dict[str, Any]:
    return {"toegang": fabrieken.toegang(door), "nu": NU}


def melding(werkproces: Werkproces, gebied: fabrieken.Gebied, **velden: Any) -> Melding:
    """A judged melding of this werkproces, which came through DUO."""
    waarden: dict[str, Any] = {
        "werkproces": werkproces,
        "duo_nummer": f"{werkproces.pk:08d}",
        "melder_organisatie": "ROC De Waarden",
        "oordeel": "directe-actie",
        "oordeel_op": NU,
        "stand": "beoordeeld",
        "duo_status": "B",
    } | velden
    gemaakt = fabrieken.maak_melding(gebied, jongere=werkproces.jongere, **waarden)
    Gebeurtenis.objects.create(
        werkproces=werkproces, code="melding.ontvangen", op=werkproces.gestart_op, vastgelegd_op=NU
    )
    return gemaakt


def dossier(werkproces: Werkproces, door: Any) -> None:
    leg_dossieronderzoek_vast(werkproces, bevinding="Gelezen", op=VANDAAG, **_door(door))
    for met in ("jongere", "school"):
        leg_contact_vast(
            werkproces, met=met, kanaal="telefoon", moment=NU - EEN_DAG, resultaat="contact", **_door(door)
        )


def oordeel(werkproces: Werkproces, door: Any, doelgroep: str = "nieuwe-vsv", **uitleg: Any) -> None:
    stel_doelgroep_vast(werkproces, doelgroep=doelgroep, voorstel=doelgroep, uitleg=uitleg, **_door(door))
    with handeling(werkproces, "doelgroep.vastgesteld", **_door(door)) as h:
        h.feit("oordeel.gegeven")


def _versie(werkproces: Werkproces) -> int:
    gepland = Intake.objects.alles(reden="test").filter(werkproces=werkproces, ronde=werkproces.ronde).first()
    return gepland.versie if gepland else 0


def intake_plannen(werkproces: Werkproces, door: Any, **velden: Any) -> Intake:
    waarden = {"moment": MORGEN, "plaats": "Markt 1", "school_erbij": True, "wens_gevraagd": True} | velden
    return plan_intake(werkproces, **waarden, **_door(door))


def intake(werkproces: Werkproces, door: Any, **velden: Any) -> Intake:
    waarden = {
        "gehouden_op": VANDAAG,
        "deelnemers": "Yara en Coach",
        "ondersteuningsvraag": "Ik wil iets met mijn handen doen",
        "wens_gevraagd": True,
        "versie": _versie(werkproces),
    } | velden
    return houd_intake(werkproces, **waarden, **_door(door))


def leefdomein(werkproces: Werkproces, door: Any, **velden: Any) -> Leefdomeinbeeld:
    waarden = {"domein": "financien", "stand": 2, "op": VANDAAG, "besproken": True} | velden
    return leg_leefdomein_vast(werkproces, **waarden, **_door(door))


def privacy(werkproces: Werkproces, door: Any) -> None:
    antwoorden = [Antwoord("ROC De Waarden", "school en verzuim", True), Antwoord("Huisarts", "gezondheid", False)]
    houd_privacygesprek(werkproces, op=VANDAAG, antwoorden=antwoorden, **_door(door))


def inzicht(werkproces: Werkproces, door: Any) -> None:
    for punt in punten(werkproces):
        code = "studiekeuze" if punt.code == "redenen" else ""
        leg_inzicht_vast(
            werkproces, punt=punt.code, tekst="Dit weten we", bron="Yara", op=VANDAAG, redencode=code, **_door(door)
        )


def plan(werkproces: Werkproces, door: Any, **velden: Any) -> Plan:
    waarden: dict[str, Any] = {
        "op": VANDAAG,
        "deelnemers": "Yara, Coach",
        "akkoord": True,
        "domeinen": ["onderwijs"],
        "onderdelen": {"contact": "Elke week een app"},
        "doelen": [NieuwDoel("Een open dag bezoeken")],
        "afspraken": [NieuweAfspraak("Zoek open dagen", "Coach", VANDAAG + dt.timedelta(days=7), van_ons=True)],
        "regie": Regiekeuze("Wouter Blom", "Stadsbank", gevraagd=True),
    } | velden
    return maak_plan(werkproces, **waarden, **_door(door))


def uitvoering(werkproces: Werkproces, door: Any, **velden: Any) -> Traject:
    waarden = {"domein": "onderwijs", "wat": "mbo 2 Techniek", "start_op": VANDAAG} | velden
    return start_uitvoering(werkproces, **waarden, **_door(door))


def voortgang(werkproces: Werkproces, door: Any, **velden: Any) -> Voortgang:
    waarden = {"op": VANDAAG, "stand": "loopt", "volgende_op": VANDAAG + dt.timedelta(days=14)} | velden
    return leg_voortgang_vast(werkproces, **waarden, **_door(door))


def afsluiten(werkproces: Werkproces, door: Any, **velden: Any) -> None:
    waarden = {
        "uitkomst": "andere-opleiding" if werkproces.soort == "verzuim-18-plus" else "werk",
        "afgesloten_op": VANDAAG,
        "afsluiting": "Goed op weg",
        "resultaatdomeinen": ["onderwijs"],
        "duo_afsluitreden": 3 if werkproces.soort in {"jikp", "jib", "herbeoordeling"} else None,
    } | velden
    sluit_af(werkproces, **waarden, **_door(door))


def terugkoppelen(werkproces: Werkproces, door: Any, **velden: Any) -> Any:
    waarden = {
        "ontvanger": "Karin Slot, ROC De Waarden",
        "soort": "school",
        "kanaal": "e-mail",
        "tekst": "Yara volgt een andere opleiding.",
    } | velden
    return koppel_terug(werkproces, **waarden, **_door(door))


def evalueren(werkproces: Werkproces, door: Any, **velden: Any) -> Any:
    waarden = {
        "op": VANDAAG,
        "deelnemers": "Karin Slot",
        "antwoorden": {"goed": "Snel gebeld"},
        "verbeterpunten": [NieuwVerbeterpunt("contact met school", "Eerder bellen", 2)],
    } | velden
    return leg_evaluatie_vast(werkproces, **waarden, **_door(door))


def jikp(werkproces: Werkproces, door: Any, **velden: Any) -> None:
    bekijk_jikp(werkproces, **({"extra_aandacht": False, "toelichting": "School helpt goed"} | velden), **_door(door))


def situatie(werkproces: Werkproces, door: Any, **velden: Any) -> None:
    bekijk_situatie(werkproces, **({"werkt": True, "toelichting": "Yara werkt 32 uur"} | velden), **_door(door))


# act code of a route → how that act is done here
ACTIES: dict[str, Callable[..., Any]] = {
    "contact-vastleggen": dossier,
    "dossier-gelezen": dossier,
    "oordeel-geven": oordeel,
    "intake-plannen": intake_plannen,
    "intake-vastleggen": intake,
    "leefdomeinen": leefdomein,
    "privacy-bespreken": privacy,
    "inzicht-aanvullen": inzicht,
    "plan-maken": plan,
    "uitvoering-starten": uitvoering,
    "voortgang-vastleggen": voortgang,
    "afsluiten": afsluiten,
    "terugkoppelen": terugkoppelen,
    "evalueren": evalueren,
    "jikp-bekijken": jikp,
    "situatie-bekijken": situatie,
}


def tot_en_met_plan(werkproces: Werkproces, door: Any, gebied: fabrieken.Gebied) -> None:
    """The steps 1 to 8."""
    melding(werkproces, gebied)
    for doe in (dossier, oordeel, intake_plannen, intake, leefdomein, privacy, inzicht, plan):
        doe(werkproces, door)


def feiten(werkproces: Werkproces, *codes: str) -> list[Gebeurtenis]:
    """The facts that were not withdrawn, of these codes or all, in order of recording."""
    rijen = Gebeurtenis.objects.alles(reden="test").filter(werkproces=werkproces, ingetrokken_op__isnull=True)
    return list((rijen.filter(code__in=codes) if codes else rijen).order_by("pk"))


def taken(werkproces: Werkproces, soort: str) -> list[Taak]:
    """The open tasks of this kind."""
    return list(Taak.objects.alles(reden="test").open().filter(werkproces=werkproces, soort=soort).order_by("due"))
