"""Who may do what: roles and rights as one table. Which young persons, decides the scope (`toegang.bereik`)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models


class Rol(models.TextChoices):
    """The roles of ontwerp.md section 3 (ROL-01, CL-44)."""

    DOORSTROOMCOACH = "doorstroomcoach", "doorstroomcoach"
    LEERPLICHTAMBTENAAR = "leerplichtambtenaar", "leerplichtambtenaar"
    ADMINISTRATIE = "administratie", "administratie"
    KWALITEIT = "kwaliteit", "kwaliteitsmedewerker"
    COORDINATOR = "coordinator", "coördinator"
    BELEID = "beleid", "beleidsmedewerker"
    BEHEERDER = "beheerder", "functioneel beheerder"
    PRIVACY = "privacy", "privacy officer"
    SCHOOLCONTACT = "schoolcontact", "contactpersoon school"
    KETENPARTNER = "ketenpartner", "ketenpartner"
    JONGERE = "jongere", "jongere"


class Recht(StrEnum):
    """One kind of door. A view names the right that opens it; `RECHTEN` says who has it."""

    WERKVOORRAAD = "werkvoorraad"
    MELDINGEN_ZIEN = "meldingen-zien"
    MELDINGEN_AANNEMEN = "meldingen-aannemen"
    MELDINGEN_BEOORDELEN = "meldingen-beoordelen"
    DOSSIER_ZIEN = "dossier-zien"
    DOSSIER_WERKEN = "dossier-werken"
    TOEWIJZEN = "toewijzen"
    PERSONEN = "personen"
    BRP_MELDEN = "brp-melden"
    LEVERINGEN = "leveringen"
    SIGNALEN_ZIEN = "signalen-zien"
    SIGNALEN_WERKEN = "signalen-werken"
    SIGNALEN_ZOEKEN = "signalen-zoeken"
    SCHOLEN_TELLEN = "scholen-tellen"
    SCHOLEN_BESPREKEN = "scholen-bespreken"
    SCHOLEN_INSPECTIE = "scholen-inspectie"
    WIJZER = "wijzer"
    NETWERK = "netwerk"
    LOGBOEK = "logboek"
    BEHEER = "beheer"
    COMPONENTEN = "componenten"
    PORTAAL_SCHOOL = "portaal-school"
    EIGEN_ACCOUNT = "eigen-account"


_WERK = frozenset({Rol.DOORSTROOMCOACH, Rol.LEERPLICHTAMBTENAAR})
_TEAM = _WERK | {Rol.COORDINATOR}
_BINNEN = _TEAM | {Rol.ADMINISTRATIE, Rol.KWALITEIT, Rol.BELEID, Rol.BEHEERDER, Rol.PRIVACY}

RECHTEN: dict[Recht, frozenset[Rol]] = {
    Recht.WERKVOORRAAD: _TEAM | {Rol.ADMINISTRATIE},
    Recht.MELDINGEN_ZIEN: _TEAM | {Rol.ADMINISTRATIE, Rol.KWALITEIT},
    Recht.MELDINGEN_AANNEMEN: _TEAM | {Rol.ADMINISTRATIE},
    Recht.MELDINGEN_BEOORDELEN: _TEAM,
    Recht.DOSSIER_ZIEN: _TEAM | {Rol.ADMINISTRATIE, Rol.KWALITEIT},
    Recht.DOSSIER_WERKEN: _TEAM,
    Recht.TOEWIJZEN: frozenset({Rol.COORDINATOR}),
    # who is who: doubles, merging, what goes back to the BRP (DOS-15, REG-03)
    Recht.PERSONEN: frozenset({Rol.ADMINISTRATIE, Rol.COORDINATOR}),
    Recht.BRP_MELDEN: _TEAM | {Rol.ADMINISTRATIE},
    Recht.LEVERINGEN: frozenset({Rol.ADMINISTRATIE, Rol.COORDINATOR}),
    Recht.SIGNALEN_ZIEN: _TEAM | {Rol.ADMINISTRATIE, Rol.KWALITEIT},
    Recht.SIGNALEN_WERKEN: _TEAM | {Rol.ADMINISTRATIE},
    # searching on demand, and counts for another day: no persons
    Recht.SIGNALEN_ZOEKEN: frozenset({Rol.COORDINATOR, Rol.BEHEERDER}),
    # the counts per school; the pupils behind them take SIGNALEN_ZIEN
    Recht.SCHOLEN_TELLEN: _TEAM | {Rol.ADMINISTRATIE, Rol.KWALITEIT, Rol.BELEID},
    Recht.SCHOLEN_BESPREKEN: _TEAM,
    Recht.SCHOLEN_INSPECTIE: frozenset({Rol.COORDINATOR}),
    Recht.WIJZER: _BINNEN,
    Recht.NETWERK: _TEAM | {Rol.ADMINISTRATIE, Rol.KWALITEIT, Rol.BELEID},
    Recht.LOGBOEK: frozenset({Rol.PRIVACY}),
    Recht.BEHEER: frozenset({Rol.BEHEERDER}),
    Recht.COMPONENTEN: frozenset({Rol.BEHEERDER}),
    Recht.PORTAAL_SCHOOL: frozenset({Rol.SCHOOLCONTACT}),
    Recht.EIGEN_ACCOUNT: frozenset(Rol),
}

# the roles that may see persons at all; a beleidsmedewerker sees counts, a beheerder settings (ROL-07)
PERSONEN_ZIEN: frozenset[Rol] = RECHTEN[Recht.DOSSIER_ZIEN] | RECHTEN[Recht.MELDINGEN_ZIEN]
