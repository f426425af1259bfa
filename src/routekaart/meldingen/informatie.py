"""The minimum information of a melding (CL-02): how it stands, asking the melder for what is missing, filling it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.versies import wijzig
from routekaart.inhoud.codelijsten import codelijst
from routekaart.meldingen.berichten import vraag_per_mail
from routekaart.meldingen.handeling import Meldinghandeling, meldinghandeling
from routekaart.meldingen.models import Informatievraag, Melding
from routekaart.meldingen.soorten import is_verzuim
from routekaart.regels.volledigheid import Punteis, Volledigheid, is_ingevuld, volledigheid
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import SoortWerk

# point of CL-02 -> field of the melding that holds it
VELD_VAN_PUNT: Mapping[str, str] = {
    "reden": "reden",
    "acties-partners": "partneracties",
    "reactie-jongere": "reactie_jongere",
    "contactgegevens": "betrokkenen",
    "hulptrajecten": "hulptrajecten",
    "verzuimoverzicht": "verzuimoverzicht",
    "verwachting-melder": "verwachte_inzet",
}
# working days in which we expect an answer
ANTWOORD_WERKDAGEN = 5
_VRAGEN = "vragen bij een melding die al bereikt is"


@cache
def eisen() -> tuple[Punteis, ...]:
    """The points of CL-02, as the code list has them."""
    return tuple(
        Punteis(
            code=waarde.code,
            kort=waarde["kort"],
            verplicht=waarde["verplicht"],
            als=waarde["als"] or "",
            niveau=waarde["niveau"] or "",
        )
        for waarde in codelijst("minimale-informatie").waarden
    )


def is_verzuim_18_plus(melding: Melding) -> bool:
    """Whether the verzuimoverzicht is needed: a report of absence of somebody of 18 or older (MEL-14)."""
    return is_verzuim(melding.soort) and melding.soort_werk == SoortWerk.DOORSTROOMPUNT


def gegeven(melding: Melding, *, verzuim: str) -> dict[str, str]:
    """The text per point. `verzuim` is the absence per day in words: that is an overview too. Contact data of the
    melder count as contact data.
    """
    teksten: dict[str, str] = {punt: getattr(melding, veld) for punt, veld in VELD_VAN_PUNT.items()}
    if not is_ingevuld(teksten["verzuimoverzicht"]):
        teksten["verzuimoverzicht"] = verzuim
    if not is_ingevuld(teksten["contactgegevens"]):
        bereikbaar = (melding.melder_telefoon, melding.melder_email)
        delen = (melding.melder_naam, melding.melder_functie, *bereikbaar) if any(bereikbaar) else ()
        teksten["contactgegevens"] = ", ".join(deel for deel in delen if deel)
    return teksten


def volledigheid_van(melding: Melding, *, verzuim: str, op: dt.date) -> Volledigheid:
    """How the minimum information of this melding stands. No query: `verzuim` comes from `selecties`."""
    return volledigheid(
        eisen(),
        gegeven(melding, verzuim=verzuim),
        verzuim_18_plus=is_verzuim_18_plus(melding),
        niveau=melding.niveau,
        op=op,
    )


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


def open_vragen(melding: Melding) -> QuerySet[Informatievraag]:
    """The points that were asked and not answered yet."""
    rijen = Informatievraag.objects.alles(reden=_VRAGEN)
    return rijen.filter(melding=melding, beantwoord_op__isnull=True).order_by("gevraagd_op", "pk")


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
