"""Searching because somebody asks: it waits in line for the process beside the website, and shows how far it is.

For today it is the same run as that of the night, under the same turn. For another day it only counts.
Who finds a search without a beat takes it over: a run can be repeated, and counting changes nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties_rij import leeft_hier
from routekaart.regels.signalen import SIGNAALREGELS
from routekaart.signalen.acties_detectie import signaleer
from routekaart.signalen.acties_vertrek import tel_screening
from routekaart.signalen.acties_volledigheid import tel_meldgedrag
from routekaart.signalen.beurt import VERLOOPT, BeurtKwijt, Bezet
from routekaart.signalen.detectie import tel_op
from routekaart.signalen.models_zoeken import LOPEND, Zoekopdracht
from routekaart.signalen.telling import tel_openstaand
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

JAREN_TERUG, DAGEN_VOORUIT = 10, 366
MAX_POGINGEN = 3
TE_VAAK = "Het zoeken stopte drie keer halverwege. Vraag de beheerder om in het log te kijken."
WACHT_OP_ANDER = "Er loopt al een zoektocht. Deze begint daarna."

Stand = Zoekopdracht.Stand


def vraag_aan(*, peildatum: dt.date, toegang: Toegang, nu: dt.datetime) -> Zoekopdracht:
    """Puts a search in line; one that waits or runs for the same day already is given back. Raises Geweigerd."""
    vandaag = timezone.localdate(nu)
    if toegang.regio_id is None:
        raise Geweigerd("Je werkt voor geen enkele regio.")
    if peildatum.year < vandaag.year - JAREN_TERUG:
        raise Geweigerd(f"Kies een dag van hoogstens {JAREN_TERUG} jaar geleden.", veld="dag")
    if peildatum > vandaag + dt.timedelta(days=DAGEN_VOORUIT):
        raise Geweigerd("Kies een dag van hoogstens een jaar vooruit.", veld="dag")
    lopend = Zoekopdracht.objects.filter(regio_id=toegang.regio_id, peildatum=peildatum, stand__in=LOPEND)
    try:
        with transaction.atomic():
            if (al := lopend.first()) is not None:
                return al
            opdracht = Zoekopdracht.objects.create(
                regio_id=toegang.regio_id,
                door_id=toegang.gebruiker_id or None,
                peildatum=peildatum,
                bewaart=peildatum == vandaag,
                gevraagd_op=nu,
            )
            inhoud = {"peildatum": str(peildatum)}
            schrijf("signalen.zoeken-gevraagd", toegang=toegang, nu=nu, onderwerp=opdracht, inhoud=inhoud)
    except IntegrityError:  # a colleague asked the same at the same moment
        return lopend.get()
    return opdracht


def neem_volgende(houder: str, *, nu: dt.datetime) -> Zoekopdracht | None:
    """Claims the oldest search that waits, or whose holder is gone; None where there is nothing to do."""
    bezig = Zoekopdracht.objects.filter(stand=Stand.BEZIG)
    weg = [een for een in bezig.values_list("houder", flat=True) if not leeft_hier(een)]
    vrij = Q(stand=Stand.WACHT) | Q(stand=Stand.BEZIG) & (Q(hartslag__lt=nu - VERLOOPT) | Q(houder__in=weg))
    with transaction.atomic():
        slot = connection.features.has_select_for_update_skip_locked
        opdracht = Zoekopdracht.objects.select_for_update(skip_locked=slot).filter(vrij).order_by("pk").first()
        if opdracht is None:
            return None
        opdracht.stand, opdracht.houder, opdracht.hartslag = Stand.BEZIG, houder, nu
        opdracht.pogingen += 1
        opdracht.save(update_fields=["stand", "houder", "hartslag", "pogingen"])
    return opdracht


def voer_uit(opdracht: Zoekopdracht, *, nu: dt.datetime) -> bool:
    """Does what a claimed search waits for. False where another node is searching now: it waits its turn."""
    if opdracht.pogingen > MAX_POGINGEN:
        _sluit(opdracht, stand=Stand.MISLUKT, reden=TE_VAAK, klaar_op=nu)
        return True
    if opdracht.bewaart and opdracht.peildatum != timezone.localdate(nu):
        # asked yesterday, just before midnight: that day is no longer today, so nothing is written
        opdracht.bewaart = False
    try:
        uitslag = _zoek(opdracht, nu=nu) if opdracht.bewaart else _tel(opdracht)
    except SystemExit:
        # asked to go: the next one begins anew, and this was no failed attempt
        _zet_terug(opdracht, "")
        raise
    except Bezet:
        _zet_terug(opdracht, WACHT_OP_ANDER)
        return False
    except BeurtKwijt:
        return True
    except Geweigerd as reden:
        _sluit(opdracht, stand=Stand.MISLUKT, reden=reden.boodschap, klaar_op=nu)
    else:
        _sluit(opdracht, stand=Stand.KLAAR, bewaart=opdracht.bewaart, klaar_op=timezone.now(), **uitslag)
    return True


def _mijn(opdracht: Zoekopdracht) -> Any:
    return Zoekopdracht.objects.filter(pk=opdracht.pk, stand=Stand.BEZIG, houder=opdracht.houder)


def _klop(opdracht: Zoekopdracht, gedaan: int, naam: str) -> None:
    """Shows how far it is. Raises BeurtKwijt where another took it over."""
    if not _mijn(opdracht).update(hartslag=timezone.now(), gedaan=gedaan, stap=naam[:120], reden=""):
        raise BeurtKwijt(f"{opdracht}: een ander heeft dit overgenomen")


def _zoek(opdracht: Zoekopdracht, *, nu: dt.datetime) -> dict[str, Any]:
    """The run of the night, now."""
    gedaan = 0

    def toon(naam: str) -> None:
        nonlocal gedaan
        _klop(opdracht, gedaan, naam)
        gedaan += 1

    verslag = signaleer(opdracht.regio_id, nu=nu, voortgang=toon)
    _klop(opdracht, gedaan, "Meldingen per school")
    tel_meldgedrag(opdracht.regio_id, nu=nu)
    _klop(opdracht, gedaan, "Screening")
    tel_screening(opdracht.regio_id, nu=nu)
    return {
        "nieuw": verslag.nieuw,
        "vervallen": verslag.vervallen,
        "uitslag": tel_openstaand(opdracht.regio_id, soorten=list(SIGNAALREGELS)),
    }


def _tel(opdracht: Zoekopdracht) -> dict[str, Any]:
    """How it was on that day; nothing is kept but the numbers."""
    uitslag: dict[str, dict[str, int]] = {}
    for gedaan, regel in enumerate(SIGNAALREGELS.values()):
        _klop(opdracht, gedaan, regel.naam)
        uitslag |= {
            code: dict(telling)
            for code, telling in tel_op(opdracht.regio_id, op=opdracht.peildatum, soort=regel.code).items()
        }
    return {"uitslag": uitslag}


def _sluit(opdracht: Zoekopdracht, **velden: Any) -> None:
    _mijn(opdracht).update(houder="", hartslag=None, stap="", versie=F("versie") + 1, **velden)


def _zet_terug(opdracht: Zoekopdracht, reden: str) -> None:
    _mijn(opdracht).update(
        stand=Stand.WACHT, houder="", hartslag=None, gedaan=0, stap="", reden=reden, pogingen=F("pogingen") - 1
    )
