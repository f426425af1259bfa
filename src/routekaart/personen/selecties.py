"""Finding young persons: by number, by name and birth date, and possible doubles."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import Q

from routekaart.basis.fouten import Geweigerd
from routekaart.personen.models import BrpWijziging, Jongere, Persoonsnummer
from routekaart.personen.namen import klank, zonder_accenten
from routekaart.personen.nummers import blinde_index, lees_nummer
from routekaart.toegang.bereik import BereikQuerySet, Toegang

_DATUM = re.compile(
    r"(?<![0-9])(?:(?P<dag>[0-9]{1,2})[-/. ](?P<maand>[0-9]{1,2})[-/. ](?P<jaar>[0-9]{4})"
    r"|(?P<jaar2>[0-9]{4})-(?P<maand2>[0-9]{2})-(?P<dag2>[0-9]{2})"
    r"|(?P<dag3>[0-9]{2})(?P<maand3>[0-9]{2})(?P<jaar3>[0-9]{4}))(?![0-9])"
)


def met_nummer(tekst: str, *, toegang: Toegang) -> Jongere | None:
    """The young person with this BSN or onderwijsnummer within the scope. Raises Geweigerd for what is no number."""
    soort, cijfers = lees_nummer(tekst)
    nummers = Persoonsnummer.objects.voor(toegang).filter(soort=soort, blinde_index=blinde_index(soort, cijfers))
    gevonden = nummers.select_related("jongere").first()
    return gevonden.jongere if gevonden else None


def zoek(vraag: str, *, toegang: Toegang) -> BereikQuerySet[Jongere]:
    """Young persons within scope by name (forgiving of accents, spelling and order), birth date, or number.

    Words of a name each have to occur, as a whole or as the beginning of a word; a birth date may stand beside them.
    """
    jongeren = Jongere.objects.voor(toegang)
    if re.fullmatch(r"[0-9\s.-]{8,12}", vraag.strip()):
        try:
            gevonden = met_nummer(vraag, toegang=toegang)
        except Geweigerd:
            gevonden = None
        if gevonden is not None:
            return jongeren.filter(pk=gevonden.pk)
        # no number of anybody here: perhaps a date written without signs
    datum, rest = _haal_datum_uit(vraag)
    woorden = zonder_accenten(rest).split()
    if datum is None and not woorden:
        return jongeren.none()
    if datum is not None:
        jongeren = jongeren.filter(geboren_vanaf__lte=datum, geboren_tot__gte=datum)
    for woord in woorden:
        jongeren = jongeren.filter(_begin_van_woord(woord) | _begin_van_woord(klank(woord)))
    return jongeren.order_by("zoeknaam", "pk")


def _begin_van_woord(woord: str) -> Q:
    return Q(zoeknaam__startswith=woord) | Q(zoeknaam__contains=f" {woord}")


def _haal_datum_uit(tekst: str) -> tuple[dt.date | None, str]:
    """The date in a question, day first or ISO, and what else was asked. A date that does not exist is just text."""
    gevonden = _DATUM.search(tekst)
    if gevonden is None:
        return None, tekst
    deel = gevonden.groupdict()
    jaar, maand, dag = (
        next(int(deel[naam + nummer]) for nummer in ("", "2", "3") if deel[naam + nummer])
        for naam in ("jaar", "maand", "dag")
    )
    try:
        datum = dt.date(jaar, maand, dag)
    except ValueError:
        return None, tekst
    return datum, tekst[: gevonden.start()] + " " + tekst[gevonden.end() :]


def brp_wijzigingen(jongere: Jongere, *, toegang: Toegang, hoogstens: int = 50) -> list[BrpWijziging]:
    """What changed in the BRP facts of this person, the last first. One query."""
    rijen = BrpWijziging.objects.voor(toegang).filter(jongere=jongere)
    return list(rijen.order_by("-vastgelegd_op", "-pk")[:hoogstens])


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
    if achternaam_klank := klank(zonder_accenten(achternaam)):
        gelijk |= Q(zoeknaam__contains=achternaam_klank)
    if eerste_naam := zonder_accenten(voornamen).split(" ")[0]:
        gelijk |= _begin_van_woord(eerste_naam)
    if not gelijk:
        return []
    return list(
        zelfde_dag.filter(gelijk).exclude(pk=behalve or 0).select_related("gemeente").order_by("zoeknaam", "pk")[:5]
    )
