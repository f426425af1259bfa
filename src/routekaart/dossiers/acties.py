"""Acts on a werkproces that need no other app: start, contact, doelgroep, skip, reopen, assign, close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.nummers import volgend_nummer
from routekaart.dossiers.collegas import collegas_voor
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Contactmoment, Gebeurtenis, Werkproces
from routekaart.dossiers.stand import als_feit, gebeurtenissen, route_van, routestand, uitkomstlijst
from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import codelijst
from routekaart.personen.models import Jongere
from routekaart.regels.route_acties import (
    Antwoord,
    mag_fase_opnieuw,
    mag_heropenen,
    mag_overslaan,
    vervallen_bij_overstap,
)
from routekaart.regels.schooljaar import Schooljaar
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Bereik, Gebruiker, Team
from routekaart.toegang.rechten import Recht
from routekaart.toegang.schrijven import schrijf

_BINNEN = "binnen een handeling"


def lopend(jongere: Jongere, soort: str) -> Werkproces | None:
    """The open werkproces of this soort, whoever has it: there is at most one."""
    return (
        Werkproces.objects.alles(reden="een open werkproces per soort")
        .open()
        .filter(jongere=jongere, soort=soort)
        .first()
    )


def open_werkproces(
    jongere: Jongere,
    *,
    soort: str,
    route: str,
    soort_werk: str,
    op: dt.date,
    toegang: Toegang,
    nu: dt.datetime,
    team: Team | None = None,
    behandelaar: Gebruiker | None = None,
    administratief: bool = False,
    vervolg_op: Werkproces | None = None,
    schooljaar: Schooljaar | None = None,
) -> Werkproces:
    """Makes an open werkproces without a number yet, on the newest version of the route. For use within an act, which
    ends with `geef_nummer`. `schooljaar`: another one than that of the day `op`. Raises Geweigerd where one of this
    soort is open already.
    """
    definitie = routes.laad(route, op=op)
    team = team or _team_voor(jongere, soort_werk)
    try:
        with transaction.atomic():
            werkproces = Werkproces.objects.create(
                regio_id=jongere.regio_id,
                gemeente_id=jongere.gemeente_id,
                soort_werk=soort_werk,
                jongere=jongere,
                soort=soort,
                schooljaar=str(schooljaar or Schooljaar.van(op)),
                route=definitie.code,
                route_versie=definitie.versie,
                behandelaar=behandelaar,
                team=team,
                gestart_op=op,
                administratief=administratief,
                vervolg_op=vervolg_op,
            )
    except IntegrityError:
        raise Geweigerd("Er loopt al een werkproces van deze soort voor deze jongere.") from None
    if team is not None and soort_werk != jongere.soort_werk:
        bereik = Bereik.objects.create(
            team=team, jongere_id=jongere.pk, grond=Bereik.Grond.WERKPROCES, doel=f"werkproces {soort}", van=op
        )
        schrijf("toegang.bereik", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=bereik)
    schrijf("werkproces.gestart", toegang=toegang, nu=nu, jongere_id=jongere.pk, onderwerp=werkproces)
    return werkproces


def geef_nummer(werkproces: Werkproces) -> None:
    """Gives the werkproces its number, as the last statement of an act. Idempotent."""
    if werkproces.nummer:
        return
    jaar = werkproces.gestart_op.year
    werkproces.nummer = werkprocesnummer(jaar, volgend_nummer("werkproces", jaar))
    werkproces.save(update_fields=["nummer"])


def werkprocesnummer(jaar: int, volgnummer: int) -> str:
    """The number of a werkproces as people quote it."""
    return f"{jaar}-{volgnummer:06d}"


def _team_voor(jongere: Jongere, soort_werk: str) -> Team | None:
    """The team that does this kind of work for the gemeente of the jongere (MEL-22)."""
    teams = Team.objects.filter(regio_id=jongere.regio_id, gemeenten=jongere.gemeente_id).order_by("pk")
    return next((team for team in teams if soort_werk in team.soorten_werk), None)


def leg_dossieronderzoek_vast(
    werkproces: Werkproces, *, bevinding: str, op: dt.date, toegang: Toegang, nu: dt.datetime
) -> None:
    """The dossier was read (step 2), with what was found in it."""
    with handeling(werkproces, "dossier.onderzocht", toegang=toegang, nu=nu) as h:
        h.eis_open()
        _eis_niet_later(op, h.vandaag)
        h.feit("dossier.gelezen", op=op, toelichting=bevinding)


def leg_contact_vast(
    werkproces: Werkproces,
    *,
    met: str,
    kanaal: str,
    moment: dt.datetime,
    resultaat: str,
    met_naam: str = "",
    verslag: str = "",
    brief_achtergelaten: bool = False,
    protocolstap: int | None = None,
    volgende: dt.datetime | None = None,
    volgend_kanaal: str = "",
    toegang: Toegang,
    nu: dt.datetime,
) -> Contactmoment:
    """Records one attempt or talk (CON-13); `contact` fulfils what the route asks, the rest counts as an attempt.

    `volgende` plans the next moment as a task. Refuses a moment in the future.
    """
    with handeling(werkproces, "contact.vastgelegd", toegang=toegang, nu=nu) as h:
        if moment > nu + dt.timedelta(minutes=5):
            raise Geweigerd("Dit moment ligt in de toekomst. Plan het als volgend moment.", veld="datum")
        if volgende is not None and volgende <= nu:
            raise Geweigerd("Het volgende moment ligt al achter je.", veld="volgende_datum")
        contact = Contactmoment.objects.create(
            werkproces=h.werkproces,
            met=met,
            met_naam=met_naam,
            kanaal=kanaal,
            moment=moment,
            resultaat=resultaat,
            brief_achtergelaten=brief_achtergelaten,
            verslag=verslag,
            protocolstap=protocolstap,
            door_id=h.door_id,
        )
        code = f"contact.{met}" if resultaat == "contact" else "contact.poging"
        h.feit(code, op=timezone.localdate(moment), herkomst=contact)
        h.rond_taken_af(soort="contact")
        if volgende is not None:
            lokaal = timezone.localtime(volgende)
            h.taak(
                f"contactmoment:{contact.pk}",
                soort="contact",
                wat=WAT_VOLGT.get(volgend_kanaal, "Zoek opnieuw contact"),
                waarom=_waarom_opnieuw(resultaat),
                due=lokaal.date(),
                tijd=lokaal.time().replace(tzinfo=None),
                actie="contact-vastleggen",
            )
        h.inhoud["contactmoment"] = str(contact.sleutel)
    return contact


# what a planned next moment is called in the werkvoorraad, by channel
WAT_VOLGT = {
    "brief": "Stuur een brief",
    "telefoon": "Bel opnieuw",
    "app": "App opnieuw",
    "e-mail": "Mail opnieuw",
    "kantoor": "Gesprek op kantoor",
    "school": "Gesprek op school",
    "huisbezoek": "Ga op huisbezoek",
    "huisbezoek-onaangekondigd": "Ga op huisbezoek",
    "ketenpartner": "Zoek contact via een partner",
}


def kanaal_van(wat: str) -> str:
    """The channel of a planned moment by what it is called; empty where that says nothing."""
    return next((kanaal for kanaal, tekst in WAT_VOLGT.items() if tekst == wat), "")


def _waarom_opnieuw(resultaat: str) -> str:
    if resultaat == "contact":
        return "Afgesproken in het vorige gesprek"
    return f"De vorige keer: {codelijst('contactresultaten').waarde(resultaat).label.lower()}"


def trek_contact_in(contact: Contactmoment, *, toegang: Toegang, nu: dt.datetime) -> None:
    """Takes a contactmoment back: it stays in the history, what it fulfilled is open again, and so is the task
    that it had rounded off; the task that it planned is off the list.
    """
    with handeling(contact.werkproces, "contact.ingetrokken", toegang=toegang, nu=nu) as h:
        rij = Contactmoment.objects.alles(reden=_BINNEN).filter(pk=contact.pk, ingetrokken_op__isnull=True)
        if not rij.update(ingetrokken_op=nu):
            raise Geweigerd("Dit contactmoment was al ingetrokken.")
        feit = h.feit_van(contact)
        h.trek_in(contact)
        gepland = h.rond_taken_af(f"contactmoment:{contact.pk}")
        if feit is not None and (gepland or not h.heeft_open_taak("contact")):
            h.heropen_taken("contact", gedaan_op=feit.vastgelegd_op)
        h.inhoud["contactmoment"] = str(contact.sleutel)


def stel_doelgroep_vast(
    werkproces: Werkproces,
    *,
    doelgroep: str,
    voorstel: str,
    uitleg: Mapping[str, Any],
    kenmerken: Collection[str] = (),
    motivatie: str = "",
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """Confirms the proposed doelgroep, or deviates with a motivation; proposal and deviation are both kept (DGR-01)."""
    with handeling(werkproces, "doelgroep.vastgesteld", toegang=toegang, nu=nu) as h:
        h.eis_open()
        zet_doelgroep(h.werkproces, doelgroep=doelgroep, voorstel=voorstel, uitleg=uitleg, kenmerken=kenmerken,
                      motivatie=motivatie, op=h.vandaag)  # fmt: skip
        h.feit("doelgroep.vastgesteld", toelichting=motivatie)
        h.inhoud.update(doelgroep=doelgroep, voorstel=voorstel)


def zet_doelgroep(
    werkproces: Werkproces,
    *,
    doelgroep: str,
    voorstel: str,
    uitleg: Mapping[str, Any],
    kenmerken: Collection[str] = (),
    motivatie: str = "",
    op: dt.date,
) -> None:
    """Writes the doelgroep on the (locked) werkproces; refuses a deviation without motivation. Within an act."""
    if doelgroep != voorstel and not motivatie.strip():
        raise Geweigerd(
            "Je kiest een andere doelgroep dan het voorstel. Schrijf op waarom.", veld="doelgroep_motivatie"
        )
    velden = {
        "doelgroep": doelgroep,
        "doelgroep_voorstel": voorstel,
        "doelgroep_motivatie": motivatie,
        "doelgroep_op": op,
        "doelgroep_uitleg": dict(uitleg),
        "kenmerken": list(kenmerken),
    }
    for naam, waarde in velden.items():
        setattr(werkproces, naam, waarde)
    werkproces.save(update_fields=[*velden, "updated"])


def zet_op_route(werkproces: Werkproces, *, route: str, op: dt.date, nu: dt.datetime | None = None) -> None:
    """Moves the (locked) werkproces to another route: the branch of step 3 (000 §1.3). Within an act.

    Facts stay, but an explanation about a step number that means another step there is withdrawn at `nu`.
    """
    if werkproces.route == route:
        return
    definitie = routes.laad(route, op=op)
    rijen = gebeurtenissen(werkproces)
    vervallen = set(vervallen_bij_overstap(route_van(werkproces), definitie, [als_feit(rij) for rij in rijen]))
    sleutels = [rij.pk for rij in rijen if als_feit(rij) in vervallen and rij.ingetrokken_op is None]
    if sleutels:
        Gebeurtenis.objects.alles(reden=_BINNEN).filter(pk__in=sleutels).update(ingetrokken_op=nu or timezone.now())
    werkproces.route, werkproces.route_versie = definitie.code, definitie.versie
    werkproces.save(update_fields=["route", "route_versie", "updated"])


def sla_stap_over(werkproces: Werkproces, *, stap: int, motivatie: str, toegang: Toegang, nu: dt.datetime) -> None:
    """Skips a step with an explanation that stays visible (RKT-03)."""
    with handeling(werkproces, "stap.overgeslagen", toegang=toegang, nu=nu, inhoud={"stap": stap}) as h:
        _eis(mag_overslaan(routestand(h.werkproces, op=h.vandaag), stap, toelichting=motivatie))
        h.feit("stap.overgeslagen", stap=stap, toelichting=motivatie)


def heropen_stap(werkproces: Werkproces, *, stap: int, motivatie: str, toegang: Toegang, nu: dt.datetime) -> None:
    """Opens a step again; what was done in it stays visible as an earlier round."""
    with handeling(werkproces, "stap.heropend", toegang=toegang, nu=nu, inhoud={"stap": stap}) as h:
        _eis(mag_heropenen(routestand(h.werkproces, op=h.vandaag), stap, toelichting=motivatie))
        h.feit("stap.heropend", stap=stap, toelichting=motivatie)
        if stap < (h.werkproces.stap or 99):
            h.werkproces.stap = stap


def doe_fase_opnieuw(werkproces: Werkproces, *, fase: int, motivatie: str, toegang: Toegang, nu: dt.datetime) -> None:
    """Goes through phase 2 or 3 once more when a traject got stuck; the earlier round is kept (RKT-13)."""
    with handeling(werkproces, "fase.opnieuw", toegang=toegang, nu=nu, inhoud={"fase": fase}) as h:
        h.eis_open()
        huidig = routestand(h.werkproces, op=h.vandaag)
        _eis(mag_fase_opnieuw(huidig, fase, toelichting=motivatie))
        eerste = huidig.route.stappen_van(fase)[0].nummer
        h.feit("fase.opnieuw", stap=eerste, toelichting=motivatie)
        h.werkproces.ronde += 1
        h.werkproces.save(update_fields=["ronde"])


def wijs_toe(werkproces: Werkproces, *, behandelaar: Gebruiker | None, toegang: Toegang, nu: dt.datetime) -> None:
    """Gives the werkproces, and its open tasks, to somebody else; None puts it back in the team (ROL-09).

    What a colleague has, only they themselves or a coördinator give away.
    """
    with handeling(werkproces, "werkproces.toegewezen", toegang=toegang, nu=nu) as h:
        h.eis_open()
        huidig = h.werkproces.behandelaar
        if huidig is not None and huidig.pk != toegang.gebruiker_id and not toegang.mag(Recht.TOEWIJZEN):
            raise Geweigerd(f"{huidig.naam} heeft dit werkproces. Vraag het {huidig.naam} of de coördinator.")
        if behandelaar is not None and not collegas_voor(h.werkproces, op=h.vandaag).filter(pk=behandelaar.pk).exists():
            raise Geweigerd("Deze collega werkt niet voor deze gemeente en dit soort werk.", veld="behandelaar")
        h.werkproces.behandelaar = behandelaar
        h.werkproces.save(update_fields=["behandelaar", "updated"])
        h.werkproces.taken.alles(reden=_BINNEN).open().update(eigenaar=behandelaar)
        h.feit("behandelaar.gewijzigd", toelichting=str(behandelaar or "team"))
        h.inhoud["behandelaar_id"] = behandelaar.pk if behandelaar else None


def zet_uitkomst(
    werkproces: Werkproces, *, uitkomst: str, op: dt.date, afsluiting: str, domeinen: Collection[str]
) -> None:
    """Closes the (locked) werkproces with an uitkomst of its own list (NAZ-02, NAZ-03). Within an act."""
    lijst = codelijst(uitkomstlijst(werkproces.soort))
    if uitkomst not in lijst:
        raise Geweigerd("Kies een uitkomst uit de lijst.", veld="uitkomst")
    if op < werkproces.gestart_op:
        begin = werkproces.gestart_op.strftime("%d-%m-%Y")
        raise Geweigerd(f"De datum ligt voor de start van het werkproces op {begin}.", veld="afgesloten_op")
    werkproces.uitkomst = uitkomst
    werkproces.afgesloten_op = op
    werkproces.afsluiting = afsluiting
    werkproces.resultaatdomeinen = list(domeinen)
    werkproces.save(update_fields=["uitkomst", "afgesloten_op", "afsluiting", "resultaatdomeinen", "updated"])


def heropen(werkproces: Werkproces, *, motivatie: str, toegang: Toegang, nu: dt.datetime) -> None:
    """Opens a closed werkproces again with its history intact (CON-16, NAZ-07)."""
    if not motivatie.strip():
        raise Geweigerd("Schrijf op waarom je dit weer opent.", veld="motivatie")
    with handeling(werkproces, "werkproces.heropend", toegang=toegang, nu=nu) as h:
        if h.werkproces.open:
            raise Geweigerd("Dit werkproces is al open.")
        if lopend(h.werkproces.jongere, h.werkproces.soort) is not None:
            raise Geweigerd("Er loopt al een ander werkproces van deze soort. Werk daarin verder.")
        h.werkproces.uitkomst = ""
        h.werkproces.afgesloten_op = None
        h.werkproces.nazorg_tot = None
        h.werkproces.save(update_fields=["uitkomst", "afgesloten_op", "nazorg_tot", "updated"])
        h.rond_taken_af(soort="nazorg")
        h.feit("werkproces.heropend", toelichting=motivatie)


def _eis(antwoord: Antwoord) -> None:
    if not antwoord.mag:
        raise Geweigerd(antwoord.reden, veld="motivatie")


def _eis_niet_later(op: dt.date, vandaag: dt.date) -> None:
    if op > vandaag:
        raise Geweigerd("Deze datum ligt in de toekomst.", veld="op")
