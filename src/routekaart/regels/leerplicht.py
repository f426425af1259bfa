"""Leerplicht per date: niet leerplichtig, leerplichtig, kwalificatieplichtig or bovenleerplichtig.

Full leerplicht runs from the first school day of the month after the one in which the child turns five to the
end of the schooljaar in which it turns sixteen. Then kwalificatieplicht follows, to the eighteenth birthday,
unless there is a startkwalificatie, a pro-getuigschrift or a vso diploma. Source: Leerplichtwet 1969,
art. 3 and 4a-4c; 003, Leerplicht; LPL-01. Not looked at: the end after twelve school years (art. 3, first
paragraph, a), which the registers do not show, and exemptions, which are facts of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from routekaart.regels.grenzen import Grenzen
from routekaart.regels.leeftijd import Geboortedatum, wordt
from routekaart.regels.loopbaan import Diploma, Diplomasoort, Vaststelling
from routekaart.regels.schooljaar import Schooljaar
from routekaart.regels.startkwalificatie import startkwalificatie_op
from routekaart.regels.uitleg import Gronden, Uitleg, in_woorden, leg_uit
from routekaart.regels.werkdagen import TERMIJNENWET, Kalender, eerste_schooldag

REGEL = "LPL-01"
BRON_LEERPLICHT = "Leerplichtwet 1969, art. 3; 003, Leerplicht"
BRON_KWALIFICATIEPLICHT = "Leerplichtwet 1969, art. 4a-4c; 003, Leerplicht"
VRIJ_VAN_KWALIFICATIEPLICHT = {
    Diplomasoort.PRO_GETUIGSCHRIFT: "een getuigschrift praktijkonderwijs",
    Diplomasoort.VSO: "een diploma vso",
}


class Leerplichtstatus(StrEnum):
    """What the Leerplichtwet asks of somebody on a date."""

    NIET_LEERPLICHTIG = "niet-leerplichtig"
    LEERPLICHTIG = "leerplichtig"
    KWALIFICATIEPLICHTIG = "kwalificatieplichtig"
    BOVENLEERPLICHTIG = "bovenleerplichtig"

    @property
    def is_plicht(self) -> bool:
        return self in {Leerplichtstatus.LEERPLICHTIG, Leerplichtstatus.KWALIFICATIEPLICHTIG}


@dataclass(frozen=True, slots=True)
class Leerplichtduur:
    """The days on which the duty begins and ends, by age alone."""

    leerplicht_van: date
    leerplicht_tot: date  # last day of full leerplicht
    kwalificatieplicht_tot: date  # last day, the day before the eighteenth birthday


@dataclass(frozen=True, slots=True)
class Leerplichtoordeel:
    """The status on one date with its explanation, and the days between which the duty runs."""

    status: Leerplichtstatus
    op: date
    duur: Leerplichtduur
    gronden: Gronden

    @property
    def uitleg(self) -> tuple[Uitleg, ...]:
        """The grounds in words."""
        return self.gronden.uitleg()


def leerplichtduur(geboren: date, *, op: date, grenzen: Grenzen, kalender: Kalender = TERMIJNENWET) -> Leerplichtduur:
    """Begin and end of the duty for this birth date, by the ages in force on `op`."""
    vijf = wordt(geboren, grenzen.leerplicht_begin.op(op).waarde)
    zestien = wordt(geboren, grenzen.leerplicht_einde.op(op).waarde)
    achttien = wordt(geboren, grenzen.kwalificatieplicht_einde.op(op).waarde)
    maand_erna = (vijf.replace(day=1) + timedelta(days=31)).replace(day=1)
    return Leerplichtduur(
        leerplicht_van=eerste_schooldag(maand_erna, kalender=kalender),
        leerplicht_tot=Schooljaar.van(zestien).einde,
        kwalificatieplicht_tot=achttien - timedelta(days=1),
    )


def leerplicht_op(
    dag: date,
    *,
    geboortedatum: Geboortedatum,
    diplomas: Iterable[Diploma] = (),
    vastgesteld: Vaststelling | None = None,
    grenzen: Grenzen,
    kalender: Kalender = TERMIJNENWET,
) -> Leerplichtoordeel:
    """The status on the day, explained. What was obtained later does not exist yet.

    With an incomplete birth date the first and the last possible day are tried; where they differ, a duty goes
    before no duty, and of two the one for the earlier birth date.
    """
    behaald = tuple(diploma for diploma in diplomas if diploma.behaald_op <= dag)
    vrijstelling = _vrij_van_kwalificatieplicht(dag, behaald, vastgesteld, grenzen)

    def oordeel(geboren: date) -> Leerplichtoordeel:
        duur = leerplichtduur(geboren, op=dag, grenzen=grenzen, kalender=kalender)
        return _oordeel(dag, duur, vrijstelling)

    vroegst = oordeel(geboortedatum.eerste)
    if geboortedatum.volledig:
        return vroegst
    laatst = oordeel(geboortedatum.laatste)
    gekozen = laatst if laatst.status.is_plicht and not vroegst.status.is_plicht else vroegst
    return replace(gekozen, gronden=Gronden(*gekozen.gronden.delen, partial(_onvolledig, dag, geboortedatum)))


def _oordeel(dag: date, duur: Leerplichtduur, vrij: _Vrij | None) -> Leerplichtoordeel:
    if dag < duur.leerplicht_van:
        status, grond = Leerplichtstatus.NIET_LEERPLICHTIG, partial(_te_jong, dag, duur)
    elif dag <= duur.leerplicht_tot:
        status, grond = Leerplichtstatus.LEERPLICHTIG, partial(_leerplichtig, dag, duur)
    elif dag > duur.kwalificatieplicht_tot:
        status, grond = Leerplichtstatus.BOVENLEERPLICHTIG, partial(_voorbij, dag, duur)
    elif vrij is not None:
        status, grond = Leerplichtstatus.NIET_LEERPLICHTIG, partial(_vrij, dag, vrij)
    else:
        status, grond = Leerplichtstatus.KWALIFICATIEPLICHTIG, partial(_kwalificatieplichtig, dag, duur)
    return Leerplichtoordeel(status, dag, duur, Gronden(grond))


@dataclass(frozen=True, slots=True)
class _Vrij:
    """What ended the kwalificatieplicht, and when."""

    waarmee: str
    sinds: date


def _vrij_van_kwalificatieplicht(
    dag: date, behaald: tuple[Diploma, ...], vastgesteld: Vaststelling | None, grenzen: Grenzen
) -> _Vrij | None:
    startkwalificatie = startkwalificatie_op(dag, diplomas=behaald, vastgesteld=vastgesteld, grenzen=grenzen)
    if startkwalificatie is not None:
        return _Vrij(f"een startkwalificatie ({startkwalificatie.waarmee})", startkwalificatie.sinds)
    gronden = [diploma for diploma in behaald if diploma.soort in VRIJ_VAN_KWALIFICATIEPLICHT]
    if not gronden:
        return None
    eerste = min(gronden, key=lambda diploma: (diploma.behaald_op, diploma.soort))
    return _Vrij(VRIJ_VAN_KWALIFICATIEPLICHT[eerste.soort], eerste.behaald_op)


def _te_jong(dag: date, duur: Leerplichtduur) -> Uitleg:
    tekst = f"De leerplicht begint pas op {in_woorden(duur.leerplicht_van)}."
    return leg_uit(REGEL, tekst, bron=BRON_LEERPLICHT, op=dag, leerplicht_van=duur.leerplicht_van)


def _leerplichtig(dag: date, duur: Leerplichtduur) -> Uitleg:
    tekst = (
        f"De volledige leerplicht loopt van {in_woorden(duur.leerplicht_van)} tot en met "
        f"{in_woorden(duur.leerplicht_tot)}, het einde van een schooljaar."
    )
    return leg_uit(
        REGEL,
        tekst,
        bron=BRON_LEERPLICHT,
        op=dag,
        leerplicht_van=duur.leerplicht_van,
        leerplicht_tot=duur.leerplicht_tot,
    )


def _kwalificatieplichtig(dag: date, duur: Leerplichtduur) -> Uitleg:
    tekst = (
        "De volledige leerplicht is voorbij en er is nog geen startkwalificatie. De kwalificatieplicht loopt "
        f"tot en met {in_woorden(duur.kwalificatieplicht_tot)}."
    )
    return leg_uit(
        REGEL,
        tekst,
        bron=BRON_KWALIFICATIEPLICHT,
        op=dag,
        leerplicht_tot=duur.leerplicht_tot,
        kwalificatieplicht_tot=duur.kwalificatieplicht_tot,
    )


def _vrij(dag: date, vrij: _Vrij) -> Uitleg:
    tekst = (
        f"De volledige leerplicht is voorbij, en er is {vrij.waarmee} sinds {in_woorden(vrij.sinds)}. "
        "Daarom geldt de kwalificatieplicht niet."
    )
    return leg_uit(REGEL, tekst, bron=BRON_KWALIFICATIEPLICHT, op=dag, waarmee=vrij.waarmee, vrij_sinds=vrij.sinds)


def _voorbij(dag: date, duur: Leerplichtduur) -> Uitleg:
    tekst = f"De kwalificatieplicht liep tot en met {in_woorden(duur.kwalificatieplicht_tot)} en is voorbij."
    return leg_uit(
        REGEL, tekst, bron=BRON_KWALIFICATIEPLICHT, op=dag, kwalificatieplicht_tot=duur.kwalificatieplicht_tot
    )


def _onvolledig(dag: date, geboortedatum: Geboortedatum) -> Uitleg:
    tekst = "De geboortedatum is niet volledig bekend. We bekeken de eerste en de laatste dag die het kan zijn."
    bron = "BRP, onvolledige geboortedatum"
    return leg_uit("DOS-08", tekst, bron=bron, op=dag, geboortedatum=str(geboortedatum))
