"""Finding young persons: by number, by name and birth date, and possible doubles."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import Q

from routekaart.basis.fouten import Geweigerd
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.namen import klank, zonder_accenten
from routekaart.personen.nummers import blinde_index, lees_nummer
from routekaart.toegang.bereik import BereikQuerySet, Toegang

_DATUM = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$|^(\d{4})-(\d{2})-(\d{2})$")


def met_nummer(tekst: str, *, toegang: Toegang) -> Jongere | None:
    """The young person with this BSN or onderwijsnummer within the scope. Raises Geweigerd for what is no number."""
    soort, cijfers = lees_nummer(tekst)
    nummers = Persoonsnummer.objects.voor(toegang).filter(soort=soort, blinde_index=blinde_index(soort, cijfers))
    gevonden = nummers.select_related("jongere").first()
    return gevonden.jongere if gevonden else None


def zoek(vraag: str, *, toegang: Toegang) -> BereikQuerySet[Jongere]:
    """Young persons within scope by name (forgiving of accents, spelling and order), birth date, BSN or onderwijsnummer.

    Words of a name each have to occur, as a whole or as the beginning of a word.
    """
    vraag = vraag.strip()
    jongeren = Jongere.objects.voor(toegang)
    if datum := _als_datum(vraag):
        return jongeren.filter(geboren_vanaf__lte=datum, geboren_tot__gte=datum).order_by("zoeknaam", "pk")
    if re.fullmatch(r"[\d\s.-]{8,12}", vraag):
        try:
            gevonden = met_nummer(vraag, toegang=toegang)
        except Geweigerd:
            return jongeren.none()
        return jongeren.filter(pk=gevonden.pk if gevonden else None)
    woorden = zonder_accenten(vraag).split()
    if not woorden:
        return jongeren.none()
    for woord in woorden:
        jongeren = jongeren.filter(_begin_van_woord(woord) | _begin_van_woord(klank(woord)))
    return jongeren.order_by("zoeknaam", "pk")


def _begin_van_woord(woord: str) -> Q:
    return Q(zoeknaam__startswith=woord) | Q(zoeknaam__contains=f" {woord}")


def _als_datum(tekst: str) -> dt.date | None:
    gevonden = _DATUM.match(tekst)
    if not gevonden:
        return None
    dag, maand, jaar, jaar2, maand2, dag2 = gevonden.groups()
    try:
        return dt.date(int(jaar or jaar2), int(maand or maand2), int(dag or dag2))
    except ValueError:
        return None


def mogelijke_dubbelen(
    *, achternaam: str, geboortedatum: dt.date | None, voornamen: str = "", toegang: Toegang, behalve: int | None = None
) -> list[Jongere]:
    """Young persons within scope who may be the same: born on the same day and a surname that sounds the same, or the
    same first name. At most five; a person decides (MEL, schermen/04).
    """
    if geboortedatum is None:
        return []
    zelfde_dag = Jongere.objects.voor(toegang).filter(geboren_vanaf__lte=geboortedatum, geboren_tot__gte=geboortedatum)
    gelijk = Q()
    if achternaam:
        gelijk |= Q(zoeknaam__contains=klank(zonder_accenten(achternaam)))
    if voornamen:
        gelijk |= _begin_van_woord(zonder_accenten(voornamen).split(" ")[0])
    if not gelijk:
        return []
    return list(zelfde_dag.filter(gelijk).exclude(pk=behalve).select_related("gemeente").order_by("zoeknaam", "pk")[:5])
