"""What goes back to the schools through DUO: status, closing reason, remark and contact (contracten.md, section 2).

What was sent is kept per melding. A melding goes again when what there is to tell differs from what was told last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from routekaart.basis.bestanden import schrijf_heel
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Regio
from routekaart.basis.nummers import volgend_nummer
from routekaart.leveringen.models import Terugmelding
from routekaart.leveringen.uitvoer import als_csv
from routekaart.meldingen.models import Melding
from routekaart.toegang.bereik import Toegang, systeem_toegang
from routekaart.toegang.models import Team
from routekaart.toegang.schrijven import schrijf

KOLOMMEN = (
    "meldingsnummer", "versie", "status", "afsluitreden", "opmerking", "contact_naam", "contact_functie",
    "contact_telefoon", "contact_email",
)  # fmt: skip


def wachtende_meldingen(regio_id: int) -> list[Melding]:
    """The meldingen of DUO about which something is to be told that was not told yet, oldest first.

    Every act on a melding moves `updated`, and sending does not: so only what changed since is compared.
    """
    bereik = systeem_toegang(regio_id)
    anders_dan_toen = Q(duo_terug_op=None) | Q(updated__gt=F("duo_terug_op"))
    meldingen = (
        Melding.objects.voor(bereik)
        .filter(anders_dan_toen, duo_nummer__isnull=False, ingetrokken_op=None)
        .exclude(duo_status="")
        .select_related("werkproces__behandelaar", "werkproces__team", "oordeel_door")
        .order_by("pk")
    )
    laatste = {
        gestuurd.melding_id: (gestuurd.status, gestuurd.afsluitreden, gestuurd.opmerking)
        for gestuurd in Terugmelding.objects.voor(bereik).filter(melding__in=meldingen).order_by("pk")
    }
    return [melding for melding in meldingen if laatste.get(melding.pk) != _inhoud(melding)]


def _inhoud(melding: Melding) -> tuple[str, int | None, int | None]:
    """What there is to tell: a closing reason only with status G."""
    gesloten = melding.duo_status == Melding.DuoStatus.GESLOTEN
    return melding.duo_status, melding.duo_afsluitreden if gesloten else None, melding.duo_opmerking


def meld_terug(*, regio: Regio, toegang: Toegang, nu: dt.datetime, uit: Path | None = None) -> list[Terugmelding]:
    """Makes the next batch and, where `uit` is given, writes it there; gives what went, nothing where nothing waits.

    The file stands there whole (written beside it, then renamed) before the batch counts as sent: after a crash in
    between it goes once more, never not at all. Raises Geweigerd where the file cannot be written.
    """
    with transaction.atomic():
        Regio.objects.select_for_update(no_key=True).get(pk=regio.pk)
        meldingen = wachtende_meldingen(regio.pk)
        teams = _teams(regio)
        jaar = timezone.localdate(nu).year
        partij = f"T-{jaar}-{volgend_nummer('terugmelding', jaar):04d}" if meldingen else ""
        gestuurd = [_terugmelding(melding, teams, partij, toegang=toegang, nu=nu) for melding in meldingen]
        Terugmelding.objects.bulk_create(gestuurd)
        sleutels = [melding.pk for melding in meldingen]
        Melding.objects.voor(systeem_toegang(regio.pk)).filter(pk__in=sleutels).update(duo_terug_op=nu)
        if gestuurd:
            inhoud = {"partij": partij, "meldingen": [melding.duo_nummer for melding in meldingen]}
            schrijf("terugmelding.gemaakt", toegang=toegang, nu=nu, onderwerp=partij, inhoud=inhoud)
        if uit is not None:
            _schrijf_bestand(uit, als_csv(KOLOMMEN, map(rij_van, gestuurd)))
    return gestuurd


def _terugmelding(
    melding: Melding, teams: Sequence[Team], partij: str, *, toegang: Toegang, nu: dt.datetime
) -> Terugmelding:
    status, afsluitreden, opmerking = _inhoud(melding)
    werkproces = melding.werkproces
    wie = (werkproces.behandelaar if werkproces else None) or melding.oordeel_door
    team = (werkproces.team if werkproces else None) or next(
        (team for team in teams if melding.soort_werk in team.soorten_werk), None
    )
    return Terugmelding(
        melding=melding,
        partij=partij,
        duo_versie=melding.duo_versie,
        status=status,
        afsluitreden=afsluitreden,
        opmerking=opmerking,
        contact_naam=wie.naam if wie else (team.naam if team else ""),
        contact_functie=wie.functie if wie else "",
        contact_telefoon=(wie.telefoon if wie else "") or (team.telefoon if team else ""),
        contact_email=wie.email if wie else (team.email if team else ""),
        verzonden_op=nu,
        door_id=toegang.gebruiker_id or None,
    )


def _teams(regio: Regio) -> list[Team]:
    return list(Team.objects.filter(regio=regio).order_by("pk"))


def rij_van(terugmelding: Terugmelding) -> tuple[object, ...]:
    """One row of the file, in the order of KOLOMMEN. `melding` must have been selected along."""
    return (
        terugmelding.melding.duo_nummer,
        terugmelding.duo_versie or "",
        terugmelding.status,
        terugmelding.afsluitreden,
        terugmelding.opmerking,
        terugmelding.contact_naam,
        terugmelding.contact_functie,
        terugmelding.contact_telefoon,
        terugmelding.contact_email,
    )


def _schrijf_bestand(uit: Path, regels: Iterable[str]) -> None:
    """Writes a file that is there whole or not at all."""
    try:
        schrijf_heel(uit, regels)
    except OSError as fout:
        raise Geweigerd(f"{uit} kan niet worden geschreven ({fout.strerror}). Er is niets verstuurd.") from None
