"""The work of the administration: who a melding is about, tasks, rows that wait, schools without a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Value
from django.urls import reverse
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Werkgroep
from routekaart.dossiers.models import Taak
from routekaart.leveringen.models import Levering, Uitvalrij
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.models import Melding
from routekaart.signalen.lijst import VOOR_MIJ, Getal
from routekaart.signalen.models import Signaal
from routekaart.signalen.voorraad import als_getallen
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.rechten import Recht
from routekaart.werkplek.werkregels import meldingregel, taakregel

MEESTE_MELDINGEN, MEESTE_TAKEN, MEESTE_SCHOLEN, MEESTE_LEVERINGEN = 200, 50, 20, 10
# kinds of task that the administration does where nobody else has them
TAAKSOORTEN = ("terugmelding", "koppelen")
SCHOOL, MELDINGEN = "school", "meldingen"  # rows of these among those of the signals; no kind is called that


@dataclass(frozen=True)
class Uitval:
    """How many rows of one delivery still wait to be mended."""

    wat: str
    wanneer: str
    aantal: int
    url: str


@dataclass(frozen=True)
class Administratiebeeld:
    """The whole page. `scholen` are the numbers of the schools that still need a name."""

    groepen: list[Werkgroep]
    uitval: list[Uitval]
    scholen: Sequence[str]
    signalen: Sequence[Getal]
    te_beoordelen: int
    zin: str

    @property
    def getoond(self) -> int:
        return sum(len(groep.regels) for groep in self.groepen)

    @property
    def bij(self) -> bool:
        return not (self.groepen or self.uitval or self.scholen)


def maak_administratiebeeld(toegang: Toegang, *, nu: dt.datetime) -> Administratiebeeld:
    """Reads what waits for the administration. Four queries."""
    op = timezone.localdate(nu)
    onbekend = list(
        Melding.objects.voor(toegang)
        .op_ons()
        .filter(jongere__isnull=True)
        .select_related("gemeente", "werkproces")
        .kortste_tijd_eerst()[:MEESTE_MELDINGEN]
    )
    taken = _taken(toegang)
    uitval = _uitval(toegang, op=op)
    scholen, geteld = _scholen_en_tellers(toegang, op=op)
    te_beoordelen = geteld.pop(MELDINGEN, 0)
    groepen = []
    if onbekend:
        regels = [
            meldingregel(melding, verzuim="", op=op, mag_beoordelen=False, primair=nummer == 0)
            for nummer, melding in enumerate(onbekend)
        ]
        groepen.append(Werkgroep("wie", "Meldingen zonder jongere", regels, len(regels), "kortste tijd eerst"))
    if taken:
        mag = toegang.mag(Recht.DOSSIER_WERKEN)
        taakregels = [
            taakregel(taak, op=op, mag_werken=mag, primair=not groepen and nummer == 0)
            for nummer, taak in enumerate(taken)
        ]
        groepen.append(Werkgroep("taken", "Taken", taakregels, len(taakregels), "oudste eerst"))
    return Administratiebeeld(
        groepen=groepen,
        uitval=uitval,
        scholen=scholen,
        signalen=als_getallen(geteld, toon=VOOR_MIJ),
        te_beoordelen=te_beoordelen,
        zin=_zin(len(onbekend), sum(levering.aantal for levering in uitval), len(scholen)),
    )


def _taken(toegang: Toegang) -> list[Taak]:
    """Own tasks, and those of the kinds that this desk does."""
    rijen = Taak.objects.voor(toegang).open()
    eigen = rijen.filter(eigenaar=toegang.gebruiker_id) | rijen.filter(eigenaar__isnull=True, soort__in=TAAKSOORTEN)
    return list(eigen.select_related("jongere__gemeente", "gemeente", "werkproces").op_volgorde()[:MEESTE_TAKEN])


def _uitval(toegang: Toegang, *, op: dt.date) -> list[Uitval]:
    """Rows that could not be read, by delivery, newest first. Counts only. One query."""
    rijen = (
        Uitvalrij.objects.filter(
            levering__regio=toegang.regio_id, levering__stand=Levering.Stand.INGELEZEN, opgelost_op__isnull=True
        )
        .values("levering__sleutel", "levering__nummer", "levering__soort", "levering__gestart_op")
        .annotate(aantal=Count("pk"))
        .order_by("-levering__gestart_op")[:MEESTE_LEVERINGEN]
    )
    return [
        Uitval(
            f"{rij['levering__soort']}, levering {rij['levering__nummer']}",
            taal.datum_kort(rij["levering__gestart_op"], op=op),
            rij["aantal"],
            reverse("leveringen:levering", args=[rij["levering__sleutel"]]),
        )
        for rij in rijen
    ]


def _scholen_en_tellers(toegang: Toegang, *, op: dt.date) -> tuple[list[str], dict[str, int]]:
    """The numbers of schools that need a name; and how many signals were let in that are hers or nobody's, by kind, and
    up to `MEESTE_MELDINGEN` how many meldingen wait for an oordeel. One query, for all are short.
    """
    signalen = Signaal.objects.voor(toegang).in_voorraad(op=op).voor_mij(toegang).annotate(wat=F("soort"))
    meldingen = Melding.objects.voor(toegang).op_ons().kortste_tijd_eerst().hoogstens(MEESTE_MELDINGEN)
    meldingen = meldingen.annotate(wat=_heet(MELDINGEN))
    geteld, wacht = (
        rijen.values("wat").annotate(brin=_heet(""), aantal=Count("pk")).order_by() for rijen in (signalen, meldingen)
    )
    scholen = Instelling.objects.filter(aanvullen=True).annotate(wat=_heet(SCHOOL))
    rijen = list(geteld.union(wacht, scholen.values("wat", "brin").annotate(aantal=Value(0)).order_by(), all=True))
    brins = sorted(rij["brin"] for rij in rijen if rij["wat"] == SCHOOL)[:MEESTE_SCHOLEN]
    return brins, {rij["wat"]: rij["aantal"] for rij in rijen if rij["wat"] != SCHOOL}


def _heet(wat: str) -> Value:
    """What a row of these is called."""
    return Value(wat, output_field=CharField())


def _zin(onbekend: int, uitval: int, scholen: int) -> str:
    """How things stand, in one sentence."""
    delen = []
    if onbekend:
        heeft = "melding heeft" if onbekend == 1 else "meldingen hebben"
        delen.append(f"{taal.telwoord(onbekend)} {heeft} nog geen jongere")
    if uitval:
        wacht = "rij uit een levering wacht" if uitval == 1 else "rijen uit leveringen wachten"
        delen.append(f"{taal.telwoord(uitval)} {wacht} op herstel")
    if scholen:
        heeft = "school heeft" if scholen == 1 else "scholen hebben"
        delen.append(f"{taal.telwoord(scholen)} {heeft} nog geen naam")
    return f"{taal.hoofdletter(taal.opsomming(delen))}." if delen else "Alles is verwerkt."
