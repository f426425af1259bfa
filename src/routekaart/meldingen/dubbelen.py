"""Possible doubles: who in the register may be the person of a melding that is not linked yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from routekaart.basis.onderdelen import Etiket
from routekaart.meldingen.models import Melding
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.namen import klank, zonder_accenten
from routekaart.personen.nummers import ontsleutel
from routekaart.personen.selecties import mogelijke_dubbelen
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.toegang.bereik import Toegang


def geboren(melding: Melding) -> Geboortedatum | None:
    """The birth date as the melder gave it; None where it is not given or never was."""
    try:
        return Geboortedatum.lees(melding.opgegeven_geboortedatum)
    except ValueError:
        return None


def dubbelen_van(melding: Melding, *, toegang: Toegang) -> list[Jongere]:
    """Who may be the person of this melding, within scope. One query; none for a melding that is linked."""
    dag = geboren(melding)
    if melding.jongere_id is not None or dag is None:
        return []
    return mogelijke_dubbelen(
        achternaam=melding.opgegeven_achternaam,
        voornamen=melding.opgegeven_voornamen,
        geboortedatum=dag.eerste,
        toegang=toegang,
    )


def mogelijke_dubbelen_van(meldingen: Iterable[Melding], *, toegang: Toegang) -> dict[int, bool]:
    """For many meldingen at once whether somebody in the register may be that person. At most one query."""
    dagen: dict[int, dt.date] = {}
    zoek: dict[int, tuple[str, str]] = {}
    for melding in meldingen:
        dag = geboren(melding)
        if melding.jongere_id is None and dag is not None:
            dagen[melding.pk] = dag.eerste
            zoek[melding.pk] = (klank(zonder_accenten(melding.opgegeven_achternaam)), _voornaam(melding))
    if not dagen:
        return {}
    op_dag = Q()
    for gezocht in set(dagen.values()):
        op_dag |= Q(geboren_vanaf__lte=gezocht, geboren_tot__gte=gezocht)
    bekend = list(Jongere.objects.voor(toegang).filter(op_dag).values_list("geboren_vanaf", "geboren_tot", "zoeknaam"))
    return {
        pk: any(vanaf <= dagen[pk] <= tot and _lijkt(naam, *zoek[pk]) for vanaf, tot, naam in bekend) for pk in dagen
    }


def _voornaam(melding: Melding) -> str:
    return zonder_accenten(melding.opgegeven_voornamen).split(" ")[0]


def _lijkt(zoeknaam: str, achternaam: str, voornaam: str) -> bool:
    """The same comparison as `personen.selecties.mogelijke_dubbelen`, on rows that were read already."""
    begint = voornaam and (zoeknaam.startswith(voornaam) or f" {voornaam}" in zoeknaam)
    return bool((achternaam and achternaam in zoeknaam) or begint)


@dataclass(frozen=True)
class Vergelijking:
    """One possible double beside the melding: what is the same and what differs."""

    jongere: Jongere
    naam: str
    naam_anders: bool
    geboren: Geboortedatum
    nummer: str
    adres: str
    adres_anders: bool
    merken: list[Etiket]


def vergelijk(melding: Melding, kandidaten: list[Jongere], *, toegang: Toegang, op: dt.date) -> list[Vergelijking]:
    """The candidates as rows of the table; of a BSN only the last three digits. One query for the numbers."""
    if not kandidaten:
        return []
    nummers = Persoonsnummer.objects.voor(toegang)
    bsn = nummers.filter(jongere__in=[kandidaat.pk for kandidaat in kandidaten], soort=Persoonsnummer.Soort.BSN)
    eind = {
        jongere_id: ontsleutel(cijfers)[-3:] for jongere_id, cijfers in bsn.values_list("jongere_id", "cijfertekst")
    }
    return [
        Vergelijking(
            jongere=kandidaat,
            naam=kandidaat.naam,
            naam_anders=kandidaat.naam != melding.opgegeven_naam,
            geboren=kandidaat.geboren,
            nummer=f"eindigt op {eind[kandidaat.pk]}" if kandidaat.pk in eind else "niet bekend",
            adres=kandidaat.adres,
            adres_anders=bool(melding.opgegeven_adres) and kandidaat.adres != melding.opgegeven_adres,
            merken=merken_kort(kandidaat, op=op),
        )
        for kandidaat in kandidaten
    ]
