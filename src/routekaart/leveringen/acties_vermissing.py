"""What a full delivery did not hold: somebody looks at it and decides. Nothing ends by itself."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.leveringen.models import Feitwijziging, Vermissing
from routekaart.leveringen.publiceren.feitsoorten import FEITSOORTEN
from routekaart.loopbaan.models import Inschrijving
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

INSCHRIJVINGEN = FEITSOORTEN["inschrijvingen"]


def peildatum_van(vermissing: Vermissing) -> dt.date:
    """The day that the delivery was about."""
    return vermissing.levering.peildatum or timezone.localdate(vermissing.levering.gestart_op)


def inschrijving_van(vermissing: Vermissing, toegang: Toegang) -> Inschrijving | None:
    """The enrolment that was missed, where it still runs; None for a person of the BRP, or what changed since."""
    if vermissing.levering.soort != INSCHRIJVINGEN.code or INSCHRIJVINGEN.wat is None:
        return None
    rijen = Inschrijving.objects.voor(toegang).geldig_op(peildatum_van(vermissing))
    lopend = rijen.filter(jongere_id=vermissing.jongere_id, tot=None).select_related("instelling")
    gevonden = [rij for rij in lopend if INSCHRIJVINGEN.wat(rij)[:160] == vermissing.wat]
    return gevonden[0] if len(gevonden) == 1 else None


def besluit(
    vermissing: Vermissing,
    besluit: str,
    *,
    versie: int,
    toegang: Toegang,
    nu: dt.datetime,
    toelichting: str = "",
    tot: dt.date | None = None,
) -> None:
    """Records what somebody decided: to look again, to leave it, or that it ended, with `tot` the last day.

    Ending is only for an enrolment that still runs; facts of the BRP end by the BRP. Raises Geweigerd or Tussentijds.
    """
    with transaction.atomic():
        eigen = Vermissing.objects.voor(toegang).select_for_update(of=("self",)).get(pk=vermissing.pk)
        if eigen.versie != versie:
            raise Tussentijds([], versie=eigen.versie)
        if eigen.besluit == Vermissing.Besluit.BEEINDIGD:
            raise Geweigerd("Dit is al beëindigd.")
        if besluit == Vermissing.Besluit.BLIJFT and not toelichting.strip():
            raise Geweigerd("Zeg waarom dit blijft zoals het is", veld="toelichting")
        if besluit == Vermissing.Besluit.BEEINDIGD:
            _beeindig(eigen, tot, toegang=toegang, nu=nu)
        eigen.besluit, eigen.toelichting = besluit, toelichting.strip()[:240]
        eigen.besloten_op, eigen.besloten_door_id = nu, toegang.gebruiker_id or None
        eigen.versie += 1
        eigen.save()
        inhoud = {"besluit": besluit, "wat": eigen.wat, "toelichting": eigen.toelichting}
        schrijf(
            "levering.vermissing", toegang=toegang, nu=nu, jongere_id=eigen.jongere_id, onderwerp=eigen, inhoud=inhoud
        )


def _beeindig(vermissing: Vermissing, tot: dt.date | None, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Gives the enrolment its last day, and keeps how it was."""
    rij = inschrijving_van(vermissing, toegang)
    if rij is None:
        raise Geweigerd("Dit kunnen we hier niet beëindigen: het veranderde intussen, of het komt uit de BRP.")
    if tot is None:
        raise Geweigerd("Vul de laatste dag in", veld="tot")
    if tot < rij.van:
        raise Geweigerd(f"De laatste dag ligt voor de eerste dag, {rij.van:%d-%m-%Y}", veld="tot")
    if tot > timezone.localdate(nu):
        raise Geweigerd("De laatste dag ligt in de toekomst", veld="tot")
    kern = {naam: _plat(getattr(rij, naam)) for naam in ("jongere_id", *INSCHRIJVINGEN.sleutel)}
    Feitwijziging.objects.create(
        jongere_id=rij.jongere_id,
        levering=vermissing.levering,
        soort=INSCHRIJVINGEN.naam,
        was={**kern, "tot": None},
        wordt={**kern, "tot": tot.isoformat()},
        vastgelegd_op=nu,
    )
    rij.tot = tot
    rij.versie += 1
    rij.save()


def _plat(waarde: object) -> object:
    return waarde.isoformat() if isinstance(waarde, dt.date) else waarde
