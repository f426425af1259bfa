"""Setting up the people side of a region: its first teams and accounts, and which region works here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import OperationalError, ProgrammingError, transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.models import Gemeente, Regio
from routekaart.toegang.bereik import systeem_toegang
from routekaart.toegang.models import Gebruiker, Lidmaatschap, SoortWerk, Team
from routekaart.toegang.rechten import Rol
from routekaart.toegang.schrijven import schrijf

# the kinds of work that a role does of itself; the other roles look across all
WERK_VAN_ROL: dict[Rol, frozenset[SoortWerk]] = {
    Rol.DOORSTROOMCOACH: frozenset({SoortWerk.DOORSTROOMPUNT}),
    Rol.LEERPLICHTAMBTENAAR: frozenset({SoortWerk.LEERPLICHT}),
}


def eigen_regio(nummer: int | None = None) -> Regio:
    """The region with this number, or the one region that has teams. Raises Geweigerd where that is not one."""
    try:
        return _eigen_regio(nummer)
    except (OperationalError, ProgrammingError):
        raise Geweigerd("De database is nog niet klaar. Doe eerst `routekaart migrate`.") from None


def _eigen_regio(nummer: int | None) -> Regio:
    if nummer is not None:
        gevonden = Regio.objects.filter(nummer=nummer).first()
        if gevonden is None:
            raise Geweigerd(f"Regio {nummer} is er niet. Doe eerst `routekaart inrichten --regio {nummer}`.")
        return gevonden
    met_team = list(Regio.objects.filter(teams__isnull=False).distinct().order_by("nummer"))
    if not met_team:
        raise Geweigerd("Er is nog geen regio ingericht. Doe eerst `routekaart inrichten --regio NUMMER`.")
    if len(met_team) > 1:
        nummers = ", ".join(str(regio.nummer) for regio in met_team)
        raise Geweigerd(f"Er zijn meer regio's ingericht: {nummers}. Kies er een met --regio.")
    return met_team[0]


@transaction.atomic
def richt_teams_in(regio: Regio, *, op: dt.date) -> list[Team]:
    """Makes a team for each kind of work that no team of the region does yet, for all its gemeenten of that day."""
    bestaand = {soort for team in Team.objects.filter(regio=regio) for soort in team.soorten_werk}
    gemeenten = list(Gemeente.objects.geldig_op(op).filter(regio=regio))
    nieuw = []
    for soort in (SoortWerk.DOORSTROOMPUNT, SoortWerk.LEERPLICHT):
        if soort in bestaand:
            continue
        team, _ = Team.objects.get_or_create(regio=regio, naam=soort.label)
        team.soorten_werk = [*team.soorten_werk, str(soort)]
        team.save(update_fields=["soorten_werk", "updated"])
        team.gemeenten.add(*gemeenten)
        nieuw.append(team)
    return nieuw


@transaction.atomic
def maak_gebruiker(
    *,
    email: str,
    naam: str,
    rol: Rol,
    regio: Regio,
    teams: Sequence[str] = (),
    telefoon: str = "",
    wachtwoord: str | None = None,
    nu: dt.datetime,
) -> tuple[Gebruiker, bool]:
    """Makes an account with a role, or gives an account that is there one more role. True where it is new.

    Without `teams`: those that do the work of the role, or all teams that do work. `telefoon` stands on letters and
    goes to DUO; empty leaves it as it is. Raises Geweigerd.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise Geweigerd(f"{email} is geen e-mailadres.", veld="email") from None
    gekozen = _teams(regio, rol, teams)
    gebruiker = Gebruiker.objects.filter(email=email.lower()).first()
    nieuw = gebruiker is None
    if gebruiker is None:
        if not naam.strip():
            raise Geweigerd("Geef een nieuw account een naam met --naam.", veld="naam")
        gebruiker = Gebruiker(email=email.lower(), naam=naam.strip(), regio=regio)
        gebruiker.set_unusable_password()
    elif gebruiker.regio_id != regio.pk:
        raise Geweigerd("Dit account hoort bij een andere regio.", veld="email")
    if wachtwoord is not None:
        try:
            validate_password(wachtwoord, gebruiker)
        except ValidationError as fout:
            raise Geweigerd(" ".join(fout.messages), veld="wachtwoord") from None
        gebruiker.set_password(wachtwoord)
    gebruiker.telefoon = telefoon.strip()[:20] or gebruiker.telefoon
    gebruiker.save()
    for team in gekozen:
        leden = Lidmaatschap.objects.filter(gebruiker=gebruiker, team=team, rol=rol, tot__isnull=True)
        if not leden.exists():
            Lidmaatschap.objects.create(gebruiker=gebruiker, team=team, rol=rol, van=timezone.localdate(nu))
    schrijf(
        "gebruiker.toegevoegd",
        toegang=systeem_toegang(regio.pk),
        nu=nu,
        onderwerp=gebruiker,
        inhoud={"rol": str(rol), "teams": [team.naam for team in gekozen], "nieuw": nieuw},
    )
    return gebruiker, nieuw


def _teams(regio: Regio, rol: Rol, namen: Sequence[str]) -> list[Team]:
    alle = {team.naam.casefold(): team for team in Team.objects.filter(regio=regio).order_by("naam")}
    if namen:
        onbekend = [naam for naam in namen if naam.casefold() not in alle]
        if onbekend:
            kies = ", ".join(team.naam for team in alle.values()) or "er zijn nog geen teams"
            raise Geweigerd(f"Team {', '.join(onbekend)} is er niet. Kies uit: {kies}.", veld="team")
        return [alle[naam.casefold()] for naam in namen]
    werk = WERK_VAN_ROL.get(rol, frozenset(SoortWerk))
    gekozen = [team for team in alle.values() if werk & set(team.soorten_werk)]
    if not gekozen:
        raise Geweigerd(f"Regio {regio} heeft nog geen team voor deze rol.", veld="team")
    return gekozen
