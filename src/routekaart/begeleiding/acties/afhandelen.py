"""A melding that one talk with the school settles: talk, oordeel, uitkomst, feedback and aftercare in one act.

In the report 116 of 401 reports of 18+ ended so. Everything or nothing: what a colleague decided meanwhile is told,
and nothing of ours is stored.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.fouten import Geweigerd
from routekaart.basis.parameters import parameters
from routekaart.begeleiding.acties.eisen import eis_tekst
from routekaart.begeleiding.acties.nazorg import nazorgdagen, start_nazorg
from routekaart.dossiers.acties import leg_contact_vast, sla_stap_over
from routekaart.dossiers.handeling import handeling
from routekaart.dossiers.models import Werkproces
from routekaart.dossiers.stand import route_van, routestand
from routekaart.inhoud.codelijsten import Uitkomst, uitkomsten
from routekaart.meldingen.acties import Afsluiting, koppel_terug_zonder_actie, verklaar_onterecht
from routekaart.meldingen.handeling import op_slot
from routekaart.meldingen.informatie import volledigheid_van
from routekaart.meldingen.models import Melding
from routekaart.meldingen.soorten import ONTERECHT, soort_van, uitkomsten_zonder_actie
from routekaart.meldingen.verzuim import verzuim_in_woorden
from routekaart.regels.doelgroep import Besluit, Reden
from routekaart.regels.route_acties import mag_overslaan
from routekaart.samenwerking.acties import bereid_voor, koppel_melding_terug, koppel_terug
from routekaart.samenwerking.models import Terugkoppeling
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.schrijven import schrijf

NA_GESPREK = "Afgehandeld na het gesprek met de melder. Meer informatie was niet nodig."
EIGEN_ONDERZOEK = "De melding kwam uit eigen onderzoek. Er is niemand aan wie je terugkoppelt."
GEEN_ACTIE = ("geen-actie-na-school",)
# why somebody is no doelgroep -> the uitkomsten that say so, the plainest first
BIJ_REDEN: dict[Reden, tuple[str, ...]] = {
    Reden.OVERLEDEN: ("overleden", "leeftijd-verhuisd-overleden", "verhuisd"),
    Reden.VERTROKKEN: ("uitschrijving-brp", "leeftijd-verhuisd-overleden", "verhuisd"),
    Reden.BOVENGRENS: ("leeftijd-verhuisd-overleden", "geen-doelgroep"),
    Reden.STARTKWALIFICATIE: ("startkwalificatie",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesprek:
    """The talk: with which party (school, ketenpartner, jongere, verzorger), whom, when, and what was said."""

    met: str
    met_naam: str = ""
    moment: dt.datetime
    verslag: str
    kanaal: str = "telefoon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bericht:
    """The feedback. Without a text a school reads the sentence that belongs to the uitkomst."""

    kanaal: str
    ontvanger: str = ""
    tekst: str = ""
    adres: str = ""
    gecontroleerd: bool = False


@dataclass(frozen=True, slots=True)
class Afgehandeld:
    """What came of it. `werkproces_loopt`: another melding keeps the werkproces open."""

    terugkoppeling: Terugkoppeling | None
    nazorg_op: dt.date | None
    werkproces_loopt: bool


def uitkomsten_na_gesprek(melding: Melding, *, op: dt.date) -> list[Uitkomst]:
    """The uitkomsten that a talk can settle: those that end the route early, but for the ones that ask for a search
    first, and onterecht."""
    na_gesprek = [keuze for keuze in uitkomsten_zonder_actie(melding, op=op) if not keuze.afweging]
    return na_gesprek + [keuze for keuze in uitkomsten(soort_van(melding), op=op) if keuze.code in ONTERECHT]


def voorgestelde_uitkomst(keuzes: list[Uitkomst], besluit: Besluit | None) -> str:
    """What the facts say (moved away, startkwalificatie), or that no action is needed; empty where nothing fits."""
    eigen = BIJ_REDEN.get(besluit.reden, ()) if besluit is not None and besluit.reden is not None else ()
    codes = {keuze.code for keuze in keuzes}
    return next((code for code in (*eigen, *GEEN_ACTIE) if code in codes), "")


def voorgestelde_nazorg(regio_id: int, *, op: dt.date) -> dt.date | None:
    """The first day on which the region has a moment of aftercare; None where it has none."""
    dagen = nazorgdagen(op, parameters(regio_id, op=op)["nazorg_maanden"], vandaag=op)
    return dagen[0] if dagen else None


def handel_melding_af(
    melding: Melding,
    *,
    gesprek: Gesprek,
    uitkomst: str,
    terugkoppeling: Bericht | None,
    duo_afsluitreden: int | None = None,
    duo_opmerking: int | None = None,
    nazorg_op: dt.date | None = None,
    toegang: Toegang,
    nu: dt.datetime,
) -> Afgehandeld:
    """Handles the melding in one transaction: the talk, the oordeel with the proposed doelgroep, the uitkomst with
    what DUO hears, the feedback, and the day of aftercare where the uitkomst has one.

    Without a `terugkoppeling` only what came from our own research: then there is nobody to tell.
    Raises Geweigerd where a colleague judged the melding first, with what was decided; then nothing was stored.
    """
    with transaction.atomic():
        vast = op_slot(melding)
        keuze = _eis_uitkomst(vast, uitkomst, op=timezone.localdate(nu))
        verslag = eis_tekst(gesprek.verslag, "Schrijf kort op wat je in het gesprek hoorde.", veld="verslag")
        werkproces = vast.werkproces
        was_open = werkproces is not None and werkproces.open
        if werkproces is not None and was_open:
            _leg_gesprek_vast(werkproces, gesprek, verslag, toegang=toegang, nu=nu)
        _oordeel(vast, keuze, gesprek, verslag, duo_afsluitreden, duo_opmerking, toegang=toegang, nu=nu)
        werkproces, dag = vast.werkproces, None
        if werkproces is not None and was_open:
            dag = _begin_nazorg(werkproces, keuze, nazorg_op, toegang=toegang, nu=nu)
        terug = _koppel_terug(vast, werkproces, terugkoppeling, toegang=toegang, nu=nu)
        kanaal = terugkoppeling.kanaal if terugkoppeling is not None else ""
        schrijf("melding.afgehandeld", toegang=toegang, nu=nu, jongere_id=vast.jongere_id, onderwerp=vast,
                inhoud={"uitkomst": uitkomst, "kanaal": kanaal})  # fmt: skip
    melding.refresh_from_db()
    return Afgehandeld(terug, dag, werkproces is not None and werkproces.open)


def _eis_uitkomst(melding: Melding, code: str, *, op: dt.date) -> Uitkomst:
    for keuze in uitkomsten_na_gesprek(melding, op=op):
        if keuze.code == code:
            return keuze
    raise Geweigerd("Kies een uitkomst uit de lijst.", veld="uitkomst")


def _oordeel(
    melding: Melding,
    keuze: Uitkomst,
    gesprek: Gesprek,
    verslag: str,
    reden: int | None,
    opmerking: int | None,
    *,
    toegang: Toegang,
    nu: dt.datetime,
) -> None:
    """The oordeel with its uitkomst. The talk is the motivation; without a werkproces it is the only place for it."""
    if gesprek.moment > nu + dt.timedelta(minutes=5):
        raise Geweigerd("Dit moment ligt in de toekomst.", veld="datum")
    motivatie = verslag
    if melding.werkproces is None:
        wie = gesprek.met_naam.strip() or "de melder"
        motivatie = f"Gesprek met {wie} op {taal.datum_voluit(gesprek.moment)}, {taal.tijd(gesprek.moment)}. {verslag}"
    if keuze.code in ONTERECHT:
        verklaar_onterecht(
            melding, motivatie=motivatie, duo_afsluitreden=reden, duo_opmerking=opmerking, toegang=toegang, nu=nu
        )
        return
    verzuim = verzuim_in_woorden([melding]).get(melding.pk, "")
    compleet = volledigheid_van(melding, verzuim=verzuim, op=timezone.localdate(nu)).compleet
    koppel_terug_zonder_actie(
        melding,
        motivatie=motivatie,
        afsluiting=Afsluiting(uitkomst=keuze.code, duo_afsluitreden=reden, duo_opmerking=opmerking),
        onvolledig_omdat="" if compleet else NA_GESPREK,
        toegang=toegang,
        nu=nu,
    )


def _leg_gesprek_vast(
    werkproces: Werkproces, gesprek: Gesprek, verslag: str, *, toegang: Toegang, nu: dt.datetime
) -> None:
    leg_contact_vast(
        werkproces,
        met=gesprek.met,
        met_naam=gesprek.met_naam.strip(),
        kanaal=gesprek.kanaal,
        moment=gesprek.moment,
        resultaat="contact",
        verslag=verslag,
        toegang=toegang,
        nu=nu,
    )


def _begin_nazorg(
    werkproces: Werkproces, keuze: Uitkomst, op: dt.date | None, *, toegang: Toegang, nu: dt.datetime
) -> dt.date | None:
    """The moments of aftercare, where the werkproces was closed by this and the uitkomst has aftercare (NAZ-04)."""
    if werkproces.open or not keuze.nazorg or werkproces.afgesloten_op is None:
        return None
    with handeling(werkproces, "werkproces.afgesloten", toegang=toegang, nu=nu, inhoud={"uitkomst": keuze.code}) as h:
        momenten = start_nazorg(h, vanaf=werkproces.afgesloten_op, op=op)
    return momenten[0].gepland_op if momenten else None


def _koppel_terug(
    melding: Melding, werkproces: Werkproces | None, bericht: Bericht | None, *, toegang: Toegang, nu: dt.datetime
) -> Terugkoppeling | None:
    if bericht is None:
        _niemand_om_te_vertellen(melding, werkproces, toegang=toegang, nu=nu)
        return None
    klaar = bereid_voor(werkproces, melding)
    ontvanger = bericht.ontvanger.strip() or klaar.ontvanger
    tekst = bericht.tekst.strip() or klaar.tekst
    if werkproces is None:
        return koppel_melding_terug(
            melding, ontvanger=ontvanger, soort=klaar.soort_ontvanger, kanaal=bericht.kanaal, tekst=tekst,
            gecontroleerd=bericht.gecontroleerd, toegang=toegang, nu=nu,
        )  # fmt: skip
    return koppel_terug(
        werkproces, melding=melding, ontvanger=ontvanger, soort=klaar.soort_ontvanger, kanaal=bericht.kanaal,
        tekst=tekst, adres=bericht.adres, gecontroleerd=bericht.gecontroleerd, toegang=toegang, nu=nu,
    )  # fmt: skip


def _niemand_om_te_vertellen(
    melding: Melding, werkproces: Werkproces | None, *, toegang: Toegang, nu: dt.datetime
) -> None:
    """Leaves the feedback out with its explanation, where nobody reported it to us."""
    if not uit_eigen_onderzoek(melding):
        raise Geweigerd("Kies hoe je terugkoppelt.", veld="kanaal")
    if werkproces is None or werkproces.open:
        return
    stap = route_van(werkproces).stap_met_code("terugkoppelen")
    if stap is not None and mag_overslaan(routestand(werkproces, op=timezone.localdate(nu)), stap.nummer):
        sla_stap_over(werkproces, stap=stap.nummer, motivatie=EIGEN_ONDERZOEK, toegang=toegang, nu=nu)


def uit_eigen_onderzoek(melding: Melding) -> bool:
    """Whether we found it ourselves: then there is nobody who waits for an answer."""
    return melding.melder_soort == "onderzoek"
