"""The building blocks of the candidate queries: residents by age, who is or was enrolled, who holds a diploma.

Ages are compared with the first and last possible birth date, with a day of slack: a query may let in too many, never
too few.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

from routekaart.basis.models import Gemeente
from routekaart.dossiers.models import Werkproces
from routekaart.loopbaan.models import Diploma, Inschrijving, Vaststelling, Vrijstelling, Werk
from routekaart.meldingen.doelgroep import verzuimsoorten
from routekaart.meldingen.models import Melding
from routekaart.personen.models import Jongere
from routekaart.regels.leeftijd import jaren_later
from routekaart.regels.loopbaan import Diplomasoort
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.signalen import Kader
from routekaart.regels.startkwalificatie import ALTIJD

REDEN = "detectie over de hele regio, zonder gebruiker"
DAG = dt.timedelta(days=1)


def jongeren(regio_id: int) -> Any:
    """Everybody of the region, also who moved away."""
    return Jongere.objects.alles(reden=REDEN).filter(regio_id=regio_id)


def inwoners(regio_id: int, op: dt.date, *, terug: bool = False) -> Any:
    """Who lives in a gemeente of the region on the day. On another day than today (`terug`) also who may have: whoever
    came to where she lives now after it.
    """
    hier = Q(gemeente_id__in=list(Gemeente.objects.filter(regio_id=regio_id).values_list("pk", flat=True)))
    if terug:
        hier |= Q(in_gemeente_sinds__gt=op)
    return jongeren(regio_id).filter(
        hier,
        Q(overleden_op__isnull=True) | Q(overleden_op__gt=op),
        Q(vertrokken_op__isnull=True) | Q(vertrokken_op__gt=op),
        Q(in_nederland_sinds__isnull=True) | Q(in_nederland_sinds__lte=op),
    )


def inwoners_van(regio_id: int, kader: Kader) -> Any:
    """Residents on the day of the frame."""
    return inwoners(regio_id, kader.op, terug=kader.terug)


def van_leeftijd(rijen: Any, van: int, tot: int, *, op: dt.date) -> Any:
    """Who may be `van` years or older, and younger than `tot`."""
    return rijen.filter(geboren_vanaf__lte=jaren_later(op, -van) + DAG, geboren_tot__gt=jaren_later(op, -tot) - DAG)


def leerplichtigen(regio_id: int, kader: Kader) -> Any:
    """Residents of an age at which one may have to go to school."""
    grenzen, op = kader.grenzen, kader.op
    begin = grenzen.leerplicht_begin.op(op).waarde
    einde = max(grenzen.kwalificatieplicht_einde.op(op).waarde, grenzen.leerplicht_einde.op(op).waarde + 1)
    return van_leeftijd(inwoners_van(regio_id, kader), begin, einde, op=op)


def doelgroepleeftijd(regio_id: int, kader: Kader, *, vanaf: int | None = None, tot: int | None = None) -> Any:
    """Residents of an age that the Doorstroompunt serves; `vanaf` and `tot` replace the limits."""
    op = kader.op
    onder = kader.grenzen.doelgroep_ondergrens.op(op).waarde if vanaf is None else vanaf
    boven = bovengrens(kader) if tot is None else tot
    return van_leeftijd(inwoners_van(regio_id, kader), onder, boven, op=op)


def bovengrens(kader: Kader) -> int:
    """The upper limit in force: the higher of the law's and the region's."""
    return max(kader.grenzen.doelgroep_bovengrens.op(kader.op).waarde, kader.regio.bovengrens or 0)


def inschrijvingen(**filter_: Any) -> Any:
    """Enrolments of the outer row."""
    return Inschrijving.objects.alles(reden=REDEN).filter(jongere=OuterRef("pk"), **filter_)


def ingeschreven(op: dt.date) -> Exists:
    return Exists(inschrijvingen().geldig_op(op))


def was_ingeschreven(op: dt.date) -> Exists:
    """An enrolment began by the day."""
    return Exists(inschrijvingen(van__lte=op))


def uitgeschreven(vanaf: dt.date, tot: dt.date) -> Exists:
    """An enrolment ended between these days, both included."""
    return Exists(inschrijvingen(tot__gte=vanaf, tot__lte=tot))


def vrijgesteld(op: dt.date) -> Exists:
    return Exists(Vrijstelling.objects.alles(reden=REDEN).filter(jongere=OuterRef("pk")).geldig_op(op))


def is_startkwalificatie(niveau: int) -> Q:
    """Diplomas that are one where mbo counts from this level on."""
    return Q(soort__in=ALTIJD) | Q(soort=Diplomasoort.MBO, niveau__gte=niveau)


def zonder_startkwalificatie(rijen: Any, kader: Kader) -> Any:
    """Leaves out who holds a diploma that is a startkwalificatie, or one that was established by hand."""
    niveau = kader.grenzen.startkwalificatie_mbo_niveau.op(kader.op).waarde
    diploma = Diploma.objects.alles(reden=REDEN).filter(
        is_startkwalificatie(niveau), jongere=OuterRef("pk"), behaald_op__lte=kader.op
    )
    vaststelling = Vaststelling.objects.alles(reden=REDEN).filter(jongere=OuterRef("pk"), op__lte=kader.op)
    return rijen.filter(~Exists(diploma), ~Exists(vaststelling))


def zonder_werk(rijen: Any, kader: Kader) -> Any:
    """Leaves out who has a job on the day that counts by itself: enough hours, or hours that are not known."""
    if not kader.regio.baan_telt:
        return rijen
    uren = kader.regio.baan_uren
    genoeg = kader.grenzen.baan_uren.op(kader.op).waarde if uren is None else uren
    telt = Q(uren__isnull=True) | Q(uren__gte=genoeg)
    return rijen.filter(
        ~Exists(Werk.objects.alles(reden=REDEN).filter(telt, jongere=OuterRef("pk")).geldig_op(kader.op))
    )


def laatste_teldatum(op: dt.date) -> dt.date:
    """The last 1 October up to and including the day."""
    teldatum = Schooljaar.van(op).teldatum
    return teldatum if teldatum <= op else Schooljaar.van(op).vorige.teldatum


def met_melding(rijen: Any, meldingen: Any) -> Any:
    """Who is in this selection of meldingen."""
    return rijen.filter(pk__in=meldingen.filter(jongere__isnull=False).values("jongere_id"))


def meldingen(regio_id: int) -> Any:
    return Melding.objects.alles(reden=REDEN).filter(regio_id=regio_id)


def verzuimmeldingen(regio_id: int) -> Any:
    return meldingen(regio_id).filter(soort__in=verzuimsoorten())


def langdurig(regio_id: int, kader: Kader) -> Any:
    """Reports of an absence that began long enough ago and lasts."""
    grens = kader.op - dt.timedelta(days=kader.norm("signaal_thuiszitter_dagen"))
    loopt = Q(einddatum__isnull=True) | Q(einddatum__gte=kader.op)
    return verzuimmeldingen(regio_id).filter(loopt, begindatum__lte=grens)


def alle_werk(regio_id: int) -> Any:
    return Werkproces.objects.alles(reden=REDEN).filter(regio_id=regio_id)


def lopend_werk(regio_id: int, op: dt.date) -> Any:
    """Werkprocessen that run on the day."""
    open_ = Q(afgesloten_op__isnull=True) | Q(afgesloten_op__gt=op)
    return alle_werk(regio_id).filter(open_, gestart_op__lte=op)


def met_werk(rijen: Any, werkprocessen: Any) -> Any:
    return rijen.filter(pk__in=werkprocessen.values("jongere_id"))
