"""The acts of the screening, of own research, of a list for an overleg and of DUO's list, for the power cuts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from routekaart.loopbaan.models import Instelling
from routekaart.personen.acties import maak_jongere
from routekaart.personen.models import Jongere
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening_feiten import Soort
from routekaart.signalen.acties_enquete import schrijf_enquetes
from routekaart.signalen.acties_onderzoek import plan, rond_af
from routekaart.signalen.acties_overleg import neem_mee
from routekaart.signalen.acties_screening import (
    Gehoord,
    leg_antwoorden_vast,
    maak_melding,
    trek_in,
)
from routekaart.signalen.acties_vertrek import tel_screening
from routekaart.signalen.duovergelijk import Lijst, meld
from routekaart.signalen.models import Onderzoek, Screeningsfeit, Vertrekker
from routekaart.signalen.schoolvraag import Antwoord, beantwoord
from routekaart.toegang.models import Team
from tests import fabrieken
from tests.fabrieken import VANDAAG
from tests.schade.spel import REDEN, Doen, Spel

JAAR = Schooljaar(2025)
ADRES = {"straat": "Kade", "huisnummer": "4", "postcode": "1234 AB", "woonplaats": "Brinkhoven"}


def klas(s: Spel) -> None:
    """Three who left pro in the summer, of whom one has a secret address; the night counts them."""
    Team.objects.update(telefoon="0612345678", email="team@voorbeeld.example")
    school = Instelling.objects.create(brin="99PR00", naam="De Brink")
    for naam, geheim in (("Anna", 0), ("Bas", 0), ("Cas", 7)):
        opgave: dict[str, Any] = {"achternaam": naam, "voornamen": "Sem", "geboortedatum": "2008-03-04"}
        jongere = maak_jongere(gemeente=s.jongere.gemeente, **opgave, **s.wie)
        Jongere.objects.alles(reden=REDEN).filter(pk=jongere.pk).update(geheimhouding=geheim, **ADRES)
        periode = {"van": dt.date(2020, 8, 1), "tot": dt.date(2026, 7, 31)}
        fabrieken.maak_inschrijving(jongere, onderwijssoort="pro", niveau=0, instelling=school, **periode)
        fabrieken.maak_vsvopgave(jongere, schooljaar=str(JAAR), rapportage="A01", instelling=school)
    tel_screening(s.jongere.regio_id, nu=s.nu)


def wie(*namen: str) -> list[Vertrekker]:
    rijen = Vertrekker.objects.alles(reden=REDEN).select_related("jongere__gemeente", "instelling")
    return list(rijen.filter(jongere__achternaam__in=namen).order_by("pk"))


def een(naam: str) -> Vertrekker:
    (enige,) = wie(naam)
    return enige


def stapel_terug(s: Spel) -> Any:
    gehoord = [Gehoord(een("Anna"), "aangemeld", "ROC De Waarden"), Gehoord(een("Bas"), "geen")]
    return leg_antwoorden_vast(gehoord, op=VANDAAG, **s.wie)


def toch_niet(s: Spel) -> None:
    feit = Screeningsfeit.objects.alles(reden=REDEN).filter(soort=Soort.ANTWOORD, antwoord="geen").get()
    trek_in(een("Bas"), feit, **s.wie)


def selectie_melden(s: Spel) -> None:
    """Of all that were ticked or of none, as the page does it."""
    with transaction.atomic():
        for wie_ook in wie("Bas", "Cas"):
            maak_melding(wie_ook, **s.wie)


def onderzoek_plannen(s: Spel) -> Any:
    return plan("duo-vsv", elke_weken=26, eerst_op=VANDAAG, eigenaar=s.collega, **s.wie)


def onderzoek_gedaan(s: Spel) -> None:
    onderzoek = Onderzoek.objects.get()
    rond_af(onderzoek, bevinding="Twee jongeren gesproken", versie=onderzoek.versie, **s.wie)


def naar_overleg(s: Spel) -> Any:
    jongeren = [wie_ook.jongere for wie_ook in wie("Anna", "Bas")]
    wat: dict[str, Any] = {"overleg": "wijkronde", "doel": "Wie kent deze jongeren?", "grondslag": "wettelijke-taak"}
    return neem_mee(jongeren, **wat, **s.wie)


def duo_melden(s: Spel) -> Any:
    return meld(Lijst(str(JAAR), "A01", None), [een("Anna").jongere], **s.wie)


SCREENING: dict[str, Doen] = {
    "vertrekkers": klas,
    "enquêtes schrijven": lambda s: schrijf_enquetes(wie("Anna", "Bas", "Cas"), **s.wie),
    "enquêtes terug": stapel_terug,
    "screening intrekken": toch_niet,
    "antwoord van een school": lambda s: beantwoord(een("Anna"), Antwoord("opleiding", "ROC", True, "Rob"), **s.wie),
    "melden uit de screening": selectie_melden,
    "onderzoek plannen": onderzoek_plannen,
    "onderzoek afronden": onderzoek_gedaan,
    "namen naar een overleg": naar_overleg,
    "melden van de lijst van DUO": duo_melden,
}
