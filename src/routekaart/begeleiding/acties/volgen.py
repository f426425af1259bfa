"""Keeping somebody in view: looked at again, on the short routes jikp-volgen and volgen (JKP-02, JKP-04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from routekaart.basis.fouten import Geweigerd
from routekaart.basis.parameters import parameters
from routekaart.basis.taal import datum_voluit
from routekaart.begeleiding.acties.eisen import eis_code, eis_niet_eerder, eis_niet_later, eis_tekst
from routekaart.begeleiding.models import Kijkmoment
from routekaart.dossiers.acties import zet_op_route
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import route_van, routestand
from routekaart.regels.route import plus_maanden
from routekaart.regels.werkdagen import tel_op
from routekaart.toegang.bereik import Toegang

JIKP_ROUTE = "jikp-volgen"
VOLG_ROUTE = "volgen"
EXTRA_AANDACHT = "extra-aandacht"
BINNEN_WERKDAGEN = 5
# who is kept in view is looked at again within a year (000 §3.2; doelgroepregel)
BINNEN_MAANDEN = 12


def bekijk_jikp(
    werkproces: Werkproces,
    *,
    extra_aandacht: bool,
    toelichting: str,
    bestemming: str = "onbekend",
    schoolhulp: str = "",
    uitstroomgesprek: bool = False,
    deelnemers: str = "",
    op: dt.date | None = None,
    volgende_op: dt.date | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Kijkmoment:
    """Says whether this jongere needs extra attention now, why, and where they are. `op`: the day, default today.

    `schoolhulp`: whether what school does helps; school leads, and after a time without effect it comes back to us
    (JKP-05). `deelnemers`: who were there, which an uitstroomgesprek must say (JKP-06).

    With yes the werkproces moves to the route of the Doorstroompunt, at the intake; with no it is looked at again
    on `volgende_op`, or when the route says so.
    """
    with handeling(werkproces, "jikp.bekeken", toegang=toegang, nu=nu, inhoud={"extra_aandacht": extra_aandacht}) as h:
        _eis_op_route(h, JIKP_ROUTE)
        if extra_aandacht and not h.werkproces.doelgroep:
            raise Geweigerd("Stel eerst de doelgroep vast. Daarna kan deze jongere naar de route van de intake.")
        eis_code("bestemmingen", bestemming, veld="bestemming", zin="Kies waar de jongere nu is.")
        if schoolhulp and schoolhulp not in Kijkmoment.Schoolhulp.values:
            raise Geweigerd("Kies of het helpt wat school doet.", veld="schoolhulp")
        if uitstroomgesprek:
            eis_tekst(deelnemers, "Schrijf op wie er bij het uitstroomgesprek waren.", veld="deelnemers")
        moment = _leg_vast(
            h,
            op=op,
            tekst=eis_tekst(toelichting, "Schrijf op waarom wel of niet.", veld="toelichting"),
            volgende_op=None if extra_aandacht else volgende_op,
            extra_aandacht=extra_aandacht,
            bestemming=bestemming,
            schoolhulp=schoolhulp,
            uitstroomgesprek=uitstroomgesprek,
            deelnemers=deelnemers.strip(),
        )
        oordeel = "Extra aandacht nodig" if extra_aandacht else "Geen extra aandacht nodig"
        h.feit("jikp.bekeken", op=moment.op, herkomst=moment, toelichting=f"{oordeel}. {moment.tekst}")
        if extra_aandacht:
            _naar_intake(h)
        else:
            _plan(h, moment, actie="jikp-bekijken", wat="Bekijk of extra aandacht nodig is")
            _kom_erbij(h, moment)
    return moment


def bekijk_situatie(
    werkproces: Werkproces,
    *,
    werkt: bool,
    toelichting: str,
    op: dt.date | None = None,
    volgende_op: dt.date | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Kijkmoment:
    """Says whether the jongere still works. When the work is gone the doelgroep is to be judged again, soon."""
    with handeling(werkproces, "situatie.bekeken", toegang=toegang, nu=nu, inhoud={"werkt": werkt}) as h:
        _eis_op_route(h, VOLG_ROUTE)
        moment = _leg_vast(
            h,
            op=op,
            tekst=eis_tekst(toelichting, "Schrijf op wat je hoorde en van wie.", veld="toelichting"),
            volgende_op=volgende_op if werkt else None,
            werkt=werkt,
            bestemming="werk" if werkt else "onbekend",
        )
        oordeel = "Werkt nog" if werkt else "Werkt niet meer"
        h.feit("situatie.bekeken", op=moment.op, herkomst=moment, toelichting=f"{oordeel}. {moment.tekst}")
        if werkt:
            _plan(h, moment, actie="situatie-bekijken", wat="Bekijk de situatie opnieuw")
            return moment
        h.taak(
            "doelgroep-opnieuw",
            soort="doelgroep",
            wat="Stel de doelgroep opnieuw vast",
            waarom="Het werk is gestopt",
            due=tel_op(h.vandaag, BINNEN_WERKDAGEN),
            actie="doelgroep",
        )
    return moment


def _eis_op_route(h: Handeling, route: str) -> None:
    h.eis_open()
    if h.werkproces.route != route:
        raise Geweigerd("Dit werkproces loopt op een andere route. Kijk op de route wat de volgende stap is.")


def _leg_vast(
    h: Handeling,
    *,
    op: dt.date | None,
    tekst: str,
    volgende_op: dt.date | None,
    bestemming: str,
    **oordeel: Any,
) -> Kijkmoment:
    dag = op or h.vandaag
    eis_niet_later(dag, vandaag=h.vandaag)
    if volgende_op is not None:
        eis_niet_eerder(volgende_op, vandaag=h.vandaag, veld="volgende_op", zin="Dit moment is al geweest.")
        if volgende_op > plus_maanden(dag, BINNEN_MAANDEN):
            raise Geweigerd("Kijk binnen een jaar opnieuw. Kies een eerdere dag.", veld="volgende_op")
    h.rond_taken_af(soort="in-beeld")
    return Kijkmoment.objects.create(
        werkproces=h.werkproces,
        ronde=h.werkproces.ronde,
        door_id=h.door_id,
        op=dag,
        bestemming=bestemming,
        tekst=tekst,
        volgende_op=volgende_op,
        **oordeel,
    )


def _kom_erbij(h: Handeling, moment: Kijkmoment) -> None:
    """School leads; where that helps nothing for a time, the coach comes in (JKP-05; 000 §3.2)."""
    if moment.schoolhulp != Kijkmoment.Schoolhulp.NEE:
        return
    maanden = parameters(h.werkproces.regio_id, op=h.vandaag)["jikp_school_maanden"]
    sinds = zonder_effect_sinds(kijkmomenten(h.werkproces))
    dan = plus_maanden(sinds or moment.op, maanden)
    h.taak(
        "jikp-erbij",
        soort="in-beeld",
        wat="Kom erbij: wat school doet, helpt niet" if dan <= h.vandaag else "Kijk of wat school doet nu helpt",
        waarom=f"Het helpt niet sinds {datum_voluit(sinds or moment.op)}",
        due=max(dan, tel_op(h.vandaag, BINNEN_WERKDAGEN)),
        actie="jikp-bekijken",
    )


def kijkmomenten(werkproces: Werkproces) -> list[Kijkmoment]:
    """Every look at this (locked) werkproces, the newest first. Within an act."""
    rijen = Kijkmoment.objects.alles(reden="binnen een handeling").filter(werkproces=werkproces)
    return list(rijen.order_by("-op", "-pk"))


def zonder_effect_sinds(momenten: Sequence[Kijkmoment]) -> dt.date | None:
    """Since when what school does is said not to help, without a better answer since; None where it is not. Newest
    first.
    """
    sinds = None
    for moment in momenten:
        if moment.schoolhulp != Kijkmoment.Schoolhulp.NEE:
            break
        sinds = moment.op
    return sinds


def _naar_intake(h: Handeling) -> None:
    """Extra attention is a mark of the doelgroep; its branch leads to the route of the Doorstroompunt (JKP-02)."""
    proces = h.werkproces
    proces.kenmerken = [*dict.fromkeys([*proces.kenmerken, EXTRA_AANDACHT])]
    proces.save(update_fields=["kenmerken", "updated"])
    tak = route_van(proces).vertakking(
        proces.doelgroep, reden=proces.doelgroep_uitleg.get("reden"), kenmerken=proces.kenmerken
    )
    if tak is not None:
        zet_op_route(proces, route=tak.route, op=h.vandaag, nu=h.nu)


def _plan(h: Handeling, moment: Kijkmoment, *, actie: str, wat: str) -> None:
    """A task for the next look, where that comes before the term of the step: that has a task of its own."""
    if moment.volgende_op is None:
        return
    termijn = routestand(h.werkproces, op=h.vandaag).termijn
    if termijn is not None and moment.volgende_op >= termijn.op:
        return
    h.taak(
        "in-beeld",
        soort="in-beeld",
        wat=wat,
        waarom="Afgesproken bij de vorige keer",
        due=moment.volgende_op,
        actie=actie,
    )
