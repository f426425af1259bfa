"""The list of young persons: filters from the address, a page by key, counts that stop at a thousand. Three queries."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from routekaart.basis import taal
from routekaart.basis.adresvraag import Adresvraag
from routekaart.basis.models import Gemeente
from routekaart.basis.onderdelen import Etiket, Filter
from routekaart.dossiers.actielinks import dossier_url
from routekaart.dossiers.models import Werkproces
from routekaart.inhoud import routes
from routekaart.inhoud.codelijsten import codelijst
from routekaart.loopbaan.models import Inschrijving
from routekaart.personen.merken import merken_kort
from routekaart.personen.models import Jongere
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Gebruiker, Lidmaatschap
from routekaart.toegang.rechten import Rol
from routekaart.werkplek.werkregels import doelgroep_kort

PER_PAGINA = 50
TELT_TOT = 1000
LOPEND, AFGESLOTEN, ZONDER = "lopend", "afgesloten", "zonder"
STANDEN = {LOPEND: "Lopend", AFGESLOTEN: "Afgesloten", ZONDER: "Zonder werkproces"}
IK, GEEN = "ik", "geen"
ONBEKEND = "onbekend"
LANGSTE = 60


@dataclass(frozen=True)
class Vraag(Adresvraag):
    """What the address asks. `plaats` is a fase (`f2`) or a step (`s7`); `na` and `voor` are keys of a row."""

    stand: str = LOPEND
    gemeente: str = ""
    doelgroep: str = ""
    plaats: str = ""
    behandelaar: str = ""
    school: str = ""
    na: str = ""
    voor: str = ""

    @classmethod
    def lees(cls, adres: QueryDict) -> Vraag:
        """Reads the address; what it does not know, it leaves out."""
        stand = adres.get("stand", "")
        doelgroep = adres.get("doelgroep", "")
        plaats = adres.get("plaats", "")
        return cls(
            stand=stand if stand in STANDEN else LOPEND,
            gemeente=adres.get("gemeente", "")[:4],
            doelgroep=doelgroep if doelgroep == ONBEKEND or doelgroep in codelijst("doelgroepen") else "",
            plaats=plaats if plaats in dict(_plaatsen()) else "",
            behandelaar=adres.get("behandelaar", "")[:40],
            school=adres.get("school", "").strip()[:LANGSTE],
            na=adres.get("na", "")[:40],
            voor=adres.get("voor", "")[:40],
        )

    @property
    def gefilterd(self) -> bool:
        return bool(self.gemeente or self.doelgroep or self.plaats or self.behandelaar or self.school)


@dataclass(frozen=True)
class Rij:
    """One row: a person, with the werkproces where there is one."""

    sleutel: str
    naam: str
    merken: Sequence[Etiket]
    url: str
    leeftijd: int
    gemeente: str
    doelgroep: str
    plaats: str
    behandelaar: str
    school: str
    sinds: str


@dataclass(frozen=True)
class Keuzes:
    """What can be chosen in the filters: (value, text)."""

    gemeenten: list[tuple[str, str]]
    doelgroepen: list[tuple[str, str]]
    fasen: list[tuple[str, str]]
    stappen: list[tuple[str, str]]
    behandelaars: list[tuple[str, str]]


@dataclass(frozen=True)
class Lijst:
    """The page as it is shown."""

    vraag: Vraag
    rijen: Sequence[Rij]
    standen: Sequence[Filter]
    keuzes: Keuzes
    aantal: str
    zin: str
    vorige: str
    volgende: str

    @property
    def getoond(self) -> str:
        """'50 van 1.000+'."""
        return f"{len(self.rijen)} van {self.aantal}"


@cache
def _plaatsen() -> tuple[tuple[str, str], ...]:
    """Every fase and step of the widest route, as `f2` and `s7`."""
    route = routes.laad("doorstroompunt")
    fasen = [(f"f{fase.nummer}", f"Fase {fase.nummer}, {fase.naam.lower()}") for fase in route.fases]
    stappen = [(f"s{stap.nummer}", f"Stap {stap.nummer}, {stap.naam.lower()}") for stap in route.stappen]
    return (*fasen, *stappen)


@cache
def _stap_in_woorden(route: str, versie: str, nummer: int) -> tuple[int, str]:
    """The fase and the name of a step of one version of a route."""
    stap = next(stap for stap in routes.laad(route, versie).stappen if stap.nummer == nummer)
    return stap.fase, stap.naam


def maak_lijst(vraag: Vraag, *, toegang: Toegang, op: dt.date) -> Lijst:
    """The list for this user on this day."""
    selectie = _zonder_werkproces(vraag, toegang) if vraag.stand == ZONDER else _werkprocessen(vraag, toegang, op=op)
    via = "" if vraag.stand == ZONDER else "jongere__"
    gelezen, vorige, volgende = _pagina(selectie, vraag, via, toegang, op=op)
    geteld = selectie[: TELT_TOT + 1].count()
    aantal = f"{taal.getal(TELT_TOT)}+" if geteld > TELT_TOT else taal.getal(geteld)
    maak = _rij_van_jongere if vraag.stand == ZONDER else _rij
    return Lijst(
        vraag=vraag,
        rijen=[maak(rij, op=op) for rij in gelezen],
        standen=[
            Filter(
                tekst,
                vraag.adres(stand=code, na="", voor=""),
                aantal=aantal if code == vraag.stand else None,
                gekozen=code == vraag.stand,
            )
            for code, tekst in STANDEN.items()
        ],
        keuzes=_keuzes(toegang, op=op),
        aantal=aantal,
        zin=_zin(vraag, aantal, een=geteld == 1),
        vorige=vorige,
        volgende=volgende,
    )


def _werkprocessen(vraag: Vraag, toegang: Toegang, *, op: dt.date) -> Any:
    rijen = Werkproces.objects.voor(toegang)
    rijen = rijen.open() if vraag.stand == LOPEND else rijen.afgesloten()
    if vraag.gemeente:
        rijen = rijen.filter(gemeente__code=vraag.gemeente)
    if vraag.doelgroep:
        rijen = rijen.filter(doelgroep="" if vraag.doelgroep == ONBEKEND else vraag.doelgroep)
    if vraag.behandelaar:
        rijen = rijen.filter(_van_behandelaar(vraag.behandelaar, toegang))
    if vraag.plaats:
        rijen = rijen.filter(_op_plaats(vraag.plaats))
    if vraag.school:
        rijen = rijen.filter(Exists(_op_school(vraag.school, toegang, "jongere_id", op=op)))
    return rijen


def _zonder_werkproces(vraag: Vraag, toegang: Toegang) -> Any:
    """Young persons in scope without any werkproces; only gemeente and school say something about them."""
    rijen = Jongere.objects.voor(toegang).filter(
        ~Exists(Werkproces.objects.voor(toegang).filter(jongere=OuterRef("pk")))
    )
    if vraag.gemeente:
        rijen = rijen.filter(gemeente__code=vraag.gemeente)
    if vraag.school:
        rijen = rijen.filter(Exists(_op_school(vraag.school, toegang, "pk", op=None)))
    return rijen


def _van_behandelaar(wie: str, toegang: Toegang) -> Q:
    if wie == GEEN:
        return Q(behandelaar__isnull=True)
    if wie == IK:
        return Q(behandelaar=toegang.gebruiker_id)
    try:
        return Q(behandelaar__sleutel=uuid.UUID(wie))
    except ValueError:
        return Q()


def _op_plaats(plaats: str) -> Q:
    """Werkprocessen that are at this fase or step, in whichever version of whichever route they run."""
    soort, nummer = plaats[0], int(plaats[1:])
    if soort == "s":
        return Q(stap=nummer)
    keuze = Q(pk__in=[])
    for code in routes.codes():
        for versie in routes.versies(code):
            stappen = [stap.nummer for stap in routes.laad(code, versie).stappen if stap.fase == nummer]
            if stappen:
                keuze |= Q(route=code, route_versie=versie, stap__in=stappen)
    return keuze


def _op_school(naam: str, toegang: Toegang, wie: str, *, op: dt.date | None) -> Any:
    """Enrolments of the outer row at a school with this in its name, or with this BRIN."""
    rijen = Inschrijving.objects.voor(toegang).filter(
        Q(instelling__naam__icontains=naam) | Q(instelling__brin__istartswith=naam), jongere=OuterRef(wie)
    )
    return rijen.geldig_op(op) if op is not None else rijen


def _school_nu(toegang: Toegang, wie: str, *, op: dt.date) -> Any:
    """The name of the school where the outer row was enrolled last."""
    rijen = Inschrijving.objects.voor(toegang).filter(jongere=OuterRef(wie), van__lte=op)
    return Subquery(rijen.order_by("-van", "-pk").values("instelling__naam")[:1])


def _pagina(selectie: Any, vraag: Vraag, via: str, toegang: Toegang, *, op: dt.date) -> tuple[list[Any], str, str]:
    """One page by key, in order of name: the rows after or before a row. The place of that row is asked within the
    same query.
    """
    terug = bool(vraag.voor)
    grens = _sleutel(vraag.voor or vraag.na)
    rijen = selectie
    if grens is not None:
        rand = selectie.model.objects.voor(toegang).filter(sleutel=grens)
        naam, pk = Subquery(rand.values(f"{via}zoeknaam")[:1]), Subquery(rand.values("pk")[:1])
        verder = "lt" if terug else "gt"
        rijen = rijen.filter(
            Q(**{f"{via}zoeknaam__{verder}": naam}) | Q(**{f"{via}zoeknaam": naam, f"pk__{verder}": pk})
        )
    erbij = ("gemeente",) if not via else ("jongere__gemeente", "behandelaar", "gemeente")
    teken = "-" if terug else ""
    gelezen = list(
        rijen.select_related(*erbij)
        .annotate(school=_school_nu(toegang, "pk" if not via else "jongere_id", op=op))
        .order_by(f"{teken}{via}zoeknaam", f"{teken}pk")[: PER_PAGINA + 1]
    )
    meer = len(gelezen) > PER_PAGINA
    pagina = gelezen[:PER_PAGINA]
    if terug:
        pagina.reverse()
    heeft_vorige = meer if terug else grens is not None
    heeft_volgende = grens is not None if terug else meer
    vorige = vraag.adres(voor=str(pagina[0].sleutel), na="") if pagina and heeft_vorige else ""
    volgende = vraag.adres(na=str(pagina[-1].sleutel), voor="") if pagina and heeft_volgende else ""
    return pagina, vorige, volgende


def _sleutel(tekst: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(tekst) if tekst else None
    except ValueError:
        return None


def _rij(werkproces: Any, *, op: dt.date) -> Rij:
    jongere = werkproces.jongere
    plaats = "Route is klaar"
    if werkproces.stap is not None:
        fase, naam = _stap_in_woorden(werkproces.route, werkproces.route_versie, werkproces.stap)
        plaats = f"Fase {fase}, stap {werkproces.stap}: {naam.lower()}"
    if werkproces.afgesloten_op is not None:
        plaats = f"Afgesloten op {taal.datum_kort(werkproces.afgesloten_op, op=op, weekdag=False)}"
    return Rij(
        sleutel=str(werkproces.sleutel),
        naam=jongere.naam,
        merken=merken_kort(jongere, op=op),
        url=dossier_url("dossiers:route", jongere.sleutel, werkproces=werkproces.sleutel),
        leeftijd=jongere.leeftijd(op=op),
        gemeente=jongere.gemeente.naam,
        doelgroep=doelgroep_kort(werkproces.doelgroep) or "nog onbekend",
        plaats=plaats,
        behandelaar=str(werkproces.behandelaar or "nog niemand"),
        school=werkproces.school or "",
        sinds=taal.datum_kort(werkproces.gestart_op, op=op, weekdag=False),
    )


def _rij_van_jongere(jongere: Any, *, op: dt.date) -> Rij:
    return Rij(
        sleutel=str(jongere.sleutel),
        naam=jongere.naam,
        merken=merken_kort(jongere, op=op),
        url=dossier_url("dossiers:overzicht", jongere.sleutel),
        leeftijd=jongere.leeftijd(op=op),
        gemeente=jongere.gemeente.naam,
        doelgroep="",
        plaats="",
        behandelaar="",
        school=jongere.school or "",
        sinds="",
    )


def _keuzes(toegang: Toegang, *, op: dt.date) -> Keuzes:
    """Gemeenten and colleagues come in one query; the rest is content."""
    leden = Lidmaatschap.objects.geldig_op(op).filter(
        rol__in=(Rol.DOORSTROOMCOACH, Rol.LEERPLICHTAMBTENAAR), team__regio=toegang.regio_id
    )
    gemeenten = Gemeente.objects.filter(pk__in=toegang.gemeente_ids).annotate(
        wat=Value("gemeente"), waarde=Cast("code", CharField())
    )
    collegas = Gebruiker.objects.filter(is_active=True, pk__in=leden.values("gebruiker")).annotate(
        wat=Value("collega"), waarde=Cast("sleutel", CharField())
    )
    velden = ("wat", "waarde", "naam")
    samen = list(gemeenten.values_list(*velden).union(collegas.values_list(*velden), all=True).order_by("naam"))
    eigen = [(str(uuid.UUID(waarde)), naam) for wat, waarde, naam in samen if wat == "collega"]
    doelgroepen = codelijst("doelgroepen").keuzes(op=op)
    return Keuzes(
        gemeenten=[(waarde, naam) for wat, waarde, naam in samen if wat == "gemeente"],
        doelgroepen=[*doelgroepen, (ONBEKEND, "Nog onbekend")],
        fasen=[paar for paar in _plaatsen() if paar[0].startswith("f")],
        stappen=[paar for paar in _plaatsen() if paar[0].startswith("s")],
        behandelaars=[(IK, "Ik"), (GEEN, "Nog niemand"), *eigen],
    )


def _zin(vraag: Vraag, aantal: str, *, een: bool) -> str:
    """How many there are, and of what."""
    wat = {
        LOPEND: ("werkproces loopt", "werkprocessen lopen"),
        AFGESLOTEN: ("werkproces is afgesloten", "werkprocessen zijn afgesloten"),
        ZONDER: ("jongere heeft geen werkproces", "jongeren hebben geen werkproces"),
    }[vraag.stand][0 if een else 1]
    met = " met deze keuze" if vraag.gefilterd else " in jouw gebied"
    return f"{aantal} {wat}{met}."
