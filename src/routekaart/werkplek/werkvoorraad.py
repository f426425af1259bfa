"""What one colleague has to do, in order of urgency: too late, today, meldingen, this week; and whom she waits for.

Three queries, whatever the amount of work: tasks, meldingen and the counts; a fourth for the absence of the meldingen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import CharField, Count, F, Q, Value
from django.utils import timezone

from routekaart.begeleiding.models import Afspraak
from routekaart.dossiers.models import Taak, Werkproces
from routekaart.meldingen.models import Melding
from routekaart.meldingen.verzuim import verzuim_in_woorden
from routekaart.signalen.models import Onderzoek, Signaal
from routekaart.toegang.bereik import Toegang

# more than this nobody looks through; the oldest come first, so that nothing urgent falls off
MEESTE_TAKEN = 600
MEESTE_MELDINGEN = 200
CONTACT, NAZORG = "contact", "nazorg"
WERK, ONDERZOEK = "werk", "onderzoek"  # rows among those of the signals; no kind is called that
# up to this step the melding itself is the work: its row stands for the task of the step
LAATSTE_STAP_OORDEEL = 3


@dataclass(frozen=True)
class Ding:
    """One thing to do: a task or a melding, with the day it is due."""

    due: dt.date
    tijd: dt.time | None
    ding: Taak | Melding

    @property
    def is_melding(self) -> bool:
        return isinstance(self.ding, Melding)

    @property
    def volgorde(self) -> tuple[dt.date, dt.time, int]:
        """Oldest first, what has no time before what has."""
        return self.due, self.tijd or dt.time.min, self.ding.pk


@dataclass(frozen=True)
class Voorraad:
    """All work of one user on one day. `te_beoordelen` counts every melding of the meldpunt that waits for us."""

    toegang: Toegang
    nu: dt.datetime
    te_laat: list[Ding]
    vandaag: list[Ding]
    meldingen: list[Ding]
    week: list[Ding]
    later: list[Ding]
    agenda: list[Taak]
    nazorg: list[Taak]
    wacht_jongere: list[Taak]
    wacht_melder: list[Melding]
    wacht_partner: int
    werkprocessen: int
    te_beoordelen: int
    bij_collegas: int
    signalen: Mapping[str, int]  # by kind
    onderzoek: int

    @property
    def op(self) -> dt.date:
        return timezone.localdate(self.nu)

    @property
    def alles(self) -> int:
        """How many rows there are up to the end of the week."""
        return len(self.te_laat) + len(self.vandaag) + len(self.meldingen) + len(self.week)

    @property
    def bij(self) -> bool:
        """Whether nothing has to be done today any more."""
        return not (self.te_laat or self.vandaag or self.meldingen)

    @property
    def alle_meldingen(self) -> list[Ding]:
        """Every melding to be judged here, those that are too late included."""
        return [ding for ding in (*self.te_laat, *self.meldingen) if ding.is_melding]

    @cached_property
    def verzuim(self) -> dict[int, str]:
        """The absence of these meldingen in words, by their pk. One query, where meldingen are shown."""
        return verzuim_in_woorden([ding.ding for ding in self.alle_meldingen if isinstance(ding.ding, Melding)])

    @property
    def eerstvolgende(self) -> Taak | None:
        """The first thing that is planned after today."""
        komt = (ding.ding for ding in (*self.week, *self.later))
        return next((ding for ding in komt if isinstance(ding, Taak)), None)


def haal_werkvoorraad(toegang: Toegang, *, nu: dt.datetime) -> Voorraad:
    """Reads the work of this user: own tasks and those of her teams that nobody has. Three queries."""
    op = timezone.localdate(nu)
    zondag = op + dt.timedelta(days=6 - op.weekday())
    taken = _taken(toegang)
    meldingen = list(
        Melding.objects.voor(toegang)
        .te_beoordelen()
        .select_related("jongere", "gemeente", "werkproces")
        .kortste_tijd_eerst()[:MEESTE_MELDINGEN]
    )
    van_mij = [melding for melding in meldingen if _behandelaar(melding) in (None, toegang.gebruiker_id)]
    op_ons = [melding for melding in van_mij if melding.stand != Melding.Stand.WACHT]
    op_ons.sort(key=lambda melding: (melding.termijn, _behandelaar(melding) is None))  # her own first of one day
    taken = _zonder_dubbele(taken, {melding.werkproces_id for melding in op_ons})
    telling, signalen = _tel(toegang, op=op)
    te_doen = sorted((Ding(taak.due, taak.tijd, taak) for taak in taken), key=lambda ding: ding.volgorde)
    beoordelen = [Ding(melding.termijn, None, melding) for melding in op_ons]
    laat = [ding for ding in (*te_doen, *beoordelen) if ding.due < op]
    straks = [ding for ding in te_doen if op < ding.due <= zondag]
    return Voorraad(
        toegang=toegang,
        nu=nu,
        te_laat=sorted(laat, key=lambda ding: ding.volgorde),
        vandaag=[ding for ding in te_doen if ding.due == op],
        meldingen=[ding for ding in beoordelen if ding.due >= op],
        week=[ding for ding in straks if not _is(ding, NAZORG)],
        later=[ding for ding in te_doen if ding.due > zondag],
        agenda=sorted((t for t in taken if t.tijd is not None and t.due == op), key=lambda t: (t.tijd, t.pk)),
        nazorg=[t for t in taken if t.soort == NAZORG and op <= t.due <= zondag],
        wacht_jongere=[t for t in taken if t.soort == CONTACT and t.due > op],
        wacht_melder=[melding for melding in van_mij if melding.stand == Melding.Stand.WACHT],
        wacht_partner=telling["wacht"],
        werkprocessen=telling["aantal"],
        te_beoordelen=sum(1 for melding in meldingen if melding.stand != Melding.Stand.WACHT),
        bij_collegas=sum(1 for melding in meldingen if _behandelaar(melding) not in (None, toegang.gebruiker_id)),
        signalen=signalen,
        onderzoek=telling["onderzoek"],
    )


def _is(ding: Ding, soort: str) -> bool:
    return isinstance(ding.ding, Taak) and ding.ding.soort == soort


def _behandelaar(melding: Melding) -> int | None:
    return melding.werkproces.behandelaar_id if melding.werkproces is not None else None


def _taken(toegang: Toegang) -> list[Taak]:
    van_niemand = Q(eigenaar__isnull=True, team__in=toegang.team_ids)
    rijen = Taak.objects.voor(toegang).open().filter(Q(eigenaar=toegang.gebruiker_id) | van_niemand)
    # which ones is settled by the task alone: of a pile, only the first are joined with all that stands beside them
    eerste = rijen.filter(pk__in=rijen.op_volgorde().values("pk")[:MEESTE_TAKEN])
    return list(eerste.select_related("jongere__gemeente", "gemeente", "werkproces").op_volgorde())


def _zonder_dubbele(taken: Sequence[Taak], te_beoordelen: set[int | None]) -> list[Taak]:
    """Leaves out the task of a step where something else on the list stands for it: its melding that is still to be
    judged, or a planned moment with the same act.
    """
    gepland = {(taak.werkproces_id, taak.actie) for taak in taken if taak.soort not in {"stap", "afspraak"}}

    def dubbel(taak: Taak) -> bool:
        if taak.soort != "stap" or taak.werkproces is None:
            return False
        vroeg = (taak.werkproces.stap or 0) <= LAATSTE_STAP_OORDEEL
        return (taak.werkproces_id, taak.actie) in gepland or (vroeg and taak.werkproces_id in te_beoordelen)

    return [taak for taak in taken if not dubbel(taak)]


def _tel(toegang: Toegang, *, op: dt.date) -> tuple[dict[str, int], dict[str, int]]:
    """How many werkprocessen this user has and how many promises of others in their plans have passed; and by kind how
    many signals were let in that are hers or nobody's. One query.
    """
    over_tijd = Q(
        plan_set__vervangen_op__isnull=True,
        plan_set__afspraken__gedaan_op__isnull=True,
        plan_set__afspraken__van_ons=False,
        plan_set__afspraken__voor__lt=op,
    )
    werk = (
        Werkproces.objects.voor(toegang)
        .open()
        .van(toegang)
        .annotate(wat=Value(WERK, output_field=CharField()))
        .values("wat")
    )
    werk = werk.annotate(
        aantal=Count("pk", distinct=True), wacht=Count("plan_set__afspraken", filter=over_tijd, distinct=True)
    )
    rijen = Signaal.objects.voor(toegang).in_voorraad(op=op).voor_mij(toegang)
    signalen = rijen.annotate(wat=F("soort")).values("wat").annotate(aantal=Count("pk"), wacht=Count("melding"))
    aan_de_beurt = Onderzoek.objects.filter(
        eigenaar=toegang.gebruiker_id, volgende_op__lte=op, gestopt_op__isnull=True
    ).annotate(wat=Value(ONDERZOEK, output_field=CharField()))
    onderzoek = aan_de_beurt.values("wat").annotate(aantal=Count("pk"), wacht=Count("gestopt_op")).order_by()
    geteld = {rij["wat"]: rij for rij in werk.order_by().union(signalen.order_by(), onderzoek, all=True)}
    van_mij = geteld.pop(WERK, {"aantal": 0, "wacht": 0})
    van_mij["onderzoek"] = geteld.pop(ONDERZOEK, {"aantal": 0})["aantal"]
    return van_mij, {soort: rij["aantal"] for soort, rij in geteld.items()}


def afspraken_over_tijd(toegang: Toegang, *, op: dt.date) -> list[Afspraak]:
    """What others promised in the plans of this user and whose day has passed, oldest first. One query."""
    rijen = Afspraak.objects.voor(toegang).filter(
        plan__werkproces__behandelaar=toegang.gebruiker_id,
        plan__werkproces__afgesloten_op__isnull=True,
        plan__vervangen_op__isnull=True,
        van_ons=False,
        gedaan_op__isnull=True,
        voor__lt=op,
    )
    return list(rijen.select_related("plan__werkproces__jongere__gemeente").order_by("voor", "pk")[:MEESTE_MELDINGEN])
