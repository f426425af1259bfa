"""The numbers per school within the scope of a user, and the cases behind them.

Who may see persons counts in the own gemeenten and kinds of work. Who may only see counts gets those of the whole
regio, and never a row of one person; what is too small is made coarse where it is shown (`regels.kleine_aantallen`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from routekaart.dossiers.models import Werkproces
from routekaart.inhoud.codelijsten import uitkomsten
from routekaart.loopbaan.models import Instelling
from routekaart.meldingen.soorten import soort_werkproces
from routekaart.regels.meldgedrag import Cijfers, Vak, tel
from routekaart.regels.schooljaar import Schooljaar
from routekaart.signalen.models import Meldaanleiding, Schoolgesprek, Schooljaartelling, Schooltelling
from routekaart.toegang.bereik import Toegang

HOOGSTENS = 300
JAREN = 4
NOG_OPEN = "nog niet afgerond"
KLAAR = (
    Q(melding__ingetrokken_op__isnull=False)
    | ~Q(melding__uitkomst="")
    | Q(melding__werkproces__afgesloten_op__isnull=False)
    | Q(melding__oordeel__in=["onterecht", "overdracht", "geen-actie"])
)
ZONDER = Q(stand=Meldaanleiding.Stand.ONTBREEKT)
# which cases stand behind which number of the chosen schooljaar
KEUZES: dict[str, Q] = {
    "zonder": ZONDER,
    "laat": Q(op_tijd=False) & ~Q(soort=Meldaanleiding.Soort.OVERIG),
    "op-tijd": Q(op_tijd=True) & ~Q(soort=Meldaanleiding.Soort.OVERIG),
    "verwacht": ~Q(soort=Meldaanleiding.Soort.OVERIG) & ~Q(stand=Meldaanleiding.Stand.LOOPT),
    "gemeld": Q(stand=Meldaanleiding.Stand.GEMELD) & ~Q(soort=Meldaanleiding.Soort.OVERIG),
    "loopt": Q(stand=Meldaanleiding.Stand.LOOPT),
    "ontvangen": Q(melding__isnull=False),
}
BESPREKEN = "bespreken"


def schooljaren(op: dt.date) -> list[Schooljaar]:
    """The schooljaren that are counted, the last one first."""
    dit = Schooljaar.van(op)
    return [Schooljaar(dit.beginjaar - terug) for terug in range(JAREN)]


def alleen_getallen(toegang: Toegang) -> bool:
    """Whether this user sees counts and no persons."""
    return not toegang.ziet_personen


def _rijen(toegang: Toegang) -> Any:
    if alleen_getallen(toegang):
        getallen = Meldaanleiding.objects.alles(reden="alleen getallen over een hele regio, zonder personen")
        return getallen.filter(regio_id=toegang.regio_id or 0)
    return Meldaanleiding.objects.voor(toegang)


def _tellingen(toegang: Toegang) -> Any:
    rijen = Schooltelling.objects.filter(regio_id=toegang.regio_id or 0)
    if alleen_getallen(toegang):
        return rijen
    binnen = Q(pk__in=[])
    for soort, gemeenten in toegang.gebied.items():
        binnen |= Q(soort_werk=soort, gemeente_id__in=gemeenten)
    return rijen.filter(binnen)


def geteld_op(toegang: Toegang) -> Schooljaartelling | None:
    """When this regio was last counted; None where never. One query."""
    return Schooljaartelling.objects.filter(regio_id=toegang.regio_id or 0).order_by("-geteld_op").first()


@dataclass(frozen=True)
class Schoolstand:
    """One school in the list. `leerlingen` None: we do not know who is enrolled there."""

    school: Instelling
    leerlingen: int | None
    nu: Cijfers
    vorig: Cijfers
    gesprek: Schoolgesprek | None


def _cijfers(rijen: Any, jaren: Iterable[str], bekend: Mapping[tuple[int, str], int]) -> dict[tuple[int, str], Cijfers]:
    """Per school and schooljaar. Two queries, of as many rows as there are different waiting times."""
    rijen = rijen.filter(schooljaar__in=list(jaren)).order_by()
    vakken: defaultdict[tuple[int, str], list[Vak]] = defaultdict(list)
    kolommen = ("instelling_id", "schooljaar", "soort", "stand", "werkdagen", "op_tijd")
    for school, jaar, soort, stand, werkdagen, op_tijd, n in rijen.values_list(*kolommen).annotate(n=Count("pk")):
        vakken[school, jaar].append(Vak(soort=soort, stand=stand, werkdagen=werkdagen, op_tijd=op_tijd, aantal=n))
    ontvangen = {
        (school, jaar): n
        for school, jaar, n in rijen.values_list("instelling_id", "schooljaar").annotate(
            n=Count("melding_id", distinct=True)
        )
    }
    return {
        sleutel: tel(vakken.get(sleutel, ()), ontvangen=ontvangen.get(sleutel, 0), bekend=sleutel in bekend)
        for sleutel in {*vakken, *ontvangen, *bekend}
    }


def _leerlingen(tellingen: Any, jaren: Iterable[str]) -> dict[tuple[int, str], int]:
    rijen = tellingen.filter(schooljaar__in=list(jaren)).order_by().values_list("instelling_id", "schooljaar")
    return {(school, jaar): n for school, jaar, n in rijen.annotate(n=Sum("leerlingen"))}


LEEG = tel((), ontvangen=0, bekend=False)


def alle_scholen(toegang: Toegang, jaar: Schooljaar) -> list[Schoolstand]:
    """Every school with pupils or meldingen in scope, in this schooljaar or the one before. Five queries."""
    dit, vorig = str(jaar), str(jaar.vorige)
    leerlingen = _leerlingen(_tellingen(toegang), (dit, vorig))
    cijfers = _cijfers(_rijen(toegang), (dit, vorig), leerlingen)
    scholen = Instelling.objects.in_bulk({school for school, _ in cijfers})
    gesprekken = _laatste_gesprekken(toegang)
    return [
        Schoolstand(
            school,
            leerlingen.get((pk, dit)),
            cijfers.get((pk, dit), LEEG),
            cijfers.get((pk, vorig), LEEG),
            gesprekken.get(pk),
        )
        for pk, school in scholen.items()
    ]


def _laatste_gesprekken(toegang: Toegang) -> dict[int, Schoolgesprek]:
    rijen = Schoolgesprek.objects.filter(regio_id=toegang.regio_id or 0, ingetrokken_op__isnull=True)
    return {gesprek.instelling_id: gesprek for gesprek in rijen.order_by("op", "pk")}


def gesprekken_met(toegang: Toegang, school: Instelling) -> list[Schoolgesprek]:
    """All talks with the school, the last one first; also what was taken back. One query."""
    rijen = Schoolgesprek.objects.filter(regio_id=toegang.regio_id or 0, instelling=school)
    return list(rijen.select_related("door").order_by("-op", "-pk"))


def afspraken_met(regio_id: int, school: Instelling) -> list[Schoolgesprek]:
    """What was agreed with the school, the last first, as the school itself may read it. One query."""
    rijen = Schoolgesprek.objects.filter(
        regio_id=regio_id, instelling=school, soort=Schoolgesprek.Soort.GESPREK, ingetrokken_op__isnull=True
    )
    return list(rijen.order_by("-op", "-pk"))


def is_bereikbaar(toegang: Toegang, school: Instelling) -> bool:
    """Whether this school has pupils or meldingen in the scope. At most two queries."""
    van_school = _rijen(toegang).filter(instelling=school)
    return bool(_tellingen(toegang).filter(instelling=school).exists() or van_school.exists())


def verloop(toegang: Toegang, school: Instelling, *, op: dt.date) -> dict[str, Cijfers]:
    """The numbers of one school over the schooljaren, the oldest first. Three queries."""
    jaren = [str(jaar) for jaar in reversed(schooljaren(op))]
    return _verloop(_rijen(toegang).filter(instelling=school), _tellingen(toegang), school, jaren)


def verloop_van_school(regio_id: int, school: Instelling, *, op: dt.date) -> dict[str, Cijfers]:
    """The same for the school itself: all its own pupils in the regio, counts only."""
    jaren = [str(jaar) for jaar in reversed(schooljaren(op))]
    rijen = Meldaanleiding.objects.alles(reden="de getallen van één school voor die school")
    tellingen = Schooltelling.objects.filter(regio_id=regio_id)
    return _verloop(rijen.filter(regio_id=regio_id, instelling=school), tellingen, school, jaren)


def _verloop(rijen: Any, tellingen: Any, school: Instelling, jaren: Sequence[str]) -> dict[str, Cijfers]:
    bekend = _leerlingen(tellingen.filter(instelling=school), jaren)
    cijfers = _cijfers(rijen, jaren, bekend)
    return {jaar: cijfers.get((school.pk, jaar), LEEG) for jaar in jaren}


@dataclass(frozen=True)
class Uitkomstregel:
    """How many meldingen of one kind ended so, in the schooljaar and the one before."""

    over: str
    uitkomst: str
    nu: int
    vorig: int
    open: bool = False


def uitkomsten_van(toegang: Toegang, school: Instelling, jaar: Schooljaar) -> list[Uitkomstregel]:
    """What became of the meldingen of this school (REG-18). One query."""
    return _uitkomsten(_rijen(toegang).filter(instelling=school), jaar)


def uitkomsten_voor_school(regio_id: int, school: Instelling, jaar: Schooljaar) -> list[Uitkomstregel]:
    """The same for the school itself."""
    rijen = Meldaanleiding.objects.alles(reden="de getallen van één school voor die school")
    return _uitkomsten(rijen.filter(regio_id=regio_id, instelling=school), jaar)


def _uitkomsten(rijen: Any, jaar: Schooljaar) -> list[Uitkomstregel]:
    dit = str(jaar)
    geteld = (
        rijen.filter(schooljaar__in=[dit, str(jaar.vorige)], melding__isnull=False)
        .order_by()
        .values(
            "schooljaar", "melding__soort", "melding__soort_werk", "melding__werkproces__soort", "melding__uitkomst",
            "melding__werkproces__uitkomst", "melding__oordeel",
        )
        .annotate(n=Count("melding_id", distinct=True))
    )  # fmt: skip
    som: defaultdict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for rij in geteld:
        soort = rij["melding__werkproces__soort"] or soort_werkproces(rij["melding__soort"], rij["melding__soort_werk"])
        code = rij["melding__uitkomst"] or rij["melding__werkproces__uitkomst"] or ""
        som[_groep(soort), _uitkomstnaam(soort, code, rij["melding__oordeel"]), not code][
            0 if rij["schooljaar"] == dit else 1
        ] += rij["n"]
    regels = [Uitkomstregel(over, naam, nu, vorig, open_) for (over, naam, open_), (nu, vorig) in som.items()]
    return sorted(regels, key=lambda regel: (regel.over, regel.open, -regel.nu, -regel.vorig, regel.uitkomst))


def _groep(soort: str) -> str:
    return "Verzuim" if soort in {"verzuim-18-plus", "relatief-verzuim"} else "Uitval en zorg"


def _uitkomstnaam(soort: str, code: str, oordeel: str) -> str:
    if not code:
        return {"onterecht": "onterechte melding", "overdracht": "overgedragen aan andere gemeente"}.get(
            oordeel, NOG_OPEN
        )
    return next((keuze.label for keuze in uitkomsten(soort) if keuze.code == code), code)


@dataclass(frozen=True)
class Gevallen:
    """The cases of one choice; `meer` where the list was cut off."""

    rijen: Sequence[Any]
    aantal: int
    tellers: dict[str, int]
    werk: Mapping[int, Werkproces]

    @property
    def meer(self) -> bool:
        return self.aantal > len(self.rijen)


def _bespreken(jaar: Schooljaar) -> Q:
    """Everybody who is under discussion with the school: what still runs of any year, and what it did not report of
    this schooljaar or the one before (MEL-36).
    """
    mist = ZONDER & Q(schooljaar__in=[str(jaar), str(jaar.vorige)])
    return mist | (Q(melding__isnull=False) & ~KLAAR)


def gevallen(toegang: Toegang, school: Instelling, jaar: Schooljaar, toon: str) -> Gevallen:
    """The cases behind one number, by name. Three queries. Only persons who are in scope today."""
    binnen = toegang.q("jongere__", jongere="jongere") | Q(jongere__isnull=True)
    rijen = Meldaanleiding.objects.voor(toegang).filter(binnen, instelling=school)
    dit = Q(schooljaar=str(jaar))
    keuzes = {BESPREKEN: _bespreken(jaar)} | {naam: dit & keuze for naam, keuze in KEUZES.items()}
    tellers = rijen.aggregate(**{naam.replace("-", "_"): Count("pk", filter=keuze) for naam, keuze in keuzes.items()})
    gekozen = rijen.filter(keuzes[toon]).select_related("jongere", "melding__werkproces__behandelaar", "gemeente")
    naam = Coalesce("jongere__zoeknaam", "melding__opgegeven_achternaam")
    lijst = list(gekozen.order_by(naam, "jongere_id", "-sinds", "pk")[:HOOGSTENS])
    zonder = {rij.jongere_id for rij in lijst if rij.melding_id is None}
    return Gevallen(lijst, tellers[toon.replace("-", "_")], tellers, _lopend_werk(toegang, zonder))


def _lopend_werk(toegang: Toegang, jongeren: Iterable[int | None]) -> dict[int, Werkproces]:
    """The running werkproces of who was not reported, where somebody else brought them in. One query."""
    rijen = Werkproces.objects.voor(toegang).filter(
        jongere_id__in=[pk for pk in jongeren if pk is not None], afgesloten_op__isnull=True
    )
    return {rij.jongere_id: rij for rij in rijen.select_related("behandelaar").order_by("pk")}
