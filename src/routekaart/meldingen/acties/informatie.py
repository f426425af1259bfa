"""Asking the melder for what is missing, and filling it in (MEL-13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.versies import wijzig
from routekaart.meldingen.berichten import vraag_per_mail
from routekaart.meldingen.handeling import Meldinghandeling, meldinghandeling
from routekaart.meldingen.informatie import VELD_VAN_PUNT, eisen, open_vragen
from routekaart.meldingen.models import Informatievraag, Melding
from routekaart.regels.volledigheid import is_ingevuld
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang

# working days in which we expect an answer
ANTWOORD_WERKDAGEN = 5
_VRAGEN = "vragen bij een melding die al bereikt is"


def vraag_informatie(melding: Melding, *, punten: Collection[str], toegang: Toegang, nu: dt.datetime) -> None:
    """Asks the melder for these points: open questions, the melding waits, a task to look again, and an e-mail."""
    with meldinghandeling(melding, "melding.gevraagd", toegang=toegang, nu=nu) as m:
        m.eis_loopt()
        if m.melding.oordeel:
            raise Geweigerd("Over deze melding is al geoordeeld. Vragen hoeft niet meer.")
        gevraagd = set(open_vragen(m.melding).values_list("punt", flat=True))
        nieuw = [eis for eis in eisen() if eis.code in punten and eis.code not in gevraagd]
        if not nieuw:
            raise Geweigerd("Dit is al gevraagd. Je wacht nog op antwoord.")
        aan = m.melding.melder_naam or m.melding.melder_organisatie or "de melder"
        Informatievraag.objects.bulk_create(
            Informatievraag(melding=m.melding, punt=eis.code, aan=aan[:160], gevraagd_op=nu, gevraagd_door_id=m.door_id)
            for eis in nieuw
        )
        m.bewaar(stand=Melding.Stand.WACHT, opgepakt_op=m.melding.opgepakt_op or nu)
        m.feit("informatie.gevraagd", toelichting=", ".join(eis.kort for eis in nieuw))
        m.taak(
            "informatie",
            soort="informatie",
            wat=f"Kijk of {aan} antwoord gaf",
            waarom=f"Gevraagd: {', '.join(eis.kort.lower() for eis in nieuw)}",
            due=tel_op(m.vandaag, ANTWOORD_WERKDAGEN),
            actie="oordeel-geven",
        )
        if m.melding.melder_email:
            vraag_per_mail(m.melding, [eis.kort for eis in nieuw])


def vul_aan(
    melding: Melding,
    *,
    velden: Mapping[str, str],
    versie: int,
    begin: Mapping[str, str] | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Fills in fields of the minimum information; a question that is answered by it is closed.

    `versie` is the one the form was opened with: what a colleague changed meanwhile is not overwritten (Tussentijds).
    """
    vreemd = set(velden) - set(VELD_VAN_PUNT.values())
    if vreemd:
        raise ValueError(f"Geen velden van de minimale informatie: {sorted(vreemd)}")
    with meldinghandeling(melding, "melding.aangevuld", toegang=toegang, nu=nu) as m:
        m.eis_loopt()
        wijzig(m.melding, versie=versie, velden=velden, begin=begin)
        _sluit_vragen(m)


def beantwoord(melding: Melding, *, antwoorden: Mapping[str, str], toegang: Toegang, nu: dt.datetime) -> None:
    """The melder answers what was asked, by point. What a colleague wrote there meanwhile stays: the answer comes
    under it, so that nobody has to be shown what the other wrote.
    """
    with meldinghandeling(melding, "melding.aangevuld", toegang=toegang, nu=nu) as m:
        m.eis_loopt()
        gevraagd = set(open_vragen(m.melding).values_list("punt", flat=True))
        gegeven_nu = {punt: tekst.strip() for punt, tekst in antwoorden.items() if is_ingevuld(tekst)}
        if not gegeven_nu:
            raise Geweigerd("Vul minstens één antwoord in.")
        if not set(gegeven_nu) <= gevraagd:
            raise Geweigerd("Deze vraag is al beantwoord. Dank u wel.")
        velden = {}
        for punt, tekst in gegeven_nu.items():
            staat = getattr(m.melding, VELD_VAN_PUNT[punt])
            velden[VELD_VAN_PUNT[punt]] = f"{staat}\n{tekst}" if staat else tekst
        m.bewaar(**velden, versie=m.melding.versie + 1)
        _sluit_vragen(m)


def _sluit_vragen(m: Meldinghandeling) -> None:
    """Closes the questions whose point is filled in now; with none left the melding can be judged."""
    vragen = list(open_vragen(m.melding))
    beantwoord = [vraag.pk for vraag in vragen if is_ingevuld(getattr(m.melding, VELD_VAN_PUNT[vraag.punt]))]
    if not beantwoord:
        return
    Informatievraag.objects.alles(reden=_VRAGEN).filter(pk__in=beantwoord).update(beantwoord_op=m.nu)
    m.feit("informatie.ontvangen", op=timezone.localdate(m.nu))
    if len(beantwoord) == len(vragen):
        if not m.melding.oordeel:
            m.bewaar(stand=Melding.Stand.TE_BEOORDELEN)
        m.rond_taken_af("informatie")
