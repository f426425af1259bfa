"""Large files wait in line for a process of their own: who takes one claims it, and shows by a beat that she works.

Whoever finds a delivery without a beat takes it over. That can do no harm: publishing is one transaction that begins by
checking that the delivery still is what it was and still has this holder, so a delivery is taken in once or not at all.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, connections, transaction
from django.db.models import F, Q
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties import AL_GEDAAN, Tijdelijk, bekijk_bewaarde, lees_bewaarde_in
from routekaart.leveringen.inlezen import KolommenPassenNiet, Voortgang
from routekaart.leveringen.models import Levering
from routekaart.leveringen.voortgang import Gestopt, bord_voor, ruim_op, vraag_om_te_stoppen
from routekaart.toegang.bereik import Toegang, systeem_toegang, toegang_van
from routekaart.toegang.schrijven import schrijf

SLAG = 10  # seconds between two beats
STIL_NA = dt.timedelta(seconds=60)
MAX_POGINGEN = 3
# a larger file is not waited for: in rows for taking in, in bytes for looking
GROOT_REGELS = 5_000
GROOT_BYTES = 1_000_000
TE_LAAT = "Stoppen kon niet meer: het was net klaar."
TE_VAAK = "Het inlezen stopte drie keer halverwege. Er is niets veranderd. Vraag de beheerder om in het log te kijken."

Taak, Stand = Levering.Taak, Levering.Stand


def nieuwe_houder() -> str:
    """Who this process is: its machine, its number, and a mark, for numbers are used again."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def zet_in_de_rij(levering: Levering, *, toegang: Toegang, nu: dt.datetime) -> None:
    """What was looked at is taken in by the process that does large files. Raises Geweigerd."""
    with transaction.atomic():
        rijen = Levering.objects.select_for_update().filter(pk=levering.pk, stand__in=(Stand.PROEF, Stand.GEWEIGERD))
        if (eigen := rijen.first()) is None:
            raise Geweigerd(AL_GEDAAN)
        # what was never looked at successfully is looked at first
        eigen.taak = Taak.INLEZEN if eigen.stand == Stand.PROEF else Taak.BEKIJKEN
        eigen.stand, eigen.door_id, eigen.pogingen, eigen.reden = Stand.WACHT, toegang.gebruiker_id or None, 0, ""
        eigen.save()
        schrijf("levering.in-de-rij", toegang=toegang, nu=nu, onderwerp=eigen)
    levering.refresh_from_db()


def laat_bekijken(levering: Levering) -> None:
    """A file that is kept is looked at by the process that does large files. Raises Geweigerd."""
    rijen = Levering.objects.filter(pk=levering.pk, stand__in=(Stand.KOPPELEN, Stand.PROEF))
    if not rijen.update(stand=Stand.WACHT, taak=Taak.BEKIJKEN, pogingen=0, reden=""):
        raise Geweigerd(AL_GEDAAN)
    levering.refresh_from_db()


def stop(levering: Levering, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Takes a delivery out of the line, or asks who works on it to stop. Raises Geweigerd where it is done already."""
    if levering.stand not in {Stand.WACHT, Stand.BEZIG}:
        raise Geweigerd(AL_GEDAAN)
    terug, reden = _na_stoppen(levering.taak)
    # asked before anything waits for the database: on SQLite nobody else writes while a delivery is published
    vraag_om_te_stoppen(levering.sleutel)
    rijen = Levering.objects.filter(pk=levering.pk)
    with transaction.atomic():
        if rijen.filter(stand=Stand.WACHT).update(stand=terug, taak="", reden=reden):
            ruim_op(levering.sleutel)
        else:
            stand = rijen.values_list("stand", flat=True).first()
            if stand == Stand.BEZIG:
                vraag_om_te_stoppen(levering.sleutel)  # who claimed it in between swept the first question away
            elif stand != terug:
                raise Geweigerd(TE_LAAT)
        schrijf("levering.gestopt", toegang=toegang, nu=nu, onderwerp=levering)
    levering.refresh_from_db()


def _na_stoppen(taak: str) -> tuple[str, str]:
    """Where a delivery stands after it was stopped, and why; one that was never looked at cannot be taken in."""
    return (Stand.PROEF, "") if taak == Taak.INLEZEN else (Stand.GEWEIGERD, "Het bekijken is gestopt.")


def neem_volgende(houder: str, *, nu: dt.datetime, leeft: Callable[[str], bool] | None = None) -> Levering | None:
    """Claims the oldest delivery that waits, or whose holder is gone; None where there is nothing to do."""
    bezig = Levering.objects.filter(stand=Stand.BEZIG)
    leeft = leeft or leeft_hier
    weg = [een for een in bezig.values_list("houder", flat=True) if not leeft(een)]
    with transaction.atomic():
        vrij = Q(stand=Stand.WACHT) | Q(stand=Stand.BEZIG) & (Q(hartslag__lt=nu - STIL_NA) | Q(houder__in=weg))
        slot = connection.features.has_select_for_update_skip_locked
        levering = Levering.objects.select_for_update(skip_locked=slot).filter(vrij).order_by("pk").first()
        if levering is None:
            return None
        levering.stand, levering.houder, levering.hartslag = Stand.BEZIG, houder, nu
        levering.pogingen += 1
        levering.save(update_fields=["stand", "houder", "hartslag", "pogingen"])
    ruim_op(levering.sleutel)
    return levering


def leeft_hier(houder: str) -> bool:
    """Whether this holder may still be at work: a process of this machine that is gone is not."""
    machine, _, rest = houder.partition(":")
    nummer = rest.partition(":")[0]
    if machine != socket.gethostname()[:40] or not nummer.isdigit():
        return True
    try:
        os.kill(int(nummer), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def verwerk(levering: Levering, *, nu: dt.datetime, voortgang: Voortgang | None = None) -> None:
    """Does what a claimed delivery waits for. What cannot be, it says on the delivery; nothing is half."""
    houder, taak = levering.houder, levering.taak
    toegang = _toegang(levering, nu)
    if levering.pogingen > MAX_POGINGEN:
        _weiger(levering, houder, TE_VAAK, toegang=toegang, nu=nu)
        return
    doe = bekijk_bewaarde if taak == Taak.BEKIJKEN else lees_bewaarde_in
    levering.refresh_from_db()
    with bord_voor(levering.sleutel) as bord, _hartslag(levering, houder):

        def toon(gedaan: int, totaal: int) -> None:
            bord(gedaan, totaal)
            if voortgang is not None:
                voortgang(gedaan, totaal)

        try:
            doe(levering, toegang=toegang, nu=nu, houder=houder, voortgang=toon)
        except SystemExit:
            # asked to go: the next one goes on with it, and this was no failed attempt
            _zet_terug(levering, houder, Stand.WACHT)
            Levering.objects.filter(pk=levering.pk, stand=Stand.WACHT).update(pogingen=F("pogingen") - 1)
            raise
        except Gestopt:
            _zet_terug(levering, houder, *_na_stoppen(taak))
        except Tijdelijk:
            _zet_terug(levering, houder, Stand.WACHT)
        except KolommenPassenNiet as reden:
            _zet_terug(levering, houder, Stand.KOPPELEN, reden.boodschap)
        except Geweigerd as reden:
            _weiger(levering, houder, reden.boodschap, toegang=toegang, nu=nu)


def _toegang(levering: Levering, nu: dt.datetime) -> Toegang:
    """Who gave the file, as she may now; the system where nobody did."""
    if levering.door is None:
        return systeem_toegang(levering.regio_id)
    return toegang_van(levering.door, op=timezone.localdate(nu))


def _zet_terug(levering: Levering, houder: str, stand: str, reden: str = "") -> None:
    velden: dict[str, Any] = {"stand": stand, "houder": "", "hartslag": None, "reden": reden[:400]}
    if stand != Stand.WACHT:
        velden |= {"taak": "", "pogingen": 0}
    Levering.objects.filter(pk=levering.pk, stand=Stand.BEZIG, houder=houder).update(**velden)


def _weiger(levering: Levering, houder: str, reden: str, *, toegang: Toegang, nu: dt.datetime) -> None:
    with transaction.atomic():
        rijen = Levering.objects.filter(pk=levering.pk, stand=Stand.BEZIG, houder=houder)
        if rijen.update(stand=Stand.GEWEIGERD, houder="", hartslag=None, taak="", reden=reden[:400]):
            schrijf("levering.geweigerd", toegang=toegang, nu=nu, onderwerp=levering, inhoud={"reden": reden})


@contextmanager
def _hartslag(levering: Levering, houder: str) -> Iterator[None]:
    """A beat in a thread of its own. While publishing holds the row or, on SQLite, the database, it waits: then nobody
    else can take the delivery either.
    """
    klaar = threading.Event()

    def klop() -> None:
        try:
            while not klaar.wait(SLAG):
                try:
                    mijn = Levering.objects.filter(pk=levering.pk, houder=houder)
                    mijn.update(hartslag=timezone.now(), versie=F("versie"))
                except OperationalError:
                    continue
        finally:
            connections.close_all()

    draad = threading.Thread(target=klop, name="hartslag", daemon=True)
    draad.start()
    try:
        yield
    finally:
        klaar.set()
        draad.join(timeout=SLAG)
