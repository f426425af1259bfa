"""The list of the meldpunt: filters from the address, a page by key, and what a row shows. Four queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.http import QueryDict
from django.utils import timezone

from routekaart.basis.adresvraag import Adresvraag
from routekaart.basis.models import Gemeente
from routekaart.basis.onderdelen import Etiket, Filter, Klok
from routekaart.basis.taal import datum_kort, getal, hoofdletter, telwoord
from routekaart.inhoud.codelijsten import codelijst
from routekaart.meldingen import woorden
from routekaart.meldingen.bladeren import Bladzijde, blader
from routekaart.meldingen.dubbelen import mogelijke_dubbelen_van
from routekaart.meldingen.informatie import volledigheid_van
from routekaart.meldingen.models import Melding
from routekaart.meldingen.verzuim import verzuim_in_woorden
from routekaart.regels.schooljaar import Schooljaar
from routekaart.toegang.bereik import Toegang

PER_PAGINA = 20
TELT_TOT = 1000
GEMEENTE = "gemeente"  # a gemeente among the counters; none of these is called that
TE_BEOORDELEN, WACHT, BEOORDEELD = "te-beoordelen", "wacht", "beoordeeld"
TOON = {TE_BEOORDELEN: "Te beoordelen", WACHT: "Wacht op melder", BEOORDEELD: "Beoordeeld"}
VOLGORDES = {"kortste": "Kortste tijd eerst", "nieuwste": "Nieuwste eerst"}


@dataclass(frozen=True)
class Vraag(Adresvraag):
    """What the address asks: which meldingen, in which order, from which key on, and which one beside the list."""

    toon: str = TE_BEOORDELEN
    kanaal: str = ""
    gemeente: str = ""
    volgorde: str = "kortste"
    pagina: str = ""
    melding: str = ""

    @classmethod
    def lees(cls, adres: QueryDict) -> Vraag:
        """Reads the address; what it does not know, it leaves out."""
        toon = adres.get("toon", "")
        volgorde = adres.get("volgorde", "")
        kanaal = adres.get("kanaal", "")
        return cls(
            toon=toon if toon in TOON else TE_BEOORDELEN,
            kanaal=kanaal if kanaal in codelijst("meldingskanalen") else "",
            gemeente=adres.get("gemeente", "")[:4],
            volgorde=volgorde if volgorde in VOLGORDES else "kortste",
            pagina=adres.get("pagina", "")[:60],
            melding=adres.get("melding", "")[:60],
        )


@dataclass(frozen=True)
class Regel:
    """One row: who, what, from whom, how long, and what asks attention."""

    melding: Melding
    naam: str
    url: str
    onderwerp: str
    herkomst: str
    klok: Klok | None
    etiket: Etiket | None
    stand: str
    letop: bool
    gekozen: bool
    merken: Sequence[Etiket] = ()


@dataclass(frozen=True)
class Lijst:
    """The page as it is shown."""

    vraag: Vraag
    regels: Sequence[Regel]
    toon: Sequence[Filter]
    gemeenten: Sequence[tuple[str, str]]
    kanalen: Sequence[tuple[str, str]]
    zin: str
    vorige: str
    volgende: str

    @property
    def gekozen(self) -> Melding | None:
        """The melding beside the list."""
        return next((regel.melding for regel in self.regels if regel.gekozen), None)


def maak_lijst(vraag: Vraag, *, toegang: Toegang, op: dt.date) -> Lijst:
    """The list for this user on this day. Without a melding in the address the first row is the chosen one."""
    gefilterd = _gefilterd(vraag, toegang)
    tellingen = _tel(vraag, toegang, op=op)
    bladzijde = _pagina(_van(gefilterd, vraag, op=op), vraag)
    rijen: list[Melding] = bladzijde.rijen
    verzuim = verzuim_in_woorden(rijen)
    dubbelen = mogelijke_dubbelen_van(rijen, toegang=toegang)
    gekozen = vraag.melding or (str(rijen[0].sleutel) if rijen else "")
    return Lijst(
        vraag=vraag,
        regels=[
            _regel(rij, vraag, verzuim.get(rij.pk, ""), dubbel=bool(dubbelen.get(rij.pk)), gekozen=gekozen, op=op)
            for rij in rijen
        ],
        toon=_toon(vraag, tellingen),
        gemeenten=tellingen.gemeenten,
        kanalen=[(waarde.code, f"{waarde.code} {waarde['kort']}") for waarde in codelijst("meldingskanalen").waarden],
        zin=tellingen.zin,
        vorige=vraag.adres(pagina=bladzijde.vorige, melding="") if bladzijde.vorige else "",
        volgende=vraag.adres(pagina=bladzijde.volgende, melding="") if bladzijde.volgende else "",
    )


def _gefilterd(vraag: Vraag, toegang: Toegang) -> Any:
    rijen = Melding.objects.voor(toegang)
    if vraag.kanaal:
        rijen = rijen.filter(kanaal=vraag.kanaal)
    if vraag.gemeente:
        rijen = rijen.filter(gemeente__code=vraag.gemeente)
    return rijen


def _van(rijen: Any, vraag: Vraag, *, op: dt.date) -> Any:
    if vraag.toon == BEOORDEELD:
        return rijen.filter(_dit_schooljaar(op))
    return rijen.op_melder() if vraag.toon == WACHT else rijen.op_ons()


def _dit_schooljaar(op: dt.date) -> Q:
    begin = dt.datetime.combine(Schooljaar.van(op).begin, dt.time.min, tzinfo=timezone.get_current_timezone())
    return Q(oordeel_op__gte=begin)


def _hoeveel(aantal: int) -> str:
    """A counter in a sentence: 'drie', '412', 'meer dan 1.000'."""
    return telwoord(aantal) if aantal <= TELT_TOT else f"meer dan {getal(TELT_TOT)}"


@dataclass(frozen=True)
class _Tellingen:
    op_ons: int
    wacht: int
    beoordeeld: int
    vandaag: int
    te_laat: int
    gemeenten: list[tuple[str, str]]

    @property
    def zin(self) -> str:
        """How things stand, in one sentence."""
        if not self.op_ons:
            wachten = f" {hoofdletter(_hoeveel(self.wacht))} wachten op de melder." if self.wacht > 1 else ""
            wachten = " Eén wacht op de melder." if self.wacht == 1 else wachten
            return f"Eén meldpunt voor de hele regio. Er wacht niets op jullie oordeel.{wachten}"
        delen = [f"{hoofdletter(_hoeveel(self.op_ons))} {'wacht' if self.op_ons == 1 else 'wachten'} op een oordeel"]
        if self.te_laat:
            delen.append(f"{_hoeveel(self.te_laat)} {'is' if self.te_laat == 1 else 'zijn'} te laat")
        if self.vandaag:
            delen.append(f"{_hoeveel(self.vandaag)} {'moet' if self.vandaag == 1 else 'moeten'} vandaag")
        return f"Eén meldpunt voor de hele regio. {', '.join(delen)}."


def _tel(vraag: Vraag, toegang: Toegang, *, op: dt.date) -> _Tellingen:
    """The counters, none further than `TELT_TOT`, and the gemeenten to choose from: those of what is open and of what
    was judged this schooljaar. One query.
    """
    rijen = _gefilterd(vraag, toegang)
    op_ons = rijen.op_ons().kortste_tijd_eerst()
    te_tellen = {
        "op_ons": op_ons,
        "wacht": rijen.op_melder().kortste_tijd_eerst(),
        "beoordeeld": rijen.filter(_dit_schooljaar(op)).order_by("-oordeel_op", "-pk"),
        "vandaag": op_ons.filter(termijn=op),
        "te_laat": op_ons.te_laat(op=op),
    }
    velden = ("wat", "code", "naam")
    tellers = [
        alle.hoogstens(TELT_TOT + 1)
        .annotate(wat=_tekst(wat), code=_tekst(""), naam=_tekst(""))
        .values(*velden)
        .annotate(aantal=Count("pk"))
        for wat, alle in te_tellen.items()
    ]
    erin = _gefilterd(replace(vraag, gemeente=""), toegang).filter(
        Q(oordeel="", ingetrokken_op__isnull=True) | _dit_schooljaar(op), gemeente=OuterRef("pk")
    )
    gemeenten = Gemeente.objects.filter(Exists(erin)).annotate(wat=_tekst(GEMEENTE)).values(*velden)
    gelezen = list(gemeenten.annotate(aantal=Value(0)).union(*tellers, all=True).order_by("naam"))
    aantallen = {rij["wat"]: rij["aantal"] for rij in gelezen}
    return _Tellingen(
        **{wat: aantallen.get(wat, 0) for wat in te_tellen},
        gemeenten=[(rij["code"], rij["naam"]) for rij in gelezen if rij["wat"] == GEMEENTE],
    )


def _tekst(woord: str) -> Value:
    return Value(woord, output_field=CharField())


def _toon(vraag: Vraag, tellingen: _Tellingen) -> list[Filter]:
    aantallen = {TE_BEOORDELEN: tellingen.op_ons, WACHT: tellingen.wacht, BEOORDEELD: tellingen.beoordeeld}
    return [
        Filter(
            tekst=tekst,
            url=vraag.adres(toon=code, pagina="", melding=""),
            aantal=f"{getal(TELT_TOT)}+" if aantallen[code] > TELT_TOT else getal(aantallen[code]),
            gekozen=vraag.toon == code,
        )
        for code, tekst in TOON.items()
    ]


def _pagina(rijen: Any, vraag: Vraag) -> Bladzijde:
    veld = "ontvangen_op" if vraag.volgorde == "nieuwste" else "termijn"
    if vraag.toon == BEOORDEELD:
        veld = "oordeel_op"
    erbij = rijen.select_related("jongere__gemeente", "gemeente", "werkproces")
    return blader(erbij, vraag.pagina, veld=veld, aflopend=veld != "termijn", per=PER_PAGINA)


def _regel(rij: Melding, vraag: Vraag, verzuim: str, *, dubbel: bool, gekozen: str, op: dt.date) -> Regel:
    stand, letop = _stand(rij, verzuim, dubbel=dubbel, op=op)
    beoordeeld = bool(rij.oordeel)
    return Regel(
        melding=rij,
        naam=woorden.naam(rij),
        url=vraag.adres(melding=str(rij.sleutel)),
        onderwerp=woorden.onderwerp(rij, verzuim=verzuim),
        herkomst=woorden.herkomst(rij),
        klok=None if beoordeeld else woorden.klok(rij, op=op),
        etiket=Etiket(rij.get_oordeel_display(), _kleur(rij)) if beoordeeld else None,
        stand=stand,
        letop=letop,
        gekozen=str(rij.sleutel) == gekozen,
        merken=woorden.merken(rij, op=op),
    )


def _kleur(rij: Melding) -> Any:
    return "accent" if rij.oordeel == Melding.Oordeel.ACTIE else "rustig"


def _stand(rij: Melding, verzuim: str, *, dubbel: bool, op: dt.date) -> tuple[str, bool]:
    """What asks attention, and whether it does."""
    if rij.oordeel and rij.oordeel_op is not None:
        return datum_kort(rij.oordeel_op, op=op), False
    if dubbel:
        return "mogelijk dubbel", True
    if rij.jongere_id is None:
        return "nog niet gekoppeld", True
    ontbreekt = len(volledigheid_van(rij, verzuim=verzuim, op=op).ontbrekend)
    if not ontbreekt:
        return "compleet", False
    return ("1 punt mist" if ontbreekt == 1 else f"{ontbreekt} punten missen"), True
