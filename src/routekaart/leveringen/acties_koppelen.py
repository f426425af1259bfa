"""Acts on column mappings: say which column is which, remember a value, stop a mapping."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties import AL_GEDAAN
from routekaart.leveringen.herstel import soort_van
from routekaart.leveringen.koppelingen import VASTE_WAARDEN, geldige_koppelingen
from routekaart.leveringen.models import Kolomkoppeling, Levering
from routekaart.leveringen.soorten import SOORTEN
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

TE_KOPPELEN = (Levering.Stand.KOPPELEN, Levering.Stand.PROEF)


def koppel(
    levering: Levering,
    *,
    soort: str,
    naam: str,
    kolommen: Mapping[str, str],
    toegang: Toegang,
    nu: dt.datetime,
) -> Kolomkoppeling:
    """Saves which header of the file is which column of ours, for this file and for the next of the same source.

    The delivery gets the mapping; it is still to be looked at. Raises Geweigerd.
    """
    if levering.stand not in TE_KOPPELEN:
        raise Geweigerd(AL_GEDAAN)
    if soort not in SOORTEN:
        raise Geweigerd("Kies wat er in het bestand staat", veld="soort")
    _keur(soort, kolommen)
    op = timezone.localdate(nu)
    with transaction.atomic():
        geldig = geldige_koppelingen(levering.regio_id, op).filter(soort=soort)
        if any(een.naam.casefold() == naam.strip().casefold() for een in geldig):
            raise Geweigerd("Er is al een koppeling met deze naam. Kies een andere naam", veld="naam")
        koppeling = Kolomkoppeling.objects.create(
            regio_id=levering.regio_id,
            soort=soort,
            naam=naam.strip(),
            kolommen=dict(kolommen),
            door_id=toegang.gebruiker_id or None,
            van=op,
        )
        eigen = Levering.objects.select_for_update().filter(pk=levering.pk, stand=levering.stand)
        if not eigen.update(koppeling=koppeling, soort=soort):
            raise Geweigerd(AL_GEDAAN)
        inhoud = {"koppeling": koppeling.naam, "kolommen": koppeling.kolommen}
        schrijf("levering.gekoppeld", toegang=toegang, nu=nu, onderwerp=levering, inhoud=inhoud)
    levering.koppeling, levering.soort = koppeling, soort
    return koppeling


def _keur(code: str, kolommen: Mapping[str, str]) -> None:
    soort = SOORTEN[code]
    for naam in soort.verplicht:
        if naam not in kolommen:
            raise Geweigerd(f"Kies een kolom voor ‘{naam}’. Zonder kunnen we niets inlezen", veld=f"kolom-{naam}")
    if not any(all(naam in kolommen for naam in groep) for groep in soort.een_van or ((),)):
        keuze = " of ".join(" en ".join(groep) for groep in soort.een_van)
        raise Geweigerd(f"Kies een kolom voor {keuze}", veld=f"kolom-{soort.een_van[0][0]}")
    for kop, aantal in Counter(kolommen.values()).items():
        if aantal > 1:
            dubbel = [naam for naam, gekozen in kolommen.items() if gekozen == kop]
            raise Geweigerd(f"‘{kop}’ heb je {aantal} keer gekozen. Kies haar één keer", veld=f"kolom-{dubbel[-1]}")


def onthoud_waarde(
    levering: Levering, kolom: str, was: str, wordt: str, *, toegang: Toegang, nu: dt.datetime
) -> Kolomkoppeling:
    """From now on this value of the source is called so with us: in the mapping of the delivery, else for all files."""
    soort = soort_van(levering)
    op = timezone.localdate(nu)
    with transaction.atomic():
        koppeling = _om_te_onthouden(levering, op, toegang)
        waarden = {**koppeling.waarden}
        waarden[kolom] = {**waarden.get(kolom, {}), was: wordt}
        koppeling.waarden = waarden
        koppeling.versie += 1
        koppeling.save()
        inhoud = {"soort": soort.code, "kolom": kolom}
        schrijf("levering.waarde-onthouden", toegang=toegang, nu=nu, onderwerp=koppeling, inhoud=inhoud)
    return koppeling


def _om_te_onthouden(levering: Levering, op: dt.date, toegang: Toegang) -> Kolomkoppeling:
    geldig = geldige_koppelingen(levering.regio_id, op).select_for_update().filter(soort=levering.soort)
    if levering.koppeling_id and (eigen := geldig.filter(pk=levering.koppeling_id).first()):
        return eigen
    vast, _ = geldig.get_or_create(
        naam=VASTE_WAARDEN,
        tot=None,
        defaults={
            "regio_id": levering.regio_id,
            "soort": levering.soort,
            "van": op,
            "door_id": toegang.gebruiker_id or None,
        },
    )
    return vast


def stop_koppeling(koppeling: Kolomkoppeling, *, toegang: Toegang, nu: dt.datetime) -> None:
    """The mapping is not used any more, from now on; what was taken in with it stays. Raises Geweigerd."""
    gisteren = timezone.localdate(nu) - dt.timedelta(days=1)
    with transaction.atomic():
        lopend = Kolomkoppeling.objects.filter(pk=koppeling.pk, tot=None)
        if not lopend.update(tot=gisteren, van=min(gisteren, koppeling.van)):
            raise Geweigerd("Deze koppeling is al gestopt.")
        schrijf("levering.koppeling-gestopt", toegang=toegang, nu=nu, onderwerp=koppeling)
