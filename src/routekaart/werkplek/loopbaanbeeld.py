"""School, work, help, absence and contact on one time line, and the same facts as a table (DOS-01, DOS-03, DOS-04)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from routekaart.basis import taal
from routekaart.basis.tijdlijn import Baan, Balk, Mijlpaal, Staven, Stip, Tijdlijn, maandnaam
from routekaart.dossiers.dossier import Dossier
from routekaart.dossiers.models import Contactmoment, Werkproces
from routekaart.dossiers.stand import uitkomstlijst
from routekaart.inhoud.codelijsten import codelijst, label
from routekaart.loopbaan.models import Hulp, Inschrijving, Vrijstelling, Werk
from routekaart.loopbaan.selecties import (
    Loopbaanfeiten,
    LosFeit,
    alle_feiten,
    naam_diploma,
    naam_inschrijving,
)
from routekaart.meldingen.models import Verzuimregel
from routekaart.regels.leeftijd import jaren_later, wordt
from routekaart.regels.schooljaar import Schooljaar
from routekaart.toegang.models import SoortWerk

VENSTERS = {"1": "1 jaar", "4": "4 jaar", "alles": "Alles"}
STANDAARD = "4"
REGELS = 10  # rows of the table before one asks for all
VOORUIT = dt.timedelta(days=45)  # room after today
HELE_DAG = 8 * 60  # minutes, where the school gave no hours
VOLWASSEN = 18


@dataclass(frozen=True)
class Tabelregel:
    """One fact of the table; `vanaf` orders."""

    vanaf: dt.date
    wanneer: str
    baan: str
    wat: str
    bron: str


@dataclass(frozen=True)
class Loopbaanbeeld:
    """The picture and its table; `aantal` is how many rows there are in all."""

    lijn: Tijdlijn | None
    regels: list[Tabelregel]
    aantal: int
    venster: str


def maak_loopbaanbeeld(dossier: Dossier, *, venster: str, alle_regels: bool = False) -> Loopbaanbeeld:
    """Everything on the axis, and the newest rows of the table or all. Six queries, beside those of the dossier."""
    venster = venster if venster in VENSTERS else STANDAARD
    feiten = alle_feiten(dossier.jongere, toegang=dossier.toegang, inschrijvingen=dossier.inschrijvingen)
    verzuim = verzuim_per_maand(dossier)
    contacten = list(
        Contactmoment.objects.voor(dossier.toegang)
        .filter(werkproces__in=dossier.werkprocessen, ingetrokken_op__isnull=True)
        .values_list("moment", "resultaat")
        .order_by("moment", "pk")
    )
    regels = _tabel(dossier, feiten, verzuim)
    if not regels:
        return Loopbaanbeeld(None, [], 0, venster)
    van, tot = _venster(dossier, regels, venster)
    banen: list[Baan | Staven] = [_schoolbaan(dossier, feiten)]
    banen.append(Baan("Werk", [Balk(_werk(rij), rij.van, rij.tot, soort="donker") for rij in feiten.werk]))
    banen.append(Baan("Hulp", [Balk(_hulp(rij), rij.van, rij.tot, soort="zacht") for rij in feiten.hulp]))
    if verzuim:
        uren = [(maand, round(minuten / 60)) for maand, minuten in sorted(verzuim.items())]
        norm, weken = dossier.instellingen["verzuim_uren"], dossier.instellingen["verzuim_weken"]
        banen.append(Staven("Verzuim", uren, norm, f"norm: {norm} uur in {weken} weken"))
    stippen = [Stip(timezone.localdate(moment), resultaat == "contact") for moment, resultaat in contacten]
    balken = [_werkproces(rij) for rij in sorted(dossier.werkprocessen, key=lambda rij: rij.gestart_op)]
    banen.append(Baan("Contact", balken, stippen=stippen))
    naam = dossier.jongere.aanspreeknaam
    lijn = Tijdlijn(van, tot, dossier.op, banen, mijlpalen=_mijlpalen(dossier), titel=f"Loopbaan van {naam}")
    return Loopbaanbeeld(lijn, regels if alle_regels else regels[:REGELS], len(regels), venster)


def verzuim_per_maand(dossier: Dossier) -> dict[dt.date, int]:
    """Minutes of absence that was not geoorloofd, per first day of the month; a day counts once. One query."""
    rijen = Verzuimregel.objects.voor(dossier.toegang).filter(
        melding__jongere=dossier.jongere, melding__ingetrokken_op__isnull=True, geoorloofd=False
    )
    per_dag: defaultdict[dt.date, int] = defaultdict(int)
    for datum, minuten, hele_dag in rijen.values_list("datum", "minuten", "hele_dag"):
        per_dag[datum] = max(per_dag[datum], minuten or (HELE_DAG if hele_dag else 0))
    per_maand: defaultdict[dt.date, int] = defaultdict(int)
    for datum, minuten in per_dag.items():
        per_maand[datum.replace(day=1)] += minuten
    return dict(per_maand)


def _venster(dossier: Dossier, regels: Sequence[Tabelregel], venster: str) -> tuple[dt.date, dt.date]:
    tot = dossier.op + VOORUIT
    if venster == "alles":
        return min(regel.vanaf for regel in regels), tot
    return jaren_later(dossier.op, -int(venster)), tot


def _schoolbaan(dossier: Dossier, feiten: Loopbaanfeiten) -> Baan:
    balken = [Balk(rij.instelling.naam, rij.van, rij.tot, naam_inschrijving(rij)) for rij in feiten.inschrijvingen]
    balken += [
        Balk("vrijstelling", feit.van, feit.tot, soort="zacht")
        for feit in feiten.losse
        if feit.feit == "vrijstelling" and feit.van is not None
    ]
    begonnen = [rij for rij in feiten.inschrijvingen if rij.van <= dossier.op]
    if begonnen and not any(rij.tot is None or rij.tot >= dossier.op for rij in begonnen):
        laatste = max(rij.tot for rij in begonnen if rij.tot is not None)
        balken.append(Balk("geen school", laatste + dt.timedelta(days=1), dossier.op, soort="leeg"))
    return Baan("School", balken, ruiten=[rij.behaald_op for rij in feiten.diplomas])


def _mijlpalen(dossier: Dossier) -> list[Mijlpaal]:
    mijlpalen = []
    if dossier.jongere.geboren.volledig:
        dag = wordt(dossier.jongere.geboren.eerste, VOLWASSEN)
        mijlpalen.append(Mijlpaal(dag, f"18 jaar, {taal.datum_voluit(dag)}"))
    school = dossier.school
    if school is not None and school.tot is not None and school.tot < dossier.op:
        dag = school.tot
        mijlpalen.append(Mijlpaal(dag, f"uitgeschreven, {taal.datum_kort(dag, op=dossier.op, weekdag=False)}"))
    return mijlpalen


def _werk(rij: Werk) -> str:
    uren = f"{rij.uren} uur per week" if rij.uren is not None else "uren niet bekend"
    return f"{rij.functie or rij.werkgever or 'Werk'}, {uren}"


def _hulp(rij: Hulp) -> str:
    return f"{rij.waarvoor}, {rij.aanbieder}"


def _werkproces(rij: Werkproces) -> Balk:
    if rij.open:
        return Balk("Nu", rij.gestart_op, None, soort="nu")
    naam = "Leerplicht" if rij.soort_werk == SoortWerk.LEERPLICHT else label("soorten-werkproces", rij.soort)
    return Balk(naam, rij.gestart_op, rij.afgesloten_op, soort="rand")


def _tabel(dossier: Dossier, feiten: Loopbaanfeiten, verzuim: dict[dt.date, int]) -> list[Tabelregel]:
    op = dossier.op
    regels = [
        Tabelregel(rij.van, _periode(rij, op), "School", _schoolregel(rij), rij.bron) for rij in feiten.inschrijvingen
    ]
    regels += [
        Tabelregel(rij.behaald_op, _dag(rij.behaald_op, op), "School", naam_diploma(rij), rij.bron)
        for rij in feiten.diplomas
    ]
    regels += [Tabelregel(rij.van, _periode(rij, op), "Werk", _werkregel(rij), rij.bron) for rij in feiten.werk]
    regels += [Tabelregel(rij.van, _periode(rij, op), "Hulp", _hulpregel(rij), rij.bron) for rij in feiten.hulp]
    norm = dossier.instellingen["verzuim_uren"]
    for maand, minuten in verzuim.items():
        uren = round(minuten / 60)
        boven = ", boven de norm" if uren > norm else ""
        regels.append(Tabelregel(maand, maandnaam(maand), "Verzuim", f"{uren} uur ongeoorloofd{boven}", "school"))
    regels += _losse_regels(feiten.losse, op)
    regels += [_werkprocesregel(rij, op) for rij in dossier.werkprocessen]
    return sorted(regels, key=lambda regel: regel.vanaf, reverse=True)


def _losse_regels(feiten: Sequence[LosFeit], op: dt.date) -> list[Tabelregel]:
    """What was recorded by hand, and what registers and lists say; of monthly lists one row for all months together."""
    maken = {
        "vaststelling": _vaststelling, "vrijstelling": _vrijstelling, "vsvopgave": _opgave, "uitstroom": _vertrek,
        "jikpopgave": _in_rapportage,
    }  # fmt: skip
    regels = [maken[feit.feit](feit, op) for feit in feiten if feit.feit in maken]
    maanden = [feit for feit in feiten if feit.feit == "inlichting"]
    return regels + ([_maandlijst(maanden)] if maanden else [])


def _vaststelling(feit: LosFeit, op: dt.date) -> Tabelregel:
    assert feit.van is not None
    wat = f"Startkwalificatie vastgesteld: {feit.wat}"
    return Tabelregel(feit.van, _dag(feit.van, op), "School", wat, feit.bron)


def _vrijstelling(feit: LosFeit, op: dt.date) -> Tabelregel:
    assert feit.van is not None and feit.soort is not None
    naam = Vrijstelling.Soort(feit.soort).label
    wat = ", ".join(filter(None, [f"{naam[:1].upper()}{naam[1:]}", feit.wat and f"grond {feit.wat}"]))
    wanneer = f"{_dag(feit.van, op)} tot {_dag(feit.tot, op)}" if feit.tot else f"sinds {_dag(feit.van, op)}"
    return Tabelregel(feit.van, wanneer, "School", wat, feit.bron)


def _opgave(feit: LosFeit, op: dt.date) -> Tabelregel:
    assert feit.tijdvak is not None and feit.soort is not None
    dag = feit.van or feit.tot
    wat = f"In rapportage {feit.soort} van DUO over {feit.tijdvak}: {label('duo-rapportages', feit.soort)}"
    wanneer = _dag(dag, op) if dag else feit.tijdvak
    return Tabelregel(dag or Schooljaar.lees(feit.tijdvak).begin, wanneer, "School", wat, feit.bron)


def _in_rapportage(feit: LosFeit, op: dt.date) -> Tabelregel:
    assert feit.tijdvak is not None and feit.soort is not None
    herkomst = codelijst("herkomst-jikp").waarde(feit.soort)["kort"]
    wat = f"In de rapportage van het JIKP-portaal over {feit.tijdvak}. Herkomst: {herkomst.lower()}"
    dag = feit.van or feit.tot
    wanneer = _dag(dag, op) if dag else feit.tijdvak
    return Tabelregel(dag or Schooljaar.lees(feit.tijdvak).begin, wanneer, "School", wat, feit.bron)


def _vertrek(feit: LosFeit, op: dt.date) -> Tabelregel:
    assert feit.tijdvak is not None
    getuigschrift = {True: "met getuigschrift", False: "zonder getuigschrift", None: ""}[feit.ja]
    delen = [feit.school, f"gaat naar {feit.wat}" if feit.wat else "", getuigschrift]
    wat = ", ".join(filter(None, delen)) + (f". Advies: {feit.meer}" if feit.meer else "")
    return Tabelregel(Schooljaar.lees(feit.tijdvak).einde, feit.tijdvak, "School", wat, feit.bron)


def _maandlijst(feiten: Sequence[LosFeit]) -> Tabelregel:
    laatste = feiten[-1]
    maand = dt.date.fromisoformat(f"{laatste.tijdvak}-01")
    uren = f"{laatste.aantal} uur werk" if laatste.aantal is not None else ""
    uitkering = {True: "met uitkering", False: "zonder uitkering", None: ""}[laatste.ja]
    wat = f"Op de lijst van het Inlichtingenbureau, {taal.meervoud(len(feiten), 'maand', 'maanden')}"
    stand = ", ".join(filter(None, [uren, laatste.wat and f"inkomen {laatste.wat}", uitkering]))
    return Tabelregel(maand, maandnaam(maand), "Werk", f"{wat}. Laatst: {stand}" if stand else wat, laatste.bron)


def _werkprocesregel(rij: Werkproces, op: dt.date) -> Tabelregel:
    wat = f"Werkproces {rij.nummer}, {label('soorten-werkproces', rij.soort)}"
    wanneer = f"sinds {_dag(rij.gestart_op, op)}"
    if rij.afgesloten_op is not None:
        wanneer = f"{_dag(rij.gestart_op, op)} tot {_dag(rij.afgesloten_op, op)}"
        wat = f"{wat}. Uitkomst: {label(uitkomstlijst(rij.soort), rij.uitkomst, anders=rij.uitkomst)}"
    return Tabelregel(rij.gestart_op, wanneer, "Contact", wat, "Routekaart")


def _werkregel(rij: Werk) -> str:
    uren = f"{rij.uren} uur per week" if rij.uren is not None else "uren niet bekend"
    return ", ".join(filter(None, [rij.functie, rij.werkgever, uren]))


def _hulpregel(rij: Hulp) -> str:
    effect = f". Leverde op: {rij.effect}" if rij.effect else ""
    return f"{_hulp(rij)}{effect}"


def _schoolregel(rij: Inschrijving) -> str:
    reden = f". Uitgeschreven: {rij.uitschrijfreden}" if rij.uitschrijfreden else ""
    return f"{rij.instelling.naam}, {naam_inschrijving(rij)}{reden}"


def _dag(dag: dt.date, op: dt.date) -> str:
    return taal.datum_kort(dag, op=op, weekdag=False)


def _periode(rij: Inschrijving | Werk | Hulp, op: dt.date) -> str:
    if rij.tot is None:
        return f"sinds {_dag(rij.van, op)}"
    return f"{_dag(rij.van, op)} tot {_dag(rij.tot, op)}"
