"""The sentences of the target-group decision: one function per reason, with rule, source and facts.

Dutch that a coach can read aloud to the jongere. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from routekaart.regels.grenzen import Grens
from routekaart.regels.jikp import Jikp, Jikpgrond
from routekaart.regels.leeftijd import Geboortedatum
from routekaart.regels.loopbaan import Diploma, Inschrijving
from routekaart.regels.startkwalificatie import Startkwalificatie
from routekaart.regels.uitleg import Feitwaarde, Uitleg, in_woorden, leg_uit, opsomming

BRONNEN = {
    "DGR-01": "000, Doelgroepen; 004, stap 3",
    "DGR-02": "000, Doelgroepen 1; 000, par. 1.3",
    "DGR-03": "000, Doelgroepen 2; 003, Doorstroompunt",
    "DGR-04": "000, Doelgroepen 2 (uitval in het lopende schooljaar)",
    "DGR-05": "000, Doelgroepen 2 (zonder inschrijving en baan op 1 oktober); 003, Doorstroompunt",
    "DGR-06": "000, Doelgroepen 2 (langer dan een (school)jaar uitgevallen)",
    "DGR-07": "000, noot 1; 003, Leerplicht",
    "DGR-08": "000, Doelgroepen 3; 003, Jongeren in een kwetsbare positie",
    "DGR-09": "000, Doelgroepen 3; 000, par. 3.2",
    "DGR-10": "000, Doelgroepen 2 en Doelgroep 23 tot 27",
    "DGR-11": "004, stap 3 (geen doelgroep)",
    "DGR-12": "000, par. 1.3; 004, stap 3 (verzuim 18+)",
    "DGR-13": "004, stap 3 (vsv'er en jikp)",
    "DOS-07": "000, noot 1; BWBR0031387, bijlage B",
    "DOS-08": "BRP, onvolledige geboortedatum",
    "REG-08": "000, Aanpak; 003, Doorstroompunt",
}

# the same sentence about ten thousand people on one night is made once
_onthoud = lru_cache(maxsize=4096)

ROUTES = {
    "doorstroompunt": "de routekaart van het Doorstroompunt",
    "mas-18-plus": "de route voor verzuim 18+",
    "jikp-volgen": "de route om een kwetsbare jongere in beeld te houden",
    "volgen": "de route om te volgen hoe het gaat",
    "leerplicht": "Leerplicht",
}


def _zin(regel: str, op: date, tekst: str, **feiten: Feitwaarde) -> Uitleg:
    return Uitleg(regel, tekst, BRONNEN[regel], op, tuple(feiten.items()))


def _zin_met_grens(regel: str, op: date, grens: Grens, tekst: str, **feiten: Feitwaarde) -> Uitleg:
    return leg_uit(regel, tekst, bron=f"{BRONNEN[regel]}; {grens.bron}", op=op, **feiten)


def overleden(op: date, dag: date) -> Uitleg:
    return _zin("DGR-01", op, f"De jongere is op {in_woorden(dag)} overleden.", overleden_op=dag)


def vertrokken(op: date, dag: date) -> Uitleg:
    return _zin("DGR-01", op, f"De jongere is op {in_woorden(dag)} uit Nederland vertrokken.", vertrokken_op=dag)


@_onthoud
def te_jong(op: date, leeftijd: int, onder: Grens) -> Uitleg:
    tekst = f"De jongere is op {in_woorden(op)} jonger dan {onder.waarde} jaar en hoort bij Leerplicht."
    return _zin_met_grens("DGR-07", op, onder, tekst, leeftijd=leeftijd, ondergrens=onder.waarde)


@_onthoud
def te_oud(op: date, leeftijd: int, boven: int, wettelijk: Grens) -> Uitleg:
    tekst = f"De jongere is {leeftijd} jaar. Het Doorstroompunt is er tot {boven} jaar."
    return _zin_met_grens(
        "DGR-03",
        op,
        wettelijk,
        tekst,
        leeftijd=leeftijd,
        bovengrens=boven,
        wettelijke_bovengrens=wettelijk.waarde,
    )


@_onthoud
def bovenwettelijk(op: date, leeftijd: int, boven: int, wettelijk: Grens) -> Uitleg:
    tekst = (
        f"De jongere is {leeftijd} jaar. Dat is boven de wettelijke grens van {wettelijk.waarde} jaar, "
        f"maar deze regio gaat door tot {boven} jaar."
    )
    return _zin_met_grens(
        "DGR-10",
        op,
        wettelijk,
        tekst,
        leeftijd=leeftijd,
        bovengrens=boven,
        wettelijke_bovengrens=wettelijk.waarde,
    )


@_onthoud
def leeftijd_past(op: date, leeftijd: int, onder: int, boven: int, wettelijk: Grens) -> Uitleg:
    tekst = f"De jongere is {leeftijd} jaar. De grens is {onder} tot {boven} jaar."
    return _zin_met_grens("DGR-03", op, wettelijk, tekst, leeftijd=leeftijd, ondergrens=onder, bovengrens=boven)


def startkwalificatie(op: date, houdt: Startkwalificatie) -> Uitleg:
    tekst = f"Er is een startkwalificatie sinds {in_woorden(houdt.sinds)}: {houdt.waarmee}."
    return _zin("DOS-07", op, tekst, startkwalificatie_sinds=houdt.sinds, waarmee=houdt.waarmee)


def geen_startkwalificatie(op: date, diplomas: Iterable[Diploma] | None) -> Uitleg:
    if diplomas is None:
        tekst = "Er is geen startkwalificatie bekend, maar we kennen de diploma's niet."
        return _zin("DOS-07", op, tekst, diplomas=None)
    namen = sorted({diploma.naam for diploma in diplomas if diploma.behaald_op <= op})
    wel = f"Wel behaald: {opsomming(namen)}." if namen else "Er is geen diploma bekend."
    return _zin("DOS-07", op, f"Er is geen startkwalificatie. {wel}", diplomas=", ".join(namen))


def verzuim(op: date, lopend: Inschrijving, *, vertrekt: bool) -> Uitleg:
    tekst = f"De jongere staat ingeschreven ({lopend.naam}) en er loopt een verzuimmelding."
    if vertrekt:
        tekst += " De school wil de jongere ook uitschrijven."
    return _zin("DGR-02", op, tekst, verzuimmelding=True, voorgenomen_uitschrijving=vertrekt, **_waar(op, lopend))


def verlaat_school(op: date, lopend: Inschrijving) -> Uitleg:
    tekst = f"De jongere staat nog ingeschreven ({lopend.naam}), maar de school wil de jongere uitschrijven."
    return _zin("DGR-04", op, tekst, voorgenomen_uitschrijving=True, **_waar(op, lopend))


def ingeschreven(op: date, lopend: Inschrijving) -> Uitleg:
    tekst = f"De jongere staat ingeschreven ({lopend.naam}) en er loopt geen melding."
    return _zin("DGR-01", op, tekst, **_waar(op, lopend))


def uitval(op: date, laatste: Inschrijving, dag: date) -> Uitleg:
    tekst = (
        f"De laatste inschrijving ({laatste.naam}) liep tot en met {in_woorden(dag)}. "
        "Nu staat de jongere nergens ingeschreven."
    )
    return _zin("REG-08", op, tekst, uitval=dag, **_waar(op, laatste))


def loopbaan_onbekend(op: date, dag: date, *, komst: bool, bekend: bool) -> Uitleg:
    begin = "Er is nog geen inschrijving begonnen" if bekend else "We kennen de inschrijvingen niet"
    vanaf = "de komst naar Nederland" if komst else "de dag waarop de jongere volwassen werd"
    tekst = f"{begin}. We rekenen vanaf {vanaf}, {in_woorden(dag)}. Zoek eerst uit hoe de loopbaan was."
    return _zin("REG-08", op, tekst, uitval=dag, inschrijvingen_bekend=bekend)


def overstap(op: date, komend: Inschrijving, teldatum: date) -> Uitleg:
    tekst = (
        f"Op {in_woorden(komend.van)} begint een nieuwe inschrijving ({komend.naam}). "
        f"Dat is op tijd voor de teldatum van {in_woorden(teldatum)}: de jongere stapt over."
    )
    return _zin("DGR-05", op, tekst, teldatum=teldatum, **_waar(op, komend))


@_onthoud
def dreigend(op: date, teldatum: date) -> Uitleg:
    tekst = f"De jongere is uitgevallen, en de teldatum daarna ({in_woorden(teldatum)}) is nog niet bereikt."
    return _zin("DGR-04", op, tekst, teldatum=teldatum)


@_onthoud
def nieuw(op: date, teldatum: date) -> Uitleg:
    tekst = (
        f"De teldatum van {in_woorden(teldatum)} is voorbij zonder dat er weer een inschrijving was, "
        "en de uitval is nog geen (school)jaar geleden."
    )
    return _zin("DGR-05", op, tekst, teldatum=teldatum)


@_onthoud
def werk_rond_teldatum(op: date, *, werkte_toen: bool, werkt_nu: bool, baan_telt: bool) -> Uitleg:
    if not baan_telt:
        tekst = "Werk telt in deze regio niet mee."
    elif werkte_toen:
        tekst = "Op de teldatum was er werk, maar nu niet meer genoeg."
    elif werkt_nu:
        tekst = "Nu is er werk, maar op de teldatum nog niet genoeg."
    else:
        tekst = "Er was op de teldatum geen werk dat telt, en nu ook niet."
    return _zin("DGR-05", op, tekst, werk_op_teldatum=werkte_toen, werk_op_peildatum=werkt_nu, baan_telt=baan_telt)


@_onthoud
def oud(op: date, dag: date, *, baan_telt: bool) -> Uitleg:
    tekst = f"De uitval ({in_woorden(dag)}) is langer dan een (school)jaar geleden. "
    tekst += "Er is geen werk dat telt." if baan_telt else "Werk telt in deze regio niet mee."
    return _zin("DGR-06", op, tekst, uitval=dag, werk_op_peildatum=False, baan_telt=baan_telt)


@_onthoud
def werkt(op: date, *, sinds_teldatum: date | None) -> Uitleg:
    if sinds_teldatum is None:
        return _zin("DGR-06", op, "De jongere heeft nu werk.", werk_op_peildatum=True)
    tekst = f"De jongere had werk op de teldatum van {in_woorden(sinds_teldatum)}, en heeft nu ook werk."
    return _zin("DGR-05", op, tekst, teldatum=sinds_teldatum, werk_op_teldatum=True, werk_op_peildatum=True)


def jikp(op: date, grond: Jikp) -> Uitleg:
    return _zin("DGR-08", op, f"{_jikp_omdat(op, grond)}.", grond=grond.grond.value, **_waar(op, grond.inschrijving))


def jikp_als_kenmerk(op: date, grond: Jikp) -> Uitleg:
    tekst = f"{_jikp_omdat(op, grond)}. Daarmee is het ook een jongere in een kwetsbare positie."
    return _zin("DGR-09", op, tekst, grond=grond.grond.value, **_waar(op, grond.inschrijving))


def _jikp_omdat(op: date, grond: Jikp) -> str:
    vanwaar = grond.inschrijving.naam
    match grond.grond:
        case Jikpgrond.ENTREE:
            volgt = "volgt" if grond.inschrijving.loopt_op(op) else "volgde"
            return f"De jongere {volgt} de entreeopleiding (mbo niveau 1)"
        case Jikpgrond.DOORSTROOM_MBO_2:
            return f"De jongere ging na {vanwaar} verder in mbo niveau 2"
        case Jikpgrond.UIT_ONDERWIJS:
            return f"De jongere verliet het onderwijs vanuit {vanwaar}"
        case Jikpgrond.VERLAAT_PRO_VSO:
            return f"De jongere gaat het onderwijs verlaten vanuit {vanwaar}"


@_onthoud
def vervolg(op: date, doelgroep: str, route: str, fase: int, stap: int) -> Uitleg:
    regel = {"geen": "DGR-11", "verzuim-18-plus": "DGR-12"}.get(doelgroep, "DGR-13")
    tekst = f"Het vervolg is {ROUTES[route]}, fase {fase}, stap {stap}."
    return _zin(regel, op, tekst, route=route, fase=fase, stap=stap)


def geboortedatum_onvolledig(op: date, geboortedatum: Geboortedatum) -> Uitleg:
    tekst = (
        "De geboortedatum is niet volledig bekend. We bekeken de eerste en de laatste dag die het kan zijn: "
        f"{in_woorden(geboortedatum.eerste)} en {in_woorden(geboortedatum.laatste)}."
    )
    return _zin("DOS-08", op, tekst, geboortedatum=str(geboortedatum))


def _waar(op: date, inschrijving: Inschrijving) -> dict[str, Feitwaarde]:
    """The enrolment a sentence speaks of, as facts; a last day that is still to come is not one yet."""
    geeindigd = inschrijving.tot is not None and inschrijving.tot < op
    return {
        "onderwijssoort": inschrijving.onderwijssoort.value,
        "niveau": inschrijving.niveau,
        "van": inschrijving.van,
        "tot": inschrijving.tot if geeindigd else None,
    }
