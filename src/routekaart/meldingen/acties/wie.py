"""About whom a melding is: the same jongere as in the register, or somebody new (MEL-20)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.dossiers.acties import geef_nummer
from routekaart.dossiers.models import Taak
from routekaart.meldingen.acties.ontvangst import ontvang_melding, sluit_aan
from routekaart.meldingen.gegevens import Opgave
from routekaart.meldingen.handeling import meldinghandeling
from routekaart.meldingen.models import Melding
from routekaart.personen.acties import maak_jongere, soort_werk_voor
from routekaart.personen.models import Jongere, Persoonsnummer
from routekaart.personen.nummers import blinde_index, lees_nummer
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Team


def koppel_jongere(melding: Melding, jongere: Jongere, *, toegang: Toegang, nu: dt.datetime) -> None:
    """`Dit is dezelfde jongere`: from now on the melding is about her, and it joins or starts a werkproces."""
    with transaction.atomic():
        with meldinghandeling(melding, "melding.gekoppeld", toegang=toegang, nu=nu) as m:
            m.eis_loopt()
            if m.melding.jongere_id is not None:
                raise Geweigerd("Deze melding hoort al bij een jongere. Ververs de pagina.")
            soort_werk = soort_werk_voor(jongere.geboren, op=timezone.localdate(m.melding.ontvangen_op))
            m.bewaar(jongere=jongere, gemeente=jongere.gemeente, soort_werk=soort_werk)
            m.rond_taken_af("koppelen")
        if not melding.oordeel:
            sluit_aan(melding, jongere, toegang=toegang, nu=nu)
            if melding.werkproces is not None:
                geef_nummer(melding.werkproces)
    melding.refresh_from_db()


def maak_jongere_van_melding(
    melding: Melding, *, toegang: Toegang, nu: dt.datetime, opgave: Opgave | None = None, nummer: str = ""
) -> Jongere | None:
    """`Nee, iemand anders`: makes a jongere from what the melder told, and puts the melding with her.

    `opgave` corrects what the melder told. Where `nummer` is known already, the melding goes to whom it belongs:
    see `bij_nummer`. None where only somebody else may find out who that is.
    """
    with transaction.atomic():
        if opgave is not None:
            with meldinghandeling(melding, "melding.aangevuld", toegang=toegang, nu=nu) as m:
                m.bewaar(**{f"opgegeven_{naam}": waarde for naam, waarde in asdict(opgave).items()})
        if not melding.opgegeven_achternaam or not melding.opgegeven_geboortedatum:
            raise Geweigerd("Vul eerst de achternaam en de geboortedatum in.", veld="geboortedatum")
        bekend = bij_nummer(nummer, melding.opgegeven_geboortedatum, toegang=toegang) if nummer else None
        if bekend is None:
            jongere = maak_jongere(
                gemeente=melding.overdracht_gemeente or melding.gemeente,
                toegang=toegang,
                nu=nu,
                nummer=nummer,
                achternaam=melding.opgegeven_achternaam,
                voorvoegsel=melding.opgegeven_voorvoegsel,
                voornamen=melding.opgegeven_voornamen,
                geboortedatum=melding.opgegeven_geboortedatum,
                geslacht=melding.opgegeven_geslacht or Jongere.Geslacht.ONBEKEND,
                verblijfadres=melding.opgegeven_adres,
                telefoon=melding.opgegeven_telefoon,
                email=melding.opgegeven_email,
            )
        elif bekend.zeker:
            jongere = bekend.jongere
        else:
            _vraag_wie_mag(melding, bekend.jongere, nu=nu)
            return None
        koppel_jongere(melding, jongere, toegang=toegang, nu=nu)
        if bekend is not None and not bekend.binnen_bereik:
            _vraag_wie_mag(melding, jongere, nu=nu)
    return jongere


def ontvang_over_nieuwe(*, opgave: Opgave, nummer: str, toegang: Toegang, nu: dt.datetime, **melding: Any) -> Melding:
    """Takes a melding in about somebody who is not in the register, and makes her dossier with it; the rest as
    `ontvang_melding`. A number that is known already makes nobody double.
    """
    with transaction.atomic():
        ontvangen = ontvang_melding(opgave=opgave, toegang=toegang, nu=nu, **melding)
        maak_jongere_van_melding(ontvangen, toegang=toegang, nu=nu, nummer=nummer)
    return ontvangen


@dataclass(frozen=True)
class Bekend:
    """Whom a number belongs to; `zeker` where the birth date is the same too."""

    jongere: Jongere
    binnen_bereik: bool
    zeker: bool


def bij_nummer(nummer: str, geboortedatum: str, *, toegang: Toegang) -> Bekend | None:
    """Whom this BSN or onderwijsnummer belongs to in the regio, also outside the scope of who asks; None for nobody.

    The page never shows the answer: a melding about somebody else's jongere ends in a task for who may, never in
    an error that betrays her (ontwerp.md, section 2). Raises Geweigerd for what is no number, and where somebody
    within scope has another birth date.
    """
    soort, cijfers = lees_nummer(nummer)
    nummers = Persoonsnummer.objects.alles(reden="een nummer hoort bij een persoon, wie er ook naar kijkt")
    gevonden = nummers.filter(
        regio_id=toegang.regio_id or 0, soort=soort, blinde_index=blinde_index(soort, cijfers)
    ).select_related("jongere__gemeente")
    rij = gevonden.first()
    if rij is None:
        return None
    binnen = Jongere.objects.voor(toegang).filter(pk=rij.jongere_id).exists()
    zeker = rij.jongere.geboortedatum == geboortedatum
    if binnen and not zeker:
        raise Geweigerd("Dit nummer hoort bij iemand met een andere geboortedatum. Kijk beide na.", veld="nummer")
    return Bekend(rij.jongere, binnen, zeker)


def _vraag_wie_mag(melding: Melding, jongere: Jongere, *, nu: dt.datetime) -> None:
    """A task for the team that may see this jongere, once: a melding came in about her elsewhere."""
    herkomst = f"koppelen:{melding.pk}"
    rijen = Taak.objects.alles(reden="de taak is voor wie de jongere mag zien").open()
    if rijen.filter(jongere=jongere, herkomst=herkomst).exists():
        return
    vandaag = timezone.localdate(nu)
    teams = Team.objects.filter(regio_id=jongere.regio_id, gemeenten=jongere.gemeente_id).order_by("pk")
    Taak.objects.create(
        regio_id=jongere.regio_id,
        gemeente_id=jongere.gemeente_id,
        soort_werk=jongere.soort_werk,
        jongere=jongere,
        team=next((team for team in teams if jongere.soort_werk in team.soorten_werk), None),
        soort="melding",
        wat="Er kwam elders een melding binnen over deze jongere",
        waarom=f"Melding {melding.nummer}: kijk of die hier hoort",
        herkomst=herkomst,
        actie="oordeel-geven",
        vanaf=vandaag,
        due=tel_op(vandaag, 1),
    )
