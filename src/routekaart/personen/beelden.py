"""A young person as the rule of doubles sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from routekaart.basis.sleutels import Sleutels
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.regels.dubbelen import Beeld, botsend_nummer

REDEN = "nummers van jongeren die al binnen bereik zijn"
Nummers = dict[int, frozenset[tuple[str, str]]]


def nummers_van(ids: Collection[int]) -> Nummers:
    """The numbers of these persons as (kind, hash), per person. One query."""
    per: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    rijen = Persoonsnummer.objects.alles(reden=REDEN).filter(jongere__in_rij=Sleutels.van(ids))
    for jongere_id, soort, index in rijen.values_list("jongere_id", "soort", "blinde_index"):
        per[jongere_id].add((soort, index))
    return {pk: frozenset(nummers) for pk, nummers in per.items()}


def beeld_van(jongere: Jongere, nummers: Iterable[tuple[str, str]] = ()) -> Beeld:
    """What the rule compares of one person."""
    return Beeld(
        achternaam=jongere.achternaam,
        voorvoegsel=jongere.voorvoegsel,
        voornamen=jongere.voornamen,
        roepnaam=jongere.roepnaam,
        geboren=jongere.geboren,
        geslacht=jongere.geslacht,
        straat=jongere.straat,
        huisnummer=f"{jongere.huisnummer}{jongere.huisletter}{jongere.toevoeging}",
        postcode=jongere.postcode,
        woonplaats=jongere.woonplaats,
        nummers=frozenset(nummers),
    )


def botsend_nummer_van(een: Jongere, ander: Jongere) -> str:
    """The kind of number of which each has one of their own ("BSN"); empty where there is none. One query."""
    nummers = nummers_van([een.pk, ander.pk])
    return botsend_nummer(nummers.get(een.pk, ()), nummers.get(ander.pk, ()))
