"""The werkproces that goes on where another ended: `Werkproces VSV` and `Overdracht nieuwe schooljaar`. DGR-14, MON-08.

The uitkomst itself says so (`vervolg` in its code list). Both stay: the old one with its uitkomst, the new one with a
link to it.
"""

from __future__ import annotations

import datetime as dt

from routekaart.dossiers.acties import lopend, open_werkproces, zet_doelgroep
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Gebeurtenis, Werkproces
from routekaart.dossiers.stand import gebeurtenissen, routestand
from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import Uitkomst, codelijst
from routekaart.meldingen.doelgroep import als_gegevens, bepaal
from routekaart.regels.doelgroep import Doelgroep
from routekaart.regels.route import Status
from routekaart.regels.schooljaar import Schooljaar
from routekaart.toegang.bereik import Toegang

# who is in a werkproces VSV; who is to be there while the registers still say otherwise dropped out this schooljaar
VSV_GROEPEN = frozenset({Doelgroep.DREIGEND_VSV, Doelgroep.NIEUWE_VSV, Doelgroep.OUD_VSV})
# what was found out before the oordeel does not have to be found out again
OVER_TE_NEMEN = frozenset(
    {"dossier.gelezen", "contact.jongere", "contact.verzorger", "contact.school", "contact.ketenpartner"}
)
ANALYSE = 2


def begint_vervolg(uitkomst: Uitkomst) -> str:
    """What the uitkomst sets in motion, in words; empty where nothing follows."""
    if not uitkomst.vervolg:
        return ""
    soort = codelijst("soorten-werkproces").waarde(uitkomst.vervolg).label
    waar = "voor het nieuwe schooljaar" if uitkomst.vervolg == uitkomst.soort else ""
    return " ".join(filter(None, (f"Er begint een werkproces {soort}", waar, "dat hierop verdergaat.")))


def open_vervolg(afgesloten: Werkproces, uitkomst: Uitkomst, *, toegang: Toegang, nu: dt.datetime) -> Werkproces | None:
    """Opens what follows on a werkproces that was just closed with this uitkomst; None where nothing follows, or where
    one of that soort runs already. Within an act, which ends with the number of what was opened (`geef_nummer`).
    """
    op = afgesloten.afgesloten_op
    if not uitkomst.vervolg or op is None:
        return None
    jongere, soort = afgesloten.jongere, uitkomst.vervolg
    zelfde = soort == afgesloten.soort
    route = afgesloten.route if zelfde else codelijst("soorten-werkproces").waarde(soort)["route"]
    if route not in routes.codes() or lopend(jongere, soort) is not None:
        return None
    vervolg = open_werkproces(
        jongere, soort=soort, route=route, soort_werk=afgesloten.soort_werk, op=op, toegang=toegang, nu=nu,
        team=afgesloten.team, behandelaar=afgesloten.behandelaar, vervolg_op=afgesloten,
        schooljaar=_schooljaar(afgesloten, op) if zelfde else None,
    )  # fmt: skip
    waaruit = f"Vervolg op werkproces {afgesloten.nummer}"
    inhoud = {"vervolg_op": str(afgesloten.sleutel)}
    with handeling(vervolg, "werkproces.vervolg", toegang=toegang, nu=nu, inhoud=inhoud) as h:
        h.feit("melding.ontvangen", op=op, herkomst=afgesloten, toelichting=f"{waaruit}: {uitkomst.label}")
        _neem_over(h, afgesloten, waaruit)
        _stel_doelgroep_vast(h, afgesloten, uitkomst, zelfde=zelfde, op=op)
        h.feit("oordeel.gegeven", op=op, herkomst=afgesloten, toelichting=f"{waaruit}: er is actie nodig")
        if zelfde:
            _analyse_is_gedaan(h, afgesloten, op)
    return vervolg


def _schooljaar(afgesloten: Werkproces, op: dt.date) -> Schooljaar:
    """The schooljaar after that of the old werkproces, also where it is closed in summer before that begins."""
    return max(Schooljaar.van(op), Schooljaar.lees(afgesloten.schooljaar).volgende)


def _neem_over(h: Handeling, afgesloten: Werkproces, waaruit: str) -> None:
    """The last of each kind of contact before the oordeel, on the day on which it was."""
    laatste: dict[str, Gebeurtenis] = {
        rij.code: rij
        for rij in sorted(gebeurtenissen(afgesloten), key=lambda rij: (rij.op, rij.pk))
        if rij.code in OVER_TE_NEMEN and rij.ingetrokken_op is None
    }
    for rij in laatste.values():
        h.feit(rij.code, op=rij.op, herkomst=afgesloten, toelichting=waaruit)


def _stel_doelgroep_vast(
    h: Handeling, afgesloten: Werkproces, uitkomst: Uitkomst, *, zelfde: bool, op: dt.date
) -> None:
    """The doelgroep of the old werkproces where it simply goes on, else what the rule says on the day of closing. Where
    that is no vsv'er (the registers run behind) the uitkomst is the motivation; proposal and deviation are kept.
    """
    besluit = bepaal(h.werkproces.jongere, op=op, toegang=h.toegang)
    gekozen = besluit.doelgroep.value
    if zelfde:
        gekozen = afgesloten.doelgroep or gekozen
    elif besluit.doelgroep not in VSV_GROEPEN:
        gekozen = Doelgroep.DREIGEND_VSV.value
    motivatie = f"Werkproces {afgesloten.nummer} is afgesloten met ‘{uitkomst.label}’."
    zet_doelgroep(
        h.werkproces,
        doelgroep=gekozen,
        voorstel=besluit.doelgroep.value,
        uitleg=als_gegevens(besluit),
        kenmerken=[kenmerk.value for kenmerk in besluit.kenmerken],
        motivatie=motivatie if gekozen != besluit.doelgroep else "",
        op=op,
    )
    h.feit("doelgroep.vastgesteld", op=op, herkomst=afgesloten, toelichting=motivatie)


def _analyse_is_gedaan(h: Handeling, afgesloten: Werkproces, op: dt.date) -> None:
    """The steps of the analysis that were done need no repeating: left out with that as the explanation, and open to do
    again. The plan of a new schooljaar is made anew.
    """
    for stap in routestand(afgesloten, op=h.vandaag).stappen:
        if stap.stap.fase == ANALYSE and stap.status is Status.VERVULD:
            tekst = f"Gedaan in werkproces {afgesloten.nummer}. Wat je daar vastlegde, blijft daar te lezen."
            h.feit("stap.overgeslagen", op=op, stap=stap.nummer, toelichting=tekst)
