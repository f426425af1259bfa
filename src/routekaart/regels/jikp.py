"""Jongeren in een kwetsbare positie (jikp): who went on from, or left, a vulnerable place in education.

Source: 000, Doelgroepen 3; 003, Jongeren in een kwetsbare positie; DGR-08, DGR-09.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from routekaart.regels.loopbaan import BASISBEROEPSOPLEIDING, ENTREE, Inschrijving, Onderwijssoort, Onderwijsstand


class Jikpgrond(StrEnum):
    """Why somebody is a jongere in een kwetsbare positie."""

    ENTREE = "entree"
    DOORSTROOM_MBO_2 = "doorstroom-mbo-2"
    UIT_ONDERWIJS = "uit-onderwijs"
    VERLAAT_PRO_VSO = "verlaat-pro-vso"


@dataclass(frozen=True, slots=True)
class Jikp:
    """The ground that holds, and the enrolment that shows it (for DOORSTROOM_MBO_2: where she came from)."""

    grond: Jikpgrond
    inschrijving: Inschrijving


def jikp(
    onderwijs: Onderwijsstand, *, leeftijd: int, leeftijdsgrens: int, voorgenomen_uitschrijving: bool
) -> Jikp | None:
    """The first ground that holds for somebody below the age limit, or None.

    `voorgenomen_uitschrijving` counts only while she is enrolled.
    """
    if leeftijd >= leeftijdsgrens:
        return None
    lopend = onderwijs.lopend
    if lopend is not None and lopend.pro_of_vso and voorgenomen_uitschrijving:
        return Jikp(Jikpgrond.VERLAAT_PRO_VSO, lopend)
    if onderwijs.laatste is not None and onderwijs.laatste.herkomst_jikp:
        return Jikp(Jikpgrond.UIT_ONDERWIJS, onderwijs.laatste)
    entree = [inschrijving for inschrijving in onderwijs.begonnen if inschrijving.is_mbo(ENTREE)]
    if entree:
        return Jikp(Jikpgrond.ENTREE, max(entree, key=lambda inschrijving: inschrijving.van))
    herkomst = _doorgestroomd_uit(onderwijs.begonnen)
    return Jikp(Jikpgrond.DOORSTROOM_MBO_2, herkomst) if herkomst else None


def _doorgestroomd_uit(begonnen: tuple[Inschrijving, ...]) -> Inschrijving | None:
    """The vulnerable origin after which mbo 2 was the next enrolment to begin, whatever the gap.

    Enrolments that begin on the same day are all the next one: a second registration hides nothing.
    """
    for vervolg in begonnen:
        if not vervolg.is_mbo(BASISBEROEPSOPLEIDING):
            continue
        eerder = [inschrijving for inschrijving in begonnen if inschrijving.van < vervolg.van]
        vorige_begin = max((inschrijving.van for inschrijving in eerder), default=None)
        for herkomst in eerder:
            if herkomst.van == vorige_begin and herkomst.herkomst_jikp:
                return herkomst
    return None


# the origins of CL-05; the codes are those of inhoud/codelijsten/herkomst-jikp.toml
_HERKOMST = {
    Onderwijssoort.VSO: "vso",
    Onderwijssoort.PRO: "pro",
    Onderwijssoort.VMBO_BB: "vmbo-bb",
    Onderwijssoort.LEERWERKTRAJECT: "leerwerktraject",
}
UIT_ENTREE, NAAR_ENTREE = "entree", "instroom-entree"


def herkomst(onderwijs: Onderwijsstand) -> str:
    """Where a jongere in een kwetsbare positie came from (CL-05); empty where no enrolment says so.

    Who is in entree came from what she left before it, or from elsewhere; who left entree comes from entree.
    """
    kwetsbaar = [een for een in onderwijs.begonnen if een.herkomst_jikp]
    if not kwetsbaar:
        return ""
    nieuwste = max(kwetsbaar, key=lambda een: (een.van, een.pro_of_vso, een.onderwijssoort))
    if not nieuwste.is_mbo(ENTREE):
        return _HERKOMST[nieuwste.onderwijssoort]
    if nieuwste != onderwijs.lopend:
        return UIT_ENTREE
    eerder = [een for een in onderwijs.begonnen if een.van < nieuwste.van]
    vorige = max(eerder, key=lambda een: (een.van, een.herkomst_jikp), default=None)
    if vorige is None or not vorige.herkomst_jikp:
        return NAAR_ENTREE
    return UIT_ENTREE if vorige.is_mbo(ENTREE) else _HERKOMST[vorige.onderwijssoort]
