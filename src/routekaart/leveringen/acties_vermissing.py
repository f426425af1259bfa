"""What a full delivery did not hold: somebody looks at it and decides, one by one or many at once.

Nothing ends by itself. A fact (an enrolment, a vrijstelling, a verzorger) gets its last day. Of a person whom the BRP
no longer has in the area it is recorded that she left the country or moved to another gemeente, as a delivery would,
with what was before.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd, Tussentijds
from routekaart.basis.inrichten import gemeente_met_code, gemeentecodes
from routekaart.basis.models import Regio
from routekaart.leveringen.models import Feitwijziging, Vermissing
from routekaart.leveringen.publiceren import Inlezing
from routekaart.leveringen.publiceren.brp import BrpPublicatie
from routekaart.leveringen.publiceren.eindigbaar import EINDIGBAAR
from routekaart.leveringen.publiceren.publicatie import Verandering
from routekaart.leveringen.soorten.velden import Nummer
from routekaart.loopbaan.models import Feit
from routekaart.personen.models import BrpWijziging, Persoonsnummer, Verzorger
from routekaart.personen.nummers import ontsleutel
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

BRP = "brp"
VERTROKKEN, VERHUISD = "vertrokken", "verhuisd"
HOE = {VERTROKKEN: "vertrokken uit Nederland", VERHUISD: "verhuisd naar een andere gemeente"}
# what no longer holds of somebody who lives elsewhere; where she lives now, the BRP of that gemeente knows
ADRES: dict[str, Any] = {
    "straat": "", "huisnummer": "", "huisletter": "", "toevoeging": "", "postcode": "", "woonplaats": "",
    "functie_adres": "", "adres_sinds": None,
}  # fmt: skip
VERANDERD = "Dit kunnen we hier niet beëindigen: het veranderde intussen."


@dataclass(frozen=True, kw_only=True)
class Besluit:
    """What somebody decided. Ending takes `tot`, the last day; for a person of the BRP `hoe` she went, since `tot`, and
    the `gemeente` (code) where she moved to.
    """

    besluit: str
    toelichting: str = ""
    tot: dt.date | None = None
    hoe: str = ""
    gemeente: str = ""


@dataclass
class Samen:
    """What deciding about many at once did: how many, and about whom it could not be, with the reason."""

    gedaan: int = 0
    niet: list[tuple[str, str]] = field(default_factory=list)


def peildatum_van(vermissing: Vermissing) -> dt.date:
    """The day that the delivery was about."""
    return vermissing.levering.peildatum or timezone.localdate(vermissing.levering.gestart_op)


def feit_van(vermissing: Vermissing, toegang: Toegang) -> Feit | Verzorger | None:
    """The fact that was missed, where it still runs; None for a person of the BRP, or what changed since."""
    soort = EINDIGBAAR.get(vermissing.levering.soort)
    if soort is None:
        return None
    lopend = soort.lopend(toegang, op=peildatum_van(vermissing)).filter(jongere_id=vermissing.jongere_id)
    gevonden = [rij for rij in lopend if soort.wat(rij)[:160] == vermissing.wat]
    return gevonden[0] if len(gevonden) == 1 else None


def woont_er_nog(vermissing: Vermissing) -> bool:
    """Whether a person of the BRP is still where the delivery missed her."""
    jongere = vermissing.jongere
    weg = jongere.overleden_op is not None or jongere.vertrokken_op is not None
    return vermissing.levering.soort == BRP and not weg and vermissing.wat == woont_in(str(jongere.gemeente))


def woont_in(gemeente: str) -> str:
    """How the list says it."""
    return f"woont volgens ons in {gemeente}"


def kan_eindigen(vermissing: Vermissing, toegang: Toegang) -> bool:
    """Whether what was missed still stands."""
    return woont_er_nog(vermissing) or feit_van(vermissing, toegang) is not None


def besluit(vermissing: Vermissing, wat: Besluit, *, versie: int, toegang: Toegang, nu: dt.datetime) -> None:
    """Records what somebody decided: to look again, to leave it, or that it ended. Raises Geweigerd or Tussentijds."""
    with transaction.atomic():
        # as a delivery does: one at a time changes what the BRP says
        Regio.objects.select_for_update(no_key=True).get(pk=vermissing.levering.regio_id)
        rijen = Vermissing.objects.voor(toegang).select_for_update(of=("self",)).select_related("levering", "jongere")
        eigen = rijen.get(pk=vermissing.pk)
        if eigen.versie != versie:
            raise Tussentijds([], versie=eigen.versie)
        if eigen.besluit == Vermissing.Besluit.BEEINDIGD:
            raise Geweigerd("Dit is al beëindigd.")
        if wat.besluit == Vermissing.Besluit.BLIJFT and not wat.toelichting.strip():
            raise Geweigerd("Zeg waarom dit blijft zoals het is", veld="toelichting")
        gedaan = ""
        if wat.besluit == Vermissing.Besluit.BEEINDIGD:
            doe = _beeindig_verblijf if eigen.levering.soort == BRP else _beeindig_feit
            gedaan = doe(eigen, wat, toegang=toegang, nu=nu)
        eigen.besluit = wat.besluit
        eigen.toelichting = " ".join(filter(None, [gedaan, wat.toelichting.strip()]))[:240]
        eigen.besloten_op, eigen.besloten_door_id = nu, toegang.gebruiker_id or None
        eigen.versie += 1
        eigen.save()
        inhoud = {"besluit": wat.besluit, "wat": eigen.wat, "toelichting": eigen.toelichting}
        schrijf(
            "levering.vermissing", toegang=toegang, nu=nu, jongere_id=eigen.jongere_id, onderwerp=eigen, inhoud=inhoud
        )


def besluit_samen(
    gekozen: Sequence[tuple[uuid.UUID, int]], wat: Besluit, *, levering_id: int, toegang: Toegang, nu: dt.datetime
) -> Samen:
    """The same decision about several of one delivery, each (key, version); one that cannot be does not hold the
    others. Raises Geweigerd where the decision itself cannot be, or nothing was chosen.
    """
    if not gekozen:
        raise Geweigerd("Kies eerst over wie je besluit.")
    samen = Samen()
    with transaction.atomic():
        rijen = Vermissing.objects.voor(toegang).filter(
            levering_id=levering_id, sleutel__in=[een for een, _ in gekozen]
        )
        op_sleutel = {rij.sleutel: rij for rij in rijen.select_related("levering", "jongere__gemeente")}
        for sleutel, versie in gekozen:
            if (rij := op_sleutel.get(sleutel)) is None:
                continue
            try:
                besluit(rij, wat, versie=versie, toegang=toegang, nu=nu)
            except Geweigerd as reden:
                if reden.veld and not samen.gedaan and not samen.niet:
                    raise  # the form is not complete: that holds for all of them
                samen.niet.append((rij.jongere.naam, reden.boodschap))
            else:
                samen.gedaan += 1
    return samen


def _eis_dag(tot: dt.date | None, eerste: dt.date | None, *, nu: dt.datetime, wat: str) -> dt.date:
    if tot is None:
        raise Geweigerd(f"Vul in: {wat}", veld="tot")
    if eerste is not None and tot < eerste:
        raise Geweigerd(f"Deze dag ligt voor de eerste dag, {eerste:%d-%m-%Y}", veld="tot")
    if tot > timezone.localdate(nu):
        raise Geweigerd("Deze dag ligt in de toekomst", veld="tot")
    return tot


def _beeindig_feit(vermissing: Vermissing, wat: Besluit, *, toegang: Toegang, nu: dt.datetime) -> str:
    """Gives the fact its last day, and keeps how it was."""
    soort = EINDIGBAAR[vermissing.levering.soort]
    rij: Any = feit_van(vermissing, toegang)
    if rij is None:
        raise Geweigerd(VERANDERD)
    tot = _eis_dag(wat.tot, rij.van, nu=nu, wat="de laatste dag")
    if rij.tot is not None and tot > rij.tot:
        raise Geweigerd(f"Dit eindigt al op {rij.tot:%d-%m-%Y}", veld="tot")
    kern = {naam: _plat(getattr(rij, naam)) for naam in ("jongere_id", *soort.sleutel)}
    Feitwijziging.objects.create(
        jongere_id=rij.jongere_id,
        levering=vermissing.levering,
        soort=soort.naam,
        was={**kern, "tot": _plat(rij.tot)},
        wordt={**kern, "tot": tot.isoformat()},
        vastgelegd_op=nu,
    )
    rij.tot = tot
    rij.versie += 1
    rij.save()
    return f"Laatste dag {tot:%d-%m-%Y}."


def _beeindig_verblijf(vermissing: Vermissing, wat: Besluit, *, toegang: Toegang, nu: dt.datetime) -> str:
    """Records that somebody left or moved, as a row of the BRP would: with a trace, and still in reach of her team."""
    jongere, levering = vermissing.jongere, vermissing.levering
    if not woont_er_nog(vermissing):
        raise Geweigerd(VERANDERD)
    if wat.hoe not in HOE:
        raise Geweigerd("Kies of deze jongere vertrok of verhuisde", veld="hoe")
    op = _eis_dag(wat.tot, jongere.in_gemeente_sinds or jongere.geboren_vanaf, nu=nu, wat="sinds welke dag")
    if wat.hoe == VERTROKKEN:
        velden: dict[str, Any] = {"vertrokken_op": op}
        zin = f"Vertrokken uit Nederland op {op:%d-%m-%Y}."
    else:
        if wat.gemeente not in gemeentecodes():
            raise Geweigerd("Kies waar deze jongere nu woont", veld="gemeente")
        gemeente = gemeente_met_code(wat.gemeente)
        if gemeente.pk == jongere.gemeente_id:
            raise Geweigerd(f"{gemeente} is waar deze jongere volgens ons al woont", veld="gemeente")
        velden = {"gemeente_id": gemeente.pk, "in_gemeente_sinds": op, **ADRES}
        zin = f"Verhuisd naar {gemeente} op {op:%d-%m-%Y}."
    publicatie = BrpPublicatie(Inlezing(levering.regio_id, toegang, nu, levering.pk), ())
    nummer = _bsn_van(vermissing, toegang)
    was = publicatie.huidig([nummer])[nummer]
    publicatie.schrijf([Verandering(nummer, was, {**was, **velden})])
    # who moved may be out of scope by now
    sporen = BrpWijziging.objects.alles(reden="wie hierboven binnen bereik was").filter(
        jongere=jongere, levering_id=levering.pk, vastgelegd_op=nu
    )
    sporen.update(bron=f"besluit bij {levering}"[:60])
    return zin


def _bsn_van(vermissing: Vermissing, toegang: Toegang) -> Nummer:
    """The number by which the BRP knows somebody; who was missed by the BRP has one."""
    rijen = Persoonsnummer.objects.voor(toegang).filter(jongere=vermissing.jongere_id, soort=Persoonsnummer.Soort.BSN)
    return Nummer(Persoonsnummer.Soort.BSN, ontsleutel(rijen.get().cijfertekst))


def _plat(waarde: object) -> object:
    return waarde.isoformat() if isinstance(waarde, dt.date) else waarde
