"""The invented regio Veldermeer: gemeenten, schools, partners, teams and accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings

from routekaart.basis.models import Gemeente, Regio, Subregio
from routekaart.loopbaan.models import Instelling
from routekaart.netwerk.models import Contactpersoon, Ketenpartner
from routekaart.toegang.models import Gebruiker, Lidmaatschap, SoortWerk, Team
from routekaart.toegang.rechten import Rol

REGIONUMMER = 99
WACHTWOORD = "veldermeer-2026"
BEGIN = dt.date(2015, 1, 1)

GEMEENTEN = (
    ("9901", "Veldermeer", "9901"),
    ("9902", "Oosterwaard", "9911"),
    ("9903", "Brinkhoven", "9921"),
    ("9904", "Sint-Aldert", "9931"),
)

SCHOLEN: tuple[tuple[str, str, str, str], ...] = (
    ("99RC00", "ROC De Waarden", "Veldermeer", "mbo"),
    ("99RC01", "ROC De Waarden, locatie Haven", "Oosterwaard", "mbo"),
    ("99VK00", "Vakcollege Brinkhoven", "Brinkhoven", "vmbo"),
    ("99LY00", "Lyceum Veldermeer", "Veldermeer", "havo"),
    ("99PR00", "Praktijkschool De Brink", "Brinkhoven", "pro"),
    ("99VS00", "De Sluis, school voor vso", "Sint-Aldert", "vso"),
    ("99BS00", "Basisschool De Linde", "Veldermeer", "po"),
    ("99IS00", "Taalschool Veldermeer", "Veldermeer", "isk"),
)

PARTNERS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("Werkplein Veldermeer", "Werk & Inkomen", (("Hanneke Prins", "jobcoach"), ("Ridouan Amrani", "consulent werk"))),
    ("Stadsbank Veldermeer", "maatschappelijk werk", (("Wouter Blom", "schuldhulpverlener"),)),
    ("Wijkteam Oosterwaard", "wijkteam/buurtteam/Jeugdteam", (("Marleen Vos", "wijkteammedewerker"),)),
    ("GGZ Waterkant", "lokale zorgaanbieders", (("Thea Bosman", "begeleider"),)),
    ("Jongerenwerk Veldermeer", "jongerenwerk", (("Dave Rosalia", "jongerenwerker"),)),
)

# naam, e-mail, rol, team, functie
MENSEN: tuple[tuple[str, str, Rol, str, str], ...] = (
    ("Noor Haverkamp", "coach", Rol.DOORSTROOMCOACH, "Doorstroompunt Veldermeer", "doorstroomcoach"),
    ("Joris Kuipers", "coach2", Rol.DOORSTROOMCOACH, "Doorstroompunt Veldermeer", "doorstroomcoach"),
    ("Samira Benali", "leerplicht", Rol.LEERPLICHTAMBTENAAR, "Leerplicht Veldermeer", "leerplichtambtenaar"),
    ("Bram Oosting", "administratie", Rol.ADMINISTRATIE, "Administratie Veldermeer", "administratief medewerker"),
    ("Els van der Meulen", "coordinator", Rol.COORDINATOR, "Administratie Veldermeer", "coördinator"),
    ("Tom Hoekstra", "kwaliteit", Rol.KWALITEIT, "Administratie Veldermeer", "kwaliteitsmedewerker"),
    ("Ingrid Postma", "beleid", Rol.BELEID, "Administratie Veldermeer", "beleidsmedewerker"),
    ("Pieter Wiersma", "privacy", Rol.PRIVACY, "Administratie Veldermeer", "privacy officer"),
    ("Sandra Kok", "beheer", Rol.BEHEERDER, "Administratie Veldermeer", "functioneel beheerder"),
    ("Karin Slot", "school", Rol.SCHOOLCONTACT, "Scholen Veldermeer", "mentor, ROC De Waarden"),
    ("Rob de Wit", "school2", Rol.SCHOOLCONTACT, "Scholen Veldermeer", "verzuimcoördinator, Vakcollege Brinkhoven"),
)


@dataclass
class Demogebied:
    """What the rest of the demo builds on, by name."""

    regio: Regio
    gemeenten: dict[str, Gemeente] = field(default_factory=dict)
    scholen: dict[str, Instelling] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    mensen: dict[str, Gebruiker] = field(default_factory=dict)

    def postcode(self, gemeente: str) -> str:
        """The first four figures of the postcodes of a gemeente; not in use in the Netherlands."""
        return next(cijfers for _, naam, cijfers in GEMEENTEN if naam == gemeente)


def bouw_gebied() -> Demogebied:
    """Makes the regio with all that is not a young person."""
    regio = Regio.objects.create(nummer=REGIONUMMER, naam="Regio Veldermeer (fictief)")
    subregio = Subregio.objects.create(regio=regio, naam="Veldermeer")
    gebied = Demogebied(regio)
    for volgorde, (code, naam, _) in enumerate(GEMEENTEN):
        gebied.gemeenten[naam] = Gemeente.objects.create(
            code=code, naam=naam, regio=regio, subregio=subregio, volgorde=volgorde, van=BEGIN
        )
    for brin, naam, plaats, _ in SCHOLEN:
        gebied.scholen[naam] = Instelling.objects.create(brin=brin, naam=naam, plaats=plaats)
    _bouw_teams(gebied)
    _bouw_netwerk(gebied)
    return gebied


def _bouw_teams(gebied: Demogebied) -> None:
    soorten = {
        "Doorstroompunt Veldermeer": [SoortWerk.DOORSTROOMPUNT],
        "Leerplicht Veldermeer": [SoortWerk.LEERPLICHT],
        "Administratie Veldermeer": [SoortWerk.DOORSTROOMPUNT, SoortWerk.LEERPLICHT],
        "Scholen Veldermeer": [],
    }
    for naam, werk in soorten.items():
        team = Team.objects.create(
            regio=gebied.regio,
            naam=naam,
            soorten_werk=[str(soort) for soort in werk],
            telefoon="0880 000 000",
            email=f"{naam.split()[0].lower()}@veldermeer.example",
        )
        team.gemeenten.set(gebied.gemeenten.values() if werk else [])
        gebied.teams[naam] = team
    # one hash for all: the slow hash is for real passwords, and this one is printed on the screen
    hash_ = ""
    for naam, adres, rol, teamnaam, functie in MENSEN:
        gebruiker = Gebruiker(
            email=f"{adres}@veldermeer.example", naam=naam, functie=functie, telefoon="0880 000 000", regio=gebied.regio
        )
        if hash_:
            gebruiker.password = hash_
        else:
            gebruiker.set_password(WACHTWOORD)
            hash_ = gebruiker.password
        gebruiker.save()
        Lidmaatschap.objects.create(gebruiker=gebruiker, team=gebied.teams[teamnaam], rol=rol, van=BEGIN)
        gebied.mensen[naam] = gebruiker


def _bouw_netwerk(gebied: Demogebied) -> None:
    for naam, soort, mensen in PARTNERS:
        partner = Ketenpartner.objects.create(regio=gebied.regio, naam=naam, soort=soort, telefoon="0880 000 100")
        for persoon, functie in mensen:
            Contactpersoon.objects.create(ketenpartner=partner, naam=persoon, functie=functie, vast=True)
    for naam, school in gebied.scholen.items():
        partner = Ketenpartner.objects.create(regio=gebied.regio, naam=naam, soort="school", instelling=school)
        if naam == "ROC De Waarden":
            Contactpersoon.objects.create(
                ketenpartner=partner,
                naam="Karin Slot",
                functie="mentor",
                vast=True,
                gebruiker=gebied.mensen["Karin Slot"],
                email="school@veldermeer.example",
                telefoon="06 0000 0000",
            )
        if naam == "Vakcollege Brinkhoven":
            Contactpersoon.objects.create(
                ketenpartner=partner, naam="Rob de Wit", functie="verzuimcoördinator", vast=True,
                gebruiker=gebied.mensen["Rob de Wit"], email="school2@veldermeer.example",
            )  # fmt: skip


def is_demo() -> bool:
    """Whether this process may fill and loosen: only where the setting says that it is a demo."""
    return bool(settings.DEMO)
