"""The work of a team for its coördinator: load per colleague, too late by kind, and what nobody has (MON-05)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, FilteredRelation, Q, Value
from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.onderdelen import Actie, Werkgroep, Werkregel
from routekaart.dossiers.actielinks import dossier_url
from routekaart.dossiers.models import Taak, Werkproces
from routekaart.inhoud.codelijsten import label
from routekaart.meldingen.models import Melding
from routekaart.signalen.lijst import OPEN, Getal
from routekaart.signalen.models import Signaal
from routekaart.signalen.voorraad import als_getallen
from routekaart.toegang.bereik import Toegang
from routekaart.toegang.models import Lidmaatschap
from routekaart.toegang.rechten import Recht, Rol
from routekaart.werkplek.werkregels import adres_van, merken_van, te_laat_in_woorden, wie

BEHANDELAARS = (Rol.DOORSTROOMCOACH, Rol.LEERPLICHTAMBTENAAR)
MEESTE = 100
GETOOND = 10
# the rows of the meldingen among those of the signals; no kind is called that
MELDINGEN, MELDINGEN_TE_LAAT = "meldingen", "meldingen-te-laat"
# how the kinds of task are called in the table
SOORTEN = {
    "stap": "Stap van de route",
    "contact": "Contactmoment",
    "intake": "Intake",
    "afspraak": "Afspraak uit een plan",
    "voortgang": "Voortgang",
    "eerste-week": "Contact in de eerste week",
    "nazorg": "Nazorg",
    "in-beeld": "In beeld houden",
    "doelgroep": "Doelgroep opnieuw bekijken",
    "informatie": "Informatie van een melder",
    "melding": "Gewijzigde melding",
    "terugmelding": "Terugmelding naar DUO",
}


@dataclass
class Collega:
    """What one colleague has: open werkprocessen, and tasks by how much time is left."""

    naam: str
    sleutel: str
    open: int = 0
    te_laat: int = 0
    vandaag: int = 0
    week: int = 0
    soorten: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Soortregel:
    """Tasks of one kind that are too late, and by whom."""

    soort: str
    aantal: int
    wie: str


@dataclass(frozen=True)
class Teambeeld:
    """The whole team page. `meer_zonder` says that there are more than were counted."""

    collegas: list[Collega]
    van_niemand: Collega
    soorten: list[Soortregel]
    zonder: list[Werkproces]
    groep: Werkgroep | None
    te_beoordelen: int
    meldingen_te_laat: int
    signalen: list[Getal]
    zin: str

    @property
    def meer_zonder(self) -> bool:
        return len(self.zonder) > MEESTE


def maak_teambeeld(toegang: Toegang, *, nu: dt.datetime) -> Teambeeld:
    """Reads the work in the scope of this user. Four queries."""
    op = timezone.localdate(nu)
    collegas = _collegas(toegang, op=op)
    van_niemand = Collega("Nog niemand", "geen")
    te_laat = _verdeel_taken(collegas, van_niemand, toegang, op=op)
    zonder = list(
        Werkproces.objects.voor(toegang)
        .open()
        .zonder_behandelaar()
        .select_related("jongere__gemeente")
        .order_by("gestart_op", "pk")[: MEESTE + 1]
    )
    van_niemand.open = len(zonder)
    geteld = _tel(toegang, op=op)
    meldingen_te_laat = geteld.pop(MELDINGEN_TE_LAAT, 0)
    rijen = sorted(collegas.values(), key=lambda collega: (-collega.te_laat, collega.naam))
    return Teambeeld(
        collegas=rijen,
        van_niemand=van_niemand,
        soorten=te_laat,
        zonder=zonder,
        groep=_groep(zonder, mag_toewijzen=toegang.mag(Recht.TOEWIJZEN), op=op),
        te_beoordelen=geteld.pop(MELDINGEN, 0),
        meldingen_te_laat=meldingen_te_laat,
        signalen=als_getallen(geteld, toon=OPEN),
        zin=_zin(sum(regel.aantal for regel in te_laat), len(zonder), meldingen_te_laat),
    )


def _tel(toegang: Toegang, *, op: dt.date) -> dict[str, int]:
    """How many signals are open by kind, how many meldingen wait too long, and, up to `MEESTE`, how many wait for an
    oordeel. One query.
    """
    signalen = Signaal.objects.voor(toegang).openstaand().annotate(wat=F("soort"))
    op_ons = Melding.objects.voor(toegang).op_ons().kortste_tijd_eerst()
    te_tellen = {MELDINGEN: op_ons.hoogstens(MEESTE + 1), MELDINGEN_TE_LAAT: op_ons.te_laat(op=op)}
    meldingen = (rijen.annotate(wat=Value(wat, output_field=CharField())) for wat, rijen in te_tellen.items())
    geteld, *verder = (rijen.values("wat").annotate(aantal=Count("pk")).order_by() for rijen in (signalen, *meldingen))
    return {rij["wat"]: rij["aantal"] for rij in geteld.union(*verder, all=True)}


def _collegas(toegang: Toegang, *, op: dt.date) -> dict[int, Collega]:
    """Colleagues who handle werkprocessen in the gemeenten of this user, with how many they have in this scope."""
    lopend = FilteredRelation(
        "gebruiker__werkprocessen", condition=Q(gebruiker__werkprocessen__afgesloten_op__isnull=True)
    )
    leden = Lidmaatschap.objects.geldig_op(op).filter(
        rol__in=BEHANDELAARS, team__regio=toegang.regio_id, team__gemeenten__in=toegang.gemeente_ids
    )
    rijen = (
        leden.filter(gebruiker__is_active=True)
        .values("gebruiker_id", "gebruiker__naam", "gebruiker__sleutel")
        .annotate(lopend=lopend)
        .annotate(open=Count("lopend", filter=toegang.q("lopend__"), distinct=True))
        .order_by("gebruiker__naam", "gebruiker_id")
    )
    return {
        rij["gebruiker_id"]: Collega(rij["gebruiker__naam"], str(rij["gebruiker__sleutel"]), rij["open"])
        for rij in rijen
    }


def _verdeel_taken(
    collegas: dict[int, Collega], van_niemand: Collega, toegang: Toegang, *, op: dt.date
) -> list[Soortregel]:
    """Counts the open tasks per colleague and kind; returns the kinds that are too late, most first. One query."""
    zondag = op + dt.timedelta(days=6 - op.weekday())
    rijen = (
        Taak.objects.voor(toegang)
        .open()
        .filter(due__lte=zondag)
        .values("eigenaar_id", "eigenaar__naam", "eigenaar__sleutel", "soort")
        .annotate(
            te_laat=Count("pk", filter=Q(due__lt=op)),
            vandaag=Count("pk", filter=Q(due=op)),
            week=Count("pk", filter=Q(due__gt=op)),
        )
        .order_by("eigenaar_id", "soort")
    )
    per_soort: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for rij in rijen:
        pk = rij["eigenaar_id"]
        if pk is None:
            collega = van_niemand
        else:
            collega = collegas.setdefault(pk, Collega(rij["eigenaar__naam"], str(rij["eigenaar__sleutel"])))
        collega.te_laat += rij["te_laat"]
        collega.vandaag += rij["vandaag"]
        collega.week += rij["week"]
        if rij["te_laat"]:
            per_soort[rij["soort"]][collega.naam] += rij["te_laat"]
    regels = [
        Soortregel(
            SOORTEN.get(soort, taal.hoofdletter(soort)),
            telling.total(),
            taal.opsomming(f"{naam} {aantal}" for naam, aantal in telling.most_common()),
        )
        for soort, telling in per_soort.items()
    ]
    return sorted(regels, key=lambda regel: (-regel.aantal, regel.soort))


def _groep(zonder: list[Werkproces], *, mag_toewijzen: bool, op: dt.date) -> Werkgroep | None:
    """The werkprocessen that nobody has, oldest first, each with the way to give it to somebody."""
    if not zonder:
        return None
    regels = [
        _regel(werkproces, mag_toewijzen=mag_toewijzen, primair=nummer == 0, op=op)
        for nummer, werkproces in enumerate(zonder[:GETOOND])
    ]
    meer = Actie("Toon ze allemaal", "/jongeren/?behandelaar=geen") if len(zonder) > GETOOND else None
    return Werkgroep("zonder", "Zonder behandelaar", regels, min(len(zonder), MEESTE), "oudste eerst", meer)


def _regel(werkproces: Werkproces, *, mag_toewijzen: bool, primair: bool, op: dt.date) -> Werkregel:
    jongere = werkproces.jongere
    naam = jongere.naam
    laat = werkproces.termijn is not None and werkproces.termijn < op
    wanneer = ""
    if werkproces.termijn is not None:
        dag = taal.datum_kort(werkproces.termijn, op=op)
        wanneer = te_laat_in_woorden(werkproces.termijn, op=op) if laat else f"uiterlijk {dag}"
    doe = None
    if mag_toewijzen:
        adres = dossier_url("dossiers:toewijzen", jongere.sleutel, werkproces=werkproces.sleutel)
        doe = Actie("Wijs toe", adres, "primair" if primair else "tweede", bij=naam)
    stap = f"Stap {werkproces.stap}" if werkproces.stap else "Route is klaar"
    return Werkregel(
        naam=naam,
        merken=merken_van(jongere, op=op),
        url=adres_van(jongere, werkproces),
        onder=wie(jongere, gemeente=jongere.gemeente.naam, doelgroep=werkproces.doelgroep, op=op),
        wat=label("soorten-werkproces", werkproces.soort, anders=werkproces.soort),
        waarom=f"{stap}. Nummer {werkproces.nummer or 'volgt'}",
        wanneer=wanneer,
        sinds=f"sinds {taal.datum_kort(werkproces.gestart_op, op=op)}",
        te_laat=laat,
        doe=doe,
    )


def _zin(te_laat: int, zonder: int, meldingen: int) -> str:
    """How the team stands, in one sentence."""
    delen = []
    if te_laat:
        delen.append(f"{taal.telwoord(te_laat)} {'taak is' if te_laat == 1 else 'taken zijn'} te laat")
    if meldingen:
        wacht = "melding wacht" if meldingen == 1 else "meldingen wachten"
        delen.append(f"{taal.telwoord(meldingen)} {wacht} te lang op een oordeel")
    if zonder:
        heeft = "werkproces heeft" if zonder == 1 else "werkprocessen hebben"
        hoeveel = taal.telwoord(zonder) if zonder <= MEESTE else f"meer dan {MEESTE}"
        delen.append(f"{hoeveel} {heeft} nog geen behandelaar")
    if not delen:
        return "Niets is te laat en alles heeft een behandelaar."
    return f"{taal.hoofdletter(taal.opsomming(delen))}."
