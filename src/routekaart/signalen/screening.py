"""The screening as pages read it: per school both phases in numbers, and behind each number its cases.

All within the scope of the user. Whether the list of a school is in is a fact about the school: that is the same for
everybody of the regio.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from routekaart.basis.adresvraag import Adresvraag
from routekaart.leveringen.models import Levering
from routekaart.loopbaan.models import Instelling, Uitstroom
from routekaart.meldingen.bladeren import Bladzijde, blader
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.screening import GEVONDEN, TE_DOEN, Staat, Stap
from routekaart.regels.screening_feiten import MOGELIJK_VSV, Vertrek, seizoen
from routekaart.regels.screening_telling import Trechter, Vak, tel
from routekaart.signalen.models import Afleverschool, Lijstvraag, Vertrekker
from routekaart.signalen.schoolvraag import GEEN_VRAAG
from routekaart.toegang.bereik import Toegang

PER_PAGINA = 50
HOOGSTENS_MEE = 2000  # persons in one file
JAREN = 4
MIJ = "mij"
_MOGELIJK = Q(vertrek__in=sorted(MOGELIJK_VSV))
_GEVONDEN = Q(staat__in=sorted(GEVONDEN))
_GEMIST = Q(gemist=True)
# which leavers stand behind which number
KEUZES: dict[str, Q] = {
    "iedereen": Q(),
    "diploma": Q(met_diploma=True),
    "buiten": Q(vertrek=Vertrek.BUITEN),
    "gekwalificeerd": Q(vertrek=Vertrek.GEKWALIFICEERD),
    "bekend": Q(vertrek=Vertrek.BEKEND),
    "mogelijk": _MOGELIJK,
    "mogelijk-bereikt": _MOGELIJK & Q(bereikt=True),
    "mogelijk-gevonden": _MOGELIJK & _GEVONDEN,
    "mogelijk-geplaatst": _MOGELIJK & Q(geplaatst=True),
    "mogelijk-open": _MOGELIJK & ~_GEVONDEN,
    "ingeschreven": ~_GEMIST & ~Q(vertrek__in=[Vertrek.BUITEN, Vertrek.GEKWALIFICEERD]),
    "gemist": _GEMIST,
    "gemist-bereikt": _GEMIST & Q(bereikt=True),
    "gemist-gevonden": _GEMIST & _GEVONDEN,
    "gemist-geplaatst": _GEMIST & Q(geplaatst=True),
    "gemist-open": _GEMIST & ~_GEVONDEN,
    "onbevestigd": Q(staat=Staat.ONBEVESTIGD),
}
STAPPEN: dict[str, Q] = {
    "te-doen": Q(stap__in=TE_DOEN),
    **{stap.value: Q(stap=stap) for stap in (*TE_DOEN, Stap.WACHT, Stap.CONTROLE, Stap.GEEN)},
}


@dataclass(frozen=True)
class Vraag(Adresvraag):
    """What the address asks; what is standard stays out of it."""

    IN_PAD = frozenset({"school"})

    schooljaar: str = ""
    school: str = ""
    stap: str = ""
    toon: str = ""
    gemeente: str = ""
    wie: str = ""
    pagina: str = ""

    @property
    def pad(self) -> str:
        """The page of the school, or that of all leavers."""
        if self.school:
            return reverse("signalen:screening-school", args=[self.school])
        return reverse("signalen:screening-jongeren")

    @classmethod
    def lees(cls, adres: QueryDict, *, school: uuid.UUID | None = None) -> Vraag:
        """Reads the address; what it does not know, it leaves out."""
        stap, toon = adres.get("stap", ""), adres.get("toon", "")
        return cls(
            schooljaar=adres.get("schooljaar", "")[:9],
            school=str(school or ""),
            stap=stap if stap in STAPPEN else "",
            toon=toon if toon in KEUZES else "",
            gemeente=adres.get("gemeente", "")[:4],
            wie=MIJ if adres.get("wie") == MIJ else "",
            pagina=adres.get("pagina", "")[:50],
        )


def seizoenen(op: dt.date) -> list[Schooljaar]:
    """The seasons one can choose, the newest first: also that of this schooljaar, when it is early."""
    dit = Schooljaar.van(op)
    return [Schooljaar(dit.beginjaar - terug) for terug in range(JAREN)]


def gekozen_jaar(tekst: str, op: dt.date) -> Schooljaar:
    """The schooljaar of the address; else the season of this day."""
    return {str(jaar): jaar for jaar in seizoenen(op)}.get(tekst, seizoen(op))


def vertrekkers(toegang: Toegang, jaar: Schooljaar) -> Any:
    """Who leaves in this schooljaar, within scope."""
    return Vertrekker.objects.voor(toegang).filter(regio_id=toegang.regio_id or 0, schooljaar=str(jaar))


@dataclass(frozen=True)
class Lijst:
    """Whether the list of a school is in. `laat`: the day on which it should be is past. `portaal`: of how many pupils
    the school answered one by one; that is a list once there is nobody left to ask about.
    """

    vermeld: int
    binnen_op: dt.date | None
    gevraagd: Lijstvraag | None
    laat: bool
    portaal: int = 0

    @property
    def niemand(self) -> bool:
        """The school says that nobody leaves."""
        return self.gevraagd is not None and self.gevraagd.soort == Lijstvraag.Soort.NIEMAND

    @property
    def binnen(self) -> bool:
        return self.binnen_op is not None or self.niemand


@dataclass(frozen=True)
class Schoolrij:
    """One school of the overview."""

    school: Instelling
    trechter: Trechter
    te_doen: int
    lijst: Lijst


@dataclass(frozen=True)
class Overzicht:
    """Both phases over all schools in scope. `stappen`: how many there are per next step."""

    rijen: Sequence[Schoolrij]
    totaal: Trechter
    stappen: Mapping[str, int]
    onbevestigd: int

    @property
    def lijsten(self) -> int:
        return sum(rij.lijst.binnen for rij in self.rijen)

    @property
    def te_doen(self) -> int:
        return sum(self.stappen.get(stap, 0) for stap in TE_DOEN)


_VAK = ("vertrek", "staat", "met_diploma", "gemist", "bereikt", "geplaatst")


def maak_overzicht(
    toegang: Toegang, jaar: Schooljaar, *, op: dt.date, dagen: int, gemeente: str = "", school: Instelling | None = None
) -> Overzicht:
    """The schools with their funnels. Four queries, whatever there is. `dagen`: before 31 July, when lists are due."""
    rijen = vertrekkers(toegang, jaar)
    scholen = _afleverscholen(toegang).filter(schooljaar=str(jaar))
    if gemeente:
        rijen, scholen = rijen.filter(jongere__gemeente__code=gemeente), scholen.filter(gemeente__code=gemeente)
    if school is not None:
        rijen, scholen = rijen.filter(instelling=school), scholen.filter(instelling=school)
    vakken: defaultdict[int, list[Vak]] = defaultdict(list)
    stappen: Counter[str] = Counter()
    te_doen: Counter[int] = Counter()
    for pk, stap, *waarden, n in rijen.order_by().values_list("instelling_id", "stap", *_VAK).annotate(n=Count("pk")):
        vak = dict(zip(_VAK, waarden, strict=True))
        vakken[pk].append(Vak(**{**vak, "vertrek": Vertrek(vak["vertrek"]), "staat": Staat(vak["staat"]), "aantal": n}))
        stappen[stap] += n
        te_doen[pk] += n if stap in TE_DOEN else 0
    lijsten = _lijsten(toegang, jaar, op=op, dagen=dagen)
    leeg = Lijst(0, None, None, laat=op > jaar.einde - dt.timedelta(days=dagen))
    ook = Instelling.objects.filter(Q(pk__in=vakken) | Q(pk__in=scholen.values("instelling_id")))
    alle = {een.pk: een for een in ook}
    return Overzicht(
        rijen=sorted(
            (Schoolrij(een, tel(vakken.get(pk, ())), te_doen[pk], lijsten.get(pk, leeg)) for pk, een in alle.items()),
            key=lambda rij: (rij.school.naam.casefold(), rij.school.brin),
        ),
        totaal=tel(vak for deel in vakken.values() for vak in deel),
        stappen=stappen,
        onbevestigd=sum(vak.aantal for deel in vakken.values() for vak in deel if vak.staat is Staat.ONBEVESTIGD),
    )


def _afleverscholen(toegang: Toegang) -> Any:
    binnen = Q(pk__in=[])
    for soort, gemeenten in toegang.gebied.items():
        binnen |= Q(soort_werk=soort, gemeente_id__in=gemeenten)
    return Afleverschool.objects.filter(binnen, regio_id=toegang.regio_id or 0)


def _lijsten(toegang: Toegang, jaar: Schooljaar, *, op: dt.date, dagen: int) -> dict[int, Lijst]:
    """Per school whether its list is in, and the last time we asked. Two queries."""
    reden = "of de lijst van een school binnen is, zonder personen"
    rijen = Uitstroom.objects.alles(reden=reden).filter(jongere__regio_id=toegang.regio_id or 0, schooljaar=str(jaar))
    getypt = Levering.objects.filter(regio_id=toegang.regio_id or 0, herkomst=Levering.Herkomst.PORTAAL)
    stil = Vertrekker.objects.alles(reden=reden).filter(
        regio_id=toegang.regio_id or 0, schooljaar=str(jaar), instelling=OuterRef("instelling"), op_lijst=False
    )
    binnen: dict[int, tuple[int, dt.date | None]] = {}
    portaal: dict[int, int] = {}
    for pk, n, eerst, los, vraagt in (
        rijen.order_by()
        .values_list("instelling_id")
        .annotate(
            n=Count("pk"),
            eerst=Min("created"),
            los=Count("pk", filter=Q(levering_id__in=getypt.values("pk"))),
            vraagt=Exists(stil.exclude(vertrek__in=GEEN_VRAAG)),
        )
    ):
        portaal[pk] = los
        binnen[pk] = (n, None if los == n and vraagt else timezone.localdate(eerst))
    vragen = Lijstvraag.objects.filter(
        regio_id=toegang.regio_id or 0, schooljaar=str(jaar), ingetrokken_op__isnull=True
    )
    gevraagd = {vraag.instelling_id: vraag for vraag in vragen.order_by("op", "pk")}
    laat = op > jaar.einde - dt.timedelta(days=dagen)
    return {
        pk: Lijst(vermeld, eerst, gevraagd.get(pk), laat=laat and eerst is None, portaal=portaal.get(pk, 0))
        for pk, (vermeld, eerst) in (dict.fromkeys(gevraagd, (0, None)) | binnen).items()
    }


def ingelezen_op(toegang: Toegang) -> dt.date | None:
    """The day of the last delivery of enrolments, against which claims are checked."""
    rijen = Levering.objects.filter(
        regio_id=toegang.regio_id or 0, soort="inschrijvingen", stand=Levering.Stand.INGELEZEN
    )
    laatst = rijen.aggregate(laatst=Max("gestart_op"))["laatst"]
    return timezone.localdate(laatst) if laatst is not None else None


def lijstvragen(toegang: Toegang, jaar: Schooljaar, school: Instelling) -> list[Lijstvraag]:
    """Every time that the school was asked, the last first; also what was taken back. One query."""
    rijen = Lijstvraag.objects.filter(regio_id=toegang.regio_id or 0, schooljaar=str(jaar), instelling=school)
    return list(rijen.select_related("door").order_by("-op", "-pk"))


def is_bereikbaar(toegang: Toegang, school: Instelling) -> bool:
    """Whether this school has pupils or leavers in scope, in any season. At most two queries."""
    eigen = Vertrekker.objects.voor(toegang).filter(regio_id=toegang.regio_id or 0, instelling=school)
    return bool(eigen.exists() or _afleverscholen(toegang).filter(instelling=school).exists())


@dataclass(frozen=True)
class Gevallen:
    """One page of leavers, with the counts of every choice that one can go on to."""

    bladzijde: Bladzijde
    aantal: int
    stappen: Mapping[str, int]
    van_mij: int
    gemeenten: Sequence[tuple[str, str]]


def gekozen(toegang: Toegang, vraag: Vraag, jaar: Schooljaar, *, school: Instelling | None) -> Any:
    """Every leaver that the question asks for, for a file: at most one more than may leave the house at once."""
    rijen = vertrekkers(toegang, jaar)
    if school is not None:
        rijen = rijen.filter(instelling=school)
    rijen = rijen.filter(KEUZES[vraag.toon] if vraag.toon else Q(), STAPPEN[vraag.stap] if vraag.stap else Q())
    if vraag.gemeente:
        rijen = rijen.filter(jongere__gemeente__code=vraag.gemeente)
    if vraag.wie == MIJ:
        rijen = rijen.filter(behandelaar=toegang.gebruiker_id)
    erbij = rijen.select_related("jongere__gemeente", "instelling", "behandelaar")
    return erbij.order_by("jongere__zoeknaam", "pk")[: HOOGSTENS_MEE + 1]


def gevallen(toegang: Toegang, vraag: Vraag, jaar: Schooljaar, *, school: Instelling | None) -> Gevallen:
    """The leavers that the question asks for, by name. At most four queries."""
    rijen = vertrekkers(toegang, jaar)
    if school is not None:
        rijen = rijen.filter(instelling=school)
    if vraag.toon:
        rijen = rijen.filter(KEUZES[vraag.toon])
    gemeenten = list(
        rijen.order_by("jongere__gemeente__naam").values_list("jongere__gemeente__code", "jongere__gemeente__naam")
        .distinct()
    )  # fmt: skip
    if vraag.gemeente:
        rijen = rijen.filter(jongere__gemeente__code=vraag.gemeente)
    mijn = Q(behandelaar=toegang.gebruiker_id)
    binnen = rijen.filter(mijn) if vraag.wie == MIJ else rijen
    tellers = rijen.aggregate(
        van_mij=Count("pk", filter=mijn),
        **{
            f"n_{naam.replace('-', '_')}": Count("pk", filter=keuze & mijn if vraag.wie == MIJ else keuze)
            for naam, keuze in (("", Q()), *STAPPEN.items())
        },
    )
    stappen = {naam: tellers[f"n_{naam.replace('-', '_')}"] for naam in ("", *STAPPEN)}
    if vraag.stap:
        binnen = binnen.filter(STAPPEN[vraag.stap])
    erbij = binnen.select_related("jongere__gemeente", "instelling", "behandelaar")
    return Gevallen(
        bladzijde=blader(erbij, vraag.pagina, veld="jongere__zoeknaam", aflopend=False, per=PER_PAGINA),
        aantal=stappen[vraag.stap],
        stappen=stappen,
        van_mij=tellers["van_mij"],
        gemeenten=gemeenten,
    )
