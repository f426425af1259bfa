"""What we ask a school about who leaves it, and its answer, which is a row of its uitstroomlijst (SCR-01).

Whom we ask about follows from what the school itself told and from who left it, and never from what we heard since:
a name that disappears from the list would tell a school that somebody was found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, When

from routekaart.basis.fouten import Geweigerd
from routekaart.leveringen.acties_opgave import neem_opgave_in
from routekaart.loopbaan.models import Instelling, Uitstroom
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import Vertrek, soort_bestemming
from routekaart.signalen.acties_screening import bezig
from routekaart.signalen.models import Vertrekker
from routekaart.toegang.bereik import Toegang

_EIGEN = "de leerlingen van de eigen school, zonder wat wij van hen hoorden"
SOORT = "uitstroomlijst"
GEEN_VRAAG = (Vertrek.BUITEN.value, Vertrek.GEKWALIFICEERD.value)
OPLEIDING, ONBEKEND = "opleiding", "onbekend"
# what a school chooses, in the words in which its list would say it (`soort_bestemming` reads them)
BESTEMMINGEN = {
    OPLEIDING: "Een school of opleiding",
    "werk": "Werk",
    "dagbesteding": "Dagbesteding",
    "zorg": "Zorg of behandeling",
    "tussenjaar": "Een tussenjaar",
    "buitenland": "Naar het buitenland",
    ONBEKEND: "Dat weten wij niet",
}


@dataclass(frozen=True)
class Antwoord:
    """What a school says of one pupil who leaves. `wat`: which school or work, or why it is not known."""

    bestemming: str
    wat: str = ""
    diploma: bool | None = None
    contact: str = ""


def gevraagd(regio_id: int, scholen: Collection[Instelling], jaar: Schooljaar) -> Any:
    """About whom we ask these schools this season, each with whether the school answered (`beantwoord`)."""
    rijen = Vertrekker.objects.alles(reden=_EIGEN).filter(
        regio_id=regio_id, schooljaar=str(jaar), instelling__in=scholen
    )
    met_reden = Uitstroom.objects.alles(reden=_EIGEN).filter(
        jongere=OuterRef("jongere"), instelling=OuterRef("instelling"), schooljaar=str(jaar),
        bestemming__istartswith=f"{ONBEKEND}:",
    )  # fmt: skip
    zegt = Q(op_lijst=True) & (~Q(vertrek=Vertrek.ONBEKEND) | Exists(met_reden))
    return rijen.exclude(vertrek__in=GEEN_VRAAG).annotate(beantwoord=Case(When(zegt, then=True), default=False))


def eigen_opgaven(vertrekkers: Collection[Vertrekker]) -> dict[int, Uitstroom]:
    """What the school said of each of these, by young person. One query."""
    rijen = Uitstroom.objects.alles(reden=_EIGEN).filter(
        jongere_id__in=[een.jongere_id for een in vertrekkers],
        schooljaar__in={een.schooljaar for een in vertrekkers},
    )
    scholen = {een.jongere_id: een.instelling_id for een in vertrekkers}
    return {rij.jongere_id: rij for rij in rijen if scholen[rij.jongere_id] == rij.instelling_id}


def ontleed(bestemming: str) -> tuple[str, str]:
    """What stands on a list as a choice and its words."""
    begin, _, rest = bestemming.partition(":")
    if begin.strip().casefold() in BESTEMMINGEN:
        return begin.strip().casefold(), rest.strip()
    soort = soort_bestemming(bestemming)
    if soort is Vertrek.ONBEKEND:
        return (ONBEKEND, "") if bestemming else ("", "")
    if soort is Vertrek.BEKEND:
        return OPLEIDING, bestemming
    return next((keuze for keuze in BESTEMMINGEN if keuze in bestemming.casefold()), "werk"), bestemming


def in_woorden(antwoord: Antwoord) -> str:
    """As it would stand on the list. Raises Geweigerd where something is missing."""
    wat = " ".join(antwoord.wat.split())
    if antwoord.bestemming not in BESTEMMINGEN:
        raise Geweigerd("Kies waar deze leerling heen gaat.", veld="bestemming")
    if antwoord.bestemming == OPLEIDING and not wat:
        raise Geweigerd("Schrijf op welke school of opleiding.", veld="wat")
    if antwoord.bestemming == ONBEKEND and not wat:
        raise Geweigerd("Schrijf kort op waarom u het niet weet.", veld="wat")
    samen = f"{antwoord.bestemming}: {wat}" if wat else antwoord.bestemming
    # a word of another kind in what was typed may not turn the answer into something else
    return samen if soort_bestemming(samen) is soort_bestemming(antwoord.bestemming) else antwoord.bestemming


def beantwoord(vertrekker: Vertrekker, antwoord: Antwoord, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Takes the answer in as a row of the uitstroomlijst; the screening counts it at once. Raises Geweigerd."""
    bestemming = in_woorden(antwoord)
    with bezig([vertrekker], nu=nu) as (een,):
        cellen = {
            "brin": een.instelling.brin,
            "schooljaar": een.schooljaar,
            "bestemming": bestemming,
            "getuigschrift": {True: "ja", False: "nee", None: ""}[antwoord.diploma],
            "contact_school": antwoord.contact[:160],
        }
        naam = f"Portaal, {een.instelling.naam}"
        neem_opgave_in(SOORT, een.jongere, cellen, naam=naam, toegang=toegang, nu=nu)
