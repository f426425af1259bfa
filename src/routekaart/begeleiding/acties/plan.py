"""The plan van aanpak (step 8): made together, revised without losing the old one, and who holds the casusregie."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from routekaart.basis.fouten import Geweigerd, Tussentijds, Wijziging
from routekaart.begeleiding.acties.eisen import BINNEN, eis_code, eis_codes, eis_niet_eerder, eis_niet_later, eis_tekst
from routekaart.begeleiding.eerder import eis_reden
from routekaart.begeleiding.models import Afspraak, Doel, Plan, Regie
from routekaart.dossiers.handeling import Handeling, handeling
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import codelijst
from routekaart.toegang.bereik import Toegang


@dataclass(frozen=True, slots=True)
class NieuwDoel:
    """A goal. `uit` is the goal of the earlier plan that goes on in this one."""

    tekst: str
    leefdomein: str = ""
    gereed_voor: dt.date | None = None
    uit: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class NieuweAfspraak:
    """Who does what before when; `van_ons` puts it on our own list. `doel` is the place of its goal, from 0."""

    wat: str
    wie: str
    voor: dt.date | None
    van_ons: bool = False
    doel: int | None = None


@dataclass(frozen=True, slots=True)
class Regiekeuze:
    """Who holds the casusregie. It is asked to the jongere; where it was not, `keuze` says why (RGI-02)."""

    houder: str
    organisatie: str = ""
    gevraagd: bool = False
    keuze: str = ""
    reden: str = ""


def geldig_plan(werkproces: Werkproces) -> Plan | None:
    """The plan that holds now; at most one. The caller reached the werkproces."""
    gevonden: Plan | None = Plan.objects.alles(reden=BINNEN).filter(werkproces=werkproces, vervangen_op=None).first()
    return gevonden


def open_regie(werkproces: Werkproces) -> Regie | None:
    """Who holds the casusregie now; at most one. The caller reached the werkproces."""
    gevonden: Regie | None = Regie.objects.alles(reden=BINNEN).filter(werkproces=werkproces, tot=None).first()
    return gevonden


def maak_plan(
    werkproces: Werkproces,
    *,
    op: dt.date,
    deelnemers: str,
    akkoord: bool,
    zonder_akkoord: str = "",
    domeinen: Collection[str],
    onderdelen: Mapping[str, str],
    doelen: Sequence[NieuwDoel],
    afspraken: Sequence[NieuweAfspraak],
    regie: Regiekeuze | None = None,
    herhaling_omdat: str = "",
    versie: int = 0,
    toegang: Toegang,
    nu: dt.datetime,
) -> Plan:
    """Makes the plan, or a new version of it; the old one is kept with its goals (PVA-12).

    `onderdelen`: code of CL-13 → what was agreed. Without the agreement of the jongere there must be a reason.
    `versie` is that of the plan being revised, 0 where there was none. `regie` is settled along with it.
    `herhaling_omdat`: why something that was tried before is done again; asked where the words say so (PVA-11).
    """
    oud = geldig_plan(werkproces)
    code = "plan.vastgesteld" if oud is None else "plan.herzien"
    with handeling(werkproces, code, toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_niet_later(op, vandaag=h.vandaag)
        deelnemers = eis_tekst(deelnemers, "Schrijf op met wie je het plan maakte.", veld="deelnemers")
        gekozen = eis_codes(
            "vervolgdomeinen", domeinen, veld="domeinen", zin="Kies waar het plan over gaat: onderwijs, arbeid of hulp."
        )
        if not akkoord and not zonder_akkoord.strip():
            zin = "Is de jongere het ermee eens? Zo niet, leg dan uit waarom je het plan toch vastlegt."
            raise Geweigerd(zin, veld="zonder_akkoord")
        delen = {naam: tekst.strip() for naam, tekst in onderdelen.items() if tekst.strip()}
        if vreemd := set(delen) - codelijst("onderdelen-plan").codes:
            raise ValueError(f"Dit zijn geen onderdelen van het plan: {sorted(vreemd)}")
        _eis_doelen(doelen)
        _eis_afspraken(h, afspraken, aantal_doelen=len(doelen))
        teksten = [*(doel.tekst for doel in doelen), *(afspraak.wat for afspraak in afspraken)]
        opnieuw = eis_reden(teksten, herhaling_omdat, h.werkproces, op=h.vandaag, toegang=toegang)
        vorige = _vervang(h, versie=versie)
        nummer = vorige.nummer + 1 if vorige else 1
        plan = Plan.objects.create(
            werkproces=h.werkproces,
            versie=vorige.versie + 1 if vorige else 1,
            ronde=h.werkproces.ronde,
            door_id=h.door_id,
            nummer=nummer,
            op=op,
            deelnemers=deelnemers,
            akkoord=akkoord,
            domeinen=gekozen,
            onderdelen=delen,
        )
        nieuw = [_maak_doel(plan, doel) for doel in doelen]
        for afspraak in afspraken:
            _maak_afspraak(h, plan, afspraak, nieuw)
        uitleg = "" if akkoord else f"Zonder instemming van de jongere: {zonder_akkoord.strip()}"
        uitleg = ". ".join(filter(None, (uitleg, opnieuw)))
        h.feit("plan.vastgesteld" if nummer == 1 else "plan.herzien", op=op, herkomst=plan, toelichting=uitleg)
        if regie is not None:
            _beleg(h, regie, van=op)
        h.inhoud.update(plan=str(plan.sleutel), nummer=nummer)
    return plan


def _eis_doelen(doelen: Sequence[NieuwDoel]) -> None:
    if not [doel for doel in doelen if doel.tekst.strip()]:
        raise Geweigerd("Schrijf minstens één doel op, het liefst in de woorden van de jongere.", veld="doelen")
    for doel in doelen:
        eis_tekst(doel.tekst, "Dit doel is nog leeg.", veld="doelen")
        if doel.leefdomein:
            eis_code("leefdomeinen", doel.leefdomein, veld="doelen")


def _eis_afspraken(h: Handeling, afspraken: Sequence[NieuweAfspraak], *, aantal_doelen: int) -> None:
    if not afspraken:
        raise Geweigerd("Schrijf minstens één afspraak op: wie doet wat, en wanneer?", veld="afspraken")
    for afspraak in afspraken:
        wat = eis_tekst(afspraak.wat, "Schrijf op wat er gedaan wordt.", veld="afspraken")
        eis_tekst(afspraak.wie, f"Schrijf op wie dit doet: ‘{wat}’.", veld="afspraken")
        if afspraak.voor is None:
            raise Geweigerd(f"Schrijf op voor wanneer dit klaar is: ‘{wat}’.", veld="afspraken")
        eis_niet_eerder(
            afspraak.voor, vandaag=h.vandaag, veld="afspraken", zin=f"De datum is al geweest bij de afspraak ‘{wat}’."
        )
        if afspraak.doel is not None and not 0 <= afspraak.doel < aantal_doelen:
            raise ValueError("Een afspraak hoort bij een doel dat niet in dit plan staat")


def _vervang(h: Handeling, *, versie: int) -> Plan | None:
    """Puts the plan that holds now aside, and gives it; refuses when somebody else did so meanwhile.

    The version counts on over the plans of a werkproces: that of a form opened on an earlier plan never fits again.
    """
    oud = geldig_plan(h.werkproces)
    if oud is None:
        return None
    rij = Plan.objects.alles(reden=BINNEN).filter(pk=oud.pk, versie=versie)
    if not rij.update(vervangen_op=h.nu, versie=F("versie") + 1, updated=h.nu):
        wijziging = Wijziging("", "Plan van aanpak", "", f"versie {oud.nummer}, gemaakt op {oud.op:%d-%m-%Y}")
        raise Tussentijds([wijziging], versie=oud.versie, door=str(oud.door or ""))
    open_afspraken = Afspraak.objects.alles(reden=BINNEN).filter(plan=oud, gedaan_op__isnull=True)
    h.rond_taken_af(*(f"afspraak:{pk}" for pk in open_afspraken.values_list("pk", flat=True)))
    return oud


def _maak_doel(plan: Plan, doel: NieuwDoel) -> Doel:
    eerder = None
    if doel.uit is not None:
        van_werkproces = Doel.objects.alles(reden=BINNEN).filter(plan__werkproces=plan.werkproces)
        eerder = van_werkproces.filter(sleutel=doel.uit).first()
    return Doel.objects.create(
        plan=plan,
        tekst=doel.tekst.strip()[:200],
        leefdomein=doel.leefdomein or (eerder.leefdomein if eerder else ""),
        gereed_voor=doel.gereed_voor,
        bereikt_op=eerder.bereikt_op if eerder else None,
        resultaat=eerder.resultaat if eerder else "",
    )


def _maak_afspraak(h: Handeling, plan: Plan, invoer: NieuweAfspraak, doelen: Sequence[Doel]) -> None:
    assert invoer.voor is not None  # _eis_afspraken refused it otherwise
    afspraak = Afspraak.objects.create(
        plan=plan,
        doel=None if invoer.doel is None else doelen[invoer.doel],
        wat=invoer.wat.strip()[:200],
        wie=invoer.wie.strip()[:120],
        van_ons=invoer.van_ons,
        voor=invoer.voor,
    )
    if afspraak.van_ons:
        h.taak(
            f"afspraak:{afspraak.pk}",
            soort="afspraak",
            wat=afspraak.wat,
            waarom=f"Afspraak in het plan van aanpak, {afspraak.wie}",
            due=afspraak.voor,
            actie="afspraak",
        )


def rond_afspraak_af(afspraak: Afspraak, *, op: dt.date, toegang: Toegang, nu: dt.datetime) -> None:
    """What was agreed is done; its task goes with it."""
    with handeling(afspraak.plan.werkproces, "afspraak.gedaan", toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_niet_later(op, vandaag=h.vandaag)
        rij = Afspraak.objects.alles(reden=BINNEN).filter(pk=afspraak.pk, gedaan_op__isnull=True)
        if not rij.update(gedaan_op=op):
            raise Geweigerd("Deze afspraak was al gedaan.")
        h.rond_taken_af(f"afspraak:{afspraak.pk}")
        h.inhoud["afspraak"] = str(afspraak.sleutel)
    afspraak.refresh_from_db(fields=["gedaan_op"])


def beleg_regie(
    werkproces: Werkproces, keuze: Regiekeuze, *, van: dt.date, versie: int = 0, toegang: Toegang, nu: dt.datetime
) -> Regie:
    """Settles who holds the casusregie, or who takes over; who held it before stays in the history (RGI-05).

    `versie` is that of the regie that the form showed, 0 where there was none.
    """
    with handeling(werkproces, "regie.belegd", toegang=toegang, nu=nu) as h:
        h.eis_open()
        eis_niet_later(van, vandaag=h.vandaag, veld="van")
        open_ = open_regie(h.werkproces)
        if open_ is not None and open_.versie != versie:
            wijziging = Wijziging("houder", "Casusregie", "", open_.houder)
            raise Tussentijds([wijziging], versie=open_.versie)
        return _beleg(h, keuze, van=van)


def _beleg(h: Handeling, keuze: Regiekeuze, *, van: dt.date) -> Regie:
    houder = eis_tekst(keuze.houder, "Schrijf op wie de casusregie heeft.", veld="houder")
    if not keuze.gevraagd and not keuze.keuze.strip():
        zin = "Vraag de jongere wie de casusregie krijgt. Kon dat niet, leg dan uit waarom."
        raise Geweigerd(zin, veld="keuze")
    velden = {
        "houder": houder[:120],
        "organisatie": keuze.organisatie.strip()[:160],
        "gevraagd": keuze.gevraagd,
        "keuze": keuze.keuze.strip()[:200],
        "reden": keuze.reden.strip()[:200],
    }
    open_ = open_regie(h.werkproces)
    rijen = Regie.objects.alles(reden=BINNEN)
    if open_ is not None and open_.van > van:
        raise Geweigerd(
            f"{open_.houder} heeft de regie pas sinds {open_.van:%d-%m-%Y}. Kies een latere dag.", veld="van"
        )
    if open_ is not None and open_.houder != houder:
        velden["reden"] = eis_tekst(keuze.reden, "Schrijf op waarom de regie wisselt.", veld="reden")[:200]
    if open_ is not None and open_.van == van:  # put right on the same day: nothing to keep apart
        rijen.filter(pk=open_.pk).update(**velden, versie=F("versie") + 1, updated=h.nu)
        open_.refresh_from_db()
        regie = open_
    else:
        if open_ is not None:
            tot = van - dt.timedelta(days=1)
            rijen.filter(pk=open_.pk).update(tot=tot, versie=F("versie") + 1, updated=h.nu)
        # the version counts on, so that a form opened on who held it before never fits again
        regie = Regie.objects.create(
            werkproces=h.werkproces, van=van, versie=open_.versie + 1 if open_ else 1, **velden
        )
    h.feit("regie.belegd", op=van, herkomst=regie, toelichting=_wie(regie))
    h.inhoud["regie"] = str(regie.sleutel)
    return regie


def _wie(regie: Regie) -> str:
    wie = f"{regie.houder}, {regie.organisatie}" if regie.organisatie else regie.houder
    return f"{wie}. {'Gekozen door de jongere' if regie.gevraagd else 'Niet gevraagd'}".strip()
