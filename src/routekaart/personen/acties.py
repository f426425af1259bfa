"""Making and changing a young person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente
from routekaart.basis.versies import wijzig
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.namen import zoeknaam
from routekaart.personen.nummers import SLEUTELVERSIE, blinde_index, lees_nummer, versleutel
from routekaart.regels.leeftijd import Geboortedatum, leeftijd_op
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import SoortWerk
from routekaart.toegang.schrijven import schrijf

VOLWASSEN = 18
# what we record ourselves; a delivery of the BRP never touches these
EIGEN_VELDEN = frozenset({"roepnaam", "telefoon", "email", "verblijfadres", "niet_alleen"})


class BuitenBereik(Geweigerd):
    """The number belongs to somebody outside the scope of who asks; the message does not say so (ROL-12)."""


def soort_werk_voor(geboren: Geboortedatum, *, op: dt.date) -> SoortWerk:
    """Under 18 is the work of leerplicht, from 18 that of the Doorstroompunt (000 footnote 1; DGR-07)."""
    volwassen = leeftijd_op(geboren.laatste, op) >= VOLWASSEN
    return SoortWerk.DOORSTROOMPUNT if volwassen else SoortWerk.LEERPLICHT


def nieuwe_jongere(*, gemeente: Gemeente, regio_id: int, op: dt.date, **velden: Any) -> Jongere:
    """A Jongere, not saved yet, with what follows from name and birth date. `velden`: names and BRP fields."""
    return Jongere(regio_id=regio_id, gemeente=gemeente, **velden, **afgeleid(velden, op=op))


def afgeleid(velden: Mapping[str, Any], *, op: dt.date) -> dict[str, Any]:
    """What follows from the names and the birth date of somebody new: the fields of Jongere beside them."""
    geboren = Geboortedatum.lees(velden["geboortedatum"])
    return {
        "soort_werk": soort_werk_voor(geboren, op=op).value,
        "geboren_vanaf": geboren.eerste,
        "geboren_tot": geboren.laatste,
        "zoeknaam": zoeknaam(
            voornamen=velden.get("voornamen", ""),
            voorvoegsel=velden.get("voorvoegsel", ""),
            achternaam=velden["achternaam"],
            roepnaam=velden.get("roepnaam", ""),
        ),
    }


def zoeknaam_van(jongere: Jongere) -> str:
    """The search form of the name as it stands now."""
    return zoeknaam(
        voornamen=jongere.voornamen,
        voorvoegsel=jongere.voorvoegsel,
        achternaam=jongere.achternaam,
        roepnaam=jongere.roepnaam,
    )


@transaction.atomic
def maak_jongere(*, gemeente: Gemeente, toegang: Toegang, nu: dt.datetime, nummer: str = "", **velden: Any) -> Jongere:
    """Makes a young person, with a BSN or onderwijsnummer where one is given.

    Raises BuitenBereik when that number is known already: whoever may see the person finds them by searching,
    to whoever may not the sentence betrays nothing but that a colleague must look (ontwerp.md, section 2).
    """
    if toegang.regio_id is None:
        raise Geweigerd("Je account hoort nog niet bij een regio. Vraag de functioneel beheerder.")
    try:
        jongere = nieuwe_jongere(gemeente=gemeente, regio_id=toegang.regio_id, op=timezone.localdate(nu), **velden)
    except ValueError as fout:
        raise Geweigerd(str(fout), veld="geboortedatum") from None
    jongere.save()
    if nummer:
        geef_persoonsnummer(jongere, nummer)
    schrijf("jongere.toegevoegd", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=jongere)
    return jongere


@transaction.atomic
def wijzig_contactgegevens(
    jongere: Jongere,
    *,
    versie: int,
    velden: Mapping[str, Any],
    begin: Mapping[str, Any] | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Changes our own contact data (roepnaam, telefoon, email, verblijfadres, niet_alleen).

    Raises Tussentijds when a colleague changed them meanwhile.
    """
    if onbekend := set(velden) - EIGEN_VELDEN:
        raise ValueError(f"Geen contactgegevens: {', '.join(sorted(onbekend))}")
    wijzig(jongere, versie=versie, velden=velden, begin=begin)
    if "roepnaam" in velden:
        jongere.zoeknaam = zoeknaam_van(jongere)
        jongere.save(update_fields=["zoeknaam"])
    schrijf(
        "jongere.gewijzigd",
        toegang=toegang,
        nu=nu,
        jongere_id=jongere.pk,
        onderwerp=jongere,
        inhoud={"velden": sorted(velden)},
    )


def geef_persoonsnummer(jongere: Jongere, tekst: str) -> Persoonsnummer:
    """Adds a BSN or onderwijsnummer. Raises BuitenBereik when somebody has it already. Within an act."""
    soort, cijfers = lees_nummer(tekst)
    try:
        with transaction.atomic():
            return Persoonsnummer.objects.create(
                regio_id=jongere.regio_id,
                jongere=jongere,
                soort=soort,
                blinde_index=blinde_index(soort, cijfers),
                cijfertekst=versleutel(cijfers),
                sleutelversie=SLEUTELVERSIE,
            )
    except IntegrityError:
        raise BuitenBereik("We konden dit nummer niet vastleggen. Een collega kijkt ernaar.", veld="nummer") from None
