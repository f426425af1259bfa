"""Planning own research, and saying that it was done: then the next time is planned by itself (MEL-26)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.signalen.models_onderzoek import Onderzoek, Onderzoekbeurt
from routekaart.toegang.bereik import Toegang, toegang_van
from routekaart.toegang.models import Gebruiker
from routekaart.toegang.rechten import Recht
from routekaart.toegang.schrijven import schrijf

MEESTE_WEKEN = 53
LANGSTE = 400


@transaction.atomic
def plan(
    soort: str, *, elke_weken: int, eerst_op: dt.date, eigenaar: Gebruiker | None, toegang: Toegang, nu: dt.datetime
) -> Onderzoek:
    """Plans a recurring check; one that is there already gets the new rhythm. Raises Geweigerd."""
    op = timezone.localdate(nu)
    if toegang.regio_id is None:
        raise Geweigerd("Je werkt voor geen enkele regio.")
    if soort not in Onderzoek.Soort.values:
        raise Geweigerd("Kies wat je wilt onderzoeken.", veld="soort")
    if not 1 <= elke_weken <= MEESTE_WEKEN:
        raise Geweigerd(f"Kies een getal van 1 tot en met {MEESTE_WEKEN}.", veld="elke_weken")
    if eerst_op < op:
        raise Geweigerd("Kies vandaag of later.", veld="eerst_op")
    if eigenaar is not None:
        bereik = toegang_van(eigenaar, op=op)
        if bereik.regio_id != toegang.regio_id or not bereik.mag(Recht.SIGNALEN_WERKEN):
            raise Geweigerd("Deze collega werkt niet met signalen.", veld="eigenaar")
    velden = {"elke_weken": elke_weken, "volgende_op": eerst_op, "eigenaar": eigenaar}
    onderzoek, _ = Onderzoek.objects.update_or_create(
        regio_id=toegang.regio_id, soort=soort, gestopt_op=None, defaults=velden
    )
    inhoud = {"soort": soort, "elke_weken": elke_weken, "eerst_op": str(eerst_op)}
    schrijf("onderzoek.gepland", toegang=toegang, nu=nu, onderwerp=onderzoek, inhoud=inhoud)
    return onderzoek


@transaction.atomic
def rond_af(onderzoek: Onderzoek, *, bevinding: str, versie: int, toegang: Toegang, nu: dt.datetime) -> None:
    """It was done today: keeps what was found and plans the next time. Raises Geweigerd where it was done already."""
    bevinding = bevinding.strip()
    if not bevinding:
        raise Geweigerd("Schrijf op wat je vond, ook als dat niets was.", veld="bevinding")
    if len(bevinding) > LANGSTE:
        raise Geweigerd(f"Houd dit korter dan {LANGSTE} tekens.", veld="bevinding")
    op = timezone.localdate(nu)
    rijen = Onderzoek.objects.filter(pk=onderzoek.pk, versie=versie, gestopt_op__isnull=True)
    volgende = op + dt.timedelta(weeks=onderzoek.elke_weken)
    if not rijen.update(volgende_op=volgende, versie=F("versie") + 1):
        raise Geweigerd("Een collega was je voor. Kijk wat er nu staat.")
    Onderzoekbeurt.objects.create(onderzoek=onderzoek, op=op, door_id=toegang.gebruiker_id or None, bevinding=bevinding)
    schrijf("onderzoek.gedaan", toegang=toegang, nu=nu, onderwerp=onderzoek, inhoud={"bevinding": bevinding})
    onderzoek.refresh_from_db()


@transaction.atomic
def stop(onderzoek: Onderzoek, *, toegang: Toegang, nu: dt.datetime) -> None:
    """It does not come back any more; what was done stays."""
    if Onderzoek.objects.filter(pk=onderzoek.pk, gestopt_op__isnull=True).update(gestopt_op=timezone.localdate(nu)):
        schrijf("onderzoek.gestopt", toegang=toegang, nu=nu, onderwerp=onderzoek)
