"""What a colleague does with a signal: give it to somebody, set it aside, make a melding of it, take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.meldingen.acties import Informatie, Melder, ontvang_melding
from routekaart.meldingen.doelgroep import verzuimsoorten
from routekaart.meldingen.models import Melding
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen import SIGNAALREGELS, Signaalregel
from routekaart.signalen.instroom import laat_in
from routekaart.signalen.models import Instroom, Signaal
from routekaart.toegang.bereik import Toegang, toegang_van
from routekaart.toegang.models import Gebruiker, Team
from routekaart.toegang.rechten import Recht
from routekaart.toegang.schrijven import schrijf

_BEREIKT = "de aanroeper bereikte het signaal al"
HOOGSTE_PER_WEEK = 1000
LANGSTE_REDEN = 400


@contextmanager
def _handeling(
    signaal: Signaal, code: str, *, toegang: Toegang, nu: dt.datetime, inhoud: dict[str, Any] | None = None
) -> Iterator[Signaal]:
    """One act on the locked signal, with its line in the log; the caller's own copy is brought up to date."""
    with transaction.atomic():
        rijen = Signaal.objects.alles(reden=_BEREIKT).select_for_update(of=("self",))
        vast: Signaal = rijen.select_related("jongere__gemeente", "instelling").get(pk=signaal.pk)
        yield vast
        vast.versie += 1
        vast.save()
        schrijf(code, toegang=toegang, nu=nu, jongere_id=vast.jongere_id, onderwerp=vast, inhoud=inhoud)
    signaal.refresh_from_db()


def _eis_open(signaal: Signaal) -> None:
    if not signaal.staat_open:
        raise Geweigerd(f"Dit signaal is al {signaal.get_stand_display()}. Kijk eerst wat er is gebeurd.")


def wijs_toe(signaal: Signaal, *, aan: Gebruiker | None, toegang: Toegang, nu: dt.datetime) -> None:
    """Gives the signal to a colleague who may reach it, or with None back to the team."""
    if aan is not None:
        bereik = toegang_van(aan, op=timezone.localdate(nu))
        kan = bereik.mag(Recht.SIGNALEN_WERKEN) and Signaal.objects.voor(bereik).filter(pk=signaal.pk).exists()
        if not kan:
            raise Geweigerd("Deze collega werkt niet voor deze gemeente of dit soort werk.", veld="aan")
    with _handeling(signaal, "signaal.toegewezen", toegang=toegang, nu=nu) as vast:
        _eis_open(vast)
        vast.behandelaar = aan
        vast.stand = Signaal.Stand.TOEGEWEZEN if aan is not None else Signaal.Stand.OPEN
        vast.in_voorraad_op = vast.in_voorraad_op or timezone.localdate(nu)


def leg_weg(signaal: Signaal, *, reden: str, tot: dt.date | None = None, toegang: Toegang, nu: dt.datetime) -> None:
    """Sets the signal aside: it does not come back for this occasion, unless after the day `tot`.

    Where the rule says so, the end of the schooljaar is that day: who must go to school is never out of sight for good.
    """
    reden = reden.strip()
    if not reden:
        raise Geweigerd("Schrijf op waarom er niets hoeft te gebeuren.", veld="reden")
    if len(reden) > LANGSTE_REDEN:
        raise Geweigerd(f"Houd de reden korter dan {LANGSTE_REDEN} tekens.", veld="reden")
    op = timezone.localdate(nu)
    if tot is not None and tot <= op:
        raise Geweigerd("Kies een dag na vandaag.", veld="tot")
    regel = SIGNAALREGELS.get(signaal.soort)
    if tot is None and regel is not None and regel.per_schooljaar:
        tot = Schooljaar.van(op).einde
    with _handeling(signaal, "signaal.weggelegd", toegang=toegang, nu=nu, inhoud={"tot": str(tot or "")}) as vast:
        _eis_open(vast)
        vast.stand, vast.reden, vast.weggelegd_tot = Signaal.Stand.WEGGELEGD, reden, tot
        vast.gesloten_op, vast.gesloten_door_id = nu, toegang.gebruiker_id or None


@transaction.atomic
def leg_samen_weg(
    signalen: Iterable[Signaal], *, reden: str, tot: dt.date | None = None, toegang: Toegang, nu: dt.datetime
) -> None:
    """Sets what was noticed about one person aside for the same reason: all or nothing, each with its own line."""
    # in one order, so that two colleagues do not wait for each other
    for signaal in sorted(signalen, key=lambda een: een.pk):
        leg_weg(signaal, reden=reden, tot=tot, toegang=toegang, nu=nu)


def haal_terug(signaal: Signaal, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Opens a signal again that was set aside."""
    with _handeling(signaal, "signaal.teruggehaald", toegang=toegang, nu=nu) as vast:
        if vast.stand != Signaal.Stand.WEGGELEGD:
            raise Geweigerd("Alleen een signaal dat is weggelegd kun je terughalen.")
        vast.stand, vast.weggelegd_tot = Signaal.Stand.OPEN, None
        vast.gesloten_op = vast.gesloten_door = None


def maak_melding(signaal: Signaal, *, toelichting: str = "", toegang: Toegang, nu: dt.datetime) -> Melding:
    """Makes a melding of level c (own research) of the signal; it joins or starts a werkproces as any other.

    What else was noticed about the same person and would be handled the same way goes along with this one melding.
    """
    regel = SIGNAALREGELS.get(signaal.soort)
    if regel is None or not regel.meldingsoort:
        raise Geweigerd("Bij dit signaal hoort geen melding: er loopt al een werkproces of het gaat om de registratie.")
    with _handeling(signaal, "signaal.melding", toegang=toegang, nu=nu, inhoud={"soort": signaal.soort}) as vast:
        _eis_open(vast)
        soort = (regel.zonder_school if vast.instelling_id is None else "") or regel.meldingsoort
        verzuim = soort in verzuimsoorten()
        eerste = str(vast.uitleg[0]["tekst"]) if vast.uitleg else regel.wat
        melding = ontvang_melding(
            kanaal=regel.kanaal,
            soort=soort,
            melder=Melder(soort="onderzoek", naam=toegang.naam[:120], instelling=vast.instelling),
            jongere=vast.jongere,
            informatie=Informatie(reden=f"{regel.naam}. {eerste}", partneracties=toelichting.strip()),
            begindatum=vast.sinds if verzuim else None,
            toegang=toegang,
            nu=nu,
        )
        vast.stand, vast.melding = Signaal.Stand.MELDING, melding
        vast.gesloten_op, vast.gesloten_door_id = nu, toegang.gebruiker_id or None
        _neem_mee(vast, regel, melding, toegang=toegang, nu=nu)
    return melding


def _neem_mee(signaal: Signaal, regel: Signaalregel, melding: Melding, *, toegang: Toegang, nu: dt.datetime) -> None:
    samen = [code for code, ander in SIGNAALREGELS.items() if set(ander.werkprocessen) & set(regel.werkprocessen)]
    andere = Signaal.objects.alles(reden=_BEREIKT).openstaand().filter(jongere=signaal.jongere, soort__in=samen)
    andere.exclude(pk=signaal.pk).update(
        stand=Signaal.Stand.MELDING, melding=melding, gesloten_op=nu, gesloten_door=toegang.gebruiker_id or None
    )


@transaction.atomic
def stel_instroom_in(team: Team, *, soort: str, per_week: int | None, toegang: Toegang, nu: dt.datetime) -> None:
    """Sets how many signals of a kind the team lets in per week; None takes the limit away. What fits goes in now."""
    if soort not in SIGNAALREGELS:
        raise Geweigerd("Deze soort bestaat niet.", veld="soort")
    if team.regio_id != toegang.regio_id:
        raise Geweigerd("Dit team hoort bij een andere regio.", veld="team")
    if per_week is None:
        Instroom.objects.filter(team=team, soort=soort).delete()
    elif not 0 <= per_week <= HOOGSTE_PER_WEEK:
        raise Geweigerd(f"Kies een getal van 0 tot en met {HOOGSTE_PER_WEEK}.", veld="per_week")
    else:
        Instroom.objects.update_or_create(team=team, soort=soort, defaults={"per_week": per_week})
    laat_in(team.regio_id, op=timezone.localdate(nu))
    inhoud = {"team": team.naam, "soort": soort, "per_week": per_week}
    schrijf("signalen.instroom", toegang=toegang, nu=nu, onderwerp=team, inhoud=inhoud)
