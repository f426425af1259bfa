"""Per rule: the set queries whose union holds everybody whom the rule may want. Each says why nobody falls out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from routekaart.loopbaan.models import Inlichting, Inschrijving, Uitstroom, Werk
from routekaart.meldingen.models import Verzuimregel
from routekaart.regels.leeftijd import jaren_later
from routekaart.regels.loopbaan import ENTREE, HERKOMST_JIKP, Onderwijssoort
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen import Kader
from routekaart.regels.signalen.controle import MAG_ERBIJ
from routekaart.regels.signalen.lopend import JIB
from routekaart.regels.signalen.overgang import VAN_VO
from routekaart.signalen.kandidaten import bouwstenen as met
from routekaart.toegang.models import SoortWerk

type Selecties = tuple[Any, ...]
type Kies = Callable[[int, Kader], Selecties]
JAAR = dt.timedelta(days=366)


def absoluut_verzuim(regio_id: int, kader: Kader) -> Selecties:
    """Residents of the age without enrolment or exemption on the day; the rule looks at the duty itself."""
    rijen = met.leerplichtigen(regio_id, kader)
    return (rijen.filter(~met.ingeschreven(kader.op), ~met.vrijgesteld(kader.op)),)


def thuiszitter(regio_id: int, kader: Kader) -> Selecties:
    """As for absoluut verzuim, and who is absent for long by a report."""
    afwezig = met.met_melding(met.leerplichtigen(regio_id, kader), met.langdurig(regio_id, kader))
    return (*absoluut_verzuim(regio_id, kader), afwezig.filter(~met.vrijgesteld(kader.op)))


def uitschrijving_zonder_vervolg(regio_id: int, kader: Kader) -> Selecties:
    """Of the age, not enrolled, and written off within the time we look back."""
    vanaf = kader.op - dt.timedelta(days=kader.norm("signaal_uitschrijving_dagen"))
    (rijen,) = absoluut_verzuim(regio_id, kader)
    return (rijen.filter(met.uitgeschreven(vanaf, kader.op)),)


def _zonder_kwalificatie(regio_id: int, kader: Kader) -> Any:
    """Residents below the upper limit, of any age below it, without startkwalificatie."""
    rijen = met.doelgroepleeftijd(regio_id, kader, vanaf=0)
    return met.zonder_startkwalificatie(rijen, kader)


def uitval_zonder_melding(regio_id: int, kader: Kader) -> Selecties:
    """Written off longer ago than the time to report, within the time we look back; and the long absent."""
    vanaf = kader.op - dt.timedelta(days=kader.norm("signaal_uitschrijving_dagen"))
    tot = kader.op - dt.timedelta(days=kader.norm("signaal_meldtermijn_dagen"))
    rijen = _zonder_kwalificatie(regio_id, kader).filter(~met.vrijgesteld(kader.op))
    uit = rijen.filter(met.uitgeschreven(vanaf, tot), ~met.ingeschreven(kader.op))
    return uit, met.met_melding(rijen, met.langdurig(regio_id, kader))


def overstap_1_oktober(regio_id: int, kader: Kader) -> Selecties:
    """Left vo, pro or vso since the 1 October before this schooljaar; and who is on a list of this schooljaar."""
    schooljaar = Schooljaar.van(kader.op)
    rijen = _zonder_kwalificatie(regio_id, kader)
    uit_vo = met.inschrijvingen(
        onderwijssoort__in=VAN_VO, tot__gte=schooljaar.vorige.teldatum, tot__lt=kader.op + met.DAG
    )
    vermeld = Uitstroom.objects.alles(reden=met.REDEN).filter(jongere__regio_id=regio_id, schooljaar=str(schooljaar))
    weg = rijen.filter(Exists(uit_vo), ~met.ingeschreven(kader.op))
    return weg, rijen.filter(pk__in=vermeld.values("jongere_id"))


def _mogelijk_vsv(regio_id: int, kader: Kader) -> Any:
    """Of the age, not enrolled, without startkwalificatie."""
    rijen = met.doelgroepleeftijd(regio_id, kader).filter(~met.ingeschreven(kader.op))
    return met.zonder_startkwalificatie(rijen, kader)


def _loopbaan_onbekend(rijen: Any, kader: Kader, vanaf: dt.date | None, tot: dt.date) -> Any:
    """Without any enrolment; uitval is then the birthday on which the age was reached, or the day of coming here."""
    leeftijd = kader.grenzen.doelgroep_ondergrens.op(kader.op).waarde
    uiterlijk = Q(geboren_vanaf__lte=jaren_later(tot, -leeftijd) + met.DAG)
    keuze = uiterlijk
    if vanaf is not None:
        jarig = Q(geboren_tot__gte=jaren_later(vanaf, -leeftijd) - met.DAG)
        keuze = uiterlijk & (jarig | Q(in_nederland_sinds__gte=vanaf))
    return rijen.filter(keuze, ~met.was_ingeschreven(kader.op))


def vsv_dreigend(regio_id: int, kader: Kader) -> Selecties:
    """Left since the last 1 October, or the school has said that it will write her off."""
    rijen = _mogelijk_vsv(regio_id, kader)
    vanaf = met.laatste_teldatum(kader.op)
    voornemen = met.meldingen(regio_id).filter(voorgenomen_uitschrijving=True)
    return (
        rijen.filter(met.uitgeschreven(vanaf, kader.op)),
        _loopbaan_onbekend(rijen, kader, vanaf, kader.op),
        met.met_melding(met.doelgroepleeftijd(regio_id, kader), voornemen),
    )


def vsv_nieuw(regio_id: int, kader: Kader) -> Selecties:
    """Left before the last 1 October, and no longer ago than a year or the 1 October before this schooljaar."""
    rijen = _mogelijk_vsv(regio_id, kader)
    teldatum = met.laatste_teldatum(kader.op)
    vanaf = min(kader.op - JAAR, Schooljaar.van(kader.op).vorige.teldatum)
    sinds = ~met.uitgeschreven(teldatum, kader.op)
    uit = rijen.filter(met.uitgeschreven(vanaf, teldatum), sinds)
    return uit, _loopbaan_onbekend(rijen, kader, vanaf, teldatum)


def vsv_oud(regio_id: int, kader: Kader) -> Selecties:
    """Left, not in the last year less a day, and without work: who has work that counts is no oud-vsv'er."""
    rijen = met.zonder_werk(_mogelijk_vsv(regio_id, kader), kader)
    tot = kader.op - JAAR + 2 * met.DAG
    uit = rijen.filter(met.was_ingeschreven(kader.op), ~met.uitgeschreven(tot + met.DAG, kader.op))
    return uit, _loopbaan_onbekend(rijen, kader, None, tot)


def oud_vsv_jaarlijks(regio_id: int, kader: Kader) -> Selecties:
    """Possible vsv'ers without work who had a werkproces, none of them closed lately; without one nobody was
    approached. The rule counts a year as a year and a month as thirty days: never less than this.
    """
    jaren, maanden = divmod(kader.norm("signaal_oud_vsv_maanden"), 12)
    kort = kader.op - dt.timedelta(days=365 * jaren + 30 * maanden)
    alle = met.alle_werk(regio_id)
    werk = alle.filter(gestart_op__lte=kader.op)
    pas = alle.filter(jongere=OuterRef("pk"), afgesloten_op__gt=kort, afgesloten_op__lte=kader.op)
    rijen = met.zonder_werk(_mogelijk_vsv(regio_id, kader), kader)
    return (met.met_werk(rijen, werk).filter(~Exists(pas)),)


def werk_gestopt(regio_id: int, kader: Kader) -> Selecties:
    """Possible vsv'ers of whom work ended within the time we look back."""
    vanaf = kader.op - dt.timedelta(days=kader.norm("signaal_werk_gestopt_dagen"))
    gestopt = Werk.objects.alles(reden=met.REDEN).filter(jongere=OuterRef("pk"), tot__gte=vanaf, tot__lt=kader.op)
    return (_mogelijk_vsv(regio_id, kader).filter(Exists(gestopt)),)


def jikp(regio_id: int, kader: Kader) -> Selecties:
    """Below the age, without startkwalificatie, and ever in one of the vulnerable places: every ground needs one."""
    grens = kader.grenzen.jikp_leeftijd.op(kader.op).waarde
    kwetsbaar = Q(onderwijssoort__in=HERKOMST_JIKP) | Q(onderwijssoort=Onderwijssoort.MBO, niveau=ENTREE)
    rijen = met.doelgroepleeftijd(regio_id, kader, tot=grens)
    herkomst = Exists(met.inschrijvingen(van__lte=kader.op).filter(kwetsbaar))
    return (met.zonder_startkwalificatie(rijen.filter(herkomst), kader),)


def jongeren_in_beeld(regio_id: int, kader: Kader) -> Selecties:
    """Of the age, and on the newest list."""
    lijst = Inlichting.objects.alles(reden=met.REDEN).filter(maand=kader.maand, jongere__regio_id=regio_id)
    rijen = met.doelgroepleeftijd(
        regio_id, kader, vanaf=kader.norm("signaal_jib_van"), tot=kader.norm("signaal_jib_tot")
    )
    return (rijen.filter(~met.ingeschreven(kader.op), pk__in=lijst.values("jongere_id")),)


def jib_van_de_lijst(regio_id: int, kader: Kader) -> Selecties:
    """With a running werkproces of Jongeren in Beeld."""
    return (met.met_werk(met.jongeren(regio_id), met.lopend_werk(regio_id, kader.op).filter(soort=JIB)),)


def leeftijdsgrens(regio_id: int, kader: Kader) -> Selecties:
    """With a running werkproces, and old enough for the lowest limit that may end it."""
    straks = kader.op + dt.timedelta(days=kader.norm("signaal_leeftijd_vooraf_dagen"))
    leerplicht = kader.grenzen.kwalificatieplicht_einde.op(kader.op).waarde
    laagste = min(kader.grenzen.jikp_leeftijd.op(kader.op).waarde, kader.norm("signaal_jib_tot"), met.bovengrens(kader))
    oud_genoeg = Q(jongere__geboren_vanaf__lte=jaren_later(straks, -laagste) + met.DAG) | Q(
        soort_werk=SoortWerk.LEERPLICHT, jongere__geboren_vanaf__lte=jaren_later(straks, -leerplicht) + met.DAG
    )
    return (met.met_werk(met.jongeren(regio_id), met.lopend_werk(regio_id, kader.op).filter(oud_genoeg)),)


def verhuisd(regio_id: int, kader: Kader) -> Selecties:
    """With a running werkproces that began in another gemeente; on another day than today also who moved after it."""
    elders = ~Q(gemeente_id=F("jongere__gemeente_id"))
    if kader.terug:
        elders |= Q(jongere__in_gemeente_sinds__gt=kader.op)
    return (met.met_werk(met.jongeren(regio_id), met.lopend_werk(regio_id, kader.op).filter(elders)),)


def vertrokken(regio_id: int, kader: Kader) -> Selecties:
    """Departed, with a running werkproces."""
    weg = met.jongeren(regio_id).filter(vertrokken_op__lte=kader.op)
    return (met.met_werk(weg, met.lopend_werk(regio_id, kader.op)),)


def overleden(regio_id: int, kader: Kader) -> Selecties:
    """Died, with a running werkproces."""
    weg = met.jongeren(regio_id).filter(overleden_op__lte=kader.op)
    return (met.met_werk(weg, met.lopend_werk(regio_id, kader.op)),)


def verzuimpatroon(regio_id: int, kader: Kader) -> Selecties:
    """With enough meldingen that began in these weeks, or with days of leave in them."""
    vanaf = kader.op - dt.timedelta(weeks=kader.norm("signaal_patroon_weken"))
    recent = Q(begindatum__gte=vanaf) | Q(begindatum__isnull=True)
    vaak = (
        met.verzuimmeldingen(regio_id)
        .filter(recent, jongere__isnull=False)
        .values("jongere_id")
        .annotate(keren=Count("pk"))
        .filter(keren__gte=kader.norm("signaal_patroon_keren"))
    )
    verlof = Verzuimregel.objects.alles(reden=met.REDEN).filter(
        geoorloofd=True, datum__gte=vanaf, melding__regio_id=regio_id, melding__jongere__isnull=False
    )
    rijen = met.inwoners_van(regio_id, kader)
    return (
        rijen.filter(pk__in=vaak.values("jongere_id")),
        rijen.filter(pk__in=verlof.values("melding__jongere_id")),
    )


def dubbele_inschrijving(regio_id: int, kader: Kader) -> Selecties:
    """Two running enrolments or more, at different schools, in kinds that exclude each other."""
    lopend = Inschrijving.objects.alles(reden=met.REDEN).geldig_op(kader.op).exclude(onderwijssoort__in=MAG_ERBIJ)
    dubbel = (
        lopend.filter(jongere__regio_id=regio_id)
        .values("jongere_id")
        .annotate(scholen=Count("instelling_id", distinct=True))
        .filter(scholen__gte=2)
    )
    return (met.inwoners_van(regio_id, kader).filter(pk__in=dubbel.values("jongere_id")),)


def inschrijving_na_vertrek(regio_id: int, kader: Kader) -> Selecties:
    """Died or departed, and enrolled."""
    weg = Q(overleden_op__lte=kader.op) | Q(vertrokken_op__lte=kader.op)
    return (met.jongeren(regio_id).filter(weg, met.ingeschreven(kader.op)),)


KANDIDATEN: dict[str, Kies] = {
    "absoluut-verzuim": absoluut_verzuim,
    "thuiszitter": thuiszitter,
    "uitschrijving-zonder-vervolg": uitschrijving_zonder_vervolg,
    "uitval-zonder-melding": uitval_zonder_melding,
    "overstap-1-oktober": overstap_1_oktober,
    "vsv-dreigend": vsv_dreigend,
    "vsv-nieuw": vsv_nieuw,
    "vsv-oud": vsv_oud,
    "oud-vsv-jaarlijks": oud_vsv_jaarlijks,
    "werk-gestopt": werk_gestopt,
    "jikp": jikp,
    "jongeren-in-beeld": jongeren_in_beeld,
    "jib-van-de-lijst": jib_van_de_lijst,
    "leeftijdsgrens": leeftijdsgrens,
    "verhuisd": verhuisd,
    "vertrokken": vertrokken,
    "overleden": overleden,
    "verzuimpatroon": verzuimpatroon,
    "dubbele-inschrijving": dubbele_inschrijving,
    "inschrijving-na-vertrek": inschrijving_na_vertrek,
}
